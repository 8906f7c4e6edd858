//! A page's text as a document: `&str -> Document`, pure and infallible. Bad input gives a document
//! and notices. Knows nothing of other pages: links are read here and resolved in `index`.
//!
//! One walk over one parser with one set of options serves both [`parse`] (everything that a
//! page view shows) and [`facts()`] (only what the index keeps).
//!
//! The way of a page: `source` makes it ready (`wikilink` finds the links that the parser cannot),
//! `frontmatter` and `footer` cut off both of its ends, `walk` reads what is between, block by block
//! (of a long page, as `windows` cut it into parts that can be parsed alone):
//! `text` and `link` turn what is inline into runs, which `inline` gathers; `comment` and `extend`
//! find in them what the parser does not know; `leaf` and `section` say what the block means; `dress`
//! puts HTML and formulas as they are shown; `blocks` keeps it. What other pages give to be shown in
//! place is put in by [`embed`].

mod address;
mod beginning;
mod blocks;
mod comment;
mod conflict;
mod cuts;
pub mod document;
mod dress;
mod element;
pub mod embed;
mod extend;
pub mod facts;
mod footer;
mod frontmatter;
mod glance;
mod html;
mod inline;
mod kept;
mod leaf;
mod link;
mod math;
pub mod packed;
pub mod recover;
mod scripts;
mod section;
mod source;
mod summary;
mod tag;
mod text;
mod walk;
mod wikilink;
mod windows;
mod words;
mod yaml;
mod yaml_plain;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use source::Source;

pub use beginning::beginning;
pub use document::{Container, ContainerId, ContainerKind, Document, Inlines, Leaf, LeafKind};
pub use facts::{Facts, Link, LinkId, LinkKind, Notice, Property, TagOrigin, Value};
pub use kept::{Kept, Text};
pub use packed::{Packed, Packer};

/// The whole document of a page, for showing it.
///
/// `source` is the decoded text without a byte order mark; every span refers to it.
#[must_use]
pub fn parse(source: &str) -> Document {
    read(&Source::new(source), true, windows::WINDOW_BYTES)
}

/// As [`parse`], for a source that is kept as long as the document: texts that stand in it are not held twice.
#[must_use]
pub fn parse_shared(source: &Arc<str>) -> Document {
    read(&Source::shared(source), true, windows::WINDOW_BYTES)
}

/// What the index keeps of a page: links, tags, headings, properties. The same walk as [`parse`]
/// without the blocks; `parse(source).facts == facts(source)` for every source.
#[must_use]
pub fn facts(source: &str) -> Facts {
    read(&Source::new(source), false, windows::WINDOW_BYTES).facts
}

/// Runs the bare parser over `source` with the options of [`parse`] and counts its events: what any
/// reading costs at least. For benches.
#[must_use]
pub fn events(source: &str) -> usize {
    walk::events(source)
}

#[cfg(test)]
fn parse_in_windows(source: &str, bytes: usize) -> Document {
    read(&Source::new(source), true, bytes)
}

#[cfg(test)]
fn parse_shared_in_windows(source: &Arc<str>, bytes: usize) -> Document {
    read(&Source::shared(source), true, bytes)
}

fn read(source: &Source<'_>, keep_blocks: bool, window_bytes: usize) -> Document {
    let mut walk = walk::Walk::new(source, keep_blocks);
    walk.window_bytes = window_bytes;
    let start = frontmatter::read(source, &mut walk.facts);
    let footer = footer::find(&source.text, start);
    walk.read(start, footer.as_ref().map_or(source.text.len(), |footer| footer.start));
    walk.in_footer = true;
    for line in footer.into_iter().flat_map(|footer| footer.lines) {
        walk.read_footer_line(line);
    }
    let mut facts = std::mem::take(&mut walk.facts);
    facts.links.shrink_to_fit();
    facts.headings.shrink_to_fit();
    summary::fill(&mut facts);
    facts.notices.extend(conflict::notices(&source.text));
    if let Some(keeper) = &source.keeper {
        keeper.finish();
    }
    walk.blocks.finish(facts)
}
