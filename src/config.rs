//! The configuration file: plain data, strictly read. Where it lies is known to `runtime`; what the
//! keys in `[keys]` mean, to `command`. Every key is documented in `docs/config.md`.

mod value;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use self::value::{
    Problem, boolean, breaks, clipboard, keys, page_width, patterns, string, strings,
};
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

    /// On which line of a configuration file's text, from 1, a key is given.
    #[must_use]
    pub fn line_of(text: &str, key: &str) -> Option<usize> {
        let table = DeTable::parse(text).ok()?;
        let (name, _) = table.get_ref().iter().find(|(name, _)| &**name.get_ref() == key)?;
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

/// `line 3: ...`, lines counted from 1.
fn at(text: &str, start: usize, what: &str) -> String {
    format!("line {}: {what}", line(text, start))
}

/// The line, from 1, of a byte.
fn line(text: &str, start: usize) -> usize {
    text.get(..start).unwrap_or(text).matches('\n').count() + 1
}

#[cfg(test)]
mod tests;
