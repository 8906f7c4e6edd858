//! Searches in small wikis on the disk: what is told, in which order, and what is not read again.

use std::fs;

use super::*;
use crate::runtime::files::FileEntry;
use crate::vault::PagePath;

/// A wiki on disk with its index, and what is known from the searches in it.
struct Wiki {
    folder: tempfile::TempDir,
    files: Files,
    index: Index,
    known: Known,
}

impl Wiki {
    fn new(pages: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in pages {
            fs::write(folder.path().join(name), text).expect("a file");
        }
        let root = folder.path().canonicalize().expect("it is there");
        let files = Files::Folder { root, ignore: [].into() };
        let index = scan::build(&files, &files.list().entries);
        Self { folder, files, index, known: Known::default() }
    }

    /// The paths of the hits, and how the search ended.
    fn search(&mut self, typed: &str) -> (Vec<String>, SearchEnd) {
        let Self { files, index, known, .. } = self;
        let today = Date::constant(2025, 6, 1);
        let (mut paths, mut ended) = (Vec::new(), None);
        known.search(
            files,
            index,
            (typed, None),
            today,
            || false,
            |pages, _, end| {
                let path = |hits: &PageHits| hits.page.to_string();
                paths.extend(pages.iter().map(path));
                assert!(ended.is_none(), "nothing comes after the end");
                ended = end;
            },
        );
        (paths, ended.expect("it ends"))
    }

    fn check(&mut self, typed: &str, paths: &[&str], unread: usize) {
        let (found, end) = self.search(typed);
        assert_eq!((found, end.unread), (paths.iter().map(ToString::to_string).collect(), unread));
    }
}

#[test]
fn pages_are_told_in_the_order_of_their_rank_whichever_thread_read_them() {
    let names: Vec<String> = (0..500).map(|nth| format!("{nth:03}.md")).collect();
    let mut pages: Vec<(&str, &str)> = names.iter().map(|name| (&**name, "a word")).collect();
    pages[300].1 = "# Word\n";
    let mut wiki = Wiki::new(&pages);
    let (paths, end) = wiki.search("word");
    let mut expected = names.clone();
    let first = expected.remove(300);
    expected.insert(0, first);
    assert_eq!((paths, end), (expected, SearchEnd::default()));
}

#[test]
fn the_best_pages_are_told_and_that_there_are_more() {
    let names: Vec<String> = (0..=MOST_PAGES).map(|nth| format!("{nth:04}.md")).collect();
    let pages: Vec<(&str, &str)> = names.iter().map(|name| (&**name, "a word")).collect();
    let (paths, end) = Wiki::new(&pages).search("word");
    assert_eq!((&*paths, end.cut), (&names[..MOST_PAGES], true));
    let (paths, end) = Wiki::new(&pages[1..]).search("word");
    assert_eq!((paths.len(), end.cut), (MOST_PAGES, false));
}

#[test]
fn a_page_that_cannot_hold_the_text_is_not_read_again() {
    let mut wiki = Wiki::new(&[("a.md", "rivers"), ("b.md", "stones"), ("c.md", "stone river")]);
    wiki.check("river", &["c.md", "a.md"], 0);
    fs::remove_file(wiki.folder.path().join("b.md")).expect("it was there");
    wiki.check("river", &["c.md", "a.md"], 0);
    wiki.check("stone", &["c.md"], 1);
    wiki.check("/riv.r/", &["a.md", "c.md"], 1);
}

#[test]
fn a_page_that_changed_is_read_anew() {
    let mut wiki = Wiki::new(&[("a.md", "rivers"), ("b.md", "stones")]);
    wiki.check("tide", &[], 0);
    let file = wiki.folder.path().join("b.md");
    fs::write(&file, "tidal").expect("a file");
    let path = PagePath::new("b.md").expect("a path");
    let entry = FileEntry { is_page: true, ..scan::entry(&file, path) };
    wiki.index.apply(scan::change(&wiki.files, &entry));
    wiki.check("tidal", &["b.md"], 0);
    wiki.check("stone", &[], 0);
}

#[test]
fn pages_with_parts_of_words_are_told_after_those_with_words() {
    // In the order of their paths, 16 and more to a run.
    let names: Vec<String> = (0..100).map(|nth| format!("{nth:03}.md")).collect();
    let mut pages: Vec<(&str, &str)> = names.iter().map(|name| (&**name, "none")).collect();
    pages[3].1 = "# Inside\n\na clock";
    pages[5].1 = "# A\n\n## Clocks";
    pages[10].1 = "some locks";
    pages[20].1 = "a clock, and a lock";
    pages[90].1 = "a lock";
    let mut wiki = Wiki::new(&pages);
    let order = ["020.md", "090.md", "010.md", "005.md", "003.md"];
    wiki.check("lock", &order, 0);
    // From signatures too.
    wiki.check("lock", &order, 0);
    wiki.check("clo", &["005.md", "003.md", "020.md"], 0);
    wiki.check("/lock/", &["005.md", "003.md", "010.md", "020.md", "090.md"], 0);
}

#[test]
fn in_a_large_wiki_parts_of_words_do_not_wait_for_all_of_it() {
    let names: Vec<String> = (0..1_600).map(|nth| format!("{nth:04}.md")).collect();
    let mut pages: Vec<(&str, &str)> = names.iter().map(|name| (&**name, "none")).collect();
    pages[0].1 = "a clock";
    pages[1].1 = "some locks";
    for nth in [200, 300, 1_200, 1_500] {
        pages[nth].1 = "a lock";
    }
    let order = ["0200.md", "0001.md", "0300.md", "1200.md", "0000.md", "1500.md"];
    Wiki::new(&pages).check("lock", &order, 0);
}

#[test]
fn a_search_that_fails_is_told_to_have_ended_and_the_next_one_is_done() {
    let mut wiki = Wiki::new(&[("a.md", "word")]);
    let Wiki { files, index, known, .. } = &mut wiki;
    let today = Date::constant(2025, 6, 1);
    let mut ends = Vec::new();
    let fails = || panic!("on purpose");
    known.search(files, index, ("word", None), today, fails, |_, _, end| ends.push(end));
    assert_eq!(ends, [Some(SearchEnd { failed: true, ..SearchEnd::default() })]);
    wiki.check("word", &["a.md"], 0);
}

#[test]
fn it_is_told_how_far_the_search_has_come() {
    let names: Vec<String> = (0..40).map(|nth| format!("{nth}.md")).collect();
    let pages: Vec<(&str, &str)> = names.iter().map(|name| (&**name, "a word")).collect();
    let Wiki { files, index, mut known, folder: _folder } = Wiki::new(&pages);
    let today = Date::constant(2025, 6, 1);
    let mut told = Vec::new();
    known.search(
        &files,
        &index,
        ("word", None),
        today,
        || false,
        |pages, looked, _| {
            told.push((pages.len(), looked));
        },
    );
    assert!(told.is_sorted_by_key(|(_, looked)| looked.pages), "{told:?}");
    assert_eq!(told.iter().map(|(pages, _)| pages).sum::<usize>(), 40);
    assert_eq!(told.last().map(|(_, looked)| *looked), Some(Looked { pages: 40, of: 40 }));
}

#[test]
fn who_is_overtaken_tells_nothing() {
    let Wiki { files, index, mut known, folder: _folder } = Wiki::new(&[("a.md", "word")]);
    let today = Date::constant(2025, 6, 1);
    known.search(&files, &index, ("word", None), today, || true, |_, _, _| panic!("told"));
}
