//! The index: every page's facts, and what follows from them all: who links where, which tags there
//! are, what is wanted. Changes are applied one by one at the cost of what changed and who refers to
//! it; applying all of them equals building from scratch (`tests/properties.rs` beside this file keeps
//! that true).
//! It knows no files, only what it is told of them.
//!
//! | room | what it knows |
//! |---|---|
//! | `files` | every page and attachment, by number, by path, by the end of its path |
//! | `folders` | every folder that holds a file |
//! | `names` | lists by name, kept small |
//! | `leads`, `inbound` | where the links of a page lead and which lead to it, kept small |
//! | `target` | what one link asks for, seen from its page: no other page is needed |
//! | `resolve` | which file answers, by which rule |
//! | `resolution` | the answer, in full |
//! | `look` | the looks taken for a file, for who wants it explained |
//! | `apply` | a change, and the links that it makes lead elsewhere |
//! | `crew` | who does what can be done at once |
//! | `tags` | who carries which tag |
//! | `kinds` | the kinds of pages |
//! | `near` | names that resemble a name |
//! | [`fragment`] | where in its page a `#fragment` leads |
//! | [`embed`] | what a page shows in place of its embeds |
//! | [`check`] | what is wrong or loose: missing, ambiguous, broken fragments, orphans, dead ends, odd pages |
//! | [`explain`] | why a link leads where it leads, in words; where a tag comes from |
//! | [`graph`] | neighbours, the shortest chains between two pages, what lies around one |
//! | `room` | how many bytes each table takes |
//! | [`stored`] | the whole index as bytes, and back |
//! | [`related`] | pages that share neighbours and tags |

mod apply;
pub mod check;
mod crew;
pub mod embed;
pub mod explain;
mod files;
mod folders;
pub mod fragment;
pub mod graph;
mod inbound;
mod kinds;
mod leads;
mod look;
mod names;
mod near;
pub mod related;
mod resolution;
mod resolve;
mod room;
pub mod stored;
mod tags;
mod target;

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::markdown::{Link, LinkId, Packed};
use crate::text::date::Date;
use crate::text::fold::fold;
use crate::vault::{PagePath, title};

use files::{Content, Files, Number};
use folders::Folders;
use kinds::Kinds;
use leads::Lead;
use names::ByName;
use resolve::Place;
use tags::Tags;
use target::Target;

pub use crew::{Alone, Crew};
pub use near::Names;
pub use resolution::{Resolution, Status, Via};

/// A page's number within one run of the program; never used again for another page. A page that
/// goes and comes back at the same path has the same number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct PageId(pub u32);

/// What the index knows of one page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its number.
    pub id: PageId,
    /// Where it is.
    pub path: PagePath,
    /// Its title (`semantics.md`, pages and folders): said, else the first heading, else the file name.
    pub title: String,
    /// Its kind, lower case; pages of a kind share it.
    pub kind: Option<Arc<str>>,
    /// When it was last written, milliseconds since 1970-01-01 UTC; 0 if nobody knows.
    pub modified_ms: i64,
    /// Length of the file in bytes.
    pub bytes: u64,
    /// Links, tags, headings, properties.
    pub facts: Packed,
    /// Why it cannot be read, if so.
    pub unreadable: Option<Box<str>>,
}

impl Page {
    /// What lists show for it: its title, of a nameless `README` its folder.
    #[must_use]
    pub fn label(&self) -> &str {
        title::label(&self.path, &self.title)
    }

    /// The day it tells of: said, else in its file name, else in its footer.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        title::day(&self.path, self.facts.date(), self.facts.created())
    }
}

/// A change to the wiki.
#[derive(Clone, Debug)]
pub enum Change {
    /// A page was written, or seen for the first time.
    Put(NewPage),
    /// A page or another file is gone.
    Remove(PagePath),
    /// A file that is no page exists: a target for attachments.
    Attachment(PagePath),
}

/// What the index is told of a page.
#[derive(Clone, Debug)]
pub struct NewPage {
    /// Where it is.
    pub path: PagePath,
    /// When it was last written, milliseconds since 1970-01-01 UTC; 0 if nobody knows.
    pub modified_ms: i64,
    /// Length of the file in bytes.
    pub bytes: u64,
    /// What stands in it.
    pub facts: Packed,
    /// Why it cannot be read, if so.
    pub unreadable: Option<String>,
}

/// What is known of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// There is none.
    Nothing,
    /// It is no page.
    Attachment,
    /// A page, as it was when it was read.
    Page {
        /// As [`Page::modified_ms`].
        modified_ms: i64,
        /// As [`Page::bytes`].
        bytes: u64,
    },
}

