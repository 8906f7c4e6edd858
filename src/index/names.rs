//! Lists by name. Names are kept as hashes: a hundred thousand of them as text would take more
//! room than all else that the index keeps of links. Who asks must be ready for another name's
//! entries among the answers; everything that is listed here can be asked for its real name.
//!
//! An entry takes four bytes beside its own: the lists stand one after the other, by the hashes of their names.
//! A copy shares them with its original until one of the two changes: then the few hundredth part of them that
//! the name lies in is copied.

use std::hash::{DefaultHasher, Hasher};
use std::ops::Range;
use std::sync::Arc;

use crate::text::bytes::{Reader, Writer};

/// The hash of a folded name, or of a folded path from the root.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Key(u64);

impl Key {
    /// The key of a name: the end of a path, an alias, a title.
    pub(super) fn of_name(name: &str) -> Self {
        Self::of("", name)
    }

    /// The key of a path from the root; no name has it.
    pub(super) fn of_path(path: &str) -> Self {
        Self::of("/", path)
    }

    /// In which part its list stands.
    fn part(self) -> usize {
        let [first, ..] = self.0.to_be_bytes();
        usize::from(first)
    }

    /// What is kept of it there.
    fn rest(self) -> u32 {
        let [_, a, b, c, d, ..] = self.0.to_be_bytes();
        u32::from_be_bytes([a, b, c, d])
    }

    fn of(before: &str, text: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        hasher.write(before.as_bytes());
        hasher.write(text.as_bytes());
        Self(hasher.finish())
    }
}

/// A list for each name.
#[derive(Clone, Debug)]
pub(super) struct ByName<T> {
    /// Parted by the first byte of the key.
    parts: Vec<Arc<Part<T>>>,
}

/// The lists of a part, by what is kept of their keys.
#[derive(Clone, Debug)]
struct Part<T> {
    /// Of each entry the next four bytes of its key, in order.
    keys: Vec<u32>,
    entries: Vec<T>,
}

/// Into so many parts the lists are divided: a change copies one of them.
const PARTS: usize = 256;

impl<T> Default for Part<T> {
    fn default() -> Self {
        Self { keys: Vec::new(), entries: Vec::new() }
    }
}

impl<T> Default for ByName<T> {
    fn default() -> Self {
        Self { parts: vec![Arc::default(); PARTS] }
    }
}

/// Where the list of a name stands among sorted `keys`.
fn range(keys: &[u32], key: u32) -> Range<usize> {
    let start = keys.partition_point(|&other| other < key);
    let length = keys[start..].partition_point(|&other| other == key);
    start..start + length
}

impl<T: Copy> ByName<T> {
    /// The list of a name.
    pub(super) fn get(&self, key: Key) -> &[T] {
        let part = &self.parts[key.part()];
        &part.entries[range(&part.keys, key.rest())]
    }

    /// Enters `entry` in the list of a name, behind `nth` others.
    pub(super) fn insert(&mut self, key: Key, nth: usize, entry: T) {
        let part = Arc::make_mut(&mut self.parts[key.part()]);
        let at = range(&part.keys, key.rest()).start + nth;
        part.keys.insert(at, key.rest());
        part.entries.insert(at, entry);
    }

    /// Leaves of the list of a name what is to be kept.
    pub(super) fn retain(&mut self, key: Key, keep: impl FnMut(&T) -> bool) {
        let part = Arc::make_mut(&mut self.parts[key.part()]);
        let list = range(&part.keys, key.rest());
        let kept: Vec<T> = part.entries[list.clone()].iter().copied().filter(keep).collect();
        part.keys.drain(list.start + kept.len()..list.end);
        part.entries.splice(list, kept);
    }

    /// Writes the lists down, each entry by `one`.
    pub(super) fn write(&self, to: &mut Writer, mut one: impl FnMut(&mut Writer, T)) {
        for part in &self.parts {
            to.length(part.keys.len());
            let mut last = 0;
            for (&key, &entry) in part.keys.iter().zip(&part.entries) {
                to.number(key.wrapping_sub(last));
                last = key;
                one(to, entry);
            }
        }
    }

    /// Reads what [`Self::write`] wrote.
    pub(super) fn read<'a>(
        from: &mut Reader<'a>,
        mut one: impl FnMut(&mut Reader<'a>) -> T,
    ) -> Self {
        let mut part = || {
            let count = from.count();
            let mut part =
                Part { keys: Vec::with_capacity(count), entries: Vec::with_capacity(count) };
            let mut last: u32 = 0;
            for _ in 0..count {
                last = last.wrapping_add(from.number());
                part.keys.push(last);
                part.entries.push(one(from));
            }
            Arc::new(part)
        };
        Self { parts: (0..PARTS).map(|_| part()).collect() }
    }

