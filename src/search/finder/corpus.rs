//! What the finder finds, kept small: a wiki of a hundred thousand pages has more than a million names, and most
//! headings are named as others are. Each name is kept, and matched, once; a page's names are numbers.

use std::collections::HashMap;

use super::typed::{Typed, letters};
use crate::index::{Index, Page, PageId};
use crate::text::fold::{fold, nfc};
use crate::text::strings::Strings;

/// What can be found in one state of an index.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    names: Strings,
    /// Which letters occur in each name, see [`letters`].
    letters: Vec<u64>,
    /// Every page by title and path, with the place of its first entry.
    pub(super) pages: Vec<(PageId, u32)>,
    /// Titles, aliases, paths and headings in this order, those of a page together.
    pub(super) entries: Vec<Entry>,
    /// The name of each tag, with its `#`, and how many pages carry it.
    pub(super) tags: Vec<(NameId, u32)>,
}

/// A name's number.
pub(super) type NameId = u32;

/// Sorts of names; at equal score the earlier one wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    Title,
    Alias,
    Path,
    Heading,
    Tag,
}

/// What a page goes by: the name's number, its sort in the two lowest bits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry(u32);

impl Entry {
    const TIERS: [Tier; 4] = [Tier::Title, Tier::Alias, Tier::Path, Tier::Heading];

    fn new(name: NameId, tier: Tier) -> Self {
        let place = Self::TIERS.iter().position(|other| *other == tier).unwrap_or_default();
        Self(name << 2 | u32::try_from(place).unwrap_or_default())
    }

    pub(super) fn name(self) -> NameId {
        self.0 >> 2
    }

    pub(super) fn tier(self) -> Tier {
        Self::TIERS[self.0 as usize & 3]
    }
}

impl Corpus {
    /// All names of the index.
    #[must_use]
    pub fn new(index: &Index) -> Self {
        let mut corpus = Self::default();
        let mut pages: Vec<_> = index.pages().map(|page| (fold(&page.title), page)).collect();
        pages.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.path.cmp(&b.1.path)));
        let mut headings = HashMap::new();
        for (_, page) in pages {
            corpus.add_page(page, &mut headings);
        }
        for (tag, pages) in index.tags() {
            let name = corpus.push(&format!("#{tag}"));
            corpus.tags.extend(name.map(|name| (name, pages)));
        }
        corpus.names.shrink_to_fit();
        corpus.letters.shrink_to_fit();
        corpus.entries.shrink_to_fit();
        corpus
    }

    /// What it takes, in bytes.
    #[must_use]
    pub fn room(&self) -> usize {
        let pages = self.pages.capacity() * size_of::<(PageId, u32)>();
        let entries = self.entries.capacity() * size_of::<Entry>();
        let tags = self.tags.capacity() * size_of::<(NameId, u32)>();
        self.names.room() + self.letters.capacity() * size_of::<u64>() + pages + entries + tags
    }

    fn add_page<'a>(&mut self, page: &'a Page, headings: &mut HashMap<&'a str, NameId>) {
        let Ok(first) = u32::try_from(self.entries.len()) else { return };
        let title = nfc(&page.title);
        let Some(title_name) = self.push(&title) else { return };
        self.pages.push((page.id, first));
        self.entries.push(Entry::new(title_name, Tier::Title));
        for alias in page.facts.aliases() {
            let name = self.push(&nfc(alias));
            self.entries.extend(name.map(|name| Entry::new(name, Tier::Alias)));
        }
        let path = page.path.as_str();
        // Every page would match the letters of its extension.
        let extension = page.path.file_name().len() - page.path.stem().len();
        let name = self.push(&path[..path.len() - extension]);
        self.entries.extend(name.map(|name| Entry::new(name, Tier::Path)));
        for heading in page.facts.headings() {
            let text = nfc(heading.text);
            let known =
                if text == title { Some(title_name) } else { headings.get(heading.text).copied() };
            let name = known.or_else(|| {
                let name = self.push(&text)?;
                headings.insert(heading.text, name);
                Some(name)
            });
            // Each heading has its entry, so that they can be counted.
            self.entries.push(Entry::new(name.unwrap_or(title_name), Tier::Heading));
        }
    }

    fn push(&mut self, name: &str) -> Option<NameId> {
        if self.names.len() >= 1 << 30 {
            return None;
        }
        let number = self.names.push(name)?;
        self.letters.push(letters(name));
        Some(number)
    }

    /// How many names there are.
    pub(super) fn names(&self) -> usize {
        self.names.len()
    }

    pub(super) fn name(&self, name: NameId) -> &str {
        self.names.get(name)
    }

    /// The names that have the letters that were typed.
    pub(super) fn with_letters(&self, typed: &Typed) -> impl Iterator<Item = NameId> {
        let wanted = typed.letters;
        let names = (0..).zip(&self.letters);
        names.filter(move |(_, letters)| *letters & wanted == wanted).map(|(name, _)| name)
    }

    /// The entries of a page, by its place among the pages.
    pub(super) fn entries_of(&self, place: usize) -> &[Entry] {
        let first = self.pages[place].1 as usize;
        let next = self.pages.get(place + 1).map_or(self.entries.len(), |&(_, next)| next as usize);
        &self.entries[first..next]
    }
}
