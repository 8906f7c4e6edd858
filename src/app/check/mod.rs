//! The check: what is wrong or loose in the wiki, in parts, each with its count. Missing names unfold to the
//! near ones and to every place that wants them; every row opens where it is. What is found is looked for by a
//! worker ([`Found::look`]), and so are near names, for the rows in sight alone; here is what was found last.

mod rows;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::failed::Job;
use super::input::Input;
use super::list::ListCursor;
use super::model::{Model, Progress, Ticket};
use super::preview::{self, Place, Preview};
use super::reader::{self, Address, Goal, Lead};
use super::{Effect, Overlay, explain, overlay, panes, peek};
use crate::command::{self, Command, Key, KeyCode, Match};
use crate::index::check::Kind;
use crate::index::{Index, LinkRef, PageId};

pub use rows::{Found, Row};

/// The check's state. It is kept when the check is closed, so that one comes back to the same row.
#[derive(Debug, Default)]
pub struct Check {
    /// The part that is shown.
    pub part: Kind,
    /// What was found; `None` until it was looked for.
    pub found: Option<Arc<Found>>,
    /// The rows of the part, as far as what was typed leaves them.
    pub rows: Vec<Row>,
    /// Where one is in `rows`.
    pub list: ListCursor,
    /// What narrows the rows; empty for nothing.
    pub narrow: Input,
    /// Whether that is typed into.
    pub typing: bool,
    /// How many findings of the part are left by what was typed.
    pub left: usize,
    /// The pages with names near to a missing one, where they were looked up.
    pub near: HashMap<String, Vec<PageId>>,
    /// The place under the cursor.
    pub preview: Preview,
    /// The names that are unfolded.
    unfolded: HashSet<String>,
    /// For what was looked, or is being looked.
    about: Option<About>,
    /// The ticket of that request.
    ticket: Ticket,
    /// The names whose near ones are being looked up, and the ticket of that request.
    asked: (Ticket, Vec<String>),
}

/// What a report depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct About {
    revision: u64,
    filter: String,
    /// Whether the pages of the filter are those of an earlier one.
    waiting: bool,
}

impl Kind {
    /// What the part is called.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Missing => "Missing",
            Self::Ambiguous => "Ambiguous",
            Self::Fragments => "Fragments",
            Self::Orphans => "Orphans",
            Self::DeadEnds => "Dead ends",
            Self::Pages => "Odd pages",
            Self::Conflicts => "Conflicts",
            Self::Files => "Files",
        }
    }
}

impl Check {
    /// Whether what it shows is an answer for the wiki and the filter as they are.
    #[must_use]
    pub fn is_looking(&self) -> bool {
        self.ticket != Ticket::default()
    }

    /// Whether only some of the rows are there.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        !self.narrow.text.is_empty()
    }

    /// Whether a missing name is unfolded.
    #[must_use]
    pub fn is_unfolded(&self, name: usize) -> bool {
        let name = self.found.as_ref().and_then(|found| found.report.missing.get(name));
        name.is_some_and(|name| self.unfolded.contains(&name.target))
    }

    /// Makes the rows; the cursor stays on its item.
    fn arrange(&mut self, visible: usize) {
        let Some(found) = &self.found else { return };
        let before = self.rows.get(self.list.at).copied();
        (self.rows, self.left) = rows::of(self, found);
        let at = before.and_then(|row| self.rows.iter().position(|other| *other == row));
        match at {
            Some(at) => self.list.follow(at, self.rows.len(), visible),
            None => self.list.put(self.list.at, self.rows.len(), visible),
        }
    }

    fn turn_to(&mut self, part: Kind, visible: usize) {
        if self.part != part {
            self.part = part;
            self.narrow.clear();
            self.rows.clear();
            self.list = ListCursor::default();
            self.arrange(visible);
        }
        self.typing = false;
    }

    /// The row that stands around the one under the cursor: a name around its places.
    fn around(&self) -> Option<usize> {
        let is_inside = |row: &Row| matches!(row, Row::Near(..) | Row::Asker(..) | Row::Link(_));
        self.rows.get(self.list.at).filter(|row| is_inside(row))?;
        (0..self.list.at).rev().find(|&at| !is_inside(&self.rows[at]))
    }
}

