//! Tags: who carries which. Compared folded, nested by `/`, shown as on the first page by path that
//! carries them, so that the order of changes does not matter.

use std::collections::HashMap;
use std::sync::Arc;

use super::files::{Files, Number};
use crate::markdown::Packed;
use crate::text::bytes::{Reader, Writer};
use crate::text::fold::fold;

/// Index into [`Tags::all`].
pub(super) type TagId = u32;

/// The tags of all pages.
#[derive(Clone, Debug, Default)]
pub(super) struct Tags {
    /// A copy shares each with its original until it changes.
    all: Vec<Arc<Tag>>,
    by_name: Arc<HashMap<Box<str>, TagId>>,
    /// Tags whose first page is gone.
    stale: Vec<TagId>,
}

#[derive(Clone, Debug)]
struct Tag {
    /// The folded name.
    name: Box<str>,
    shown: Box<str>,
    /// The page that it is shown as on.
    first: Option<Number>,
    /// The pages that carry it, in order. Empty for tags that nobody carries any more.
    pages: Vec<Number>,
}

impl Tags {
    /// Writes the tags down, without the pages that carry them: these know it.
    pub(super) fn write(&self, to: &mut Writer) {
        to.length(self.all.len());
        for tag in &self.all {
            to.text(&tag.name);
            to.text(&tag.shown);
            to.number(tag.first.map_or(0, |first| first + 1));
        }
    }

    /// Reads what [`Self::write`] wrote; [`Self::carry`] tells it of the pages.
    pub(super) fn read(from: &mut Reader<'_>) -> Self {
        let mut tags = Self::default();
        let mut by_name = HashMap::new();
        for id in (0..).take(from.count()) {
            let name: Box<str> = from.text().into();
            let shown = from.text().into();
            by_name.insert(name.clone(), id);
            let first = from.number().checked_sub(1);
            tags.all.push(Arc::new(Tag { name, shown, first, pages: Vec::new() }));
        }
        tags.by_name = Arc::new(by_name);
        tags
    }

    /// Enters a page that carries these tags; pages come in order. Whether there are such tags.
    pub(super) fn carry(&mut self, page: Number, own: &[TagId]) -> bool {
        own.iter().all(|&id| {
            let tag = self.all.get_mut(id as usize);
            tag.map(|tag| Arc::make_mut(tag).pages.push(page)).is_some()
        })
    }

    /// Enters the tags of a page; its distinct tags in the order of the page.
    pub(super) fn enter(&mut self, page: Number, facts: &Packed, files: &Files) -> Box<[TagId]> {
        let mut own = Vec::new();
        for tag in facts.tags() {
            let written = tag.name.trim_matches('/');
            let name = fold(written);
            if name.is_empty() {
                continue;
            }
            let id = self.id(&name);
            let tag = Arc::make_mut(&mut self.all[id as usize]);
            let at = tag.pages.partition_point(|&other| other < page);
            if tag.pages.get(at) == Some(&page) {
                continue;
            }
            let is_first = match tag.first {
                Some(first) => files.path(page) < files.path(first),
                None => tag.pages.is_empty(),
            };
            if is_first {
                tag.first = Some(page);
                tag.shown = written.into();
            }
            tag.pages.insert(at, page);
            own.push(id);
        }
        own.into()
    }

    /// Takes back the tags of a page.
    pub(super) fn leave(&mut self, page: Number, own: &[TagId]) {
        for &id in own {
            let tag = Arc::make_mut(&mut self.all[id as usize]);
            if let Ok(at) = tag.pages.binary_search(&page) {
                tag.pages.remove(at);
            }
            if tag.first == Some(page) {
                tag.first = None;
                self.stale.push(id);
            }
        }
    }

    /// Finds how tags are shown whose first page is gone.
    pub(super) fn settle(&mut self, files: &Files) {
        for id in std::mem::take(&mut self.stale) {
            let tag = Arc::make_mut(&mut self.all[id as usize]);
            if tag.first.is_some() {
                continue;
            }
            tag.first = tag.pages.iter().copied().min_by_key(|&page| files.path(page));
            let record = tag.first.and_then(|first| files.record(first));
            let uses = record.into_iter().flat_map(|record| record.page.facts.tags());
            let mut written = uses.map(|tag| tag.name.trim_matches('/'));
            if let Some(written) = written.find(|written| fold(written) == *tag.name) {
                tag.shown = written.into();
            }
        }
    }

    pub(super) fn shown(&self, tag: TagId) -> &str {
        &self.all[tag as usize].shown
    }

    /// The pages that carry the tag itself, in order.
    pub(super) fn pages(&self, tag: TagId) -> &[Number] {
        &self.all[tag as usize].pages
    }

    /// Whether `own` is `tag` (folded) or nested below it.
    pub(super) fn is_within(&self, own: TagId, tag: &str) -> bool {
        let below = self.all[own as usize].name.strip_prefix(tag);
        below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
    }

    /// Every tag that is carried, with the number of its pages, by name.
    pub(super) fn counted(&self) -> Vec<(String, u32)> {
        let all = self.all.iter().map(|tag| &**tag);
        let mut carried: Vec<&Tag> = all.filter(|tag| !tag.pages.is_empty()).collect();
        carried.sort_unstable_by_key(|tag| &tag.name);
        let count = |tag: &Tag| u32::try_from(tag.pages.len()).unwrap_or(u32::MAX);
        carried.into_iter().map(|tag| (tag.shown.to_string(), count(tag))).collect()
    }

    fn id(&mut self, name: &str) -> TagId {
        if let Some(&id) = self.by_name.get(name) {
            return id;
        }
        let id = TagId::try_from(self.all.len()).expect("fewer than 2^32 tags in one run");
        Arc::make_mut(&mut self.by_name).insert(name.into(), id);
        self.all.push(Arc::new(Tag {
            name: name.into(),
            shown: Box::default(),
            first: None,
            pages: Vec::new(),
        }));
        id
    }
}
