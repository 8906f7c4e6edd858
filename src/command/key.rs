//! Keys as the program names them, read and shown. Independent of any terminal library: `runtime`
//! turns a terminal's events into these.
//!
//! One press has one value: what terminals cannot tell apart is made equal by [`Key::normalized`],
//! so that a key read from the config equals the key that is pressed.

use std::fmt;
use std::str::FromStr;

use crate::text::near::did_you_mean;

/// A key press. For characters, shift is part of the character (`G`, not shift-g).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: KeyCode,
    /// With control.
    pub ctrl: bool,
    /// With alt.
    pub alt: bool,
    /// With shift; never set for characters.
    pub shift: bool,
}

/// Which key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those on the keys")]
pub enum KeyCode {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Function(u8),
}

impl Key {
    /// A key without modifiers.
    #[must_use]
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A character.
    #[must_use]
    pub const fn char(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }

    /// A character with control.
    #[must_use]
    pub const fn ctrl(c: char) -> Self {
        Self { code: KeyCode::Char(c), ctrl: true, alt: false, shift: false }
    }

    /// The one value for all presses that terminals do not tell apart: shift is dropped from
    /// characters, control makes letters lower case, and Ctrl-I, Ctrl-M and Ctrl-[ are the keys whose
    /// bytes they send (Tab, Enter, Esc).
    #[must_use]
    pub fn normalized(self) -> Self {
        let KeyCode::Char(c) = self.code else { return self };
        let key = Self { shift: false, ..self };
        if !self.ctrl {
            return key;
        }
        let named = |code| Self { code, ctrl: false, ..key };
        match c.to_ascii_lowercase() {
            'i' => named(KeyCode::Tab),
            'm' => named(KeyCode::Enter),
            '[' => named(KeyCode::Esc),
            c => Self { code: KeyCode::Char(c), ..key },
        }
    }
}

impl fmt::Display for Key {
    /// `j`, `Space`, `Ctrl-P`, `Shift-Tab`, `F1`: as help shows it. Reads back as the same key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        match self.code {
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(c) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::Function(n) => write!(f, "F{n}"),
            code => f.write_str(shown(code)),
        }
    }
}

impl FromStr for Key {
    type Err = String;

    /// Reads `j`, `space`, `ctrl-p`, `C-p`, `<c-p>`, `shift-tab`, `f1`, `<`; case matters for single
    /// characters only.
    ///
    /// # Errors
    /// One sentence that says what is wrong with the name and what is meant, if that can be guessed.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let inner = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
        let mut rest = inner.filter(|inner| !inner.is_empty()).unwrap_or(text);
        let mut key = Self::plain(KeyCode::Esc);
        // The part before a joint is a modifier, unless nothing follows it (`-`, `ctrl--`).
        while let Some((name, after)) = rest.split_once(['-', '+']) {
            if name.is_empty() || after.is_empty() {
                break;
            }
            let held = match name.to_ascii_lowercase().as_str() {
                "ctrl" | "control" | "c" => &mut key.ctrl,
                "alt" | "meta" | "option" | "a" | "m" => &mut key.alt,
                "shift" | "s" => &mut key.shift,
                _ => break,
            };
            *held = true;
            rest = after;
        }
        key.code = code(rest).ok_or_else(|| unknown(text, rest))?;
        if let (true, KeyCode::Char(c)) = (key.shift, key.code) {
            if !c.is_alphabetic() {
                return Err(format!(
                    "terminals do not report shift in {text:?}; name the character that is typed"
                ));
            }
            key.code = KeyCode::Char(single(c.to_uppercase()).unwrap_or(c));
        }
        Ok(key.normalized())
    }
}

/// Reads keys to be pressed one after the other, parted by white space: `g g`, `y c`, `ctrl-p`.
///
/// # Errors
/// One sentence, as [`Key::from_str`]; also when there is no key at all.
pub fn sequence(text: &str) -> Result<Vec<Key>, String> {
    let keys: Vec<Key> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    if keys.is_empty() {
        return Err("a key must be named (the space bar is \"space\")".to_owned());
    }
    Ok(keys)
}

/// A sequence as help shows it: `g g`, `Ctrl-P`.
#[must_use]
pub fn show(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

/// The keys with names: how they are shown (the first) and what else they are called.
const NAMES: &[(KeyCode, &[&str])] = &[
    (KeyCode::Enter, &["Enter", "Return", "CR"]),
    (KeyCode::Esc, &["Esc", "Escape"]),
    (KeyCode::Tab, &["Tab"]),
    (KeyCode::Backspace, &["Backspace", "BS"]),
    (KeyCode::Delete, &["Delete", "Del"]),
    (KeyCode::Insert, &["Insert", "Ins"]),
    (KeyCode::Up, &["Up"]),
    (KeyCode::Down, &["Down"]),
    (KeyCode::Left, &["Left"]),
    (KeyCode::Right, &["Right"]),
    (KeyCode::Home, &["Home"]),
    (KeyCode::End, &["End"]),
    (KeyCode::PageUp, &["PgUp", "PageUp", "Page-Up"]),
    (KeyCode::PageDown, &["PgDn", "PageDown", "PgDown", "Page-Down"]),
    (KeyCode::Char(' '), &["Space", "Spc"]),
    (KeyCode::Char('-'), &["Minus"]),
    (KeyCode::Char('+'), &["Plus"]),
    (KeyCode::Char('<'), &["lt"]),
];

fn shown(code: KeyCode) -> &'static str {
    let row = NAMES.iter().find(|(named, _)| *named == code);
    row.map_or("?", |(_, names)| names[0])
}

