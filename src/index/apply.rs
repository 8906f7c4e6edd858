//! Changes: what is stored at once, and the links that are looked up again afterwards. A change costs
//! what it holds and who refers to it. Lists are changed by whole runs, for one page may hold, and
//! one name may be asked for by, a hundred thousand links.

use std::sync::Arc;

use super::crew::{Crew, shared_out};
use super::files::{Content, Number, Record, stem_of};
use super::inbound::Inbound;
use super::leads::{Lead, Leads};
use super::names::Key;
use super::resolve::Place;
use super::target::{Target, answers};
use super::{Called, Change, Delta, Index, LinkRef, NewPage, Page, PageId, Via};
use crate::markdown::Packed;
use crate::text::fold::fold;
use crate::vault::{kind, title};

/// What was stored and has consequences that are not drawn yet.
#[derive(Default)]
pub(super) struct Unsettled {
    /// Pages whose own links are to be looked up.
    pages: Vec<Number>,
    /// Files that came or went, so that links to their names may lead elsewhere.
    files: Vec<Number>,
    /// Folders, by folded path, that came or went.
    folders: Vec<Box<str>>,
    /// Aliases and titles that came or went, and of which page: one of a page that was saved is
    /// there twice, for it went and came back.
    names: Vec<(Key, Called)>,
    /// Links that lead to these files no more.
    gone: Vec<(Number, LinkRef)>,
}

/// What can be said of a change without the index: of a page what it is called.
#[derive(Default)]
pub(super) struct Prepared {
    title: String,
    kind: Option<String>,
    names: Vec<(Key, Via)>,
}

impl Prepared {
    pub(super) fn of(change: &Change) -> Self {
        let Change::Put(new) = change else { return Self::default() };
        let summary = new.facts.summary();
        let folded = fold(new.path.as_str());
        let title = title::title(&new.path, summary.title.as_deref());
        Self {
            names: names_of(stem_of(&folded), &title, &new.facts),
            kind: kind::kind(&new.path, summary.kind.as_deref()),
            title,
        }
    }
}

/// So many pages' links are looked up in one go.
const LOOKED_UP: usize = 256;

/// So many links are gathered before the pages to which they lead are told of them: all of a large wiki at once would
/// take some twenty megabytes.
const MOVED: usize = 1 << 18;

impl Index {
    /// Stores a change; [`Index::settle`] draws the consequences.
    pub(super) fn store(&mut self, change: Change, prepared: Prepared, unsettled: &mut Unsettled) {
        match change {
            Change::Put(new) => self.put(new, prepared, unsettled),
            Change::Attachment(path) => {
                let number = self.files.reserve(&path);
                if !matches!(self.files.content(number), Content::Attachment) {
                    self.replace(number, Content::Attachment, prepared, unsettled);
                }
            }
            Change::Remove(path) => {
                if let Some(number) = self.files.number(&path)
                    && !matches!(self.files.content(number), Content::Gone)
                {
                    self.replace(number, Content::Gone, prepared, unsettled);
                }
            }
        }
    }

    /// Looks up every link that may lead elsewhere since the changes were stored.
    pub(super) fn settle(&mut self, mut unsettled: Unsettled, crew: &impl Crew) -> Delta {
        let mut changed = std::mem::take(&mut unsettled.pages);
        changed.sort_unstable();
        changed.dedup();
        self.enter_asks(&changed, crew);
        let mut come: Vec<(Number, LinkRef)> = Vec::new();
        let mut relinked = Vec::new();
        for link in self.affected(&unsettled, &changed) {
            let Some(record) = self.files.record(link.source.0) else { continue };
            let Some(before) = record.leads.get(link.link) else { continue };
            let Some(written) = record.page.facts.link(link.link) else { continue };
            let lead = self.lead(&self.place(link.source.0), &written);
            // Also where the lead is the same: its file may have gone and come back.
            unsettled.gone.extend(end_of(before).map(|to| (to, link)));
            come.extend(end_of(lead).map(|to| (to, link)));
            if lead != before {
                relinked.push(link.source);
                if let Some(record) = self.files.record_mut(link.source.0) {
                    record.leads.set(link.link, lead);
                }
            }
        }
        for some in changed.chunks(LOOKED_UP * crew.hands().max(8)) {
            let leads = shared_out(crew, some, LOOKED_UP, |&number| self.leads_of(number));
            for (&number, leads) in some.iter().zip(leads) {
                for (link, lead) in (0..).zip(leads.iter()) {
                    let link = LinkRef { source: PageId(number), link };
                    come.extend(end_of(lead).map(|to| (to, link)));
                }
                if let Some(record) = self.files.record_mut(number) {
                    record.leads = leads;
                }
            }
            if come.len() >= MOVED {
                self.move_inbound(std::mem::take(&mut unsettled.gone), std::mem::take(&mut come));
            }
        }
        self.move_inbound(unsettled.gone, come);
        self.tags.settle(&self.files);
        relinked.sort_unstable();
        relinked.dedup();
        Delta { pages: changed.into_iter().map(PageId).collect(), relinked }
    }

