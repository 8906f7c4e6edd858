//! What is remembered between runs, one small file a wiki, in the state folder. A file that cannot be
//! read or written is as good as none: nothing of the user's depends on it.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::paths;

/// What is remembered of one wiki.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The last page that was read.
    pub last_page: Option<String>,
}

fn file(wiki: &Path) -> Option<PathBuf> {
    let mut hasher = DefaultHasher::new();
    wiki.hash(&mut hasher);
    let name = wiki.file_name().map_or_else(|| "wiki".into(), |name| name.to_string_lossy());
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).take(24).collect();
    Some(paths::state_dir()?.join(format!("{name}-{:016x}.json", hasher.finish())))
}

/// What was remembered of the wiki at the canonical path `wiki`.
#[must_use]
pub fn load(wiki: &Path) -> State {
    let text = file(wiki).and_then(|file| fs::read_to_string(file).ok()).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Remembers `state`: written beside, then renamed, so that a crash leaves the old file or the new.
pub fn save(wiki: &Path, state: &State) {
    let Some(file) = file(wiki) else { return };
    let Some(folder) = file.parent() else { return };
    let write = || -> std::io::Result<()> {
        fs::create_dir_all(folder)?;
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        new.write_all(serde_json::to_string(state)?.as_bytes())?;
        new.persist(&file)?;
        Ok(())
    };
    write().ok();
}
