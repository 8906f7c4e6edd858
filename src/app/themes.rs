//! The themes, and the picker that shows each as the cursor moves.

use super::list::ListCursor;
use super::{Model, Overlay};
use crate::command::{Key, KeyCode};
use crate::theme::Theme;

/// The themes that can be chosen, and the one in use. Read and reduced to the terminal's depth by the
/// runtime at the start.
#[derive(Clone, Debug)]
pub struct Themes {
    /// All, in the order of the picker.
    pub all: Vec<Theme>,
    /// Index of the one in use.
    pub current: usize,
    /// Plain ASCII signs and borders.
    pub ascii: bool,
}

impl Themes {
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

/// Opens the picker on the theme in use.
pub fn open(model: &mut Model) {
    let before = model.themes.current;
    let list = ListCursor::new(before);
    model.overlays.push(Overlay::Themes(ThemePicker { before, list }));
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
        model.say(format!(
            "Theme {name} until you quit; to keep it: theme = \"{name}\" in the config"
        ));
    }
}
