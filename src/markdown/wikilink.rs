//! Where wiki-links stand in a source and what their parts are (`semantics.md`, wiki-links).
//!
//! This scan, not the parser, says what `[[...]]` means: the parser would end a target at a lone
//! `]`, look it up among reference definitions and let it run over lines. The scan knows nothing of
//! blocks: whether a link stands in code, is said by the walk, which never asks for it there.

use std::ops::Range;

use memchr::{memchr, memchr3_iter, memmem};

/// A wiki-link or embed; all places are byte offsets in the source.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct WikiLink {
    /// At the first bracket, or the `!` of an embed.
    pub(super) start: usize,
    /// Past the last bracket.
    pub(super) end: usize,
    /// Whether it is `![[...]]`.
    pub(super) embed: bool,
    /// The target, trimmed.
    pub(super) target: Range<usize>,
    /// After the first `#`, trimmed.
    pub(super) fragment: Option<Range<usize>>,
    /// The alias, trimmed; empty at the closing brackets where there is none.
    pub(super) shown: Range<usize>,
}

impl WikiLink {
    /// Says where it stands in a text of which the one that was scanned starts at byte `by`.
    pub(super) fn shift(&mut self, by: usize) {
        let shift = |range: &mut Range<usize>| {
            range.start += by;
            range.end += by;
        };
        self.start += by;
        self.end += by;
        [&mut self.target, &mut self.shown].into_iter().chain(&mut self.fragment).for_each(shift);
    }

    /// Target, fragment and alias as they stand in `text`.
    pub(super) fn parts<'a>(&self, text: &'a str) -> (&'a str, Option<&'a str>, Option<&'a str>) {
        let part = |range: &Range<usize>| &text[range.clone()];
        let alias = Some(part(&self.shown)).filter(|alias| !alias.is_empty());
        (part(&self.target), self.fragment.as_ref().map(part), alias)
    }
}

/// Room for so many links is made with the first: most pages that have one need no more.
const USUAL: usize = 16;

/// The links of `text`, in order. Takes time linear in its length, whatever the brackets.
pub(super) fn scan(text: &str) -> Vec<WikiLink> {
    let mut links = Vec::new();
    let bytes = text.as_bytes();
    let opening = memmem::Finder::new("[[");
    let mut from = 0;
    while let Some(mut open) = opening.find(&bytes[from..]).map(|at| from + at) {
        let next = open + 1;
        from = bytes.len();
        for at in memchr3_iter(b'[', b']', b'\n', &bytes[next..]).map(|at| next + at) {
            let doubled = bytes.get(at + 1) == Some(&bytes[at]);
            match bytes[at] {
                // The innermost opening counts: `[[a[[b]]` is `[[` and the link to `b`.
                b'[' if doubled => open = at,
                b']' if doubled => {
                    if links.is_empty() {
                        links.reserve(USUAL);
                    }
                    links.extend(link(text, open, at));
                    from = at + 2;
                    break;
                }
                b'\n' => {
                    from = at;
                    break;
                }
                _ => {}
            }
        }
    }
    links
}

/// The link between `[[` at `open` and `]]` at `close`, unless it is plain text.
fn link(text: &str, open: usize, close: usize) -> Option<WikiLink> {
    let body = &text[open + 2..close];
    if is_escaped(text, open) || !code_is_closed(body) {
        return None;
    }
    let head_end = memchr(b'|', body.as_bytes()).map_or(close, |pipe| open + 2 + pipe);
    let shown = trimmed(text, (head_end + 1).min(close)..close);
    // In tables the pipe is written `\|`; elsewhere, too, a backslash never ends a name.
    let bytes = text.as_bytes();
    let head_end = head_end - usize::from(bytes[open + 2..head_end].ends_with(b"\\"));
    let head = &bytes[open + 2..head_end];
    let hash = memchr(b'#', head).map(|hash| open + 2 + hash);
    let target = trimmed(text, open + 2..hash.unwrap_or(head_end));
    if target.is_empty() && hash.is_none() {
        return None;
    }
    let embed = bytes[..open].ends_with(b"!") && !is_escaped(text, open - 1);
    Some(WikiLink {
        start: open - usize::from(embed),
        end: close + 2,
        embed,
        target,
        fragment: hash.map(|hash| trimmed(text, hash + 1..head_end)),
        shown: if shown.is_empty() { close..close } else { shown },
    })
}

