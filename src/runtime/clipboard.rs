//! The clipboard, by OSC 52: works over ssh, needs no display. The terminal may refuse silently.

use std::io::Write;

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

/// Longest text that is sent, in bytes: many terminals drop more than about 100 kB of base64.
pub const MAX_BYTES: usize = 74_000;

/// Sends `text` to the terminal's clipboard.
///
/// # Errors
/// The text is too long, or the terminal cannot be written to.
pub fn copy(out: &mut impl Write, text: &str) -> Result<(), String> {
    if text.len() > MAX_BYTES {
        let kilobytes = text.len().div_ceil(1000);
        return Err(format!(
            "not copied: {kilobytes} kB is more than terminals take ({} kB)",
            MAX_BYTES / 1000
        ));
    }
    execute!(out, CopyToClipboard::to_clipboard_from(text))
        .map_err(|error| format!("not copied: {}", super::read::reason(&error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_sent_in_an_envelope_that_nothing_in_it_can_leave() {
        let mut out = Vec::new();
        copy(&mut out, "a\u{1b}]0;b\u{7}").expect("a vector takes all");
        assert_eq!(out, b"\x1b]52;c;YRtdMDtiBw==\x1b\\");
    }

    #[test]
    fn what_terminals_would_drop_is_refused_and_not_sent_in_part() {
        let mut out = Vec::new();
        copy(&mut out, &"x".repeat(MAX_BYTES)).expect("the limit itself");
        assert!(out.len() < 100_000);
        out.clear();
        let error = copy(&mut out, &"x".repeat(MAX_BYTES + 1)).expect_err("too long");
        assert_eq!(error, "not copied: 75 kB is more than terminals take (74 kB)");
        assert!(out.is_empty());
    }
}
