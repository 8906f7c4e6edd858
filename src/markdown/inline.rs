//! Gathers the inline content of one block: text and runs, with the marks that are open around it.
//! Knows nothing of the parser's events or of what a link leads to.

use std::ops::Range;

use super::document::{self, Run, Target};
use super::kept::{Keeper, Kept};
use crate::text::role::Marks;
use crate::text::span::ByteSpan;

/// Kept on runs while a block is read: their text is not a reader's plain words but code, math, a
/// link's target, an escaped or decoded character; nothing in it is a tag, a marker or an address.
pub(super) const INERT: Marks = Marks(1 << 15);

/// Content that is being made: what becomes [`Kept`] once it is done.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Gathered {
    /// The text.
    pub(super) text: String,
    /// Adjacent runs that cover `text` without gaps.
    pub(super) runs: Vec<Run>,
}

impl Gathered {
    /// The runs with their ranges in `text`.
    pub(super) fn ranges(&self) -> impl Iterator<Item = (Range<usize>, &Run)> {
        document::ranges(&self.runs)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The content as it is kept; what stands in the keeper's source is left there, if that can be shared.
    pub(super) fn done(self, keeper: Option<&Keeper>) -> Kept {
        Kept::new(self.text, self.runs, keeper)
    }
}

/// Inline content that is being read.
#[derive(Default)]
pub(super) struct Inline {
    /// What was read so far.
    pub(super) content: Gathered,
    /// What the marks were before each element that is open.
    outer: Vec<Marks>,
    /// Marks of the open elements of Markdown.
    marks: Marks,
    /// Marks of open HTML elements; they need not be closed.
    pub(super) html: Marks,
    /// What the text leads to: the innermost link that is open.
    pub(super) target: Target,
}

impl Inline {
    /// With room for a paragraph of usual length: that of most pages need not grow.
    pub(super) fn new() -> Self {
        let content = Gathered { text: String::with_capacity(512), runs: Vec::with_capacity(16) };
        Self { content, ..Self::default() }
    }

    /// Makes ready for another block, keeping the memory.
    pub(super) fn clear(&mut self) {
        self.content.text.clear();
        self.content.runs.clear();
        self.outer.clear();
        self.marks = Marks::NONE;
        self.html = Marks::NONE;
        self.target = Target::None;
    }

    /// Opens an element.
    pub(super) fn open(&mut self, marks: Marks) {
        self.outer.push(self.marks);
        self.marks = self.marks.with(marks);
    }

    /// Closes the innermost element.
    pub(super) fn close(&mut self) {
        self.marks = self.outer.pop().unwrap_or_default();
    }

    /// Adds text that stands at `source`.
    pub(super) fn push(&mut self, text: &str, more: Marks, source: ByteSpan) {
        if text.is_empty() {
            return;
        }
        self.content.text.push_str(text);
        let marks = self.marks.with(self.html).with(more);
        push_run(&mut self.content, Run { end: 0, marks, target: self.target, source });
    }
}

/// Adds a run that reaches to the end of the text, joined with the run before where that says the same.
pub(super) fn push_run(content: &mut Gathered, run: Run) {
    let end = len(&content.text);
    let start = content.runs.iter().rev().nth(1).map_or(0, |run| run.end);
    if let Some(last) = content.runs.last_mut() {
        let alike = last.marks == run.marks && last.target == run.target && !run.marks.has(INERT);
        if alike && last.source.end == run.source.start {
            // Equal length means equal text to whoever reads a run: of two that do not stand in the source as they
            // are, one must not be made that seems to.
            let exact = |text: u32, source: ByteSpan| text as usize == source.len();
            let each = exact(last.end - start, last.source) && exact(end - last.end, run.source);
            let whole = ByteSpan { start: last.source.start, end: run.source.end };
            if each || !exact(end - start, whole) {
                last.end = end;
                last.source = whole;
                return;
            }
        }
    }
    content.runs.push(Run { end, ..run });
}

/// The length of `text` as runs count it; a page is below 4 GiB.
pub(super) fn len(text: &str) -> u32 {
    len_of(text.len())
}

/// So many bytes, as they are counted.
pub(super) fn len_of(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// Cuts everything from byte `at` of the text.
pub(super) fn truncate(content: &mut Gathered, at: usize) {
    if at >= content.text.len() {
        return;
    }
    let Ok(end) = u32::try_from(at) else { return };
    content.text.truncate(at);
    let mut start = 0;
    content.runs.retain_mut(|run| {
        let from = std::mem::replace(&mut start, run.end);
        if run.end > end && from < end {
            if run.source.len() == (run.end - from) as usize {
                run.source.end -= run.end - end;
            }
            run.end = end;
        }
        from < end
    });
}

/// Cuts `content` in two at byte `at` of the text; gives the second part.
pub(super) fn split_off(content: &mut Gathered, at: usize) -> Gathered {
    let cut = len(&content.text[..at]);
    let mut rest = Gathered { text: content.text[at..].to_owned(), runs: Vec::new() };
    let mut start = 0;
    for run in &content.runs {
        let from = std::mem::replace(&mut start, run.end);
        if run.end > cut {
            let mut run = *run;
            if from < cut && run.source.len() == (run.end - from) as usize {
                run.source.start += cut - from;
            }
            run.end -= cut;
            rest.runs.push(run);
        }
    }
    truncate(content, at);
    rest
}

/// Removes the white space at both ends.
pub(super) fn trim(content: &mut Gathered) {
    trim_to(content, |text| text.trim_start().len());
}

/// As [`trim`], but for the ideographic spaces before the first word, with which paragraphs in Chinese and Japanese
/// begin.
pub(super) fn trim_paragraph(content: &mut Gathered) {
    trim_to(content, |text| {
        let words = text.trim_start().len();
        let indent = &text[..text.len() - words];
        words + indent.len() - indent.trim_end_matches('\u{3000}').len()
    });
}

/// Removes the white space at the end, and at the start all but the bytes that `kept` names.
fn trim_to(content: &mut Gathered, kept: impl Fn(&str) -> usize) {
    if let ([first, ..], [.., last]) = (content.text.as_bytes(), content.text.as_bytes())
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
    {
        return;
    }
    let end = content.text.trim_end().len();
    truncate(content, end);
    let start = content.text.len() - kept(&content.text);
    if start > 0 {
        *content = split_off(content, start);
    }
}
