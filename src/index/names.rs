//! Lists by name. Names are kept as 64-bit hashes: a hundred thousand of them as text would take more
//! room than all else that the index keeps of links. Who asks must be ready for another name's
//! entries among the answers; everything that is listed here can be asked for its real name.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};

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
    lists: HashMap<Key, Few<T>, BuildHasherDefault<AsIs>>,
}

/// A list that is seldom longer than one.
#[derive(Clone, Debug)]
enum Few<T> {
    One(T),
    #[expect(clippy::box_collection, reason = "a third less room for the many lists of one")]
    Many(Box<Vec<T>>),
}

impl<T> Default for ByName<T> {
    fn default() -> Self {
        Self { lists: HashMap::default() }
    }
}

impl<T: Copy> ByName<T> {
    /// The list of a name.
    pub(super) fn get(&self, key: Key) -> &[T] {
        match self.lists.get(&key) {
            None => &[],
            Some(Few::One(one)) => std::slice::from_ref(one),
            Some(Few::Many(many)) => many,
        }
    }

    /// Changes the list of a name; an empty list takes no room.
    pub(super) fn edit(&mut self, key: Key, change: impl FnOnce(&mut Vec<T>)) {
        let mut entry = self.lists.entry(key);
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
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0);
    }
}

/// Passes a number on that is a hash already.
#[derive(Clone, Default, Debug)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("only keys are hashed, and they write one number");
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}
