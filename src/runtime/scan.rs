//! Walking a folder, and reading all of a wiki into an index.

use std::fs::FileType;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::{DirEntry, Error, WalkBuilder};

use super::cache::{self, Kept};
use super::files::{FileEntry, Files, Listing};
use super::{clock, large, worker};
use crate::index::{Change, Crew, Index, Known, NewPage};
use crate::markdown::packed::Texts;
use crate::markdown::{Facts, Packed, Packer};
use crate::vault::PagePath;

/// Names the files of a folder, and of the folders in it, that do not belong to the wiki.
pub(super) const IGNORE_FILE: &str = ".kenignore";
/// An ignore file that is longer, in bytes, is no list of patterns.
const MAX_IGNORE: u64 = 1 << 20;

/// All files below `root` that belong to the wiki, sorted by path: not the hidden ones, not
/// `node_modules`, not what `.kenignore` or `ignore` name. `.gitignore` is not obeyed.
/// Links to files inside the root count; links to folders do not (what they hold is listed at its
/// own place), nor does anything outside the root. Pipes, sockets and devices are left out. Where
/// there is no page at all, the `.txt` files are the pages.
#[must_use]
pub fn list(root: &Path, ignore: &[String]) -> Listing {
    list_watched(root, ignore, &mut |_| ())
}

/// As [`list`]; `on_folder` is told of each folder, the root first, before what it holds is looked at.
pub(super) fn list_watched(
    root: &Path,
    ignore: &[String],
    on_folder: &mut dyn FnMut(&Path),
) -> Listing {
    let mut listing = walk(root, ignore, |_| true, on_folder);
    let entries = &mut listing.entries;
    if !entries.iter().any(|entry| entry.is_page) {
        for entry in entries {
            entry.is_page = entry.path.as_str().to_ascii_lowercase().ends_with(".txt");
        }
    }
    listing
}

