//! The worst circumstances: killed, no room on the disk, folders that take nothing, files that go away, a clock that
//! jumps, a terminal that goes away or is too small, keys in heaps. For garbage in the program's own files see
//! `own_files`.
//!
//! A full disk is played by the system itself: a process whose files may not grow (`ulimit -f`) gets an error from
//! the first write that is too long, wherever in the program that is. So no layer between the program and its files
//! is needed that is there for tests alone, and what is tested is what runs.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::folder::Folder;
use crate::raw::foreign_in_frames;
use crate::run::{ended, ken, shell};
use crate::terminal::Terminal;

/// After so long without the condition a test has failed.
const DEADLINE: Duration = Duration::from_secs(60);

/// A page that `ken repair` repairs.
const PASTED: &str = "Reading the gauge\nA gauge says how high the sea stands, and it says so every minute.\n\
    from gauge import Gauge\ngauge = Gauge(\"/dev/ttyUSB0\")\ndef read(gauge):\nreturn gauge.height()\n";

pub(crate) fn harbour() -> Folder {
    let log: Vec<String> = (0..60).map(|n| format!("Line {n} of the log.\n\n")).collect();
    let log = log.concat();
    Folder::of(&[
        ("index.md", "# Harbour\n\nSee [[log]] and [[ada]].\n"),
        ("log.md", &format!("# Log\n\n{log}")),
        ("ada.md", "# Ada\n\nKeeps [[index]].\n"),
        ("pasted.md", PASTED),
    ])
}

/// Numbers that look random and are the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

pub(crate) fn start(folder: &Folder, size: (u16, u16)) -> Terminal {
    let home = folder.home();
    let env = [("HOME", home.to_str().expect("a plain name"))];
    Terminal::start(&[folder.root().as_os_str()], size, &env)
}

/// Where the program keeps its state, in that home.
pub(crate) fn states(home: &Path) -> PathBuf {
    home.join(".local/state/kenning")
}

pub(crate) fn quit(mut terminal: Terminal) {
    for _ in 0..6 {
        terminal.see("\x1b");
    }
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_restored();
    assert_eq!(terminal.acts(), Vec::<String>::new());
    assert_eq!(foreign_in_frames(&terminal.raw()), None);
}

#[test]
fn killed_at_any_moment_it_leaves_everything_whole() {
    let folder = harbour();
    let before = folder.contents();
    let mut dice = Dice(7);
    let keys = ["\t\r", "*", "ma", "\x7f", "'a", "G", "\x10log\r", "j", "mb", "*", "R", "L"];
    for round in 0..25 {
        let mut terminal = start(&folder, (80, 24));
        for _ in 0..dice.below(30) {
            terminal.send(keys[usize::try_from(dice.below(keys.len() as u64)).expect("a few")]);
        }
        // Some moment between the start and the answer to the last key.
        terminal.wait_for_length(usize::try_from(dice.below(1_000)).expect("a few"));
        terminal.signal("KILL");
        terminal.exit_code();
        for file in fs::read_dir(states(&folder.home())).into_iter().flatten().flatten() {
            if file.path().extension().is_some_and(|name| name == "json") {
                let text = fs::read_to_string(file.path()).expect("it is text");
                let whole: Result<serde_json::Value, _> = serde_json::from_str(&text);
                assert!(whole.is_ok(), "round {round}: {text}");
            }
        }
        assert!(before == folder.contents(), "round {round}: the wiki is as it was");
    }
    let kept = ken(&folder, &["bookmarks"], "");
    kept.check("bookmarks");
    quit(start(&folder, (80, 24)));
}

