//! The context pane: what is around the page, in five parts. What a part says comes from the index, the open
//! page and sentences that were read already; only mentions are looked for, and only while they are looked at.
//!
//! | file | subject |
//! |---|---|
//! | `linked_from` | who links here, by page |
//! | `links_to` | where the page's links lead, each target once |
//! | `mentions` | names that stand unlinked, and the search for them |
//! | `related` | pages that have much in common with this one |
//! | `rows` | items as rows of the pane's width |
//!
//! The fifth part, the outline, has its own room beside this one.

mod linked_from;
mod links_to;
mod mentions;
mod related;
mod rows;

use std::cell::OnceCell;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::input::Input;
use super::list::ListCursor;
use super::model::{Focus, Model, Progress, Ticket};
use super::narrow::{self, Took};
use super::reader::{self, Address, Goal, Lead};
use super::{Effect, Hit, Panes, explain, outline, peek};
use crate::command::{Command, Key};
use crate::index::related::Related;
use crate::index::{Index, LinkRef, Page, PageId};
use crate::layout::Anchor;
use crate::markdown::{Link, LinkId};
use crate::search::unlinked;
use crate::text::fold::fold;
use crate::text::role::Role;
use crate::vault::{PagePath, kind};

pub use mentions::told;
pub use rows::{Row, Show};

/// The parts of the pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Who links here.
    LinkedFrom,
    /// Where this page links to.
    LinksTo,
    /// Names that stand unlinked.
    Mentions,
    /// Pages that have much in common with this one.
    Related,
    /// The headings.
    Outline,
}

impl Part {
    /// Every part, in the order of their keys.
    pub const ALL: [Self; 5] =
        [Self::LinkedFrom, Self::LinksTo, Self::Mentions, Self::Related, Self::Outline];

    /// What it is called.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::LinkedFrom => "Linked from",
            Self::LinksTo => "Links to",
            Self::Mentions => "Mentions",
            Self::Related => "Related",
            Self::Outline => "Outline",
        }
    }

    fn of(command: Command) -> Option<Self> {
        Some(match command {
            Command::ContextLinkedFrom => Self::LinkedFrom,
            Command::ContextLinksTo => Self::LinksTo,
            Command::ContextMentions => Self::Mentions,
            Command::ContextRelated => Self::Related,
            Command::ContextOutline => Self::Outline,
            _ => return None,
        })
    }
}

/// The pane's state.
#[derive(Debug)]
pub struct ContextPane {
    /// Whether it is shown where there is room.
    pub shown: bool,
    /// The part that is shown.
    pub part: Part,
    /// Where one is in `rows`: on the first row of an item.
    pub list: ListCursor,
    /// The rows of the part, as far as what was typed leaves them.
    pub rows: Vec<Row>,
    /// What narrows the rows; empty for nothing.
    pub narrow: Input,
    /// Whether that is typed into.
    pub typing: bool,
    /// How much there is of each part, in the order of [`Part::ALL`]; `None` while that is not known.
    pub counts: [Option<usize>; 5],
    /// The heading jumped to last, where the page then stood; see [`outline`].
    pub(super) jumped: Option<(Anchor, usize)>,
    /// How many blocks and single rows were made since the program started: for tests of proportion.
    pub built: u64,
    /// Where each item leads.
    leads: Leads,
    related: Vec<Related>,
    mentions: mentions::Mentions,
    /// For what `counts` and `related` were made.
    known: Option<About>,
    /// For what `rows` were made.
    made: Option<Made>,
    /// What the rows of each part are made of, before what was typed narrows it, and for what.
    pieces: [(Option<Made>, Vec<Piece>); 5],
}

/// The page that is open, in the wiki as it is known.
#[derive(Clone, Debug)]
struct About {
    page: Ticket,
    source: Arc<str>,
    revision: u64,
    progress: Progress,
}

