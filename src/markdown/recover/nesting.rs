//! Levels for headings that have none left: by what follows what, and by what sounds alike.
//!
//! A heading right below another is one level deeper, and so are those after it that are kin to it.
//! The first line of the page is its title (level 1); all else is level 2. A heading that stands
//! one level too high is found all the same, so that nothing deeper is guessed.

use super::headings::{is_small, words};

/// The headings met so far.
#[derive(Default)]
pub(super) struct Nesting<'a> {
    title: &'a str,
    /// The last heading of level 2, and the last below it.
    parent: Option<&'a str>,
    child: Option<&'a str>,
    /// Whether nothing stands between the last heading and here.
    bare: bool,
}

impl<'a> Nesting<'a> {
    /// Something that is no heading.
    pub(super) fn body(&mut self) {
        self.bare = false;
    }

    /// The level of the next heading; the first line of the page is its title.
    pub(super) fn heading(&mut self, text: &'a str, is_title: bool) -> u8 {
        if is_title {
            self.title = text;
            return 1;
        }
        let deeper = self.parent.is_some_and(|parent| match self.child {
            Some(child) => (is_single(child) && is_single(text)) || share_a_word(parent, text),
            None => {
                self.bare
                    || words(parent)
                        .next()
                        .is_some_and(|w| share_a_word(w, text) && !share_a_word(w, self.title))
            }
        });
        if deeper {
            self.child = Some(text);
            self.bare = false;
            3
        } else {
            self.parent = Some(text);
            self.child = None;
            self.bare = true;
            2
        }
    }
}

fn is_single(text: &str) -> bool {
    words(text).count() == 1
}

/// Whether two headings have a word of weight in common, be it in the plural (`Decorators Deep
/// Dive`, `Decorator with Parameters`).
fn share_a_word(one: &str, other: &str) -> bool {
    let stem = |w: &str| {
        w.trim_matches(|c: char| !c.is_alphanumeric()).trim_end_matches('s').to_lowercase()
    };
    words(one)
        .filter(|w| !is_small(w))
        .any(|a| words(other).any(|b| stem(a) == stem(b) && !stem(a).is_empty()))
}
