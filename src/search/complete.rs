//! Completing a query while it is typed: what the term before the cursor can become, the best first.
//!
//! A [`Vocabulary`] holds what the pages of one state of the index can be asked for, with how many have
//! it. It is made once a revision, away from the keys; completing looks through its names only.

mod fields;
mod vocabulary;

use std::cmp::Reverse;
use std::ops::Range;

use self::fields::{AGES, STRENGTHS, fields, given};
use self::vocabulary::Known;
use super::query::{Field, STATES};
use super::{floor_boundary, tagfilter};
use crate::text::fold::fold;

pub use fields::places;
pub use vocabulary::Vocabulary;

/// What a term can become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The whole term.
    pub term: String,
    /// What a list shows for it.
    pub shown: String,
    /// What there is to say about it.
    pub note: Note,
    /// Whether a value is to follow: it was not completed to its end.
    pub goes_on: bool,
}

/// What is said beside a completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// So many pages have it.
    Pages(u32),
    /// What it asks for.
    Means(&'static str),
}

/// The byte range of the term that the cursor stands in or behind: what a completion replaces. A leading
/// `-` or `(` stays. Quotes and brackets hold a term together; one that is not closed ends at the cursor.
#[must_use]
pub fn term_at(text: &str, cursor: usize) -> Range<usize> {
    let cursor = floor_boundary(text, cursor);
    let mut start = 0;
    let (mut quoted, mut bracketed) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            ']' => bracketed = false,
            _ if bracketed => {}
            '[' if at == start => bracketed = true,
            '-' if at == start && at < cursor => start = at + 1,
            _ if c.is_whitespace() || matches!(c, '(' | ')' | '|') => {
                if at >= cursor {
                    return start..at;
                }
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    let end = if quoted || bracketed { cursor } else { text.len() };
    start..end.max(start)
}

/// Whether the term before the cursor names what it asks for (`tag:x`, `#x`, `[x]`), rather than being a
/// word that may become a field.
#[must_use]
pub fn is_field_term(text: &str, cursor: usize) -> bool {
    let typed = typed_term(text, cursor);
    typed.starts_with(['#', '[']) || sign(typed).is_some_and(|(name, ..)| !name.is_empty())
}

fn typed_term(text: &str, cursor: usize) -> &str {
    let term = term_at(text, cursor);
    &text[term.start..floor_boundary(text, cursor).clamp(term.start, term.end)]
}

impl Vocabulary {
    /// At most `max` terms that what stands before the cursor can become, best first: what starts so before
    /// what has a word that starts so, and of these what most pages have. Each replaces [`term_at`]. None
    /// for a word that starts no field, and for a term that is complete.
    #[must_use]
    pub fn complete(&self, text: &str, cursor: usize, max: usize) -> Vec<Completion> {
        let term = term_at(text, cursor);
        let typed = typed_term(text, cursor);
        let mut found = self.candidates(typed, max);
        if found.len() == 1 && found[0].term == text[term] {
            found.clear();
        }
        found
    }

    /// Every field, for a place where nothing is typed yet.
    #[must_use]
    pub fn fields() -> Vec<Completion> {
        fields("")
    }

    fn candidates(&self, typed: &str, max: usize) -> Vec<Completion> {
        if typed.is_empty() || typed.starts_with("[[") {
            return Vec::new();
        }
        if let Some(part) = typed.strip_prefix('#') {
            return self.best(&self.tags, part, max, tagfilter::term);
        }
        if let Some(inside) = typed.strip_prefix('[') {
            return self.property(inside, max);
        }
        let Some((name, sign, part)) = sign(typed) else {
            let name = typed.to_ascii_lowercase();
            match Field::named(&name) {
                Some(Field::Strength) => return given(&name, ":", "", STRENGTHS),
                Some(field) if field.is_ordered() => return given(&name, ":", "", AGES),
                _ => {}
            }
            let mut found = fields(typed);
            found.extend(self.properties_called(typed, max).into_iter().take(3));
            return found;
        };
        let name = name.to_ascii_lowercase();
        let Some(field) = Field::named(&name) else { return Vec::new() };
        let part = part.trim_start_matches('"');
        let valued = |written: &str| format!("{name}:{}", quoted(written));
        match field {
            Field::Tag => {
                let part = part.trim_start_matches('#');
                self.best(&self.tags, part, max, tagfilter::term)
            }
            Field::Kind => self.best(&self.kinds, part, max, valued),
            Field::Path => self.best(&self.paths, part, max, valued),
            Field::Title => self.best(&self.titles, part, max, valued),
            Field::Link | Field::Near => self.best(&self.linked_to, part, max, valued),
            Field::By => {
                let linking = self.linked_to.iter().zip(&self.links_to);
                let linking = linking.map(|(known, &pages)| Known { pages, ..*known });
                self.best_of(linking, part, max, valued)
            }
            Field::Is => {
                let part = part.to_lowercase();
                let states = STATES.iter().zip(self.states);
                let states = states.filter(|((state, _), _)| state.starts_with(&part));
                states
                    .map(|((state, _), pages)| Completion {
                        term: format!("is:{state}"),
                        shown: (*state).to_owned(),
                        note: Note::Pages(pages),
                        goes_on: false,
                    })
                    .collect()
            }
            Field::Strength => given(&name, sign, part, STRENGTHS),
            Field::Created | Field::Updated | Field::Date => given(&name, sign, part, AGES),
            Field::Text => Vec::new(),
        }
    }

    /// What stands behind a `[`: the name of a property, or one of its values.
    fn property(&self, inside: &str, max: usize) -> Vec<Completion> {
        let at = inside.find([':', '=', '<', '>']);
        let Some(at) = at else {
            return self.properties_called(inside.trim_start_matches('"'), max);
        };
        let name = inside[..at].trim().trim_matches('"');
        let sign = &inside[at..];
        let signs = sign.len() - sign.trim_start_matches([':', '=', '<', '>']).len();
        let (sign, part) = sign.split_at(signs);
        let Some(values) = self.values.get(&fold(name)) else { return Vec::new() };
        let part = part.trim_start().trim_start_matches('"');
        let name = &inside[..at];
        self.best(values, part, max, |value| {
            if value.contains(['[', ']', '"']) {
                format!("[{name}{sign}\"{}\"]", value.replace('"', ""))
            } else {
                format!("[{name}{sign}{value}]")
            }
        })
    }

    fn properties_called(&self, part: &str, max: usize) -> Vec<Completion> {
        let mut found = self.best(&self.properties, part, max, |name| {
            if name.contains([':', '=', '<', '>', '[', ']']) {
                format!("[\"{}\":", name.replace('"', ""))
            } else {
                format!("[{name}:")
            }
        });
        for completion in &mut found {
            completion.shown = format!("[{}]", completion.shown);
            completion.goes_on = true;
        }
        found
    }

    fn best(
        &self,
        all: &[Known],
        part: &str,
        max: usize,
        term: impl Fn(&str) -> String,
    ) -> Vec<Completion> {
        self.best_of(all.iter().copied(), part, max, term)
    }

    /// The best of what is known for what is typed, each as the term that `term` makes of what a query calls it, once.
    fn best_of(
        &self,
        all: impl Iterator<Item = Known>,
        part: &str,
        max: usize,
        term: impl Fn(&str) -> String,
    ) -> Vec<Completion> {
        let part = fold(part);
        let text = |number: u32| self.texts.get(number);
        let fitting = all.filter_map(|known| Some((fit(text(known.folded), &part)?, known)));
        // Of the names of a page its title is the one that people know.
        let is_file_name = |known: &Known| text(known.written) == text(known.shown);
        let rank = |&(fit, known): &(u8, Known)| (fit, Reverse(known.pages), is_file_name(&known));
        let mut found: Vec<(u8, Known)> = fitting.collect();
        let order = |a: &(u8, Known), b: &(u8, Known)| {
            rank(a).cmp(&rank(b)).then_with(|| text(a.1.folded).cmp(text(b.1.folded)))
        };
        // A page may fit by several names.
        let most = max.saturating_mul(4);
        if found.len() > most {
            found.select_nth_unstable_by(most, order);
            found.truncate(most);
        }
        found.sort_unstable_by(order);
        let mut completions: Vec<Completion> = Vec::new();
        for (_, known) in found {
            let term = term(text(known.written));
            if completions.len() < max && completions.iter().all(|other| other.term != term) {
                completions.push(Completion {
                    term,
                    shown: text(known.shown).to_owned(),
                    note: Note::Pages(known.pages),
                    goes_on: false,
                });
            }
        }
        completions
    }
}

/// A term taken apart at the sign of its field: name, sign, value.
fn sign(typed: &str) -> Option<(&str, &str, &str)> {
    let letters = typed.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = typed.split_at(letters);
    let signs = rest.len() - rest.trim_start_matches([':', '<', '>', '=']).len();
    let (sign, value) = rest.split_at(signs);
    (!sign.is_empty() && !value.starts_with("//")).then_some((name, sign, value))
}

/// How well a name fits what is typed; the least is best.
fn fit(folded: &str, part: &str) -> Option<u8> {
    if folded.starts_with(part) {
        return Some(0);
    }
    let mut from = 0;
    while let Some(at) = folded[from..].find(part) {
        let before = folded[..from + at].chars().next_back();
        if before.is_some_and(|c| !c.is_alphanumeric()) {
            return Some(1);
        }
        from += at + part.chars().next().map_or(1, char::len_utf8);
    }
    None
}

/// A value as it is typed: in quotes where it needs them. A quote cannot be written within quotes.
fn quoted(value: &str) -> String {
    let special = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|' | '"');
    let signs = value.starts_with([':', '<', '>', '=']);
    if signs || value.contains(special) {
        format!("\"{}\"", value.replace('"', ""))
    } else {
        value.to_owned()
    }
}

#[cfg(test)]
mod tests;
