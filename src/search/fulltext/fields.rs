//! Which pieces of a search are conditions of the query language (`tag:x`, `-path:y`, `updated<30d`, `#x`,
//! `[status:done]`), and which are looked for in the text. Knows what a condition looks like, not what
//! it means.

use super::pieces;
use crate::search::query::{Field, Query, QueryError};
use crate::text::span::ByteSpan;

/// A piece that is looked for in the text, and its place in what was typed.
type Piece = (String, ByteSpan);

/// The conditions as a query, and the other pieces. `text:"x"` asks for nothing but `"x"`.
///
/// # Errors
/// A condition that the query language does not know, at its place.
pub(super) fn parted(text: &str) -> Result<(Query, Vec<Piece>), QueryError> {
    let (query, _, rest) = read(text)?;
    Ok((query, rest))
}

/// As [`parted`], with the first condition that is not finished.
pub(super) fn read(text: &str) -> Result<(Query, Option<QueryError>, Vec<Piece>), QueryError> {
    // Blanks in the place of everything else, so that a mistake has its place in the whole.
    let mut conditions = " ".repeat(text.len());
    let mut rest = Vec::new();
    for (piece, span) in pieces(text) {
        let (sign, term) = match piece.strip_prefix('-') {
            Some(term) => ("-", term),
            None => ("", piece),
        };
        if let Some(words) = term.strip_prefix("text:") {
            rest.push((format!("{sign}{words}"), span));
        } else if is_condition(term) {
            conditions.replace_range(span.range(), piece);
        } else {
            rest.push((piece.to_owned(), span));
        }
    }
    // What is not finished asks for nothing yet.
    let (query, unfinished) = Query::typed(&conditions)?;
    Ok((query, unfinished, rest))
}

/// The length of the condition that `text` begins with, where it may hold blanks: `path:"a b"`, `[a: b]`.
pub(super) fn length(text: &str) -> Option<usize> {
    if text.starts_with('[') {
        let end = text.find(']')? + 1;
        return is_condition(&text[..end]).then_some(end);
    }
    let (_, value) = field(text)?;
    let quoted = text[value..].strip_prefix('"')?;
    Some(quoted.find('"').map_or(text.len(), |end| value + 1 + end + 1))
}

fn is_condition(term: &str) -> bool {
    if let Some(tag) = term.strip_prefix('#') {
        // `##` and a lone `#` are marks of headings, and no tag is all digits.
        let is_name = tag.contains(|c: char| c.is_alphabetic() || c == '_');
        return is_name && tag.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    }
    if let Some(property) = term.strip_prefix('[') {
        return property.ends_with(']') && property.contains(':') && !property.starts_with('[');
    }
    field(term).is_some()
}

/// The field that `text` begins with and where its value starts. Small letters only: `Date:` is a word of
/// the text.
fn field(text: &str) -> Option<(Field, usize)> {
    let letters = text.bytes().take_while(u8::is_ascii_lowercase).count();
    let sign = text[letters..].bytes().take_while(|byte| b":<>=".contains(byte)).count();
    let field = Field::named(&text[..letters]).filter(|_| sign > 0)?;
    Some((field, letters + sign))
}
