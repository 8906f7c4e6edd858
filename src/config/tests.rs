//! The configuration file read: every key, every mistake, and that the documentation tells of all.

use super::*;

fn saved((name, query): (&str, &str)) -> SavedQuery {
    SavedQuery { name: name.to_owned(), query: query.to_owned() }
}

#[test]
fn queries_of_the_wiki_are_added_and_go_before_those_of_the_user() {
    let mut config = Config::parse("[queries]\nb = '1'\na = '2'").unwrap();
    config.lay_over("[queries]\nc = '3'\nb = '4'").unwrap();
    assert_eq!(config.queries, [("b", "4"), ("a", "2"), ("c", "3")].map(saved));
    let many: Vec<String> = (0..101).map(|n| format!("q{n} = 'x'")).collect();
    assert!(Config::parse(&format!("[queries]\n{}", many[1..].join("\n"))).is_ok());
    assert!(Config::parse(&format!("[queries]\n{}", many.join("\n"))).is_err());
    assert_eq!(
        Config::parse("[queries]\na = 3"),
        Err("line 2: queries.a must be a text in quotes, not 3".to_owned()),
    );
}

#[test]
fn an_empty_file_is_the_defaults() {
    assert_eq!(Config::parse(""), Ok(Config::default()));
    assert_eq!(Config::parse("# nothing\n[keys]\n"), Ok(Config::default()));
}

#[test]
fn every_key_is_read() {
    let text = r#"
        wiki = "~/wiki"
        theme = "fjord"
        page-width = 100
        breaks = "never"
        code-wrap = true
        code-line-numbers = true
        ascii = true
        mouse = false
        move-rows = false
        clipboard = ["xclip", "-selection", "clipboard"]
        focus = true
        restore = false
        braid = ["a", "tags"]
        cache = false
        watch = false
        ignore = ["drafts/", "*.tmp"]
        [queries]
        stale = "updated>1y"
        "by hand" = 'is:orphan -#x'
        [keys]
        find-page = "g f"
        search = ["s", "ctrl-s"]
        edit = []
    "#;
    let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
    let expected = Config {
        wiki: Some("~/wiki".to_owned()),
        theme: "fjord".to_owned(),
        page_width: 100,
        breaks: Breaks::Never,
        code_wrap: true,
        code_line_numbers: true,
        ascii: true,
        mouse: false,
        moves_rows: false,
        clipboard: Clipboard::Program(texts(&["xclip", "-selection", "clipboard"])),
        focus: true,
        restore: false,
        braid: vec!["a".to_owned(), "tags".to_owned()],
        cache: false,
        watch: false,
        ignore: texts(&["drafts/", "*.tmp"]),
        queries: [("stale", "updated>1y"), ("by hand", "is:orphan -#x")].map(saved).into(),
        keys: BTreeMap::from([
            ("find-page".to_owned(), texts(&["g f"])),
            ("search".to_owned(), texts(&["s", "ctrl-s"])),
            ("edit".to_owned(), Vec::new()),
        ]),
    };
    assert_eq!(Config::parse(text), Ok(expected));
}

