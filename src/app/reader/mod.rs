//! The page: what is open, where the reader is, the selected link. Here are its state and what every
//! part of the reader shares; each thing one can do with a page has its own file.
//!
//! | file | subject |
//! |---|---|
//! | `travel` | opening pages, back and forward |
//! | `arrival` | a page was read: show it, or put it in the place of its older text |
//! | `embeds` | putting in place what the page embeds, as soon as the wiki is known |
//! | `missing` | pages that stand in for one that is not written or cannot be read |
//! | `place` | where a goal lies, what is in view |
//! | `scroll` | moving over the page |
//! | `links` | selecting and following |
//! | `folds` | folding, and how each page's folds were left |
//! | `left` | places that were left, to come back to |
//! | `lead` | where something that can be followed leads |
//! | `tail` | who links here |
//! | `source` | the page's source in its place, and back |
//! | `copy` | taking something along: clipboard and editor |
//! | `select`, `motion` | selecting text, and the motions of its cursor |

pub mod arrival;
pub mod copy;
mod embeds;
pub mod folds;
pub mod lead;
pub mod left;
pub mod links;
mod missing;
mod motion;
mod place;
pub mod scroll;
pub mod select;
pub mod source;
mod tail;
pub mod travel;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::filter::Filter;
use super::find::Find;
use super::model::{Model, Ticket, WikiKind};
use super::msg::{Embedded, Loaded};
use super::{Effect, Overlay, Panes};
use crate::code::LineRoles;
use crate::index::{Index, LinkRef, Status};
use crate::layout::{
    Anchor, Context, LinkLook, Manner, Options, PageLayout, TextPlace, WideTables,
};
use crate::markdown::recover::Recovery;
use crate::markdown::{Document, LeafKind, LinkId};
use crate::search::query::{Expression, Query, Term};
use crate::text::fold::fold;
use crate::vault::PagePath;

pub(super) use arrival::{Page, lay_out, refresh_looks};
pub use arrival::{begun, indexed, read, reread};
pub(super) use folds::{put as put_folds, reveal_text};
pub use lead::Lead;
use left::Left;
pub(super) use missing::{loaded as text_as_page, not_written, plain};
pub use place::is_in_view;
pub(super) use place::{go as go_to, move_by, show as show_line};
pub use tail::sentences;
pub(super) use tail::{links_here, sentence, sentences_known, who_wants};
pub use travel::{glance, open, open_next};

/// The page's state.
#[derive(Debug, Default)]
pub struct Reader {
    /// The page on the screen; `None` until the first one was read.
    pub open: Option<OpenPage>,
    /// The page that is being read and will replace it.
    pub awaited: Option<Awaited>,
    /// How the folds of the pages that were left are.
    pub folds: folds::Memory,
    /// Find in page.
    pub find: Find,
    /// Whether the open (or awaited) page is only glanced at: the next one leaves no visit to it.
    pub glancing: bool,
    /// The sentences around links that were read for the index's present revision.
    tails: tail::Sentences,
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

    /// The page from which the links on this one are resolved.
    #[must_use]
    pub fn base(&self) -> &PagePath {
        match self {
            Self::Page(path) | Self::Missing { from: path, .. } => path,
        }
    }
}

/// A page that is being read.
#[derive(Clone, Debug, PartialEq)]
pub struct Awaited {
    /// The ticket of the request.
    pub ticket: Ticket,
    /// Which page.
    pub path: PagePath,
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
    /// At a byte of its source (a search hit, a backlink's place), with what stands around it.
    Source(u32),
    /// With the line of a byte of its source at the top.
    Place(u32),
    /// Where it was left.
    Left(Box<Left>),
}

