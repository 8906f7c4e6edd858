//! Overlays: what lies over the panes, on one stack used for input and drawing alike.

use super::finder::Finder;
use super::help::Help;
use super::palette::Palette;
use super::search::Search;
use super::themes::ThemePicker;

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