    /// Enters what the links of these pages ask for.
    fn enter_asks(&mut self, pages: &[Number], crew: &impl Crew) {
        for some in pages.chunks(LOOKED_UP * crew.hands().max(8)) {
            let keys = shared_out(crew, some, LOOKED_UP, |&number| {
                let record = self.files.record(number);
                record.map(|record| keys_of(&record.page.facts, self.files.folder(number)))
            });
            let each = some.iter().zip(keys);
            let asks = each.flat_map(|(&number, keys)| {
                keys.into_iter().flatten().map(move |key| (key, number))
            });
            self.asks.insert_all(asks.collect());
        }
    }

    /// Where the links of a page lead.
    fn leads_of(&self, number: Number) -> Leads {
        let Some(record) = self.files.record(number) else { return Leads::default() };
        let place = self.place(number);
        record.page.facts.links().map(|link| self.lead(&place, &link)).collect()
    }

    fn put(&mut self, new: NewPage, mut prepared: Prepared, unsettled: &mut Unsettled) {
        let NewPage { path, modified_ms, bytes, facts, unreadable } = new;
        let number = self.files.reserve(&path);
        let page = Page {
            id: PageId(number),
            title: std::mem::take(&mut prepared.title),
            kind: prepared.kind.take().map(|kind| self.kinds.shared(&kind)),
            path,
            modified_ms,
            bytes,
            facts,
            unreadable: unreadable.map(Into::into),
        };
        let (leads, inbound) = (Leads::default(), Inbound::default());
        let record = Record { page, leads, tags: Box::default(), inbound };
        self.replace(number, Content::Page(Arc::new(record)), prepared, unsettled);
    }

    /// Puts `content` in place of what stood at `number`, and undoes and does what follows from each.
    fn replace(
        &mut self,
        number: Number,
        content: Content,
        prepared: Prepared,
        unsettled: &mut Unsettled,
    ) {
        let is_there = !matches!(content, Content::Gone);
        let before = self.files.replace(number, content);
        let was_there = !matches!(before, Content::Gone);
        let path = self.files.path(number);
        match (was_there, is_there) {
            (false, true) => {
                unsettled.folders.append(&mut Arc::make_mut(&mut self.folders).enter(path));
            }
            (true, false) => {
                unsettled.folders.append(&mut Arc::make_mut(&mut self.folders).leave(path));
            }
            _ => {}
        }
        if std::mem::discriminant(&before) != std::mem::discriminant(self.files.content(number)) {
            unsettled.files.push(number);
        }
        if let Content::Page(record) = before {
            unsettled.pages.push(number);
            self.forget(number, Arc::unwrap_or_clone(record), unsettled);
        }
        if self.files.record(number).is_some() {
            unsettled.pages.push(number);
            self.learn(number, prepared, unsettled);
        }
    }

    /// Enters what the page goes by and is tagged with.
    fn learn(&mut self, number: Number, prepared: Prepared, unsettled: &mut Unsettled) {
        let Some(record) = self.files.record(number) else { return };
        let tags = self.tags.enter(number, &record.page.facts, &self.files);
        if let Some(record) = self.files.record_mut(number) {
            record.tags = tags;
        }
        for (name, via) in prepared.names {
            let called = Called { page: number, via };
            let nth = self.called.get(name).partition_point(|other| *other < called);
            self.called.insert(name, nth, called);
            unsettled.names.push((name, called));
        }
    }

    /// Takes back what [`Index::learn`] entered, and the page's links from the pages they led to.
    /// The page's path still tells its folder; its record is `old`.
    fn forget(&mut self, number: Number, old: Record, unsettled: &mut Unsettled) {
        for key in keys_of(&old.page.facts, self.files.folder(number)) {
            self.asks.remove(key, &number);
        }
        let names = names_of(self.files.stem(number), &old.page.title, &old.page.facts);
        for (name, via) in names {
            self.called.retain(name, |called| called.page != number);
            unsettled.names.push((name, Called { page: number, via }));
        }
        self.tags.leave(number, &old.tags);
        for (link, lead) in (0..).zip(old.leads.iter()) {
            let link = LinkRef { source: PageId(number), link };
            unsettled.gone.extend(end_of(lead).map(|to| (to, link)));
        }
        if let Some(record) = self.files.record_mut(number) {
            record.inbound = old.inbound;
        }
    }

