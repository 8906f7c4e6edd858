//! Folds: what of a page can be folded, what is folded, and which leaves that hides.
//!
//! Every fold has a head, the leaf that stays: a heading, a callout's title, a summary, the first line of
//! code. Folds lie inside each other or apart, never across. Knows no lines and no screen; what a folded
//! thing looks like is known to the blocks.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::markdown::document::{ContainerKind, Document, Leaf, LeafKind};
use crate::text::hash::fnv_1a;
use crate::text::slug::heading_key;

/// Code of more lines than these is long, and can be folded.
const LONG_CODE: usize = 10;

/// Something that can be folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// The leaf that stays in view.
    pub head: u32,
    /// One past the last leaf that belongs to it. Folding hides all of them but the head, and of code
    /// all lines but the first.
    pub end: u32,
    /// What it is.
    pub kind: FoldKind,
    /// Whether the page's writer has it start folded.
    pub starts_closed: bool,
    /// The fold around it: its number in [`Folds::all`].
    around: Option<u32>,
}

/// What a fold is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldKind {
    /// A heading with its section.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Index into the facts' headings.
        outline: u32,
    },
    /// A callout.
    Callout,
    /// `<details>`.
    Details,
    /// Long code.
    Code,
}

/// The folds of one document, and which of them are closed. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folds {
    known: Arc<Known>,
    closed: BTreeSet<u32>,
    /// The leaves that are hidden; ranges apart from each other, in order.
    hidden: Vec<Range<u32>>,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Known {
    /// In the order of their heads, so that what is around comes before what is inside.
    folds: Vec<Fold>,
    /// Of those that are headings the index into the facts' headings, and the head; in order.
    headings: Vec<(u32, u32)>,
    /// Names of the folds, once they were asked for.
    names: OnceLock<Vec<u64>>,
}

/// How a reader left the folds of a page, where that is not how its writer has them start. Folds are
/// named by a hash of what they say, so that they are found again after an edit elsewhere on the page,
/// and what is kept tells nothing of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Remembered {
    /// Names of folds that the reader closed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<u64>,
    /// Names of folds that the reader opened.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<u64>,
}

