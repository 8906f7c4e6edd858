//! What Markdown's parser does not know, found in a block's finished text: `%%comments%%`,
//! `==highlight==`, `#tags`, bare addresses, inline notes `^[...]` and block ids.
//!
//! Detectors only say where something starts and ends ([`Cut`]); one sweep applies all of it.
//! Everything takes time linear in the text.

use std::ops::Range;

use super::document::{Inlines, Run, Target};
use super::inline::{self, INERT};
use super::tag;
use crate::text::role::Marks;
use crate::text::span::ByteSpan;

/// A change at a byte of the text, in force from there on.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Change {
    /// Text is dropped.
    Hide,
    /// Text is kept again.
    Show,
    /// Marks are added.
    Mark(Marks),
    /// Marks are no longer added.
    Unmark(Marks),
    /// Text that leads nowhere yet leads to this.
    Lead(Target),
    /// Text leads where it did.
    Release,
    /// Text goes into an inline note.
    Note,
    /// Text goes into the block again.
    EndNote,
}

type Cut = (usize, Change);

/// Memory that is used again for each block.
#[derive(Default)]
pub(super) struct Scratch {
    cuts: Vec<Cut>,
    old: Inlines,
}

/// What was found in a block, all places being bytes of the source.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Found {
    /// Tags, without `#`, with the span of the whole tag.
    pub(super) tags: Vec<(String, ByteSpan)>,
    /// Addresses.
    pub(super) addresses: Vec<(String, ByteSpan)>,
    /// What inline notes say.
    pub(super) notes: Vec<Inlines>,
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

/// Whether `text` may hold anything that this module knows. Written so that the compiler can look at
/// many bytes at once: most blocks hold nothing, and every block of a wiki comes through here.
pub(super) fn may_hold_any(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(rest) = bytes.get(1..) else { return false };
    let sign = |a: u8, b: u8| {
        (a == b'#')
            || (a == b'^')
            || (a == b':') && (b == b'/')
            || (a == b'=') && (b == b'=')
            || (a == b'%') && (b == b'%')
    };
    // Eight lines of a cache at a time, so that a long text with a sign near its start is soon left.
    bytes
        .chunks(512)
        .zip(rest.chunks(512))
        .any(|(bytes, rest)| bytes.iter().zip(rest).fold(false, |any, (a, b)| any | sign(*a, *b)))
}

/// Marks highlights, tags, addresses and inline notes in `content`.
pub(super) fn extend(content: &mut Inlines, numbers: Numbers, scratch: &mut Scratch) -> Found {
    let mut found = Found::default();
    let cuts = &mut scratch.cuts;
    let mut highlight: Option<usize> = None;
    let mut note: Option<(usize, usize)> = None;
    let text = content.text.as_str();
    for (range, run) in content.ranges() {
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
                b'#' if text[..at].chars().next_back().is_none_or(char::is_whitespace) => {
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
                    if let Some(address) = address(&text[range.clone()], at - range.start) {
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
                    }
                    Some((open, depth)) => note = Some((open, depth - 1)),
                    None => {}
                },
                _ => {}
            }
            at += 1;
        }
    }
    found.notes = apply(content, scratch, numbers.note);
    found
}

fn is_special(byte: u8) -> bool {
    matches!(byte, b'#' | b':' | b'=' | b'^' | b'[' | b']')
}

