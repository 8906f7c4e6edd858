//! The links that lead to a page, in about four bytes each: of its source the distance to the one
//! before, and its number there. A page that all others link to is read at the cost of its links, as
//! a list would be.

use super::{LinkRef, PageId};
use crate::text::bytes::{Reader, Writer};

/// The links that lead to a page, its own included, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Inbound(Box<[u8]>);

impl Inbound {
    /// Keeps these links, which are sorted.
    pub(super) fn of(links: &[LinkRef]) -> Self {
        if links.is_empty() {
            return Self::default();
        }
        let mut to = Writer { bytes: Vec::with_capacity(4 * links.len() + 2) };
        to.length(links.len());
        let mut last = 0;
        for link in links {
            to.number(link.source.0 - last);
            to.number(link.link);
            last = link.source.0;
        }
        Self(to.bytes.into())
    }

    /// As it was written to the cache, see [`Self::bytes`]; all sources are below `pages`, and none
    /// is below the one before it. `None` where the bytes make no sense.
    pub(super) fn read(bytes: &[u8], pages: usize) -> Option<Self> {
        let inbound = Self(bytes.into());
        let sources = || inbound.iter().map(|link| link.source);
        let is_sound = sources().all(|source| (source.0 as usize) < pages) && sources().is_sorted();
        is_sound.then_some(inbound)
    }

    /// What is kept.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        Reader::new(&self.0).count()
    }

    /// The links, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = LinkRef> {
        let mut from = Reader::new(&self.0);
        let mut last: u32 = 0;
        (0..from.count()).map(move |_| {
            last = last.wrapping_add(from.number());
            LinkRef { source: PageId(last), link: from.number() }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_kept_in_few_bytes() {
        let link = |(source, link)| LinkRef { source: PageId(source), link };
        let links = [(0, 0), (0, 7), (3, 1), (3, 100_000), (70_000, 0), (u32::MAX, 2)].map(link);
        let inbound = Inbound::of(&links);
        assert_eq!(inbound.iter().collect::<Vec<_>>(), links);
        assert_eq!((inbound.len(), inbound.bytes().len()), (6, 21));
        let read = |pages| Inbound::read(inbound.bytes(), pages).is_some();
        assert!(read(1 << 32) && !read(70_001));
        assert_eq!((Inbound::default().len(), Inbound::default().iter().count()), (0, 0));
        // A distance that leads back, from 5 to 4.
        let mut back = Writer::default();
        for number in [2, 5, 0, u32::MAX, 0] {
            back.number(number);
        }
        assert!(Inbound::read(&back.bytes, 10).is_none());
    }
}
