//! Which pages come first. The order is settled before any text was read, by what the index knows: hits
//! are then shown as they are found, each page below those that were found before it, and no row ever
//! moves.
//!
//! Of two pages the one comes first whose names hold more of what is looked for: its title as a whole, a
//! part of its title, an alias, a heading, its text alone; in each of them a word comes before the beginning of
//! one, and what stands only inside of words counts hardly more than the text. Of two alike, the one with the
//! better standing:
//! a page gains a step with each doubling of the pages that link to it, and loses one with each doubling
//! of the days since it was updated. Then the newer one, then by path.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::TextSearch;
use super::names::{Gathering, Names, Place};
use crate::index::{Index, Page, PageId};
use crate::search::query::{DateField, date_of};
use crate::text::date::Date;

/// What a search ranks pages by, whatever is looked for: how all pages stand, and their names.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// All pages, as the names count them.
    pages: Vec<PageId>,
    names: Names,
    /// Their places in `pages`, the page that stands best first.
    best: Vec<u32>,
}

/// A page that is to be looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The page.
    pub page: PageId,
    /// Which of the first parts of the search stand in its title, the first part in the lowest bit.
    pub(super) titled: u32,
    /// Which of them stand in a name of it, as a word or the beginning of one.
    pub(super) named: u32,
}

impl Standing {
    /// How the pages of an index stand on a day.
    #[must_use]
    pub fn of(index: &Index, today: Date) -> Self {
        let mut pages: Vec<&Page> = index.pages().collect();
        // They are in this order already where the wiki was read at once.
        pages.sort_by(|a, b| a.path.cmp(&b.path));
        let key = |(nth, page): (u32, &&Page)| {
            let updated = date_of(page, DateField::Updated);
            (Reverse(standing(index, page, updated, today)), Reverse(updated), nth)
        };
        let mut best: Vec<_> = (0..).zip(&pages).map(key).collect();
        best.sort_unstable();
        let mut names = Gathering::default();
        for page in &pages {
            names.add(page);
        }
        Self {
            pages: pages.iter().map(|page| page.id).collect(),
            names: names.finish(),
            best: best.into_iter().map(|(.., nth)| nth).collect(),
        }
    }
}

/// Steps for links, less steps for age.
fn standing(index: &Index, page: &Page, updated: Option<Date>, today: Date) -> i64 {
    let days = updated.map_or(i32::MAX, |updated| (today - updated).get_days());
    let steps = |n: usize| i64::from(n.saturating_add(1).ilog2());
    steps(index.backlink_count(page.id)) - steps(usize::try_from(days).unwrap_or(0))
}