/// Hides a marker of `len` bytes; `change` comes into force behind it.
fn marker(cuts: &mut Vec<Cut>, at: usize, len: usize, change: Change) {
    cuts.extend([(at, Change::Hide), (at + len, Change::Show), (at + len, change)]);
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// The address around the colon at `colon` (GFM 6.9, autolinks; only with a scheme).
fn address(text: &str, colon: usize) -> Option<Range<usize>> {
    if !text[colon..].starts_with("://") {
        return None;
    }
    let before = &text[..colon];
    let scheme = ["https", "http", "ftp"].into_iter().find(|scheme| {
        before.len() >= scheme.len()
            && before.as_bytes()[before.len() - scheme.len()..]
                .eq_ignore_ascii_case(scheme.as_bytes())
    })?;
    let start = colon - scheme.len();
    if text[..start].ends_with(char::is_alphanumeric) {
        return None;
    }
    let ends = |c: char| {
        c.is_whitespace()
            || matches!(c, '<' | '>' | '"' | '`' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff65}' | '\u{2018}'..='\u{201f}')
    };
    let host = colon + 3;
    if !text[host..].starts_with(|c: char| c.is_alphanumeric() || c == '[') {
        return None;
    }
    let mut address = &text[start..text[host..].find(ends).map_or(text.len(), |end| host + end)];
    // Punctuation at the end belongs to the sentence; a bracket does where it opens nothing.
    let excess = |open: char, close: char| {
        let (opened, closed) = (address.matches(open).count(), address.matches(close).count());
        closed.saturating_sub(opened)
    };
    let (mut round, mut square) = (excess('(', ')'), excess('[', ']'));
    loop {
        address = match address.bytes().next_back()? {
            b'?' | b'!' | b'.' | b',' | b':' | b';' | b'*' | b'_' | b'~' | b'\'' | b'|' => {
                &address[..address.len() - 1]
            }
            b')' if round > 0 => {
                round -= 1;
                &address[..address.len() - 1]
            }
            b']' if square > 0 => {
                square -= 1;
                &address[..address.len() - 1]
            }
            _ => break,
        };
    }
    (address.len() > host - start).then(|| start..start + address.len())
}

/// Drops the comments of `content`, and all that stands in the source before `from`; gives the
/// hidden stretches of the source, in order. A comment that starts a line may end after the
/// block: `closes` says whether it does.
pub(super) fn hide_comments(
    content: &mut Inlines,
    from: u32,
    closes: impl FnOnce() -> bool,
    scratch: &mut Scratch,
) -> Vec<ByteSpan> {
    let mut hidden = Vec::new();
    let cuts = &mut scratch.cuts;
    // (place in the text, place in the source, whether it starts a line)
    let mut open: Option<(usize, u32, bool)> = None;
    let text = content.text.as_str();
    let last = content.runs.last().map_or(0, |run| run.source.end);
    for (range, run) in content.ranges() {
        if run.source.start < from {
            // Text from before `from` is hidden to the last byte; what a run holds after it is kept.
            let exact = run.source.len() == range.len();
            let keep = if exact { (from - run.source.start) as usize } else { range.len() };
            cuts.push((range.start, Change::Hide));
            cuts.push((range.start + keep.min(range.len()), Change::Show));
            hidden.push(ByteSpan { start: run.source.start, end: run.source.end.min(from) });
        }
        if run.marks.has(INERT) {
            continue;
        }
        let skip = from.saturating_sub(run.source.start) as usize;
        let mut at = (range.start + skip).min(range.end);
        while let Some(step) = text.get(at..range.end).and_then(|rest| rest.find("%%")) {
            at += step;
            let source = run.source.start + count(at - range.start);
            match open.take() {
                None => open = Some((at, source, at == 0 || text[..at].ends_with('\n'))),
                Some((start, from, _)) => {
                    cuts.push((start, Change::Hide));
                    cuts.push((at + 2, Change::Show));
                    hidden.push(ByteSpan { start: from, end: source + 2 });
                }
            }
            at += 2;
        }
    }
    if let Some((at, source, true)) = open
        && closes()
    {
        cuts.push((at, Change::Hide));
        hidden.push(ByteSpan { start: source, end: last });
    }
    apply(content, scratch, 0);
    hidden
}

/// The block id at the end of `content` (` ^id`), cut off from it; its text without `^`.
pub(super) fn take_block_id(content: &mut Inlines) -> Option<String> {
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

/// Applies the cuts; gives the inline notes, whose references get numbers from `next_note` on.
fn apply(content: &mut Inlines, scratch: &mut Scratch, next_note: u32) -> Vec<Inlines> {
    let mut notes: Vec<Inlines> = Vec::new();
    let Scratch { cuts, old } = scratch;
    if cuts.is_empty() {
        return notes;
    }
    cuts.sort_by_key(|(at, _)| *at);
    std::mem::swap(content, old);
    content.text.clear();
    content.runs.clear();
    let (mut hidden, mut marks, mut lead, mut in_note) = (0_u32, Marks::NONE, None, false);
    let mut cuts = cuts.drain(..).peekable();
    for (range, run) in old.ranges() {
        let exact = run.source.len() == range.len();
        let mut at = range.start;
        loop {
            while let Some((_, change)) = cuts.next_if(|(place, _)| *place <= at) {
                match change {
                    Change::Hide => hidden += 1,
                    Change::Show => hidden = hidden.saturating_sub(1),
                    Change::Mark(more) => marks = marks.with(more),
                    Change::Unmark(less) => marks = marks.without(less),
                    Change::Lead(target) => lead = Some(target),
                    Change::Release => lead = None,
                    Change::Note => {
                        notes.push(Inlines::default());
                        in_note = true;
                    }
                    Change::EndNote => {
                        let number = next_note + count(notes.len() - 1);
                        let place = ByteSpan { start: run.source.start, end: run.source.start };
                        content.text.push_str(&number.to_string());
                        let marks = Marks::FOOTNOTE.with(INERT);
                        let target = Target::Footnote(number);
                        inline::push_run(content, Run { end: 0, marks, target, source: place });
                        in_note = false;
                    }
                }
            }
            if at >= range.end {
                break;
            }
            let end = cuts.peek().map_or(range.end, |(place, _)| (*place).min(range.end));
            if hidden == 0 {
                let into = match notes.last_mut() {
                    Some(note) if in_note => note,
                    _ => &mut *content,
                };
                into.text.push_str(&old.text[at..end]);
                let base = run.source.start as usize;
                let source = if exact {
                    ByteSpan::new(base + at - range.start..base + end - range.start)
                } else {
                    run.source
                };
                let target = lead.filter(|_| run.target == Target::None).unwrap_or(run.target);
                inline::push_run(
                    into,
                    Run { end: 0, marks: run.marks.with(marks), target, source },
                );
            }
            at = end;
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::{Found, Numbers, Scratch, extend, hide_comments, take_block_id};
    use crate::markdown::document::{Inlines, Run};
    use crate::text::role::Marks;
    use crate::text::span::ByteSpan;

    fn plain(text: &str) -> Inlines {
        let end = u32::try_from(text.len()).unwrap();
        let source = ByteSpan::new(0..text.len());
        let run = Run { end, marks: Marks::NONE, target: super::Target::None, source };
        Inlines { text: text.to_owned(), runs: vec![run] }
    }

    fn found(text: &str) -> (Inlines, Found) {
        let mut content = plain(text);
        let numbers = Numbers { tag: 0, link: 0, note: 1 };
        let found = extend(&mut content, numbers, &mut Scratch::default());
        (content, found)
    }

    #[test]
    fn addresses_end_where_gfm_ends_them() {
        let check = |text: &str, expected: &[&str]| {
            let addresses: Vec<String> = found(text).1.addresses.into_iter().map(|a| a.0).collect();
            assert_eq!(addresses, expected, "{text}");
        };
        check("see https://a.b/c.", &["https://a.b/c"]);
        check("(https://a.b/c_(d)) x", &["https://a.b/c_(d)"]);
        check("https://a.b/?q=1&r=#f, HTTP://C.D", &["https://a.b/?q=1&r=#f", "HTTP://C.D"]);
        check("[https://a.b]", &["https://a.b"]);
        check("https:// xhttps://a.b file:///x http://.", &[]);
        check("见https://a.b。", &[]);
        check("见 https://a.b。好", &["https://a.b"]);
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
        assert_eq!(super::tests::found("a^[b").0.text, "a^[b");
    }

    #[test]
    fn comments_are_hidden() {
        let check = |text: &str, from, expected: &str| {
            let mut content = plain(text);
            let mut open = false;
            let closes = || {
                open = true;
                true
            };
            hide_comments(&mut content, from, closes, &mut Scratch::default());
            assert_eq!(content.text, expected, "{text}");
            open
        };
        assert!(!check("a %%b%% c", 0, "a  c"));
        assert!(!check("100%% sure", 0, "100%% sure"));
        assert!(check("a\n%% b", 0, "a\n"));
        assert!(!check("x%% a %%b%% c", 3, " a  c"));
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
