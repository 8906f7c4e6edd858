//! Heights of the slots of a page, and their sums in O(log n): a Fenwick tree (P. M. Fenwick, 1994).
//! Rows are `usize`: a page may have more than 65,535 of them.

use super::page::at;

/// The height of each slot in rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Heights {
    /// `tree[i - 1]` is the sum of the `lowest_bit(i)` heights that end with the `i`-th. A text has fewer than 4 GiB of
    /// bytes, and not many more rows than that.
    tree: Vec<u32>,
}

impl Heights {
    /// Of the height of each slot, in the memory of that. In O(n).
    pub(super) fn of(mut tree: Vec<u32>) -> Self {
        for i in 1..=tree.len() {
            let up = i + lowest_bit(i);
            if up <= tree.len() {
                tree[up - 1] = tree[up - 1].saturating_add(tree[i - 1]);
            }
        }
        Self { tree }
    }

    /// The height of each slot, in the memory of the sums. In O(n).
    pub(super) fn into_rows(self) -> Vec<u32> {
        let mut rows = self.tree;
        for i in (1..=rows.len()).rev() {
            let up = i + lowest_bit(i);
            if up <= rows.len() {
                rows[up - 1] = rows[up - 1].saturating_sub(rows[i - 1]);
            }
        }
        rows
    }

    /// The height of one slot; past the end 0. In O(log n), of every second slot at once.
    pub(super) fn get(&self, slot: usize) -> usize {
        // What its sum holds of the slots before it is taken off again.
        let Some(&sum) = self.tree.get(slot) else { return 0 };
        let (first, mut i) = (slot + 1 - lowest_bit(slot + 1), slot);
        let mut before = 0;
        while i > first {
            before += self.tree[i - 1] as usize;
            i -= lowest_bit(i);
        }
        sum as usize - before
    }

    pub(super) fn set(&mut self, slot: usize, rows: usize) {
        let (old, rows) = (at(self.get(slot)), at(rows));
        let mut i = slot + 1;
        while i <= self.tree.len() {
            self.tree[i - 1] = self.tree[i - 1].saturating_sub(old).saturating_add(rows);
            i += lowest_bit(i);
        }
    }

    /// Rows of all slots before `slot`.
    pub(super) fn above(&self, slot: usize) -> usize {
        let mut i = slot.min(self.tree.len());
        let mut sum = 0;
        while i > 0 {
            sum += self.tree[i - 1] as usize;
            i -= lowest_bit(i);
        }
        sum
    }

    pub(super) fn total(&self) -> usize {
        self.above(self.tree.len())
    }

    /// The slot that holds `row`, and the row within it; past the end the last slot and what is left.
    pub(super) fn find(&self, row: usize) -> (usize, usize) {
        let (mut slot, mut left) = (0, row);
        let mut step = self.tree.len().checked_ilog2().map_or(0, |log| 1 << log);
        while step > 0 {
            let sum = self.tree.get(slot + step - 1).map(|&sum| sum as usize);
            if let Some(sum) = sum.filter(|&sum| sum <= left) {
                slot += step;
                left -= sum;
            }
            step /= 2;
        }
        match slot.checked_sub(1) {
            Some(last) if slot == self.tree.len() => (last, left + self.get(last)),
            _ => (slot, left),
        }
    }
}

fn lowest_bit(i: usize) -> usize {
    i & i.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Heights, at};

    proptest! {
        #[test]
        fn sums_and_searches_agree_with_plain_addition(
            mut rows in prop::collection::vec(0_usize..5, 1..40),
            changes in prop::collection::vec((0_usize..40, 0_usize..9), 0..20),
        ) {
            let mut heights = Heights::of(rows.iter().map(|&row| at(row)).collect());
            for (slot, height) in changes {
                let slot = slot % rows.len();
                rows[slot] = height;
                heights.set(slot, height);
            }
            let mut row = 0;
            for (slot, &height) in rows.iter().enumerate() {
                prop_assert_eq!(heights.above(slot), row);
                for line in 0..height {
                    prop_assert_eq!(heights.find(row + line), (slot, line));
                }
                row += height;
            }
            prop_assert_eq!(heights.total(), row);
            let heights: Vec<usize> =
                heights.into_rows().into_iter().map(|row| row as usize).collect();
            prop_assert_eq!(heights, rows);
        }
    }
}
