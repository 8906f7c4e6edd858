//! Theme files: TOML read strictly into a style for every role. The format is described in
//! `docs/themes.md`.
//!
//! A file that inherits another one replaces that one's palette colour by colour and its roles one by
//! one. Only then are the roles given their colours, so that a new palette recolours the inherited
//! roles too.

use std::collections::BTreeMap;

use ratatui::style::{Color, Modifier, Style};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{ThemeError, color};
use crate::text::near::did_you_mean;
use crate::text::role::Role;

/// What a theme file and those that it inherits say together.
pub(super) struct Sheet {
    /// What the theme says about itself, one line.
    pub(super) about: String,
    /// A style for every role, in the order of [`Role::ALL`].
    pub(super) styles: Vec<Style>,
}

/// Reads the theme `name` from `text`, and what it inherits through `find`.
pub(super) fn read(
    name: &str,
    text: &str,
    find: &dyn Fn(&str) -> Option<String>,
) -> Result<Sheet, ThemeError> {
    let mut files = vec![File::parse(name, text)?];
    while let Some(heir) = files.last()
        && let Some(parent) = &heir.inherits
    {
        if files.iter().any(|file| file.name == parent.text) {
            let what = format!("\"inherits\" goes in a circle at {:?}", parent.text);
            return Err(heir.error(parent.start, &what));
        }
        let Some(text) = find(&parent.text) else {
            let guess = did_you_mean(&parent.text, super::built_in().iter().map(|row| row.0));
            let what = format!("there is no theme {:?} to inherit{guess}", parent.text);
            return Err(heir.error(parent.start, &what));
        };
        let parent = File::parse(&parent.text, &text)?;
        files.push(parent);
    }

    let mut palette = BTreeMap::new();
    let mut roles = BTreeMap::new();
    for file in files.iter().rev() {
        palette.extend(file.palette.iter().map(|(name, color)| (name.as_str(), *color)));
        roles.extend(file.roles.iter().map(|(role, look)| (*role, (file, look))));
    }
    let missing = Role::ALL.iter().filter(|role| !roles.contains_key(role));
    let missing: Vec<&str> = missing.map(|role| role.name()).collect();
    if !missing.is_empty() {
        let what = format!("theme {name:?} has no style for {}", missing.join(", "));
        return Err(ThemeError(what + "; \"inherits\" takes them from another theme"));
    }
    // The map is in the order of the roles.
    let styles = roles.values().map(|(file, look)| look.style(file, &palette));
    let styles = styles.collect::<Result<_, _>>()?;
    Ok(Sheet { about: files.swap_remove(0).about, styles })
}

/// One file, its roles not yet given their colours.
struct File {
    name: String,
    text: String,
    about: String,
    inherits: Option<Word>,
    palette: BTreeMap<String, Color>,
    roles: BTreeMap<Role, Look>,
}

/// A text from a file, and the byte offset where it stands there.
#[derive(Clone)]
struct Word {
    text: String,
    start: usize,
}

/// What a file says of a role.
#[derive(Default)]
struct Look {
    fg: Option<Word>,
    bg: Option<Word>,
    with: Modifier,
    without: Modifier,
}

const KEYS: [&str; 4] = ["about", "inherits", "palette", "roles"];

/// The switches of a look.
const MODIFIERS: [(&str, Modifier); 6] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
    ("strike", Modifier::CROSSED_OUT),
];

type Value<'a> = Spanned<DeValue<'a>>;

impl File {
    fn parse(name: &str, text: &str) -> Result<Self, ThemeError> {
        let mut file = Self {
            name: name.to_owned(),
            text: text.to_owned(),
            about: String::new(),
            inherits: None,
            palette: BTreeMap::new(),
            roles: BTreeMap::new(),
        };
        let table = DeTable::parse(text).map_err(|error| {
            file.error(error.span().map_or(0, |span| span.start), error.message())
        })?;
        for (key, start, value) in in_order(table.get_ref()) {
            match key {
                "about" => file.about = file.word(key, value)?.text,
                "inherits" => file.inherits = Some(file.word(key, value)?),
                "palette" => file.read_palette(file.table(key, value)?)?,
                "roles" => file.read_roles(file.table(key, value)?)?,
                _ => return Err(file.unknown("key", key, start, KEYS)),
            }
        }
        Ok(file)
    }

