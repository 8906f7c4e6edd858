//! What is hidden of a page, by folds above all: slots without lines. Walks over the slots that are shown, in O(log n) a step
//! however much is hidden between two of them.

use std::cmp::Reverse;
use std::ops::Range;

use super::folds::Folds;
use super::heights::Heights;
use super::options::Context;
use super::page::{Anchor, PageLayout, at};
use super::places::first_text;
use super::slots::Slot;

impl PageLayout {
    /// The slots that show nothing as the options are.
    pub(super) fn hidden_slots(&self) -> Vec<Range<usize>> {
        let folds = &self.options.folds;
        let first = |leaf: u32| self.slot_of_part(self.parts.first_of(leaf));
        let leaves = folds.hidden().iter().map(|leaves| first(leaves.start)..first(leaves.end));
        // Of folded code the first part stays.
        let heads = folds.closed().iter().filter(|&&head| !folds.hides(head));
        let parts = heads.map(|&head| self.parts_of(head)).filter(|parts| parts.len() > 1);
        let code = parts
            .map(|parts| self.slot_of_part(parts.start + 1)..self.slot_of_part(parts.end - 1) + 1);
        // Of a line that is cut, its first part shows what there is to see.
        let wraps = self.options.wraps_code();
        let rests = self.parts.rests.iter().filter(|_| !wraps);
        let rests =
            rests.map(|parts| self.slot_of_part(parts.start)..self.slot_of_part(parts.end - 1) + 1);
        let mut hidden: Vec<Range<usize>> = leaves.chain(code).chain(rests).collect();
        hidden.sort_unstable_by_key(|slots| (slots.start, Reverse(slots.end)));
        // A long line in what is folded is hidden once.
        hidden.dedup_by(|next, before| next.start < before.end);
        hidden
    }

    /// The folds have changed since `before`: what is hidden now, what is shown again and what has another
    /// first line lose their lines.
    pub(super) fn refold(&mut self, before: &Folds) {
        let hidden = self.hidden_slots();
        let was_hidden = std::mem::replace(&mut self.hidden, hidden);
        let turned: Vec<u32> =
            before.closed().symmetric_difference(self.options.folds.closed()).copied().collect();
        self.drop_lines(|page, slot| {
            page.is_hidden(slot)
                || page.part(slot).is_some_and(|part| turned.binary_search(&part.leaf).is_ok())
        });
        for head in turned {
            let part = self.parts.first_of(head);
            let slot = self.slot_of_part(part);
            if part < self.parts.len() {
                self.exact[slot] = false;
            }
        }
        let rows = (0..self.slot_count()).map(|slot| self.heights.get(slot));
        let mut rows: Vec<usize> = rows.collect();
        for slot in was_hidden.into_iter().flatten() {
            rows[slot] = self.estimate(slot);
            self.exact[slot] = false;
        }
        for slot in self.hidden.iter().cloned().flatten() {
            rows[slot] = 0;
            self.exact[slot] = true;
        }
        self.heights = Heights::new(rows);
    }

    /// The range of hidden slots that holds `slot`.
    pub(super) fn hiding(&self, slot: usize) -> Option<&Range<usize>> {
        let nth = self.hidden.partition_point(|range| range.end <= slot);
        self.hidden.get(nth).filter(|range| range.start <= slot)
    }

    pub(super) fn is_hidden(&self, slot: usize) -> bool {
        self.hiding(slot).is_some()
    }

    /// The slot that stands for `slot`, if that is hidden: the head of the outermost fold around it.
    pub(super) fn head_of(&self, slot: usize) -> Option<usize> {
        let before = self.hiding(slot)?.start.saturating_sub(1);
        // Below a title that the text says itself stands the head of the page.
        let below_title = self.title_leads && matches!(self.slot(before), Slot::Head);
        Some(if below_title { before.saturating_sub(1) } else { before })
    }

    /// The anchor of the slot's first text.
    pub(super) fn text_of(&mut self, context: &dyn Context, slot: usize) -> Anchor {
        let line = first_text(self.lay(context, slot));
        Anchor { slot: at(slot), line: at(line) }
    }

    /// The next slot that is shown; the number of slots behind the last.
    pub(super) fn slot_after(&self, slot: usize) -> usize {
        self.hiding(slot + 1).map_or(slot + 1, |hidden| hidden.end)
    }

    /// The slot before that is shown; the first has none before it.
    pub(super) fn slot_before(&self, slot: usize) -> usize {
        let before = slot.saturating_sub(1);
        self.hiding(before).map_or(before, |hidden| hidden.start.saturating_sub(1))
    }

    /// The shown slots from `slot` on.
    pub(super) fn shown_from(&self, slot: usize) -> impl Iterator<Item = usize> {
        let first = self.hiding(slot).map_or(slot, |hidden| hidden.end);
        std::iter::successors(Some(first), |&slot| Some(self.slot_after(slot)))
            .take_while(|&slot| slot < self.slot_count())
    }
}
