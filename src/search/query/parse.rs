//! Reading a query: from pieces to an expression, with mistakes explained at their place.

use super::lex::{self, Kind, PropertyValue, Token};
use super::{Amount, Comparison, DateBound, DateField, Expression, Query, QueryError, Regex, Term};
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

/// What is wrong with a query, or not finished, and how it can be put right.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mistake {
    error: QueryError,
    /// The one thing that was meant, where there is one.
    mend: Option<Mend>,
    /// Whether something is begun that goes on to the end of the text.
    is_open: bool,
}

/// A change of a query's text: what stands at a place becomes something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mend {
    span: ByteSpan,
    with: String,
}

impl Mend {
    pub(super) fn new(span: ByteSpan, with: impl Into<String>) -> Self {
        Self { span, with: with.into() }
    }
}

impl Mistake {
    pub(super) fn new(span: ByteSpan, message: impl Into<String>) -> Self {
        let error = QueryError { message: message.into(), span };
        Self { error, mend: None, is_open: false }
    }

    pub(super) fn mended(self, mend: impl Into<Option<Mend>>) -> Self {
        Self { mend: mend.into(), ..self }
    }

    pub(super) fn open(self) -> Self {
        Self { is_open: true, ..self }
    }
}

/// A query as it was read.
struct Reading {
    alternatives: Vec<Vec<Conjunct>>,
    /// What is not finished, in the order of the text.
    unfinished: Vec<Mistake>,
}

fn read(text: &str) -> Result<Reading, Mistake> {
    let (tokens, unfinished) = lex::tokens(text);
    let mut parser = Parser { tokens: tokens.into_iter().peekable(), unfinished, end: text.len() };
    let alternatives = parser.everything()?;
    let mut unfinished = parser.unfinished;
    unfinished.sort_by_key(|mistake| mistake.error.span.start);
    Ok(Reading { alternatives, unfinished })
}

/// The query, all of which must be there.
pub(super) fn query(text: &str) -> Result<Query, QueryError> {
    let (query, unfinished) = typed(text)?;
    unfinished.map_or(Ok(query), Err)
}

/// The query as far as it was typed, and what is not finished.
pub(super) fn typed(text: &str) -> Result<(Query, Option<QueryError>), QueryError> {
    let Reading { alternatives, unfinished } = read(text).map_err(|mistake| mistake.error)?;
    let first = unfinished.into_iter().next().map(|mistake| mistake.error);
    Ok((Query { expression: any(alternatives) }, first))
}

/// The text with its first mistake put right, or with what is begun ended, and the place up to which it
/// was changed; `None` where nothing, or more than one thing, can have been meant.
pub(super) fn mended(text: &str) -> Option<(String, usize)> {
    let Mend { span, with } = match read(text) {
        Err(mistake) => mistake.mend?,
        Ok(reading) => reading.unfinished.into_iter().next()?.mend?,
    };
    let range = span.range();
    let cursor = range.start + with.len();
    Some((format!("{}{with}{}", text.get(..range.start)?, text.get(range.end..)?), cursor))
}

/// The parts of the outermost AND. A query whose outermost operator is OR is one part. A text that does
/// not end what it begins has none that could be edited.
pub(in crate::search) fn conjuncts(text: &str) -> Result<Vec<Conjunct>, QueryError> {
    let reading = read(text).map_err(|mistake| mistake.error)?;
    match reading.unfinished.iter().find(|mistake| mistake.is_open) {
        Some(mistake) => Err(mistake.error.clone()),
        None => Ok(parts(text, reading.alternatives)),
    }
}

/// As [`conjuncts`], of a text that is being typed.
pub(in crate::search) fn typed_conjuncts(text: &str) -> Result<Vec<Conjunct>, QueryError> {
    let reading = read(text).map_err(|mistake| mistake.error)?;
    Ok(parts(text, reading.alternatives))
}

fn parts(text: &str, mut alternatives: Vec<Vec<Conjunct>>) -> Vec<Conjunct> {
    if alternatives.len() < 2 {
        return alternatives.pop().unwrap_or_default();
    }
    let whole = ByteSpan::new(text.len() - text.trim_start().len()..text.trim_end().len());
    let part = any(alternatives).map(|expression| Conjunct { expression, span: whole });
    part.into_iter().collect()
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
    unfinished: Vec<Mistake>,
    /// Length of the text in bytes.
    end: usize,
}

impl Parser {
    fn everything(&mut self) -> Result<Vec<Vec<Conjunct>>, Mistake> {
        let found = self.alternatives(0)?;
        match self.tokens.next() {
            Some(token) => {
                let message = "this \")\" closes nothing: remove it or add a \"(\" before";
                Err(Mistake::new(token.span, message).mended(Mend::new(token.span, "")))
            }
            None => Ok(found),
        }
    }

