//! Whatever the order of changes: the index equals one that is built from what is left.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{name, names, path, put, told};
use crate::index::{Change, Index, LinkRef, check};

/// Few names that clash in every way: case, folders, extensions, folder pages, attachments.
const PATHS: &[&str] = &[
    "x.md",
    "X.md",
    "a/x.md",
    "a/b/x.md",
    "c/x.md",
    "c/X.markdown",
    "a/index.md",
    "a/README.md",
    "README.md",
    "a/b/y.md",
    "y.png",
    "a/y.png",
    "y",
    "C/x.md",
    "c/é.md",
    "y.png.md",
    "a.md",
];

const CONTENT: &[&str] = &[
    "[[x]]",
    "[[X]]",
    "[[b/x]]",
    "[[/a/x]]",
    "[[../x]]",
    "[[./x]]",
    "[[y]]",
    "![[y.png]]",
    "[[a]]",
    "[t](x.md)",
    "[t](a/)",
    "[t](a)",
    "[t](/)",
    "[t](../c/x)",
    "[t](b/x.md)",
    "[[#h]]",
    "[[E\u{301}]]",
    "[t](https://e.org)",
    "[[One]]",
    "[[two]]",
    "=One",
    "=x",
    "~One",
    "~Two",
    "~y",
    "#tag",
    "#TAG",
    "#tag/sub",
    "#other",
];

fn change() -> impl Strategy<Value = Change> {
    let page = (select(PATHS), vec(select(CONTENT), 0..6)).prop_map(|(at, content)| {
        if path(at).is_page() { put(at, &content) } else { Change::Attachment(path(at)) }
    });
    let gone = select(PATHS).prop_map(|at| Change::Remove(path(at)));
    prop_oneof![3 => page, 1 => gone]
}

/// Everything that can be asked of an index, in words that do not hold numbers of pages.
fn observed(index: &Index) -> Vec<String> {
    let mut seen = vec![format!("{} pages", index.len())];
    let mut pages: Vec<_> = index.pages().collect();
    pages.sort_by_key(|page| &page.path);
    for page in pages {
        let at = &page.path;
        seen.push(format!("{at} = {} {:?}", page.title, page.kind));
        for (number, link) in (0..).zip(page.facts.links()) {
            let kept = told(index, &index.resolution(LinkRef { source: page.id, link: number }));
            assert_eq!(kept, told(index, &index.resolve(at, &link)), "{at}: {}", link.target());
            seen.push(format!("{at}:{number} -> {kept}"));
        }
        seen.push(format!("{at} <- {:?}", names(index, &index.backlinks(page.id))));
        seen.push(format!("{at} # {:?}", index.tags_of(page.id)));
    }
    seen.push(format!("{:?}", index.tags()));
    for target in ["x", "X.md", "a/x", "b/x", "one", "Two", "y.png", "../x", "a", "é"] {
        seen.push(format!("{target} ? {:?}", names(index, &index.wanted_by(target))));
        let near = index.near(target, 5).into_iter().map(|id| name(index, id));
        seen.push(format!("{target} ~ {:?}", near.collect::<Vec<_>>()));
    }
    for wanted in check::missing(index) {
        seen.push(format!("{} wanted by {:?}", wanted.target, names(index, &wanted.askers)));
    }
    seen.push(format!("{:?}", names(index, &check::ambiguous(index))));
    seen
}

/// An index of what is left after `changes`, built in one go in the order of paths.
fn rebuilt(changes: &[Change]) -> Index {
    let mut left = BTreeMap::new();
    for change in changes {
        match change {
            Change::Put(new) => left.insert(new.path.clone(), change.clone()),
            Change::Attachment(path) => left.insert(path.clone(), change.clone()),
            Change::Remove(path) => left.remove(path),
        };
    }
    let mut index = Index::default();
    index.apply_all(left.into_values());
    index
}

