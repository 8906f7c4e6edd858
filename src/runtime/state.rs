//! What is remembered between runs, one small file a wiki, in the state folder. A file that cannot be
//! read or written is as good as none: nothing of the user's depends on it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::paths;
use super::read::read_utf8;
use crate::app::past::Past;
use crate::app::reader::folds::Memory;
use crate::text::hash::fnv_1a;

/// What is remembered of one wiki.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The last page that was read.
    pub last_page: Option<String>,
    /// How the folds of its pages were left.
    pub folds: Memory,
    /// What was searched for, the latest last.
    pub searches: Past,
}

/// The file of the wiki at `wiki`, in the folder `states`.
fn file(states: &Path, wiki: &Path) -> PathBuf {
    let name = wiki.file_name().map_or_else(|| "wiki".into(), |name| name.to_string_lossy());
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).take(24).collect();
    states.join(format!("{name}-{:016x}.json", fnv_1a(wiki.as_os_str().as_encoded_bytes())))
}

/// What was remembered of the wiki at the canonical path `wiki`.
#[must_use]
pub fn load(wiki: &Path) -> State {
    paths::state_dir().map(|states| load_from(&states, wiki)).unwrap_or_default()
}

fn load_from(states: &Path, wiki: &Path) -> State {
    let text = read_utf8(&file(states, wiki)).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Remembers `state`. Where that cannot be written (a read-only home), nothing is remembered.
pub fn save(wiki: &Path, state: &State) {
    if let Some(states) = paths::state_dir() {
        save_in(&states, wiki, state).ok();
    }
}

/// Written beside, then renamed, so that a crash leaves the old file or the new.
fn save_in(states: &Path, wiki: &Path, state: &State) -> std::io::Result<()> {
    fs::create_dir_all(states)?;
    let mut new = tempfile::NamedTempFile::new_in(states)?;
    new.write_all(serde_json::to_string(state)?.as_bytes())?;
    new.persist(file(states, wiki))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_loaded_for_that_wiki_alone() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let states = folder.path().join("not/there/yet");
        let (one, other) = (Path::new("/w/wiki"), Path::new("/v/wiki"));
        let folds =
            r#"[{"page":"people/ada.md","closed":[18446744073709551615],"properties":true}]"#;
        let state = State {
            last_page: Some("people/ada.md".to_owned()),
            folds: serde_json::from_str(folds).expect("what it looks like on disk"),
            searches: serde_json::from_str(r#"["tide", "/ti.e/"]"#).expect("as on disk"),
        };
        assert_ne!(state.folds, Memory::default());
        save_in(&states, one, &state).expect("a folder is made");
        save_in(&states, one, &state).expect("a file is replaced");
        assert_eq!(load_from(&states, one), state);
        assert_eq!(load_from(&states, other), State::default());
    }

    #[test]
    fn what_cannot_be_read_is_as_good_as_none() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let wiki = Path::new("/w/wiki");
        let file = file(folder.path(), wiki);
        let garbage: [&[u8]; 7] = [
            b"",
            b"\xff\0{",
            b"{\"last_page\":3}",
            b"[]",
            b"{\"last_page\"",
            b"{\"folds\":[{\"page\":\"a.md\",\"closed\":[-1]}]}",
            b"{\"folds\":{\"a.md\":[]}}",
        ];
        for bytes in garbage {
            fs::write(&file, bytes).expect("a file");
            assert_eq!(load_from(folder.path(), wiki), State::default(), "{bytes:?}");
        }
        fs::remove_file(&file).expect("it was there");
        fs::create_dir(&file).expect("a folder");
        assert_eq!(load_from(folder.path(), wiki), State::default());
        assert!(save_in(folder.path(), wiki, &State::default()).is_err());
    }

    #[test]
    fn a_wikis_file_keeps_its_name_in_every_version() {
        let file = file(Path::new("/s"), Path::new("/home/ada/my notes"));
        assert_eq!(file, Path::new("/s/mynotes-9e2aad4f9ac27ffc.json"));
    }
}
