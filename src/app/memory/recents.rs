//! Pages read lately: the newest first, each once, with when they were opened.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::app::{Effect, Model};
use crate::vault::PagePath;

/// Pages kept.
const MOST: usize = 200;

/// A page that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recent {
    /// Its path.
    pub page: String,
    /// When it was opened last, in milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
}

impl Recent {
    /// The page was opened at that time.
    #[must_use]
    pub fn new(page: &str, at_ms: i64) -> Self {
        Self { page: page.to_owned(), at_ms }
    }
}

/// The reader has come to a page to stay.
pub fn arrived(model: &mut Model, path: &PagePath, effects: &mut Vec<Effect>) {
    let now = model.now_ms;
    let recents = &mut model.memory.recents;
    recents.retain(|recent| recent.page != path.as_str());
    recents.truncate(MOST - 1);
    recents.insert(0, Recent::new(path.as_str(), now));
    effects.push(Effect::Remember);
}

/// When a page was opened last, if that was lately.
#[must_use]
pub fn opened_at(model: &Model, path: &PagePath) -> Option<i64> {
    let mut recents = model.memory.recents.iter();
    recents.find(|recent| recent.page == path.as_str()).map(|recent| recent.at_ms)
}

/// The pages of both lists, each once, the newest first; of equally new ones those of `one` first.
pub(super) fn united(mut one: Vec<Recent>, other: Vec<Recent>) -> Vec<Recent> {
    one.extend(other);
    one.sort_by_key(|recent| std::cmp::Reverse(recent.at_ms));
    let mut seen = HashSet::new();
    one.retain(|recent| seen.insert(recent.page.clone()));
    one.truncate(MOST);
    one
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_bounded_and_the_oldest_forgotten() {
        let all: Vec<_> =
            (0..MOST + 5).map(|n| Recent::new(&n.to_string(), i64::try_from(n).unwrap())).collect();
        let kept = united(all.clone(), all);
        assert_eq!(kept.len(), MOST);
        assert_eq!((kept[0].page.as_str(), kept[MOST - 1].page.as_str()), ("204", "5"));
    }
}
