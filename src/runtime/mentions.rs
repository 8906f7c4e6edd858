//! The search for mentions: the names of all pages are made once for a state of the wiki, each page is read
//! at most once, and who opens another page ends it.

use std::sync::Arc;

use super::effects::send;
use super::files::Files;
use super::of_revision::OfRevision;
use super::worker::{Newest, Outbox};
use crate::app::Msg;
use crate::app::failed::Job;
use crate::app::model::Ticket;
use crate::app::msg::MentionsTold;
use crate::index::{Index, PageId};
use crate::search::mentions::Names;
use crate::search::unlinked::{self, Progress};

/// The worker.
#[derive(Debug)]
pub(super) struct Mentions {
    worker: Newest,
    names: Arc<OfRevision<Names>>,
}

impl Mentions {
    /// Without a job yet.
    pub(super) fn new(outbox: &Outbox) -> Self {
        Self { worker: Newest::new(Job::Mentions, outbox.clone()), names: OfRevision::new() }
    }

    /// Looks for the names of other pages on a page, then for its own on the others.
    pub(super) fn find(
        &self,
        files: Files,
        index: Arc<Index>,
        ticket: Ticket,
        page: PageId,
        source: Arc<str>,
    ) {
        let kept = Arc::clone(&self.names);
        self.worker.submit(move |out, overtaken| {
            let names = kept.get(&index, Names::of_all);
            let mut read = |path: &_| Some(files.read(path).ok()?.text);
            unlinked::find(&index, &names, page, &source, &mut read, &mut |found, progress| {
                if overtaken.yes() {
                    return false;
                }
                if !found.is_empty() || progress != Progress::Looking {
                    send(out, Msg::Mentions(MentionsTold { ticket, found, progress }));
                }
                true
            });
        });
    }

    /// Ends the job under way.
    pub(super) fn stop(&self) {
        self.worker.submit(|_, _| {});
    }
}
