//! What is remembered between runs, one small file a wiki, in the state folder. A file that cannot be
//! read or written is as good as none: nothing of the user's depends on it.
//!
//! Several programs may have one wiki open. Before one writes it reads what another has written since, and what
//! both remember is brought together by the rules of `app::memory`; a lock keeps them from doing so at once.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::files::Files;
use super::paths;
use super::read::{read_utf8, reason};
pub use crate::app::memory::State;
use crate::app::memory::{Bookmark, Mark};
use crate::text::hash::fnv_1a;
use crate::text::scrub::scrub_line;

/// How often, and after how long a wait, the lock is asked for. A program that holds it for longer was stopped in
/// the midst of writing: then it is better to write without.
const LOCK_TRIES: (u32, Duration) = (20, Duration::from_millis(5));

/// The file of the wiki at `wiki`, in the folder `states`.
fn file(states: &Path, wiki: &Path) -> PathBuf {
    let name = wiki.file_name().map_or_else(|| "wiki".into(), |name| name.to_string_lossy());
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).take(24).collect();
    states.join(format!("{name}-{:016x}.json", fnv_1a(wiki.as_os_str().as_encoded_bytes())))
}

/// Keeps what is remembered of one wiki.
#[derive(Debug)]
pub struct Keeper {
    file: PathBuf,
    last: Mutex<Last>,
    /// What was put away when it was last said that nothing can be kept.
    told: Mutex<Option<PutAway>>,
}

/// What the user had put away: marks and bookmarks.
type PutAway = (BTreeMap<char, Mark>, Vec<Bookmark>);

/// What was kept last.
#[derive(Debug)]
struct Last {
    /// As this program knew it, without what others know.
    state: State,
    /// The number of that state.
    nth: u64,
}

impl Keeper {
    /// Reads what was remembered of the wiki whose files these are. `None` for standard input, and where there is
    /// no state folder.
    #[must_use]
    pub fn of(files: &Files) -> Option<(Self, State)> {
        let wiki = match files {
            Files::Folder { root, .. } => root,
            Files::Single { file, .. } => file,
            // No path of a wiki is relative.
            Files::Sample => Path::new("sample"),
            Files::Text { .. } => return None,
        };
        Some(Self::open(&paths::state_dir()?, wiki))
    }

    fn open(states: &Path, wiki: &Path) -> (Self, State) {
        let file = file(states, wiki);
        let state = read(&file).unwrap_or_default();
        (
            Self {
                file,
                last: Mutex::new(Last { state: state.clone(), nth: 0 }),
                told: Mutex::default(),
            },
            state,
        )
    }

    /// Keeps the state of that number, unless a later one was kept. Where that cannot be written (a read-only home, a
    /// full disk), what was kept before stays; gives back what is to be said of that, once and again whenever something
    /// else was put away.
    pub fn keep(&self, nth: u64, state: State) -> Option<String> {
        let put_away = (state.memory.marks.clone(), state.memory.bookmarks.clone());
        let error = self.write(nth, state).err()?;
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.as_ref() == Some(&put_away) {
            return None;
        }
        *told = Some(put_away);
        let states = self.file.parent().unwrap_or(&self.file);
        let (reason, states) = (reason(&error), scrub_line(&states.to_string_lossy()).into_owned());
        Some(format!("Bookmarks, marks and places are not kept: {reason} ({states})"))
    }

    /// Written beside, then renamed, so that a crash leaves the old file or the new.
    fn write(&self, nth: u64, state: State) -> std::io::Result<()> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if nth < last.nth {
            return Ok(());
        }
        let Some(states) = self.file.parent() else { return Ok(()) };
        fs::create_dir_all(states)?;
        let _lock = lock(&self.file.with_extension("lock"));
        // A file that cannot be understood any more says nothing of what others have taken away.
        let theirs = read(&self.file);
        let merged =
            state.clone().merged(&last.state, theirs.clone().unwrap_or_else(|| last.state.clone()));
        if theirs.as_ref() != Some(&merged) {
            let mut new = tempfile::NamedTempFile::new_in(states)?;
            new.write_all(serde_json::to_string(&merged)?.as_bytes())?;
            new.persist(&self.file)?;
        }
        *last = Last { state, nth };
        Ok(())
    }
}

fn read(file: &Path) -> Option<State> {
    serde_json::from_str(&read_utf8(file).ok()?).ok()
}