#[test]
fn a_repair_that_is_killed_leaves_the_old_page_or_the_new() {
    let folder = harbour();
    let page = folder.root().join("pasted.md");
    let root = folder.root();
    let args = ["--wiki", root.to_str().expect("a plain name"), "repair", "--write", "pasted.md"];
    let mut command = shell(&folder.home(), "exec \"$@\"", &args);
    let began = Instant::now();
    ended(&mut command, "").check("repair");
    let takes = began.elapsed();
    let new = fs::read(&page).expect("it is there");
    assert_ne!(new, PASTED.as_bytes());
    let mut dice = Dice(3);
    let mut seen = [0, 0];
    for round in 0..30 {
        fs::write(&page, PASTED).expect("a page");
        let mut command = shell(&folder.home(), "exec \"$@\"", &args);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let began = Instant::now();
        let mut child = command.spawn().expect("the program runs");
        let moment = takes * u32::try_from(dice.below(1_200)).expect("little") / 1_000;
        while began.elapsed() < moment {
            std::hint::spin_loop();
        }
        child.kill().ok();
        child.wait().expect("it ended");
        let now = fs::read(&page).expect("it is there");
        assert!(now == PASTED.as_bytes() || now == new, "round {round}: {now:?}");
        seen[usize::from(now == new)] += 1;
    }
    assert!(seen[0] > 0, "at least one was killed in time: {seen:?}");
}

#[test]
fn no_room_on_the_disk_changes_nothing_and_is_said() {
    let folder = harbour();
    // Blocks of 512 bytes: none, and enough for the page but not for what is to replace it.
    let large = PASTED.repeat(20);
    folder.write("pasted.md", large.as_bytes());
    let before = folder.contents();
    let root = folder.root();
    let root = root.to_str().expect("a plain name");
    for blocks in [0, 1, 4] {
        let line = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        let args = ["--wiki", root, "repair", "--write", "pasted.md"];
        let refused = ended(&mut shell(&folder.home(), &line, &args), "");
        refused.check("repair");
        assert_eq!(refused.code, Some(2), "{blocks}");
        assert!(refused.error().contains("pasted.md"), "{}", refused.error());
        assert!(before == folder.contents(), "{blocks}: the wiki is as it was");
        let args = ["--wiki", root, "ls"];
        assert_eq!(ended(&mut shell(&folder.home(), &line, &args), "").code, Some(0));
        let new = folder.home().join(format!("new{blocks}"));
        let args = ["init", new.to_str().expect("a plain name")];
        let refused = ended(&mut shell(&folder.home(), &line, &args), "");
        refused.check("init");
        assert_eq!(refused.code, Some(2), "{blocks}");
    }
}

#[test]
fn no_room_on_the_disk_keeps_what_was_remembered_before() {
    let folder = harbour();
    let mut terminal = start(&folder, (80, 24));
    terminal.wait_for("the index", |screen| screen.contents().contains("words"));
    terminal.see("*");
    quit(terminal);
    let bookmarks = || String::from_utf8(ken(&folder, &["bookmarks"], "").out).expect("text");
    assert_eq!(bookmarks(), "index.md\n");
    let home = folder.home();
    let line = format!(
        "trap '' XFSZ; ulimit -f 0; HOME='{}' exec \"$KEN\" '{}'",
        home.display(),
        folder.root().display()
    );
    let mut terminal = Terminal::shell(&line, (80, 24));
    terminal.wait_for("the index", |screen| screen.contents().contains("words"));
    terminal.send("*");
    terminal.wait_for("what is not kept", |screen| screen.contents().contains("are not kept"));
    for keys in ["*", "ma", "\t\r", "*"] {
        terminal.see(keys);
    }
    quit(terminal);
    assert_eq!(bookmarks(), "index.md\n");
}

#[test]
fn an_output_that_takes_nothing_is_said() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let folder = harbour();
    let root = folder.root();
    for command in [
        "ls",
        "show log.md",
        "check",
        "graph",
        "man",
        "completions bash",
        "links --json",
        "repair pasted.md",
    ] {
        let words: Vec<&str> = ["--wiki", root.to_str().expect("a plain name")]
            .into_iter()
            .chain(command.split(' '))
            .collect();
        let refused = ended(&mut shell(&folder.home(), "exec \"$@\" > /dev/full", &words), "");
        refused.check(command);
        assert_eq!(refused.code, Some(2), "{command}");
        assert!(
            refused.error().to_lowercase().contains("no space"),
            "{command}: {}",
            refused.error()
        );
        // Where nothing can be said at all, the exit code says it.
        let silent =
            ended(&mut shell(&folder.home(), "exec \"$@\" > /dev/full 2> /dev/full", &words), "");
        assert_eq!(silent.code, Some(2), "{command}");
    }
}

