//! The beginning of a page: as much of a long text as can be shown before the rest was parsed. Looks at lines and
//! knows only what reaches over blank ones: front matter and fences.

use super::{footer, frontmatter};
use crate::text::span::floor_char_boundary;

/// A beginning of `text` of at most `bytes` bytes that reads as the same part of the whole does, as far as lines
/// tell: it ends at a blank line outside of fences, where there is none at a line's end, and in a text of one line
/// anywhere. `None` where the front matter alone is longer, and where that would be all of the text.
#[must_use]
pub fn beginning(text: &str, bytes: usize) -> Option<&str> {
    if text.len() <= bytes {
        return None;
    }
    let window = &text[..floor_char_boundary(text, bytes)];
    let start = match frontmatter::find(window) {
        Some((_, end)) => end,
        None if footer::is_rule(window.lines().next().unwrap_or_default()) => return None,
        None => 0,
    };
    let (mut at, mut fence, mut blank, mut line_end) = (start, None, None, None);
    for line in window[start..].split_inclusive('\n').filter(|line| line.ends_with('\n')) {
        at += line.len();
        line_end = Some(at);
        let rest = line.trim_start_matches([' ', '>']);
        let sign = rest.chars().next().filter(|sign| matches!(sign, '`' | '~'));
        let length = sign.map_or(0, |sign| rest.len() - rest.trim_start_matches(sign).len());
        match (fence, sign) {
            (None, Some(sign)) if length >= 3 => fence = Some((sign, length)),
            (Some((opened, least)), Some(sign)) if sign == opened && length >= least => {
                fence = None;
            }
            (None, _) if line.trim().is_empty() => blank = Some(at),
            _ => {}
        }
    }
    Some(&text[..blank.or(line_end).unwrap_or(window.len())])
}

#[cfg(test)]
mod tests {
    use super::beginning;

    #[test]
    fn it_ends_where_a_block_does() {
        let check = |text: &str, bytes: usize, expected: Option<&str>| {
            assert_eq!(beginning(text, bytes), expected, "{text:?}");
        };
        check("a\n\nb\n\nc", 100, None);
        check("a\n\nb\n\nc", 5, Some("a\n\n"));
        check("a\n\nb\n\nc", 6, Some("a\n\nb\n\n"));
        check("a\n\n```\nb\n\nc\n\nd\n", 14, Some("a\n\n"));
        check("a\n\n```\nb\n```\n\nc\n\nd\n", 17, Some("a\n\n```\nb\n```\n\nc\n\n"));
        check("```\n\n~~~\n\n````\n\nc", 16, Some("```\n\n~~~\n\n````\n\n"));
        check("a\nb\nc\nd", 5, Some("a\nb\n"));
        check("äöü", 3, Some("ä"));
        check("---\nx: 1\n---\na\n\nb\n\nc", 19, Some("---\nx: 1\n---\na\n\nb\n\n"));
        check("---\nx: 1\ny: 2\n---\na\n\nb\n\nc", 10, None);
    }
}
