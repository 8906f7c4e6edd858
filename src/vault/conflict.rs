//! Copies that sync programs make where two machines wrote the same file: they are told by their names.

use super::PagePath;

/// The file of which this one is a copy that a sync program made of a conflict; `None` if it is no such copy.
/// `ada.sync-conflict-20250601-101500-ABCDEFG.md` (Syncthing), `ada (Bo's conflicted copy 2025-06-01).md` (Dropbox,
/// Nextcloud and others).
#[must_use]
pub fn copy_of(path: &PagePath) -> Option<PagePath> {
    let name = path.file_name();
    let (start, end) = by_dots(name).or_else(|| in_brackets(name))?;
    let folder = &path.as_str()[..path.as_str().len() - name.len()];
    PagePath::new(&format!("{folder}{}{}", name[..start].trim_end(), &name[end..]))
}

/// From the dot before `sync-conflict-` to the extension's.
fn by_dots(name: &str) -> Option<(usize, usize)> {
    const MARK: &str = ".sync-conflict-";
    let start = name.find(MARK)?;
    let rest = start + MARK.len();
    Some((start, name[rest..].find('.').map_or(name.len(), |dot| rest + dot)))
}

/// A bracket that holds `conflicted copy`.
fn in_brackets(name: &str) -> Option<(usize, usize)> {
    let said = name.find("conflicted copy")?;
    let start = name[..said].rfind('(')?;
    let end = said + name[said..].find(')')? + 1;
    Some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_copy_tells_of_what() {
        let check = |path: &str, expected: Option<&str>| {
            let of = copy_of(&PagePath::new(path).expect("a path"));
            assert_eq!(of.as_ref().map(PagePath::as_str), expected, "{path}");
        };
        check("a/ada.sync-conflict-20250601-101500-ABCDEFG.md", Some("a/ada.md"));
        check("ada.sync-conflict-20250601-101500-ABCDEFG", Some("ada"));
        check("ada (Bo's conflicted copy 2025-06-01).md", Some("ada.md"));
        check("ada (conflicted copy).md", Some("ada.md"));
        check("ada (conflicted copy 2025-06-01 101500).png", Some("ada.png"));
        check("ada (copy).md", None);
        check("on conflicted copy.md", None);
        check("sync-conflict-notes.md", None);
        check("x (conflicted copy)/ada.md", None);
    }
}
