//! Which pages come first. The order is settled before any text was read, by what the index knows: hits
//! are then shown as they are found, each page below those that were found before it, and no row ever
//! moves.
//!
//! Of two pages the one comes first whose names hold more of what is looked for: its title as a whole, a
//! part of its title, an alias, a heading, its text alone. Of two alike, the one with the better standing:
//! a page gains a step with each doubling of the pages that link to it, and loses one with each doubling
//! of the days since it was updated. Then the newer one, then by path.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::{Part, TextSearch};
use crate::index::{Index, Page, PageId};
use crate::search::query::{DateField, date_of};
use crate::text::date::Date;

/// How all pages stand, whatever is looked for.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// By page number: how many pages stand better.
    before: Vec<u32>,
}

impl Standing {
    /// How the pages of an index stand on a day.
    #[must_use]
    pub fn of(index: &Index, today: Date) -> Self {
        let mut pages: Vec<_> = index
            .pages()
            .map(|page| {
                let updated = date_of(page, DateField::Updated);
                let steps = standing(index, page, updated, today);
                (Reverse(steps), Reverse(updated), &page.path, page.id)
            })
            .collect();
        pages.sort_unstable();
        let numbers = pages.iter().map(|(.., id)| id.0 as usize + 1).max().unwrap_or(0);
        let mut before = vec![u32::MAX; numbers];
        for ((.., id), nth) in pages.iter().zip(0..) {
            before[id.0 as usize] = nth;
        }
        Self { before }
    }

    fn before(&self, page: PageId) -> u32 {
        self.before.get(page.0 as usize).copied().unwrap_or(u32::MAX)
    }
}

/// Steps for links, less steps for age.
fn standing(index: &Index, page: &Page, updated: Option<Date>, today: Date) -> i64 {
    let days = updated.map_or(i32::MAX, |updated| (today - updated).get_days());
    let steps = |n: usize| i64::from(n.saturating_add(1).ilog2());
    steps(index.backlink_count(page.id)) - steps(usize::try_from(days).unwrap_or(0))
}

impl TextSearch {
    /// The pages to look through for this search, the best first: those that are `within`, meet the search's
    /// conditions, and of which `may_match` says that reading them is worth it.
    #[must_use]
    pub fn order(
        &self,
        index: &Index,
        today: Date,
        standing: &Standing,
        within: Option<&HashSet<PageId>>,
        may_match: impl Fn(&Page) -> bool,
    ) -> Vec<PageId> {
        let mut matcher =
            self.fields.expression.is_some().then(|| self.fields.matcher(index, today));
        // In the order of the index, which is that of memory: by rank, every page would be fetched from far.
        let mut ranked: Vec<(usize, u32, PageId)> = index
            .pages()
            .filter(|page| within.is_none_or(|within| within.contains(&page.id)))
            .filter(|page| may_match(page))
            .filter(|page| matcher.as_mut().is_none_or(|matcher| matcher.matches(page, &|_| None)))
            .map(|page| (place(self, page), standing.before(page.id), page.id))
            .collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(.., id)| id).collect()
    }
}

/// How far from the title what is looked for stands, all parts together; less is better.
fn place(search: &TextSearch, page: &Page) -> usize {
    let grouped = search.groups.iter().flat_map(|group| &group.wanted);
    search.wanted.iter().chain(grouped).map(|part| place_of(part, page)).sum()
}

fn place_of(part: &Part, page: &Page) -> usize {
    let is_whole =
        |name: &str| part.pattern.find(name).is_some_and(|found| found.range() == (0..name.len()));
    let holds = |name: &str| part.pattern.is_match(name);
    if holds(&page.title) {
        return usize::from(!is_whole(&page.title));
    }
    if page.facts.aliases().any(holds) {
        return 2;
    }
    if page.facts.headings().any(|heading| holds(heading.text)) { 3 } else { 4 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Change, NewPage};
    use crate::markdown;
    use crate::vault::PagePath;

    /// The order of pages for a search, joined by blanks.
    fn order_of(pages: &[(&str, &str)], search: &str) -> String {
        let mut index = Index::default();
        index.apply_all(pages.iter().map(|(path, text)| {
            Change::Put(NewPage {
                path: PagePath::new(path).unwrap(),
                modified_ms: 0,
                bytes: text.len() as u64,
                facts: markdown::facts(text).into(),
                unreadable: None,
            })
        }));
        let today = Date::constant(2025, 6, 1);
        let search = TextSearch::new(search).unwrap();
        let standing = Standing::of(&index, today);
        let order = search.order(&index, today, &standing, None, |_| true);
        let stems = order.into_iter().filter_map(|id| Some(index.page(id)?.path.stem().to_owned()));
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
