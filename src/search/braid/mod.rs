//! The braid: columns of people, topics, episodes, tags that narrow one another. What a column can list,
//! and how many pages each of its rows would leave; what is chosen stands in `choices`.
//!
//! A page *goes with* another one where at most one link is between them, whichever way (`near:` of
//! the query language), and with a tag that it carries. Decision 21 says why.
//!
//! All counts come from one walk over the pages and what each is linked with, so the cost of a key is
//! that of the wiki's links, whatever is chosen. Knows nothing of the screen.

mod choices;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::HashMap;

use super::query::day_of;
use crate::index::{Index, LinkRef, PageId};
use crate::text::date::Date;
use crate::text::fold::fold;
use crate::vault::kind;

pub use choices::{Choices, Column};

/// What a column lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Strand {
    /// The pages of a kind; `None` for those that are of none.
    Kind(Option<String>),
    /// The tags.
    Tags,
}

/// The pages and tags of a wiki, and what goes with what. Made once for an index.
#[derive(Debug, Default)]
pub struct Web {
    /// All pages, the newest first. A page is known by its place in this list.
    pub pages: Vec<Item>,
    /// All tags, those that hold others included. A tag is known by its place in this list.
    pub tags: Vec<Item>,
    /// The pages that go with each page, itself among them.
    near: Lists,
    /// The tags of each page, those around them included.
    tags_of: Lists,
    /// The pages of each tag.
    tagged: Lists,
    /// The places of all pages, and of all tags, by name.
    pages_by_name: Vec<u32>,
    tags_by_name: Vec<u32>,
    ids: Vec<PageId>,
    places: HashMap<PageId, u32>,
    by_key: HashMap<String, u32>,
}

/// A page or a tag, as it is listed.
#[derive(Debug)]
pub struct Item {
    /// What it is called.
    pub label: String,
    /// The same, folded: what typing finds. Of a tag, what it is compared by.
    pub folded: String,
    /// The kind of a page.
    pub kind: Option<String>,
    /// The day by which a page is put.
    pub day: Option<Date>,
}

/// What is left, and what each row would leave.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Narrowed {
    /// The pages that go with every choice, the newest first.
    pub left: Vec<u32>,
    /// For each page: how many would be left if it were what is chosen in its column.
    pub pages: Vec<u32>,
    /// The same for each tag.
    pub tags: Vec<u32>,
    /// How many pairs of things that go together were looked at.
    pub steps: usize,
}

/// Columns at most: one bit of a byte each.
pub const MOST_COLUMNS: usize = 7;

/// Parts of a nested tag that are rows of their own.
const MAX_DEPTH: usize = 16;

/// Lists of numbers one behind the other.
#[derive(Debug, Default)]
struct Lists {
    ends: Vec<u32>,
    all: Vec<u32>,
}

impl Lists {
    /// The lists of `len` owners, from pairs of owner and member; each list sorted, each member once.
    fn new(len: usize, mut pairs: Vec<(u32, u32)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let mut ends = vec![0; len];
        for &(owner, _) in &pairs {
            ends[owner as usize] += 1;
        }
        let mut end = 0;
        for own in &mut ends {
            end += *own;
            *own = end;
        }
        Self { ends, all: pairs.into_iter().map(|(_, member)| member).collect() }
    }

    fn of(&self, owner: u32) -> &[u32] {
        let owner = owner as usize;
        let Some(&end) = self.ends.get(owner) else { return &[] };
        let start = owner.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start as usize..end as usize]
    }
}

