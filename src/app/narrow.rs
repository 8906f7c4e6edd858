//! The keys of a field that narrows the list below it, shared by all lists that have one: what is typed
//! narrows, moving keys move, `Enter` keeps what was typed, `Esc` takes it back.

use super::input::Input;
use super::list::ListCursor;
use crate::command::{Key, KeyCode};

/// What a key did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Took {
    /// Nothing: it is no key of a field.
    Nothing,
    /// The cursor of the list moved.
    Moved,
    /// The text of the field may be another one.
    Typed,
    /// The field was left; its text stays.
    Left,
}

/// Gives a key to the field `narrow` above a list of `len` rows, `rows` of which are on the screen. `typing`
/// says whether the field is typed into: one that is not takes nothing.
pub fn key(
    narrow: &mut Input,
    typing: &mut bool,
    list: &mut ListCursor,
    (len, rows): (usize, usize),
    key: Key,
) -> Took {
    match key.code {
        _ if !*typing => Took::Nothing,
        KeyCode::Esc => {
            *typing = false;
            narrow.clear();
            Took::Typed
        }
        KeyCode::Enter => {
            *typing = false;
            Took::Left
        }
        _ if list.key(key, len, rows) => Took::Moved,
        _ if narrow.key(key) => Took::Typed,
        _ => Took::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_takes_its_keys_and_no_others() {
        let (mut narrow, mut typing, mut list) = (Input::default(), false, ListCursor::default());
        let mut press = |code, typing: &mut bool| {
            let took = key(&mut narrow, typing, &mut list, (9, 5), Key::plain(code));
            (took, narrow.text.clone(), list.at)
        };
        assert_eq!(press(KeyCode::Char('a'), &mut typing).0, Took::Nothing);
        typing = true;
        assert_eq!(press(KeyCode::Char('a'), &mut typing), (Took::Typed, "a".to_owned(), 0));
        assert_eq!(press(KeyCode::Down, &mut typing), (Took::Moved, "a".to_owned(), 1));
        assert_eq!(press(KeyCode::Tab, &mut typing).0, Took::Nothing);
        assert_eq!(press(KeyCode::Enter, &mut typing), (Took::Left, "a".to_owned(), 1));
        assert!(!typing);
        typing = true;
        assert_eq!(press(KeyCode::Esc, &mut typing), (Took::Typed, String::new(), 1));
        assert!(!typing);
    }
}
