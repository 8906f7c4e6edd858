//! The search's state.

/// The search's state.
#[derive(Debug, Default)]
pub struct Search {}
