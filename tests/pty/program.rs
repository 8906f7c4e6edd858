//! Starting, quitting, suspending, editing, resizing, being killed: the terminal is whole afterwards.

use std::fs;
use std::path::Path;

use crate::terminal::Terminal;

fn wiki(pages: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in pages {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
        fs::write(file, text).expect("a page");
    }
    folder
}

/// Writes a shell script that can be run.
fn script(file: &Path, line: &str) {
    fs::write(file, format!("#!/bin/sh\n{line}\n")).expect("a script");
    let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(file, executable).expect("a mode");
}

const THREE: &[(&str, &str)] = &[
    ("index.md", "# Harbour\n\nAsk [[people/ada|Ada]] or [[people/bo]].\n\n[[nobody]] knows.\n"),
    ("people/ada.md", "# Ada Lind\n\nKeeps the light. See [[index]].\n"),
    ("people/bo.md", "# Bo Berg\n\nRows the boat with [[ada]].\n"),
];

#[test]
fn it_shows_the_page_follows_a_link_comes_back_and_leaves_the_terminal_as_it_was() {
    let wiki = wiki(THREE);
    let mut terminal = Terminal::start(&[wiki.path().as_os_str()], (80, 24), &[]);
    terminal.wait_for("the start page", |screen| screen.contents().contains("Harbour"));
    assert!(terminal.screen(|screen| screen.alternate_screen() && screen.bracketed_paste()));
    assert!(terminal.was_asked(), "which colour the ground is, and nothing else");
    terminal.send("\t\r");
    terminal.wait_for("Ada's page", |screen| screen.contents().contains("Keeps the light"));
    terminal.send("\x7f");
    terminal.wait_for("the start page again", |screen| screen.contents().contains("knows."));
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn keys_typed_before_the_first_frame_count() {
    let wiki = wiki(THREE);
    let mut terminal = Terminal::start(&[wiki.path().as_os_str()], (80, 24), &[]);
    terminal.send("\t\r");
    terminal.wait_for("Ada's page", |screen| screen.contents().contains("Keeps the light"));
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_signal_restores_the_terminal() {
    for (signal, code) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)] {
        let wiki = wiki(THREE);
        let mut terminal = Terminal::start(&[wiki.path().as_os_str()], (80, 24), &[]);
        terminal.wait_for("the start page", |screen| screen.contents().contains("Harbour"));
        terminal.signal(signal);
        assert_eq!(terminal.exit_code(), code, "{signal}");
        terminal.assert_restored();
    }
}

