//! The configuration file: plain data, strictly read. Where it lies is known to `runtime`; what the
//! keys in `[keys]` mean, to `command`. Every key is documented in `docs/config.md`.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use ignore::gitignore::GitignoreBuilder;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::layout::Breaks;
use crate::text::near::did_you_mean;

/// `config.toml`. Every key is optional; an unknown key is an error with a proposal.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct Config {
    /// The wiki that `ken` opens without a path.
    pub wiki: Option<String>,
    /// Name of the theme.
    pub theme: String,
    /// Widest reading column, in cells.
    pub page_width: u16,
    /// How single newlines are shown.
    pub breaks: Breaks,
    /// Whether long lines of code are wrapped.
    pub code_wrap: bool,
    /// Whether the lines of code are numbered.
    pub code_line_numbers: bool,
    /// Plain ASCII borders and signs.
    pub ascii: bool,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Whether the terminal may be told to move rows that it shows.
    pub moves_rows: bool,
    /// Where copied text goes.
    pub clipboard: Clipboard,
    /// Whether it begins with only the page on the screen.
    pub focus: bool,
    /// Whether it begins where one was the last time.
    pub restore: bool,
    /// The columns of the braid: kinds, and `tags`.
    pub braid: Vec<String>,
    /// Whether the index of a wiki is kept from one start to the next.
    pub cache: bool,
    /// Whether changes from outside are shown as they happen.
    pub watch: bool,
    /// Names of files and folders to skip, as in `.gitignore`.
    pub ignore: Vec<String>,
    /// The saved queries, in the order of the files.
    pub queries: Vec<SavedQuery>,
    /// Key sequences by command name; none unbinds. Merged over the defaults.
    pub keys: BTreeMap<String, Vec<String>>,
}

/// A query with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedQuery {
    /// What it is called.
    pub name: String,
    /// Its text. Whether it can be understood is not known here: a mistake in it is shown where its
    /// pages would be.
    pub query: String,
}

/// Where copied text goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clipboard {
    /// To the terminal's clipboard, by OSC 52.
    Terminal,
    /// To a program's standard input: its name and its arguments.
    Program(Vec<String>),
}

impl Default for Config {
    fn default() -> Self {
        Self {
            wiki: None,
            theme: "auto".to_owned(),
            page_width: 84,
            breaks: Breaks::Auto,
            code_wrap: false,
            code_line_numbers: false,
            ascii: false,
            mouse: true,
            moves_rows: true,
            clipboard: Clipboard::Terminal,
            focus: false,
            restore: true,
            braid: ["people", "topics", "episodes", "tags"].map(str::to_owned).to_vec(),
            cache: true,
            watch: true,
            ignore: Vec::new(),
            queries: Vec::new(),
            keys: BTreeMap::new(),
        }
    }
}

