//! `ken show` in pipes, files and terminals.

use std::fs;
use std::process::{Command, Output, Stdio};

struct Wiki(tempfile::TempDir);

impl Wiki {
    fn harbour() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let pages = [
            (
                "index.md",
                "---\nup: \"[[people/ada]]\"\n---\n# Harbour\n\nAsk [[people/ada#Work|Ada]], again \
                 [[people/ada#Work]], or [Bo](people/bo%20berg.md).\nSee <https://example.org/> and \
                 [the sea](https://example.org/sea).\n\n## Lists\n\n- [[nobody]]\n- [x] done\n  - \
                 [ ] open\n\n> quoted\n\n> [!tip] A tip\n> in a box\n\n## Tables\n\n| Name | Height \
                 |\n|---|--:|\n| Pier | 412 |\n| Lomvi, see [[people/ada]] | 9 |\n\n```python\nprint(\"\
                 a line of code that is much longer than forty columns and is not cut\")\n```\n\nA \
                 note.[^1]\n\n[^1]: Its text.\n"
                    .to_owned(),
            ),
            ("people/ada.md", "# Ada Lind\n\n## Work\n\nThe light.\n".to_owned()),
            ("people/bo berg.md", "# Bo \u{1b}]8;;evil\u{7} Berg\n\n[x](https://a.org/\u{1b}\\y)\n".to_owned()),
            ("long.md", format!("# Long\n\n{}", "A line.\n\n".repeat(20_000))),
            (
                "pasted.md",
                "Gauges\nA gauge says how high the sea stands, every minute of the day.\nimport sea\n\
                 from sea import Gauge\ngauge = Gauge(\"/dev/ttyUSB0\")\ndef read(gauge):\n\
                 return gauge.height()The end\nNobody reads on after it, and nobody should.\n"
                    .to_owned(),
            ),
        ];
        for (path, text) in pages {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
            fs::write(file, text).expect("a page");
        }
        Self(folder)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ken"));
        command.args(["--wiki", "."]).args(args).current_dir(self.0.path()).env_clear();
        command.env("HOME", "/dev/null").env("TERM", "xterm-256color").stdin(Stdio::null());
        command
    }

    fn ken(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the program runs")
    }

    fn show(&self, args: &[&str]) -> String {
        let output = self.ken(&[&["show"], args].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }
}

#[test]
fn plain_text_reads_like_a_mail() {
    let wiki = Wiki::harbour();
    let shown = wiki.show(&["--plain", "--width", "40", "index"]);
    insta::assert_snapshot!(shown);
    // Nothing is drawn, be it asked for in colours or not.
    assert!(shown.is_ascii());
    assert_eq!(wiki.show(&["--plain", "--color", "always", "--width", "40", "index"]), shown);
}

#[test]
fn no_line_of_a_pipe_ends_in_blanks() {
    for args in [&["index"][..], &["--plain", "index"], &["--width", "30", "index"]] {
        let shown = Wiki::harbour().show(args);
        assert!(!shown.lines().any(|line| line.ends_with(' ')), "{shown}");
    }
}

#[test]
fn a_section_is_shown_alone() {
    let wiki = Wiki::harbour();
    let shown = wiki.show(&["--section", "lists", "--plain", "index"]);
    let text = shown.trim_start();
    assert!(text.starts_with("Lists\n-----\n- nobody [5] (missing)\n"), "{shown}");
    assert!(!shown.contains("Pier") && !shown.contains("people/ada"), "{shown}");
    let output = wiki.ken(&["show", "--section", "nothing", "index"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&output.stderr)
            .contains("there is no heading \"nothing\" in index.md")
    );
}

#[test]
fn a_pasted_page_is_recovered_unless_its_source_is_asked_for() {
    let wiki = Wiki::harbour();
    let shown = wiki.show(&["pasted"]);
    assert!(
        shown.contains("shown as recovered from pasted text: 1 code block, 2 headings"),
        "{shown}"
    );
    assert!(shown.contains("\n      return gauge.height()\n"), "{shown}");
    let source = fs::read_to_string(wiki.0.path().join("pasted.md")).expect("a page");
    assert_eq!(wiki.show(&["--source", "pasted"]), source);
}

