//! Checks: what is wrong or loose in a wiki, as pure queries over the index. The program's view and the
//! command line show the same findings; whoever shows them decides what is an error.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::fragment::{self, Places, SpotKind, written};
use super::leads::Lead;
use super::target::Target;
use super::{Index, LinkRef, Page, PageId};
use crate::markdown::Notice;
use crate::vault::{PagePath, conflict, file_type};

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Kind {
    /// Names that are asked for and that no page has.
    #[default]
    Missing,
    /// Links that several pages could answer.
    Ambiguous,
    /// Links to headings or blocks that are not there.
    Fragments,
    /// Pages that no other page links to.
    Orphans,
    /// Pages that link to no other page.
    DeadEnds,
    /// Pages that cannot be read or hold something odd.
    Pages,
    /// Pages of which two versions are left: copies that a sync program made, git's conflict marks.
    Conflicts,
    /// Images and other files that are asked for and are not there.
    Files,
}

impl Kind {
    /// Every kind, in the order of the report.
    pub const ALL: [Self; 8] = [
        Self::Missing,
        Self::Ambiguous,
        Self::Fragments,
        Self::Orphans,
        Self::DeadEnds,
        Self::Pages,
        Self::Conflicts,
        Self::Files,
    ];
}

/// Everything that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// See [`missing`]: pages and files.
    pub missing: Vec<Wanted>,
    /// See [`ambiguous`].
    pub ambiguous: Vec<LinkRef>,
    /// See [`broken_fragments`].
    pub fragments: Vec<LinkRef>,
    /// See [`orphans`].
    pub orphans: Vec<PageId>,
    /// See [`dead_ends`].
    pub dead_ends: Vec<PageId>,
    /// See [`odd`].
    pub odd: Vec<Odd>,
    /// See [`conflicts`].
    pub conflicts: Vec<Odd>,
}

impl Report {
    /// What is found on the pages `within` (on all if `None`).
    #[must_use]
    pub fn of(index: &Index, within: Option<&HashSet<PageId>>) -> Self {
        let mut report = Self {
            missing: missing(index),
            ambiguous: ambiguous(index),
            fragments: broken_fragments(index),
            orphans: orphans(index),
            dead_ends: dead_ends(index),
            odd: odd(index),
            conflicts: conflicts(index),
        };
        if let Some(within) = within {
            for wanted in &mut report.missing {
                wanted.askers.retain(|link| within.contains(&link.source));
            }
            report.missing.retain(|wanted| !wanted.askers.is_empty());
            most_wanted_first(&mut report.missing);
            report.ambiguous.retain(|link| within.contains(&link.source));
            report.fragments.retain(|link| within.contains(&link.source));
            report.orphans.retain(|page| within.contains(page));
            report.dead_ends.retain(|page| within.contains(page));
            report.odd.retain(|odd| within.contains(&odd.page));
            report.conflicts.retain(|odd| within.contains(&odd.page));
        }
        report
    }

    /// What is odd about pages, or left of their conflicts.
    #[must_use]
    pub fn odd_of(&self, kind: Kind) -> &[Odd] {
        if kind == Kind::Conflicts { &self.conflicts } else { &self.odd }
    }

    /// How much of a kind there is: of what is missing so many names.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        match kind {
            Kind::Missing | Kind::Files => self.names(kind).count(),
            Kind::Ambiguous => self.ambiguous.len(),
            Kind::Fragments => self.fragments.len(),
            Kind::Orphans => self.orphans.len(),
            Kind::DeadEnds => self.dead_ends.len(),
            Kind::Pages => self.odd.len(),
            Kind::Conflicts => self.conflicts.len(),
        }
    }

    /// The missing names of a kind, pages or files.
    pub fn names(&self, kind: Kind) -> impl Iterator<Item = &Wanted> {
        self.missing.iter().filter(move |wanted| wanted.is_file == (kind == Kind::Files))
    }
}

/// Something that is odd about a page itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Odd {
    /// Which page.
    pub page: PageId,
    /// What, in words.
    pub message: String,
    /// On which line, from 1, if it is about one.
    pub line: Option<u32>,
}

/// A page or another file that is asked for and does not exist.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// Its name as the first of the links writes it.
    pub target: String,
    /// Whether that is the name of an image or another file that is no page, by its ending.
    pub is_file: bool,
    /// The links that ask for it, by source path and place.
    pub askers: Vec<LinkRef>,
}

/// Pages that no other page links to, by path.
#[must_use]
pub fn orphans(index: &Index) -> Vec<PageId> {
    by_path(index, |id| index.backlink_count(id) == 0)
}

/// Pages from which no link leads to another page, by path.
#[must_use]
pub fn dead_ends(index: &Index) -> Vec<PageId> {
    let leads_on = |id: PageId| {
        let mut leads = index.files.record(id.0).into_iter().flat_map(|record| record.leads.iter());
        leads.any(|lead| match lead {
            Lead::File { to, .. } => to != id.0 && index.files.record(to).is_some(),
            Lead::Missing | Lead::External | Lead::Folder { .. } => false,
        })
    };
    by_path(index, |id| !leads_on(id))
}

