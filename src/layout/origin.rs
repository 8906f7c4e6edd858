//! The Markdown that shown text comes from: the source of a range, widened to where it can stand alone. Running
//! text is cut where the range is cut; what is marked or leads somewhere is taken whole with its marks; a table is
//! taken by rows; of several blocks each one's bullet, bar or fence comes with it; of what is embedded the embed.

use std::ops::Range;

use super::header::HeadText;
use super::line::TextPlace;
use super::page::PageLayout;
use super::texts::{HeadPart, text_of};
use crate::markdown::document::{ContainerId, ContainerKind, LeafKind, Run, Table, Target};
use crate::markdown::facts::Origin;
use crate::markdown::{Document, Kept};
use crate::text::role::Marks;
use crate::text::span::ByteSpan;

impl PageLayout {
    /// The Markdown of `range` of the page whose text is `source`; `lines` says that it is made of whole lines.
    /// Properties stand where they were written: in the front matter, or in lines of the text.
    #[must_use]
    pub fn origin(&self, source: &str, range: &Range<TextPlace>, lines: bool) -> String {
        let parts = self.texts.parts(range);
        let text = match (parts.above, parts.below) {
            (Some(above), Some(below)) => Some(above.start..below.end),
            (above, below) => above.or(below),
        };
        let alone = !lines && text.is_none();
        let head = parts.head.map(|head| match self.exactly(source, &head).filter(|_| alone) {
            Some(written) => written,
            None => self.properties(source, &head, text.is_some()),
        });
        let text = text.map(|range| origin(&self.document, source, &range, lines));
        let pieces = [head, text].into_iter().flatten().filter(|piece| !piece.is_empty());
        pieces.collect::<Vec<_>>().join("\n\n")
    }

    /// A part of one text of the head, if it is written on the page as it is shown.
    fn exactly(&self, source: &str, head: &HeadPart) -> Option<String> {
        let [HeadText { text, property, .. }] = &self.texts.head[head.texts.clone()] else {
            return None;
        };
        let facts = &self.document.facts;
        let property = facts.properties.get((*property)? as usize)?;
        // Half a link is the link.
        let holds_links = || facts.links.iter().any(|link| property.span.contains(link.span.start));
        let is_exact = source.get(property.span.range())?.contains(text)
            && (*text == property.key || !holds_links());
        let part = text.get(head.bytes.start..head.bytes.end.min(text.len()))?;
        is_exact.then(|| part.to_owned())
    }

    /// The lines of the properties of which a stretch of the head says anything. `goes_on` says that text below
    /// the front matter is taken, too.
    fn properties(&self, source: &str, head: &HeadPart, goes_on: bool) -> String {
        let facts = &self.document.facts;
        let page = Page { document: &self.document, source, several: true, wide: true };
        let texts = &self.texts.head[head.texts.clone()];
        let mut spans: Vec<(bool, ByteSpan)> = texts
            .iter()
            .filter_map(|text| facts.properties.get(text.property? as usize))
            .map(|property| (property.origin == Origin::FrontMatter, property.span))
            .collect();
        spans.sort_unstable_by_key(|(_, span)| span.start);
        spans.dedup();
        let mut lines: Vec<(bool, Range<usize>)> = Vec::new();
        for (in_front, span) in spans {
            let span = page.line(span.start)..page.line_end(span.end);
            match lines.last_mut() {
                // What stands between two properties of the front matter belongs there.
                Some((true, before)) if in_front => before.end = span.end,
                _ => lines.push((in_front, span)),
            }
        }
        if let Some((true, front)) = lines.first_mut().filter(|_| goes_on) {
            *front = facts.front_matter.range();
        }
        let texts = lines.into_iter().filter_map(|(_, span)| source.get(span));
        texts.map(str::trim_end).collect::<Vec<_>>().join("\n")
    }
}

