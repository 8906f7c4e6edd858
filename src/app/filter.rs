//! The active filter: one query that narrows tree, tags and finder, always shown as it could be typed.

use std::collections::HashSet;

use super::failed::Job;
use super::model::{Sidebar, SidebarList, Ticket};
use super::{Effect, Model, braid, tags, tree};
use crate::command::{Command, Place};
use crate::index::PageId;
use crate::search::complete::term_at;
use crate::search::query::{Query, QueryError};
use crate::search::tagfilter;
use crate::vault::PagePath;

/// The active filter.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The query as typed; empty for none.
    pub text: String,
    /// The query, the last one without a mistake.
    pub query: Query,
    /// What is wrong with the text.
    pub error: Option<QueryError>,
    /// What is not finished in it: it filters all the same.
    pub unfinished: Option<QueryError>,
    /// The pages that meet it, for the index's present revision; `None` when nothing is filtered.
    pub pages: Option<HashSet<PageId>>,
    /// The text of `query`.
    pub(super) sound: String,
    /// The request under way for a query that needs texts.
    ticket: Ticket,
    /// What going back undoes first: that a tag was pressed.
    before: Option<Before>,
}

/// How it was before a tag was pressed on a page.
#[derive(Clone, Debug)]
struct Before {
    /// The filter's text.
    text: String,
    /// What the sidebar showed.
    list: SidebarList,
    /// The page on which it was pressed.
    page: Option<PagePath>,
    /// How many places one had come through.
    visits: usize,
}

/// Sets the filter to a query's text (empty clears it) and has tree and tags follow. Of a text with a
/// mistake the other terms filter; if there are none, what was filtered before stays.
pub fn set(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    text.clone_into(&mut model.filter.text);
    model.filter.before = None;
    let read = match Query::typed(text) {
        Ok((query, unfinished)) => {
            model.filter.error = None;
            model.filter.unfinished = unfinished;
            Some((query, text.to_owned()))
        }
        Err(error) => {
            let rest = without_term(text, error.span.range().start);
            model.filter.error = Some(error);
            model.filter.unfinished = None;
            // On the way to `tga:x` the word `tga` was asked for; that leaves no pages worth keeping.
            let rest = Query::typed(&rest).ok().map(|(query, _)| (query, rest));
            rest.filter(|(query, _)| query.expression.is_some())
        }
    };
    if let Some((query, sound)) = read {
        model.filter.sound = sound;
        if model.filter.query != query || model.failed.contains(&Job::Filter) {
            model.filter.query = query;
            find(model, effects);
        }
    }
    tree::filtered(model);
    tags::filtered(model);
}

/// A query's text, the term at byte `at` left out.
fn without_term(text: &str, at: usize) -> String {
    let term = term_at(text, at);
    let before = text[..term.start].trim_end_matches('-');
    format!("{before} {}", &text[term.end..])
}

/// Filters by one tag in place of whatever was filtered before: a tag was pressed on the page. Going back undoes
/// it.
pub fn by_tag(model: &mut Model, tag: &str, effects: &mut Vec<Effect>) {
    let text = tagfilter::term(tag);
    if text == model.filter.text {
        let key = model.keymap.shown(Place::Everywhere, Command::ClearFilter);
        return model.say(format!("#{tag} is the filter already: {key} clears it"));
    }
    let before = Before {
        text: model.filter.text.clone(),
        list: model.sidebar.list,
        page: model.current_path().cloned(),
        visits: model.history.back.len(),
    };
    set(model, &text, effects);
    model.filter.before = Some(before);
    if model.sidebar.list == SidebarList::Tags {
        // The pages are what one wants to see.
        model.sidebar = Sidebar { list: SidebarList::Tree, ..model.sidebar };
    }
    if let Some(pages) = &model.filter.pages {
        let pages = match pages.len() {
            1 => "1 page carries".to_owned(),
            n => format!("{n} pages carry"),
        };
        let key = model.keymap.shown(Place::Page, Command::Back);
        model.say(format!("{pages} #{tag}. {key} takes the filter back"));
    }
}

/// Goes back to before a tag was pressed on the open page, if that was the last that was done to the filter;
/// whether it was.
pub fn back(model: &mut Model, effects: &mut Vec<Effect>) -> bool {
    // Who went on to another place goes back from there first.
    let is_here = |before: &Before| {
        before.page.as_ref() == model.current_path() && before.visits == model.history.back.len()
    };
    if !model.filter.before.as_ref().is_some_and(is_here) {
        return false;
    }
    let Some(before) = model.filter.before.take() else { return false };
    set(model, &before.text, effects);
    if model.sidebar.list == SidebarList::Tree {
        model.sidebar.list = before.list;
    }
    model.say(if before.text.is_empty() {
        "The filter is taken back: all pages are shown".to_owned()
    } else {
        format!("The filter is again {}", before.text)
    });
    true
}

/// Runs a command on the filter.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    match command {
        Command::EditFilter => tree::run(model, Command::FilterTree, effects),
        Command::ClearFilter if model.filter.text.is_empty() => model.say("Nothing is filtered"),
        Command::ClearFilter => {
            set(model, "", effects);
            tree::run(model, Command::ClearFilter, effects);
            model.say("The filter is cleared");
        }
        _ => {}
    }
}

/// The index is another one: the pages are found anew.
pub fn indexed(model: &mut Model, effects: &mut Vec<Effect>) {
    find(model, effects);
}

/// The pages that meet a filter which needs their texts.
pub fn matched(model: &mut Model, ticket: Ticket, pages: Vec<PageId>) {
    if model.filter.ticket == ticket {
        model.filter.ticket = Ticket::default();
        model.filter.pages = Some(pages.into_iter().collect());
        tree::filtered(model);
        tags::filtered(model);
        braid::filtered(model);
    }
}

impl Filter {
    /// Whether the pages are those of an earlier query, because texts are still being read.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.ticket != Ticket::default()
    }
}

/// Whether the open page is one that the filter leaves out of the tree.
#[must_use]
pub fn hides_page(model: &Model) -> bool {
    let page = model.current_path().and_then(|path| model.index.at(path));
    match (&model.filter.pages, page) {
        (Some(pages), Some(page)) => !pages.contains(&page.id),
        _ => false,
    }
}

/// Finds the pages of the query. One that needs texts is answered later; until then the pages stay
/// what they were.
fn find(model: &mut Model, effects: &mut Vec<Effect>) {
    model.filter.ticket = Ticket::default();
    if model.filter.query.expression.is_none() || model.index.is_empty() {
        model.filter.pages = None;
    } else if model.filter.query.needs_text() {
        let ticket = model.ticket();
        model.filter.ticket = ticket;
        effects.push(Effect::Filter { ticket, query: model.filter.sound.clone() });
    } else {
        let (index, query) = (&model.index, &model.filter.query);
        let pages = query.select(index, model.today, &|_| None);
        model.filter.pages = Some(pages.into_iter().collect());
    }
}
