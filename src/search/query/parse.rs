//! Reading a query: from pieces to an expression, with mistakes explained at their place.

use super::lex::{self, Kind, Token};
use super::{Comparison, DateBound, DateField, Expression, Query, QueryError, Regex, Term};
use crate::text::date::Date;
use crate::text::fold::fold;
use crate::text::near::nearest;
use crate::text::span::ByteSpan;

/// Parentheses and NOTs may nest this deep: far beyond what a person writes, and shallow enough for
/// everything that walks an expression to use the stack.
const MAX_DEPTH: usize = 50;

/// A part of a query's outermost AND, and where it stands, parentheses included.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::search) struct Conjunct {
    pub(in crate::search) expression: Expression,
    pub(in crate::search) span: ByteSpan,
}

pub(super) fn query(text: &str) -> Result<Query, QueryError> {
    Ok(Query { expression: any(Parser::new(text).everything()?) })
}

/// The parts of the outermost AND. A query whose outermost operator is OR is one part.
pub(in crate::search) fn conjuncts(text: &str) -> Result<Vec<Conjunct>, QueryError> {
    let mut alternatives = Parser::new(text).everything()?;
    if alternatives.len() < 2 {
        return Ok(alternatives.pop().unwrap_or_default());
    }
    let whole = ByteSpan::new(text.len() - text.trim_start().len()..text.trim_end().len());
    Ok(any(alternatives)
        .map(|expression| Conjunct { expression, span: whole })
        .into_iter()
        .collect())
}

/// One of several: alternatives, each of parts that must all hold.
fn any(alternatives: Vec<Vec<Conjunct>>) -> Option<Expression> {
    let mut alternatives: Vec<_> = alternatives.into_iter().filter_map(all).collect();
    if alternatives.len() < 2 { alternatives.pop() } else { Some(Expression::Or(alternatives)) }
}

fn all(mut parts: Vec<Conjunct>) -> Option<Expression> {
    if parts.len() < 2 {
        return parts.pop().map(|part| part.expression);
    }
    Some(Expression::And(parts.into_iter().map(|part| part.expression).collect()))
}

struct Parser {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
}

impl Parser {
    fn new(text: &str) -> Self {
        Self { tokens: lex::tokens(text).into_iter().peekable() }
    }

    fn everything(mut self) -> Result<Vec<Vec<Conjunct>>, QueryError> {
        let found = self.alternatives(0)?;
        match self.tokens.next() {
            Some(token) => Err(mistake(
                token.span,
                "this \")\" closes nothing: remove it or add a \"(\" before",
            )),
            None => Ok(found),
        }
    }

    /// Alternatives up to the closing parenthesis or the end; empty ones are left out.
    fn alternatives(&mut self, depth: usize) -> Result<Vec<Vec<Conjunct>>, QueryError> {
        let mut found = vec![Vec::new()];
        while let Some(token) = self.tokens.next_if(|token| token.kind != Kind::Close) {
            if token.kind == Kind::Or {
                found.push(Vec::new());
            } else if let Some(part) = self.part(token, depth)?
                && let Some(parts) = found.last_mut()
            {
                parts.push(part);
            }
        }
        found.retain(|parts| !parts.is_empty());
        Ok(found)
    }

    /// The part that starts with `token`; none if it is unfinished.
    fn part(&mut self, token: Token, depth: usize) -> Result<Option<Conjunct>, QueryError> {
        let Token { kind, span } = token;
        match kind {
            Kind::Open | Kind::Not if depth == MAX_DEPTH => {
                Err(mistake(span, format!("the query nests more than {MAX_DEPTH} deep")))
            }
            Kind::Open => {
                let inside = self.alternatives(depth + 1)?;
                let Some(close) = self.tokens.next() else {
                    return Err(mistake(span, "this \"(\" is not closed: add a \")\""));
                };
                Ok(any(inside)
                    .map(|expression| Conjunct { expression, span: around(span, close.span) }))
            }
            Kind::Not => {
                let Some(next) =
                    self.tokens.next_if(|token| !matches!(token.kind, Kind::Close | Kind::Or))
                else {
                    return Ok(None);
                };
                Ok(self.part(next, depth + 1)?.map(|part| Conjunct {
                    expression: Expression::Not(Box::new(part.expression)),
                    span: around(span, part.span),
                }))
            }
            kind => Ok(term(kind, span)?
                .map(|term| Conjunct { expression: Expression::Term(term, span), span })),
        }
    }
}

fn around(first: ByteSpan, last: ByteSpan) -> ByteSpan {
    ByteSpan { start: first.start, end: last.end }
}

fn mistake(span: ByteSpan, message: impl Into<String>) -> QueryError {
    QueryError { message: message.into(), span }
}

/// The condition that a piece states; none while its value is not typed yet.
fn term(kind: Kind, span: ByteSpan) -> Result<Option<Term>, QueryError> {
    Ok(match kind {
        Kind::Word(word) => named(&word, Term::Word),
        Kind::Tag(tag) => named(&tag, Term::Tag),
        Kind::Pattern(pattern) => Some(Term::Regex(regex(&pattern, span)?)),
        Kind::Property { name, value } => {
            Some(Term::Property(fold(&name), value.map(|value| fold(&value))))
        }
        Kind::Field { name, comparison, value, value_span } => {
            let Some(field) = Field::named(&name) else { return Err(unknown_field(&name, span)) };
            if comparison != Comparison::Equal && !field.is_ordered() {
                let message = format!("{name} has no order: write {name}:{value}");
                return Err(mistake(span, message));
            }
            field_term(field, comparison, value.trim(), value_span)?
        }
        Kind::Open | Kind::Close | Kind::Or | Kind::Not => None,
    })
}

