//! What is remembered over a restart: in the state folder, and nowhere in the wiki.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::terminal::Terminal;

/// After so long without the condition a test has failed.
const DEADLINE: Duration = Duration::from_secs(60);

/// A wiki and a state folder.
struct Place {
    wiki: tempfile::TempDir,
    states: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = || tempfile::tempdir().expect("a temporary folder");
        let (wiki, states) = (folder(), folder());
        let lines: Vec<String> = (0..60).map(|n| format!("Line {n} of the log.\n\n")).collect();
        let lines = lines.concat();
        for (name, text) in
            [("index.md", "# Harbour\n\nSee [[log]].\n"), ("log.md", &format!("# Log\n\n{lines}"))]
        {
            fs::write(wiki.path().join(name), text).expect("a page");
        }
        Self { wiki, states }
    }

    fn start(&self, more: &[&str]) -> Terminal {
        let states = self.states.path().to_str().expect("a temporary name is plain");
        let args: Vec<&OsStr> =
            [self.wiki.path().as_os_str()].into_iter().chain(more.iter().map(OsStr::new)).collect();
        let terminal = Terminal::start(&args, (80, 24), &[("XDG_STATE_HOME", states)]);
        terminal.wait_for("a page", |screen| screen.contents().contains("words"));
        terminal
    }

    fn ken(&self, args: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ken"));
        command.env_clear().env("HOME", "/nonexistent").env("XDG_STATE_HOME", self.states.path());
        command.arg("--wiki").arg(self.wiki.path()).args(args);
        let output = command.output().expect("the program runs");
        String::from_utf8(output.stdout).expect("it is text")
    }

    /// Waits until what is kept holds a text.
    fn wait_for_kept(&self, text: &str) {
        let started = Instant::now();
        let holds = |file: &Path| fs::read_to_string(file).is_ok_and(|kept| kept.contains(text));
        loop {
            let files = fs::read_dir(self.states.path().join("kenning")).into_iter().flatten();
            if files.flatten().any(|file| holds(&file.path())) {
                return;
            }
            assert!(started.elapsed() < DEADLINE, "{text:?} was never kept");
            std::thread::yield_now();
        }
    }
}

fn quit(mut terminal: Terminal) {
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn it_begins_where_one_was_unless_told_otherwise() {
    let place = Place::new();
    let mut terminal = place.start(&[]);
    terminal.wait_for("the start page", |screen| screen.contents().contains("See log"));
    terminal.send("\t\r");
    terminal.wait_for("the log", |screen| screen.contents().contains("Line 0 of"));
    terminal.send("  ma*");
    terminal.wait_for("the bookmark", |screen| screen.contents().contains("Bookmarked: Log"));
    let first = terminal.screen(|screen| screen.rows(31, 49).nth(3).unwrap_or_default());
    assert!(first.contains("Line"), "{first:?}");
    quit(terminal);

    let mut terminal = place.start(&[]);
    terminal.wait_for("the place", |screen| {
        screen.rows(31, 49).nth(3).is_some_and(|row| row.contains(first.trim()))
    });
    terminal.wait_for("the shelf", |screen| screen.contents().contains("Bookmarks"));
    terminal.send("\x7f");
    terminal.wait_for("the page before", |screen| screen.contents().contains("See log"));
    terminal.send("'a");
    terminal.wait_for("the mark", |screen| screen.contents().contains(first.trim()));
    quit(terminal);

    let mut terminal = place.start(&["--fresh"]);
    terminal.wait_for("the start page", |screen| screen.contents().contains("See log"));
    terminal.send("'a");
    terminal.wait_for("the mark", |screen| screen.contents().contains(first.trim()));
    quit(terminal);

    assert_eq!(place.ken(&["bookmarks"]), "log.md\n");
    let marks = place.ken(&["marks", "--json"]);
    assert!(marks.starts_with("{\"mark\":\"a\",\"path\":\"log.md\",\"title\":\"Log\""), "{marks}");
    assert_eq!(place.ken(&["recents"]), "just now     log.md\njust now     index.md\n");
    let recents = place.ken(&["recents", "--json"]);
    assert!(recents.lines().count() == 2 && recents.contains("\"gone\":false"), "{recents}");
    fs::remove_file(place.wiki.path().join("log.md")).expect("it was there");
    assert_eq!(place.ken(&["bookmarks"]), "log.md (gone)\n");
    // Nothing but its own pages is in the wiki.
    let names = fs::read_dir(place.wiki.path()).expect("a folder").flatten();
    let names: Vec<_> = names.map(|file| file.file_name()).collect();
    assert_eq!(names, ["index.md"]);
}

#[test]
fn a_program_that_is_killed_loses_little() {
    let place = Place::new();
    let mut terminal = place.start(&[]);
    terminal.send("\t\r");
    terminal.wait_for("the log", |screen| screen.contents().contains("Line 0 of"));
    terminal.send("*");
    place.wait_for_kept("\"bookmarks\":[{");
    terminal.signal("KILL");
    assert_ne!(terminal.exit_code(), 0);
    assert_eq!(place.ken(&["bookmarks"]), "log.md\n");
    let terminal = place.start(&[]);
    terminal.wait_for("the log", |screen| screen.contents().contains("Line 0 of"));
    quit(terminal);
}

#[test]
fn of_two_programs_on_one_wiki_the_last_to_quit_erases_nothing() {
    let place = Place::new();
    let (mut one, mut other) = (place.start(&[]), place.start(&[]));
    one.send("*ma");
    one.wait_for("the mark", |screen| screen.contents().contains("Mark a is here"));
    other.send("\t\r");
    other.wait_for("the log", |screen| screen.contents().contains("Line 0 of"));
    other.send("*mb");
    other.wait_for("the mark", |screen| screen.contents().contains("Mark b is here"));
    quit(one);
    quit(other);
    // Which of the two was written down first, nobody can tell.
    let bookmarks = place.ken(&["bookmarks"]);
    let mut bookmarks: Vec<&str> = bookmarks.lines().collect();
    bookmarks.sort_unstable();
    assert_eq!(bookmarks, ["index.md", "log.md"]);
    assert_eq!(place.ken(&["marks"]), "a  index.md:1: Harbour\nb  log.md:1: Log\n");
}
