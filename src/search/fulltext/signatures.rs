//! The signatures of pages, each as long as the index holds the same facts of its page: a page that changed has
//! others. In one piece, and as bytes for the cache: there a page is known by its path, its length and its time.
//!
//! Whoever keeps the bytes sees to it that they are whole and from this version of the program ([`FORMAT`]).

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::Weak;

use super::signature::Signature;
use crate::index::{Index, Page, PageId};
use crate::markdown::Packed;
use crate::text::bytes::{Reader, Writer};
use crate::text::hash::{AsIs, fnv_1a};

/// Counts up with every change of what stands in the bytes, be it by the way signatures are made or by the way they
/// are written.
pub const FORMAT: u32 = 1;

/// In pieces of about so many bytes they are written.
const PIECE: usize = 1 << 18;

/// Signatures by page.
#[derive(Debug, Default)]
pub struct Signatures {
    /// One after the other, with some that are worth nothing any more.
    bytes: Vec<u8>,
    /// By page number.
    pages: Vec<Option<Signed>>,
}

/// A page that has a signature.
#[derive(Clone, Debug)]
struct Signed {
    /// What was known of the page.
    facts: Weak<[u8]>,
    /// Where in the bytes the signature stands, and how long it is.
    start: u32,
    length: u32,
}

impl Signed {
    fn is_of(&self, facts: &Packed) -> bool {
        self.facts.ptr_eq(&facts.identity())
    }
}

impl Signatures {
    /// The signature of a page, for the index that [`Self::settle`] was given last.
    #[must_use]
    pub fn of(&self, page: PageId) -> Option<Signature<'_>> {
        let signed = self.pages.get(page.0 as usize)?.as_ref()?;
        Some(Signature::from(self.bytes_of(signed)))
    }

    fn bytes_of(&self, signed: &Signed) -> &[u8] {
        &self.bytes[signed.start as usize..][..signed.length as usize]
    }

    /// Adds the signature of the text of a page.
    pub fn add(&mut self, page: &Page, signature: &Signature<'_>) {
        self.put(page.id, page.facts.identity(), signature.bytes());
    }

    fn put(&mut self, page: PageId, facts: Weak<[u8]>, signature: &[u8]) {
        let length = u32::try_from(signature.len());
        // Whoever has four gigabytes of them has the other pages read.
        let (Ok(start), Ok(length)) = (u32::try_from(self.bytes.len()), length) else { return };
        self.bytes.extend_from_slice(signature);
        let at = page.0 as usize;
        if self.pages.len() <= at {
            self.pages.resize(at + 1, None);
        }
        self.pages[at] = Some(Signed { facts, start, length });
    }

    /// Takes in those of others.
    pub fn append(&mut self, others: &Self) {
        self.bytes.reserve_exact(others.bytes.len());
        self.pages.reserve_exact(others.pages.len().saturating_sub(self.pages.len()));
        for (page, signed) in (0..).zip(&others.pages) {
            if let Some(signed) = signed {
                self.put(PageId(page), signed.facts.clone(), others.bytes_of(signed));
            }
        }
    }

    /// Drops those of pages of which `index` holds other facts, or none.
    pub fn settle(&mut self, index: &Index) {
        let mut used = 0;
        for (number, signed) in (0..).zip(&mut self.pages) {
            let facts = index.page(PageId(number)).map(|page| &page.facts);
            match signed {
                Some(held) if facts.is_some_and(|facts| held.is_of(facts)) => {
                    used += held.length as usize;
                }
                _ => *signed = None,
            }
        }
        if used < self.bytes.len() / 2 {
            let old = std::mem::take(self);
            self.append(&old);
            self.bytes.shrink_to_fit();
        }
    }

    /// Gives those of the pages of `index` that were last written at `until_ms` (milliseconds since 1970-01-01 UTC) or
    /// before as bytes to `sink`, piece by piece.
    ///
    /// # Errors
    /// The first of `sink`'s, which is not called again after it.
    pub fn write<E>(
        &self,
        index: &Index,
        until_ms: i64,
        mut sink: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let signed = |page: &Page| {
            let signed = self.pages.get(page.id.0 as usize)?.as_ref()?;
            (page.modified_ms <= until_ms && signed.is_of(&page.facts))
                .then(|| (key(page), self.bytes_of(signed)))
        };
        let signed: Vec<_> = index.pages().filter_map(signed).collect();
        let mut to = Writer::default();
        to.length(signed.len());
        for (key, signature) in signed {
            to.wide(key);
            to.slice(signature);
            if to.bytes.len() >= PIECE {
                sink(&to.bytes)?;
                to.bytes.clear();
            }
        }
        sink(&to.bytes)
    }

    /// What [`Self::write`] wrote of pages that are in `index` as they were then.
    #[must_use]
    pub fn from_bytes(bytes: &[u8], index: &Index) -> Self {
        let mut from = Reader::new(bytes);
        let signed = (0..from.count()).map(|_| (from.wide(), from.slice()));
        let known: HashMap<u64, &[u8], BuildHasherDefault<AsIs>> = signed.collect();
        let mut signatures = Self { bytes: Vec::with_capacity(bytes.len()), pages: Vec::new() };
        for page in index.pages() {
            // One without a byte holds nothing, which none that was made does.
            if let Some(signature) = known.get(&key(page)).filter(|bytes| !bytes.is_empty()) {
                signatures.put(page.id, page.facts.identity(), signature);
            }
        }
        signatures
    }
}

