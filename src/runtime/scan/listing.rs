//! Which files belong to a wiki: the walk over its folders, and what is skipped there.

use std::fs::FileType;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::{DirEntry, Error, WalkBuilder};

use super::super::clock;
use super::super::files::{FileEntry, Listing};
use crate::index::Index;
use crate::vault::PagePath;

/// Names the files of a folder, and of the folders in it, that do not belong to the wiki.
pub(in crate::runtime) const IGNORE_FILE: &str = ".kenignore";
/// An ignore file that is longer, in bytes, is no list of patterns.
const MAX_IGNORE: u64 = 1 << 20;
/// So many files are asked about in one go.
const ASKED: usize = 256;

/// All files below `root` that belong to the wiki, sorted by path: not the hidden ones, not
/// `node_modules`, not what `.kenignore` or `ignore` name. `.gitignore` is not obeyed.
/// Links to files inside the root count; links to folders do not (what they hold is listed at its
/// own place), nor does anything outside the root. Pipes, sockets and devices are left out. Where
/// there is no page at all, the `.txt` files are the pages.
#[must_use]
pub fn list(root: &Path, ignore: &[String]) -> Listing {
    list_watched(root, ignore, &Index::default(), &mut |_| ())
}

/// As [`list`]; `on_folder` is told of each folder, the root first, before what it holds is looked at. Paths that
/// `known` has are shared with it.
pub(in crate::runtime) fn list_watched(
    root: &Path,
    ignore: &[String],
    known: &Index,
    on_folder: &mut dyn FnMut(&Path),
) -> Listing {
    let mut listing = walk(root, ignore, |_| true, known, on_folder);
    let entries = &mut listing.entries;
    if !entries.iter().any(|entry| entry.is_page) {
        for entry in entries {
            entry.is_page = entry.path.as_str().to_ascii_lowercase().ends_with(".txt");
        }
    }
    listing
}

/// Names to skip below `root`, as in `.gitignore`, and what is wrong with them, a clause each.
pub(in crate::runtime) fn skipped(root: &Path, ignore: &[String]) -> (Gitignore, Vec<String>) {
    let mut problems = Vec::new();
    let mut skip = GitignoreBuilder::new(root);
    for pattern in ["node_modules"].into_iter().chain(ignore.iter().map(String::as_str)) {
        if let Err(error) = skip.add_line(None, pattern) {
            problems.push(format!("ignore: {error}"));
        }
    }
    let skip = skip.build().unwrap_or_else(|error| {
        problems.push(format!("ignore: {error}"));
        Gitignore::empty()
    });
    (skip, problems)
}

/// As [`list_watched`], of those files and folders whose paths are `wanted`; what lies in a folder that is not is
/// not looked at. Pages are those that are named so.
pub(in crate::runtime) fn walk(
    root: &Path,
    ignore: &[String],
    wanted: impl Fn(&Path) -> bool + Send + Sync + 'static,
    known: &Index,
    on_folder: &mut dyn FnMut(&Path),
) -> Listing {
    let (skip, mut problems) = skipped(root, ignore);
    let mut walk = WalkBuilder::new(root);
    walk.standard_filters(false).hidden(true).follow_links(false);
    if is_odd_ignore(root) {
        problems.push(format!("{IGNORE_FILE} is no file of patterns; nothing is skipped for it"));
    } else {
        walk.add_custom_ignore_filename(IGNORE_FILE);
    }
    let odd = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&odd);
    walk.filter_entry(move |found: &DirEntry| {
        let is_folder = found.file_type().is_some_and(|kind| kind.is_dir());
        if !wanted(found.path()) || skip.matched(found.path(), is_folder).is_ignore() {
            return false;
        }
        // What it would have named may be private: none of the folder is shown.
        let is_odd = is_folder && is_odd_ignore(found.path());
        if is_odd {
            told.lock().unwrap_or_else(PoisonError::into_inner).push(found.path().to_owned());
        }
        !is_odd
    });
    let mut links = Vec::new();
    let mut on_found = |found: Result<DirEntry, Error>| match found {
        Ok(found) => {
            let kind = found.file_type()?;
            if kind.is_dir() {
                on_folder(found.path());
            }
            if kind.is_symlink() {
                links.push(found.path().to_owned());
            }
            found.error().into_iter().for_each(|error| tell(root, error, "", &mut problems));
            (!kind.is_dir()).then(|| (found.into_path(), kind))
        }
        Err(error) => {
            tell(root, &error, "", &mut problems);
            None
        }
    };
    let mut entries = asked(root, known, walk.build().filter_map(&mut on_found));
    for folder in odd.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        let below = folder.strip_prefix(root).unwrap_or(folder).to_string_lossy();
        problems.push(format!("{below} is left out: its {IGNORE_FILE} is no file of patterns"));
    }
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    entries.dedup_by(|second, first| {
        let same = second.path == first.path;
        if same {
            problems.push(format!("{}: two files have names that read the same", first.path));
        }
        same
    });
    Listing { entries, problems, links }
}