/// `range` without the white space at both of its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let bytes = &text.as_bytes()[range.clone()];
    if let ([first, ..], [.., last]) = (bytes, bytes)
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
    {
        return range;
    }
    let part = text[range.clone()].trim_end();
    let start = range.start + part.len() - part.trim_start().len();
    start..range.start + part.len()
}

/// Whether the character at `at` follows an odd number of backslashes.
fn is_escaped(text: &str, at: usize) -> bool {
    text.as_bytes()[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// Whether every code span that starts in `body` ends in it. One that does not may reach over the
/// brackets, and code comes before links.
fn code_is_closed(body: &str) -> bool {
    let mut rest = body;
    while let Some(start) = memchr(b'`', rest.as_bytes()) {
        let from = &rest[start..];
        let ticks = from.len() - from.trim_start_matches('`').len();
        rest = &from[ticks..];
        loop {
            let Some(next) = rest.find('`') else { return false };
            let from = &rest[next..];
            let closing = from.len() - from.trim_start_matches('`').len();
            rest = &from[closing..];
            if closing == ticks {
                break;
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::scan;

    /// Links as `target#fragment|shown`, embeds with `!`, in angle brackets.
    fn check(text: &str, expected: &str) {
        let shown = scan(text).into_iter().map(|link| {
            let part = |sign: &str, range| format!("{sign}{}", &text[range]);
            let fragment = link.fragment.map(|range| part("#", range)).unwrap_or_default();
            let alias = if link.shown.is_empty() { String::new() } else { part("|", link.shown) };
            let embed = if link.embed { "!" } else { "" };
            format!("<{embed}{}{fragment}{alias}>", &text[link.target])
        });
        assert_eq!(shown.collect::<String>(), expected, "{text}");
    }

    #[test]
    fn parts_are_split_and_trimmed() {
        check("[[a]] [[ b # c | d ]]", "<a><b#c|d>");
        check("[[a#b#c|d|e]] ![[i.png|300]]", "<a#b#c|d|e><!i.png|300>");
        check("[[#h]] [[#^id]] [[a  b]]", "<#h><#^id><a  b>");
        check("[[a|]] [[a|  ]]", "<a><a>");
        check(
            "[[https://x]] [[/abs/x]] [[../concepts/X|X]]",
            "<https://x></abs/x><../concepts/X|X>",
        );
    }

    #[test]
    fn a_backslash_before_the_pipe_is_no_part_of_the_target() {
        check(r"[[P\|q]] [[P#h\|q]] [[P\]] [[P \|q]]", "<P|q><P#h|q><P><P|q>");
    }

    #[test]
    fn the_innermost_opening_and_the_first_closing_count() {
        check("[[a[[b]]", "<b>");
        check("[[[x]]]", "<x>");
        check("[[Sq]uare]]", "<Sq]uare>");
        check("[[a]] b]] [[c", "<a>");
    }

    #[test]
    fn plain_text_stays_plain() {
        check("[[]] [[ ]] [[|x]] [x]", "");
        check("[[a\nb]]", "");
        check(r"\[[x]] \\[[y]] \![[z]]", "<y><z>");
        check("`[[a` b]] [[`c`]]", "<`c`>");
    }

    #[test]
    fn long_lines_of_brackets_take_linear_time() {
        for unit in ["[[", "]]", "[[a]]", "[[`", "\\[[a]]", "[[a|"] {
            scan(&unit.repeat(200_000));
        }
    }
}
