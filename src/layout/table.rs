//! Tables: columns as wide as their content where it fits, else as wide as makes the rows low, and
//! `header: value` lines where no column would be left readable. No lines but the one under the header,
//! in the manner of books: space parts the columns, and rows where most of them wrap. The shape is
//! the same for all parts of a table and is computed once for each width of the page.

use std::collections::HashMap;

use super::block::Content;
use super::breaks::longest_piece;
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
/// From this width on the rows of a stacked value hang.
const HANGING_FROM: usize = 24;
/// A column that is no wider than this wraps last.
const SHORT_CELLS: usize = 12;
/// From this width on three cells part two columns, below it two.
const ROOMY_CELLS: usize = 60;

/// The shapes of the tables that were looked at, by their leaves.
pub(super) type Shapes = HashMap<u32, Shape>;

/// How a table is laid out at one width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Side by side, with these widths.
    Columns {
        /// In cells.
        widths: Vec<usize>,
        /// Whether so many rows take several lines that an empty one parts each from the next.
        airy: bool,
    },
    /// Each row as `header: value` lines.
    Stacked,
}

/// The lines of one part of a table.
pub(super) fn lay<'a>(content: Content<'a>, table: &'a Table, shapes: &mut Shapes) -> Vec<Line> {
    let shape = shapes.entry(content.part.leaf).or_insert_with(|| shape(content, table)).clone();
    match shape {
        Shape::Columns { widths, airy } => columns(content, table, &widths, airy),
        Shape::Stacked => stacked(content, table),
    }
}

/// Cells between the text of two columns.
fn between(content: Content<'_>) -> usize {
    if content.width < ROOMY_CELLS { 2 } else { 3 }
}

/// What a column asks for, in cells.
#[derive(Clone, Copy, Debug, Default)]
struct Wish {
    /// Its widest cell on one line.
    natural: usize,
    /// The longest piece of a word at whose end a row may end.
    piece: usize,
    /// Cubes of the widths of its cells, summed: how much its rows suffer where it is narrow.
    load: f64,
}

fn shape(content: Content<'_>, table: &Table) -> Shape {
    let count = table.alignments.len();
    let mut wishes = vec![Wish::default(); count];
    for row in &table.rows {
        for (wish, cell) in wishes.iter_mut().zip(row) {
            let signs = signs_cells(content, cell);
            let natural = natural(cell) + signs;
            wish.natural = wish.natural.max(natural);
            let piece = longest_piece(&cell.text) + usize::from(signs > 0);
            wish.piece = wish.piece.max(piece.min(natural));
            wish.load += cells_f64(natural).powi(3);
        }
    }
    let room = content.width.saturating_sub(between(content) * count.saturating_sub(1));
    let natural: Vec<usize> = wishes.iter().map(|wish| wish.natural.max(1)).collect();
    if natural.iter().sum::<usize>() <= room {
        return Shape::Columns { widths: natural, airy: false };
    }
    let least: Vec<usize> = wishes.iter().map(|wish| wish.piece.clamp(1, READABLE_CELLS)).collect();
    if least.iter().sum::<usize>() > room && count > 1 {
        return Shape::Stacked;
    }
    let whole = |wish: &Wish| if wish.natural <= SHORT_CELLS { wish.natural } else { wish.piece };
    let wanted: Vec<usize> = wishes.iter().map(|wish| whole(wish).max(1)).collect();
    let least = under_one_ceiling(&wanted, &least, room);
    let mut widths = least.clone();
    share(&mut widths, &wishes, room);
    let rows = Heights::of(content, table);
    lower(&mut widths, &least, &rows);
    if count > 1 && rows.side_by_side(&widths) * 2 > rows.stacked(table, content.width) * 3 {
        return Shape::Stacked;
    }
    let is_tall = |row: &&Vec<Inlines>| {
        row.iter()
            .zip(&widths)
            .any(|(cell, &width)| cell.text.contains('\n') || natural_of(content, cell) > width)
    };
    let tall = table.rows.iter().skip(1).filter(is_tall).count();
    Shape::Columns { airy: tall * 3 >= table.rows.len(), widths }
}