impl Folds {
    /// The folds of a document, each as its writer has it start.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let folds = find(document);
        let closed = folds.iter().filter(|fold| fold.starts_closed).map(|fold| fold.head).collect();
        let heading = |fold: &Fold| match fold.kind {
            FoldKind::Heading { outline, .. } => Some((outline, fold.head)),
            _ => None,
        };
        let headings = folds.iter().filter_map(heading).collect();
        let known = Arc::new(Known { folds, headings, names: OnceLock::new() });
        let mut folds = Self { known, closed, hidden: Vec::new() };
        folds.hide();
        folds
    }

    /// Everything that can be folded, in reading order.
    #[must_use]
    pub fn all(&self) -> &[Fold] {
        &self.known.folds
    }

    /// The fold whose head is `leaf`.
    #[must_use]
    pub fn at(&self, leaf: u32) -> Option<&Fold> {
        let all = self.all();
        all.binary_search_by_key(&leaf, |fold| fold.head).ok().map(|nth| &all[nth])
    }

    /// The innermost fold that `leaf` belongs to; a head belongs to its own.
    #[must_use]
    pub fn around(&self, leaf: u32) -> Option<&Fold> {
        self.all_around(leaf).next()
    }

    /// Whether the fold with that head is closed.
    #[must_use]
    pub fn is_closed(&self, head: u32) -> bool {
        self.closed.contains(&head)
    }

    /// Whether the heading (index into the facts' headings) is folded.
    #[must_use]
    pub fn heading_is_closed(&self, outline: u32) -> bool {
        let headings = &self.known.headings;
        let nth = headings.binary_search_by_key(&outline, |(outline, _)| *outline);
        nth.is_ok_and(|nth| self.is_closed(headings[nth].1))
    }

    /// Whether a fold hides the leaf.
    #[must_use]
    pub fn hides(&self, leaf: u32) -> bool {
        let nth = self.hidden.partition_point(|range| range.end <= leaf);
        self.hidden.get(nth).is_some_and(|range| range.start <= leaf)
    }

    /// Closes or opens the fold with that head.
    pub fn set(&mut self, head: u32, closed: bool) {
        if closed && self.at(head).is_some() {
            self.closed.insert(head);
        } else {
            self.closed.remove(&head);
        }
        self.hide();
    }

    /// Opens everything that hides the leaf; with `own` the fold that it is the head of, too. Says
    /// whether anything was closed.
    pub fn open_around(&mut self, leaf: u32, own: bool) -> bool {
        let heads: Vec<u32> = self
            .all_around(leaf)
            .map(|fold| fold.head)
            .filter(|&head| self.is_closed(head) && (own || head != leaf))
            .collect();
        for head in &heads {
            self.closed.remove(head);
        }
        if !heads.is_empty() {
            self.hide();
        }
        !heads.is_empty()
    }

    /// Opens everything.
    pub fn open_all(&mut self) {
        self.closed.clear();
        self.hidden.clear();
    }

    /// Closes the headings for which `closed` says so and opens the others; what is no heading stays.
    pub fn fold_headings(&mut self, closed: impl Fn(&Fold, u8) -> bool) {
        let known = Arc::clone(&self.known);
        for fold in &known.folds {
            if let FoldKind::Heading { level, .. } = fold.kind {
                if closed(fold, level) {
                    self.closed.insert(fold.head);
                } else {
                    self.closed.remove(&fold.head);
                }
            }
        }
        self.hide();
    }

    /// What is to be remembered of them.
    #[must_use]
    pub fn remembered(&self, document: &Document) -> Remembered {
        let mut remembered = Remembered::default();
        for (nth, fold) in self.all().iter().enumerate() {
            let closed = self.is_closed(fold.head);
            if closed != fold.starts_closed {
                let names = if closed { &mut remembered.closed } else { &mut remembered.open };
                names.extend(self.names(document).get(nth));
            }
        }
        remembered
    }

    /// Puts them as they are remembered.
    pub fn recall(&mut self, document: &Document, remembered: &Remembered) {
        if *remembered == Remembered::default() {
            return;
        }
        let known = Arc::clone(&self.known);
        let nth: HashMap<u64, usize> = self.names(document).iter().copied().zip(0..).collect();
        let head = |name| nth.get(name).map(|&nth| known.folds[nth].head);
        for head in remembered.open.iter().filter_map(head) {
            self.closed.remove(&head);
        }
        self.closed.extend(remembered.closed.iter().filter_map(head));
        self.hide();
    }

    /// The folds of another document, those that both have as they are in this one.
    #[must_use]
    pub fn carried(&self, from: &Document, to: &Document) -> Self {
        let mut folds = Self::of(to);
        folds.recall(to, &self.remembered(from));
        folds
    }

    /// The ranges of leaves that are hidden, in order and apart.
    pub(super) fn hidden(&self) -> &[Range<u32>] {
        &self.hidden
    }

    /// The heads of the closed folds.
    pub(super) fn closed(&self) -> &BTreeSet<u32> {
        &self.closed
    }

    /// The folds that `leaf` belongs to, the innermost first.
    fn all_around(&self, leaf: u32) -> impl Iterator<Item = &Fold> {
        let all = self.all();
        let last = all.partition_point(|fold| fold.head <= leaf).checked_sub(1);
        std::iter::successors(last, |&nth| all[nth].around.map(|nth| nth as usize))
            .map(|nth| &all[nth])
            .filter(move |fold| leaf < fold.end)
    }

    fn hide(&mut self) {
        let mut hidden: Vec<Range<u32>> = Vec::new();
        for fold in self.closed.iter().filter_map(|&head| self.at(head)) {
            let is_shown = hidden.last().is_none_or(|last| last.end <= fold.head);
            if is_shown && fold.head + 1 < fold.end {
                hidden.push(fold.head + 1..fold.end);
            }
        }
        self.hidden = hidden;
    }

    fn names(&self, document: &Document) -> &[u64] {
        self.known.names.get_or_init(|| names(document, &self.known.folds))
    }
}

