//! Tables: columns as wide as their content where it fits, shrunk fairly where it does not, rows as
//! `header: value` lines where no column would be left readable. The widths are the same for all
//! parts of a table and are computed once for each width of the page.

use std::collections::HashMap;

use super::block::Content;
use super::inline::{Place, flow};
use super::line::{Line, Look, Segment};
use super::slots::rows;
use super::wrap::{Row, Wrap};
use crate::markdown::Inlines;
use crate::markdown::document::{Alignment, Table, Target};
use crate::text::role::{Marks, Role};
use crate::text::width::width;

/// A column is shrunk below its longest word only where that is longer than this.
const READABLE_CELLS: usize = 8;
/// Cells between the text of two columns: a space, the line, a space.
const BETWEEN: usize = 3;

/// The shapes of the tables that were looked at, by their leaves.
pub(super) type Shapes = HashMap<u32, Shape>;

/// How a table is laid out at one width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Side by side, with these widths.
    Columns {
        /// In cells.
        widths: Vec<usize>,
        /// Whether some cell may wrap, so that rows need lines between them.
        wraps: bool,
    },
    /// Each row as `header: value` lines.
    Stacked,
}

/// The lines of one part of a table.
pub(super) fn lay<'a>(content: Content<'a>, table: &'a Table, shapes: &mut Shapes) -> Vec<Line> {
    let shape = shapes.entry(content.part.leaf).or_insert_with(|| shape(content, table)).clone();
    match shape {
        Shape::Columns { widths, wraps } => columns(content, table, &widths, wraps),
        Shape::Stacked => stacked(content, table),
    }
}

/// What a column asks for, in cells.
#[derive(Clone, Copy, Debug, Default)]
struct Wish {
    /// Its widest cell on one line.
    natural: usize,
    /// Its longest word.
    word: usize,
}

fn shape(content: Content<'_>, table: &Table) -> Shape {
    let count = table.alignments.len();
    let mut wishes = vec![Wish::default(); count];
    for row in &table.rows {
        for (wish, cell) in wishes.iter_mut().zip(row) {
            let signs = signs_cells(content, cell);
            for line in cell.text.split('\n') {
                wish.natural = wish.natural.max(width(line) + signs);
            }
            let word = cell.text.split_whitespace().map(width).max().unwrap_or(0);
            wish.word = wish.word.max(word + usize::from(signs > 0)).min(wish.natural);
        }
    }
    let room = content.width.saturating_sub(BETWEEN * count.saturating_sub(1));
    let natural: Vec<usize> = wishes.iter().map(|wish| wish.natural.max(1)).collect();
    if natural.iter().sum::<usize>() <= room {
        return Shape::Columns { widths: natural, wraps: false };
    }
    let words: Vec<usize> = wishes.iter().map(|wish| wish.word.max(1)).collect();
    let least: Vec<usize> = words.iter().map(|&cells| cells.min(READABLE_CELLS)).collect();
    if least.iter().sum::<usize>() > room && count > 1 {
        return Shape::Stacked;
    }
    let floor = if words.iter().sum::<usize>() <= room { words } else { least };
    Shape::Columns { widths: shrink(&natural, &floor, room), wraps: true }
}

/// Cells that the signs behind links add to a cell.
fn signs_cells(content: Content<'_>, cell: &Inlines) -> usize {
    let set = content.set;
    let mut before = Target::None;
    let mut cells = 0;
    for run in &cell.runs {
        if let Target::Link(link) = run.target
            && run.target != before
        {
            cells += width(set.signs.link(set.context.link(link)));
        }
        before = run.target;
    }
    cells
}

/// Shares `room` between columns: none gets less than its floor or more than is natural to it, and the
/// widest give way first.
fn shrink(natural: &[usize], floor: &[usize], room: usize) -> Vec<usize> {
    // The largest width that, as a ceiling for all, fits.
    let total = |ceiling: usize| -> usize {
        natural.iter().zip(floor).map(|(&natural, &floor)| natural.min(ceiling).max(floor)).sum()
    };
    let (mut fits, mut too_wide) = (0, natural.iter().copied().max().unwrap_or(0) + 1);
    while too_wide - fits > 1 {
        let middle = usize::midpoint(fits, too_wide);
        if total(middle) <= room { fits = middle } else { too_wide = middle }
    }
    let mut widths: Vec<usize> =
        natural.iter().zip(floor).map(|(&natural, &floor)| natural.min(fits).max(floor)).collect();
    let mut left = room.saturating_sub(widths.iter().sum());
    for (width, &natural) in widths.iter_mut().zip(natural) {
        if left > 0 && *width < natural {
            *width += 1;
            left -= 1;
        }
    }
    // One column alone may have a floor beyond the room.
    if let [only] = widths.as_mut_slice() {
        *only = (*only).min(room).max(1);
    }
    widths
}

