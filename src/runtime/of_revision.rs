//! What is made once for a state of the wiki, and kept until another state is asked about.

use std::sync::{Arc, Mutex};

use super::effects::lock;
use crate::index::Index;

/// Something made from an index, and the revision of that.
#[derive(Debug)]
pub(super) struct OfRevision<T>(Mutex<Option<(u64, Arc<T>)>>);

impl<T> OfRevision<T> {
    /// With nothing made yet.
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new(None)))
    }

    /// What `build` makes of `index`, unless it was made of it before.
    pub(super) fn get(&self, index: &Index, build: impl FnOnce(&Index) -> T) -> Arc<T> {
        let mut last = lock(&self.0);
        // The old one goes before there is another: some take their megabytes.
        let made = match last.take() {
            Some((revision, made)) if revision == index.revision() => made,
            _ => Arc::new(build(index)),
        };
        *last = Some((index.revision(), Arc::clone(&made)));
        made
    }
}
