//! Changes from outside, made while the program runs: they are on the screen, and the reader's place is kept.

use std::fs;
use std::path::Path;

use crate::terminal::Terminal;

/// A start page of a hundred lines, and a page in a folder.
fn wiki() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "index.md", &long("The harbour."));
    write(folder.path(), "people/ada.md", "# Ada Lind\n\nKeeps the light.\n");
    folder
}

fn long(first: &str) -> String {
    let lines: Vec<String> = (1..=100).map(|nth| format!("Line {nth:03}.\n")).collect();
    format!("# Harbour\n\n{first}\n\n{}", lines.join("\n"))
}

fn write(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
    fs::write(file, text).expect("a file");
}

/// As editors do: a new file takes the place of the old one.
fn save(folder: &Path, path: &str, text: &str) {
    let new = folder.join(".new~");
    fs::write(&new, text).expect("a file");
    fs::rename(new, folder.join(path)).expect("it is replaced");
}

/// The program with its tree, watching: the notice of a probe has arrived.
fn start(folder: &Path) -> Terminal {
    let terminal = Terminal::start(&[folder.as_os_str()], (100, 24), &[]);
    counts(&terminal, "2");
    // It watches from a moment after that on; a probe that comes before is found when it begins.
    write(folder, "probe.md", "# Probe\n");
    counts(&terminal, "3");
    fs::remove_file(folder.join("probe.md")).expect("it is there");
    counts(&terminal, "2");
    terminal
}

fn shows(terminal: &Terminal, text: &str) {
    terminal.wait_for(text, |screen| screen.contents().contains(text));
}

/// Waits until the list has so many pages.
fn counts(terminal: &Terminal, pages: &str) {
    let ending = format!(" {pages} │");
    terminal.wait_for(&ending, |screen| {
        screen.rows(0, 100).next().is_some_and(|row| row.contains(&ending))
    });
}

