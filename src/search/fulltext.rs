//! Full text: words, `"phrases"` and `/regex/` in the text of pages, line by line.

use super::query::QueryError;

/// A compiled search: all parts must occur in a page; lines that hold any part are hits.
#[derive(Clone, Debug)]
pub struct TextSearch {}

/// A line that matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The first line is 1.
    pub line: u32,
    /// Byte offset of the first match in the page's text.
    pub at: u32,
    /// The line without its end.
    pub text: String,
    /// Byte ranges of `text` that match.
    pub matched: Vec<(u32, u32)>,
}

impl TextSearch {
    /// Compiles `text`. Smart case: an upper case letter in a part makes that part case-sensitive.
    /// A leading `-` excludes pages that hold the part.
    ///
    /// # Errors
    /// An invalid pattern, or nothing to look for.
    pub fn new(text: &str) -> Result<Self, QueryError> {
        let _ = text;
        Ok(Self {})
    }

    /// The hits in one page's text, in order; at most `max`.
    #[must_use]
    pub fn find(&self, text: &str, max: usize) -> Vec<Hit> {
        let _ = (text, max);
        Vec::new()
    }
}
