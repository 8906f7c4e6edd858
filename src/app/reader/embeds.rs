//! Embeds in place: asking for them when the wiki is known or changes, and putting them into the open page
//! without anything moving for its reader.

use std::sync::Arc;

use super::arrival::Moved;
use super::{OpenPage, looks, place, rows};
use crate::app::history::Visit;
use crate::app::model::Progress;
use crate::app::msg::Embedded;
use crate::app::{Effect, Model, find};
use crate::index::embed::holds_embeds;
use crate::layout::{Anchor, TextPlace, Texts, text_of};
use crate::markdown::{Document, Leaf, LeafKind};

/// Has the open page read again if it embeds something and the index does not say what it said then. Not
/// while another page is on its way.
pub(super) fn refresh(model: &mut Model, effects: &mut Vec<Effect>) {
    let (None, Some(open)) = (&model.reader.awaited, &model.reader.open) else { return };
    let known = model.progress == Progress::Ready;
    // Of a long page the beginning may embed something where the whole, which is on its way, is too long for that.
    if !known
        || open.more_to_come
        || !open.is_written()
        || open.embedded.revision == model.index.revision()
    {
        return;
    }
    if let Some(path) = open.address.path().filter(|_| holds_embeds(&open.document)) {
        effects.push(Effect::ReadPage { ticket: open.ticket, path: path.clone() });
    }
}

/// Puts another document of the same text in the place of the open one: place, selection, marks, colours and
/// the ways back stay with their text.
pub(super) fn put(
    model: &mut Model,
    document: &Arc<Document>,
    embedded: Embedded,
    effects: &mut Vec<Effect>,
) {
    let rows = rows(model);
    let ticket = model.ticket();
    let Some(open) = &mut model.reader.open else { return };
    open.embedded = embedded;
    if is_same(&open.document, document) {
        return;
    }
    let visits = model.history.back.iter_mut().chain(&mut model.history.forward);
    // Others were left on another text or in another run: they are found by their words.
    let slots = open.layout.slots_before_tail();
    let is_here = |visit: &&mut Visit| {
        visit.address == open.address && !visit.left.is_source && visit.left.slots == slots
    };
    let mut visits: Vec<_> = visits.filter(is_here).collect();
    let old = Arc::clone(&open.document);
    let moved = Moved::nothing();
    let action = |nth: u32, open: &OpenPage| {
        let action = open.layout.stop(nth)?.action;
        moved.action(action, &old.facts, &document.facts)
    };
    let held = Held::at(open, open.anchor, rows);
    let selected = open.selected.map(|nth| action(nth, open));
    let left: Vec<_> = visits
        .iter()
        .map(|visit| {
            let held = Held::at(open, visit.left.anchor, rows);
            (held, visit.left.selected.map(|nth| action(nth, open)))
        })
        .collect();
    let find = &mut model.reader.find;
    let current = find.current.and_then(|nth| find.matches.get(nth)).map(|found| found.place);

    let was = Old { document: &old, moved: &moved, slots };
    let texts = open.layout.texts();
    open.layout.set_document(Arc::clone(document));
    open.ticket = ticket;
    open.looks =
        looks((&model.index, model.wiki.kind), open.address.base(), document, &open.embedded);
    open.active_tags = Default::default();
    let code = std::mem::take(&mut open.code).into_iter().filter_map(|(leaf, roles)| {
        let to = was.counterpart(document, leaf)?;
        let same = old.leaves[leaf as usize].kind == document.leaves[to as usize].kind;
        same.then_some((to, roles))
    });
    open.code = code.collect();
    let now = open.layout.texts();
    let place_of = |place| was.text_place(&texts, (document, &now), place);
    open.selection = open.selection.take().and_then(|selection| selection.moved(place_of));
    let coloured = std::mem::take(&mut open.coloured).into_iter().filter_map(|(leaf, line)| {
        let to = was.counterpart(document, leaf)?;
        open.code.contains_key(&to).then_some((to, line))
    });
    open.coloured = coloured.collect();
    open.document = Arc::clone(document);
    let stop = |open: &OpenPage, action| open.layout.stop_of(action);
    for (visit, (held, action)) in visits.iter_mut().zip(left) {
        visit.left.anchor = held.again(open, &was, rows);
        visit.left.selected = action.flatten().and_then(|action| stop(open, action));
        visit.left.slots = open.layout.slots_before_tail();
    }
    if let Some((anchor, selected)) = &mut open.later {
        anchor.slot = shifted(anchor.slot, slots, open.layout.slots_before_tail());
        // The tail's stops are the last.
        *selected = None;
    }
    open.anchor = held.again(open, &was, rows);
    open.selected = selected.flatten().and_then(|action| stop(open, action));
    find::again(model, &old, effects);
    let current = current.and_then(|place| {
        let leaf = was.counterpart(document, place.leaf)?;
        let place = TextPlace { leaf, ..place };
        model.reader.find.matches.iter().position(|found| found.place == place)
    });
    if current.is_some() {
        model.reader.find.current = current;
    }
}

