//! A shortcut for the YAML that nearly every page has: lines `key: value`, lists of plain words. It
//! gives what the whole parser would give (a property test says so) in a tenth of the time, or
//! nothing: at the first line that it is not sure of, the parser reads it all.

use super::facts::Value;
use super::yaml::{self, Entry};
use crate::text::span::ByteSpan;

/// The longest key; the YAML parser has a limit of its own, which is larger.
const KEY_MAX: usize = 100;

/// The entries of `text`, if every line of it is plain.
pub(super) fn read(text: &str) -> Option<Vec<Entry>> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut at = 0;
    // The indent of the items of the list that is open.
    let mut indent = None;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.strip_suffix('\n').unwrap_or(line);
        let inner = line.trim_start_matches(' ');
        if inner.is_empty() && line.is_empty() {
            continue;
        }
        if let Some(item) = inner.strip_prefix("- ") {
            let entry = entries.last_mut()?;
            let depth = line.len() - inner.len();
            if *indent.get_or_insert(depth) != depth {
                return None;
            }
            let item_start = start + depth + 2;
            let value = scalar(item, item_start, is_plain_char, &mut entry.scalars)?;
            match &mut entry.value {
                Value::List(items) if entry.key_start < start && !items.is_empty() => {
                    items.push(value);
                }
                slot @ Value::Null => *slot = Value::List(vec![value]),
                _ => return None,
            }
            continue;
        }
        let (key, rest) = line.split_once(':')?;
        let sound = key.len() <= KEY_MAX
            && key.starts_with(|c: char| c.is_ascii_alphabetic())
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        if !sound || !(rest.is_empty() || rest.starts_with(' ')) {
            return None;
        }
        let mut scalars = Vec::new();
        let rest_start = start + key.len() + 1;
        let value = match rest.trim_start_matches(' ') {
            "" => Value::Null,
            flow if flow.starts_with('[') => {
                list(flow, start + line.len() - flow.len(), &mut scalars)?
            }
            _ => scalar(rest, rest_start, is_plain_char, &mut scalars)?,
        };
        let open_list = rest.trim_start_matches(' ').is_empty();
        // Items can only follow a key that has no value.
        indent = if open_list { None } else { Some(usize::MAX) };
        let key = yaml::key_text(&yaml::plain_value(key));
        entries.push(Entry { key, key_start: start, value, scalars });
    }
    Some(entries)
}

/// `[a, "b", c]` on one line.
fn list(flow: &str, start: usize, scalars: &mut Vec<(String, ByteSpan)>) -> Option<Value> {
    let inner = flow.trim_end_matches(' ').strip_prefix('[')?.strip_suffix(']')?;
    let mut items = Vec::new();
    let mut at = start + 1;
    if !inner.is_empty() {
        for item in inner.split(',') {
            items.push(scalar(item, at, is_flow_char, scalars)?);
            at += item.len() + 1;
        }
    }
    Some(Value::List(items))
}

/// A scalar with spaces around it, plain or in quotes, of which `is_plain` knows every character.
fn scalar(
    text: &str,
    start: usize,
    is_plain: fn(char) -> bool,
    scalars: &mut Vec<(String, ByteSpan)>,
) -> Option<Value> {
    let written = text.trim_start_matches(' ');
    let start = start + text.len() - written.len();
    let written = written.trim_end_matches(' ');
    let span = ByteSpan::new(start..start + written.len());
    let quoted = |quote: char| written.strip_prefix(quote)?.strip_suffix(quote);
    let value = if let Some(inner) = quoted('"').or_else(|| quoted('\'')) {
        let simple = |c: char| c == ' ' || c.is_alphanumeric() || c.is_ascii_punctuation();
        if !inner.chars().all(|c| simple(c) && !matches!(c, '"' | '\'' | '\\' | ',')) {
            return None;
        }
        Value::Text(inner.to_owned())
    } else {
        let sound = written.starts_with(char::is_alphanumeric)
            && !written.ends_with(':')
            && !written.contains(": ")
            && written.chars().all(is_plain);
        if !sound {
            return None;
        }
        yaml::plain_value(written)
    };
    if let Value::Text(text) | Value::Number(text) = &value {
        scalars.push((text.clone(), span));
    }
    Some(value)
}

/// Characters that mean nothing inside of a plain scalar.
fn is_plain_char(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(
            c,
            ' ' | '_' | '-' | '.' | '/' | '(' | ')' | '+' | ',' | '\'' | '!' | '?' | '&' | ':'
        )
}

/// The same inside of a list in brackets.
fn is_flow_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '/' | '+')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::read;
    use crate::markdown::yaml::{Yaml, read_all};

    /// Pieces of YAML with a bar between them; `·` stands for a newline.
    const PIECES: &str = "a|key|true|1.0|é| |  |·|··|: |:|:·|- |·- |·  - |[|]|, |,|\"|'|\"b c\"|'d'|[a, b]|\
        2024-01-15|12:30|https://x.y/z|null|~|#| #|&|*|!|?|>|{|}|\t|\r|-|·k: |·key_2: v|·list:·  - x·  - y|\u{a0}";

    /// Lines that are mostly plain, so that the shortcut is often taken.
    const LINES: &str = "a: b|a: b c, d|a:|a: |a: 1|a: \"b\"|a: 'b'|a: [b, c]|a: []|a: [ b , c ]|\
        a: [\"b\", 'c']|- a|- b c|  - a|  - 1|    - a|- \"a\"|a: b: c|a: [b|  c|| |a: b |a: [b] |a: 'b'  |- b |\
        a: [b, c] d|a: [b,c]|a: [b, , c]|a: [b:c]|a: b:|a: 12:30|True: x|a-b_c: é";

    /// Up to 12 of the pieces, with `between` between them.
    fn made_of(pieces: &'static str, between: &'static str) -> impl Strategy<Value = String> {
        let piece = prop::sample::select(pieces.split('|').collect::<Vec<_>>());
        let texts = prop::collection::vec(piece, 0..12);
        texts.prop_map(move |texts| texts.join(between).replace('·', "\n"))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn the_shortcut_says_what_the_parser_says(
            pieces in made_of(PIECES, ""),
            lines in made_of(LINES, "·"),
            any in any::<String>(),
        ) {
            for text in [pieces, lines, format!("k: {any}"), format!("k: \"{any}\"\nl: [{any}]")] {
                if let Some(entries) = read(&text) {
                    prop_assert_eq!(Ok(Yaml::Entries(entries)), read_all(&text), "{:?}", text);
                }
            }
        }
    }

    #[test]
    fn plain_front_matter_is_read() {
        let is_read = |text: &str| assert!(read(text).is_some(), "{text}");
        is_read("title: A page, it's (new)\ntags: [a, b/c]\naliases:\n  - X y\n");
        is_read("created: 2024-01-15\nrelated: \"[[people/p]]\"\nempty:\nurl: https://x.y\n");
        assert!(read("a: b\n  c").is_none());
        assert!(read("a: >-\n  c").is_none());
        assert!(read("a: b: c").is_none());
    }
}
