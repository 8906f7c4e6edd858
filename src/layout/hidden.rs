//! What is hidden of a page, by folds above all: slots without lines. Walks over the slots that are shown, in O(log n) a step
//! however much is hidden between two of them.

use std::cmp::Reverse;
use std::ops::Range;

use super::folds::{FoldKind, Folds};
use super::heights::Heights;
use super::options::Context;
use super::page::{Anchor, PageLayout, at};
use super::places::first_text;
use super::slots::{self, Slot};

impl PageLayout {
    /// The slots that show nothing as the options are.
    pub(super) fn hidden_slots(&self) -> Vec<Range<usize>> {
        let folds = &self.options.folds;
        let mut before = (0, 0);
        let mut first = |leaf: u32| self.slot_of_part(self.parts.next_of(leaf, &mut before));
        let leaves = folds.hidden().iter().map(|leaves| first(leaves.start)..first(leaves.end));
        // Of folded code the first part stays.
        let heads = folds.closed().filter(|fold| fold.kind == FoldKind::Code);
        let heads = heads.map(|fold| fold.head).filter(|&head| !folds.hides(head));
        let parts = heads.map(|head| self.parts_of(head)).filter(|parts| parts.len() > 1);
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
        let turned = self.options.folds.turned_since(before);
        let was_turned = |leaf: u32| turned.binary_search(&leaf).is_ok();
        self.drop_lines(|page, slot| page.part(slot).is_some_and(|part| was_turned(part.leaf)));
        let mut first = (0, 0);
        for &head in &turned {
            let part = self.parts.next_of(head, &mut first);
            if part < self.parts.len() {
                let slot = self.slot_of_part(part);
                self.exact[slot] = false;
            }
        }
        self.rehide();
    }

    /// What is hidden has changed: what is no longer shown loses its lines and its height, what is shown again is
    /// estimated.
    pub(super) fn rehide(&mut self) {
        let hidden = self.hidden_slots();
        let was_hidden = std::mem::replace(&mut self.hidden, hidden);
        self.drop_lines(Self::is_hidden);
        let mut rows = std::mem::take(&mut self.heights).into_rows();
        for slots in but(&was_hidden, &self.hidden) {
            // Neither the head of the page is hidden nor what stands before it.
            let parts = self.parts.range(slots.start - 1..slots.end - 1);
            for (slot, part) in slots.zip(parts) {
                rows[slot] = at(slots::estimate(&self.document, part, self.options.width));
                self.exact[slot] = false;
            }
        }
        for slots in &self.hidden {
            rows[slots.clone()].fill(0);
            self.exact[slots.clone()].fill(true);
        }
        self.heights = Heights::of(rows);
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

/// `ranges` without what lies in `others`; each are apart from each other and in order.
fn but<'a>(
    ranges: &'a [Range<usize>],
    others: &'a [Range<usize>],
) -> impl Iterator<Item = Range<usize>> + use<'a> {
    let mut left = ranges.iter().cloned();
    let mut others = others.iter().peekable();
    let mut rest = 0..0;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                rest = left.next()?;
            }
            while others.next_if(|other| other.end <= rest.start).is_some() {}
            let other = others.peek().map_or(usize::MAX..usize::MAX, |other| (*other).clone());
            let before = rest.start..rest.end.min(other.start);
            rest.start = rest.end.min(before.end.max(other.end));
            if !before.is_empty() {
                return Some(before);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::but;

    #[test]
    fn of_ranges_is_left_what_others_do_not_hold() {
        let check = |ranges: &[(usize, usize)], others: &[(usize, usize)], left: &[_]| {
            let [of, others] = [ranges, others]
                .map(|all| all.iter().map(|(start, end)| *start..*end).collect::<Vec<_>>());
            let found: Vec<_> = but(&of, &others).map(|range| (range.start, range.end)).collect();
            assert_eq!(found, left, "{ranges:?} {others:?}");
        };
        check(&[], &[(1, 2)], &[]);
        check(&[(1, 4), (6, 9)], &[], &[(1, 4), (6, 9)]);
        check(&[(1, 4), (6, 9)], &[(1, 4)], &[(6, 9)]);
        check(&[(1, 4), (6, 9)], &[(0, 9)], &[]);
        check(&[(1, 9)], &[(2, 3), (5, 6)], &[(1, 2), (3, 5), (6, 9)]);
        check(&[(1, 4), (6, 9)], &[(3, 7), (8, 20)], &[(1, 3), (7, 8)]);
    }
}