/// The Markdown of `range` of a document. Notes stand last on a page wherever they are written: each is a piece
/// of its own.
fn origin(document: &Document, source: &str, range: &Range<TextPlace>, lines: bool) -> String {
    let (first, last) = (range.start.leaf, range.end.leaf);
    let several = first < last;
    let wide = lines || several || range.start.cell < range.end.cell;
    let page = Page { document, source, several, wide };
    let mut pieces: Vec<(Range<usize>, Option<ContainerId>)> = Vec::new();
    for leaf in first..=last {
        let Some(record) = document.leaves.get(leaf as usize) else { break };
        let note = page.note(record.container);
        // What an embedded page notes stands nowhere on this one.
        if note.is_some() && record.span.is_empty() {
            continue;
        }
        let start =
            if leaf == first { page.start(range.start) } else { page.line(record.span.start) };
        let end = if leaf == last { page.end(range.end) } else { record.span.end as usize };
        let end = match &record.kind {
            LeafKind::Table(table) if !several && !document.is_embedded(leaf) => {
                page.row_end(table, range).unwrap_or(end)
            }
            _ => end,
        };
        match pieces.last_mut() {
            Some((piece, of)) if *of == note && piece.start <= start => {
                piece.end = piece.end.max(end);
            }
            _ => pieces.push((start..end, note)),
        }
    }
    let texts = pieces.iter().filter_map(|(piece, _)| source.get(piece.clone()));
    texts.collect::<Vec<_>>().join("\n\n")
}

struct Page<'a> {
    document: &'a Document,
    source: &'a str,
    /// Whether the range lies in several blocks.
    several: bool,
    /// Whether it is more than a part of one line.
    wide: bool,
}

impl Page<'_> {
    /// The start of the source's line that holds a byte.
    fn line(&self, byte: u32) -> usize {
        let before = self.source.as_bytes().get(..byte as usize).unwrap_or_default();
        memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1)
    }

    /// The end of the source's line that holds a byte.
    fn line_end(&self, byte: u32) -> usize {
        let after = self.source.as_bytes().get(byte as usize..).unwrap_or_default();
        let end = memchr::memchr(b'\n', after).map_or(self.source.len(), |n| byte as usize + n);
        end - usize::from(self.source[..end].ends_with('\r'))
    }

    /// The note that the container belongs to.
    fn note(&self, container: Option<ContainerId>) -> Option<ContainerId> {
        let is_note = |id: &ContainerId| {
            matches!(self.document.container(*id).kind, ContainerKind::Footnote { .. })
        };
        self.document.ancestors(container).find(is_note)
    }

    fn start(&self, place: TextPlace) -> usize {
        let leaf = &self.document.leaves[place.leaf as usize];
        if self.document.is_embedded(place.leaf) {
            return leaf.span.start as usize;
        }
        let whole = self.wide && place.cell == 0 && place.offset == 0;
        match &leaf.kind {
            LeafKind::Code(code) if !self.several => {
                code_byte(code, place.offset).unwrap_or(leaf.span.start as usize)
            }
            LeafKind::Code(_) => self.line(leaf.span.start),
            _ if whole => self.line(leaf.span.start),
            LeafKind::Table(table) => match cell(table, place.cell) {
                Some(inlines) if !self.wide => self.inline(inlines, leaf.span, place.offset, false),
                _ => row(table, place).map_or(leaf.span.start as usize, |byte| self.line(byte)),
            },
            kind => match inlines(kind) {
                Some(inlines) => self.inline(inlines, leaf.span, place.offset, false),
                None => leaf.span.start as usize,
            },
        }
    }

    fn end(&self, place: TextPlace) -> usize {
        let leaf = &self.document.leaves[place.leaf as usize];
        if self.document.is_embedded(place.leaf) {
            return leaf.span.end as usize;
        }
        let text = text_of(self.document, place.leaf, place.cell).unwrap_or_default();
        let whole = self.wide && place.offset as usize >= text.len();
        match &leaf.kind {
            LeafKind::Code(code) if !self.several => {
                code_byte(code, place.offset).unwrap_or(leaf.span.end as usize)
            }
            LeafKind::Table(table) => match cell(table, place.cell) {
                Some(inlines) if !self.wide => self.inline(inlines, leaf.span, place.offset, true),
                _ => leaf.span.end as usize,
            },
            _ if whole => leaf.span.end as usize,
            kind => match inlines(kind) {
                Some(inlines) => self.inline(inlines, leaf.span, place.offset, true),
                None => leaf.span.end as usize,
            },
        }
    }

    /// The end of the last row of a range that lies in several cells of one table.
    fn row_end(&self, table: &Table, range: &Range<TextPlace>) -> Option<usize> {
        let row = row(table, range.end).filter(|_| self.wide);
        row.map(|byte| self.line_end(byte))
    }

    /// Where in the source the byte `offset` of inline text is; of marked text, where its marks begin or, for the
    /// `end` of a range, are over.
    fn inline(&self, inlines: &Kept, around: ByteSpan, offset: u32, end: bool) -> usize {
        let runs = &inlines.open().runs;
        let holds = |run: &Run| if end { run.end >= offset } else { run.end > offset };
        let Some(mut nth) = runs.iter().position(holds) else {
            return if end { around.end } else { around.start } as usize;
        };
        let run = runs[nth];
        let first = nth.checked_sub(1).map_or(0, |before| runs[before].end);
        if is_plain(&run) {
            let exact = run.source.len() == (run.end - first) as usize;
            let byte = match (exact, end) {
                (true, _) => run.source.start + (offset - first),
                (false, false) => run.source.start,
                (false, true) => run.source.end,
            };
            return byte as usize;
        }
        if end {
            while runs.get(nth + 1).is_some_and(|next| !is_plain(next)) {
                nth += 1;
            }
            let after = runs.get(nth + 1).map(|next| next.source.start);
            let rest = ByteSpan { start: runs[nth].source.end, end: after.unwrap_or(around.end) };
            let rest = self.slice(rest);
            let marks = if after.is_some() {
                rest
            } else {
                rest.split(|c: char| c.is_whitespace() || c == '|').next().unwrap_or("")
            };
            let end = runs[nth].source.end as usize + marks.len();
            return self.target(&runs[nth]).map_or(end, |span| end.max(span.end as usize));
        }
        while nth.checked_sub(1).is_some_and(|before| !is_plain(&runs[before])) {
            nth -= 1;
        }
        let before = nth.checked_sub(1).map(|before| runs[before].source.end);
        let span = ByteSpan { start: before.unwrap_or(around.start), end: runs[nth].source.start };
        let rest = self.slice(span);
        let marks = if before.is_some() {
            rest.trim_start_matches(|c: char| c.is_whitespace() || c == '>')
        } else {
            rest.rsplit(|c: char| c.is_whitespace() || c == '|').next().unwrap_or("")
        };
        let start = runs[nth].source.start as usize - marks.len();
        self.target(&runs[nth]).map_or(start, |span| start.min(span.start as usize))
    }

    /// The span of the link or tag that a run belongs to.
    fn target(&self, run: &Run) -> Option<ByteSpan> {
        let facts = &self.document.facts;
        match run.target {
            Target::Link(link) => facts.links.get(link as usize).map(|link| link.span),
            Target::Tag(tag) => facts.tags.get(tag as usize).map(|tag| tag.span),
            Target::Footnote(_) | Target::None => None,
        }
    }

    fn slice(&self, span: ByteSpan) -> &str {
        self.source.get(span.range()).unwrap_or("")
    }
}

