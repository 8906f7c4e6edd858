//! Which pages have another path now: one that is gone and one that came, with the same facts and length, neither
//! with a second of its like.

use std::collections::HashMap;

use crate::index::{Change, Index, Known, NewPage};
use crate::vault::PagePath;

/// More pages than that at once are not compared: nobody wants to read of each.
const MOST: usize = 5_000;

/// The pages that were renamed, as they were called before and are now. `index` is the one before the changes.
pub(super) fn find(index: &Index, changes: &[Change]) -> Vec<(PagePath, PagePath)> {
    let gone = changes.iter().filter_map(|change| match change {
        Change::Remove(path) => index.at(path),
        _ => None,
    });
    let mut of_length: HashMap<u64, Vec<_>> = HashMap::new();
    for page in gone.take(MOST) {
        of_length.entry(page.bytes).or_default().push(page);
    }
    if of_length.is_empty() {
        return Vec::new();
    }
    let is_new = |page: &&NewPage| {
        index.known(&page.path) == Known::Nothing && of_length.contains_key(&page.bytes)
    };
    let come = changes.iter().filter_map(|change| match change {
        Change::Put(page) => Some(page),
        _ => None,
    });
    let come: Vec<_> =
        come.filter(is_new).take(MOST).map(|page| (page, page.facts.unpack())).collect();
    let mut renamed = Vec::new();
    for pages in of_length.values() {
        let pages: Vec<_> = pages.iter().map(|page| (page, page.facts.unpack())).collect();
        for (page, facts) in &pages {
            let alike = pages.iter().filter(|(_, other)| other == facts).count();
            let now = come.iter().filter(|(new, other)| new.bytes == page.bytes && other == facts);
            if let (1, [(new, _)]) = (alike, &now.collect::<Vec<_>>()[..]) {
                renamed.push((page.path.clone(), new.path.clone()));
            }
        }
    }
    renamed.sort();
    renamed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown;

    fn path(path: &str) -> PagePath {
        PagePath::new(path).expect("a path")
    }

    fn put(at: &str, text: &str) -> Change {
        Change::Put(NewPage {
            path: path(at),
            modified_ms: 0,
            bytes: text.len() as u64,
            facts: markdown::facts(text).into(),
            unreadable: None,
        })
    }

    #[test]
    fn a_page_is_renamed_if_it_is_found_once_under_another_path() {
        let mut index = Index::default();
        index.apply_all([
            put("ada.md", "# Ada\n\nKeeps the light.\n"),
            put("bo.md", "# Bo\n"),
            put("twin.md", "# Bo\n"),
        ]);
        let gone = |paths: &[&str]| paths.iter().map(|at| Change::Remove(path(at))).collect();
        let check = |mut changes: Vec<Change>, come: &[(&str, &str)], expected: &[(&str, &str)]| {
            changes.extend(come.iter().map(|(at, text)| put(at, text)));
            let expected: Vec<_> =
                expected.iter().map(|(old, new)| (path(old), path(new))).collect();
            assert_eq!(find(&index, &changes), expected);
        };
        let ada = "# Ada\n\nKeeps the light.\n";
        check(gone(&["ada.md"]), &[("people/ada.md", ada)], &[("ada.md", "people/ada.md")]);
        check(gone(&["ada.md"]), &[("ada2.md", "# Ada\n\nKept the lights.\n")], &[]);
        check(gone(&["ada.md"]), &[("a.md", ada), ("b.md", ada)], &[]);
        check(gone(&["ada.md"]), &[("bo.md", ada)], &[]);
        check(gone(&["bo.md"]), &[("b.md", "# Bo\n")], &[("bo.md", "b.md")]);
        check(gone(&["bo.md", "twin.md"]), &[("b.md", "# Bo\n")], &[]);
        check(gone(&[]), &[("new.md", ada)], &[]);
    }
}
