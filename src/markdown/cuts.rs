//! Changes to a block's finished text: detectors say where each begins and ends, one sweep applies
//! them all, in time linear in the text and its runs.

use super::document::{Run, Target};
use super::inline::{self, Gathered, INERT};
use crate::text::role::Marks;
use crate::text::span::ByteSpan;

/// A change at a byte of the text, in force from there on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Change {
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

/// A byte of the text, and what changes there.
pub(super) type Cut = (usize, Change);

/// Memory that is used again for each block.
#[derive(Default)]
pub(super) struct Scratch {
    pub(super) cuts: Vec<Cut>,
    old: Gathered,
}

/// Hides a marker of `len` bytes; `change` comes into force behind it.
pub(super) fn marker(cuts: &mut Vec<Cut>, at: usize, len: usize, change: Change) {
    cuts.extend([(at, Change::Hide), (at + len, Change::Show), (at + len, change)]);
}

/// A number of things of a page, all of which are fewer than its bytes.
pub(super) fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// Applies the cuts; gives the inline notes, whose references get numbers from `next_note` on.
pub(super) fn apply(
    content: &mut Gathered,
    scratch: &mut Scratch,
    next_note: u32,
) -> Vec<Gathered> {
    let mut notes: Vec<Gathered> = Vec::new();
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
                        notes.push(Gathered::default());
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

/// Content of one plain run, for tests.
#[cfg(test)]
pub(super) fn plain(text: &str) -> Gathered {
    let source = ByteSpan::new(0..text.len());
    let run = Run { end: source.end, marks: Marks::NONE, target: Target::None, source };
    Gathered { text: text.to_owned(), runs: vec![run] }
}
