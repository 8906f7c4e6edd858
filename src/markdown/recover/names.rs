//! The identifiers that a page's code has used so far: what tells `return userDjango` (where
//! `user` is known) from a name in camel case.

use std::collections::HashSet;

use super::python::lexer::{Kind, Token};
use super::python::words::is_keyword;

/// Names seen in lines that are certainly code.
#[derive(Default)]
pub(super) struct Names<'a> {
    seen: HashSet<&'a str>,
    /// Every name counts as seen.
    every: bool,
}

/// A page with more identifiers than this is no article; beyond it nothing more is learnt, so that
/// memory stays bounded.
const MAX_NAMES: usize = 100_000;

impl<'a> Names<'a> {
    /// For a line that is looked at without its page: any name may have been seen there.
    pub(super) fn every() -> Self {
        Self { every: true, ..Self::default() }
    }

    /// Learns the names among the tokens of `line`.
    pub(super) fn learn(&mut self, line: &'a str, tokens: &[Token]) {
        if self.seen.len() < MAX_NAMES {
            let names = tokens.iter().filter(|t| t.kind == Kind::Name);
            self.seen.extend(names.map(|t| t.text(line)).filter(|n| !is_keyword(n)));
        }
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.every || self.seen.contains(name)
    }
}