    /// Alternatives up to the closing parenthesis or the end; empty ones are left out.
    fn alternatives(&mut self, depth: usize) -> Result<Vec<Vec<Conjunct>>, Mistake> {
        let mut found = vec![Vec::new()];
        // The first OR that nothing stands at one side of; the OR that nothing stands behind so far.
        let (mut lone, mut last) = (None, None);
        let mut is_begun = false;
        while let Some(token) = self.tokens.next_if(|token| token.kind != Kind::Close) {
            if token.kind == Kind::Or {
                lone = lone.or(Some(token.span).filter(|_| !is_begun));
                (is_begun, last) = (false, Some(token.span));
                found.push(Vec::new());
                continue;
            }
            (is_begun, last) = (true, None);
            if let Some(part) = self.part(token, depth)?
                && let Some(parts) = found.last_mut()
            {
                parts.push(part);
            }
        }
        if let Some(span) = lone.or(last) {
            let message = "this OR has nothing at one side: add a term or remove it";
            self.unfinished.push(Mistake::new(span, message).mended(Mend::new(span, "")));
        }
        found.retain(|parts| !parts.is_empty());
        Ok(found)
    }

    /// The part that starts with `token`; none if it is unfinished.
    fn part(&mut self, token: Token, depth: usize) -> Result<Option<Conjunct>, Mistake> {
        let Token { kind, span } = token;
        match kind {
            Kind::Open | Kind::Not if depth == MAX_DEPTH => {
                Err(Mistake::new(span, format!("the query nests more than {MAX_DEPTH} deep")))
            }
            Kind::Open => {
                let unfinished = self.unfinished.len();
                let inside = self.alternatives(depth + 1)?;
                let close = self.tokens.next();
                let last =
                    close.as_ref().map_or_else(|| ByteSpan::new(self.end..self.end), |c| c.span);
                let whole = around(span, last);
                if close.is_none() {
                    let mistake = Mistake::new(span, "this \"(\" is not closed: add a \")\"");
                    self.unfinished.push(mistake.mended(Mend::new(last, ")")).open());
                } else if inside.is_empty() && self.unfinished.len() == unfinished {
                    let message = "there is nothing in these parentheses: write a term in them";
                    self.unfinished.push(Mistake::new(whole, message).mended(Mend::new(whole, "")));
                }
                Ok(any(inside).map(|expression| Conjunct { expression, span: whole }))
            }
            Kind::Not => {
                let Some(next) =
                    self.tokens.next_if(|token| !matches!(token.kind, Kind::Close | Kind::Or))
                else {
                    self.unfinished
                        .push(Mistake::new(span, "a term must follow: what is not wanted?"));
                    return Ok(None);
                };
                Ok(self.part(next, depth + 1)?.map(|part| Conjunct {
                    expression: Expression::Not(Box::new(part.expression)),
                    span: around(span, part.span),
                }))
            }
            kind => {
                let name =
                    if let Kind::Field { name, .. } = &kind { Some(name.clone()) } else { None };
                let term = term(kind, span)?;
                if let (None, Some(name)) = (&term, name) {
                    let message = format!("{name} has no value yet: {}", Field::example_of(&name));
                    self.unfinished.push(Mistake::new(span, message));
                }
                Ok(term.map(|term| Conjunct { expression: Expression::Term(term, span), span }))
            }
        }
    }
}

fn around(first: ByteSpan, last: ByteSpan) -> ByteSpan {
    ByteSpan { start: first.start, end: last.end }
}

