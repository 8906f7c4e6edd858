//! The finder: fuzzy search over titles, aliases, paths, headings and tags (nucleo), the query
//! language's fields as a filter on top.

use crate::index::{Index, PageId};
use crate::text::date::Date;

/// One row of the finder.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What it opens.
    pub goal: Goal,
    /// What is shown: a title, alias, heading or tag.
    pub label: String,
    /// Secondary text: the folder, or the page of a heading.
    pub detail: String,
    /// Byte ranges of `label` that matched.
    pub matched: Vec<(u32, u32)>,
}

/// What a row of the finder opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// A page.
    Page(PageId),
    /// A heading: index into the page's headings.
    Heading(PageId, u32),
    /// A tag: filters by it.
    Tag(String),
}

/// At most `max` rows for `typed`, best first. An empty `typed` gives the `recent` pages, newest
/// first, then the others by title. Field terms (`tag:x`) narrow the pages; the remaining words are
/// matched fuzzily.
#[must_use]
pub fn find(index: &Index, typed: &str, recent: &[PageId], today: Date, max: usize) -> Vec<Found> {
    let _ = (index, typed, recent, today, max);
    Vec::new()
}
