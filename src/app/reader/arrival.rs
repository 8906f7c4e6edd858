//! Arrival: a page was read. It is shown where it was asked for, or takes the place of its older text
//! without the reader's place moving.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::embeds::{Held, Old};
use super::{
    Address, Awaited, Goal, OpenPage, embeds, looks, missing, options, place, rows, source, tail,
};
use crate::app::msg::{Loaded, PageRead};
use crate::app::{Effect, Model, filter, memory};
use crate::command::{Command, Place};
use crate::index::Index;
use crate::layout::{Action, Anchor, Folds, Head, Options, PageLayout};
use crate::markdown::Facts;
use crate::vault::PagePath;
use crate::vault::kind;
use crate::vault::title::title;

/// A page was read. Answers to older requests are dropped.
pub fn read(model: &mut Model, read: PageRead, effects: &mut Vec<Effect>) {
    let page = Page::of(read.result, &title(&read.path, None));
    if model.reader.awaited.as_ref().is_some_and(|awaited| awaited.ticket == read.ticket) {
        let Some(Awaited { path, goal, .. }) = model.reader.awaited.take() else { return };
        if !model.reader.glancing {
            memory::arrived(model, &path, effects);
        }
        let was_hidden = filter::hides_page(model);
        show(model, Address::Page(path), page, &goal, effects);
        // Said once, where one leaves what the tree shows.
        if filter::hides_page(model) && !was_hidden && model.notice.is_none() {
            let key = model.keymap.shown(Place::Page, Command::ClearFilter);
            model.say(format!("The filter hides this page in the tree; {key} clears the filter"));
        }
    } else if let Some(open) = &model.reader.open
        && open.ticket == read.ticket
        && open.address.path() == Some(&read.path)
    {
        replace(model, page, effects);
    } else {
        return;
    }
    embeds::refresh(model, effects);
}

/// The beginning of a long page was read. It is shown where the page is to be opened at its top, and the whole page
/// takes its place; any other goal may lie behind it and is waited for.
pub fn begun(model: &mut Model, page: PageRead, effects: &mut Vec<Effect>) {
    let ticket = page.ticket;
    let at_top = |awaited: &Awaited| awaited.ticket == ticket && awaited.goal == Goal::Top;
    if !model.reader.awaited.as_ref().is_some_and(at_top) {
        return;
    }
    read(model, page, effects);
    if let Some(open) = &mut model.reader.open {
        // The whole page comes as its newer text.
        open.ticket = ticket;
        open.more_to_come = true;
    }
}

/// Has the open page read again; its place stays. Not while another page is on its way.
pub fn reread(model: &mut Model, effects: &mut Vec<Effect>) {
    let (None, Some(open)) = (&model.reader.awaited, &model.reader.open) else { return };
    if let Some(path) = open.address.path() {
        effects.push(Effect::ReadPage { ticket: open.ticket, path: path.clone() });
    }
}

/// The index is another one: links may lead elsewhere, others may link here, and a page that nobody had
/// written may be there now.
pub fn indexed(model: &mut Model, effects: &mut Vec<Effect>) {
    let index = Arc::clone(&model.index);
    let Some(open) = &mut model.reader.open else { return };
    if let Address::Missing { target, from } = &open.address
        && let Some(id) = missing::written_since(&index, from, target)
        && let Some(page) = index.page(id)
    {
        let path = page.path.clone();
        let ticket = model.ticket();
        model.reader.awaited = Some(Awaited { ticket, path: path.clone(), goal: Goal::Top });
        effects.push(Effect::ReadPage { ticket, path });
        return;
    }
    refresh_looks(&index, open);
    let to_follow = open.to_follow.take();
    tail::refresh(model, effects);
    if let Some(link) = to_follow {
        super::links::follow(model, link, effects);
    }
    embeds::refresh(model, effects);
}

/// Gives the links of a page the looks that the index says.
pub(in crate::app) fn refresh_looks(index: &Index, open: &mut OpenPage) {
    let looks = looks(index, open.address.base(), &open.document, &open.embedded);
    if looks != open.looks {
        open.looks = looks;
        open.layout.forget(true, None);
    }
}

/// What is about to be shown.
pub(in crate::app) struct Page {
    pub(in crate::app) loaded: Loaded,
    pub(in crate::app) unreadable: Option<String>,
    /// The page, where `loaded` is its source.
    pub(in crate::app) rendered: Option<Box<Loaded>>,
    /// Whether a key turns it over, which its head then says.
    pub(in crate::app) turns: bool,
}

impl Page {
    pub(in crate::app) fn new(loaded: Loaded) -> Self {
        Self { loaded, unreadable: None, rendered: None, turns: false }
    }

