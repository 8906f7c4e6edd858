//! Replacing a file of the user's: the one place that does. Only when asked, only as a whole, never
//! without a copy of what stood there before.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::files::Files;
use super::read::reason;
use super::{clock, trash};
use crate::vault::PagePath;

/// A file as it was read, to be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// Where it really is, links followed.
    pub file: PathBuf,
    /// What stood in it.
    pub bytes: Vec<u8>,
}

/// Reads the file behind a page for replacing it.
///
/// # Errors
/// A clause that says why it cannot be replaced: it leads out of the wiki, it is read-only, ...
pub fn original(files: &Files, path: &PagePath) -> Result<Original, String> {
    let file = files.on_disk(path).ok_or("it is no file on disk")?;
    let file = file.canonicalize().map_err(|error| reason(&error))?;
    if let Files::Folder { root, .. } = files
        && !file.starts_with(root)
    {
        return Err("it is a link that leads out of the wiki".to_owned());
    }
    let metadata = file.symlink_metadata().map_err(|error| reason(&error))?;
    if !metadata.is_file() {
        return Err("it is no regular file".to_owned());
    }
    if metadata.permissions().readonly() {
        return Err("it is read-only".to_owned());
    }
    let bytes = fs::read(&file).map_err(|error| reason(&error))?;
    Ok(Original { file, bytes })
}

/// Replaces the file by `text`: a copy of the original goes to the trash, the text is written beside
/// the file, forced to the disk, and renamed over it with the original's mode. Gives the place of the
/// copy. Whoever reads the file meanwhile sees all of the old text or all of the new one.
///
/// # Errors
/// A clause that says why it was left as it is; it was, then.
pub fn replace(original: &Original, text: &[u8]) -> Result<PathBuf, String> {
    let Original { file, bytes } = original;
    let folder = file.parent().ok_or("it has no folder")?;
    let failed = |error: &std::io::Error| reason(error);
    let metadata = file.symlink_metadata().map_err(|error| failed(&error))?;
    let mut beside = tempfile::Builder::new()
        .prefix(".ken-")
        .tempfile_in(folder)
        .map_err(|error| format!("cannot write into its folder: {}", failed(&error)))?;
    beside.write_all(text).map_err(|error| failed(&error))?;
    beside.as_file().set_permissions(metadata.permissions()).map_err(|error| failed(&error))?;
    beside.as_file().sync_all().map_err(|error| failed(&error))?;
    if !is_unchanged(file, bytes) {
        return Err("it was changed meanwhile".to_owned());
    }
    let kept = trash::keep(file, bytes, &clock::local_time())?;
    // What is left between this look and the rename is too short for a person, not for a program; no
    // system offers to rename only over an unchanged file.
    if !is_unchanged(file, bytes) {
        return Err(format!("it was changed meanwhile (a backup lies at {})", kept.display()));
    }
    beside.persist(file).map_err(|error| failed(&error.error))?;
    // The rename itself lasts only once its folder is on the disk. Where folders cannot be opened
    // (Windows) the system sees to that.
    File::open(folder).and_then(|folder| folder.sync_all()).ok();
    Ok(kept)
}

/// Whether the file is still a regular one with these bytes.
fn is_unchanged(file: &Path, bytes: &[u8]) -> bool {
    file.symlink_metadata().is_ok_and(|metadata| metadata.is_file())
        && fs::read(file).is_ok_and(|now| now == bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().canonicalize().expect("it is there").join("a.md");
        fs::write(&file, "new").expect("a file");
        let original = Original { file: file.clone(), bytes: b"old".to_vec() };
        assert_eq!(replace(&original, b"mine"), Err("it was changed meanwhile".to_owned()));
        assert_eq!(fs::read(&file).expect("it is there"), b"new");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }
}
