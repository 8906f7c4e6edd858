//! The program in a terminal over the worst folders: all panes and overlays are visited by keys, and every byte that
//! it wrote is judged.

use std::ffi::OsStr;
use std::fs;

use crate::folder::{self, Folder, acting};
use crate::raw::{foreign_in_frames, foreign_in_output};
use crate::terminal::Terminal;

/// Keys that together visit all that can be seen, one place each.
const VISITS: &[&str] = &[
    "j", "d", " ", "G", "gg", "P", "zR", "zM", "zR", "S", "j", "S", "\t", "\t", "p", "p", "\x1b",
    "f", "\x1b", "zf", "\x1b", "}", "}", "|", "\x1b", "#", "W", ">", "i", "1", "j", "2", "j", "3",
    "4", "5", "j", "/a", "\r", "\x1b", "h", "w", "j", "j", "+", "a", "a", "S", "/a", "\x1b",
    "\x1b", "t", "j", " ", "x", "o", "/t", "\x1b", "X", "\x1b", "F", "tag:", "\x1b", "\x10", "a",
    "\x1b[B", "\t", "\x1b", "sneedle", "\x1b[B", "\x1b[B", "\t", "\x1b", "/a\r", "n", "N", "\x1b",
    "o", "j", "\x1b", "g", "l", "j", "t", "2", "3", "\x1b", "c", "plain", "\r", "\x1b", "\x1b",
    "ma", "'a", "*", "V", "G", "\x1b", "v", "\x1b", "C", "j", "\t", "j", "\t", "j", "\x1b", "x",
    "\x1b", "\x1b", "?", "j", "\x1b", ":", "a", "\x1b", "T", "\x1b", "r", "O", "Z", "Z", "\x0c",
];

/// Presses each of the keys and sees a frame after it.
fn visit(terminal: &mut Terminal) {
    for keys in VISITS {
        terminal.see(keys);
    }
}

fn leave(mut terminal: Terminal, what: &str) {
    for _ in 0..8 {
        terminal.see("\x1b");
    }
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0, "{what}");
    terminal.assert_restored();
    assert_eq!(terminal.acts(), Vec::<String>::new(), "{what}");
    assert_eq!(foreign_in_frames(&terminal.raw()), None, "{what}");
}

#[test]
fn nothing_in_a_hostile_wiki_acts_on_the_terminal() {
    let folder = folder::hostile();
    let saved = format!(
        "[queries]\n\"{}\" = \"needle\"\n",
        "q\\u001b]0;OWNED\\u0007\\u001b[7777m\\u009b7777m\\u202e"
    );
    folder.write(".ken.toml", saved.as_bytes());
    let before = folder.contents();
    let root = folder.root();
    for (page, size) in [
        ("index.md", (120, 40)),
        ("plain.md", (60, 20)),
        ("embedded.md", (200, 60)),
        ("untitled/a.md", (40, 12)),
    ] {
        let args: [&OsStr; 2] = [root.as_os_str(), page.as_ref()];
        let mut terminal =
            Terminal::start(&args, size, &[("COLORTERM", "truecolor"), ("FORCE_HYPERLINK", "1")]);
        terminal.wait_for("the wiki", |screen| !screen.contents().trim().is_empty());
        visit(&mut terminal);
        leave(terminal, page);
    }
    assert!(before == folder.contents(), "the wiki is as it was");
}

#[test]
fn heavy_pages_are_walked_through() {
    let folder = folder::heavy();
    let root = folder.root();
    for (name, _) in folder::heavy_pages() {
        let file = root.join(format!("{name}.md"));
        let mut terminal = Terminal::start(&[file.as_os_str()], (80, 24), &[]);
        terminal.wait_for("a frame", |screen| !screen.contents().trim().is_empty());
        for keys in [
            "j", " ", "G", "k", "gg", "zM", "zR", "S", "G", "S", "\t", "|", "\x1b", "5", "\x1b",
            "/a\r", "\x1b",
        ] {
            terminal.see(keys);
        }
        leave(terminal, name);
    }
}

#[test]
fn all_heavy_pages_together_are_one_wiki() {
    let folder = folder::heavy();
    let mut terminal = Terminal::start(&[folder.root().as_os_str()], (100, 30), &[]);
    terminal.wait_for("the start page", |screen| screen.contents().contains("Heavy"));
    visit(&mut terminal);
    leave(terminal, "heavy");
}

#[test]
fn what_is_printed_as_it_is_does_not_act_where_a_terminal_reads_it() {
    let folder = folder::hostile();
    let root = folder.root();
    let root = root.to_str().expect("a plain name");
    for command in [
        "show --source index.md",
        "repair index.md",
        "repair --force --diff index.md",
        "graph --dot",
        "graph --graphml",
        "show index.md",
        "check",
        "ls",
        "tags",
        "search needle",
        "backlinks index.md",
        "links",
        "properties",
        "outline index.md",
    ] {
        let mut terminal =
            Terminal::shell(&format!("exec \"$KEN\" --wiki '{root}' {command}"), (80, 24));
        assert!(terminal.exit_code() < 2, "{command}");
        assert_eq!(terminal.acts(), Vec::<String>::new(), "{command}");
        assert_eq!(foreign_in_output(&terminal.raw(), true), None, "{command}");
    }
}

#[test]
fn what_others_say_about_a_wiki_does_not_act() {
    // The name of the wiki itself, an editor that ends badly, a theme that is none.
    let folder = Folder::of(&[("index.md", "# Harbour\n")]);
    let root = folder.home().join(acting("wiki").replace('/', ""));
    fs::create_dir(&root).expect("a folder");
    fs::write(root.join("index.md"), "# Harbour\n").expect("a page");
    let editor = folder.home().join("no\u{1b}[7777meditor\u{9b}7777m");
    let env = [("EDITOR", editor.to_str().expect("a name"))];
    let mut terminal = Terminal::start(&[root.as_os_str()], (120, 30), &env);
    terminal.wait_for("the page", |screen| screen.contents().contains("Harbour"));
    // The next key takes the message away.
    terminal.send("e");
    terminal.wait_for("what went wrong", |screen| screen.contents().contains("cannot start"));
    terminal.see("y");
    leave(terminal, "the wiki's name");
}
