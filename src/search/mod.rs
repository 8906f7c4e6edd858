//! Finding: the one query language, fuzzy ranking, full text, excerpts. Pure functions over the
//! index and over texts; no files, no threads.

pub mod excerpt;
pub mod finder;
pub mod fulltext;
pub mod query;
pub mod tagfilter;
