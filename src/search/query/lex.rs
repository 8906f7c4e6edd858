//! The pieces of a query's text: parentheses, operators and terms, each with its place. Knows which
//! characters end a piece, not what a field means. What is begun and not ended is read as if it were,
//! and told apart.

use crate::text::span::ByteSpan;

use super::mistake::{Mend, Mistake};
use super::{Comparison, Field};

/// A piece and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: ByteSpan,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Open,
    Close,
    /// `OR` or `|`.
    Or,
    /// `NOT`, or `-` right before a term.
    Not,
    /// A word or a `"phrase"`.
    Word(String),
    /// `#tag`.
    Tag(String),
    /// `/pattern/`.
    Pattern(String),
    /// `field:value`, `field<value`; the place of the value for what is said about it.
    Field {
        name: String,
        comparison: Comparison,
        value: String,
        value_span: ByteSpan,
    },
    /// `[name]`, `[name:value]`, `[name<value]`; the place of the value for what is said about it.
    Property {
        name: String,
        value: Option<PropertyValue>,
    },
}

/// What a property is compared with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PropertyValue {
    /// `None` for `:`, which asks whether the value holds the text.
    pub(super) comparison: Option<Comparison>,
    pub(super) text: String,
    pub(super) span: ByteSpan,
}

/// The pieces of `text`, and what in it is not finished. A lone `-` or `#` gives no piece.
pub(super) fn tokens(text: &str) -> (Vec<Token>, Vec<Mistake>) {
    let mut tokens = Vec::new();
    let mut unfinished = Vec::new();
    let mut at = 0;
    while let Some(skip) = text[at..].find(|c: char| !c.is_whitespace()) {
        at += skip;
        let rest = &text[at..];
        let (kind, bytes) = token(rest, at);
        let span = ByteSpan::new(at..at + bytes);
        unfinished.extend(unended(rest, &rest[..bytes], kind.as_ref(), span));
        if let Some(kind) = kind {
            tokens.push(Token { kind, span });
        }
        at += bytes;
    }
    (tokens, unfinished)
}

/// What is begun and not ended in a piece. Only the last one can be so: it takes in all that follows.
fn unended(rest: &str, piece: &str, kind: Option<&Kind>, span: ByteSpan) -> Option<Mistake> {
    let end = ByteSpan { start: span.end, end: span.end };
    let ends = |with: &str, message: &str, from: usize| {
        let start = span.start + u32::try_from(from).unwrap_or(0);
        let place = ByteSpan { start, end: start + 1 };
        Mistake::new(place, message).mended(Mend::new(end, with)).open()
    };
    if piece.starts_with('[') && !piece.starts_with("[[") {
        let closed = piece.ends_with(']') && property_end(piece).is_some();
        return (!closed).then(|| ends("]", "this \"[\" is not closed: add a \"]\"", 0));
    }
    if piece.starts_with("[[") {
        let closed = piece.ends_with("]]");
        return (!closed).then(|| ends("]]", "this \"[[\" is not closed: add \"]]\"", 0));
    }
    if piece.starts_with('/') && matches!(kind, Some(Kind::Pattern(_))) {
        return None;
    }
    let quote = piece.find('"')?;
    let closed = piece.len() > quote + 1 && piece.ends_with('"');
    (!closed && piece.len() == rest.len())
        .then(|| ends("\"", "this quote is not closed: add a \" at its end", quote))
}

/// The piece that `rest` starts with, and its length in bytes (at least one). `at` is its place.
fn token(rest: &str, at: usize) -> (Option<Kind>, usize) {
    match rest.as_bytes()[0] {
        b'(' => (Some(Kind::Open), 1),
        b')' => (Some(Kind::Close), 1),
        b'|' => (Some(Kind::Or), 1),
        b'-' => {
            let term = rest[1..].starts_with(|c: char| !c.is_whitespace() && c != ')' && c != '|');
            (term.then_some(Kind::Not), 1)
        }
        b'"' => {
            let (phrase, bytes) = quoted(rest);
            (Some(Kind::Word(phrase)).filter(|_| bytes > 2), bytes)
        }
        b'[' if rest.starts_with("[[") => link(rest),
        b'[' => property(rest, at),
        b'#' => {
            let end = 1 + bare_end(&rest[1..]);
            (Some(Kind::Tag(rest[1..end].to_owned())).filter(|_| end > 1), end)
        }
        b'/' => match pattern_end(rest) {
            Some(end) => {
                (Some(Kind::Pattern(rest[1..end].to_owned())).filter(|_| end > 1), end + 1)
            }
            None => word(rest, at),
        },
        _ => word(rest, at),
    }
}

/// A word, an operator written as one, or a field with its value.
fn word(rest: &str, at: usize) -> (Option<Kind>, usize) {
    if let Some(field) = field(rest, at) {
        return field;
    }
    let end = bare_end(rest).max(1);
    match &rest[..end] {
        "OR" => (Some(Kind::Or), end),
        "NOT" => (Some(Kind::Not), end),
        "AND" => (None, end),
        word => (Some(Kind::Word(word.to_owned())), end),
    }
}