proptest! {
    #[test]
    fn changes_one_by_one_equal_a_rebuild(changes in vec(change(), 0..40)) {
        let mut index = Index::default();
        for (at, change) in changes.iter().enumerate() {
            index.apply(change.clone());
            if at % 8 == 7 {
                prop_assert_eq!(observed(&index), observed(&rebuilt(&changes[..=at])));
            }
        }
        prop_assert_eq!(observed(&index), observed(&rebuilt(&changes)));
    }

    #[test]
    fn what_was_stored_is_what_is_read_and_goes_on_changing(
        before in vec(change(), 0..30),
        after in vec(change(), 0..8),
        byte in 0..4000_usize,
        value: u8,
    ) {
        let mut index = Index::default();
        index.apply_all(before.iter().cloned());
        let mut bytes = Vec::new();
        let written: Result<(), ()> = index.write(|piece| {
            bytes.extend_from_slice(piece);
            Ok(())
        });
        prop_assert!(written.is_ok());
        let mut read = Index::from_bytes(&bytes).expect("it was written a moment ago");
        prop_assert_eq!(observed(&read), observed(&index));
        prop_assert_ne!(read.revision(), index.revision());
        for change in &after {
            index.apply(change.clone());
            read.apply(change.clone());
        }
        prop_assert_eq!(observed(&read), observed(&index));
        // Damaged bytes give something else or nothing, and no fault.
        if let Some(one) = bytes.get_mut(byte) {
            *one = value;
        }
        bytes.truncate(bytes.len().min(3900));
        drop(Index::from_bytes(&bytes));
    }

    #[test]
    fn a_copy_is_not_changed_with_its_original(
        before in vec(change(), 0..30),
        after in vec(change(), 1..8),
    ) {
        let mut index = Index::default();
        index.apply_all(before.iter().cloned());
        let copy = index.clone();
        index.apply_all(after.iter().cloned());
        prop_assert_eq!(observed(&copy), observed(&rebuilt(&before)));
        let both: Vec<Change> = before.into_iter().chain(after).collect();
        prop_assert_eq!(observed(&index), observed(&rebuilt(&both)));
    }

    #[test]
    fn changes_in_batches_equal_a_rebuild(batches in vec(vec(change(), 0..12), 0..6)) {
        let mut index = Index::default();
        for batch in &batches {
            index.apply_all(batch.iter().cloned());
        }
        prop_assert_eq!(observed(&index), observed(&rebuilt(&batches.concat())));
    }
}

/// Does the jobs from the last to the first, as threads might.
struct Backwards;

impl crate::index::Crew for Backwards {
    fn hands(&self) -> usize {
        3
    }

    fn each<T: Send>(&self, jobs: usize, job: impl Fn(usize) -> T + Sync) -> Vec<T> {
        let mut done: Vec<T> = (0..jobs).rev().map(job).collect();
        done.reverse();
        done
    }
}

#[test]
fn whoever_does_the_work_the_index_is_the_same() {
    let change = |number: usize| {
        let (to, other) = (number * 7 % 3_000, number % 50);
        let links = [format!("[[{to}]]"), format!("[t](../{other}/{to}.md)"), format!("~n{other}")];
        let content: Vec<&str> =
            links.iter().map(String::as_str).chain(["#tag", "[[x]]"]).collect();
        put(&format!("{other}/{number}.md"), &content)
    };
    let mut alone = Index::default();
    let delta = alone.apply_all((0..3_000).map(change));
    let mut crewed = Index::default();
    assert_eq!(crewed.apply_all_by((0..3_000).map(change), &Backwards), delta);
    for page in alone.pages() {
        assert_eq!(crewed.backlinks(page.id), alone.backlinks(page.id));
        let ends: Vec<_> = alone.ends(page.id).collect();
        assert_eq!(crewed.ends(page.id).collect::<Vec<_>>(), ends);
        assert!(!ends.is_empty());
    }
    assert_eq!(crewed.tags(), alone.tags());
}
