//! The finder: fuzzy search over titles, aliases, paths, headings and tags (nucleo), the query
//! language's fields as a filter on top.
//!
//! A [`Corpus`] holds what can be found, ready for many searches of one state of the index. Knows no
//! texts of pages: `text:` terms find nothing here.

mod corpus;
#[cfg(test)]
mod tests;
mod typed;

use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::Range;

use nucleo_matcher::pattern::Atom;
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::index::{Index, PageId};
use crate::text::date::Date;
use crate::text::width::graphemes;
pub use corpus::Corpus;
use corpus::Tier;
use typed::Typed;

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

/// An entry that matches; ordered best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    score: Reverse<u32>,
    tier: Tier,
    /// Its place among the entries; of a tag, its place among the tags.
    entry: u32,
}

/// The best candidates so far: never more than a few times as many as are wanted.
#[derive(Debug)]
struct Best {
    max: usize,
    found: Vec<Candidate>,
}

impl Best {
    fn new(max: usize) -> Self {
        Self { max, found: Vec::new() }
    }

    fn push(&mut self, candidate: Candidate) {
        if self.found.len() > self.max.saturating_mul(4).saturating_add(64) {
            self.cut();
        }
        self.found.push(candidate);
    }

    fn cut(&mut self) {
        if self.found.len() > self.max {
            self.found.select_nth_unstable(self.max);
            self.found.truncate(self.max);
        }
    }

    fn sorted(mut self) -> Vec<Candidate> {
        self.cut();
        self.found.sort_unstable();
        self.found
    }
}

/// Added for the page read last, one less for each page read before: less than a letter's worth, so
/// that it decides between like matches only.
const RECENT_BONUS: u32 = 12;

/// Added where what was typed is a title, an alias or a path, whole: a heading of that name on a page read just now
/// must not come before it.
const EXACT_BONUS: u32 = 100;

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
        let mut best = Best::new(max);
        if typed.words.is_empty() {
            self.by_title(recent, &passes, &mut best);
        } else {
            self.by_words(&typed, recent, &passes, &mut best);
        }
        self.tags_by_words(&typed, &mut best);
        let mut nucleo = Matcher::new(Config::DEFAULT);
        best.sorted()
            .into_iter()
            .filter_map(|found| self.row(index, found, &typed, &mut nucleo))
            .collect()
    }

    /// Recent pages, newest first, then all by title.
    fn by_title(&self, recent: &[PageId], passes: &dyn Fn(PageId) -> bool, best: &mut Best) {
        let mut left = best.max;
        for &(page, entry) in &self.pages {
            let age = recent.iter().position(|id| *id == page);
            // Once there are enough by title, only recent pages can still come before them.
            if (left == 0 && age.is_none()) || !passes(page) {
                continue;
            }
            left = left.saturating_sub(usize::from(age.is_none()));
            let newness = age.map_or(0, |age| u32::MAX / 2 - u32::try_from(age).unwrap_or(0));
            // Pages come before the tags that match the filter's tags.
            let score = u32::MAX / 2 + newness;
            best.push(Candidate { score: Reverse(score), tier: Tier::Title, entry });
        }
    }

    /// Names that match all words: the best one of each page, and its headings.
    fn by_words(
        &self,
        typed: &Typed,
        recent: &[PageId],
        passes: &dyn Fn(PageId) -> bool,
        best: &mut Best,
    ) {
        let scores = self.scores(typed);
        for (place, &(page, first)) in self.pages.iter().enumerate() {
            let entries = self.entries_of(place);
            let title = entries[0].name();
            let mut bonus = None;
            let mut of_page: Option<Candidate> = None;
            for (entry, named) in (first..).zip(entries) {
                let score = scores[named.name() as usize];
                let tier = named.tier();
                // A heading that is the page's title would only say it twice.
                if score == 0 || tier == Tier::Heading && named.name() == title {
                    continue;
                }
                if bonus.is_none() && !passes(page) {
                    break;
                }
                let bonus = *bonus.get_or_insert_with(|| newness(recent, page));
                let is_meant = tier != Tier::Heading && typed.is(self.name(named.name()));
                let bonus = if is_meant { bonus + EXACT_BONUS } else { bonus };
                let candidate = Candidate { score: Reverse(score - 1 + bonus), tier, entry };
                if tier == Tier::Heading {
                    best.push(candidate);
                } else {
                    of_page = Some(of_page.map_or(candidate, |other| other.min(candidate)));
                }
            }
            if let Some(candidate) = of_page {
                best.push(candidate);
            }
        }
    }

    /// How well each name fits the words, plus one; 0 where it does not. Each is matched once, however
    /// many headings are named so.
    fn scores(&self, typed: &Typed) -> Vec<u32> {
        let mut nucleo = Matcher::new(Config::DEFAULT);
        let mut chars = Vec::new();
        let mut scores = vec![0; self.names()];
        for name in self.with_letters(typed) {
            let score = typed.score(self.name(name), &mut nucleo, &mut chars);
            scores[name as usize] = score.map_or(0, |score| score + 1);
        }
        scores
    }

    fn tags_by_words(&self, typed: &Typed, best: &mut Best) {
        let Some(words) = &typed.tag_words else { return };
        let mut nucleo = Matcher::new(Config::DEFAULT);
        let mut chars = Vec::new();
        for (entry, &(name, _)) in (0..).zip(&self.tags) {
            let name = self.name(name);
            let score = words
                .iter()
                .map(|word| word.score(Utf32Str::new(name, &mut chars), &mut nucleo))
                .sum::<Option<u16>>();
            if let Some(score) = score {
                best.push(Candidate { score: Reverse(score.into()), tier: Tier::Tag, entry });
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
        if found.tier == Tier::Tag {
            let &(name, pages) = self.tags.get(found.entry as usize)?;
            let label = self.name(name).to_owned();
            let unit = if pages == 1 { "page" } else { "pages" };
            let (goal, detail) = (Goal::Tag(label[1..].to_owned()), format!("{pages} {unit}"));
            let matched = matched(&label, typed.tag_words.as_deref()?, nucleo);
            return Some(Found { goal, label, detail, matched });
        }
        let label = self.name(self.entries.get(found.entry as usize)?.name()).to_owned();
        let place =
            self.pages.partition_point(|&(_, first)| first <= found.entry).checked_sub(1)?;
        let (id, first) = self.pages[place];
        let page = index.page(id)?;
        let (goal, detail) = match found.tier {
            Tier::Title => (Goal::Page(id), page.path.folder().to_owned()),
            Tier::Heading => {
                let entries = self.entries_of(place);
                let others = entries.iter().take_while(|entry| entry.tier() != Tier::Heading);
                let number = found.entry - first - u32::try_from(others.count()).ok()?;
                (Goal::Heading(id, number), page.title.clone())
            }
            _ => (Goal::Page(id), page.title.clone()),
        };
        let matched = matched(&label, &typed.words, nucleo);
        Some(Found { goal, label, detail, matched })
    }
}

/// What a page that was read lately has before others.
fn newness(recent: &[PageId], page: PageId) -> u32 {
    let age = recent.iter().take(RECENT_BONUS as usize).position(|id| *id == page);
    age.map_or(0, |age| RECENT_BONUS - u32::try_from(age).unwrap_or(RECENT_BONUS))
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
