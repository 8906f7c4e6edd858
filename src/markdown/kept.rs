//! What a document keeps of a leaf's content, in little memory: a long page has hundreds of thousands of leaves, and
//! most of them are one run of plain text. Such a text is not held again where it stands in the source as it is.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::document::Run;
use crate::text::span::ByteSpan;

/// A text of its own, or a part of the page's source. Reads as a `str`.
#[derive(Clone)]
pub struct Text(Held);

#[derive(Clone)]
enum Held {
    Own(Box<str>),
    /// The pointer to a pointer takes half the room of the pointer that it points to.
    Part(Shared, ByteSpan),
}

/// A source that texts may be parts of.
pub(super) type Shared = Arc<Arc<str>>;

impl Text {
    /// The part of `source` at `span`, if `text` is that.
    pub(super) fn part(source: &Shared, span: ByteSpan, text: &str) -> Option<Self> {
        let is_same = source.get(span.range()) == Some(text);
        is_same.then(|| Self(Held::Part(Arc::clone(source), span)))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Held::Own(text) => text,
            Held::Part(source, span) => source.get(span.range()).unwrap_or_default(),
        }
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Held::Own(text.into()))
    }
}

impl Default for Text {
    fn default() -> Self {
        Self(Held::Own(Box::default()))
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

/// The runs of a text; one alone is kept in place. Reads as a slice.
#[derive(Clone)]
pub struct Runs(Kept);

#[derive(Clone)]
enum Kept {
    One(Run),
    Many(Box<[Run]>),
}

impl Deref for Runs {
    type Target = [Run];

    fn deref(&self) -> &[Run] {
        match &self.0 {
            Kept::One(run) => std::slice::from_ref(run),
            Kept::Many(runs) => runs,
        }
    }
}

impl DerefMut for Runs {
    fn deref_mut(&mut self) -> &mut [Run] {
        match &mut self.0 {
            Kept::One(run) => std::slice::from_mut(run),
            Kept::Many(runs) => runs,
        }
    }
}

impl<'a> IntoIterator for &'a Runs {
    type Item = &'a Run;
    type IntoIter = std::slice::Iter<'a, Run>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl From<Vec<Run>> for Runs {
    fn from(runs: Vec<Run>) -> Self {
        match runs[..] {
            [run] => Self(Kept::One(run)),
            _ => Self(Kept::Many(runs.into())),
        }
    }
}

impl Default for Runs {
    fn default() -> Self {
        Self(Kept::Many(Box::default()))
    }
}

impl PartialEq for Runs {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Runs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Runs, Text};
    use crate::markdown::document::{Inlines, Leaf, LeafKind};
    use crate::markdown::{parse, parse_shared};
    use crate::text::span::ByteSpan;

    #[test]
    fn plain_text_takes_no_memory_of_its_own() {
        assert_eq!([size_of::<Text>(), size_of::<Runs>(), size_of::<Leaf>()], [24, 24, 72]);
        let source = Arc::new(Arc::from("some words"));
        let span = ByteSpan { start: 5, end: 10 };
        assert!(Text::part(&source, span, "words").is_some_and(|text| text == "words"));
        assert!(Text::part(&source, span, "other").is_none());
    }

    #[test]
    fn shared_or_not_a_page_says_the_same() {
        for text in ["one\n\n*two* and `three`\n\n| a | b |\n|---|---|\n| c | *d* |\n", "a\rb\n\nc"]
        {
            let source: Arc<str> = text.into();
            let (shared, own) = (parse_shared(&source), parse(text));
            assert_eq!(shared, own);
            let LeafKind::Paragraph(Inlines { text, runs }) = &shared.leaves[0].kind else {
                panic!("a paragraph");
            };
            assert_eq!(text.len(), runs.last().map_or(0, |run| run.end as usize));
        }
    }
}
