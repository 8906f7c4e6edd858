//! How two pages are connected: the shortest chains of links between them, as sentences, each step opened by a
//! key at its line. The finder chooses the second page; the chains are found by a worker.

use std::ops::Range;

use super::finder;
use super::list::ListCursor;
use super::model::{Progress, Size, Ticket};
use super::overlay::Frame;
use super::reader::{self, Address, Goal, Lead};
use super::update::sequence_over;
use super::{Effect, Hit, Model, Overlay, panes, peek};
use crate::command::{Command, Key, KeyCode, Place};
use crate::search::connected::{Connected, Step};
use crate::text::lines::lines;
use crate::vault::PagePath;

/// The state of the list of chains.
#[derive(Debug)]
pub struct Connect {
    /// The page that one asked from.
    pub from: PagePath,
    /// The page that was chosen.
    pub to: PagePath,
    /// How they are connected, once that is known.
    pub answer: Option<Connected>,
    /// The lines that tell it.
    pub rows: Vec<Row>,
    /// The step that is selected, counted over all chains.
    pub step: usize,
    /// Where one is in `rows`.
    pub list: ListCursor,
    ticket: Ticket,
    /// The width for which `rows` were made.
    cells: usize,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// Air between chains.
    Gap,
    /// The beginning of a chain.
    Chain(usize),
    /// The two pages of a step.
    Step(usize),
    /// A line of a step's sentence: which part of its text.
    Quote(usize, Range<usize>),
}
/// The keys of steps, in order; letters that move through lists, peek or leave are left out.
const KEYS: &str = "123456789abefhilmnorstvwxyz";
/// Cells before a sentence.
pub const INDENT: usize = 6;
/// Columns of the box.
pub(super) const COLUMNS: u16 = 100;
/// Lines of the box at least: those of what is said while chains are looked for, or where there are none.
const LEAST_LINES: usize = 4;
/// And at most.
const MOST_LINES: usize = 34;

/// Asks for the page with which the open one may be connected.
pub fn run(model: &mut Model, effects: &mut Vec<Effect>) {
    if !model.overlays.is_empty() {
        return;
    }
    if model.progress != Progress::Ready {
        return model.say("Still reading the wiki: how pages are connected is not known yet");
    }
    match model.current_path().filter(|path| model.index.at(path).is_some()).cloned() {
        Some(from) => finder::open_to_connect(model, from, effects),
        None if model.current_path().is_none() => model.say("No page is open yet"),
        None => model.say("This page is not in the wiki: it is connected with nothing"),
    }
}

/// Asks how two pages are connected, and shows the answer when it comes.
pub(super) fn ask(model: &mut Model, from: PagePath, to: PagePath, effects: &mut Vec<Effect>) {
    let ticket = model.ticket();
    effects.push(Effect::Connect { ticket, from: from.clone(), to: to.clone() });
    model.overlays.push(Overlay::Connect(Connect {
        from,
        to,
        answer: None,
        rows: Vec::new(),
        step: 0,
        list: ListCursor::default(),
        ticket,
        cells: 0,
    }));
}

/// The answer.
pub fn answered(model: &mut Model, ticket: Ticket, answer: Connected) {
    for overlay in &mut model.overlays {
        if let Overlay::Connect(connect) = overlay
            && connect.ticket == ticket
        {
            connect.answer = Some(answer);
            connect.cells = 0;
            return;
        }
    }
}

impl Connect {
    /// The steps of all chains, in the order in which they are told.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        let chains = match &self.answer {
            Some(Connected::Chains(chains)) => &chains[..],
            _ => &[],
        };
        chains.iter().flatten()
    }

    /// The chains; none while they are not known, and where there are none.
    #[must_use]
    pub fn chains(&self) -> &[Vec<Step>] {
        match &self.answer {
            Some(Connected::Chains(chains)) => chains,
            _ => &[],
        }
    }

    /// How many lines there are to show on that screen: the box is no taller than they are.
    pub(super) fn lines(&self, screen: Size) -> u16 {
        let cells = usize::from(Frame::centred(screen, COLUMNS, 0).inner_columns()).max(1);
        let lines = if self.cells == cells { self.rows.len() } else { self.arranged(cells).len() };
        u16::try_from(lines.clamp(LEAST_LINES, MOST_LINES)).unwrap_or(u16::MAX)
    }

    /// Cuts the answer into lines.
    fn arranged(&self, cells: usize) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut nth = 0;
        for (chain, steps) in self.chains().iter().enumerate() {
            rows.extend((chain > 0).then_some(Row::Gap));
            rows.push(Row::Chain(chain));
            for step in steps {
                rows.push(Row::Step(nth));
                let lines = lines(&step.sentence.text, cells.saturating_sub(INDENT));
                rows.extend(lines.into_iter().map(|line| Row::Quote(nth, line)));
                nth += 1;
            }
        }
        rows
    }

    /// Selects a step and brings all of it into view.
    fn select(&mut self, step: usize, visible: usize) {
        self.step = step.min(self.steps().count().saturating_sub(1));
        let is_own =
            |row: &Row| matches!(row, Row::Step(nth) | Row::Quote(nth, _) if *nth == self.step);
        let last = self.rows.iter().rposition(is_own).unwrap_or(0);
        let first = self.rows.iter().position(is_own).unwrap_or(0);
        let len = self.rows.len();
        self.list.put(last, len, visible);
        self.list.put(first, len, visible);
    }
}

