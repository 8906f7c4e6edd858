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
}

impl Themes {
    /// The theme in use, alone.
    #[must_use]
    pub fn new(theme: Theme, ascii: bool) -> Self {
        Self { all: vec![theme], current: 0, ascii, auto: false }
    }

    /// The theme in use.
    #[must_use]
    pub fn theme(&self) -> &Theme {
        &self.all[self.current]
    }
}

/// The theme picker's state. Its cursor is [`Themes::current`]: what one stands on is in use.
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
    let before = model.themes.current;
    let list = ListCursor::new(before);
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
        let list = ListCursor::new(current);
        model.overlays.pop();
        model.overlays.push(Overlay::Themes(ThemePicker { before, list }));
    }
    model.themes.current = current;
    model.themes.all = all;
}

/// The terminal has said how dark its ground is: wears the theme made for it, unless the user has chosen.
pub fn fits(model: &mut Model, theme: Theme) {
    let themes = &mut model.themes;
    if !themes.auto {
        return;
    }
    let known = themes.all.iter().position(|known| known.name == theme.name);
    let nth = known.unwrap_or_else(|| {
        themes.all.push(theme);
        themes.all.len() - 1
    });
    match model.overlays.last_mut() {
        // Whoever is just choosing goes on; `Esc` leads to the theme that fits.
        Some(Overlay::Themes(picker)) => picker.before = nth,
        _ => themes.current = nth,
    }
}

/// Takes a key; `false` if the picker has no use for it.
pub(super) fn key(model: &mut Model, key: Key) -> bool {
    let screen = model.size;
    let len = model.themes.all.len();
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
        model.themes.current = picker.list.at;
    }
    moved
}

/// A row was pressed: shows its theme; pressed again, keeps it.
pub(super) fn press(model: &mut Model, row: usize) {
    let screen = model.size;
    let len = model.themes.all.len();
    let Some(top) = model.overlays.last_mut() else { return };
    let rows = usize::from(top.frame(screen).inner_rows());
    let Overlay::Themes(picker) = top else { return };
    if row == model.themes.current {
        keep(model);
    } else if row < len {
        picker.list.put(row, len, rows);
        model.themes.current = row;
    }
}

/// Closes the picker and says how the theme stays beyond this run.
fn keep(model: &mut Model) {
    let name = model.themes.theme().name.clone();
    let before = match model.overlays.pop() {
        Some(Overlay::Themes(picker)) => picker.before,
        _ => model.themes.current,
    };
    if before != model.themes.current {
        model.themes.auto = false;
        model.say(format!("To keep it, write in the config: theme = \"{name}\""));
    }
}
