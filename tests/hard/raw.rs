//! A judge of bytes that went to a terminal: it knows every sequence that the program itself writes, and whatever
//! else stands there came from content.

/// The first thing in what a full-screen program wrote that no frame of it holds, with what stands around it.
pub(crate) fn foreign_in_frames(raw: &[u8]) -> Option<String> {
    first(raw, |rest| match rest {
        [b'\r' | b'\n', ..] => Some(1),
        [0x1b, b'[', ..] => control_sequence(rest),
        // A link of the terminal's own, the question for the ground.
        [0x1b, b']', b'8', b';', ..] => link(rest),
        _ if rest.starts_with(b"\x1b]11;?\x07") => Some(7),
        _ if rest.starts_with(b"\x1b]11;?\x1b\\") => Some(8),
        _ => None,
    })
}

/// The first thing in the output of a command that may act, with what stands around it. `styled`: whether colours and
/// links were asked for.
pub(crate) fn foreign_in_output(raw: &[u8], styled: bool) -> Option<String> {
    first(raw, |rest| match rest {
        [b'\n' | b'\t', ..] => Some(1),
        // A terminal makes two of a newline.
        [b'\r', b'\n', ..] => Some(2),
        [0x1b, b'[', ..] if styled => {
            control_sequence(rest).filter(|length| rest[length - 1] == b'm')
        }
        [0x1b, b']', b'8', b';', ..] if styled => link(rest),
        _ => None,
    })
}

/// Walks over `raw`; `known` says how long the known sequence is with which a rest begins.
fn first(raw: &[u8], known: impl Fn(&[u8]) -> Option<usize>) -> Option<String> {
    let text = String::from_utf8_lossy(raw);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let acts = c.is_control() || kenning::text::scrub::acts_on_terminal(c);
        let length = if acts { known(&text.as_bytes()[at..]) } else { Some(c.len_utf8()) };
        let Some(length) = length else {
            let around = |at: usize| text.char_indices().map(|(n, _)| n).find(|n| *n >= at);
            let from = around(at.saturating_sub(60)).unwrap_or(0);
            let to = around(at + 60).unwrap_or(text.len());
            return Some(format!("{:?}", &text[from..to]));
        };
        at += length;
    }
    None
}

/// How long a control sequence is that the program writes: styles, places, modes, rows.
fn control_sequence(rest: &[u8]) -> Option<usize> {
    let inner = rest[2..].iter().take_while(|byte| matches!(byte, b'0'..=b'?')).count();
    let end = *rest.get(2 + inner)?;
    let params = &rest[2..2 + inner];
    let known = match params.strip_prefix(b"?") {
        Some(modes) => {
            let modes = std::str::from_utf8(modes).ok()?;
            let mut modes = modes.split(';');
            let own = ["25", "1000", "1002", "1006", "1049", "2004", "2026"];
            matches!(end, b'h' | b'l') && modes.all(|mode| own.contains(&mode))
        }
        None => matches!(
            end,
            b'm' | b'H' | b'J' | b'K' | b'r' | b'S' | b'T' | b'A'
                ..=b'D' | b'G' | b'd' | b'L' | b'M' | b'X'
        ),
    };
    let planted = params.windows(4).any(|window| window == b"7777");
    (known && !planted).then_some(2 + inner + 1)
}

/// How long a link's sequence is, if its address can do no more than be one.
fn link(rest: &[u8]) -> Option<usize> {
    let end = rest.windows(2).position(|window| window == b"\x1b\\")?;
    rest[4..end].iter().all(|byte| matches!(byte, b' '..=b'~')).then_some(end + 2)
}

#[test]
fn what_is_planted_is_seen_and_what_is_the_programs_is_not() {
    let frames = "\u{1b}[?2026h\u{1b}[38;2;1;2;3mwords\u{1b}[4;5H\u{1b}]8;;https://x.y/\u{1b}\\x\u{1b}]8;;\u{1b}\\\r\n";
    assert_eq!(foreign_in_frames(frames.as_bytes()), None);
    assert_eq!(foreign_in_output(b"a\tb\r\nc\n", false), None);
    for planted in [
        "\u{1b}]0;x\u{7}",
        "\u{1b}]52;c;eA==\u{1b}\\",
        "\u{1b}[7777m",
        "\u{1b}[?7777h",
        "\u{9b}1m",
        "\u{9d}",
        "\u{7}",
        "\u{8}",
        "\u{1b}c",
        "\u{1b}P1\u{1b}\\",
        "\u{202e}",
        "\u{1b}[6n",
        "\u{1b}\u{1b}[1m",
        "\u{1b}]8;;a\u{7}",
        "\0",
    ] {
        assert!(foreign_in_frames(planted.as_bytes()).is_some(), "{planted:?}");
        assert!(foreign_in_output(planted.as_bytes(), true).is_some(), "{planted:?}");
    }
    assert!(foreign_in_output(b"\x1b[1m", false).is_some());
}
