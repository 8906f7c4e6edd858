//! The vocabulary: what the pages of one state of the index can be asked for, and how many have it. It is
//! gathered here, once a revision; what is looked for in it, `super` knows. Each page has four or five names, so they are kept as
//! numbers of texts.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;

use super::super::query::STATES;
use crate::index::{End, Index, Page, PageId};
use crate::markdown::Value;
use crate::text::fold::fold;
use crate::text::hash::{AsIs, fnv_1a};
use crate::text::strings::Strings;

/// Longest value of a property that is offered, in bytes: longer ones are no choices but texts.
const LONGEST_VALUE: usize = 80;
/// So many of a property's values are kept, those of most pages first.
const MOST_VALUES: usize = 500;

/// What the pages of a wiki can be asked for.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    revision: u64,
    pub(super) texts: Strings,
    pub(super) tags: Vec<Known>,
    pub(super) kinds: Vec<Known>,
    /// Folders with a `/` at their end, and pages.
    pub(super) paths: Vec<Known>,
    pub(super) titles: Vec<Known>,
    /// Titles, aliases and file names, each written as the page's shortest name: with how many pages link
    /// there...
    pub(super) linked_to: Vec<Known>,
    /// ... and, in the same order, with how many it links to.
    pub(super) links_to: Vec<u32>,
    pub(super) properties: Vec<Known>,
    /// The values of each property, by its folded name.
    pub(super) values: HashMap<String, Vec<Known>>,
    pub(super) states: [u32; STATES.len()],
}

/// A name, and how many pages a query for it finds. Its texts are numbers in [`Vocabulary::texts`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) folded: u32,
    pub(super) shown: u32,
    /// What a query calls it.
    pub(super) written: u32,
    pub(super) pages: u32,
}

/// Things by the hash of a folded name.
type ByHash<T> = HashMap<u64, T, BuildHasherDefault<AsIs>>;

fn hash(folded: &str) -> u64 {
    fnv_1a(folded.as_bytes())
}

impl Vocabulary {
    /// What can be asked for in this state of the index.
    #[must_use]
    pub fn new(index: &Index) -> Self {
        let mut made = Self { revision: index.revision(), ..Self::default() };
        made.tags = made.all(index.tags().iter().map(|(name, pages)| (name.as_str(), *pages)));
        made.kinds = made.all(counted(index.pages().filter_map(|page| page.kind.as_deref())));
        made.add_paths(index);
        let titles = made.add_titles(index);
        made.add_pages(index, &titles);
        drop(titles);
        made.add_properties(index);
        made.texts.shrink_to_fit();
        made
    }

    /// The revision of the index that it was made of.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// What it takes, in bytes; the values of properties, of which there are few, are not counted.
    #[must_use]
    pub fn room(&self) -> usize {
        let pages = self.paths.capacity() + self.titles.capacity() + self.linked_to.capacity();
        self.texts.room() + pages * size_of::<Known>() + self.links_to.capacity() * size_of::<u32>()
    }

    /// A name that is written as it is shown; `None` where there is no more room.
    fn known(&mut self, shown: &str, pages: u32) -> Option<Known> {
        let folded = fold(shown);
        let is_folded = folded == shown;
        let shown = self.texts.push(shown)?;
        let folded = if is_folded { shown } else { self.texts.push(&folded)? };
        Some(Known { folded, shown, written: shown, pages })
    }

    fn all<T: AsRef<str>>(&mut self, names: impl IntoIterator<Item = (T, u32)>) -> Vec<Known> {
        let known = |(name, pages): (T, u32)| self.known(name.as_ref(), pages);
        let mut all: Vec<Known> = names.into_iter().filter_map(known).collect();
        all.shrink_to_fit();
        all
    }

    /// Folders and pages.
    fn add_paths(&mut self, index: &Index) {
        let mut folders: BTreeMap<&str, u32> = BTreeMap::new();
        for page in index.pages() {
            let mut folder = page.path.folder();
            while !folder.is_empty() {
                *folders.entry(folder).or_default() += 1;
                folder = folder.rsplit_once('/').map_or("", |(around, _)| around);
            }
        }
        let folders =
            folders.into_iter().map(|(folder, pages)| (format!("{folder}/").into(), pages));
        let pages = index.pages().map(|page| (Cow::Borrowed(page.path.as_str()), 1));
        self.paths = self.all::<Cow<'_, str>>(folders.chain(pages));
    }

