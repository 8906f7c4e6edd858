//! The page: slots that are laid out when they are looked at, and their heights. Scrolling: [`super::scroll`]. What
//! stands where (places, stops, the source) is asked in [`super::places`].
//!
//! The cost of a frame is that of the lines on the screen and a margin. Lines that went far out of view are
//! dropped again, their heights stay.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::block::{self, Measured};
use super::folds;
use super::frame::{figures, frame};
use super::head::{self, Head};
use super::header;
use super::heights::Heights;
use super::inline::Setting;
use super::line::{Line, TextPlace};
use super::options::{Context, Options};
use super::signs::signs;
use super::slots::{self, Part, Parts, Slot};
use super::tail::{self, Backlink};
use super::texts::Texts;
use crate::markdown::{Document, LeafKind};

/// A scroll position that survives layout: a line within a slot of the page.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Default,
    PartialOrd,
    Ord,
    serde::Deserialize,
    serde::Serialize,
)]
pub struct Anchor {
    /// Which slot: the head, the leaves (long code and tables in several), the tail. A title that the
    /// text itself says stands before the head.
    pub slot: u32,
    /// Line within the slot.
    pub line: u32,
}

/// Laid lines beyond these many are dropped when they are out of view.
const KEPT_LINES: usize = 4_000;

/// A page laid out at one width, as far as it was looked at.
#[derive(Debug)]
pub struct PageLayout {
    pub(super) document: Arc<Document>,
    pub(super) head: Head,
    pub(super) options: Options,
    pub(super) parts: Parts,
    pub(super) backlinks: Vec<Backlink>,
    /// Whether the text's own title stands above the head.
    pub(super) title_leads: bool,
    /// What can be selected.
    pub(super) texts: Texts,
    /// Stops of the head, and of the body.
    pub(super) head_stops: u32,
    pub(super) body_stops: u32,
    /// How many of these are shown only while they are folded.
    pub(super) unmarked_folds: u32,
    /// How many leaves stand in the order of the source; the notes behind them need not.
    pub(super) ordered_leaves: usize,
    /// One past the last byte of the source that any leaf holds.
    pub(super) source_end: u32,
    /// The slots that show nothing, most of them hidden by folds: ranges apart from each other, in order.
    pub(super) hidden: Vec<Range<usize>>,
    pub(super) heights: Heights,
    /// Whether the height of a slot is known and not estimated.
    pub(super) exact: Vec<bool>,
    laid: HashMap<usize, Vec<Line>>,
    laid_lines: usize,
    laid_out: u64,
    pub(super) measured: Measured,
    /// The last answer of [`Self::set_options`] and what it stood for, so that dragging the width to and
    /// fro does not drift.
    pinned: Option<(Anchor, TextPlace)>,
}

impl PageLayout {
    /// A layout in which nothing is laid out yet: the cost is one estimate a leaf.
    #[must_use]
    pub fn new(document: Arc<Document>, head: Head, options: Options) -> Self {
        let parts = slots::parts(&document);
        let source_end = document.leaves.iter().map(|leaf| leaf.span.end).max().unwrap_or(0);
        let starts = |i: usize| document.leaves[i].span.start;
        let ordered_leaves = (1..document.leaves.len())
            .find(|&i| starts(i) < starts(i - 1))
            .unwrap_or(document.leaves.len());
        let title_leads = head::title_leads(&document, &head);
        let is_unmarked =
            |leaf: &u32| folds::has_stop(&document, *leaf) && !folds::is_marked(&document, *leaf);
        let unmarked_folds = at((0..at(document.leaves.len())).filter(is_unmarked).count());
        let texts = Texts::new(Arc::clone(&document), title_leads);
        let measured = Measured { figures: figures(&document), ..Measured::default() };
        let mut page = Self {
            document,
            head,
            options,
            body_stops: parts.stops,
            unmarked_folds,
            parts,
            backlinks: Vec::new(),
            title_leads,
            texts,
            head_stops: 0,
            ordered_leaves,
            source_end,
            hidden: Vec::new(),
            heights: Heights::default(),
            exact: Vec::new(),
            laid: HashMap::new(),
            laid_lines: 0,
            laid_out: 0,
            measured,
            pinned: None,
        };
        page.settle_head();
        page.estimate_all();
        page
    }

    /// The options it was made with.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The document it shows.
    #[must_use]
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// Its texts: what can be selected.
    #[must_use]
    pub fn texts(&self) -> Texts {
        self.texts.clone()
    }

