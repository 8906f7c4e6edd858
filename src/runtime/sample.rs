//! The sample wiki: `seeds/`, embedded in the program, read-only.

use include_dir::{Dir, include_dir};

use super::files::FileEntry;
use super::read::{Text, decode};
use crate::vault::PagePath;

static SEEDS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/seeds");

/// Its files, sorted by path. They have no time: their pages say when they were written.
#[must_use]
pub fn list() -> Vec<FileEntry> {
    let mut entries: Vec<FileEntry> = files()
        .map(|(path, bytes)| FileEntry {
            is_page: path.is_page(),
            path,
            modified_ms: 0,
            bytes: bytes.len() as u64,
        })
        .collect();
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    entries
}

/// One of its files.
///
/// # Errors
/// There is none of that name.
pub fn read(path: &PagePath) -> Result<Text, String> {
    let file = SEEDS.get_file(path.as_str()).ok_or("the sample has no such page")?;
    Ok(decode(file.contents().to_vec()))
}

/// How long one of its files is, in bytes.
#[must_use]
pub fn length(path: &PagePath) -> Option<u64> {
    Some(SEEDS.get_file(path.as_str())?.contents().len() as u64)
}

/// Its files with their bytes, for writing them to disk.
pub fn files() -> impl Iterator<Item = (PagePath, &'static [u8])> {
    let mut folders = vec![&SEEDS];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        found.extend(
            folder
                .files()
                .filter_map(|file| Some((PagePath::new(file.path().to_str()?)?, file.contents()))),
        );
    }
    found.into_iter()
}
