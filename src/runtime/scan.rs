//! Walking a folder, and reading all of a wiki into an index.

mod changes;
mod listing;

use super::cache::{CLOCK_TICK_MS, Cache, Kept, LEAST_KEPT};
use super::clock;
use super::files::{FileEntry, Files, Listing};
use crate::index::{Change, Index, Known};
use crate::vault::PagePath;

pub(super) use changes::{FAULT, Threads, changes};
pub use changes::{change, threads};
pub(super) use listing::{
    IGNORE_FILE, file, is_odd_ignore, list_watched, page_path, skipped, walk,
};
pub use listing::{entry, list};

/// Reads every page of `entries` and builds the index, on as many threads as there are cores.
#[must_use]
pub fn build(files: &Files, entries: &[FileEntry]) -> Index {
    let mut index = Index::default();
    let entries: Vec<&FileEntry> = entries.iter().collect();
    index.apply_all_by(changes(files, &entries), &Threads);
    index
}

/// Brings an older index of the same wiki to what `entries` say, as comparing with the disk has it. How many files were read,
/// with those that are gone.
pub fn update(files: &Files, index: &mut Index, entries: &[FileEntry], trusted_ms: i64) -> usize {
    let all = compare(files, index, entries, trusted_ms, |_| ());
    let count = all.len();
    if count > 0 {
        index.apply_all_by(all, &Threads);
    }
    count
}

/// What is to change in an older index of the same wiki so that it says what `entries`, sorted by path, say: reads
/// the pages that are new, or whose length or time is another one, or that were written after `trusted_ms`
/// (milliseconds since 1970-01-01 UTC). `reading` is told how many files are about to be read.
pub(super) fn compare(
    files: &Files,
    index: &Index,
    entries: &[FileEntry],
    trusted_ms: i64,
    reading: impl FnOnce(usize),
) -> Vec<Change> {
    let mut known = 0;
    let to_read = |entry: &&FileEntry| {
        known += usize::from(index.known(&entry.path) != Known::Nothing);
        is_other(index, entry) || entry.is_page && entry.modified_ms > trusted_ms
    };
    let others: Vec<&FileEntry> = entries.iter().filter(to_read).collect();
    reading(others.len());
    let mut all: Vec<Change> = changes(files, &others).collect();
    if known < index.paths().count() {
        let is_gone =
            |path: &&PagePath| entries.binary_search_by(|entry| entry.path.cmp(*path)).is_err();
        all.extend(index.paths().filter(is_gone).cloned().map(Change::Remove));
    }
    all
}

/// Whether a file is new to the index, or has another length or time there.
pub(super) fn is_other(index: &Index, entry: &FileEntry) -> bool {
    let FileEntry { modified_ms, bytes, is_page, .. } = *entry;
    let then = if is_page { Known::Page { modified_ms, bytes } } else { Known::Attachment };
    index.known(&entry.path) != then
}

/// Lists and reads a whole wiki, by what was kept of it where that is of use; `listed` is told of the files before
/// they are read.
pub fn read_all(files: &Files, with_cache: bool, listed: impl FnOnce(&Listing)) -> Scanned {
    let cache = Cache::of(files).filter(|_| with_cache);
    let listed_ms = clock::now_ms();
    let (listing, kept) = std::thread::scope(|scope| {
        let kept = cache.as_ref().map(|cache| scope.spawn(|| cache.index()));
        let listing = files.list();
        // A fault there leaves the wiki to be read as if nothing was kept.
        (listing, kept.and_then(|kept| kept.join().ok().flatten()))
    });
    listed(&listing);
    let (index, read) = match kept {
        Some(Kept { mut index, listed_ms }) => {
            let trusted_ms = listed_ms - CLOCK_TICK_MS;
            let read = update(files, &mut index, &listing.entries, trusted_ms);
            (index, read)
        }
        None => (build(files, &listing.entries), usize::MAX),
    };
    let is_much = read > listing.entries.len() / 100 && listing.entries.len() >= LEAST_KEPT;
    let keeper = Keeper { listed_ms, cache: cache.filter(|_| is_much) };
    Scanned { index, keeper }
}

/// A wiki that was read.
#[derive(Debug)]
pub struct Scanned {
    /// Its index.
    pub index: Index,
    /// Keeps it for the next start.
    pub keeper: Keeper,
}

/// Keeps the index of a wiki for the next start, where much of it was read anew.
#[derive(Debug)]
pub struct Keeper {
    listed_ms: i64,
    /// `None` where what is kept is good enough.
    cache: Option<Cache>,
}

impl Keeper {
    /// Keeps it.
    pub fn keep(&self, index: &Index) {
        if let Some(cache) = &self.cache {
            // Where it cannot be, the next start takes longer.
            cache.keep_index(index, self.listed_ms).ok();
        }
    }
}

#[cfg(test)]
mod tests;
