//! Every file of the wiki by number, by path, and by the end of its path. Knows nothing of links but
//! where to keep their leads.

use std::cmp::Ordering;
use std::sync::Arc;

use super::Page;
use super::inbound::Inbound;
use super::leads::{self, Leads};
use super::names::{ByName, Key};
use crate::text::bytes::{Reader, Writer};
use crate::text::fold::fold;
use crate::vault::PagePath;
use crate::vault::path::strip_page_extension;

/// A file's number: of a page it is its [`super::PageId`]. Attachments count with the pages.
pub(super) type Number = u32;

/// The files, and those that are gone: a path keeps its number.
#[derive(Clone, Debug, Default)]
pub(super) struct Files {
    /// Runs of slots, all but the last [`RUN`] long. A copy shares them until it changes something there.
    runs: Vec<Arc<Vec<Slot>>>,
    /// By the exact path.
    by_path: ByName<Number>,
    /// Present files by their folded file name, sorted by the components of their folded paths
    /// from the last to the first, so that all that end in `a/b.md` stand together.
    names: ByName<Number>,
    /// How many pages there are.
    pub(super) pages: usize,
}

/// So many slots stand in a run: a change copies one.
const RUN: usize = 128;

#[derive(Clone, Debug)]
struct Slot {
    path: PagePath,
    /// The folded path, where it is not the path itself.
    folded: Option<Box<str>>,
    content: Content,
}

/// What stands at a path.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// Nothing any more.
    Gone,
    /// A file that is no page.
    Attachment,
    /// A page.
    Page(Arc<Record>),
}

/// A page and what the index found out about it.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) page: Page,
    /// Where its links lead.
    pub(super) leads: Leads,
    /// Its distinct tags.
    pub(super) tags: Box<[super::tags::TagId]>,
    /// The links that lead here, its own included.
    pub(super) inbound: Inbound,
}

impl Files {
    /// How many numbers were given out.
    pub(super) fn numbers(&self) -> usize {
        match self.runs.split_last() {
            Some((last, full)) => full.len() * RUN + last.len(),
            None => 0,
        }
    }

    /// The number of `path`, given to it now if it is new.
    pub(super) fn reserve(&mut self, path: &PagePath) -> Number {
        if let Some(number) = self.number(path) {
            return number;
        }
        let folded = fold(path.as_str());
        let folded = (folded != path.as_str()).then(|| folded.into_boxed_str());
        self.push(path.clone(), folded)
    }

    /// Gives the next number to `path`, whose folded form is `folded` where that is another.
    fn push(&mut self, path: PagePath, folded: Option<Box<str>>) -> Number {
        let number = leads::number(self.numbers());
        let key = Key::of_path(path.as_str());
        self.by_path.insert(key, self.by_path.get(key).len(), number);
        let slot = Slot { path, folded, content: Content::Gone };
        match self.runs.last_mut().filter(|run| run.len() < RUN) {
            Some(run) => Arc::make_mut(run).push(slot),
            None => self.runs.push(Arc::new(vec![slot])),
        }
        number
    }

    /// Writes down where a file is.
    pub(super) fn write_path(&self, to: &mut Writer, number: Number) {
        let slot = self.slot(number);
        to.text(slot.path.as_str());
        to.text(slot.folded.as_deref().unwrap_or_default());
    }

    /// Reads what [`Self::write_path`] wrote, and gives it the next number.
    pub(super) fn read_path(&mut self, from: &mut Reader<'_>) -> Option<(PagePath, Number)> {
        let path = PagePath::new(from.text())?;
        let folded = Some(from.text()).filter(|folded| !folded.is_empty());
        let number = self.push(path.clone(), folded.map(Into::into));
        Some((path, number))
    }

    /// The number of `path`, be there a file or not.
    pub(super) fn number(&self, path: &PagePath) -> Option<Number> {
        let numbers = self.by_path.get(Key::of_path(path.as_str()));
        numbers.iter().copied().find(|&number| self.path(number) == path)
    }

    /// Puts `content` in place of what stood there, which is given back.
    pub(super) fn replace(&mut self, number: Number, content: Content) -> Content {
        let is_gone = matches!(content, Content::Gone);
        let is_page = matches!(content, Content::Page(_));
        let before = std::mem::replace(&mut self.slot_mut(number).content, content);
        self.pages += usize::from(is_page);
        self.pages -= usize::from(matches!(before, Content::Page(_)));
        match (matches!(before, Content::Gone), is_gone) {
            (true, false) => self.enter_name(number),
            (false, true) => self.leave_name(number),
            _ => {}
        }
        before
    }

    pub(super) fn content(&self, number: Number) -> &Content {
        &self.slot(number).content
    }

    /// The page of that number.
    pub(super) fn record(&self, number: Number) -> Option<&Record> {
        match &self.runs.get(number as usize / RUN)?.get(number as usize % RUN)?.content {
            Content::Page(record) => Some(record),
            Content::Gone | Content::Attachment => None,
        }
    }

