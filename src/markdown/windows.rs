//! Windows: a long text goes through the parser a part at a time, so that what the parser needs for its work is as
//! large as the part. What comes out is the same, event for event, as if the text were read as a whole; but that a
//! list ends with its text, to which the parser may count the definition of a link behind it.
//!
//! `CommonMark` decides line by line what a block is, and what is closed stays closed: a block is as it would be in
//! the whole text once something follows that is no part of it. So of each window the last block is left for
//! the next one, which starts with it. What reaches farther is what a text defines (links, notes): that is looked
//! for first, where there may be any, and put before every window.

use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

use memchr::{memchr, memmem, memrchr};
use pulldown_cmark::{Event, Parser, RefDefs, Tag};

use super::source::{Source, Window};
use super::walk::options;

/// A window holds so many bytes; texts that are no longer are read as a whole.
pub(super) const WINDOW_BYTES: usize = 256 << 10;

/// What stands between what is defined and the window: no line can belong to both.
const PARTED: &str = "***\n";

/// Calls `each` with the parser's events for `range` of the source, and where they stand in the source; `bytes` is
/// how many a window holds.
pub(super) fn read<'s>(
    source: &'s Source<'s>,
    range: Range<usize>,
    bytes: usize,
    mut each: impl FnMut(&Rc<Window<'s>>, Event, Range<usize>),
) {
    let text = source.text.get(range.clone()).unwrap_or_default();
    let defined = if text.len() > bytes && may_define(text) {
        definitions(source, range.clone(), bytes)
    } else {
        String::new()
    };
    Reading { source, bytes, defined: &defined }.read(range, |_| {}, &mut each);
}

/// How a text is read.
struct Reading<'s, 'd> {
    source: &'s Source<'s>,
    /// How many bytes a window holds.
    bytes: usize,
    /// What is defined somewhere, for all windows.
    defined: &'d str,
}

impl<'s> Reading<'s, '_> {
    /// Calls `opened` with what each window defines of links, and `each` with its events.
    fn read(
        &self,
        range: Range<usize>,
        mut opened: impl FnMut(&RefDefs<'_>),
        mut each: impl FnMut(&Rc<Window<'s>>, Event, Range<usize>),
    ) {
        let usual = self.bytes.max(8 * self.defined.len());
        let (mut start, mut bytes) = (range.start, usual);
        while start < range.end {
            let end = line_end(&self.source.text, start.saturating_add(bytes)).min(range.end);
            let window = Rc::new(self.source.window(start..end));
            let next = self.window(&window, end == range.end, &mut opened, &mut each);
            // A block that is longer than the window is read again in a longer one.
            bytes = if next == start { 2 * (end - start) } else { usual };
            start = next;
        }
    }

    /// Reads a window; gives where the next one starts: with the last block of this one, unless it `is_last`.
    fn window(
        &self,
        window: &Rc<Window<'s>>,
        is_last: bool,
        opened: &mut impl FnMut(&RefDefs<'_>),
        each: &mut impl FnMut(&Rc<Window<'s>>, Event, Range<usize>),
    ) -> usize {
        let text = match self.defined {
            "" => Cow::Borrowed(&*window.masked),
            defined => Cow::Owned([defined, PARTED, &window.masked].concat()),
        };
        let before = text.len() - window.masked.len();
        let parser = Parser::new_ext(&text, options());
        opened(parser.reference_definitions());
        let (mut depth, mut done, mut left) = (0_usize, before, text.len());
        for (event, range) in parser.into_offset_iter() {
            if range.start < before {
                continue;
            }
            if depth == 0 && !is_last && text[range.end..].trim_start().is_empty() {
                left = range.start;
                break;
            }
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                done = range.end;
            }
            let place = |at: usize| window.start + at - before;
            each(window, event, place(range.start)..place(range.end));
        }
        // From the end of the last block that was taken: behind it may stand what gives no event, such as a link's
        // definition, and what follows that may go on from there.
        let next = if is_last { text.len() } else { line_behind(&text, done.min(left)) };
        window.start + next.max(before) - before
    }
}

/// The start of the first line that holds nothing of what ends at the byte `at`.
fn line_behind(text: &str, at: usize) -> usize {
    let start = memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |newline| newline + 1);
    // The parser may count the indent of a block to the one before it.
    if text[start..at].trim().is_empty() { start } else { line_end(text, at) }
}

/// The end of the line in which the byte `at` stands.
fn line_end(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    memchr(b'\n', rest).map_or(text.len(), |newline| at + newline + 1)
}

/// Whether a line of the text may define something, `[label]: ...` or `[^label]: ...`. Says so rather once too often.
fn may_define(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), "]:").any(|at| {
        let start = memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |newline| newline + 1);
        // Before it stand the signs of what it is in: quotes, lists.
        let marks = |c: char| c.is_ascii_digit() || " \t>*+-.):".contains(c);
        let line = text[start..at].trim_start_matches(marks);
        match line.strip_prefix('[') {
            Some(label) => !label.starts_with('['),
            // A label may have begun on the line before.
            None => !line.contains('[') || line.contains('\\'),
        }
    })
}