/// The place of the cell in `column` of the table's row `row`.
fn place(content: Content<'_>, table: &Table, row: usize, column: usize, stop: u32) -> Place {
    let cell = u32::try_from(row * table.alignments.len() + column).unwrap_or(u32::MAX);
    let base = if row == 0 {
        Look { marks: Marks::STRONG, ..Look::of(Role::TableHeader) }
    } else {
        content.place.base
    };
    Place { cell, stop, base, ..content.place }
}

fn columns(content: Content<'_>, table: &Table, widths: &[usize], wraps: bool) -> Vec<Line> {
    let mut stop = content.place.stop;
    let mut lines = Vec::new();
    for (number, row) in (content.part.from as usize..).zip(rows(table, content.part.from)) {
        let mut cells = Vec::with_capacity(widths.len());
        for (column, (cell, &width)) in row.iter().zip(widths).enumerate() {
            let mut wrap = Wrap::new(width);
            stop = flow(content.set, cell, place(content, table, number, column, stop), &mut wrap);
            cells.push(wrap.finish());
        }
        if number == 1 || (wraps && number > 1) {
            lines.push(rule(content, widths, &cells));
        }
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        lines.extend((0..height).map(|i| line(content, table, widths, &mut cells, i)));
    }
    lines
}

/// One line of a row: the `i`-th row of each of its cells.
fn line(
    content: Content<'_>,
    table: &Table,
    widths: &[usize],
    cells: &mut [Vec<Row>],
    i: usize,
) -> Line {
    let mut segments = Vec::new();
    let mut source = None;
    let space = |cells: usize| Segment::ornament(" ".repeat(cells), Look::of(Role::Text));
    for (column, (cell, &width)) in cells.iter_mut().zip(widths).enumerate() {
        if column > 0 {
            let sign = format!(" {} ", content.set.signs.column);
            segments.push(Segment::ornament(sign, Look::of(Role::TableBorder)));
        }
        let row = cell.get_mut(i).map(std::mem::take).unwrap_or_default();
        source = source.or(row.source);
        let free = width.saturating_sub(row.cells);
        let before = match table.alignments.get(column) {
            Some(Alignment::Right) => free,
            Some(Alignment::Center) => free / 2,
            _ => 0,
        };
        segments.push(space(before));
        segments.extend(row.segments);
        segments.push(space(free - before));
    }
    segments.retain(|segment| !segment.text.is_empty());
    Line { segments, fill: None, source: source.unwrap_or(content.source) }
}

/// The rule before a row.
fn rule(content: Content<'_>, widths: &[usize], below: &[Vec<Row>]) -> Line {
    let signs = content.set.signs;
    let mut text = String::new();
    for (column, &width) in widths.iter().enumerate() {
        if column > 0 {
            text.push_str(signs.rule);
            text.push_str(signs.cross);
            text.push_str(signs.rule);
        }
        text.push_str(&signs.rule.repeat(width));
    }
    let source = below.iter().flatten().find_map(|row| row.source).unwrap_or(content.source);
    let segments = vec![Segment::ornament(text, Look::of(Role::TableBorder))];
    Line { segments, fill: None, source }
}

/// Each row as `header: value` lines, with an empty line between rows.
fn stacked(content: Content<'_>, table: &Table) -> Vec<Line> {
    let part_rows = rows(table, content.part.from);
    let first = content.part.from as usize;
    let mut stop = content.place.stop;
    let mut lines = Vec::new();
    let only_header = table.rows.len() == 1;
    for (number, row) in (first..).zip(part_rows) {
        if number == 0 && !only_header {
            continue;
        }
        // The header has its place, its links and its stops where it is read first.
        let names_speak = number == 1;
        let mut name_stops = content.place.stop;
        if names_speak {
            stop = header_stops(content, table);
        }
        if !lines.is_empty() || number > 1 {
            lines.push(Line { source: content.source, ..Line::default() });
        }
        for (column, cell) in row.iter().enumerate() {
            let mut wrap = Wrap::new(content.width);
            if number > 0 {
                if let Some(name) = table.rows.first().and_then(|header| header.get(column)) {
                    let place = place(content, table, 0, column, name_stops);
                    if names_speak {
                        name_stops = flow(content.set, name, place, &mut wrap);
                    } else {
                        wrap.ornament(&name.text, place.base);
                    }
                }
                wrap.glued(":", Look::of(Role::TableBorder));
                wrap.ornament(" ", Look::default());
            }
            stop = flow(content.set, cell, place(content, table, number, column, stop), &mut wrap);
            lines.extend(content.rows(wrap.finish()));
        }
    }
    // An empty line says where it is by what follows it.
    for i in (1..lines.len()).rev() {
        if lines[i - 1].segments.is_empty() {
            lines[i - 1].source = lines[i].source;
        }
    }
    lines
}

/// The number of the first stop behind the header.
fn header_stops(content: Content<'_>, table: &Table) -> u32 {
    let mut wrap = Wrap::new(1000);
    let mut stop = content.place.stop;
    for (column, cell) in table.rows.iter().take(1).flatten().enumerate() {
        stop = flow(content.set, cell, place(content, table, 0, column, stop), &mut wrap);
    }
    stop
}
