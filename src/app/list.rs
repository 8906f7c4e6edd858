//! The cursor of a list that is longer than its viewport. Shared by every list of the program; knows
//! numbers of rows, nothing of what stands in them.

use crate::command::{Command, Key, KeyCode};

/// Rows kept in view above and below the cursor, where there is room.
const MARGIN: usize = 3;

/// Where one is in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListCursor {
    /// The row under the cursor.
    pub at: usize,
    /// The first row of the viewport when it was last moved; [`Self::top`] is what is shown.
    top: usize,
}

impl ListCursor {
    /// A cursor on row `at`.
    #[must_use]
    pub fn new(at: usize) -> Self {
        Self { at, top: 0 }
    }

    /// The first visible row of a list of `len` rows on `rows` rows of the screen: the one of the
    /// last move, brought to where the cursor is in view with a margin. Pure, so that a smaller
    /// screen or a shorter list needs no message.
    #[must_use]
    pub fn top(&self, len: usize, rows: usize) -> usize {
        let margin = MARGIN.min(rows.saturating_sub(1) / 2);
        let at = self.at.min(len.saturating_sub(1));
        let least = (at + margin + 1).saturating_sub(rows);
        let most = at.saturating_sub(margin);
        self.top.clamp(least, most.max(least)).min(len.saturating_sub(rows))
    }

    /// Puts the cursor on row `at`, or the last one.
    pub fn put(&mut self, at: usize, len: usize, rows: usize) {
        self.at = at.min(len.saturating_sub(1));
        self.top = self.top(len, rows);
    }

    /// Puts the cursor on row `at` with the viewport around it.
    pub fn center(&mut self, at: usize, len: usize, rows: usize) {
        self.top = at.saturating_sub(rows / 2);
        self.put(at, len, rows);
    }

    /// Puts the cursor on row `at` and keeps it at the same height of the viewport: its item has
    /// moved because rows came or went above it.
    pub fn follow(&mut self, at: usize, len: usize, rows: usize) {
        self.top = (self.top + at).saturating_sub(self.at);
        self.put(at, len, rows);
    }

    /// Moves the cursor by `delta` rows, as far as the list reaches.
    pub fn step(&mut self, delta: isize, len: usize, rows: usize) {
        self.put(self.at.saturating_add_signed(delta), len, rows);
    }

    /// Moves the viewport by `delta` rows; the cursor is taken along only where it would leave it.
    pub fn wheel(&mut self, delta: i32, len: usize, rows: usize) {
        let delta = isize::try_from(delta).unwrap_or(0);
        let top = self.top(len, rows).saturating_add_signed(delta).min(len.saturating_sub(rows));
        let margin = MARGIN.min(rows.saturating_sub(1) / 2);
        let first = if top == 0 { 0 } else { top + margin };
        let end = if top + rows >= len { len } else { top + rows - margin };
        self.at = self.at.clamp(first, end.saturating_sub(1).max(first)).min(len.saturating_sub(1));
        self.top = top;
    }

    /// Applies a moving command of lists. `true` if it was one.
    pub fn run(&mut self, command: Command, len: usize, rows: usize) -> bool {
        let page = isize::try_from(rows.saturating_sub(1).max(1)).unwrap_or(1);
        let half = isize::try_from((rows / 2).max(1)).unwrap_or(1);
        match command {
            Command::Down => self.step(1, len, rows),
            Command::Up => self.step(-1, len, rows),
            Command::ListHalfPageDown => self.step(half, len, rows),
            Command::ListHalfPageUp => self.step(-half, len, rows),
            Command::ListPageDown => self.step(page, len, rows),
            Command::ListPageUp => self.step(-page, len, rows),
            Command::First => self.put(0, len, rows),
            Command::Last => self.put(usize::MAX, len, rows),
            _ => return false,
        }
        true
    }

    /// Applies a moving key of a list below a field that is being typed into. `true` if it was one.
    pub fn key(&mut self, key: Key, len: usize, rows: usize) -> bool {
        let command = match (key.code, key.ctrl) {
            (KeyCode::Up, false) | (KeyCode::Char('p' | 'k'), true) => Command::Up,
            (KeyCode::Down, false) | (KeyCode::Char('n' | 'j'), true) => Command::Down,
            (KeyCode::PageUp, _) => Command::ListPageUp,
            (KeyCode::PageDown, _) => Command::ListPageDown,
            (KeyCode::Home, true) => Command::First,
            (KeyCode::End, true) => Command::Last,
            _ => return false,
        };
        self.run(command, len, rows)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_viewport_follows_with_a_margin() {
        let mut list = ListCursor::default();
        list.step(6, 100, 10);
        assert_eq!(list.top(100, 10), 0);
        list.step(1, 100, 10);
        assert_eq!(list.top(100, 10), 1);
        list.step(-3, 100, 10);
        assert_eq!(list.top(100, 10), 1);
        list.step(-1, 100, 10);
        assert_eq!(list.top(100, 10), 0);
        list.put(usize::MAX, 100, 10);
        assert_eq!((list.at, list.top(100, 10)), (99, 90));
    }

    #[test]
    fn an_item_that_moves_keeps_its_height_on_the_screen() {
        let mut list = ListCursor::default();
        list.center(50, 100, 10);
        assert_eq!(list.top(100, 10), 45);
        list.follow(70, 140, 10);
        assert_eq!((list.at, list.top(140, 10)), (70, 65));
    }

    #[test]
    fn the_wheel_takes_the_cursor_along_only_at_the_edge() {
        let mut list = ListCursor::default();
        list.put(6, 100, 10);
        list.wheel(3, 100, 10);
        assert_eq!((list.at, list.top(100, 10)), (6, 3));
        list.wheel(3, 100, 10);
        assert_eq!((list.at, list.top(100, 10)), (9, 6));
        list.wheel(-100, 100, 10);
        assert_eq!((list.at, list.top(100, 10)), (6, 0));
    }

    proptest! {
        #[test]
        fn the_cursor_is_always_in_view(
            moves in prop::collection::vec((-30isize..30, 0usize..40, 0usize..15), 1..40),
        ) {
            let mut list = ListCursor::default();
            for (delta, len, rows) in moves {
                match delta % 3 {
                    0 => list.step(delta, len, rows),
                    1 => list.wheel(i32::try_from(delta).unwrap(), len, rows),
                    _ => list.follow(delta.unsigned_abs(), len, rows),
                }
                let top = list.top(len, rows);
                prop_assert!(len == 0 || list.at < len);
                prop_assert!(rows == 0 || (top <= list.at && list.at < top + rows));
                prop_assert!(top <= len.saturating_sub(rows));
            }
        }
    }
}
