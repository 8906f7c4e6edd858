//! A page's text as a document: `&str -> Document`, pure and infallible. Bad input gives a document
//! and notices. Knows nothing of other pages: links are read here and resolved in `index`.
//!
//! One walk over one parser with one set of options serves both [`parse`] (everything that a
//! page view shows) and [`facts`] (only what the index keeps).

pub mod document;
pub mod facts;
pub mod recover;

pub use document::{Container, ContainerId, ContainerKind, Document, Inlines, Leaf, LeafKind};
pub use facts::{Facts, Link, LinkId, LinkKind, Property, Value};

/// The whole document of a page, for showing it.
///
/// `source` is the decoded text without a byte order mark; every span refers to it.
#[must_use]
pub fn parse(source: &str) -> Document {
    let _ = source;
    Document::default()
}

/// What the index keeps of a page: links, tags, headings, properties. The same walk as [`parse`]
/// without the blocks; `parse(source).facts == facts(source)` for every source.
#[must_use]
pub fn facts(source: &str) -> Facts {
    parse(source).facts
}
