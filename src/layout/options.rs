//! What layout is told and what it asks: the options of a page view, and the questions about things that
//! the document does not know itself (which links lead anywhere, which colours have arrived).

use std::sync::Arc;

use super::folds::Folds;
use crate::code::LineRoles;
use crate::markdown::LinkId;

/// How a page is laid out. Changing any of it lays out anew.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct Options {
    /// Width of the text in cells. Zero counts as one.
    pub width: usize,
    /// How single newlines in paragraphs are shown.
    pub breaks: Breaks,
    /// Plain ASCII signs instead of box drawing and typographic ones.
    pub ascii: bool,
    /// For whom the lines are.
    pub manner: Manner,
    /// Cells by which long code lines are panned to the left.
    pub pan: usize,
    /// Cells by which wide tables are panned to the left: by whole columns, and each no further than to its
    /// last.
    pub table_pan: usize,
    /// How tables are shown that are too wide.
    pub wide_tables: WideTables,
    /// Whether long code lines are wrapped, so that there is nothing to pan.
    pub code_wrap: bool,
    /// Whether the lines of code are numbered.
    pub code_line_numbers: bool,
    /// Whether the properties header is folded to a few lines.
    pub properties_folded: bool,
    /// What else of the page is folded; of another document than the page's they mean nothing.
    pub folds: Arc<Folds>,
}

impl Options {
    /// Whether lines of code that are too long go on in the next row: only a screen has rows.
    pub(super) fn wraps_code(&self) -> bool {
        self.code_wrap && self.manner == Manner::Screen
    }
}

/// For whom lines are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Manner {
    /// For a screen with colours, a page wide.
    #[default]
    Screen,
    /// For a pipe or a file, as one writes a mail: signs in ASCII, code whole and indented.
    Mail,
    /// For being read aloud: no line is drawn, structure is said in words.
    Spoken,
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

/// How a table is shown whose columns would be too narrow to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum WideTables {
    /// Each row as `header: value` lines: for where nothing can be panned.
    #[default]
    Stacked,
    /// With readable columns, as many as fit; the others are panned to.
    Panned,
}

/// What layout asks about things that the document does not know itself.
pub trait Context {
    /// The look of a link.
    fn link(&self, link: LinkId) -> LinkLook;
    /// The colours of a code block (index of its leaf), if they have arrived.
    fn code(&self, leaf: u32) -> Option<&[LineRoles]>;
    /// The number by which a link can be asked for where nothing can be pressed; it stands behind the
    /// link.
    fn reference(&self, link: LinkId) -> Option<u32> {
        let _ = link;
        None
    }
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
