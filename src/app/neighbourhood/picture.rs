//! Where the pages of a neighbourhood stand: the middle in the middle, who links to it at the left, what it
//! links to at the right, farther steps farther out, every name on a row of its own. The same pages on the same
//! screen always stand alike. Knows cells, neither colours nor signs.

use super::around::{Around, Node};
use crate::index::graph::Way;
use crate::text::scrub::scrub_line;
use crate::text::width::width;

/// A neighbourhood laid out on an area, in cells from the area's left upper corner.
#[derive(Debug, Default)]
pub struct Picture {
    /// Where each node stands; `None` of those for which there was no room.
    pub spots: Vec<Option<Spot>>,
}

/// Where a node stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Its row.
    pub row: u16,
    /// The first cell of its sign and name.
    pub left: u16,
    /// The cells of these.
    pub cells: u16,
    /// How many steps to the right of the middle; negative at the left.
    pub column: i16,
}

/// Which way one walks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "directions")]
pub enum Toward {
    Left,
    Right,
    Up,
    Down,
}

/// The sign of a kind and the space after it.
const SIGN: u16 = 2;
/// Narrower names say nothing: only their sign is shown.
const LEAST_NAME: u16 = 8;
/// Cells between a column and the next one: air, a piece of line, its head, air.
const GAP: u16 = 6;
/// A column is no wider than this for names with others behind them, and than this for the last of their row,
/// which may reach beyond it.
const GOOD_NAME: u16 = 34;
const GOOD_LAST: u16 = 20;
/// So many neighbours may stand at one side while the other is empty.
const FEW: usize = 10;
/// Rows from one name to the next at most, where there are few.
const MOST_AIR: usize = 4;

/// How many pages of each step to look for on an area of so many rows: those near come before those far, and
/// what is farther out needs the more rows.
#[must_use]
pub(super) fn rooms(steps: usize, rows: u16) -> Vec<usize> {
    let both_sides = 2 * usize::from(rows);
    match steps {
        0 | 1 => vec![both_sides.min(40)],
        2 => vec![both_sides * 2 / 5, both_sides],
        _ => vec![both_sides / 4, both_sides / 2, both_sides],
    }
}

impl Picture {
    /// Lays out what lies around a page.
    #[must_use]
    pub fn of(around: &Around, columns: u16, rows: u16) -> Self {
        let Some(centre) = around.nodes.first() else { return Self::default() };
        let mut picture = Self { spots: vec![None; around.nodes.len()] };
        let (lefts, rights) = sides(around);
        let [lefts, rights] = [lefts, rights].map(|children| {
            let mut side = Side::new(around, children, rows.into());
            side.fit();
            side
        });
        let needs = [lefts.needed(), rights.needed()];
        let spare = columns.saturating_sub(needs[0].saturating_add(needs[1]));
        let cells = name_cells(centre).min((columns / 4).max(spare).max(LEAST_NAME));
        let around_it = columns - cells.min(columns);
        let left = room_at_left(around_it, needs);
        picture.spots[0] = Some(Spot { row: rows / 2, left, cells, column: 0 });
        for (side, sign, room) in [(lefts, -1, left), (rights, 1, around_it - left)] {
            let widths = Widths::new(room.saturating_sub(1), &side, rows);
            for (node, row) in side.rows() {
                let column = sign * i16::try_from(around.nodes[node].steps).unwrap_or(i16::MAX);
                let is_last = side.children(node).next().is_none();
                let (inner, most) = widths.of(around.nodes[node].steps, row, is_last);
                let cells = name_cells(&around.nodes[node]).min(most);
                let edge = if sign < 0 {
                    left.saturating_sub(inner + cells)
                } else {
                    left + picture.spots[0].map_or(0, |spot| spot.cells) + inner
                };
                picture.spots[node] = Some(Spot { row, left: edge, cells, column });
            }
        }
        picture
    }

    /// How many nodes have no place.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.spots.iter().filter(|spot| spot.is_none()).count()
    }

    /// The node to which one comes from `from`: outwards the nearest of those that were found under it,
    /// inwards the one under which it was found, up and down the next one of its column.
    #[must_use]
    pub fn walk(&self, nodes: &[Node], from: usize, toward: Toward) -> Option<usize> {
        let here = (*self.spots.get(from)?)?;
        let all = || {
            let spots = self.spots.iter().enumerate();
            spots.filter_map(|(nth, spot)| spot.map(|spot| (nth, spot)))
        };
        let away = |spot: &Spot| (spot.row.abs_diff(here.row), spot.row, spot.column);
        if let Toward::Up | Toward::Down = toward {
            let is_beyond = |spot: &Spot| match toward {
                Toward::Up => spot.row < here.row,
                _ => spot.row > here.row,
            };
            let is_near = |spot: &Spot| match here.column {
                0 => spot.column.abs() == 1,
                column => spot.column == column,
            };
            let beyond = all().filter(|(_, spot)| is_beyond(spot) && is_near(spot));
            return beyond.min_by_key(|(_, spot)| away(spot)).map(|(nth, _)| nth);
        }
        let step = if toward == Toward::Left { -1 } else { 1 };
        if here.column * step < 0 {
            return Some(nodes.get(from)?.parent);
        }
        let next = || all().filter(|(_, spot)| spot.column == here.column + step);
        let own = next().filter(|(nth, _)| nodes[*nth].parent == from);
        let nearest = own.min_by_key(|(_, spot)| away(spot));
        nearest.or_else(|| next().min_by_key(|(_, spot)| away(spot))).map(|(nth, _)| nth)
    }
}

