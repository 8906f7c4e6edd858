//! Layout: a document and a width become lines. Only what is looked at is laid out; everything else
//! has an estimated height. The scroll position is an [`Anchor`] into the document, so that late
//! layout, late links and late colours never make the text jump. Knows roles, no colours.
//!
//! A page view has three parts: the head (properties), the body (the document) and the tail (who links here).

use std::sync::Arc;

use crate::code::LineRoles;
use crate::markdown::{Document, LinkId};
use crate::text::role::{Marks, Role};

/// How a page is laid out. Changing any of it lays out anew.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Width of the text in cells.
    pub width: usize,
    /// How single newlines in paragraphs are shown.
    pub breaks: Breaks,
    /// Plain ASCII signs instead of box drawing and typographic ones.
    pub ascii: bool,
    /// Cells by which long code lines are panned to the left.
    pub pan: usize,
    /// Whether the properties header is folded to one line.
    pub properties_folded: bool,
}

/// How single newlines in a paragraph are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Breaks {
    /// As line breaks, but paragraphs that were evidently wrapped by hand flow.
    #[default]
    Auto,
    /// Always as line breaks.
    Always,
    /// Never: paragraphs flow.
    Never,
}

/// What layout asks about things that the document does not know itself.
pub trait Context {
    /// The look of a link.
    fn link(&self, link: LinkId) -> LinkLook;
    /// The colours of a code block (index of its leaf), if they have arrived.
    fn code(&self, leaf: u32) -> Option<&[LineRoles]>;
    /// Whether the active filter names this tag (index into the facts' tags).
    fn tag_is_active(&self, tag: u32) -> bool {
        let _ = tag;
        false
    }
}

/// How a link looks. Every look differs from the others in more than colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkLook {
    /// Not resolved yet: looks like a page.
    Unknown,
    /// A page that exists.
    Page,
    /// Several pages could be meant.
    Ambiguous,
    /// Nobody has written it yet.
    Missing,
    /// Out of the wiki.
    External,
    /// A file that is no page.
    Attachment,
}

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
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// What is painted.
    pub text: String,
    /// Its role.
    pub role: Role,
    /// Marks laid over the role.
    pub marks: Marks,
    /// What pressing it does.
    pub action: Option<Action>,
    /// The number of the [`Stop`] it belongs to; all segments of a wrapped link share one.
    pub stop: Option<u32>,
    /// Where its text stands in the document, for marking matches; `None` for ornaments.
    pub at: Option<TextPlace>,
}

/// A place in the document's shown text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct TextPlace {
    /// Index into the document's leaves.
    pub leaf: u32,
    /// The cell of a table, counted along the rows; 0 elsewhere.
    pub cell: u32,
    /// Byte offset in the leaf's (the cell's) text.
    pub offset: u32,
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
}

/// A scroll position that survives layout: a line within a slot of the page.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Default,
    PartialOrd,
    Ord,
    serde::Deserialize,
    serde::Serialize,
)]
pub struct Anchor {
    /// Which slot: the head is 0, then the leaves (long code in several), then the tail.
    pub slot: u32,
    /// Line within the slot.
    pub line: u32,
}

/// One who links here, as the tail shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Backlink {
    /// Title of the page.
    pub title: String,
    /// Its folder or path, to tell equal titles apart.
    pub detail: String,
    /// The sign and role of its kind.
    pub sign: (&'static str, Role),
    /// The sentence that holds the link.
    pub sentence: String,
    /// Byte range of the sentence that is the link.
    pub marked: (u32, u32),
}

/// What the head shows beside the document's own facts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// The title, shown when the page has no level 1 heading that says the same.
    pub title: String,
    /// Kind sign, name and role.
    pub kind: Option<(&'static str, String, Role)>,
    /// Lines said about the page: notices, "missing page", "read-only sample".
    pub notices: Vec<String>,
}

/// A page laid out at one width, as far as it was looked at.
#[derive(Debug)]
pub struct PageLayout {
    options: Options,
}

