//! The tail: who links here, each with the sentence that holds the link. Sentences that were read once are
//! kept while the index stays the same, so that going back shows the page as it was left at once.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Address, OpenPage, place, rows};
use crate::app::model::{Progress, Ticket};
use crate::app::{Effect, Model};
use crate::index::{Index, LinkRef};
use crate::layout::Backlink;
use crate::search::excerpt::Excerpt;
use crate::vault::kind;

/// So many sentences are read for one page; the rest of its backlinks are named without.
const MOST_SENTENCES: usize = 300;
/// So many sentences are kept.
const MOST_KEPT: usize = 5_000;

/// Sentences that were read, for one revision of the index.
#[derive(Debug, Default)]
pub(super) struct Sentences {
    revision: u64,
    read: HashMap<LinkRef, Excerpt>,
    /// The links to the page that was open then.
    here: Option<(Address, Arc<[LinkRef]>)>,
}

/// Finds out who links to the open page. The tail changes at once if all its sentences are known,
/// else when they come.
pub(super) fn refresh(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.progress != Progress::Ready {
        return;
    }
    let revision = model.index.revision();
    let kept = &mut model.reader.tails;
    if kept.revision != revision || kept.read.len() > MOST_KEPT {
        *kept = Sentences { revision, ..Sentences::default() };
    }
    let Some(open) = &model.reader.open else { return };
    let address = open.address.clone();
    let links = links_here(model);
    model.reader.tails.here = Some((address, Arc::clone(&links)));
    let unread: Vec<LinkRef> = links
        .iter()
        .take(MOST_SENTENCES)
        .filter(|link| !model.reader.tails.read.contains_key(link))
        .copied()
        .collect();
    if unread.is_empty() {
        set(model, &links);
        return;
    }
    let ticket = model.ticket();
    if let Some(open) = &mut model.reader.open {
        open.asked = Some((ticket, links));
    }
    effects.push(Effect::ReadSentences { ticket, links: unread });
}

/// The links to the open page, by the page on which they stand. Thousands lead to a hub: they are found and
/// put in order once for an index.
pub(in crate::app) fn links_here(model: &Model) -> Arc<[LinkRef]> {
    let (index, kept) = (&model.index, &model.reader.tails);
    let open = model.reader.open.as_ref();
    if let (Some(open), Some((address, links))) = (open, &kept.here)
        && kept.revision == index.revision()
        && *address == open.address
    {
        return Arc::clone(links);
    }
    let links = open.and_then(|open| match &open.address {
        Address::Page(path) => index.at(path).map(|page| index.backlinks(page.id)),
        Address::Missing { target, .. } => Some(index.wanted_by(target)),
    });
    let mut links = links.unwrap_or_default();
    links.retain(|link| index.page(link.source).is_some());
    links.into()
}

/// The sentence around a link, if it was read for the present index.
pub(in crate::app) fn sentence(model: &Model, link: LinkRef) -> Option<&Excerpt> {
    let kept = &model.reader.tails;
    kept.read.get(&link).filter(|_| kept.revision == model.index.revision())
}

/// How many sentences are known: another number means that there are others.
pub(in crate::app) fn sentences_known(model: &Model) -> usize {
    model.reader.tails.read.len()
}

/// The pages that ask for one that nobody has written, each at its first link and with that one's sentence
/// where it is known already.
pub(in crate::app) fn who_wants(model: &Model, target: &str) -> (Vec<LinkRef>, Vec<Backlink>) {
    let index = &model.index;
    let kept = &model.reader.tails;
    let kept = (kept.revision == index.revision()).then_some(&kept.read);
    let mut links = index.wanted_by(target);
    links.dedup_by_key(|link| link.source);
    links.retain(|link| index.page(link.source).is_some());
    let sentence = |link: &LinkRef| kept?.get(link);
    let backlinks =
        links.iter().filter_map(|link| backlink(index, *link, sentence(link))).collect();
    (links, backlinks)
}

/// The sentences of the tail were read, in the order in which they were asked for.
pub fn sentences(model: &mut Model, ticket: Ticket, sentences: Vec<Excerpt>) {
    let Some(open) = &mut model.reader.open else { return };
    let Some((_, links)) = open.asked.take_if(|(asked, _)| *asked == ticket) else { return };
    let kept = &mut model.reader.tails;
    let unread = links.iter().take(MOST_SENTENCES).filter(|link| !kept.read.contains_key(link));
    let unread: Vec<LinkRef> = unread.copied().collect();
    kept.read.extend(unread.into_iter().zip(sentences));
    set(model, &links);
}

/// Shows the tail, and goes back to where one was in it.
fn set(model: &mut Model, links: &[LinkRef]) {
    let rows = rows(model);
    let index = &model.index;
    let read = &model.reader.tails.read;
    let mut shown = Vec::new();
    let mut rows_of = Vec::new();
    for &link in links {
        let Some(mut row) = backlink(index, link, read.get(&link)) else { continue };
        row.again = rows_of.last().is_some_and(|before: &LinkRef| before.source == link.source);
        if !is_in_row_before(rows_of.last().zip(shown.last_mut()), link, &row) {
            rows_of.push(link);
            shown.push(row);
        }
    }
    let Some(open) = &mut model.reader.open else { return };
    open.layout.set_tail(shown);
    open.backlinks = rows_of;
    open.asked = None;
    if let Some((anchor, selected)) = open.later.take() {
        place::place(open, anchor, rows);
        open.selected = selected;
    }
}

/// Whether the link stands in the sentence of the row before, which then marks it too: a sentence that
/// links here twice is read once.
fn is_in_row_before(
    before: Option<(&LinkRef, &mut Backlink)>,
    link: LinkRef,
    row: &Backlink,
) -> bool {
    let Some((other, before)) = before else { return false };
    let is_same =
        other.source == link.source && !row.sentence.is_empty() && before.sentence == row.sentence;
    if is_same {
        let last = before.marked.last().map_or(0, |&(_, end)| end);
        before.marked.extend(row.marked.iter().filter(|(start, _)| *start >= last));
    }
    is_same
}

fn backlink(index: &Index, link: LinkRef, sentence: Option<&Excerpt>) -> Option<Backlink> {
    let page = index.page(link.source)?;
    let sentence = sentence.cloned().unwrap_or_default();
    Some(Backlink {
        again: false,
        title: page.title.clone(),
        detail: page.path.folder().to_owned(),
        sign: kind::look(page.kind.as_deref()),
        sentence: sentence.text,
        marked: vec![sentence.marked],
    })
}

/// The stop of the first one who links here.
pub(super) fn first(open: &OpenPage) -> Option<u32> {
    let tail = u32::try_from(open.backlinks.len()).ok().filter(|len| *len > 0)?;
    open.layout.stops().checked_sub(tail)
}
