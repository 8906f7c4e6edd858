//! What is remembered of a wiki between runs: pages read lately, marks, bookmarks, folds, and the session as it
//! was left. Here is the data and how what two programs remember of one wiki is brought together; where it is
//! kept is known to the runtime.
//!
//! | file | subject |
//! |---|---|
//! | `recents` | pages read lately |
//! | `session` | the session: taken down, and put up again |

pub mod recents;
pub mod session;

use std::collections::{BTreeMap, HashSet};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

use super::reader::folds;
use super::reader::left::Left;
use crate::vault::PagePath;
pub use recents::{Recent, arrived};
pub use session::Session;

/// Bookmarks kept at most; nobody has so many, but a file may come from anywhere.
const MOST_BOOKMARKS: usize = 1_000;

/// All that is remembered of one wiki. A part that cannot be understood is as good as none, and the other parts
/// stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The last page that was read.
    #[serde(deserialize_with = "lenient")]
    pub last_page: Option<String>,
    /// How the folds of its pages were left.
    #[serde(deserialize_with = "lenient")]
    pub folds: folds::Memory,
    /// Recent pages, marks, bookmarks.
    #[serde(deserialize_with = "lenient")]
    pub memory: Memory,
    /// The session as it was left.
    #[serde(deserialize_with = "lenient")]
    pub session: Session,
    /// What was searched for, the latest last.
    #[serde(deserialize_with = "lenient")]
    pub searches: super::past::Past,
}

/// What the user has put away, and where they have been.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// Pages read lately, the newest first, each once.
    #[serde(deserialize_with = "lenient")]
    pub recents: Vec<Recent>,
    /// Marks by letter.
    #[serde(deserialize_with = "lenient")]
    pub marks: BTreeMap<char, Mark>,
    /// Bookmarks, in the order in which they were made.
    #[serde(deserialize_with = "lenient")]
    pub bookmarks: Vec<Bookmark>,
}

/// A marked place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mark {
    /// The page's path.
    pub page: String,
    /// What it was called.
    pub title: String,
    /// What the first line on the screen said.
    pub line: String,
    /// The place.
    pub left: Left,
}

/// A bookmarked page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Bookmark {
    /// The page's path.
    pub page: String,
    /// What it was called.
    pub title: String,
}

impl State {
    /// What is to be kept, when the program that remembers this read `base` when it last looked and another one
    /// has kept `theirs` since. The session is that of the program left last. Of all else, what was changed here
    /// since goes before what the other has, and what was not changed here is as the other has it.
    #[must_use]
    pub fn merged(self, base: &Self, theirs: Self) -> Self {
        Self {
            last_page: self.last_page.or(theirs.last_page),
            folds: self.folds.merged(&base.folds, theirs.folds),
            memory: self.memory.merged(&base.memory, theirs.memory),
            session: self.session,
            searches: self.searches.merged(theirs.searches),
        }
    }
}

impl Memory {
    /// The same memory within its bounds, whoever wrote it.
    #[must_use]
    pub fn bounded(mut self) -> Self {
        self.recents = recents::united(std::mem::take(&mut self.recents), Vec::new());
        self.marks.retain(|letter, _| letter.is_ascii_alphabetic());
        self.bookmarks.truncate(MOST_BOOKMARKS);
        self
    }

    /// Whether a page is bookmarked.
    #[must_use]
    pub fn is_bookmarked(&self, path: &PagePath) -> bool {
        self.bookmarks.iter().any(|bookmark| bookmark.page == path.as_str())
    }

    /// See [`State::merged`].
    fn merged(self, base: &Self, theirs: Self) -> Self {
        let Self { recents, marks, bookmarks } = self;
        let letters: HashSet<char> =
            [&marks, &base.marks].into_iter().flat_map(BTreeMap::keys).copied().collect();
        let mut merged = theirs.marks;
        for letter in letters {
            match marks.get(&letter) {
                mark if mark == base.marks.get(&letter) => {}
                Some(mark) => {
                    merged.insert(letter, mark.clone());
                }
                None => {
                    merged.remove(&letter);
                }
            }
        }
        let pages = |bookmarks: &[Bookmark]| -> HashSet<String> {
            bookmarks.iter().map(|bookmark| bookmark.page.clone()).collect()
        };
        let (mine, was) = (pages(&bookmarks), pages(&base.bookmarks));
        // New ones stand last. So what stands behind the first that was not there, or stood elsewhere, was made
        // here since, be it for the second time; it comes behind what the other has made.
        let mut before = base.bookmarks.iter();
        let stayed = |mark: &&Bookmark| before.any(|before| before.page == mark.page);
        let stayed = bookmarks.iter().take_while(stayed).count();
        let made = pages(&bookmarks[stayed..]);
        let mut kept = theirs.bookmarks;
        kept.retain(|Bookmark { page, .. }| {
            !made.contains(page) && (mine.contains(page) || !was.contains(page))
        });
        kept.extend(bookmarks.into_iter().skip(stayed));
        Self { recents: recents::united(recents, theirs.recents), marks: merged, bookmarks: kept }
    }
}