    /// Changes the options, keeping what can be kept; gives the anchor of the same text in the new layout.
    /// Folding the properties shifts the numbers of all stops.
    pub fn set_options(
        &mut self,
        options: Options,
        context: &dyn Context,
        anchor: Anchor,
    ) -> Anchor {
        if options == self.options {
            return anchor;
        }
        let Options { pan, table_pan, .. } = self.options;
        let only_pan = Options { pan, table_pan, ..options.clone() } == self.options;
        if only_pan {
            return self.pan(options, context, anchor);
        }
        let only_folds =
            Options { folds: Arc::clone(&self.options.folds), ..options.clone() } == self.options;
        if only_folds {
            let before = std::mem::replace(&mut self.options, options).folds;
            self.refold(&before);
            self.pinned = None;
            return self.settle(context, anchor);
        }
        let place = match self.pinned {
            Some((answer, place)) if answer == anchor => Some(place),
            _ => self.place_at(context, anchor),
        };
        self.options = options;
        self.measured.tables.clear();
        self.settle_head();
        self.estimate_all();
        let Some(place) = place else { return self.settle(context, anchor) };
        let anchor = self.anchor_of(context, place);
        self.pinned = Some((anchor, place));
        anchor
    }

    /// Shows another document under the same head and above the same tail; its folds are as they were, by
    /// their names.
    pub fn set_document(&mut self, document: Arc<Document>) {
        let backlinks = std::mem::take(&mut self.backlinks);
        let folds = Arc::new(self.options.folds.carried(&self.document, &document));
        let options = Options { folds, ..self.options.clone() };
        *self = Self::new(document, self.head.clone(), options);
        self.set_tail(backlinks);
    }

    /// How many slots stand before the tail: anchors from this slot on are in it.
    #[must_use]
    pub fn slots_before_tail(&self) -> u32 {
        at(1 + self.parts.len())
    }

    /// Sets the tail. The body stays laid out.
    pub fn set_tail(&mut self, backlinks: Vec<Backlink>) {
        self.backlinks = backlinks;
        let body = 1 + self.parts.len();
        self.drop_lines(|_, slot| slot >= body);
        let mut rows: Vec<usize> = (0..body).map(|slot| self.heights.get(slot)).collect();
        rows.extend(self.backlinks.iter().enumerate().map(|(nth, _)| if nth == 0 { 6 } else { 3 }));
        self.exact.truncate(body);
        self.exact.resize(rows.len(), false);
        self.heights = Heights::new(rows);
    }

    /// Forgets the lines of everything whose look depends on links (`links`) or on the colours of the
    /// code block `code`; heights stay as estimates.
    pub fn forget(&mut self, links: bool, code: Option<u32>) {
        if links {
            self.measured.tables.clear();
            self.exact = (0..self.slot_count()).map(|slot| self.is_hidden(slot)).collect();
            self.drop_lines(|_, _| true);
        }
        if let Some(leaf) = code {
            self.drop_lines(|page, slot| page.part(slot).is_some_and(|part| part.leaf == leaf));
        }
    }

    /// Lays out what the `rows` rows from `anchor` on show, and a margin of as many below.
    pub fn ensure(&mut self, context: &dyn Context, anchor: Anchor, rows: usize) {
        let first = (anchor.slot as usize).min(self.slot_count() - 1);
        let mut wanted = (anchor.line as usize).saturating_add(rows.saturating_mul(2)).max(1);
        let mut slot = first;
        while slot < self.slot_count() && wanted > 0 {
            wanted = wanted.saturating_sub(self.lay(context, slot).len());
            slot = self.slot_after(slot);
        }
        if self.laid_lines > KEPT_LINES {
            self.drop_lines(|_, other| !(first.saturating_sub(1)..slot).contains(&other));
        }
    }

    /// The `rows` lines from `anchor` on, as far as the page reaches. Call [`Self::ensure`] first.
    #[must_use]
    pub fn lines(&self, anchor: Anchor, rows: usize) -> Vec<&Line> {
        let first = anchor.slot as usize;
        let skipped = anchor.line as usize;
        self.shown_from(first)
            .map_while(|slot| self.laid.get(&slot))
            .enumerate()
            .flat_map(|(i, lines)| lines.iter().skip(if i == 0 { skipped } else { 0 }))
            .take(rows)
            .collect()
    }

    /// How many slots were laid out since the layout was made: for tests of proportion.
    #[must_use]
    pub fn laid_out(&self) -> u64 {
        self.laid_out
    }

    #[cfg(test)]
    pub(super) fn kept_lines(&self) -> usize {
        self.laid_lines
    }

    /// Slots of the page; there is always a head, be it empty.
    pub(super) fn slot_count(&self) -> usize {
        1 + self.parts.len() + self.backlinks.len()
    }

    pub(super) fn slot(&self, slot: usize) -> Slot {
        match self.part(slot) {
            Some(part) => Slot::Leaf(part),
            None if slot == self.head_slot() => Slot::Head,
            None => Slot::Backlink(at(slot - 1 - self.parts.len())),
        }
    }

