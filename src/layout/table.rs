//! Tables: columns beside each other, or `header: value` lines where no column would be left readable. No lines
//! but the one under the header, in the manner of books: space parts the columns, and rows where many of them
//! wrap. How wide the columns are is settled in [`super::widths`], which of a wide table's are seen in
//! [`super::wide`].

use super::block::Content;
use super::inline::{Place, flow};
use super::line::{Line, Look, Segment};
use super::options::Manner;
use super::slots::{count_stops, rows};
use super::wide::Window;
use super::widths::{Shape, Shapes, between, shape};
use super::wrap::{Row, Wrap};
use crate::markdown::Kept;
use crate::markdown::document::{Alignment, Table};
use crate::text::role::{Marks, Role};

/// From this width on the rows of a stacked value hang.
const HANGING_FROM: usize = 24;

/// The lines of one part of a table.
pub(super) fn lay<'a>(content: Content<'a>, table: &'a Table, shapes: &mut Shapes) -> Vec<Line> {
    if content.set.options.manner == Manner::Spoken {
        return stacked(content, table);
    }
    let shape = shapes.entry(content.part.leaf).or_insert_with(|| shape(content, table));
    match shape {
        Shape::Columns { widths, airy } => {
            Side { content, table, widths, airy: *airy, window: Window::whole(widths) }.lines()
        }
        Shape::Wide { widths, held, tall } => {
            let pan = content.set.options.table_pan;
            let window = Window::at(widths, *held, content.width, pan);
            let airy = tall.iter().enumerate().any(|(at, &tall)| tall && window.shows(at));
            Side { content, table, widths, airy, window }.lines()
        }
        Shape::Stacked => stacked(content, table),
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

/// A part of a table with its columns side by side.
struct Side<'a, 'w> {
    content: Content<'a>,
    table: &'a Table,
    widths: &'w [usize],
    airy: bool,
    window: Window,
}

/// A cell of a row as it is painted.
struct Shown {
    column: usize,
    width: usize,
    rows: Vec<Row>,
}

impl Side<'_, '_> {
    fn lines(&self) -> Vec<Line> {
        let content = self.content;
        let mut stop = content.place.stop;
        let mut lines = Vec::new();
        if content.part.from == 0
            && let Some(caption) = self.window.caption(content)
        {
            lines.push(caption);
        }
        for (number, row) in (content.part.from as usize..).zip(rows(self.table, content.part.from))
        {
            let (mut cells, after) = self.cells(number, row, stop);
            stop = after;
            let source = source(content, row);
            match number {
                0 if is_nameless(self.table) => continue,
                1 if is_nameless(self.table) => {}
                0 => {}
                1 => lines.push(self.rule(source)),
                _ if self.airy => lines.push(Line { source, ..Line::default() }),
                _ => {}
            }
            let height = cells.iter().map(|cell| cell.rows.len()).max().unwrap_or(0);
            // A row whose cells in view are empty is a row all the same.
            let height = if self.window.is_whole() { height } else { height.max(1) };
            lines.extend((0..height).map(|i| self.line(&mut cells, i, source)));
        }
        lines
    }

    /// The cells of a row that are seen, and the number of the stop behind the row.
    fn cells(&self, number: usize, row: &[Kept], mut stop: u32) -> (Vec<Shown>, u32) {
        let mut cells = Vec::new();
        for (column, (cell, &width)) in row.iter().zip(self.widths).enumerate() {
            if !self.window.shows(column) {
                stop += count_stops(cell);
                continue;
            }
            let cell = cell.open();
            let mut wrap = Wrap::new(width);
            let place = place(self.content, self.table, number, column, stop);
            stop = flow(self.content.set, &cell, place, &mut wrap);
            cells.push(Shown { column, width, rows: wrap.finish() });
        }
        (cells, stop)
    }

    /// One line of a row: the `i`-th row of each of its cells.
    fn line(&self, cells: &mut [Shown], i: usize, source: u32) -> Line {
        let mut segments = self.window.before(self.content);
        let mut at = None;
        let space = |cells: usize| Segment::ornament(" ".repeat(cells), Look::of(Role::Text));
        for (nth, cell) in cells.iter_mut().enumerate() {
            if nth > 0 {
                segments.push(self.window.gap(self.content, cell.column));
            }
            let row = cell.rows.get_mut(i).map(std::mem::take).unwrap_or_default();
            at = at.or(row.source);
            let free = cell.width.saturating_sub(row.cells);
            let before = match self.table.alignments.get(cell.column) {
                Some(Alignment::Right) => free,
                Some(Alignment::Center) => free / 2,
                _ => 0,
            };
            segments.push(space(before));
            segments.extend(row.segments);
            segments.push(space(free - before));
        }
        segments.extend(self.window.after(self.content, self.widths));
        segments.retain(|segment| !segment.text.is_empty());
        Line { segments, fill: None, source: at.unwrap_or(source) }
    }

    /// The rule under the header: a stroke for each column.
    fn rule(&self, source: u32) -> Line {
        let content = self.content;
        let shown = (0..self.widths.len()).filter(|&column| self.window.shows(column));
        let strokes: Vec<String> =
            shown.map(|column| content.set.signs.rule.repeat(self.widths[column])).collect();
        let text = strokes.join(&" ".repeat(between(content.width)));
        let stroke = Segment::ornament(text, Look::of(Role::TableBorder));
        let mut segments = self.window.before(content);
        segments.push(stroke);
        segments.extend(self.window.after(content, self.widths));
        Line { segments, fill: None, source }
    }
}

/// Whether the table has rows, but a header that says nothing.
fn is_nameless(table: &Table) -> bool {
    let says_nothing = |row: &[Kept]| row.iter().all(|cell| cell.text().trim().is_empty());
    table.rows().len() > 1 && table.row(0).is_some_and(says_nothing)
}

/// The place of a row in the source.
fn source(content: Content<'_>, row: &[Kept]) -> u32 {
    let first = row.iter().find_map(Kept::first);
    first.map_or(content.source, |run| run.source.start)
}

/// Each row as `header: value` lines, with an empty line between rows.
fn stacked(content: Content<'_>, table: &Table) -> Vec<Line> {
    let part_rows = rows(table, content.part.from);
    let first = content.part.from as usize;
    let mut stop = content.place.stop;
    let mut lines = Vec::new();
    let only_header = table.rows().len() == 1;
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
            if cell.is_empty() && number > 1 && row.iter().any(|cell| !cell.is_empty()) {
                continue;
            }
            let indent = if content.width < HANGING_FROM { 0 } else { 2 };
            let name = table.row(0).filter(|_| number > 0);
            let name = name.and_then(|header| header.get(column)).map(Kept::open);
            let cell = cell.open();
            let mut wrap = Wrap::new(content.width - indent);
            if number > 0 {
                if let Some(name) = &name {
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
            stop = flow(content.set, &cell, place(content, table, number, column, stop), &mut wrap);
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
    content.place.stop + table.rows().take(1).flatten().map(count_stops).sum::<u32>()
}
