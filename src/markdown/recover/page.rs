//! A page's text as everybody reads it: recovered where it has lost its marks, and the way back from
//! there to the file. Views, index and search all read this text, so that a place found by one is the
//! same place for the others; only what leads into the file (an editor's line) asks for the way back.

use std::sync::Arc;

use super::{Change, ChangeKind, Recovered, needs_recovery, recover};
use crate::markdown::{self, Document, Facts};

/// The text of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageText {
    /// What is shown, indexed and searched. Spans refer to it.
    pub text: String,
    /// Where that is not what stands in the file: what does, and the way there.
    pub recovery: Option<Recovery>,
}

/// What a recovered page came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recovery {
    /// The text of the file.
    pub written: String,
    /// For each line of the recovered text, the line of the file, from 0; never falling.
    pub line_map: Vec<u32>,
    /// What was found, in words: `41 code blocks, 23 headings, 2 tables`.
    pub found: String,
}

impl PageText {
    /// The text of a page of which `written` stands in the file.
    #[must_use]
    pub fn new(written: String) -> Self {
        if needs_recovery(&written) { Self::recovered(written) } else { Self::plain(written) }
    }

    /// The text as it is written, whatever it looks like.
    #[must_use]
    pub fn plain(written: String) -> Self {
        Self { text: written, recovery: None }
    }

    /// The text recovered, whether it looks pasted or not.
    #[must_use]
    pub fn recovered(written: String) -> Self {
        let Recovered { markdown, line_map, changes } = recover(&written);
        if changes.is_empty() {
            return Self::plain(written);
        }
        let found = in_words(&markdown, &changes);
        Self { text: markdown, recovery: Some(Recovery { written, line_map, found }) }
    }

    /// The text parsed. Spans are the text's, lines are the file's.
    #[must_use]
    pub fn document(&self) -> Document {
        document(&self.text, self.recovery.as_ref())
    }

    /// What the index keeps. Spans are the text's, lines are the file's.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let mut facts = markdown::facts(&self.text);
        number_lines(self.recovery.as_ref(), &mut facts);
        facts
    }
}

fn document(text: &str, recovery: Option<&Recovery>) -> Document {
    let mut document = markdown::parse(text);
    number_lines(recovery, &mut document.facts);
    document
}

/// The text of a page parsed, of which `recovery` says how it came to be. Spans are the text's, lines are
/// the file's.
#[must_use]
pub fn document_shared(text: &Arc<str>, recovery: Option<&Recovery>) -> Document {
    let mut document = markdown::parse_shared(text);
    number_lines(recovery, &mut document.facts);
    document
}

fn number_lines(recovery: Option<&Recovery>, facts: &mut Facts) {
    let Some(recovery) = recovery else { return };
    let links = facts.links.iter_mut().map(|link| &mut link.line);
    let headings = facts.headings.iter_mut().map(|heading| &mut heading.line);
    let notices = facts.notices.iter_mut().filter_map(|notice| notice.line.as_mut());
    for line in links.chain(headings).chain(notices) {
        *line = 1 + recovery.written_line(line.saturating_sub(1));
    }
}

impl Recovery {
    /// What the head of the page says, without a full stop.
    #[must_use]
    pub fn remark(&self) -> String {
        format!("shown as recovered from pasted text: {}", self.found)
    }

    /// The line of the file, from 0, of a line of the recovered text.
    #[must_use]
    pub fn written_line(&self, line: u32) -> u32 {
        let line = self.line_map.get(line as usize).or(self.line_map.last());
        line.copied().unwrap_or_default()
    }

    /// Where the line that holds byte `at` of the recovered `text` starts in the file.
    #[must_use]
    pub fn to_written(&self, text: &str, at: u32) -> u32 {
        start_of_line(&self.written, self.written_line(line_of(text, at)))
    }

    /// Where the line that holds byte `at` of the file starts in the recovered `text`.
    #[must_use]
    pub fn to_text(&self, text: &str, at: u32) -> u32 {
        let written = line_of(&self.written, at);
        let line = self.line_map.partition_point(|line| *line < written);
        // Of a line that was given a fence before it, its own text is meant.
        let mut lines = text.lines().skip(line);
        let added = |line: &&str| line.is_empty() || line.starts_with("```");
        let mut same = self.line_map[line..].iter().take_while(|line| **line == written).count();
        let mut here = line;
        while same > 1 && lines.next().as_ref().is_some_and(added) {
            here += 1;
            same -= 1;
        }
        start_of_line(text, u32::try_from(here).unwrap_or(u32::MAX))
    }
}

