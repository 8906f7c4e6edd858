//! `ken --linear`: lines in, lines out.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

struct Wiki(tempfile::TempDir);

impl Wiki {
    fn harbour() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let long: Vec<String> = (1..=30).map(|n| format!("Paragraph {n}.")).collect();
        let pages = [
            (
                "index.md",
                "# Harbour\n\nAsk [[people/ada#Work|Ada]] or [Bo](people/bo.md).\nSee \
                 <https://example.org/> and [the sea](https://example.org/sea).\n\n- [[nobody]]\n\
                 - [[chart.png]]\n\n> quoted\n\n| Name | Height |\n|---|---|\n| Pier | 412 |\n\n\
                 ```python\nprint(1)\n```\n"
                    .to_owned(),
            ),
            (
                "people/ada.md",
                "---\ntags: [sea, work/night]\n---\n# Ada Lind\n\nKeeper.\n\n## Work\n\nThe light.\n".to_owned(),
            ),
            ("people/bo.md", "# Bo Berg\n\nEvil \u{1b}[31mred\u{9b}31m and [[ada]] in the light.\n".to_owned()),
            ("long.md", format!("# Long\n\n{}\n", long.join("\n\n"))),
            ("chart.png", String::new()),
        ];
        for (path, text) in pages {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
            fs::write(file, text).expect("a page");
        }
        Self(folder)
    }

    /// What is said to these lines, with some variables set.
    fn said_with(&self, args: &[&str], variables: &[(&str, &str)], typed: &str) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ken"));
        command.args(args).current_dir(self.0.path()).env_clear();
        command.env("HOME", "/dev/null").env("TERM", "xterm-256color");
        command.envs(variables.iter().copied());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        let mut input = child.stdin.take().expect("a pipe");
        // A program that has said all it has to say may be gone.
        input.write_all(typed.as_bytes()).ok();
        drop(input);
        let output = child.wait_with_output().expect("it ends");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
        text
    }

    /// What is said to the last of these lines, by `ken --linear .`.
    fn said(&self, typed: &[&str]) -> String {
        let last = typed.last().expect("something is typed");
        let typed = typed.join("\n") + "\n";
        let all = self.said_with(&["--linear", "."], &[], &typed);
        let prompt = format!("\n> {last}\n");
        let said = all.rsplit_once(&prompt).map_or(all.as_str(), |(_, said)| said);
        said.trim_end_matches("> \n").to_owned()
    }
}

#[test]
fn the_start_page_is_read_in_words() {
    let all = Wiki::harbour().said_with(&["--linear", "."], &[], "");
    insta::assert_snapshot!(all);
}

#[test]
fn numbers_follow_links_and_letters_lead_back() {
    let wiki = Wiki::harbour();
    let check = |typed: &[&str], expected: &str| {
        let said = wiki.said(typed);
        assert!(said.starts_with(expected), "{typed:?}\n{said}");
    };
    check(&["1"], "Heading 2: Work\nThe light.\n");
    check(&["2"], "Heading 1: Bo Berg\n");
    check(&["2", "1"], "Heading 1: Ada Lind\n");
    check(&["2", "1", "b"], "Heading 1: Bo Berg\n");
    check(&["2", "1", "b", "b"], "Heading 1: Harbour\n");
    check(&["2", "1", "b", "b", "f", "f"], "Heading 1: Ada Lind\n");
    check(&["b"], "This is where you started.\n");
    check(&["f"], "There is nothing further on.\n");
    check(&["3"], "Outside of the wiki: https://example.org/sea\n");
    check(&["4"], "Nobody has written nobody yet.\nAsked for by: 1\n1. Harbour: ");
    check(&["5"], "A file, no page: chart.png (a file)\n");
    check(&["77"], "Nothing has the number 77 here.\n");
}

