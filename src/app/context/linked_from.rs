//! Linked from: the pages that link here, each with its sentences. These are read for the tail of the page
//! and kept there; until they come, and for those that are never read, a row shows the link alone. Of
//! thousands of such rows only those in sight are made.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::Model;
use super::leads::To;
use super::pieces::{Block, Piece, Source, Text, Title, times};
use super::rows::{EDGES, Sentence, Show};
use crate::app::model::Progress;
use crate::app::reader;
use crate::index::{Index, LinkRef};
use crate::search::excerpt::Excerpt;
use crate::text::fold::holds;
use crate::text::scrub::scrub_line;
use crate::text::width::fit;

/// How many pages link here.
pub(super) fn count(model: &Model) -> Option<usize> {
    let ready = model.progress == Progress::Ready;
    ready.then(|| by_page(&reader::links_here(model)).count())
}

/// One piece a page, by path.
pub(super) fn pieces(model: &Model) -> Vec<Piece> {
    let links = reader::links_here(model);
    by_page(&links).filter_map(|links| piece(model, links)).collect()
}

/// What a row shows of which only is known what stands there; `None` for the others.
pub(super) fn show(model: &Model, show: &Show, cells: usize) -> Option<Show> {
    match show {
        Show::Page(page, links) => {
            let title = model.index.page(*page).map(Title::of).unwrap_or_default();
            Some(Show::Title(Box::new(Title { count: times(*links), ..title })))
        }
        Show::Link(link) => {
            let mut text = words(&model.index, *link);
            let room = cells.saturating_sub(EDGES).max(1);
            let fits = fit(&text, room).len();
            let cut = (false, fits < text.len());
            text.truncate(fits);
            let marked = vec![(0, u32::try_from(text.len()).unwrap_or(u32::MAX))];
            Some(Show::Text(Box::new(Sentence { text, marked, cut })))
        }
        _ => None,
    }
}

/// The links of a page without sentences that hold all of `wanted` (folded): all of them if its title does,
/// else those that hold what that does not; none if there are none.
pub(super) fn narrow<'a>(
    index: &Index,
    source: &'a Source,
    wanted: &[String],
) -> Option<Cow<'a, [LinkRef]>> {
    let page = index.page(source.page)?;
    let (label, folder) = (page.label(), page.path.folder());
    let in_title = |word: &&String| holds(label, word) || holds(folder, word);
    let wanted: Vec<&String> = wanted.iter().filter(|word| !in_title(word)).collect();
    if wanted.is_empty() {
        return Some(Cow::Borrowed(&source.links));
    }
    let known =
        source.words.get_or_init(|| source.links.iter().map(|link| words(index, *link)).collect());
    let is_kept = |words: &String| wanted.iter().all(|word| holds(words, word));
    let links = source.links.iter().zip(known).filter(|(_, words)| is_kept(words));
    let links: Vec<LinkRef> = links.map(|(link, _)| *link).collect();
    (!links.is_empty()).then_some(Cow::Owned(links))
}

/// What a link shows as written.
fn words(index: &Index, link: LinkRef) -> String {
    let Some(written) = index.link(link) else { return String::new() };
    scrub_line(written.alias().unwrap_or(written.target())).into_owned()
}

fn by_page(links: &[LinkRef]) -> impl Iterator<Item = &[LinkRef]> {
    links.chunk_by(|a, b| a.source == b.source)
}

fn piece(model: &Model, links: &[LinkRef]) -> Option<Piece> {
    let page = model.index.page(links.first()?.source)?;
    if links.iter().all(|link| sentence(model, *link).is_none()) {
        let source = Source { page: page.id, links: links.to_vec(), words: OnceCell::new() };
        return Some(Piece::Source(source));
    }
    let mut texts: Vec<Text> = Vec::new();
    for link in links {
        let (words, marked) = if let Some(known) = sentence(model, *link) {
            // A sentence that links here twice is read once, as under the page.
            if let Some(last) = texts.last_mut().filter(|last| last.words == known.text) {
                // The same words elsewhere on that page have the same mark.
                if last.marked.last().is_none_or(|&(_, end)| known.marked.0 >= end) {
                    last.marked.push(known.marked);
                }
                continue;
            }
            (known.text.clone(), known.marked)
        } else {
            let words = words(&model.index, *link);
            let end = u32::try_from(words.len()).unwrap_or(u32::MAX);
            (words, (0, end))
        };
        texts.push(Text { words, marked: vec![marked], to: To::Link(*link), ..Text::default() });
    }
    let title = Title { count: times(links.len()), ..Title::of(page) };
    Some(Piece::Made(Block { title, to: To::Page(page.id), texts, ..Block::default() }))
}

fn sentence(model: &Model, link: LinkRef) -> Option<&Excerpt> {
    reader::sentence(model, link).filter(|known| !known.text.is_empty())
}
