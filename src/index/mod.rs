//! The index: every page's facts, and what follows from them all: who links where, which tags there
//! are, what is wanted. Changes are applied one by one at the cost of what changed and who refers to
//! it; applying all of them equals building from scratch.

pub mod resolve;

use std::sync::Arc;

use crate::markdown::Facts;
use crate::markdown::LinkId;
use crate::vault::PagePath;

pub use resolve::{Resolution, Status, Via};

/// A page's number within one run of the program; never used again for another page.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct PageId(pub u32);

/// What the index knows of one page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its number.
    pub id: PageId,
    /// Where it is.
    pub path: PagePath,
    /// Its title (`semantics.md`, pages and folders): said, else the first heading, else the file name.
    pub title: String,
    /// Its kind, lower case.
    pub kind: Option<String>,
    /// When it was last written, milliseconds since 1970-01-01 UTC.
    pub modified_ms: i64,
    /// Length of the file in bytes.
    pub bytes: u64,
    /// Links, tags, headings, properties.
    pub facts: Arc<Facts>,
    /// Why it cannot be read, if so.
    pub unreadable: Option<String>,
}

/// A change to the wiki.
#[derive(Clone, Debug)]
pub enum Change {
    /// A page was written, or seen for the first time.
    Put(NewPage),
    /// A page or another file is gone.
    Remove(PagePath),
    /// A file that is no page exists: a target for attachments.
    Attachment(PagePath),
}

/// What the index is told of a page.
#[derive(Clone, Debug)]
pub struct NewPage {
    /// Where it is.
    pub path: PagePath,
    /// When it was last written, milliseconds since 1970-01-01 UTC.
    pub modified_ms: i64,
    /// Length of the file in bytes.
    pub bytes: u64,
    /// What stands in it.
    pub facts: Facts,
    /// Why it cannot be read, if so.
    pub unreadable: Option<String>,
}

/// One link, named by the page it stands on and its number there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct LinkRef {
    /// The page that holds the link.
    pub source: PageId,
    /// Index into the page's [`Facts::links`].
    pub link: LinkId,
}

/// The index of a wiki.
#[derive(Clone, Debug, Default)]
pub struct Index {}

impl Index {
    /// Applies one change.
    pub fn apply(&mut self, change: Change) {
        let _ = change;
    }

    /// Applies many changes at once, at less cost than one by one; the result is the same.
    pub fn apply_all(&mut self, changes: impl IntoIterator<Item = Change>) {
        for change in changes {
            self.apply(change);
        }
    }

    /// How many pages there are.
    #[must_use]
    pub fn len(&self) -> usize {
        0
    }

    /// Whether there is no page.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All pages, in no order that means anything.
    pub fn pages(&self) -> impl Iterator<Item = &Page> {
        std::iter::empty()
    }

    /// The page of that number; `None` once it is gone.
    #[must_use]
    pub fn page(&self, id: PageId) -> Option<&Page> {
        let _ = id;
        None
    }

    /// The page at exactly that path.
    #[must_use]
    pub fn at(&self, path: &PagePath) -> Option<&Page> {
        let _ = path;
        None
    }

    /// Where `link`, standing on the page at `from`, leads. `from` need not be in the index.
    #[must_use]
    pub fn resolve(&self, from: &PagePath, link: &crate::markdown::Link) -> Resolution {
        let _ = (from, link);
        Resolution { status: Status::Missing, via: None }
    }

    /// Where the link `link` of `source` leads, from the index's own table.
    #[must_use]
    pub fn resolution(&self, link: LinkRef) -> Resolution {
        let _ = link;
        Resolution { status: Status::Missing, via: None }
    }

    /// The links that lead to `id`, by source path and place; links of a page to itself left out.
    #[must_use]
    pub fn backlinks(&self, id: PageId) -> Vec<LinkRef> {
        let _ = id;
        Vec::new()
    }

    /// The links that ask for the missing page that `target` (as written) names, by source path and place.
    #[must_use]
    pub fn wanted_by(&self, target: &str) -> Vec<LinkRef> {
        let _ = target;
        Vec::new()
    }

    /// Up to `max` pages whose names are nearest to `target`, nearest first; none that is far off.
    #[must_use]
    pub fn near(&self, target: &str, max: usize) -> Vec<PageId> {
        let _ = (target, max);
        Vec::new()
    }

    /// All tags with the number of pages that carry them (not their children), by name. Shown as first seen.
    #[must_use]
    pub fn tags(&self) -> Vec<(String, u32)> {
        Vec::new()
    }

    /// The distinct tags of a page, as the wiki first showed them, in the page's order.
    #[must_use]
    pub fn tags_of(&self, id: PageId) -> Vec<&str> {
        let _ = id;
        Vec::new()
    }

    /// Whether the page carries `tag` (folded) or a tag nested below it.
    #[must_use]
    pub fn has_tag(&self, id: PageId, tag: &str) -> bool {
        let _ = (id, tag);
        false
    }

    /// Counts that change with every change: equal revisions mean equal content.
    #[must_use]
    pub fn revision(&self) -> u64 {
        0
    }
}
