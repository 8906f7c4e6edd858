//! The page: what is open, where the reader is, the selected link.

pub mod copy;
pub mod links;
pub mod scroll;
pub mod travel;

use std::collections::HashMap;
use std::sync::Arc;

use super::model::Ticket;
use super::msg::PageRead;
use super::{Effect, Model};
use crate::code::LineRoles;
use crate::index::LinkRef;
use crate::layout::{Anchor, LinkLook, PageLayout};
use crate::markdown::Document;
use crate::search::excerpt::Excerpt;
use crate::vault::PagePath;

/// The page's state.
#[derive(Debug, Default)]
pub struct Reader {
    /// The page on the screen; `None` until the first one was read.
    pub open: Option<OpenPage>,
    /// The page that is being read and will replace it.
    pub awaited: Option<Awaited>,
    /// Whether the properties header is folded.
    pub properties_folded: bool,
}

/// What stands in the reader.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Address {
    /// A page of the wiki.
    Page(PagePath),
    /// A page that nobody has written yet: its name as the link has it, and the page that asked.
    Missing {
        /// The link's target as written.
        target: String,
        /// The page on which the link was followed.
        from: PagePath,
    },
}

impl Address {
    /// The path, if it is a page of the wiki.
    #[must_use]
    pub fn path(&self) -> Option<&PagePath> {
        match self {
            Self::Page(path) => Some(path),
            Self::Missing { .. } => None,
        }
    }
}

/// A page that is being read.
#[derive(Clone, Debug, PartialEq)]
pub struct Awaited {
    /// The ticket of the request.
    pub ticket: Ticket,
    /// Where to open the page.
    pub goal: Goal,
}

/// Where to open a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Goal {
    /// At its beginning.
    Top,
    /// At a link's fragment.
    Fragment(String),
    /// At a byte of its source (a search hit, a backlink's place).
    Source(u32),
    /// Exactly where it was left.
    Exact(Anchor, Option<u32>),
}

/// The page on the screen.
#[derive(Debug)]
pub struct OpenPage {
    /// Its ticket: colours that come for another one are dropped.
    pub ticket: Ticket,
    /// Which page.
    pub address: Address,
    /// Its text.
    pub source: Arc<str>,
    /// Its text parsed.
    pub document: Arc<Document>,
    /// Its lines.
    pub layout: PageLayout,
    /// The first visible line.
    pub anchor: Anchor,
    /// The selected stop.
    pub selected: Option<u32>,
    /// The look of each link; empty until the wiki was read.
    pub looks: Vec<LinkLook>,
    /// The colours that have arrived, by leaf.
    pub code: HashMap<u32, Vec<LineRoles>>,
    /// Who links here, in the order of the tail.
    pub backlinks: Vec<LinkRef>,
}

/// Opens a page (or the page of a missing one), leaving the open one in the history. Opening
/// the open page again moves to `goal` and keeps a visit only if the place differs.
pub fn open(model: &mut Model, address: Address, goal: Goal, effects: &mut Vec<Effect>) {
    let _ = (model, address, goal, effects);
}

/// Shows a page as the cursor of a list moves over it, without leaving a visit for each: the
/// first such page leaves one, those after it replace each other.
pub fn glance(model: &mut Model, address: Address, effects: &mut Vec<Effect>) {
    let _ = (model, address, effects);
}

/// A page was read.
pub fn read(model: &mut Model, read: PageRead, effects: &mut Vec<Effect>) {
    let _ = (model, read, effects);
}

/// A code block has its colours.
pub fn highlighted(model: &mut Model, ticket: Ticket, leaf: u32, roles: Vec<LineRoles>) {
    let _ = (model, ticket, leaf, roles);
}

/// The sentences of the backlinks were read.
pub fn sentences(model: &mut Model, ticket: Ticket, sentences: Vec<Excerpt>) {
    let _ = (model, ticket, sentences);
}

/// The index is another one.
pub fn indexed(model: &mut Model, effects: &mut Vec<Effect>) {
    let _ = (model, effects);
}

/// Lays out what the next frame shows.
pub fn prepare(model: &mut Model, effects: &mut Vec<Effect>) {
    let _ = (model, effects);
}
