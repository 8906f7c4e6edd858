//! Finding: the one query language, fuzzy ranking, full text, excerpts. Pure functions over the
//! index and over texts; no files, no threads.

pub mod braid;
pub mod complete;
pub mod connected;
pub mod edges;
pub mod excerpt;
pub mod finder;
pub mod fulltext;
pub mod mentions;
pub mod query;
pub mod saved;
pub mod tagfilter;
pub mod unlinked;

/// The last character boundary of `text` at or before `at`.
fn floor_boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
