//! Links to: where the page's own links lead, each target once, in the order in which they first stand there.

use std::collections::HashMap;

use super::leads::Leads;
use super::pieces::{Block, Piece, Title, times};
use super::{Model, Part, Show};
use crate::app::reader::{Address, Lead, lead};
use crate::index::Status;
use crate::markdown::{Link, LinkId};
use crate::text::fold::fold;
use crate::text::role::Role;
use crate::vault::PagePath;

/// How many targets there are.
pub(super) fn count(model: &Model) -> usize {
    targets(model).len()
}

/// One block a target.
pub(super) fn blocks(model: &Model) -> Vec<Block> {
    let targets = targets(model).into_iter();
    targets
        .map(|target| {
            let title = Title { count: times(target.count), ..title(model, &target) };
            Block { title, to: target.lead.into(), link: Some(target.id), ..Block::default() }
        })
        .collect()
}

/// The first link of the page that leads there, and the page.
pub(super) fn first_to(model: &Model, lead: &Lead) -> Option<(PagePath, Link)> {
    let open = model.reader.open.as_ref()?;
    let target = targets(model).into_iter().find(|target| target.lead.as_ref() == Some(lead))?;
    Some((open.address.base().clone(), target.link.clone()))
}

/// The first link to the target under the cursor; `None` in the other parts.
pub(super) fn link(model: &Model) -> Option<LinkId> {
    let pane = &model.context;
    let Leads::Listed(leads) = &pane.leads else { return None };
    let to = leads.get(pane.item()).filter(|_| pane.part == Part::LinksTo)?;
    let title = pane.rows.get(pane.list.at).map(|row| &row.show)?;
    let is_it = |block: &&Block| {
        block.to == *to && matches!(title, Show::Title(title) if **title == block.title)
    };
    let mut blocks = pane.pieces[Part::LinksTo as usize].1.iter().filter_map(|piece| match piece {
        Piece::Made(block) => Some(block),
        Piece::Source(_) => None,
    });
    blocks.find(is_it)?.link
}

/// A target and its first link.
struct Target<'a> {
    link: &'a Link,
    id: LinkId,
    lead: Option<Lead>,
    count: usize,
}

/// What two links to the same thing have in common.
#[derive(PartialEq, Eq, Hash)]
enum Same {
    Page(Address),
    Other(String),
}

fn targets(model: &Model) -> Vec<Target<'_>> {
    let Some(open) = model.reader.open.as_ref().filter(|open| open.is_written()) else {
        return Vec::new();
    };
    let mut targets: Vec<Target<'_>> = Vec::new();
    let mut seen: HashMap<Same, usize> = HashMap::new();
    for (id, link) in (0..).zip(&open.document.facts.links) {
        // What stands in an embed is a link of that page; a place of this page is nowhere else.
        if open.document.page_of(id).is_some() || link.target().is_empty() {
            continue;
        }
        let lead = lead::of_link(model, &open.address, link).map(|(lead, _)| lead);
        let same = match &lead {
            Some(Lead::Page(Address::Missing { target, .. }, _)) => Same::Other(fold(target)),
            Some(Lead::Page(address, _)) => Same::Page(address.clone()),
            _ => Same::Other(fold(link.target())),
        };
        let at = *seen.entry(same).or_insert(targets.len());
        match targets.get_mut(at) {
            Some(target) => target.count += 1,
            None => targets.push(Target { link, id, lead, count: 1 }),
        }
    }
    targets
}

/// What it is called, and what is odd about it in a sign and a word.
fn title(model: &Model, target: &Target<'_>) -> Title {
    let odd = |sign, plain_sign, role, detail: &str| Title {
        sign,
        plain_sign,
        sign_role: role,
        name: target.link.target().to_owned(),
        role,
        detail: detail.to_owned(),
        count: String::new(),
    };
    match &target.lead {
        Some(Lead::Page(Address::Page(path), _)) => {
            let Some(page) = model.index.at(path) else { return odd("·", ".", Role::Link, "") };
            let title = Title::of(page);
            let resolution = model
                .reader
                .open
                .as_ref()
                .map(|open| model.index.resolve(open.address.base(), target.link).status);
            match resolution {
                Some(Status::Ambiguous { .. }) => Title {
                    sign: "≈",
                    plain_sign: "~",
                    sign_role: Role::LinkAmbiguous,
                    detail: "ambiguous".to_owned(),
                    ..title
                },
                _ => title,
            }
        }
        Some(Lead::Page(Address::Missing { .. }, _)) => {
            odd("?", "?", Role::LinkMissing, "not written")
        }
        Some(Lead::External(_)) => odd("↗", "^", Role::LinkExternal, ""),
        Some(Lead::Attachment(_)) => odd("▤", "@", Role::LinkAttachment, ""),
        Some(Lead::Folder(_)) => odd("·", ".", Role::Link, "folder"),
        Some(Lead::Tag(_)) | None => odd("·", ".", Role::Link, ""),
    }
}