impl Spot {
    /// The cell that shows the direction of the link with the page under which it was found; none in the
    /// middle.
    #[must_use]
    pub fn head(&self) -> Option<u16> {
        match self.column {
            0 => None,
            1.. => self.left.checked_sub(2),
            _ => Some(self.left + self.cells + 1),
        }
    }
}

/// How many of the cells beside the middle are at its left: half of them, unless all names are seen where the
/// middle stands aside.
fn room_at_left(cells: u16, [left, right]: [u16; 2]) -> u16 {
    let half = cells / 2;
    if right > cells - half {
        half.min(left.max(cells.saturating_sub(right)))
    } else if left > half {
        left.min(cells - right).max(half)
    } else {
        half
    }
}

fn name_cells(node: &Node) -> u16 {
    let cells = width(&scrub_line(&node.title));
    u16::try_from(cells).unwrap_or(u16::MAX - SIGN) + SIGN
}

/// The nodes next to the middle, by path, at either side: who links to it at the left, what it links to at the
/// right; where both is true, and what would crowd one side while the other has room, whichever is emptier.
fn sides(around: &Around) -> (Vec<usize>, Vec<usize>) {
    let children = &around.nodes[0].children;
    let way = |nth: &usize| around.nodes[*nth].way;
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let mut either = Vec::new();
    for nth in children {
        let side = match way(nth) {
            Way::In => &mut left,
            Way::Out => &mut right,
            Way::Both => &mut either,
        };
        side.push(*nth);
    }
    let few = children.len().div_ceil(2).max(FEW);
    for side in [&mut left, &mut right] {
        if side.len() > few {
            // The weakest have the highest numbers.
            side.sort_unstable();
            either.extend(side.drain(few..));
        }
    }
    either.sort_unstable();
    for nth in either {
        if left.len() < right.len() { left.push(nth) } else { right.push(nth) }
    }
    let by_path = |a: &usize, b: &usize| around.nodes[*a].path.cmp(&around.nodes[*b].path);
    left.sort_by(by_path);
    right.sort_by(by_path);
    (left, right)
}

/// One side while it is made to fit its rows.
struct Side<'a> {
    around: &'a Around,
    first: Vec<usize>,
    /// Which nodes are shown.
    kept: Vec<bool>,
    rows: usize,
}

impl<'a> Side<'a> {
    fn new(around: &'a Around, first: Vec<usize>, rows: usize) -> Self {
        let mut kept = vec![false; around.nodes.len()];
        let mut open = first.clone();
        while let Some(nth) = open.pop() {
            kept[nth] = true;
            open.extend(&around.nodes[nth].children);
        }
        Self { around, first, kept, rows }
    }

    fn children(&self, nth: usize) -> impl Iterator<Item = usize> {
        self.around.nodes[nth].children.iter().copied().filter(|&child| self.kept[child])
    }

    /// How many rows it takes: one for each node without kept children.
    fn needs(&self) -> usize {
        let kept = (0..self.kept.len()).filter(|&nth| self.kept[nth]);
        kept.filter(|&nth| self.children(nth).next().is_none()).count()
    }

    /// Leaves out nodes, the farthest and weakest first, until all others have a row.
    fn fit(&mut self) {
        let mut needs = self.needs();
        for nth in (0..self.kept.len()).rev() {
            if needs <= self.rows {
                return;
            }
            let parent = self.around.nodes[nth].parent;
            let is_only = parent != 0 && self.children(parent).count() == 1;
            if self.kept[nth] && self.children(nth).next().is_none() && !is_only {
                self.kept[nth] = false;
                needs -= 1;
            }
        }
        // What is left are chains: each takes one row, the last ones go as a whole.
        while needs > self.rows
            && let Some(&last) = self.first.iter().filter(|nth| self.kept[**nth]).max()
        {
            let mut open = vec![last];
            while let Some(nth) = open.pop() {
                needs -= usize::from(self.children(nth).next().is_none());
                open.extend(self.children(nth));
                self.kept[nth] = false;
            }
        }
    }

    /// The widest name of each step, in cells; no more than is good.
    fn names(&self) -> Vec<u16> {
        let mut names = Vec::new();
        let nodes = self.around.nodes.iter().enumerate().filter(|(nth, _)| self.kept[*nth]);
        for (nth, node) in nodes {
            names.resize(names.len().max(node.steps), 0);
            let is_last = self.children(nth).next().is_none();
            let good = if is_last { GOOD_LAST } else { GOOD_NAME };
            let widest = &mut names[node.steps - 1];
            *widest = name_cells(node).min(good).max(*widest);
        }
        names
    }