impl Config {
    /// The keys of the file, in the order of the documentation.
    pub const KEYS: &'static [&'static str] = &[
        "wiki",
        "theme",
        "page-width",
        "breaks",
        "code-wrap",
        "code-line-numbers",
        "ascii",
        "mouse",
        "move-rows",
        "clipboard",
        "focus",
        "restore",
        "braid",
        "cache",
        "watch",
        "ignore",
        "queries",
        "keys",
    ];

    /// Which widths [`Self::page_width`] can have, in cells.
    pub const PAGE_WIDTH: RangeInclusive<u16> = 20..=400;

    /// Reads a configuration file's text.
    ///
    /// # Errors
    /// One sentence with the line, what is wrong there and the nearest known key; of several
    /// mistakes the first.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut config = Self::default();
        config.lay_over(text)?;
        Ok(config)
    }

    /// Lays what another file says (a wiki's own `.ken.toml`) over this one: each key that it names
    /// replaces the value here, its `[keys]`, `[queries]` and `ignore` are added to those here.
    ///
    /// # Errors
    /// As [`Self::parse`]; nothing is changed then.
    pub fn lay_over(&mut self, text: &str) -> Result<(), String> {
        let table = DeTable::parse(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            at(text, start, error.message())
        })?;
        let mut entries: Vec<_> = table.get_ref().iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut config = self.clone();
        for (key, value) in entries {
            config.set(key.get_ref(), value).map_err(|problem| {
                // An unknown key is wrong where it stands, a wrong value where that stands.
                let known = Self::KEYS.contains(&&**key.get_ref());
                let start = if known { problem.start } else { key.span().start };
                at(text, start, &problem.what)
            })?;
        }
        *self = config;
        Ok(())
    }

    /// On which line of a configuration file's text, from 1, the keys of `command` are given.
    #[must_use]
    pub fn line_of_keys(text: &str, command: &str) -> Option<usize> {
        let table = DeTable::parse(text).ok()?;
        let keys = table.get_ref().get("keys")?.get_ref().as_table()?;
        let (name, _) = keys.iter().find(|(name, _)| &**name.get_ref() == command)?;
        Some(line(text, name.span().start))
    }

    fn set(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<(), Problem> {
        match key {
            "wiki" => self.wiki = Some(string(key, value)?),
            "theme" => self.theme = string(key, value)?,
            "page-width" => self.page_width = page_width(key, value)?,
            "breaks" => self.breaks = breaks(key, value)?,
            "code-wrap" => self.code_wrap = boolean(key, value)?,
            "code-line-numbers" => self.code_line_numbers = boolean(key, value)?,
            "ascii" => self.ascii = boolean(key, value)?,
            "mouse" => self.mouse = boolean(key, value)?,
            "move-rows" => self.moves_rows = boolean(key, value)?,
            "clipboard" => self.clipboard = clipboard(key, value)?,
            "focus" => self.focus = boolean(key, value)?,
            "restore" => self.restore = boolean(key, value)?,
            "braid" => self.braid = strings(key, value)?,
            "cache" => self.cache = boolean(key, value)?,
            "watch" => self.watch = boolean(key, value)?,
            "ignore" => self.ignore.extend(patterns(key, value)?),
            "queries" => self.add_queries(value)?,
            "keys" => self.keys.extend(keys(value)?),
            _ => {
                let guess = did_you_mean(key, Self::KEYS.iter().copied());
                return Err(Problem::new(value, format!("there is no key {key:?}{guess}")));
            }
        }
        Ok(())
    }
}

impl Config {
    /// Adds saved queries; one of a name that is known takes the place of that.
    fn add_queries(&mut self, value: &Spanned<DeValue<'_>>) -> Result<(), Problem> {
        let table = value.get_ref().as_table();
        let table = table.ok_or_else(|| Problem::wants("queries", "a table", value))?;
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        for (name, value) in entries {
            let name = name.get_ref().trim().to_owned();
            let query = string(&format!("queries.{}", name.escape_debug()), value)?;
            if name.is_empty() || name.len() > LONGEST_NAME || query.len() > LONGEST_QUERY {
                let what = format!(
                    "a query's name has 1 to {LONGEST_NAME} bytes, its text at most {LONGEST_QUERY}"
                );
                return Err(Problem::new(value, what));
            }
            if let Some(known) = self.queries.iter_mut().find(|known| known.name == name) {
                known.query = query;
            } else if self.queries.len() == MOST_QUERIES {
                let what = format!("there are more than {MOST_QUERIES} saved queries");
                return Err(Problem::new(value, what));
            } else {
                self.queries.push(SavedQuery { name, query });
            }
        }
        Ok(())
    }
}

/// Bounds on saved queries, which a wiki from anywhere may bring: each is asked of every page.
const MOST_QUERIES: usize = 100;
const LONGEST_NAME: usize = 100;
const LONGEST_QUERY: usize = 4096;

/// What is wrong, and the byte offset of where.
struct Problem {
    start: usize,
    what: String,
}

impl Problem {
    fn new(value: &Spanned<DeValue<'_>>, what: String) -> Self {
        Self { start: value.span().start, what }
    }

    /// `page-width must be ..., not ...`.
    fn wants(key: &str, expected: &str, value: &Spanned<DeValue<'_>>) -> Self {
        let found = match value.get_ref() {
            DeValue::String(text) => format!("{text:?}"),
            DeValue::Integer(number) => number.to_string(),
            DeValue::Boolean(value) => value.to_string(),
            other => format!("a TOML {}", other.type_str()),
        };
        Self::new(value, format!("{key} must be {expected}, not {found}"))
    }
}

fn string(key: &str, value: &Spanned<DeValue<'_>>) -> Result<String, Problem> {
    match value.get_ref().as_str() {
        Some(text) if !text.is_empty() => Ok(text.to_owned()),
        _ => Err(Problem::wants(key, "a text in quotes", value)),
    }
}

fn boolean(key: &str, value: &Spanned<DeValue<'_>>) -> Result<bool, Problem> {
    value.get_ref().as_bool().ok_or_else(|| Problem::wants(key, "true or false", value))
}

