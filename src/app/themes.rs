//! The themes, and the picker that shows each as the cursor moves.

use super::list::ListCursor;
use super::{Effect, Model, Overlay};
use crate::command::{Key, KeyCode};
use crate::theme::Theme;

/// The themes that can be chosen, and the one in use; all of them reduced to the terminal's depth. Until
/// the picker was opened only the one in use is known.
#[derive(Clone, Debug)]
pub struct Themes {
    /// All, in the order of the picker.
    pub all: Vec<Theme>,
    /// Index of the one in use.
    pub current: usize,
    /// Plain ASCII signs and borders.
    pub ascii: bool,
    /// Whether the terminal's ground chooses: until the user does.
    pub auto: bool,
    /// The name of the theme that the ground chooses, where that is known: then `auto` is a row of the picker.
    pub fitting: Option<String>,
}

impl Themes {
    /// The theme in use, alone.
    #[must_use]
    pub fn new(theme: Theme, ascii: bool) -> Self {
        Self { all: vec![theme], current: 0, ascii, auto: false, fitting: None }
    }

    /// The theme in use.
    #[must_use]
    pub fn theme(&self) -> &Theme {
        &self.all[self.current]
    }

    /// Rows of the picker before those of the themes: that of `auto`, if there is one.
    #[must_use]
    pub fn rows_before(&self) -> usize {
        usize::from(self.fitting.is_some())
    }

    /// The theme that a row of the picker stands for.
    fn of_row(&self, row: usize) -> usize {
        let named = |name: &String| self.all.iter().position(|theme| theme.name == *name);
        match row.checked_sub(self.rows_before()) {
            Some(nth) => nth,
            None => self.fitting.as_ref().and_then(named).unwrap_or(self.current),
        }
    }
}

/// The theme picker's state. What its cursor stands on is in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemePicker {
    /// The theme that was in use when it was opened; `Esc` returns to it.
    pub before: usize,
    /// Where one is in the list.
    pub list: ListCursor,
}

/// Opens the picker on the theme in use, and asks for the others.
pub fn open(model: &mut Model, effects: &mut Vec<Effect>) {
    effects.push(Effect::ReadThemes);
    let themes = &mut model.themes;
    let before = themes.current;
    if themes.auto {
        themes.fitting = Some(themes.theme().name.clone());
    }
    let list = ListCursor::new(if themes.auto { 0 } else { before + themes.rows_before() });
    model.overlays.push(Overlay::Themes(ThemePicker { before, list }));
}

/// All themes were read: the one in use stays in use.
pub fn read(model: &mut Model, all: Vec<Theme>) {
    let place = |wanted: usize| {
        let name = &model.themes.all.get(wanted)?.name;
        all.iter().position(|theme| theme.name == *name)
    };
    let Some(current) = place(model.themes.current) else { return };
    if let Some(Overlay::Themes(picker)) = model.overlays.last() {
        let before = place(picker.before).unwrap_or(current);
        let rows_before = model.themes.rows_before();
        let on_auto = picker.list.at < rows_before;
        let list = ListCursor::new(if on_auto { 0 } else { current + rows_before });
        model.overlays.pop();
        model.overlays.push(Overlay::Themes(ThemePicker { before, list }));
    }
    model.themes.current = current;
    model.themes.all = all;
}

/// The terminal has said how dark its ground is: wears the theme made for it, unless the user has chosen.
pub fn fits(model: &mut Model, theme: Theme) {
    let themes = &mut model.themes;
    let picker = model.overlays.iter_mut().find_map(|overlay| match overlay {
        Overlay::Themes(picker) => Some(picker),
        _ => None,
    });
    // No row is added to the picker while one chooses.
    if themes.auto || picker.is_none() {
        themes.fitting = Some(theme.name.clone());
    }
    if !themes.auto {
        return;
    }
    let known = themes.all.iter().position(|known| known.name == theme.name);
    let nth = known.unwrap_or_else(|| {
        themes.all.push(theme);
        themes.all.len() - 1
    });
    match picker {
        // Whoever is just choosing goes on; `Esc` leads to the theme that fits.
        Some(picker) if picker.list.at > 0 => picker.before = nth,
        Some(picker) => (picker.before, themes.current) = (nth, nth),
        None => themes.current = nth,
    }
}

/// Takes a key; `false` if the picker has no use for it.
pub(super) fn key(model: &mut Model, key: Key) -> bool {
    let screen = model.size;
    let len = model.themes.all.len() + model.themes.rows_before();
    let Some(top) = model.overlays.last_mut() else { return false };
    let rows = usize::from(top.frame(screen).inner_rows());
    let Overlay::Themes(picker) = top else { return false };
    // Nothing is typed here, so that the letters of lists work too.
    let key = match key.code {
        KeyCode::Char('j') => Key::plain(KeyCode::Down),
        KeyCode::Char('k') => Key::plain(KeyCode::Up),
        KeyCode::Char('g') | KeyCode::Home => Key { ctrl: true, ..Key::plain(KeyCode::Home) },
        KeyCode::Char('G') | KeyCode::End => Key { ctrl: true, ..Key::plain(KeyCode::End) },
        _ => key,
    };
    if key.code == KeyCode::Enter {
        keep(model);
        return true;
    }
    let moved = picker.list.key(key, len, rows);
    if moved {
        model.themes.current = model.themes.of_row(picker.list.at);
    }
    moved
}

/// A row was pressed: shows its theme; pressed again, keeps it.
pub(super) fn press(model: &mut Model, row: usize) {
    let screen = model.size;
    let len = model.themes.all.len() + model.themes.rows_before();
    let Some(top) = model.overlays.last_mut() else { return };
    let rows = usize::from(top.frame(screen).inner_rows());
    let Overlay::Themes(picker) = top else { return };
    if row == picker.list.at {
        keep(model);
    } else if row < len {
        picker.list.put(row, len, rows);
        model.themes.current = model.themes.of_row(row);
    }
}

/// Closes the picker and says how the theme stays beyond this run.
fn keep(model: &mut Model) {
    let name = model.themes.theme().name.clone();
    let Some(Overlay::Themes(picker)) = model.overlays.pop() else { return };
    let was_auto = model.themes.auto;
    model.themes.auto = picker.list.at < model.themes.rows_before();
    if model.themes.auto && !was_auto {
        model.say("The terminal's ground chooses the theme again");
    } else if !model.themes.auto && (was_auto || picker.before != model.themes.current) {
        model.say(format!("To keep it, write in the config: theme = \"{name}\""));
    }
}
