//! The command line: arguments to output and exit code.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

struct Wiki(tempfile::TempDir);

impl Wiki {
    fn new(pages: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in pages {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
            fs::write(file, text).expect("a page");
        }
        Self(folder)
    }

    /// Three pages that hold one of everything that the commands print.
    fn harbour() -> Self {
        Self::new(&[
            (
                "index.md",
                "---\ntags: [sea, work/night]\nup: \"[[people/ada]]\"\n---\n# Harbour\n\n\
                 Ask [[people/ada#Work|Ada]] or [Bo](people/bo.md). See <https://example.org/>.\n\n\
                 ![[chart.png|300]] and [[nobody]].\n\n## The *pier*\n\nNear #water.\n",
            ),
            (
                "people/ada.md",
                "---\naliases: [The Keeper]\n---\n# Ada Lind\n\n## Work\n\nThe light.\n",
            ),
            (
                "people/bo.md",
                "# Bo Berg\n\n## Tags\n`boat` `sea`\n\n[[the keeper]] waves.\n\n---\n*Last updated: 2024-02-03*\n*Strength: 0.85*\n",
            ),
            ("chart.png", "no picture"),
        ])
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn ken(&self, args: &[&str]) -> Output {
        ken_in(self.path(), &[&["--wiki", self.path().to_str().expect("a path")], args].concat())
    }
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ken"));
    command.args(args).current_dir(folder).env_clear();
    command.env("HOME", "/dev/null").env("TERM", "xterm-256color");
    command
}

fn ken_in(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).stdin(Stdio::null()).output().expect("the program runs")
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn error(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn json(output: &Output) -> Vec<serde_json::Value> {
    text(output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn show_puts_embeds_in_place() {
    let wiki = Wiki::new(&[
        ("a.md", "![[x/b]]\n\n![[pic.png]]\n"),
        ("x/b.md", "See [[./c]].\n"),
        ("x/c.md", "c\n"),
        ("pic.png", "1"),
    ]);
    let shown = wiki.ken(&["show", "a"]);
    let shown = String::from_utf8(shown.stdout).expect("text");
    // The link is resolved from the page it was written on: nothing says that it is missing.
    let expected = "a\n━\n\n│ ↳ x/b\n│ See ./c.\n\n▤ pic.png · PNG image, 1 byte\n";
    assert_eq!(shown, expected);
}

#[test]
fn links_say_what_was_written_and_where_it_leads() {
    let rows = json(&Wiki::harbour().ken(&["links", "--json", "index.md"]));
    let short: Vec<String> = rows
        .iter()
        .map(|row| {
            let keys = ["line", "kind", "raw", "fragment", "alias", "status", "resolved", "via"];
            keys.map(|key| row[key].as_str().map_or(row[key].to_string(), str::to_owned)).join(" ")
        })
        .collect();
    let expected = [
        "3 property people/ada null null resolved people/ada.md path",
        "7 wikilink people/ada Work Ada resolved people/ada.md path",
        "7 markdown people/bo.md null Bo resolved people/bo.md relative",
        "7 markdown https://example.org/ null null external null null",
        "9 embed chart.png null 300 attachment chart.png path",
        "9 wikilink nobody null null missing null null",
    ];
    assert_eq!(short, expected);
}

#[test]
fn pages_are_listed_with_what_is_known_of_them() {
    let wiki = Wiki::harbour();
    let rows = json(&wiki.ken(&["ls", "--json", "people/bo"]));
    assert_eq!(rows.len(), 1);
    let row = &rows[0];
    assert_eq!(row["path"], "people/bo.md");
    assert_eq!(row["title"], "Bo Berg");
    assert_eq!(row["kind"], "people");
    assert_eq!(row["tags"], serde_json::json!(["boat", "sea"]));
    assert_eq!(row["updated"], "2024-02-03");
    assert_eq!(row["strength"], 0.85);
    assert_eq!(row["backlinks"], 1);
    assert_eq!(text(&wiki.ken(&["ls", "tag:sea", "-kind:people"])), "index.md\n");
    assert_eq!(text(&wiki.ken(&["ls", "-tag:sea"])), "people/ada.md\n");
    let nothing = wiki.ken(&["ls", "tag:none"]);
    assert_eq!((nothing.status.code(), text(&nothing)), (Some(1), String::new()));
}

#[test]
fn a_mistake_in_a_query_is_shown_with_its_place() {
    let output = Wiki::harbour().ken(&["ls", "sea", "tga:x"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(error(&output).contains("tag"), "{}", error(&output));
    assert!(error(&output).contains("      ^"), "{}", error(&output));
}

#[test]
fn backlinks_carry_their_sentence() {
    let rows = json(&Wiki::harbour().ken(&["backlinks", "--json", "the keeper"]));
    let sources: Vec<&str> = rows.iter().filter_map(|row| row["source"].as_str()).collect();
    assert_eq!(sources, ["index.md", "index.md", "people/bo.md"]);
    assert_eq!(rows[2]["line"], 6);
    assert_eq!(rows[2]["sentence"], "the keeper waves.");
}

#[test]
fn tags_outline_search() {
    let wiki = Wiki::harbour();
    let tags = text(&wiki.ken(&["tags"]));
    assert_eq!(tags, "1  boat\n2  sea\n1  water\n1  work/night\n");
    let outline = json(&wiki.ken(&["outline", "--json", "index"]));
    assert_eq!(
        outline,
        [
            serde_json::json!({"level": 1, "text": "Harbour", "line": 5, "slug": "harbour"}),
            serde_json::json!({"level": 2, "text": "The pier", "line": 11, "slug": "the-pier"}),
        ]
    );
    let hits = json(&wiki.ken(&["search", "--json", "\"the light\""]));
    assert_eq!(hits[0]["path"], "people/ada.md");
    assert_eq!((&hits[0]["line"], &hits[0]["text"]), (&8.into(), &"The light.".into()));
    assert_eq!(wiki.ken(&["search", "zebra"]).status.code(), Some(1));
}

#[test]
fn search_names_the_best_page_first_with_what_stands_around() {
    let wiki = Wiki::new(&[
        ("a.md", "one\n\ttide \u{e9} tide\nthree\nfour\ntide\n"),
        ("tide.md", "# Tide\r\n\r\ntags: #sea\r\n"),
    ]);
    let found = |arguments: &[&str]| text(&wiki.ken(&[&["search"], arguments].concat()));
    assert_eq!(
        found(&["tide"]),
        "tide.md:1:3: # Tide\na.md:2:2: tide \u{e9} tide\na.md:5:1: tide\n"
    );
    assert_eq!(
        found(&["tide", "--limit", "2"]),
        "tide.md:1:3: # Tide\na.md:2:2: tide \u{e9} tide\n"
    );
    assert_eq!(
        found(&["tide", "path:a", "--context", "1"]),
        "a.md-1- one\na.md:2:2: tide \u{e9} tide\na.md-3- three\na.md-4- four\na.md:5:1: tide\n"
    );
    let rows = json(&wiki.ken(&["search", "tide", "tag:sea", "--json", "--context", "1"]));
    let row = serde_json::json!({
        "path": "tide.md", "line": 1, "column": 3, "text": "# Tide", "before": [], "after": [""],
    });
    assert_eq!(rows, [row]);
}

#[test]
fn a_shown_page_has_no_escape_sequence_in_a_file_and_fits_its_width() {
    let wiki = Wiki::new(&[(
        "a.md",
        "# A \u{1b}]0;t\u{7}\n\n`\u{1b}[31m` \u{202e}word word word word word word word\n",
    )]);
    let shown = text(&wiki.ken(&["show", "a", "--width", "30"]));
    assert!(shown.contains("A ␛]0;t␇"), "{shown}");
    assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{shown:?}");
    assert!(shown.lines().all(|line| kenning::text::width::width(line) <= 30), "{shown}");
    let coloured = text(&wiki.ken(&["show", "a", "--color", "always"]));
    assert!(coloured.contains("\u{1b}["), "{coloured:?}");
    assert!(!coloured.contains("\u{1b}]"), "{coloured:?}");
}

#[test]
fn errors_are_one_sentence_on_standard_error() {
    let wiki = Wiki::harbour();
    for (args, needle) in [
        (&["show", "nobdy at all"][..], "there is no page"),
        (&["show", "people/add"][..], "people/ada.md"),
    ] {
        let output = wiki.ken(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(error(&output).contains(needle), "{}", error(&output));
        assert_eq!(error(&output).lines().count(), 1, "{}", error(&output));
    }
    let folder = wiki.path();
    let gone = ken_in(folder, &["no/such/folder"]);
    assert_eq!(gone.status.code(), Some(2));
    assert_eq!(error(&gone), "ken: there is no file or folder no/such/folder\n");
    let piped = ken_in(folder, &["."]);
    assert_eq!(piped.status.code(), Some(2));
    assert!(error(&piped).contains("not a terminal"), "{}", error(&piped));
}

#[test]
fn a_broken_config_is_named_with_its_line_and_a_proposal() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let config = home.path().join(".config/kenning");
    fs::create_dir_all(&config).expect("a folder");
    fs::write(config.join("config.toml"), "ascii = true\nthem = \"dark\"\n").expect("a file");
    let mut command = command(home.path(), &["tags"]);
    let output = command.env("HOME", home.path()).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    let said = error(&output);
    assert!(said.contains("config.toml") && said.contains('2') && said.contains("theme"), "{said}");
}

#[test]
fn init_writes_the_sample_and_never_over_a_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let target = folder.path().join("my wiki");
    fs::create_dir(&target).expect("a folder");
    fs::write(target.join("index.md"), "mine").expect("a file");
    let output = ken_in(folder.path(), &["init", "my wiki"]);
    assert_eq!(output.status.code(), Some(0), "{}", error(&output));
    assert_eq!(fs::read_to_string(target.join("index.md")).expect("a file"), "mine");
    assert!(target.join("people").is_dir());
    let again = text(&ken_in(folder.path(), &["init", "my wiki"]));
    assert!(again.starts_with("0 files written"), "{again}");
}

#[test]
fn init_marks_the_folder_as_a_wiki() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    ken_in(folder.path(), &["init", "wiki"]);
    let wiki = folder.path().join("wiki");
    let mine = "# Mine\n";
    fs::write(wiki.join("mine.md"), mine).expect("a page");
    let listed = ken_in(&wiki.join("people"), &["ls", "mine"]);
    assert_eq!((text(&listed), error(&listed)), ("mine.md\n".to_owned(), String::new()));
    // What is commented out can be taken as it stands.
    let marker = fs::read_to_string(wiki.join(".ken.toml")).expect("a marker");
    let lines = marker.lines().filter_map(|line| line.strip_prefix("# "));
    let settings: Vec<&str> =
        lines.filter(|line| line.contains(" = ") || line.starts_with('[')).collect();
    assert_eq!(settings.len(), 4, "{marker}");
    fs::write(wiki.join(".ken.toml"), settings.join("\n")).expect("a marker");
    let queries = ken_in(&wiki, &["queries"]);
    assert_eq!(queries.status.code(), Some(0), "{}", error(&queries));
}

#[test]
fn the_sample_misses_exactly_two_pages_and_has_one_ambiguous_link() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let rows = json(&ken_in(folder.path(), &["links", "--json"]));
    let count = |status: &str| rows.iter().filter(|row| row["status"] == status).count();
    // One of the two is embedded beside, to show what that looks like.
    assert_eq!((count("missing"), count("ambiguous")), (3, 1));
    assert_eq!(json(&ken_in(folder.path(), &["unresolved", "--json"])).len(), 2);
    assert!(json(&ken_in(folder.path(), &["ls", "--json"])).len() >= 26);
}

#[test]
fn answers_of_the_sample_are_told_from_those_of_a_wiki() {
    let wiki = Wiki::harbour();
    let said = |args: &[&str]| error(&ken_in(wiki.path(), args));
    assert!(said(&["tags"]).contains("this is the sample; `--wiki DIR` names yours"));
    for args in [&["ls"][..], &["random"], &["search", "tide"], &["marks"], &["recents"]] {
        assert_eq!(said(args).lines().count(), 1, "{args:?}");
        assert!(said(args).contains("this is the sample; `--wiki DIR` names yours"), "{args:?}");
    }
    assert_eq!(said(&["tags", "--wiki", "."]), "");
    fs::write(wiki.path().join(".ken.toml"), "").expect("a file");
    assert_eq!(said(&["tags"]), "");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = Wiki::harbour();
    let mut child = command(folder.path(), &["links", "--json", "--wiki", "."])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), error(&output)), (Some(0), String::new()));
}