/// A value, or the default in the place of what cannot be understood.
fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(
    from: D,
) -> Result<T, D::Error> {
    let value = serde_json::Value::deserialize(from)?;
    Ok(T::deserialize(value).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(recents: &[(&str, i64)], marks: &[(char, &str)], bookmarks: &[&str]) -> Memory {
        let mark = |page: &str| Mark { page: page.to_owned(), ..Mark::default() };
        Memory {
            recents: recents.iter().map(|(page, at_ms)| Recent::new(page, *at_ms)).collect(),
            marks: marks.iter().map(|(letter, page)| (*letter, mark(page))).collect(),
            bookmarks: bookmarks
                .iter()
                .map(|page| Bookmark { page: (*page).to_owned(), ..Bookmark::default() })
                .collect(),
        }
    }

    #[test]
    fn of_two_programs_neither_erases_what_the_other_remembers() {
        let base = memory(&[("a", 5)], &[('a', "a"), ('b', "b"), ('c', "c")], &["a", "b"]);
        // Here mark `a` was moved, `b` deleted, `d` set; bookmark `a` went, `c` came.
        let mine =
            memory(&[("x", 9), ("a", 5)], &[('a', "x"), ('c', "c"), ('d', "d")], &["b", "c"]);
        // There mark `c` was moved, `e` set; bookmark `b` went, `d` came.
        let theirs = memory(
            &[("a", 8), ("y", 7)],
            &[('a', "a"), ('b', "b"), ('c', "y"), ('e', "e")],
            &["a", "d"],
        );
        let merged = memory(
            &[("x", 9), ("a", 8), ("y", 7)],
            &[('a', "x"), ('c', "y"), ('d', "d"), ('e', "e")],
            &["d", "c"],
        );
        assert_eq!(mine.clone().merged(&base, theirs), merged);
        // Where nobody else was, all is as it is here, the order of bookmarks included.
        assert_eq!(mine.clone().merged(&base, base.clone()), mine);
    }

    #[test]
    fn bookmarks_of_two_programs_stand_in_the_order_in_which_they_were_made() {
        let check = |base: &[&str], theirs: &[&str], mine: &[&str], expected: &[&str]| {
            let of = |bookmarks: &[&str]| memory(&[], &[], bookmarks);
            let merged = of(mine).merged(&of(base), of(theirs));
            assert_eq!(merged, of(expected), "{base:?} {theirs:?} {mine:?}");
        };
        check(&["a"], &["a", "x"], &["a", "b", "c"], &["a", "x", "b", "c"]);
        check(&[], &["x", "y"], &["a"], &["x", "y", "a"]);
        // Taken away and made again.
        check(&["a", "b"], &["a", "b", "x"], &["b", "a"], &["b", "x", "a"]);
        check(&["a", "b"], &["a", "b"], &["b", "a"], &["b", "a"]);
        // Taken away there, and here left as it was, or made again.
        check(&["a", "b"], &["b"], &["a", "b", "c"], &["b", "c"]);
        check(&["a", "b"], &["b"], &["b", "a"], &["b", "a"]);
        // Made in both: here it was last.
        check(&["a"], &["a", "x", "y"], &["a", "x"], &["a", "y", "x"]);
    }

    #[test]
    fn the_session_is_that_of_the_program_left_last() {
        let state = |page: Option<&str>, filter: &str| State {
            last_page: page.map(str::to_owned),
            session: Session { filter: filter.to_owned(), ..Session::default() },
            ..State::default()
        };
        let merged = state(Some("a"), "x").merged(&state(None, ""), state(Some("b"), "y"));
        assert_eq!(merged, state(Some("a"), "x"));
        // A program that never showed a page knows of none.
        let merged = state(None, "").merged(&state(None, ""), state(Some("b"), "y"));
        assert_eq!(merged.last_page.as_deref(), Some("b"));
    }

    #[test]
    fn a_part_that_cannot_be_understood_leaves_the_others() {
        let text = r#"{"last_page":"a.md","folds":3,"memory":{"recents":[{"page":4}],"marks":
            {"a":{"page":"b.md"}},"bookmarks":"?"},"session":[],"later":{"version":9}}"#;
        let state: State = serde_json::from_str(text).expect("it is JSON");
        let expected = State { last_page: Some("a.md".to_owned()), ..State::default() };
        let expected = State { memory: memory(&[], &[('a', "b.md")], &[]), ..expected };
        assert_eq!(state, expected);
    }
}
