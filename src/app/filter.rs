//! The active filter: one query that narrows tree, tags and finder, always shown as it could be typed.

use std::collections::HashSet;

use super::model::Ticket;
use super::{Effect, Model};
use crate::command::Command;
use crate::index::PageId;
use crate::search::query::{Query, QueryError};

/// The active filter.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The query as typed; empty for none.
    pub text: String,
    /// The query, the last one without a mistake.
    pub query: Query,
    /// What is wrong with the text.
    pub error: Option<QueryError>,
    /// The pages that meet it, for the index's present revision; `None` when nothing is filtered.
    pub pages: Option<HashSet<PageId>>,
}

/// Sets the filter to a query's text (empty clears it) and has tree, tags and page follow.
pub fn set(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    let _ = effects;
    model.filter.text = text.to_owned();
}

/// Filters by one tag in place of whatever was filtered before: a tag was pressed on the page.
pub fn by_tag(model: &mut Model, tag: &str, effects: &mut Vec<Effect>) {
    set(model, &format!("tag:{tag}"), effects);
}

/// Runs a command on the filter.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let _ = (model, command, effects);
}

/// The index is another one: the pages are found anew.
pub fn indexed(model: &mut Model, effects: &mut Vec<Effect>) {
    let _ = (model, effects);
}

/// The pages that meet a filter which needs their texts.
pub fn matched(model: &mut Model, ticket: Ticket, pages: Vec<PageId>, effects: &mut Vec<Effect>) {
    let _ = (model, ticket, pages, effects);
}
