//! The widths of columns: as wide as their content where it fits, else as wide as makes the rows low. What
//! cannot be read so is panned, or its rows are stacked. Settled once for each table and width of the page, from
//! all rows, so that columns stay where they are while one scrolls.

use std::collections::HashMap;

use super::block::Content;
use super::breaks::longest_piece;
use super::inline::link_sign;
use super::options::WideTables;
use super::slots::rows;
use super::wide;
use crate::markdown::Kept;
use crate::markdown::document::{Table, Target};
use crate::text::width::width;

/// A column is shrunk below its longest word only where that is longer than this.
const READABLE_CELLS: usize = 8;
/// A column that is no wider than this wraps last.
const SHORT_CELLS: usize = 12;
/// From this width on three cells part two columns, below it two.
const ROOMY_CELLS: usize = 60;
/// A number that is no wider than this is never wrapped.
const NUMBER_CELLS: usize = 20;
/// So many cells are measured; of a larger table not every row.
const MOST_MEASURED: usize = 30_000;
/// About so many rows say whether most are high.
const MOST_ROWS: usize = 1_000;

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
    /// Side by side with readable widths, wider than the page: seen through a window.
    Wide {
        /// In cells.
        widths: Vec<usize>,
        /// Whether the first column stays while the others are panned.
        held: bool,
        /// Of each column, whether so many of its cells take several lines.
        tall: Vec<bool>,
    },
    /// Each row as `header: value` lines.
    Stacked,
}

/// Cells between the text of two columns.
pub(super) fn between(width: usize) -> usize {
    if width < ROOMY_CELLS { 2 } else { 3 }
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
    /// Its widest number, if it holds nothing else.
    number: Option<usize>,
}

impl Wish {
    fn of(content: Content<'_>, table: &Table, column: usize, step: usize) -> Self {
        let mut wish = Self { number: Some(0), ..Self::default() };
        for (nth, row) in table.rows().enumerate().step_by(step) {
            let Some(cell) = row.get(column) else { continue };
            let signs = signs_cells(content, cell);
            let natural = natural(cell) + signs;
            wish.natural = wish.natural.max(natural);
            let piece = longest_piece(&cell.text()) + usize::from(signs > 0);
            wish.piece = wish.piece.max(piece.min(natural));
            wish.load += cells_f64(natural).powi(3);
            if nth > 0 && !cell.is_empty() {
                let widest = wish.number.filter(|_| is_number(&cell.text()));
                wish.number = widest.map(|widest| widest.max(natural));
            }
        }
        wish
    }

    /// The least width at which it can be borne.
    fn least(&self) -> usize {
        let number = self.number.filter(|&cells| cells <= NUMBER_CELLS).unwrap_or(0);
        self.piece.clamp(1, READABLE_CELLS).max(number)
    }

    /// The least width at which it is read with ease.
    fn readable(&self) -> usize {
        self.natural.min(self.piece.clamp(SHORT_CELLS, NUMBER_CELLS)).max(self.least())
    }
}

/// Whether a cell says a number, a date or a measure: mostly figures.
fn is_number(text: &str) -> bool {
    let figures = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    figures > 0 && letters <= figures.min(3) && !text.contains('\n')
}

/// The shape of a table in the room that `content` has.
pub(super) fn shape(content: Content<'_>, table: &Table) -> Shape {
    let count = table.alignments.len();
    let step = (table.rows().len() * count).div_ceil(MOST_MEASURED).max(1);
    let wishes: Vec<Wish> = (0..count).map(|at| Wish::of(content, table, at, step)).collect();
    let between = between(content.width);
    let room = content.width.saturating_sub(between * count.saturating_sub(1));
    let natural: Vec<usize> = wishes.iter().map(|wish| wish.natural.max(1)).collect();
    if natural.iter().sum::<usize>() <= room {
        return Shape::Columns { widths: natural, airy: false };
    }
    let pans = content.set.options.wide_tables == WideTables::Panned
        && wide::is_better_than_stacked(content.width, count);
    let otherwise = |widths: Vec<usize>| {
        if !pans {
            return Shape::Stacked;
        }
        let (widths, held) = wide::readable(widths, content.width);
        let is_tall = |(at, &width): (usize, &usize)| {
            is_airy(content, table, step, |row| row.get(at).map(|cell| (cell, width)).into_iter())
        };
        Shape::Wide { tall: widths.iter().enumerate().map(is_tall).collect(), held, widths }
    };
    let least: Vec<usize> =
        wishes.iter().map(|wish| if pans { wish.readable() } else { wish.least() }).collect();
    if least.iter().sum::<usize>() > room && count > 1 {
        return otherwise(natural);
    }
    let whole = |wish: &Wish| if wish.natural <= SHORT_CELLS { wish.natural } else { wish.piece };
    let wanted: Vec<usize> =
        wishes.iter().zip(&least).map(|(wish, &least)| whole(wish).max(least)).collect();
    let least = under_one_ceiling(&wanted, &least, room);
    let mut widths = least.clone();
    share(&mut widths, &wishes, room);
    let rows = Heights::of(content, table);
    lower(&mut widths, &least, &rows);
    if count > 1 && rows.side_by_side(&widths) * 2 > rows.stacked(table, content.width) * 3 {
        return otherwise(natural);
    }
    let airy = is_airy(content, table, step, |row| row.iter().zip(widths.iter().copied()));
    Shape::Columns { airy, widths }
}

/// Whether a third of the rows or more take several lines, by those of their cells that `cells` gives with
/// the widths of their columns.
fn is_airy<'a, I>(
    content: Content<'_>,
    table: &'a Table,
    step: usize,
    cells: impl Fn(&'a [Kept]) -> I,
) -> bool
where
    I: Iterator<Item = (&'a Kept, usize)>,
{
    let is_tall = |row: &&'a [Kept]| {
        cells(row).any(|(cell, width)| {
            cell.text().contains('\n') || natural(cell) + signs_cells(content, cell) > width
        })
    };
    let rows = table.rows().skip(1).step_by(step.max(table.rows().len() / MOST_ROWS));
    rows.clone().filter(is_tall).count() * 3 > rows.len()
}

/// The width of a cell's longest line, without the signs behind its links.
fn natural(cell: &Kept) -> usize {
    cell.text().split('\n').map(width).max().unwrap_or(0)
}

fn cells_f64(cells: usize) -> f64 {
    f64::from(u32::try_from(cells).unwrap_or(u32::MAX))
}

/// Cells that the signs behind links add to a cell.
fn signs_cells(content: Content<'_>, cell: &Kept) -> usize {
    if cell.leads_nowhere() {
        return 0;
    }
    let set = content.set;
    let mut before = Target::None;
    let mut cells = 0;
    for run in &cell.open().runs {
        if let Target::Link(link) = run.target
            && run.target != before
        {
            cells += width(&link_sign(set, link));
        }
        before = run.target;
    }
    cells
}

/// The widths of all lines of the cells in a table's first part: enough to tell how high it gets.
struct Heights(Vec<Vec<Vec<usize>>>);

impl Heights {
    fn of(content: Content<'_>, table: &Table) -> Self {
        let lines = |cell: &Kept| {
            let signs = signs_cells(content, cell);
            cell.text().split('\n').map(|line| width(line) + signs).collect()
        };
        Self(rows(table, 0).map(|row| row.iter().map(lines).collect()).collect())
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
        let names: Vec<usize> = table.rows().take(1).flatten().map(natural).collect();
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
