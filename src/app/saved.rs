//! Saved queries: named in the user's config or the wiki's, each a shelf of the tree with the pages that
//! meet it. The pages are found on a worker, anew for every index; here is its last answer.

use super::Effect;
use super::model::{Model, Ticket};
use super::tree;
use crate::search::finder::{Found, Goal};
use crate::search::query::{Query, QueryError};
use crate::text::fold::fold;
use crate::vault::PagePath;
use crate::vault::tree::{Contents, Shelf};

/// What is known of the saved queries.
#[derive(Clone, Debug, Default)]
pub struct Saved {
    /// The pages of each, in the order of the config; `None` before the first answer. They stay until
    /// the next one comes, so that nothing flickers.
    pages: Option<Vec<Vec<PagePath>>>,
    /// The request under way.
    ticket: Ticket,
}

/// Asks for the pages of all saved queries: the index is another one.
pub(super) fn indexed(model: &mut Model, effects: &mut Vec<Effect>) {
    let queries = &model.config.queries;
    if queries.is_empty() {
        return;
    }
    let queries = queries.iter().map(|saved| saved.query.clone()).collect();
    let ticket = model.ticket();
    model.saved.ticket = ticket;
    effects.push(Effect::FindSaved { ticket, queries });
}

/// The pages of all saved queries.
pub(super) fn found(model: &mut Model, ticket: Ticket, pages: Vec<Vec<PagePath>>) {
    if model.saved.ticket == ticket {
        model.saved.pages = Some(pages);
        tree::shelved(model);
    }
}

/// A shelf for each saved query.
pub(super) fn shelves(model: &Model) -> impl Iterator<Item = Shelf<'_>> {
    let queries = model.config.queries.iter().enumerate();
    queries.map(|(nth, saved)| {
        let parsed = Query::parse(&saved.query);
        let about = match &parsed {
            Ok(query) => format!("{}: {}", saved.query.trim(), query.in_words()),
            Err(_) => saved.query.clone(),
        };
        let contents = match (parsed, &model.saved.pages) {
            (Err(mistake), _) => Contents::Broken(explained(&saved.query, &mistake)),
            (Ok(_), None) => Contents::Awaited,
            (Ok(_), Some(found)) => {
                Contents::Sorted(found.get(nth).into_iter().flatten().collect())
            }
        };
        Shelf {
            key: format!("/saved/{}", saved.name),
            label: saved.name.clone(),
            sign: ("◇", "?"),
            about,
            contents,
        }
    })
}

/// The saved queries whose names hold all words of `typed`, those that start with it first: whether they
/// do, and a row of the finder.
pub(super) fn named<'a>(
    model: &'a Model,
    typed: &str,
) -> impl Iterator<Item = (bool, Found)> + use<'a> {
    let typed = fold(typed.trim());
    model.config.queries.iter().enumerate().filter_map(move |(nth, saved)| {
        let name = fold(&saved.name);
        let holds = !typed.is_empty() && typed.split_whitespace().all(|word| name.contains(word));
        holds.then(|| {
            let found = Found {
                goal: Goal::Saved(nth),
                label: saved.name.clone(),
                detail: saved.query.clone(),
                matched: Vec::new(),
            };
            (name.starts_with(&typed), found)
        })
    })
}

/// What is wrong with a saved query, with the part that is.
fn explained(text: &str, mistake: &QueryError) -> String {
    format!("{} in: {text}", mistake.message)
}
