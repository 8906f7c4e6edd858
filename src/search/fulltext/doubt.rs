//! What a person may have meant by a search, beside what it says: what is begun and not ended, and words that
//! mean more in the query language than here. While it is typed neither is a mistake; of a search that is
//! whole the first one is, and the others explain why nothing was found.

use super::{fields, pieces, scope};
use crate::search::query::{Query, QueryError};
use crate::text::span::ByteSpan;

/// The first thing that `text` begins and does not end: a quote, a group, a condition without its value.
#[must_use]
pub fn unfinished(text: &str) -> Option<QueryError> {
    let condition = fields::read(text).ok()?.1;
    let pieces = pieces(text).into_iter();
    let open = pieces.filter_map(|(piece, span)| {
        let message = if is_open_quote(piece) {
            "this quote is not closed: add a \" at its end"
        } else if scope::begins(piece) && scope::length(piece).is_none() {
            "this \"(\" is not closed: add a \")\""
        } else {
            return None;
        };
        Some(QueryError { message: message.to_owned(), span })
    });
    open.chain(condition).min_by_key(|mistake| mistake.span.start)
}

fn is_open_quote(piece: &str) -> bool {
    let quoted = piece.strip_prefix('-').unwrap_or(piece).strip_prefix('"');
    quoted.is_some_and(|rest| !rest.ends_with('"'))
}

/// The first word that was looked for as it stands, and looks as if more had been meant by it.
#[must_use]
pub fn doubtful(text: &str) -> Option<QueryError> {
    let pieces = pieces(text);
    let (nth, message) =
        pieces.iter().enumerate().find_map(|(nth, (piece, _))| {
            let bare = piece.strip_prefix('-').unwrap_or(piece);
            let message = match *piece {
            "OR" | "|" => format!(
                "search has no OR, and looked for {piece:?} itself: all words must be on the page; \
                 /one|other/ finds either"
            ),
            "AND" | "NOT" => format!(
                "search has no {piece}, and looked for the word itself: all words must be on the \
                 page, and -word is one that must not"
            ),
            "-" => "this - stands alone, and was looked for itself: write what is not wanted right \
                    behind it"
                .to_owned(),
            _ if bare.starts_with('(') => "search has no groups but line:(...) and section:(...), \
                                           and looked for the parenthesis itself"
                .to_owned(),
            _ => format!("{}; it was looked for as it stands", unknown_field(bare)?),
        };
            Some((nth, message))
        })?;
    let (_, span): (&str, ByteSpan) = pieces[nth];
    Some(QueryError { message, span })
}

/// What is wrong with a word that has the form of a condition and is none.
fn unknown_field(word: &str) -> Option<String> {
    let letters = word.bytes().take_while(u8::is_ascii_lowercase).count();
    let value = word[letters..].strip_prefix(':')?;
    let is_condition = letters > 0 && !value.is_empty() && !value.starts_with("//");
    Query::parse(word).err().filter(|_| is_condition).map(|mistake| mistake.message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(found: Option<QueryError>, text: &str, expected: Option<(&str, &str)>) {
        let found = found.map(|mistake| (mistake.message, &text[mistake.span.range()]));
        let found = found.as_ref().map(|(message, place)| (message.as_str(), *place));
        match (found, expected) {
            (Some((message, place)), Some((needle, expected))) => {
                assert!(message.contains(needle) && place == expected, "{text}: {message} {place}");
            }
            (found, expected) => assert_eq!(found, expected, "{text}"),
        }
    }

    #[test]
    fn what_is_begun_is_to_be_ended() {
        let check = |text: &str, expected| check(unfinished(text), text, expected);
        check("tide \"un closed", Some(("quote is not closed", "\"un closed")));
        check("tide -\"un", Some(("quote is not closed", "-\"un")));
        check("line:(a b", Some(("\"(\" is not closed", "line:(a")));
        check("tide tag:", Some(("tag has no value yet", "tag:")));
        check("tide \"closed\" line:(a b) tag:x /a b/ a/b - [ ]", None);
    }

    #[test]
    fn words_that_look_like_more_are_told() {
        let check = |text: &str, expected| check(doubtful(text), text, expected);
        check("tide OR lock", Some(("search has no OR", "OR")));
        check("(tide lock)", Some(("no groups", "(tide")));
        check("foo:bar tide", Some(("unknown field \"foo:\"", "foo:bar")));
        check("tga:x", Some(("did you mean \"tag:\"", "tga:x")));
        check("-", Some(("stands alone", "-")));
        check("tide \"OR\" or https://x.y Date:x tag:x -path:y line:(a) -b", None);
    }
}
