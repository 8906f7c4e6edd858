//! Every command of the command line over the worst folders.

use crate::folder::{self, Folder, SECRET};
use crate::raw::foreign_in_output;
use crate::run::{Ended, ken};

/// Every command, as words parted by spaces; `PAGE` is a page, `OTHER` another. Those with `--json` are run without it,
/// too.
const COMMANDS: &[&str] = &[
    "show PAGE",
    "show --plain PAGE",
    "show --width 1 PAGE",
    "show --width 17 --color always --hyperlinks always PAGE",
    "show --width 1000 --color always --ascii PAGE",
    "show --section x PAGE",
    "show --source PAGE",
    "repair PAGE",
    "repair --force PAGE",
    "repair --force --diff --color always PAGE",
    "ls --json",
    "ls --json text:needle OR title:x -tag:y",
    "links --json",
    "links --json PAGE",
    "backlinks --json PAGE",
    "tags --json",
    "properties --json",
    "properties --json PAGE",
    "search --json needle",
    "search --json /.../",
    "random --json",
    "check --json",
    "unresolved --json",
    "orphans --json",
    "deadends --json",
    "explain --json PAGE",
    "explain --json --from OTHER PAGE",
    "explain --json --tag tag",
    "explain --json --query needle",
    "path --json PAGE OTHER",
    "graph --json",
    "graph --dot",
    "graph --graphml",
    "graph --dot --steps 2 PAGE",
    "outline --json PAGE",
    "recents --json",
    "bookmarks --json",
    "marks --json",
    "keys --json",
    "init NEW",
    "cache clear",
    "queries --json",
    "completions bash",
    "man",
];

/// What is printed for files and programs as it is, when no terminal reads it.
const EXACT: &[&str] = &["show --source", "repair", "man"];

fn words(command: &str, page: &str, other: &str) -> Vec<String> {
    let word = |word: &str| match word {
        "PAGE" => page.to_owned(),
        "OTHER" => other.to_owned(),
        word => word.to_owned(),
    };
    command.split(' ').map(word).collect()
}

/// Runs a command, with `--json` and without, and checks what every one of them owes.
fn run(folder: &Folder, command: &str, page: &str, other: &str) {
    let words = words(command, page, other);
    let all: Vec<&str> = words.iter().map(String::as_str).collect();
    let plain: Vec<&str> = all.iter().copied().filter(|word| *word != "--json").collect();
    check(command, &plain, &ken(folder, &plain, ""));
    if plain.len() < all.len() {
        let ended = ken(folder, &all, "");
        check(command, &all, &ended);
        for line in ended.out.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let read: Result<serde_json::Value, _> = serde_json::from_slice(line);
            assert!(read.is_ok(), "{all:?}: {read:?}: {}", String::from_utf8_lossy(line));
        }
    }
}

fn check(command: &str, args: &[&str], ended: &Ended) {
    let what = format!("ken {args:?}");
    ended.check(&what);
    let out = String::from_utf8_lossy(&ended.out);
    assert!(
        !out.contains(SECRET) && !ended.error().contains(SECRET),
        "{what} reads outside the wiki"
    );
    let exact = EXACT.iter().any(|exact| command.starts_with(exact));
    if !exact {
        let styled = command.contains(" always ");
        assert_eq!(foreign_in_output(&ended.out, styled), None, "{what}");
    }
}

#[test]
fn the_table_names_every_command() {
    let folder = Folder::of(&[]);
    let help = ken(&folder, &["--help"], "");
    let help = String::from_utf8(help.out).expect("text");
    let (_, list) = help.split_once("Commands:\n").expect("it lists them");
    let (list, _) = list.split_once("\n\n").expect("the list ends");
    let names = list
        .lines()
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next());
    let unknown: Vec<&str> = names
        .filter(|name| !COMMANDS.iter().any(|command| command.split(' ').next() == Some(name)))
        .collect();
    assert_eq!(unknown, [""; 0], "they want a row in COMMANDS");
}

#[test]
fn every_command_stands_a_hostile_wiki() {
    let folder = folder::hostile();
    let before = folder.contents();
    for command in COMMANDS {
        run(&folder, command, "index.md", "untitled/a.md");
    }
    assert!(before == folder.contents(), "the wiki is as it was");
}

