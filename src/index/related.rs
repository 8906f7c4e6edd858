//! Related pages: those that share neighbours and tags with a page without being linked with it.
//!
//! What is shared counts the more, the fewer share it (the measure of Adamic and Adar, "Friends and
//! neighbors on the Web", 2003): two pages that both link to the index have little in common.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{degree, neighbours};
use super::{Index, PageId};

/// A page that has something in common with another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// Which page.
    pub page: PageId,
    /// How much they have in common; only good for comparing.
    pub score: f64,
    /// The pages that both are linked with, the most telling first.
    pub neighbours: Vec<PageId>,
    /// The tags that both carry, the rarest first.
    pub tags: Vec<String>,
}

/// What more pages than these share says nothing, and costs the more to follow.
const TOO_COMMON: usize = 500;

/// Up to `most` pages related to `id`, the nearest first.
#[must_use]
pub fn related(index: &Index, id: PageId, most: usize) -> Vec<Related> {
    let own: BTreeSet<PageId> = neighbours(index, id).iter().map(|other| other.page).collect();
    let mut found: BTreeMap<PageId, Shared> = BTreeMap::new();
    for &between in &own {
        let shared_by = degree(index, between);
        if shared_by > TOO_COMMON {
            continue;
        }
        for other in neighbours(index, between) {
            found.entry(other.page).or_default().neighbours.push((weight(shared_by), between));
        }
    }
    for (tag, pages) in index.tags_shared_by(id) {
        if pages.len() > TOO_COMMON {
            continue;
        }
        for &other in &pages {
            found.entry(other).or_default().tags.push((weight(pages.len()), tag.to_owned()));
        }
    }
    let others = found.into_iter().filter(|(page, _)| *page != id && !own.contains(page));
    let mut related: Vec<Related> = others.map(|(page, shared)| shared.told(page)).collect();
    let path = |related: &Related| index.page(related.page).map(|page| &page.path);
    related.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| path(a).cmp(&path(b))));
    related.truncate(most);
    related
}

/// What two pages share, each with its weight.
#[derive(Default)]
struct Shared {
    neighbours: Vec<(f64, PageId)>,
    tags: Vec<(f64, String)>,
}

impl Shared {
    fn told(mut self, page: PageId) -> Related {
        let heavier = |a: f64, b: f64| b.total_cmp(&a);
        self.neighbours.sort_by(|a, b| heavier(a.0, b.0).then_with(|| a.1.cmp(&b.1)));
        self.tags.sort_by(|a, b| heavier(a.0, b.0).then_with(|| a.1.cmp(&b.1)));
        let weights = self.neighbours.iter().map(|shared| shared.0);
        let score = weights.chain(self.tags.iter().map(|shared| shared.0)).sum();
        Related {
            page,
            score,
            neighbours: self.neighbours.into_iter().map(|(_, page)| page).collect(),
            tags: self.tags.into_iter().map(|(_, tag)| tag).collect(),
        }
    }
}

/// The weight of something that `pages` pages share; at least two do.
fn weight(pages: usize) -> f64 {
    let pages = u32::try_from(pages.max(2)).unwrap_or(u32::MAX);
    1.0 / f64::from(pages).ln()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{id, name, wiki};
    use super::*;

    #[test]
    fn what_few_share_relates_and_linked_pages_are_left_out() {
        let pages: &[(&str, &[&str])] = &[
            ("a.md", &["[[rare]]", "[[index]]", "[[b]]", "#sea", "#night"]),
            ("b.md", &["[[rare]]", "#sea"]),
            ("c.md", &["[[rare]]", "#sea"]),
            ("d.md", &["[[index]]", "#night"]),
            ("e.md", &["[[index]]"]),
            ("f.md", &["[[index]]"]),
            ("index.md", &[]),
            ("rare.md", &[]),
            ("alone.md", &["#other"]),
        ];
        let index = wiki(pages);
        let check = |page: &str, expected: &[&str]| {
            let said: Vec<String> = related(&index, id(&index, page), 9)
                .iter()
                .map(|related| {
                    let by = related.neighbours.iter().map(|&page| name(&index, page));
                    let by: Vec<String> = by.chain(related.tags.iter().cloned()).collect();
                    format!("{}: {}", name(&index, related.page), by.join(" "))
                })
                .collect();
            assert_eq!(said, expected, "{page}");
        };
        check(
            "a.md",
            &["d.md: index.md night", "c.md: rare.md sea", "e.md: index.md", "f.md: index.md"],
        );
        check("alone.md", &[]);
        assert_eq!(related(&index, id(&index, "a.md"), 1).len(), 1);
    }
}