/// Two requests may bring the same text; it is the same page only if it is the same piece of memory.
impl PartialEq for About {
    fn eq(&self, other: &Self) -> bool {
        self.page == other.page
            && Arc::ptr_eq(&self.source, &other.source)
            && (self.revision, self.progress) == (other.revision, other.progress)
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Made {
    about: Option<About>,
    part: Part,
    narrow: String,
    cells: usize,
    /// How many sentences and mentions were known.
    arrived: usize,
    looking: unlinked::Progress,
}

/// Where items lead.
#[derive(Debug)]
enum Leads {
    Listed(Vec<To>),
    /// Each to the heading on its row: a long page has a hundred thousand, and of one it is soon said.
    Headings,
}

/// Where an item leads.
#[derive(Clone, Debug, Default, PartialEq)]
enum To {
    /// Nowhere: the title of a group.
    #[default]
    Nowhere,
    /// Where it says.
    Lead(Lead),
    /// To the top of a page: thousands link to a hub, so what this is as a lead is said when it is asked.
    Page(PageId),
    /// To where a link stands; as above.
    Link(LinkRef),
}

impl To {
    fn lead(&self, index: &Index) -> Option<Lead> {
        match self {
            Self::Nowhere => None,
            Self::Lead(lead) => Some(lead.clone()),
            Self::Page(page) => top_of(index, *page),
            Self::Link(link) => place_in(index, link.source, index.link(*link)?.span.start),
        }
    }
}

impl From<Option<Lead>> for To {
    fn from(lead: Option<Lead>) -> Self {
        lead.map_or(Self::Nowhere, Self::Lead)
    }
}

impl Default for Leads {
    fn default() -> Self {
        Self::Listed(Vec::new())
    }
}

impl Default for ContextPane {
    fn default() -> Self {
        Self {
            shown: true,
            part: Part::Outline,
            list: ListCursor::default(),
            rows: Vec::new(),
            narrow: Input::default(),
            typing: false,
            counts: [None; 5],
            jumped: None,
            leads: Leads::default(),
            related: Vec::new(),
            mentions: mentions::Mentions::default(),
            known: None,
            made: None,
            pieces: Default::default(),
            built: 0,
        }
    }
}

impl ContextPane {
    /// The item under the cursor.
    #[must_use]
    pub fn item(&self) -> usize {
        self.rows.get(self.list.at).map_or(0, |row| row.item)
    }

    /// The first row of an item.
    #[must_use]
    pub fn row_of(&self, item: usize) -> Option<usize> {
        let row = self.rows.partition_point(|row| row.item < item);
        self.rows.get(row).is_some_and(|row| row.item == item).then_some(row)
    }

    /// Whether only some of the rows are there.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        !self.narrow.text.is_empty()
    }

    /// How far the search for mentions has come.
    #[must_use]
    pub fn looking(&self) -> unlinked::Progress {
        self.mentions.progress
    }

    fn leads_somewhere(&self, item: usize) -> bool {
        match &self.leads {
            Leads::Listed(leads) => leads.get(item).is_some_and(|to| *to != To::Nowhere),
            Leads::Headings => item < self.rows.len(),
        }
    }

    /// How many items there are.
    fn items(&self) -> usize {
        match &self.leads {
            Leads::Listed(leads) => leads.len(),
            Leads::Headings => self.rows.len(),
        }
    }

    /// Puts the cursor on the item of its row, or the next one in the way it went that leads somewhere.
    fn settle(&mut self, forward: bool, rows: usize) {
        let item = self.item();
        let mut onwards = item..self.items();
        let mut back = (0..=item).rev();
        let leads = |item: &usize| self.leads_somewhere(*item);
        let found = if forward {
            onwards.find(leads).or_else(|| back.find(leads))
        } else {
            back.find(leads).or_else(|| onwards.find(leads))
        };
        if let Some(row) = found.and_then(|item| self.row_of(item)) {
            self.list.put(row, self.rows.len(), rows);
        }
    }
}

/// Runs a command of the pane, or one of lists while it has the focus.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    if let Some(part) = Part::of(command) {
        return show(model, part);
    }
    let rows = list_rows(model);
    let step = |by: usize| {
        let at = Part::ALL.iter().position(|part| *part == model.context.part).unwrap_or(0);
        Part::ALL[(at + by) % Part::ALL.len()]
    };
    match command {
        Command::LeaveContext => model.focus = Focus::Page,
        Command::Outline => outline::run(model),
        Command::NextPart => show(model, step(1)),
        Command::PreviousPart => show(model, step(Part::ALL.len() - 1)),
        Command::FilterContext => {
            show(model, model.context.part);
            model.context.typing = model.focus == Focus::Context;
        }
        Command::OpenRow => press(model, model.context.item(), effects),
        Command::ShowLink => match links_to::link(model) {
            Some(link) => reader::links::show(model, link, effects),
            // The rows of the other parts open at their lines.
            None => press(model, model.context.item(), effects),
        },
        _ => {
            let pane = &mut model.context;
            let (item, len) = (pane.item(), pane.rows.len());
            let first = pane.list.at;
            match command {
                // An item has more than one row.
                Command::Down => {
                    let next = pane.rows.partition_point(|row| row.item <= item);
                    pane.list.put(next.min(len.saturating_sub(1)), len, rows);
                }
                Command::Up => pane.list.put(first.saturating_sub(1), len, rows),
                _ => {
                    pane.list.run(command, len, rows);
                }
            }
            let forward = pane.list.at > first || command == Command::First;
            pane.settle(forward, rows);
        }
    }
}

