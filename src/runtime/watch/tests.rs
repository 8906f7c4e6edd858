//! What the system does seldom, done to a wiki on the disk: notices that are lost, watches that are refused, a folder
//! that goes and comes back.

use std::fs;
use std::os::unix::fs::symlink;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, SystemTime};

use super::*;
use crate::app::failed::Job;
use crate::runtime::worker::Event;

/// A system that watches so many folders at most, and says which.
#[derive(Clone, Debug)]
struct Few {
    most: usize,
    folders: Arc<Mutex<BTreeSet<PathBuf>>>,
    asked: BTreeSet<PathBuf>,
}

impl Notices for Few {
    fn watch(&mut self, folder: &Path) -> Result<(), Refused> {
        let mut folders = lock(&self.folders);
        if !folders.contains(folder) && folders.len() == self.most {
            return Err(Refused::TooMany);
        }
        if folder.is_dir() {
            self.asked.insert(folder.to_owned());
            folders.insert(folder.to_owned());
        }
        Ok(())
    }

    fn forget_gone(&mut self, places: &[&Path]) {
        let asked = std::mem::take(&mut self.asked);
        let is_gone = |folder: &PathBuf| places.iter().any(|place| folder.starts_with(place));
        lock(&self.folders).retain(|folder| !is_gone(folder) || asked.contains(folder));
    }
}

/// A wiki that is watched.
struct Watched {
    root: PathBuf,
    watch: Watch,
    out: Outbox,
    events: Receiver<Event>,
    seen: Receiver<Seen>,
    folders: Arc<Mutex<BTreeSet<PathBuf>>>,
    _kept: tempfile::TempDir,
}

impl Watched {
    fn new(most: usize, pages: &[(&str, &str)]) -> Self {
        let kept = tempfile::tempdir().expect("a temporary folder");
        let root = kept.path().canonicalize().expect("it is there").join("wiki");
        for (path, text) in pages {
            write(&root, path, text);
        }
        let files = Files::Folder { root: root.clone(), ignore: [].into() };
        let index = Arc::new(scan::build(&files, &files.list().entries));
        let built: Arc<Mutex<Built>> = Arc::default();
        lock(&built).index = Some(index);
        let (out, events) = channel();
        let scan = Arc::new(Queue::new(Job::Scan, out.clone()));
        let watch = Watch::new(&files, &scan, &built).expect("a folder can change");
        let folders = Arc::default();
        let system = Few { most, folders: Arc::clone(&folders), asked: BTreeSet::new() };
        *lock(&watch.0.state) =
            State { system: Some(Box::new(system)), begun: true, ..State::default() };
        let (sender, seen) = channel();
        watch.0.seen.set(sender).expect("it has not begun");
        let watched = Self { root, watch, out, events, seen, folders, _kept: kept };
        watched.watch.begin(&watched.out);
        watched
    }

    /// What is told after notices of these places.
    fn sees(&self, paths: &[&str]) -> Vec<String> {
        let paths = paths.iter().map(|path| self.root.join(path)).collect();
        self.looks(Dirty { paths, ..Dirty::default() })
    }

    fn looks(&self, dirty: Dirty) -> Vec<String> {
        lock(&self.watch.0.dirty).add(dirty);
        self.watch.look(&self.out);
        self.told()
    }

    /// What was told since this was asked last.
    fn told(&self) -> Vec<String> {
        self.events.try_iter().filter_map(told).collect()
    }

    /// The folders that are watched, as they are called from the one around the wiki.
    fn folders(&self) -> Vec<String> {
        let around = self.root.parent().expect("a folder");
        let folders = lock(&self.folders);
        let name = |path: &PathBuf| path.strip_prefix(around).expect("it is there").to_owned();
        folders.iter().map(|path| name(path).to_string_lossy().into_owned()).collect()
    }
}

