//! Slots: the parts of a page that are laid out one by one. The head, each leaf (long ones in several), each
//! backlink. Which slots there are depends on the document alone, never on the width, so
//! that an anchor means the same in every layout.

use std::ops::Range;

use super::folds;
use super::inline::starts_stop;
use super::line::Action;
use super::pieces::{PIECE_BYTES, may_be_long, pieces};
use crate::markdown::document::{Code, ContainerKind, Run, Table, Target};
use crate::markdown::{Document, Kept, LeafKind};

/// Lines of code in a slot.
pub(super) const CODE_LINES: usize = 64;
/// Rows of a table in a slot, the header counted.
pub(super) const TABLE_ROWS: usize = 24;

/// One part of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// Title, notices and properties.
    Head,
    /// A leaf or a part of it.
    Leaf(Part),
    /// One who links here.
    Backlink(u32),
}

/// A leaf or a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Index into the document's leaves.
    pub(super) leaf: u32,
    /// The first line of code, row of the table or piece of other text.
    pub(super) from: u32,
    /// Byte offset of that line or piece in the leaf's text; 0 in tables.
    pub(super) offset: u32,
    /// Byte offset of the next piece in the leaf's text, of code of its own end; where there is none, and in
    /// tables, the highest number.
    pub(super) until: u32,
    /// The number of its first stop, counted from the body's first.
    pub(super) stop: u32,
}

impl Part {
    /// Whether the leaf starts with it.
    pub(super) fn is_first(self) -> bool {
        self.from == 0 && self.offset == 0
    }
}

/// The parts of a body. Nearly all are a leaf as a whole, and a long page has hundreds of thousands: of such a part no
/// more is held than its leaf and its first stop.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Leaf and first stop of each.
    all: Vec<(u32, u32)>,
    /// Those that are less than a leaf, and code, by their indices.
    cut: Vec<(u32, Part)>,
    /// How many stops they hold together.
    pub(super) stops: u32,
    /// Those that go on with a line of code: they show nothing where lines are cut.
    pub(super) rests: Vec<Range<usize>>,
}

