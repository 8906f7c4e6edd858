//! The finder's state.

/// The finder's state.
#[derive(Debug, Default)]
pub struct Finder {}