impl Web {
    /// What goes with what in `index`.
    #[must_use]
    pub fn new(index: &Index) -> Self {
        let mut pages: Vec<_> = index.pages().map(|page| (day_of(page), page)).collect();
        pages.sort_unstable_by(|(day, page), (other_day, other)| {
            Reverse(day).cmp(&Reverse(other_day)).then_with(|| page.path.cmp(&other.path))
        });
        let ids: Vec<PageId> = pages.iter().map(|(_, page)| page.id).collect();
        let places: HashMap<PageId, u32> = ids.iter().copied().zip(0..).collect();
        let mut web = Self { ids, places, ..Self::default() };
        web.enter_tags(index);
        let (mut near, mut tags_of) = (Vec::new(), Vec::new());
        for ((_, page), at) in pages.iter().zip(0..) {
            near.push((at, at));
            for (link, _) in (0..).zip(page.facts.links()) {
                let target = index.resolution(LinkRef { source: page.id, link }).page();
                if let Some(&target) = target.and_then(|target| web.places.get(&target)) {
                    near.extend([(at, target), (target, at)]);
                }
            }
            for tag in index.tags_of(page.id) {
                let around = prefixes(tag).filter_map(|key| web.by_key.get(&key));
                tags_of.extend(around.map(|&tag| (at, tag)));
            }
        }
        web.near = Lists::new(pages.len(), near);
        web.tagged =
            Lists::new(web.tags.len(), tags_of.iter().map(|&(page, tag)| (tag, page)).collect());
        web.tags_of = Lists::new(pages.len(), tags_of);
        web.pages = pages
            .into_iter()
            .map(|(day, page)| Item {
                label: page.label().to_owned(),
                folded: fold(page.label()),
                kind: page.kind.as_deref().map(str::to_owned),
                day,
            })
            .collect();
        web.pages_by_name = by_name(&web.pages);
        web.tags_by_name = by_name(&web.tags);
        web
    }

    fn enter_tags(&mut self, index: &Index) {
        for (name, _) in index.tags() {
            let ends = name.match_indices('/').map(|(at, _)| at).take(MAX_DEPTH - 1);
            for end in ends.chain([name.len()]) {
                let (label, folded) = (name[..end].to_owned(), fold(&name[..end]));
                if folded.is_empty() || self.by_key.contains_key(&folded) {
                    continue;
                }
                let number = u32::try_from(self.tags.len()).unwrap_or(u32::MAX);
                self.by_key.insert(folded.clone(), number);
                self.tags.push(Item { label, folded, kind: None, day: None });
            }
        }
    }

    /// The number of the page at that place.
    #[must_use]
    pub fn id(&self, page: u32) -> Option<PageId> {
        self.ids.get(page as usize).copied()
    }

    /// The place of a page.
    #[must_use]
    pub fn place(&self, id: PageId) -> Option<u32> {
        self.places.get(&id).copied()
    }

    /// The tag of that folded name.
    #[must_use]
    pub fn tag(&self, folded: &str) -> Option<u32> {
        self.by_key.get(folded).copied()
    }

    /// What `strand` lists, by name.
    #[must_use]
    pub fn items(&self, strand: &Strand) -> Vec<u32> {
        match strand {
            Strand::Kind(kind) => {
                let is_of_kind = |page: &&u32| self.pages[**page as usize].kind == *kind;
                self.pages_by_name.iter().filter(is_of_kind).copied().collect()
            }
            Strand::Tags => self.tags_by_name.clone(),
        }
    }

    /// The pages or tags among which the items of `strand` are.
    #[must_use]
    pub fn listed(&self, strand: &Strand) -> &[Item] {
        match strand {
            Strand::Kind(_) => &self.pages,
            Strand::Tags => &self.tags,
        }
    }

    /// Every strand that is not empty: the kinds, the largest first, then pages of no kind, then tags.
    #[must_use]
    pub fn strands(&self) -> Vec<Strand> {
        let mut sizes: HashMap<&Option<String>, usize> = HashMap::new();
        for page in &self.pages {
            *sizes.entry(&page.kind).or_default() += 1;
        }
        let mut kinds: Vec<_> = sizes.into_iter().collect();
        kinds.sort_by(|(kind, size), (other, other_size)| {
            (kind.is_none(), other_size, kind).cmp(&(other.is_none(), size, other))
        });
        let kinds = kinds.into_iter().map(|(kind, _)| Strand::Kind(kind.clone()));
        kinds.chain((!self.tags.is_empty()).then_some(Strand::Tags)).collect()
    }

