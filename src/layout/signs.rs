//! The typographic signs of a page and their ASCII twins. All are one cell wide where it matters, none
//! has an emoji form that terminals show by default, and all stand in the common monospace fonts.

use super::options::{LinkLook, Manner, Options};
use crate::text::scrub::scrub_line;

/// One set of signs.
#[derive(Debug)]
pub(super) struct Signs {
    /// Bullets by depth; deeper lists use the last.
    pub(super) bullets: [&'static str; 3],
    pub(super) task_open: &'static str,
    pub(super) task_done: &'static str,
    /// The bar beside quotes and callouts.
    pub(super) bar: &'static str,
    /// The thinner bar beside what an embed shows.
    pub(super) inset: &'static str,
    /// A thin horizontal line.
    pub(super) rule: &'static str,
    /// A heavy horizontal line: under titles.
    pub(super) heavy: &'static str,
    pub(super) unfolded: &'static str,
    pub(super) folded: &'static str,
    pub(super) image: &'static str,
    pub(super) embed: &'static str,
    /// Between a thing and what is said about it.
    pub(super) between: &'static str,
    /// Where a line was cut; one cell.
    pub(super) cut: &'static str,
    /// Where a text was cut.
    pub(super) dots: &'static str,
    /// At the edge beyond which more can be panned to.
    pub(super) more_left: &'static str,
    pub(super) more_right: &'static str,
    /// Before the continuation of a wrapped line of code.
    pub(super) wrapped: &'static str,
    /// Of the bar before a strength; where it is empty a word stands there.
    pub(super) strength_full: &'static str,
    pub(super) strength_empty: &'static str,
    /// The levels of headings are told by these where neither size nor colour can.
    pub(super) headings: [&'static str; 6],
    missing: &'static str,
    ambiguous: &'static str,
    external: &'static str,
    pub(super) attachment: &'static str,
    ascii: bool,
    /// What stands around the number of a footnote, where it is not raised.
    note: (&'static str, &'static str),
}

static TYPOGRAPHIC: Signs = Signs {
    bullets: ["•", "◦", "▪"],
    task_open: "☐",
    task_done: "✓",
    bar: "▎",
    inset: "│",
    rule: "─",
    heavy: "━",
    unfolded: "▾",
    folded: "▸",
    image: "▣",
    embed: "↳",
    between: "·",
    cut: "…",
    dots: "…",
    more_left: "‹",
    more_right: "›",
    wrapped: "↪",
    strength_full: "▰",
    strength_empty: "▱",
    headings: ["", "", "", "", "", ""],
    missing: "?",
    ambiguous: "≈",
    external: "↗",
    attachment: "▤",
    ascii: false,
    note: ("[", "]"),
};

const ASCII: Signs = Signs {
    bullets: ["*", "-", "+"],
    task_open: "[ ]",
    task_done: "[x]",
    bar: "|",
    inset: ":",
    rule: "-",
    heavy: "=",
    unfolded: "v",
    folded: ">",
    image: "[img]",
    embed: "->",
    between: "-",
    cut: "~",
    dots: "...",
    more_left: "<",
    more_right: ">",
    wrapped: "\\",
    strength_full: "#",
    strength_empty: "-",
    headings: ["", "", "### ", "#### ", "##### ", "###### "],
    missing: "?",
    ambiguous: "~",
    external: "^",
    attachment: "@",
    ascii: true,
    note: ("[", "]"),
};

/// Numbers in brackets are links here.
const MAIL: Signs = Signs {
    bullets: ["-", "-", "-"],
    bar: ">",
    headings: [""; 6],
    strength_full: "",
    strength_empty: "",
    missing: " (missing)",
    ambiguous: "",
    external: "",
    attachment: "",
    note: ("(note ", ")"),
    ..ASCII
};

const SPOKEN: Signs = Signs {
    rule: "",
    heavy: "",
    headings: [
        "Heading 1: ",
        "Heading 2: ",
        "Heading 3: ",
        "Heading 4: ",
        "Heading 5: ",
        "Heading 6: ",
    ],
    task_open: "to do:",
    task_done: "done:",
    image: "image:",
    embed: "embedded:",
    ..MAIL
};

/// The signs that the options ask for.
pub(super) fn signs(options: &Options) -> &'static Signs {
    match options.manner {
        Manner::Mail => &MAIL,
        Manner::Spoken => &SPOKEN,
        Manner::Screen if options.ascii => &ASCII,
        Manner::Screen => &TYPOGRAPHIC,
    }
}

impl Signs {
    /// The sign behind a link that tells its look without colour; pages have none.
    pub(super) fn link(&self, look: LinkLook) -> &'static str {
        match look {
            LinkLook::Unknown | LinkLook::Page => "",
            LinkLook::Ambiguous => self.ambiguous,
            LinkLook::Missing => self.missing,
            LinkLook::External => self.external,
            LinkLook::Attachment => self.attachment,
        }
    }

    /// The sign of a fold.
    pub(super) fn fold(&self, closed: bool) -> &'static str {
        if closed { self.folded } else { self.unfolded }
    }

    /// The sign of a kind of page.
    pub(super) fn kind(&self, sign: &'static str) -> &'static str {
        if self.ascii && !sign.is_ascii() { "." } else { sign }
    }

    /// The box of a task that is neither open nor done: it says its own state, in the room that the
    /// boxes of the others take. The two that most writers know have signs.
    pub(super) fn task(&self, state: char) -> String {
        let own = scrub_line(state.encode_utf8(&mut [0; 4])).into_owned();
        match state {
            _ if self.ascii => format!("[{own}]"),
            '/' => "◐".to_owned(),
            '-' => "×".to_owned(),
            _ => own,
        }
    }

    /// The mark of footnote `number`: raised figures, or figures in brackets.
    pub(super) fn footnote(&self, number: u32) -> String {
        if self.ascii {
            return format!("{}{number}{}", self.note.0, self.note.1);
        }
        number.to_string().chars().map(raised).collect()
    }
}

fn raised(figure: char) -> char {
    match figure {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        _ => '⁰',
    }
}
