//! The palette's state.

/// The palette's state.
#[derive(Debug, Default)]
pub struct Palette {}
