//! What lists share: names cut so that their telling end stays, matches marked, counts, short texts
//! wrapped. Knows nothing of what is listed.

use std::ops::Range;

use ratatui::layout::Rect;

use super::paint::Canvas;
use crate::text::role::Role;
use crate::text::scrub::scrub_line;
use crate::text::width::{ellipsize_start_with, fit, graphemes, width};
use crate::vault::kind;

/// Longest part of a name that is looked at, in bytes: more than the widest screen shows.
const LONGEST: usize = 4096;

/// `text` on at most `max_cells`, scrubbed; what is too long loses its middle, for names that start
/// alike differ at their end.
pub(super) fn shorten(text: &str, max_cells: usize, ascii: bool) -> String {
    let text = scrub_line(text);
    if text.len() <= max_cells || (text.len() <= LONGEST && width(&text) <= max_cells) {
        return text.into_owned();
    }
    let end = if max_cells < 8 { max_cells } else { max_cells * 2 / 5 };
    let tail = &text[boundary(&text, text.len().saturating_sub(LONGEST))..];
    let start = fit(&text, max_cells - end);
    let sign = if ascii { "..." } else { "…" };
    format!("{start}{}", ellipsize_start_with(tail, end, sign))
}

/// The sign and the role of a kind, as this terminal shows it.
pub(super) fn kind_look(canvas: &Canvas<'_>, kind: Option<&str>) -> (&'static str, Role) {
    let (sign, role) = kind::look(kind);
    (if sign.is_ascii() { sign } else { canvas.sign(sign, ".") }, role)
}

/// A number with its thousands parted: `10,000`.
pub(super) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `12 of 340`, or the whole alone where nothing is left out.
pub(super) fn of(part: usize, whole: usize) -> String {
    if part == whole {
        return thousands(whole);
    }
    format!("{} of {}", thousands(part), thousands(whole))
}

/// The lines of a short text (a sentence or two), broken between words.
pub(super) fn wrap(text: &str, max_cells: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in scrub_line(text).split_whitespace() {
        let line = lines.len() - 1;
        let line = &mut lines[line];
        if line.is_empty() {
            line.push_str(word);
        } else if width(line) + 1 + width(word) <= max_cells {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// Says in the middle of an empty list what would be there.
pub(super) fn empty(canvas: &mut Canvas<'_>, area: Rect, text: &str) {
    let cells = usize::from(area.width.saturating_sub(2));
    for (row, line) in
        (area.top() + u16::from(area.height > 3)..area.bottom()).zip(wrap(text, cells))
    {
        canvas.role(area.left() + 1, row, area.right(), &line, Role::Quiet);
    }
}

/// Paints `text` in `role` with the byte ranges `matched` marked, before column `right`; gives the
/// column after it. Of a text that does not fit, the part around the first match is shown.
pub(super) fn marked(
    canvas: &mut Canvas<'_>,
    (column, row): (u16, u16),
    right: u16,
    text: &str,
    matched: &[(u32, u32)],
    role: Role,
) -> u16 {
    let cells = usize::from(right.saturating_sub(column));
    if cells == 0 {
        return column;
    }
    let shown = window(text, matched.first().map_or(0, |&(start, _)| start as usize), cells);
    let base = canvas.theme.style(role);
    let mark = base.patch(canvas.theme.style(Role::Match));
    let dots = canvas.sign("…", "...");
    let mut x = column;
    if !text[..shown.start].trim_start().is_empty() {
        x = canvas.text(x, row, right, dots, base);
    }
    let is_cut = shown.end < text.len() || cells_of(&text[shown.clone()]) > usize::from(right - x);
    let cells = u16::try_from(width(dots)).unwrap_or(1);
    let stop = if is_cut { right.saturating_sub(cells).max(x) } else { right };
    let mut at = shown.start;
    for &(from, to) in matched {
        let from = boundary(text, (from as usize).clamp(at, shown.end));
        let to = boundary(text, (to as usize).clamp(from, shown.end));
        x = canvas.text(x, row, stop, &text[at..from], base);
        x = canvas.text(x, row, stop, &text[from..to], mark);
        at = to;
    }
    x = canvas.text(x, row, stop, &text[at..shown.end], base);
    if is_cut { canvas.text(x, row, right, dots, base) } else { x }
}

/// The part of `text`, without its indentation, to look at for showing it on `cells`: from its first
/// word on, unless the match at `first` would then be out of view.
fn window(text: &str, first: usize, cells: usize) -> Range<usize> {
    let indent = text.len() - text.trim_start().len();
    let from = |start: usize| {
        let end = start.saturating_add(LONGEST).min(text.len());
        start..boundary(text, end)
    };
    let whole = from(indent);
    let first = boundary(text, first.clamp(indent, text.len()));
    if whole.end == text.len() && cells_of(&text[whole.clone()]) <= cells {
        return whole;
    }
    // Measured backwards from the match: what is before it may be long.
    let mut before = 0;
    let mut near = first;
    for g in graphemes(&text[indent..first]).rev() {
        before += g.cells;
        if before > cells * 2 / 3 {
            return from(near);
        }
        if before <= cells / 3 {
            near = indent + g.at;
        }
    }
    whole
}

/// The character boundary at or before byte `at`.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

fn cells_of(text: &str) -> usize {
    width(&scrub_line(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_keeps_its_beginning_and_its_end() {
        let check = |text: &str, cells: usize, expected: &str| {
            let shown = shorten(text, cells, false);
            assert_eq!(shown, expected);
            assert!(width(&shown) <= cells);
        };
        check("short", 5, "short");
        check("Meeting of the board 2024-01-15", 16, "Meeting of…01-15");
        check("Meeting of the board 2024-01-15", 5, "…1-15");
        check("日本語の長い名前です", 9, "日本語…す");
        check("a\u{1b}[31mb", 9, "a␛[31mb");
        check("anything", 0, "");
        check("anything", 1, "…");
    }

    #[test]
    fn numbers_have_their_thousands_parted() {
        assert_eq!(of(12, 340), "12 of 340");
        assert_eq!(of(1_234_567, 1_234_567), "1,234,567");
    }

    #[test]
    fn sentences_break_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("extraordinary a", 5), ["extraordinary", "a"]);
        assert_eq!(wrap("", 5), [""]);
    }

    #[test]
    fn a_far_match_is_brought_into_view() {
        let text = format!("  {} needle {}", "x".repeat(5000), "y".repeat(5000));
        let at = text.find("needle").unwrap();
        let start = window(&text, at, 30).start;
        assert!(start < at && at - start <= 10, "{start} {at}");
        assert_eq!(window("    needle", 4, 30), 4..10);
        assert_eq!(window("one two needle", 8, 14), 0..14);
    }
}
