//! Related: pages that share neighbours and tags with this one without being linked with it, and why.

use super::leads::To;
use super::pieces::{Block, Text, Title};
use super::{Model, open_page};
use crate::app::model::Progress;
use crate::index::Page;
use crate::index::related::{Related, related};
use crate::text::scrub::scrub_line;

/// More of them nobody looks at.
const MOST: usize = 50;
/// So many of what is shared are named.
const NAMED: usize = 2;

/// The pages related to the open one, the nearest first.
pub(super) fn of(model: &Model) -> Vec<Related> {
    match open_page(model) {
        Some(page) if model.progress == Progress::Ready => related(&model.index, page.id, MOST),
        _ => Vec::new(),
    }
}

/// One block a page.
pub(super) fn blocks(model: &Model) -> Vec<Block> {
    let related = model.context.related.iter();
    related
        .filter_map(|related| {
            let page = model.index.page(related.page)?;
            let text = Text { words: reason(model, related), ..Text::default() };
            Some(Block {
                title: Title::of(page),
                to: To::Page(related.page),
                texts: vec![text],
                ..Block::default()
            })
        })
        .collect()
}

/// `share Ada Lindqvist, Tides and 2 more; tags python, sea`
fn reason(model: &Model, related: &Related) -> String {
    let pages = related.neighbours.iter().filter_map(|id| model.index.page(*id));
    let pages: Vec<&str> = pages.map(Page::label).collect();
    let tags: Vec<&str> = related.tags.iter().map(String::as_str).collect();
    let mut reasons = Vec::new();
    if !pages.is_empty() {
        reasons.push(format!("share {}", named(&pages)));
    }
    match tags.len() {
        0 => {}
        1 => reasons.push(format!("tag {}", tags[0])),
        _ => reasons.push(format!("tags {}", named(&tags))),
    }
    scrub_line(&reasons.join("; ")).into_owned()
}

/// The first few by name, the rest by number; one more is named, too.
fn named(all: &[&str]) -> String {
    match all {
        [one] => (*one).to_owned(),
        [one, two] => format!("{one} and {two}"),
        [one, two, three] => format!("{one}, {two} and {three}"),
        _ => format!("{} and {} more", all[..NAMED].join(", "), all.len() - NAMED),
    }
}
