//! Checks: what is odd about a wiki's links, as pure queries over the index. Whoever shows them
//! decides what is an error.

use std::collections::{BTreeMap, HashMap};

use super::fragment::{Places, written};
use super::resolve::Lead;
use super::target::Target;
use super::{Index, LinkRef, PageId};

/// A page that is asked for and does not exist.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// Its name as the first of the links writes it.
    pub target: String,
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
        let leads = index.files.record(id.0).map_or(&[][..], |record| &record.leads);
        leads.iter().any(|lead| match lead {
            Lead::File { to, .. } => *to != id.0 && index.files.record(*to).is_some(),
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
            Wanted { target: target.map_or(String::new(), |link| link.target().to_owned()), askers }
        })
        .collect();
    all.sort_by_key(|wanted| std::cmp::Reverse(wanted.askers.len()));
    all
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

fn by_path(index: &Index, is: impl Fn(PageId) -> bool) -> Vec<PageId> {
    let mut pages: Vec<_> = index.pages().filter(|page| is(page.id)).collect();
    pages.sort_unstable_by_key(|page| &page.path);
    pages.into_iter().map(|page| page.id).collect()
}
