//! Page paths: the identity of a page. Knows how paths are written and joined, not whether a file
//! is there.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::text::fold::nfc;

/// What the names of pages end in, compared without case.
const PAGE_EXTENSIONS: [&str; 2] = [".md", ".markdown"];

/// A path below the wiki's root: `/`-separated, in Unicode normalization form C, never empty, never
/// absolute, no `.` or `..` or empty component. Cheap to clone.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PagePath(Arc<str>);

impl PagePath {
    /// The path, brought to form C; `None` where it breaks a rule of the type.
    #[must_use]
    pub fn new(path: &str) -> Option<Self> {
        let sound =
            !path.is_empty() && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        sound.then(|| Self(nfc(path).as_ref().into()))
    }

    /// The whole path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last component, with its extension.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last component without `.md` or `.markdown` (in any case); other extensions stay.
    #[must_use]
    pub fn stem(&self) -> &str {
        strip_page_extension(self.file_name()).unwrap_or(self.file_name())
    }

    /// The folder, `""` at the root.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Whether the name is that of a page: `*.md` or `*.markdown`, in any case.
    #[must_use]
    pub fn is_page(&self) -> bool {
        strip_page_extension(self.file_name()).is_some()
    }
}

/// `name` without `.md` or `.markdown` (in any case); `None` where it has none or is nothing else.
#[must_use]
pub fn strip_page_extension(name: &str) -> Option<&str> {
    PAGE_EXTENSIONS.iter().find_map(|extension| {
        let (stem, end) = name.split_at_checked(name.len().checked_sub(extension.len())?)?;
        (!stem.is_empty() && end.eq_ignore_ascii_case(extension)).then_some(stem)
    })
}

/// The path from the root of `relative`, as seen from `folder`: `.` and `..` are walked, empty
/// components skipped. `""` is the root itself; `None` where the way leads out of the root.
#[must_use]
pub fn join(folder: &str, relative: &str) -> Option<String> {
    let mut path = String::with_capacity(folder.len() + 1 + relative.len());
    path.push_str(folder);
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." if path.is_empty() => return None,
            ".." => path.truncate(path.rfind('/').unwrap_or(0)),
            _ => {
                if !path.is_empty() {
                    path.push('/');
                }
                path.push_str(part);
            }
        }
    }
    Some(path)
}

impl fmt::Debug for PagePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

impl fmt::Display for PagePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `%20` and the like decoded; as written where that gives no text.
#[must_use]
pub fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, tail @ ..] = rest {
        let decoded = match (byte, tail) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        bytes.push(decoded.unwrap_or(*byte));
        rest = if decoded.is_some() { &tail[2..] } else { tail };
    }
    match String::from_utf8(bytes) {
        Ok(decoded) => decoded.into(),
        Err(_) => text.into(),
    }
}

fn hex(digit: u8) -> Option<u8> {
    u8::try_from(char::from(digit).to_digit(16)?).ok()
}

#[cfg(test)]
mod tests {
    use super::{PagePath, join, percent_decoded};

    #[test]
    fn only_sound_paths_are_paths() {
        let check = |path: &str, expected: Option<&str>| {
            assert_eq!(PagePath::new(path).as_ref().map(PagePath::as_str), expected, "{path:?}");
        };
        check("people/alex_chen.md", Some("people/alex_chen.md"));
        check("a b/…/c.md", Some("a b/…/c.md"));
        check("cafe\u{301}.md", Some("caf\u{e9}.md"));
        check("", None);
        check("/abs.md", None);
        check("a//b.md", None);
        check("a/", None);
        check("./a.md", None);
        check("a/../b.md", None);
        check("..", None);
    }

    #[test]
    fn parts_of_a_path() {
        let check = |path: &str, folder: &str, name: &str, stem: &str, is_page: bool| {
            let path = PagePath::new(path).unwrap();
            assert_eq!(
                (path.folder(), path.file_name(), path.stem(), path.is_page()),
                (folder, name, stem, is_page)
            );
        };
        check("a/b/c.md", "a/b", "c.md", "c", true);
        check("c.MD", "", "c.MD", "c", true);
        check("c.Markdown", "", "c.Markdown", "c", true);
        check("nn.Module.md", "", "nn.Module.md", "nn.Module", true);
        check("a.excalidraw.md", "", "a.excalidraw.md", "a.excalidraw", true);
        check("x/y.png", "x", "y.png", "y.png", false);
        check(".md", "", ".md", ".md", false);
        check("日記.md", "", "日記.md", "日記", true);
        check("é", "", "é", "é", false);
    }

    #[test]
    fn joining_walks_dots_and_never_leaves_the_root() {
        let check = |folder: &str, relative: &str, expected: Option<&str>| {
            assert_eq!(join(folder, relative).as_deref(), expected, "{folder:?} {relative:?}");
        };
        check("a/b", "c", Some("a/b/c"));
        check("a/b", "../c", Some("a/c"));
        check("a/b", "../../c", Some("c"));
        check("a/b", "../../../c", None);
        check("a", "./x/./y/", Some("a/x/y"));
        check("a", "..", Some(""));
        check("", "../x", None);
        check("", "x//y", Some("x/y"));
    }

    #[test]
    fn percent_signs_are_decoded_where_they_spell_text() {
        let check = |text: &str, expected: &str| assert_eq!(percent_decoded(text), expected);
        check("a%20b.md", "a b.md");
        check("caf%C3%A9", "café");
        check("100%", "100%");
        check("%zz%2", "%zz%2");
        check("%ff%fe", "%ff%fe");
        check("日%20記", "日 記");
    }
}
