//! The shown text between two places, for taking along. What wrapping parted is one line again, code is as in
//! the source, cells of a table are parted by tabs; of all that stands around the text only what a reader would
//! type stays: bullets as `- `, numbers, the boxes of tasks. What a fold hides is left out. Lays out nothing.

use std::fmt::Write;
use std::ops::Range;

use super::block::callout_kind;
use super::callout::callout_name;
use super::frame::gap;
use super::header::HeadText;
use super::inline::{Setting, flows, short_path};
use super::line::TextPlace;
use super::options::{Breaks, Context};
use super::page::{PageLayout, at, setting};
use super::texts::{HeadPart, Parts, text_of};
use crate::markdown::document::{ContainerId, ContainerKind, Leaf, LeafKind, Table, Target};
use crate::markdown::{Document, Inlines, Kept};
use crate::text::role::Marks;
use crate::text::width::graphemes;

impl PageLayout {
    /// The shown text of `range`. The mark of a list item or a note comes with it where its beginning is in the
    /// range and the range goes on beyond that one block, or is made of whole `lines`.
    #[must_use]
    pub fn plain(&self, context: &dyn Context, range: &Range<TextPlace>, lines: bool) -> String {
        let Parts { above, head, below } = self.texts.parts(range);
        let of_document = |range: &Range<TextPlace>| self.plain_document(context, range, lines);
        let pieces = [
            above.as_ref().map(of_document),
            self.plain_head(head),
            below.as_ref().map(of_document),
        ];
        let pieces = pieces.into_iter().flatten().filter(|piece| !piece.is_empty());
        pieces.collect::<Vec<_>>().join("\n\n")
    }

    fn plain_head(&self, head: Option<HeadPart>) -> Option<String> {
        let HeadPart { texts, bytes } = head?;
        let mut out = String::new();
        for nth in texts.clone() {
            let HeadText { text, before, .. } = &self.texts.head[nth];
            if nth > texts.start {
                out.push_str(before);
            }
            let from = if nth == texts.start { bytes.start } else { 0 };
            let to = if nth + 1 == texts.end { bytes.end } else { text.len() };
            out.push_str(cut(text, from, to));
        }
        Some(out)
    }

    fn plain_document(
        &self,
        context: &dyn Context,
        range: &Range<TextPlace>,
        lines: bool,
    ) -> String {
        let set = setting(&self.document, &self.options, context);
        let base = base(&self.document, range, lines);
        let mut out = String::new();
        let (mut empty, mut air) = (true, false);
        for leaf in range.start.leaf..=range.end.leaf {
            let Some(record) = self.document.leaves.get(leaf as usize) else { break };
            if self.options.folds.hides(leaf) {
                continue;
            }
            let starts = leaf > range.start.leaf || at_start(range.start);
            let from = if leaf > range.start.leaf { TextPlace::default() } else { range.start };
            let end = TextPlace { leaf, cell: u32::MAX, offset: u32::MAX };
            let to = if leaf < range.end.leaf { end } else { range.end };
            air |= !empty && !gap(set, &self.measured.figures, leaf).is_empty();
            let Some(body) = body(set, record, from, to) else { continue };
            if !empty {
                out.push_str(if air { "\n\n" } else { "\n" });
            }
            (empty, air) = (false, false);
            let (first, rest) = prefixes(&self.document, leaf, base);
            let mut prefix = if starts { first.as_str() } else { "" };
            for (nth, line) in body.split('\n').enumerate() {
                if nth > 0 {
                    out.push('\n');
                    prefix = &rest;
                }
                out.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
                out.push_str(line);
            }
        }
        out
    }

    /// The line of the text that holds a place: up to the breaks that are shown whatever the width, of a table
    /// the row.
    #[must_use]
    pub fn text_line(&self, place: TextPlace) -> Range<TextPlace> {
        let in_document = || text_line(&self.document, self.options.breaks, place);
        self.texts.head_line(place).unwrap_or_else(in_document)
    }

    /// How many bytes of text a range holds, marks of items not counted: quick for any range.
    #[must_use]
    pub fn text_bytes(&self, range: &Range<TextPlace>) -> usize {
        let Parts { above, head, below } = self.texts.parts(range);
        let in_head = self.plain_head(head).map_or(0, |text| text.len());
        let in_document = [above, below].into_iter().flatten();
        in_head + in_document.map(|range| self.bytes_of_document(&range)).sum::<usize>()
    }

