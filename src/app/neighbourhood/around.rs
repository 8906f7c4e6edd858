//! What lies around a page, as it is shown: the pages with their names, under whom each was found, and in
//! which direction the two are linked. Knows nothing of where anything is drawn.

use std::collections::HashMap;

use crate::index::graph::{self, Edge, Tally, Way};
use crate::index::{Index, PageId};
use crate::vault::PagePath;

/// A page and what lies around it.
#[derive(Debug, Default)]
pub struct Around {
    /// The pages, the one in the middle first, then by steps and rank.
    pub nodes: Vec<Node>,
    /// The joined pairs among them.
    pub edges: Vec<Edge>,
    /// How many pages the one in the middle is linked with, shown or not.
    pub tally: Tally,
    /// How many more pages lie so near; they were too many.
    pub left_out: usize,
    /// How many more pages lie so near that do not meet the filter.
    pub unwanted: usize,
}

/// A page of it.
#[derive(Clone, Debug)]
pub struct Node {
    /// Which page.
    pub page: PageId,
    /// Where it is.
    pub path: PagePath,
    /// What it is called.
    pub title: String,
    /// Its kind.
    pub kind: Option<String>,
    /// Steps from the middle.
    pub steps: usize,
    /// The node under which it was found; the middle has itself.
    pub parent: usize,
    /// The nodes that were found under it, by path.
    pub children: Vec<usize>,
    /// How the parent is linked with it.
    pub way: Way,
}

impl Around {
    /// What lies around `centre`; of each step no more than its room holds.
    pub fn of(
        index: &Index,
        centre: PageId,
        rooms: &[usize],
        keep: impl Fn(PageId) -> bool,
    ) -> Self {
        let found = graph::neighbourhood(index, centre, rooms, &keep);
        let first = |edge: &Edge| found.pages[edge.ends.0].page;
        let ways: HashMap<(usize, usize), Way> =
            found.edges.iter().map(|edge| (edge.ends, edge.way(first(edge)))).collect();
        let mut nodes: Vec<Node> = Vec::new();
        for (nth, near) in found.pages.iter().enumerate() {
            let Some(page) = index.page(near.page) else { return Self::default() };
            let pair = (near.by.min(nth), near.by.max(nth));
            nodes.push(Node {
                page: near.page,
                path: page.path.clone(),
                title: page.label().to_owned(),
                kind: page.kind.as_deref().map(str::to_owned),
                steps: near.steps,
                parent: near.by,
                children: Vec::new(),
                way: ways.get(&pair).copied().unwrap_or(Way::Both),
            });
        }
        for nth in 1..nodes.len() {
            let parent = nodes[nth].parent;
            nodes[parent].children.push(nth);
        }
        for nth in 0..nodes.len() {
            let mut children = std::mem::take(&mut nodes[nth].children);
            children.sort_by(|&a, &b| nodes[a].path.cmp(&nodes[b].path));
            nodes[nth].children = children;
        }
        Self {
            nodes,
            edges: found.edges,
            tally: graph::tally(index, centre, &keep),
            left_out: found.left_out,
            unwanted: found.unwanted,
        }
    }

    /// The nodes as an indented tree shows them: each before those that were found under it.
    #[must_use]
    pub fn in_order(&self) -> Vec<usize> {
        let mut order = Vec::new();
        let mut open: Vec<usize> = (0..self.nodes.len().min(1)).collect();
        while let Some(nth) = open.pop() {
            order.push(nth);
            open.extend(self.nodes[nth].children.iter().rev());
        }
        order
    }

    /// The links between two nodes.
    #[must_use]
    pub fn edge(&self, a: usize, b: usize) -> Option<&Edge> {
        let ends = (a.min(b), a.max(b));
        self.edges.iter().find(|edge| edge.ends == ends)
    }

    /// The node of that path.
    #[must_use]
    pub fn find(&self, path: &PagePath) -> Option<usize> {
        self.nodes.iter().position(|node| node.path == *path)
    }
}