/// A term of a folded text, unless there is nothing in it.
fn named(text: &str, term: fn(String) -> Term) -> Option<Term> {
    let text = text.trim();
    (!text.is_empty()).then(|| term(fold(text)))
}

fn regex(pattern: &str, span: ByteSpan) -> Result<Regex, QueryError> {
    regex::RegexBuilder::new(pattern)
        .case_insensitive(true)
        .build()
        .map(Regex)
        .map_err(|error| mistake(span, bad_pattern(pattern, &error)))
}

/// What is wrong with a pattern, in one line: the last of the lines in which `regex` draws it.
pub(in crate::search) fn bad_pattern(pattern: &str, error: &regex::Error) -> String {
    let drawn = error.to_string();
    let reason = drawn.lines().last().unwrap_or_default();
    format!("/{pattern}/ is no pattern: {}", reason.strip_prefix("error: ").unwrap_or(reason))
}

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

    /// Whether `<` and `>` mean something.
    pub(in crate::search) fn is_ordered(self) -> bool {
        matches!(self, Self::Strength | Self::Created | Self::Updated | Self::Date)
    }
}

/// What `is:` can ask, by name.
pub(in crate::search) const STATES: &[(&str, Term)] =
    &[("orphan", Term::Orphan), ("missing", Term::Missing), ("ambiguous", Term::Ambiguous)];

fn field_term(
    field: Field,
    comparison: Comparison,
    value: &str,
    span: ByteSpan,
) -> Result<Option<Term>, QueryError> {
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

fn state(value: &str, span: ByteSpan) -> Result<Term, QueryError> {
    let wanted = value.to_lowercase();
    if let Some((_, term)) = STATES.iter().find(|(name, _)| *name == wanted) {
        return Ok(term.clone());
    }
    let meant = nearest(&wanted, STATES.iter().map(|(name, _)| *name));
    Err(mistake(
        span,
        match meant {
            Some(name) => format!("unknown state \"is:{value}\" (did you mean \"is:{name}\"?)"),
            None => format!(
                "unknown state \"is:{value}\" (there are is:orphan, is:missing, is:ambiguous)"
            ),
        },
    ))
}

fn strength(value: &str, span: ByteSpan) -> Result<f32, QueryError> {
    let number = value.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| {
        mistake(
            span,
            format!("\"{value}\" is no strength: write a number from 0 to 1, such as 0.6"),
        )
    })
}

fn date_bound(
    comparison: Comparison,
    value: &str,
    span: ByteSpan,
) -> Result<(Comparison, DateBound), QueryError> {
    if let Some(days) = age(value) {
        // The very day is hardly ever meant by `updated:7d`.
        let within =
            if comparison == Comparison::Equal { Comparison::LessOrEqual } else { comparison };
        return Ok((within, DateBound::AgeDays(days)));
    }
    match period(value) {
        Some((first, last)) => Ok((comparison, DateBound::Period { first, last })),
        None => Err(mistake(
            span,
            format!(
                "\"{value}\" is no date: write 2024-01-31, 2024-01, 2024, or an age such as 30d, 6w, 3m, 1y"
            ),
        )),
    }
}

/// `30d`, `6w`, `3m`, `1y` in days.
fn age(value: &str) -> Option<u32> {
    let unit = match value.as_bytes().last()?.to_ascii_lowercase() {
        b'd' => 1,
        b'w' => 7,
        b'm' => 30,
        b'y' => 365,
        _ => return None,
    };
    value[..value.len() - 1].parse::<u32>().ok()?.checked_mul(unit)
}

/// The first and the last day of `2024-01-31`, `2024-01` or `2024`.
fn period(value: &str) -> Option<(Date, Date)> {
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let mut parts = value.splitn(3, '-');
    let year = parts.next().filter(|year| digits(year, 4))?.parse().ok()?;
    let Some(month) = parts.next() else {
        return Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?));
    };
    let month = Some(month).filter(|month| digits(month, 2))?.parse().ok()?;
    let Some(day) = parts.next() else {
        let first = Date::new(year, month, 1).ok()?;
        return Some((first, first.last_of_month()));
    };
    let day = Date::new(year, month, Some(day).filter(|day| digits(day, 2))?.parse().ok()?).ok()?;
    Some((day, day))
}

fn unknown_field(name: &str, span: ByteSpan) -> QueryError {
    let span = ByteSpan {
        start: span.start,
        end: span.start + u32::try_from(name.len()).unwrap_or(0) + 1,
    };
    let known: Vec<_> = Field::ALL.iter().map(|(name, _)| *name).collect();
    let proposal = match nearest(name, known.iter().copied()) {
        Some(meant) => format!("did you mean \"{meant}:\"?"),
        None => format!("there are {}; put it in quotes to look for the words", known.join(", ")),
    };
    mistake(span, format!("unknown field \"{name}:\" ({proposal})"))
}