impl Parts {
    fn new(parts: &[Part], stops: u32, rests: Vec<Range<usize>>) -> Self {
        let is_cut = |part: &Part| !part.is_first() || part.until < u32::MAX;
        let cut = (0..).zip(parts).filter(|(_, part)| is_cut(part)).map(|(i, part)| (i, *part));
        let all = parts.iter().map(|part| (part.leaf, part.stop)).collect();
        Self { all, cut: cut.collect(), stops, rests }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The part with that index.
    pub(super) fn get(&self, i: usize) -> Option<Part> {
        let &(leaf, stop) = self.all.get(i)?;
        let cut = self.cut.binary_search_by_key(&i, |(nth, _)| *nth as usize);
        let whole = Part { leaf, from: 0, offset: 0, until: u32::MAX, stop };
        Some(cut.map_or(whole, |cut| self.cut[cut].1))
    }

    /// The index of the first part of the leaf, or of the leaves behind it.
    pub(super) fn first_of(&self, leaf: u32) -> usize {
        self.all.partition_point(|(of, _)| *of < leaf)
    }
}

/// The body's parts.
pub(super) fn parts(document: &Document) -> Parts {
    let mut parts = Vec::with_capacity(document.leaves.len());
    let mut rests: Vec<Range<usize>> = Vec::new();
    let mut stop = 0;
    for (leaf, record) in (0_u32..).zip(&document.leaves) {
        let part = |from: usize, offset: usize, stop| Part {
            leaf,
            from: u32::try_from(from).unwrap_or(u32::MAX),
            offset: u32::try_from(offset).unwrap_or(u32::MAX),
            until: u32::MAX,
            stop,
        };
        parts.push(part(0, 0, stop));
        let rest = parts.len();
        match &record.kind {
            LeafKind::Code(code) => {
                parts.pop();
                for (from, bytes) in code_parts(code) {
                    let nth = parts.len();
                    if nth >= rest && parts[nth - 1].from as usize == from {
                        match rests.last_mut().filter(|parts| parts.end == nth) {
                            Some(parts) => parts.end += 1,
                            None => rests.push(nth..nth + 1),
                        }
                    }
                    let until = u32::try_from(bytes.end).unwrap_or(u32::MAX);
                    parts.push(Part { until, ..part(from, bytes.start, 0) });
                }
            }
            LeafKind::Table(table) => {
                parts.extend(
                    (TABLE_ROWS..table.rows.len()).step_by(TABLE_ROWS).map(|row| part(row, 0, 0)),
                );
            }
            LeafKind::Paragraph(kept) if may_be_long(kept.len()) => {
                let inlines = kept.open();
                parts
                    .extend(pieces(&inlines.text, &inlines.runs).map(|(nth, at)| part(nth, at, 0)));
            }
            LeafKind::Html(text) | LeafKind::Math(text) => {
                parts.extend(pieces(text, &[]).map(|(nth, at)| part(nth, at, 0)));
            }
            _ => {}
        }
        if !matches!(record.kind, LeafKind::Code(_) | LeafKind::Table(_)) {
            for nth in rest..parts.len() {
                parts[nth - 1].until = parts[nth].offset;
            }
        }
        for part in &mut parts[rest - 1..] {
            part.stop = stop;
            visit_stops(document, *part, |_| stop += 1);
        }
    }
    Parts::new(&parts, stop, rests)
}

/// The number of the first line and the bytes of each part of the code: [`CODE_LINES`] together, but a very long line
/// by itself and in pieces.
fn code_parts(code: &Code) -> Vec<(usize, Range<usize>)> {
    let text = &*code.text;
    let mut parts = Vec::new();
    let (mut first, mut start, mut line_start) = (0, 0, 0);
    let newlines = memchr::memchr_iter(b'\n', text.as_bytes());
    for (line, end) in newlines.chain([text.len()]).enumerate() {
        let is_long = may_be_long(end - line_start);
        if is_long {
            if start < line_start {
                parts.push((first, start..line_start - 1));
            }
            start = line_start;
            for (_, cut) in pieces(&text[line_start..end], &[]) {
                parts.push((line, start..line_start + cut));
                start = line_start + cut;
            }
            first = line;
        }
        line_start = end + 1;
        if is_long || line_start > text.len() || line + 1 - first == CODE_LINES {
            parts.push((first, start..end));
            (first, start) = (line + 1, line_start);
        }
    }
    parts
}

/// Calls `each` with the action of every stop of the part, in the order of their numbers.
pub(super) fn visit_stops(document: &Document, part: Part, mut each: impl FnMut(Action)) {
    if part.is_first()
        && let Some(number) = note_started_by(document, part.leaf)
    {
        each(Action::Footnote(number));
    }
    if part.is_first() && folds::has_stop(document, part.leaf) {
        each(Action::Fold(part.leaf));
    }
    match &document.leaves[part.leaf as usize].kind {
        LeafKind::Paragraph(inlines)
        | LeafKind::Heading { content: inlines, .. }
        | LeafKind::CalloutTitle(inlines)
        | LeafKind::DetailsSummary(inlines)
        | LeafKind::DefinitionTerm(inlines) => {
            if !inlines.leads_nowhere() {
                visit_targets(inlines.open().runs_in(part.offset..part.until), &mut each);
            }
        }
        LeafKind::Table(table) => {
            for cell in rows(table, part.from).iter().flatten() {
                visit_cell(cell, &mut each);
            }
        }
        LeafKind::Tags(tags) => tags.iter().for_each(|&tag| each(Action::Tag(tag))),
        LeafKind::Embed(link) => each(Action::Link(*link)),
        LeafKind::Code(_) | LeafKind::Rule | LeafKind::Html(_) | LeafKind::Math(_) => {}
    }
}

/// The rows of a table that belong to the part that starts with row `from`.
pub(super) fn rows(table: &Table, from: u32) -> &[Vec<Kept>] {
    let from = (from as usize).min(table.rows.len());
    &table.rows[from..table.rows.len().min(from + TABLE_ROWS)]
}

fn visit_targets(runs: &[Run], each: &mut impl FnMut(Action)) {
    let mut before = Target::None;
    for run in runs {
        if starts_stop(before, run.target) {
            match run.target {
                Target::None => {}
                Target::Link(link) => each(Action::Link(link)),
                Target::Tag(tag) => each(Action::Tag(tag)),
                Target::Footnote(number) => each(Action::Footnote(number)),
            }
        }
        before = run.target;
    }
}

fn visit_cell(cell: &Kept, each: &mut impl FnMut(Action)) {
    if !cell.leads_nowhere() {
        visit_targets(&cell.open().runs, each);
    }
}

/// How many stops a cell holds.
pub(super) fn count_stops(cell: &Kept) -> u32 {
    let mut stops = 0;
    visit_cell(cell, &mut |_| stops += 1);
    stops
}

/// The number of the footnote whose definition starts with `leaf`.
pub(super) fn note_started_by(document: &Document, leaf: u32) -> Option<u32> {
    let container = document.leaves.get(leaf as usize)?.container;
    if document.footnotes.is_empty() {
        return None;
    }
    document
        .ancestors(container)
        .map(|id| document.container(id))
        .take_while(|container| container.leaves.start == leaf)
        .find_map(|container| match container.kind {
            ContainerKind::Footnote { number } => Some(number),
            _ => None,
        })
}

/// Whether the part is a piece of a very long line.
fn is_in_pieces(code: &Code, part: Part) -> bool {
    let text = code.text.get(part.offset as usize..part.until as usize).unwrap_or_default();
    text.len() >= PIECE_BYTES && !text.contains('\n')
}

/// How many rows a part will take at `width` cells, roughly, without laying it out.
pub(super) fn estimate(document: &Document, part: Part, width: usize) -> usize {
    let width = width.max(1);
    let inlines_rows = |inlines: &Kept| {
        let bytes = inlines.len().min(part.until as usize) - part.offset as usize;
        let runs = || match part {
            Part { offset: 0, until: u32::MAX, .. } => inlines.count(),
            _ => inlines.open().runs_in(part.offset..part.until).len(),
        };
        let newlines = if bytes > width { runs() / 2 } else { 0 };
        (bytes / width + 1).max(newlines.min(bytes / 40))
    };
    match &document.leaves[part.leaf as usize].kind {
        LeafKind::Paragraph(inlines) => inlines_rows(inlines) + 1,
        LeafKind::CalloutTitle(inlines)
        | LeafKind::DetailsSummary(inlines)
        | LeafKind::DefinitionTerm(inlines) => inlines_rows(inlines),
        LeafKind::Heading { level, content, .. } => {
            inlines_rows(content) + if *level < 3 { 3 } else { 1 }
        }
        LeafKind::Code(code) if is_in_pieces(code, part) => {
            (part.until - part.offset) as usize / width + 1
        }
        LeafKind::Code(code) => {
            code.line_starts.len().saturating_sub(part.from as usize).min(CODE_LINES) + 2
        }
        LeafKind::Table(table) => rows(table, part.from)
            .iter()
            .map(|row| row.iter().map(|cell| cell.len() + 3).sum::<usize>() / width + 1)
            .sum::<usize>()
            .max(1),
        LeafKind::Html(text) | LeafKind::Math(text) => {
            let text = &text[part.offset as usize..text.len().min(part.until as usize)];
            let newlines = memchr::memchr_iter(b'\n', text.as_bytes()).count();
            (text.len() / width).max(newlines) + 2
        }
        LeafKind::Rule | LeafKind::Tags(_) | LeafKind::Embed(_) => 2,
    }
}
