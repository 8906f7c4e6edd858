//! `line:(...)` and `section:(...)`: parts that must occur together, on one line or between one heading
//! and the next. Obsidian's search operators of these names
//! (<https://help.obsidian.md/Plugins/Search>).

use std::ops::Range;

use regex::Regex;

use super::lines::lines_with_places;
use super::{Part, any_of, list};
use crate::search::query::QueryError;
use crate::text::span::ByteSpan;

/// What must hold all parts of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    Line,
    /// A heading and what stands below it up to the next heading of any level; also what stands before
    /// the first one.
    Section,
}

/// Parts that must occur together.
#[derive(Clone, Debug)]
pub(super) struct Group {
    scope: Scope,
    pub(super) wanted: Vec<Part>,
    excluded: Vec<Part>,
    /// Any of `wanted`.
    pub(super) any: Regex,
}

/// What groups begin with.
const OPENINGS: [(&str, Scope); 2] = [("line:(", Scope::Line), ("section:(", Scope::Section)];

impl Group {
    /// The group that `piece` writes, if it is one.
    pub(super) fn new(piece: &str, span: ByteSpan) -> Result<Option<Self>, QueryError> {
        let Some((opening, scope)) = opening(piece) else { return Ok(None) };
        let inside = piece[opening.len()..].strip_suffix(')').unwrap_or(&piece[opening.len()..]);
        let start = span.range().start + opening.len();
        let (wanted, excluded) = list(inside, start)?;
        if wanted.is_empty() {
            let message =
                format!("nothing to look for in {opening}...): write what must stand together");
            return Err(QueryError { message, span });
        }
        let any = any_of(&wanted, span)?;
        Ok(Some(Self { scope, wanted, excluded, any }))
    }

    /// The stretches of `text` that hold all parts, in order.
    pub(super) fn places(&self, text: &str) -> Vec<Range<usize>> {
        if !self.wanted.iter().all(|part| part.pattern.is_match(text)) {
            return Vec::new();
        }
        let holds = |place: &Range<usize>| {
            let text = &text[place.clone()];
            self.wanted.iter().all(|part| part.occurs(text))
                && !self.excluded.iter().any(|part| part.occurs(text))
        };
        match self.scope {
            Scope::Line => lines_with_places(text).map(|(_, place)| place).filter(holds).collect(),
            Scope::Section => sections(text).into_iter().filter(holds).collect(),
        }
    }
}

/// Whether `text` begins a group.
pub(super) fn begins(text: &str) -> bool {
    opening(text).is_some()
}

/// The length of the group that `text` begins with; `None` if it begins with none that is closed.
pub(super) fn length(text: &str) -> Option<usize> {
    let (opening, _) = opening(text)?;
    let mut quoted = false;
    let end = text[opening.len()..].find(|c| {
        quoted ^= c == '"';
        c == ')' && !quoted
    });
    end.map(|end| opening.len() + end + 1)
}

fn opening(text: &str) -> Option<(&'static str, Scope)> {
    OPENINGS.into_iter().find(|(opening, _)| text.starts_with(opening))
}

/// The sections of a page: cut at the headings that are written with `#` and stand in no fence.
fn sections(text: &str) -> Vec<Range<usize>> {
    let mut sections = Vec::new();
    let mut start = 0;
    let mut fence: Option<&str> = None;
    for (line, place) in lines_with_places(text) {
        let shown = line.trim_start();
        let sign = ["```", "~~~"].into_iter().find(|sign| shown.starts_with(sign));
        match (fence, sign) {
            (None, Some(sign)) => fence = Some(sign),
            (Some(open), Some(sign)) if open == sign => fence = None,
            _ => {}
        }
        if fence.is_none() && is_heading(line) && place.start > start {
            sections.push(start..place.start);
            start = place.start;
        }
    }
    sections.push(start..text.len());
    sections
}

/// An ATX heading (`CommonMark` 4.2).
pub(super) fn is_heading(line: &str) -> bool {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    (1..=6).contains(&level) && line[level..].chars().next().is_none_or(char::is_whitespace)
}
