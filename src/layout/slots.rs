//! Slots: the parts of a page that are laid out one by one. The head, each leaf (long ones in several), each
//! backlink. Which slots there are depends on the document alone, never on the width, so
//! that an anchor means the same in every layout.

use super::folds;
use super::inline::starts_stop;
use super::line::Action;
use super::pieces::pieces;
use crate::markdown::document::{Code, ContainerKind, Inlines, Run, Table, Target};
use crate::markdown::{Document, LeafKind};

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
    /// Byte offset of the next piece in the leaf's text; where there is none, and in code and tables, the
    /// highest number.
    pub(super) until: u32,
    /// The number of its first stop, counted from the body's first.
    pub(super) stop: u32,
}

/// The body's parts, and how many stops they hold together.
pub(super) fn parts(document: &Document) -> (Vec<Part>, u32) {
    let mut parts = Vec::with_capacity(document.leaves.len());
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
                parts.extend(code_parts(code).map(|(from, at)| part(from, at, 0)));
            }
            LeafKind::Table(table) => {
                parts.extend(
                    (TABLE_ROWS..table.rows.len()).step_by(TABLE_ROWS).map(|row| part(row, 0, 0)),
                );
            }
            LeafKind::Paragraph(inlines) => {
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
    (parts, stop)
}

/// Line numbers and byte offsets at which the second and every later part of the code starts.
fn code_parts(code: &Code) -> impl Iterator<Item = (usize, usize)> {
    memchr::memchr_iter(b'\n', code.text.as_bytes())
        .zip(1..)
        .filter(|(_, line)| line % CODE_LINES == 0)
        .map(|(newline, line)| (line, newline + 1))
}

/// Calls `each` with the action of every stop of the part, in the order of their numbers.
pub(super) fn visit_stops(document: &Document, part: Part, mut each: impl FnMut(Action)) {
    if part.from == 0
        && let Some(number) = note_started_by(document, part.leaf)
    {
        each(Action::Footnote(number));
    }
    if part.from == 0 && folds::is_marked(document, part.leaf) {
        each(Action::Fold(part.leaf));
    }
    match &document.leaves[part.leaf as usize].kind {
        LeafKind::Paragraph(inlines)
        | LeafKind::Heading { content: inlines, .. }
        | LeafKind::CalloutTitle(inlines)
        | LeafKind::DetailsSummary(inlines)
        | LeafKind::DefinitionTerm(inlines) => {
            visit_targets(inlines.runs_in(part.offset..part.until), &mut each);
        }
        LeafKind::Table(table) => {
            for cell in rows(table, part.from).iter().flatten() {
                visit_targets(&cell.runs, &mut each);
            }
        }
        LeafKind::Tags(tags) => tags.iter().for_each(|&tag| each(Action::Tag(tag))),
        LeafKind::Embed(link) => each(Action::Link(*link)),
        LeafKind::Code(_) | LeafKind::Rule | LeafKind::Html(_) | LeafKind::Math(_) => {}
    }
}

/// The rows of a table that belong to the part that starts with row `from`.
pub(super) fn rows(table: &Table, from: u32) -> &[Vec<Inlines>] {
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

/// How many stops `inlines` hold.
pub(super) fn count_stops(inlines: &Inlines) -> u32 {
    let mut stops = 0;
    visit_targets(&inlines.runs, &mut |_| stops += 1);
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

/// How many rows a part will take at `width` cells, roughly, without laying it out.
pub(super) fn estimate(document: &Document, part: Part, width: usize) -> usize {
    let width = width.max(1);
    let bytes_of = |text: &str| text.len().min(part.until as usize) - part.offset as usize;
    let inlines_rows = |inlines: &Inlines| {
        let bytes = bytes_of(&inlines.text);
        let runs = || inlines.runs_in(part.offset..part.until).len();
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
        LeafKind::Code(code) => {
            code.line_starts.len().saturating_sub(part.from as usize).min(CODE_LINES) + 2
        }
        LeafKind::Table(table) => rows(table, part.from)
            .iter()
            .map(|row| row.iter().map(|cell| cell.text.len() + 3).sum::<usize>() / width + 1)
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