    /// The page as it was read, or what is said in its place.
    pub(in crate::app) fn of(result: Result<Loaded, String>, title: &str) -> Self {
        match result {
            Ok(loaded) => Self::new(loaded),
            Err(reason) => {
                let loaded = missing::unreadable(title, &reason);
                Self { unreadable: Some(reason), ..Self::new(loaded) }
            }
        }
    }

    /// Its source in its place, if there is one.
    pub(super) fn turned(self) -> Self {
        if self.unreadable.is_some() {
            return self;
        }
        let source = source::as_written(&self.loaded);
        Self { rendered: Some(Box::new(self.loaded)), ..Self::new(source) }
    }
}

/// Shows a page at its goal, in the place of whatever was open.
pub(super) fn show(
    model: &mut Model,
    address: Address,
    page: Page,
    goal: &Goal,
    effects: &mut Vec<Effect>,
) {
    model.reader.find.clear();
    let rows = rows(model);
    if let Some(open) = &model.reader.open {
        model.reader.folds.keep(open);
    }
    let page =
        if matches!(goal, Goal::Left(left) if left.is_source) { page.turned() } else { page };
    let options = recalled(model, &address, &page);
    let mut open = lay_out(model, address, Page { turns: true, ..page }, options);
    if let Goal::Left(left) = goal {
        open.later = Some(left.go(&mut open, rows));
    } else if let Some(notice) = place::go(&mut open, goal, rows) {
        model.warn(notice);
    }
    model.reader.open = Some(open);
    tail::refresh(model, effects);
    crate::app::search::steps::mark(model, effects);
}

/// Puts a page's newer text in the place of its older one. Where the text did not change nothing
/// moves; elsewhere the first line on the screen stays the first.
fn replace(model: &mut Model, page: Page, effects: &mut Vec<Effect>) {
    let rows = rows(model);
    let Some(mut old) = model.reader.open.take() else { return };
    let page = if old.is_source() { page.turned() } else { page };
    if old.source == page.loaded.source && old.unreadable == page.unreadable {
        if old.is_source() {
            old.rendered = page.rendered;
            model.reader.open = Some(old);
            return;
        }
        let Loaded { document, embedded, .. } = page.loaded;
        model.reader.open = Some(old);
        embeds::put(model, &document, embedded, effects);
        return;
    }
    let moved = Moved::between(&old.source, &page.loaded.source);
    let held = Held::embedded(&mut old, rows);
    let first = old.layout.source_at(old.anchor);
    // The first line may be an empty one before its text.
    let before = place::rows_above_source(&mut old, first);
    let first = moved.offset(first);
    let selected = old.selected.and_then(|nth| old.layout.stop(nth)).map(|stop| stop.action);
    model.reader.folds.keep(&old);
    let Options { pan, table_pan, .. } = *old.layout.options();
    let options = Options { pan, table_pan, ..recalled(model, &old.address, &page) };
    let page = Page { turns: true, ..page };
    let mut open = lay_out(model, old.address, page, options);
    let body = old.document.leaves.first().map_or(0, |leaf| leaf.span.start);
    // What began a page is laid out in the whole of it as it was, but for embeds.
    if (old.more_to_come && open.document.insets.is_empty())
        || old.layout.source_at(old.anchor) < body
        || old.anchor == Anchor::default()
    {
        place::place(&mut open, old.anchor, rows);
    } else if let Some(held) = held {
        let slots = old.layout.slots_before_tail();
        let was = Old { document: &old.document, moved: &moved, slots };
        open.anchor = held.again(&mut open, &was, rows);
    } else {
        place::to_source(&mut open, first, rows);
        place::move_by(&mut open, -before, rows);
    }
    open.selected = selected.and_then(|action| {
        let action = moved.action(action, &old.document.facts, &open.document.facts)?;
        open.layout.stop_of(action)
    });
    model.reader.open = Some(open);
    tail::refresh(model, effects);
    crate::app::find::again(model, &old.document, effects);
}

/// How the reader lays out a page: its folds as they were left.
pub(super) fn recalled(model: &Model, address: &Address, page: &Page) -> Options {
    if page.rendered.is_some() {
        return options(model);
    }
    let path = address.path().map(PagePath::as_str);
    model.reader.folds.recall(path, &page.loaded.document, &options(model))
}