/// The lock, if it can be had soon; let go when it is dropped.
fn lock(file: &Path) -> Option<File> {
    // To open a named pipe would wait for somebody at its other end.
    if file.metadata().is_ok_and(|about| !about.is_file()) {
        return None;
    }
    let file = File::create(file).ok()?;
    let (tries, wait) = LOCK_TRIES;
    for _ in 0..tries {
        match file.try_lock() {
            Ok(()) => return Some(file),
            Err(fs::TryLockError::WouldBlock) => std::thread::sleep(wait),
            Err(fs::TryLockError::Error(_)) => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::memory::{Memory, Recent};
    use crate::app::reader::folds;

    fn state(page: &str, recents: &[(&str, i64)]) -> State {
        let recents = recents.iter().map(|(page, at_ms)| Recent::new(page, *at_ms)).collect();
        let memory = Memory { recents, ..Memory::default() };
        State { last_page: Some(page.to_owned()), memory, ..State::default() }
    }

    fn load(states: &Path, wiki: &Path) -> State {
        Keeper::open(states, wiki).1
    }

    #[test]
    fn what_is_saved_is_loaded_for_that_wiki_alone() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let states = folder.path().join("not/there/yet");
        let (one, other) = (Path::new("/w/wiki"), Path::new("/v/wiki"));
        let folds =
            r#"[{"page":"people/ada.md","closed":[18446744073709551615],"properties":true}]"#;
        let folds = serde_json::from_str(folds).expect("what it looks like on disk");
        let state = State { folds, ..state("people/ada.md", &[]) };
        assert_ne!(state.folds, folds::Memory::default());
        let (keeper, empty) = Keeper::open(&states, one);
        assert_eq!(empty, State::default());
        keeper.write(1, state.clone()).expect("a folder is made");
        keeper.write(2, state.clone()).expect("a file is replaced");
        assert_eq!(load(&states, one), state);
        assert_eq!(load(&states, other), State::default());
    }

    #[test]
    fn what_an_older_version_wrote_is_read() {
        let text = r#"{"last_page":"a.md","folds":[{"page":"a.md","closed":[7]}]}"#;
        let state: State = serde_json::from_str(text).expect("an older file");
        assert_eq!(state.last_page.as_deref(), Some("a.md"));
        assert_ne!(state.folds, folds::Memory::default());
        assert_eq!(
            state,
            State {
                last_page: state.last_page.clone(),
                folds: state.folds.clone(),
                ..State::default()
            }
        );
    }

    #[test]
    fn the_last_to_quit_erases_nothing_of_the_other() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let wiki = Path::new("/w/wiki");
        let (one, _) = Keeper::open(folder.path(), wiki);
        let (other, _) = Keeper::open(folder.path(), wiki);
        one.write(1, state("a.md", &[("a.md", 1)])).expect("it can be written");
        other.write(1, state("b.md", &[("b.md", 2)])).expect("it can be written");
        assert_eq!(load(folder.path(), wiki), state("b.md", &[("b.md", 2), ("a.md", 1)]));
        one.write(2, state("c.md", &[("c.md", 3), ("a.md", 1)])).expect("it can be written");
        let all = [("c.md", 3), ("b.md", 2), ("a.md", 1)];
        assert_eq!(load(folder.path(), wiki), state("c.md", &all));
    }

    #[test]
    fn an_older_state_does_not_replace_a_newer_one() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let wiki = Path::new("/w/wiki");
        let (keeper, _) = Keeper::open(folder.path(), wiki);
        keeper.write(2, state("new.md", &[])).expect("it can be written");
        keeper.write(1, state("old.md", &[])).expect("nothing is done");
        assert_eq!(load(folder.path(), wiki), state("new.md", &[]));
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
            assert_eq!(load(folder.path(), wiki), State::default(), "{bytes:?}");
        }
        // Garbage that somebody wrote meanwhile takes nothing away.
        let (keeper, _) = Keeper::open(folder.path(), wiki);
        keeper.write(1, state("a.md", &[("a.md", 1)])).expect("it can be written");
        fs::write(&file, b"{").expect("a file");
        keeper.write(2, state("a.md", &[("a.md", 1)])).expect("it can be written");
        assert_eq!(load(folder.path(), wiki), state("a.md", &[("a.md", 1)]));
        fs::remove_file(&file).expect("it was there");
        fs::create_dir(&file).expect("a folder");
        assert_eq!(load(folder.path(), wiki), State::default());
        let said = keeper.keep(3, State::default()).expect("it is said");
        assert!(said.starts_with("Bookmarks, marks and places are not kept: "), "{said}");
        assert_eq!(keeper.keep(4, State::default()), None, "once is enough");
        let mut marked = State::default();
        marked.memory.marks.insert('a', Mark::default());
        assert!(keeper.keep(5, marked).is_some(), "what was put away now is not kept either");
    }

    #[test]
    fn a_wikis_file_keeps_its_name_in_every_version() {
        let file = file(Path::new("/s"), Path::new("/home/ada/my notes"));
        assert_eq!(file, Path::new("/s/mynotes-9e2aad4f9ac27ffc.json"));
    }
}
