//! Places that were left: noted so that one comes back to the same line, also when the page was edited, laid
//! out at another width or read by another run of the program. On the same text at the same width that is the
//! exact line; else the line's own words are looked for, first under its heading. Knows texts and headings,
//! nothing of where it is kept.

use serde::{Deserialize, Serialize};

use super::{OpenPage, folds, place};
use crate::layout::Anchor;
use crate::markdown::facts::Heading;
use crate::markdown::recover::{PageText, Recovery};

/// Of the text at a place so many characters are noted.
const MOST_WORDS: usize = 80;
/// Empty rows above a text that are noted with its place.
const MOST_ABOVE: usize = 8;

/// A place on a page as it was left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Left {
    /// The first line on the screen.
    pub anchor: Anchor,
    /// The selected stop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selected: Option<u32>,
    /// Whether the source was shown; the place is one of that.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_source: bool,
    /// How many slots the layout had before its tail.
    pub(super) slots: u32,
    /// Width of the layout, in cells.
    width: usize,
    /// Length of the text, in bytes.
    bytes: usize,
    /// The byte of the text that the first line shows.
    at: usize,
    /// Empty rows on the screen above that line.
    above: usize,
    /// What the text says there.
    words: String,
    /// The heading above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    under: Option<Under>,
}

/// The heading above a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Under {
    /// Its text.
    heading: String,
    /// How many headings of the same text stand above it.
    nth: usize,
    /// Bytes from its start to the place.
    below: usize,
}

impl Left {
    /// The place where the reader is on a page.
    #[must_use]
    pub fn of(open: &OpenPage) -> Self {
        let layout = &open.layout;
        let at = layout.source_at(open.anchor) as usize;
        let lines = layout.lines(open.anchor, MOST_ABOVE);
        let above = lines.iter().position(|line| line.segments.iter().any(|s| s.at.is_some()));
        let headings = &open.document.facts.headings;
        let before = headings.partition_point(|heading| heading.span.start as usize <= at);
        let under = headings[..before].split_last().map(|(heading, above)| Under {
            heading: heading.text.to_string(),
            nth: above.iter().filter(|other| other.text == heading.text).count(),
            below: at - heading.span.start as usize,
        });
        // What comes before it may be taken for a few rows until it is looked at.
        let is_top = layout.position(open.anchor).0 == 0;
        let anchor = if is_top { Anchor::default() } else { open.anchor };
        let line = open.source.get(at..).and_then(|text| text.lines().next()).unwrap_or("");
        Self {
            anchor,
            selected: open.selected,
            is_source: open.is_source(),
            slots: layout.slots_before_tail(),
            width: layout.options().width,
            bytes: open.source.len(),
            at,
            above: above.unwrap_or(0),
            words: line.chars().take(MOST_WORDS).collect(),
            under,
        }
    }

    /// Whether it is the beginning of the page.
    #[must_use]
    pub fn is_top(&self) -> bool {
        self.anchor == Anchor::default() && self.selected.is_none() && !self.is_source
    }

    /// The line of the file in which it is, the first being 1, also after the page was edited.
    #[must_use]
    pub fn line(&self, page: &PageText) -> usize {
        let at = self.find(&page.text, &page.facts().headings);
        let before = page.text.as_bytes().get(..at).unwrap_or(page.text.as_bytes());
        let line = memchr::memchr_iter(b'\n', before).count();
        let written = |recovery: &Recovery| {
            u32::try_from(line).map_or(line, |line| recovery.written_line(line) as usize)
        };
        1 + page.recovery.as_ref().map_or(line, written)
    }

    /// Goes there. Gives the place to take once the tail has come.
    pub(super) fn go(&self, open: &mut OpenPage, rows: usize) -> (Anchor, Option<u32>) {
        let slots = open.layout.slots_before_tail();
        let is_same_text = self.bytes == open.source.len() && self.stands_at(&open.source, self.at);
        let same_slots = is_same_text && self.slots == slots;
        open.selected = self.selected.filter(|_| same_slots);
        let first = open.document.leaves.first().map_or(0, |leaf| leaf.span.start as usize);
        // Head and tail are no part of the text.
        let at = self.find(&open.source, &open.document.facts.headings);
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        let in_tail = self.slots > 0 && self.anchor.slot >= self.slots;
        let in_head = self.at < first || self.anchor == Anchor::default();
        if !in_tail && !in_head {
            folds::reveal_source(open, at, false, rows);
        }
        if (same_slots && self.width == open.layout.options().width) || in_tail || in_head {
            let below = self.anchor.slot.saturating_sub(self.slots);
            let slot = if in_tail { slots.saturating_add(below) } else { self.anchor.slot };
            let anchor = Anchor { slot, ..self.anchor };
            place::place(open, anchor, rows);
            return (anchor, open.selected);
        }
        place::to_source(open, at, rows);
        place::move_by(open, -isize::try_from(self.above).unwrap_or(0), rows);
        (open.anchor, open.selected)
    }

