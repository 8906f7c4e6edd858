//! The fields of the language: their names, and the term that a field makes of its value.

use super::mistake::{Mend, Mistake};
use super::value::{date_bound, state, strength};
use super::{Comparison, DateField, Term};
use crate::text::fold::fold;
use crate::text::near::nearest;
use crate::text::span::ByteSpan;

/// The fields of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) enum Field {
    Tag,
    Kind,
    Path,
    Title,
    Text,
    Link,
    By,
    Near,
    Is,
    Strength,
    Created,
    Updated,
    Date,
}

impl Field {
    /// Every field by the name that is shown and completed.
    pub(in crate::search) const ALL: &[(&str, Field)] = &[
        ("tag", Field::Tag),
        ("kind", Field::Kind),
        ("path", Field::Path),
        ("title", Field::Title),
        ("text", Field::Text),
        ("link", Field::Link),
        ("by", Field::By),
        ("near", Field::Near),
        ("is", Field::Is),
        ("strength", Field::Strength),
        ("created", Field::Created),
        ("updated", Field::Updated),
        ("date", Field::Date),
    ];

    /// Other names that people try, known from other programs.
    const ALSO: &[(&str, Field)] = &[
        ("tags", Field::Tag),
        ("type", Field::Kind),
        ("file", Field::Path),
        ("content", Field::Text),
        ("links", Field::Link),
        ("modified", Field::Updated),
    ];

    /// The field of that name in lower case.
    pub(in crate::search) fn named(name: &str) -> Option<Field> {
        Self::ALL
            .iter()
            .chain(Self::ALSO)
            .find(|(known, _)| *known == name)
            .map(|(_, field)| *field)
    }

    /// How a term of the field of that name is written.
    pub(super) fn example_of(name: &str) -> String {
        let value = match Self::named(name) {
            Some(Self::Strength) => return format!("write {name}<0.6"),
            Some(Self::Created | Self::Updated | Self::Date) => {
                return format!("write {name}>2024-01-31 or {name}<30d");
            }
            Some(Self::Kind) => "people",
            Some(Self::Is) => "orphan",
            Some(Self::Link | Self::By) => "page",
            _ => "x",
        };
        format!("write {name}:{value}")
    }

    /// Whether `<` and `>` mean something.
    pub(in crate::search) fn is_ordered(self) -> bool {
        matches!(self, Self::Strength | Self::Created | Self::Updated | Self::Date)
    }
}

/// What `is:` can ask, by name.
pub(in crate::search) const STATES: &[(&str, Term)] =
    &[("orphan", Term::Orphan), ("missing", Term::Missing), ("ambiguous", Term::Ambiguous)];

pub(super) fn field_term(
    field: Field,
    comparison: Comparison,
    value: &str,
    span: ByteSpan,
) -> Result<Option<Term>, Mistake> {
    if value.is_empty() {
        return Ok(None);
    }
    let date = |field| {
        date_bound(comparison, value, span)
            .map(|(comparison, bound)| Term::Date(field, comparison, bound))
    };
    Ok(match field {
        // `tag:#x` says it twice.
        Field::Tag => named(value.trim_start_matches('#'), Term::Tag),
        Field::Kind => named(value, Term::Kind),
        Field::Path => named(value, Term::Path),
        Field::Title => named(value, Term::Title),
        Field::Text => Some(Term::Text(value.to_owned())),
        Field::Link => Some(Term::LinksTo(value.to_owned())),
        Field::By => Some(Term::LinkedBy(value.to_owned())),
        Field::Near => Some(Term::Near(value.to_owned())),
        Field::Is => Some(state(value, span)?),
        Field::Strength => Some(Term::Strength(comparison, strength(value, span)?)),
        Field::Created => Some(date(DateField::Created)?),
        Field::Updated => Some(date(DateField::Updated)?),
        Field::Date => Some(date(DateField::Date)?),
    })
}

/// A term of a folded text, unless there is nothing in it.
pub(super) fn named(text: &str, term: fn(String) -> Term) -> Option<Term> {
    let text = text.trim();
    (!text.is_empty()).then(|| term(fold(text)))
}

pub(super) fn unknown_field(
    name: &str,
    value: &str,
    comparison: Comparison,
    span: ByteSpan,
) -> Mistake {
    let end = span.start + u32::try_from(name.len()).unwrap_or(0);
    let place = ByteSpan { start: span.start, end: end + 1 };
    let known: Vec<_> = Field::ALL.iter().map(|(name, _)| *name).collect();
    if let Some(meant) = nearest(name, known.iter().copied()) {
        let message = format!("unknown field \"{name}:\" (did you mean \"{meant}:\"?)");
        let name = ByteSpan { start: span.start, end };
        return Mistake::new(place, message).mended(Mend::new(name, meant));
    }
    let sign = match comparison {
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Equal => ":",
        Comparison::GreaterOrEqual => ">=",
        Comparison::Greater => ">",
    };
    let property = format!("[{name}{sign}{value}]");
    let message = format!(
        "unknown field \"{name}:\" (there are {}; a property is written {property}, words in quotes)",
        known.join(", ")
    );
    Mistake::new(place, message).mended(Mend::new(span, property))
}
