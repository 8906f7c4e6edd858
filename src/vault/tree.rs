//! The tree of folders and pages, as rows: pure data for the tree pane.
//!
//! A [`Tree`] is built once for a set of pages and an [`Order`]: sorted, flattened, counted. Which of
//! its nodes are shown as rows is arranged again when folders open or close and when the filter
//! changes, in one pass. It does not know which row the cursor is on; the pane keeps that by path
//! and asks [`Tree::row_of`], [`Tree::nearest`] and [`Tree::land`].
//!
//! Above the folders stand the [`Shelf`]s, which are told apart from them and hold the same pages again.

mod detail;
mod folders;
mod row;
mod shelf;

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::PagePath;
use crate::text::date::Date;
use crate::text::hash::quick;
use crate::text::strings::Strings;
use folders::{Folders, Item};
pub use row::{Row, RowKind, Spot};
pub use shelf::{Contents, Shelf, State};
use shelf::{Part, Place, Standing};

/// A page as the tree is told of it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Where it is.
    pub path: &'a PagePath,
    /// What it is called in lists; see [`super::title::label`].
    pub title: &'a str,
    /// Its kind, lower case.
    pub kind: Option<&'a str>,
    /// The day it tells of; see [`super::title::day`].
    pub day: Option<Date>,
    /// The day it says it was updated.
    pub updated: Option<Date>,
    /// Its strength, 0 to 1.
    pub strength: Option<f32>,
    /// When its file was last written, milliseconds since 1970-01-01 UTC; 0 if nobody knows.
    pub modified_ms: i64,
}

/// How rows are sorted and called.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash)]
pub struct Order {
    /// What comes first.
    pub sort: Sort,
    /// What pages are called.
    pub labels: Labels,
}

/// What comes first. Folders stand above pages in every order; ties are broken by name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// By what is shown, without case and accents, numbers by their value. Episodes too: their day is not shown,
    /// and an order that nobody sees looks like none.
    #[default]
    Name,
    /// The newest first, by the day it tells of, else `updated`, else the time of its file.
    /// A folder is as new as its newest page.
    Date,
    /// The strongest first, pages without strength last. A folder is as strong as its strongest
    /// page.
    Strength,
}

/// What pages are called.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Labels {
    /// By title.
    #[default]
    Titles,
    /// By file name.
    FileNames,
}

/// The tree. Empty folders are not in it, for it is built from pages.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Every folder and page in the order of display, a folder before what is in it.
    nodes: Vec<Node>,
    /// What each node is called, by its number.
    labels: Strings,
    /// What stands beside the label of each node, by its number.
    details: Strings,
    /// Every node with the hash of its path, by that.
    by_path: Vec<(u32, u32)>,
    /// The kinds that there are.
    kinds: Vec<Box<str>>,
    rows: Vec<Shown>,
    shelves: Vec<Standing>,
    /// The rows of shelves, which stand above all others.
    shelved: Vec<Place>,
}

#[derive(Clone, Debug)]
struct Node {
    path: PagePath,
    depth: u32,
    /// What it is sorted by before its name, where it is not in its folder; less comes first.
    value: i64,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Folder {
        /// One past the last node inside.
        end: u32,
        pages: u32,
    },
    Page {
        /// Its place among the tree's kinds.
        kind: Option<u32>,
    },
}

/// A node that is a row at the moment.
#[derive(Clone, Copy, Debug)]
struct Shown {
    node: u32,
    expanded: bool,
    matching: u32,
}

