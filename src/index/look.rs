//! The looks that the resolver takes for a file, told to whoever wants its answer explained.

use super::Via;
use super::files::Number;

/// A look that the resolver took for a file, for whoever wants the answer explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) by: By,
    /// What was looked for, folded; without what may stand behind it.
    pub(super) asked: String,
    /// The files that answer, the best first.
    pub(super) found: Vec<Sighting>,
}

/// A file that answers a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sighting {
    pub(super) file: Number,
    /// The rule that speaks for it.
    pub(super) via: Via,
    /// What puts it behind the best; `None` of the best, and where none is better than another.
    pub(super) behind: Option<Behind>,
}

/// What decides between two files, in the order in which it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behind {
    /// The rule that speaks for the other goes first.
    Rule,
    /// Its path is longer.
    Length,
    /// Its path comes later by name.
    Name,
    /// The other is spelled as in the link.
    Spelling,
}

/// How a look was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// At this path and nowhere else.
    Path(Via),
    /// Wherever a path ends in it.
    Ending,
    /// By alias.
    Alias,
    /// By title.
    Title,
}

/// Takes down the looks; `()` does not, and costs nothing.
pub(super) trait Record {
    fn look(&mut self, look: impl FnOnce() -> Look);
}

impl Record for () {
    fn look(&mut self, _: impl FnOnce() -> Look) {}
}

impl Record for Vec<Look> {
    fn look(&mut self, look: impl FnOnce() -> Look) {
        self.push(look());
    }
}
