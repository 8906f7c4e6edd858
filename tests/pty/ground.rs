//! `theme = "auto"` in terminals that answer well, late, in pieces, with nonsense or never. That no part
//! of an answer is a key is what each of these is about.

use std::fs;

use crate::terminal::Terminal;
use vt100::{Color, Screen};

/// The grounds of the themes `dark` and `light`.
const DARK: Color = Color::Rgb(0x15, 0x18, 0x1d);
const LIGHT: Color = Color::Rgb(0xfc, 0xfc, 0xfb);

const DARK_ANSWER: &str = "\x1b]11;rgb:1b1b/1e1e/2525\x07";

fn wiki() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pages = [
        ("index.md", "# Harbour\n\nAsk [[ada|Ada]].\n"),
        ("ada.md", "# Ada Lind\n\nKeeps the light.\n"),
    ];
    for (path, text) in pages {
        fs::write(folder.path().join(path), text).expect("a page");
    }
    folder
}

fn start(wiki: &tempfile::TempDir, env: &[(&str, &str)]) -> Terminal {
    let env = [&[("COLORTERM", "truecolor")], env].concat();
    let terminal = Terminal::start(&[wiki.path().as_os_str()], (80, 24), &env);
    terminal.wait_for("the start page", |screen| screen.contents().contains("Harbour"));
    terminal
}

/// The ground of a cell in which the page shows nothing.
fn ground(screen: &Screen) -> Color {
    screen.cell(12, 70).expect("it lies on the screen").bgcolor()
}

fn leave(mut terminal: Terminal) {
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_restored();
    assert_eq!(terminal.acts(), Vec::<String>::new());
}

#[test]
fn the_answer_chooses_the_theme_and_the_page_is_painted_again() {
    let light = ["\x1b", "]11;rgb:ffff", "/ffff/ffff\x1b", "\\"];
    let short = ["\x1b]11;#fff\x07"];
    for (answer, expected) in
        [(&[DARK_ANSWER][..], DARK), (light.as_slice(), LIGHT), (short.as_slice(), LIGHT)]
    {
        let wiki = wiki();
        let mut terminal = start(&wiki, &[]);
        assert!(terminal.was_asked());
        assert_eq!(terminal.screen(ground), Color::Default, "before the answer");
        for part in answer {
            terminal.send(part);
        }
        terminal.wait_for("the theme that fits", |screen| ground(screen) == expected);
        assert!(terminal.screen(|screen| screen.contents().contains("Ask Ada")));
        leave(terminal);
    }
}

#[test]
fn a_terminal_that_never_answers_loses_no_key() {
    let wiki = wiki();
    let mut terminal = start(&wiki, &[]);
    terminal.send("\t\r");
    terminal.wait_for("Ada's page", |screen| screen.contents().contains("Keeps the light"));
    terminal.send("\x10");
    terminal.wait_for("the finder", |screen| screen.contents().contains("❯"));
    terminal.send("\x1b");
    terminal.wait_for("no finder", |screen| !screen.contents().contains("❯"));
    assert_eq!(terminal.screen(ground), Color::Default);
    leave(terminal);
}

#[test]
fn a_late_answer_is_not_typed_into_the_field() {
    let wiki = wiki();
    let mut terminal = start(&wiki, &[]);
    terminal.send("\x10ad");
    terminal.wait_for("what was typed", |screen| screen.contents().contains("❯ ad"));
    terminal.send(DARK_ANSWER);
    terminal.wait_for("the theme that fits", |screen| ground(screen) != Color::Default);
    terminal.send("a");
    terminal.wait_for("what was typed on", |screen| screen.contents().contains("❯ ada"));
    terminal.send("\x1b");
    terminal.wait_for("no finder", |screen| !screen.contents().contains("❯"));
    leave(terminal);
}

#[test]
fn nonsense_for_an_answer_changes_nothing() {
    for answer in ["\x1b]11;no idea\x07", "\x1b]11;rgb:qq/qq\x1b\\", "\x1b]11;\x07"] {
        let wiki = wiki();
        let mut terminal = start(&wiki, &[]);
        terminal.send(answer);
        terminal.send("\t\r");
        terminal.wait_for("Ada's page", |screen| screen.contents().contains("Keeps the light"));
        assert_eq!(terminal.screen(ground), Color::Default, "{answer:?}");
        leave(terminal);
    }
}

#[test]
fn only_who_can_answer_and_is_needed_is_asked() {
    let wiki = wiki();
    for env in [("NO_COLOR", "1"), ("TERM", "dumb"), ("TERM", "linux")] {
        // A dumb terminal would get the wiki line by line.
        let args = ["--screen".as_ref(), wiki.path().as_os_str()];
        let env_of_terminal = [("COLORTERM", "truecolor"), env];
        let terminal = Terminal::start(&args, (80, 24), &env_of_terminal);
        terminal.wait_for("the start page", |screen| screen.contents().contains("Harbour"));
        assert!(!terminal.was_asked(), "{env:?}");
        leave(terminal);
    }
    let args = ["--theme".as_ref(), "fjord".as_ref(), wiki.path().as_os_str()];
    let terminal = Terminal::start(&args, (80, 24), &[("COLORTERM", "truecolor")]);
    terminal.wait_for("the start page", |screen| screen.contents().contains("Harbour"));
    assert!(!terminal.was_asked());
    leave(terminal);
}

#[test]
fn the_environment_tells_until_the_terminal_does() {
    let wiki = wiki();
    let mut terminal = start(&wiki, &[("COLORFGBG", "0;15")]);
    terminal.wait_for("what the environment says", |screen| ground(screen) == LIGHT);
    terminal.send(DARK_ANSWER);
    terminal.wait_for("the theme that fits", |screen| ground(screen) == DARK);
    leave(terminal);
}
