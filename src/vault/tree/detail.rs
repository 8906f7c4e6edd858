//! What stands beside the labels of a tree's pages.

use std::collections::HashMap;

use super::{Entry, Labels, Order, Sort, last};
use crate::text::date::Date;
use crate::text::fold::fold;
use crate::text::hash::quick;
use crate::vault::title::is_folder_page;

/// What stands beside the label of each page: what it is sorted by, or what tells it from
/// others of its name.
pub(super) fn details(entries: &[Entry<'_>], order: Order) -> Vec<Box<str>> {
    let each = |detail: &dyn Fn(&Entry<'_>) -> Box<str>| entries.iter().map(detail).collect();
    match (order.sort, order.labels) {
        (Sort::Date, _) => {
            each(&|entry| date_of(entry).map_or(Box::default(), |date| date.to_string().into()))
        }
        (Sort::Strength, _) => {
            each(&|entry| entry.strength.map_or(Box::default(), |s| format!("{s:.2}").into()))
        }
        // A bare `README.md` says nothing, not even among file names.
        (Sort::Name, Labels::FileNames) => each(&|entry| match entry.path.folder() {
            folder if is_folder_page(entry.path) => last(folder).into(),
            _ => Box::default(),
        }),
        (Sort::Name, Labels::Titles) => telling_apart(entries),
    }
}

/// Beside equal titles the folder; where that is the same too, or the root, the file name.
fn telling_apart(entries: &[Entry<'_>]) -> Vec<Box<str>> {
    // By hash: the titles themselves would take as much room as the tree.
    let titles: Vec<u64> =
        entries.iter().map(|entry| quick(fold(entry.title).as_bytes())).collect();
    let mut sorted = titles.clone();
    sorted.sort_unstable();
    let is_alone = |title: &u64| {
        let from = sorted.partition_point(|other| other < title);
        sorted.get(from + 1) != Some(title)
    };
    let named = || titles.iter().zip(entries);
    let mut here: HashMap<(u64, &str), u32> = HashMap::new();
    for (&title, entry) in named().filter(|(title, _)| !is_alone(title)) {
        *here.entry((title, entry.path.folder())).or_default() += 1;
    }
    let detail = |(title, entry): (&u64, &Entry<'_>)| {
        let folder = entry.path.folder();
        let detail = if is_alone(title) {
            ""
        } else if folder.is_empty() || here[&(*title, folder)] > 1 {
            entry.path.file_name()
        } else {
            folder
        };
        detail.into()
    };
    named().map(detail).collect()
}

fn date_of(entry: &Entry<'_>) -> Option<Date> {
    entry.day.or(entry.updated).or_else(|| {
        let known = Some(entry.modified_ms).filter(|&written| written != 0)?;
        let written = jiff::Timestamp::from_millisecond(known).ok()?;
        Some(written.to_zoned(jiff::tz::TimeZone::UTC).date())
    })
}
