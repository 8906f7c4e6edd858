//! Names in a query that the wiki does not hold: why nothing was found.

use super::{Query, Term, named};
use crate::index::Index;
use crate::text::fold::fold;
use crate::text::near::did_you_mean;

/// So many pages of near names are named.
const MOST_NEAR: usize = 3;

impl Query {
    /// A sentence for each tag, kind, page or property that is asked for and that no page has, with what
    /// may have been meant. What is excluded is not asked for.
    #[must_use]
    pub fn absent(&self, index: &Index) -> Vec<String> {
        let mut told: Vec<String> = Vec::new();
        for sentence in self.terms(false).filter_map(|term| absent(term, index)) {
            if !told.contains(&sentence) {
                told.push(sentence);
            }
        }
        told
    }
}

fn absent(term: &Term, index: &Index) -> Option<String> {
    match term {
        Term::Tag(tag) => {
            let tags = index.tags();
            let below = format!("{tag}/");
            let carries = |name: &str| {
                let name = fold(name);
                name == *tag || name.starts_with(&below)
            };
            let guess = did_you_mean(tag, tags.iter().map(|(name, _)| name.as_str()));
            let is_there = tags.iter().any(|(name, _)| carries(name));
            (!is_there).then(|| format!("no page is tagged {tag:?}{guess}"))
        }
        Term::Kind(kind) => {
            let kinds = || index.pages().filter_map(|page| page.kind.as_deref());
            let is_there = kinds().any(|name| fold(name) == *kind);
            (!is_there)
                .then(|| format!("no page is of the kind {kind:?}{}", did_you_mean(kind, kinds())))
        }
        Term::LinksTo(page) | Term::LinkedBy(page) | Term::Near(page) => {
            // A missing page that is asked for by links can be asked for here, too.
            let is_there = !named(index, page).is_empty() || !index.wanted_by(page).is_empty();
            (!is_there).then(|| format!("there is no page {page:?}{}", near_pages(index, page)))
        }
        Term::Property(name, _) | Term::PropertyCompared(name, ..) => {
            let mut names: Vec<String> = index
                .pages()
                .flat_map(|page| page.facts.properties().map(|property| property.key))
                .collect();
            names.sort_unstable();
            names.dedup();
            let is_there = names.iter().any(|known| fold(known) == *name);
            let guess = did_you_mean(name, names.iter().map(String::as_str));
            (!is_there).then(|| format!("no page has a property {name:?}{guess}"))
        }
        _ => None,
    }
}

fn near_pages(index: &Index, name: &str) -> String {
    let near = index.near(name, MOST_NEAR).into_iter();
    let near: Vec<String> = near.filter_map(|id| Some(index.page(id)?.path.to_string())).collect();
    if near.is_empty() { String::new() } else { format!(" (near: {})", near.join(", ")) }
}
