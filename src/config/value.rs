//! The values of the configuration file, each read as what its key wants, or told what is wrong with it.

use std::collections::BTreeMap;

use ignore::gitignore::GitignoreBuilder;
use toml::Spanned;
use toml::de::DeValue;

use super::{Clipboard, Config};
use crate::layout::Breaks;

/// What is wrong, and the byte offset of where.
pub(super) struct Problem {
    pub(super) start: usize,
    pub(super) what: String,
}

impl Problem {
    pub(super) fn new(value: &Spanned<DeValue<'_>>, what: String) -> Self {
        Self { start: value.span().start, what }
    }

    /// `page-width must be ..., not ...`.
    pub(super) fn wants(key: &str, expected: &str, value: &Spanned<DeValue<'_>>) -> Self {
        let found = match value.get_ref() {
            DeValue::String(text) => format!("{text:?}"),
            DeValue::Integer(number) => number.to_string(),
            DeValue::Boolean(value) => value.to_string(),
            other => format!("a TOML {}", other.type_str()),
        };
        Self::new(value, format!("{key} must be {expected}, not {found}"))
    }
}

pub(super) fn string(key: &str, value: &Spanned<DeValue<'_>>) -> Result<String, Problem> {
    match value.get_ref().as_str() {
        Some(text) if !text.is_empty() => Ok(text.to_owned()),
        _ => Err(Problem::wants(key, "a text in quotes", value)),
    }
}

pub(super) fn boolean(key: &str, value: &Spanned<DeValue<'_>>) -> Result<bool, Problem> {
    value.get_ref().as_bool().ok_or_else(|| Problem::wants(key, "true or false", value))
}

pub(super) fn page_width(key: &str, value: &Spanned<DeValue<'_>>) -> Result<u16, Problem> {
    let number = value.get_ref().as_integer();
    number
        .and_then(|number| u16::from_str_radix(number.as_str(), number.radix()).ok())
        .filter(|width| Config::PAGE_WIDTH.contains(width))
        .ok_or_else(|| {
            let (least, most) = (Config::PAGE_WIDTH.start(), Config::PAGE_WIDTH.end());
            Problem::wants(key, &format!("a whole number from {least} to {most}"), value)
        })
}

pub(super) fn breaks(key: &str, value: &Spanned<DeValue<'_>>) -> Result<Breaks, Problem> {
    match value.get_ref().as_str() {
        Some("auto") => Ok(Breaks::Auto),
        Some("always") => Ok(Breaks::Always),
        Some("never") => Ok(Breaks::Never),
        _ => Err(Problem::wants(key, "\"auto\", \"always\" or \"never\"", value)),
    }
}

pub(super) fn clipboard(key: &str, value: &Spanned<DeValue<'_>>) -> Result<Clipboard, Problem> {
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
pub(super) fn strings(key: &str, value: &Spanned<DeValue<'_>>) -> Result<Vec<String>, Problem> {
    match value.get_ref() {
        DeValue::Array(items) => items.iter().map(|item| string(key, item)).collect(),
        DeValue::String(_) => Ok(vec![string(key, value)?]),
        _ => Err(Problem::wants(key, "a text in quotes, or a list of them", value)),
    }
}

/// Patterns that the walk over a wiki will understand.
pub(super) fn patterns(key: &str, value: &Spanned<DeValue<'_>>) -> Result<Vec<String>, Problem> {
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

pub(super) fn keys(value: &Spanned<DeValue<'_>>) -> Result<BTreeMap<String, Vec<String>>, Problem> {
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
