//! Tests of the whole way from a source to its document.