impl TextSearch {
    /// The pages to look through for this search, the best first: those that are `within`, and meet the search's
    /// conditions. `standing` is that of `index`.
    #[must_use]
    pub fn order(
        &self,
        index: &Index,
        today: Date,
        standing: &Standing,
        within: Option<&HashSet<PageId>>,
    ) -> Vec<Candidate> {
        let Standing { pages, names, best } = standing;
        // How far from the title what is looked for stands, all parts together; less is better.
        let mut far = vec![0_u16; pages.len()];
        let mut bits = vec![(0_u32, 0_u32); pages.len()];
        let grouped = self.groups.iter().flat_map(|group| &group.wanted);
        for (nth, part) in self.wanted.iter().chain(grouped).enumerate() {
            let bit = u32::try_from(nth).ok().and_then(|nth| 1_u32.checked_shl(nth)).unwrap_or(0);
            let all = far.iter_mut().zip(&mut bits).zip(names.places(part));
            for ((far, (titled, named)), place) in all {
                *far = far.saturating_add(place as u16);
                *titled |= if place.is_titled() { bit } else { 0 };
                *named |= if place.is_named() { bit } else { 0 };
            }
        }
        if let Some(whole) = &self.whole {
            for (far, place) in far.iter_mut().zip(names.places(whole)) {
                *far = if place == Place::WholeTitle { 0 } else { *far };
            }
        }
        let mut matcher =
            self.fields.expression.is_some().then(|| self.fields.matcher(index, today));
        let mut wanted = |page: PageId| {
            within.is_none_or(|within| within.contains(&page))
                && matcher.as_mut().is_none_or(|matcher| {
                    index.page(page).is_some_and(|page| matcher.matches(page, &|_| None))
                })
        };
        // By how far they are, and of those alike as they stand: each is put where its like begin.
        let most = far.iter().max().map_or(0, |most| usize::from(*most));
        let mut alike: Vec<Vec<Candidate>> = vec![Vec::new(); most + 1];
        for &nth in best {
            let nth = nth as usize;
            if wanted(pages[nth]) {
                let (titled, named) = bits[nth];
                let candidate = Candidate { page: pages[nth], titled, named };
                alike[usize::from(far[nth])].push(candidate);
            }
        }
        alike.concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::tests::read;

    /// The order of pages for a search, joined by blanks.
    fn order_of(pages: &[(&str, &str)], search: &str) -> String {
        let index = read(pages);
        let today = Date::constant(2025, 6, 1);
        let search = TextSearch::new(search).unwrap();
        let standing = Standing::of(&index, today);
        let order = search.order(&index, today, &standing, None);
        let stem = |next: Candidate| Some(index.page(next.page)?.path.stem().to_owned());
        let stems = order.into_iter().filter_map(stem);
        stems.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn where_it_stands_decides_first() {
        let pages = [
            ("a.md", "text only: tide"),
            ("b.md", "# B\n\n## High tide\n"),
            ("c.md", "---\naliases: [Tide]\n---\n# C\n"),
            ("d.md", "# The tide table\n"),
            ("e.md", "# Tide\n"),
        ];
        assert_eq!(order_of(&pages, "tide"), "e d c b a");
        assert_eq!(order_of(&pages, "tide table"), "d e c b a");
        assert_eq!(order_of(&pages, "line:(tide high)"), "e d b c a");
        assert_eq!(order_of(&pages, "tide -path:e path:d."), "d");
    }

    #[test]
    fn words_come_before_beginnings_and_those_before_the_insides_of_words() {
        let pages = [
            ("a.md", "# Clock\n"),
            ("b.md", "# The locks\n"),
            ("c.md", "# The lock\n"),
            ("d.md", "# D\n\n## A clock\n"),
            ("e.md", "# E\n\n## Clocks and a lock\n"),
            ("f.md", "text only: lock"),
        ];
        assert_eq!(order_of(&pages, "lock"), "c b e a d f");
        assert_eq!(order_of(&pages, "ock"), "a b c d e f");
    }

    #[test]
    fn a_page_whose_title_is_all_that_is_looked_for_comes_first() {
        let linked = "[[b]] [[c]]";
        let pages = [
            ("a.md", "# AB test\n"),
            ("b.md", "# The AB test, and what it is not\n"),
            ("c.md", "# C\n\n## AB test\n"),
            ("d.md", linked),
            ("e.md", linked),
        ];
        assert_eq!(order_of(&pages, "ab test"), "a b c d e");
    }

    #[test]
    fn each_part_is_found_at_its_best_place_in_the_names_of_a_page() {
        use Place::{Alias, AliasStart, Heading, HeadingStart, InTitle, Inside, Nowhere};
        use Place::{Title, TitleStart, WholeTitle};
        let pages = [
            "# Ebb\n\n## Background\n",
            "---\naliases: [Slack water, \"two\\nlines\"]\n---\n# High tide\n\n## Background\n\n## ebb and flow\n",
            "# \n\n## \n",
            "# Cafe\u{301} 日本 STRASSE\n",
            "# Ebb\n\n## Ebb\n",
            "---\naliases: [ebb]\n---\n# Background\n",
        ];
        let mut names = Gathering::default();
        let at = |nth: usize| format!("x/{nth}.md");
        let index = read(&(0..).map(at).zip(pages).collect::<Vec<_>>());
        let mut all: Vec<_> = index.pages().collect();
        all.sort_by(|a, b| a.path.cmp(&b.path));
        for page in all {
            names.add(page);
        }
        let names = names.finish();
        let check = |search: &str, expected: [Place; 6]| {
            let search = TextSearch::new(search).unwrap();
            assert_eq!(names.places(&search.wanted[0]), expected, "{search:?}");
        };
        check("ebb", [WholeTitle, Heading, Nowhere, Nowhere, WholeTitle, Alias]);
        check("Ebb", [WholeTitle, Nowhere, Nowhere, Nowhere, WholeTitle, Nowhere]);
        check("eb", [TitleStart, HeadingStart, Nowhere, Nowhere, TitleStart, AliasStart]);
        check("bb", [InTitle, Inside, Nowhere, Nowhere, InTitle, Inside]);
        check("ack", [Inside, Inside, Nowhere, Nowhere, Nowhere, InTitle]);
        check("a", [Inside, HeadingStart, Nowhere, InTitle, Nowhere, InTitle]);
        check("background", [Heading, Heading, Nowhere, Nowhere, Nowhere, WholeTitle]);
        check("\"and  flow\"", [Nowhere, Heading, Nowhere, Nowhere, Nowhere, Nowhere]);
        check("\"flow cafe\"", [Nowhere; 6]);
        check("lines", [Nowhere, Alias, Nowhere, Nowhere, Nowhere, Nowhere]);
        check("café", [Nowhere, Nowhere, Nowhere, Title, Nowhere, Nowhere]);
        check("日本", [Nowhere, Nowhere, Nowhere, Title, Nowhere, Nowhere]);
        check("/^e.b$/", [WholeTitle, Nowhere, Nowhere, Nowhere, WholeTitle, Alias]);
        check("/two\\slines/", [Nowhere, Alias, Nowhere, Nowhere, Nowhere, Nowhere]);
        check("/tide\\s/", [Nowhere; 6]);
    }

    #[test]
    fn then_links_and_age_by_doublings() {
        let pages = [
            ("a.md", "---\nupdated: 2025-05-31\n---\nfresh"),
            ("b.md", "---\nupdated: 2025-05-25\n---\nlinked"),
            ("c.md", "---\nupdated: 2020-01-01\n---\nold"),
            ("d.md", "---\nupdated: 2025-05-24\n---\n[[b]]"),
            ("e.md", "---\nupdated: 2025-05-25\n---\n[[b]]"),
            ("f.md", "---\nupdated: 2026-01-01\n---\n[[b]]"),
        ];
        // The future loses nothing, a day one step; a week three, of which three links give back two.
        assert_eq!(order_of(&pages, "x"), "f a b e d c");
    }
}