#[test]
fn hyperlinks_lead_to_files_and_addresses() {
    let wiki = Wiki::harbour();
    let shown = wiki.show(&["--hyperlinks", "always", "index"]);
    let root = wiki.0.path().canonicalize().expect("it is there");
    let page = format!("{}/people/ada.md\u{1b}\\Ada\u{1b}]8;;\u{1b}\\", root.display());
    assert!(shown.contains(&page), "{shown:?}");
    assert!(shown.contains("/people/bo%20berg.md\u{1b}\\Bo\u{1b}]8;;\u{1b}\\"), "{shown:?}");
    assert!(shown.contains(";https://example.org/sea\u{1b}\\the sea"), "{shown:?}");
    // What is missing leads nowhere, and what begins ends on its line.
    let begun = |line: &str| line.matches("\u{1b}]8;id=").count();
    for line in shown.lines() {
        assert_eq!(begun(line), line.matches("\u{1b}]8;;\u{1b}\\").count(), "{line:?}");
        assert!(!line.contains("nobody") || begun(line) == 0, "{line:?}");
    }
    // A pipe gets none by itself, nor does anything from a page become one.
    assert!(!wiki.show(&["index"]).contains('\u{1b}'));
    let evil = wiki.show(&["--hyperlinks", "always", "bo berg"]);
    assert!(!evil.contains("8;;evil") || !evil.contains('\u{7}'), "{evil:?}");
    assert!(evil.contains(";https://a.org/%1B%5Cy\u{1b}\\"), "{evil:?}");
}

#[test]
fn colours_obey_the_environment_and_the_option() {
    let wiki = Wiki::harbour();
    let coloured = |args: &[&str], variables: &[(&str, &str)]| {
        let mut command = wiki.command(&[&["show", "index"], args].concat());
        let output = command.envs(variables.iter().copied()).output().expect("the program runs");
        String::from_utf8_lossy(&output.stdout).contains("\u{1b}[")
    };
    assert!(!coloured(&[], &[]));
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[], &[("CLICOLOR_FORCE", "0")]));
    assert!(!coloured(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(!coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::io::Read;
    let wiki = Wiki::harbour();
    let mut command = wiki.command(&["show", "long"]);
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
    let mut out = child.stdout.take().expect("a pipe");
    let mut some = [0; 10];
    out.read_exact(&mut some).expect("a page");
    drop(out);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn what_is_printed_has_no_sign_for_folding() {
    let text =
        "> [!tip]- Title\n> Body\n\n<details>\n<summary>More</summary>\n\nHidden.\n\n</details>\n";
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("folds.md"), text).expect("a page");
    let wiki = Wiki(folder);
    for args in [&["folds"][..], &["folds", "--plain"], &["folds", "--ascii"]] {
        let shown = wiki.show(args);
        assert!(shown.contains("Body") && shown.contains("Hidden."), "{shown}");
        assert!(!shown.contains(['▾', '▸']), "{shown}");
        assert!(
            !shown.lines().any(|line| line.contains("v More") || line.contains("v *")),
            "{shown}"
        );
    }
}

#[test]
fn of_a_page_that_is_open_alone_no_link_is_called_missing() {
    let wiki = Wiki::harbour();
    let ken = |args: &[&str], typed: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ken"));
        command.args(args).current_dir(wiki.0.path()).env_clear().env("HOME", "/dev/null");
        let page = wiki.0.path().join("typed");
        fs::write(&page, typed).expect("a file");
        command.stdin(fs::File::open(page).expect("a file"));
        String::from_utf8(command.output().expect("the program runs").stdout).expect("UTF-8")
    };
    let shown = ken(&["show", "index.md"], "");
    assert!(shown.contains("Ask Ada, again people/ada") && !shown.contains('?'), "{shown}");
    let plain = ken(&["show", "index.md", "--plain"], "");
    assert!(plain.contains("\n[2] people/ada#Work\n") && !plain.contains("missing"), "{plain}");
    let piped = ken(&["show", "-", "--plain"], "See [[other]].\n");
    assert!(piped.contains("[1] other\n"), "{piped}");
    let embeds = ken(&["show", "-"], "![[other]]\n\n![[pic.png]]\n");
    assert_eq!(embeds.matches("only this page is open").count(), 2, "{embeds}");
    let read = ken(&["--linear", "index.md"], "2\n");
    let expected = "Only this page is open; open its folder to read people/ada#Work too.";
    assert!(read.contains(expected) && !read.contains("missing"), "{read}");
}