#[test]
fn every_command_explains_itself() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let help = text(&ken_in(folder.path(), &["--help"]));
    for command in [
        "show",
        "ls",
        "links",
        "backlinks",
        "tags",
        "search",
        "outline",
        "keys",
        "init",
        "completions",
        "man",
    ] {
        assert!(help.contains(&format!("  {command} ")), "{command} is missing in:\n{help}");
        let own = ken_in(folder.path(), &[command, "--help"]);
        assert_eq!(own.status.code(), Some(0), "{command}");
    }
    assert!(text(&ken_in(folder.path(), &["--version"])).starts_with("ken "));
    assert!(text(&ken_in(folder.path(), &["man"])).contains(".TH ken"));
    assert!(text(&ken_in(folder.path(), &["completions", "bash"])).contains("_ken"));
    assert!(text(&ken_in(folder.path(), &["keys"])).contains("Ctrl-P"));
}

#[test]
fn what_could_not_be_looked_at_is_said_and_the_rest_is_done() {
    let wiki = Wiki::harbour();
    fs::write(wiki.path().join(".kenignore"), "chart.png\n[z-a]\n").expect("a file");
    fs::write(wiki.path().join("people/old.md"), b"\xffbroken\xfe").expect("a file");
    let output = wiki.ken(&["ls"]);
    assert_eq!(text(&output), "index.md\npeople/ada.md\npeople/bo.md\npeople/old.md\n");
    assert_eq!(output.status.code(), Some(0));
    assert!(error(&output).starts_with("ken: .kenignore, line 2: "), "{}", error(&output));
    assert_eq!(error(&output).lines().count(), 1);
}

