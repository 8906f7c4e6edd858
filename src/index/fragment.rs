//! Where in its page a `#fragment` leads (`semantics.md`, fragments). Needs that page's facts only.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Deref;

use super::near::likeness;
use crate::markdown::facts::Heading;
use crate::markdown::{Facts, Link, LinkKind, Packed};
use crate::text::fold::fold;
use crate::text::slug::{heading_key, slug};
use crate::text::span::ByteSpan;
use crate::vault::path::percent_decoded;

/// A place in a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spot {
    /// What stands there.
    pub kind: SpotKind,
    /// Its span in the source: the heading itself without its section, or the block.
    pub span: ByteSpan,
    /// Whether it is what was asked for, and not only the nearest to it.
    pub exact: bool,
}

/// What a fragment leads to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SpotKind {
    /// Index into [`Facts::headings`].
    Heading(usize),
    /// Index into [`Facts::block_ids`].
    Block(usize),
}

/// The fragment of `link` as its writer meant it: of Markdown links percent-decoded.
#[must_use]
pub fn written<T: Deref<Target = str>>(link: &Link<T>) -> Option<Cow<'_, str>> {
    let fragment = link.fragment()?;
    Some(match link.kind {
        LinkKind::Markdown | LinkKind::Image => percent_decoded(fragment),
        LinkKind::Wiki | LinkKind::Embed | LinkKind::Property => fragment.into(),
    })
}

/// Where `fragment` (`Heading`, `A#B` or `^block`) leads in a page. `None` where nothing is near it:
/// the page opens at its top.
#[must_use]
pub fn locate(facts: &Facts, fragment: &str) -> Option<Spot> {
    let places = Places::of(facts);
    places.exactly(fragment).or_else(|| places.nearly(fragment))
}

/// As [`locate`], in a page of the index.
#[must_use]
pub fn locate_in(page: &Packed, fragment: &str) -> Option<Spot> {
    let places = Places::of_packed(page);
    places.exactly(fragment).or_else(|| places.nearly(fragment))
}

/// The section of a heading: from its first byte to the next heading of its level or a higher one;
/// `None` is the end of the page.
#[must_use]
pub fn section(facts: &Facts, heading: usize) -> Option<(u32, Option<u32>)> {
    let own = facts.headings.get(heading)?;
    let next = facts.headings[heading + 1..].iter().find(|next| next.level <= own.level);
    Some((own.span.start, next.map(|next| next.span.start)))
}

/// The places of a page by the names that fragments give them, for asking for many.
pub(super) struct Places<'a> {
    headings: Vec<Heading<&'a str>>,
    /// Where the blocks stand that have a name.
    blocks: Vec<ByteSpan>,
    /// Of each heading, see [`heading_key`].
    keys: Vec<String>,
    by_text: HashMap<String, usize>,
    by_key: HashMap<String, usize>,
    /// Equal anchors are told apart by number: `usage-1` is the second `usage`.
    by_anchor: HashMap<String, Vec<usize>>,
    by_id: HashMap<String, usize>,
}

impl<'a> Places<'a> {
    fn of(facts: &'a Facts) -> Self {
        let headings = facts.headings.iter().map(Heading::borrowed).collect();
        Self::new(headings, facts.block_ids.iter().map(|block| (fold(&block.id), block.span)))
    }

    pub(super) fn of_packed(facts: &'a Packed) -> Self {
        let blocks = facts.block_ids().map(|block| (fold(&block.id), block.span));
        Self::new(facts.headings().collect(), blocks)
    }

    fn new(
        headings: Vec<Heading<&'a str>>,
        blocks: impl Iterator<Item = (String, ByteSpan)>,
    ) -> Self {
        let keys: Vec<String> = headings.iter().map(|h| heading_key(h.text)).collect();
        let (ids, blocks): (Vec<String>, Vec<ByteSpan>) = blocks.unzip();
        let mut by_anchor: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, heading) in headings.iter().enumerate() {
            let anchor = slug(heading.text).trim_matches('-').to_owned();
            by_anchor.entry(anchor).or_default().push(at);
        }
        Self {
            by_text: first_of(headings.iter().map(|heading| fold(heading.text.trim()))),
            by_key: first_of(keys.iter().cloned()),
            by_id: first_of(ids.into_iter()),
            headings,
            blocks,
            keys,
            by_anchor,
        }
    }

    /// What `fragment` names.
    pub(super) fn exactly(&self, fragment: &str) -> Option<Spot> {
        let parts: Vec<&str> = parts(fragment).collect();
        if let Some(id) = parts.last()?.strip_prefix('^') {
            return self.block(id);
        }
        let found = if parts.len() > 1 { self.nested(&parts) } else { None };
        found.or_else(|| self.heading(fragment)).map(|at| self.at_heading(at, true))
    }

    /// What is near to it: the last part anywhere, then the parts above it, then what resembles it.
    fn nearly(&self, fragment: &str) -> Option<Spot> {
        let parts: Vec<&str> = parts(fragment).collect();
        let last = parts.last().filter(|last| !last.starts_with('^'))?;
        let parent = parts.iter().rev().find_map(|part| self.heading(part));
        parent.or_else(|| self.alike(last)).map(|at| self.at_heading(at, false))
    }

    fn at_heading(&self, at: usize, exact: bool) -> Spot {
        Spot { kind: SpotKind::Heading(at), span: self.headings[at].span, exact }
    }

    fn block(&self, id: &str) -> Option<Spot> {
        let at = *self.by_id.get(&fold(id.trim()))?;
        Some(Spot { kind: SpotKind::Block(at), span: self.blocks[at], exact: true })
    }

    /// The first heading that is called `wanted`: to the letter (`C++` and `C#` have one key), else
    /// by its key, else by the anchor that web renderers give it.
    fn heading(&self, wanted: &str) -> Option<usize> {
        let folded = fold(wanted.trim());
        let by_key =
            || self.by_key.get(&heading_key(wanted)).filter(|at| !self.keys[**at].is_empty());
        let named = self.by_text.get(&folded).or_else(by_key);
        named.copied().or_else(|| self.anchor(&folded))
    }

    /// The heading with that anchor; of equal ones, `-1` means the second, and so on.
    fn anchor(&self, wanted: &str) -> Option<usize> {
        let wanted = wanted.trim_matches('-');
        let of = |wanted: &str, skip: usize| self.by_anchor.get(wanted)?.get(skip).copied();
        if wanted.is_empty() {
            return None;
        }
        of(wanted, 0).or_else(|| {
            let (name, number) = wanted.rsplit_once('-')?;
            of(name, number.parse().ok().filter(|&number| number > 0)?)
        })
    }

    /// `A#B`: the first B below an A. A heading is below another until one of the other's level or
    /// a higher one comes.
    fn nested(&self, parts: &[&str]) -> Option<usize> {
        let wanted: Vec<String> = parts.iter().map(|part| heading_key(part)).collect();
        // Levels of the headings around the current one that answer to the first parts.
        let mut around: Vec<u8> = Vec::new();
        for (at, (heading, key)) in self.headings.iter().zip(&self.keys).enumerate() {
            while around.last().is_some_and(|&level| level >= heading.level) {
                around.pop();
            }
            if *key == wanted[around.len()] {
                around.push(heading.level);
                if around.len() == wanted.len() {
                    return Some(at);
                }
            }
        }
        None
    }

    /// The heading that resembles `wanted` most, of equals the first.
    fn alike(&self, wanted: &str) -> Option<usize> {
        let wanted = heading_key(wanted);
        let scored = self.keys.iter().map(|key| likeness(key, &wanted)).enumerate();
        let best = scored
            .filter(|(_, score)| *score > 0.0)
            .reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.map(|(at, _)| at)
    }
}

