//! The shown text of a document in reading order, for finding in the page; with that of the head, for selecting.
//! What is found by its [`TextPlace`] is marked by [`Segment::part`](super::Segment::part).

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::header::HeadText;
use super::line::TextPlace;
use crate::markdown::{Document, Kept, LeafKind};

/// Every leaf's text (of tables every cell's) with the place of its first byte, in reading order. A match
/// at byte `n` of a text stands at the place's `offset + n`. Rules, tag chips and embeds hold no text.
pub fn texts(document: &Document) -> impl Iterator<Item = (TextPlace, Cow<'_, str>)> {
    (0_u32..).zip(&document.leaves).flat_map(|(leaf, record)| {
        let (single, cells) = match &record.kind {
            LeafKind::Paragraph(inlines)
            | LeafKind::Heading { content: inlines, .. }
            | LeafKind::CalloutTitle(inlines)
            | LeafKind::DetailsSummary(inlines)
            | LeafKind::DefinitionTerm(inlines) => (Some(inlines.text()), &[][..]),
            LeafKind::Code(code) => (Some(code.text.as_str().into()), &[][..]),
            LeafKind::Html(text) | LeafKind::Math(text) => (Some((&**text).into()), &[][..]),
            LeafKind::Table(table) => (None, table.cells.as_slice()),
            LeafKind::Rule | LeafKind::Tags(_) | LeafKind::Embed(_) => (None, &[][..]),
        };
        let cells = cells.iter().map(Kept::text);
        (0_u32..)
            .zip(single.into_iter().chain(cells))
            .map(move |(cell, text)| (TextPlace { leaf, cell, offset: 0 }, text))
    })
}

/// The text of one leaf (of one cell of a table), as [`texts`] gives it.
#[must_use]
pub fn text_of(document: &Document, leaf: u32, cell: u32) -> Option<Cow<'_, str>> {
    match &document.leaves.get(leaf as usize)?.kind {
        LeafKind::Table(table) => table.cells.get(cell as usize).map(Kept::text),
        _ if cell > 0 => None,
        LeafKind::Paragraph(inlines)
        | LeafKind::Heading { content: inlines, .. }
        | LeafKind::CalloutTitle(inlines)
        | LeafKind::DetailsSummary(inlines)
        | LeafKind::DefinitionTerm(inlines) => Some(inlines.text()),
        LeafKind::Code(code) => Some(code.text.as_str().into()),
        LeafKind::Html(text) | LeafKind::Math(text) => Some((&**text).into()),
        LeafKind::Rule | LeafKind::Tags(_) | LeafKind::Embed(_) => None,
    }
}

/// What can be selected on a page, text by text as it stands there: that of the head, then (below its title)
/// that of the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Texts {
    document: Arc<Document>,
    pub(super) head: Arc<[HeadText]>,
    title_leads: bool,
}

/// A stretch of a page, parted where its head begins and ends.
pub(super) struct Parts {
    /// Of the title that stands above the head.
    pub(super) above: Option<Range<TextPlace>>,
    /// Of the head.
    pub(super) head: Option<HeadPart>,
    /// Of the rest of the document.
    pub(super) below: Option<Range<TextPlace>>,
}

/// A stretch of the head.
pub(super) struct HeadPart {
    /// The numbers of its texts.
    pub(super) texts: Range<usize>,
    /// From this byte of the first of them, to this one of the last.
    pub(super) bytes: Range<usize>,
}

impl Texts {
    pub(super) fn new(document: Arc<Document>, title_leads: bool) -> Self {
        Self { document, head: Arc::default(), title_leads }
    }

    /// The number of a place's text among those of the head; `None` for places in the document.
    #[must_use]
    pub fn in_head(&self, place: TextPlace) -> Option<u32> {
        match (place.leaf, self.title_leads) {
            (0, true) => place.cell.checked_sub(1),
            (TextPlace::HEAD, false) => Some(place.cell),
            _ => None,
        }
    }

