//! Help's state.

/// Help's state.
#[derive(Debug, Default)]
pub struct Help {}
