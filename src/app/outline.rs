//! The outline of the page.

/// The outline pane's state.
#[derive(Debug)]
pub struct OutlinePane {
    /// Whether it is shown where there is room.
    pub shown: bool,
    /// The row under the cursor.
    pub cursor: usize,
}

impl Default for OutlinePane {
    fn default() -> Self {
        Self { shown: true, cursor: 0 }
    }
}
