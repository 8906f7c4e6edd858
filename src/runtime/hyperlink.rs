//! Hyperlinks on the terminal (OSC 8, as its de-facto specification has it:
//! <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>): who understands them, and
//! their addresses made safe to write.

use std::io::{self, Write};
use std::path::Path;

/// Longer addresses are left out: VTE takes no more.
const MAX_BYTES: usize = 2083;

/// Whether the terminal that the environment tells of understands hyperlinks. `value` gives a
/// variable's.
///
/// No terminal can be asked, so that this is a list: the terminals that are known to, by the names and
/// versions they give themselves. tmux passes them on from 3.4 on, screen never does; what runs
/// around them shows in variables that were inherited, so that they are looked at first. Who is not
/// on the list says `FORCE_HYPERLINK=1`, or `--hyperlinks always`.
#[must_use]
pub fn understood(value: &dyn Fn(&str) -> Option<String>) -> bool {
    let text = |name: &str| value(name).filter(|value| !value.is_empty());
    if let Some(forced) = text("FORCE_HYPERLINK") {
        return forced != "0";
    }
    let term = text("TERM").unwrap_or_default();
    let program = text("TERM_PROGRAM").unwrap_or_default();
    let version = text("TERM_PROGRAM_VERSION").unwrap_or_default();
    let at_least = |wanted: &[u32]| numbers(&version).as_slice() >= wanted;
    if term.is_empty() || term == "dumb" || term == "linux" {
        return false;
    }
    if text("TMUX").is_some() || term.starts_with("tmux") {
        return program == "tmux" && at_least(&[3, 4]);
    }
    if text("STY").is_some() || term.starts_with("screen") {
        return false;
    }
    let number = |name: &str| text(name).and_then(|value| value.parse::<u32>().ok()).unwrap_or(0);
    let known = ["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour"];
    match program.as_str() {
        "iTerm.app" => at_least(&[3, 1]),
        "vscode" => at_least(&[1, 72]),
        "WezTerm" | "ghostty" | "Hyper" | "rio" | "mintty" | "Tabby" | "zed" => true,
        // VTE 0.50.0 crashed on them.
        _ => {
            number("VTE_VERSION") > 5000
                || number("KONSOLE_VERSION") >= 201_200
                || text("WT_SESSION").is_some()
                || text("DOMTERM").is_some()
                || known.iter().any(|name| term.starts_with(name))
        }
    }
}

/// `3.4a` as `[3, 4]`.
fn numbers(version: &str) -> Vec<u32> {
    let parts = version.split('.').map(|part| {
        let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        part[..end].parse().unwrap_or(0)
    });
    parts.collect()
}

/// The address to write for a link out of the wiki. `None` for one that a click should not open.
#[must_use]
pub fn external(address: &str) -> Option<String> {
    let scheme = address.split_once(':')?.0.to_ascii_lowercase();
    let is_safe = ["http", "https", "mailto", "gemini", "gopher", "ftp"].contains(&scheme.as_str());
    is_safe.then(|| encoded(address.as_bytes(), true)).filter(|uri| uri.len() <= MAX_BYTES)
}

/// The address of a file. It names this host, so that a terminal at the other end of ssh does not open
/// a file of its own.
#[must_use]
pub fn file(path: &Path) -> Option<String> {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let path = encoded(path.as_os_str().as_encoded_bytes(), false);
    let uri = format!("file://{}{path}", encoded(host.trim().as_bytes(), false));
    (uri.len() <= MAX_BYTES).then_some(uri)
}

/// Only what RFC 3986 lets an address hold goes to the terminal, the rest percent-encoded: no byte of
/// it can end the sequence.
fn encoded(bytes: &[u8], is_address: bool) -> String {
    let kept = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || b"-_.~/".contains(&byte)
            || is_address && b":?#[]@!$&'()*+,;=%".contains(&byte)
    };
    let one = |byte: &u8| {
        if kept(*byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") }
    };
    bytes.iter().map(one).collect()
}

/// Begins a hyperlink. Parts that carry the same `id` are one link, be they on several lines.
///
/// # Errors
/// The output cannot be written to.
pub fn begin(out: &mut impl Write, uri: &str, id: u32) -> io::Result<()> {
    write!(out, "\x1b]8;id={id};{uri}\x1b\\")
}

/// Ends it.
///
/// # Errors
/// The output cannot be written to.
pub fn end(out: &mut impl Write) -> io::Result<()> {
    write!(out, "\x1b]8;;\x1b\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_that_are_known_to_understand_them() {
        let check = |variables: &str, expected: bool| {
            let value = |name: &str| {
                let mut all = variables.split(' ').filter_map(|pair| pair.split_once('='));
                all.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
            };
            assert_eq!(understood(&value), expected, "{variables}");
        };
        check("", false);
        check("TERM=xterm-256color", false);
        check("TERM=dumb VTE_VERSION=7000", false);
        check("TERM=xterm-256color VTE_VERSION=5000", false);
        check("TERM=xterm-256color VTE_VERSION=7006", true);
        check("TERM=xterm-kitty", true);
        check("TERM=foot-extra", true);
        check("TERM=alacritty", true);
        check("TERM=xterm-256color TERM_PROGRAM=iTerm.app TERM_PROGRAM_VERSION=3.0.15", false);
        check("TERM=xterm-256color TERM_PROGRAM=iTerm.app TERM_PROGRAM_VERSION=3.5", true);
        check("TERM=xterm-256color TERM_PROGRAM=Apple_Terminal TERM_PROGRAM_VERSION=455", false);
        check("TERM=xterm-256color TERM_PROGRAM=vscode TERM_PROGRAM_VERSION=1.90.2", true);
        check("TERM=xterm-256color WT_SESSION=1", true);
        check("TERM=tmux-256color TMUX=x VTE_VERSION=7006", false);
        check("TERM=tmux-256color TMUX=x TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.3a", false);
        check("TERM=screen-256color TMUX=x TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.4", true);
        check("TERM=screen.xterm-256color STY=1 VTE_VERSION=7006", false);
        check("TERM=xterm FORCE_HYPERLINK=1", true);
        check("TERM=xterm-kitty FORCE_HYPERLINK=0", false);
    }

    #[test]
    fn no_address_can_end_its_sequence() {
        let check = |address: &str, expected: Option<&str>| {
            assert_eq!(external(address).as_deref(), expected, "{address:?}");
        };
        check("https://a.org/b?c=d#e", Some("https://a.org/b?c=d#e"));
        check("https://a.org/\x1b\\x\x07 ü", Some("https://a.org/%1B%5Cx%07%20%C3%BC"));
        check("javascript:alert(1)", None);
        check("file:///etc/passwd", None);
        check(&format!("https://a.org/{}", "x".repeat(3000)), None);
        let page = file(Path::new("/a b/c;\x1b.md")).expect("a short path");
        assert!(page.starts_with("file://") && page.ends_with("/a%20b/c%3B%1B.md"), "{page}");
    }
}