    /// Where the head stands: first, or below the title that the text itself says.
    pub(super) fn head_slot(&self) -> usize {
        usize::from(self.title_leads)
    }

    /// The slot of the part with that index.
    pub(super) fn slot_of_part(&self, i: usize) -> usize {
        if i < self.head_slot() { i } else { i + 1 }
    }

    pub(super) fn part(&self, slot: usize) -> Option<Part> {
        let i = match slot.cmp(&self.head_slot()) {
            Ordering::Less => slot,
            Ordering::Equal => return None,
            Ordering::Greater => slot - 1,
        };
        self.parts.get(i)
    }

    /// The lines of the slot, laid out if need be.
    pub(super) fn lay(&mut self, context: &dyn Context, slot: usize) -> &[Line] {
        if self.is_hidden(slot) {
            return &[];
        }
        if !self.laid.contains_key(&slot) {
            let lines = self.lay_once(context, slot);
            self.heights.set(slot, lines.len());
            self.exact[slot] = true;
            self.laid_lines += lines.len();
            self.laid.insert(slot, lines);
        }
        &self.laid[&slot]
    }

    /// The lines of the slot if they are at hand.
    pub(super) fn laid(&self, slot: usize) -> Option<&[Line]> {
        self.laid.get(&slot).map(Vec::as_slice)
    }

    /// The lines of the slot, not kept; none where it is hidden.
    pub(super) fn lay_once(&mut self, context: &dyn Context, slot: usize) -> Vec<Line> {
        if self.is_hidden(slot) {
            return Vec::new();
        }
        self.laid_out += 1;
        let set = setting(&self.document, &self.options, context);
        match self.slot(slot) {
            Slot::Head => {
                let place = TextPlace::in_head(0, self.title_leads);
                let mut lines =
                    head::lay(set, &self.head, &self.texts.head, place, self.first_stop(slot));
                if self.title_leads {
                    lines.insert(0, Line::default());
                }
                lines
            }
            Slot::Leaf(part) => {
                let first = self.first_stop(slot);
                let mut lines = block::lay(set, &mut self.measured, part, first);
                let below_head = slot == 1 && head::is_shown(&self.document, &self.head);
                if below_head && !self.title_leads {
                    lines.insert(0, Line { source: lines[0].source, ..Line::default() });
                }
                lines
            }
            Slot::Backlink(nth) => {
                let stop = self.first_stop(slot);
                // Only the first one says it.
                let listed = if nth == 0 { &self.backlinks[..] } else { &[] };
                let pages = listed.iter().filter(|backlink| !backlink.again).count();
                tail::lay(set, &self.backlinks[nth as usize], nth, pages, stop, self.source_end)
            }
        }
    }

    /// The cells that the frame leaves to the part.
    pub(super) fn width_of(&self, context: &dyn Context, part: Part) -> usize {
        let set = setting(&self.document, &self.options, context);
        block::room(set, &frame(set, &self.measured.figures, part.leaf, 0))
    }

    pub(super) fn is_code(&self, slot: usize) -> bool {
        self.part(slot).is_some_and(|part| {
            matches!(self.document.leaves[part.leaf as usize].kind, LeafKind::Code(_))
        })
    }

    pub(super) fn drop_lines(&mut self, drop: impl Fn(&Self, usize) -> bool) {
        let dropped: Vec<usize> =
            self.laid.keys().copied().filter(|&slot| drop(self, slot)).collect();
        for slot in dropped {
            let lines = self.laid.remove(&slot).unwrap_or_default();
            self.laid_lines -= lines.len();
        }
    }

    fn settle_head(&mut self) {
        let folded = self.options.properties_folded;
        self.head_stops = at(header::actions(&self.document, &self.head, folded).len());
        self.texts.head = header::texts(&self.document, &self.head, folded).into();
    }

    fn estimate_all(&mut self) {
        self.laid.clear();
        self.laid_lines = 0;
        self.hidden = self.hidden_slots();
        self.exact = (0..self.slot_count()).map(|slot| self.is_hidden(slot)).collect();
        self.heights = Heights::new((0..self.slot_count()).map(|slot| self.estimate(slot)));
    }

    pub(super) fn estimate(&self, slot: usize) -> usize {
        match self.slot(slot) {
            _ if self.is_hidden(slot) => 0,
            Slot::Head => 2,
            Slot::Leaf(part) => slots::estimate(&self.document, part, self.options.width),
            Slot::Backlink(0) => 6,
            Slot::Backlink(_) => 3,
        }
    }
}

pub(super) fn setting<'a>(
    document: &'a Document,
    options: &'a Options,
    context: &'a dyn Context,
) -> Setting<'a> {
    Setting { document, options, context, signs: signs(options) }
}

/// Slots and lines are counted in 32 bits.
pub(super) fn at(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
