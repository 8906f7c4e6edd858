//! Marks: a letter for a place. One key opens the list of marks to set one, another to go to one; the letter that
//! is pressed next does it. Where marks are kept is known to `memory`.

use super::list::ListCursor;
use super::memory::Mark;
use super::model::{Model, Progress};
use super::reader::left::Left;
use super::reader::{self, Address, Goal};
use super::{Effect, Overlay, panes};
use crate::command::{Command, Key, KeyCode, Place};
use crate::vault::PagePath;

/// Cells of a line that are kept with its mark.
const MOST_LETTERS: usize = 120;

/// The list of marks, while a letter is awaited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    /// What the letter does.
    pub purpose: Purpose,
    /// Where one is in the list.
    pub list: ListCursor,
    /// Rows of the list when it was opened.
    pub rows: u16,
}

/// What a letter does to its mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Sets it.
    Set,
    /// Goes there.
    Go,
}

/// Opens the list for the command.
pub fn open(model: &mut Model, command: Command) {
    let purpose = if command == Command::SetMark {
        if let Err(why) = here(model) {
            return model.say(why);
        }
        Purpose::Set
    } else {
        Purpose::Go
    };
    let rows = u16::try_from(model.memory.marks.len()).unwrap_or(u16::MAX).max(1);
    model.overlays.push(Overlay::Marks(Marks { purpose, list: ListCursor::default(), rows }));
}

/// Takes a key; `false` if the list has no use for it.
pub(super) fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    let len = model.memory.marks.len();
    let visible = visible_rows(model);
    let Some(Overlay::Marks(marks)) = model.overlays.last_mut() else { return false };
    let purpose = marks.purpose;
    match key.code {
        KeyCode::Char(letter) if letter.is_ascii_alphabetic() && !key.ctrl && !key.alt => {
            model.overlays.pop();
            match purpose {
                Purpose::Set => set(model, letter, effects),
                Purpose::Go => go(model, letter, effects),
            }
        }
        KeyCode::Char('\'' | '`') if purpose == Purpose::Go => {
            model.overlays.pop();
            back_from_jump(model, effects);
        }
        KeyCode::Enter => {
            let letter = letter_at(model);
            match (purpose, letter) {
                (Purpose::Go, Some(letter)) => {
                    model.overlays.pop();
                    go(model, letter, effects);
                }
                (Purpose::Go, None) => model.say("There are no marks yet"),
                (Purpose::Set, _) => model.say(WANTED),
            }
        }
        KeyCode::Delete | KeyCode::Backspace => delete(model, effects),
        _ if marks.list.key(key, len, visible) => {}
        KeyCode::Char(_) if !key.ctrl && !key.alt => model.say(WANTED),
        _ => return false,
    }
    true
}

/// A row was pressed: goes to its mark, or has it mark this place.
pub(super) fn press(model: &mut Model, row: usize, effects: &mut Vec<Effect>) {
    let Some(Overlay::Marks(marks)) = model.overlays.last() else { return };
    let purpose = marks.purpose;
    let Some(letter) = model.memory.marks.keys().nth(row).copied() else { return };
    model.overlays.pop();
    match purpose {
        Purpose::Set => set(model, letter, effects),
        Purpose::Go => go(model, letter, effects),
    }
}

/// The wheel was turned by so many rows.
pub(super) fn wheel(model: &mut Model, rows: i32) {
    let len = model.memory.marks.len();
    let visible = visible_rows(model);
    if let Some(Overlay::Marks(marks)) = model.overlays.last_mut() {
        marks.list.wheel(rows, len, visible);
    }
}

/// Whether the page of a mark is not there any more, as far as the wiki is known.
#[must_use]
pub fn is_gone(model: &Model, page: &str) -> bool {
    let known = model.progress == Progress::Ready;
    known && PagePath::new(page).is_none_or(|path| model.index.at(&path).is_none())
}

/// What is said where another key than a letter was pressed.
const WANTED: &str = "A mark is a letter: a to z, or A to Z";