/// Opens the check where it was left.
pub fn open(model: &mut Model, effects: &mut Vec<Effect>) {
    let mut check = std::mem::take(&mut model.check);
    if model.failed.contains(&Job::Check) {
        check.about = None;
    }
    model.overlays.push(Overlay::Check(check));
    follow(model, effects);
}

/// What was looked for was found.
pub fn found(model: &mut Model, ticket: Ticket, found: Arc<Found>, effects: &mut Vec<Effect>) {
    let visible = visible_rows(model);
    let Some(check) = open_check(model).filter(|check| check.ticket == ticket) else { return };
    check.ticket = Ticket::default();
    // Rows name what they stand for by number: those of another report are other ones.
    let name = |check: &Check| match check.rows.get(check.list.at) {
        Some(Row::Name(nth) | Row::Near(nth, _) | Row::Asker(nth, _)) => {
            Some(check.found.as_ref()?.report.missing.get(*nth)?.target.clone())
        }
        _ => None,
    };
    let before = name(check);
    check.found = Some(found);
    check.near.clear();
    if matches!(check.part, Kind::Missing | Kind::Files) {
        let missing = &check.found.as_ref().map_or(&[][..], |found| &found.report.missing);
        let nth = before.and_then(|name| missing.iter().position(|other| other.target == name));
        let at = check.list.at;
        if let (Some(row), Some(nth)) = (check.rows.get_mut(at), nth) {
            *row = Row::Name(nth);
        }
    }
    check.arrange(visible);
    follow(model, effects);
}

/// Near names were looked up.
pub fn near(model: &mut Model, ticket: Ticket, found: Vec<(String, Vec<PageId>)>) {
    let visible = visible_rows(model);
    let Some(check) = open_check(model).filter(|check| check.asked.0 == ticket) else { return };
    check.asked = Default::default();
    check.near.extend(found);
    if !check.unfolded.is_empty() {
        check.arrange(visible);
    }
}

/// Has what is shown follow the wiki and the filter, and asks for the near names of what is in sight; called
/// before each frame.
pub fn prepare(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.progress != Progress::Ready || open_check(model).is_none() {
        return;
    }
    let visible = visible_rows(model);
    let wanted = About {
        revision: model.index.revision(),
        filter: model.filter.text.clone(),
        waiting: model.filter.is_waiting(),
    };
    let ticket = Ticket(model.last_ticket.0 + 1);
    let within = &model.filter.pages;
    let Some(check) = model.overlays.iter_mut().find_map(as_check) else { return };
    if check.about.as_ref() != Some(&wanted) {
        check.about = Some(wanted);
        check.ticket = ticket;
        effects.push(Effect::Check { ticket, within: within.clone() });
        model.last_ticket = ticket;
        return;
    }
    let Some(found) = &check.found else { return };
    if check.part != Kind::Missing || check.is_looking() {
        return;
    }
    let top = check.list.top(check.rows.len(), visible);
    let names = check.rows.iter().skip(top).take(visible).filter_map(|row| match row {
        Row::Name(nth) | Row::Near(nth, _) | Row::Asker(nth, _) => Some(*nth),
        _ => None,
    });
    let mut names: Vec<usize> = names.collect();
    names.dedup();
    let names = names.into_iter().filter_map(|nth| Some(&found.report.missing.get(nth)?.target));
    let names: Vec<String> =
        names.filter(|name| !check.near.contains_key(*name)).cloned().collect();
    if !names.is_empty() && check.asked.1 != names {
        effects.push(Effect::FindNear { ticket, names: names.clone() });
        check.asked = (ticket, names);
        model.last_ticket = ticket;
    }
}

