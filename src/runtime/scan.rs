//! Walking a folder, and reading all of a wiki into an index.

use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use ignore::WalkBuilder;
use ignore::overrides::OverrideBuilder;

use super::clock;
use super::files::{FileEntry, Files, Listing};
use super::read::reason;
use crate::index::{Change, Index, NewPage};
use crate::markdown;
use crate::text::scrub::scrub_line;
use crate::vault::PagePath;

/// All files below `root` that belong to the wiki, sorted by path: not the hidden ones, not
/// `node_modules`, not what `.kenignore` or `ignore` name. `.gitignore` is not obeyed.
/// Links to files inside the root count; links to folders do not (what they hold is listed at its
/// own place), nor does anything outside the root. Pipes, sockets and devices are left out. Where
/// there is no page at all, the `.txt` files are the pages.
#[must_use]
pub fn list(root: &Path, ignore: &[String]) -> Listing {
    let mut skip = OverrideBuilder::new(root);
    for pattern in ignore.iter().map(String::as_str).chain(["node_modules"]) {
        // An override with `!` excludes. Patterns were checked when the config was read.
        let _invalid_was_reported = skip.add(&format!("!{pattern}"));
    }
    let mut walk = WalkBuilder::new(root);
    walk.standard_filters(false)
        .hidden(true)
        .follow_links(false)
        .add_custom_ignore_filename(".kenignore");
    if let Ok(skip) = skip.build() {
        walk.overrides(skip);
    }
    let mut unreadable = Vec::new();
    let mut files: Vec<FileEntry> = walk
        .build()
        .filter_map(|found| {
            let found = found.map_err(|error| unreadable.extend(told(&error, root))).ok()?;
            let kind = found.file_type()?;
            let relative = found.path().strip_prefix(root).ok()?.to_str()?;
            let path = PagePath::new(&relative.replace(std::path::MAIN_SEPARATOR, "/"))?;
            if kind.is_symlink() {
                let real = found.path().canonicalize().ok()?;
                if !real.starts_with(root) || !real.is_file() {
                    return None;
                }
            } else if !kind.is_file() {
                return None;
            }
            Some(entry(found.path(), path))
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    if !files.iter().any(|file| file.is_page) {
        for file in &mut files {
            file.is_page = file.path.as_str().to_ascii_lowercase().ends_with(".txt");
        }
    }
    unreadable.sort();
    Listing { files, unreadable }
}

/// A clause for what could not be looked into; `None` for what was there a moment ago.
fn told(error: &ignore::Error, root: &Path) -> Option<String> {
    let kind = error.io_error()?.kind();
    if kind == ErrorKind::NotFound {
        return None;
    }
    // The walker's own words name the path and the operation, too.
    let reason = reason(&kind.into());
    let mut at = error;
    while let ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } = at
    {
        at = err;
    }
    let ignore::Error::WithPath { path, .. } = at else { return Some(reason) };
    let path = path.strip_prefix(root).unwrap_or(path);
    Some(format!("cannot look into {}: {reason}", scrub_line(&path.to_string_lossy())))
}

/// The record of one file; a file that is gone has no time and no length.
#[must_use]
pub fn entry(file: &Path, path: PagePath) -> FileEntry {
    let is_page = path.is_page();
    let metadata = file.metadata().ok();
    let modified = metadata.as_ref().and_then(|data| data.modified().ok());
    FileEntry {
        path,
        modified_ms: modified.map_or(0, clock::to_ms),
        bytes: metadata.map_or(0, |data| data.len()),
        is_page,
    }
}

/// Reads every page of `entries` and builds the index, on as many threads as there are cores.
#[must_use]
pub fn build(files: &Files, entries: &[FileEntry]) -> Index {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let next = AtomicUsize::new(0);
    // Pages are handed out in runs: small enough to even out the load, large enough that the counter
    // is not fought over.
    let run = 32;
    let mut parts: Vec<Vec<(usize, Change)>> = std::thread::scope(|scope| {
        let work = || {
            let mut changes = Vec::new();
            let mut known = HashSet::new();
            loop {
                let start = next.fetch_add(run, Ordering::Relaxed);
                if start >= entries.len() {
                    return changes;
                }
                let end = (start + run).min(entries.len());
                changes.extend((start..end).map(|at| {
                    let mut change = change(files, &entries[at]);
                    if let Change::Put(page) = &mut change {
                        page.facts.share(&mut known);
                    }
                    (at, change)
                }));
            }
        };
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        handles.into_iter().filter_map(|handle| handle.join().ok()).collect()
    });
    let mut changes: Vec<(usize, Change)> = parts.drain(..).flatten().collect();
    changes.sort_unstable_by_key(|(at, _)| *at);
    let mut index = Index::default();
    index.apply_all(changes.into_iter().map(|(_, change)| change));
    index
}

/// The change that tells the index of one file.
#[must_use]
pub fn change(files: &Files, entry: &FileEntry) -> Change {
    if !entry.is_page {
        return Change::Attachment(entry.path.clone());
    }
    let (mut facts, unreadable) = match files.read(&entry.path) {
        Ok(text) => (markdown::facts(&text.text), None),
        Err(reason) => (markdown::Facts::default(), Some(reason)),
    };
    facts.shrink_to_fit();
    Change::Put(NewPage {
        path: entry.path.clone(),
        modified_ms: entry.modified_ms,
        bytes: entry.bytes,
        facts,
        unreadable,
    })
}
