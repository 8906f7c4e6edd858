//! Lines: what layout gives. A line is a row of segments, each with one look, one action and its place in
//! the document. Knows nothing of how lines come to be, nor of colours.

use std::cmp::Ordering;
use std::ops::Range;

use crate::markdown::LinkId;
use crate::text::role::{Marks, Role};
use crate::text::width::width;

/// One line of a laid-out page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// From left to right.
    pub segments: Vec<Segment>,
    /// The role whose background fills the line to the full width (code blocks).
    pub fill: Option<Role>,
    /// Byte offset in the source where the line's text starts; of lines without text, of what follows.
    pub source: u32,
}

/// A stretch of a line with one look. Its text is scrubbed, tabs are expanded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Segment {
    /// What is painted.
    pub text: String,
    /// Its role.
    pub role: Role,
    /// Marks laid over the role.
    pub marks: Marks,
    /// What pressing it does.
    pub action: Option<Action>,
    /// The number of the [`Stop`](super::Stop) it belongs to; all segments of a wrapped link share one.
    pub stop: Option<u32>,
    /// Where its text stands in the document, for marking matches; `None` for ornaments.
    pub at: Option<TextPlace>,
    /// Of the page's head: where its text stands among the texts of that; `None` elsewhere.
    pub in_head: Option<TextPlace>,
    /// How many bytes of the document's text it stands for. Differs from `text.len()` where a tab was
    /// expanded or an acting character replaced by a sign; 0 for ornaments.
    pub covers: u32,
}

/// A place in the document's shown text, or in that of its head. Places are in the order in which they stand on
/// the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct TextPlace {
    /// Index into the document's leaves; [`TextPlace::HEAD`] in a head that stands before them all.
    pub leaf: u32,
    /// The cell of a table, counted along the rows; 0 elsewhere.
    pub cell: u32,
    /// Byte offset in the leaf's (the cell's) text.
    pub offset: u32,
}

impl TextPlace {
    /// The number that stands for a leaf in the head of a page. It comes before all others.
    pub const HEAD: u32 = u32::MAX;

    /// The place of a text of the head. Below a title that the text itself says the head's texts come
    /// after that of the title, like cells of it.
    pub(super) fn in_head(nth: u32, title_leads: bool) -> Self {
        if title_leads {
            Self { leaf: 0, cell: nth.saturating_add(1), offset: 0 }
        } else {
            Self { leaf: Self::HEAD, cell: nth, offset: 0 }
        }
    }
}

impl Ord for TextPlace {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |place: &Self| (place.leaf.wrapping_add(1), place.cell, place.offset);
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for TextPlace {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What pressing a part of the page does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Follows a link of this page.
    Link(LinkId),
    /// Filters by a tag of this page (index into the facts' tags).
    Tag(u32),
    /// Goes to the definition of a footnote, or back from it.
    Footnote(u32),
    /// Opens who links here, by its number in the tail.
    Backlink(u32),
    /// Folds or unfolds the properties.
    Properties,
    /// Folds or unfolds what this leaf is the head of.
    Fold(u32),
}

/// The look and meaning that neighbouring segments share.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Look {
    pub(super) role: Role,
    pub(super) marks: Marks,
    pub(super) action: Option<Action>,
    pub(super) stop: Option<u32>,
}

impl Look {
    /// A role and nothing else.
    pub(super) fn of(role: Role) -> Self {
        Self { role, ..Self::default() }
    }
}

impl Line {
    /// Its width in cells.
    #[must_use]
    pub fn width(&self) -> usize {
        self.segments.iter().map(|segment| width(&segment.text)).sum()
    }

    /// Its text without looks.
    #[must_use]
    pub fn text(&self) -> String {
        self.segments.iter().map(|segment| segment.text.as_str()).collect()
    }

    /// Takes off white space at the end that nothing asks for. Chips keep their padding.
    pub(super) fn trim(&mut self) {
        while let Some(last) = self.segments.last_mut() {
            if last.place().is_some() || last.action.is_some() {
                return;
            }
            last.text.truncate(last.text.trim_end_matches(' ').len());
            if !last.text.is_empty() {
                return;
            }
            self.segments.pop();
        }
    }
}

impl Segment {
    /// An ornament: text that does not come from the document's leaves.
    pub(super) fn ornament(text: impl Into<String>, look: Look) -> Self {
        Self {
            text: text.into(),
            role: look.role,
            marks: look.marks,
            action: look.action,
            stop: look.stop,
            at: None,
            in_head: None,
            covers: 0,
        }
    }

    /// Where its text stands, in the document or in the head.
    #[must_use]
    pub fn place(&self) -> Option<TextPlace> {
        self.at.or(self.in_head)
    }

    /// The bytes of `text` that show any of the bytes `range` of the leaf's (the cell's) text: what
    /// to paint as a match. `None` where they do not meet or the segment is an ornament.
    #[must_use]
    pub fn part(&self, range: Range<u32>) -> Option<Range<usize>> {
        let start = self.at?.offset;
        let end = start + self.covers;
        if range.end <= start || end <= range.start {
            return None;
        }
        if self.covers as usize != self.text.len() {
            return Some(0..self.text.len());
        }
        let from = range.start.saturating_sub(start) as usize;
        let to = (range.end.min(end) - start) as usize;
        let whole = self.text.is_char_boundary(from) && self.text.is_char_boundary(to);
        Some(if whole { from..to } else { 0..self.text.len() })
    }
}