/// A part of the page that can be selected with the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// What pressing it does.
    pub action: Action,
    /// Its number along the page, the same at every width and in every state of layout.
    pub nth: u32,
}

impl PageLayout {
    /// A layout in which nothing is laid out yet: the cost is one estimate a leaf.
    #[must_use]
    pub fn new(document: Arc<Document>, head: Head, options: Options) -> Self {
        let _ = (document, head);
        Self { options }
    }

    /// The options it was made with.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Changes the options, keeping what can be kept; gives the anchor of the same text in the new layout.
    pub fn set_options(
        &mut self,
        options: Options,
        context: &dyn Context,
        anchor: Anchor,
    ) -> Anchor {
        let _ = context;
        self.options = options;
        anchor
    }

    /// Sets the tail. The body stays laid out.
    pub fn set_tail(&mut self, backlinks: Vec<Backlink>) {
        let _ = backlinks;
    }

    /// Forgets the lines of everything whose look depends on links (`links`) or on the colours of the
    /// code block `code`; heights stay as estimates.
    pub fn forget(&mut self, links: bool, code: Option<u32>) {
        let _ = (links, code);
    }

    /// Lays out what the `rows` rows from `anchor` on show, and a margin of as many below.
    pub fn ensure(&mut self, context: &dyn Context, anchor: Anchor, rows: usize) {
        let _ = (context, anchor, rows);
    }

    /// The `rows` lines from `anchor` on, as far as the page reaches. Call [`Self::ensure`] first.
    #[must_use]
    pub fn lines(&self, anchor: Anchor, rows: usize) -> Vec<&Line> {
        let _ = (anchor, rows);
        Vec::new()
    }

    /// `anchor` moved by `delta` rows, kept so that the last `rows` rows of the page can be the last
    /// on the screen and no further. Lays out what is stepped over when it is near.
    pub fn scroll(
        &mut self,
        context: &dyn Context,
        anchor: Anchor,
        delta: isize,
        rows: usize,
    ) -> Anchor {
        let _ = (context, delta, rows);
        anchor
    }

    /// The anchor that shows the end of the page on `rows` rows.
    pub fn end(&mut self, context: &dyn Context, rows: usize) -> Anchor {
        let _ = (context, rows);
        Anchor::default()
    }

    /// Rows above `anchor` and rows of the whole page; exact where laid out, else estimated.
    #[must_use]
    pub fn position(&self, anchor: Anchor) -> (usize, usize) {
        let _ = anchor;
        (0, 0)
    }

    /// The anchor of the line that holds a place in the text.
    pub fn anchor_of(&mut self, context: &dyn Context, place: TextPlace) -> Anchor {
        let _ = (context, place);
        Anchor::default()
    }

    /// The anchor of the line that shows the byte `offset` of the source, or the nearest after it.
    pub fn anchor_of_source(&mut self, context: &dyn Context, offset: u32) -> Anchor {
        let _ = (context, offset);
        Anchor::default()
    }

    /// The source byte offset of the first text at or below `anchor`.
    #[must_use]
    pub fn source_at(&self, anchor: Anchor) -> u32 {
        let _ = anchor;
        0
    }

    /// How many stops the page has: links, tags, footnotes, backlinks.
    #[must_use]
    pub fn stops(&self) -> u32 {
        0
    }

    /// The stop of that number.
    #[must_use]
    pub fn stop(&self, nth: u32) -> Option<Stop> {
        let _ = nth;
        None
    }

    /// The anchor of the line on which the stop starts.
    pub fn anchor_of_stop(&mut self, context: &dyn Context, nth: u32) -> Anchor {
        let _ = (context, nth);
        Anchor::default()
    }

    /// The first stop that starts at or after `anchor`.
    #[must_use]
    pub fn stop_from(&self, anchor: Anchor) -> Option<u32> {
        let _ = anchor;
        None
    }

    /// How many slots were laid out since the layout was made: for tests of proportion.
    #[must_use]
    pub fn laid_out(&self) -> u64 {
        0
    }
}
