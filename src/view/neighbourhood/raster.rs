//! Lines on cells: in braille, eight dots a cell, or in plain characters. Knows nothing of what is joined.

use crate::text::role::Role;

/// Lines on an area of cells; later ones give the cells that they share their look.
pub(super) struct Raster {
    columns: u16,
    rows: u16,
    ascii: bool,
    cells: Vec<Option<(Mark, Role)>>,
}

/// What a line leaves in a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Dots, as the bits of U+2800 count them.
    Dots(u8),
    /// A character.
    Sign(char),
}

/// The bits of a braille cell by row and column (Unicode, 15.2: dots 1 to 3, 7 at the left, 4 to 6, 8 at the
/// right).
const BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

impl Raster {
    /// An empty area.
    pub(super) fn new(columns: u16, rows: u16, ascii: bool) -> Self {
        let cells = vec![None; usize::from(columns) * usize::from(rows)];
        Self { columns, rows, ascii, cells }
    }

    /// Draws a line from the middle of one cell to the middle of another (column, row).
    pub(super) fn line(&mut self, from: (u16, u16), to: (u16, u16), role: Role) {
        let (across, down) = if self.ascii { (1, 1) } else { (2, 4) };
        let scale = |(x, y): (u16, u16)| {
            (i32::from(x) * across + across / 2, i32::from(y) * down + down / 2)
        };
        let (mut x, mut y) = scale(from);
        let (to_x, to_y) = scale(to);
        let (wide, high) = ((to_x - x).abs(), -(to_y - y).abs());
        let (step_x, step_y) = ((to_x - x).signum(), (to_y - y).signum());
        // Bresenham, in all directions.
        let mut error = wide + high;
        let mut came = None;
        loop {
            let twice = 2 * error;
            let (goes_x, goes_y) = (twice >= high, twice <= wide);
            let goes = match (goes_x, goes_y) {
                (true, false) => '-',
                (false, _) => '|',
                _ if step_x == step_y => '\\',
                _ => '/',
            };
            self.dot(x, y, came.unwrap_or(goes), role);
            if (x, y) == (to_x, to_y) {
                return;
            }
            came = Some(goes);
            if goes_x {
                error += high;
                x += step_x;
            }
            if goes_y {
                error += wide;
                y += step_y;
            }
        }
    }

    fn dot(&mut self, x: i32, y: i32, sign: char, role: Role) {
        let (across, down) = if self.ascii { (1, 1) } else { (2, 4) };
        let (column, row) = (x / across, y / down);
        if column < 0 || row < 0 || column >= self.columns.into() || row >= self.rows.into() {
            return;
        }
        let at = usize::try_from(row * i32::from(self.columns) + column).unwrap_or(usize::MAX);
        let Some(cell) = self.cells.get_mut(at) else { return };
        let mark = if self.ascii {
            Mark::Sign(sign)
        } else {
            let bit = BITS[usize::try_from(y % down).unwrap_or(0)]
                [usize::try_from(x % across).unwrap_or(0)];
            match cell {
                Some((Mark::Dots(dots), _)) => Mark::Dots(*dots | bit),
                _ => Mark::Dots(bit),
            }
        };
        *cell = Some((mark, role));
    }

    /// The cells that hold something: column, row, character, role.
    pub(super) fn cells(&self) -> impl Iterator<Item = (u16, u16, char, Role)> {
        let columns = usize::from(self.columns).max(1);
        self.cells.iter().enumerate().filter_map(move |(at, cell)| {
            let (mark, role) = (*cell)?;
            let sign = match mark {
                Mark::Dots(dots) => char::from_u32(0x2800 + u32::from(dots))?,
                Mark::Sign(sign) => sign,
            };
            let (column, row) = (at % columns, at / columns);
            Some((u16::try_from(column).ok()?, u16::try_from(row).ok()?, sign, role))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(ascii: bool, lines: &[[(u16, u16); 2]]) -> Vec<String> {
        let mut raster = Raster::new(6, 3, ascii);
        for [from, to] in lines {
            raster.line(*from, *to, Role::Text);
        }
        let mut rows = vec![vec![' '; 6]; 3];
        for (column, row, sign, _) in raster.cells() {
            rows[usize::from(row)][usize::from(column)] = sign;
        }
        rows.into_iter().map(|row| row.into_iter().collect()).collect()
    }

    #[test]
    fn lines_are_drawn_in_dots_or_in_plain_characters() {
        let corner = [[(0, 0), (2, 2)], [(3, 2), (5, 0)]];
        assert_eq!(drawn(true, &corner), ["\\    /", " \\  / ", "  \\/  "]);
        assert_eq!(drawn(false, &[[(0, 1), (5, 1)]]), ["      ", "⠠⠤⠤⠤⠤⠤", "      "]);
        assert_eq!(drawn(true, &[[(2, 0), (2, 2)]]), ["  |   ", "  |   ", "  |   "]);
    }

    #[test]
    fn what_lies_outside_is_left_out() {
        assert_eq!(drawn(true, &[[(4, 1), (9, 1)]]), ["      ", "    --", "      "]);
    }
}