/// The key that opens the step of that number.
#[must_use]
pub fn key_of(step: usize) -> Option<char> {
    KEYS.chars().nth(step)
}

/// Takes a key: those of steps open them, those of lists move.
pub(super) fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    let visible = visible(model);
    let Some(Overlay::Connect(connect)) = model.overlays.last_mut() else { return false };
    if let (KeyCode::Char(letter), false, false) = (key.code, key.ctrl, key.alt)
        && model.pending.is_empty()
        && let Some(step) = KEYS.find(letter)
        && step < connect.steps().count()
    {
        press_step(model, step, effects);
        return true;
    }
    let here = connect.step;
    if key.code == KeyCode::Enter {
        press_step(model, here, effects);
        return true;
    }
    if key.code == KeyCode::Tab {
        let count = connect.steps().count().max(1);
        let by = if key.shift { count - 1 } else { 1 };
        connect.select((here + by) % count, visible);
        return true;
    }
    let Some(command) = sequence_over(model, Place::List, key) else {
        return !model.pending.is_empty();
    };
    let Some(Overlay::Connect(connect)) = model.overlays.last_mut() else { return false };
    let last = connect.steps().count().saturating_sub(1);
    match command {
        Command::Down => connect.select(here + 1, visible),
        Command::Up => connect.select(here.saturating_sub(1), visible),
        Command::First => connect.select(0, visible),
        Command::Last => connect.select(last, visible),
        Command::ListPageDown | Command::ListHalfPageDown => connect.select(here + 2, visible),
        Command::ListPageUp | Command::ListHalfPageUp => {
            connect.select(here.saturating_sub(2), visible);
        }
        Command::Peek => {
            let row = connect.rows.iter().position(|row| *row == Row::Step(here));
            if let Some(row) = row {
                peek::at(model, Hit::OverlayRow(row), effects);
            }
        }
        Command::Connect | Command::Back => {
            model.overlays.pop();
        }
        Command::Quit if !key.ctrl => {
            model.overlays.pop();
        }
        _ => return false,
    }
    true
}

/// A line was pressed: opens its step.
pub(super) fn press(model: &mut Model, row: usize, effects: &mut Vec<Effect>) {
    let Some(Overlay::Connect(connect)) = model.overlays.last() else { return };
    if let Some(Row::Step(nth) | Row::Quote(nth, _)) = connect.rows.get(row) {
        press_step(model, *nth, effects);
    }
}

/// Where a line of the topmost list of chains leads: to the line of its step that links.
pub(super) fn lead(model: &Model, row: usize) -> Option<Lead> {
    let Some(Overlay::Connect(connect)) = model.overlays.last() else { return None };
    let (Row::Step(nth) | Row::Quote(nth, _)) = connect.rows.get(row)? else { return None };
    let step = connect.steps().nth(*nth)?;
    Some(Lead::Page(Address::Page(step.source.clone()), Goal::Source(step.offset)))
}

/// Opens the page of a step at the line that links; what lies over the panes gives way.
fn press_step(model: &mut Model, nth: usize, effects: &mut Vec<Effect>) {
    let Some(Overlay::Connect(connect)) = model.overlays.last() else { return };
    let Some(step) = connect.steps().nth(nth) else { return };
    let (path, goal) = (step.source.clone(), Goal::Source(step.offset));
    model.overlays.clear();
    reader::open(model, Address::Page(path), goal, effects);
    panes::run(model, Command::FocusPage);
}

/// The wheel was turned.
pub(super) fn wheel(model: &mut Model, rows: i32) {
    let visible = visible(model);
    let Some(Overlay::Connect(connect)) = model.overlays.last_mut() else { return };
    connect.list.wheel(rows, connect.rows.len(), visible);
}

/// Makes the lines for the width at hand; called before each frame.
pub(super) fn prepare(model: &mut Model) {
    let screen = model.size;
    let Some(top @ Overlay::Connect(_)) = model.overlays.last_mut() else { return };
    let frame = top.frame(screen);
    let (cells, visible) = (usize::from(frame.inner_columns()), usize::from(frame.inner_rows()));
    let Overlay::Connect(connect) = top else { return };
    if connect.answer.is_some() && connect.cells != cells.max(1) {
        connect.cells = cells.max(1);
        connect.rows = connect.arranged(connect.cells);
        connect.select(connect.step, visible);
    }
}

fn visible(model: &Model) -> usize {
    model.overlays.last().map_or(0, |top| top.frame(model.size).inner_rows().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_steps_do_not_move_or_leave() {
        assert!(!KEYS.contains(['j', 'k', 'd', 'u', 'g', 'q', 'c', 'p']));
        assert_eq!((key_of(0), key_of(9), key_of(99)), (Some('1'), Some('a'), None));
    }
}
