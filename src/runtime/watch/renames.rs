//! Which pages have another path now: one that is gone and one that came, with the same facts, length and
//! time, neither with a second of its like. A file keeps its time when it is renamed.

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
    let mut of_stamp: HashMap<(u64, i64), Vec<_>> = HashMap::new();
    for page in gone.take(MOST) {
        of_stamp.entry((page.bytes, page.modified_ms)).or_default().push(page);
    }
    if of_stamp.is_empty() {
        return Vec::new();
    }
    let is_new = |page: &&NewPage| {
        index.known(&page.path) == Known::Nothing
            && of_stamp.contains_key(&(page.bytes, page.modified_ms))
    };
    let come = changes.iter().filter_map(|change| match change {
        Change::Put(page) => Some(page),
        _ => None,
    });
    let come: Vec<_> =
        come.filter(is_new).take(MOST).map(|page| (page, page.facts.unpack())).collect();
    let mut renamed = Vec::new();
    for (stamp, pages) in &of_stamp {
        let pages: Vec<_> = pages.iter().map(|page| (page, page.facts.unpack())).collect();
        for (page, facts) in &pages {
            let alike = pages.iter().filter(|(_, other)| other == facts).count();
            let now = come
                .iter()
                .filter(|(new, other)| (new.bytes, new.modified_ms) == *stamp && other == facts);
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

    /// A page that was written after so many milliseconds.
    fn put(at: &str, text: &str, modified_ms: i64) -> Change {
        Change::Put(NewPage {
            path: path(at),
            modified_ms,
            bytes: text.len() as u64,
            facts: markdown::facts(text).into(),
            unreadable: None,
        })
    }

    #[test]
    fn a_page_is_renamed_if_it_is_found_once_under_another_path() {
        let mut index = Index::default();
        index.apply_all([
            put("ada.md", "# Ada\n\nKeeps the light.\n", 1),
            put("bo.md", "# Bo\n", 1),
            put("twin.md", "# Bo\n", 1),
        ]);
        let gone = |paths: &[&str]| paths.iter().map(|at| Change::Remove(path(at))).collect();
        let check =
            |mut changes: Vec<Change>, come: &[(&str, &str, i64)], expected: &[(&str, &str)]| {
                changes.extend(come.iter().map(|(at, text, time)| put(at, text, *time)));
                let expected: Vec<_> =
                    expected.iter().map(|(old, new)| (path(old), path(new))).collect();
                assert_eq!(find(&index, &changes), expected);
            };
        let ada = "# Ada\n\nKeeps the light.\n";
        check(gone(&["ada.md"]), &[("people/ada.md", ada, 1)], &[("ada.md", "people/ada.md")]);
        check(gone(&["ada.md"]), &[("ada2.md", ada, 2)], &[]);
        check(gone(&["ada.md"]), &[("a.md", ada, 1), ("b.md", ada, 1)], &[]);
        check(gone(&["ada.md"]), &[("bo.md", ada, 1)], &[]);
        check(gone(&["bo.md"]), &[("b.md", "# Bo\n", 1)], &[("bo.md", "b.md")]);
        check(gone(&["bo.md", "twin.md"]), &[("b.md", "# Bo\n", 1)], &[]);
        check(gone(&[]), &[("new.md", ada, 1)], &[]);
    }
}