impl Tree {
    /// The tree of `entries`, sorted, with every folder closed.
    #[must_use]
    pub fn build<'a>(entries: impl IntoIterator<Item = Entry<'a>>, order: Order) -> Self {
        let entries: Vec<Entry<'a>> = entries.into_iter().collect();
        let mut folders = Folders::of(&entries);
        folders.sort(&entries, order);
        let details = detail::details(&entries, order);
        let mut tree = Self::default();
        let mut kinds: HashMap<&str, u32> = HashMap::new();
        tree.nodes.reserve(entries.len() + folders.all.len());
        // Depth first with a stack of its own: folders may be nested deeper than a call stack.
        let mut open = vec![OpenFolder { folder: 0, next: 0, node: None, pages: 0 }];
        while let Some(top) = open.last_mut() {
            let Some(&child) = folders.all[top.folder].children.get(top.next) else {
                let (node, pages) = (top.node, top.pages);
                open.pop();
                if let (Some(node), Some(around)) = (node, open.last_mut()) {
                    around.pages += pages;
                    tree.close(node, pages);
                }
                continue;
            };
            top.next += 1;
            top.pages += usize::from(matches!(child, Item::Page(_)));
            match child {
                Item::Folder(folder) => {
                    let folder = folder as usize;
                    let Some(path) = PagePath::new(folders.all[folder].path) else { continue };
                    let depth = number(open.len() - 1);
                    let node = Some(tree.nodes.len());
                    open.push(OpenFolder { folder, next: 0, node, pages: 0 });
                    let content = Content::Folder { end: 0, pages: 0 };
                    tree.labels.push(path.file_name());
                    tree.details.push("");
                    tree.nodes.push(Node { path, depth, value: 0, content });
                }
                Item::Page(at) => {
                    let entry = &entries[at as usize];
                    let kind = entry
                        .kind
                        .map(|kind| *kinds.entry(kind).or_insert_with(|| tree.add_kind(kind)));
                    tree.labels.push(label_of(entry, order.labels));
                    tree.details.push(&details[at as usize]);
                    tree.nodes.push(Node {
                        path: entry.path.clone(),
                        depth: number(open.len() - 1),
                        value: match order.sort {
                            Sort::Name => 0,
                            sort @ (Sort::Date | Sort::Strength) => folders::value(entry, sort),
                        },
                        content: Content::Page { kind },
                    });
                }
            }
        }
        tree.labels.shrink_to_fit();
        tree.details.shrink_to_fit();
        let hashes = tree.nodes.iter().map(|node| hash(&node.path));
        tree.by_path = hashes.zip(0..).collect();
        tree.by_path.sort_unstable();
        tree.arrange(&HashSet::new(), None);
        tree
    }

    /// Puts other shelves above the folders, in their order. Their rows appear when it is arranged.
    pub fn shelve(&mut self, shelves: Vec<Shelf<'_>>) {
        self.shelved.clear();
        let standing = |shelf| Standing::new(shelf, &self.nodes, |path| self.node_of(path));
        self.shelves = shelves.into_iter().map(standing).collect();
    }

    /// Makes the rows: what is in the folders of `expanded` (by path), or, with a filter, the
    /// pages that pass it with all their folders open and the other folders gone. Shelves are
    /// unfolded when `expanded` has their key, with a filter too: their pages are there twice.
    pub fn arrange(
        &mut self,
        expanded: &HashSet<String>,
        filter: Option<&dyn Fn(&PagePath) -> bool>,
    ) {
        self.rows.clear();
        self.shelved.clear();
        match filter {
            None => {
                self.arrange_all(expanded);
                self.arrange_shelves(expanded, None);
            }
            Some(filter) => {
                let before = self.arrange_matching(filter);
                let passes = |node: u32| before[node as usize] < before[node as usize + 1];
                self.arrange_shelves(expanded, Some(&passes));
            }
        }
    }

    /// How many rows there are, those of shelves among them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shelved.len() + self.rows.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many of the rows are those of shelves: the first ones.
    #[must_use]
    pub fn shelf_rows(&self) -> usize {
        self.shelved.len()
    }

    /// Whether there is a page or folder at `path`, shown or not.
    #[must_use]
    pub fn contains(&self, path: &PagePath) -> bool {
        self.node_of(path).is_some()
    }

    /// The row of that number.
    #[must_use]
    pub fn row(&self, row: usize) -> Option<Row<'_>> {
        if let Some(place) = self.shelved.get(row) {
            return Some(self.shelf_row(*place));
        }
        let shown = self.rows.get(row - self.shelved.len())?;
        let node = &self.nodes[shown.node as usize];
        let kind = match node.content {
            Content::Folder { pages, .. } => RowKind::Folder {
                expanded: shown.expanded,
                pages: pages as usize,
                matching: shown.matching as usize,
            },
            Content::Page { kind } => RowKind::Page(self.kind_of(kind)),
        };
        Some(Row {
            depth: node.depth as usize,
            shelf: None,
            path: Some(&node.path),
            label: self.labels.get(shown.node),
            detail: self.details.get(shown.node),
            kind,
        })
    }

    /// The row of the page or folder at `path`, if it is shown.
    #[must_use]
    pub fn row_of(&self, path: &PagePath) -> Option<usize> {
        let node = self.node_of(path)?;
        let row = self.rows.binary_search_by_key(&node, |shown| shown.node).ok()?;
        Some(self.shelved.len() + row)
    }

    /// The row nearest to `spot`: its own; of a page that is not on its shelf any more, the shelf's;
    /// else as [`Self::nearest`].
    #[must_use]
    pub fn find(&self, spot: &Spot) -> Option<usize> {
        let path = spot.path.as_ref();
        let Some(key) = &spot.shelf else { return self.nearest(path?) };
        let is_it = |place: &Place| self.shelves[place.shelf as usize].key == *key;
        let Some(head) = self.shelved.iter().position(is_it) else {
            return path.and_then(|path| self.nearest(path));
        };
        let node = path.and_then(|path| self.node_of(path));
        let on_it = self.shelved[head..].iter().take_while(|place| is_it(place));
        let page = on_it.map(|place| place.part).position(|part| match part {
            Part::Page(on_it) => node == Some(on_it),
            Part::Gone(nth) => {
                let gone = &self.shelves[self.shelved[head].shelf as usize].gone;
                path == Some(&gone[nth as usize].0)
            }
            Part::Head { .. } | Part::Note => false,
        });
        Some(head + page.unwrap_or(0))
    }

    /// The row nearest to `path`: its own, else that of the innermost folder around it that is
    /// shown, else the row that stands where it would. `None` where there are no rows.
    #[must_use]
    pub fn nearest(&self, path: &PagePath) -> Option<usize> {
        let last = self.len().checked_sub(1)?;
        if let Some(row) = self.row_of(path) {
            return Some(row);
        }
        if let Some(row) = self.folders_around(path).find_map(|folder| self.row_of(&folder)) {
            return Some(row);
        }
        let node = self.node_of(path).unwrap_or(0);
        let row = self.rows.partition_point(|shown| shown.node < node);
        Some((self.shelved.len() + row).min(last))
    }

    /// The row here for the cursor that stood on `row` of the tree `before`: the same item, else the
    /// next one below it that is still there, else the next one above. `None` where there are no
    /// rows.
    #[must_use]
    pub fn land(&self, before: &Tree, row: usize) -> Option<usize> {
        let last = self.len().checked_sub(1)?;
        let Some(row) = row.checked_sub(before.shelved.len()) else { return Some(row.min(last)) };
        let path = |row: usize| &before.nodes[before.rows[row].node as usize].path;
        let known = before.rows.len();
        if row < known && self.contains(path(row)) {
            return self.nearest(path(row));
        }
        let below = (row..known).find_map(|row| self.row_of(path(row)));
        below
            .or_else(|| (0..row.min(known)).rev().find_map(|row| self.row_of(path(row))))
            .or(Some((self.shelved.len() + row).min(last)))
    }

    /// The paths of all folders, for opening them all.
    pub fn folders(&self) -> impl Iterator<Item = &PagePath> {
        self.nodes
            .iter()
            .filter(|node| matches!(node.content, Content::Folder { .. }))
            .map(|node| &node.path)
    }

    /// The folders around `path`, innermost first: open them, and its row is shown.
    pub fn folders_around<'a>(&self, path: &'a PagePath) -> impl Iterator<Item = PagePath> + 'a {
        let parent = |path: &PagePath| PagePath::new(path.folder());
        std::iter::successors(parent(path), move |path| parent(path))
    }

    /// The number of the page or folder at `path`.
    fn node_of(&self, path: &PagePath) -> Option<u32> {
        let hash = hash(path);
        let from = self.by_path.partition_point(|(other, _)| *other < hash);
        let alike = self.by_path[from..].iter().take_while(|(other, _)| *other == hash);
        alike.map(|&(_, node)| node).find(|&node| self.nodes[node as usize].path == *path)
    }

    fn add_kind(&mut self, kind: &str) -> u32 {
        let place = number(self.kinds.len());
        self.kinds.push(kind.into());
        place
    }

    fn kind_of(&self, place: Option<u32>) -> Option<&str> {
        Some(self.kinds.get(place? as usize)?)
    }

    /// All that is in the folder stands behind its node now.
    fn close(&mut self, folder: usize, inside: usize) {
        let last = number(self.nodes.len());
        if let Content::Folder { end, pages } = &mut self.nodes[folder].content {
            (*end, *pages) = (last, number(inside));
        }
    }

    fn arrange_all(&mut self, open: &HashSet<String>) {
        let mut at = 0;
        while let Some(node) = self.nodes.get(at as usize) {
            let (expanded, matching, next) = match node.content {
                Content::Page { .. } => (false, 0, at + 1),
                Content::Folder { end, pages } if !open.contains(node.path.as_str()) => {
                    (false, pages, end)
                }
                Content::Folder { pages, .. } => (true, pages, at + 1),
            };
            self.rows.push(Shown { node: at, expanded, matching });
            at = next;
        }
    }

    /// Gives how many pages match among the first n nodes.
    fn arrange_matching(&mut self, filter: &dyn Fn(&PagePath) -> bool) -> Vec<u32> {
        let mut before = Vec::with_capacity(self.nodes.len() + 1);
        let mut matching = 0;
        before.push(0);
        for node in &self.nodes {
            let passes = matches!(node.content, Content::Page { .. }) && filter(&node.path);
            matching += u32::from(passes);
            before.push(matching);
        }
        for (at, node) in (0..).zip(&self.nodes) {
            let end = match node.content {
                Content::Folder { end, .. } => end,
                Content::Page { .. } => at + 1,
            };
            let matching = before[end as usize] - before[at as usize];
            if matching > 0 {
                self.rows.push(Shown { node: at, expanded: true, matching });
            }
        }
        before
    }

    fn arrange_shelves(&mut self, open: &HashSet<String>, passes: Option<&dyn Fn(u32) -> bool>) {
        for (shelf, number) in self.shelves.iter().zip(0..) {
            shelf.rows(number, open.contains(&shelf.key), passes, &mut self.shelved);
        }
    }

    fn shelf_row(&self, place: Place) -> Row<'_> {
        let standing = &self.shelves[place.shelf as usize];
        let row = Row {
            depth: 1,
            shelf: Some(&standing.key),
            path: None,
            label: standing.note(),
            detail: "",
            kind: RowKind::Note,
        };
        match place.part {
            Part::Note => row,
            Part::Head { expanded, matching } => Row {
                depth: 0,
                label: &standing.label,
                kind: RowKind::Shelf {
                    expanded,
                    pages: standing.nodes.len() + standing.gone.len(),
                    matching,
                    sign: standing.sign,
                    about: &standing.about,
                    state: standing.state,
                },
                ..row
            },
            Part::Gone(nth) => {
                let (path, label) = &standing.gone[nth as usize];
                Row { path: Some(path), label, kind: RowKind::Gone, ..row }
            }
            Part::Page(node) => {
                let Node { path, content, .. } = &self.nodes[node as usize];
                let kind = match *content {
                    Content::Page { kind } => self.kind_of(kind),
                    Content::Folder { .. } => None,
                };
                let kind = RowKind::Page(kind);
                let (label, detail) = (self.labels.get(node), self.details.get(node));
                Row { path: Some(path), label, detail, kind, ..row }
            }
        }
    }
}

/// A folder whose children are being laid out.
struct OpenFolder {
    /// Its number in [`Folders::all`].
    folder: usize,
    /// The child that comes next.
    next: usize,
    /// Its node; the root has none.
    node: Option<usize>,
    /// Pages laid out so far, those of closed folders inside included.
    pages: usize,
}

/// A number of a node, a kind or a depth; the tree takes no more than `u32::MAX` of any.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Half of a hash: paths of one hash are told from one another.
fn hash(path: &PagePath) -> u32 {
    let [a, b, c, d, ..] = quick(path.as_str().as_bytes()).to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

fn label_of<'a>(entry: &Entry<'a>, labels: Labels) -> &'a str {
    match labels {
        Labels::Titles => entry.title,
        Labels::FileNames => entry.path.file_name(),
    }
}

/// The last component of a path.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests;
