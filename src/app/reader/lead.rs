//! Leads: where something that can be followed leads, and going there. Whether one goes at once or looks
//! first ([`crate::app::peek`]) is asked elsewhere.

use super::links::say_how;
use super::{Address, Goal, OpenPage, open};
use crate::app::confirm::{self, Confirm};
use crate::app::model::Progress;
use crate::app::{Effect, Model, filter, tree};
use crate::index::{Status, fragment};
use crate::layout::Action;
use crate::markdown::Link;
use crate::text::scrub::scrub_line;
use crate::vault::PagePath;

/// Where something leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Lead {
    /// To a page, be it written or not.
    Page(Address, Goal),
    /// Out of the wiki, to an address.
    External(String),
    /// To a file that is no page.
    Attachment(PagePath),
    /// To a folder that has no page of its own.
    Folder(String),
    /// To the pages that carry a tag.
    Tag(String),
}

/// Where a link on the page of that address leads, and what there is to say about how it was found. `None`
/// while the wiki has not been read.
#[must_use]
pub fn of_link(model: &Model, page: &Address, link: &Link) -> Option<(Lead, Option<String>)> {
    if link.is_external() {
        return Some((Lead::External(link.target().to_owned()), None));
    }
    let goal = fragment::written(link).map_or(Goal::Top, |name| Goal::Fragment(name.into()));
    if link.target().is_empty() {
        return Some((Lead::Page(page.clone(), goal), None));
    }
    if model.progress != Progress::Ready {
        return None;
    }
    let index = &model.index;
    let resolution = index.resolve(page.base(), link);
    let how = say_how(index, &resolution);
    let lead = match resolution.status {
        Status::Page(id) | Status::Ambiguous { chosen: id, .. } => {
            Lead::Page(Address::Page(index.page(id)?.path.clone()), goal)
        }
        Status::Missing => {
            let target = link.target().to_owned();
            Lead::Page(Address::Missing { target, from: page.base().clone() }, Goal::Top)
        }
        Status::Attachment(path) => Lead::Attachment(path),
        Status::Folder(folder) => match index.folder_page(&folder).and_then(|id| index.page(id)) {
            Some(page) => Lead::Page(Address::Page(page.path.clone()), goal),
            None => Lead::Folder(folder),
        },
        Status::External => Lead::External(link.target().to_owned()),
    };
    Some((lead, how))
}

/// Where a stop of a page leads, as [`of_link`]; `None` also of stops that lead nowhere else: footnotes
/// and folds.
#[must_use]
pub fn of(model: &Model, page: &OpenPage, action: Action) -> Option<(Lead, Option<String>)> {
    let facts = &page.document.facts;
    match action {
        Action::Link(id) => of_link(model, &page.written_on(id), facts.links.get(id as usize)?),
        Action::Tag(tag) => Some((Lead::Tag(facts.tags.get(tag as usize)?.name.to_string()), None)),
        Action::Backlink(number) => {
            let link = *page.backlinks.get(number as usize)?;
            let source = model.index.page(link.source)?;
            let goal = match source.facts.link(link.link) {
                Some(link) => Goal::Source(link.span.start),
                None => Goal::Top,
            };
            Some((Lead::Page(Address::Page(source.path.clone()), goal), None))
        }
        Action::Footnote(_) | Action::Properties | Action::Fold(_) => None,
    }
}

/// Goes where it leads; out of the wiki after asking.
pub fn go(model: &mut Model, lead: Lead, effects: &mut Vec<Effect>) {
    match lead {
        Lead::Page(address, goal) => open(model, address, goal, effects),
        Lead::External(address) => confirm::ask(model, leave(&address)),
        Lead::Attachment(path) => {
            let question = format!("Open {} with the system?", scrub_line(path.as_str()));
            let copied = path.as_str().to_owned();
            let answers = vec![
                ('o', "open".to_owned(), vec![Effect::OpenAttachment(path)]),
                ('c', "copy its path".to_owned(), vec![Effect::Copy(copied)]),
            ];
            confirm::ask(model, Confirm { question, answers });
        }
        Lead::Folder(folder) => tree::reveal_folder(model, &folder),
        Lead::Tag(tag) => filter::by_tag(model, &tag, effects),
    }
}

/// Asks what to do with an address outside the wiki.
fn leave(address: &str) -> Confirm {
    Confirm {
        question: format!("Leave the wiki? {}", scrub_line(address)),
        answers: vec![
            ('o', "open".to_owned(), vec![Effect::OpenExternal(address.to_owned())]),
            ('c', "copy".to_owned(), vec![Effect::Copy(address.to_owned())]),
        ],
    }
}
