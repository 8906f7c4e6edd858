//! The finder: fuzzy search over titles, aliases, paths, headings and tags (nucleo), the query
//! language's fields as a filter on top.
//!
//! A [`Corpus`] holds what can be found, ready for many searches of one state of the index. Knows no
//! texts of pages: `text:` terms find nothing here.

#[cfg(test)]
mod tests;
mod typed;

use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::Range;

use nucleo_matcher::pattern::Atom;
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::index::{Index, Page, PageId};
use crate::text::date::Date;
use crate::text::fold::{fold, nfc};
use crate::text::width::graphemes;
use typed::{Typed, letters};

/// One row of the finder.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What it opens.
    pub goal: Goal,
    /// What is shown: a title, alias, path, heading or `#tag`.
    pub label: String,
    /// Secondary text: of a title its folder, of an alias, path or heading the page's title, of a
    /// tag how many pages carry it.
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
    /// A saved query, by its place in the config: filters by it. Found by the one who knows them.
    Saved(usize),
}

/// What can be found in one state of an index.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    revision: u64,
    /// All names, one after the other: one allocation, walked in order.
    names: String,
    /// Entries of pages by title and path, a page's own names together; then the tags.
    entries: Vec<Entry>,
}

/// A name and what it stands for.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Which letters occur, see [`letters`].
    letters: u64,
    start: u32,
    end: u32,
    page: PageId,
    tier: Tier,
    /// Of a heading its number on the page, of a tag its number of pages.
    number: u32,
}

/// Sorts of names; at equal score the earlier one wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tier {
    Title,
    Alias,
    Path,
    Heading,
    Tag,
}

/// An entry that matches; ordered best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    score: Reverse<u32>,
    tier: Tier,
    entry: u32,
}

/// Added for the page read last, one less for each page read before: less than a letter's worth, so
/// that it decides between like matches only.
const RECENT_BONUS: u32 = 12;

/// At most `max` rows for `typed`, best first. An empty `typed` gives the `recent` pages, newest
/// first, then the others by title. Field terms (`tag:x`) narrow the pages; the remaining words are
/// matched fuzzily. For more than one search, keep a [`Corpus`].
#[must_use]
pub fn find(index: &Index, typed: &str, recent: &[PageId], today: Date, max: usize) -> Vec<Found> {
    Corpus::new(index).find(index, typed, recent, today, max)
}

/// What narrows the pages among which `typed` finds names, in words; `None` where nothing does.
#[must_use]
pub fn narrowing(typed: &str) -> Option<String> {
    Typed::new(typed).filter.map(|query| query.in_words())
}