/// The files among what is found. What there is to know of each is asked for on a second thread, while the next ones
/// are found; of few files, on this one.
/// Paths that `known` has are shared with it.
fn asked(
    root: &Path,
    known: &Index,
    mut found: impl Iterator<Item = (PathBuf, FileType)>,
) -> Vec<FileEntry> {
    let entry = |(path, kind): (PathBuf, FileType)| {
        let entry = file(root, &path, kind)?;
        Some(FileEntry { path: known.shared(entry.path), ..entry })
    };
    let of = |some: Vec<_>| -> Vec<FileEntry> { some.into_iter().filter_map(entry).collect() };
    let mut next = || found.by_ref().take(ASKED).collect::<Vec<_>>();
    let first = next();
    if first.len() < ASKED {
        return of(first);
    }
    std::thread::scope(|scope| {
        let (to_ask, questions) = std::sync::mpsc::channel();
        let asking = scope.spawn(|| questions.into_iter().flat_map(of).collect());
        let mut some = first;
        while !some.is_empty() {
            // It is only gone if it panicked, which is told below.
            to_ask.send(some).ok();
            some = next();
        }
        drop(to_ask);
        asking.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// Whether the ignore file of a folder must not be opened: a named pipe would wait for a writer, a device may
/// have no end.
pub(in crate::runtime) fn is_odd_ignore(folder: &Path) -> bool {
    let about = folder.join(IGNORE_FILE).metadata();
    about.is_ok_and(|about| !about.is_file() || about.len() > MAX_IGNORE)
}

/// The path as the wiki knows it of a file below `root`.
pub(in crate::runtime) fn page_path(root: &Path, file: &Path) -> Option<PagePath> {
    let below = file.strip_prefix(root).ok()?;
    // A name that is not Unicode is shown with U+FFFD; the folder is asked for it when it is opened.
    let below = below.to_string_lossy();
    PagePath::new(&below.replace(std::path::MAIN_SEPARATOR, "/"))
}

/// The file that was found, if it belongs to the wiki.
pub(in crate::runtime) fn file(root: &Path, found: &Path, kind: FileType) -> Option<FileEntry> {
    let path = page_path(root, found)?;
    if kind.is_symlink() {
        let real = found.canonicalize().ok()?;
        if !real.starts_with(root) || !real.is_file() {
            return None;
        }
    } else if !kind.is_file() {
        return None;
    }
    Some(entry(found, path))
}

/// Says in a clause each what could not be looked at, and why.
fn tell(root: &Path, error: &Error, place: &str, problems: &mut Vec<String>) {
    match error {
        Error::Partial(errors) => {
            for error in errors {
                tell(root, error, place, problems);
            }
        }
        Error::WithPath { path, err } => {
            let below = path.strip_prefix(root).unwrap_or(path).to_string_lossy();
            tell(root, err, &below, problems);
        }
        Error::WithLineNumber { line, err } => {
            tell(root, err, &format!("{place}, line {line}"), problems);
        }
        Error::WithDepth { err, .. } => tell(root, err, place, problems),
        // What was there a moment ago is gone: that is no problem of the wiki's.
        Error::Io(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        // The walker wraps the system's error in one that names the path again.
        Error::Io(error) => problems.push(format!("cannot read {place}: {}", error.kind())),
        error => problems.push(format!("{place}: {error}")),
    }
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
