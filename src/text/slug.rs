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

#[cfg(test)]
mod tests {
    use super::{heading_key, slug};

    #[test]
    fn headings_compare_without_punctuation_and_case() {
        let check = |text: &str, expected: &str| assert_eq!(heading_key(text), expected, "{text}");
        check("What's  new?", "what s new");
        check("  A:\u{a0}B—c ", "a b c");
        check("E\u{301}tude №1", "étude 1");
        check("???", "");
    }

    #[test]
    fn slugs_are_those_of_web_renderers() {
        let check = |text: &str, expected: &str| assert_eq!(slug(text), expected, "{text}");
        check("What's new?", "whats-new");
        check("A & B", "a--b");
        check("snake_case Ünder", "snake_case-ünder");
        check("📚 Books", "-books");
    }
}
