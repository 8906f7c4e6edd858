//! The wiki as a graph: pages joined where one links to the other, whichever way. What lies around a
//! page, and how two pages hang together. Knows nothing of drawing; every answer is in an order that
//! depends on the wiki alone.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::files::Number;
use super::leads::Lead;
use super::{Index, LinkRef, PageId};

/// A page that is linked with another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// Which page.
    pub page: PageId,
    /// The links between the two: first those of the page that was asked about, then those of the
    /// neighbour, each in the order of its page.
    pub links: Vec<LinkRef>,
}

/// One step along a chain of links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Where the step starts.
    pub from: PageId,
    /// Where it ends.
    pub to: PageId,
    /// A link that joins the two; its source is one of them, `from` where both link.
    pub link: LinkRef,
    /// Whether both link to each other.
    pub both: bool,
}

/// How two pages hang together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Connection {
    /// By these shortest chains; those that lead over pages with few links come first, for they tell
    /// more. A page is joined to itself by one chain without hops.
    Chains(Vec<Vec<Hop>>),
    /// Not at all. How many pages hang together with each, itself counted.
    Apart {
        /// With the first.
        from: usize,
        /// With the second.
        to: usize,
    },
}

/// What lies around a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbourhood {
    /// The pages, the one in the middle first, then by steps.
    pub pages: Vec<Near>,
    /// The joined pairs among them.
    pub edges: Vec<Edge>,
    /// How many more pages lie so near; they were too many.
    pub left_out: usize,
    /// How many more pages lie so near that were not wanted.
    pub unwanted: usize,
}

/// A page of a neighbourhood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    /// Which page.
    pub page: PageId,
    /// Steps from the middle.
    pub steps: usize,
    /// Index into [`Neighbourhood::pages`] of the page by which it was reached; the middle has itself.
    pub by: usize,
}

/// Two joined pages of a neighbourhood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Indices into [`Neighbourhood::pages`], the smaller first.
    pub ends: (usize, usize),
    /// The links between them, in the order of their pages.
    pub links: Vec<LinkRef>,
}

/// In which direction two pages are linked, seen from the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The first links to the second.
    Out,
    /// The second links to the first.
    In,
    /// Both.
    Both,
}

impl Way {
    /// What it is together with another link between the two.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if self == other { self } else { Self::Both }
    }

    /// The same, seen from the second page.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Out => Self::In,
            Self::In => Self::Out,
            Self::Both => Self::Both,
        }
    }
}

impl Edge {
    /// Its direction, seen from the first of its ends, which is `first`.
    #[must_use]
    pub fn way(&self, first: PageId) -> Way {
        let ways = self.links.iter().map(|link| match link.source {
            source if source == first => Way::Out,
            _ => Way::In,
        });
        ways.reduce(Way::and).unwrap_or(Way::Both)
    }
}

/// How many pages a page is linked with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those that only link to it.
    pub inbound: usize,
    /// Those that it only links to.
    pub outbound: usize,
    /// Those with links in both directions.
    pub both: usize,
}

/// No more shortest chains than these are looked at to find the most telling ones.
const MOST_CHAINS: usize = 256;

/// The pages that are linked with `id`, by path.
#[must_use]
pub fn neighbours(index: &Index, id: PageId) -> Vec<Neighbour> {
    let mut links: BTreeMap<Number, Vec<LinkRef>> = BTreeMap::new();
    for (other, link) in joined(index, id.0) {
        links.entry(other).or_default().push(link);
    }
    let mut neighbours: Vec<Neighbour> =
        links.into_iter().map(|(page, links)| Neighbour { page: PageId(page), links }).collect();
    neighbours.sort_unstable_by(|a, b| path_order(index, a.page.0, b.page.0));
    neighbours
}

/// How many pages are linked with `id`.
#[must_use]
pub fn degree(index: &Index, id: PageId) -> usize {
    let others: BTreeSet<Number> = joined(index, id.0).map(|(other, _)| other).collect();
    others.len()
}