    fn bytes_of_document(&self, range: &Range<TextPlace>) -> usize {
        let mut bytes = 0;
        let (start, end) = (range.start, range.end);
        for leaf in start.leaf..=end.leaf {
            let Some(record) = self.document.leaves.get(leaf as usize) else { break };
            if self.options.folds.hides(leaf) {
                continue;
            }
            if start.leaf < leaf && leaf < end.leaf {
                bytes += bytes_of(&record.kind);
                continue;
            }
            let cells = match &record.kind {
                LeafKind::Table(table) => at(table.cells.len()),
                _ => 1,
            };
            let first = if leaf == start.leaf { start.cell } else { 0 };
            for cell in first..cells {
                let here = TextPlace { leaf, cell, offset: 0 };
                if here > end {
                    break;
                }
                let text = text_of(&self.document, leaf, cell).unwrap_or_default();
                bytes += slice(&text, here, start, end).len() + 1;
            }
        }
        bytes.saturating_sub(1)
    }
}

/// Bytes of the texts of a leaf, each with a byte behind it; none of them is read.
fn bytes_of(leaf: &LeafKind) -> usize {
    match leaf {
        LeafKind::Paragraph(inlines)
        | LeafKind::Heading { content: inlines, .. }
        | LeafKind::CalloutTitle(inlines)
        | LeafKind::DetailsSummary(inlines)
        | LeafKind::DefinitionTerm(inlines) => inlines.len() + 1,
        LeafKind::Table(table) => table.cells.iter().map(|cell| cell.len() + 1).sum(),
        LeafKind::Code(code) => code.text.len() + 1,
        LeafKind::Html(text) | LeafKind::Math(text) => text.len() + 1,
        LeafKind::Rule | LeafKind::Tags(_) | LeafKind::Embed(_) => 1,
    }
}

fn at_start(place: TextPlace) -> bool {
    place.cell == 0 && place.offset == 0
}

/// The part of a text that lies between two places; `here` is where the text starts.
fn slice(text: &str, here: TextPlace, start: TextPlace, end: TextPlace) -> &str {
    let same = |place: TextPlace| place.leaf == here.leaf && place.cell == here.cell;
    let from = if same(start) { start.offset as usize } else { 0 };
    let to = if same(end) { end.offset as usize } else { text.len() };
    text.get(from..to.min(text.len())).unwrap_or("")
}

/// The container whose own marks, and those around it, are left out.
fn base(document: &Document, range: &Range<TextPlace>, lines: bool) -> Option<ContainerId> {
    let (first, last) = (range.start.leaf, range.end.leaf);
    let record = document.leaves.get(first as usize)?;
    let holds = |id: &ContainerId| document.container(*id).leaves.end > last;
    let mut base = document.ancestors(record.container).find(holds);
    let wanted = first < last || lines && !matches!(record.kind, LeafKind::Code(_));
    while let Some(container) = base.map(|id| document.container(id)).filter(|container| {
        wanted && at_start(range.start) && container.leaves.start == first && {
            use ContainerKind::{Footnote, Item, List};
            matches!(container.kind, Item { .. } | List { .. } | Footnote { .. })
        }
    }) {
        base = container.parent;
    }
    base
}

/// What stands before the first and before the other lines of a leaf.
fn prefixes(document: &Document, leaf: u32, base: Option<ContainerId>) -> (String, String) {
    let container = document.leaves.get(leaf as usize).and_then(|leaf| leaf.container);
    let around = document.ancestors(container).take_while(|id| Some(*id) != base);
    let (mut first, mut rest) = (String::new(), String::new());
    for id in around.collect::<Vec<_>>().into_iter().rev() {
        let container = document.container(id);
        let mark = match container.kind {
            ContainerKind::Item { number, task } => {
                let number = number.map_or("- ".to_owned(), |number| format!("{number}. "));
                task.map_or(number.clone(), |sign| format!("{number}[{sign}] "))
            }
            ContainerKind::Footnote { number } => format!("[{number}] "),
            ContainerKind::Definition => "    ".to_owned(),
            _ => continue,
        };
        let indent = match container.kind {
            ContainerKind::Item { number: None, .. } => 2,
            ContainerKind::Item { number: Some(_), .. } => mark.find(' ').unwrap_or(2) + 1,
            _ => 4,
        };
        let indent = " ".repeat(indent);
        first.push_str(if container.leaves.start == leaf { &mark } else { &indent });
        rest.push_str(&indent);
    }
    (first, rest)
}

/// The text of a leaf from one place in it to another; `None` for rules, which have none.
fn body(set: Setting<'_>, record: &Leaf, from: TextPlace, to: TextPlace) -> Option<String> {
    let facts = &set.document.facts;
    let (start, end) = (from.offset as usize, to.offset as usize);
    let of_inlines = |kept: &Kept| inline_text(&kept.open(), set.options.breaks, start..end);
    Some(match &record.kind {
        LeafKind::Rule => return None,
        LeafKind::CalloutTitle(inlines) if inlines.is_empty() => {
            callout_name(callout_kind(set, record))
        }
        LeafKind::Paragraph(inlines)
        | LeafKind::Heading { content: inlines, .. }
        | LeafKind::CalloutTitle(inlines)
        | LeafKind::DetailsSummary(inlines)
        | LeafKind::DefinitionTerm(inlines) => of_inlines(inlines),
        LeafKind::Table(table) => rows(table, from, to),
        LeafKind::Code(code) => cut(&code.text, start, end).to_owned(),
        LeafKind::Html(text) | LeafKind::Math(text) => {
            cut(text, start, end).trim_end_matches('\n').to_owned()
        }
        LeafKind::Tags(tags) => {
            let names = tags.iter().filter_map(|&tag| facts.tags.get(tag as usize));
            names.map(|tag| format!("#{}", tag.name)).collect::<Vec<_>>().join(" ")
        }
        LeafKind::Embed(link) => facts
            .links
            .get(*link as usize)
            .map(|link| short_path(set, link.target()))
            .unwrap_or_default(),
    })
}

