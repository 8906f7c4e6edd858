//! Motions over the text of a page: by graphemes, words and blocks. Knows the document alone: not how it is
//! laid out, nor what moves.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use crate::layout::{TextPlace, text_after, text_before, text_of};
use crate::markdown::Document;

/// What the graphemes of a word have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Space,
    Word,
    Sign,
}

impl Class {
    fn of(c: char) -> Self {
        match c {
            _ if c.is_whitespace() => Self::Space,
            '_' => Self::Word,
            _ if c.is_alphanumeric() => Self::Word,
            // Marks that combine belong to what they stand on.
            '\u{300}'..='\u{36f}' => Self::Word,
            _ => Self::Sign,
        }
    }
}

/// One past the grapheme at a place.
pub(super) fn past(document: &Document, place: TextPlace) -> TextPlace {
    let text = text(document, place);
    let offset = boundary(&text, place.offset as usize, true).unwrap_or(text.len());
    TextPlace { offset: number(offset), ..place }
}

/// The next grapheme, if need be in the next text.
pub(super) fn next(document: &Document, place: TextPlace) -> Option<TextPlace> {
    let after = past(document, place);
    if (after.offset as usize) < text(document, place).len() {
        return Some(after);
    }
    text_after(document, place).map(|(place, _)| place)
}

/// The grapheme before, if need be in the text before.
pub(super) fn previous(document: &Document, place: TextPlace) -> Option<TextPlace> {
    match boundary(&text(document, place), place.offset as usize, false) {
        Some(offset) => Some(TextPlace { offset: number(offset), ..place }),
        None => text_before(document, place).map(|(place, text)| last(&text, place)),
    }
}

/// The start of the next word, or of what stands between two.
pub(super) fn next_word(document: &Document, place: TextPlace) -> Option<TextPlace> {
    let text = text(document, place);
    let rest = text.get(place.offset as usize..)?;
    let class = rest.chars().next().map(Class::of)?;
    let own = rest.find(|c| Class::of(c) != class || class == Class::Space).unwrap_or(rest.len());
    match rest[own..].find(|c| Class::of(c) != Class::Space) {
        Some(space) => Some(forward(place, own + space)),
        None => text_after(document, place).map(|(place, text)| skip_space(&text, place)),
    }
}

/// The end of this word, or of the next one where this is its end.
pub(super) fn word_end(document: &Document, place: TextPlace) -> Option<TextPlace> {
    let mut start = next(document, place)?;
    let mut whole = text(document, start);
    let mut rest = whole.get(start.offset as usize..)?;
    if rest.chars().all(|c| Class::of(c) == Class::Space) {
        (start, whole) = text_after(document, start)?;
        rest = &whole;
    }
    let space = rest.find(|c| Class::of(c) != Class::Space)?;
    let class = rest[space..].chars().next().map(Class::of)?;
    let word = rest[space..].find(|c| Class::of(c) != class).unwrap_or(rest.len() - space);
    let end = forward(start, space + word);
    boundary(&text(document, end), end.offset as usize, false)
        .map(|offset| TextPlace { offset: number(offset), ..end })
}

/// The start of this word, or of the one before where this is its start.
pub(super) fn previous_word(document: &Document, place: TextPlace) -> Option<TextPlace> {
    let here = text(document, place);
    let before = here.get(..place.offset as usize)?.trim_end();
    let (place, before) = match before {
        "" => text_before(document, place)?,
        before => (place, before.into()),
    };
    let before = before.trim_end();
    let class = before.chars().next_back().map(Class::of)?;
    let start = before.rfind(|c| Class::of(c) != class);
    let start = start.map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    Some(TextPlace { offset: number(start), ..place })
}

/// The word at a place, from its first byte to one past its last.
pub(super) fn word(document: &Document, place: TextPlace) -> Range<TextPlace> {
    let text = text(document, place);
    let at = (place.offset as usize).min(text.len());
    let Some(class) = text[at..].chars().next().map(Class::of) else { return place..place };
    let other = |c: char| Class::of(c) != class;
    let start = text[..at].rfind(other);
    let start = start.map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[at..].find(other).map_or(text.len(), |end| at + end);
    TextPlace { offset: number(start), ..place }..TextPlace { offset: number(end), ..place }
}

/// The last grapheme of this block; where that is the place itself, of the next one.
pub(super) fn block_end(document: &Document, place: TextPlace) -> Option<TextPlace> {
    let end = end_of(document, place.leaf);
    if end.is_some_and(|end| end > place) {
        return end;
    }
    let behind = TextPlace { leaf: place.leaf, cell: u32::MAX - 1, offset: 0 };
    text_after(document, behind).and_then(|(next, _)| end_of(document, next.leaf))
}

/// The first grapheme of this block; where that is the place itself, of the one before.
pub(super) fn block_start(document: &Document, place: TextPlace) -> Option<TextPlace> {
    let start = start_of(document, place.leaf);
    if start.is_some_and(|start| start < place) {
        return start;
    }
    let before = TextPlace { leaf: place.leaf, ..TextPlace::default() };
    text_before(document, before).and_then(|(before, _)| start_of(document, before.leaf))
}

/// The first grapheme of the page.
pub(super) fn first(document: &Document) -> Option<TextPlace> {
    let nowhere = TextPlace::default();
    match text_of(document, 0, 0).filter(|text| !text.trim().is_empty()) {
        Some(text) => Some(skip_space(&text, nowhere)),
        None => text_after(document, nowhere).map(|(place, text)| skip_space(&text, place)),
    }
}

/// The last grapheme of the page.
pub(super) fn end(document: &Document) -> Option<TextPlace> {
    let behind = TextPlace { leaf: number(document.leaves.len()), ..TextPlace::default() };
    text_before(document, behind).map(|(place, text)| last(&text, place))
}

fn end_of(document: &Document, leaf: u32) -> Option<TextPlace> {
    let behind = TextPlace { leaf: leaf + 1, ..TextPlace::default() };
    let (place, text) = text_before(document, behind).filter(|(place, _)| place.leaf == leaf)?;
    Some(last(&text, place))
}

fn start_of(document: &Document, leaf: u32) -> Option<TextPlace> {
    let start = TextPlace { leaf, ..TextPlace::default() };
    let (place, text) = match text_of(document, leaf, 0).filter(|text| !text.trim().is_empty()) {
        Some(text) => (start, text),
        None => text_after(document, start).filter(|(place, _)| place.leaf == leaf)?,
    };
    Some(skip_space(&text, place))
}

fn text(document: &Document, place: TextPlace) -> Cow<'_, str> {
    text_of(document, place.leaf, place.cell).unwrap_or_default()
}

fn skip_space(text: &str, place: TextPlace) -> TextPlace {
    forward(place, text.find(|c: char| !c.is_whitespace()).unwrap_or(0))
}

/// The last grapheme that shows anything.
fn last(text: &str, place: TextPlace) -> TextPlace {
    let shown = text.trim_end().len();
    TextPlace { offset: number(boundary(text, shown, false).unwrap_or(0)), ..place }
}

fn forward(place: TextPlace, bytes: usize) -> TextPlace {
    TextPlace { offset: place.offset.saturating_add(number(bytes)), ..place }
}

/// The boundary between graphemes next to a byte; `None` past the ends of the text.
fn boundary(text: &str, at: usize, ahead: bool) -> Option<usize> {
    let mut cursor = GraphemeCursor::new(at.min(text.len()), text.len(), true);
    let found = if ahead { cursor.next_boundary(text, 0) } else { cursor.prev_boundary(text, 0) };
    found.ok().flatten()
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
