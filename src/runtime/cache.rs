//! What is known of a wiki kept from one start to the next, in the user's cache folder: its index, and the signatures
//! of its pages for full-text search. Each is a file of its own, replaced as a whole. Whatever is odd about it
//! (another version, damage, no right to read it) makes it as good as none. Nothing in it is believed of a file whose
//! length or time is another by now.
//!
//! A file: a line that says what it is, the fingerprint of the program that wrote it, the checksum (CRC-32) of
//! the rest, the rest.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::PathBuf;

use super::files::Files;
use super::read::read_bytes;
use super::{clock, paths};
use crate::index::Index;
use crate::index::stored;
use crate::search::fulltext::signatures::{self, Signatures};
use crate::text::bytes::{Reader, Writer};
use crate::text::hash::fnv_1a;

/// One thing that is kept of a wiki.
struct Kind {
    /// The first line.
    magic: &'static [u8],
    /// What its files' names end with.
    extension: &'static str,
    /// Counts up with every change of what stands in it.
    format: u32,
}

const INDEX: Kind = Kind { magic: b"kenning index\n", extension: "index", format: stored::FORMAT };
const SIGNATURES: Kind =
    Kind { magic: b"kenning signatures\n", extension: "signatures", format: signatures::FORMAT };

impl Kind {
    /// Tells this build of the program from any other: what is read of a page, and the rules of links, are part of
    /// what is kept.
    fn fingerprint(&self) -> u64 {
        let built = std::env::current_exe().and_then(|file| file.metadata()).ok();
        let bytes = built.as_ref().map_or(0, fs::Metadata::len);
        let modified = built.and_then(|about| about.modified().ok()).map_or(0, clock::to_ms);
        let version = env!("CARGO_PKG_VERSION");
        fnv_1a(format!("{version} {} {bytes} {modified}", self.format).as_bytes())
    }
}

/// Bytes between the first line and the rest.
const HEAD: usize = 8 + 8;

/// Smaller wikis are read in no time: nothing is kept of them.
pub(super) const LEAST_KEPT: usize = 256;

/// The coarsest clock of a file system that is common, in milliseconds (FAT's): a file that was written within one
/// tick before it was read may have been written again since, with the same time.
pub(super) const CLOCK_TICK_MS: i64 = 2_000;

/// Takes what is to be kept, piece by piece.
type Sink<'a> = &'a mut dyn FnMut(&[u8]) -> io::Result<()>;

/// A wiki's index as it was when it was last kept.
#[derive(Debug)]
pub struct Kept {
    /// The index.
    pub index: Index,
    /// When its files were listed, milliseconds since 1970-01-01 UTC. A file that was written at about that
    /// time may have been written again within the same tick of the file system's clock.
    pub listed_ms: i64,
}

/// The cache of a wiki.
#[derive(Clone, Debug)]
pub struct Cache {
    /// The folder of all wikis' files.
    pub(super) folder: PathBuf,
    /// The wiki's canonical path.
    pub(super) wiki: PathBuf,
}

impl Cache {
    /// That of the wiki of these files; `None` where nothing of it is kept.
    #[must_use]
    pub fn of(files: &Files) -> Option<Self> {
        let Files::Folder { root, .. } = files else { return None };
        Some(Self { folder: paths::cache_dir()?, wiki: root.clone() })
    }

    /// The index that was kept.
    #[must_use]
    pub fn index(&self) -> Option<Kept> {
        self.load(&INDEX, |bytes| {
            let (listed_ms, index) = bytes.split_first_chunk()?;
            let listed_ms = i64::from_le_bytes(*listed_ms);
            Some(Kept { index: Index::from_bytes(index)?, listed_ms })
        })
    }

    /// Keeps `index`, the files of which were listed at `listed_ms`.
    ///
    /// # Errors
    /// It cannot be written: a full disk, a read-only home. What was kept before is as it was.
    pub fn keep_index(&self, index: &Index, listed_ms: i64) -> io::Result<()> {
        self.save(&INDEX, |sink| {
            sink(&listed_ms.to_le_bytes())?;
            index.write(sink)
        })
    }

    /// The signatures that were kept of pages that `index` knows as they were then.
    #[must_use]
    pub fn signatures(&self, index: &Index) -> Option<Signatures> {
        self.load(&SIGNATURES, |bytes| Some(Signatures::from_bytes(bytes, index)))
    }

    /// Keeps the signatures of those pages of `index` that were last written at `until_ms` or before. Gives up once
    /// `overtaken` says so.
    ///
    /// # Errors
    /// As [`Self::keep_index`], or it gave up.
    pub fn keep_signatures(
        &self,
        signatures: &Signatures,
        index: &Index,
        until_ms: i64,
        overtaken: impl Fn() -> bool,
    ) -> io::Result<()> {
        self.save(&SIGNATURES, |sink| {
            signatures.write(index, until_ms, |piece| {
                if overtaken() {
                    return Err(io::ErrorKind::Interrupted.into());
                }
                sink(piece)
            })
        })
    }

    fn file(&self, kind: &Kind) -> PathBuf {
        let wiki = fnv_1a(self.wiki.as_os_str().as_encoded_bytes());
        self.folder.join(format!("{wiki:016x}.{}", kind.extension))
    }

    /// What `read` makes of the bytes that were kept.
    fn load<T>(&self, kind: &Kind, read: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
        let bytes = read_bytes(&self.file(kind)).ok()?;
        let (head, rest) = bytes.strip_prefix(kind.magic)?.split_at_checked(HEAD)?;
        let mut head = Reader::new(head);
        if head.wide() != kind.fingerprint() || head.wide() != u64::from(crc32fast::hash(rest)) {
            return None;
        }
        read(rest)
    }