#[test]
fn folders_that_take_nothing_keep_nobody_from_reading() {
    let folder = harbour();
    let root = folder.root();
    // Neither a file nor what the system makes up can hold a folder, whoever asks.
    let file = folder.home().join("file");
    fs::write(&file, "").expect("a file");
    for place in [file.to_str().expect("a plain name"), "/proc", "/dev/null", "/"] {
        let env = [
            ("HOME", place),
            ("XDG_STATE_HOME", place),
            ("XDG_CACHE_HOME", place),
            ("XDG_CONFIG_HOME", place),
            ("XDG_DATA_HOME", place),
        ];
        if place != "/" {
            let mut terminal = Terminal::start(&[root.as_os_str()], (80, 24), &env);
            terminal.wait_for("the index", |screen| screen.contents().contains("words"));
            for keys in ["*", "ma", "\t\r"] {
                terminal.see(keys);
            }
            quit(terminal);
            let args =
                ["--wiki", root.to_str().expect("a plain name"), "repair", "--write", "pasted.md"];
            let mut command = shell(&folder.home(), "exec \"$@\"", &args);
            let refused = ended(command.envs(env), "");
            refused.check("repair");
            assert_eq!(refused.code, Some(2), "{place}");
            assert_eq!(fs::read(root.join("pasted.md")).expect("it is there"), PASTED.as_bytes());
        }
    }
}

#[test]
fn pages_that_go_away_are_told_of_and_come_back() {
    let folder = harbour();
    let root = folder.root();
    let mut terminal = start(&folder, (80, 24));
    terminal.wait_for("the index", |screen| screen.contents().contains("words"));
    let log = fs::read(root.join("log.md")).expect("it is there");
    fs::remove_file(root.join("log.md")).expect("it was there");
    terminal.see("\t\r");
    terminal.wait_for("the reason", |screen| {
        let text = screen.contents();
        text.contains("no such file") || text.contains("does not exist") || text.contains("Missing")
    });
    fs::write(root.join("log.md"), log).expect("a page");
    terminal.see("R");
    terminal.wait_for("the page", |screen| screen.contents().contains("Line 0 of"));
    // All of it goes, and becomes something else.
    let aside = folder.home().join("aside");
    fs::rename(&root, &aside).expect("it can be moved");
    for keys in ["R", "\x10ada\r", "sKeeps", "\x1b", "g", "\x1b", "R"] {
        terminal.see(keys);
    }
    fs::write(&root, "a file").expect("a file");
    terminal.see("R");
    fs::remove_file(&root).expect("it was there");
    fs::rename(&aside, &root).expect("it can be moved");
    terminal.see("R");
    terminal.see("\x1b");
    terminal.see("\x10ada");
    terminal.wait_for("Ada in the finder", |screen| screen.contents().contains("Enter open"));
    terminal.see("\r");
    terminal.wait_for("Ada's page", |screen| screen.contents().contains("Keeps"));
    quit(terminal);
}

#[test]
fn times_that_cannot_be_are_lived_with() {
    let folder = harbour();
    let file =
        fs::File::options().write(true).open(folder.root().join("ada.md")).expect("it is there");
    for seconds in [0_i64, 1 << 40, 253_402_300_800] {
        let time = std::time::UNIX_EPOCH + Duration::from_secs(seconds.unsigned_abs());
        file.set_modified(time).expect("a time");
        for command in ["ls --json", "ls updated<30d", "ls updated>2024-01-01", "check", "random"] {
            ken(&folder, &command.split(' ').collect::<Vec<_>>(), "").check(command);
        }
    }
    let early = std::time::UNIX_EPOCH - Duration::from_secs(1 << 40);
    file.set_modified(early).ok();
    ken(&folder, &["ls", "--json"], "").check("a time before all times");
    // What was remembered at times that the clock has not reached, or never will.
    quit(start(&folder, (80, 24)));
    let file =
        fs::read_dir(states(&folder.home())).expect("a folder").flatten().map(|file| file.path());
    let file = file
        .into_iter()
        .find(|file| file.extension().is_some_and(|name| name == "json"))
        .expect("a file");
    let text = fs::read_to_string(&file).expect("text");
    let at = text.find("\"at_ms\":").expect("the page was read at some time") + 8;
    let end = at + text[at..].find(|c: char| !c.is_ascii_digit()).expect("the number ends");
    for time in [i64::MAX, i64::MIN, -1, 0, 4_102_444_800_000] {
        fs::write(&file, format!("{}{time}{}", &text[..at], &text[end..])).expect("a file");
        for args in [&["recents"][..], &["recents", "--json"]] {
            let told = ken(&folder, args, "");
            told.check("recents");
            assert!(String::from_utf8_lossy(&told.out).contains("index.md"), "{time}");
        }
        let mut terminal = start(&folder, (80, 24));
        terminal.wait_for("the index", |screen| screen.contents().contains("words"));
        terminal.see("\x10");
        terminal.see("\x1b");
        quit(terminal);
    }
}

