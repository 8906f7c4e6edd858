//! When a page's turn to be told has come. Pages are read in the order of what their names promise; what their
//! texts hold is known only then. A page that holds the words only as parts of words waits: until the pages that
//! stand not too far below it were read, and any better ones among them told.

use std::collections::BTreeMap;

use super::Found;
use crate::search::edges::Fit;

/// How many runs a page waits that holds but the beginning of a word (256 pages of
/// [`super::RUN`]), and one that holds but the inside of one (1,280). Up to 1,024 pages all of one sort come
/// before all of the next, and nobody waits for the whole of a larger wiki.
const START_WAITS: usize = 16;
const INSIDE_WAITS: usize = 80;

/// The pages that wait, by the run after which they are told.
#[derive(Default)]
pub(super) struct Turns {
    waiting: BTreeMap<usize, Vec<Found>>,
}

impl Turns {
    /// What is told once the run `nth` was read, which found these pages. Runs come in their order.
    pub(super) fn after(&mut self, nth: usize, pages: Vec<(Found, Fit)>) -> Vec<Found> {
        for (found, fit) in pages {
            let waits = match fit {
                Fit::Word => 0,
                Fit::Start => START_WAITS,
                Fit::Inside => INSIDE_WAITS,
            };
            self.waiting.entry(nth + waits).or_default().push(found);
        }
        let later = self.waiting.split_off(&(nth + 1));
        std::mem::replace(&mut self.waiting, later).into_values().flatten().collect()
    }

    /// What still waits, once all were read.
    pub(super) fn rest(self) -> Vec<Found> {
        self.waiting.into_values().flatten().collect()
    }
}
