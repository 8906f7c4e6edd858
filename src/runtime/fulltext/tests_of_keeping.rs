//! Signatures from one start to the next: a page that is not read again is one that may be deleted without the search
//! saying that it cannot be read.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::*;
use crate::runtime::files::FileEntry;
use crate::vault::PagePath;

/// A wiki on disk with as many pages as are kept of one, and its cache.
struct Wiki {
    folder: tempfile::TempDir,
    files: Files,
    index: Index,
}

impl Wiki {
    /// Pages that were written an hour ago.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().canonicalize().expect("it is there").join("wiki");
        fs::create_dir(&root).expect("a folder");
        let files = Files::Folder { root, ignore: [].into() };
        let mut wiki = Self { folder, files, index: Index::default() };
        for number in 0..LEAST_KEPT {
            wiki.write(&format!("{number}.md"), "tides", 3600);
        }
        wiki.list();
        wiki
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join("wiki").join(name)
    }

    fn write(&self, name: &str, text: &str, seconds: u64) {
        fs::write(self.file(name), text).expect("a page");
        let file = fs::File::options().write(true).open(self.file(name)).expect("a page");
        file.set_modified(SystemTime::now() - Duration::from_secs(seconds)).expect("a time");
    }

    /// Reads all of it into another index.
    fn list(&mut self) {
        self.index = scan::build(&self.files, &self.files.list().entries);
    }

    /// Tells the index of one page.
    fn read(&mut self, name: &str) {
        let path = PagePath::new(name).expect("a path");
        let entry = FileEntry { is_page: true, ..scan::entry(&self.file(name), path) };
        self.index.apply(scan::change(&self.files, &entry));
    }

    fn cache(&self) -> Cache {
        Cache { folder: self.folder.path().join("caches"), wiki: self.file("") }
    }

    fn start(&self) -> Known {
        Known::kept_in(Some(self.cache()))
    }

    /// The pages with hits and the number of those that could not be read.
    fn search(&self, known: &mut Known, typed: &str) -> (Vec<String>, usize) {
        let today = Date::constant(2025, 6, 1);
        let (mut paths, mut unread) = (Vec::new(), 0);
        known.search(
            &self.files,
            &self.index,
            (typed, None),
            today,
            || false,
            |pages, _, end| {
                paths.extend(pages.iter().map(|hits| hits.page.to_string()));
                unread = end.map_or(0, |end| end.unread);
            },
        );
        known.keep(&self.index, || false);
        // Newer pages come first, by days.
        paths.sort();
        (paths, unread)
    }

    /// The lines with hits, whatever the pages.
    fn lines(&self, known: &mut Known, typed: &str, face: Face) -> Vec<u32> {
        let search = TextSearch::new(typed).expect("a sound search");
        let pages = known.order(&search, &self.index, Date::constant(2025, 6, 1), None);
        let (files, index) = (&self.files, &self.index);
        let job = Search {
            files,
            index,
            search: &search,
            pages: &pages,
            face,
            lines_a_page: LINES_A_PAGE,
        };
        let mut lines = Vec::new();
        job.run(known, |found, _| {
            let hits = found.into_iter().flat_map(|page| page.hits.expect("it can be read"));
            lines.extend(hits.map(|hit| hit.line));
            Go::On
        });
        lines
    }

    #[track_caller]
    fn check(&self, known: &mut Known, typed: &str, paths: &[&str], unread: usize) {
        let (found, failed) = self.search(known, typed);
        assert_eq!((found, failed), (paths.iter().map(ToString::to_string).collect(), unread));
    }
}

#[test]
fn a_page_that_was_read_by_one_start_is_not_read_by_the_next() {
    let mut wiki = Wiki::new();
    wiki.check(&mut wiki.start(), "storm", &[], 0);
    wiki.list();
    fs::remove_file(wiki.file("7.md")).expect("it was there");
    let mut next = wiki.start();
    wiki.check(&mut next, "storm", &[], 0);
    // It could hold that, so the file is asked.
    assert_eq!(wiki.search(&mut next, "tide").1, 1);
    // What is not kept is not there.
    wiki.check(&mut Known::default(), "storm", &[], 1);
}

#[test]
fn a_page_that_is_another_by_now_is_read() {
    let mut wiki = Wiki::new();
    wiki.check(&mut wiki.start(), "storm", &[], 0);
    // As long as before, at another time; longer, at the same time; new; gone.
    wiki.write("1.md", "storm", 1800);
    let then = wiki.file("2.md").metadata().expect("a page").modified().expect("a time");
    wiki.write("2.md", "a storm", 3600);
    let file = fs::File::options().write(true).open(wiki.file("2.md")).expect("a page");
    file.set_modified(then).expect("a time");
    wiki.write("new.md", "storm", 3600);
    fs::remove_file(wiki.file("3.md")).expect("it was there");
    wiki.list();
    let mut next = wiki.start();
    wiki.check(&mut next, "storm", &["1.md", "2.md", "new.md"], 0);
    // While the program runs the index is told.
    wiki.write("4.md", "storm", 1800);
    wiki.read("4.md");
    wiki.check(&mut next, "storm", &["1.md", "2.md", "4.md", "new.md"], 0);
}

