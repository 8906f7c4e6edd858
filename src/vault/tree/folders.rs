//! The folders of a tree while it is built: what is in each, sorted. Knows nothing of rows.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::{Entry, Order, Sort, label_of, last, number};
use crate::text::date::Date;
use crate::text::fold::fold;
use crate::vault::title::is_folder_page;

/// The folders while the tree is built; the first is the root. Parents come before children.
pub(super) struct Folders<'a> {
    pub(super) all: Vec<FolderPlan<'a>>,
    by_path: HashMap<&'a str, usize>,
}

pub(super) struct FolderPlan<'a> {
    pub(super) path: &'a str,
    pub(super) children: Vec<Item>,
}

/// A folder, or an entry, by its number.
#[derive(Clone, Copy)]
pub(super) enum Item {
    Folder(u32),
    Page(u32),
}

/// What comes first whatever is sorted by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// The page that speaks for the folder: where a reader begins.
    FolderPage,
    Folder,
    Page,
}

/// What children of a folder are compared by, from left to right.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank<'a> {
    class: Class,
    value: i64,
    name: Vec<u8>,
    /// Names may be equal but for case: the order is total all the same.
    file: &'a str,
}

impl<'a> Folders<'a> {
    /// The folders of `entries`, in no order yet.
    pub(super) fn of(entries: &[Entry<'a>]) -> Self {
        let root = FolderPlan { path: "", children: Vec::new() };
        let mut folders = Self { all: vec![root], by_path: HashMap::from([("", 0)]) };
        for (at, entry) in (0..).zip(entries) {
            let folder = folders.at(entry.path.folder());
            folders.all[folder].children.push(Item::Page(at));
        }
        folders
    }

    /// The folder at `path`, made with all the folders around it where it is new.
    fn at(&mut self, path: &'a str) -> usize {
        let mut missing = Vec::new();
        let mut known = path;
        let mut folder = loop {
            if let Some(&folder) = self.by_path.get(known) {
                break folder;
            }
            missing.push(known);
            known = known.rsplit_once('/').map_or("", |(parent, _)| parent);
        };
        for path in missing.into_iter().rev() {
            let new = self.all.len();
            self.all[folder].children.push(Item::Folder(number(new)));
            self.all.push(FolderPlan { path, children: Vec::new() });
            self.by_path.insert(path, new);
            folder = new;
        }
        folder
    }

    /// Sorts what is in every folder. Where values are sorted by, a folder takes the value of the
    /// first thing in it, so that children are sorted before their parents. What they are compared by is made
    /// for one folder at a time: for all it would take more room than the tree.
    pub(super) fn sort(&mut self, entries: &[Entry<'a>], order: Order) {
        let mut values = vec![0; self.all.len()];
        for at in (0..self.all.len()).rev() {
            let mut children = std::mem::take(&mut self.all[at].children);
            let rank = |item: Item| match item {
                Item::Folder(folder) => {
                    let file = last(self.all[folder as usize].path);
                    let value = match order.sort {
                        Sort::Name => 0,
                        Sort::Date | Sort::Strength => values[folder as usize],
                    };
                    Rank { class: Class::Folder, value, name: natural_key(file), file }
                }
                Item::Page(page) => {
                    let entry = &entries[page as usize];
                    let is_first = is_folder_page(entry.path);
                    Rank {
                        class: if is_first { Class::FolderPage } else { Class::Page },
                        value: value(entry, order.sort),
                        name: natural_key(label_of(entry, order.labels)),
                        file: entry.path.file_name(),
                    }
                }
            };
            let mut ranked: Vec<(Rank<'_>, Item)> =
                children.iter().map(|&item| (rank(item), item)).collect();
            ranked.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
            children.clear();
            children.extend(ranked.iter().map(|(_, item)| *item));
            values[at] = ranked.iter().map(|(rank, _)| rank.value).min().unwrap_or(0);
            self.all[at].children = children;
        }
    }
}

/// What is compared before names; less comes first.
pub(super) fn value(entry: &Entry<'_>, sort: Sort) -> i64 {
    match sort {
        Sort::Name => 0,
        Sort::Date => {
            let said = entry.day.or(entry.updated).map(milliseconds);
            said.unwrap_or(entry.modified_ms).saturating_neg()
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a millionth is fine enough; `as` saturates"
        )]
        Sort::Strength => {
            entry.strength.map_or(i64::MAX, |strength| (f64::from(strength) * -1e6) as i64)
        }
    }
}

/// Midnight of `date`, milliseconds since 1970-01-01 UTC.
fn milliseconds(date: Date) -> i64 {
    let days = date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24;
    days * 86_400_000
}

/// A key whose bytes compare as people sort: without case and accents, runs of digits by their value.
fn natural_key(name: &str) -> Vec<u8> {
    let name: String = fold(name).nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect();
    let mut key = Vec::with_capacity(name.len() + 4);
    let mut rest = name.as_bytes();
    while let Some(&byte) = rest.first() {
        if !byte.is_ascii_digit() {
            key.push(byte);
            rest = &rest[1..];
            continue;
        }
        let run = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let digits = &rest[..run];
        let zeros = digits.iter().take_while(|&&byte| byte == b'0').count();
        let digits = &digits[zeros.min(run - 1)..];
        // A longer number is a greater one; `0` before the length keeps digits among themselves.
        key.push(b'0');
        key.push(u8::try_from(digits.len()).unwrap_or(u8::MAX));
        key.extend_from_slice(digits);
        rest = &rest[run..];
    }
    key
}