/// How `from` and `to` hang together: up to `most` of the shortest chains between them.
#[must_use]
pub fn connection(index: &Index, from: PageId, to: PageId, most: usize) -> Connection {
    let reached = spread(index, from.0, Some(to.0));
    if !reached.contains_key(&to.0) {
        let size = spread(index, to.0, None).len();
        return Connection::Apart { from: reached.len(), to: size };
    }
    let mut found = Vec::new();
    walk_back(index, &reached, &mut vec![to.0], &mut found);
    let degrees = |chain: &[Number]| -> usize {
        let inner = chain.get(1..chain.len().saturating_sub(1)).unwrap_or_default();
        inner.iter().map(|&page| degree(index, PageId(page))).sum()
    };
    found.sort_by_cached_key(|chain| degrees(chain));
    let chains = found.iter().take(most).map(|chain| hops(index, chain));
    Connection::Chains(chains.collect())
}

/// The pages around `centre` that `keep` wants, as many steps away as there are `rooms`, and of each step at
/// most as many as its room holds: first those joined by links in both directions, then those with the most
/// links to what is there already, then those with the most links from anywhere, then by path.
pub fn neighbourhood(
    index: &Index,
    centre: PageId,
    rooms: &[usize],
    keep: impl Fn(PageId) -> bool,
) -> Neighbourhood {
    let mut pages = vec![Near { page: centre, steps: 0, by: 0 }];
    let mut place: HashMap<Number, usize> = HashMap::from([(centre.0, 0)]);
    let (mut left_out, mut unwanted) = (HashSet::new(), HashSet::new());
    let mut begin = 0;
    for (&room, step) in rooms.iter().zip(1..) {
        let mut found: HashMap<Number, Found> = HashMap::new();
        for (by, near) in pages.iter().enumerate().skip(begin) {
            for (other, link) in joined(index, near.page.0) {
                if place.contains_key(&other) || unwanted.contains(&other) {
                    continue;
                }
                if !found.contains_key(&other) && !keep(PageId(other)) {
                    unwanted.insert(other);
                    continue;
                }
                let found = found.entry(other).or_insert(Found { by, ..Found::default() });
                found.links += 1;
                let is_out = link.source == near.page;
                found.is_out |= is_out;
                found.is_in |= !is_out;
            }
        }
        let mut found: Vec<(Number, Found)> = found.into_iter().collect();
        let rank = |page: Number, found: &Found| {
            let linked = index.files.record(page).map_or(0, |record| record.inbound.len());
            Reverse((found.is_out && found.is_in, found.links, linked))
        };
        found.sort_unstable_by(|a, b| {
            rank(a.0, &a.1).cmp(&rank(b.0, &b.1)).then_with(|| path_order(index, a.0, b.0))
        });
        left_out.extend(found.drain(room.min(found.len())..).map(|(page, _)| page));
        begin = pages.len();
        for (page, Found { by, .. }) in found {
            left_out.remove(&page);
            place.insert(page, pages.len());
            pages.push(Near { page: PageId(page), steps: step, by });
        }
    }
    let edges = edges(index, &pages, &place);
    Neighbourhood { pages, edges, left_out: left_out.len(), unwanted: unwanted.len() }
}

/// How a page was found among the neighbours.
#[derive(Default)]
struct Found {
    by: usize,
    links: usize,
    is_out: bool,
    is_in: bool,
}

/// How many pages that `keep` wants are linked with `id`.
pub fn tally(index: &Index, id: PageId, keep: impl Fn(PageId) -> bool) -> Tally {
    let mut ways: HashMap<Number, Way> = HashMap::new();
    for (other, link) in joined(index, id.0) {
        let way = if link.source == id { Way::Out } else { Way::In };
        ways.entry(other).and_modify(|known| *known = known.and(way)).or_insert(way);
    }
    let mut tally = Tally::default();
    for (_, way) in ways.into_iter().filter(|(page, _)| keep(PageId(*page))) {
        match way {
            Way::Out => tally.outbound += 1,
            Way::In => tally.inbound += 1,
            Way::Both => tally.both += 1,
        }
    }
    tally
}