    /// What the lists take, in bytes.
    pub(super) fn room(&self) -> usize {
        let room = |part: &Arc<Part<T>>| {
            part.keys.capacity() * size_of::<u32>() + part.entries.capacity() * size_of::<T>()
        };
        self.parts.iter().map(room).sum()
    }

    /// Gives back the room that growing lists held in reserve, after very many changes.
    pub(super) fn shrink_to_fit(&mut self) {
        for part in &mut self.parts {
            let part = Arc::make_mut(part);
            part.keys.shrink_to_fit();
            part.entries.shrink_to_fit();
        }
    }
}

impl<T: Copy + Ord> ByName<T> {
    /// Takes `entry` once out of the list of a name, which is in order; nothing where it is not there.
    pub(super) fn remove(&mut self, key: Key, entry: &T) {
        let part = &mut self.parts[key.part()];
        let list = range(&part.keys, key.rest());
        let Ok(nth) = part.entries[list.clone()].binary_search(entry) else { return };
        let part = Arc::make_mut(part);
        part.keys.remove(list.start + nth);
        part.entries.remove(list.start + nth);
    }

    /// Enters each entry in the list of its name, in order.
    pub(super) fn insert_all(&mut self, mut new: Vec<(Key, T)>) {
        // By what is kept of the keys: names that share it share a list, which is to be in order, too.
        new.sort_unstable_by_key(|&(key, entry)| (key.part(), key.rest(), entry));
        for run in new.chunk_by(|(a, _), (b, _)| a.part() == b.part()) {
            let part = Arc::make_mut(&mut self.parts[run[0].0.part()]);
            // From the last on: what stands behind an entry moves once, to its place.
            let mut end = part.keys.len();
            let mut to = end + run.len();
            part.keys.resize(to, 0);
            part.entries.resize(to, run[0].1);
            for &(key, entry) in run.iter().rev() {
                let key = key.rest();
                let list = range(&part.keys[..end], key);
                let at = list.start + part.entries[list].partition_point(|other| *other < entry);
                to -= end - at;
                part.keys.copy_within(at..end, to);
                part.entries.copy_within(at..end, to);
                end = at;
                to -= 1;
                (part.keys[to], part.entries[to]) = (key, entry);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_kept_in_order_and_apart() {
        let names: Vec<String> = (0..2_000).map(|number| format!("name {number}")).collect();
        let key = |number: usize| Key::of_name(&names[number]);
        let (mut one_by_one, mut at_once) = (ByName::default(), ByName::default());
        let entries = |third: usize| {
            let numbers = (0..names.len()).filter(move |number| number % 3 != third);
            let each = move |number: usize| {
                (0..=number % 4).map(move |nth| (key(number), (nth * 3 + third, number)))
            };
            numbers.flat_map(each).collect::<Vec<_>>()
        };
        for third in [1, 0, 2] {
            for (key, entry) in entries(third) {
                let nth = one_by_one.get(key).partition_point(|other| *other < entry);
                one_by_one.insert(key, nth, entry);
            }
            at_once.insert_all(entries(third));
        }
        for number in 0..names.len() {
            let mut expected: Vec<_> = (0..3)
                .filter(|third| number % 3 != *third)
                .flat_map(|third| (0..=number % 4).map(move |nth| (nth * 3 + third, number)))
                .collect();
            expected.sort_unstable();
            assert_eq!(one_by_one.get(key(number)), expected, "{number}");
            assert_eq!(at_once.get(key(number)), expected, "{number}");
        }
        let shared = at_once.clone();
        at_once.retain(key(7), |(nth, _)| nth % 3 == 0);
        let left: Vec<_> = shared.get(key(7)).iter().copied().filter(|(n, _)| n % 3 == 0).collect();
        assert_eq!(at_once.get(key(7)), left);
        assert!(left.len() < shared.get(key(7)).len(), "a copy keeps what it had");
        assert_eq!(at_once.get(key(8)), shared.get(key(8)));
        assert!(at_once.get(Key::of_path("name 7")).is_empty());
    }

    #[test]
    fn names_that_share_what_is_kept_of_them_share_a_list_in_order() {
        let keys = [0, 1, 1 << 23].map(|last| Key((7 << 24) + last));
        let mut lists = ByName::default();
        lists.insert_all(vec![(keys[2], 1), (keys[0], 5), (keys[1], 3), (keys[0], 3)]);
        lists.insert_all(vec![(keys[2], 2), (keys[0], 6), (keys[1], 0)]);
        assert_eq!(lists.get(keys[1]), [0, 1, 2, 3, 3, 5, 6]);
        let shared = lists.clone();
        for entry in [3, 4, 0, 6] {
            lists.remove(keys[0], &entry);
        }
        assert_eq!(lists.get(keys[2]), [1, 2, 3, 5]);
        assert_eq!(shared.get(keys[0]).len(), 7, "a copy keeps what it had");
        lists.remove(Key(8 << 24), &1);
        assert_eq!(lists.get(keys[0]).len(), 4);
    }
}