/// What is asked for and does not exist, the most wanted first, then by name.
#[must_use]
pub fn missing(index: &Index) -> Vec<Wanted> {
    let mut names: BTreeMap<String, Vec<LinkRef>> = BTreeMap::new();
    for (at, link) in index.missing() {
        let folder = index.files.folder(at.source.0);
        // A way out of the root has no name but what is written.
        let name = Target::of(&link, folder).wanted().unwrap_or_else(|| link.target().to_owned());
        names.entry(name).or_default().push(at);
    }
    let mut all: Vec<Wanted> = names
        .into_values()
        .map(|askers| {
            let askers = index.by_source(askers);
            let target = askers.first().and_then(|&first| index.link(first));
            let target = target.map_or(String::new(), |link| link.target().to_owned());
            Wanted { is_file: file_type::known(&target).is_some(), target, askers }
        })
        .collect();
    most_wanted_first(&mut all);
    all
}

fn most_wanted_first(all: &mut [Wanted]) {
    all.sort_by_key(|wanted| std::cmp::Reverse(wanted.askers.len()));
}

/// Links that several pages could answer, by source path and place.
#[must_use]
pub fn ambiguous(index: &Index) -> Vec<LinkRef> {
    let links = index.links(|lead| matches!(lead, Lead::File { ambiguous: true, .. }));
    index.by_source(links.map(|(at, _)| at).collect())
}

/// Links to a heading or a block that their page does not hold, by source path and place.
#[must_use]
pub fn broken_fragments(index: &Index) -> Vec<LinkRef> {
    let mut of_page: HashMap<PageId, Places<'_>> = HashMap::new();
    let links = index.links(|lead| matches!(lead, Lead::File { .. }));
    let broken = links.filter(|(at, link)| {
        let Some(fragment) = written(link) else { return false };
        let target = index.resolution(*at).page().and_then(|id| index.page(id));
        target.is_some_and(|page| {
            let places = of_page.entry(page.id).or_insert_with(|| Places::of_packed(&page.facts));
            places.exactly(&fragment).is_none()
        })
    });
    index.by_source(broken.map(|(at, _)| at).collect())
}

/// What a link with a broken fragment asks for (without `#`), and the heading that is nearest to it.
#[must_use]
pub fn broken_fragment(index: &Index, link: LinkRef) -> Option<(String, Option<&str>)> {
    let wanted = written(&index.link(link)?)?.into_owned();
    let page = index.page(index.resolution(link).page()?)?;
    let near = fragment::locate_in(&page.facts, &wanted).and_then(|spot| match spot.kind {
        SpotKind::Heading(nth) => Some(page.facts.heading(nth)?.text),
        SpotKind::Block(_) => None,
    });
    Some((wanted, near))
}

/// What is odd about pages themselves, by path: unreadable, YAML that does not parse.
#[must_use]
pub fn odd(index: &Index) -> Vec<Odd> {
    notices(index, |page| {
        let reason = page.unreadable.iter().map(|reason| format!("cannot be read: {reason}"));
        let reason = reason.map(|message| (message, None));
        let notices = page.facts.notices().filter(|notice| !notice.is_conflict());
        reason.chain(notices.map(|notice| (notice.message, notice.line))).collect()
    })
}

/// Pages of which two versions are left, by path.
#[must_use]
pub fn conflicts(index: &Index) -> Vec<Odd> {
    notices(index, |page| {
        let copy = conflict::copy_of(&page.path).map(|of| (copied(&of), None));
        let notices = page.facts.notices().filter(Notice::is_conflict);
        copy.into_iter().chain(notices.map(|notice| (notice.message, notice.line))).collect()
    })
}

/// Files beside the pages that are copies of a conflict, by path, with what is said of each.
#[must_use]
pub fn conflicting_attachments(index: &Index) -> Vec<(&PagePath, String)> {
    let files = index.paths().filter(|path| index.at(path).is_none());
    let mut copies: Vec<_> =
        files.filter_map(|path| Some((path, copied(&conflict::copy_of(path)?)))).collect();
    copies.sort_unstable();
    copies
}

fn copied(of: &PagePath) -> String {
    format!("a copy that a sync program made where two wrote {of}")
}

/// What `tell` says of each page, by path.
fn notices(index: &Index, tell: impl Fn(&Page) -> Vec<(String, Option<u32>)>) -> Vec<Odd> {
    let told = |page: &'_ Page| (page.id, tell(page));
    let mut told: Vec<_> = index.pages().map(told).filter(|(_, told)| !told.is_empty()).collect();
    told.sort_unstable_by_key(|(id, _)| index.page(*id).map(|page| &page.path));
    let odd = |(page, told): (PageId, Vec<(String, Option<u32>)>)| {
        told.into_iter().map(move |(message, line)| Odd { page, message, line })
    };
    told.into_iter().flat_map(odd).collect()
}

fn by_path(index: &Index, is: impl Fn(PageId) -> bool) -> Vec<PageId> {
    let mut pages: Vec<_> = index.pages().filter(|page| is(page.id)).collect();
    pages.sort_unstable_by_key(|page| &page.path);
    pages.into_iter().map(|page| page.id).collect()
}
