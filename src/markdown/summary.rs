//! What well-known properties mean: title, kind, dates, strength (`semantics.md`, pages; the
//! memory-page footer).

use super::facts::{Facts, Origin, Property, Value};
use crate::text::date::{Date, find_date, from_milliseconds};

/// Fills the summary from the properties and headings that were found. The first of a kind counts.
pub(super) fn fill(facts: &mut Facts) {
    let own = |key: &str| {
        let is = |p: &&Property| p.origin == Origin::FrontMatter && p.key.eq_ignore_ascii_case(key);
        facts.properties.iter().find(is).and_then(text).filter(|text| !text.is_empty())
    };
    let mut summary = std::mem::take(&mut facts.summary);
    let heading =
        || facts.headings.iter().find(|heading| heading.level == 1).map(|h| h.text.to_string());
    summary.title = own("title").or_else(|| own("name")).or_else(heading);
    summary.title = summary.title.filter(|title| !title.is_empty());
    summary.kind = own("type").or_else(|| own("kind"));
    for property in &facts.properties {
        match meaning(property) {
            Some(Meaning::Date) => set(&mut summary.date, date(property)),
            Some(Meaning::Created) => set(&mut summary.created, date(property)),
            Some(Meaning::Updated) => set(&mut summary.updated, date(property)),
            Some(Meaning::Strength) => set(&mut summary.strength, strength(property)),
            None => {}
        }
    }
    facts.summary = summary;
}

enum Meaning {
    Date,
    Created,
    Updated,
    Strength,
}

fn meaning(property: &Property) -> Option<Meaning> {
    let words = || property.key.split(|c: char| c.is_whitespace() || matches!(c, '_' | '-'));
    let is = |word: &str, meant: &str| word.eq_ignore_ascii_case(meant);
    // What a key means, some word of it says: `Knowledge domain established`, `last updated at`.
    let says = |meant: &[&str]| words().any(|word| meant.iter().any(|meant| is(word, meant)));
    if is(property.key.trim(), "date") {
        // A footer's date comes after the one in the file name.
        let logged = property.origin == Origin::Footer;
        Some(if logged { Meaning::Created } else { Meaning::Date })
    } else if is(property.key.trim(), "confidence")
        || property.key.trim_end().to_ascii_lowercase().ends_with("strength")
    {
        Some(Meaning::Strength)
    } else if says(&["updated", "update", "modified", "revised", "edited", "lastmod"]) {
        Some(Meaning::Updated)
    } else if says(&["created", "creation", "established", "logged", "recorded"]) {
        Some(Meaning::Created)
    } else {
        None
    }
}

fn set<T>(slot: &mut Option<T>, value: Option<T>) {
    if slot.is_none() {
        *slot = value;
    }
}

fn text(property: &Property) -> Option<String> {
    match &property.value {
        Value::Text(text) | Value::Number(text) => Some(text.trim().to_owned()),
        _ => None,
    }
}

fn date(property: &Property) -> Option<Date> {
    let text = text(property)?;
    find_date(&text).or_else(|| from_milliseconds(&text))
}

/// `0.85` or `85%`, from 0 to 1.
fn strength(property: &Property) -> Option<f32> {
    let text = text(property)?;
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let number: f32 = text[..end].parse().ok()?;
    let value = if text[end..].trim_start().starts_with('%') { number / 100.0 } else { number };
    (0.0..=1.0).contains(&value).then_some(value)
}
