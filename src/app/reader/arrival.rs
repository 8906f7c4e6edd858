//! Arrival: a page was read. It is shown where it was asked for, or takes the place of its older text
//! without the reader's place moving.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::embeds::{Held, Old};
use super::{
    Address, Awaited, Goal, OpenPage, embeds, looks, missing, options, place, rows, source, tail,
};
use crate::app::model::WikiKind;
use crate::app::msg::{Loaded, PageRead};
use crate::app::{Effect, Model, filter, memory, outline};
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
    refresh_looks((&index, model.wiki.kind), open);
    let to_follow = open.to_follow.take();
    tail::refresh(model, effects);
    if let Some(link) = to_follow {
        super::links::follow(model, link, effects);
    }
    embeds::refresh(model, effects);
}

/// Gives the links of a page the looks that the index says.
pub(in crate::app) fn refresh_looks(wiki: (&Index, WikiKind), open: &mut OpenPage) {
    let looks = looks(wiki, open.address.base(), &open.document, &open.embedded);
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
    outline::landed(model, goal);
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
    // What was put in right before it stands above it.
    let first = moved.offset(first + 1).saturating_sub(1);
    let selected = old.selected.and_then(|nth| old.layout.stop(nth)).map(|stop| stop.action);
    model.reader.folds.keep(&old);
    let Options { pan, table_pan, .. } = *old.layout.options();
    let options = Options { pan, table_pan, ..recalled(model, &old.address, &page) };
    let page = Page { turns: true, ..page };
    let mut open = lay_out(model, old.address, page, options);
    let body = old.document.leaves.first().map_or(0, |leaf| leaf.span.start);
    let slots = old.layout.slots_before_tail();
    let was = Old { document: &old.document, moved: &moved, slots };
    let selection = old.selection.take();
    let (texts, texts_now) = (old.layout.texts(), open.layout.texts());
    let now = |place| was.text_place(&texts, (&open.document, &texts_now), place);
    open.selection = selection.and_then(|selection| selection.moved(now));
    // What began a page is laid out in the whole of it as it was, but for embeds.
    if (old.more_to_come && open.document.insets.is_empty())
        || old.layout.source_at(old.anchor) < body
        || old.anchor == Anchor::default()
    {
        place::place(&mut open, old.anchor, rows);
    } else if let Some(held) = held {
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
        looks((&model.index, model.wiki.kind), address.base(), &document, &embedded)
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
        is_deleted: false,
        coloured: HashSet::new(),
        active_tags: Default::default(),
        asked: None,
        later: None,
        to_follow: None,
        other_face: None,
        address,
        source,
        document,
        notices,
        recovery,
        rendered,
        embedded,
    }
}

/// What edits did to the places of a text: what was left as it was, line by line.
pub(super) struct Moved {
    /// What is the same, in order; none of them is empty.
    same: Vec<Same>,
    old_len: usize,
    new_len: usize,
}

/// So many bytes that are the same, and where they begin in the older and in the newer text.
struct Same {
    old: usize,
    new: usize,
    len: usize,
}

/// Of more lines than these between the first change and the last it is not found out which are the same.
const MOST_LINES: usize = 2_000;

impl Moved {
    /// Of a text that is the same.
    pub(super) fn nothing() -> Self {
        let all = u32::MAX as usize;
        Self { same: vec![Same { old: 0, new: 0, len: all }], old_len: all, new_len: all }
    }

    pub(super) fn between(old: &str, new: &str) -> Self {
        let (old_len, new_len) = (old.len(), new.len());
        let (a, b) = (old.as_bytes(), new.as_bytes());
        let same = |(a, b): &(&u8, &u8)| a == b;
        let start = a.iter().zip(b).take_while(same).count();
        let rest = old_len.min(new_len) - start;
        let end = a.iter().rev().zip(b.iter().rev()).take(rest).take_while(same).count();
        let mut all = vec![Same { old: 0, new: 0, len: start }];
        all.extend(same_lines(old, start..old_len - end, new, start..new_len - end));
        all.push(Same { old: old_len - end, new: new_len - end, len: end });
        all.retain(|same| same.len > 0);
        Self { same: all, old_len, new_len }
    }

    /// Where the byte at `offset` of the older text stands in the newer one, or what took its place.
    pub(super) fn offset(&self, offset: u32) -> u32 {
        let at = offset as usize;
        let next = self.same.partition_point(|same| same.old < at);
        let before = next.checked_sub(1).map(|nth| &self.same[nth]);
        // Where something was put in the place is before it; what took another text's place ends where that did.
        let is_put_in = before.map_or(0, |same| same.old + same.len) == at;
        if let Some(same) = self.same.get(next).filter(|same| same.old == at && !is_put_in) {
            return u32::try_from(same.new).unwrap_or(u32::MAX);
        }
        let (old, new) = before.map_or((0, 0), |same| {
            let inside = (at - same.old).min(same.len);
            (same.old + inside, same.new + inside)
        });
        let until = self.same.get(next).map_or(self.new_len, |same| same.new);
        let moved = new + (at.min(self.old_len) - old).min(until - new);
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

/// The lines that are the same in the changed parts of two texts; of those that the parts begin or end within
/// nothing is said.
fn same_lines(old: &str, old_part: Range<usize>, new: &str, new_part: Range<usize>) -> Vec<Same> {
    let (old_lines, new_lines) = (lines(old.as_bytes(), old_part), lines(new.as_bytes(), new_part));
    if old_lines.len().max(new_lines.len()) > MOST_LINES {
        return Vec::new();
    }
    let text = |of: &str, lines: &[Range<usize>]| -> Vec<Vec<u8>> {
        lines.iter().map(|line| of.as_bytes()[line.clone()].to_owned()).collect()
    };
    let (a, b) = (text(old, &old_lines), text(new, &new_lines));
    let same = capture_diff_slices(Algorithm::Patience, &a, &b).into_iter().filter_map(|op| {
        let DiffOp::Equal { old_index, new_index, len } = op else { return None };
        let (first, last) = (&old_lines[old_index], &old_lines[old_index + len - 1]);
        let new = new_lines[new_index].start;
        Some(Same { old: first.start, new, len: last.end - first.start })
    });
    same.collect()
}

/// The whole lines of a part of a text.
fn lines(text: &[u8], part: Range<usize>) -> Vec<Range<usize>> {
    let ends = memchr::memchr_iter(b'\n', &text[part.clone()]).map(|at| part.start + at + 1);
    let mut lines = Vec::new();
    let mut from = Some(part.start).filter(|&at| at == 0 || text[at - 1] == b'\n');
    for end in ends {
        lines.extend(from.map(|from| from..end));
        from = Some(end);
    }
    lines
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
        // Of several edits each moves what stands behind it.
        check("a\nb\nc\nd\n", "A!\nb\nc\nD!\n", 2, 3);
        check("a\nb\nc\nd\n", "A!\nb\nc\nD!\n", 5, 6);
        check("a\nb\nc\nd\n", "a\nnew\nb\nc\n", 5, 9);
        check("a\nb\nc\nd\ne\n", "A\nc\nE\n", 3, 2);
        check("a\nb\nc\nd\ne\n", "A\nc\nE\n", 7, 5);
    }
}
