//! YAML as data: mappings in their order, scalars as they were written, each with its place.
//!
//! Built from the parser's events and not through serde, because serde's numbers forget how they
//! were written (`1.0`, `007`, `0x1f`) and its values where they stand. Recursion is bounded by the
//! parser's own limit of nesting; the growth by aliases is bounded here.

use std::collections::HashMap;

use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle, Span};

use super::facts::Value;
use super::yaml_plain;
use crate::text::span::ByteSpan;

/// How much the anchors and aliases of a page may copy, in bytes: enough for any honest
/// use, and some milliseconds for a "billion laughs", be it of many values or of a long one.
const COPIED_MAX: usize = 1_000_000;

/// What copying a value costs beside its text, in bytes.
const VALUE_BYTES: usize = 64;

/// One entry of the outermost mapping.
#[derive(Debug, PartialEq)]
pub(super) struct Entry {
    /// Its key, as text.
    pub(super) key: String,
    /// Where the key stands.
    pub(super) key_start: usize,
    /// Its value.
    pub(super) value: Value,
    /// The texts and numbers in the value, in order, with their places, quotes included.
    pub(super) scalars: Vec<(String, ByteSpan)>,
}

/// What a text says as YAML.
#[derive(Debug, PartialEq)]
pub(super) enum Yaml {
    /// A mapping, or nothing at all.
    Entries(Vec<Entry>),
    /// A lone text or list: no properties.
    Other,
}

/// Reads the first document of `text`. The error says what is wrong, and in which line of `text`
/// (the first being 1).
pub(super) fn read(text: &str) -> Result<Yaml, (String, usize)> {
    match yaml_plain::read(text) {
        Some(entries) => Ok(Yaml::Entries(entries)),
        None => read_all(text),
    }
}

/// The same by the whole parser.
pub(super) fn read_all(text: &str) -> Result<Yaml, (String, usize)> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| (error.info().clone(), error.marker().line()))?;
        if matches!(event, Event::DocumentEnd) {
            break;
        }
        builder.take(event, &span).map_err(|error| (error.to_owned(), span.start.line()))?;
    }
    Ok(match builder.root {
        None | Some(Value::Null | Value::Map(_)) => Yaml::Entries(builder.entries),
        Some(_) => Yaml::Other,
    })
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, (Value, usize)>,
    /// The weight of all copies so far.
    copied: usize,
    root: Option<Value>,
    entries: Vec<Entry>,
    /// Texts and numbers since the last entry of the outermost mapping.
    scalars: Vec<(String, ByteSpan)>,
    key_start: usize,
}

/// A collection whose end has not come yet.
struct Open {
    value: Value,
    /// Of a mapping, the key that waits for its value.
    key: Option<Value>,
    anchor: usize,
    /// The weight of what it holds, itself included.
    weight: usize,
}

