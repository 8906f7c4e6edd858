//! The tree pane's state.

/// The tree pane's state.
#[derive(Debug, Default)]
pub struct TreePane {}
