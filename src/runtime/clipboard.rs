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
        let kilobytes = text.len() / 1000;
        return Err(format!(
            "not copied: {kilobytes} kB is more than terminals take ({} kB)",
            MAX_BYTES / 1000
        ));
    }
    execute!(out, CopyToClipboard::to_clipboard_from(text))
        .map_err(|error| format!("not copied: {}", super::read::reason(&error)))
}