/// Shows a part and gives it the keys.
pub fn show(model: &mut Model, part: Part) {
    if model.reader.open.is_none() {
        return model.say("No page is open yet");
    }
    model.focus = Focus::Context;
    model.context.turn_to(part);
}

impl ContextPane {
    /// Another part starts at its first row, whole.
    pub(super) fn turn_to(&mut self, part: Part) {
        if self.part != part {
            self.part = part;
            self.narrow.clear();
            self.typing = false;
            self.list = ListCursor::default();
        }
    }
}

/// Gives the pane's field a key while it is typed; whether it took it.
pub fn key(model: &mut Model, key: Key) -> bool {
    let rows = list_rows(model);
    let pane = &mut model.context;
    let before = pane.list.at;
    let extent = (pane.rows.len(), rows);
    let took = narrow::key(&mut pane.narrow, &mut pane.typing, &mut pane.list, extent, key);
    if took == Took::Moved {
        pane.settle(pane.list.at > before, rows);
    }
    took != Took::Nothing
}

/// Gives pasted text to the pane's field while it is typed; whether it is.
pub fn paste(model: &mut Model, text: &str) -> bool {
    if model.context.typing {
        model.context.narrow.insert(text);
    }
    model.context.typing
}

/// Shows all rows again; whether some were left out.
pub fn widen(model: &mut Model) -> bool {
    let was_narrowed = model.context.is_narrowed();
    model.context.narrow.clear();
    was_narrowed
}

/// An item was pressed: goes where it leads.
pub fn press(model: &mut Model, item: usize, effects: &mut Vec<Effect>) {
    if model.context.part == Part::Outline {
        if let Some(Show::Heading(nth)) =
            model.context.row_of(item).map(|row| &model.context.rows[row].show)
        {
            outline::press(model, *nth);
        }
        return;
    }
    let Some(lead) = lead(model, item) else {
        if model.progress != Progress::Ready && item < model.context.items() {
            model.say("Still reading the wiki: where this leads is not known yet");
        }
        return;
    };
    // What asks first leaves the keys where they are.
    if !matches!(lead, Lead::External(_) | Lead::Attachment(_)) {
        reader::scroll::stay(model, effects);
        model.focus = Focus::Page;
    }
    reader::lead::go(model, lead, effects);
}

/// Where an item leads.
#[must_use]
pub fn lead(model: &Model, item: usize) -> Option<Lead> {
    let pane = &model.context;
    match &pane.leads {
        Leads::Listed(leads) => leads.get(item)?.lead(&model.index),
        Leads::Headings => match pane.rows.get(pane.row_of(item)?)?.show {
            Show::Heading(nth) => to_heading(model, nth),
            _ => None,
        },
    }
}

/// The link behind an item, and the page it was written on: of a page that links here the first.
#[must_use]
pub fn link(model: &Model, item: usize) -> Option<(PagePath, Link)> {
    let lead = lead(model, item)?;
    match (model.context.part, &lead) {
        (Part::LinksTo, _) => links_to::first_to(model, &lead),
        (Part::LinkedFrom, Lead::Page(Address::Page(path), Goal::Source(offset))) => {
            explain::link_at(model, path, *offset)
        }
        (Part::LinkedFrom, Lead::Page(Address::Page(path), _)) => {
            let page = model.index.at(path)?.id;
            let here = reader::links_here(model);
            let first = here.iter().find(|link| link.source == page)?;
            Some((path.clone(), model.index.link(*first)?.to_owned()))
        }
        _ => None,
    }
}

/// The wheel was turned by so many rows.
pub fn wheel(model: &mut Model, delta: i32) {
    let rows = list_rows(model);
    let pane = &mut model.context;
    pane.list.wheel(delta, pane.rows.len(), rows);
    pane.settle(delta > 0, rows);
}