/// The parts of `A#B`.
fn parts(fragment: &str) -> impl Iterator<Item = &str> {
    fragment.split('#').map(str::trim).filter(|part| !part.is_empty())
}

/// The number of the first of each name.
fn first_of(names: impl Iterator<Item = String>) -> HashMap<String, usize> {
    let mut first = HashMap::new();
    for (at, name) in names.enumerate() {
        first.entry(name).or_insert(at);
    }
    first
}

#[cfg(test)]
mod tests {
    use super::{SpotKind, locate, section};
    use crate::markdown::Facts;
    use crate::markdown::facts::{BlockId, Heading};
    use crate::text::span::ByteSpan;

    /// Headings as `## Text`, ten bytes apart, and a block id.
    fn facts(lines: &[&str]) -> Facts {
        let heading = |(at, line): (usize, &&str)| {
            let level = line.bytes().take_while(|&byte| byte == b'#').count();
            Heading {
                level: u8::try_from(level).unwrap(),
                text: line[level..].trim().into(),
                line: 1,
                span: ByteSpan::new(at * 10..at * 10 + 5),
            }
        };
        Facts {
            headings: lines.iter().enumerate().map(heading).collect(),
            block_ids: vec![BlockId { id: "Quote-1".to_owned(), span: ByteSpan::new(7..9) }],
            ..Facts::default()
        }
    }

    #[test]
    fn fragments_find_their_heading() {
        let facts = facts(&[
            "# Guide",
            "## Usage",
            "### Notes",
            "## What's new?",
            "# Other",
            "## Usage",
            "### Notes",
            "### C++",
            "### C#",
            "## 📚 Categories",
            "## ???",
            "## Übung  macht",
        ]);
        let check = |fragment: &str, expected: Option<(usize, bool)>| {
            let found = locate(&facts, fragment).map(|spot| match spot.kind {
                SpotKind::Heading(at) => (at, spot.exact),
                SpotKind::Block(_) => panic!("a heading was asked for"),
            });
            assert_eq!(found, expected, "{fragment}");
        };
        check("usage", Some((1, true)));
        check("Other#Usage", Some((5, true)));
        check("other#usage#NOTES", Some((6, true)));
        check("Other#Notes", Some((6, true)));
        check("Usage#Notes", Some((2, true)));
        check("C#", Some((8, true)));
        check("c++", Some((7, true)));
        check("what's NEW", Some((3, true)));
        check("whats-new", Some((3, true)));
        check("usage-1", Some((5, true)));
        check("-categories", Some((9, true)));
        check("???", Some((10, true)));
        check("u\u{308}bung macht", Some((11, true)));
        check("Usages", Some((1, false)));
        check("Guide#Nothing such", Some((0, false)));
        check("Other#What's new", Some((3, false)));
        check("Nothing such", None);
        check("", None);
        check("#", None);
    }

    #[test]
    fn fragments_find_their_block() {
        let facts = facts(&[]);
        let spot = locate(&facts, "^quote-1").unwrap();
        assert_eq!(
            (spot.kind, spot.exact, spot.span),
            (SpotKind::Block(0), true, ByteSpan::new(7..9))
        );
        assert_eq!(locate(&facts, "Heading#^quote-1"), Some(spot));
        assert_eq!(locate(&facts, "^other"), None);
    }

    #[test]
    fn a_section_reaches_to_the_next_heading_of_its_level() {
        let facts = facts(&["# A", "## B", "### C", "## D", "# E"]);
        assert_eq!(section(&facts, 0), Some((0, Some(40))));
        assert_eq!(section(&facts, 1), Some((10, Some(30))));
        assert_eq!(section(&facts, 4), Some((40, None)));
        assert_eq!(section(&facts, 5), None);
    }
}