impl Fold {
    /// How much it hides, in the lines that were written or in sections: `24 lines`, `3 sections`.
    pub(super) fn amount(&self, document: &Document) -> String {
        let leaves = self.head as usize..self.end as usize;
        let leaves = document.leaves.get(leaves).unwrap_or_default();
        let inside = leaves.get(1..).unwrap_or_default();
        let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let is_heading = |leaf: &&Leaf| {
            leaf.container.is_none() && matches!(leaf.kind, LeafKind::Heading { .. })
        };
        match self.kind {
            FoldKind::Code => count(lines(leaves).saturating_sub(1), "line"),
            FoldKind::Heading { .. } if inside.iter().any(|leaf| is_heading(&leaf)) => {
                count(inside.iter().filter(is_heading).count(), "section")
            }
            _ => count(lines(inside), "line"),
        }
    }
}

/// Whether `leaf` carries the sign of a fold even while that is open: the title of a callout with a fold
/// mark, a summary. Such a sign is a stop.
pub(super) fn is_marked(document: &Document, leaf: u32) -> bool {
    let Some(record) = document.leaves.get(leaf as usize) else { return false };
    let container = || record.container.map(|id| document.container(id));
    let holds_more = || container().is_some_and(|container| container.leaves.len() > 1);
    match record.kind {
        LeafKind::DetailsSummary(_) => holds_more(),
        LeafKind::CalloutTitle(_) => {
            let marked = container().is_some_and(|container| {
                matches!(container.kind, ContainerKind::Callout { folded: Some(_), .. })
            });
            marked && holds_more()
        }
        _ => false,
    }
}

/// Whether `leaf` has a stop for what it folds. Where it carries a sign for that, that is one always; else only
/// while it is folded, but it is counted all the same, so that no fold changes the numbers of the stops behind it.
pub(super) fn has_stop(document: &Document, leaf: u32) -> bool {
    let Some(record) = document.leaves.get(leaf as usize) else { return false };
    match &record.kind {
        LeafKind::Heading { .. } => record.container.is_none(),
        LeafKind::Code(code) => code.line_starts.len() > LONG_CODE,
        LeafKind::CalloutTitle(_) => {
            let container = record.container.map(|id| document.container(id));
            container.is_some_and(|container| container.leaves.len() > 1)
        }
        _ => is_marked(document, leaf),
    }
}

/// Everything that can be folded.
fn find(document: &Document) -> Vec<Fold> {
    let mut folds = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let body = body_end(document);
    let fold = |head, end, kind| Fold { head, end, kind, starts_closed: false, around: None };
    for (leaf, record) in (0_u32..).zip(&document.leaves) {
        let container = || record.container.map(|id| document.container(id));
        match &record.kind {
            LeafKind::Heading { level, outline, .. }
                if record.container.is_none() && leaf < body =>
            {
                while let Some(nth) = open.pop_if(|nth| level_of(&folds, *nth) >= *level) {
                    folds[nth].end = leaf;
                }
                open.push(folds.len());
                let kind = FoldKind::Heading { level: *level, outline: *outline };
                folds.push(fold(leaf, body, kind));
            }
            LeafKind::CalloutTitle(_) => {
                let Some(around) = container() else { continue };
                if let ContainerKind::Callout { folded, .. } = around.kind {
                    let starts_closed = folded == Some(true);
                    let fold = fold(leaf, around.leaves.end, FoldKind::Callout);
                    folds.push(Fold { starts_closed, ..fold });
                }
            }
            LeafKind::DetailsSummary(_) => {
                let Some(around) = container() else { continue };
                if let ContainerKind::Details { open } = around.kind {
                    let fold = fold(leaf, around.leaves.end, FoldKind::Details);
                    folds.push(Fold { starts_closed: !open, ..fold });
                }
            }
            LeafKind::Code(code) if code.line_starts.len() > LONG_CODE => {
                folds.push(fold(leaf, leaf + 1, FoldKind::Code));
            }
            _ => {}
        }
    }
    // What holds nothing but its head has nothing to fold.
    folds.retain(|fold| fold.kind == FoldKind::Code || fold.head + 1 < fold.end);
    let mut around: Vec<u32> = Vec::new();
    for nth in 0..folds.len() {
        while around.pop_if(|outer| folds[*outer as usize].end <= folds[nth].head).is_some() {}
        folds[nth].around = around.last().copied();
        around.push(u32::try_from(nth).unwrap_or(u32::MAX));
    }
    folds
}

