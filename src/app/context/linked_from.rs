//! Linked from: the pages that link here, each with its sentences. These are read for the tail of the page
//! and kept there; until they come a row shows the link alone.

use super::{Block, Model, Text, Title, place_in, times, top_of};
use crate::app::model::Progress;
use crate::app::reader;
use crate::index::LinkRef;
use crate::text::scrub::scrub_line;

/// How many pages link here.
pub(super) fn count(model: &Model) -> Option<usize> {
    let ready = model.progress == Progress::Ready;
    ready.then(|| by_page(&reader::links_here(model)).count())
}

/// One block a page, by path.
pub(super) fn blocks(model: &Model) -> Vec<Block> {
    by_page(&reader::links_here(model)).filter_map(|links| block(model, links)).collect()
}

fn by_page(links: &[LinkRef]) -> impl Iterator<Item = &[LinkRef]> {
    links.chunk_by(|a, b| a.source == b.source)
}

fn block(model: &Model, links: &[LinkRef]) -> Option<Block> {
    let index = &model.index;
    let source = links.first()?.source;
    let page = index.page(source)?;
    let mut texts: Vec<Text> = Vec::new();
    for link in links {
        let Some(written) = page.facts.link(link.link) else { continue };
        let lead = place_in(index, source, written.span.start);
        let text = match reader::sentence(model, *link) {
            Some(known) if !known.text.is_empty() => {
                // A sentence that links here twice is read once, as under the page.
                if let Some(last) = texts.last_mut().filter(|last| last.words == known.text) {
                    // The same words elsewhere on that page have the same mark.
                    if last.marked.last().is_none_or(|&(_, end)| known.marked.0 >= end) {
                        last.marked.push(known.marked);
                    }
                    continue;
                }
                Text {
                    words: known.text.clone(),
                    marked: vec![known.marked],
                    lead,
                    ..Text::default()
                }
            }
            _ => {
                let words = scrub_line(written.alias().unwrap_or(written.target())).into_owned();
                let end = u32::try_from(words.len()).unwrap_or(u32::MAX);
                Text { marked: vec![(0, end)], words, lead, ..Text::default() }
            }
        };
        texts.push(text);
    }
    let title = Title { count: times(links.len()), ..Title::of(page) };
    Some(Block { title, lead: top_of(index, source), texts, ..Block::default() })
}
