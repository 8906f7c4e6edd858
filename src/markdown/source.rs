//! The source of a page made ready for the parser: one kind of line end, wiki-links out of the way.
//!
//! Every text here has the same length as what it stands for in the page's source, so that offsets hold in all of
//! them.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;
use std::sync::Arc;

use memchr::{memchr, memchr_iter};

use super::kept::Keeper;
use super::wikilink::{self, WikiLink};
use crate::text::span::ByteSpan;

/// What stands for each byte of a wiki-link in the text that the parser reads: a character that is
/// neither white space nor punctuation, so that it acts as a letter of a word and nothing more.
const MASK: char = '\u{1}';

/// A page's source, and what of it was asked for before.
pub(super) struct Source<'a> {
    /// The page as given, a lone carriage return as `\n`.
    pub(super) text: Cow<'a, str>,
    /// What keeps its contents, where the page as given may be shared: where `text` is the same.
    pub(super) keeper: Option<Keeper>,
    /// The byte whose line was asked for last, and that line. Pages are read from front to back, so
    /// that the next one is near.
    line: Cell<(usize, u32)>,
}

/// A part of a source in the forms that reading it needs; whole lines of it.
#[derive(Debug, Default)]
pub(super) struct Window<'a> {
    /// Where it starts in the source.
    pub(super) start: usize,
    /// Its text with the syntax of every wiki-link masked, and colons that begin no definition: what the
    /// parser reads.
    pub(super) masked: Cow<'a, str>,
    /// The wiki-links in the order of the source, at their places in it; also those that turn out to stand in code.
    pub(super) links: Vec<WikiLink>,
}

impl<'a> Source<'a> {
    pub(super) fn new(given: &'a str) -> Self {
        Self { text: with_newlines(given), keeper: None, line: Cell::new((0, 1)) }
    }

    /// The source of a page that may be shared.
    pub(super) fn shared(given: &'a Arc<str>) -> Self {
        let source = Self::new(given);
        let is_same = matches!(source.text, Cow::Borrowed(_));
        Self { keeper: is_same.then(|| Keeper::new(Arc::clone(given))), ..source }
    }

    /// The lines at `range` made ready for the parser.
    pub(super) fn window(&self, range: Range<usize>) -> Window<'_> {
        let start = range.start;
        let text = self.text.get(range).unwrap_or_default();
        let mut links = wikilink::scan(text);
        let masked = if links.is_empty() { text.into() } else { mask(text, &links).into() };
        let masked = without_false_definitions(masked);
        for link in &mut links {
            link.shift(start);
        }
        Window { start, masked, links }
    }

    /// The line of a byte, the first being 1. Costs a glance at what lies between it and the byte that
    /// was asked for before.
    pub(super) fn line(&self, at: usize) -> u32 {
        let (before, line) = self.line.get();
        let newlines = |from: usize, to: usize| {
            let bytes = self.text.as_bytes().get(from..to).unwrap_or_default();
            u32::try_from(memchr_iter(b'\n', bytes).count()).unwrap_or(u32::MAX)
        };
        let line =
            if at >= before { line + newlines(before, at) } else { line - newlines(at, before) };
        self.line.set((at, line));
        line
    }

    /// The text of a span.
    pub(super) fn slice(&self, span: ByteSpan) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// `span` without the white space at its end.
    pub(super) fn trim_end(&self, start: usize, end: usize) -> ByteSpan {
        let bytes = self.text.as_bytes().get(start..end).unwrap_or_default();
        let is_text = |byte: &u8| !matches!(byte, b'\n' | b'\r' | b' ' | b'\t');
        ByteSpan::new(start..start + bytes.iter().rposition(is_text).map_or(0, |last| last + 1))
    }
}

impl Window<'_> {
    /// `read`, which the parser made of `span`, with what was masked put back. The parser drops
    /// prefixes and joins lines but keeps every masked byte in its order.
    pub(super) fn unmask<'b>(
        &self,
        source: &Source,
        read: &'b str,
        span: ByteSpan,
    ) -> Cow<'b, str> {
        if matches!(self.masked, Cow::Borrowed(_)) || !read.contains(MASK) {
            return read.into();
        }
        let range = span.range();
        let from = |at: usize| at.checked_sub(self.start);
        let here = from(range.start).zip(from(range.end));
        let masked = here.and_then(|(start, end)| self.masked.get(start..end));
        let (Some(masked), Some(text)) = (masked, source.text.get(range)) else {
            return read.into();
        };
        let mut hidden = masked.bytes().zip(text.bytes()).filter(|(m, _)| *m == MASK as u8);
        let bytes = read.bytes().map(|byte| {
            if byte == MASK as u8 {
                hidden.next().map_or(byte, |(_, original)| original)
            } else {
                byte
            }
        });
        String::from_utf8_lossy(&bytes.collect::<Vec<u8>>()).into_owned().into()
    }
}

