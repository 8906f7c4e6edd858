//! The index of a wiki kept from one start to the next, in the user's cache folder: one file a wiki, replaced as
//! a whole. Whatever is odd about it (another version, damage, no right to read it) makes it as good as
//! none. Nothing in it is believed of a file whose length or time is another by now; see
//! [`super::scan::update`].
//!
//! The file: a line that says what it is, the fingerprint of the program that wrote it, when the files were
//! listed (milliseconds since 1970-01-01 UTC), the checksum (CRC-32) of that time and the rest, the index's own bytes.

use std::fs;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::read::read_bytes;
use super::{clock, paths};
use crate::index::Index;
use crate::index::stored::FORMAT;
use crate::text::bytes::{Reader, Writer};
use crate::text::hash::fnv_1a;

const MAGIC: &[u8] = b"kenning index\n";

/// Bytes before the index's own.
const HEAD: usize = MAGIC.len() + 8 + 8 + 8;

/// A wiki's index as it was when it was last kept.
#[derive(Debug)]
pub struct Kept {
    /// The index.
    pub index: Index,
    /// When its files were listed, milliseconds since 1970-01-01 UTC. A file that was written at about that
    /// time may have been written again within the same tick of the file system's clock.
    pub listed_ms: i64,
}

/// The files of all wikis, and those that a crash left half written.
fn all() -> Vec<PathBuf> {
    let entries = paths::cache_dir().and_then(|folder| fs::read_dir(folder).ok());
    let files = entries.into_iter().flatten().flatten().map(|entry| entry.path());
    files.filter(|file| file.extension().is_some_and(|extension| extension == "index")).collect()
}

/// The file of the wiki at the canonical path `wiki`, in the folder `caches`.
fn file(caches: &Path, wiki: &Path) -> PathBuf {
    caches.join(format!("{:016x}.index", fnv_1a(wiki.as_os_str().as_encoded_bytes())))
}

/// Tells this build of the program from any other: what is read of a page, and the rules of links, are part of
/// what is kept.
fn fingerprint() -> u64 {
    let built = std::env::current_exe().and_then(|file| file.metadata()).ok();
    let bytes = built.as_ref().map_or(0, fs::Metadata::len);
    let modified = built.and_then(|about| about.modified().ok()).map_or(0, clock::to_ms);
    let version = env!("CARGO_PKG_VERSION");
    fnv_1a(format!("{version} {FORMAT} {bytes} {modified}").as_bytes())
}

/// What was kept of the wiki at the canonical path `wiki`.
#[must_use]
pub fn load(wiki: &Path) -> Option<Kept> {
    load_from(&paths::cache_dir()?, wiki)
}

fn load_from(caches: &Path, wiki: &Path) -> Option<Kept> {
    let bytes = read_bytes(&file(caches, wiki)).ok()?;
    let (head, rest) = bytes.split_at_checked(HEAD)?;
    let mut head = Reader::new(head.strip_prefix(MAGIC)?);
    let (program, listed_ms, sum) = (head.wide(), head.wide().cast_signed(), head.wide());
    if program != fingerprint() || sum != u64::from(checksum(listed_ms, rest)) {
        return None;
    }
    Some(Kept { index: Index::from_bytes(rest)?, listed_ms })
}

/// The checksum, begun with the time.
fn begun(listed_ms: i64) -> crc32fast::Hasher {
    let mut sum = crc32fast::Hasher::new();
    sum.update(&listed_ms.to_le_bytes());
    sum
}

fn checksum(listed_ms: i64, bytes: &[u8]) -> u32 {
    let mut sum = begun(listed_ms);
    sum.update(bytes);
    sum.finalize()
}

/// Keeps `index`, the files of which were listed at `listed_ms`. Where that cannot be written (a full disk, a
/// read-only home), nothing is kept.
pub fn save(wiki: &Path, index: &Index, listed_ms: i64) {
    if let Some(caches) = paths::cache_dir() {
        save_in(&caches, wiki, index, listed_ms).ok();
    }
}

/// Written beside, then renamed: whoever reads meanwhile reads the old file or the new. It is not forced to
/// the disk; after a power failure the checksum tells.
fn save_in(caches: &Path, wiki: &Path, index: &Index, listed_ms: i64) -> io::Result<()> {
    fs::create_dir_all(caches)?;
    let mut new = tempfile::Builder::new().suffix(".index").tempfile_in(caches)?;
    let mut sum = begun(listed_ms);
    new.write_all(&[0; HEAD])?;
    index.write(|piece| {
        sum.update(piece);
        new.write_all(piece)
    })?;
    let mut head = Writer { bytes: MAGIC.to_vec() };
    head.wide(fingerprint());
    head.wide(listed_ms.cast_unsigned());
    head.wide(u64::from(sum.finalize()));
    new.seek(SeekFrom::Start(0))?;
    new.write_all(&head.bytes)?;
    new.persist(file(caches, wiki))?;
    Ok(())
}

/// Deletes what is kept of all wikis; how many files that were, and their bytes.
///
/// # Errors
/// One of them cannot be deleted.
pub fn clear() -> io::Result<(usize, u64)> {
    let files = all();
    let bytes = |file: &PathBuf| file.symlink_metadata().map_or(0, |about| about.len());
    let sum = files.iter().map(bytes).sum();
    files.iter().try_for_each(fs::remove_file)?;
    Ok((files.len(), sum))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Change, NewPage};
    use crate::markdown;
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

    #[test]
    fn what_is_kept_is_found_again_for_that_wiki_alone() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let caches = folder.path().join("not/there/yet");
        let (one, other) = (Path::new("/w/wiki"), Path::new("/v/wiki"));
        assert!(load_from(&caches, one).is_none());
        save_in(&caches, one, &index(), 7).expect("a folder is made");
        save_in(&caches, one, &index(), 8).expect("a file is replaced");
        let kept = load_from(&caches, one).expect("it was kept");
        assert_eq!((kept.listed_ms, kept.index.len()), (8, 1));
        assert_eq!(kept.index.tags(), [("sea".to_owned(), 1)]);
        assert!(load_from(&caches, other).is_none());
        assert_eq!(fs::read_dir(&caches).expect("a folder").count(), 1);
    }

    #[test]
    fn a_file_that_is_damaged_anywhere_is_as_good_as_none() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let wiki = Path::new("/w/wiki");
        save_in(folder.path(), wiki, &index(), 7).expect("a folder");
        let file = file(folder.path(), wiki);
        let sound = fs::read(&file).expect("it was written");
        for at in 0..sound.len() {
            let mut bytes = sound.clone();
            bytes[at] ^= 0x10;
            fs::write(&file, &bytes).expect("a file");
            assert!(load_from(folder.path(), wiki).is_none(), "byte {at}");
            fs::write(&file, &sound[..at]).expect("a file");
            assert!(load_from(folder.path(), wiki).is_none(), "cut at {at}");
        }
        fs::remove_file(&file).expect("it was there");
        fs::create_dir(&file).expect("a folder");
        assert!(load_from(folder.path(), wiki).is_none());
        assert!(save_in(folder.path(), wiki, &index(), 7).is_err());
    }
}
