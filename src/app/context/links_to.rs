//! Links to: where the page's own links lead, each target once, in the order in which they first stand there.

use std::collections::HashMap;

use super::{Block, Model, Title, times};
use crate::app::reader::{Address, Lead, lead};
use crate::index::Status;
use crate::markdown::Link;
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
            Block { title, lead: target.lead, ..Block::default() }
        })
        .collect()
}

/// The first link of the page that leads there, and the page.
pub(super) fn link(model: &Model, lead: &Lead) -> Option<(PagePath, Link)> {
    let open = model.reader.open.as_ref()?;
    let target = targets(model).into_iter().find(|target| target.lead.as_ref() == Some(lead))?;
    Some((open.address.base().clone(), target.link.clone()))
}

/// A target and its first link.
struct Target<'a> {
    link: &'a Link,
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
            None => targets.push(Target { link, lead, count: 1 }),
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