fn with_newlines(given: &str) -> Cow<'_, str> {
    let bytes = given.as_bytes();
    let lone = |at: usize| bytes.get(at + 1) != Some(&b'\n');
    if memchr(b'\r', bytes).is_none() || !memchr_iter(b'\r', bytes).any(lone) {
        return given.into();
    }
    let replaced = |(at, c)| if c == '\r' && lone(at) { '\n' } else { c };
    given.char_indices().map(replaced).collect::<String>().into()
}

fn mask(text: &str, links: &[WikiLink]) -> String {
    let mut masked = String::with_capacity(text.len());
    for link in links {
        masked.push_str(&text[masked.len()..link.start]);
        let shown = link.shown.clone();
        push_masks(&mut masked, shown.start - link.start);
        // Emphasis, code and entities of an alias are left to the parser. What could reach past the
        // end of the link is not.
        let alias = &text[shown.clone()];
        let outside = |c: char| matches!(c, '[' | ']' | '|' | '!' | '<' | '$');
        if alias.contains(outside) {
            let mut escaped = false;
            masked.extend(alias.chars().map(|c| {
                // An escaped pipe parts no cells, and its backslash is the parser's to drop.
                let stays = !outside(c) || escaped && c == '|';
                escaped = c == '\\' && !escaped;
                if stays { c } else { MASK }
            }));
        } else {
            masked.push_str(alias);
        }
        push_masks(&mut masked, link.end - shown.end);
    }
    masked.push_str(&text[masked.len()..]);
    masked
}

fn push_masks(masked: &mut String, mut count: usize) {
    // Copied many at once: a character at a time takes as long as finding the links.
    const MASKS: &str = match std::str::from_utf8(&[MASK as u8; 64]) {
        Ok(masks) => masks,
        Err(_) => panic!("control characters are UTF-8"),
    };
    while count > 0 {
        let some = count.min(MASKS.len());
        masked.push_str(&MASKS[..some]);
        count -= some;
    }
}

/// Masks the colons at which the parser would see a definition though nothing parts them from what follows:
/// `:tag:`, `:LOGBOOK:`, `::: tip`, `:)`. Those of a table's rule (`:--`) stay.
fn without_false_definitions(text: Cow<'_, str>) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_false = |at: &usize| {
        let mut before = bytes[..*at].iter().rev();
        let before = before.find(|byte| !matches!(byte, b' ' | b'\t' | b'>'));
        let rest = &bytes[at + 1..];
        matches!(before, None | Some(b'\n'))
            && match rest.first() {
                None | Some(b' ' | b'\t' | b'\r' | b'\n') => false,
                Some(b'-') => {
                    let mut line = rest.iter().take_while(|byte| **byte != b'\n');
                    !line.all(|byte| matches!(byte, b':' | b'-' | b'|' | b' ' | b'\t' | b'\r'))
                }
                Some(_) => true,
            }
    };
    let found: Vec<usize> = memchr_iter(b':', bytes).filter(is_false).collect();
    if found.is_empty() {
        return text;
    }
    let mut bytes = text.into_owned().into_bytes();
    for at in found {
        bytes[at] = MASK as u8;
    }
    String::from_utf8_lossy(&bytes).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::{Source, Window};
    use crate::text::span::ByteSpan;

    #[test]
    fn masking_keeps_every_offset_and_line() {
        let given = "é [[ä#b|*c*]]\rx ![[y]]\r\nz";
        let source = Source::new(given);
        assert_eq!(source.text, "é [[ä#b|*c*]]\nx ![[y]]\r\nz");
        let Window { masked, .. } = source.window(0..given.len());
        assert_eq!(masked.len(), given.len());
        assert!(masked.starts_with("é \u{1}"));
        assert!(masked.contains("*c*") && !masked.contains("[["));
        assert_eq!([0, given.len() - 1, 17, 0].map(|at| source.line(at)), [1, 3, 2, 1]);
    }

    #[test]
    fn what_was_masked_comes_back_in_its_order() {
        let source = Source::new("`a [[x]]\n> \u{1} [[y]]`");
        let whole = source.window(0..source.text.len());
        let read = whole.masked.replace("\n> ", " ").replace('`', "");
        let span = ByteSpan::new(0..source.text.len());
        assert_eq!(whole.unmask(&source, &read, span), "a [[x]] \u{1} [[y]]");
        let second = source.window(9..source.text.len());
        let span = ByteSpan::new(9..source.text.len());
        let read = second.masked[2..].replace('`', "");
        assert_eq!(second.unmask(&source, &read, span), "\u{1} [[y]]");
    }
}
