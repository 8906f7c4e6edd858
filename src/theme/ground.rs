//! Whether the terminal's ground is dark or light, read from what the terminal or its environment
//! says. Knows no terminal: whoever asks brings the answer.

use super::color::{self, Rgb};
use super::depth::Depth;

/// The name by which the config asks for the theme that fits the ground.
pub const AUTO: &str = "auto";

/// How dark the terminal's ground is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ground {
    /// Light ink is read on it.
    Dark,
    /// Dark ink is read on it.
    Light,
}

impl Ground {
    /// The theme made for it.
    #[must_use]
    pub const fn theme(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
        }
    }

    /// What an answer to "which colour is the ground?" (OSC 11) says: `rgb:1515/1818/1d1d` with one to
    /// four hexadecimal digits a part, `rgba:` with an opacity after them, or `#15181d`. `None` for all
    /// else: terminals are free to answer in words.
    #[must_use]
    pub fn of_answer(answer: &str) -> Option<Self> {
        let parts: Vec<&str> = if let Some(digits) = answer.strip_prefix('#') {
            let length = digits.len() / 3;
            (digits.is_ascii() && length > 0 && digits.len() == length * 3)
                .then(|| [&digits[..length], &digits[length..length * 2], &digits[length * 2..]])?
                .into()
        } else {
            let (form, parts) = answer.split_once(':')?;
            let wanted = match form {
                "rgb" => 3,
                "rgba" => 4,
                _ => return None,
            };
            Some(parts.split('/').collect::<Vec<_>>()).filter(|parts| parts.len() == wanted)?
        };
        let part = |nth: usize| of_255(parts[nth]);
        Some(Self::of((part(0)?, part(1)?, part(2)?)))
    }

    /// What `COLORFGBG` says, as rxvt, Konsole and others set it: the colours of ink and ground as
    /// numbers of the sixteen, the ground last (`15;0`, `0;default;15`).
    #[must_use]
    pub fn of_environment(colorfgbg: &str) -> Option<Self> {
        match colorfgbg.rsplit_once(';')?.1.parse().ok()? {
            // Grey and white are light, and the bright hues; dark grey is not.
            7 | 9..=15 => Some(Self::Light),
            0..=6 | 8 => Some(Self::Dark),
            16u8.. => None,
        }
    }

    /// The ground is dark if white can be read better on it than black.
    fn of(ground: Rgb) -> Self {
        let white = color::contrast(ground, (255, 255, 255));
        if white >= color::contrast(ground, (0, 0, 0)) { Self::Dark } else { Self::Light }
    }
}

/// Whether a terminal of that `TERM` and depth is to be asked which colour its ground is. Sixteen
/// colours and none are those that the user has set: they need no answer. The others here may
/// write the question on the screen.
#[must_use]
pub fn may_be_asked(term: Option<&str>, depth: Depth) -> bool {
    let mute = ["dumb", "linux", "cons25", "emacs", "eterm", "vt"];
    let term = term.unwrap_or("dumb");
    matches!(depth, Depth::True | Depth::Indexed) && !mute.iter().any(|mute| term.starts_with(mute))
}

/// One to four hexadecimal digits as a part of 255.
fn of_255(digits: &str) -> Option<u8> {
    let most = match digits.len() {
        length @ 1..=4 => (1 << (4 * length)) - 1,
        _ => return None,
    };
    // `from_str_radix` would take a sign.
    let number = digits.chars().all(|digit| digit.is_ascii_hexdigit()).then_some(digits)?;
    let number = u32::from_str_radix(number, 16).ok()?;
    u8::try_from(number * 255 / most).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_how_dark_the_ground_is() {
        let check = |answer: &str, expected: Option<Ground>| {
            assert_eq!(Ground::of_answer(answer), expected, "{answer}");
        };
        check("rgb:1515/1818/1d1d", Some(Ground::Dark));
        check("rgb:ffff/ffff/ffff", Some(Ground::Light));
        check("rgb:0000/0000/0000", Some(Ground::Dark));
        check("rgb:FD/F6/E3", Some(Ground::Light));
        check("rgb:f/f/e", Some(Ground::Light));
        check("rgb:000/2b3/363", Some(Ground::Dark));
        check("rgba:1515/1818/1d1d/ffff", Some(Ground::Dark));
        check("#fdf6e3", Some(Ground::Light));
        check("#222", Some(Ground::Dark));
        // Mid grey: black is read better on it.
        check("rgb:80/80/80", Some(Ground::Light));
        for nonsense in [
            "",
            "?",
            "white",
            "rgb:",
            "rgb:1/2",
            "rgb:1/2/3/4",
            "rgba:1/2/3",
            "rgb:1/2/zz",
            "rgb:+1/2/3",
            "rgb:12345/0/0",
            "rgb:/0/0",
            "#12",
            "#ßß",
            "cmyk:0/0/0",
        ] {
            check(nonsense, None);
        }
    }

    #[test]
    fn the_environment_names_the_ground_last() {
        let check = |value: &str, expected: Option<Ground>| {
            assert_eq!(Ground::of_environment(value), expected, "{value}");
        };
        check("15;0", Some(Ground::Dark));
        check("0;15", Some(Ground::Light));
        check("0;default;15", Some(Ground::Light));
        check("12;8", Some(Ground::Dark));
        check("0;7", Some(Ground::Light));
        check("15;default", None);
        check("15;16", None);
        check("0", None);
        check("", None);
    }

    #[test]
    fn only_terminals_that_answer_without_harm_are_asked() {
        let check = |term, depth, expected| {
            assert_eq!(may_be_asked(term, depth), expected, "{term:?} {depth:?}");
        };
        check(Some("xterm-256color"), Depth::True, true);
        check(Some("tmux-256color"), Depth::Indexed, true);
        check(Some("foot"), Depth::True, true);
        check(Some("xterm"), Depth::Sixteen, false);
        check(Some("xterm-256color"), Depth::Mono, false);
        check(Some("screen-256color"), Depth::Indexed, true);
        check(Some("linux"), Depth::True, false);
        check(Some("dumb"), Depth::True, false);
        check(None, Depth::True, false);
    }
}
