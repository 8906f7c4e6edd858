//! The clipboard: the terminal's, by OSC 52, which works over ssh and needs no display but may be refused in
//! silence; or a program's that the user names. What is copied is text: control characters other than newlines
//! and tabs would act on whatever it is pasted into, and are left out.

use std::borrow::Cow;
use std::io::Write;
use std::process::{Command, Stdio};

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;

use crate::text::scrub::without_controls;

/// Longest text that is sent to a terminal, in bytes: some drop sequences of more than 100,000 bytes (hterm's
/// limit, the lowest that is known), and base64 makes four bytes of three.
pub const MAX_BYTES: usize = 74_991;

/// Bytes of a string that every version of GNU screen passes on: its buffer held 256 before 4.2.
const SCREEN_BYTES: usize = 240;

/// The multiplexer between the program and the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// None.
    Nothing,
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
}

impl Between {
    /// What the environment says. `tmux*` as `TERM` is a tmux at the near end of ssh.
    #[must_use]
    pub fn of(environment: impl Fn(&str) -> Option<String>) -> Self {
        let is_set = |name| environment(name).is_some_and(|value| !value.is_empty());
        if is_set("TMUX") || environment("TERM").is_some_and(|term| term.starts_with("tmux")) {
            Self::Tmux
        } else if is_set("STY") {
            Self::Screen
        } else {
            Self::Nothing
        }
    }
}

/// How tmux sets the clipboard of the terminal around it, whatever its options say (since 3.2).
const TMUX: [&str; 4] = ["tmux", "load-buffer", "-w", "-"];

/// Puts `text` on the clipboard of the terminal that the program runs in.
///
/// # Errors
/// The text is too long, or the terminal cannot be written to.
pub fn copy(out: &mut impl Write, text: &str) -> Result<(), String> {
    let text = fitting(text)?;
    let environment = |name: &str| std::env::var(name).ok();
    // As it comes, tmux heeds no sequence of a program, and does not say so. The loop waits for it: were it
    // slow, so would be the screen.
    let tmux = environment("TMUX").is_some_and(|socket| !socket.is_empty());
    if tmux && give_to(&TMUX.map(str::to_owned), &text).is_ok() {
        return Ok(());
    }
    out.write_all(sequence(&text, Between::of(environment)).as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| format!("not copied: {}", super::read::reason(&error)))
}

/// The text as it is sent to a terminal.
fn fitting(text: &str) -> Result<Cow<'_, str>, String> {
    let text = without_controls(text);
    if text.len() <= MAX_BYTES {
        return Ok(text);
    }
    Err(format!(
        "not copied: {} kB is more than terminals take ({} kB); see clipboard in the config",
        text.len().div_ceil(1000),
        MAX_BYTES / 1000
    ))
}

/// What is written for `text`.
///
/// tmux takes OSC 52 itself where its `set-clipboard` is `on`, and hands a wrapped one on where its
/// `allow-passthrough` is; which of them is so it does not tell, so it gets both. Screen only hands on, and
/// only short pieces.
fn sequence(text: &str, between: Between) -> String {
    let mut plain = String::new();
    // Writing to a string does not fail.
    CopyToClipboard::to_clipboard_from(text).write_ansi(&mut plain).ok();
    match between {
        Between::Nothing => plain,
        Between::Tmux => {
            let escaped = plain.replace('\u{1b}', "\u{1b}\u{1b}");
            format!("{plain}\u{1b}Ptmux;{escaped}\u{1b}\\")
        }
        Between::Screen => {
            // Its string ends with ESC \, so that the one inside has to end otherwise.
            let inner = plain.trim_end_matches("\u{1b}\\").to_owned() + "\u{7}";
            // ASCII all of it: any byte is a boundary.
            let mut pieces = String::new();
            for piece in inner.as_bytes().chunks(SCREEN_BYTES) {
                pieces += "\u{1b}P";
                pieces += &String::from_utf8_lossy(piece);
                pieces += "\u{1b}\\";
            }
            pieces
        }
    }
}

