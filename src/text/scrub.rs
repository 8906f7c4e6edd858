//! Scrubbing: nothing in a page, a file name or a tag may act on the terminal. Done once where
//! text enters a frame or standard output; source spans are untouched because scrubbing is applied
//! to what is shown, never to what is stored.

use std::borrow::Cow;

/// Whether `c` may act on a terminal or reorder what is shown: C0 but tab and newline, DEL, C1 and
/// the bidirectional controls (UAX #9).
#[must_use]
pub fn acts_on_terminal(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `text` with every acting character replaced by a visible sign: `␛` for ESC and so on for C0,
/// `␡` for DEL, `�` for the rest. The marks that Arabic and Hebrew are written with (U+200E, U+200F, U+061C) have
/// no look of their own and are left out. Tabs and newlines stay.
#[must_use]
pub fn scrub(text: &str) -> Cow<'_, str> {
    replace(text, acts_on_terminal)
}

/// As [`scrub`], with tabs and newlines replaced too: for names and labels that stand on one line.
#[must_use]
pub fn scrub_line(text: &str) -> Cow<'_, str> {
    replace(text, |c| acts_on_terminal(c) || matches!(c, '\n' | '\t'))
}

/// `text` without control characters other than newlines and tabs: for what is pasted elsewhere, where an escape
/// character or a lone carriage return would act. Everything else, controls of direction too, is text.
#[must_use]
pub fn without_controls(text: &str) -> Cow<'_, str> {
    let acts = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if text.contains(acts) { text.replace(acts, "").into() } else { text.into() }
}

fn replace(text: &str, acts: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(&acts) {
        return text.into();
    }
    text.chars().filter_map(|c| if acts(c) { sign(c) } else { Some(c) }).collect::<String>().into()
}

fn sign(c: char) -> Option<char> {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32),
        '\u{7f}' => Some('␡'),
        '\u{61c}' | '\u{200e}' | '\u{200f}' => None,
        _ => Some('\u{fffd}'),
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{scrub, scrub_line};

    #[test]
    fn acting_characters_become_signs_and_all_others_stay() {
        let check = |text: &str, expected: &str, line: &str| {
            assert_eq!((scrub(text).as_ref(), scrub_line(text).as_ref()), (expected, line));
        };
        check("\u{1b}[31mred\u{7}", "␛[31mred␇", "␛[31mred␇");
        check("a\tb\nc", "a\tb\nc", "a␉b␊c");
        check("a\rb\0\u{7f}", "a␍b␀␡", "a␍b␀␡");
        check(
            "\u{9b}31m \u{202e}x\u{2066}",
            "\u{fffd}31m \u{fffd}x\u{fffd}",
            "\u{fffd}31m \u{fffd}x\u{fffd}",
        );
        check("\u{200f}שלום\u{200f}, a\u{200e}\u{61c}", "שלום, a", "שלום, a");
        check("é 👩\u{200d}👧 \u{a0}", "é 👩\u{200d}👧 \u{a0}", "é 👩\u{200d}👧 \u{a0}");
        assert!(matches!(scrub("plain"), Cow::Borrowed(_)));
    }
}
