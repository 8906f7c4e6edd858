//! The document: leaf blocks in reading order, the container blocks around them as ranges.
//!
//! `CommonMark`'s tree is kept flat: a [`Leaf`] names its innermost [`Container`], a container names
//! its parent and the range of leaves it holds. Nothing here recurses, so five thousand nested
//! quotes cost five thousand small records and no stack; the layout finds what is visible by its
//! place in `leaves`.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::ops::Range;
use std::slice::Chunks;
use std::sync::Arc;

use super::embed::Inset;
use super::facts::{Facts, LinkId};
use super::kept::{Kept, Text};
use crate::text::role::Marks;
use crate::text::span::ByteSpan;

/// A parsed page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Links, tags, headings, properties: what the index keeps.
    pub facts: Facts,
    /// Container blocks, parents before children.
    pub containers: Vec<Container>,
    /// Leaf blocks in reading order. Front matter and the memory-page footer are not
    /// leaves: they are properties in [`Facts`]. Footnote definitions come last, in the
    /// order of their numbers.
    pub leaves: Vec<Leaf>,
    /// Footnotes by number (the first is 1), in the order in which they are first referred to or
    /// defined: label and the container that holds the note.
    pub footnotes: Vec<Footnote>,
    /// Of a composed document ([`super::embed`]) the links that were written on other pages, in order; all
    /// of them stand behind the page's own in [`Facts::links`].
    pub insets: Vec<Inset>,
    /// What is said about embeds, by their links: what kind of file it is, why it is not shown. Empty
    /// until somebody has looked.
    pub said: BTreeMap<LinkId, String>,
}

/// A footnote that is defined or referred to.
#[derive(Clone, Debug, PartialEq)]
pub struct Footnote {
    /// The label as written, `1` or `name`; inline notes have none.
    pub label: String,
    /// Its definition, if there is one.
    pub container: Option<ContainerId>,
    /// The leaf that holds the first reference, if any.
    pub referred_from: Option<u32>,
}

/// Index into [`Document::containers`]; kept one higher, so that having none takes no room.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct ContainerId(NonZeroU32);

impl ContainerId {
    /// The container of that number.
    #[must_use]
    pub fn new(number: u32) -> Self {
        Self(NonZeroU32::MIN.saturating_add(number))
    }

    /// Its number.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0.get() - 1
    }
}

/// A container block (`CommonMark` 5): it holds other blocks.
#[derive(Clone, Debug, PartialEq)]
pub struct Container {
    /// What it is.
    pub kind: ContainerKind,
    /// The container around it.
    pub parent: Option<ContainerId>,
    /// The leaves inside, its children's included. Never empty: an empty list item holds an empty
    /// paragraph.
    pub leaves: Range<u32>,
    /// Where it stands in the source.
    pub span: ByteSpan,
}

/// Kinds of container blocks.
#[derive(Clone, Debug, PartialEq)]
pub enum ContainerKind {
    /// `> quote`.
    Quote,
    /// `> [!kind]± title`; its first leaf is the title, a [`LeafKind::CalloutTitle`].
    Callout {
        /// The type in lower case as written (`note`, `faq`, ...); synonyms are known to layout. Behind a thin
        /// pointer, for callouts are few among containers.
        kind: Box<String>,
        /// Whether it can be folded: `Some(true)` starts folded (`-`), `Some(false)` open (`+`).
        folded: Option<bool>,
    },
    /// A list; its items are the containers below it.
    List {
        /// The first number of an ordered list, `None` for bullets.
        start: Option<u32>,
        /// Tight lists have no space between items (`CommonMark` 5.3).
        tight: bool,
    },
    /// A list item.
    Item {
        /// Its number in an ordered list.
        number: Option<u32>,
        /// The character between the brackets of a task, `' '` being open.
        task: Option<char>,
    },
    /// A footnote definition, by its number (1 is the first).
    Footnote {
        /// Index into [`Document::footnotes`] plus one.
        number: u32,
    },
    /// The description of a definition list's term.
    Definition,
    /// `<details>`; its first leaf is the summary, a [`LeafKind::DetailsSummary`].
    Details {
        /// Whether it starts open.
        open: bool,
    },
    /// What an embed shows; its first leaf is the embed itself, a [`LeafKind::Embed`]. Only in composed
    /// documents ([`super::embed`]).
    Embed {
        /// Index into [`Facts::links`].
        link: LinkId,
    },
}

