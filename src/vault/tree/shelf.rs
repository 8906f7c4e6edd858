//! Shelves: folders above the tree's own that are in no file system. Each shows pages from anywhere,
//! chosen by something else than their place. A shelf is told what it is called and what stands on it;
//! it does not know why.

use super::{Content, Node};
use crate::vault::PagePath;

/// A shelf as the tree is told of it.
#[derive(Clone, Debug)]
pub struct Shelf<'a> {
    /// Tells it from the others, also when it is told anew. It starts with `/`, which no path of a
    /// wiki does, so that unfolded shelves and folders are kept in one set.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// What stands before its name, and the same in ASCII.
    pub sign: (&'static str, &'static str),
    /// Why these pages, in one line.
    pub about: String,
    /// What stands on it.
    pub contents: Contents<'a>,
}

/// What stands on a shelf.
#[derive(Clone, Debug)]
pub enum Contents<'a> {
    /// Pages in the order given. Those that the tree does not have are left out.
    Listed(Vec<&'a PagePath>),
    /// Pages in the order of the tree. Those that it does not have are left out.
    Sorted(Vec<&'a PagePath>),
    /// Pages in the order given, with what they were called. Those that the tree does not have stand behind the
    /// others as gone.
    Kept(Vec<(PagePath, String)>),
    /// Not known yet.
    Awaited,
    /// Nothing, and why.
    Broken(String),
}

/// A shelf as it stands in the tree.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub(super) key: String,
    pub(super) label: String,
    pub(super) sign: (&'static str, &'static str),
    pub(super) about: String,
    /// The nodes of its pages, in order.
    pub(super) nodes: Vec<u32>,
    /// The pages that the tree does not have, with what they were called.
    pub(super) gone: Vec<(PagePath, String)>,
    pub(super) state: State,
}

/// Whether the pages of a shelf are what it means to show.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// They are.
    Known,
    /// They are not known yet.
    Awaited,
    /// They never will be: what the shelf says about itself tells why.
    Broken,
}

/// A row of a shelf.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Which shelf.
    pub(super) shelf: u32,
    pub(super) part: Part,
}

/// What a row of a shelf shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// The shelf itself.
    Head { expanded: bool, matching: usize },
    /// The page of that node.
    Page(u32),
    /// A page that the tree does not have, by its number in `gone`.
    Gone(u32),
    /// Why there are no pages.
    Note,
}

impl Standing {
    /// The shelf with its pages looked up in the tree: `node_of` gives a page's node.
    pub(super) fn new(
        shelf: Shelf<'_>,
        nodes: &[Node],
        node_of: impl Fn(&PagePath) -> Option<u32>,
    ) -> Self {
        let Shelf { key, label, sign, mut about, contents } = shelf;
        let is_page = |&node: &u32| matches!(nodes[node as usize].content, Content::Page { .. });
        let found = |pages: Vec<&PagePath>| -> Vec<u32> {
            pages.into_iter().filter_map(&node_of).filter(is_page).collect()
        };
        let mut gone = Vec::new();
        let (nodes, state) = match contents {
            Contents::Listed(pages) => (found(pages), State::Known),
            Contents::Sorted(pages) => {
                let mut found = found(pages);
                found.sort_unstable_by_key(|&node| (nodes[node as usize].value, node));
                (found, State::Known)
            }
            Contents::Kept(pages) => {
                let there = found(pages.iter().map(|(path, _)| path).collect());
                gone = pages;
                gone.retain(|(path, _)| !node_of(path).as_ref().is_some_and(is_page));
                (there, State::Known)
            }
            Contents::Awaited => (Vec::new(), State::Awaited),
            Contents::Broken(why) => {
                about = why;
                (Vec::new(), State::Broken)
            }
        };
        Self { key, label, sign, about, nodes, gone, state }
    }

    /// Its rows, where it is the shelf of that `number`: itself, and, where it is unfolded, the pages that `passes` lets through. A shelf of
    /// which no page passes has none, as a folder has none.
    pub(super) fn rows(
        &self,
        number: u32,
        expanded: bool,
        passes: Option<&dyn Fn(u32) -> bool>,
        rows: &mut Vec<Place>,
    ) {
        // A filter says nothing of pages that are not there.
        let gone = if passes.is_none() { self.gone.len() } else { 0 };
        let passes = |node: &&u32| passes.is_none_or(|passes| passes(**node));
        let matching = self.nodes.iter().filter(passes).count();
        if matching + gone == 0 && !(self.nodes.is_empty() && self.gone.is_empty()) {
            return;
        }
        rows.push(Place {
            shelf: number,
            part: Part::Head { expanded, matching: matching + gone },
        });
        if expanded {
            let pages = self.nodes.iter().filter(passes);
            rows.extend(pages.map(|&node| Place { shelf: number, part: Part::Page(node) }));
            let gone = (0..).take(gone).map(|nth| Place { shelf: number, part: Part::Gone(nth) });
            rows.extend(gone);
            if matching == 0 && self.gone.is_empty() {
                rows.push(Place { shelf: number, part: Part::Note });
            }
        }
    }

    /// What the row under it says where there are no pages.
    pub(super) fn note(&self) -> &str {
        match self.state {
            State::Known => "no pages",
            State::Awaited => "looking ...",
            State::Broken => &self.about,
        }
    }
}
