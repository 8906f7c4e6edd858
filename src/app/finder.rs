//! The finder's state.

use super::model::Ticket;
use super::{Effect, Model};
use crate::search::finder::Found;

/// The finder's state.
#[derive(Debug, Default)]
pub struct Finder {}

/// The finder's answer.
pub fn found(model: &mut Model, ticket: Ticket, rows: Vec<Found>, effects: &mut Vec<Effect>) {
    let _ = (model, ticket, rows, effects);
}