/// The page on the screen.
#[derive(Debug)]
pub struct OpenPage {
    /// Its ticket: colours that come for another one are dropped.
    pub ticket: Ticket,
    /// Which page.
    pub address: Address,
    /// What it is called.
    pub title: String,
    /// The text that is shown; spans refer to it. Of a page that cannot be read or is not written, what
    /// the program says about it.
    pub source: Arc<str>,
    /// Its text parsed, what it embeds included.
    pub document: Arc<Document>,
    /// The pages of which it shows parts.
    pub embedded: Embedded,
    /// Its lines.
    pub layout: PageLayout,
    /// The first visible line.
    pub anchor: Anchor,
    /// The selected stop.
    pub selected: Option<u32>,
    /// What is being selected.
    pub selection: Option<select::Selection>,
    /// The look of each link; empty until the wiki was read.
    pub looks: Vec<LinkLook>,
    /// The colours that have arrived, by leaf.
    pub code: HashMap<u32, Vec<LineRoles>>,
    /// Who links here, one for each row of the tail.
    pub backlinks: Vec<LinkRef>,
    /// Why the page cannot be read, if so.
    pub unreadable: Option<String>,
    /// What stands in the file, where `source` was recovered from it.
    pub recovery: Option<Arc<Recovery>>,
    /// The page, while its source is shown in its place.
    rendered: Option<Box<Loaded>>,
    /// The place on the other face from which it was turned over, and where this one then stood.
    other_face: Option<(left::Left, Anchor)>,
    /// What was odd about its bytes.
    notices: Vec<String>,
    /// Whether this is only the beginning of a long page, whose rest is being read.
    pub more_to_come: bool,
    /// Whether its file was deleted since.
    pub is_deleted: bool,
    /// Code whose colours were asked for: leaves, and first lines.
    coloured: HashSet<(u32, usize)>,
    /// Uses of tags that the active filter names, and the filter's text for which that was found out.
    active_tags: (String, HashSet<u32>),
    /// The request for the tail's sentences that is under way, and the links asked about.
    asked: Option<(Ticket, Arc<[LinkRef]>)>,
    /// Where one was in a tail that has not arrived yet.
    later: Option<(Anchor, Option<u32>)>,
    /// A link to follow as soon as the wiki is known.
    pub(super) to_follow: Option<LinkId>,
}

/// What the layout asks about a page.
pub(super) struct PageContext<'a> {
    looks: &'a [LinkLook],
    code: &'a HashMap<u32, Vec<LineRoles>>,
    active_tags: &'a HashSet<u32>,
}

impl Context for PageContext<'_> {
    fn link(&self, link: LinkId) -> LinkLook {
        self.looks.get(link as usize).copied().unwrap_or(LinkLook::Unknown)
    }

    fn code(&self, leaf: u32) -> Option<&[LineRoles]> {
        self.code.get(&leaf).map(Vec::as_slice)
    }

    fn tag_is_active(&self, tag: u32) -> bool {
        self.active_tags.contains(&tag)
    }
}

impl OpenPage {
    /// The layout and what it may ask.
    pub(super) fn parts(&mut self) -> (&mut PageLayout, PageContext<'_>) {
        let Self { layout, looks, code, active_tags, .. } = self;
        (layout, PageContext { looks, code, active_tags: &active_tags.1 })
    }