    /// The links on other pages than the `changed` ones that may lead elsewhere now.
    fn affected(&self, unsettled: &Unsettled, changed: &[Number]) -> Vec<LinkRef> {
        let present = changed.iter().filter(|&&number| self.files.record(number).is_some());
        if present.count() == self.len() {
            // At the start every page is new: the keys of all files would be made for nothing.
            return Vec::new();
        }
        let mut files = unsettled.files.clone();
        files.sort_unstable();
        let mut names = unsettled.names.clone();
        names.sort_unstable();
        // A page goes by a name at most once, so that each time the name is told of it went or came,
        // by turns: an even number of times leaves it as it was, and who asks for it need not be
        // looked through. Unless the page was gone in between: it has come back without the links
        // that lead to it.
        let is_other = |same: &&[(Key, Called)]| {
            same.len() % 2 == 1 || files.binary_search(&same[0].1.page).is_ok()
        };
        let others = names.chunk_by(|a, b| a == b).filter(is_other);
        let mut keys: Vec<Key> = others.map(|same| same[0].0).collect();
        for &number in &unsettled.files {
            keys.extend(answers(self.files.folded(number)));
        }
        for folder in &unsettled.folders {
            keys.extend(answers(folder));
        }
        keys.sort_unstable();
        keys.dedup();
        let asking = keys.iter().flat_map(|&key| self.asks.get(key)).copied();
        let mut pages: Vec<Number> =
            asking.filter(|page| changed.binary_search(page).is_err()).collect();
        pages.sort_unstable();
        pages.dedup();
        let mut affected = Vec::new();
        for page in pages {
            let Some(record) = self.files.record(page) else { continue };
            let folder = self.files.folder(page);
            for (at, link) in (0..).zip(record.page.facts.links()) {
                let target = Target::of(&link, folder);
                if target.keys().any(|key| keys.binary_search(&key).is_ok()) {
                    affected.push(LinkRef { source: PageId(page), link: at });
                }
            }
        }
        affected
    }

    /// Takes links from the lists of the pages they led to, then enters them where they lead now.
    fn move_inbound(&mut self, mut gone: Vec<(Number, LinkRef)>, mut come: Vec<(Number, LinkRef)>) {
        gone.sort_unstable();
        for run in gone.chunk_by(|(a, _), (b, _)| a == b) {
            if let Some(record) = self.files.record_mut(run[0].0) {
                let leaves = |link: &LinkRef| run.binary_search(&(run[0].0, *link)).is_ok();
                let left: Vec<LinkRef> =
                    record.inbound.iter().filter(|link| !leaves(link)).collect();
                record.inbound = Inbound::of(&left);
            }
        }
        come.sort_unstable();
        for run in come.chunk_by(|(a, _), (b, _)| a == b) {
            if let Some(record) = self.files.record_mut(run[0].0) {
                let mut inbound: Vec<LinkRef> = record.inbound.iter().collect();
                inbound.extend(run.iter().map(|(_, link)| link));
                // Two sorted runs, merged in linear time by the standard sort.
                inbound.sort();
                record.inbound = Inbound::of(&inbound);
            }
        }
    }

    pub(super) fn place(&self, number: Number) -> Place<'_> {
        Place { folder: self.files.folder(number), page: Some(number) }
    }
}

/// The aliases of a page, and its title; those that say no more than its file name (folded) left out.
fn names_of(stem: &str, title: &str, facts: &Packed) -> Vec<(Key, Via)> {
    let own = Key::of_name(stem);
    let names = called_names(title, facts).map(|(name, via)| (Key::of_name(&name), via));
    let mut names: Vec<(Key, Via)> = names.filter(|(name, _)| *name != own).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The aliases of a page, and its title; folded.
pub(super) fn called_names<'a>(
    title: &'a str,
    facts: &'a Packed,
) -> impl Iterator<Item = (String, Via)> + use<'a> {
    let aliases = facts.aliases().map(|alias| (alias, Via::Alias));
    let names = aliases.chain([(title, Via::Title)]);
    names.map(|(name, via)| (fold(name.trim()), via)).filter(|(name, _)| !name.is_empty())
}

/// The file that a lead ends at.
fn end_of(lead: Lead) -> Option<Number> {
    match lead {
        Lead::File { to, .. } => Some(to),
        Lead::Missing | Lead::External | Lead::Folder { .. } => None,
    }
}

/// The keys under which the links of a page ask, sorted.
fn keys_of(facts: &Packed, folder: &str) -> Vec<Key> {
    let mut keys = Vec::with_capacity(facts.link_count());
    for link in facts.links() {
        keys.extend(Target::of(&link, folder).keys());
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}