    /// The strands that `wanted` names (kinds, and `tags`), as far as there are any; in the place of a kind
    /// that no page has stands the largest one that was not named.
    #[must_use]
    pub fn chosen_strands(&self, wanted: &[String]) -> Vec<Strand> {
        let all = self.strands();
        let named = |name: &String| {
            let name = name.to_lowercase();
            if name == "tags" {
                return all.iter().find(|strand| **strand == Strand::Tags);
            }
            let (sign, role) = kind::look(Some(&name));
            all.iter().find(|strand| {
                let Strand::Kind(Some(kind)) = strand else { return false };
                // `person` and `people` are one kind, and look so.
                let is_known = !matches!(sign, "·") && kind::look(Some(kind)) == (sign, role);
                *kind == name || is_known
            })
        };
        let found: Vec<Option<&Strand>> = wanted.iter().map(named).collect();
        let mut others =
            all.iter().filter(|strand| **strand != Strand::Tags && !found.contains(&Some(strand)));
        let mut strands: Vec<Strand> = Vec::new();
        for (name, found) in wanted.iter().zip(&found) {
            let is_tags = name.eq_ignore_ascii_case("tags");
            let strand = found.or_else(|| if is_tags { None } else { others.next() });
            strands.extend(strand.filter(|strand| !strands.contains(strand)).cloned());
        }
        strands.truncate(MOST_COLUMNS);
        strands
    }

    /// What goes with every choice, and what each row would leave: with the choices of the other columns,
    /// and in its own column none but it. `within` says which pages count at all.
    #[must_use]
    pub fn narrow(&self, within: impl Fn(PageId) -> bool, columns: &[Column]) -> Narrowed {
        const NONE: u8 = u8::MAX;
        let mut column_of = vec![NONE; self.pages.len()];
        let (mut asked, mut tags_bit) = (0u8, 0u8);
        // A bit for each column some choice of which the page goes with.
        let mut met = vec![0u8; self.pages.len()];
        let mut steps = 0;
        for (column, nth) in columns.iter().zip(0u8..) {
            let bit = 1 << nth;
            if column.strand == Strand::Tags {
                tags_bit = bit;
            } else {
                for &page in &column.items {
                    column_of[page as usize] = nth;
                }
            }
            for &item in &column.chosen {
                asked |= bit;
                let pages = self.going_with(&column.strand, item);
                steps += pages.len();
                for &page in pages {
                    met[page as usize] |= bit;
                }
            }
        }
        let mut narrowed = Narrowed {
            left: Vec::new(),
            pages: vec![0; self.pages.len()],
            tags: vec![0; self.tags.len()],
            steps,
        };
        for ((&id, &met), page) in self.ids.iter().zip(&met).zip(0..) {
            let failed = asked & !met;
            if failed.count_ones() > 1 || !within(id) {
                continue;
            }
            if failed == 0 {
                narrowed.left.push(page);
            }
            let near = self.near.of(page);
            narrowed.steps += near.len();
            for &other in near {
                let column = column_of[other as usize];
                if column != NONE && (failed == 0 || failed == 1 << column) {
                    narrowed.pages[other as usize] += 1;
                }
            }
            if tags_bit != 0 && (failed == 0 || failed == tags_bit) {
                let tags = self.tags_of.of(page);
                narrowed.steps += tags.len();
                for &tag in tags {
                    narrowed.tags[tag as usize] += 1;
                }
            }
        }
        narrowed
    }

    /// How many pairs of things that go together there are: what a walk over all of them costs.
    #[must_use]
    pub fn pairs(&self) -> usize {
        self.near.all.len() + self.tags_of.all.len()
    }

    /// The pages that go with an item of `strand`.
    fn going_with(&self, strand: &Strand, item: u32) -> &[u32] {
        match strand {
            Strand::Kind(_) => self.near.of(item),
            Strand::Tags => self.tagged.of(item),
        }
    }
}

impl Narrowed {
    /// What each item of `strand` would leave, by its number.
    #[must_use]
    pub fn counts(&self, strand: &Strand) -> &[u32] {
        match strand {
            Strand::Kind(_) => &self.pages,
            Strand::Tags => &self.tags,
        }
    }
}

/// The places of items in the order of their names; those called alike in that of their places.
fn by_name(items: &[Item]) -> Vec<u32> {
    let mut places: Vec<u32> = (0..).zip(items).map(|(place, _)| place).collect();
    places.sort_by(|&a, &b| items[a as usize].folded.cmp(&items[b as usize].folded));
    places
}

/// The folded names of a tag and of all around it.
fn prefixes(tag: &str) -> impl Iterator<Item = String> {
    let ends = tag.match_indices('/').map(|(at, _)| at).take(MAX_DEPTH - 1);
    ends.chain([tag.len()]).map(|end| fold(&tag[..end]))
}
