//! Short texts broken into lines, where nothing but the text itself matters: sentences in lists. Pages are wrapped by
//! `layout`, which knows of links and marks.

use std::ops::Range;

use super::width::{graphemes, width};

/// The lines of `text`, each at most `cells` wide (zero counts as one), as ranges of its bytes: broken at blanks, which
/// belong to no line, where that can be, else between graphemes. A grapheme that is wider has a line of its own.
#[must_use]
pub fn lines(text: &str, cells: usize) -> Vec<Range<usize>> {
    let cells = cells.max(1);
    let mut lines = Vec::new();
    let (mut start, mut used, mut space) = (0, 0, None);
    for g in graphemes(text) {
        if used + g.cells > cells && g.at > start {
            let (end, next) = match space {
                _ if g.text == " " => (g.at, g.at + 1),
                Some(space) => (space, space + 1),
                None => (g.at, g.at),
            };
            lines.push(start..end);
            start = next;
            space = None;
            if next > g.at {
                used = 0;
                continue;
            }
            used = width(&text[start..g.at]);
        }
        if g.text == " " {
            space = Some(g.at);
        }
        used += g.cells;
    }
    if start < text.len() {
        lines.push(start..text.len());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_break_between_words_or_graphemes() {
        let check = |text: &str, cells: usize, expected: &[&str]| {
            let shown: Vec<&str> = lines(text, cells).into_iter().map(|line| &text[line]).collect();
            assert_eq!(shown, expected, "{text}");
            assert!(shown.iter().all(|line| width(line) <= cells.max(1)));
        };
        check("one two three", 7, &["one two", "three"]);
        check("one two three", 8, &["one two", "three"]);
        check("extraordinary a", 5, &["extra", "ordin", "ary a"]);
        check("日本語の名前", 5, &["日本", "語の", "名前"]);
        check("one two three", 8, &["one two", "three"]);
        check("日本語の長い文", 5, &["日本", "語の", "長い", "文"]);
        check("", 5, &[]);
        check("a", 0, &["a"]);
    }
}
