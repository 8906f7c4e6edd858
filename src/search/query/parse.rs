//! Reading a query: from pieces to an expression, with mistakes explained at their place.

use super::field::{Field, field_term, named, unknown_field};
use super::lex::{self, Kind, PropertyValue, Token};
use super::mistake::{Mend, Mistake};
use super::value::amount;
use super::{Comparison, Expression, Query, QueryError, Regex, Term};
use crate::text::fold::fold;
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

fn regex(pattern: &str, span: ByteSpan) -> Result<Regex, Mistake> {
    regex::RegexBuilder::new(pattern)
        .case_insensitive(true)
        .build()
        .map(Regex)
        .map_err(|error| Mistake::new(span, bad_pattern(pattern, &error)))
}

/// What is wrong with a pattern, in one line: the last of the lines in which `regex` draws it.
pub(in crate::search) fn bad_pattern(pattern: &str, error: &regex::Error) -> String {
    format!("/{pattern}/ is {}", no_pattern(error))
}

/// As [`bad_pattern`], where the pattern itself stands beside it.
pub(in crate::search) fn no_pattern(error: &regex::Error) -> String {
    let drawn = error.to_string();
    let reason = drawn.lines().last().unwrap_or_default();
    format!("no pattern: {}", reason.strip_prefix("error: ").unwrap_or(reason))
}