fn page_width(key: &str, value: &Spanned<DeValue<'_>>) -> Result<u16, Problem> {
    let number = value.get_ref().as_integer();
    number
        .and_then(|number| u16::from_str_radix(number.as_str(), number.radix()).ok())
        .filter(|width| Config::PAGE_WIDTH.contains(width))
        .ok_or_else(|| {
            let (least, most) = (Config::PAGE_WIDTH.start(), Config::PAGE_WIDTH.end());
            Problem::wants(key, &format!("a whole number from {least} to {most}"), value)
        })
}

fn breaks(key: &str, value: &Spanned<DeValue<'_>>) -> Result<Breaks, Problem> {
    match value.get_ref().as_str() {
        Some("auto") => Ok(Breaks::Auto),
        Some("always") => Ok(Breaks::Always),
        Some("never") => Ok(Breaks::Never),
        _ => Err(Problem::wants(key, "\"auto\", \"always\" or \"never\"", value)),
    }
}

fn clipboard(key: &str, value: &Spanned<DeValue<'_>>) -> Result<Clipboard, Problem> {
    match value.get_ref() {
        DeValue::String(text) if text == "osc52" => Ok(Clipboard::Terminal),
        DeValue::Array(items) if !items.is_empty() => {
            let program = items.iter().map(|item| string(key, item));
            Ok(Clipboard::Program(program.collect::<Result<_, _>>()?))
        }
        _ => Err(Problem::wants(key, "\"osc52\" or a program as a list of texts", value)),
    }
}

/// One text or a list of them.
fn strings(key: &str, value: &Spanned<DeValue<'_>>) -> Result<Vec<String>, Problem> {
    match value.get_ref() {
        DeValue::Array(items) => items.iter().map(|item| string(key, item)).collect(),
        DeValue::String(_) => Ok(vec![string(key, value)?]),
        _ => Err(Problem::wants(key, "a text in quotes, or a list of them", value)),
    }
}

/// Patterns that the walk over a wiki will understand.
fn patterns(key: &str, value: &Spanned<DeValue<'_>>) -> Result<Vec<String>, Problem> {
    let patterns = strings(key, value)?;
    for pattern in &patterns {
        if let Err(error) = GitignoreBuilder::new("").add_line(None, pattern) {
            let why = match error {
                ignore::Error::Glob { err, .. } => err,
                error => error.to_string(),
            };
            return Err(Problem::new(value, format!("{key}: {pattern:?} is no pattern: {why}")));
        }
    }
    Ok(patterns)
}

fn keys(value: &Spanned<DeValue<'_>>) -> Result<BTreeMap<String, Vec<String>>, Problem> {
    let table = value.get_ref().as_table();
    let table = table.ok_or_else(|| Problem::wants("keys", "a table", value))?;
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(command, _)| command.span().start);
    entries
        .into_iter()
        .map(|(command, value)| {
            let command = command.get_ref();
            let key = format!("keys.{}", command.escape_debug());
            Ok((command.to_string(), strings(&key, value)?))
        })
        .collect()
}

/// `line 3: ...`, lines counted from 1.
fn at(text: &str, start: usize, what: &str) -> String {
    format!("line {}: {what}", line(text, start))
}

/// The line, from 1, of a byte.
fn line(text: &str, start: usize) -> usize {
    text.get(..start).unwrap_or(text).matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
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
        check(
            "page_width = 9",
            "line 1: there is no key \"page_width\"; did you mean \"page-width\"?",
        );
        check("colour = 1", "line 1: there is no key \"colour\"");
        check("x = 1\ntheem = 2", "line 1: there is no key \"x\"");
        check(
            "page-width = 19",
            "line 1: page-width must be a whole number from 20 to 400, not 19",
        );
        check(
            "page-width = -1",
            "line 1: page-width must be a whole number from 20 to 400, not -1",
        );
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
        let error =
            Config::parse("theme = \"dark\"\npage-width = \nmouse = true").expect_err("broken");
        assert!(error.starts_with("line 2: ") && !error.contains('\n'), "{error}");
    }

    #[test]
    fn another_file_is_laid_over_and_a_broken_one_changes_nothing() {
        let mut config =
            Config::parse("theme = 'dark'\nignore = 'a'\nkeys.edit = 'v'").expect("good");
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
        let page = include_str!("../docs/config.md");
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
}