/// The joined pairs among `pages`, whose places in the list `place` knows.
fn edges(index: &Index, pages: &[Near], place: &HashMap<Number, usize>) -> Vec<Edge> {
    let mut links: BTreeMap<(usize, usize), Vec<LinkRef>> = BTreeMap::new();
    for (at, near) in pages.iter().enumerate() {
        for (other, link) in leads(index, near.page.0) {
            if let Some(&other) = place.get(&other) {
                links.entry((at.min(other), at.max(other))).or_default().push(link);
            }
        }
    }
    links.into_iter().map(|(ends, links)| Edge { ends, links }).collect()
}

/// The other pages that `page` links to, once a link.
fn leads(index: &Index, page: Number) -> impl Iterator<Item = (Number, LinkRef)> {
    let leads = index.files.record(page).into_iter().flat_map(|record| record.leads.iter());
    (0..).zip(leads).filter_map(move |(link, lead)| match lead {
        Lead::File { to, .. } if to != page && index.files.record(to).is_some() => {
            Some((to, LinkRef { source: PageId(page), link }))
        }
        _ => None,
    })
}

/// The other pages that `page` links to or that link to it, once a link.
fn joined(index: &Index, page: Number) -> impl Iterator<Item = (Number, LinkRef)> {
    let inbound = index.files.record(page).into_iter().flat_map(|record| record.inbound.iter());
    let inbound = inbound.filter(move |link| link.source.0 != page);
    leads(index, page).chain(inbound.map(|link| (link.source.0, link)))
}

/// The steps from `start` to every page that hangs together with it; once `goal` is among them, only
/// the pages as near as that.
fn spread(index: &Index, start: Number, goal: Option<Number>) -> HashMap<Number, usize> {
    let mut steps = HashMap::from([(start, 0)]);
    let mut edge = vec![start];
    for step in 1.. {
        if edge.is_empty() || goal.is_some_and(|goal| steps.contains_key(&goal)) {
            break;
        }
        let mut next = Vec::new();
        for &page in &edge {
            for (other, _) in joined(index, page) {
                steps.entry(other).or_insert_with(|| {
                    next.push(other);
                    step
                });
            }
        }
        edge = next;
    }
    steps
}

/// Finds the ways back to the start from the end of `chain` (which holds the pages from the goal on), each
/// turned round. Without recursion: a chain may be as long as the wiki.
fn walk_back(
    index: &Index,
    steps: &HashMap<Number, usize>,
    chain: &mut Vec<Number>,
    found: &mut Vec<Vec<Number>>,
) {
    let before = |page: Number| -> Vec<Number> {
        let Some(wanted) = steps[&page].checked_sub(1) else { return Vec::new() };
        let mut pages: Vec<Number> = joined(index, page)
            .map(|(other, _)| other)
            .filter(|other| steps.get(other) == Some(&wanted))
            .collect();
        pages.sort_unstable_by(|&a, &b| path_order(index, b, a));
        pages.dedup();
        pages
    };
    // Of each page on the chain the ways on that were not taken yet, the next one last.
    let mut open: Vec<Vec<Number>> = Vec::new();
    while found.len() < MOST_CHAINS {
        let last = chain[chain.len() - 1];
        if open.len() < chain.len() {
            if steps[&last] == 0 {
                found.push(chain.iter().rev().copied().collect());
            }
            open.push(before(last));
        }
        if let Some(next) = open.last_mut().and_then(Vec::pop) {
            chain.push(next);
            continue;
        }
        open.pop();
        chain.pop();
        if chain.is_empty() {
            return;
        }
    }
}

/// The hops of a chain of joined pages.
fn hops(index: &Index, chain: &[Number]) -> Vec<Hop> {
    let hop = |pair: &[Number]| {
        let mut links =
            joined(index, pair[0]).filter(|(other, _)| *other == pair[1]).map(|(_, link)| link);
        let link = links.next()?;
        let both = links.any(|other| other.source != link.source);
        Some(Hop { from: PageId(pair[0]), to: PageId(pair[1]), link, both })
    };
    chain.windows(2).filter_map(hop).collect()
}

fn path_order(index: &Index, a: Number, b: Number) -> std::cmp::Ordering {
    index.files.path(a).cmp(index.files.path(b))
}

#[cfg(test)]
mod tests;