/// The width of a cell's longest line, without the signs behind its links.
fn natural(cell: &Inlines) -> usize {
    cell.text.split('\n').map(width).max().unwrap_or(0)
}

fn natural_of(content: Content<'_>, cell: &Inlines) -> usize {
    natural(cell) + signs_cells(content, cell)
}

fn cells_f64(cells: usize) -> f64 {
    f64::from(u32::try_from(cells).unwrap_or(u32::MAX))
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

/// The widths of all lines of the cells in a table's first part: enough to tell how high it gets.
struct Heights(Vec<Vec<Vec<usize>>>);

impl Heights {
    fn of(content: Content<'_>, table: &Table) -> Self {
        let lines = |cell: &Inlines| {
            let signs = signs_cells(content, cell);
            cell.text.split('\n').map(|line| width(line) + signs).collect()
        };
        Self(rows(table, 0).iter().map(|row| row.iter().map(lines).collect()).collect())
    }

    /// The rows of a cell, about: what is wrapped leaves some cells of most rows empty.
    fn cell(lines: &[usize], width: usize) -> usize {
        let rows = |&cells: &usize| match cells {
            _ if cells <= width => 1,
            _ => cells.div_ceil(width.saturating_sub(2).max(1)),
        };
        lines.iter().map(rows).sum()
    }

    fn side_by_side(&self, widths: &[usize]) -> usize {
        let height = |row: &Vec<Vec<usize>>| {
            let cells = row.iter().zip(widths);
            cells.map(|(lines, &width)| Self::cell(lines, width)).max().unwrap_or(0)
        };
        self.0.iter().map(height).sum()
    }

    fn stacked(&self, table: &Table, width: usize) -> usize {
        let names: Vec<usize> = table.rows.iter().take(1).flatten().map(natural).collect();
        let height = |row: &Vec<Vec<usize>>| {
            let cells = row.iter().zip(&names).filter(|(lines, _)| **lines != [0]);
            let rows = cells.map(|(lines, name)| {
                Self::cell(&[name + 2 + lines[0]], width) + Self::cell(&lines[1..], width)
            });
            rows.sum::<usize>() + 1
        };
        self.0.iter().skip(1).map(height).sum()
    }
}

/// Moves cells from column to column for as long as that makes the table lower: [`share`] knows no
/// whole rows.
fn lower(widths: &mut Vec<usize>, least: &[usize], rows: &Heights) {
    const STEPS: [usize; 4] = [1, 2, 4, 8];
    let count = widths.len();
    // Wide tables have little to move.
    if count > 12 {
        return;
    }
    let mut height = rows.side_by_side(widths);
    for _ in 0..16 {
        let before = height;
        for (from, to) in (0..count * count).map(|pair| (pair / count, pair % count)) {
            for step in STEPS {
                if from == to || widths[from] < least[from] + step {
                    continue;
                }
                let mut moved = widths.clone();
                moved[from] -= step;
                moved[to] += step;
                let rows = rows.side_by_side(&moved);
                if rows < height {
                    (*widths, height) = (moved, rows);
                }
            }
        }
        if height == before {
            return;
        }
    }
}

/// Widths of which none is less than its `least` or more than is `wanted`, as large under one ceiling as
/// `room` allows.
fn under_one_ceiling(wanted: &[usize], least: &[usize], room: usize) -> Vec<usize> {
    let widths = |ceiling: usize| -> Vec<usize> {
        wanted.iter().zip(least).map(|(&wanted, &least)| wanted.min(ceiling).max(least)).collect()
    };
    let (mut fits, mut too_wide) = (0, wanted.iter().copied().max().unwrap_or(0) + 1);
    while too_wide - fits > 1 {
        let middle = usize::midpoint(fits, too_wide);
        if widths(middle).iter().sum::<usize>() <= room { fits = middle } else { too_wide = middle }
    }
    let mut widths = widths(fits);
    // One column alone may ask for more than the room.
    if let [only] = widths.as_mut_slice() {
        *only = (*only).min(room).max(1);
    }
    widths
}

/// Shares what is left of `room` so that rows get low: a row is as high as its highest cell. That is
/// about the sum, over all cells, of the cube of how often a cell is wider than its column; a sum
/// that each further cell lowers less than the one before, so that giving cells one by one to the
/// column that gains most finds the least.
fn share(widths: &mut [usize], wishes: &[Wish], room: usize) {
    let gain = |wish: &Wish, width: usize| {
        wish.load * (cells_f64(width).powi(-3) - cells_f64(width + 1).powi(-3))
    };
    for _ in widths.iter().sum::<usize>()..room {
        let next = (0..widths.len())
            .filter(|&column| widths[column] < wishes[column].natural)
            .max_by(|&a, &b| gain(&wishes[a], widths[a]).total_cmp(&gain(&wishes[b], widths[b])));
        let Some(column) = next else { return };
        widths[column] += 1;
    }
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

fn columns(content: Content<'_>, table: &Table, widths: &[usize], airy: bool) -> Vec<Line> {
    let mut stop = content.place.stop;
    let mut lines = Vec::new();
    for (number, row) in (content.part.from as usize..).zip(rows(table, content.part.from)) {
        let mut cells = Vec::with_capacity(widths.len());
        for (column, (cell, &width)) in row.iter().zip(widths).enumerate() {
            let mut wrap = Wrap::new(width);
            stop = flow(content.set, cell, place(content, table, number, column, stop), &mut wrap);
            cells.push(wrap.finish());
        }
        match number {
            0 if is_nameless(table) => continue,
            1 if is_nameless(table) => {}
            0 => {}
            1 => lines.push(rule(content, widths, &cells)),
            _ if airy => lines.push(Line { source: source(content, &cells), ..Line::default() }),
            _ => {}
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
            segments.push(space(between(content)));
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

/// Whether the table has rows, but a header that says nothing.
fn is_nameless(table: &Table) -> bool {
    let says_nothing = |row: &Vec<Inlines>| row.iter().all(|cell| cell.text.trim().is_empty());
    table.rows.len() > 1 && table.rows.first().is_some_and(says_nothing)
}

/// The rule under the header: a stroke for each column.
fn rule(content: Content<'_>, widths: &[usize], below: &[Vec<Row>]) -> Line {
    let strokes: Vec<String> =
        widths.iter().map(|&width| content.set.signs.rule.repeat(width)).collect();
    let text = strokes.join(&" ".repeat(between(content)));
    let segments = vec![Segment::ornament(text, Look::of(Role::TableBorder))];
    Line { segments, fill: None, source: source(content, below) }
}

/// The place in the source of what stands between a row and the one before it.
fn source(content: Content<'_>, below: &[Vec<Row>]) -> u32 {
    below.iter().flatten().find_map(|row| row.source).unwrap_or(content.source)
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
            // Nothing is said of what is empty, but where the names have their place.
            if cell.text.is_empty() && number > 1 && row.iter().any(|cell| !cell.text.is_empty()) {
                continue;
            }
            let indent = if content.width < HANGING_FROM { 0 } else { 2 };
            let mut wrap = Wrap::new(content.width - indent);
            if number > 0 {
                if let Some(name) = table.rows.first().and_then(|header| header.get(column)) {
                    let base = Look::of(Role::PropertyKey);
                    let place = Place { base, ..place(content, table, 0, column, name_stops) };
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
            for (nth, mut line) in content.rows(wrap.finish()).into_iter().enumerate() {
                if nth > 0 && indent > 0 {
                    let space = Segment::ornament(" ".repeat(indent), Look::of(Role::Text));
                    line.segments.insert(0, space);
                }
                lines.push(line);
            }
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