    /// Written beside, then renamed: whoever reads meanwhile reads the old file or the new. It is not forced to
    /// the disk; after a power failure the checksum tells.
    fn save(&self, kind: &Kind, write: impl FnOnce(Sink<'_>) -> io::Result<()>) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let end = format!(".{}", kind.extension);
        let mut new = tempfile::Builder::new().suffix(&end).tempfile_in(&self.folder)?;
        let mut sum = crc32fast::Hasher::new();
        new.write_all(kind.magic)?;
        new.write_all(&[0; HEAD])?;
        write(&mut |piece| {
            sum.update(piece);
            new.write_all(piece)
        })?;
        let mut head = Writer { bytes: kind.magic.to_vec() };
        head.wide(kind.fingerprint());
        head.wide(u64::from(sum.finalize()));
        new.seek(SeekFrom::Start(0))?;
        new.write_all(&head.bytes)?;
        new.persist(self.file(kind))?;
        Ok(())
    }
}

/// Deletes what is kept of all wikis; how many wikis that were, and the bytes.
///
/// # Errors
/// A file cannot be deleted.
pub fn clear() -> io::Result<(usize, u64)> {
    let files = all();
    let bytes = |file: &PathBuf| file.symlink_metadata().map_or(0, |about| about.len());
    let sum = files.iter().map(bytes).sum();
    files.iter().try_for_each(fs::remove_file)?;
    // What a crash left half written is named at random.
    let is_wiki = |stem: &&OsStr| stem.len() == 16;
    let wikis: HashSet<_> =
        files.iter().filter_map(|file| file.file_stem()).filter(is_wiki).collect();
    Ok((wikis.len(), sum))
}

/// The files of all wikis, and those that a crash left half written.
fn all() -> Vec<PathBuf> {
    let entries = paths::cache_dir().and_then(|folder| fs::read_dir(folder).ok());
    let files = entries.into_iter().flatten().flatten().map(|entry| entry.path());
    let is_ours = |file: &PathBuf| {
        let is_of = |kind: &Kind| file.extension().is_some_and(|end| end == kind.extension);
        [INDEX, SIGNATURES].iter().any(is_of)
    };
    files.filter(is_ours).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::index::{Change, NewPage};
    use crate::markdown;
    use crate::search::fulltext::signature::Signature;
    use crate::vault::PagePath;

    fn index() -> Index {
        let text = "# Ada\n\n[[bo]] #sea\n";
        let mut index = Index::default();
        index.apply(Change::Put(NewPage {
            path: PagePath::new("ada.md").expect("a path"),
            modified_ms: 5,
            bytes: 21,
            facts: markdown::facts(text).into(),
            unreadable: None,
        }));
        index
    }

    fn cache(folder: &Path, wiki: &str) -> Cache {
        Cache { folder: folder.to_owned(), wiki: wiki.into() }
    }

    #[test]
    fn what_is_kept_is_found_again_for_that_wiki_alone() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let caches = folder.path().join("not/there/yet");
        let (one, other) = (cache(&caches, "/w/wiki"), cache(&caches, "/v/wiki"));
        assert!(one.index().is_none());
        one.keep_index(&index(), 7).expect("a folder is made");
        one.keep_index(&index(), 8).expect("a file is replaced");
        let kept = one.index().expect("it was kept");
        assert_eq!((kept.listed_ms, kept.index.len()), (8, 1));
        assert_eq!(kept.index.tags(), [("sea".to_owned(), 1)]);
        assert!(other.index().is_none());
        assert_eq!(fs::read_dir(&caches).expect("a folder").count(), 1);
    }

    #[test]
    fn signatures_are_kept_beside_the_index_unless_somebody_waits() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let cache = cache(folder.path(), "/w/wiki");
        let index = index();
        let ada = index.pages().next().expect("a page");
        let mut signatures = Signatures::default();
        signatures.add(ada, &Signature::of("tides"));
        let keep = |overtaken| cache.keep_signatures(&signatures, &index, 9, || overtaken);
        assert!(keep(true).is_err());
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
        keep(false).expect("a folder");
        cache.keep_index(&index, 7).expect("a folder");
        let kept = cache.signatures(&index).expect("they were kept");
        assert_eq!(kept.of(ada.id), Some(Signature::of("tides")));
        let (other, own) = (cache.file(&INDEX), cache.file(&SIGNATURES));
        fs::copy(other, own).expect("a file");
        assert!(cache.signatures(&index).is_none());
    }

    #[test]
    fn a_file_that_is_damaged_anywhere_or_of_another_build_is_as_good_as_none() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let cache = cache(folder.path(), "/w/wiki");
        cache.keep_index(&index(), 7).expect("a folder");
        let file = cache.file(&INDEX);
        let sound = fs::read(&file).expect("it was written");
        for at in 0..sound.len() {
            let mut bytes = sound.clone();
            bytes[at] ^= 0x10;
            fs::write(&file, &bytes).expect("a file");
            assert!(cache.index().is_none(), "byte {at}");
            fs::write(&file, &sound[..at]).expect("a file");
            assert!(cache.index().is_none(), "cut at {at}");
        }
        fs::write(&file, &sound).expect("a file");
        assert!(cache.index().is_some());
        let newer = Kind { format: INDEX.format + 1, ..INDEX };
        assert!(cache.load(&newer, |_| Some(())).is_none());
        fs::remove_file(&file).expect("it was there");
        fs::create_dir(&file).expect("a folder");
        assert!(cache.index().is_none());
        assert!(cache.keep_index(&index(), 7).is_err());
    }
}
