//! Where the items of the pane lead. A hub has thousands of items: of most only is kept what they stand
//! for, and where that leads is said when it is asked.

use super::super::model::Model;
use super::super::reader::{self, Address, Goal, Lead};
use super::super::{explain, peek};
use super::{Part, Show, links_to};
use crate::index::{Index, LinkRef, PageId};
use crate::markdown::Link;
use crate::vault::PagePath;

/// Where an item leads.
#[must_use]
pub fn lead(model: &Model, item: usize) -> Option<Lead> {
    let pane = &model.context;
    match &pane.leads {
        Leads::Listed(leads) => leads.get(item)?.lead(&model.index),
        Leads::Headings => match pane.rows.get(pane.row_of(item)?)?.show {
            Show::Heading(nth) => to_heading(model, nth),
            _ => None,
        },
    }
}

/// The link behind an item, and the page it was written on: of a page that links here the first.
#[must_use]
pub fn link(model: &Model, item: usize) -> Option<(PagePath, Link)> {
    let lead = lead(model, item)?;
    match (model.context.part, &lead) {
        (Part::LinksTo, _) => links_to::first_to(model, &lead),
        (Part::LinkedFrom, Lead::Page(Address::Page(path), Goal::Source(offset))) => {
            explain::link_at(model, path, *offset)
        }
        (Part::LinkedFrom, Lead::Page(Address::Page(path), _)) => {
            let page = model.index.at(path)?.id;
            let here = reader::links_here(model);
            let first = here.iter().find(|link| link.source == page)?;
            Some((path.clone(), model.index.link(*first)?.to_owned()))
        }
        _ => None,
    }
}

/// Where a heading of the open page leads.
fn to_heading(model: &Model, nth: usize) -> Option<Lead> {
    peek::section(model.reader.open.as_ref()?, nth)
}

/// Where items lead.
#[derive(Debug)]
pub(super) enum Leads {
    Listed(Vec<To>),
    /// Each to the heading on its row: a long page has a hundred thousand, and of one it is soon said.
    Headings,
}

/// Where an item leads.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum To {
    /// Nowhere: the title of a group.
    #[default]
    Nowhere,
    /// Where it says.
    Lead(Lead),
    /// To the top of a page: thousands link to a hub, so what this is as a lead is said when it is asked.
    Page(PageId),
    /// To where a link stands; as above.
    Link(LinkRef),
}

impl To {
    fn lead(&self, index: &Index) -> Option<Lead> {
        match self {
            Self::Nowhere => None,
            Self::Lead(lead) => Some(lead.clone()),
            Self::Page(page) => top_of(index, *page),
            Self::Link(link) => place_in(index, link.source, index.link(*link)?.span.start),
        }
    }
}

impl From<Option<Lead>> for To {
    fn from(lead: Option<Lead>) -> Self {
        lead.map_or(Self::Nowhere, Self::Lead)
    }
}

impl Default for Leads {
    fn default() -> Self {
        Self::Listed(Vec::new())
    }
}

/// The top of a page, and a place in it.
pub(super) fn top_of(index: &Index, page: PageId) -> Option<Lead> {
    let path = index.page(page)?.path.clone();
    Some(Lead::Page(Address::Page(path), Goal::Top))
}

pub(super) fn place_in(index: &Index, page: PageId, offset: u32) -> Option<Lead> {
    let path = index.page(page)?.path.clone();
    Some(Lead::Page(Address::Page(path), Goal::Source(offset)))
}
