//! Hits: what lies under the pointer. The view says so for each frame; the update reads it.

use crate::command::Command;

/// A thing on the screen that can be pressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Hit {
    /// The page, outside any stop: focuses it; the wheel scrolls it.
    Page,
    /// A stop of the page, by its number.
    Stop(u32),
    /// A heading of the page, by its number in the outline. Noted while it has a label.
    Heading(u32),
    /// The fold sign of the properties.
    Properties,
    /// The sign of a fold of the page, by the leaf that is its head.
    Fold(u32),
    /// The left pane outside its rows.
    Sidebar,
    /// A row of the tree, by its number in the tree.
    TreeRow(usize),
    /// A row of the tags.
    TagRow(usize),
    /// The context pane outside its rows.
    Context,
    /// An item of the context pane.
    ContextRow(usize),
    /// The sign of a part of the context pane.
    ContextTab(super::context::Part),
    /// The line between the left pane and the page: drag it.
    SidebarBorder,
    /// The name of a list in the left pane's title.
    SidebarTab(super::model::SidebarList),
    /// A command in the footer.
    Hint(Command),
    /// The active filter: opens it for typing.
    Filter,
    /// The topmost overlay, outside its rows.
    Overlay,
    /// A row of what a query can be completed to.
    Suggestion(usize),
    /// A row of the topmost overlay.
    OverlayRow(usize),
    /// The name of a part of the check.
    CheckTab(crate::index::check::Kind),
    /// A row of the braid.
    BraidRow {
        /// The column; the number after the last one is that of the pages left.
        part: usize,
        /// The row in it.
        row: usize,
    },
    /// Outside the topmost overlay: closes it.
    OutsideOverlay,
}