#[test]
fn a_page_that_was_just_written_may_be_written_again_at_the_same_time() {
    let mut wiki = Wiki::new();
    wiki.write("5.md", "today", 0);
    wiki.list();
    wiki.check(&mut wiki.start(), "storm", &[], 0);
    let then = wiki.file("5.md").metadata().expect("a page").modified().expect("a time");
    fs::write(wiki.file("5.md"), "storm").expect("a page");
    let file = fs::File::options().write(true).open(wiki.file("5.md")).expect("a page");
    file.set_modified(then).expect("a time");
    wiki.list();
    wiki.check(&mut wiki.start(), "storm", &["5.md"], 0);
}

#[test]
fn what_is_known_of_a_page_before_it_changed_is_never_kept_of_the_page_after() {
    let mut wiki = Wiki::new();
    let mut known = wiki.start();
    wiki.check(&mut known, "storm", &[], 0);
    for number in 0..10 {
        wiki.write(&format!("{number}.md"), "storm", 1800);
        wiki.read(&format!("{number}.md"));
    }
    known.unkept = LEAST_KEPT;
    // A search that is none: nobody asks which pages changed.
    let (paths, _) = wiki.search(&mut known, "/[/");
    assert_eq!((paths.len(), known.unkept), (0, 0));
    wiki.list();
    assert_eq!(wiki.search(&mut wiki.start(), "storm").0.len(), 10);
}

#[test]
fn keeping_is_for_many_new_ones_and_gives_way_to_a_search() {
    let wiki = Wiki::new();
    let mut known = wiki.start();
    let today = Date::constant(2025, 6, 1);
    let (files, index) = (&wiki.files, &wiki.index);
    known.search(files, index, ("storm", None), today, || false, |_, _, _| ());
    let kept = || fs::read_dir(wiki.cache().folder).into_iter().flatten().count();
    known.keep(&wiki.index, || true);
    assert_eq!(kept(), 0);
    known.keep(&wiki.index, || false);
    assert_eq!(kept(), 1);
    fs::remove_dir_all(wiki.cache().folder).expect("it was made");
    wiki.check(&mut known, "gale", &[], 0);
    assert_eq!(kept(), 0);
}

#[test]
fn what_is_damaged_is_read_and_kept_anew() {
    let wiki = Wiki::new();
    wiki.check(&mut wiki.start(), "storm", &[], 0);
    let entries = fs::read_dir(wiki.cache().folder).expect("a folder");
    let file = entries.flatten().next().expect("a file").path();
    let sound = fs::read(&file).expect("it is there");
    fs::remove_file(wiki.file("7.md")).expect("it was there");
    for damaged in [&sound[..sound.len() / 2], b"", &[7; 5000], &[&sound[..], b"more"].concat()] {
        fs::write(&file, damaged).expect("a file");
        wiki.check(&mut wiki.start(), "storm", &[], 1);
        // All but the page that cannot be read.
        assert!(fs::read(&file).expect("it is there").len() > sound.len() * 9 / 10);
    }
}

#[test]
fn a_page_that_lost_its_marks_is_found_by_what_is_shown_and_by_what_is_written() {
    let text = "Lamps\nimport os\ndef light(lamp):\nlamp.on()\nreturn lampLighting the mole is next\n\
                for lamp in lamps:\nlight(lamp)\nprint(lamp)\n";
    let PageText { text: shown, recovery } = PageText::new(text.to_owned());
    assert!(recovery.is_some() && !shown.contains("lampLighting"), "{shown}");
    let mut wiki = Wiki::new();
    wiki.write("lamps.md", text, 3600);
    wiki.list();
    // The first of these has every page signed by the program, by the command otherwise.
    for first in [Face::Shown, Face::Written] {
        let mut known = wiki.start();
        assert_eq!(wiki.lines(&mut known, "storm", first), [0; 0]);
        known.keep(&wiki.index, || false);
        let mut next = wiki.start();
        assert_eq!(wiki.lines(&mut next, "lampLighting", Face::Written), [5]);
        assert_eq!(wiki.lines(&mut next, "lampLighting", Face::Shown), [0; 0]);
        assert_eq!(wiki.lines(&mut next, "\"    lamp.on\"", Face::Shown), [4]);
        fs::remove_dir_all(wiki.cache().folder).expect("it was kept");
    }
}
