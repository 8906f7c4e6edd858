//! What became of the places that were named: the changes that bring an older index to what is on the disk.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use super::gather::Dirty;
use super::rules::Rules;
use crate::index::{Change, Index, Known};
use crate::runtime::files::{FileEntry, Files};
use crate::runtime::scan;
use crate::vault::PagePath;

/// A look at the disk.
pub(super) struct Look<'a> {
    pub(super) files: &'a Files,
    /// What is known so far.
    pub(super) index: &'a Index,
    /// Is told of each folder before what it holds is looked at.
    pub(super) on_folder: &'a mut dyn FnMut(&Path),
    /// Is told how many files are about to be read.
    pub(super) reading: &'a dyn Fn(usize),
    /// What was written later is read, even if nothing tells it from what is known, where all is compared.
    pub(super) trusted_ms: i64,
}

impl Look<'_> {
    /// The changes at the places that may have changed.
    pub(super) fn at(&mut self, dirty: &Dirty) -> Vec<Change> {
        let Files::Folder { root, ignore } = self.files else { return self.single(dirty) };
        let decides = |path: &PathBuf| {
            path == root || path.file_name().is_some_and(|name| name == scan::IGNORE_FILE)
        };
        if dirty.all || dirty.lost || self.may_be_of_text() || dirty.paths.iter().any(decides) {
            return self.whole(root, ignore, dirty);
        }
        let changes = self.places(root, ignore, dirty);
        if changes.iter().any(|change| matches!(change, Change::Remove(_))) && self.loses(&changes) {
            return self.whole(root, ignore, dirty);
        }
        changes
    }

    /// The only file: its folder has others that do not count.
    fn single(&mut self, dirty: &Dirty) -> Vec<Change> {
        let Files::Single { file, .. } = self.files else { return Vec::new() };
        if let Some(folder) = file.parent() {
            (self.on_folder)(folder);
        }
        if dirty.paths.contains(file) {
            let entries = self.files.list().entries;
            return scan::changes(self.files, &entries.iter().collect::<Vec<_>>());
        }
        scan::compare(self.files, self.index, &self.files.list().entries, i64::MAX, |_| ())
    }

    /// Whether the pages may be the `.txt` files, or become them: which they are shows from the whole wiki only.
    fn may_be_of_text(&self) -> bool {
        self.index.pages().next().is_none_or(|page| !page.path.is_page())
    }

    /// Whether no page is left after the changes.
    fn loses(&self, changes: &[Change]) -> bool {
        let gone = |change: &Change| match change {
            Change::Remove(path) => matches!(self.index.known(path), Known::Page { .. }),
            Change::Put(_) | Change::Attachment(_) => false,
        };
        let comes = changes.iter().any(|change| matches!(change, Change::Put(_)));
        !comes && changes.iter().filter(|change| gone(change)).count() >= self.index.len()
    }

    fn whole(&mut self, root: &Path, ignore: &[String], dirty: &Dirty) -> Vec<Change> {
        let listing = scan::list_watched(root, ignore, self.on_folder);
        let mut entries = listing.entries;
        let mut changes =
            scan::compare(self.files, self.index, &entries, self.trusted_ms, self.reading);
        // What was named is read even if nothing tells it from what is known.
        let read: HashSet<PagePath> = changes.iter().map(super::path_of).cloned().collect();
        let named: HashSet<_> =
            dirty.paths.iter().filter_map(|path| scan::page_path(root, path)).collect();
        entries.retain(|entry| named.contains(&entry.path) && !read.contains(&entry.path));
        changes.extend(self.read(&entries));
        changes
    }

    fn places(&mut self, root: &Path, ignore: &[String], dirty: &Dirty) -> Vec<Change> {
        let mut rules = Rules::new(root, ignore);
        let mut files: BTreeMap<PagePath, FileEntry> = BTreeMap::new();
        let mut folders = HashSet::new();
        // At or below these is nothing but what is found.
        let mut places = HashSet::new();
        for path in &dirty.paths {
            let Some(place) = scan::page_path(root, path) else { continue };
            let file = self.files.on_disk(&place).unwrap_or_else(|| path.clone());
            let kind = file.symlink_metadata().ok().map(|about| about.file_type());
            match kind {
                Some(kind) if kind.is_dir() => drop(folders.insert(file)),
                Some(kind) if rules.admit(&file) => {
                    let entry = scan::file(root, &file, kind);
                    files.extend(entry.map(|entry| (place.clone(), entry)));
                }
                _ => {}
            }
            places.insert(place);
        }
        let listed = self.folders(root, ignore, folders);
        let is_other = |entry: &FileEntry| {
            !files.contains_key(&entry.path) && scan::is_other(self.index, entry)
        };
        let found: HashSet<PagePath> = listed.iter().map(|entry| entry.path.clone()).collect();
        let mut entries: Vec<FileEntry> = listed.into_iter().filter(is_other).collect();
        let gone = |path: &PagePath| !files.contains_key(path) && !found.contains(path);
        let known = |path: &PagePath| self.index.known(path) != Known::Nothing;
        let mut changes: Vec<Change> = Vec::new();
        let single = places.iter().filter(|path| known(path) && gone(path));
        changes.extend(single.cloned().map(Change::Remove));
        if places.iter().any(|place| self.index.has_folder(place)) {
            let named: HashSet<&str> = places.iter().map(PagePath::as_str).collect();
            let below = |path: &&PagePath| {
                let path = path.as_str();
                !named.contains(path)
                    && path.match_indices('/').any(|(at, _)| named.contains(&path[..at]))
            };
            let below = self.index.paths().filter(below).filter(|path| gone(path));
            changes.extend(below.cloned().map(Change::Remove));
        }
        entries.extend(files.into_values());
        changes.extend(self.read(&entries));
        changes
    }

    /// The files in those folders, if they belong to the wiki.
    fn folders(
        &mut self,
        root: &Path,
        ignore: &[String],
        folders: HashSet<PathBuf>,
    ) -> Vec<FileEntry> {
        if folders.is_empty() {
            return Vec::new();
        }
        let ways: HashSet<PathBuf> =
            folders.iter().flat_map(|folder| folder.ancestors()).map(Path::to_owned).collect();
        let named = folders.clone();
        let wanted = move |path: &Path| {
            ways.contains(path) || path.ancestors().any(|at| folders.contains(at))
        };
        let on_folder = &mut *self.on_folder;
        let mut on_named = |folder: &Path| {
            if folder.ancestors().any(|at| named.contains(at)) {
                on_folder(folder);
            }
        };
        scan::walk(root, ignore, wanted, &mut on_named).entries
    }

    fn read(&self, entries: &[FileEntry]) -> Vec<Change> {
        let is_news = |entry: &&FileEntry| {
            entry.is_page || self.index.known(&entry.path) != Known::Attachment
        };
        let entries: Vec<&FileEntry> = entries.iter().filter(is_news).collect();
        (self.reading)(entries.len());
        scan::changes(self.files, &entries)
    }
}
