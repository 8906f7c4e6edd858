//! How many colours the terminal shows, told from its environment.

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Depth {
    /// None (`NO_COLOR`, `TERM=dumb`): weight, slant, underline and reverse only.
    Mono,
    /// The terminal's own sixteen.
    Sixteen,
    /// 256 (xterm palette).
    Indexed,
    /// 24 bit.
    True,
}

/// The depth of the terminal that these environment variables tell of: `NO_COLOR`, `TERM`,
/// `COLORTERM`.
///
/// A set and not empty `NO_COLOR` goes before everything (<https://no-color.org>). `COLORTERM` is
/// believed but under a plain `TERM=screen`: it was inherited from the terminal around screen or tmux,
/// which say by that name that they pass on 256 colours at most.
#[must_use]
pub fn depth(no_color: Option<&str>, term: Option<&str>, colorterm: Option<&str>) -> Depth {
    let term = term.unwrap_or_default();
    if no_color.is_some_and(|value| !value.is_empty()) || term == "dumb" {
        return Depth::Mono;
    }
    if term == "screen" {
        return Depth::Indexed;
    }
    let says_true = matches!(colorterm, Some("truecolor" | "24bit"));
    if says_true || term.ends_with("-direct") {
        return Depth::True;
    }
    if term.ends_with("-256color") { Depth::Indexed } else { Depth::Sixteen }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_follows_from_the_environment() {
        let check = |no_color, term, colorterm, expected| {
            let found = depth(no_color, term, colorterm);
            assert_eq!(found, expected, "{no_color:?} {term:?} {colorterm:?}");
        };
        check(None, Some("xterm-256color"), Some("truecolor"), Depth::True);
        check(None, Some("xterm"), Some("24bit"), Depth::True);
        check(None, Some("xterm-direct"), None, Depth::True);
        check(None, Some("xterm-256color"), None, Depth::Indexed);
        check(None, Some("xterm-256color"), Some(""), Depth::Indexed);
        check(None, Some("xterm-256color"), Some("yes"), Depth::Indexed);
        check(None, Some("tmux-256color"), Some("truecolor"), Depth::True);
        check(None, Some("screen-256color"), Some("truecolor"), Depth::True);
        check(None, Some("screen-256color"), None, Depth::Indexed);
        check(None, Some("screen"), Some("truecolor"), Depth::Indexed);
        check(None, Some("screen"), None, Depth::Indexed);
        check(None, Some("linux"), None, Depth::Sixteen);
        check(None, Some("vt100"), None, Depth::Sixteen);
        check(None, None, None, Depth::Sixteen);
        check(None, None, Some("truecolor"), Depth::True);
        check(None, Some("dumb"), Some("truecolor"), Depth::Mono);
        check(Some("1"), Some("xterm-256color"), Some("truecolor"), Depth::Mono);
        check(Some(""), Some("xterm-256color"), Some("truecolor"), Depth::True);
    }
}