    fn read_palette(&mut self, table: &DeTable<'_>) -> Result<(), ThemeError> {
        for (name, _, value) in in_order(table) {
            let word = self.word(name, value)?;
            let color = color::read(&word.text)
                .ok_or_else(|| self.unknown("colour", &word.text, word.start, color::names()))?;
            self.palette.insert(name.to_owned(), color);
        }
        Ok(())
    }

    fn read_roles(&mut self, table: &DeTable<'_>) -> Result<(), ThemeError> {
        for (name, start, value) in in_order(table) {
            let Some(role) = Role::ALL.iter().find(|role| role.name() == name) else {
                let known = Role::ALL.iter().map(|role| role.name());
                return Err(self.unknown("role", name, start, known));
            };
            let look = match value.get_ref() {
                DeValue::Table(table) => self.look(table)?,
                _ => Look { fg: Some(self.word(name, value)?), ..Look::default() },
            };
            self.roles.insert(*role, look);
        }
        Ok(())
    }

    fn look(&self, table: &DeTable<'_>) -> Result<Look, ThemeError> {
        let mut look = Look::default();
        for (key, start, value) in in_order(table) {
            match (key, MODIFIERS.iter().find(|(name, _)| *name == key)) {
                ("fg", _) => look.fg = Some(self.word(key, value)?),
                ("bg", _) => look.bg = Some(self.word(key, value)?),
                (_, Some((_, modifier))) => match value.get_ref().as_bool() {
                    Some(true) => look.with |= *modifier,
                    Some(false) => look.without |= *modifier,
                    None => {
                        let what = format!("{key} must be true or false");
                        return Err(self.error(value.span().start, &what));
                    }
                },
                (_, None) => {
                    let known = MODIFIERS.iter().map(|(name, _)| *name).chain(["fg", "bg"]);
                    return Err(self.unknown("key", key, start, known));
                }
            }
        }
        Ok(look)
    }

    /// A text; a number stands for the text that names it (`fg = 12`).
    fn word(&self, key: &str, value: &Value<'_>) -> Result<Word, ThemeError> {
        let start = value.span().start;
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.to_string(),
            _ => {
                let key = key.escape_debug();
                return Err(self.error(start, &format!("{key} must be a text in quotes")));
            }
        };
        Ok(Word { text, start })
    }

    fn table<'a>(&self, key: &str, value: &'a Value<'a>) -> Result<&'a DeTable<'a>, ThemeError> {
        let table = value.get_ref().as_table();
        table.ok_or_else(|| self.error(value.span().start, &format!("{key} must be a table")))
    }

    fn unknown<'a>(
        &self,
        kind: &str,
        name: &str,
        start: usize,
        known: impl IntoIterator<Item = &'a str>,
    ) -> ThemeError {
        let guess = did_you_mean(name, known);
        self.error(start, &format!("there is no {kind} {name:?}{guess}"))
    }

    /// `theme "dark", line 3: ...`, lines counted from 1.
    fn error(&self, start: usize, what: &str) -> ThemeError {
        let before = self.text.get(..start).unwrap_or(&self.text);
        let line = before.matches('\n').count() + 1;
        ThemeError(format!("theme {:?}, line {line}: {what}", self.name))
    }
}

impl Look {
    fn style(&self, file: &File, palette: &BTreeMap<&str, Color>) -> Result<Style, ThemeError> {
        let color = |word: &Option<Word>| match word {
            None => Ok(None),
            Some(word) => match palette.get(word.text.as_str()) {
                Some(color) => Ok(Some(*color)),
                None => color::read(&word.text).map(Some).ok_or_else(|| {
                    let known = palette.keys().copied().chain(color::names());
                    file.unknown("colour", &word.text, word.start, known)
                }),
            },
        };
        let mut style = Style::new().add_modifier(self.with).remove_modifier(self.without);
        style.fg = color(&self.fg)?;
        style.bg = color(&self.bg)?;
        Ok(style)
    }
}

/// Key, where it stands, and value, in the order of the text, so that the first mistake is told first.
fn in_order<'a>(table: &'a DeTable<'a>) -> Vec<(&'a str, usize, &'a Value<'a>)> {
    let entry = |(key, value): (&'a Spanned<_>, _)| {
        let name: &std::borrow::Cow<'a, str> = key.get_ref();
        (&**name, key.span().start, value)
    };
    let mut entries: Vec<_> = table.iter().map(entry).collect();
    entries.sort_by_key(|&(_, start, _)| start);
    entries
}