/// What a change made different.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delta {
    /// Pages that were put or are gone.
    pub pages: Vec<PageId>,
    /// Other pages, with a link that leads elsewhere now.
    pub relinked: Vec<PageId>,
}

/// One link, named by the page it stands on and its number there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct LinkRef {
    /// The page that holds the link.
    pub source: PageId,
    /// Its number among the page's [`Packed::links`].
    pub link: LinkId,
}

/// Where a link leads, in short.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// To a page.
    Page {
        /// Which.
        page: PageId,
        /// Whether it could mean others, too.
        among_others: bool,
    },
    /// Nowhere.
    Missing,
    /// To a file that is no page, to a folder, out of the wiki.
    Elsewhere,
}

/// The index of a wiki.
#[derive(Clone, Debug, Default)]
pub struct Index {
    files: Files,
    folders: Arc<Folders>,
    /// Which pages an alias or a title names. Those that are file names are left out: the file
    /// is found first.
    called: ByName<Called>,
    /// On which pages links ask for a name (see `Target::keys`), in order. When a file of that name
    /// comes or goes, these links and no others may lead elsewhere.
    asks: ByName<Number>,
    tags: Tags,
    kinds: Kinds,
    revision: u64,
}

/// A page that goes by a name which is not its file's.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
struct Called {
    page: Number,
    via: Via,
}

/// So many changes are prepared at once, and so many of them in one go by one.
const PREPARED: usize = 1_024;
const PREPARED_BY_ONE: usize = 64;

/// Shared by all indexes, so that one that is built anew is not taken for the one before it.
static LAST_REVISION: AtomicU64 = AtomicU64::new(0);

impl Index {
    /// Applies one change.
    pub fn apply(&mut self, change: Change) -> Delta {
        self.apply_all([change])
    }

    /// Applies many changes at once, at less cost than one by one; the result is the same.
    pub fn apply_all(&mut self, changes: impl IntoIterator<Item = Change>) -> Delta {
        self.apply_all_by(changes, &Alone)
    }

    /// As [`Self::apply_all`]: what can be done of each page by itself is done by `crew`.
    pub fn apply_all_by(
        &mut self,
        changes: impl IntoIterator<Item = Change>,
        crew: &impl Crew,
    ) -> Delta {
        let mut unsettled = apply::Unsettled::default();
        let before = self.len();
        let mut changes = changes.into_iter();
        loop {
            // What is prepared of a page takes as much room as what is kept of it: never of all at once.
            let some: Vec<Change> = changes.by_ref().take(PREPARED).collect();
            if some.is_empty() {
                break;
            }
            let prepared = crew::shared_out(crew, &some, PREPARED_BY_ONE, apply::Prepared::of);
            for (change, prepared) in some.into_iter().zip(prepared) {
                self.store(change, prepared, &mut unsettled);
            }
        }
        self.revision = LAST_REVISION.fetch_add(1, Ordering::Relaxed) + 1;
        let delta = self.settle(unsettled, crew);
        // Not before: what links ask for is entered last.
        if self.len() > 2 * before {
            self.files.shrink_to_fit();
            self.asks.shrink_to_fit();
            self.called.shrink_to_fit();
        }
        delta
    }