/// Tells a page, as it was written when it was read, from any other, and from itself at any other time.
fn key(page: &Page) -> u64 {
    let mut bytes = page.path.as_str().as_bytes().to_vec();
    bytes.extend(page.modified_ms.to_le_bytes());
    bytes.extend(page.bytes.to_le_bytes());
    fnv_1a(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Change, NewPage};
    use crate::markdown;
    use crate::vault::PagePath;

    fn put(path: &str, modified_ms: i64, text: &str) -> Change {
        Change::Put(NewPage {
            path: PagePath::new(path).expect("a path"),
            modified_ms,
            bytes: text.len() as u64,
            facts: markdown::facts(text).into(),
            unreadable: None,
        })
    }

    /// Two pages, and the signatures of them.
    fn two() -> (Index, Signatures) {
        let mut index = Index::default();
        index.apply_all([put("ada.md", 5, "tides"), put("bo.md", 6, "storms")]);
        let mut signatures = Signatures::default();
        for page in index.pages() {
            signatures.add(page, &Signature::of(page.path.as_str()));
        }
        (index, signatures)
    }

    /// Those pages of `index` that have the signature of their path.
    fn signed(index: &Index, signatures: &Signatures) -> Vec<String> {
        let is_own = |page: &&Page| {
            let own = Signature::of(page.path.as_str());
            signatures.of(page.id).is_some_and(|signature| signature == own)
        };
        let signed = index.pages().filter(is_own);
        let mut paths: Vec<_> = signed.map(|page| page.path.to_string()).collect();
        paths.sort();
        paths
    }

    fn written(signatures: &Signatures, index: &Index, until_ms: i64) -> Vec<u8> {
        let mut bytes = Vec::new();
        let sink = |piece: &[u8]| {
            bytes.extend_from_slice(piece);
            Ok::<_, ()>(())
        };
        signatures.write(index, until_ms, sink).expect("nothing goes wrong");
        bytes
    }

    #[test]
    fn a_page_that_changed_or_is_gone_has_none_until_it_is_given_another() {
        let (mut index, mut signatures) = two();
        signatures.settle(&index);
        assert_eq!(signed(&index, &signatures), ["ada.md", "bo.md"]);
        // As long as before, and at the same time.
        index.apply(put("ada.md", 5, "sides"));
        signatures.settle(&index);
        assert_eq!(signed(&index, &signatures), ["bo.md"]);
        let ada = index.at(&PagePath::new("ada.md").expect("a path")).expect("a page");
        signatures.add(ada, &Signature::of("ada.md"));
        index.apply(Change::Remove(PagePath::new("bo.md").expect("a path")));
        signatures.settle(&index);
        assert_eq!(signed(&index, &signatures), ["ada.md"]);
    }

    #[test]
    fn what_is_worth_nothing_takes_no_room_for_long() {
        let (mut index, mut signatures) = two();
        let room = signatures.bytes.capacity();
        for time in 0..1_000 {
            index.apply(put("ada.md", time, "tides"));
            signatures.settle(&index);
            assert_eq!(signed(&index, &signatures), ["bo.md"]);
            let ada = index.at(&PagePath::new("ada.md").expect("a path")).expect("a page");
            signatures.add(ada, &Signature::of("ada.md"));
        }
        assert_eq!(signed(&index, &signatures), ["ada.md", "bo.md"]);
        assert!(signatures.bytes.capacity() <= 4 * room, "{}", signatures.bytes.capacity());
    }

    #[test]
    fn as_bytes_they_are_of_the_page_at_that_path_and_time_and_of_that_length() {
        let (index, signatures) = two();
        let bytes = written(&signatures, &index, 6);
        let check = |changes: Vec<Change>, expected: &[&str]| {
            let mut index = Index::default();
            index.apply_all(changes);
            assert_eq!(signed(&index, &Signatures::from_bytes(&bytes, &index)), expected);
        };
        let bo = || put("bo.md", 6, "storms");
        // Numbered otherwise.
        check(vec![bo(), put("ada.md", 5, "tides")], &["ada.md", "bo.md"]);
        check(vec![bo(), put("ada.md", 6, "tides")], &["bo.md"]);
        check(vec![bo(), put("ada.md", 5, "tide")], &["bo.md"]);
        check(vec![bo(), put("adb.md", 5, "tides")], &["bo.md"]);
        check(vec![], &[]);
        let early = Signatures::from_bytes(&written(&signatures, &index, 5), &index);
        assert_eq!(signed(&index, &early), ["ada.md"]);
    }

    #[test]
    fn those_of_pages_that_changed_are_not_written() {
        let (mut index, signatures) = two();
        index.apply(put("ada.md", 5, "sides"));
        let kept = Signatures::from_bytes(&written(&signatures, &index, 9), &index);
        assert_eq!(signed(&index, &kept), ["bo.md"]);
    }

    #[test]
    fn bytes_that_make_no_sense_are_read_as_far_as_they_go() {
        let (index, signatures) = two();
        let sound = written(&signatures, &index, 6);
        for at in 0..sound.len() {
            let mut bytes = sound.clone();
            bytes[at] ^= 0x90;
            let _ = Signatures::from_bytes(&bytes, &index);
            let cut = Signatures::from_bytes(&sound[..at], &index);
            assert!(cut.of(PageId(0)).is_none_or(|signature| !signature.bytes().is_empty()));
        }
    }
}
