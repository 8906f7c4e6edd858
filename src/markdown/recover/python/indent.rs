//! The spaces before each line of Python whose indentation is lost: four for each level of a
//! statement, and for the lines within brackets four more than the line that opened them.

use super::lexer::{Carry, Kind, tokens};
use super::scope::levels;
use super::statements::statements;

/// How a line is to be indented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::markdown::recover) struct Placed {
    /// Spaces before its text; `None` to leave the line as it is.
    pub spaces: Option<usize>,
    /// Another indentation would have been possible.
    pub uncertain: bool,
}

const KEPT: Placed = Placed { spaces: None, uncertain: false };
const STEP: usize = 4;

/// The indentation of `lines`. Code that has kept some is left as it is, and so are sessions,
/// whose prompts say where a line belongs.
pub(in crate::markdown::recover) fn indent(lines: &[&str]) -> Vec<Placed> {
    let has_some = lines.iter().any(|l| l.starts_with([' ', '\t']) && !l.trim().is_empty());
    let session = lines.iter().any(|l| l.trim_start().starts_with(">>>"));
    if has_some || session {
        return vec![KEPT; lines.len()];
    }
    let all = statements(lines);
    let mut out = vec![KEPT; lines.len()];
    for (logical, placed) in all.iter().zip(levels(&all)) {
        let base = placed.level * STEP;
        out[logical.first] = Placed { spaces: Some(base), uncertain: placed.uncertain };
        hang(
            &lines[logical.first..=logical.last],
            base,
            logical.is_text,
            &mut out[logical.first..=logical.last],
        );
    }
    out
}

/// Indents the further lines of a statement that stands at `base` spaces.
fn hang(lines: &[&str], base: usize, is_docstring: bool, out: &mut [Placed]) {
    let mut carry = Carry::default();
    // The indentation of the line that opened each open bracket.
    let mut opened: Vec<usize> = Vec::new();
    for (line, placed) in lines.iter().zip(out) {
        let in_text = carry.quote.is_some();
        let continued = carry.backslash;
        let found = tokens(line, &mut carry);
        let closers = found.iter().take_while(|t| t.kind == Kind::Close).count();
        if placed.spaces.is_none() {
            let spaces = match opened.len().checked_sub(closers.max(1)) {
                // White space within a string is part of it, except in a docstring.
                _ if in_text => is_docstring.then_some(base),
                Some(at) if closers > 0 => Some(opened[at]),
                Some(at) => Some(opened[at] + STEP),
                None if continued => Some(base + STEP),
                None => Some(base),
            };
            *placed = Placed { spaces, uncertain: false };
        }
        let here = placed.spaces.unwrap_or(0);
        for token in &found {
            match token.kind {
                Kind::Open => opened.push(here),
                Kind::Close => {
                    opened.pop();
                }
                _ => {}
            }
        }
    }
}