    /// Cells from the first names to the end of the longest row, all of which is named.
    fn reach(&self) -> u16 {
        let names = self.names();
        let nodes = self.around.nodes.iter().enumerate().filter(|(nth, _)| self.kept[*nth]);
        let ends =
            nodes.filter(|(nth, _)| self.children(*nth).next().is_none()).map(|(_, node)| {
                let inner = names[..node.steps - 1].iter();
                inner.map(|cells| cells + GAP).sum::<u16>().saturating_add(name_cells(node))
            });
        ends.max().unwrap_or(0)
    }

    /// Cells at this side of the middle with which every row is named to its end.
    fn needed(&self) -> u16 {
        match self.reach() {
            0 => 0,
            reach => reach.saturating_add(GAP + 1),
        }
    }

    /// The row of every node that is shown, the farthest out first.
    fn rows(&self) -> Vec<(usize, u16)> {
        let mut order = Vec::new();
        let mut open: Vec<usize> = self.first.iter().rev().copied().collect();
        open.retain(|nth| self.kept[*nth]);
        while let Some(nth) = open.pop() {
            order.push(nth);
            let children: Vec<usize> = self.children(nth).collect();
            open.extend(children.iter().rev());
        }
        let needs = self.needs().max(1);
        let spread = self.rows.min(needs * MOST_AIR);
        let above = (self.rows - spread) / 2;
        let mut row = vec![0; self.kept.len()];
        let mut leaf = 0;
        for &nth in &order {
            if self.children(nth).next().is_none() {
                row[nth] = above + (2 * leaf + 1) * spread / (2 * needs);
                leaf += 1;
            }
        }
        for &nth in order.iter().rev() {
            let (mut children, mut last) = (self.children(nth), None);
            if let Some(first) = children.next() {
                last = children.last().or(last);
                row[nth] = (row[first] + row[last.unwrap_or(first)]).div_ceil(2);
            }
        }
        let rows = order.iter().rev().map(|&nth| (nth, u16::try_from(row[nth]).unwrap_or(0)));
        rows.collect()
    }
}

/// How far out the columns of one side stand, and how wide their names may be.
struct Widths {
    room: u16,
    rows: u16,
    /// Cells by which the columns bend towards the middle at the top and at the bottom.
    bend: u16,
    /// For each step: cells between the middle and its names, and the most cells of these.
    columns: Vec<(u16, u16)>,
}

impl Widths {
    /// The columns of a side of `room` cells, one a step. Where all cannot be named,
    /// the farthest show their signs alone; what narrow names leave goes to the wide ones.
    fn new(room: u16, side: &Side<'_>, rows: u16) -> Self {
        let widest = side.names();
        let count = u16::try_from(widest.len()).unwrap_or(1).max(1);
        // Names come before air.
        let air = room.saturating_sub(side.reach()).max(GAP);
        let first = (room / (3 + count)).clamp(GAP, 16).min(air);
        let mut told = count;
        let left_for = |told: u16| {
            let signs = (count - told) * (GAP + 1);
            room.saturating_sub(first + signs + (told - 1) * GAP)
        };
        while told > 1 && left_for(told) / told < LEAST_NAME {
            told -= 1;
        }
        let mut cells = vec![1; widest.len()];
        let mut narrow_first: Vec<usize> = (0..usize::from(told).min(widest.len())).collect();
        narrow_first.sort_by_key(|&step| widest[step]);
        let (mut left, mut open) = (left_for(told), told);
        for step in narrow_first {
            cells[step] = widest[step].min(left / open);
            left -= cells[step];
            open -= 1;
        }
        let mut columns = Vec::new();
        let mut inner = first;
        for cells in cells {
            columns.push((inner, cells));
            inner += cells + GAP;
        }
        Self { room, rows, bend: first - GAP, columns }
    }

    /// Cells between the middle and a name of that step on that row, and the most cells of the name. The last
    /// one of its row has that to itself: no two branches share a row.
    fn of(&self, step: usize, row: u16, is_last: bool) -> (u16, u16) {
        let (inner, cells) =
            self.columns.get(step.wrapping_sub(1)).copied().unwrap_or((GAP, LEAST_NAME));
        // A circle, in whole numbers: how far in it is at this height.
        let half = u64::from(self.rows / 2).max(1);
        let away = u64::from(row.abs_diff(self.rows / 2)).min(half);
        let wide = (half * half - away * away).isqrt();
        let bent = u64::from(self.bend) * (half - wide) / half;
        let inner = inner - u16::try_from(bent).unwrap_or(0);
        (inner, if is_last { cells.max(self.room.saturating_sub(inner)) } else { cells })
    }
}

#[cfg(test)]
mod tests;