fn level_of(folds: &[Fold], nth: usize) -> u8 {
    match folds[nth].kind {
        FoldKind::Heading { level, .. } => level,
        _ => 0,
    }
}

/// One past the last leaf of the body: footnotes stand behind it and belong to no section.
fn body_end(document: &Document) -> u32 {
    let notes = document.footnotes.iter().filter_map(|note| note.container);
    let starts = notes.map(|id| document.container(id).leaves.start);
    starts.min().unwrap_or_else(|| u32::try_from(document.leaves.len()).unwrap_or(u32::MAX))
}

/// A name for each fold: a hash of what it is, of its own words and of the headings above it, and
/// which it is among its equals.
fn names(document: &Document, folds: &[Fold]) -> Vec<u64> {
    let mut names: Vec<u64> = Vec::with_capacity(folds.len());
    let mut equals: HashMap<u64, u32> = HashMap::new();
    let mut text = String::new();
    for fold in folds {
        let section = std::iter::successors(fold.around, |&nth| folds[nth as usize].around)
            .find(|&nth| matches!(folds[nth as usize].kind, FoldKind::Heading { .. }));
        let above = section.map_or(0, |nth| names[nth as usize]);
        text.clear();
        let _ = write!(text, "{above:x}");
        match &document.leaves[fold.head as usize].kind {
            LeafKind::Heading { content, .. } => {
                text.push('#');
                text.push_str(&heading_key(&content.text()));
            }
            LeafKind::CalloutTitle(title) => {
                text.push('!');
                text.push_str(&title.text());
            }
            LeafKind::DetailsSummary(summary) => {
                text.push('+');
                text.push_str(&summary.text());
            }
            LeafKind::Code(code) => {
                text.push('`');
                text.push_str(code.text.lines().next().unwrap_or_default());
            }
            _ => {}
        }
        let own = fnv_1a(text.as_bytes());
        let nth = equals.entry(own).or_default();
        names.push(own.wrapping_add(u64::from(*nth)));
        *nth += 1;
    }
    names
}

/// How many lines were written, empty ones not counted.
fn lines(leaves: &[Leaf]) -> usize {
    let of = |text: &str| 1 + memchr::memchr_iter(b'\n', text.as_bytes()).count();
    let in_leaf = |leaf: &Leaf| match &leaf.kind {
        LeafKind::Paragraph(inlines)
        | LeafKind::Heading { content: inlines, .. }
        | LeafKind::CalloutTitle(inlines)
        | LeafKind::DetailsSummary(inlines)
        | LeafKind::DefinitionTerm(inlines) => of(&inlines.text()),
        LeafKind::Code(code) => code.line_starts.len().max(1),
        LeafKind::Html(text) | LeafKind::Math(text) => of(text),
        LeafKind::Table(table) => table.rows.len(),
        LeafKind::Rule | LeafKind::Tags(_) | LeafKind::Embed(_) => 1,
    };
    leaves.iter().map(in_leaf).sum()
}
