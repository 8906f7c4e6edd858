//! Where a wiki's files come from: a folder, one file, standard input, or the sample in the program.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::read::{Text, read_beginning, read_text};
use super::{clock, sample, scan};
use crate::index::embed::Source;
use crate::markdown::recover::PageText;
use crate::text::span::floor_char_boundary;
use crate::vault::PagePath;

/// The files of a wiki. Cheap to clone; shared with the workers.
#[derive(Clone, Debug)]
pub enum Files {
    /// A folder, and the names to skip.
    Folder {
        /// Its canonical path.
        root: PathBuf,
        /// Patterns of names to skip, as in `.gitignore`.
        ignore: Arc<[String]>,
    },
    /// One file somewhere.
    Single {
        /// Where it is.
        file: PathBuf,
        /// Its name as a page.
        path: PagePath,
    },
    /// Text from standard input.
    Text {
        /// Its name as a page.
        path: PagePath,
        /// What stood there.
        text: Arc<Text>,
    },
    /// The sample wiki.
    Sample,
}

/// A file of a wiki.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Where it is.
    pub path: PagePath,
    /// When it was last written, milliseconds since 1970-01-01 UTC.
    pub modified_ms: i64,
    /// Its length in bytes.
    pub bytes: u64,
    /// Whether it is a page of the wiki, and no file beside the pages.
    pub is_page: bool,
}

/// The files of a wiki.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// All files, pages and others, sorted by path; no path twice.
    pub entries: Vec<FileEntry>,
    /// What could not be looked at, a clause each: `cannot read drafts: permission denied`.
    pub problems: Vec<String>,
    /// Where symbolic links lie, whatever they lead to.
    pub links: Vec<PathBuf>,
}

impl Files {
    /// Lists all files.
    #[must_use]
    pub fn list(&self) -> Listing {
        let entries = match self {
            Self::Folder { root, ignore } => return scan::list(root, ignore),
            Self::Single { file, path } => {
                vec![FileEntry { is_page: true, ..scan::entry(file, path.clone()) }]
            }
            Self::Text { path, text } => vec![FileEntry {
                path: path.clone(),
                modified_ms: clock::now_ms(),
                bytes: text.text.len() as u64,
                is_page: true,
            }],
            Self::Sample => sample::list(),
        };
        Listing { entries, ..Listing::default() }
    }

    /// Reads one file.
    ///
    /// # Errors
    /// A clause that says why it cannot be read.
    pub fn read(&self, path: &PagePath) -> Result<Text, String> {
        match self {
            Self::Folder { root, .. } => read_text(&inside(root, path)?),
            Self::Single { file, .. } => read_text(file),
            Self::Text { text, .. } => Ok(text.as_ref().clone()),
            Self::Sample => sample::read(path),
        }
    }

    /// The beginning of a file of at least `large` bytes, `most` bytes of it or fewer, if it can be had without
    /// the rest.
    #[must_use]
    pub fn beginning(&self, path: &PagePath, large: u64, most: u64) -> Option<Text> {
        match self {
            Self::Folder { root, .. } => read_beginning(&inside(root, path).ok()?, large, most),
            Self::Single { file, .. } => read_beginning(file, large, most),
            Self::Text { text, .. } if text.text.len() as u64 >= large => {
                let most = usize::try_from(most).unwrap_or(usize::MAX);
                let text = text.text[..floor_char_boundary(&text.text, most)].to_owned();
                Some(Text { text, notices: Vec::new() })
            }
            Self::Text { .. } | Self::Sample => None,
        }
    }

    /// Reads one page as views, index and search know it.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn page(&self, path: &PagePath) -> Result<PageText, String> {
        Ok(PageText::new(self.read(path)?.text))
    }

    /// How long a file is, in bytes.
    ///
    /// # Errors
    /// A clause that says why that is not known.
    pub fn length(&self, path: &PagePath) -> Result<u64, String> {
        if let Self::Sample = self {
            return sample::length(path).ok_or_else(|| "the sample has no such file".to_owned());
        }
        let file = self.on_disk(path).ok_or("it is not on the disk")?;
        let about = file.metadata().map_err(|error| super::read::reason(&error))?;
        Ok(about.len())
    }

    /// The file on disk behind a page, if there is one.
    #[must_use]
    pub fn on_disk(&self, path: &PagePath) -> Option<PathBuf> {
        match self {
            Self::Folder { root, .. } => Some(disk_path(root, path)),
            Self::Single { file, .. } => Some(file.clone()),
            Self::Text { .. } | Self::Sample => None,
        }
    }
}

impl Source for Files {
    fn text(&self, path: &PagePath) -> Result<String, String> {
        self.page(path).map(|page| page.text)
    }

    fn bytes(&self, path: &PagePath) -> Option<u64> {
        self.length(path).ok()
    }

    fn is_alone(&self) -> bool {
        matches!(self, Self::Single { .. } | Self::Text { .. })
    }
}

/// The path on disk. Page paths are in form C and Unicode; where the file system holds the name in
/// another form (form D from macOS) or in no encoding that is known, the folder is asked for the name
/// that reads the same.
fn disk_path(root: &Path, path: &PagePath) -> PathBuf {
    let direct = root.join(path.as_str());
    if path.as_str().is_ascii() || direct.symlink_metadata().is_ok() {
        return direct;
    }
    let mut at = root.to_owned();
    for part in path.as_str().split('/') {
        let next = at.join(part);
        at = if next.symlink_metadata().is_ok() {
            next
        } else {
            let same = |entry: &std::fs::DirEntry| {
                crate::text::fold::nfc(&entry.file_name().to_string_lossy()) == part
            };
            let found = std::fs::read_dir(&at).ok().and_then(|dir| dir.flatten().find(same));
            found.map_or(next, |entry| entry.path())
        };
    }
    at
}

/// Where a page below `root` is; a symlink that leads out of it is refused.
fn inside(root: &Path, path: &PagePath) -> Result<PathBuf, String> {
    let mut file = disk_path(root, path);
    // Where no part below the root is a link, nothing leads out; asking the system for the real path
    // would ask for every part from the top of the disk on, and take longer than the reading.
    let mut below = file.ancestors().take_while(|part| *part != root);
    if below.any(Path::is_symlink) {
        file = file.canonicalize().map_err(|error| super::read::reason(&error))?;
        if !file.starts_with(root) {
            return Err("it is a link that leads out of the wiki".to_owned());
        }
    }
    Ok(file)
}