fn leave(mut terminal: Terminal) {
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_page_that_is_saved_is_read_again_and_its_reader_stays_in_place() {
    let wiki = wiki();
    let mut terminal = start(wiki.path());
    terminal.send("\x06");
    terminal.wait_for("a later screen", |screen| !screen.contents().contains("Line 001."));
    let top = |screen: &vt100::Screen| {
        let rows: Vec<String> = screen.rows(0, 100).collect();
        rows.iter().position(|row| row.contains("Line 0")).map(|at| (at, rows[at].clone()))
    };
    let before = terminal.screen(top).expect("a line");
    let visible = before.1[before.1.find("Line ").expect("it is there")..][..8].to_owned();
    let next: u32 = visible[5..].parse().expect("a number");
    let changed = format!("Line {:03}, changed.", next + 2);
    let text = long("The harbour, rebuilt.\n\nIt has a new pier.\n\nAnd a crane.")
        .replace(&format!("Line {:03}.", next + 2), &changed);
    save(wiki.path(), "index.md", &text);
    shows(&terminal, &changed);
    let after = terminal.screen(top).expect("a line");
    assert_eq!((after.0, after.1.contains(&visible)), (before.0, true), "{after:?}");
    leave(terminal);
}

#[test]
fn what_comes_goes_and_is_renamed_is_so_in_the_tree() {
    let wiki = wiki();
    let terminal = start(wiki.path());
    write(wiki.path(), "zander.md", "# Zander\n");
    shows(&terminal, "Zander");
    // A new folder that is filled at once.
    write(wiki.path(), "boats/deep/oak.md", "# Oak\n");
    shows(&terminal, "boats");
    counts(&terminal, "4");
    fs::rename(wiki.path().join("boats"), wiki.path().join("ships")).expect("it is renamed");
    shows(&terminal, "ships");
    // What is written in the renamed folder is seen there.
    write(wiki.path(), "ships/deep/elm.md", "# Elm\n");
    counts(&terminal, "5");
    terminal.wait_for("no old name", |screen| !screen.contents().contains("boats"));
    // A folder in the place of a file.
    fs::remove_file(wiki.path().join("zander.md")).expect("it is there");
    write(wiki.path(), "zander.md/inner.md", "# Inner\n");
    shows(&terminal, "zander.md");
    counts(&terminal, "5");
    leave(terminal);
}

#[test]
fn a_page_that_is_deleted_or_renamed_while_it_is_open_stays_and_that_is_said() {
    let wiki = wiki();
    let terminal = start(wiki.path());
    let path = wiki.path().join("index.md");
    fs::rename(&path, wiki.path().join("port.md")).expect("it is renamed");
    shows(&terminal, "it is port.md now");
    fs::remove_file(wiki.path().join("port.md")).expect("it is there");
    shows(&terminal, "This page was deleted");
    shows(&terminal, "Line 001.");
    write(wiki.path(), "port.md", &long("Once more."));
    shows(&terminal, "Once more.");
    terminal.wait_for("no notice", |screen| !screen.contents().contains("was deleted"));
    leave(terminal);
}

#[test]
fn a_thousand_files_at_once_are_all_there() {
    let wiki = wiki();
    let terminal = start(wiki.path());
    for nth in 0..1_000 {
        write(wiki.path(), &format!("many/{}/page-{nth}.md", nth % 7), "# Many\n");
    }
    counts(&terminal, "1,002");
    fs::remove_dir_all(wiki.path().join("many")).expect("it is there");
    counts(&terminal, "2");
    leave(terminal);
}

#[test]
fn what_the_wiki_leaves_out_appears_as_soon_as_it_does_not() {
    let wiki = wiki();
    let terminal = start(wiki.path());
    write(wiki.path(), ".kenignore", "people\n");
    counts(&terminal, "1");
    write(wiki.path(), "people/bo.md", "# Bo Berg\n");
    fs::remove_file(wiki.path().join(".kenignore")).expect("it is there");
    counts(&terminal, "3");
    write(wiki.path(), ".ken.toml", "focus = true\n");
    shows(&terminal, "they count from the next start on");
    leave(terminal);
}

#[test]
fn a_wiki_that_is_gone_stays_on_the_screen_and_comes_back() {
    let around = tempfile::tempdir().expect("a temporary folder");
    let (wiki, away) = (around.path().join("wiki"), around.path().join("away"));
    write(&wiki, "index.md", &long("The harbour."));
    write(&wiki, "people/ada.md", "# Ada Lind\n");
    let terminal = start(&wiki);
    fs::rename(&wiki, &away).expect("it is renamed");
    shows(&terminal, "folder is not there");
    counts(&terminal, "2");
    shows(&terminal, "The harbour.");
    save(&away, "index.md", &long("The harbour, a year later."));
    fs::rename(&away, &wiki).expect("it is renamed");
    // The folder around it tells that it is back; no key is needed.
    shows(&terminal, "a year later.");
    write(&wiki, "new.md", "# New\n");
    counts(&terminal, "3");
    leave(terminal);
}

#[test]
fn a_page_that_is_a_link_is_read_again_when_its_file_is_written() {
    let wiki = wiki();
    write(wiki.path(), ".kept/tide.md", "# Tide\n\nIt rises.\n");
    std::os::unix::fs::symlink(".kept/tide.md", wiki.path().join("tide.md")).expect("a link");
    let args = [wiki.path().as_os_str(), "tide.md".as_ref()];
    let terminal = Terminal::start(&args, (100, 24), &[]);
    shows(&terminal, "It rises.");
    // Before it watches this is found when it begins.
    save(wiki.path(), ".kept/tide.md", "# Tide\n\nIt falls.\n");
    shows(&terminal, "It falls.");
    save(wiki.path(), ".kept/tide.md", "# Tide\n\nIt rises again.\n");
    shows(&terminal, "It rises again.");
    leave(terminal);
}

#[test]
fn a_single_page_is_read_again_too() {
    let wiki = wiki();
    let page = wiki.path().join("index.md");
    let terminal = Terminal::start(&[page.as_os_str()], (80, 24), &[]);
    shows(&terminal, "The harbour.");
    // Before it watches this is found when it begins.
    save(wiki.path(), "index.md", &long("The harbour, rebuilt."));
    shows(&terminal, "rebuilt.");
    write(wiki.path(), "people/ada.md", "# Nobody looks here\n");
    save(wiki.path(), "index.md", &long("The harbour, rebuilt twice."));
    shows(&terminal, "twice.");
    leave(terminal);
}

#[test]
fn who_does_not_want_it_is_told_of_nothing() {
    let wiki = wiki();
    let args = ["--no-watch".as_ref(), wiki.path().as_os_str()];
    let mut terminal = Terminal::start(&args, (100, 24), &[]);
    counts(&terminal, "2");
    write(wiki.path(), "new.md", "# New\n");
    terminal.send("R");
    counts(&terminal, "3");
    leave(terminal);
}