#[test]
fn lists_have_numbers_of_their_own() {
    let wiki = Wiki::harbour();
    let check = |typed: &[&str], expected: &str| {
        let said = wiki.said(typed);
        assert!(said.starts_with(expected), "{typed:?}\n{said}");
    };
    check(
        &["l"],
        "Links: 5\n1. Ada, people/ada.md#Work\n2. Bo, people/bo.md\n3. the sea, https://example.org/sea\n",
    );
    check(&["o"], "Headings: 1\n1. Harbour (level 1)\n");
    check(&["s ada lind", "h 2"], "Heading 2: Work\n");
    check(&["ada lind", "h", "2"], "Heading 2: Work\n");
    check(&["ada lind", "h9"], "There is no heading 9 here; h lists them.\n");
    check(&["ada lind", "i"], "Linked from: 2\n1. Harbour: Ask Ada or Bo.");
    check(&["ada lind", "i", "2"], "Evil ");
    check(&["t"], "Tags: 2\n1. #sea, 1 page\n");
    check(&["t", "1"], "Pages with #sea: 1\n1. Ada Lind, people/ada.md\n");
    check(&["t #work", "1"], "Heading 1: Ada Lind\n");
    check(&["s"], "Pages: 4\n");
    check(&["/light"], "Found: 2\n1. Ada Lind: The light.\n2. Bo Berg: Evil ");
    check(&["/light", "1"], "The light.\n");
    check(&["/"], "Cannot search: nothing to look for");
    check(&["zzzz"], "Nothing is called zzzz.");
    // Back at the page, numbers are those of its links again.
    check(&["o", "", "2"], "Heading 1: Bo Berg\n");
    check(&["?"], "What can be typed, each followed by Enter:\n");
}

#[test]
fn a_long_page_comes_in_screenfuls() {
    let wiki = Wiki::harbour();
    let rows = [("LINES", "9")];
    let all = wiki.said_with(&["--linear", ".", "long"], &rows, "\nn\nu\np\nq\n");
    let parts: Vec<&str> = all.split("> ").collect();
    let firsts: Vec<&str> = parts
        .iter()
        .filter_map(|part| part.lines().find(|l| l.contains("aragraph") || l.contains("Heading")))
        .collect();
    let expected =
        ["Heading 1: Long", "Paragraph 3.", "Paragraph 6.", "Paragraph 3.", "Heading 1: Long"];
    assert_eq!(firsts, expected, "{all}");
    assert!(parts[0].contains("(Long, lines 1 to 6 of 61, 9 %; Enter reads on, ? helps)"), "{all}");
    let end = wiki.said_with(&["--linear", ".", "long"], &[], "\n");
    assert!(end.contains("(End of Long; ? helps)\n> \nThis is the end of Long.\n"), "{end}");
}

#[test]
fn nothing_acts_on_the_terminal_and_nothing_is_drawn() {
    let wiki = Wiki::harbour();
    let all =
        wiki.said_with(&["--linear", "."], &[], "l\no\ni\nt\ns\n/light\n2\nb\n\u{1b}[2J\n?\n");
    let acts = |c: char| c.is_control() && c != '\n';
    assert!(!all.contains(acts), "{all:?}");
    let drawn =
        |c: char| ('\u{2500}'..='\u{259f}').contains(&c) || ('\u{2800}'..='\u{28ff}').contains(&c);
    assert!(!all.contains(drawn), "{all}");
}

#[test]
fn a_dumb_terminal_reads_line_by_line_by_itself() {
    let wiki = Wiki::harbour();
    let dumb = [("TERM", "dumb")];
    let all = wiki.said_with(&["."], &dumb, "q\n");
    assert!(all.starts_with("Heading 1: Harbour\n"), "{all}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_ken"));
    command.args(["--screen", "."]).current_dir(wiki.0.path()).env_clear().env("TERM", "dumb");
    let output = command.stdin(Stdio::null()).output().expect("the program runs");
    assert!(String::from_utf8_lossy(&output.stderr).contains("is not a terminal"));
}