#[test]
fn standard_input_may_be_empty_or_no_text_at_all() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("bytes");
    for bytes in [&b""[..], b"\0\x01\xff\xfe\x80\x1b[31m"] {
        fs::write(&file, bytes).expect("a file");
        let input = fs::File::open(&file).expect("it is there");
        let mut command = command(folder.path(), &["--wiki", "-", "show", "standard input"]);
        let output = command.stdin(input).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(0), "{}", error(&output));
        assert!(text(&output).starts_with("standard input\n"), "{}", text(&output));
        assert!(!text(&output).contains('\u{1b}'), "{}", text(&output));
    }
}

#[test]
fn colours_asked_for_go_before_no_color() {
    let wiki = Wiki::harbour();
    let args = ["--wiki", wiki.path().to_str().expect("a path"), "show", "index", "--color"];
    let coloured = |when: &str| {
        let mut command = command(wiki.path(), &[&args[..], &[when]].concat());
        text(&command.env("NO_COLOR", "1").output().expect("the program runs"))
    };
    assert!(coloured("always").contains("\u{1b}[38;5;"));
    assert!(!coloured("auto").contains('\u{1b}'));
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_is_an_error_and_no_panic() {
    let wiki = Wiki::harbour();
    let full = || Stdio::from(fs::File::options().write(true).open("/dev/full").expect("a device"));
    let of_here = [&["links", "--wiki", "."][..], &["ls", "--json", "--wiki", "."]];
    for args in of_here.into_iter().chain([&["man"][..], &["completions", "zsh"], &["keys"]]) {
        let mut to_full = command(wiki.path(), args);
        let output = to_full.stdout(full()).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(error(&output).starts_with("ken: cannot write the output: "), "{}", error(&output));
    }
    let status = command(wiki.path(), &["show", "nobody"]).stderr(full()).status();
    assert_eq!(status.expect("the program runs").code(), Some(2));
}

/// `ken` with a configuration file of that text.
fn configured(home: &Wiki, config: &str, args: &[&str]) -> Output {
    let folder = home.path().join(".config/kenning");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("config.toml"), config).expect("a file");
    let mut command = command(home.path(), args);
    command.env("HOME", home.path()).stdin(Stdio::null()).output().expect("the program runs")
}

