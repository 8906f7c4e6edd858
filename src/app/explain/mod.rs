//! Explain: why a link leads where it leads, what a query means and how many pages each part of it meets, where
//! a tag comes from; in a peek, so that what is named can be opened from there. The answers come from the index
//! and the query language; here is only what is asked about. Counting what a query meets is a worker's.

mod text;

use super::labels::Purpose;
use super::model::{Focus, Model, SidebarList, Ticket};
use super::reader::{Address, lead, links};
use super::{Effect, Hit, Overlay, check, context, hints, peek};
use crate::index::explain;
use crate::index::{LinkRef, PageId};
use crate::layout::Action;
use crate::markdown::Link;
use crate::search::query::{Explained, Expression, Query, Term};
use crate::vault::PagePath;

/// A link, and the page that it was written on.
pub(super) type Written = (PagePath, Link);

/// Explains what the cursor or the selection is on; the query, where one is typed or stands in the focused
/// tree. On a page without a selection letters choose.
pub fn run(model: &mut Model, effects: &mut Vec<Effect>) {
    match model.overlays.last() {
        Some(Overlay::Finder(finder)) => {
            let typed = finder.input.text.clone();
            return query(model, &typed, Hit::Overlay, effects);
        }
        Some(Overlay::Check(check)) => {
            let row = check.list.at;
            return at(model, Hit::OverlayRow(row), effects);
        }
        Some(Overlay::Peek(_)) => {
            return match peek::selected(model) {
                Some(nth) => at(model, Hit::Stop(nth), effects),
                None => hints::open(model, Purpose::Explain),
            };
        }
        Some(_) => return,
        None => {}
    }
    let hit = match (model.focus, model.sidebar.list) {
        (Focus::Page, _) => match links::selected(model) {
            Some(nth) => Hit::Stop(nth),
            None => return hints::open(model, Purpose::Explain),
        },
        (Focus::Sidebar, SidebarList::Tree) => Hit::Filter,
        (Focus::Sidebar, SidebarList::Tags) => Hit::TagRow(model.tags.list.at),
        (Focus::Context, _) => Hit::ContextRow(model.context.item()),
    };
    at(model, hit, effects);
}

/// Explains something on the screen.
pub fn at(model: &mut Model, hit: Hit, effects: &mut Vec<Effect>) {
    match hit {
        Hit::Stop(nth) => stop(model, nth),
        Hit::ContextRow(item) => match context::link(model, item) {
            Some(written) => link(model, hit, &written),
            None => model.say("No link stands behind this row"),
        },
        Hit::TagRow(row) => {
            if let Some(name) = model.tags.rows.get(row).map(|row| row.tag.clone()) {
                tag(model, hit, &name, None);
            }
        }
        Hit::OverlayRow(row) => match check::link(model, row).and_then(|at| stored(model, at)) {
            Some(written) => link(model, hit, &written),
            None => model.say("No link stands behind this row"),
        },
        Hit::Filter | Hit::TreeRow(_) => {
            let typed = model.tree.typing.as_ref().map(|field| field.text.clone());
            let text = typed.unwrap_or_else(|| model.filter.text.clone());
            query(model, &text, Hit::Filter, effects);
        }
        _ => model.say("There is nothing to explain here"),
    }
}

/// What can be asked about among the things in sight.
#[must_use]
pub fn is_explained(model: &Model, hit: Hit) -> bool {
    match hit {
        Hit::Stop(nth) => {
            peek::page(model).and_then(|open| open.layout.stop(nth)).is_some_and(|stop| {
                matches!(stop.action, Action::Link(_) | Action::Tag(_) | Action::Backlink(_))
            })
        }
        Hit::ContextRow(item) => context::link(model, item).is_some(),
        Hit::TagRow(_) => true,
        _ => false,
    }
}

/// What a query meets was counted.
pub fn counted(model: &mut Model, ticket: Ticket, explained: &Explained) {
    let mut told = text::query(explained);
    told.push_str(beside_the_count(model));
    peek::say_again(model, ticket, &told);
}

