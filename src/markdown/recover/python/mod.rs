//! Python without its white space: tokens, the order they may stand in, and the indentation that
//! the grammar gives back. Knows lines and blocks, nothing of pages.

pub(super) mod grammar;
mod habit;
pub(super) mod indent;
pub(super) mod lexer;
mod scope;
mod statements;
pub(super) mod words;