/// Takes a key; `false` if the check has no use for it.
pub(super) fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    let visible = visible_rows(model);
    let Some(Overlay::Check(check)) = model.overlays.last_mut() else { return false };
    if check.typing {
        if key.code == KeyCode::Enter {
            check.typing = false;
        } else if check.list.key(key, check.rows.len(), visible) {
            follow(model, effects);
        } else if check.narrow.key(key) {
            typed(model, effects);
        } else {
            return false;
        }
        return true;
    }
    if let (KeyCode::Char(c @ '1'..='8'), false, false) = (key.code, key.ctrl, key.alt) {
        let nth = c as usize - '1' as usize;
        check.turn_to(Kind::ALL[nth], visible);
        follow(model, effects);
        return true;
    }
    if key.code == KeyCode::Char(' ') {
        toggle(model, effects);
        return true;
    }
    model.pending.push(key);
    // It is walked by the keys of the context pane, however they are configured.
    let found = model.keymap.lookup(command::Place::Context, &model.pending);
    if !matches!(found, Match::Prefix(_)) {
        model.pending.clear();
    }
    match found {
        Match::Prefix(_) => true,
        Match::None => false,
        Match::Command(command) => run(model, command, effects),
    }
}

/// Runs a command in the check; whether it has a meaning there.
fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) -> bool {
    let visible = visible_rows(model);
    let Some(Overlay::Check(check)) = model.overlays.last_mut() else { return false };
    let step = |by: usize| {
        let at = Kind::ALL.iter().position(|part| *part == check.part).unwrap_or(0);
        Kind::ALL[(at + by) % Kind::ALL.len()]
    };
    match command {
        Command::NextPart => check.turn_to(step(1), visible),
        Command::PreviousPart => check.turn_to(step(Kind::ALL.len() - 1), visible),
        Command::FilterContext => check.typing = true,
        Command::OpenRow => {
            choose(model, effects);
            return true;
        }
        Command::LeaveContext => match check.around() {
            Some(row) => check.list.put(row, check.rows.len(), visible),
            None if check.rows.get(check.list.at).is_some_and(|row| match row {
                Row::Name(nth) => check.is_unfolded(*nth),
                _ => false,
            }) =>
            {
                toggle(model, effects);
                return true;
            }
            None => {}
        },
        Command::Explain => {
            explain::run(model, effects);
            return true;
        }
        Command::Peek => {
            let at = check.list.at;
            peek::at(model, super::Hit::OverlayRow(at), effects);
            return true;
        }
        Command::Help => {
            overlay::run(model, command, effects);
            return true;
        }
        Command::Check | Command::Quit => {
            overlay::close(model);
            return true;
        }
        _ if check.list.run(command, check.rows.len(), visible) => {}
        _ => return false,
    }
    follow(model, effects);
    true
}

/// The field holds another text: the rows that hold its words are left.
pub(super) fn typed(model: &mut Model, effects: &mut Vec<Effect>) {
    let visible = visible_rows(model);
    let Some(Overlay::Check(check)) = model.overlays.last_mut() else { return };
    check.rows.clear();
    check.list = ListCursor::default();
    check.arrange(visible);
    follow(model, effects);
}

/// Ends the typing and shows all rows again; whether some were left out or a field was open.
pub(super) fn widen(model: &mut Model, effects: &mut Vec<Effect>) -> bool {
    let visible = visible_rows(model);
    let Some(Overlay::Check(check)) = model.overlays.last_mut() else { return false };
    if !check.typing && !check.is_narrowed() {
        return false;
    }
    check.typing = false;
    check.narrow.clear();
    check.arrange(visible);
    follow(model, effects);
    true
}

/// A row was pressed: what Enter does to it.
pub(super) fn press(model: &mut Model, row: usize, effects: &mut Vec<Effect>) {
    let visible = visible_rows(model);
    let Some(Overlay::Check(check)) = model.overlays.last_mut() else { return };
    if row < check.rows.len() {
        check.list.put(row, check.rows.len(), visible);
        choose(model, effects);
    }
}

/// A part was pressed.
pub(super) fn turn_to(model: &mut Model, part: Kind, effects: &mut Vec<Effect>) {
    let visible = visible_rows(model);
    let Some(Overlay::Check(check)) = model.overlays.last_mut() else { return };
    check.turn_to(part, visible);
    follow(model, effects);
}

