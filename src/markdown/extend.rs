//! What Markdown's parser does not know, found in a block's finished text: `==highlight==`, `#tags`,
//! bare addresses, inline notes `^[...]` and block ids. (Comments come before: `comment`.)
//!
//! Detectors only say where something starts and ends; one sweep (`cuts`) applies all of it.

use std::ops::Range;

use super::cuts::{Change, Scratch, apply, count, marker};
use super::document::Target;
use super::inline::{self, Gathered, INERT};
use super::{address, tag};
use crate::text::role::Marks;
use crate::text::span::ByteSpan;

/// What was found in a block, all places being bytes of the source.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Found {
    /// Tags, without `#`, with the span of the whole tag.
    pub(super) tags: Vec<(String, ByteSpan)>,
    /// Addresses.
    pub(super) addresses: Vec<(String, ByteSpan)>,
    /// What inline notes say.
    pub(super) notes: Vec<Gathered>,
}

/// The numbers that things of a block get.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Numbers {
    /// Of the next tag.
    pub(super) tag: u32,
    /// Of the next link.
    pub(super) link: u32,
    /// Of the next footnote, the first being 1.
    pub(super) note: u32,
}

/// Marks highlights, tags, addresses and inline notes in `content`. What leaves the text as it is
/// need not be marked where nobody looks at the runs (`runs_matter`).
pub(super) fn extend(
    content: &mut Gathered,
    numbers: Numbers,
    runs_matter: bool,
    scratch: &mut Scratch,
) -> Found {
    let mut found = Found::default();
    let mut text_changes = false;
    let cuts = &mut scratch.cuts;
    let mut highlight: Option<usize> = None;
    let mut note: Option<(usize, usize)> = None;
    let text = content.text.as_str();
    // The character before a run, as it is read: an element in the text stands between nothing.
    let mut before = None;
    for (range, run) in content.ranges() {
        let last = before;
        if !run.marks.has(Marks::HTML) {
            before = text[range.clone()].chars().next_back().or(last);
        }
        if run.marks.has(INERT) {
            continue;
        }
        let place = |at: Range<usize>| {
            let base = run.source.start as usize;
            ByteSpan::new(base + at.start - range.start..base + at.end - range.start)
        };
        let mut at = range.start;
        while let Some(step) =
            text.as_bytes()[at..range.end].iter().position(|byte| is_special(*byte))
        {
            at += step;
            let rest = &text[at..range.end];
            match rest.as_bytes()[0] {
                b'#' if is_free(&text[range.start..at], last) => {
                    if let Some(len) = tag::name_len(&rest[1..]) {
                        let end = at + 1 + len;
                        let number = numbers.tag + count(found.tags.len());
                        found.tags.push((text[at + 1..end].to_owned(), place(at..end)));
                        cuts.push((at, Change::Mark(Marks::TAG)));
                        cuts.push((at, Change::Lead(Target::Tag(number))));
                        cuts.push((end, Change::Unmark(Marks::TAG)));
                        cuts.push((end, Change::Release));
                        at = end;
                        continue;
                    }
                }
                b':' if run.target == Target::None => {
                    if let Some(address) = address::around(&text[range.clone()], at - range.start) {
                        let (start, end) = (range.start + address.start, range.start + address.end);
                        let number = numbers.link + count(found.addresses.len());
                        found.addresses.push((text[start..end].to_owned(), place(start..end)));
                        cuts.push((start, Change::Lead(Target::Link(number))));
                        cuts.push((end, Change::Release));
                        at = end;
                        continue;
                    }
                }
                b'=' => {
                    let run_len = rest.len() - rest.trim_start_matches('=').len();
                    if run_len == 2 {
                        let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
                        match highlight {
                            Some(open) if !space(text[..at].chars().next_back()) => {
                                marker(cuts, open, 2, Change::Mark(Marks::HIGHLIGHT));
                                cuts.push((at, Change::Unmark(Marks::HIGHLIGHT)));
                                marker(cuts, at, 2, Change::Show);
                                highlight = None;
                                text_changes = true;
                            }
                            _ if !space(text[at + 2..].chars().next()) => highlight = Some(at),
                            _ => {}
                        }
                    }
                    at += run_len;
                    continue;
                }
                b'^' if note.is_none() && rest.starts_with("^[") => {
                    note = Some((at, 0));
                    at += 2;
                    continue;
                }
                b'[' => note = note.map(|(open, depth)| (open, depth + 1)),
                b']' => match note {
                    Some((open, 0)) => {
                        marker(cuts, open, 2, Change::Note);
                        cuts.push((at, Change::EndNote));
                        marker(cuts, at, 1, Change::Show);
                        note = None;
                        text_changes = true;
                    }
                    Some((open, depth)) => note = Some((open, depth - 1)),
                    None => {}
                },
                _ => {}
            }
            at += 1;
        }
    }
    if text_changes || runs_matter {
        found.notes = apply(content, scratch, numbers.note);
    } else {
        cuts.clear();
    }
    found
}