/// The condition that a piece states; none while its value is not typed yet.
fn term(kind: Kind, span: ByteSpan) -> Result<Option<Term>, Mistake> {
    Ok(match kind {
        Kind::Word(word) => named(&word, Term::Word),
        Kind::Tag(tag) => named(&tag, Term::Tag),
        Kind::Pattern(pattern) => Some(Term::Regex(regex(&pattern, span)?)),
        Kind::Property { name, value } => Some(match value {
            None => Term::Property(fold(&name), None),
            Some(PropertyValue { comparison: None, text, .. }) => {
                Term::Property(fold(&name), Some(fold(&text)))
            }
            Some(PropertyValue { comparison: Some(comparison), text, span }) => {
                Term::PropertyCompared(fold(&name), comparison, amount(comparison, &text, span)?)
            }
        }),
        Kind::Field { name, comparison, value, value_span } => {
            let Some(field) = Field::named(&name) else {
                return Err(unknown_field(&name, &value, comparison, span));
            };
            if comparison != Comparison::Equal && !field.is_ordered() {
                let message = format!("{name} has no order: write {name}:{value}");
                let start = span.start + u32::try_from(name.len()).unwrap_or(0);
                let sign = ByteSpan { start, end: value_span.start };
                return Err(Mistake::new(span, message).mended(Mend::new(sign, ":")));
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

fn regex(pattern: &str, span: ByteSpan) -> Result<Regex, Mistake> {
    regex::RegexBuilder::new(pattern)
        .case_insensitive(true)
        .build()
        .map(Regex)
        .map_err(|error| Mistake::new(span, bad_pattern(pattern, &error)))
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

    /// How a term of the field of that name is written.
    fn example_of(name: &str) -> String {
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

fn field_term(
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

fn state(value: &str, span: ByteSpan) -> Result<Term, Mistake> {
    let wanted = value.to_lowercase();
    if let Some((_, term)) = STATES.iter().find(|(name, _)| *name == wanted) {
        return Ok(term.clone());
    }
    let meant = nearest(&wanted, STATES.iter().map(|(name, _)| *name));
    let message = match meant {
        Some(name) => format!("unknown state \"is:{value}\" (did you mean \"is:{name}\"?)"),
        None => {
            format!("unknown state \"is:{value}\" (there are is:orphan, is:missing, is:ambiguous)")
        }
    };
    Err(Mistake::new(span, message).mended(meant.map(|name| Mend::new(span, name))))
}

fn strength(value: &str, span: ByteSpan) -> Result<f32, Mistake> {
    let number = value.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| {
        // Hundredths are the one other way in which people say it.
        let hundredths = value.trim_end_matches('%').parse::<u8>().ok();
        let hundredths = hundredths.filter(|n| *n <= 100 && (*n >= 10 || value.ends_with('%')));
        let meant = hundredths.map(|n| (f32::from(n) / 100.0).to_string());
        let such_as = meant.as_deref().unwrap_or("0.6");
        let message =
            format!("\"{value}\" is no strength: write a number from 0 to 1, such as {such_as}");
        Mistake::new(span, message).mended(meant.map(|meant| Mend::new(span, meant)))
    })
}

/// What a property is compared with: a number, a date, or, where it need only be the same, any text.
fn amount(comparison: Comparison, value: &str, span: ByteSpan) -> Result<Amount, Mistake> {
    let number = value.parse().ok().filter(|number: &f64| number.is_finite());
    let date = age(value)
        .map(DateBound::AgeDays)
        .or_else(|| period(value).map(|(first, last)| DateBound::Period { first, last }));
    if number.is_none() && date.is_none() && comparison != Comparison::Equal {
        let message = format!(
            "\"{value}\" has no order: compare with a number or a date, or write : for the text"
        );
        return Err(Mistake::new(span, message));
    }
    Ok(Amount { text: fold(value), number, date })
}

fn date_bound(
    comparison: Comparison,
    value: &str,
    span: ByteSpan,
) -> Result<(Comparison, DateBound), Mistake> {
    if let Some(days) = age(value) {
        // The very day is hardly ever meant by `updated:7d`.
        let within =
            if comparison == Comparison::Equal { Comparison::LessOrEqual } else { comparison };
        return Ok((within, DateBound::AgeDays(days)));
    }
    match period(value) {
        Some((first, last)) => Ok((comparison, DateBound::Period { first, last })),
        None => Err(no_date(value, span)),
    }
}

fn no_date(value: &str, span: ByteSpan) -> Mistake {
    let meant = meant_date(value);
    let message = match &meant {
        Some(meant) => format!("\"{value}\" is no date (did you mean \"{meant}\"?)"),
        None => format!(
            "\"{value}\" is no date: write 2024-01-31, 2024-01, 2024, or an age such as 30d, 6w, 3m, 1y"
        ),
    };
    Mistake::new(span, message).mended(meant.map(|meant| Mend::new(span, meant)))
}

/// The date that was meant: one without its zeros (`2024-1-5`) or with other signs between (`2024/01/05`),
/// an age without its unit (`30`).
fn meant_date(value: &str) -> Option<String> {
    if value.len() <= 3 && value.parse::<u16>().is_ok() {
        return Some(format!("{value}d"));
    }
    let parts: Vec<u16> =
        value.split(['-', '/', '.']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let meant = match parts.as_slice() {
        [year, month] => format!("{year:04}-{month:02}"),
        [year, month, day] if *year > 31 => format!("{year:04}-{month:02}-{day:02}"),
        [day, month, year] if value.contains('.') => format!("{year:04}-{month:02}-{day:02}"),
        _ => return None,
    };
    period(&meant).map(|_| meant)
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

fn unknown_field(name: &str, value: &str, comparison: Comparison, span: ByteSpan) -> Mistake {
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