/// Whether two documents of one text are the same. Without embeds they are.
fn is_same(old: &Document, new: &Document) -> bool {
    let is_embed = |leaf: &Leaf| matches!(leaf.kind, LeafKind::Embed(_));
    let plain = |document: &Document| {
        document.insets.is_empty()
            && document.said.is_empty()
            && !document.leaves.iter().any(is_embed)
    };
    (plain(old) && plain(new) && old.leaves.len() == new.leaves.len()) || old == new
}

/// What stands at the top of a screen.
pub(super) enum Held {
    /// A text, so many rows below the top.
    Text(TextPlace, isize),
    /// What is no text of the page: head or tail.
    Beside(Anchor),
}

impl Held {
    fn at(open: &mut OpenPage, anchor: Anchor, rows: usize) -> Self {
        let was = std::mem::replace(&mut open.anchor, anchor);
        let text = open.first_text(rows);
        let below = open.layout.slots_before_tail() <= anchor.slot;
        let held = if anchor == Anchor::default() || text.leaf == u32::MAX || below {
            Self::Beside(anchor)
        } else {
            let at = open.anchor_of(text);
            let (top, line) = (open.layout.position(anchor).0, open.layout.position(at).0);
            Self::Text(text, isize::try_from(line.saturating_sub(top)).unwrap_or(0))
        };
        open.anchor = was;
        held
    }

    /// What stands at the top of the page, if that was embedded: no place of the page's own text tells it.
    pub(super) fn embedded(open: &mut OpenPage, rows: usize) -> Option<Self> {
        let held = Self::at(open, open.anchor, rows);
        let Self::Text(text, _) = held else { return None };
        open.document.is_embedded(text.leaf).then_some(held)
    }

    /// The anchor of the same on the page as it is now, the older text of which was `old`.
    pub(super) fn again(self, open: &mut OpenPage, old: &Old<'_>, rows: usize) -> Anchor {
        match self {
            Self::Beside(anchor) => {
                let slot = shifted(anchor.slot, old.slots, open.layout.slots_before_tail());
                Anchor { slot, ..anchor }
            }
            Self::Text(text, below) => {
                let was = open.anchor;
                let leaf = old.counterpart(&open.document, text.leaf).unwrap_or(text.leaf);
                open.anchor = open.anchor_of(TextPlace { leaf, ..text });
                place::move_by(open, -below, rows);
                std::mem::replace(&mut open.anchor, was)
            }
        }
    }
}

/// A slot of the tail when another number of slots stands before it; the others are what they were.
fn shifted(slot: u32, before: u32, now: u32) -> u32 {
    if slot < before { slot } else { slot - before + now }
}

/// A page as it was.
pub(super) struct Old<'a> {
    /// Its document.
    pub(super) document: &'a Document,
    /// What happened to its text since.
    pub(super) moved: &'a Moved,
    /// Slots of its layout before the tail.
    pub(super) slots: u32,
}

impl Old<'_> {
    /// The same place in `new`, if its text did not change.
    pub(super) fn place(&self, new: &Document, place: TextPlace) -> Option<TextPlace> {
        let leaf = self.counterpart(new, place.leaf)?;
        let text = text_of(self.document, place.leaf, place.cell);
        (text == text_of(new, leaf, place.cell)).then_some(TextPlace { leaf, ..place })
    }

    /// As [`Self::place`], of the head's texts, too: these are what they were where they say the same.
    pub(super) fn text_place(
        &self,
        texts: &Texts,
        (new, now): (&Document, &Texts),
        place: TextPlace,
    ) -> Option<TextPlace> {
        if texts.in_head(place).is_none() {
            return self.place(new, place).filter(|place| now.in_head(*place).is_none());
        }
        let same = now.in_head(place).is_some() && texts.of(place) == now.of(place);
        same.then_some(place)
    }

    /// The leaf of `new` that stands where `leaf` did. Of those that are embedded at one place the one as
    /// far down, else the last.
    fn counterpart(&self, new: &Document, leaf: u32) -> Option<u32> {
        let start = self.document.leaves.get(leaf as usize)?.span.start;
        let body = self.document.body();
        let in_body = leaf < body;
        let first = if in_body { 0 } else { body };
        let before = self.document.leaves[first as usize..leaf as usize].iter().rev();
        let nth = before.take_while(|leaf| leaf.span.start == start).count();
        // What was put in right before it begins where it began; its second byte knows better.
        let start = self.moved.offset(start + 1).saturating_sub(1);
        let (text, notes) = new.leaves.split_at(new.body() as usize);
        let (from, among) = if in_body {
            (text.partition_point(|leaf| leaf.span.start < start), text)
        } else {
            (0, notes)
        };
        let same = (from..).zip(&among[from..]).filter(|(_, leaf)| leaf.span.start == start);
        let found = same.take(nth + 1).last()?.0 + if in_body { 0 } else { text.len() };
        u32::try_from(found).ok()
    }
}