/// The page and its path, if it can be marked; else why not.
fn here(model: &Model) -> Result<(&reader::OpenPage, &PagePath), &'static str> {
    let open = model.reader.open.as_ref().ok_or("No page is open yet")?;
    match &open.address {
        Address::Page(path) => Ok((open, path)),
        Address::Missing { .. } => Err("This page is not written yet: it cannot be marked"),
    }
}

fn set(model: &mut Model, letter: char, effects: &mut Vec<Effect>) {
    let mark = match here(model) {
        Ok((open, path)) => Mark {
            page: path.to_string(),
            title: open.title.clone(),
            line: first_line(open, reader::rows(model)),
            left: Left::of(open),
        },
        Err(why) => return model.say(why),
    };
    let before = model.memory.marks.insert(letter, mark.clone());
    model.say(match before.filter(|before| *before != mark) {
        Some(Mark { title, line, .. }) if !line.is_empty() && line != title => {
            format!("Mark {letter} is here now; it was on {title}: {line}")
        }
        Some(Mark { title, .. }) => format!("Mark {letter} is here now; it was on {title}"),
        None => {
            let key = model.keymap.shown(Place::Everywhere, Command::GoToMark);
            format!("Mark {letter} is here: {key} {letter} comes back")
        }
    });
    effects.push(Effect::Remember);
}

fn go(model: &mut Model, letter: char, effects: &mut Vec<Effect>) {
    let Some(mark) = model.memory.marks.get(&letter) else {
        let key = model.keymap.shown(Place::Everywhere, Command::SetMark);
        return model.say(format!("There is no mark {letter}: {key} {letter} sets it"));
    };
    let title = &mark.title;
    if let Some(path) = PagePath::new(&mark.page).filter(|_| !is_gone(model, &mark.page)) {
        let left = mark.left.clone();
        jump(model, Address::Page(path), left, effects);
    } else {
        let key = model.keymap.shown(Place::Everywhere, Command::GoToMark);
        let said = format!("Mark {letter}: {title} is gone; {key} lists it, Del forgets it");
        model.warn(said);
    }
}

/// Where one was before the last jump, and from there back again.
fn back_from_jump(model: &mut Model, effects: &mut Vec<Effect>) {
    match model.history.back.last().cloned() {
        Some(visit) => jump(model, visit.address, visit.left, effects),
        None => model.say("There was no jump yet"),
    }
}

fn jump(model: &mut Model, address: Address, left: Left, effects: &mut Vec<Effect>) {
    reader::open(model, address, Goal::Left(Box::new(left)), effects);
    panes::run(model, Command::FocusPage);
}

/// Forgets the mark under the cursor.
fn delete(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(letter) = letter_at(model) else { return model.say("There are no marks yet") };
    let visible = visible_rows(model);
    if let Some(mark) = model.memory.marks.remove(&letter) {
        model.say(format!("Mark {letter} is deleted; it was on {}", mark.title));
        effects.push(Effect::Remember);
    }
    let len = model.memory.marks.len();
    if let Some(Overlay::Marks(marks)) = model.overlays.last_mut() {
        marks.list.put(marks.list.at, len, visible);
    }
}

/// The letter of the row under the cursor.
fn letter_at(model: &Model) -> Option<char> {
    let Some(Overlay::Marks(marks)) = model.overlays.last() else { return None };
    model.memory.marks.keys().nth(marks.list.at).copied()
}

/// What the first line of text on the screen says.
fn first_line(open: &reader::OpenPage, rows: usize) -> String {
    let lines = open.layout.lines(open.anchor, rows);
    let texts = lines.iter().map(|line| {
        let texts = line.segments.iter().filter(|segment| segment.at.is_some());
        texts.map(|segment| segment.text.as_str()).collect::<String>()
    });
    let first = texts.map(|text| text.trim().to_owned()).find(|text| !text.is_empty());
    first.unwrap_or_default().chars().take(MOST_LETTERS).collect()
}

fn visible_rows(model: &Model) -> usize {
    let rows = model.overlays.last().map_or(0, |top| top.frame(model.size).inner_rows());
    usize::from(rows).saturating_sub(1).max(1)
}