#[test]
fn suspending_gives_the_terminal_back_and_continuing_draws_again() {
    let wiki = wiki(THREE);
    let mut terminal = Terminal::start(&[wiki.path().as_os_str()], (80, 24), &[]);
    terminal.wait_for("the start page", |screen| screen.contents().contains("Harbour"));
    terminal.send("\x1a");
    terminal.wait_for("the normal screen", |screen| !screen.alternate_screen());
    terminal.wait_until_stopped();
    terminal.signal("CONT");
    terminal.wait_for("the page", |screen| {
        screen.alternate_screen() && screen.contents().contains("Harbour")
    });
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn it_is_suspended_twice_and_fits_a_terminal_that_was_resized_meanwhile() {
    let wiki = wiki(THREE);
    let mut terminal = Terminal::start(&[wiki.path().as_os_str()], (80, 24), &[]);
    for size in [(40, 10), (120, 40)] {
        terminal.wait_for("the start page", |screen| screen.contents().contains("knows."));
        terminal.send("\x1a");
        terminal.wait_for("the normal screen", |screen| !screen.alternate_screen());
        terminal.wait_until_stopped();
        terminal.resize(size);
        terminal.signal("CONT");
        terminal.wait_for("a frame of the new size", |screen| {
            let last = screen.rows(0, size.0).nth(usize::from(size.1) - 1);
            screen.alternate_screen() && last.is_some_and(|row| !row.trim().is_empty())
        });
    }
    terminal.send("\x0c");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_restored();
    assert_eq!(terminal.acts(), Vec::<String>::new());
}

#[test]
fn keys_after_the_one_that_quits_are_not_obeyed() {
    let wiki = wiki(THREE);
    let editor = wiki.path().join("editor");
    script(&editor, "touch \"$1.edited\"");
    let named = [("EDITOR", editor.to_str().expect("a path"))];
    let mut terminal = Terminal::start(&[wiki.path().as_os_str()], (80, 24), &named);
    terminal.wait_for("the start page", |screen| screen.contents().contains("Harbour"));
    terminal.send("qe");
    assert_eq!(terminal.exit_code(), 0);
    assert!(!wiki.path().join("index.md.edited").exists());
}

#[test]
fn what_is_copied_reaches_the_clipboard_through_tmux_too() {
    const PLAIN: &str = "\x1b]52;c;SGFyYm91cg==\x1b\\";
    const WRAPPED: &str = "\x1bPtmux;\x1b\x1b]52;c;SGFyYm91cg==\x1b\x1b\\\x1b\\";
    let wiki = wiki(THREE);
    let check = |env: &[(&str, &str)], expected: &str, times: usize| {
        let mut terminal = Terminal::start(&[wiki.path().as_os_str()], (80, 24), env);
        terminal.wait_for("the start page", |screen| screen.contents().contains("knows."));
        terminal.send("vey");
        terminal.wait_for_bytes(expected);
        terminal.wait_for("the notice", |screen| screen.contents().contains("Copied 7 characters"));
        terminal.send("q");
        assert_eq!(terminal.exit_code(), 0);
        // A terminal that is no tmux reads the wrapped one as another plain one.
        assert_eq!(terminal.acts(), vec!["copy SGFyYm91cg=="; times]);
        terminal.assert_restored();
    };
    check(&[], PLAIN, 1);
    check(&[("TMUX", "/tmp/tmux-1/default,1,0")], &format!("{PLAIN}{WRAPPED}"), 2);
}

#[test]
fn what_is_copied_goes_to_a_program_that_the_user_names() {
    let wiki = wiki(THREE);
    let config = tempfile::tempdir().expect("a temporary folder");
    let copied = config.path().join("copied");
    // Reading waits for the program that writes.
    let made = std::process::Command::new("mkfifo").arg(&copied).status();
    assert!(made.expect("mkfifo").success());
    fs::create_dir(config.path().join("kenning")).expect("a folder");
    let text = format!("clipboard = ['tee', '{}']", copied.display());
    fs::write(config.path().join("kenning/config.toml"), text).expect("a file");
    let named = [("XDG_CONFIG_HOME", config.path().to_str().expect("a path"))];
    let mut terminal = Terminal::start(&[wiki.path().as_os_str()], (80, 24), &named);
    terminal.wait_for("the start page", |screen| screen.contents().contains("knows."));
    terminal.send("VGY");
    terminal.wait_for("the notice", |screen| screen.contents().contains("Copied 3 lines"));
    assert_eq!(fs::read_to_string(&copied).expect("a text"), THREE[0].1.trim_end());
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(terminal.acts(), Vec::<String>::new());
}

#[test]
fn a_wiki_names_no_program_to_run() {
    let wiki = wiki(&[("index.md", "# A\n"), (".ken.toml", "clipboard = ['touch', 'owned']\n")]);
    let mut terminal = Terminal::start(&[wiki.path().as_os_str()], (80, 24), &[]);
    assert_eq!(terminal.exit_code(), 2);
    terminal.screen(|screen| {
        assert!(screen.contents().contains("own config"), "{}", screen.contents());
    });
}

#[test]
fn dragging_over_a_link_selects_it_and_a_click_follows_it() {
    let wiki = wiki(THREE);
    let mut terminal = Terminal::start(&[wiki.path().as_os_str()], (60, 24), &[]);
    terminal.wait_for("the start page", |screen| screen.contents().contains("knows."));
    let (row, column) = terminal.screen(|screen| {
        let rows: Vec<String> = screen.rows(0, 60).collect();
        let row = rows.iter().position(|row| row.contains("Ask Ada")).expect("in view");
        (row + 1, rows[row].find("Ada").expect("in view") + 1)
    });
    let mouse = |button: usize, right: usize, end: char| {
        format!("\x1b[<{button};{};{row}{end}", column + right)
    };
    terminal
        .send(&(mouse(0, 0, 'M') + &mouse(32, 1, 'M') + &mouse(32, 2, 'M') + &mouse(0, 2, 'm')));
    terminal.wait_for("the notice", |screen| screen.contents().contains("Copied 3 characters"));
    assert_eq!(terminal.acts(), ["copy QWRh"]);
    terminal.send(&(mouse(0, 1, 'M') + &mouse(0, 1, 'm')));
    terminal.wait_for("the other page", |screen| screen.contents().contains("Keeps the light"));
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_pasted_text_of_any_length_is_no_sequence_of_keys() {
    let wiki = wiki(THREE);
    let mut terminal = Terminal::start(&[wiki.path().as_os_str()], (80, 24), &[]);
    terminal.wait_for("the start page", |screen| screen.contents().contains("Harbour"));
    let text = "q\n".repeat(5_000);
    terminal.send(&format!("\x1b[200~{text}\x1b[201~"));
    terminal.send("\x10");
    terminal.wait_for("the finder", |screen| screen.contents().contains("❯"));
    terminal.send(&format!("\x1b[200~{text}\x1b[201~"));
    terminal.send("\x15ada");
    terminal.wait_for("what was typed after it", |screen| screen.contents().contains("❯ ada"));
    terminal.send("\x03");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn any_size_is_survived_and_the_page_fits_again() {
    let wiki = wiki(THREE);
    let mut terminal = Terminal::start(&[wiki.path().as_os_str()], (80, 24), &[]);
    terminal.wait_for("the start page", |screen| screen.contents().contains("Harbour"));
    for size in [(1, 1), (2, 3), (10, 3), (300, 100), (40, 12), (7, 40), (100, 30)] {
        terminal.resize(size);
        terminal.send("jk\t");
    }
    terminal.wait_for("the page", |screen| {
        screen.contents().contains("Rows the boat with") || screen.contents().contains("Harbour")
    });
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn the_editor_gets_the_page_and_the_page_is_read_again() {
    let wiki = wiki(THREE);
    let editor = wiki.path().join(".editor");
    script(&editor, "printf '# Harbour\\n\\nMended.\\n' > \"$1\"");
    let named = [("EDITOR", editor.to_str().expect("a path"))];
    let mut terminal = Terminal::start(&[wiki.path().as_os_str()], (80, 24), &named);
    terminal.wait_for("the start page", |screen| screen.contents().contains("Harbour"));
    terminal.send("e");
    terminal.wait_for("the new text", |screen| screen.contents().contains("Mended."));
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn keys_of_the_terminal_are_the_editors_while_it_runs() {
    let wiki = wiki(THREE);
    let editor = wiki.path().join(".editor");
    // What Ctrl-C and Ctrl-Z do to all that runs in the foreground; then it waits to be told to end.
    let fifo = wiki.path().join(".fifo");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status();
    assert!(made.expect("mkfifo").success());
    let line = format!(
        "trap '' INT; kill -s INT 0; kill -s TSTP 0; read line < '{}'; echo Mended. > \"$1\"",
        fifo.display()
    );
    script(&editor, &line);
    let named = [("EDITOR", editor.to_str().expect("a path"))];
    let mut terminal = Terminal::start(&[wiki.path().as_os_str()], (80, 24), &named);
    terminal.wait_for("the start page", |screen| screen.contents().contains("Harbour"));
    terminal.send("e");
    // While the editor still runs: the shell has the terminal again.
    terminal.wait_until_stopped();
    terminal.signal("CONT");
    fs::write(&fifo, "go on\n").expect("the editor reads");
    terminal.wait_for("the new text", |screen| screen.contents().contains("Mended."));
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn nothing_in_a_page_a_name_or_a_tag_acts_on_the_terminal() {
    let evil =
        "\u{1b}]0;owned\u{7}\u{1b}[31mred\u{1b}[2J\u{9b}31m\u{1b}]52;c;b3duZWQ=\u{7}\u{202e}x";
    let page = format!(
        "---\ntitle: \"{t}\"\ntags: [\"a\u{1b}]0;owned\u{7}b\"]\n---\n# Evil {evil}\n\n`{evil}` [[{evil}]] #t{evil}\n\n```python\n{evil}\n```\n\n| a{evil} | b |\n|---|---|\n| {evil} | c |\n",
        t = "T \\e]0;owned\\a \\e[31m",
    );
    let name = "\u{1b}]0;owned\u{7}.md";
    let wiki = wiki(&[("index.md", page.as_str()), (name, "# x\n"), ("b\u{1b}[31m/c.md", "# y\n")]);
    let mut terminal = Terminal::start(&[wiki.path().as_os_str()], (100, 30), &[]);
    terminal.wait_for("the page", |screen| screen.contents().contains("Evil"));
    terminal.send("jjth+\x10owned");
    terminal.wait_for("the finder", |screen| screen.contents().contains("❯ owned"));
    // Esc alone is told from the beginning of a sequence by what comes at once after it.
    terminal.send("\x1b");
    terminal.wait_for("no finder", |screen| !screen.contents().contains("Find ─"));
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(terminal.acts(), Vec::<String>::new());
}

#[test]
fn a_home_folder_is_asked_about_first_with_a_count() {
    let home = wiki(THREE);
    let named = [("HOME", home.path().to_str().expect("a path"))];
    let mut terminal = Terminal::start(&[home.path().as_os_str()], (80, 24), &named);
    terminal.wait_for("the question", |screen| {
        screen.contents().contains("3.") && screen.contents().contains("[y/N]")
    });
    terminal.send("n\n");
    assert_eq!(terminal.exit_code(), 0);
    assert!(terminal.screen(|screen| !screen.alternate_screen()));
}

#[test]
fn a_page_from_standard_input_takes_keys_from_the_terminal() {
    let mut terminal = Terminal::shell("printf '# Piped\\n\\nText.\\n' | \"$KEN\" -", (80, 24));
    terminal.wait_for("the page", |screen| screen.contents().contains("Piped"));
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_restored();
}