#[test]
fn a_terminal_that_goes_away_ends_the_program() {
    let folder = harbour();
    let pair = native_pty_system()
        .openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 })
        .expect("a pseudo terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_ken"));
    command.arg(folder.root());
    command.env_clear();
    command.env("HOME", folder.home());
    command.env("TERM", "xterm-256color");
    let mut child = pair.slave.spawn_command(command).expect("the program starts");
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().expect("a reader");
    let mut screen = vt100::Parser::default();
    let mut buffer = [0; 4_096];
    while !screen.screen().contents().contains("words") {
        let read = reader.read(&mut buffer).expect("it writes");
        assert!(read > 0, "it ended: {}", screen.screen().contents());
        screen.process(&buffer[..read]);
    }
    let mut killer = child.clone_killer();
    drop((reader, pair.master));
    let (done, code) = channel();
    std::thread::spawn(move || done.send(child.wait().expect("it ended").exit_code()));
    let code = code.recv_timeout(DEADLINE);
    killer.kill().ok();
    assert!(matches!(code, Ok(129 | 2)), "{code:?}");
    // What was remembered is kept.
    let recents = ken(&folder, &["recents"], "");
    assert!(String::from_utf8_lossy(&recents.out).contains("index.md"));
}

#[test]
fn a_terminal_of_one_cell_and_a_storm_of_sizes_are_survived() {
    let folder = harbour();
    let mut terminal = start(&folder, (1, 1));
    for keys in [
        "j", "\t", "\r", "\x10", "a", "\x1b", "t", "\x1b", "g", "\x1b", "?", "\x1b", "T", "\x1b",
        "S", "v", "\x1b", ":", "\x1b", "C", "\x1b",
    ] {
        terminal.see(keys);
    }
    let mut dice = Dice(1);
    for _ in 0..300 {
        let side = |n: u64| u16::try_from(n + 1).expect("a side is short");
        terminal.resize((side(dice.below(200)), side(dice.below(80))));
        let keys = ["j", "\t", "t", "\x10", "a", "\x7f", "g", "k"];
        terminal.send(keys[usize::try_from(dice.below(8)).expect("few")]);
    }
    terminal.resize((80, 24));
    for _ in 0..10 {
        terminal.see("\x1b");
    }
    terminal.see("~");
    terminal.wait_for("the start page", |screen| screen.contents().contains("Harbour"));
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn ten_thousand_keys_at_once_are_all_obeyed() {
    let folder = harbour();
    let mut terminal = start(&folder, (80, 24));
    terminal.wait_for("the index", |screen| screen.contents().contains("words"));
    let keys: String = ["j", "k", "\t", "G", "gg", "\x1b[B", "t", "w"].concat().repeat(1_000);
    // What is written is read meanwhile, so that neither side waits for the other for ever.
    terminal.send(&keys);
    terminal.see("\x1b");
    for pasted in
        ["\x1b[200~".to_owned() + &"gauge ".repeat(20_000) + "\x1b[201~", "a".repeat(10_000)]
    {
        terminal.see("\x10");
        terminal.send(&pasted);
        terminal.see("\x15");
        terminal.see("\x1b");
    }
    // A paste that never ends, and one with an end of its own in it.
    terminal.send("\x1b[200~q\x1b[7777m\x1b[201~");
    terminal.see("j");
    quit(terminal);
}
