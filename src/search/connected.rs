//! How two pages are connected, told in full: every step of the shortest chains of links with the sentence that
//! holds the link. What is on the screen and what the command line prints are both made here.

use crate::index::graph::{self, Connection, Hop};
use crate::index::{Index, LinkRef, PageId};
use crate::vault::PagePath;

use super::excerpt::Excerpt;

/// So many chains are told unless another number is asked for: on the screen as on the command line.
pub const MOST_CHAINS: u16 = 6;

/// How two pages are connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Connected {
    /// By these shortest chains, the most telling first; a page with itself by one without steps.
    Chains(Vec<Vec<Step>>),
    /// Not at all. How many pages hang together with each, itself counted.
    Apart {
        /// With the first.
        from: usize,
        /// With the second.
        to: usize,
    },
}

/// One step of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The page where it starts.
    pub from: PagePath,
    /// The page where it ends.
    pub to: PagePath,
    /// The page that holds the link: one of the two, `from` where both hold one.
    pub source: PagePath,
    /// Whether both link to each other.
    pub both: bool,
    /// The line of the link, the first being 1.
    pub line: u32,
    /// Where the link starts, in bytes of the page's text.
    pub offset: u32,
    /// The sentence that holds it.
    pub sentence: Excerpt,
}

/// Tells how `from` and `to` are connected, by at most `most` chains. `sentences` reads those of links, in
/// their order.
pub fn connected(
    index: &Index,
    from: PageId,
    to: PageId,
    most: usize,
    sentences: impl Fn(&[LinkRef]) -> Vec<Excerpt>,
) -> Connected {
    let chains = match graph::connection(index, from, to, most) {
        Connection::Apart { from, to } => return Connected::Apart { from, to },
        Connection::Chains(chains) => chains,
    };
    let links: Vec<LinkRef> = chains.iter().flatten().map(|hop| hop.link).collect();
    let mut sentences = sentences(&links).into_iter();
    let mut step = |hop: &Hop| {
        let sentence = sentences.next().unwrap_or_default();
        let path = |id| index.page(id).map(|page| page.path.clone());
        let link = index.link(hop.link)?;
        Some(Step {
            from: path(hop.from)?,
            to: path(hop.to)?,
            source: path(hop.link.source)?,
            both: hop.both,
            line: link.line,
            offset: link.span.start,
            sentence,
        })
    };
    let told = chains.iter().map(|chain| chain.iter().filter_map(&mut step).collect());
    Connected::Chains(told.collect())
}
