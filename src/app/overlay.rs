//! Overlays: what lies over the panes, on one stack used for input and drawing alike.

use super::finder::Finder;
use super::help::Help;
use super::palette::Palette;
use super::search::Search;
use super::themes::ThemePicker;
use super::{Effect, Model};
use crate::app::msg::PageRead;
use crate::command::{Command, Key};

/// One overlay.
#[derive(Debug)]
pub enum Overlay {
    /// Finds pages, headings, tags.
    Finder(Finder),
    /// Searches all texts.
    Search(Search),
    /// The keys that work here.
    Help(Help),
    /// Commands by name.
    Palette(Palette),
    /// Themes, with preview.
    Themes(ThemePicker),
    /// A question to be answered with a key.
    Confirm(Confirm),
}

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub struct Confirm {
    /// What is asked.
    pub question: String,
    /// The answers: key, what it means, and what then happens.
    pub answers: Vec<(char, String, Vec<super::Effect>)>,
}

/// Gives the topmost overlay a key; whether it took it.
pub fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    let _ = (model, key, effects);
    false
}

/// Gives pasted text to the topmost overlay's field.
pub fn paste(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    let _ = (model, text, effects);
}

/// Opens the overlay that the command names.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let _ = (model, command, effects);
}

/// Closes the topmost overlay and undoes what it only previewed.
pub fn close(model: &mut Model, effects: &mut Vec<Effect>) {
    let _ = effects;
    model.overlays.pop();
}

/// A row of the topmost overlay was pressed.
pub fn press(model: &mut Model, row: usize, effects: &mut Vec<Effect>) {
    let _ = (model, row, effects);
}

/// The wheel was turned over the topmost overlay.
pub fn wheel(model: &mut Model, rows: i32, effects: &mut Vec<Effect>) {
    let _ = (model, rows, effects);
}

/// A page was read for the preview of the topmost overlay.
pub fn preview(model: &mut Model, read: PageRead, effects: &mut Vec<Effect>) {
    let _ = (model, read, effects);
}

/// The index is another one.
pub fn indexed(model: &mut Model, effects: &mut Vec<Effect>) {
    let _ = (model, effects);
}

/// Fits the topmost overlay's scroll positions and previews to the screen; called before each frame.
pub fn prepare(model: &mut Model) {
    let _ = model;
}