impl Corpus {
    /// All names of the index.
    #[must_use]
    pub fn new(index: &Index) -> Self {
        let mut corpus = Self { revision: index.revision(), ..Self::default() };
        let mut pages: Vec<_> = index.pages().map(|page| (fold(&page.title), page)).collect();
        pages.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.path.cmp(&b.1.path)));
        for (_, page) in pages {
            corpus.add_page(page);
        }
        for (tag, pages) in index.tags() {
            corpus.add(&format!("#{tag}"), PageId(u32::MAX), Tier::Tag, pages);
        }
        corpus
    }

    /// The revision of the index that it was made of: equal revisions need no new corpus.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// As [`find`], in the index that the corpus was made of.
    #[must_use]
    pub fn find(
        &self,
        index: &Index,
        typed: &str,
        recent: &[PageId],
        today: Date,
        max: usize,
    ) -> Vec<Found> {
        self.find_within(None, index, typed, recent, today, max)
    }

    /// As [`Self::find`], pages outside `within` left out.
    #[must_use]
    pub fn find_within(
        &self,
        within: Option<&HashSet<PageId>>,
        index: &Index,
        typed: &str,
        recent: &[PageId],
        today: Date,
        max: usize,
    ) -> Vec<Found> {
        let typed = Typed::new(typed);
        // All pages are asked beforehand, in the index's own order, which its memory likes best.
        let selected: Option<HashSet<PageId>> = typed
            .filter
            .as_ref()
            .map(|query| query.select(index, today, &|_| None).into_iter().collect());
        let passes = |id: PageId| {
            within.is_none_or(|pages| pages.contains(&id))
                && selected.as_ref().is_none_or(|pages| pages.contains(&id))
        };
        let mut candidates = Vec::new();
        if typed.words.is_empty() {
            self.by_title(recent, &passes, max, &mut candidates);
        } else {
            self.by_words(&typed, recent, &passes, &mut candidates);
        }
        self.tags_by_words(&typed, &mut candidates);
        if candidates.len() > max {
            candidates.select_nth_unstable(max);
            candidates.truncate(max);
        }
        candidates.sort_unstable();
        let mut nucleo = Matcher::new(Config::DEFAULT);
        candidates
            .into_iter()
            .filter_map(|found| self.row(index, found, &typed, &mut nucleo))
            .collect()
    }

    fn add_page(&mut self, page: &Page) {
        let title = nfc(&page.title);
        self.add(&title, page.id, Tier::Title, 0);
        for alias in page.facts.aliases() {
            self.add(&nfc(alias), page.id, Tier::Alias, 0);
        }
        let path = page.path.as_str();
        // Every page would match the letters of its extension.
        let extension = page.path.file_name().len() - page.path.stem().len();
        self.add(&path[..path.len() - extension], page.id, Tier::Path, 0);
        for (number, heading) in (0..).zip(page.facts.headings()) {
            let text = nfc(heading.text);
            // A heading that is the page's title would only say it twice.
            if text != title {
                self.add(&text, page.id, Tier::Heading, number);
            }
        }
    }

    fn add(&mut self, name: &str, page: PageId, tier: Tier, number: u32) {
        let place = |names: &String| u32::try_from(names.len());
        let Ok(start) = place(&self.names) else { return };
        self.names.push_str(name);
        let Ok(end) = place(&self.names) else { return };
        self.entries.push(Entry { letters: letters(name), start, end, page, tier, number });
    }

    fn name(&self, entry: &Entry) -> &str {
        &self.names[entry.start as usize..entry.end as usize]
    }

    /// Recent pages, newest first, then all by title.
    fn by_title(
        &self,
        recent: &[PageId],
        passes: &dyn Fn(PageId) -> bool,
        max: usize,
        found: &mut Vec<Candidate>,
    ) {
        let mut left = max;
        for (number, entry) in
            (0..).zip(&self.entries).filter(|(_, entry)| entry.tier == Tier::Title)
        {
            let age = recent.iter().position(|id| *id == entry.page);
            // Once there are enough by title, only recent pages can still come before them.
            if (left == 0 && age.is_none()) || !passes(entry.page) {
                continue;
            }
            left = left.saturating_sub(usize::from(age.is_none()));
            let newness = age.map_or(0, |age| u32::MAX / 2 - u32::try_from(age).unwrap_or(0));
            // Pages come before the tags that match the filter's tags.
            let score = u32::MAX / 2 + newness;
            found.push(Candidate { score: Reverse(score), tier: entry.tier, entry: number });
        }
    }

    /// Names that match all words: the best one of each page, and its headings.
    fn by_words(
        &self,
        typed: &Typed,
        recent: &[PageId],
        passes: &dyn Fn(PageId) -> bool,
        found: &mut Vec<Candidate>,
    ) {
        let mut nucleo = Matcher::new(Config::DEFAULT);
        let mut chars = Vec::new();
        // The page's place among `found`.
        let mut of_page = None;
        let mut page = None;
        for (number, entry) in (0..).zip(&self.entries) {
            if entry.tier == Tier::Tag {
                break;
            }
            if page != Some(entry.page) {
                page = Some(entry.page);
                of_page = None;
            }
            if entry.letters & typed.letters != typed.letters || !passes(entry.page) {
                continue;
            }
            let Some(mut score) = typed.score(self.name(entry), &mut nucleo, &mut chars) else {
                continue;
            };
            if let Some(age) =
                recent.iter().take(RECENT_BONUS as usize).position(|id| *id == entry.page)
            {
                score += RECENT_BONUS - u32::try_from(age).unwrap_or(RECENT_BONUS);
            }
            let candidate = Candidate { score: Reverse(score), tier: entry.tier, entry: number };
            if entry.tier == Tier::Heading {
                found.push(candidate);
            } else if let Some(place) = of_page {
                let best: &mut Candidate = &mut found[place];
                *best = candidate.min(*best);
            } else {
                of_page = Some(found.len());
                found.push(candidate);
            }
        }
    }

    fn tags_by_words(&self, typed: &Typed, found: &mut Vec<Candidate>) {
        let Some(words) = &typed.tag_words else { return };
        let mut nucleo = Matcher::new(Config::DEFAULT);
        let mut chars = Vec::new();
        let first = self.entries.partition_point(|entry| entry.tier != Tier::Tag);
        for (number, entry) in self.entries.iter().enumerate().skip(first) {
            let name = self.name(entry);
            let score = words
                .iter()
                .map(|word| word.score(Utf32Str::new(name, &mut chars), &mut nucleo))
                .sum::<Option<u16>>();
            if let (Some(score), Ok(number)) = (score, u32::try_from(number)) {
                found.push(Candidate {
                    score: Reverse(score.into()),
                    tier: entry.tier,
                    entry: number,
                });
            }
        }
    }

    fn row(
        &self,
        index: &Index,
        found: Candidate,
        typed: &Typed,
        nucleo: &mut Matcher,
    ) -> Option<Found> {
        let entry = self.entries.get(found.entry as usize)?;
        let label = self.name(entry).to_owned();
        let page = index.page(entry.page);
        let (goal, detail) = match entry.tier {
            Tier::Title => (Goal::Page(entry.page), page?.path.folder().to_owned()),
            Tier::Alias | Tier::Path => (Goal::Page(entry.page), page?.title.clone()),
            Tier::Heading => (Goal::Heading(entry.page, entry.number), page?.title.clone()),
            Tier::Tag => {
                let unit = if entry.number == 1 { "page" } else { "pages" };
                (Goal::Tag(label[1..].to_owned()), format!("{} {unit}", entry.number))
            }
        };
        let words =
            if entry.tier == Tier::Tag { typed.tag_words.as_deref()? } else { &typed.words };
        let matched = matched(&label, words, nucleo);
        Some(Found { goal, label, detail, matched })
    }
}

/// The byte ranges of `label` that the words matched, in order.
fn matched(label: &str, words: &[Atom], nucleo: &mut Matcher) -> Vec<(u32, u32)> {
    let mut chars = Vec::new();
    let mut places = Vec::new();
    for word in words {
        word.indices(Utf32Str::new(label, &mut chars), nucleo, &mut places);
    }
    places.sort_unstable();
    places.dedup();
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    let mut add = |range: Range<usize>| {
        let (Ok(start), Ok(end)) = (u32::try_from(range.start), u32::try_from(range.end)) else {
            return;
        };
        match ranges.last_mut() {
            Some(last) if last.1 == start => last.1 = end,
            _ => ranges.push((start, end)),
        }
    };
    if label.is_ascii() {
        for place in places {
            add(place as usize..place as usize + 1);
        }
        return ranges;
    }
    // Nucleo counts grapheme clusters.
    let mut places = places.into_iter().peekable();
    for (number, grapheme) in (0..).zip(graphemes(label)) {
        if places.next_if_eq(&number).is_some() {
            add(grapheme.at..grapheme.at + grapheme.text.len());
        }
    }
    ranges
}
