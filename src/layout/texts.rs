//! The shown text of a document in reading order, for finding in the page. What is found by its
//! [`TextPlace`] is marked by [`Segment::part`](super::Segment::part).

use std::borrow::Cow;

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

/// The first text that holds anything behind the one at `place`.
#[must_use]
pub fn text_after(document: &Document, place: TextPlace) -> Option<(TextPlace, Cow<'_, str>)> {
    let (mut leaf, mut cell) = (place.leaf, place.cell + 1);
    while (leaf as usize) < document.leaves.len() {
        if cell >= cells(document, leaf) {
            (leaf, cell) = (leaf + 1, 0);
            continue;
        }
        if let Some(text) = text_of(document, leaf, cell).filter(|text| !text.trim().is_empty()) {
            return Some((TextPlace { leaf, cell, offset: 0 }, text));
        }
        cell += 1;
    }
    None
}

/// The last text that holds anything before the one at `place`.
#[must_use]
pub fn text_before(document: &Document, place: TextPlace) -> Option<(TextPlace, Cow<'_, str>)> {
    let (mut leaf, mut cell) = (place.leaf, place.cell);
    loop {
        if cell == 0 {
            leaf = leaf.checked_sub(1)?;
            cell = cells(document, leaf);
            continue;
        }
        cell -= 1;
        if let Some(text) = text_of(document, leaf, cell).filter(|text| !text.trim().is_empty()) {
            return Some((TextPlace { leaf, cell, offset: 0 }, text));
        }
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