/// The number of the line, from 0, that holds a byte.
fn line_of(text: &str, at: u32) -> u32 {
    let before = &text.as_bytes()[..text.len().min(at as usize)];
    u32::try_from(memchr::memchr_iter(b'\n', before).count()).unwrap_or(u32::MAX)
}

/// The first byte of a line, counted from 0; the end of the text where there are not so many.
fn start_of_line(text: &str, line: u32) -> u32 {
    let Some(before) = line.checked_sub(1) else { return 0 };
    let newline = memchr::memchr_iter(b'\n', text.as_bytes()).nth(before as usize);
    u32::try_from(newline.map_or(text.len(), |at| at + 1)).unwrap_or(u32::MAX)
}

/// What was found, with its numbers; what was found nowhere is left out.
fn in_words(markdown: &str, changes: &[Change]) -> String {
    let of = |wanted: fn(ChangeKind) -> bool| changes.iter().filter(move |c| wanted(c.kind));
    let code = of(|kind| matches!(kind, ChangeKind::Code { .. })).count();
    let headings = of(|kind| matches!(kind, ChangeKind::Heading { .. })).count();
    let parted = of(|kind| kind == ChangeKind::Parted).count();
    // Rows are of one table as long as only rows stand between them.
    let lines: Vec<&str> = markdown.lines().collect();
    let mut rows: Vec<usize> =
        of(|kind| kind == ChangeKind::Row).map(|change| change.line as usize).collect();
    rows.sort_unstable();
    let is_row = |line: &&str| line.starts_with('|');
    let same = |pair: &&[usize]| lines.get(pair[0]..pair[1]).unwrap_or_default().iter().all(is_row);
    let tables = usize::from(!rows.is_empty()) + rows.windows(2).filter(|pair| !same(pair)).count();
    let count = |number: usize, name: &str| match number {
        0 => None,
        1 => Some(format!("1 {name}")),
        _ => Some(format!("{number} {name}s")),
    };
    let all = [count(code, "code block"), count(headings, "heading"), count(tables, "table")];
    let all: Vec<String> = all.into_iter().flatten().collect();
    if all.is_empty() { count(parted, "parted line").unwrap_or_default() } else { all.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::PageText;

    const PASTED: &str = "Tides\nThe sea rises twice a day, and nobody has asked it to.\nimport sea\n\
        from sea import gauge\ndef tide(hour):\nreturn hour % 12\nprint(tide(3))The end\n\
        Ask [[ada]] about it, who knows it.\n";

    #[test]
    fn healthy_text_is_left_alone() {
        for text in ["", "# A\n\nb\n", "```\nimport a\n```\n", "only words\n"] {
            assert_eq!(PageText::new(text.to_owned()), PageText::plain(text.to_owned()));
        }
    }

    #[test]
    fn lines_of_what_was_found_are_the_files() {
        let page = PageText::recovered(PASTED.to_owned());
        let recovery = page.recovery.as_ref().expect("it was recovered");
        assert_eq!(recovery.written, PASTED);
        let facts = page.facts();
        assert_eq!(facts.links[0].line, 8);
        assert_eq!(&page.text[facts.links[0].span.range()], "[[ada]]");
        assert_eq!(page.document().facts, facts);
    }

    #[test]
    fn places_go_to_the_file_and_back_by_lines() {
        let page = PageText::recovered(PASTED.to_owned());
        let recovery = page.recovery.as_ref().expect("it was recovered");
        let byte = |at: usize| u32::try_from(at).expect("short");
        for words in ["The sea", "import sea", "return hour", "print(tide(3))", "Ask"] {
            let (there, here) =
                (PASTED.find(words).expect("written"), page.text.find(words).expect("kept"));
            assert_eq!(recovery.to_written(&page.text, byte(here)), byte(there), "{words}");
            let back = recovery.to_text(&page.text, byte(there)) as usize;
            assert!(page.text[back..].trim_start().starts_with(words), "{words}");
        }
    }

    #[test]
    fn what_was_found_is_said_with_its_numbers() {
        let found = |text: &str| PageText::recovered(text.to_owned()).recovery.map(|r| r.found);
        assert_eq!(found(PASTED).as_deref(), Some("1 code block, 2 headings"));
        assert_eq!(found("just words are left as they were written here.\n"), None);
    }
}