fn is_plain(run: &Run) -> bool {
    run.target == Target::None && run.marks.without(Marks::SOFT_BREAK) == Marks::NONE
}

fn inlines(kind: &LeafKind) -> Option<&Kept> {
    match kind {
        LeafKind::Paragraph(inlines)
        | LeafKind::Heading { content: inlines, .. }
        | LeafKind::CalloutTitle(inlines)
        | LeafKind::DetailsSummary(inlines)
        | LeafKind::DefinitionTerm(inlines) => Some(inlines),
        _ => None,
    }
}

fn cell(table: &Table, cell: u32) -> Option<&Kept> {
    table.cells.get(cell as usize)
}

/// A byte of the source of the row that holds a cell.
fn row(table: &Table, place: TextPlace) -> Option<u32> {
    let row = table.row(place.cell as usize / table.columns())?;
    row.iter().find_map(Kept::first).map(|run| run.source.start)
}

/// The byte of the source that is the byte `offset` of the code.
fn code_byte(code: &crate::markdown::document::Code, offset: u32) -> Option<usize> {
    let before = code.text.as_bytes().get(..offset as usize)?;
    let line = memchr::memchr_iter(b'\n', before).count();
    let start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
    Some(*code.line_starts.get(line)? as usize + before.len() - start)
}
