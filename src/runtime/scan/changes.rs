//! Files read as changes of the index, on as many threads as there are cores.

use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::files::{FileEntry, Files};
use super::super::{large, worker};
use crate::index::{Change, Crew, NewPage};
use crate::markdown::packed::Texts;
use crate::markdown::{Facts, Packed, Packer};

/// Reads what there is to know of `entries`, in their order, on as many threads as there are cores.
pub(in crate::runtime) fn changes<'a>(
    files: &Files,
    entries: &'a [&'a FileEntry],
) -> impl Iterator<Item = Change> + use<'a> {
    let next = AtomicUsize::new(0);
    let parts: Vec<(Vec<Run>, Arc<Texts>)> = std::thread::scope(|scope| {
        let work = || {
            let mut runs = Vec::new();
            let mut packer = Packer::default();
            loop {
                let start = next.fetch_add(RUN, Ordering::Relaxed);
                if start >= entries.len() {
                    return (runs, packer.finish());
                }
                let end = (start + RUN).min(entries.len());
                let read = |entry: &&FileEntry| Read::of(files, entry, &mut packer);
                runs.push(Run { start, read: entries[start..end].iter().map(read).collect() });
            }
        };
        // For a few files no thread is worth its start.
        let threads = threads().min(entries.len().div_ceil(RUN));
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let joined = handles.into_iter().map(std::thread::ScopedJoinHandle::join);
        joined.map(|part| part.unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    let with_texts = |(runs, texts): (Vec<Run>, Arc<Texts>)| {
        runs.into_iter().map(move |run| (run, Arc::clone(&texts)))
    };
    let mut runs: Vec<(Run, Arc<Texts>)> = parts.into_iter().flat_map(with_texts).collect();
    runs.sort_unstable_by_key(|(run, _)| run.start);
    // Each is made when it is wanted: all at once would take as much room again as what they say.
    runs.into_iter().flat_map(|(Run { start, read }, texts)| {
        let entries = &entries[start..start + read.len()];
        let change = move |(entry, read): (&&FileEntry, Read)| {
            read.change(entry, |bytes| Packed::new(bytes, Arc::clone(&texts)))
        };
        entries.iter().zip(read).map(change)
    })
}

/// Pages are handed out in runs: small enough to even out the load, large enough that the counter is not fought over.
const RUN: usize = 32;

/// What was read of so many files from one on.
struct Run {
    start: usize,
    read: Vec<Read>,
}

/// As many threads as there are cores, for what the index has to do of each page by itself.
pub(in crate::runtime) struct Threads;

impl Crew for Threads {
    fn hands(&self) -> usize {
        threads()
    }

    fn each<T: Send>(&self, jobs: usize, job: impl Fn(usize) -> T + Sync) -> Vec<T> {
        let next = AtomicUsize::new(0);
        let work = || {
            let numbers = std::iter::from_fn(|| {
                Some(next.fetch_add(1, Ordering::Relaxed)).filter(|number| *number < jobs)
            });
            numbers.map(|number| (number, job(number))).collect::<Vec<_>>()
        };
        let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
            // One of them is the thread that waits.
            let others = threads().min(jobs).saturating_sub(1);
            let handles: Vec<_> = (0..others).map(|_| scope.spawn(work)).collect();
            let mut done = work();
            for handle in handles {
                done.extend(handle.join().unwrap_or_else(|panic| resume_unwind(panic)));
            }
            done
        });
        done.sort_unstable_by_key(|(number, _)| *number);
        done.into_iter().map(|(_, result)| result).collect()
    }
}

/// On how many threads [`super::build`] reads: as many as there are cores, and no more than 8, beyond which
/// the disk is the limit.
#[must_use]
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(8)
}

/// The change that tells the index of one file.
#[must_use]
pub fn change(files: &Files, entry: &FileEntry) -> Change {
    let mut packer = Packer::default();
    let read = Read::of(files, entry, &mut packer);
    read.change(entry, |bytes| Packed::new(bytes, packer.finish()))
}

/// What was read of a file.
enum Read {
    /// It is no page.
    Attachment,
    /// The packed facts of a page, and why it could not be read, if so.
    Page(Arc<[u8]>, Option<String>),
}

impl Read {
    fn of(files: &Files, entry: &FileEntry, packer: &mut Packer) -> Self {
        if !entry.is_page {
            return Self::Attachment;
        }
        // A fault in the reading of one page must not take the others with it.
        let fault = || Err(FAULT.to_owned());
        let bytes = worker::guarded(|| {
            large::facts(files, &entry.path, entry.bytes, |facts| packer.pack(facts))
        });
        match bytes.unwrap_or_else(fault) {
            Ok(bytes) => Self::Page(bytes, None),
            Err(reason) => Self::Page(packer.pack(&Facts::default()), Some(reason)),
        }
    }

    fn change(self, entry: &FileEntry, packed: impl FnOnce(Arc<[u8]>) -> Packed) -> Change {
        let path = entry.path.clone();
        match self {
            Self::Attachment => Change::Attachment(path),
            Self::Page(facts, unreadable) => Change::Put(NewPage {
                path,
                modified_ms: entry.modified_ms,
                bytes: entry.bytes,
                facts: packed(facts),
                unreadable,
            }),
        }
    }
}

/// Why a page cannot be read that reading panics on.
pub(in crate::runtime) const FAULT: &str = "a fault in this program keeps it from being read";