    /// Where in a newer text the place is.
    fn find(&self, text: &str, headings: &[Heading]) -> usize {
        if self.bytes == text.len() && self.stands_at(text, self.at) {
            return self.at;
        }
        let section = self.under.as_ref().and_then(|under| {
            let mut same = (0..headings.len()).filter(|&n| *headings[n].text == *under.heading);
            let first = same.next()?;
            // Where headings of that text went, the last that is left.
            let nth = under.nth.checked_sub(1).map_or(Some(first), |rest| {
                same.by_ref().nth(rest).or_else(|| {
                    (0..headings.len()).rev().find(|&n| *headings[n].text == *under.heading)
                })
            })?;
            let start = headings[nth].span.start as usize;
            let end = headings.get(nth + 1).map_or(text.len(), |next| next.span.start as usize);
            Some((start..end, start + under.below))
        });
        let (section, guess) = section.unwrap_or((0..text.len(), self.at));
        let nearest = |from: usize, text: &str| {
            let found = text.match_indices(&self.words).map(|(at, _)| from + at);
            found.min_by_key(|at| at.abs_diff(guess))
        };
        let here = text.get(section.clone()).filter(|_| !self.words.is_empty());
        let found = here.and_then(|here| nearest(section.start, here).or_else(|| nearest(0, text)));
        found.unwrap_or_else(|| {
            let mut at = guess.min(section.end.saturating_sub(1)).max(section.start);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        })
    }

    fn stands_at(&self, text: &str, at: usize) -> bool {
        text.get(at..).is_some_and(|text| text.starts_with(&self.words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parse;

    /// The place of the first `words` of `old` after `heading`.
    fn left(old: &str, words: &str) -> Left {
        let at = old.find(words).expect("it stands there");
        let headings = parse(old).facts.headings;
        let above: Vec<_> = headings.iter().filter(|h| h.span.start as usize <= at).collect();
        let under = above.split_last().map(|(heading, above)| Under {
            heading: heading.text.to_string(),
            nth: above.iter().filter(|other| other.text == heading.text).count(),
            below: at - heading.span.start as usize,
        });
        let words = words.to_owned();
        Left { bytes: old.len(), at, words, under, ..Left::default() }
    }

    #[test]
    fn a_place_is_found_again_after_an_edit() {
        let check = |old: &str, words: &str, new: &str, expected: &str| {
            let at = left(old, words).find(new, &parse(new).facts.headings);
            let found = &new[at..];
            assert!(found.starts_with(expected), "{words:?} of {old:?} in {new:?}: {found:?}");
        };
        let page = "# T\n\nintro\n\n## A\n\nsame\n\n## B\n\nsame\n\nlast\n";
        // As it was, and with something written above.
        check(page, "last", page, "last");
        check(page, "last", "# T\n\nmuch more\n\n## A\n\nsame\n\n## B\n\nsame\n\nlast\n", "last");
        check("no heading\n\nhere\n", "here", "more\n\nno heading\n\nhere\n", "here");
        // The line itself was rewritten: as far below its heading as it was.
        check(
            "## A\n\nold line\n\n## B\n\nb\n",
            "old line",
            "x\n\n## A\n\nnew\n\n## B\n\nb\n",
            "new",
        );
        // A section that became shorter is not left.
        check("## A\n\none\n\ntwo\n\n## B\n\nb\n", "two", "## A\n\none\n\n## B\n\nb\n", "\n## B");
        // Moved under another heading, or its heading renamed.
        check("## A\n\nmoved\n\n## B\n\nb\n", "moved", "## A\n\n## B\n\nb\n\nmoved\n", "moved");
        check("## A\n\nstays\n", "stays", "## Other\n\nfirst\n\nstays\n", "stays");
        // All gone: the same byte, or the end.
        check("## A\n\nlong text here\n", "here", "", "");
        check("abcdef\n", "def", "\u{e9}\u{e9}\u{e9}\u{e9}", "\u{e9}\u{e9}\u{e9}");
    }

    #[test]
    fn a_place_is_on_a_line_of_the_file_as_it_is_now() {
        let page = |text: &str| PageText::new(text.to_owned());
        let old = "# T\n\nintro\n\n## A\n\nsame\n";
        assert_eq!(left(old, "same").line(&page(old)), 7);
        assert_eq!(left(old, "same").line(&page(&format!("new\n\n{old}"))), 9);
        assert_eq!(left(old, "same").line(&page("")), 1);
        assert_eq!(Left::default().line(&page(old)), 1);
    }

    #[test]
    fn of_like_lines_the_one_under_its_own_heading_is_found() {
        let old = "## A\n\nsame\n\n## B\n\nsame\n\n## A\n\nsame\n";
        let new = format!("above\n\n{old}");
        let headings = parse(old).facts.headings;
        for (nth, (at, _)) in old.match_indices("same").enumerate() {
            let above = headings.iter().filter(|heading| (heading.span.start as usize) < at);
            let last = above.clone().next_back().expect("each has one");
            let under = Under {
                heading: last.text.to_string(),
                nth: above.filter(|heading| heading.text == last.text).count() - 1,
                below: at - last.span.start as usize,
            };
            let words = "same".to_owned();
            let left = Left { bytes: old.len(), at, words, under: Some(under), ..Left::default() };
            let found = left.find(&new, &parse(&new).facts.headings);
            assert_eq!(found, at + "above\n\n".len(), "number {nth}");
        }
    }
}
