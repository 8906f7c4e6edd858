//! The rows of a tree: what the pane paints, and how a row is found again.

use super::State;
use crate::vault::PagePath;

/// One row, for painting.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Row<'a> {
    /// How many folders are around it.
    pub depth: usize,
    /// The key of the shelf that it is or stands on.
    pub shelf: Option<&'a str>,
    /// Where it is; of folders too. A shelf is nowhere.
    pub path: Option<&'a PagePath>,
    /// What it is called.
    pub label: &'a str,
    /// What tells it from others of its name, or what it is sorted by; often empty.
    pub detail: &'a str,
    /// Folder or page.
    pub kind: RowKind<'a>,
}

/// What a row stands for: it is found again however rows come and go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spot {
    /// The key of the shelf that it is or stands on.
    pub shelf: Option<String>,
    /// Where it is; of a shelf itself, nowhere.
    pub path: Option<PagePath>,
}

impl Row<'_> {
    /// What the row stands for.
    #[must_use]
    pub fn spot(&self) -> Spot {
        Spot { shelf: self.shelf.map(str::to_owned), path: self.path.cloned() }
    }
}

impl From<PagePath> for Spot {
    fn from(path: PagePath) -> Self {
        Self { shelf: None, path: Some(path) }
    }
}

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RowKind<'a> {
    /// A folder.
    Folder {
        /// Whether what is in it follows below.
        expanded: bool,
        /// Pages in it and in its folders.
        pages: usize,
        /// Those of them that match the filter; all, where there is none.
        matching: usize,
    },
    /// A page and its kind.
    Page(Option<&'a str>),
    /// A shelf.
    Shelf {
        /// Whether what stands on it follows below.
        expanded: bool,
        /// Pages on it.
        pages: usize,
        /// Those of them that match the filter; all, where there is none.
        matching: usize,
        /// What stands before its name, and the same in ASCII.
        sign: (&'static str, &'static str),
        /// Why these pages, in one line; why none, where it is broken.
        about: &'a str,
        /// Whether its pages are known.
        state: State,
    },
    /// A page that stood on a shelf and is not in the wiki any more.
    Gone,
    /// Says on a shelf without pages why there are none.
    Note,
}