/// The page as it stands in a room of its own, nothing of it laid out yet.
pub(in crate::app) fn lay_out(
    model: &mut Model,
    address: Address,
    page: Page,
    mut options: Options,
) -> OpenPage {
    let Page { loaded, unreadable, rendered, turns } = page;
    let Loaded { source, document, notices, recovery, embedded } = loaded;
    let facts = &document.facts;
    let called = match &address {
        Address::Page(path) => match model.index.at(path) {
            Some(page) if unreadable.is_some() => page.title.clone(),
            _ => title(path, facts.summary.title.as_deref()),
        },
        Address::Missing { target, .. } => target.clone(),
    };
    let kind = address.path().and_then(|path| {
        let kind = kind::kind(path, facts.summary.kind.as_deref())?;
        let (sign, role) = kind::look(Some(&kind));
        Some((sign, kind, role))
    });
    let head = Head {
        title: called.clone(),
        kind: kind.filter(|_| unreadable.is_none()),
        notices: notices.clone(),
        remarks: source::remarks(model, recovery.as_deref(), rendered.is_some(), turns),
    };
    options.code_wrap |= rendered.is_some();
    let looks = if model.index.is_empty() {
        Vec::new()
    } else {
        looks(&model.index, address.base(), &document, &embedded)
    };
    // Who did not say how the page is folded has it as its writer has it start.
    if options.folds.all().is_empty() {
        options.folds = Arc::new(Folds::of(&document));
    }
    OpenPage {
        ticket: model.ticket(),
        title: called,
        layout: PageLayout::new(Arc::clone(&document), head, options),
        anchor: Anchor::default(),
        selected: None,
        selection: None,
        looks,
        code: HashMap::new(),
        backlinks: Vec::new(),
        unreadable,
        more_to_come: false,
        coloured: HashSet::new(),
        active_tags: Default::default(),
        asked: None,
        later: None,
        to_follow: None,
        address,
        source,
        document,
        notices,
        recovery,
        rendered,
        embedded,
    }
}

/// What an edit did to the places of a text: everything before it and after it is the same.
pub(super) struct Moved {
    /// Bytes at the start that did not change.
    same_start: usize,
    /// Bytes at the end that did not change.
    same_end: usize,
    old_len: usize,
    new_len: usize,
}

impl Moved {
    pub(super) fn between(old: &str, new: &str) -> Self {
        let (old, new) = (old.as_bytes(), new.as_bytes());
        let same = |(a, b): &(&u8, &u8)| a == b;
        let same_start = old.iter().zip(new).take_while(same).count();
        let rest = old.len().min(new.len()) - same_start;
        let same_end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(same).count();
        Self { same_start, same_end, old_len: old.len(), new_len: new.len() }
    }

    /// Where the byte at `offset` of the older text stands in the newer one, or what took its place.
    pub(super) fn offset(&self, offset: u32) -> u32 {
        let at = offset as usize;
        let moved = if at <= self.same_start {
            at
        } else if at >= self.old_len - self.same_end {
            at + self.new_len - self.old_len.min(at + self.new_len)
        } else {
            at.min(self.new_len - self.same_end)
        };
        u32::try_from(moved).unwrap_or(u32::MAX)
    }

    /// The same link or tag in the newer text.
    pub(super) fn action(&self, action: Action, old: &Facts, new: &Facts) -> Option<Action> {
        let links = |facts: &Facts| facts.links.iter().map(|link| link.span.start).collect();
        let tags = |facts: &Facts| facts.tags.iter().map(|tag| tag.span.start).collect();
        let same = |nth, old: Vec<u32>, new: Vec<u32>| self.same(nth, &old, &new);
        match action {
            Action::Link(link) => same(link, links(old), links(new)).map(Action::Link),
            Action::Tag(tag) => same(tag, tags(old), tags(new)).map(Action::Tag),
            other => Some(other),
        }
    }

    /// The number of what stands where number `nth` stood, by where each begins. What was embedded begins
    /// where its embed does: of these the one as far on.
    fn same(&self, nth: u32, old: &[u32], new: &[u32]) -> Option<u32> {
        let start = *old.get(nth as usize)?;
        let before = old[..nth as usize].iter().filter(|other| **other == start).count();
        let start = self.offset(start);
        let same = (0..).zip(new).filter(|(_, other)| **other == start);
        same.map(|(nth, _)| nth).nth(before)
    }
}

#[cfg(test)]
mod tests {
    use super::Moved;

    #[test]
    fn places_outside_an_edit_stay_with_their_text() {
        let check = |old: &str, new: &str, at: usize, expected: usize| {
            let moved = Moved::between(old, new).offset(u32::try_from(at).unwrap());
            assert_eq!(moved as usize, expected, "{old} -> {new} at {at}");
        };
        check("abc", "abc", 2, 2);
        check("one three", "one two three", 4, 4);
        check("one three", "one two three", 6, 10);
        check("one two three", "one three", 9, 5);
        check("one two three", "", 9, 0);
        check("aaaa", "aa", 4, 2);
        check("aa", "aaaa", 1, 1);
        check("", "new", 0, 0);
    }
}