/// The items on the screen that lead somewhere.
#[must_use]
pub fn in_sight(model: &Model) -> Vec<Hit> {
    let (pane, rows) = (&model.context, list_rows(model));
    let top = pane.list.top(pane.rows.len(), rows);
    let mut items: Vec<usize> = pane.rows.iter().skip(top).take(rows).map(|row| row.item).collect();
    items.dedup();
    items.retain(|item| pane.leads_somewhere(*item));
    items.into_iter().map(Hit::ContextRow).collect()
}

/// Rows of the list on the screen.
#[must_use]
pub fn list_rows(model: &Model) -> usize {
    let field = usize::from(model.context.typing || model.context.is_narrowed());
    Panes::of(model).text_rows().saturating_sub(field)
}

/// Makes the rows that the next frame shows, of what is known by then.
pub fn prepare(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.focus != Focus::Context {
        model.context.typing = false;
    }
    let cells = usize::from(Panes::of(model).context);
    let about = model.reader.open.as_ref().map(|open| About {
        page: open.ticket,
        source: Arc::clone(&open.source),
        revision: model.index.revision(),
        progress: model.progress,
    });
    mentions::follow(model, about.as_ref(), cells > 0, effects);
    if cells == 0 {
        return;
    }
    if model.context.known != about {
        model.context.known.clone_from(&about);
        // What the parts of another page were made of is of no use any more.
        model.context.pieces = Default::default();
        model.context.related = related::of(model);
        model.context.counts = [
            linked_from::count(model),
            Some(links_to::count(model)),
            None,
            (model.progress == Progress::Ready).then_some(model.context.related.len()),
            Some(outline::len(model)),
        ];
    }
    model.context.counts[2] = model.context.mentions.count();
    arrange(model, about, cells);
    follow_page(model);
    build(model, cells);
}

/// Makes those of the rows in sight of which so far only is known what stands there.
fn build(model: &mut Model, cells: usize) {
    let (pane, visible) = (&model.context, list_rows(model));
    let top = pane.list.top(pane.rows.len(), visible);
    for row in top..pane.rows.len().min(top + visible) {
        if let Some(show) = linked_from::show(model, &model.context.rows[row].show, cells) {
            model.context.rows[row].show = show;
            model.context.built += 1;
        }
    }
}

/// Makes the rows, if something they are made of is another; the cursor stays on its item.
fn arrange(model: &mut Model, about: Option<About>, cells: usize) {
    let pane = &model.context;
    let wanted = Made {
        about,
        part: pane.part,
        narrow: pane.narrow.text.clone(),
        cells,
        arrived: match pane.part {
            Part::LinkedFrom => reader::sentences_known(model),
            Part::Mentions => pane.mentions.found.len(),
            _ => 0,
        },
        looking: match pane.part {
            Part::Mentions => pane.mentions.progress,
            _ => unlinked::Progress::default(),
        },
    };
    if pane.made.as_ref() == Some(&wanted) {
        return;
    }
    let is_same_list = pane.made.as_ref().is_some_and(|made| {
        let ticket = |made: &Made| made.about.as_ref().map(|about| about.page);
        made.part == wanted.part && ticket(made) == ticket(&wanted)
    });
    let before = pane.rows.get(pane.list.at).map(|row| row.show.clone());
    let to_before = match &pane.leads {
        Leads::Listed(leads) => leads.get(pane.item()).cloned().unwrap_or_default(),
        Leads::Headings => To::Nowhere,
    };
    let words: Vec<String> = pane.narrow.text.split_whitespace().map(fold).collect();
    // A key of the field narrows what is there already.
    let whole = Some(Made { narrow: String::new(), ..wanted.clone() });
    let part = pane.part as usize;
    if pane.pieces[part].0 != whole {
        let made = |blocks: Vec<Block>| blocks.into_iter().map(Piece::Made).collect();
        let pieces: Vec<Piece> = match pane.part {
            Part::LinkedFrom => linked_from::pieces(model),
            Part::LinksTo => made(links_to::blocks(model)),
            Part::Mentions => made(mentions::blocks(model)),
            Part::Related => made(related::blocks(model)),
            Part::Outline => Vec::new(),
        };
        let is_made = |piece: &&Piece| matches!(piece, Piece::Made(_));
        model.context.built += pieces.iter().filter(is_made).count() as u64;
        model.context.pieces[part] = (whole, pieces);
    }
    let pane = &model.context;
    let (rows, leads) = if pane.part == Part::Outline {
        (outline::rows(model, &words), Leads::Headings)
    } else {
        let (rows, leads) = rows::of(&model.index, &pane.pieces[part].1, &words, cells);
        (rows, Leads::Listed(leads))
    };
    let visible = list_rows(model);
    let pane = &mut model.context;
    pane.rows = rows;
    pane.leads = leads;
    let wanted_part = wanted.part;
    pane.made = Some(wanted);
    let row = match &pane.leads {
        Leads::Headings => pane.rows.iter().position(|row| Some(&row.show) == before.as_ref()),
        Leads::Listed(leads) => leads
            .iter()
            .position(|to| *to != To::Nowhere && *to == to_before)
            .and_then(|item| pane.row_of(item)),
    };
    match row.filter(|_| is_same_list) {
        Some(row) => pane.list.follow(row, pane.rows.len(), visible),
        None if is_same_list => pane.list.put(pane.list.at, pane.rows.len(), visible),
        None => pane.list = ListCursor::default(),
    }
    pane.settle(true, visible);
    if !is_same_list && wanted_part == Part::Outline {
        outline::put_cursor(model);
    }
}