/// A leaf block (`CommonMark` 4), or an extension's equivalent.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// What it is and holds.
    pub kind: LeafKind,
    /// The innermost container around it.
    pub container: Option<ContainerId>,
    /// Where it stands in the source.
    pub span: ByteSpan,
}

/// Kinds of leaf blocks. What is large and rare is boxed: a long page has hundreds of thousands of leaves.
#[derive(Clone, Debug, PartialEq)]
pub enum LeafKind {
    /// Running text.
    Paragraph(Kept),
    /// A heading; `outline` indexes [`Facts::headings`], but for
    /// [`NOT_IN_OUTLINE`](super::embed::NOT_IN_OUTLINE).
    Heading {
        /// 1 to 6.
        level: u8,
        /// Index into [`Facts::headings`].
        outline: u32,
        /// Its text.
        content: Kept,
    },
    /// Fenced or indented code.
    Code(Box<Code>),
    /// A GFM table. Shared with the view that shows nothing else: a table may have a million cells.
    Table(Arc<Table>),
    /// A thematic break.
    Rule,
    /// An HTML block, as written.
    Html(Box<str>),
    /// Display math, without its dollar signs.
    Math(Box<str>),
    /// The items of a `## Tags` section, shown as chips; indices into [`Facts::tags`].
    Tags(Box<[u32]>),
    /// An embed that stands alone, or its line above what it shows: index into [`Facts::links`].
    Embed(LinkId),
    /// The title of a callout; empty text means the kind's own name.
    CalloutTitle(Kept),
    /// The summary of `<details>`.
    DetailsSummary(Kept),
    /// A definition list's term.
    DefinitionTerm(Kept),
}

/// A code block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Code {
    /// The first word of the info string, lower case; empty for none and for indented code.
    pub language: String,
    /// The whole info string.
    pub info: String,
    /// The code with `\n` line ends, without fences, container prefixes and the last newline.
    pub text: Text,
    /// Byte offset in the source of each line's first code byte, one a line of `text`.
    pub line_starts: Vec<u32>,
}

/// A GFM table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// One for each column.
    pub alignments: Vec<Alignment>,
    /// The cells row by row, the header first; every row has as many as there are columns.
    pub cells: Vec<Kept>,
}

impl Table {
    /// The rows, the header first.
    pub fn rows(&self) -> Chunks<'_, Kept> {
        self.cells.chunks(self.columns())
    }

    /// The row of that number; the header has 0.
    #[must_use]
    pub fn row(&self, number: usize) -> Option<&[Kept]> {
        self.rows().nth(number)
    }

    /// How many columns there are; at least one.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.alignments.len().max(1)
    }
}

/// A column's alignment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// Not said: left.
    #[default]
    None,
    /// `:---`
    Left,
    /// `:---:`
    Center,
    /// `---:`
    Right,
}

/// Inline content, open for reading: the text as shown, and the runs that say how each part looks and acts. A
/// document keeps it as [`Kept`].
///
/// `text` holds what a reader sees (entities decoded, marks removed). A newline in it is a hard break
/// unless its run carries [`Marks::SOFT_BREAK`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inlines {
    /// The text as shown.
    pub text: Text,
    /// Adjacent runs that cover `text` without gaps.
    pub runs: Vec<Run>,
}