    /// How many pages there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.pages
    }

    /// Whether there is no page.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All pages, in no order that means anything.
    pub fn pages(&self) -> impl Iterator<Item = &Page> {
        self.files.records().map(|(_, record)| &record.page)
    }

    /// The page of that number; `None` once it is gone.
    #[must_use]
    pub fn page(&self, id: PageId) -> Option<&Page> {
        self.files.record(id.0).map(|record| &record.page)
    }

    /// The page at exactly that path.
    #[must_use]
    pub fn at(&self, path: &PagePath) -> Option<&Page> {
        self.page(PageId(self.files.number(path)?))
    }

    /// What is known of the file at exactly that path.
    #[must_use]
    pub fn known(&self, path: &PagePath) -> Known {
        match self.files.number(path).map(|number| self.files.content(number)) {
            None | Some(Content::Gone) => Known::Nothing,
            Some(Content::Attachment) => Known::Attachment,
            Some(Content::Page(record)) => {
                let Page { modified_ms, bytes, .. } = record.page;
                Known::Page { modified_ms, bytes }
            }
        }
    }

    /// Whether there is a file below `folder`, or below a folder that is written alike but for case.
    #[must_use]
    pub fn has_folder(&self, folder: &PagePath) -> bool {
        self.folders.at(&fold(folder.as_str())).is_some()
    }

    /// `path`, or the index's own copy of it, so that a list of paths takes no room beside the index.
    #[must_use]
    pub fn shared(&self, path: PagePath) -> PagePath {
        match self.files.number(&path) {
            Some(number) => self.files.path(number).clone(),
            None => path,
        }
    }

    /// The paths of all files, pages and others, in no order that means anything.
    pub fn paths(&self) -> impl Iterator<Item = &PagePath> {
        self.files.present()
    }

    /// The page that speaks for a folder (`""` is the root): its `index`, else its `README`.
    #[must_use]
    pub fn folder_page(&self, folder: &str) -> Option<PageId> {
        let folder = fold(folder);
        target::FOLDER_PAGES.iter().find_map(|name| {
            let path =
                if folder.is_empty() { (*name).to_owned() } else { format!("{folder}/{name}") };
            let files = self.files.exactly(&path);
            files.iter().copied().find(|&file| self.files.record(file).is_some()).map(PageId)
        })
    }

    /// Where `link`, standing on the page at `from`, leads. `from` need not be in the index; a link
    /// to itself is then [`Status::Missing`] via [`Via::Itself`].
    #[must_use]
    pub fn resolve<T: Deref<Target = str>>(&self, from: &PagePath, link: &Link<T>) -> Resolution {
        let place = Place {
            folder: &fold(from.folder()),
            page: self.files.number(from).filter(|&number| self.files.record(number).is_some()),
        };
        self.found(&place, &link.borrowed())
    }

    /// Where the link `link` of `source` leads, from the index's own table.
    #[must_use]
    pub fn resolution(&self, link: LinkRef) -> Resolution {
        let missing = Resolution { status: Status::Missing, via: None };
        let Some(record) = self.files.record(link.source.0) else { return missing };
        let Some(lead) = record.leads.get(link.link) else { return missing };
        self.told(lead).unwrap_or_else(|| {
            // The other candidates are not kept: they are found again.
            let written = record.page.facts.link(link.link);
            written.map_or(missing, |written| self.found(&self.place(link.source.0), &written))
        })
    }

    /// Where each link of a page leads, in order and in short: this costs no more than reading a table.
    pub fn ends(&self, id: PageId) -> impl Iterator<Item = End> {
        let leads = self.files.record(id.0).into_iter().flat_map(|record| record.leads.iter());
        leads.map(|lead| match lead {
            Lead::Missing => End::Missing,
            Lead::External | Lead::Folder { .. } => End::Elsewhere,
            Lead::File { to, ambiguous, .. } => match self.files.content(to) {
                Content::Page(_) => End::Page { page: PageId(to), among_others: ambiguous },
                Content::Attachment => End::Elsewhere,
                Content::Gone => End::Missing,
            },
        })
    }

    /// The link of that number as it is written; `None` once it is gone.
    #[must_use]
    pub fn link(&self, link: LinkRef) -> Option<Link<&str>> {
        self.page(link.source)?.facts.link(link.link)
    }

    /// The links that lead to `id`, by source path and place; links of a page to itself left out.
    #[must_use]
    pub fn backlinks(&self, id: PageId) -> Vec<LinkRef> {
        let Some(record) = self.files.record(id.0) else { return Vec::new() };
        self.by_source(record.inbound.iter().filter(|link| link.source != id).collect())
    }

    /// How many links lead to `id`, those of the page to itself left out.
    #[must_use]
    pub fn backlink_count(&self, id: PageId) -> usize {
        let inbound = self.files.record(id.0).into_iter().flat_map(|record| record.inbound.iter());
        inbound.filter(|link| link.source != id).count()
    }

    /// The links that ask for the missing page that `target` (as written) names, by source path
    /// and place. A target that starts with a dot is relative to a page that is not known here: the
    /// links that are written alike are given.
    #[must_use]
    pub fn wanted_by(&self, target: &str) -> Vec<LinkRef> {
        let target = fold(target.trim());
        if target.starts_with('.') && target::is_relative(&target) {
            let wanted = self.missing().filter(|(_, link)| fold(link.target()) == target);
            return self.by_source(wanted.map(|(link, _)| link).collect());
        }
        let keys = target::same_name(&target);
        let mut pages: Vec<Number> = keys.flat_map(|key| self.asks.get(key)).copied().collect();
        pages.sort_unstable();
        pages.dedup();
        let missing = pages.into_iter().flat_map(|page| self.links_of(page, is_missing));
        let wanted = missing.filter(|(link, written)| {
            Target::of(written, self.files.folder(link.source.0)).asks_for(&target)
        });
        self.by_source(wanted.map(|(link, _)| link).collect())
    }

    /// Up to `max` pages whose names are nearest to `target`, nearest first; none that is far off.
    #[must_use]
    pub fn near(&self, target: &str, max: usize) -> Vec<PageId> {
        self.nearest_first(near::nearest(target, self.names()), max)
    }

    /// The names of all pages, for [`Self::near_among`].
    #[must_use]
    pub fn near_names(&self) -> Names {
        Names::new(self.names())
    }

    /// As [`Self::near`], for asking after many targets. `names` are those of this index.
    #[must_use]
    pub fn near_among(&self, names: &Names, target: &str, max: usize) -> Vec<PageId> {
        self.nearest_first(names.nearest(target), max)
    }

    /// What pages go by: file names, titles, aliases.
    fn names(&self) -> impl Iterator<Item = (Number, &str)> {
        self.files.records().flat_map(|(number, record)| {
            let page = &record.page;
            let own = [page.path.stem(), &page.title];
            own.into_iter().chain(page.facts.aliases()).map(move |name| (number, name))
        })
    }

    fn nearest_first(&self, mut near: Vec<near::Near>, max: usize) -> Vec<PageId> {
        let path = |number: Number| self.files.path(number);
        near.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then_with(|| path(a.page).cmp(path(b.page)))
        });
        near.truncate(max);
        near.into_iter().map(|near| PageId(near.page)).collect()
    }

    /// All tags with the number of pages that carry them (not their children), by name. Shown as
    /// first seen: as on the first page by path.
    #[must_use]
    pub fn tags(&self) -> Vec<(String, u32)> {
        self.tags.counted()
    }

    /// The distinct tags of a page, as the wiki first showed them, in the page's order.
    #[must_use]
    pub fn tags_of(&self, id: PageId) -> Vec<&str> {
        let tags = self.files.record(id.0).map_or(&[][..], |record| &record.tags);
        tags.iter().map(|&tag| self.tags.shown(tag)).collect()
    }

    /// Whether the page carries `tag` (folded) or a tag nested below it.
    #[must_use]
    pub fn has_tag(&self, id: PageId, tag: &str) -> bool {
        let tags = self.files.record(id.0).map_or(&[][..], |record| &record.tags);
        tags.iter().any(|&own| self.tags.is_within(own, tag))
    }

    /// The tags of a page, each with the pages that carry it (the page itself among them) or a tag written
    /// alike, as the wiki first showed them.
    #[must_use]
    pub fn tags_shared_by(&self, id: PageId) -> Vec<(&str, Vec<PageId>)> {
        let tags = self.files.record(id.0).map_or(&[][..], |record| &record.tags);
        let pages = |tag| self.tags.pages(tag).iter().copied().map(PageId).collect();
        tags.iter().map(|&tag| (self.tags.shown(tag), pages(tag))).collect()
    }

    /// A number that every change replaces: equal revisions mean equal content, also of two indexes
    /// that were built one after the other from the same number of files.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Every link that leads to a missing page, in no order that means anything.
    fn missing(&self) -> impl Iterator<Item = (LinkRef, Link<&str>)> {
        self.links(is_missing)
    }

    /// The links whose leads are as `wanted`, in no order that means anything.
    fn links(&self, wanted: fn(Lead) -> bool) -> impl Iterator<Item = (LinkRef, Link<&str>)> {
        self.files.records().flat_map(move |(number, _)| self.links_of(number, wanted))
    }

    /// The links of a page whose leads are as `wanted`, in order.
    fn links_of(
        &self,
        page: Number,
        wanted: fn(Lead) -> bool,
    ) -> impl Iterator<Item = (LinkRef, Link<&str>)> {
        self.files.record(page).into_iter().flat_map(move |record| {
            let links = record.page.facts.links().zip(record.leads.iter());
            links
                .zip(0..)
                .filter(move |((_, lead), _)| wanted(*lead))
                .map(move |((link, _), at)| (LinkRef { source: PageId(page), link: at }, link))
        })
    }

    /// Sorted by the path of the page that holds the link, then by place.
    fn by_source(&self, mut links: Vec<LinkRef>) -> Vec<LinkRef> {
        links.sort_unstable_by(|a, b| {
            let path = |link: &LinkRef| self.files.path(link.source.0);
            path(a).cmp(path(b)).then(a.link.cmp(&b.link))
        });
        links
    }
}

fn is_missing(lead: Lead) -> bool {
    matches!(lead, Lead::Missing)
}

#[cfg(test)]
pub(crate) mod tests;
