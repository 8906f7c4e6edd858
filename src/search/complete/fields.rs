//! What can be completed without knowing any page: the fields, the bounds of those that have an order, and
//! the places of a search in texts.

use super::super::query::Field;
use super::{Completion, Note};

pub(super) fn fields(typed: &str) -> Vec<Completion> {
    let typed = typed.to_ascii_lowercase();
    let matching = Field::ALL.iter().filter(|(name, _)| name.starts_with(&typed));
    matching
        .map(|(name, field)| {
            let term = format!("{name}{}", if field.is_ordered() { "" } else { ":" });
            Completion {
                shown: term.clone(),
                term,
                note: Note::Means(means(*field)),
                goes_on: true,
            }
        })
        .collect()
}

/// What the fields ask for, in a word or two, in the order of [`Field::ALL`].
fn means(field: Field) -> &'static str {
    match field {
        Field::Tag => "carries it",
        Field::Kind => "people, topics ...",
        Field::Path => "in the path",
        Field::Title => "in the title",
        Field::Text => "in the text",
        Field::Link => "links to it",
        Field::By => "linked from it",
        Field::Near => "either way",
        Field::Is => "orphan, missing ...",
        Field::Strength => "<0.5, >0.8 ...",
        Field::Created | Field::Updated | Field::Date => "<30d, >2024-05 ...",
    }
}

pub(super) const STRENGTHS: &[(&str, &str)] =
    &[("<0.5", "weaker"), (">0.5", "stronger"), ("<0.3", "weak"), (">0.8", "strong")];
pub(super) const AGES: &[(&str, &str)] = &[
    ("<1d", "today"),
    ("<7d", "within a week"),
    ("<30d", "within a month"),
    ("<1y", "within a year"),
    (">30d", "over a month ago"),
    (">1y", "over a year ago"),
];

/// Bounds that are often asked for.
pub(super) fn given(
    name: &str,
    sign: &str,
    part: &str,
    bounds: &'static [(&'static str, &'static str)],
) -> Vec<Completion> {
    let typed = if sign == ":" { part.to_owned() } else { format!("{sign}{part}") };
    let fits = |bound: &str| {
        if sign == ":" { bound[1..].starts_with(part) } else { bound.starts_with(&typed) }
    };
    let bounds = bounds.iter().filter(|(bound, _)| fits(bound));
    bounds
        .map(|(bound, means)| Completion {
            term: format!("{name}{bound}"),
            shown: format!("{name}{bound}"),
            note: Note::Means(means),
            goes_on: false,
        })
        .collect()
}

/// The parts of a page in which a search in texts can look (`search::fulltext`), of those that start with what
/// is typed.
#[must_use]
pub fn places(typed: &str) -> Vec<Completion> {
    let all = [("line:(", "all on one line"), ("section:(", "all in one section")];
    let matching = all.into_iter().filter(|(term, _)| term.starts_with(typed) && *term != typed);
    let completion = |(term, means): (&str, &'static str)| Completion {
        term: term.to_owned(),
        shown: format!("{term}...)"),
        note: Note::Means(means),
        goes_on: true,
    };
    matching.map(completion).collect()
}
