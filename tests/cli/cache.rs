//! What is kept from one start to the next: it is used, it is never believed of what changed, and it may be gone or
//! broken at any time.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

struct Wiki {
    folder: tempfile::TempDir,
}

impl Wiki {
    /// Enough pages to be worth keeping, written long ago.
    fn new() -> Self {
        let wiki = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir(wiki.root()).expect("a folder");
        for number in 0..600 {
            wiki.write(&format!("p{number}.md"), "# One\n\n[[p1]]\n", 3600);
        }
        wiki
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("wiki")
    }

    fn caches(&self) -> PathBuf {
        self.folder.path().join("cache/kenning")
    }

    /// Writes a page that says to be so many seconds old.
    fn write(&self, path: &str, text: &str, seconds: u64) {
        let file = self.root().join(path);
        fs::write(&file, text).expect("a page");
        let file = fs::File::options().write(true).open(file).expect("it was written");
        let then = SystemTime::now() - Duration::from_secs(seconds);
        file.set_modified(then).expect("a time");
    }

    fn ken(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let (out, problems) = (output.stdout, String::from_utf8_lossy(&output.stderr).into_owned());
        assert_eq!(problems, "", "{arguments:?}");
        String::from_utf8(out).expect("text")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ken"));
        command.env_clear().env("HOME", "/dev/null");
        command.env("XDG_CACHE_HOME", self.folder.path().join("cache"));
        command.arg("--wiki").arg(self.root()).args(arguments);
        command.output().expect("the program runs")
    }

    fn kept(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.caches()).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    }
}

fn bytes(file: &Path) -> Vec<u8> {
    fs::read(file).expect("it is there")
}

#[test]
fn what_is_kept_is_used_and_no_change_is_missed() {
    let wiki = Wiki::new();
    assert_eq!(wiki.ken(&["backlinks", "p1"]).lines().count(), 599);
    let [kept] = wiki.kept().try_into().expect("one file");
    let first = bytes(&kept);
    // What is as it was when it was read is not read again: this page changed, its length and time did not.
    let about = wiki.root().join("p7.md").metadata().expect("a page").modified().expect("a time");
    fs::write(wiki.root().join("p7.md"), "# Two\n\n[[p2]]\n").expect("a page");
    let file = fs::File::options().write(true).open(wiki.root().join("p7.md")).expect("a page");
    file.set_modified(about).expect("a time");
    assert_eq!(wiki.ken(&["backlinks", "p2"]), "");
    assert_eq!(wiki.ken(&["--no-cache", "backlinks", "p2"]).lines().count(), 1);
    // Another length, another time, a new page, one that is gone, one that became an attachment's name.
    wiki.write("p3.md", "# One\n\n[[p2]] and more\n", 3600);
    wiki.write("p4.md", "# One\n\n[[p2]]\n", 1800);
    wiki.write("new.md", "[[p2]]\n", 3600);
    fs::remove_file(wiki.root().join("p5.md")).expect("it was there");
    assert_eq!(wiki.ken(&["backlinks", "p2"]).lines().count(), 3);
    assert_eq!(wiki.ken(&["backlinks", "p1"]).lines().count(), 596);
    // Few pages were read: what is kept is good enough.
    assert!(bytes(&kept) == first);
    for number in 100..120 {
        wiki.write(&format!("p{number}.md"), "[[p2]] [[p1]]\n", 1700);
    }
    assert_eq!(wiki.ken(&["backlinks", "p2"]).lines().count(), 23);
    assert!(bytes(&kept) != first);
}

#[test]
fn what_is_kept_may_be_broken_or_gone_or_unwelcome() {
    let wiki = Wiki::new();
    let all = wiki.ken(&["links"]);
    let [kept] = wiki.kept().try_into().expect("one file");
    let sound = bytes(&kept);
    for broken in [&b""[..], b"garbage", &sound[..sound.len() / 2], &[0; 5000]] {
        fs::write(&kept, broken).expect("a file");
        assert_eq!(wiki.ken(&["links"]), all);
        assert_eq!(bytes(&kept).len(), sound.len(), "it is written anew");
    }
    assert!(wiki.ken(&["cache", "clear"]).starts_with("1 wiki, "));
    assert_eq!(wiki.run(&["cache", "clear"]).status.code(), Some(1));
    assert_eq!(wiki.kept(), [""; 0].map(PathBuf::from));
    assert_eq!(wiki.ken(&["--no-cache", "links"]), all);
    fs::write(wiki.root().join(".ken.toml"), "cache = false\n").expect("a file");
    assert_eq!(wiki.ken(&["links"]), all);
    assert_eq!(wiki.kept(), [""; 0].map(PathBuf::from));
}

#[test]
fn a_search_reads_what_may_hold_the_words_and_was_read_before() {
    let wiki = Wiki::new();
    let nothing = |arguments: &[&str]| {
        let output = wiki.run(arguments);
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), &b""[..]));
    };
    nothing(&["search", "storm"]);
    assert_eq!(wiki.kept().len(), 2);
    // Nothing tells that this page is another than the one that was read.
    let about = wiki.root().join("p7.md").metadata().expect("a page").modified().expect("a time");
    fs::write(wiki.root().join("p7.md"), "# Storm\n\n[[p1\n").expect("a page");
    let file = fs::File::options().write(true).open(wiki.root().join("p7.md")).expect("a page");
    file.set_modified(about).expect("a time");
    nothing(&["search", "storm"]);
    assert_eq!(wiki.ken(&["--no-cache", "search", "storm"]), "p7.md:1:3: # Storm\n");
    // That is told of these.
    wiki.write("p3.md", "# Storm\n", 3600);
    wiki.write("p4.md", "# Two\n\nstorm\n\n", 1800);
    assert_eq!(wiki.ken(&["search", "storm"]), "p3.md:1:3: # Storm\np4.md:3:1: storm\n");
    assert!(wiki.ken(&["cache", "clear"]).starts_with("1 wiki, "));
    assert_eq!(wiki.kept(), [""; 0].map(PathBuf::from));
    assert_eq!(wiki.ken(&["--no-cache", "search", "storm"]).lines().count(), 3);
    assert_eq!(wiki.kept(), [""; 0].map(PathBuf::from));
    assert_eq!(wiki.ken(&["search", "storm"]).lines().count(), 3);
}
