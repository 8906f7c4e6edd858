//! Heading keys: how a fragment finds its heading, and the slug that web renderers give it.

/// The comparison key of a heading or a `#fragment`: letters and digits in lower case, everything
/// else as single spaces (`semantics.md`, fragments: without punctuation and case, white space
/// collapsed).
#[must_use]
pub fn heading_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for word in super::fold::fold(text).split(|c: char| !c.is_alphanumeric()) {
        if word.is_empty() {
            continue;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}

/// The anchor that GitHub gives a heading: lower case, punctuation dropped, spaces as hyphens.
#[must_use]
pub fn slug(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
            _ => None,
        })
        .collect()
}
