//! The context pane: what is around the page, in five parts. What a part says comes from the index, the open
//! page and sentences that were read already; only mentions are looked for, and only while they are looked at.
//!
//! | file | subject |
//! |---|---|
//! | `part` | the parts, and the commands that show them |
//! | `linked_from` | who links here, by page |
//! | `links_to` | where the page's links lead, each target once |
//! | `mentions` | names that stand unlinked, and the search for them |
//! | `related` | pages that have much in common with this one |
//! | `pieces` | what a part lists, before it is cut into rows |
//! | `leads` | where items lead |
//! | `rows` | items as rows of the pane's width |
//! | `arrange` | the rows that the next frame shows |
//!
//! The fifth part, the outline, has its own room beside this one.

mod arrange;
mod leads;
mod linked_from;
mod links_to;
mod mentions;
mod part;
mod pieces;
mod related;
mod rows;

use self::arrange::{About, Made};
use self::leads::{Leads, To};
use self::pieces::Piece;
use super::failed::Job;
use super::input::Input;
use super::list::ListCursor;
use super::model::{Focus, Model, Progress};
use super::narrow::{self, Took};
use super::reader::{self, Lead};
use super::{Effect, Hit, Panes, outline};
use crate::command::{Command, Key};
use crate::index::Page;
use crate::index::related::Related;
use crate::layout::Anchor;
use crate::search::unlinked;

pub use arrange::prepare;
pub use leads::{lead, link};
pub use mentions::told;
pub use part::Part;
pub use pieces::Title;
pub use rows::{Row, Sentence, Show};

/// The pane's state.
#[derive(Debug)]
pub struct ContextPane {
    /// Whether it is shown where there is room.
    pub shown: bool,
    /// Its width in cells as the user chose it; 0 for what the screen can spare.
    pub width: u16,
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

impl Default for ContextPane {
    fn default() -> Self {
        Self {
            shown: true,
            width: 0,
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
    if part == Part::Mentions && model.failed.contains(&Job::Mentions) {
        model.context.mentions.ask_again();
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
            outline::press(model, *nth, effects);
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

/// A pane of so many rows names its parts while it has the keys, a row each; a lower one has a row of signs for them, as
/// every one has beside the page: rows that stand there are written anew for each row that the page is scrolled.
const NAMED_FROM: u16 = 28;

/// Rows in which the parts are named; none where there are signs for them.
#[must_use]
pub fn named_rows(model: &Model) -> usize {
    let named = model.focus == Focus::Context && Panes::of(model).rows >= NAMED_FROM;
    if named { Part::ALL.len() } else { 0 }
}

/// Rows of the list on the screen.
#[must_use]
pub fn list_rows(model: &Model) -> usize {
    let field = usize::from(model.context.typing || model.context.is_narrowed());
    Panes::of(model).text_rows().saturating_sub(field + named_rows(model))
}

/// The open page, if the wiki has it.
fn open_page(model: &Model) -> Option<&Page> {
    model.index.at(model.current_path()?)
}
