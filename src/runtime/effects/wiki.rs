//! The whole wiki read, and one page of it read again: the jobs of the scanning worker.

use std::sync::{Arc, Mutex};

use super::super::files::{FileEntry, Files, Listing};
use super::super::scan::{self, Scanned};
use super::super::worker::Outbox;
use super::{Workers, lock, send};
use crate::app::Msg;
use crate::app::model::{Grade, Notice};
use crate::app::msg::ListedPage;
use crate::index::{Change, Index};
use crate::vault::PagePath;

/// What the scanning worker knows. Not what the model knows: while an editor runs the loop waits, and
/// an index that was built meanwhile has not arrived there.
#[derive(Debug, Default)]
pub(in crate::runtime) struct Built {
    /// How often the whole wiki was asked for.
    pub(super) asked: u64,
    /// The last index, if nobody has asked for another one since.
    pub(in crate::runtime) index: Option<Arc<Index>>,
}

impl Workers {
    /// Has the whole wiki read again. Of several such jobs that wait only the last is done.
    pub(super) fn rescan(&self) {
        let (files, built) = (self.files.clone(), Arc::clone(&self.built));
        let mine = {
            let mut built = lock(&self.built);
            *built = Built { asked: built.asked + 1, index: None };
            built.asked
        };
        // Who asks again wants every page read.
        let with_cache = self.with_cache && mine == 1;
        let watch = self.watch.clone();
        self.scan.submit(move |out| {
            if lock(&built).asked == mine {
                scan_all(&files, with_cache, &built, mine, out);
                if let Some(watch) = watch {
                    watch.begin(out);
                }
            }
        });
    }

    /// Has one page of the index read again after it was edited.
    pub fn reread(&self, path: PagePath) {
        let (files, built) = (self.files.clone(), Arc::clone(&self.built));
        self.scan.submit(move |out| {
            let Some(file) = files.on_disk(&path) else { return };
            // Without an index the whole wiki is about to be read, this page with it.
            let Some(index) = lock(&built).index.clone() else { return };
            let mut changed = Index::clone(&index);
            if file.exists() {
                let entry = FileEntry { is_page: true, ..scan::entry(&file, path) };
                changed.apply(scan::change(&files, &entry));
            } else {
                changed.apply(Change::Remove(path));
            }
            let changed = Arc::new(changed);
            let mut built = lock(&built);
            if built.index.is_some() {
                built.index = Some(Arc::clone(&changed));
            }
            drop(built);
            send(out, Msg::Indexed(changed));
        });
    }
}

/// Lists and reads the whole wiki, and says what could not be looked at.
fn scan_all(files: &Files, with_cache: bool, built: &Mutex<Built>, asked: u64, out: &Outbox) {
    let told = |listing: &Listing| tell_listed(listing, out);
    let Scanned { index, keeper } = scan::read_all(files, with_cache, told);
    let index = Arc::new(index);
    let mut built = lock(built);
    if built.asked == asked {
        built.index = Some(Arc::clone(&index));
    }
    drop(built);
    send(out, Msg::Indexed(Arc::clone(&index)));
    keeper.keep(&index);
}

/// Says which pages there are, and what could not be looked at.
fn tell_listed(Listing { entries, problems, .. }: &Listing, out: &Outbox) {
    let pages = entries.iter().filter(|entry| entry.is_page);
    let listed =
        pages.map(|entry| ListedPage { path: entry.path.clone(), modified_ms: entry.modified_ms });
    send(out, Msg::Listed(listed.collect()));
    if let Some((first, more)) = problems.split_first() {
        let more =
            if more.is_empty() { String::new() } else { format!(" (and {} more)", more.len()) };
        let text = format!("{first}{more}");
        send(out, Msg::Said(Notice { text, grade: Grade::Warning }));
    }
}
