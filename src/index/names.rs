//! Lists by name. Names are kept as 64-bit hashes: a hundred thousand of them as text would take more
//! room than all else that the index keeps of links. Who asks must be ready for another name's
//! entries among the answers; everything that is listed here can be asked for its real name.
//!
//! A copy shares the lists with its original until one of the two changes: then the lists of the few
//! hundredth part that the name lies in are copied.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use crate::text::bytes::{Reader, Writer};
use crate::text::hash::AsIs;

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

    fn part(self) -> usize {
        let [first, ..] = self.0.to_be_bytes();
        usize::from(first)
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
    parts: Vec<Arc<Lists<T>>>,
}

type Lists<T> = HashMap<Key, Few<T>, BuildHasherDefault<AsIs>>;

/// Into so many parts the lists are divided: a change copies one of them.
const PARTS: usize = 256;

/// A list that is seldom longer than one.
#[derive(Clone, Debug)]
enum Few<T> {
    One(T),
    #[expect(clippy::box_collection, reason = "a third less room for the many lists of one")]
    Many(Box<Vec<T>>),
}

impl<T> Default for ByName<T> {
    fn default() -> Self {
        Self { parts: vec![Arc::default(); PARTS] }
    }
}

impl<T: Copy> ByName<T> {
    /// The list of a name.
    pub(super) fn get(&self, key: Key) -> &[T] {
        match self.parts[key.part()].get(&key) {
            None => &[],
            Some(Few::One(one)) => std::slice::from_ref(one),
            Some(Few::Many(many)) => many,
        }
    }

    /// Changes the list of a name; an empty list takes no room.
    pub(super) fn edit(&mut self, key: Key, change: impl FnOnce(&mut Vec<T>)) {
        let mut entry = Arc::make_mut(&mut self.parts[key.part()]).entry(key);
        let mut list = match &mut entry {
            Entry::Vacant(_) => Vec::new(),
            Entry::Occupied(held) => match held.get_mut() {
                Few::One(one) => vec![*one],
                Few::Many(many) => std::mem::take(&mut **many),
            },
        };
        change(&mut list);
        match (&*list, entry) {
            ([], Entry::Occupied(held)) => drop(held.remove()),
            ([], Entry::Vacant(_)) => {}
            (&[one], entry) => drop(entry.insert_entry(Few::One(one))),
            (_, entry) => drop(entry.insert_entry(Few::Many(Box::new(list)))),
        }
    }

    /// Writes the lists down, each entry by `one`.
    pub(super) fn write(&self, to: &mut Writer, mut one: impl FnMut(&mut Writer, T)) {
        for part in &self.parts {
            to.length(part.len());
            for (key, list) in &**part {
                let list = match list {
                    Few::One(one) => std::slice::from_ref(one),
                    Few::Many(many) => many,
                };
                to.wide(key.0);
                to.length(list.len());
                for &entry in list {
                    one(to, entry);
                }
            }
        }
    }

    /// Reads what [`Self::write`] wrote.
    pub(super) fn read(from: &mut Reader<'_>, mut one: impl FnMut(&mut Reader<'_>) -> T) -> Self {
        let mut part = || {
            let count = from.count();
            let mut lists = Lists::with_capacity_and_hasher(count, BuildHasherDefault::default());
            for _ in 0..count {
                let key = Key(from.wide());
                let list = match from.count() {
                    1 => Few::One(one(from)),
                    more => Few::Many(Box::new((0..more).map(|_| one(from)).collect())),
                };
                lists.insert(key, list);
            }
            Arc::new(lists)
        };
        Self { parts: (0..PARTS).map(|_| part()).collect() }
    }

    /// What the lists take, in bytes.
    pub(super) fn room(&self) -> usize {
        let lists = self.parts.iter().map(|part| {
            let many = part.values().map(|list| match list {
                Few::One(_) => 0,
                Few::Many(many) => size_of::<Vec<T>>() + many.capacity() * size_of::<T>(),
            });
            // A byte beside each place of the table tells whether it is taken; an eighth is always free.
            let places = (part.capacity() * 8 / 7).next_power_of_two();
            places * (size_of::<(Key, Few<T>)>() + 1) + many.sum::<usize>()
        });
        lists.sum()
    }

    /// Gives back the room that growing lists held in reserve, after very many changes.
    pub(super) fn shrink_to_fit(&mut self) {
        for part in &mut self.parts {
            let lists = Arc::make_mut(part);
            lists.shrink_to_fit();
            for list in lists.values_mut() {
                if let Few::Many(many) = list {
                    many.shrink_to_fit();
                }
            }
        }
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0);
    }
}