/// Names to skip below `root`, as in `.gitignore`, and what is wrong with them, a clause each.
pub(super) fn skipped(root: &Path, ignore: &[String]) -> (Gitignore, Vec<String>) {
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
pub(super) fn walk(
    root: &Path,
    ignore: &[String],
    wanted: impl Fn(&Path) -> bool + Send + Sync + 'static,
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
    let (mut entries, mut links) = (Vec::new(), Vec::new());
    for found in walk.build() {
        match &found {
            Ok(found) => {
                let kind = found.file_type();
                if kind.is_some_and(|kind| kind.is_dir()) {
                    on_folder(found.path());
                }
                if kind.is_some_and(|kind| kind.is_symlink()) {
                    links.push(found.path().to_owned());
                }
                entries.extend(kind.and_then(|kind| file(root, found.path(), kind)));
                found.error().into_iter().for_each(|error| tell(root, error, "", &mut problems));
            }
            Err(error) => tell(root, error, "", &mut problems),
        }
    }
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

/// Whether the ignore file of a folder must not be opened: a named pipe would wait for a writer, a device may
/// have no end.
pub(super) fn is_odd_ignore(folder: &Path) -> bool {
    let about = folder.join(IGNORE_FILE).metadata();
    about.is_ok_and(|about| !about.is_file() || about.len() > MAX_IGNORE)
}

/// The path as the wiki knows it of a file below `root`.
pub(super) fn page_path(root: &Path, file: &Path) -> Option<PagePath> {
    let below = file.strip_prefix(root).ok()?;
    // A name that is not Unicode is shown with U+FFFD; the folder is asked for it when it is opened.
    let below = below.to_string_lossy();
    PagePath::new(&below.replace(std::path::MAIN_SEPARATOR, "/"))
}

/// The file that was found, if it belongs to the wiki.
pub(super) fn file(root: &Path, found: &Path, kind: FileType) -> Option<FileEntry> {
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
    let wiki = match files {
        Files::Folder { root, .. } if with_cache => Some(root),
        _ => None,
    };
    let listed_ms = clock::now_ms();
    let (listing, kept) = std::thread::scope(|scope| {
        let kept = wiki.map(|wiki| scope.spawn(|| cache::load(wiki)));
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
    let keeper = Keeper { listed_ms, wiki: wiki.filter(|_| is_much).cloned() };
    Scanned { index, keeper }
}

/// Why a page cannot be read that reading panics on.
pub(super) const FAULT: &str = "a fault in this program keeps it from being read";

/// Smaller wikis are read in no time.
const LEAST_KEPT: usize = 256;

/// The coarsest clock of a file system that is common, in milliseconds (FAT's): a file that was written within one
/// tick before it was read may have been written again since, with the same time.
pub(super) const CLOCK_TICK_MS: i64 = 2_000;

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
    wiki: Option<PathBuf>,
}

impl Keeper {
    /// Keeps it.
    pub fn keep(&self, index: &Index) {
        if let Some(wiki) = &self.wiki {
            cache::save(wiki, index, self.listed_ms);
        }
    }
}

/// Reads what there is to know of `entries`, in their order, on as many threads as there are cores.
pub(super) fn changes<'a>(
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
struct Threads;

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

/// On how many threads [`build`] reads: as many as there are cores, and no more than 8, beyond which
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder(files: &[&str]) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().canonicalize().expect("it is there");
        for path in files {
            let file = root.join(path);
            fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
            fs::write(file, format!("# {path}\n")).expect("a file");
        }
        (folder, root)
    }

    fn listed(root: &Path, ignore: &[&str]) -> (Vec<String>, Vec<String>) {
        let ignore: Vec<String> = ignore.iter().map(|&pattern| pattern.to_owned()).collect();
        let Listing { entries, problems, .. } = list(root, &ignore);
        (entries.into_iter().map(|entry| entry.path.to_string()).collect(), problems)
    }

    #[test]
    fn hidden_files_and_what_is_named_are_skipped_and_gitignore_is_not_obeyed() {
        let (_kept, root) = folder(&[
            "a.md",
            "b.png",
            ".hidden.md",
            ".git/c.md",
            "node_modules/d.md",
            "drafts/e.md",
            "f.tmp",
            "sub/node_modules/g.md",
            "sub/keep.tmp",
            "secret.md",
        ]);
        fs::write(root.join(".gitignore"), "a.md\n").expect("a file");
        fs::write(root.join(".kenignore"), "secret.md\n").expect("a file");
        let check = |ignore: &[&str], expected: &str| {
            let (paths, problems) = listed(&root, ignore);
            assert_eq!((paths.join(" ").as_str(), problems.as_slice()), (expected, &[][..]));
        };
        check(&[], "a.md b.png drafts/e.md f.tmp sub/keep.tmp");
        check(&["drafts/", "*.tmp"], "a.md b.png");
        check(&["*.tmp", "!keep.tmp", "/a.md"], "b.png drafts/e.md sub/keep.tmp");
        check(
            &["!node_modules", "drafts", "*.tmp"],
            "a.md b.png node_modules/d.md sub/node_modules/g.md",
        );
    }

    #[test]
    fn a_broken_pattern_is_told_with_its_line_and_the_others_hold() {
        let (_kept, root) = folder(&["a.md", "b.md"]);
        fs::write(root.join(".kenignore"), "b.md\n[z-a]\n").expect("a file");
        let (paths, problems) = listed(&root, &[]);
        assert_eq!(paths, ["a.md"]);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].starts_with(".kenignore, line 2: "), "{problems:?}");
    }

    #[cfg(unix)]
    #[test]
    fn an_ignore_file_that_is_none_is_never_opened() {
        let (_kept, root) =
            folder(&["a.md", "pipe/b.md", "endless/c.md", "long/d.md", "folder/e.md"]);
        let made = std::process::Command::new("mkfifo").arg(root.join("pipe/.kenignore")).status();
        assert!(made.expect("mkfifo").success());
        std::os::unix::fs::symlink("/dev/zero", root.join("endless/.kenignore")).expect("a link");
        fs::write(root.join("long/.kenignore"), vec![b'\n'; 1 << 21]).expect("a file");
        fs::create_dir(root.join("folder/.kenignore")).expect("a folder");
        let (paths, mut problems) = listed(&root, &[]);
        problems.sort();
        assert_eq!(paths, ["a.md"]);
        let odd = ["endless", "folder", "long", "pipe"];
        let told = |name| format!("{name} is left out: its .kenignore is no file of patterns");
        assert_eq!(problems, odd.map(told));
        // At the top it cannot be left out with its folder.
        fs::create_dir(root.join(".kenignore")).expect("a folder");
        let (paths, problems) = listed(&root, &["pipe", "endless", "long", "folder"]);
        assert_eq!(paths, ["a.md"]);
        assert_eq!(problems, [".kenignore is no file of patterns; nothing is skipped for it"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_count_as_what_they_lead_to_inside_the_root_and_only_files_are_opened() {
        use std::os::unix::fs::symlink;

        let (_other, outside) = folder(&["out.md"]);
        let (_kept, root) = folder(&["a.md", "sub/b.md"]);
        let link = |to: &Path, at: &str| symlink(to, root.join(at)).expect("a link");
        link(Path::new("sub/b.md"), "file.md");
        link(Path::new("sub"), "folder");
        link(Path::new(".."), "sub/up");
        link(Path::new("circle.md"), "circle.md");
        link(&outside.join("out.md"), "out.md");
        link(Path::new("gone"), "gone.md");
        link(Path::new("/dev/null"), "null.md");
        let made = std::process::Command::new("mkfifo").arg(root.join("pipe.md")).status();
        assert!(made.expect("mkfifo").success());
        let _socket = std::os::unix::net::UnixListener::bind(root.join("socket.md"));
        assert_eq!(listed(&root, &[]).0, ["a.md", "file.md", "sub/b.md"]);
        // None of these blocks, and each says why.
        let files = Files::Folder { root, ignore: [].into() };
        for (path, why) in [
            ("pipe.md", "it is no regular file (a pipe, socket or device)"),
            ("socket.md", "it is no regular file (a pipe, socket or device)"),
            ("null.md", "it is a link that leads out of the wiki"),
            ("out.md", "it is a link that leads out of the wiki"),
            ("sub", "it is a folder"),
            ("never.md", "no such file or directory"),
        ] {
            let path = PagePath::new(path).expect("a path");
            assert_eq!(files.read(&path).expect_err("unreadable"), why, "{path}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_are_no_unicode_or_decomposed_are_shown_and_can_be_read() {
        use std::os::unix::ffi::OsStrExt;

        let (_kept, root) = folder(&["cafe\u{301}.md", "a\nb.md"]);
        let latin = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
        fs::write(root.join(latin), "latin").expect("a file");
        let (paths, problems) = listed(&root, &[]);
        assert_eq!(paths, ["a\nb.md", "caf\u{e9}.md", "caf\u{fffd}.md"]);
        assert_eq!(problems, [""; 0]);
        let files = Files::Folder { root: root.clone(), ignore: [].into() };
        let read =
            |path: &str| files.read(&PagePath::new(path).expect("a path")).map(|text| text.text);
        assert_eq!(read("caf\u{fffd}.md").as_deref(), Ok("latin"));
        assert_eq!(read("caf\u{e9}.md").as_deref(), Ok("# cafe\u{301}.md\n"));

        fs::write(root.join("caf\u{e9}.md"), "composed").expect("a file");
        let (paths, problems) = listed(&root, &[]);
        assert_eq!(paths.len(), 3);
        assert_eq!(problems, ["caf\u{e9}.md: two files have names that read the same"]);
    }

    #[test]
    fn a_file_that_is_gone_when_it_is_read_is_an_unreadable_page() {
        let (_kept, root) = folder(&["a.md", "b.md", "c.png"]);
        let files = Files::Folder { root: root.clone(), ignore: [].into() };
        let entries = files.list().entries;
        fs::remove_file(root.join("b.md")).expect("it was there");
        let index = build(&files, &entries);
        let unreadable = |path: &str| {
            let page = index.at(&PagePath::new(path).expect("a path")).expect("a page");
            page.unreadable.clone()
        };
        assert_eq!(unreadable("a.md"), None);
        assert_eq!(unreadable("b.md").as_deref(), Some("no such file or directory"));
        assert_eq!(index.len(), 2);
    }
}