impl Builder {
    fn take(&mut self, event: Event, span: &Span) -> Result<(), &'static str> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none();
                let weight = VALUE_BYTES + text.len();
                let value = if plain { plain_value(&text) } else { Value::Text(text.into_owned()) };
                if let Value::Text(text) | Value::Number(text) = &value {
                    self.scalars.push((text.clone(), byte_span(span)));
                }
                self.add(value, weight, anchor, span)?;
            }
            Event::SequenceStart(_, anchor, _) => self.start(Value::List(Vec::new()), anchor, span),
            Event::MappingStart(_, anchor, _) => self.start(Value::Map(Vec::new()), anchor, span),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(done) = self.open.pop() {
                    self.add(done.value, done.weight, done.anchor, span)?;
                }
            }
            Event::Alias(anchor) => {
                let (value, weight) =
                    self.anchors.get(&anchor).ok_or("an alias to a value that is not finished")?;
                let weight = *weight;
                count_copy(&mut self.copied, weight)?;
                let value = value.clone();
                texts(&value, byte_span(span), &mut self.scalars);
                self.add(value, weight, 0, span)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, value: Value, anchor: usize, span: &Span) {
        self.note_key(span);
        self.open.push(Open { value, key: None, anchor, weight: VALUE_BYTES });
    }

    /// Remembers where a key of the outermost mapping starts.
    fn note_key(&mut self, span: &Span) {
        if let [Open { value: Value::Map(_), key: None, .. }] = self.open[..] {
            self.key_start = byte_span(span).start as usize;
        }
    }

    /// Puts a finished value where it belongs.
    fn add(
        &mut self,
        value: Value,
        weight: usize,
        anchor: usize,
        span: &Span,
    ) -> Result<(), &'static str> {
        if !matches!(value, Value::List(_) | Value::Map(_)) {
            self.note_key(span);
        }
        if anchor != 0 {
            count_copy(&mut self.copied, weight)?;
            self.anchors.insert(anchor, (value.clone(), weight));
        }
        let outermost = self.open.len() == 1;
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(value);
            return Ok(());
        };
        parent.weight += weight;
        match (&mut parent.value, parent.key.take()) {
            (Value::List(items), _) => items.push(value),
            (Value::Map(_), None) => {
                parent.key = Some(value);
                if outermost {
                    self.scalars.clear();
                }
            }
            (Value::Map(_), Some(key)) if outermost => {
                let scalars = std::mem::take(&mut self.scalars);
                let (key, key_start) = (key_text(&key), self.key_start);
                self.entries.push(Entry { key, key_start, value, scalars });
            }
            (Value::Map(entries), Some(key)) => entries.push((key, value)),
            _ => {}
        }
        Ok(())
    }
}

/// Counts a copy of that weight, unless it is one too many.
fn count_copy(copied: &mut usize, weight: usize) -> Result<(), &'static str> {
    *copied += weight;
    if *copied > COPIED_MAX { Err("aliases repeat too much") } else { Ok(()) }
}

/// The texts and numbers in `value`, all at `span`.
fn texts(value: &Value, span: ByteSpan, into: &mut Vec<(String, ByteSpan)>) {
    match value {
        Value::Text(text) | Value::Number(text) => into.push((text.clone(), span)),
        Value::List(items) => items.iter().for_each(|item| texts(item, span, into)),
        Value::Map(entries) => entries.iter().for_each(|(key, value)| {
            texts(key, span, into);
            texts(value, span, into);
        }),
        Value::Null | Value::Bool(_) => {}
    }
}

/// A key as text; of a key that is a collection, a short form.
pub(super) fn key_text(key: &Value) -> String {
    match key {
        Value::Text(text) | Value::Number(text) => text.clone(),
        Value::Bool(value) => value.to_string(),
        Value::Null => "null".to_owned(),
        Value::List(_) => "[…]".to_owned(),
        Value::Map(_) => "{…}".to_owned(),
    }
}

fn byte_span(span: &Span) -> ByteSpan {
    span.byte_range().map(ByteSpan::new).unwrap_or_default()
}

/// The value of a plain scalar (YAML 1.2, core schema).
pub(super) fn plain_value(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if is_number(text) => Value::Number(text.to_owned()),
        _ => Value::Text(text.to_owned()),
    }
}

fn is_number(text: &str) -> bool {
    // Most values are words.
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) {
        return false;
    }
    let all =
        |digits: &str, is: fn(&u8) -> bool| !digits.is_empty() && digits.bytes().all(|b| is(&b));
    if let Some(digits) = text.strip_prefix("0x") {
        return all(digits, u8::is_ascii_hexdigit);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return all(digits, |b| (b'0'..=b'7').contains(b));
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let whole = mantissa.replacen('.', "", 1);
    let exponent =
        exponent.is_none_or(|e| all(e.strip_prefix(['-', '+']).unwrap_or(e), u8::is_ascii_digit));
    all(&whole, u8::is_ascii_digit) && exponent
}