#[test]
fn every_file_of_a_hostile_wiki_is_shown_for_what_it_is_or_told_of() {
    let folder = folder::hostile();
    let listed = ken(&folder, &["ls", "--json"], "");
    let mut paths: Vec<String> = String::from_utf8(listed.out)
        .expect("text")
        .lines()
        .filter_map(|line| {
            serde_json::from_str::<serde_json::Value>(line).ok()?["path"]
                .as_str()
                .map(str::to_owned)
        })
        .collect();
    assert!(paths.len() > 15, "{paths:?}");
    paths.extend(
        [
            "pipe.md",
            "socket.md",
            "zero.md",
            "tty.md",
            "loop.md",
            "out.md",
            "closed/inside.md",
            "folder.md",
            "../outside/secret.md",
            "outside/secret.md",
        ]
        .map(str::to_owned),
    );
    for path in &paths {
        for command in ["show -- PAGE", "repair -- PAGE", "outline -- PAGE"] {
            run(&folder, command, path, "");
        }
    }
}

#[test]
fn what_is_odd_about_a_folder_is_said() {
    let folder = folder::hostile();
    folder.write("broken.md", b"a\xffb");
    folder.write("wide.md", b"#\0 \0A\0");
    let told = ken(&folder, &["check", "--only", "pages"], "");
    let told = String::from_utf8_lossy(&told.out).into_owned() + &told.error();
    for (what, said) in [
        ("invalid UTF-8", "not valid UTF-8"),
        ("UTF-16 without a mark", "NUL"),
        ("two names of one reading", "two files have names that read the same"),
        ("an ignore file that is none", "d is left out: its .kenignore"),
        ("an endless ignore file", "e is left out: its .kenignore"),
    ] {
        assert!(told.contains(said), "{what}: {told}");
    }
}

#[test]
fn a_single_file_that_is_none_is_refused_with_its_reason() {
    let folder = folder::hostile();
    for (name, why) in [
        ("pipe.md", "pipe"),
        ("socket.md", "socket"),
        ("zero.md", ""),
        ("loop.md", ""),
        ("nowhere.md", "there is no"),
    ] {
        let file = folder.root().join(name);
        let file = file.to_str().expect("a plain name");
        for args in [&["show", file][..], &["repair", file], &[file], &["--linear", file]] {
            let ended = ken(&folder, args, "");
            ended.check(name);
            assert_eq!(ended.code, Some(2), "{args:?}");
            assert!(ended.error().contains(why), "{args:?}: {}", ended.error());
        }
    }
}

#[test]
fn heavy_pages_are_shown_one_by_one() {
    for (name, bytes) in folder::heavy_pages() {
        // Each in a wiki of its own: a command reads all pages of a wiki.
        let folder = Folder::of(&[]);
        let file = format!("{name}.md");
        folder.write(&file, &bytes);
        for command in ["show PAGE", "show --plain --width 7 PAGE", "repair --diff PAGE"] {
            run(&folder, command, &file, "");
        }
    }
}

#[test]
fn every_command_stands_a_heavy_wiki() {
    let folder = folder::heavy();
    for command in COMMANDS {
        let words = words(command, "links.md", "embeds-much.md");
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        check(command, &words, &ken(&folder, &words, ""));
    }
}

#[test]
fn line_by_line_nothing_acts_either() {
    for folder in [folder::hostile(), folder::heavy()] {
        let typed = "?\nl\nh\nb\nt\np\n1\n2\n\u{1b}[7777m\n\0\n/needle\ns needle\nf needle\nq x\n\n\n\n9999999999999999999999\n-1\nq\n";
        let ended = ken(&folder, &["--linear", folder.root().to_str().expect("a name")], typed);
        ended.check("linear");
        assert_eq!(foreign_in_output(&ended.out, false), None);
    }
}

#[test]
fn arguments_do_not_act_when_they_are_told_of() {
    let folder = Folder::of(&[("a.md", "# A\n")]);
    let evil = folder::acting("argument");
    for command in [
        "show PAGE",
        "ls PAGE",
        "search PAGE",
        "links --json PAGE",
        "path a.md PAGE",
        "graph PAGE",
        "repair PAGE",
        "explain PAGE",
        "explain --query PAGE",
        "explain --tag PAGE",
        "explain --from PAGE x",
        "show --section PAGE a.md",
        "PAGE",
        "--theme PAGE show a.md",
        "--linear PAGE",
    ] {
        run(&folder, command, &evil, "");
    }
}
