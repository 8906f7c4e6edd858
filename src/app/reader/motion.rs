//! Motions over the text of a page: by graphemes, words and blocks. Knows the texts alone: not how they
//! are laid out, nor what moves.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use crate::layout::{TextPlace, Texts};

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
pub(super) fn past(texts: &Texts, place: TextPlace) -> TextPlace {
    let text = text(texts, place);
    let offset = boundary(&text, place.offset as usize, true).unwrap_or(text.len());
    TextPlace { offset: number(offset), ..place }
}

/// The next grapheme, if need be in the next text.
pub(super) fn next(texts: &Texts, place: TextPlace) -> Option<TextPlace> {
    let after = past(texts, place);
    if (after.offset as usize) < text(texts, place).len() {
        return Some(after);
    }
    texts.after(place).map(|(place, _)| place)
}

/// The grapheme before, if need be in the text before.
pub(super) fn previous(texts: &Texts, place: TextPlace) -> Option<TextPlace> {
    match boundary(&text(texts, place), place.offset as usize, false) {
        Some(offset) => Some(TextPlace { offset: number(offset), ..place }),
        None => texts.before(place).map(|(place, text)| last(&text, place)),
    }
}

/// The start of the next word, or of what stands between two.
pub(super) fn next_word(texts: &Texts, place: TextPlace) -> Option<TextPlace> {
    let text = text(texts, place);
    let rest = text.get(place.offset as usize..)?;
    let class = rest.chars().next().map(Class::of)?;
    let own = rest.find(|c| Class::of(c) != class || class == Class::Space).unwrap_or(rest.len());
    match rest[own..].find(|c| Class::of(c) != Class::Space) {
        Some(space) => Some(forward(place, own + space)),
        None => texts.after(place).map(|(place, text)| skip_space(&text, place)),
    }
}

/// The end of this word, or of the next one where this is its end.
pub(super) fn word_end(texts: &Texts, place: TextPlace) -> Option<TextPlace> {
    let mut start = next(texts, place)?;
    let mut whole = text(texts, start);
    let mut rest = whole.get(start.offset as usize..)?;
    if rest.chars().all(|c| Class::of(c) == Class::Space) {
        (start, whole) = texts.after(start)?;
        rest = &whole;
    }
    let space = rest.find(|c| Class::of(c) != Class::Space)?;
    let class = rest[space..].chars().next().map(Class::of)?;
    let word = rest[space..].find(|c| Class::of(c) != class).unwrap_or(rest.len() - space);
    let end = forward(start, space + word);
    boundary(&text(texts, end), end.offset as usize, false)
        .map(|offset| TextPlace { offset: number(offset), ..end })
}

/// The start of this word, or of the one before where this is its start.
pub(super) fn previous_word(texts: &Texts, place: TextPlace) -> Option<TextPlace> {
    let here = text(texts, place);
    let before = here.get(..place.offset as usize)?.trim_end();
    let (place, before) = match before {
        "" => texts.before(place)?,
        before => (place, before.into()),
    };
    let before = before.trim_end();
    let class = before.chars().next_back().map(Class::of)?;
    let start = before.rfind(|c| Class::of(c) != class);
    let start = start.map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    Some(TextPlace { offset: number(start), ..place })
}

/// The word at a place, from its first byte to one past its last.
pub(super) fn word(texts: &Texts, place: TextPlace) -> Range<TextPlace> {
    let text = text(texts, place);
    let at = (place.offset as usize).min(text.len());
    let Some(class) = text[at..].chars().next().map(Class::of) else { return place..place };
    let other = |c: char| Class::of(c) != class;
    let start = text[..at].rfind(other);
    let start = start.map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[at..].find(other).map_or(text.len(), |end| at + end);
    TextPlace { offset: number(start), ..place }..TextPlace { offset: number(end), ..place }
}

/// The last grapheme of this block; where that is the place itself, of the next one.
pub(super) fn block_end(texts: &Texts, place: TextPlace) -> Option<TextPlace> {
    let end_of = |place| texts.block(place).map(|[_, (place, text)]| last(&text, place));
    let end = end_of(place);
    if end.is_some_and(|end| end > place) {
        return end;
    }
    let behind = texts.block(place).map_or(place, |[_, (last, _)]| last);
    texts.after(behind).and_then(|(next, _)| end_of(next))
}

/// The first grapheme of this block; where that is the place itself, of the one before.
pub(super) fn block_start(texts: &Texts, place: TextPlace) -> Option<TextPlace> {
    let start_of = |place| texts.block(place).map(|[(place, text), _]| skip_space(&text, place));
    let start = start_of(place);
    if start.is_some_and(|start| start < place) {
        return start;
    }
    let before = texts.block(place).map_or(place, |[(first, _), _]| first);
    texts.before(before).and_then(|(before, _)| start_of(before))
}

/// The first grapheme of the page.
pub(super) fn first(texts: &Texts) -> Option<TextPlace> {
    texts.first().map(|(place, text)| skip_space(&text, place))
}

/// The last grapheme of the page.
pub(super) fn end(texts: &Texts) -> Option<TextPlace> {
    texts.last().map(|(place, text)| last(&text, place))
}

fn text(texts: &Texts, place: TextPlace) -> Cow<'_, str> {
    texts.of(place).unwrap_or_default()
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