fn code(name: &str) -> Option<KeyCode> {
    if let Some(c) = single(name.chars()) {
        return (!c.is_control() && !c.is_whitespace()).then_some(KeyCode::Char(c));
    }
    if let Some(n) = name.strip_prefix(['f', 'F']).and_then(|n| n.parse().ok()) {
        // 24 is the last that any terminal reports.
        return (1..=24).contains(&n).then_some(KeyCode::Function(n));
    }
    let is_named = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    NAMES.iter().find(|(_, names)| is_named(names)).map(|(code, _)| *code)
}

fn unknown(text: &str, name: &str) -> String {
    let known = NAMES.iter().flat_map(|(_, names)| names.iter().copied());
    let guess = did_you_mean(name, known);
    // `gg`, `yc`, `dd`: what was meant is keys one after the other.
    if guess.is_empty() && (2..=3).contains(&text.len()) && text.chars().all(char::is_alphabetic) {
        let spaced: Vec<String> = text.chars().map(String::from).collect();
        let spaced = spaced.join(" ");
        return format!("{text:?} is no key; for one after the other write \"{spaced}\"");
    }
    format!("{text:?} is no key{guess}")
}

/// The only character, if there is exactly one.
fn single(mut chars: impl Iterator<Item = char>) -> Option<char> {
    let first = chars.next()?;
    chars.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_spelling_of_a_key_is_that_key() {
        let check = |expected: &str, spellings: &[&str]| {
            for text in spellings {
                let key = text.parse::<Key>().map(|key| key.to_string());
                assert_eq!(key.as_deref(), Ok(expected), "{text}");
            }
        };
        check("j", &["j"]);
        check("é", &["é"]);
        check("Ctrl-P", &["ctrl-p", "Ctrl-P", "C-p", "c-p", "<c-p>", "<C-P>", "control+p"]);
        check("Alt-Left", &["alt-left", "A-Left", "m-left", "<M-Left>", "alt+LEFT"]);
        check("Shift-Tab", &["shift-tab", "S-Tab", "<s-tab>"]);
        check("PgDn", &["pagedown", "PageDown", "page-down", "pgdn", "PgDown"]);
        check("Shift-PgUp", &["shift-page-up"]);
        check("Space", &["space", "SPACE", "<space>"]);
        check("Enter", &["enter", "return", "<CR>", "ctrl-m"]);
        check("Tab", &["tab", "ctrl-i", "ctrl-shift-i"]);
        check("Esc", &["escape", "ctrl-["]);
        check("F1", &["f1", "F1", "<f1>"]);
        check("-", &["-", "minus"]);
        check("Ctrl--", &["ctrl--", "ctrl-minus", "<c-->"]);
        check("Ctrl-+", &["ctrl-+", "ctrl++"]);
        check("<", &["<", "lt", "<lt>"]);
        check(">", &[">"]);
        check("G", &["shift-g", "S-g", "shift-G"]);
        check("Alt-h", &["alt-h"]);
        check("Alt-H", &["alt-H", "alt-shift-h"]);
        check("Ctrl-Alt-X", &["alt-ctrl-x", "ctrl-alt-X"]);
        check("Ctrl-Space", &["ctrl-space"]);
    }

    #[test]
    fn what_is_no_key_says_what_might_be_meant() {
        let check = |text: &str, expected: &str| {
            assert_eq!(text.parse::<Key>(), Err(expected.to_owned()), "{text}");
        };
        check("entr", "\"entr\" is no key; did you mean \"Enter\"?");
        check("ctrl-spce", "\"ctrl-spce\" is no key; did you mean \"Space\"?");
        check("gg", "\"gg\" is no key; for one after the other write \"g g\"");
        check("hyper-x", "\"hyper-x\" is no key");
        check("f99", "\"f99\" is no key");
        check("", "\"\" is no key");
        check("<>", "\"<>\" is no key");
        check("\x1b[2J", "\"\\u{1b}[2J\" is no key");
        check(
            "shift-space",
            "terminals do not report shift in \"shift-space\"; name the character that is typed",
        );
        assert!(sequence("  ").is_err_and(|error| error.contains("\"space\"")));
    }

    #[test]
    fn sequences_are_parted_by_white_space() {
        assert_eq!(sequence(" y  c ").map(|keys| show(&keys)).as_deref(), Ok("y c"));
        assert_eq!(sequence("g ctrl-g").map(|keys| show(&keys)).as_deref(), Ok("g Ctrl-G"));
    }

    fn any_code() -> impl Strategy<Value = KeyCode> {
        let named: Vec<KeyCode> = NAMES.iter().map(|(code, _)| *code).collect();
        prop_oneof![
            any::<char>()
                .prop_filter("typed", |c| !c.is_control() && !c.is_whitespace())
                .prop_map(KeyCode::Char),
            proptest::sample::select(named),
            (1..=24u8).prop_map(KeyCode::Function),
        ]
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(code in any_code(), ctrl: bool, alt: bool, shift: bool) {
            let key = Key { code, ctrl, alt, shift }.normalized();
            prop_assert_eq!(key.to_string().parse::<Key>(), Ok(key));
        }

        #[test]
        fn no_text_makes_reading_panic(text in "\\PC{0,12}|[<>CcAaSs+-]{0,8}") {
            let _ = sequence(&text);
        }
    }
}