/// Has the cursor of the outline follow the page while that is being read.
fn follow_page(model: &mut Model) {
    if model.focus == Focus::Context || model.context.part != Part::Outline {
        return;
    }
    outline::put_cursor(model);
}

/// What a part lists, before it is cut into rows.
#[derive(Debug)]
enum Piece {
    /// With its sentences.
    Made(Block),
    /// As what it is alone.
    Source(Source),
}

/// A page that links here of which no sentence is known: what its rows show is made when they are in sight.
#[derive(Debug)]
struct Source {
    page: PageId,
    /// Its links to here.
    links: Vec<LinkRef>,
    /// The words of each link, once narrowing has looked at them.
    words: OnceCell<Vec<String>>,
}

/// A page and what is said with it, before it is cut into rows.
#[derive(Debug, Default)]
struct Block {
    /// The group it belongs to; empty where there are none.
    group: &'static str,
    title: Title,
    /// Where the title leads.
    to: To,
    /// The link of the open page that leads there, where it is one of its own.
    link: Option<LinkId>,
    texts: Vec<Text>,
    /// What narrowing looks at, once it has.
    folded: OnceCell<String>,
}

/// The row that names a page or another target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// A sign of one cell.
    pub sign: &'static str,
    /// Its twin for terminals that have only ASCII.
    pub plain_sign: &'static str,
    /// The sign's role.
    pub sign_role: Role,
    /// The name.
    pub name: String,
    /// The name's role.
    pub role: Role,
    /// What tells it from others of that name, or what is odd about it.
    pub detail: String,
    /// How often; empty for once.
    pub count: String,
}

/// A sentence below a title.
#[derive(Debug, Default)]
struct Text {
    words: String,
    /// The stretches that are meant, in bytes and in order.
    marked: Vec<(u32, u32)>,
    /// Where it leads; nowhere of its own if it belongs to its title.
    to: To,
    /// What narrowing looks at, once it has.
    folded: OnceCell<String>,
    /// Its rows, once it was shown.
    shown: OnceCell<Vec<Show>>,
}

impl Title {
    fn of(page: &Page) -> Self {
        let (sign, sign_role) = kind::look(page.kind.as_deref());
        Self {
            sign,
            plain_sign: if sign.is_ascii() { sign } else { "." },
            sign_role,
            name: page.label().to_owned(),
            role: Role::Link,
            detail: page.path.folder().to_owned(),
            count: String::new(),
        }
    }
}

/// The open page, if the wiki has it.
fn open_page(model: &Model) -> Option<&Page> {
    model.index.at(model.current_path()?)
}

/// The top of a page, and a place in it.
fn top_of(index: &Index, page: PageId) -> Option<Lead> {
    let path = index.page(page)?.path.clone();
    Some(Lead::Page(Address::Page(path), Goal::Top))
}

fn place_in(index: &Index, page: PageId, offset: u32) -> Option<Lead> {
    let path = index.page(page)?.path.clone();
    Some(Lead::Page(Address::Page(path), Goal::Source(offset)))
}

/// Where a heading of the open page leads.
pub(super) fn to_heading(model: &Model, nth: usize) -> Option<Lead> {
    peek::section(model.reader.open.as_ref()?, nth)
}

/// `×3`, or nothing for once.
fn times(count: usize) -> String {
    if count > 1 { format!("×{count}") } else { String::new() }
}
