//! The tree of folders and pages, as rows: pure, built from paths, sorted and filtered.