#[cfg(test)]
mod tests {
    use super::{Yaml, read};

    /// Entries as `key=value` with the value in Rust's debug form, and the texts found in them.
    fn check(text: &str, expected: &[&str]) {
        let Ok(Yaml::Entries(entries)) = read(text) else { panic!("{text}: {:?}", read(text)) };
        let shown: Vec<String> =
            entries.iter().map(|entry| format!("{}={:?}", entry.key, entry.value)).collect();
        assert_eq!(shown, expected, "{text}");
        for entry in &entries {
            assert!(text.is_char_boundary(entry.key_start));
            assert!(entry.scalars.iter().all(|(_, span)| text.get(span.range()).is_some()));
        }
    }

    #[test]
    fn scalars_keep_how_they_were_written() {
        check(
            "a: 1.0\nb: 007\nc: 2024-01-15\nd: 'x'\ne: ~\nf: yes\ng: true\nh: 1e3\ni: \"1\"",
            &[
                "a=Number(\"1.0\")",
                "b=Number(\"007\")",
                "c=Text(\"2024-01-15\")",
                "d=Text(\"x\")",
                "e=Null",
                "f=Text(\"yes\")",
                "g=Bool(true)",
                "h=Number(\"1e3\")",
                "i=Text(\"1\")",
            ],
        );
    }

    #[test]
    fn collections_keep_their_order() {
        check(
            "b: [x, 1]\na: {k: v}",
            &["b=List([Text(\"x\"), Number(\"1\")])", "a=Map([(Text(\"k\"), Text(\"v\"))])"],
        );
        check("created: {{date}}\n", &["created=Map([(Map([(Text(\"date\"), Null)]), Null)])"]);
        check("{\"a\": {\"b\": [1]}}", &["a=Map([(Text(\"b\"), List([Number(\"1\")]))])"]);
        check("", &[]);
        check("# only a comment\n", &[]);
    }

    #[test]
    fn places_are_those_of_the_source() {
        let text = "ä: 1\ntags:\n  - \"x\"\n  - y\n";
        let Ok(Yaml::Entries(entries)) = read(text) else { panic!("{:?}", read(text)) };
        assert_eq!(&text[entries[1].key_start..][..4], "tags");
        let found: Vec<&str> =
            entries[1].scalars.iter().map(|(_, span)| &text[span.range()]).collect();
        assert_eq!(found, ["\"x\"", "y"]);
    }

    #[test]
    fn aliases_are_followed_up_to_a_limit() {
        check("a: &x [1]\nb: *x", &["a=List([Number(\"1\")])", "b=List([Number(\"1\")])"]);
        let again = |i: usize| vec![format!("*a{}", i - 1); 9].join(", ");
        let bomb = (1..9).map(|i| format!("a{i}: &a{i} [{}]", again(i))).collect::<Vec<_>>();
        assert!(read(&format!("a0: &a0 [{}]\n{}", ["x"; 9].join(", "), bomb.join("\n"))).is_err());
        let long = "x".repeat(10_000);
        assert!(read(&format!("a: &a {long}\nb: [{}]", "*a, ".repeat(1_000))).is_err());
        let nested: String = (0..200)
            .flat_map(|depth| ["&a".to_owned(), depth.to_string(), " [".to_owned()])
            .collect();
        assert!(read(&format!("a: {nested}{long}{}", "]".repeat(200))).is_err());
        assert!(read("a: &x [*x]").is_err());
    }

    #[test]
    fn what_is_no_mapping_is_told_apart() {
        assert_eq!(read("just words"), Ok(Yaml::Other));
        assert_eq!(read("- a\n- b"), Ok(Yaml::Other));
        assert_eq!(read("a: b\n- @name\n").map_err(|(_, line)| line), Err(2));
        assert!(read("a: b: c").is_err());
        assert!(read(&"[".repeat(100_000)).is_err());
    }
}
