//! The shown text of a document in reading order, for finding in the page. What is found by its
//! [`TextPlace`] is marked by [`Segment::part`](super::Segment::part).

use super::line::TextPlace;
use crate::markdown::{Document, LeafKind};

/// Every leaf's text (of tables every cell's) with the place of its first byte, in reading order. A match
/// at byte `n` of a text stands at the place's `offset + n`. Rules, tag chips and embeds hold no text.
pub fn texts(document: &Document) -> impl Iterator<Item = (TextPlace, &str)> {
    (0_u32..).zip(&document.leaves).flat_map(|(leaf, record)| {
        let (single, rows) = match &record.kind {
            LeafKind::Paragraph(inlines)
            | LeafKind::Heading { content: inlines, .. }
            | LeafKind::CalloutTitle(inlines)
            | LeafKind::DetailsSummary(inlines)
            | LeafKind::DefinitionTerm(inlines) => (Some(inlines.text.as_str()), &[][..]),
            LeafKind::Code(code) => (Some(code.text.as_str()), &[][..]),
            LeafKind::Html(text) | LeafKind::Math(text) => (Some(text.as_str()), &[][..]),
            LeafKind::Table(table) => (None, table.rows.as_slice()),
            LeafKind::Rule | LeafKind::Tags(_) | LeafKind::Embed(_) => (None, &[][..]),
        };
        let cells = rows.iter().flatten().map(|cell| cell.text.as_str());
        (0_u32..)
            .zip(single.into_iter().chain(cells))
            .map(move |(cell, text)| (TextPlace { leaf, cell, offset: 0 }, text))
    })
}