    pub(super) fn record_mut(&mut self, number: Number) -> Option<&mut Record> {
        self.record(number)?;
        match &mut self.slot_mut(number).content {
            Content::Page(record) => Some(Arc::make_mut(record)),
            Content::Gone | Content::Attachment => None,
        }
    }

    /// Every page.
    pub(super) fn records(&self) -> impl Iterator<Item = (Number, &Record)> {
        let slots = self.runs.iter().flat_map(|run| run.iter());
        (0..).zip(slots).filter_map(|(number, slot)| match &slot.content {
            Content::Page(record) => Some((number, &**record)),
            Content::Gone | Content::Attachment => None,
        })
    }

    /// The paths at which there is something.
    pub(super) fn present(&self) -> impl Iterator<Item = &PagePath> {
        let slots = self.runs.iter().flat_map(|run| run.iter());
        slots.filter(|slot| !matches!(slot.content, Content::Gone)).map(|slot| &slot.path)
    }

    pub(super) fn path(&self, number: Number) -> &PagePath {
        &self.slot(number).path
    }

    /// The path as it is compared.
    pub(super) fn folded(&self, number: Number) -> &str {
        let slot = self.slot(number);
        slot.folded.as_deref().unwrap_or(slot.path.as_str())
    }

    /// The folder of a file, folded.
    pub(super) fn folder(&self, number: Number) -> &str {
        folder_of(self.folded(number))
    }

    /// The file name without the extension of pages, folded.
    pub(super) fn stem(&self, number: Number) -> &str {
        stem_of(self.folded(number))
    }

    /// What the paths and their slots take, in bytes.
    pub(super) fn paths_room(&self) -> usize {
        let slots = self.runs.iter().flat_map(|run| run.iter());
        let texts = slots.map(|slot| {
            slot.path.as_str().len() + 16 + slot.folded.as_ref().map_or(0, |folded| folded.len())
        });
        texts.sum::<usize>() + self.numbers() * size_of::<Slot>()
    }

    /// What the tables by name and by path take, in bytes.
    pub(super) fn names_room(&self) -> usize {
        self.by_path.room() + self.names.room()
    }

    /// Gives back the room that growing lists held in reserve, after very many changes.
    pub(super) fn shrink_to_fit(&mut self) {
        self.names.shrink_to_fit();
        self.by_path.shrink_to_fit();
    }

    fn slot(&self, number: Number) -> &Slot {
        &self.runs[number as usize / RUN][number as usize % RUN]
    }

    fn slot_mut(&mut self, number: Number) -> &mut Slot {
        &mut Arc::make_mut(&mut self.runs[number as usize / RUN])[number as usize % RUN]
    }

    /// The files whose folded path is `end` or ends in `/end`; those at exactly that path first.
    pub(super) fn ending_in(&self, end: &str) -> &[Number] {
        let named = self.names.get(Key::of_name(last(end)));
        if let &[one] = named {
            return if self.ends_in(one, end) { named } else { &[] };
        }
        let components = || end.rsplit('/');
        let from = named.partition_point(|&n| self.components(n).lt(components()));
        let count = end.split('/').count();
        let to = from
            + named[from..].partition_point(|&n| self.components(n).take(count).eq(components()));
        &named[from..to]
    }

    /// The files at exactly the folded `path`: several, where names differ by case alone.
    pub(super) fn exactly(&self, path: &str) -> &[Number] {
        let ending = self.ending_in(path);
        &ending[..ending.partition_point(|&n| self.folded(n).len() == path.len())]
    }

    fn ends_in(&self, number: Number, end: &str) -> bool {
        let before = self.folded(number).strip_suffix(end);
        before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
    }

    /// The components of the folded path, the last first.
    fn components(&self, number: Number) -> impl Iterator<Item = &str> {
        self.folded(number).rsplit('/')
    }

    fn enter_name(&mut self, number: Number) {
        let key = self.name_key(number);
        let before = |&other: &Number| self.order(other, number) == Ordering::Less;
        let nth = self.names.get(key).partition_point(before);
        self.names.insert(key, nth, number);
    }

    fn leave_name(&mut self, number: Number) {
        let key = self.name_key(number);
        self.names.retain(key, |&other| other != number);
    }

    fn name_key(&self, number: Number) -> Key {
        Key::of_name(last(self.folded(number)))
    }

    fn order(&self, a: Number, b: Number) -> Ordering {
        let paths = || self.path(a).cmp(self.path(b));
        self.components(a).cmp(self.components(b)).then_with(paths)
    }
}

/// The folder of a path, `""` at the root.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last component of a path, without the extension of pages.
pub(super) fn stem_of(path: &str) -> &str {
    let name = last(path);
    strip_page_extension(name).unwrap_or(name)
}

/// The last component of a path.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
