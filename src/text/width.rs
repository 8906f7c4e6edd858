//! How many terminal cells text takes. Everything that measures goes through here, so that what
//! is wrapped and what is painted agree. The width table is the one that ratatui uses
//! (`unicode-width`), applied to whole grapheme clusters as ratatui's buffer does.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The width of `text` in cells, grapheme by grapheme. Control characters count nothing.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return text.len();
    }
    graphemes(text).map(|g| g.cells).sum()
}

/// One grapheme cluster of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grapheme<'a> {
    /// Byte offset in the text.
    pub at: usize,
    /// Its bytes.
    pub text: &'a str,
    /// Its width in cells: 0, 1 or 2.
    pub cells: usize,
}

/// The grapheme clusters of `text` (UAX #29, extended) with their widths.
#[must_use]
pub fn graphemes(text: &str) -> impl DoubleEndedIterator<Item = Grapheme<'_>> {
    text.grapheme_indices(true).map(|(at, text)| Grapheme { at, text, cells: cells(text) })
}

fn cells(grapheme: &str) -> usize {
    if grapheme.contains(char::is_control) { 0 } else { grapheme.width() }
}

/// The cluster on one cell less, where terminals do not agree on two: an old sign that only a variation
/// selector (U+FE0F) makes an emoji, such as `☀️`. Without it all show the same.
#[must_use]
pub fn without_selector<'a>(grapheme: &Grapheme<'a>) -> Option<&'a str> {
    let plain = grapheme.text.strip_suffix('\u{fe0f}')?;
    (grapheme.cells == 2 && plain.width() == 1).then_some(plain)
}

/// By how many cells a cluster of several characters (a joined emoji, a flag) is wider in a terminal that
/// does not join them.
#[must_use]
pub fn unjoined_excess(grapheme: &Grapheme<'_>) -> u16 {
    if grapheme.text.len() <= 4 {
        return 0;
    }
    let apart: usize = grapheme.text.chars().filter_map(UnicodeWidthChar::width).sum();
    u16::try_from(apart.saturating_sub(grapheme.cells)).unwrap_or(0)
}

/// The longest prefix of `text` that fits in `max_cells`.
#[must_use]
pub fn fit(text: &str, max_cells: usize) -> &str {
    let mut used = 0;
    for g in graphemes(text) {
        used += g.cells;
        if used > max_cells {
            return &text[..g.at];
        }
    }
    text
}

/// `text` cut at the end with `…` where it is wider than `max_cells`.
#[must_use]
pub fn ellipsize(text: &str, max_cells: usize) -> String {
    ellipsize_with(text, max_cells, "…")
}

/// `text` cut at the end with `sign` where it is wider than `max_cells`; with as much of the sign as
/// has room.
#[must_use]
pub fn ellipsize_with(text: &str, max_cells: usize, sign: &str) -> String {
    if width(text) <= max_cells {
        return text.to_owned();
    }
    let sign = fit(sign, max_cells);
    format!("{}{sign}", fit(text, max_cells - width(sign)))
}

/// `text` cut at the start with `…`, so that the end that tells things apart stays.
#[must_use]
pub fn ellipsize_start(text: &str, max_cells: usize) -> String {
    ellipsize_start_with(text, max_cells, "…")
}

/// As [`ellipsize_start`], with another sign; with as much of the sign as has room.
#[must_use]
pub fn ellipsize_start_with(text: &str, max_cells: usize, sign: &str) -> String {
    let mut left = width(text);
    if left <= max_cells {
        return text.to_owned();
    }
    let sign = fit(sign, max_cells);
    let room = max_cells - width(sign);
    for g in graphemes(text) {
        if left <= room {
            return format!("{sign}{}", &text[g.at..]);
        }
        left -= g.cells;
    }
    sign.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{
        Grapheme, ellipsize, ellipsize_start, fit, graphemes, unjoined_excess, width,
        without_selector,
    };

    #[test]
    fn it_is_known_where_terminals_do_not_agree() {
        let check = |text: &str, plain: Option<&str>, excess: u16| {
            let all: Vec<Grapheme<'_>> = graphemes(text).collect();
            assert_eq!(all.len(), 1, "{text}");
            assert_eq!((without_selector(&all[0]), unjoined_excess(&all[0])), (plain, excess));
        };
        check("a", None, 0);
        check("日", None, 0);
        check("☀\u{fe0f}", Some("☀"), 0);
        check("🌧\u{fe0f}", Some("🌧"), 0);
        check("🌊", None, 0);
        check("🇳🇴", None, 0);
        // A flag with a skull, a family of three.
        check("🏴\u{200d}☠\u{fe0f}", None, 1);
        check("👩\u{200d}👩\u{200d}👦", None, 4);
    }

    #[test]
    fn a_grapheme_is_as_wide_as_a_terminal_shows_it() {
        let check = |text: &str, expected: usize| assert_eq!(width(text), expected, "{text:?}");
        check("abc", 3);
        check("日本", 4);
        check("e\u{301}", 1);
        // が with a combining mark; half-width kana, whose mark has a cell.
        check("か\u{3099}", 2);
        check("ﾀｸﾞﾊﾟ", 5);
        check("👩\u{200d}👧", 2);
        check("a\u{200b}b", 2);
        check("\t\u{1b}x", 1);
    }

    #[test]
    fn cuts_keep_within_the_width_and_say_that_they_cut() {
        let check = |text: &str, max: usize, start: &str, end: &str| {
            assert_eq!(
                (ellipsize(text, max).as_str(), ellipsize_start(text, max).as_str()),
                (start, end)
            );
            assert!(width(start) <= max && width(end) <= max && width(fit(text, max)) <= max);
        };
        check("abcdef", 6, "abcdef", "abcdef");
        check("abcdef", 4, "abc…", "…def");
        check("日本語", 4, "日…", "…語");
        check("日本語", 1, "…", "…");
        check("日本語", 0, "", "");
        check("e\u{301}e\u{301}", 1, "…", "…");
    }
}
