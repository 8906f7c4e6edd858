//! Rows: what was found, as far as what was typed leaves it. What it takes to narrow is made by the worker
//! that looked, once for all rows, so that a key costs a search in short texts and no more.

use std::collections::HashSet;

use super::Check;
use crate::index::check::{Kind, Odd, Report};
use crate::index::{Index, LinkRef, PageId};
use crate::text::fold::fold;

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A missing name, by its number in the report.
    Name(usize),
    /// Below a name: a page whose name is near to it.
    Near(usize, PageId),
    /// Below a name: a link that asks for it.
    Asker(usize, LinkRef),
    /// A page; its links follow.
    Page(PageId),
    /// A link of that page.
    Link(LinkRef),
    /// A page that stands for itself.
    Alone(PageId),
    /// What is odd about a page, or left of a conflict, by its number in the report.
    Odd(Kind, usize),
}

/// What was found, ready to be narrowed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What was found.
    pub report: Report,
    /// For each kind, in the order of [`Kind::ALL`], what each finding is called, folded.
    called: [Vec<String>; 8],
}

impl Found {
    /// Looks for what is wrong or loose on the pages `within` (on all if `None`). Costs a walk over all links.
    #[must_use]
    pub fn look(index: &Index, within: Option<&HashSet<PageId>>) -> Self {
        let report = Report::of(index, within);
        let page = |id: PageId| {
            index
                .page(id)
                .map_or_else(String::new, |page| format!("{} {}", page.label(), page.path))
        };
        let link = |at: &LinkRef| match index.link(*at) {
            Some(link) => fold(&format!(
                "{}#{} {}",
                link.target(),
                link.fragment().unwrap_or_default(),
                page(at.source)
            )),
            None => String::new(),
        };
        let odd = |odd: &Odd| fold(&format!("{} {}", odd.message, page(odd.page)));
        let names: Vec<String> = report.missing.iter().map(|wanted| fold(&wanted.target)).collect();
        let called = [
            names.clone(),
            report.ambiguous.iter().map(link).collect(),
            report.fragments.iter().map(link).collect(),
            report.orphans.iter().map(|id| fold(&page(*id))).collect(),
            report.dead_ends.iter().map(|id| fold(&page(*id))).collect(),
            report.odd.iter().map(odd).collect(),
            report.conflicts.iter().map(odd).collect(),
            names,
        ];
        Self { report, called }
    }
}

/// The rows of the part that is shown, and how many findings they are.
pub(super) fn of(check: &Check, found: &Found) -> (Vec<Row>, usize) {
    let words: Vec<String> = check.narrow.text.split_whitespace().map(fold).collect();
    let called = Kind::ALL.iter().zip(&found.called).find(|(kind, _)| **kind == check.part);
    let called = called.map_or(&[][..], |(_, called)| called);
    let left = called
        .iter()
        .enumerate()
        .filter(|(_, text)| words.iter().all(|word| text.contains(word.as_str())));
    let mut left: Vec<usize> = left.map(|(nth, _)| nth).collect();
    let Report { missing, ambiguous, fragments, orphans, dead_ends, .. } = &found.report;
    let rows = match check.part {
        Kind::Missing | Kind::Files => {
            left.retain(|&nth| missing[nth].is_file == (check.part == Kind::Files));
            let mut rows = Vec::with_capacity(left.len());
            for &nth in &left {
                rows.push(Row::Name(nth));
                let wanted = &missing[nth];
                if check.unfolded.contains(&wanted.target) {
                    let near = check.near.get(&wanted.target).into_iter().flatten();
                    rows.extend(near.map(|page| Row::Near(nth, *page)));
                    rows.extend(wanted.askers.iter().map(|link| Row::Asker(nth, *link)));
                }
            }
            rows
        }
        Kind::Ambiguous => links(left.iter().map(|&nth| ambiguous[nth])),
        Kind::Fragments => links(left.iter().map(|&nth| fragments[nth])),
        Kind::Orphans => left.iter().map(|&nth| Row::Alone(orphans[nth])).collect(),
        Kind::DeadEnds => left.iter().map(|&nth| Row::Alone(dead_ends[nth])).collect(),
        kind @ (Kind::Pages | Kind::Conflicts) => {
            left.iter().map(|&nth| Row::Odd(kind, nth)).collect()
        }
    };
    (rows, left.len())
}

/// Links, which come by page, below their pages.
fn links(links: impl Iterator<Item = LinkRef>) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut page = None;
    for link in links {
        if page != Some(link.source) {
            page = Some(link.source);
            rows.push(Row::Page(link.source));
        }
        rows.push(Row::Link(link));
    }
    rows
}
