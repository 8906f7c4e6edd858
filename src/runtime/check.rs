//! The workers of the check: what is wrong or loose, and the names near to missing ones. The names of all pages
//! are made once for a state of the wiki.

use std::collections::HashSet;
use std::sync::Arc;

use super::effects::send;
use super::of_revision::OfRevision;
use super::worker::{Newest, Outbox};
use crate::app::Msg;
use crate::app::check::Found;
use crate::app::failed::Job;
use crate::app::model::Ticket;
use crate::index::{Index, Names, PageId};

/// So many near names are offered for a missing one.
const MOST_NEAR: usize = 3;
/// For fewer names a thread more is not worth its start.
const LEAST_PART: usize = 16;

/// The workers.
#[derive(Debug)]
pub(super) struct Checks {
    report: Newest,
    near: Newest,
    names: Arc<OfRevision<Names>>,
}

impl Checks {
    /// Without a job yet.
    pub(super) fn new(outbox: &Outbox) -> Self {
        Self {
            report: Newest::new(Job::Check, outbox.clone()),
            near: Newest::new(Job::NearNames, outbox.clone()),
            names: OfRevision::new(),
        }
    }

    /// Looks for what is wrong or loose on the pages `within`.
    pub(super) fn look(&self, index: Arc<Index>, ticket: Ticket, within: Option<HashSet<PageId>>) {
        self.report.submit(move |out, _| {
            let found = Arc::new(Found::look(&index, within.as_ref()));
            send(out, Msg::Checked { ticket, found });
        });
    }

    /// Looks up the pages with names near to missing ones.
    pub(super) fn near(&self, index: Arc<Index>, ticket: Ticket, wanted: Vec<String>) {
        let kept = Arc::clone(&self.names);
        self.near.submit(move |out, overtaken| {
            let names = kept.get(&index, Index::near_names);
            let near = near(&index, &names, &wanted, &|| overtaken.yes());
            if !overtaken.yes() {
                send(out, Msg::NearFound { ticket, found: wanted.into_iter().zip(near).collect() });
            }
        });
    }
}

/// The pages with names near to each of the missing ones, looked for on all cores. `names` are those of `index`.
/// Once `enough` says so the rest stay empty.
#[must_use]
pub fn near(
    index: &Index,
    names: &Names,
    missing: &[String],
    enough: &(dyn Fn() -> bool + Sync),
) -> Vec<Vec<PageId>> {
    let mut found: Vec<Vec<PageId>> = vec![Vec::new(); missing.len()];
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let part = missing.len().div_ceil(cores).max(LEAST_PART);
    std::thread::scope(|scope| {
        for (missing, found) in missing.chunks(part).zip(found.chunks_mut(part)) {
            scope.spawn(move || {
                for (name, near) in missing.iter().zip(found).take_while(|_| !enough()) {
                    *near = index.near_among(names, name, MOST_NEAR);
                }
            });
        }
    });
    found
}
