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

/// The depth of the terminal that the environment tells of: whether `NO_COLOR` is set and not empty,
/// `TERM` and `COLORTERM`, empty when they are not set.
///
/// `NO_COLOR` goes before everything (<https://no-color.org>). `COLORTERM` is
/// believed but under a plain `TERM=screen`: it was inherited from the terminal around screen or tmux,
/// which say by that name that they pass on 256 colours at most.
#[must_use]
pub fn depth(no_color: bool, term: &str, colorterm: &str) -> Depth {
    if no_color || term == "dumb" {
        return Depth::Mono;
    }
    if term == "screen" {
        return Depth::Indexed;
    }
    let says_true = matches!(colorterm, "truecolor" | "24bit");
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
            assert_eq!(found, expected, "{no_color} {term:?} {colorterm:?}");
        };
        check(false, "xterm-256color", "truecolor", Depth::True);
        check(false, "xterm", "24bit", Depth::True);
        check(false, "xterm-direct", "", Depth::True);
        check(false, "xterm-256color", "", Depth::Indexed);
        check(false, "xterm-256color", "yes", Depth::Indexed);
        check(false, "tmux-256color", "truecolor", Depth::True);
        check(false, "screen-256color", "truecolor", Depth::True);
        check(false, "screen-256color", "", Depth::Indexed);
        check(false, "screen", "truecolor", Depth::Indexed);
        check(false, "screen", "", Depth::Indexed);
        check(false, "linux", "", Depth::Sixteen);
        check(false, "vt100", "", Depth::Sixteen);
        check(false, "", "", Depth::Sixteen);
        check(false, "", "truecolor", Depth::True);
        check(false, "dumb", "truecolor", Depth::Mono);
        check(true, "xterm-256color", "truecolor", Depth::Mono);
    }
}
