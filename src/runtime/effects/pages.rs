//! What workers read of single pages: a page to be shown, the sentences around links, the pages that a filter
//! leaves.

use std::collections::HashMap;

use super::super::files::Files;
use super::super::large::{self, Enough};
use super::super::scan;
use super::super::worker::{Outbox, Overtaken, guarded};
use super::send;
use crate::app::Msg;
use crate::app::model::Ticket;
use crate::app::msg::PageRead;
use crate::index::{Index, LinkRef, PageId};
use crate::search::excerpt::{self, Excerpt};
use crate::search::query::Query;
use crate::text::date::Date;
use crate::vault::PagePath;

/// Reads and parses a page, and puts in place what it embeds if `index` knows the wiki. The beginning of a large
/// page goes to `begun` first; where that is enough, nothing comes back.
pub(super) fn read_page(
    files: &Files,
    index: &Index,
    ticket: Ticket,
    path: PagePath,
    begun: impl FnOnce(PageRead) -> Enough,
) -> Option<PageRead> {
    let page = |result| PageRead { ticket, path: path.clone(), result };
    // A fault in the reading of one page must not leave anybody waiting for it.
    let load = || large::load(files, index, &path, |part| begun(page(Ok(part))));
    let fault = || Some(Err(scan::FAULT.to_owned()));
    let result = guarded(load).unwrap_or_else(fault)?;
    Some(PageRead { ticket, path, result })
}

/// A glance shows what is embedded as references: nothing but the page is read for it, and of a long one the
/// beginning is enough.
pub(super) fn preview(files: &Files, ticket: Ticket, path: PagePath, out: &Outbox) {
    let begun = |begun| {
        send(out, Msg::PreviewRead(begun));
        Enough::Yes
    };
    if let Some(read) = read_page(files, &Index::default(), ticket, path, begun) {
        send(out, Msg::PreviewRead(read));
    }
}

/// The sentences around links, in the order of the links; each page is read once.
#[must_use]
pub fn sentences(files: &Files, index: &Index, links: &[LinkRef]) -> Vec<Excerpt> {
    let mut sources: HashMap<PageId, Option<String>> = HashMap::new();
    links
        .iter()
        .map(|link| {
            let page = index.page(link.source)?;
            let source = sources
                .entry(link.source)
                .or_insert_with(|| files.page(&page.path).ok().map(|page| page.text));
            let written = page.facts.link(link.link)?;
            Some(excerpt::sentence(source.as_deref()?, written.context, written.span))
        })
        .map(Option::unwrap_or_default)
        .collect()
}

pub(super) fn filter(
    files: &Files,
    index: &Index,
    query: &str,
    today: Date,
    overtaken: &Overtaken,
) -> Option<Vec<PageId>> {
    let (query, _) = Query::typed(query).ok()?;
    let text = |id: PageId| Some(files.page(&index.page(id)?.path).ok()?.text);
    let mut matcher = query.matcher(index, today);
    let mut pages = Vec::new();
    for page in index.pages() {
        if overtaken.yes() {
            return None;
        }
        if matcher.matches(page, &text) {
            pages.push(page.id);
        }
    }
    Some(pages)
}