fn field(rest: &str, at: usize) -> Option<(Option<Kind>, usize)> {
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, after) = rest.split_at(letters);
    // An address (`https://...`) is a word.
    if name.is_empty() || after.starts_with("://") {
        return None;
    }
    let (comparison, sign) = comparison(after)?;
    let start = letters + sign;
    let value = &rest[start..];
    let (value, bytes) = if value.starts_with('"') {
        quoted(value)
    } else {
        let end = bare_end(value);
        (value[..end].to_owned(), end)
    };
    let value_span = ByteSpan::new(at + start..at + start + bytes);
    let name = name.to_ascii_lowercase();
    // A title may hold a colon: in `Chapter: one` nothing follows it that a field could ask for.
    if bytes == 0 && &after[..sign] == ":" && Field::named(&name).is_none() {
        return None;
    }
    Some((Some(Kind::Field { name, comparison, value, value_span }), start + bytes))
}

/// The comparison that `text` starts with, and its length. `:>` and the like are taken as `>`.
fn comparison(text: &str) -> Option<(Comparison, usize)> {
    let signs = [
        ("<=", Comparison::LessOrEqual),
        (">=", Comparison::GreaterOrEqual),
        ("<", Comparison::Less),
        (">", Comparison::Greater),
        ("=", Comparison::Equal),
    ];
    let (colon, rest) = text.strip_prefix(':').map_or((0, text), |rest| (1, rest));
    let sign = signs.iter().find(|(sign, _)| rest.starts_with(sign));
    match sign {
        Some((sign, comparison)) => Some((*comparison, colon + sign.len())),
        None => (colon == 1).then_some((Comparison::Equal, 1)),
    }
}

/// A pasted `[[target#fragment|alias]]`: its target as a word.
fn link(rest: &str) -> (Option<Kind>, usize) {
    let end = rest.find("]]").unwrap_or(rest.len());
    let inside = &rest[2..end];
    let target = inside.split(['#', '|']).next().unwrap_or(inside).trim();
    (Some(Kind::Word(target.to_owned())), rest.len().min(end + 2))
}

/// `at` is the place of `rest`.
fn property(rest: &str, at: usize) -> (Option<Kind>, usize) {
    let (inside, bytes) = match property_end(rest) {
        Some(end) => (&rest[1..end], end + 1),
        None => (&rest[1..], rest.len()),
    };
    // A name in quotes may hold what else would end it.
    let quoted_name = inside.strip_prefix('"').and_then(|inside| inside.find('"'));
    let from = quoted_name.map_or(0, |end| end + 2);
    let sign = inside[from..].find([':', '<', '>', '=']).map(|sign| from + sign);
    let (name, value) = match sign {
        Some(sign) => {
            let is_order = !inside[sign..].starts_with(':');
            let (comparison, signs) = comparison(&inside[sign..]).unwrap_or((Comparison::Equal, 1));
            let is_order = is_order || signs > 1;
            let text = inside[sign + signs..].trim();
            let start = at + 1 + inside.len() - inside[sign + signs..].trim_start().len();
            let value = PropertyValue {
                comparison: is_order.then_some(comparison),
                text: text.trim_matches('"').to_owned(),
                span: ByteSpan::new(start..start + text.len()),
            };
            (&inside[..sign], Some(value).filter(|value| !value.text.is_empty()))
        }
        None => (inside, None),
    };
    let name = name.trim().trim_matches('"');
    let kind = Kind::Property { name: name.to_owned(), value };
    (Some(kind).filter(|_| !name.is_empty()), bytes)
}

/// Where the `]` stands that closes the `[` at the start of `text`: not within quotes, and not one of a
/// `[[link]]`.
fn property_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut quoted = false;
    let mut links = 0_usize;
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => quoted = !quoted,
            b'[' if !quoted && bytes.get(at + 1) == Some(&b'[') => {
                links += 1;
                at += 1;
            }
            b']' if !quoted && links > 0 && bytes.get(at + 1) == Some(&b']') => {
                links -= 1;
                at += 1;
            }
            b']' if !quoted => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Where a bare word ends: at white space, a parenthesis, `|` or `"`.
fn bare_end(text: &str) -> usize {
    text.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|' | '"'))
        .unwrap_or(text.len())
}

/// The text between quotes and its length with them; without a closing quote, all that follows.
fn quoted(text: &str) -> (String, usize) {
    let inside = &text[1..];
    match inside.find('"') {
        Some(end) => (inside[..end].to_owned(), end + 2),
        None => (inside.to_owned(), text.len()),
    }
}

/// Where the `/` stands that closes the pattern at the start of `text`: the first one before white
/// space, `)`, `|` or the end. A path such as `/topics/py` has none and is a word.
fn pattern_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'/' if text[at + 1..]
                .chars()
                .next()
                .is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '|')) =>
            {
                return Some(at);
            }
            _ => {}
        }
        at += 1;
    }
    None
}
