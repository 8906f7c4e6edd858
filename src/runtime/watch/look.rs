//! What became of the places that were named: the changes that bring an older index to what is on the disk.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use super::gather::Dirty;
use super::links::Links;
use super::rules::Rules;
use crate::index::{Change, Index, Known};
use crate::runtime::files::{FileEntry, Files, Listing};
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
    /// The symbolic links that were seen.
    pub(super) links: &'a mut Links,
    /// What could not be looked at, where all was compared.
    pub(super) problems: &'a mut Option<Vec<String>>,
}

impl Look<'_> {
    /// The changes at the places that may have changed.
    pub(super) fn at(&mut self, dirty: &Dirty) -> Vec<Change> {
        let Files::Folder { root, ignore } = self.files else { return self.single(dirty) };
        let dirty = &self.links.followed(dirty);
        let decides = |path: &PathBuf| {
            path == root || path.file_name().is_some_and(|name| name == scan::IGNORE_FILE)
        };
        if dirty.all || dirty.lost || self.may_be_of_text() || dirty.paths.iter().any(decides) {
            return self.whole(root, ignore, dirty);
        }
        let changes = self.places(root, ignore, dirty);
        if changes.iter().any(|change| matches!(change, Change::Remove(_))) && self.loses(&changes)
        {
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
            return scan::changes(self.files, &entries.iter().collect::<Vec<_>>()).collect();
        }
        scan::compare(self.files, self.index, &self.files.list().entries, self.trusted_ms, |_| ())
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
        let listing = scan::list_watched(root, ignore, self.index, self.on_folder);
        *self.problems = Some(listing.problems);
        let mut entries = listing.entries;
        self.note(root, listing.links);
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
        let (mut folders, mut links) = (HashSet::new(), Vec::new());
        // At or below these is nothing but what is found.
        let mut places = HashSet::new();
        for path in &dirty.paths {
            let Some(place) = scan::page_path(root, path) else { continue };
            let file = self.files.on_disk(&place).unwrap_or_else(|| path.clone());
            let kind = file.symlink_metadata().ok().map(|about| about.file_type());
            match kind {
                Some(kind) if kind.is_dir() => drop(folders.insert(file)),
                Some(kind) if rules.admit(&file) => {
                    links.extend(kind.is_symlink().then(|| file.clone()));
                    let entry = scan::file(root, &file, kind);
                    files.extend(entry.map(|entry| (place.clone(), entry)));
                }
                _ => {}
            }
            places.insert(place);
        }
        let Listing { entries: listed, links: more, .. } = self.folders(root, ignore, folders);
        self.note(root, links.into_iter().chain(more));
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
    fn folders(&mut self, root: &Path, ignore: &[String], folders: HashSet<PathBuf>) -> Listing {
        if folders.is_empty() {
            return Listing::default();
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
        scan::walk(root, ignore, wanted, self.index, &mut on_named)
    }

    /// Notes where links lead. Within the wiki's folder that may be where nothing else is looked at.
    fn note(&mut self, root: &Path, links: impl IntoIterator<Item = PathBuf>) {
        let targets: Vec<_> = links.into_iter().flat_map(|link| self.links.add(&link)).collect();
        let folders: HashSet<&Path> = targets.iter().filter_map(|target| target.parent()).collect();
        for folder in folders.into_iter().filter(|folder| folder.starts_with(root)) {
            (self.on_folder)(folder);
        }
    }

    fn read(&self, entries: &[FileEntry]) -> Vec<Change> {
        let is_news = |entry: &&FileEntry| {
            entry.is_page || self.index.known(&entry.path) != Known::Attachment
        };
        let entries: Vec<&FileEntry> = entries.iter().filter(is_news).collect();
        (self.reading)(entries.len());
        scan::changes(self.files, &entries).collect()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use proptest::prelude::*;

    use super::*;

    const NAMES: &[&str] =
        &["a.md", "b.md", "x", "x/a.md", "x/y", "x/y/c.md", "x.md", "z", "p.png", "t.txt", ".h.md"];

    /// Something that somebody does to the files, by numbers of [`NAMES`].
    #[derive(Clone, Copy, Debug)]
    enum Act {
        Write(usize, u8),
        Folder(usize),
        Remove(usize),
        Rename(usize, usize),
        Ignore(usize, usize),
        /// A folder in the place of a file of patterns.
        OddIgnore(usize),
        Link(&'static str, usize),
    }

    fn act() -> impl Strategy<Value = Act> {
        let name = || 0..NAMES.len();
        let target = prop::sample::select(vec!["a.md", "x/a.md", "x/y/c.md"]);
        prop_oneof![
            4 => (name(), any::<u8>()).prop_map(|(name, text)| Act::Write(name, text)),
            1 => name().prop_map(Act::Folder),
            2 => name().prop_map(Act::Remove),
            3 => (name(), name()).prop_map(|(from, to)| Act::Rename(from, to)),
            1 => (name(), name()).prop_map(|(folder, name)| Act::Ignore(folder, name)),
            1 => name().prop_map(Act::OddIgnore),
            2 => (target, name()).prop_map(|(target, name)| Act::Link(target, name)),
        ]
    }

    /// Does it, if that is possible; the places that the system would name.
    fn play(root: &Path, act: Act) -> Vec<PathBuf> {
        let at = |name: usize| root.join(NAMES[name]);
        // What lies behind a link to a folder is named where it lies.
        let named = |path: &Path| {
            let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
            let name = path.file_name().expect("a name");
            folder.map_or(path.to_owned(), |folder| folder.join(name))
        };
        let remove = |path: &Path| {
            if path.is_dir() && !path.is_symlink() {
                fs::remove_dir_all(path)
            } else {
                fs::remove_file(path)
            }
        };
        // Of folders that are made on the way the outermost is named.
        let make = |folder: &Path| {
            let new = folder.ancestors().take_while(|folder| !folder.exists()).last();
            let new = new.map(Path::to_owned);
            fs::create_dir_all(folder).is_ok().then_some(new)
        };
        match act {
            Act::Write(name, text) => {
                let file = at(name);
                let Some(new) = file.parent().and_then(make) else { return Vec::new() };
                let text = format!("# Title {text}\n\n[[a]] [[x/a]]\n");
                let written = fs::write(&file, text).is_ok();
                let real = file.canonicalize().ok().filter(|_| written);
                new.into_iter().chain(real).collect()
            }
            Act::Folder(name) => make(&at(name)).flatten().into_iter().collect(),
            Act::Remove(name) => {
                let path = at(name);
                let place = named(&path);
                remove(&path).is_ok().then_some(place).into_iter().collect()
            }
            Act::Rename(from, to) => {
                let (from, to) = (at(from), at(to));
                let places = vec![named(&from), named(&to)];
                if fs::rename(&from, &to).is_ok() { places } else { Vec::new() }
            }
            Act::Ignore(folder, name) => {
                let file = at(folder).join(scan::IGNORE_FILE);
                remove(&file).ok();
                let done = fs::write(&file, format!("{}\n", NAMES[name])).is_ok();
                done.then(|| named(&file)).into_iter().collect()
            }
            Act::OddIgnore(folder) => {
                let file = at(folder).join(scan::IGNORE_FILE);
                remove(&file).ok();
                let done = fs::create_dir(&file).is_ok();
                done.then(|| named(&file)).into_iter().collect()
            }
            Act::Link(target, name) => {
                let link = at(name);
                let done = symlink(root.join(target), &link).is_ok();
                done.then(|| named(&link)).into_iter().collect()
            }
        }
    }

    fn told(index: &Index) -> Vec<String> {
        let page = |path: &PagePath| {
            let page = index.at(path)?;
            let leads: Vec<_> = index.backlinks(page.id).iter().map(|l| l.link).collect();
            Some((page.title.clone(), page.bytes, page.modified_ms, leads))
        };
        let file = |path| format!("{path} {:?} {:?}", index.known(path), page(path));
        let mut all: Vec<String> = index.paths().map(file).collect();
        all.sort();
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
        #[test]
        fn whatever_is_done_to_the_files_the_index_is_that_of_a_fresh_scan(
            batches in prop::collection::vec(prop::collection::vec(act(), 1..5), 1..8),
        ) {
            let kept = tempfile::tempdir().expect("a temporary folder");
            let root = kept.path().canonicalize().expect("it is there");
            fs::write(root.join("first.md"), "# First\n").expect("a file");
            let files = Files::Folder { root: root.clone(), ignore: [].into() };
            let mut index = scan::build(&files, &files.list().entries);
            let (mut links, mut problems) = (Links::default(), None);
            for batch in batches {
                let paths = batch.iter().flat_map(|act| play(&root, *act)).collect();
                let dirty = Dirty { paths, ..Dirty::default() };
                let mut look = Look {
                    files: &files,
                    index: &index,
                    on_folder: &mut |_| (),
                    reading: &|_| (),
                    trusted_ms: i64::MAX,
                    links: &mut links,
                    problems: &mut problems,
                };
                let changes = look.at(&dirty);
                index.apply_all(changes);
                let fresh = scan::build(&files, &files.list().entries);
                prop_assert_eq!(told(&index), told(&fresh), "after {:?}", batch);
            }
        }
    }
}
