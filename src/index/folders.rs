//! Every folder that holds a file, however deep, by number, by path, by the end of its path. Knows
//! nothing of links.

use std::collections::HashMap;

use super::leads;
use super::names::{ByName, Key};
use crate::text::bytes::{Reader, Writer};
use crate::text::fold::fold;
use crate::vault::PagePath;

/// The folders; those that are gone keep their number.
#[derive(Clone, Debug)]
pub(super) struct Folders {
    slots: Vec<Slot>,
    by_path: HashMap<Box<str>, u32>,
    /// Present folders by their folded names.
    names: ByName<u32>,
}

#[derive(Clone, Debug)]
struct Slot {
    folded: Box<str>,
    /// How the path is written, and how many files are below each spelling, by spelling: several
    /// where names differ by case alone.
    spellings: Vec<(Box<str>, usize)>,
}

/// The number of the root, which is always there.
const ROOT: u32 = 0;

impl Default for Folders {
    fn default() -> Self {
        let root = Slot { folded: "".into(), spellings: vec![("".into(), 1)] };
        Self {
            slots: vec![root],
            by_path: HashMap::from([("".into(), ROOT)]),
            names: ByName::default(),
        }
    }
}

impl Folders {
    /// Writes the folders down.
    pub(super) fn write(&self, to: &mut Writer) {
        to.length(self.slots.len());
        for slot in &self.slots {
            to.text(&slot.folded);
            to.length(slot.spellings.len());
            for (spelling, files) in &slot.spellings {
                to.text(spelling);
                to.length(*files);
            }
        }
    }

    /// Reads what [`Self::write`] wrote.
    pub(super) fn read(from: &mut Reader<'_>) -> Self {
        let mut folders =
            Self { slots: Vec::new(), by_path: HashMap::new(), names: ByName::default() };
        for number in (0..).take(from.count()) {
            let folded: Box<str> = from.text().into();
            let spelling = |from: &mut Reader<'_>| (from.text().into(), from.number() as usize);
            let spellings: Vec<_> = (0..from.count()).map(|_| spelling(from)).collect();
            if !spellings.is_empty() && number != ROOT {
                let key = Key::of_name(last(&folded));
                folders.names.insert(key, 0, number);
            }
            folders.by_path.insert(folded.clone(), number);
            folders.slots.push(Slot { folded, spellings });
        }
        folders
    }

    /// A file came; gives the folded paths of the folders that came with it.
    pub(super) fn enter(&mut self, file: &PagePath) -> Vec<Box<str>> {
        let mut come = Vec::new();
        for written in around(file) {
            let folded: Box<str> = fold(written).into();
            let number = self.by_path.get(&*folded).copied().unwrap_or_else(|| {
                let number = leads::number(self.slots.len());
                self.by_path.insert(folded.clone(), number);
                self.slots.push(Slot { folded: folded.clone(), spellings: Vec::new() });
                number
            });
            let spellings = &mut self.slots[number as usize].spellings;
            if spellings.is_empty() {
                self.names.insert(Key::of_name(last(&folded)), 0, number);
                come.push(folded);
            }
            match spellings.binary_search_by(|(spelling, _)| (**spelling).cmp(written)) {
                Ok(at) => spellings[at].1 += 1,
                Err(at) => spellings.insert(at, (written.into(), 1)),
            }
        }
        come
    }

    /// A file went; gives the folded paths of the folders that went with it.
    pub(super) fn leave(&mut self, file: &PagePath) -> Vec<Box<str>> {
        let mut gone = Vec::new();
        for written in around(file) {
            let folded: Box<str> = fold(written).into();
            let Some(&number) = self.by_path.get(&*folded) else { continue };
            let spellings = &mut self.slots[number as usize].spellings;
            if let Some((_, files)) = spellings.iter_mut().find(|(own, _)| **own == *written) {
                *files -= 1;
            }
            spellings.retain(|(_, files)| *files > 0);
            if spellings.is_empty() {
                let key = Key::of_name(last(&folded));
                self.names.retain(key, |&other| other != number);
                gone.push(folded);
            }
        }
        gone
    }

    /// Whether there is, or was, a folder of that number.
    pub(super) fn has(&self, number: u32) -> bool {
        (number as usize) < self.slots.len()
    }

    /// The folder at exactly the folded `path`; `""` is the root.
    pub(super) fn at(&self, path: &str) -> Option<u32> {
        let number = *self.by_path.get(path)?;
        (!self.slots[number as usize].spellings.is_empty()).then_some(number)
    }

    /// The folders whose folded path is `end` or ends in `/end`.
    pub(super) fn ending_in<'a>(&'a self, end: &'a str) -> impl Iterator<Item = u32> + 'a {
        let named = self.names.get(Key::of_name(last(end))).iter().copied();
        named.filter(move |&number| {
            let before = self.folded(number).strip_suffix(end);
            before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
        })
    }

    /// The path as it is compared.
    pub(super) fn folded(&self, number: u32) -> &str {
        &self.slots[number as usize].folded
    }

    /// The path as it is written; of several spellings the first.
    pub(super) fn written(&self, number: u32) -> &str {
        self.slots[number as usize].spellings.first().map_or("", |(spelling, _)| spelling)
    }
}

/// The folders around a file, the innermost first; not the root.
fn around(file: &PagePath) -> impl Iterator<Item = &str> {
    let innermost = Some(file.folder()).filter(|folder| !folder.is_empty());
    std::iter::successors(innermost, |folder| Some(folder.rsplit_once('/')?.0))
}

/// The last component of a path.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