fn cut(text: &str, from: usize, to: usize) -> &str {
    text.get(from.min(text.len())..to.min(text.len())).unwrap_or("")
}

/// Cells parted by tabs, rows by newlines.
fn rows(table: &Table, from: TextPlace, to: TextPlace) -> String {
    let columns = table.alignments.len().max(1);
    let mut out = String::new();
    for (nth, cell) in table.cells.iter().enumerate() {
        let number = at(nth);
        if number < from.cell || number > to.cell {
            continue;
        }
        if number > from.cell {
            out.push(if nth % columns == 0 { '\n' } else { '\t' });
        }
        let start = if number == from.cell { from.offset as usize } else { 0 };
        let end = if number == to.cell { to.offset as usize } else { usize::MAX };
        // A break in a cell would part its row.
        out.push_str(
            &inline_text(&cell.open(), Breaks::Never, start..end).replace(['\n', '\t'], " "),
        );
    }
    out
}

/// Inline text as it is shown where nothing wraps.
fn inline_text(inlines: &Inlines, breaks: Breaks, range: Range<usize>) -> String {
    let flows = flows(inlines, breaks);
    let mut out = String::new();
    for (of_run, run) in inlines.ranges() {
        let (start, end) = (of_run.start.max(range.start), of_run.end.min(range.end));
        let Some(text) = inlines.text.get(start..end).filter(|text| !text.is_empty()) else {
            continue;
        };
        if run.marks.has(Marks::SOFT_BREAK) && flows {
            let next = inlines.text.get(end..).unwrap_or("");
            let around = [graphemes(&out).next_back(), graphemes(next).next()];
            let between_wide = around.iter().all(|g| g.is_some_and(|g| g.cells == 2));
            // Between CJK characters a newline is no space.
            out.push_str(if between_wide { "" } else { " " });
        } else if let Target::Footnote(number) = run.target
            && run.marks.has(Marks::FOOTNOTE)
        {
            // Writing to a string does not fail.
            write!(out, "[{number}]").ok();
        } else {
            out.push_str(&text.replace('\t', " "));
        }
    }
    out
}

fn text_line(document: &Document, breaks: Breaks, place: TextPlace) -> Range<TextPlace> {
    let whole = |offset: usize| TextPlace { offset: at(offset), ..place };
    let text = text_of(document, place.leaf, place.cell).unwrap_or_default();
    let offset = (place.offset as usize).min(text.len());
    let inlines = match document.leaves.get(place.leaf as usize).map(|leaf| &leaf.kind) {
        Some(LeafKind::Table(table)) => {
            let columns = at(table.alignments.len()).max(1);
            let first = place.cell - place.cell % columns;
            let last = first + columns - 1;
            let end = text_of(document, place.leaf, last).map_or(0, |text| text.len());
            let start = TextPlace { cell: first, offset: 0, ..place };
            return start..TextPlace { cell: last, offset: at(end), ..place };
        }
        Some(
            LeafKind::Paragraph(inlines)
            | LeafKind::Heading { content: inlines, .. }
            | LeafKind::CalloutTitle(inlines)
            | LeafKind::DetailsSummary(inlines)
            | LeafKind::DefinitionTerm(inlines),
        ) => inlines.open(),
        _ => {
            let bytes = text.as_bytes();
            let start = memchr::memrchr(b'\n', &bytes[..offset]).map_or(0, |newline| newline + 1);
            let end = memchr::memchr(b'\n', &bytes[offset..]).map_or(text.len(), |n| offset + n);
            return whole(start)..whole(end);
        }
    };
    let flows = flows(&inlines, breaks);
    let (mut start, mut end) = (0, text.len());
    for (range, run) in inlines.ranges() {
        if run.marks.has(Marks::SOFT_BREAK) && flows {
            continue;
        }
        let Some(part) = text.get(range.clone()) else { continue };
        for newline in memchr::memchr_iter(b'\n', part.as_bytes()).map(|n| range.start + n) {
            if newline < offset {
                start = newline + 1;
            } else {
                end = end.min(newline);
            }
        }
    }
    whole(start)..whole(end)
}
