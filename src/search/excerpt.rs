//! Excerpts: the sentence that holds a link.

use crate::text::span::ByteSpan;

/// A sentence with a marked part.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Excerpt {
    /// The sentence as shown: one line, Markdown marks removed, links by their shown text, scrubbed.
    pub text: String,
    /// Byte range of `text` that is the link.
    pub marked: (u32, u32),
}

/// The sentence of `source` around `link`, within `context` (the block that holds it).
#[must_use]
pub fn sentence(source: &str, context: ByteSpan, link: ByteSpan) -> Excerpt {
    let _ = (source, context, link);
    Excerpt::default()
}