/// The wheel was turned by so many rows.
pub(super) fn wheel(model: &mut Model, rows: i32, effects: &mut Vec<Effect>) {
    let visible = visible_rows(model);
    let Some(Overlay::Check(check)) = model.overlays.last_mut() else { return };
    check.list.wheel(rows, check.rows.len(), visible);
    follow(model, effects);
}

/// Where a row of the topmost check leads; nowhere for names, which unfold.
pub(super) fn lead(model: &Model, row: usize) -> Option<Lead> {
    let Some(Overlay::Check(check)) = model.overlays.last() else { return None };
    let place = place(&model.index, check, *check.rows.get(row)?)?;
    let goal = place.at.map_or(Goal::Top, Goal::Source);
    Some(Lead::Page(Address::Page(place.path), goal))
}

/// The link behind a row of the topmost check; of a name the first that asks for it.
pub(super) fn link(model: &Model, row: usize) -> Option<LinkRef> {
    let Some(Overlay::Check(check)) = model.overlays.last() else { return None };
    match *check.rows.get(row)? {
        Row::Name(nth) => check.found.as_ref()?.report.missing.get(nth)?.askers.first().copied(),
        Row::Asker(_, link) | Row::Link(link) => Some(link),
        Row::Near(..) | Row::Page(_) | Row::Alone(_) | Row::Odd(..) => None,
    }
}

/// Unfolds the name under the cursor, or folds it.
fn toggle(model: &mut Model, effects: &mut Vec<Effect>) {
    let visible = visible_rows(model);
    let Some(Overlay::Check(check)) = model.overlays.last_mut() else { return };
    let Some(Row::Name(nth)) = check.rows.get(check.list.at).copied() else { return };
    let name = check.found.as_ref().and_then(|found| found.report.missing.get(nth));
    let Some(name) = name.map(|wanted| wanted.target.clone()) else { return };
    if !check.unfolded.remove(&name) {
        check.unfolded.insert(name);
    }
    check.arrange(visible);
    follow(model, effects);
}

/// Goes to the place of the row under the cursor; a name unfolds.
fn choose(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Check(check)) = model.overlays.last() else { return };
    match check.rows.get(check.list.at) {
        None => {}
        Some(Row::Name(_)) => toggle(model, effects),
        Some(_) => {
            let at = check.list.at;
            let Some(Lead::Page(address, goal)) = lead(model, at) else { return };
            overlay::close(model);
            reader::open(model, address, goal, effects);
            panes::run(model, Command::FocusPage);
        }
    }
}

/// Has the preview show the place under the cursor; of a name the first place that wants it.
fn follow(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Check(check)) = model.overlays.last() else { return };
    let row = check.rows.get(check.list.at).copied();
    let place = row.and_then(|row| match row {
        Row::Name(nth) => {
            let wanted = check.found.as_ref()?.report.missing.get(nth)?;
            place(&model.index, check, Row::Asker(nth, *wanted.askers.first()?))
        }
        _ => place(&model.index, check, row),
    });
    preview::want(model, place, effects);
}

/// Where a row is.
fn place(index: &Index, check: &Check, row: Row) -> Option<Place> {
    let (page, at) = match row {
        Row::Name(_) => return None,
        Row::Asker(_, link) | Row::Link(link) => {
            (link.source, index.link(link).map(|link| link.span.start))
        }
        Row::Near(_, page) | Row::Page(page) | Row::Alone(page) => (page, None),
        Row::Odd(kind, nth) => (check.found.as_ref()?.report.odd_of(kind).get(nth)?.page, None),
    };
    Some(Place { path: index.page(page)?.path.clone(), at })
}

fn as_check(overlay: &mut Overlay) -> Option<&mut Check> {
    match overlay {
        Overlay::Check(check) => Some(check),
        _ => None,
    }
}

/// The check, also where a peek or help lies over it.
fn open_check(model: &mut Model) -> Option<&mut Check> {
    model.overlays.iter_mut().find_map(as_check)
}

/// Rows of the list: what the parts and the line under them leave.
fn visible_rows(model: &Model) -> usize {
    let check = model.overlays.iter().find(|overlay| matches!(overlay, Overlay::Check(_)));
    check.map_or(0, |check| check.frame(model.size).list_rows())
}
