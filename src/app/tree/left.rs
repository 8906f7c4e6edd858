//! How the tree was left in another run: what of it is kept, and having it so again.

use serde::{Deserialize, Serialize};

use super::super::model::Model;
use crate::vault::tree::{Labels, Order, Sort, Spot};

/// How the pane was left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TreeLeft {
    /// The unfolded folders.
    pub(super) unfolded: Vec<String>,
    /// What the cursor was on.
    pub(super) cursor: Option<String>,
    /// The shelf on which that stood.
    pub(super) shelf: Option<String>,
    /// What came first.
    pub(super) sort: Sort,
    /// What pages were called.
    pub(super) labels: Labels,
}

/// Unfolded folders that are kept at most.
const MOST_UNFOLDED: usize = 5_000;

/// How the pane is now; `None` before there are rows.
#[must_use]
pub fn left(model: &Model) -> Option<TreeLeft> {
    let tree = &model.tree;
    if tree.left.is_some() || tree.pages == 0 {
        return tree.left.clone();
    }
    let mut unfolded: Vec<String> = tree.expanded.iter().take(MOST_UNFOLDED).cloned().collect();
    unfolded.sort_unstable();
    let Spot { shelf, path } = tree.item.clone().unwrap_or(Spot { shelf: None, path: None });
    let cursor = path.map(|path| path.to_string());
    Some(TreeLeft { unfolded, cursor, shelf, sort: tree.order.sort, labels: tree.order.labels })
}

/// Has the pane be as it was left, as soon as there are rows.
pub fn put_up(model: &mut Model, left: TreeLeft) {
    model.tree.order = Order { sort: left.sort, labels: left.labels };
    model.tree.left = Some(left);
}
