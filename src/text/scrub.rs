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
/// `␡` for DEL, `�` for the rest. Tabs and newlines stay.
#[must_use]
pub fn scrub(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts_on_terminal) {
        return text.into();
    }
    text.chars().map(|c| if acts_on_terminal(c) { sign(c) } else { c }).collect::<String>().into()
}

/// As [`scrub`], with tabs and newlines replaced too: for names and labels that stand on one line.
#[must_use]
pub fn scrub_line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| acts_on_terminal(c) || c == '\n' || c == '\t') {
        return text.into();
    }
    text.chars()
        .map(|c| if acts_on_terminal(c) || c == '\n' || c == '\t' { sign(c) } else { c })
        .collect::<String>()
        .into()
}

fn sign(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '␡',
        _ => '\u{fffd}',
    }
}