#[test]
fn mistakes_in_the_keys_are_told_with_file_and_line() {
    let home = Wiki::new(&[]);
    let check = |config: &str, expected: &str| {
        let output = configured(&home, config, &["keys"]);
        let told = error(&output);
        assert_eq!(output.status.code(), Some(2));
        assert!(told.ends_with(&format!("config.toml: {expected}\n")), "{told}");
        assert_eq!(told.lines().count(), 1, "{told}");
    };
    check(
        "[keys]\nfnd-page = 'x'",
        "line 2: there is no command \"fnd-page\"; did you mean \"find-page\"?",
    );
    check("keys.edit = 'contrl-x'", "line 1: edit: \"contrl-x\" is no key");
    check(
        "[keys]\nedit = 'x'\nsearch = 'x'",
        "line 2: x cannot be both search and edit everywhere",
    );
}

#[test]
fn keys_are_those_of_the_wiki_and_say_which_defaults_gave_way() {
    let home = Wiki::new(&[]);
    let wiki = Wiki::new(&[(".ken.toml", "keys.edit = 's'"), ("index.md", "")]);
    let root = wiki.path().to_str().expect("a path");
    let told = text(&configured(&home, "keys.find-page = 'g f'", &["keys", "--wiki", root]));
    assert!(told.contains("  g f ") && told.contains("s is no longer search everywhere"), "{told}");
}

