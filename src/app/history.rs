//! The way that led here: visits with the exact place, back and forward.

use super::reader::Address;
use super::reader::left::Left;

/// Visits kept; the oldest are forgotten.
pub const MOST_VISITS: usize = 200;

/// A page as it was left.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// Which page.
    pub address: Address,
    /// Its title, for the trail.
    pub title: String,
    /// Where the reader was.
    pub left: Left,
}

impl Visit {
    /// Whether both are at the same line of the same page.
    #[must_use]
    pub fn is_at(&self, other: &Self) -> bool {
        let place = |visit: &Self| (visit.left.anchor, visit.left.is_source);
        self.address == other.address && place(self) == place(other)
    }
}

/// The visits before and after the open page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// Where one came from, the latest last.
    pub back: Vec<Visit>,
    /// Where one went back from, the nearest last.
    pub forward: Vec<Visit>,
}

impl History {
    /// Leaves a page for a new one: what one went back from before is no longer ahead.
    pub fn leave(&mut self, visit: Visit) {
        self.forward.clear();
        if self.back.len() == MOST_VISITS {
            self.back.remove(0);
        }
        self.back.push(visit);
    }
}