/// `+` and the files that were changed, or what was said.
fn told(event: Event) -> Option<String> {
    match event {
        Event::Msg(Msg::Changed(changes)) => {
            let mut paths: Vec<String> = changes.paths.iter().map(PagePath::to_string).collect();
            paths.sort();
            Some(format!("+ {}", paths.join(" ")))
        }
        Event::Msg(Msg::Said(notice)) => Some(notice.text),
        _ => None,
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
    fs::write(file, text).expect("a file");
}

/// Nothing is told.
const NOTHING: [&str; 0] = [];

#[test]
fn lost_notices_are_said_once_and_mended() {
    let wiki = Watched::new(9, &[("a.md", "# A\n"), ("b.md", "# B\n"), ("x/c.md", "# C\n")]);
    assert_eq!(wiki.told(), NOTHING);
    // Of the same length and time: nothing but that it was written lately tells of it.
    let file = wiki.root.join("a.md");
    let time = fs::metadata(&file).and_then(|about| about.modified()).expect("a time");
    let old = SystemTime::now() - Duration::from_secs(3_600);
    let set = |path: &str, time| {
        let file = fs::File::options().write(true).open(wiki.root.join(path)).expect("a file");
        file.set_modified(time).expect("a time");
    };
    set("b.md", old);
    set("x/c.md", old);
    write(&wiki.root, "a.md", "# Z\n");
    set("a.md", time);
    let lost = || Dirty { lost: true, ..Dirty::default() };
    assert_eq!(wiki.looks(lost()), [LOST, "+ a.md b.md x/c.md"]);
    fs::remove_file(wiki.root.join("x/c.md")).expect("it is there");
    write(&wiki.root, "x/d.md", "# D\n");
    assert_eq!(wiki.looks(lost()), ["+ a.md x/c.md x/d.md"]);
}

#[test]
fn where_the_system_watches_no_more_folders_they_are_looked_at_now_and_then() {
    let began = Instant::now();
    let wiki = Watched::new(1, &[("a.md", "# A\n"), ("x/b.md", "# B\n"), ("y/c.md", "# C\n")]);
    assert_eq!(wiki.told(), [TOO_MANY]);
    write(&wiki.root, "y/d.md", "# D\n");
    let due = || wiki.seen.try_iter().last();
    assert!(matches!(due(), Some(Seen::Due(at)) if at > began + Duration::from_secs(2)));
    wiki.watch.used();
    assert!(matches!(due(), Some(Seen::Due(at)) if at > began), "not so soon after the last look");
    assert_eq!(wiki.looks(Dirty { all: true, ..Dirty::default() }), ["+ y/d.md"]);
    assert!(matches!(due(), Some(Seen::Due(_))), "and once more");
    // What is watched is told of as ever, and nothing is said again.
    write(&wiki.root, "a.md", "# A, again\n");
    assert_eq!(wiki.sees(&["a.md"]), ["+ a.md"]);
}

#[test]
fn a_wiki_that_goes_stays_and_what_is_above_it_tells_when_it_is_back() {
    let wiki = Watched::new(9, &[("a.md", "# A\n"), ("x/b.md", "# B\n")]);
    assert_eq!(wiki.folders(), ["wiki", "wiki/x"]);
    let away = wiki.root.with_file_name("away");
    fs::rename(&wiki.root, &away).expect("it is renamed");
    assert_eq!(wiki.sees(&[""]), [GONE]);
    assert_eq!(wiki.folders(), [""]);
    write(&wiki.root.with_file_name("elsewhere"), "a.md", "# A\n");
    assert_eq!(wiki.sees(&["../elsewhere"]), NOTHING);
    // As after an unmounting: the folder is there, and nothing is in it.
    fs::create_dir(&wiki.root).expect("a folder");
    assert_eq!(wiki.sees(&[""]), NOTHING);
    assert_eq!(wiki.folders(), ["", "wiki"]);
    fs::remove_dir(&wiki.root).expect("it is there");
    write(&away, "x/c.md", "# C\n");
    fs::rename(&away, &wiki.root).expect("it is renamed");
    assert_eq!(wiki.sees(&[""]), [BACK, "+ x/c.md"]);
    assert_eq!(wiki.folders(), ["wiki", "wiki/x"]);
    assert_eq!(wiki.sees(&[""]), NOTHING);
}

#[test]
fn a_folder_whose_patterns_are_no_file_any_more_is_left_out_and_that_is_said() {
    let wiki = Watched::new(9, &[("a.md", "# A\n"), ("x/b.md", "# B\n"), ("x/y/c.md", "# C\n")]);
    let patterns = wiki.root.join("x/.kenignore");
    let made = std::process::Command::new("mkfifo").arg(&patterns).status();
    assert!(made.expect("mkfifo").success());
    let left_out = "x is left out: its .kenignore is no file of patterns";
    assert_eq!(wiki.sees(&["x/.kenignore"]), [left_out, "+ x/b.md x/y/c.md"]);
    write(&wiki.root, "x/b.md", "# Private\n");
    assert_eq!(wiki.sees(&["x/b.md"]), NOTHING);
    fs::remove_file(&patterns).expect("it is there");
    assert_eq!(wiki.sees(&["x/.kenignore"]), ["+ x/b.md x/y/c.md"]);
}

#[test]
fn a_page_that_is_a_link_changes_with_its_file() {
    let wiki = Watched::new(9, &[("a.md", "# A\n"), (".kept/b.md", "# B\n")]);
    symlink(".kept/b.md", wiki.root.join("b.md")).expect("a link");
    assert_eq!(wiki.sees(&["b.md"]), ["+ b.md"]);
    assert_eq!(wiki.folders(), ["wiki", "wiki/.kept"]);
    write(&wiki.root, ".kept/b.md", "# B, again\n");
    assert_eq!(wiki.sees(&[".kept/b.md"]), ["+ b.md"]);
    fs::rename(wiki.root.join(".kept"), wiki.root.join(".old")).expect("it is renamed");
    assert_eq!(wiki.sees(&[".kept", ".old"]), ["+ b.md"]);
    assert_eq!(wiki.sees(&[".old/b.md"]), NOTHING);
}

#[test]
fn a_file_becomes_a_folder_and_a_file_again() {
    let wiki = Watched::new(9, &[("a.md", "# A\n"), ("x.md", "# X\n")]);
    fs::remove_file(wiki.root.join("x.md")).expect("it is there");
    write(&wiki.root, "x.md/y.md", "# Y\n");
    assert_eq!(wiki.sees(&["x.md"]), ["+ x.md x.md/y.md"]);
    fs::remove_dir_all(wiki.root.join("x.md")).expect("it is there");
    write(&wiki.root, "x.md", "# X again\n");
    assert_eq!(wiki.sees(&["x.md"]), ["+ x.md x.md/y.md"]);
}
