//! The kinds of pages, each text once: a wiki has few of them, and every page has one.

use std::collections::HashSet;
use std::sync::Arc;

/// Every kind that a page has, or had.
#[derive(Clone, Debug, Default)]
pub(super) struct Kinds(Arc<HashSet<Arc<str>>>);

impl Kinds {
    /// The text that all pages of this kind share.
    pub(super) fn shared(&mut self, kind: &str) -> Arc<str> {
        if let Some(known) = self.0.get(kind) {
            return Arc::clone(known);
        }
        let kind: Arc<str> = kind.into();
        Arc::make_mut(&mut self.0).insert(Arc::clone(&kind));
        kind
    }
}