#[test]
fn a_mistake_is_told_with_its_line_and_a_proposal() {
    let check = |text: &str, expected: &str| {
        assert_eq!(Config::parse(text), Err(expected.to_owned()), "{text}");
    };
    check("\ntheem = 'dark'", "line 2: there is no key \"theem\"; did you mean \"theme\"?");
    check("page_width = 9", "line 1: there is no key \"page_width\"; did you mean \"page-width\"?");
    check("colour = 1", "line 1: there is no key \"colour\"");
    check("x = 1\ntheem = 2", "line 1: there is no key \"x\"");
    check("page-width = 19", "line 1: page-width must be a whole number from 20 to 400, not 19");
    check("page-width = -1", "line 1: page-width must be a whole number from 20 to 400, not -1");
    check(
        "page-width = \"wide\"",
        "line 1: page-width must be a whole number from 20 to 400, not \"wide\"",
    );
    check(
        "\n\nbreaks = 'sometimes'",
        "line 3: breaks must be \"auto\", \"always\" or \"never\", not \"sometimes\"",
    );
    check("mouse = 1", "line 1: mouse must be true or false, not 1");
    check("wiki = ''", "line 1: wiki must be a text in quotes, not \"\"");
    check(
        "clipboard = 'wl-copy'",
        "line 1: clipboard must be \"osc52\" or a program as a list of texts, not \"wl-copy\"",
    );
    check("clipboard = ['a', 1]", "line 1: clipboard must be a text in quotes, not 1");
    check("keys = 1", "line 1: keys must be a table, not 1");
    check(
        "[keys]\nquit = 'x'\nedit = { a = 1 }",
        "line 3: keys.edit must be a text in quotes, or a list of them, not a TOML table",
    );
    check("ignore = ['a', 2]", "line 1: ignore must be a text in quotes, not 2");
    check(
        "\nignore = ['drafts/', '[z-a]']",
        "line 2: ignore: \"[z-a]\" is no pattern: invalid range; 'z' > 'a'",
    );
    check("theme = 'a'\ntheme = 'b'", "line 2: duplicate key");
}

#[test]
fn nesting_without_end_is_a_mistake_like_another() {
    for deep in ["a = ".to_owned() + &"[".repeat(100_000), "a.".repeat(100_000) + "a = 1"] {
        assert!(Config::parse(&deep).is_err());
    }
}

#[test]
fn broken_toml_is_one_line_that_names_the_place() {
    let error = Config::parse("theme = \"dark\"\npage-width = \nmouse = true").expect_err("broken");
    assert!(error.starts_with("line 2: ") && !error.contains('\n'), "{error}");
}

#[test]
fn another_file_is_laid_over_and_a_broken_one_changes_nothing() {
    let mut config = Config::parse("theme = 'dark'\nignore = 'a'\nkeys.edit = 'v'").expect("good");
    config.lay_over("page-width = 70\nignore = 'b'\nkeys.quit = 'Q'").expect("good");
    assert_eq!((config.theme.as_str(), config.page_width), ("dark", 70));
    assert_eq!(config.ignore, ["a", "b"]);
    assert_eq!(config.keys.keys().collect::<Vec<_>>(), ["edit", "quit"]);
    let before = config.clone();
    assert!(config.lay_over("theme = 'light'\nmouse = 3").is_err());
    assert_eq!(config, before);
}

#[test]
fn the_list_of_keys_is_the_keys_that_are_read() {
    let mut config = Config::default();
    for key in Config::KEYS {
        let value = Spanned::new(0..0, DeValue::Boolean(true));
        if let Err(problem) = config.set(key, &value) {
            assert!(problem.what.starts_with(&format!("{key} must be")), "{}", problem.what);
        }
    }
}

#[test]
fn every_key_is_documented_with_an_example_that_can_be_read() {
    let page = include_str!("../../docs/config.md");
    let headings = page.lines().filter_map(|line| line.strip_prefix("## `")?.strip_suffix('`'));
    assert_eq!(headings.collect::<Vec<_>>(), Config::KEYS);

    let examples = page.split("```toml\n").skip(1).filter_map(|rest| rest.split_once("```"));
    let examples: Vec<&str> = examples.map(|(example, _)| example).collect();
    assert_eq!(examples.len(), Config::KEYS.len() + 1);
    assert_eq!(Config::parse(examples[0]), Ok(Config::default()));
    for (key, example) in Config::KEYS.iter().zip(&examples[1..]) {
        assert!(example.contains(key), "{key}");
        assert_ne!(Config::parse(example), Ok(Config::default()), "{key}");
    }
    for key in Config::KEYS {
        assert!(examples[0].contains(key), "{key} has no default");
    }
}