    /// All titles; each by its text.
    fn add_titles<'a>(&mut self, index: &'a Index) -> HashMap<&'a str, Known> {
        let titles = counted(index.pages().map(|page| page.title.as_str()));
        let mut by_text = HashMap::with_capacity(titles.len());
        self.titles = Vec::with_capacity(titles.len());
        for (title, pages) in titles {
            if let Some(known) = self.known(title, pages) {
                by_text.insert(title, known);
                self.titles.push(known);
            }
        }
        by_text
    }

    /// Names of pages, with how many pages link there and how many they link to; and the states.
    fn add_pages(&mut self, index: &Index, titles: &HashMap<&str, Known>) {
        let mut stems: ByHash<u32> = ByHash::default();
        // How many pages link to a page, and how many it links to.
        let mut counts: HashMap<PageId, (u32, u32)> = HashMap::with_capacity(index.len());
        let (mut orphans, mut missing, mut ambiguous) = (0, 0, 0);
        let mut targets = Vec::new();
        for page in index.pages() {
            *stems.entry(hash(&fold(page.path.stem()))).or_default() += 1;
            targets.clear();
            let (mut is_missing, mut is_ambiguous) = (false, false);
            for end in index.ends(page.id) {
                match end {
                    End::Page { page, among_others } => {
                        targets.push(page);
                        is_ambiguous |= among_others;
                    }
                    End::Missing => is_missing = true,
                    End::Elsewhere => {}
                }
            }
            missing += u32::from(is_missing);
            ambiguous += u32::from(is_ambiguous);
            orphans += u32::from(index.backlink_count(page.id) == 0);
            targets.sort_unstable();
            targets.dedup();
            counts.entry(page.id).or_default().1 = u32::try_from(targets.len()).unwrap_or(u32::MAX);
            for &target in &targets {
                counts.entry(target).or_default().0 += 1;
            }
        }
        self.states = [orphans, missing, ambiguous];
        for page in index.pages() {
            let counts = counts.get(&page.id).copied().unwrap_or_default();
            // What there is no room for is not offered.
            self.add_page(page, titles, &stems, counts);
        }
        self.linked_to.shrink_to_fit();
        self.links_to.shrink_to_fit();
    }

    fn add_page(
        &mut self,
        page: &Page,
        titles: &HashMap<&str, Known>,
        stems: &ByHash<u32>,
        (linked, links): (u32, u32),
    ) -> Option<()> {
        let stem = page.path.stem();
        let path = page.path.as_str();
        let folded_stem = fold(stem);
        let aliases = || page.facts.aliases();
        let is_named = |name: &str| fold(name) == folded_stem;
        let has_name = is_named(&page.title) || aliases().any(is_named);
        let own = (!has_name).then(|| self.known(stem, linked)).flatten();
        let written = if stems.get(&hash(&folded_stem)) != Some(&1) {
            self.texts.push(&path[..path.len() - (page.path.file_name().len() - stem.len())])?
        } else if let Some(own) = own {
            own.shown
        } else {
            self.texts.push(stem)?
        };
        let title = titles.get(page.title.as_str()).copied();
        let aliases: Vec<Known> = aliases().filter_map(|alias| self.known(alias, linked)).collect();
        for known in title.into_iter().chain(aliases).chain(own) {
            self.linked_to.push(Known { written, pages: linked, ..known });
            self.links_to.push(links);
        }
        Some(())
    }

    fn add_properties(&mut self, index: &Index) {
        let mut names: BTreeMap<String, (String, u32)> = BTreeMap::new();
        // Of each value how it is written first, and how many pages have it.
        let mut values: HashMap<String, ByHash<(u32, u32)>> = HashMap::new();
        let mut written = Strings::default();
        let mut seen: Vec<(String, Option<u64>)> = Vec::new();
        for page in index.pages() {
            seen.clear();
            for property in page.facts.properties() {
                let name = fold(&property.key);
                let mut is_new = |value: Option<u64>| {
                    let is_new = !seen.iter().any(|(own, other)| *own == name && *other == value);
                    if is_new {
                        seen.push((name.clone(), value));
                    }
                    is_new
                };
                if is_new(None) {
                    names.entry(name.clone()).or_insert_with(|| (property.key.clone(), 0)).1 += 1;
                }
                for value in scalars(&property.value) {
                    let key = hash(&fold(value));
                    if !is_new(Some(key)) {
                        continue;
                    }
                    if !values.contains_key(&name) {
                        values.insert(name.clone(), ByHash::default());
                    }
                    let Some(of_name) = values.get_mut(&name) else { continue };
                    match of_name.get_mut(&key) {
                        Some((_, pages)) => *pages += 1,
                        None => {
                            of_name.extend(written.push(value).map(|text| (key, (text, 1))));
                        }
                    }
                }
            }
        }
        self.properties = self.all(names.into_values());
        for (name, values) in values {
            let mut values: Vec<(u32, u32)> = values.into_values().collect();
            values.sort_by_cached_key(|&(text, pages)| (Reverse(pages), fold(written.get(text))));
            values.truncate(MOST_VALUES);
            let values = values.into_iter().map(|(text, pages)| (written.get(text), pages));
            let values = self.all(values);
            self.values.insert(name, values);
        }
    }
}

/// The single values of a property that can be chosen from: its own, or those of its list.
fn scalars(value: &Value) -> impl Iterator<Item = &str> {
    let items = if let Value::List(items) = value { items } else { std::slice::from_ref(value) };
    items.iter().filter_map(|item| match item {
        Value::Bool(value) => Some(if *value { "true" } else { "false" }),
        Value::Number(text) | Value::Text(text) => {
            let text = text.trim();
            (!text.is_empty() && text.len() <= LONGEST_VALUE && !text.contains('\n'))
                .then_some(text)
        }
        Value::Null | Value::List(_) | Value::Map(_) => None,
    })
}

/// Each name once, by name, with how often it comes.
fn counted<'a>(names: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, u32> {
    let mut pages: BTreeMap<&str, u32> = BTreeMap::new();
    for name in names {
        *pages.entry(name).or_default() += 1;
    }
    pages
}