/// Whether a tag may begin behind `text` of its run; `last` is the character before the run.
fn is_free(text: &str, last: Option<char>) -> bool {
    text.chars().next_back().or(last).is_none_or(char::is_whitespace)
}

fn is_special(byte: u8) -> bool {
    matches!(byte, b'#' | b':' | b'=' | b'^' | b'[' | b']')
}

/// The block id at the end of `content` (` ^id`), cut off from it; its text without `^`.
pub(super) fn take_block_id(content: &mut Gathered) -> Option<String> {
    let text = content.text.trim_end();
    let id_char = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let id_len = text.bytes().rev().take_while(id_char).count();
    let caret = (text.len() - id_len).checked_sub(1).filter(|_| id_len > 0)?;
    if text.as_bytes()[caret] != b'^' {
        return None;
    }
    let id = &text[caret + 1..];
    let at = content.ranges().position(|(range, _)| range.end > caret)?;
    let start = at.checked_sub(1).map_or(0, |before| content.runs[before].end as usize);
    let run = content.runs[at];
    let spaced = text[..caret].is_empty() || text[..caret].ends_with(char::is_whitespace);
    // It may be glued to an embed, and to nothing else.
    let glued = start == caret
        && at
            .checked_sub(1)
            .is_some_and(|before| matches!(content.runs[before].target, Target::Link(_)));
    if run.marks.has(INERT) || !(spaced || glued) || (run.end as usize) < text.len() {
        return None;
    }
    let id = id.to_owned();
    let end = text[..caret].trim_end().len();
    inline::truncate(content, end);
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::{Found, Numbers, extend, take_block_id};
    use crate::markdown::cuts::{Scratch, plain};
    use crate::markdown::inline::Gathered;

    fn found(text: &str) -> (Gathered, Found) {
        let mut content = plain(text);
        let numbers = Numbers { tag: 0, link: 0, note: 1 };
        let found = extend(&mut content, numbers, true, &mut Scratch::default());
        (content, found)
    }

    #[test]
    fn tags_stand_after_white_space_or_at_the_start() {
        let check = |text: &str, expected: &[&str]| {
            let tags: Vec<String> = found(text).1.tags.into_iter().map(|tag| tag.0).collect();
            assert_eq!(tags, expected, "{text}");
        };
        check("#a #b/c, #1990s #1984", &["a", "b/c", "1990s"]);
        check("x#a (#b) \"#c\" ##d", &[]);
        check("\u{a0}#a\u{3000}#日本語", &["a", "日本語"]);
        check("https://x.y/ #z https://x.y/#f", &["z"]);
    }

    #[test]
    fn highlights_lose_their_marks() {
        let check = |text: &str, expected: &str| assert_eq!(found(text).0.text, expected, "{text}");
        check("a ==b== c", "a b c");
        check("a == b and c == d", "a == b and c == d");
        check("==a ==b", "==a ==b");
        check("=== a ===", "=== a ===");
        check("==a== ==b==", "a b");
    }

    #[test]
    fn inline_notes_become_numbers() {
        let (content, found) = found("a^[note [x] y] b^[z]");
        assert_eq!(content.text, "a1 b2");
        let notes: Vec<&str> = found.notes.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(notes, ["note [x] y", "z"]);
        assert_eq!(self::found("a^[b").0.text, "a^[b");
    }

    #[test]
    fn block_ids_end_a_block() {
        let check = |text: &str, id: Option<&str>, rest: &str| {
            let mut content = plain(text);
            assert_eq!(take_block_id(&mut content).as_deref(), id, "{text}");
            assert_eq!(content.text, rest);
        };
        check("a ^b-1", Some("b-1"), "a");
        check("a\n^b", Some("b"), "a");
        check("^b", Some("b"), "");
        check("a^b", None, "a^b");
        check("a ^b c", None, "a ^b c");
        check("a ^b_c", None, "a ^b_c");
    }
}