#[test]
fn a_folder_without_a_page_is_a_wiki_of_its_text_files() {
    let files = [("notes/one.txt", "# One\n\nSee [[two.txt]].\n"), ("two.TXT", "Two.\n")];
    let paths = |wiki: &Wiki| text(&wiki.ken(&["ls"]));
    assert_eq!(paths(&Wiki::new(&files)), "notes/one.txt\ntwo.TXT\n");
    assert_eq!(
        text(&Wiki::new(&files).ken(&["backlinks", "two.TXT"])),
        "notes/one.txt:3: See two.txt.\n"
    );
    assert_eq!(paths(&Wiki::new(&[files[0], files[1], ("a.md", "")])), "a.md\n");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_looked_into_is_named() {
    use std::os::unix::fs::PermissionsExt;

    let wiki = Wiki::new(&[("a.md", "# A\n"), ("shut/b.md", "# B\n")]);
    let shut = wiki.path().join("shut");
    let mode = |mode| fs::set_permissions(&shut, fs::Permissions::from_mode(mode));
    mode(0o000).expect("a mode");
    // Nothing is shut to a superuser.
    let is_shut = fs::read_dir(&shut).is_err();
    let output = wiki.ken(&["ls"]);
    mode(0o755).expect("a mode");
    if is_shut {
        assert_eq!(text(&output), "a.md\n");
        assert_eq!(error(&output), "ken: cannot look into shut: permission denied\n");
    }
}

#[test]
fn coloured_lines_end_where_their_text_ends() {
    let shown = text(&Wiki::harbour().ken(&["show", "people/ada", "--color", "always"]));
    assert!(shown.contains("\u{1b}["), "{shown}");
    assert!(shown.lines().all(|line| !line.ends_with(' ')), "{shown:?}");
}

#[test]
fn saved_queries_are_listed_and_asked() {
    let wiki = Wiki::harbour();
    let config = "[queries]\nkept = \"strength>0.5\"\n\"by the sea\" = \"#sea OR #water\"\nslip = \"tga:x\"\n";
    fs::write(wiki.path().join(".ken.toml"), config).expect("a config");
    let listed = wiki.ken(&["queries"]);
    let expected = "1  kept        strength>0.5\n2  by the sea  #sea OR #water\n\
                    !  slip        tga:x  ! unknown field \"tga:\" (did you mean \"tag:\"?)\n";
    assert_eq!(String::from_utf8_lossy(&listed.stdout), expected);
    let json = wiki.ken(&["queries", "--json"]);
    let first = String::from_utf8_lossy(&json.stdout).lines().next().map(str::to_owned);
    let expected = r#"{"name":"kept","query":"strength>0.5","words":"pages with strength above 0.5","pages":1,"mistake":null}"#;
    assert_eq!(first.as_deref(), Some(expected));

    let pages = |args: &[&str]| String::from_utf8_lossy(&wiki.ken(args).stdout).into_owned();
    assert_eq!(pages(&["ls", "--saved", "by the sea"]), "index.md\npeople/bo.md\n");
    assert_eq!(pages(&["ls", "--saved", "By The Sea", "-kind:people"]), "index.md\n");
    let unknown = wiki.ken(&["ls", "--saved", "kep"]);
    assert_eq!(unknown.status.code(), Some(2));
    let said = String::from_utf8_lossy(&unknown.stderr);
    assert!(said.contains("no saved query \"kep\"; did you mean \"kept\"?"), "{said}");
}

#[test]
fn a_mistake_in_a_query_is_marked_and_its_way_out_is_printed() {
    let wiki = Wiki::harbour();
    let check = |query: &str, expected: &str| {
        let output = wiki.ken(&["ls", query]);
        assert_eq!(output.status.code(), Some(2), "{query}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), expected, "{query}");
    };
    check(
        "a tga:x",
        "ken: unknown field \"tga:\" (did you mean \"tag:\"?)\n  a tga:x\n    ^^^^\n  try: a tag:x\n",
    );
    check("(#sea", "ken: this \"(\" is not closed: add a \")\"\n  (#sea\n  ^\n  try: (#sea)\n");
    check("is:", "ken: is has no value yet: write is:orphan\n  is:\n  ^^^\n");
}

#[test]
fn a_search_that_finds_nothing_tells_what_was_taken_as_it_stands() {
    let wiki = Wiki::harbour();
    let check = |args: &[&str], code: i32, needles: &[&str]| {
        let output = wiki.ken(args);
        assert_eq!((output.status.code(), text(&output)), (Some(code), String::new()), "{args:?}");
        for needle in needles {
            assert!(error(&output).contains(needle), "{args:?}: {}", error(&output));
        }
    };
    check(&["search", "light OR pier"], 1, &["search has no OR", "\n        ^^\n"]);
    check(&["search", "foo:bar light"], 1, &["unknown field \"foo:\"", "\n  ^^^^^^^\n"]);
    check(&["search", "(light waves)"], 1, &["no groups", "\n  ^^^^^^\n"]);
    check(&["search", "light", "-", "zebra"], 1, &["stands alone", "\n        ^\n"]);
    check(&["search", "\"the light"], 2, &["quote is not closed", "\n  ^^^^^^^^^^\n"]);
    check(&["search", "light tag:"], 2, &["tag has no value yet", "\n        ^^^^\n"]);
    assert_eq!(error(&wiki.ken(&["search", "zebra"])), "");
    check(&["explain", "--query", "a tga:x"], 2, &["\n    ^^^^\n  try: a tag:x\n"]);
}

#[test]
fn a_theme_that_is_not_there_is_refused_by_every_command() {
    let home = Wiki::new(&[("a.md", "A.\n")]);
    let wiki = Wiki::new(&[(".ken.toml", "\ntheme = 'drak'"), ("a.md", "A.\n")]);
    let root = wiki.path().to_str().expect("a path");
    let check = |config: &str, args: &[&str], expected: &str| {
        let output = configured(&home, config, args);
        assert_eq!((output.status.code(), text(&output)), (Some(2), String::new()), "{args:?}");
        assert!(error(&output).contains(expected), "{}", error(&output));
    };
    let guess = "there is no theme \"drak\"; did you mean \"dark\"? (known are ";
    for args in [&["ls"][..], &["show", "a.md"], &["keys"], &["recents"]] {
        check("theme = 'drak'", args, &format!("config.toml: line 1: {guess}"));
        check("", &[&["--theme", "drak"], args].concat(), &format!("ken: {guess}"));
    }
    check("", &["ls", "--wiki", root], &format!(".ken.toml: line 2: {guess}"));
    let auto = configured(&home, "theme = 'auto'", &["ls", "--wiki", "."]);
    assert_eq!(auto.status.code(), Some(0), "{}", error(&auto));
}

#[test]
fn names_that_no_page_has_are_told_with_near_ones() {
    let wiki = Wiki::harbour();
    let check = |args: &[&str], expected: &str| {
        let output = wiki.ken(args);
        assert_eq!((output.status.code(), text(&output)), (Some(1), String::new()), "{args:?}");
        assert_eq!(error(&output), expected, "{args:?}");
    };
    let water = "ken: no page is tagged \"watr\"; did you mean \"water\"?\n";
    check(&["ls", "tag:watr"], water);
    check(&["ls", "--json", "tag:watr"], water);
    check(&["random", "#watr"], water);
    check(&["search", "light", "tag:watr"], water);
    let kinds = "ken: no page is of the kind \"peoples\"; did you mean \"people\"?\n";
    check(&["ls", "kind:peoples"], kinds);
    check(
        &["ls", "link:people/add"],
        "ken: there is no page \"people/add\" (near: people/ada.md)\n",
    );
    check(&["ls", "near:zzzzzz"], "ken: there is no page \"zzzzzz\"\n");
    check(&["ls", "[ups]"], "ken: no page has a property \"ups\"; did you mean \"up\"?\n");
    // Of what is there, or is only asked for by links, nothing is said, nor of what is excluded.
    check(&["ls", "tag:work", "kind:people"], "");
    check(&["ls", "link:nobody", "-tag:watr", "zebra"], "");
    assert_eq!(error(&wiki.ken(&["ls", "tag:sea", "OR", "tag:watr"])), "");
}

#[test]
fn dead_ends_are_no_state_and_the_command_is_named() {
    let output = Wiki::harbour().ken(&["ls", "is:deadend"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(error(&output).contains("`ken deadends` lists"), "{}", error(&output));
}

#[test]
fn the_examples_of_the_readme_find_something_in_the_sample() {
    let readme = include_str!("../../README.md");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let check = |args: &[&str]| {
        let output = ken_in(folder.path(), args);
        let (code, said) = (output.status.code(), error(&output));
        assert!(code == Some(0) && !text(&output).is_empty(), "{args:?}: {said}");
    };
    let block = |fence: &str, holds: &str| {
        let mut blocks = readme.split(fence).skip(1).map(|rest| rest.split("```").next());
        let block = blocks.find_map(|block| block.filter(|block| block.contains(holds)));
        block.expect("a block").trim().to_owned()
    };
    for line in block("```text\n", "kind:people").lines() {
        let query = line.split("  ").next().expect("a query");
        // How old a page is depends on the day.
        if !query.starts_with("updated") {
            check(&[&["ls"], query.split(' ').collect::<Vec<_>>().as_slice()].concat());
        }
    }
    let shell = block("```console\n", "ken explain");
    for example in [
        &["explain", "[[old pier#See also]]", "--from", "people/ada_lindqvist"][..],
        &["path", "Ada Lindqvist", "checksums"],
        &["graph", "tides", "--steps", "2", "--dot"],
        &["show", "--plain", "--section", "In the cupboard", "checksums"],
        &["repair", "--diff", "retries_done_politely"],
    ] {
        let bare = |word: &&str| !word.contains(' ');
        for word in example.iter().filter(|word| bare(word)) {
            assert!(shell.contains(word), "{word} is not in {shell}");
        }
        check(example);
    }
}

#[test]
fn help_and_errors_offer_what_can_be_done() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let said = |args: &[&str]| {
        let output = ken_in(folder.path(), args);
        text(&output) + &error(&output)
    };
    for command in ["man", "completions", "init"] {
        let help = said(&[command, "--help"]);
        assert!(help.contains(&format!("Usage: ken {command}")), "{help}");
        assert!(!help.contains("--wiki") && !help.contains("--no-cache"), "{help}");
    }
    assert!(!said(&["graph", "--help"]).contains('`'));
    assert!(said(&["marks", "--help"]).contains("letter, page and line, what stood there"));
    assert!(said(&["explain"]).contains("<LINK|--query <QUERY>|--tag <TAG>>"));
    assert!(said(&["explain", "x", "--tag", "y"]).contains("cannot be used with"));
    assert!(said(&["graph", "--steps", "-1"]).contains("-1 is not in 1..=9"));
    let expected = "ken: there is no file or folder lss; did you mean the command `ken ls`?\n";
    assert_eq!(said(&["lss"]), expected);
    assert_eq!(said(&["nothing-near"]), "ken: there is no file or folder nothing-near\n");
}