    /// The text at a place.
    #[must_use]
    pub fn of(&self, place: TextPlace) -> Option<Cow<'_, str>> {
        match self.in_head(place) {
            Some(nth) => Some(self.head.get(nth as usize)?.text.as_str().into()),
            None => text_of(&self.document, place.leaf, place.cell),
        }
    }

    /// The first text that holds anything, with the place of its first byte.
    #[must_use]
    pub fn first(&self) -> Option<(TextPlace, Cow<'_, str>)> {
        let first = match self.head_place(0) {
            Some(place) if !self.title_leads => place,
            _ => TextPlace::default(),
        };
        self.told(first).or_else(|| self.after(first))
    }

    /// The last text that holds anything.
    #[must_use]
    pub fn last(&self) -> Option<(TextPlace, Cow<'_, str>)> {
        let behind = u32::try_from(self.document.leaves.len()).unwrap_or(TextPlace::HEAD - 1);
        self.before(TextPlace { leaf: behind.max(self.below_head()), ..TextPlace::default() })
    }

    /// The first text that holds anything behind the one at `place`.
    #[must_use]
    pub fn after(&self, place: TextPlace) -> Option<(TextPlace, Cow<'_, str>)> {
        let mut place = place;
        loop {
            place = self.next(place)?;
            if let Some(text) = self.told(place) {
                return Some(text);
            }
        }
    }

    /// The last text that holds anything before the one at `place`.
    #[must_use]
    pub fn before(&self, place: TextPlace) -> Option<(TextPlace, Cow<'_, str>)> {
        let mut place = place;
        loop {
            place = self.previous(place)?;
            if let Some(text) = self.told(place) {
                return Some(text);
            }
        }
    }

    /// The first and the last text that holds anything of the block at `place`: a leaf, or the whole head.
    #[must_use]
    pub fn block(&self, place: TextPlace) -> Option<[(TextPlace, Cow<'_, str>); 2]> {
        let (first, last) = if self.in_head(place).is_some() {
            (self.head_place(0)?, self.head_place(self.head.len().checked_sub(1)?)?)
        } else {
            let cell = cells(&self.document, place.leaf).saturating_sub(1);
            let first = TextPlace { cell: 0, offset: 0, ..place };
            (first, TextPlace { cell, ..first })
        };
        let start = self.told(first).or_else(|| self.after(first))?;
        let end = self.told(last).or_else(|| self.before(last))?;
        (start.0 <= last && first <= end.0).then_some([start, end])
    }

    /// The places of one line of the text: up to what is parted from it whatever the width. `None` for places
    /// in the document.
    pub(super) fn head_line(&self, place: TextPlace) -> Option<Range<TextPlace>> {
        let nth = self.in_head(place)? as usize;
        let begins = |nth: &usize| self.head[*nth].before == "\n";
        let count = self.head.len();
        let first = (0..count.min(nth + 1)).rev().find(begins)?;
        let last = (nth + 1..count).find(begins).unwrap_or(count) - 1;
        let end = self.head.get(last)?.text.len();
        let offset = u32::try_from(end).unwrap_or(u32::MAX);
        Some(self.head_place(first)?..TextPlace { offset, ..self.head_place(last)? })
    }

    /// Parts a stretch of the page.
    pub(super) fn parts(&self, range: &Range<TextPlace>) -> Parts {
        let whole = || Parts { above: None, head: None, below: Some(range.clone()) };
        let (Some(first), Some(last)) =
            (self.head_place(0), self.head_place(self.head.len().saturating_sub(1)))
        else {
            return whole();
        };
        let (start, end) = (self.in_head(range.start), self.in_head(range.end));
        let starts_above = start.is_none() && range.start < first;
        let ends_below = end.is_none() && range.end > last;
        if !(start.is_some() || starts_above) || !(end.is_some() || ends_below) {
            return whole();
        }
        let past = TextPlace { cell: 0, offset: u32::MAX, ..range.start };
        let below = TextPlace { leaf: self.below_head(), ..TextPlace::default() };
        let texts = start.map_or(0, |nth| nth as usize)
            ..end.map_or(self.head.len(), |nth| nth as usize + 1).min(self.head.len());
        let bytes = start.map_or(0, |_| range.start.offset as usize)
            ..end.map_or(usize::MAX, |_| range.end.offset as usize);
        Parts {
            above: starts_above.then_some(range.start..past),
            head: Some(HeadPart { texts, bytes }).filter(|head| !head.texts.is_empty()),
            below: ends_below.then_some(below..range.end),
        }
    }

    /// The text at a place, if it holds anything.
    fn told(&self, place: TextPlace) -> Option<(TextPlace, Cow<'_, str>)> {
        let place = TextPlace { offset: 0, ..place };
        self.of(place).filter(|text| !text.trim().is_empty()).map(|text| (place, text))
    }

    fn head_place(&self, nth: usize) -> Option<TextPlace> {
        let number = u32::try_from(nth).ok().filter(|_| nth < self.head.len())?;
        Some(TextPlace::in_head(number, self.title_leads))
    }

    /// The first leaf below the head.
    fn below_head(&self) -> u32 {
        u32::from(self.title_leads)
    }

    fn next(&self, place: TextPlace) -> Option<TextPlace> {
        let leaf = |leaf| TextPlace { leaf, ..TextPlace::default() };
        let below = self.below_head();
        if let Some(nth) = self.in_head(place) {
            let next = self.head_place(nth as usize + 1);
            return next.or_else(|| Some(leaf(below)).filter(|_| self.has(below)));
        }
        if place.cell + 1 < cells(&self.document, place.leaf) {
            return Some(TextPlace { cell: place.cell + 1, ..leaf(place.leaf) });
        }
        if self.title_leads && place.leaf == 0 && !self.head.is_empty() {
            return self.head_place(0);
        }
        self.has(place.leaf + 1).then(|| leaf(place.leaf + 1))
    }

    fn previous(&self, place: TextPlace) -> Option<TextPlace> {
        let end_of = |leaf| {
            let cell = cells(&self.document, leaf).saturating_sub(1);
            TextPlace { leaf, cell, offset: 0 }
        };
        if let Some(nth) = self.in_head(place) {
            let before = (nth as usize).checked_sub(1).and_then(|nth| self.head_place(nth));
            return before.or_else(|| self.title_leads.then(|| end_of(0)));
        }
        if place.cell > 0 {
            return Some(TextPlace { cell: place.cell - 1, offset: 0, ..place });
        }
        if place.leaf == self.below_head()
            && let Some(last) = self.head.len().checked_sub(1)
        {
            return self.head_place(last);
        }
        place.leaf.checked_sub(1).map(end_of)
    }

    fn has(&self, leaf: u32) -> bool {
        (leaf as usize) < self.document.leaves.len()
    }
}

/// How many texts a leaf may hold: its cells, or itself.
fn cells(document: &Document, leaf: u32) -> u32 {
    match document.leaves.get(leaf as usize).map(|leaf| &leaf.kind) {
        Some(LeafKind::Table(table)) => u32::try_from(table.cells.len()).unwrap_or(u32::MAX),
        Some(_) => 1,
        None => 0,
    }
}