/// A stop of the topmost peek or the page.
fn stop(model: &mut Model, nth: u32) {
    let Some(open) = peek::page(model) else { return };
    let Some(action) = open.layout.stop(nth).map(|stop| stop.action) else { return };
    let facts = &open.document.facts;
    let hit = Hit::Stop(nth);
    match action {
        Action::Link(id) => {
            let Some(written) = facts.links.get(id as usize) else { return };
            let written = (open.base_of(id).clone(), written.clone());
            link(model, hit, &written);
        }
        Action::Backlink(number) => {
            let at = open.backlinks.get(number as usize).copied();
            match at.and_then(|at| stored(model, at)) {
                Some(written) => link(model, hit, &written),
                None => model.say("That page is gone"),
            }
        }
        Action::Tag(id) => {
            let Some(name) = facts.tags.get(id as usize).map(|tag| tag.name.to_string()) else {
                return;
            };
            let on = open.address.path().and_then(|path| model.index.at(path));
            tag(model, hit, &name, on.map(|page| page.id));
        }
        Action::Footnote(_) => model.say("A footnote leads to its text on the same page"),
        Action::Properties | Action::Fold(_) => {
            model.say("This only folds: select a link to have it explained");
        }
    }
}

fn link(model: &mut Model, hit: Hit, (from, link): &Written) {
    let explanation = explain::explain(&model.index, from, link);
    let address = Address::Page(from.clone());
    // Enter goes where the link does.
    let lead = lead::of_link(model, &address, link).map(|(lead, _)| lead);
    let text = text::link(&model.index, from, link, &explanation);
    peek::say(model, hit, lead, "Why this link leads there".to_owned(), &text);
}

fn tag(model: &mut Model, hit: Hit, name: &str, on: Option<PageId>) {
    let tagged = explain::explain_tag(&model.index, name, on);
    let text = text::tag(&model.index, &tagged, on.is_some());
    let lead = lead::Lead::Tag(tagged.tag);
    peek::say(model, hit, Some(lead), "Where this tag comes from".to_owned(), &text);
}

fn query(model: &mut Model, typed: &str, hit: Hit, effects: &mut Vec<Effect>) {
    if typed.trim().is_empty() {
        return model.say(if model.overlays.is_empty() {
            "Nothing is filtered; on links and tags this key explains where they lead"
        } else {
            "Nothing is typed yet"
        });
    }
    match Query::parse(typed) {
        Ok(query) => {
            let ticket = model.ticket();
            effects.push(Effect::ExplainQuery { ticket, query: typed.to_owned() });
            let title = "What this query means".to_owned();
            let mut told = text::counting(&query);
            told.push_str(beside_the_count(model));
            peek::say(model, hit, None, title, &told);
            peek::await_answer(model, ticket);
        }
        Err(error) => model.warn(format!("The query has a mistake: {error}")),
    }
}

/// In the finder, what its list shows beside the pages that are counted: words are found by their letters there.
fn beside_the_count(model: &Model) -> &'static str {
    let finder = model.overlays.iter().find_map(|overlay| match overlay {
        Overlay::Finder(finder) => Some(finder),
        _ => None,
    });
    let query = finder.and_then(|finder| Query::parse(&finder.input.text).ok());
    let is_word = |part: &Expression| matches!(part, Expression::Term(Term::Word(_), _));
    let has_words = match query.and_then(|query| query.expression) {
        Some(Expression::And(parts)) => parts.iter().any(is_word),
        Some(part) => is_word(&part),
        None => false,
    };
    if has_words { text::LETTERS } else { "" }
}

/// A link of the index and its page.
fn stored(model: &Model, at: LinkRef) -> Option<Written> {
    let page = model.index.page(at.source)?;
    Some((page.path.clone(), model.index.link(at)?.to_owned()))
}

/// The link that stands on the page at `path` at a byte of its source.
#[must_use]
pub(super) fn link_at(model: &Model, path: &PagePath, offset: u32) -> Option<Written> {
    let page = model.index.at(path)?;
    let link = page.facts.links().find(|link| link.span.start == offset)?;
    Some((path.clone(), link.to_owned()))
}
