//! What the footer says of the selected stop: where it leads, and how its page was found.

use crate::app::model::{Progress, WikiKind};
use crate::app::reader::links::{say_how, selected_link};
use crate::app::reader::{self, OpenPage};
use crate::app::{Model, peek};
use crate::index::Status;
use crate::layout::Action;

/// Where the selected stop leads, and how its page was found.
pub(super) fn selected(model: &Model) -> Option<String> {
    let open = peek::page(model)?;
    let nth = selected_stop(model, open)?;
    if let Some((id, link)) = selected_link(open) {
        if link.is_external() {
            return Some(link.target().to_owned());
        }
        let fragment = link.fragment().map_or(String::new(), |name| format!("#{name}"));
        if link.target().is_empty() {
            return Some(fragment);
        }
        let resolution = model.index.resolve(open.base_of(id), link);
        let page = resolution.page().and_then(|id| model.index.page(id));
        let goal = match (&resolution.status, page) {
            (_, Some(page)) => format!("{}{fragment}", page.path),
            (Status::Attachment(path), _) => path.to_string(),
            (Status::Folder(folder), _) => match model.index.folder_page(folder) {
                Some(id) => model.index.page(id)?.path.to_string(),
                None => format!("{folder}/ (a folder)"),
            },
            (Status::Missing, _) if model.wiki.kind == WikiKind::Single => {
                format!("{} (only this page is open)", link.target())
            }
            (Status::Missing, _) if model.progress == Progress::Ready => {
                format!("{} (nobody has written it yet)", link.target())
            }
            _ => format!("{}{fragment}", link.target()),
        };
        return Some(match say_how(&model.index, &resolution) {
            Some(how) => format!("{goal} ({})", in_a_sentence(&how)),
            None => goal,
        });
    }
    match open.layout.stop(nth)?.action {
        Action::Tag(tag) => {
            let name = &open.document.facts.tags.get(tag as usize)?.name;
            Some(format!("pages with #{name}"))
        }
        Action::Backlink(nth) => {
            let source = open.backlinks.get(nth as usize)?.source;
            Some(model.index.page(source)?.path.to_string())
        }
        Action::Footnote(number) => Some(format!("footnote {number}")),
        Action::Properties => Some("fold or unfold the properties".to_owned()),
        Action::Fold(head) => {
            let folded = open.layout.options().folds.is_closed(head);
            Some(if folded { "unfold this" } else { "fold this" }.to_owned())
        }
        Action::Link(_) => None,
    }
}

/// The selected stop of a page, if it is in sight: one that was scrolled away is no longer what the reader has in
/// mind, nor what `Enter` follows.
pub(super) fn selected_stop(model: &Model, open: &OpenPage) -> Option<u32> {
    let is_peek = model.reader.open.as_ref().is_none_or(|page| !std::ptr::eq(page, open));
    let lines = || open.layout.lines(open.anchor, reader::rows(model));
    let is_there = |nth: &u32| {
        is_peek || lines().iter().flat_map(|line| &line.segments).any(|s| s.stop == Some(*nth))
    };
    open.selected.filter(is_there)
}

/// A sentence as a part of another one: its first letter small, the names in it as they are.
fn in_a_sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
