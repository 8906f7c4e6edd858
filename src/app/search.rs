//! The search's state.

use super::model::Ticket;
use super::msg::PageHits;
use super::{Effect, Model};

/// The search's state.
#[derive(Debug, Default)]
pub struct Search {}

/// Some hits of the search; `done` with the last ones.
pub fn hits(
    model: &mut Model,
    ticket: Ticket,
    pages: Vec<PageHits>,
    done: bool,
    effects: &mut Vec<Effect>,
) {
    let _ = (model, ticket, pages, done, effects);
}
