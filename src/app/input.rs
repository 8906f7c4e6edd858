//! A line of typed text with a cursor, shared by every field: editing keys as in a shell.

use crate::command::{Key, KeyCode};

/// A one-line text field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// What was typed.
    pub text: String,
    /// Byte offset of the cursor, on a grapheme boundary.
    pub cursor: usize,
}

impl Input {
    /// A field that holds `text`, the cursor at its end.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { cursor: text.len(), text }
    }

    /// Applies an editing key. `true` if the key was one (also when it changed nothing).
    pub fn key(&mut self, key: Key) -> bool {
        match key.code {
            KeyCode::Char(c) if !key.ctrl && !key.alt => self.insert(&c.to_string()),
            _ => return false,
        }
        true
    }

    /// Inserts text at the cursor; line ends become spaces, control characters vanish.
    pub fn insert(&mut self, text: &str) {
        for c in text.chars() {
            let c = if c == '\n' || c == '\t' { ' ' } else { c };
            if !c.is_control() {
                self.text.insert(self.cursor, c);
                self.cursor += c.len_utf8();
            }
        }
    }

    /// Empties the field.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}
