//! The tag pane's state.

/// The tag pane's state.
#[derive(Debug, Default)]
pub struct TagPane {}
