//! How the braid's screen is divided: the one answer for update and view.

use crate::app::model::Size;

/// The division of the screen. From above: what the braid asks for, the names of all parts where not all
/// of them are in view, the columns side by side, the pages that are left, the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Rows that say what is asked for: the title with the count, and the query.
    pub head: u16,
    /// Whether there is a row with the names of the parts: not all of them are in view.
    pub strip: bool,
    /// The first part in view, and how many there are.
    pub first: usize,
    /// How many parts stand side by side.
    pub shown: usize,
    /// Rows of the columns, their titles included.
    pub columns: u16,
    /// Rows of the pages that are left, their title included; 0 where they are a part like the columns.
    pub left: u16,
    /// Whether there is a row for the keys.
    pub footer: bool,
}

/// Columns are as wide at least, with the line after them.
const COLUMN: u16 = 23;
/// Screens of fewer rows have one for title and query.
const TWO_HEADS_FROM: u16 = 16;
/// Screens of fewer rows have none for the keys.
const FOOTER_FROM: u16 = 6;
/// With fewer rows for both, the pages that are left are a part like the columns.
const LEFT_FROM: u16 = 14;

impl Area {
    /// The division of a screen for so many columns, `part` of which has the keys; the part after the last
    /// column is the list of pages.
    #[must_use]
    pub fn of(screen: Size, columns: usize, part: usize) -> Self {
        let footer = screen.rows >= FOOTER_FROM;
        let head = if screen.rows >= TWO_HEADS_FROM { 3 } else { 1 };
        let body = screen.rows.saturating_sub(head + u16::from(footer));
        let below = body >= LEFT_FROM;
        let parts = columns + usize::from(!below);
        let room = usize::from(((screen.columns + 1) / COLUMN).max(1));
        let shown = room.min(parts);
        let strip = shown < parts && body > 0;
        let page = part.min(parts.saturating_sub(1)) / shown.max(1) * shown;
        let first = page.min(parts - shown);
        let body = body.saturating_sub(u16::from(strip));
        let left = if below { body * 2 / 5 } else { 0 };
        Self { head, strip, first, shown, columns: body - left, left, footer }
    }

    /// Rows of the list of a part, out of so many columns.
    #[must_use]
    pub fn rows(&self, part: usize, columns: usize) -> usize {
        let rows = if part >= columns && self.left > 0 { self.left } else { self.columns };
        usize::from(rows.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_do_not_fit_are_turned_to() {
        let check = |columns, rows, part, expected: (usize, usize, bool, bool)| {
            let area = Area::of(Size { columns, rows }, 4, part);
            let found = (area.first, area.shown, area.strip, area.left > 0);
            assert_eq!(found, expected, "{columns}x{rows} {part}");
        };
        check(120, 40, 0, (0, 4, false, true));
        check(120, 40, 4, (0, 4, false, true));
        check(80, 24, 0, (0, 3, true, true));
        check(80, 24, 3, (1, 3, true, true));
        check(40, 12, 0, (0, 1, true, false));
        check(40, 12, 4, (4, 1, true, false));
        check(120, 12, 4, (0, 5, false, false));
        check(5, 2, 2, (2, 1, true, false));
    }

    #[test]
    fn no_screen_is_too_small() {
        for columns in 0..140 {
            for rows in 0..50 {
                for (strands, part) in [(0, 0), (1, 0), (1, 1), (4, 3), (4, 4), (7, 5)] {
                    let area = Area::of(Size { columns, rows }, strands, part);
                    let used = area.columns + area.left + u16::from(area.strip);
                    assert!(used <= rows, "{columns}x{rows} {strands} {part}");
                    assert!(area.rows(part, strands) <= usize::from(rows));
                    let in_view = area.first <= part && part < area.first + area.shown;
                    assert!(in_view || (part == strands && area.left > 0));
                }
            }
        }
    }
}