/// Gives `text` to a program on its standard input: its name and its arguments, no shell between.
///
/// # Errors
/// It cannot be started, does not take the text, or ends with a failure.
pub fn give_to(program: &[String], text: &str) -> Result<(), String> {
    let Some((name, arguments)) = program.split_first() else { return Ok(()) };
    let failed =
        |error: &std::io::Error| format!("not copied: {name}: {}", super::read::reason(error));
    let mut child = Command::new(name)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| failed(&error))?;
    let taken = child
        .stdin
        .take()
        .map_or(Ok(()), |mut input| input.write_all(without_controls(text).as_bytes()));
    let status = child.wait().map_err(|error| failed(&error))?;
    if !status.success() {
        return Err(format!("not copied: {name} ended with {status}"));
    }
    taken.map_err(|error| failed(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(text: &str, between: Between) -> Result<String, String> {
        fitting(text).map(|text| sequence(&text, between))
    }

    #[test]
    fn text_is_sent_in_an_envelope_without_what_would_act_where_it_is_pasted() {
        let check = |text: &str, expected: &str| {
            assert_eq!(sent(text, Between::Nothing).as_deref(), Ok(expected), "{text:?}");
        };
        check("a]0;b", "\x1b]52;c;YV0wO2I=\x1b\\");
        check("a\u{1b}]0;b\u{7}", "\x1b]52;c;YV0wO2I=\x1b\\");
        check("a\r\n\tb\u{9b}\u{7f}\0", "\x1b]52;c;YQoJYg==\x1b\\");
        check("\u{200f}é", "\x1b]52;c;4oCPw6k=\x1b\\");
    }

    #[test]
    fn tmux_and_screen_get_what_they_take_or_hand_on() {
        assert_eq!(
            sent("abc", Between::Tmux).as_deref(),
            Ok("\x1b]52;c;YWJj\x1b\\\x1bPtmux;\x1b\x1b]52;c;YWJj\x1b\x1b\\\x1b\\")
        );
        assert_eq!(sent("abc", Between::Screen).as_deref(), Ok("\x1bP\x1b]52;c;YWJj\x07\x1b\\"));
        let long = sent(&"x".repeat(600), Between::Screen).expect("short enough");
        let pieces: Vec<&str> = long.split("\x1b\\").collect();
        assert_eq!(pieces.len(), 5);
        assert!(pieces.iter().all(|piece| piece.len() < 256));
        let inner = long.replace("\x1bP", "").replace("\x1b\\", "");
        assert_eq!(inner, format!("\x1b]52;c;{}\x07", "eHh4".repeat(200)));
    }

    #[test]
    fn the_environment_says_what_stands_between() {
        let check = |set: &[(&str, &str)], expected: Between| {
            let found = |name: &str| {
                set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(Between::of(found), expected, "{set:?}");
        };
        check(&[("TERM", "xterm")], Between::Nothing);
        check(&[("TMUX", "/tmp/tmux-0/default,1,0"), ("TERM", "screen")], Between::Tmux);
        check(&[("TERM", "tmux-256color")], Between::Tmux);
        check(&[("STY", "1.pts"), ("TERM", "screen")], Between::Screen);
        // Either could be at the near end of ssh, and screen would show what is meant for tmux.
        check(&[("TERM", "screen-256color")], Between::Nothing);
        check(&[("TMUX", ""), ("TERM", "xterm")], Between::Nothing);
    }

    #[test]
    fn what_terminals_would_drop_is_refused_and_not_sent_in_part() {
        let sequence = sent(&"x".repeat(MAX_BYTES), Between::Nothing).expect("the limit itself");
        assert!(sequence.len() <= 100_000);
        let error = sent(&"x".repeat(MAX_BYTES + 1), Between::Tmux).expect_err("too long");
        let expected =
            "not copied: 75 kB is more than terminals take (74 kB); see clipboard in the config";
        assert_eq!(error, expected);
    }

    #[cfg(unix)]
    #[test]
    fn a_program_gets_the_text_and_no_shell_reads_its_arguments() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("got it; $(rm x)");
        let program = ["tee", file.to_str().expect("UTF-8")].map(str::to_owned);
        give_to(&program, "a\n\u{1b}b").expect("tee takes all");
        assert_eq!(std::fs::read_to_string(&file).expect("written"), "a\nb");
        let failing = give_to(&["false".to_owned()], "a").expect_err("it fails");
        assert!(failing.starts_with("not copied: false ended with "), "{failing}");
        let missing =
            give_to(&["no-such-program-here".to_owned()], "a").expect_err("there is none");
        assert!(missing.starts_with("not copied: no-such-program-here: "), "{missing}");
    }
}