    /// What the layout may ask.
    fn context(&self) -> PageContext<'_> {
        let Self { looks, code, active_tags, .. } = self;
        PageContext { looks, code, active_tags: &active_tags.1 }
    }

    /// Pans as far as is needed to have a stop in sight.
    fn pan_to_stop(&mut self, nth: u32) {
        let anchor = self.anchor;
        let (layout, context) = self.parts();
        if let Some(panned) = layout.panned_to_stop(&context, nth) {
            self.anchor = layout.set_options(panned, &context, anchor);
        }
    }

    /// Pans as far as is needed to have a place in the text in sight.
    pub(super) fn pan_to(&mut self, place: TextPlace) {
        let anchor = self.anchor;
        let (layout, context) = self.parts();
        if let Some(panned) = layout.panned_to(&context, place) {
            self.anchor = layout.set_options(panned, &context, anchor);
        }
    }

    /// The anchor of the line that holds a place in the text.
    pub(super) fn anchor_of(&mut self, place: TextPlace) -> Anchor {
        let (layout, context) = self.parts();
        layout.anchor_of(&context, place)
    }

    /// The anchor of the line that shows a byte of the source.
    pub(super) fn anchor_of_source(&mut self, offset: u32) -> Anchor {
        let (layout, context) = self.parts();
        layout.anchor_of_source(&context, offset)
    }

    /// The first text on the screen.
    pub(super) fn first_text(&mut self, rows: usize) -> TextPlace {
        let anchor = self.anchor;
        let (layout, context) = self.parts();
        layout.ensure(&context, anchor, rows);
        let lines = layout.lines(anchor, rows);
        let first = lines.iter().flat_map(|line| &line.segments).find_map(|segment| segment.at);
        // A screen without text of the document shows the head or the tail.
        let past = TextPlace { leaf: u32::MAX, ..TextPlace::default() };
        first.unwrap_or(if anchor.slot == 0 { TextPlace::default() } else { past })
    }

    /// Whether the source is shown in the place of the page.
    #[must_use]
    pub fn is_source(&self) -> bool {
        self.rendered.is_some()
    }

    /// The page from which one of its links is resolved: the one on which that was written.
    #[must_use]
    pub fn base_of(&self, link: LinkId) -> &PagePath {
        base_of(&self.document, &self.embedded, self.address.base(), link)
    }

    /// The address of the page on which one of its links was written.
    #[must_use]
    pub fn written_on(&self, link: LinkId) -> Address {
        match self.document.page_of(link) {
            Some(_) => Address::Page(self.base_of(link).clone()),
            None => self.address.clone(),
        }
    }

    /// Uses of tags that the active filter names.
    pub(super) fn active_tags(&self) -> &HashSet<u32> {
        &self.active_tags.1
    }

    /// Whether it is a page that was read from the wiki, not one that stands in for it.
    #[must_use]
    pub fn is_written(&self) -> bool {
        self.unreadable.is_none() && self.address.path().is_some()
    }
}

/// Rows of the page's text on the screen; at least one.
#[must_use]
pub fn rows(model: &Model) -> usize {
    Panes::of(model).text_rows().max(1)
}

/// Lays out what the next frame shows and asks for the colours of the code in view.
pub fn prepare(model: &mut Model, effects: &mut Vec<Effect>) {
    let rows = rows(model);
    let wanted = options(model);
    if let Some(open) = &mut model.reader.open {
        fit(open, &wanted, &model.filter, rows);
        colour(open, rows, effects);
    }
}

/// Fits a page to the room that it has, and lays out the `rows` rows that the next frame shows. How far the
/// page is panned is left as it is.
pub(super) fn fit(open: &mut OpenPage, wanted: &Options, filter: &Filter, rows: usize) {
    if open.active_tags.0 != filter.text {
        mark_tags(open, &filter.text, &filter.query);
    }
    // The lines of a source are those of paragraphs.
    let code_wrap = wanted.code_wrap || open.is_source();
    let now = open.layout.options();
    let wanted = Options {
        pan: now.pan,
        table_pan: now.table_pan,
        code_wrap,
        properties_folded: now.properties_folded,
        folds: Arc::clone(&now.folds),
        ..wanted.clone()
    };
    relay(open, wanted, rows);
    ensure(open, rows);
}

/// Lays the page out by other options, if these are others. The reader's place stays, as far as it can be
/// seen; a stop that cannot is no longer selected.
fn relay(open: &mut OpenPage, wanted: Options, rows: usize) {
    let (mut anchor, mut selected) = (open.anchor, open.selected);
    let (layout, context) = open.parts();
    if *layout.options() != wanted {
        // Folding the properties gives all stops other numbers.
        let renumbers = layout.options().properties_folded != wanted.properties_folded;
        let action = selected.and_then(|nth| layout.stop(nth)).map(|stop| stop.action);
        let at_top = layout.position(anchor).0 == 0;
        anchor = layout.set_options(wanted, &context, anchor);
        if at_top {
            // A head of no rows is again taken for a few until it is looked at.
            anchor = Anchor::default();
        }
        if renumbers {
            selected = action.and_then(|action| layout.stop_of(action));
        }
    }
    let anchor = layout.scroll(&context, anchor, 0, rows);
    open.anchor = anchor;
    open.selected = selected.filter(|nth| !open.layout.hides_stop(*nth));
}

/// Lays out the `rows` rows from the first visible line on, if they are not.
pub(super) fn ensure(open: &mut OpenPage, rows: usize) {
    let anchor = open.anchor;
    let (layout, context) = open.parts();
    layout.ensure(&context, anchor, rows);
}