/// A stretch of inline text with one look and one meaning.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// One past its last byte in [`Inlines::text`]; it starts where the run before ends.
    pub end: u32,
    /// How it looks.
    pub marks: Marks,
    /// What it leads to.
    pub target: Target,
    /// Where it stands in the source. Where the span is as long as the text, the two agree byte for
    /// byte.
    pub source: ByteSpan,
}

/// What a run leads to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Target {
    /// Nothing.
    #[default]
    None,
    /// Index into [`Facts::links`].
    Link(LinkId),
    /// Index into [`Facts::tags`].
    Tag(u32),
    /// Number of a footnote, the first being 1.
    Footnote(u32),
}

/// Runs with their ranges in the text that they cover.
pub(super) fn ranges(runs: &[Run]) -> impl Iterator<Item = (Range<usize>, &Run)> {
    let mut start = 0;
    runs.iter().map(move |run| {
        let range = start..run.end as usize;
        start = run.end as usize;
        (range, run)
    })
}

impl Inlines {
    /// The runs with their ranges in `text`.
    pub fn ranges(&self) -> impl Iterator<Item = (Range<usize>, &Run)> {
        ranges(&self.runs)
    }

    /// The runs that hold any of the bytes `range` of the text. In O(log n).
    #[must_use]
    pub fn runs_in(&self, range: Range<u32>) -> &[Run] {
        let first = self.runs.partition_point(|run| run.end <= range.start);
        let runs = &self.runs[first..];
        let last = runs.partition_point(|run| run.end < range.end);
        &runs[..runs.len().min(last + 1)]
    }

    /// The same runs cut to `range`, with their ranges in `text`.
    pub fn ranges_in(&self, range: Range<u32>) -> impl Iterator<Item = (Range<usize>, Run)> {
        let first = self.runs.partition_point(|run| run.end <= range.start);
        let mut start = first.checked_sub(1).map_or(0, |before| self.runs[before].end);
        self.runs_in(range.clone()).iter().map(move |run| {
            let whole = std::mem::replace(&mut start, run.end)..run.end;
            let part = whole.start.max(range.start)..whole.end.min(range.end);
            let (before, behind) = (part.start - whole.start, whole.end - part.end);
            let mut run = Run { end: part.end, ..*run };
            if run.source.len() == whole.len() {
                run.source.start += before;
                run.source.end -= behind;
            } else if before + behind > 0 {
                run.source.end = run.source.start;
            }
            (part.start as usize..part.end as usize, run)
        })
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

impl Document {
    /// The containers around `container`, innermost first, itself included.
    pub fn ancestors(&self, container: Option<ContainerId>) -> impl Iterator<Item = ContainerId> {
        std::iter::successors(container, |id| self.container(*id).parent)
    }

    /// The leaves before the footnotes: where the page's text ends.
    #[must_use]
    pub fn body(&self) -> u32 {
        let notes = self.footnotes.iter().filter_map(|note| note.container);
        let first = notes.map(|id| self.container(id).leaves.start).min();
        first.unwrap_or(u32::try_from(self.leaves.len()).unwrap_or(u32::MAX))
    }

    /// The number of the page on which `link` was written; `None` is the page itself.
    #[must_use]
    pub fn page_of(&self, link: LinkId) -> Option<u32> {
        let at = self.insets.partition_point(|inset| inset.links.end <= link);
        self.insets.get(at).filter(|inset| inset.links.contains(&link)).map(|inset| inset.page)
    }

    /// Whether the leaf stands in an embed: all of it is the embed in this page's source.
    #[must_use]
    pub fn is_embedded(&self, leaf: u32) -> bool {
        let container = self.leaves.get(leaf as usize).and_then(|leaf| leaf.container);
        let is_embed = |id| matches!(self.container(id).kind, ContainerKind::Embed { .. });
        self.ancestors(container).any(is_embed)
    }

    /// The record of `id`.
    #[must_use]
    pub fn container(&self, id: ContainerId) -> &Container {
        &self.containers[id.number() as usize]
    }
}
