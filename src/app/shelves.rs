//! The shelves at the top of the tree: folders of pages that are chosen by something else than their
//! place. What stands on one is told by the feature that it belongs to; rows, folds, filter and cursor
//! are the tree's.
//!
//! To add a shelf:
//! 1. in the feature's file, a function that makes a [`Shelf`] from the model (paths borrowed, so that
//!    nothing is kept twice); its key starts with `/` and the feature's name;
//! 2. its call in `all`, at the place where it is to stand;
//! 3. where the feature changes what stands on it, a call of `tree::shelved`. A new index needs
//!    none: the tree is built anew and asks again.
//!
//! It is asked only then, never for a key or a frame.

use super::{Model, bookmarks, saved};
use crate::vault::tree::Shelf;

/// Every shelf, the topmost first. The only place that names them.
pub(super) fn all(model: &Model) -> Vec<Shelf<'_>> {
    bookmarks::shelf(model).into_iter().chain(saved::shelves(model)).collect()
}