/// Lines of a code block, from the line `from` on, have their colours.
pub fn highlighted(
    model: &mut Model,
    ticket: Ticket,
    leaf: u32,
    from: usize,
    roles: Vec<LineRoles>,
) {
    let overlays = model.overlays.iter_mut().filter_map(Overlay::page_mut);
    let mut pages = model.reader.open.iter_mut().chain(overlays);
    if let Some(open) = pages.find(|open| open.ticket == ticket) {
        let lines = open.code.entry(leaf).or_default();
        // Lines whose colours have not come yet are plain.
        lines.resize(lines.len().max(from + roles.len()), LineRoles::new());
        lines.splice(from..from + roles.len(), roles);
        open.layout.forget(false, Some(leaf));
    }
}

/// How a page is to be laid out on this screen; not panned, nothing folded but the properties.
pub(super) fn options(model: &Model) -> Options {
    Options {
        width: Panes::of(model).text_width(model.config.page_width),
        breaks: model.config.breaks,
        ascii: model.themes.ascii,
        manner: Manner::Screen,
        pan: 0,
        table_pan: 0,
        wide_tables: WideTables::Panned,
        code_wrap: model.config.code_wrap,
        code_line_numbers: model.config.code_line_numbers,
        properties_folded: true,
        folds: Arc::default(),
    }
}

/// Asks for the colours of the code in view and a screen below, of each part once: a long block gets its
/// colours as it is looked at.
pub(super) fn colour(open: &mut OpenPage, rows: usize, effects: &mut Vec<Effect>) {
    for (leaf, lines) in open.layout.code_lines_in_view(open.anchor, rows * 2) {
        let kind = open.document.leaves.get(leaf as usize).map(|leaf| &leaf.kind);
        let is_named = matches!(kind, Some(LeafKind::Code(code)) if !code.language.is_empty());
        if is_named && open.coloured.insert((leaf, lines.start)) {
            let document = Arc::clone(&open.document);
            effects.push(Effect::Highlight { ticket: open.ticket, document, leaf, lines });
        }
    }
}

/// The page on which a link of `document` was written; its own links stand on `own`.
fn base_of<'a>(
    document: &Document,
    embedded: &'a Embedded,
    own: &'a PagePath,
    link: LinkId,
) -> &'a PagePath {
    document.page_of(link).and_then(|page| embedded.pages.get(page as usize)).unwrap_or(own)
}

/// The look of every link of a page, by the index. Where one page is open alone nobody knows what is missing.
fn looks(
    (index, wiki): (&Index, WikiKind),
    own: &PagePath,
    document: &Document,
    embedded: &Embedded,
) -> Vec<LinkLook> {
    let links = (0..).zip(&document.facts.links);
    let look = |(id, link)| match index.resolve(base_of(document, embedded, own, id), link).status {
        Status::Page(_) | Status::Folder(_) => LinkLook::Page,
        Status::Ambiguous { .. } => LinkLook::Ambiguous,
        Status::Missing if wiki == WikiKind::Single => LinkLook::Unknown,
        Status::Missing => LinkLook::Missing,
        Status::Attachment(_) => LinkLook::Attachment,
        Status::External => LinkLook::External,
    };
    links.map(look).collect()
}

/// Finds out which tags of the page the filter names, and has them shown so.
fn mark_tags(open: &mut OpenPage, text: &str, query: &Query) {
    let mut named: Vec<&str> = Vec::new();
    let mut rest: Vec<&Expression> = query.expression.iter().collect();
    while let Some(expression) = rest.pop() {
        match expression {
            Expression::And(all) | Expression::Or(all) => rest.extend(all),
            Expression::Term(Term::Tag(tag), _) => named.push(tag),
            Expression::Not(_) | Expression::Term(..) => {}
        }
    }
    let below = |tag: &str, named: &str| {
        tag.strip_prefix(named).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let active = (0..).zip(&open.document.facts.tags).filter(|(_, tag)| {
        !named.is_empty() && {
            let tag = fold(&tag.name);
            named.iter().any(|named| below(&tag, named))
        }
    });
    let active: HashSet<u32> = active.map(|(nth, _)| nth).collect();
    if active != open.active_tags.1 {
        open.layout.forget(true, None);
    }
    open.active_tags = (text.to_owned(), active);
}
