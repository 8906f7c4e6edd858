//! Help: the keys that work here, from the live keymap, the groups of the present place first.
//! Typing narrows.

use super::input::Input;
use super::model::Model;
use super::update::place;
use super::{Overlay, list::ListCursor};
use crate::command::key::show;
use crate::command::table::TABLE;
use crate::command::{Entry, Group, Key, KeyCode, Keymap, Place};
use crate::text::fold::fold;

/// Help's state.
#[derive(Debug)]
pub struct Help {
    /// What narrows the list.
    pub input: Input,
    /// The rows that are shown.
    pub rows: Vec<Row>,
    /// The first of them on the screen.
    pub top: usize,
    /// All rows, of which `rows` is a part.
    all: Vec<Row>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// Air between groups.
    Gap,
    /// The title of a group.
    Group {
        /// Which group.
        group: Group,
        /// Whether some of its keys work in the pane that has the focus and in no other.
        here: bool,
    },
    /// A command with its keys.
    Command {
        /// Its row of the table.
        entry: &'static Entry,
        /// Its keys as they are pressed, joined by commas; empty for none.
        keys: String,
    },
}

/// Opens help for the pane that has the focus.
pub fn open(model: &mut Model) {
    let place = match model.overlays.last() {
        Some(Overlay::Neighbourhood(_)) => Place::Neighbourhood,
        _ => place(model),
    };
    let all = rows(&model.keymap, place);
    let help = Help { input: Input::default(), rows: all.clone(), top: 0, all };
    model.overlays.push(Overlay::Help(help));
}

/// Takes a key; `false` if help has no use for it.
pub(super) fn key(model: &mut Model, key: Key) -> bool {
    let screen = model.size;
    let Some(top) = model.overlays.last_mut() else { return false };
    let visible = top.frame(screen).list_rows();
    let Overlay::Help(help) = top else { return false };
    // The key that opened help closes it again, as long as nothing is typed.
    if help.input.text.is_empty() && matches!(key.code, KeyCode::Char('?') | KeyCode::Enter) {
        model.overlays.pop();
        return true;
    }
    let mut list = ListCursor::new(help.top);
    if list.key(key, help.rows.len(), visible) {
        help.top = list.at.min(help.rows.len().saturating_sub(visible));
    } else if help.input.key(key) {
        help.typed();
    } else {
        return false;
    }
    true
}

impl Help {
    /// Narrows the rows to what is typed: every word has to occur in a command's help, name or keys,
    /// or in the title of its group.
    pub(super) fn typed(&mut self) {
        let words = fold(&self.input.text);
        let mut group = None;
        self.top = 0;
        self.rows.clear();
        for row in &self.all {
            let Row::Command { entry, keys } = row else {
                group = Some(row).filter(|row| **row != Row::Gap);
                continue;
            };
            let text = [entry.help, entry.name, entry.group.title(), keys].map(fold).join("\n");
            if words.split_whitespace().all(|word| text.contains(word)) {
                if let Some(group) = group.take() {
                    self.rows.extend((!self.rows.is_empty()).then_some(Row::Gap));
                    self.rows.push(group.clone());
                }
                self.rows.push(row.clone());
            }
        }
    }

    /// How many commands are shown, and how many there are.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let commands =
            |rows: &[Row]| rows.iter().filter(|row| matches!(row, Row::Command { .. })).count();
        (commands(&self.rows), commands(&self.all))
    }

    /// Moves the viewport.
    pub(super) fn scroll(&mut self, delta: isize, visible: usize) {
        let last = self.rows.len().saturating_sub(visible);
        self.top = self.top.saturating_add_signed(delta).min(last);
    }
}

/// All commands under their groups: first the groups that hold keys of this very pane, then the
/// others, both in the order of the table.
fn rows(keymap: &Keymap, place: Place) -> Vec<Row> {
    let is_here =
        |entry: &Entry| entry.place != Place::Everywhere && place.chain().contains(&entry.place);
    let has_here = |group: Group| TABLE.iter().any(|e| e.group == group && is_here(e));
    let mut groups: Vec<Group> = Group::ALL.to_vec();
    groups.sort_by_key(|&group| !has_here(group));
    let mut rows = Vec::new();
    for group in groups {
        rows.extend((!rows.is_empty()).then_some(Row::Gap));
        rows.push(Row::Group { group, here: has_here(group) });
        rows.extend(TABLE.iter().filter(|entry| entry.group == group).map(|entry| {
            let sequences = keymap.keys_of(entry.place, entry.command);
            let keys = sequences.iter().map(|keys| show(keys)).collect::<Vec<_>>().join(", ");
            Row::Command { entry, keys }
        }));
    }
    rows
}