/// What the text defines, written shortly, each as often as it is defined: of links that are alike the first counts.
fn definitions(source: &Source<'_>, range: Range<usize>, bytes: usize) -> String {
    let (mut links, mut notes) = (String::new(), String::new());
    let opened = |defined: &RefDefs<'_>| {
        for (label, link) in defined.iter() {
            let address = link.dest.replace('\\', r"\\").replace('&', "&amp;");
            let address = address.replace('<', r"\<").replace('>', r"\>");
            links.extend(["[", label, "]: <", &address, ">\n\n"]);
        }
    };
    Reading { source, bytes, defined: "" }.read(range, opened, |_, event, _| {
        if let Event::Start(Tag::FootnoteDefinition(label)) = event {
            notes.extend(["[^", &label, "]: x\n\n"]);
        }
    });
    notes + &links
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::may_define;
    use crate::markdown::{ContainerKind, Document, parse, parse_in_windows};

    /// What pages are made of; much of it means something else with what stands before or behind it.
    const PARTS: [&str; 34] = [
        "word",
        " ",
        "\n",
        "\n\n",
        "# Heading\n",
        "Heading\n---\n",
        "***\n",
        "- item\n",
        "  - nested\n",
        "1. one\n",
        "- [x] done\n",
        "> quote\n",
        "> [!note]- title\n> text\n",
        "```rust\nlet [a]: b;\n",
        "```\n",
        "    indented\n",
        "| a | b |\n|---|---|\n| [[x\\|y]] | c |\n",
        "[[page#part|alias]]",
        "![[embed]]\n",
        "[text][label] ",
        "[label] ",
        "[label]: <a b> \"title\"\n",
        "  [Label]:\n  /other\n",
        "note[^1] and[^two] ",
        "[^1]: the note\n",
        "[^two]:\n    the other\n",
        "term\n: described\n",
        "<div>\n",
        "</div>\n",
        "<!-- hidden\n",
        "-->\n",
        "%%",
        "$$x^2$$\n",
        "#tag `code` *mark* ^id\r\n",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]
        #[test]
        fn in_windows_a_text_means_what_it_means_as_a_whole(
            parts in prop::collection::vec(0..PARTS.len(), 1..40),
            bytes in 1_usize..80,
        ) {
            let text: String = parts.into_iter().map(|part| PARTS[part]).collect();
            let whole = without_ends_of_lists(parse(&text));
            let windows = without_ends_of_lists(parse_in_windows(&text, bytes));
            prop_assert_eq!(windows, whole, "{:?}", text);
        }
    }

    fn without_ends_of_lists(mut document: Document) -> Document {
        for container in &mut document.containers {
            if matches!(container.kind, ContainerKind::List { .. }) {
                container.span.end = container.span.start;
            }
        }
        document
    }

    #[test]
    fn what_may_be_a_definition_is_found() {
        let check = |text: &str, expected: bool| assert_eq!(may_define(text), expected, "{text}");
        check("[a]: b", true);
        check("x\n> 1. - [^a]: b", true);
        check("[a\nb]: c", true);
        check(r"[a\[b]: c", true);
        check("[[a]]: b", false);
        check("def f(x: list[int]): pass", false);
    }
}
