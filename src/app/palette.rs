//! The palette: every command by its name or what it does, found fuzzily, run with Enter.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::input::Input;
use super::list::ListCursor;
use super::model::Model;
use super::{Effect, Overlay, update};
use crate::command::table::TABLE;
use crate::command::{Command, Entry, Key, KeyCode, Place};

/// The palette's state.
#[derive(Debug, Default)]
pub struct Palette {
    /// What is typed.
    pub input: Input,
    /// The commands that match, the best first.
    pub rows: Vec<Row>,
    /// Where one is in `rows`.
    pub list: ListCursor,
}

/// A command that matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its row of the table.
    pub entry: &'static Entry,
    /// Byte ranges of its help that matched.
    pub matched: Vec<(u32, u32)>,
}

/// Opens the palette with all commands in the order of help.
pub fn open(model: &mut Model) {
    let mut palette = Palette::default();
    palette.typed();
    model.overlays.push(Overlay::Palette(palette));
}

/// Takes a key; `false` if the palette has no use for it.
pub(super) fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    let screen = model.size;
    let Some(top) = model.overlays.last_mut() else { return false };
    let visible = top.frame(screen).list_rows();
    let Overlay::Palette(palette) = top else { return false };
    if key.code == KeyCode::Enter {
        choose(model, effects);
        return true;
    }
    if palette.list.key(key, palette.rows.len(), visible) {
        return true;
    }
    let edited = palette.input.key(key);
    if edited {
        palette.typed();
    }
    edited
}

/// A row was pressed: runs it.
pub(super) fn press(model: &mut Model, row: usize, effects: &mut Vec<Effect>) {
    let Some(Overlay::Palette(palette)) = model.overlays.last_mut() else { return };
    if row < palette.rows.len() {
        palette.list.at = row;
        choose(model, effects);
    }
}

/// Closes the palette, then runs the command under the cursor where the palette was opened.
fn choose(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Palette(palette)) = model.overlays.last() else { return };
    let Some(row) = palette.rows.get(palette.list.at) else { return };
    let command = row.entry.command;
    model.overlays.pop();
    update::run(model, command, effects);
}

impl Palette {
    /// Finds the commands for what is typed.
    pub(super) fn typed(&mut self) {
        let pattern = Pattern::parse(&self.input.text, CaseMatching::Ignore, Normalization::Smart);
        let mut nucleo = Matcher::new(Config::DEFAULT);
        let mut rows: Vec<(u32, Row)> = TABLE
            .iter()
            .filter(|entry| !matches!(entry.command, Command::Palette | Command::Cancel))
            // The motions of a selection's cursor, and of the neighbourhood, are keys or nothing.
            .filter(|entry| !matches!(entry.place, Place::Selection | Place::Neighbourhood))
            .filter_map(|entry| {
                let (score, matched) = score(entry, &pattern, &mut nucleo)?;
                Some((score, Row { entry, matched }))
            })
            .collect();
        rows.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        // Letters strewn over a long text match too; beside a good match they are noise.
        let good = rows.first().map_or(0, |(score, _)| score / 3 * 2);
        rows.retain(|(score, _)| *score >= good);
        self.rows = rows.into_iter().map(|(_, row)| row).collect();
        self.list = ListCursor::default();
    }
}

/// How well a command matches by its help or its name, and where in its help.
fn score(entry: &Entry, pattern: &Pattern, nucleo: &mut Matcher) -> Option<(u32, Vec<(u32, u32)>)> {
    let mut buffer = Vec::new();
    let mut at = Vec::new();
    let help = pattern.indices(Utf32Str::new(entry.help, &mut buffer), nucleo, &mut at);
    at.sort_unstable();
    at.dedup();
    // The matcher counts characters; in ASCII they are bytes.
    at.retain(|_| entry.help.is_ascii());
    let matched = at.into_iter().map(|at| (at, at + 1)).collect();
    let mut buffer = Vec::new();
    let name = pattern.score(Utf32Str::new(entry.name, &mut buffer), nucleo);
    match (help, name) {
        (None, None) => None,
        (help, name) => Some((help.max(name).unwrap_or(0), matched)),
    }
}
