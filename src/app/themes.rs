//! The themes, and the picker that shows each as the cursor moves.

use crate::theme::Theme;

/// The themes that can be chosen, and the one in use. Read and reduced to the terminal's depth by the
/// runtime at the start.
#[derive(Clone, Debug)]
pub struct Themes {
    /// All, in the order of the picker.
    pub all: Vec<Theme>,
    /// Index of the one in use.
    pub current: usize,
    /// Plain ASCII signs and borders.
    pub ascii: bool,
}

impl Themes {
    /// The theme in use.
    #[must_use]
    pub fn theme(&self) -> &Theme {
        &self.all[self.current]
    }
}

/// The theme picker's state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemePicker {
    /// The theme that was in use when it was opened; `Esc` returns to it.
    pub before: usize,
}
