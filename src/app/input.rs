//! A line of typed text with a cursor, shared by every field: editing keys as in a shell. The cursor
//! moves by grapheme clusters and never stands inside one.

use unicode_segmentation::UnicodeSegmentation;

use crate::command::{Key, KeyCode};
use crate::text::scrub::acts_on_terminal;
use crate::text::width::{Grapheme, fit, graphemes};

/// Longest text of a field, in bytes: more than anyone types, little enough that a pasted file does
/// not become a query.
const MAX_BYTES: usize = 4096;

/// A one-line text field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// What was typed.
    pub text: String,
    /// Byte offset of the cursor, on a grapheme boundary.
    pub cursor: usize,
}

/// The part of a field that fits on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visible<'a> {
    /// Byte of the field's text at which it starts; more than 0 where the beginning does not fit.
    pub start: usize,
    /// The text that is shown; whole graphemes.
    pub text: &'a str,
    /// Cells from the start of `text` to the cursor; always less than the width asked for, unless
    /// that is 0.
    pub cursor: usize,
}

impl Input {
    /// A field that holds `text`, the cursor at its end.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { cursor: text.len(), text }
    }

    /// A field that holds `text`, the cursor at byte `cursor` or right behind it.
    #[must_use]
    pub fn at(text: String, cursor: usize) -> Self {
        let mut field = Self { text, cursor };
        field.snap();
        field
    }

    /// Applies an editing key. `true` if the key was one (also when it changed nothing).
    ///
    /// Beside the arrows, Home, End, Backspace and Delete these are the keys of a shell: Ctrl-A and
    /// Ctrl-E go to the ends, Ctrl-B and Ctrl-F move by a character, Alt-B and Alt-F (Ctrl-Left and
    /// Ctrl-Right) by a word, Ctrl-W, Alt-Backspace and Alt-D delete a word, Ctrl-U and Ctrl-K all
    /// before and after the cursor, Ctrl-H and Ctrl-D a character.
    pub fn key(&mut self, key: Key) -> bool {
        use KeyCode::{Backspace, Char, Delete, End, Home, Left, Right};
        let to = match (key.code, key.ctrl, key.alt) {
            (Char(c), false, false) => {
                self.insert(c.encode_utf8(&mut [0; 4]));
                return true;
            }
            (Left, true, _) | (Left, _, true) | (Char('b'), false, true) => self.word_left(),
            (Right, true, _) | (Right, _, true) | (Char('f'), false, true) => self.word_right(),
            (Left, ..) | (Char('b'), true, false) => self.left(),
            (Right, ..) | (Char('f'), true, false) => self.right(),
            (Home, ..) | (Char('a'), true, false) => 0,
            (End, ..) | (Char('e'), true, false) => self.text.len(),
            (Char('w'), true, false) | (Backspace, true, _) | (Backspace, _, true) => {
                return self.delete(self.word_left(), self.cursor);
            }
            (Char('d'), false, true) | (Delete, true, _) | (Delete, _, true) => {
                return self.delete(self.cursor, self.word_right());
            }
            (Backspace, ..) | (Char('h'), true, false) => {
                return self.delete(self.left(), self.cursor);
            }
            (Delete, ..) | (Char('d'), true, false) => {
                return self.delete(self.cursor, self.right());
            }
            (Char('u'), true, false) => return self.delete(0, self.cursor),
            (Char('k'), true, false) => return self.delete(self.cursor, self.text.len()),
            _ => return false,
        };
        self.cursor = to;
        true
    }

    /// Inserts text at the cursor; line ends and tabs become spaces, characters that act on a
    /// terminal vanish. What does not fit into the field's limit is dropped.
    pub fn insert(&mut self, text: &str) {
        let room = MAX_BYTES.saturating_sub(self.text.len());
        let mut clean = String::new();
        for c in text.chars() {
            let c = if matches!(c, '\n' | '\t') { ' ' } else { c };
            if clean.len() + c.len_utf8() > room {
                break;
            }
            if !c.is_control() && !acts_on_terminal(c) {
                clean.push(c);
            }
        }
        self.text.insert_str(self.cursor, &clean);
        self.cursor += clean.len();
        self.snap();
    }

    /// Empties the field.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The part that `max_cells` cells show, with the cursor in it. A field that is too long is
    /// shown up to the cursor.
    #[must_use]
    pub fn visible(&self, max_cells: usize) -> Visible<'_> {
        let before = &self.text[..self.cursor];
        let room = max_cells.saturating_sub(1);
        let mut start = self.cursor;
        let mut cursor = 0;
        for g in graphemes(before).rev() {
            if cursor + g.cells > room {
                break;
            }
            cursor += g.cells;
            start = g.at;
        }
        let shown = fit(&self.text[start..], max_cells);
        Visible { start, text: shown, cursor }
    }

    fn left(&self) -> usize {
        graphemes(&self.text[..self.cursor]).next_back().map_or(0, |g| g.at)
    }

    fn right(&self) -> usize {
        let next = graphemes(&self.text[self.cursor..]).next();
        self.cursor + next.map_or(0, |g| g.text.len())
    }

    fn word_left(&self) -> usize {
        let words = self.text[..self.cursor].unicode_word_indices();
        words.map(|(at, _)| at).next_back().unwrap_or(0)
    }

    fn word_right(&self) -> usize {
        let rest = &self.text[self.cursor..];
        let end = rest.unicode_word_indices().next().map(|(at, word)| at + word.len());
        self.cursor + end.unwrap_or(rest.len())
    }

    fn delete(&mut self, from: usize, to: usize) -> bool {
        self.text.replace_range(from..to, "");
        self.cursor = from;
        self.snap();
        true
    }

    /// Brings the cursor to a grapheme boundary: an edit can join what stands at both sides of it.
    fn snap(&mut self) {
        let ends = graphemes(&self.text).map(|Grapheme { at, text, .. }| at + text.len());
        let cursor = self.cursor;
        if cursor > 0 {
            self.cursor = ends.into_iter().find(|end| *end >= cursor).unwrap_or(self.text.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::width::width;

    /// Types `keys` into `before`, where `|` is the cursor; a key is a character or `<name>`.
    fn check(before: &str, keys: &[&str], after: &str) {
        let mut input = Input { text: before.replace('|', ""), cursor: before.find('|').unwrap() };
        for name in keys {
            assert!(input.key(key(name)), "{name} is an editing key");
        }
        let mut shown = input.text.clone();
        shown.insert(input.cursor, '|');
        assert_eq!(shown, after, "{before} {keys:?}");
    }

    fn key(name: &str) -> Key {
        let (modifier, rest) = match name.split_once('-') {
            Some((modifier @ ("ctrl" | "alt"), rest)) => (modifier, rest),
            _ => ("", name),
        };
        let code = match rest {
            "left" => KeyCode::Left,
            "right" => KeyCode::Right,
            "home" => KeyCode::Home,
            "end" => KeyCode::End,
            "backspace" => KeyCode::Backspace,
            "delete" => KeyCode::Delete,
            c => KeyCode::Char(c.chars().next().unwrap()),
        };
        Key { ctrl: modifier == "ctrl", alt: modifier == "alt", ..Key::plain(code) }
    }

    #[test]
    fn keys_edit_as_in_a_shell() {
        check("|", &["a", "b"], "ab|");
        check("ab|c", &["ctrl-a", "x"], "x|abc");
        check("a|bc", &["ctrl-e"], "abc|");
        check("ab|c", &["left", "left", "left"], "|abc");
        check("ab|c", &["right", "right"], "abc|");
        check("ab|c", &["home"], "|abc");
        check("a|bc", &["end"], "abc|");
        check("one two| three", &["ctrl-w"], "one | three");
        check("one two  |", &["ctrl-w"], "one |");
        check("tag:a|", &["ctrl-w"], "|");
        check("one two| three", &["alt-d"], "one two|");
        check("one |two", &["ctrl-u"], "|two");
        check("one |two", &["ctrl-k"], "one |");
        check("one two|", &["alt-b", "alt-b"], "|one two");
        check("|one two", &["alt-f", "ctrl-right"], "one two|");
        check("a|b", &["delete", "delete"], "a|");
        check("ab|", &["ctrl-h"], "a|");
        check("|", &["backspace", "ctrl-w", "ctrl-u"], "|");
    }

    #[test]
    fn the_cursor_moves_by_graphemes() {
        check("e\u{301}|x", &["left"], "|e\u{301}x");
        check("e\u{301}|x", &["backspace"], "|x");
        check("|👩‍👩‍👧日", &["right", "delete"], "👩‍👩‍👧|");
        check("日本語|", &["backspace", "left"], "日|本");
    }

    #[test]
    fn a_mark_typed_after_its_letter_joins_it() {
        check("e|x", &["\u{301}"], "e\u{301}|x");
        let mut input = Input { text: "\u{301}x".into(), cursor: 0 };
        input.insert("e");
        assert_eq!(input.cursor, "e\u{301}".len());
    }

    #[test]
    fn pasted_text_is_one_harmless_line() {
        let mut input = Input::default();
        input.insert("a\nb\tc\u{1b}[31m\u{202e}d");
        assert_eq!(input.text, "a b c[31md");
        input.insert(&"x".repeat(100_000));
        assert!(input.text.len() <= MAX_BYTES);
    }

    #[test]
    fn other_keys_are_left_to_others() {
        let mut input = Input::new("a");
        for code in [KeyCode::Enter, KeyCode::Esc, KeyCode::Up, KeyCode::Tab] {
            assert!(!input.key(Key::plain(code)));
        }
        assert!(!input.key(Key::ctrl('n')));
        assert_eq!(input, Input::new("a"));
    }

    #[test]
    fn a_long_field_is_shown_up_to_the_cursor() {
        let input = Input::new("0123456789");
        assert_eq!(input.visible(20), Visible { start: 0, text: "0123456789", cursor: 10 });
        assert_eq!(input.visible(5), Visible { start: 6, text: "6789", cursor: 4 });
        let input = Input { cursor: 2, ..input };
        assert_eq!(input.visible(5), Visible { start: 0, text: "01234", cursor: 2 });
        assert_eq!(Input::new("日本").visible(4), Visible { start: 3, text: "本", cursor: 2 });
    }

    proptest! {
        #[test]
        fn any_keys_keep_the_cursor_on_a_boundary(
            text in "[a-c日e\u{301}👩\u{200d}👧 ]{0,12}",
            keys in prop::collection::vec(0..12usize, 0..30),
            cells in 0..12usize,
        ) {
            let names = ["left", "right", "home", "end", "backspace", "delete", "ctrl-w", "alt-d",
                "alt-b", "alt-f", "\u{301}", "\u{200d}"];
            let mut input = Input::default();
            input.insert(&text);
            for nth in keys {
                input.key(key(names[nth]));
                let ends: Vec<usize> =
                    graphemes(&input.text).map(|g| g.at + g.text.len()).chain([0]).collect();
                prop_assert!(ends.contains(&input.cursor));
                let visible = input.visible(cells);
                prop_assert!(width(visible.text) <= cells);
                prop_assert!(visible.cursor < cells.max(1));
            }
        }
    }
}
