//! The braid: columns of people, topics, episodes and tags on the whole screen, each of which narrows the
//! others, and the pages that are left. What goes with what and how many pages a row would leave is known
//! to `search::braid`; here is where one is in it, and what the keys do.
//!
//! All that is chosen is a query, shown above the columns: a braid is opened from a query, left as one,
//! and nothing else is kept of it.

mod area;

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;

use super::failed::{FAILED, Job};
use super::input::Input;
use super::list::ListCursor;
use super::model::{Progress, Size, Ticket};
use super::narrow::{self, Took};
use super::reader::{self, Address};
use super::update::sequence;
use super::{Effect, Model, Overlay, filter, overlay, panes};
use crate::command::{Command, Key, Place};
use crate::index::{Index, PageId};
use crate::search::braid::{Choices, Narrowed, Strand, Web};
use crate::search::query::Query;
use crate::text::fold::fold;

pub use area::Area;

/// The braid's state.
#[derive(Debug, Default)]
pub struct Braid {
    /// What goes with what; nothing before it was found the first time.
    pub web: Arc<Web>,
    /// The request for what goes with what that is under way.
    asked: Option<Ticket>,
    /// The columns, and what is chosen in them.
    pub choices: Choices,
    /// What is left.
    pub narrowed: Narrowed,
    /// The rows of each column.
    pub lists: Vec<Rows>,
    /// Where one is among the pages that are left.
    pub left: ListCursor,
    /// What has the keys: a column, or with the number after the last one the pages that are left.
    pub part: usize,
    /// Whether the field of the column with the keys is typed into.
    pub typing: bool,
    /// The query that asks for the same.
    pub query: String,
    /// The filter that it was opened within.
    within: String,
    /// A filter that asks for texts: its pages are known to the filter alone, so it stays as it is.
    texts: String,
    /// The pages of what is not chosen in a column; all if `None`.
    base: Option<HashSet<PageId>>,
}

/// The rows of a column.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The items that are shown: what was chosen when they were put in order, then what leaves most
    /// pages, then by name.
    pub rows: Vec<u32>,
    /// How many of the column's items would leave any page.
    pub live: usize,
    /// Where one is in `rows`.
    pub list: ListCursor,
    /// What narrows them; empty for nothing.
    pub narrow: Input,
    order: Vec<u32>,
}

/// What is kept of a braid that was left: its query, and the filter that it was opened within.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    within: String,
    query: String,
}

/// Opens the braid within the filter: with what it chooses chosen, or as it was left if the filter is the
/// same. The columns are there once a worker has found what goes with what.
pub fn open(model: &mut Model, effects: &mut Vec<Effect>) {
    if is_open(model) {
        return;
    }
    let within = model.filter.sound.clone();
    let kept = &model.last_braid;
    let query = if kept.within == within { kept.query.clone() } else { within.clone() };
    let braid = Braid { query, within, ..Braid::default() };
    model.overlays.push(Overlay::Braid(Box::new(braid)));
    indexed(model, effects);
}

/// Whether the braid is open, be it under help.
#[must_use]
pub fn is_open(model: &Model) -> bool {
    model.overlays.iter().any(|overlay| matches!(overlay, Overlay::Braid(_)))
}

/// Gives a key to the field that is typed into; whether it took it.
pub(super) fn field_key(model: &mut Model, key: Key) -> bool {
    let screen = model.size;
    let Some(Overlay::Braid(braid)) = model.overlays.last_mut() else { return false };
    let (rows, part) = (braid.list_rows(screen, braid.part), braid.part);
    let Some(list) = braid.lists.get_mut(part) else { return false };
    let extent = (list.rows.len(), rows);
    let took = narrow::key(&mut list.narrow, &mut braid.typing, &mut list.list, extent, key);
    if took == Took::Typed {
        braid.show(part);
    }
    took != Took::Nothing
}

/// Gives pasted text to the field that is typed into.
pub(super) fn paste(model: &mut Model, text: &str) {
    let Some(Overlay::Braid(braid)) = model.overlays.last_mut() else { return };
    let part = braid.part;
    if let Some(list) = braid.lists.get_mut(part).filter(|_| braid.typing) {
        list.narrow.insert(text);
        braid.show(part);
    }
}

/// Takes a key.
pub(super) fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    let Some(command) = sequence(model, Place::Braid, key) else {
        return !model.pending.is_empty();
    };
    match command {
        // `q` only leaves the braid; `Ctrl-C` is the caller's.
        Command::Quit if key.ctrl => return false,
        Command::Braid | Command::Quit | Command::Back => overlay::close(model),
        Command::Help | Command::Palette | Command::Themes => {
            overlay::run(model, command, effects);
        }
        command if command.entry().place != Place::Everywhere => run(model, command, effects),
        // What concerns the whole program is the caller's.
        _ => return false,
    }
    true
}

/// Runs a command of the braid, or one of lists.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let screen = model.size;
    let Some(Overlay::Braid(braid)) = model.overlays.last_mut() else {
        return model.say("This is a key of the braid");
    };
    if braid.is_reading() {
        let failed = model.failed.contains(&Job::Braid);
        return model.say(if failed { FAILED } else { "Still reading what goes with what" });
    }
    let (parts, columns) = (braid.lists.len() + 1, braid.lists.len());
    braid.typing = false;
    match command {
        Command::BraidNext => braid.part = (braid.part + 1) % parts,
        Command::BraidPrevious => braid.part = (braid.part + parts - 1) % parts,
        Command::BraidNarrow => braid.typing = braid.part < columns,
        Command::BraidChoose => choose(model, false, effects),
        Command::BraidAlso => choose(model, true, effects),
        Command::BraidOpen => match braid.page() {
            Some(id) => go(model, id, effects),
            None => choose(model, false, effects),
        },
        Command::BraidKind => turn(model),
        Command::BraidFilter => to_tree(model, effects),
        Command::BraidClear => clear(model),
        _ => {
            let (rows, len) = (braid.list_rows(screen, braid.part), braid.len(braid.part));
            braid.list_mut(braid.part).run(command, len, rows);
        }
    }
}

/// A row was pressed: a column's is chosen, or taken back; a page that is left is opened.
pub(super) fn press(model: &mut Model, part: usize, row: usize, effects: &mut Vec<Effect>) {
    let screen = model.size;
    let Some(Overlay::Braid(braid)) = model.overlays.last_mut() else { return };
    let (rows, len) = (braid.list_rows(screen, part), braid.len(part));
    if row >= len {
        return;
    }
    braid.typing = false;
    braid.part = part;
    braid.list_mut(part).put(row, len, rows);
    let is_left = part == braid.lists.len();
    run(model, if is_left { Command::BraidOpen } else { Command::BraidChoose }, effects);
}

/// The wheel was turned over a part.
pub(super) fn wheel(model: &mut Model, part: usize, delta: i32) {
    let screen = model.size;
    let Some(Overlay::Braid(braid)) = model.overlays.last_mut() else { return };
    let (rows, len) = (braid.list_rows(screen, part), braid.len(part));
    braid.list_mut(part).wheel(delta, len, rows);
}

/// The index is another one: what goes with what is found anew. Until it is, what is there stays.
pub(super) fn indexed(model: &mut Model, effects: &mut Vec<Effect>) {
    if !is_open(model) {
        return;
    }
    let ticket = model.ticket();
    let opened = model.overlays.iter_mut().find_map(Overlay::braid_mut);
    if let Some(braid) = opened {
        braid.asked = Some(ticket);
        effects.push(Effect::Weave { ticket });
    }
}

/// What goes with what was found. An answer to an older question is one for an older index.
pub(super) fn woven(model: &mut Model, ticket: Ticket, web: Arc<Web>) {
    let mut opened = model.overlays.iter_mut().filter_map(Overlay::braid_mut);
    let Some(braid) = opened.find(|braid| braid.asked == Some(ticket)) else { return };
    braid.asked = None;
    weave_anew(model, web);
}

/// The pages of the filter are known now, or others.
pub(super) fn filtered(model: &mut Model) {
    let opened = model.overlays.iter_mut().find_map(Overlay::braid_mut);
    let Some(braid) = opened.filter(|braid| !braid.is_reading()) else { return };
    let web = Arc::clone(&braid.web);
    weave_anew(model, web);
}

/// Makes the columns of `web` and counts anew; each cursor stays on its item.
fn weave_anew(model: &mut Model, web: Arc<Web>) {
    let is_braid = |overlay: &Overlay| matches!(overlay, Overlay::Braid(_));
    let Some(nth) = model.overlays.iter().position(is_braid) else { return };
    let Overlay::Braid(mut braid) = model.overlays.remove(nth) else { return };
    let strands = braid.choices.columns.iter().map(|column| column.strand.clone()).collect();
    let strands = Some(strands).filter(|strands: &Vec<Strand>| !strands.is_empty());
    let before = std::mem::take(&mut *braid);
    let (within, part, asked) = (before.within.clone(), before.part, before.asked);
    *braid = Braid { web, asked, part, within, ..Braid::default() };
    braid.weave(model, &before.query, strands);
    braid.take_places(&before, model.size);
    model.overlays.insert(nth, Overlay::Braid(braid));
}

impl Braid {
    /// The item under the cursor, as the page that it is.
    #[must_use]
    pub fn page(&self) -> Option<PageId> {
        let page = match self.choices.columns.get(self.part) {
            Some(column) if column.strand == Strand::Tags => return None,
            Some(_) => {
                let list = &self.lists[self.part];
                list.rows.get(list.list.at)
            }
            None => self.narrowed.left.get(self.left.at),
        };
        self.web.id(*page?)
    }

    /// Rows of a part.
    #[must_use]
    pub fn len(&self, part: usize) -> usize {
        self.lists.get(part).map_or(self.narrowed.left.len(), |list| list.rows.len())
    }

    /// Whether there is no page at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.web.pages.is_empty()
    }

    /// Whether what goes with what is looked for, and nothing of it is known so far.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        self.asked.is_some() && self.is_empty()
    }

    pub(super) fn kept(&self) -> Kept {
        Kept { within: self.within.clone(), query: self.query.clone() }
    }

    /// Makes the columns for the model's index, with what `query` chooses; for the columns `strands`, else
    /// those of the settings.
    fn weave(&mut self, model: &Model, query: &str, strands: Option<Vec<Strand>>) {
        let index = &*model.index;
        let strands = strands.unwrap_or_else(|| self.web.chosen_strands(&model.config.braid));
        let mut rest = query;
        if Query::parse(&self.within).is_ok_and(|query| query.needs_text()) {
            let whole = Choices::read(&self.within, Vec::new(), &self.web, index).base;
            rest = match query.strip_prefix(&whole) {
                Some(rest) => rest.trim_start(),
                None if query == self.within => "",
                None => query,
            };
            if rest.len() < query.len() {
                self.texts = whole;
            }
        }
        self.read(model, rest, strands);
    }

    /// Takes the choices from a query, for these columns.
    fn read(&mut self, model: &Model, query: &str, strands: Vec<Strand>) {
        let index = &*model.index;
        self.choices = Choices::read(query, strands, &self.web, index);
        self.find_base(model);
        self.lists = vec![Rows::default(); self.choices.columns.len()];
        self.part = self.part.min(self.lists.len());
        self.count(index, None);
    }

    /// Finds the pages of what is not chosen in a column.
    fn find_base(&mut self, model: &Model) {
        let base = Query::parse(&self.choices.base).unwrap_or_default();
        let found = base.expression.is_some().then(|| {
            base.select(&model.index, model.today, &|_| None).into_iter().collect::<HashSet<_>>()
        });
        let texts = model.filter.pages.as_ref().filter(|_| !self.texts.is_empty());
        self.base = match (found, texts) {
            (Some(found), Some(texts)) => Some(found.intersection(texts).copied().collect()),
            (found, texts) => found.or_else(|| texts.cloned()),
        };
    }

    /// Counts what each row would leave; `own` is the column in which something was chosen: its counts are
    /// what they were, and so its order stays.
    fn count(&mut self, index: &Index, own: Option<usize>) {
        let base = self.base.as_ref();
        let within = |id| base.is_none_or(|base| base.contains(&id));
        self.narrowed = self.web.narrow(within, &self.choices.columns);
        let chosen = self.choices.query(&self.web, index);
        let parts = [self.texts.as_str(), &chosen];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        self.query = parts.join(" ");
        self.left = ListCursor::default();
        for (nth, (list, column)) in self.lists.iter_mut().zip(&self.choices.columns).enumerate() {
            if Some(nth) == own {
                continue;
            }
            let counts = self.narrowed.counts(&column.strand);
            let mut order: Vec<_> = (0u32..)
                .zip(&column.items)
                .map(|(name, &item)| {
                    let is_chosen = column.chosen.contains(&item);
                    (!is_chosen, Reverse(counts[item as usize]), name)
                })
                .collect();
            order.sort_unstable();
            list.live = order.iter().filter(|(_, count, _)| count.0 > 0).count();
            list.order = order.into_iter().map(|(.., name)| column.items[name as usize]).collect();
        }
        for nth in (0..self.lists.len()).filter(|nth| Some(*nth) != own) {
            self.show(nth);
        }
    }

    /// Makes the rows of a column of those that its field leaves, the cursor on the first one.
    fn show(&mut self, nth: usize) {
        let (list, column) = (&mut self.lists[nth], &self.choices.columns[nth]);
        let typed = fold(list.narrow.text.trim().trim_start_matches('#'));
        let words: Vec<&str> = typed.split_whitespace().collect();
        let items = self.web.listed(&column.strand);
        let holds =
            |item: &&u32| words.iter().all(|word| items[**item as usize].folded.contains(word));
        list.rows = list.order.iter().filter(holds).copied().collect();
        list.list = ListCursor::default();
    }

    /// Has the cursors stand on the items on which they stood in `before`, which was made for another index.
    fn take_places(&mut self, before: &Self, screen: Size) {
        for nth in 0..self.lists.len() {
            let Some(old) = before.lists.get(nth) else { continue };
            self.lists[nth].narrow = old.narrow.clone();
            self.show(nth);
            let strand = &self.choices.columns[nth].strand;
            let item = old.rows.get(old.list.at).and_then(|&item| match strand {
                Strand::Tags => self.web.tag(&before.web.tags.get(item as usize)?.folded),
                Strand::Kind(_) => self.web.place(before.web.id(item)?),
            });
            let rows = self.list_rows(screen, nth);
            let list = &mut self.lists[nth];
            let at = item.and_then(|item| list.rows.iter().position(|&row| row == item));
            if let Some(at) = at {
                list.list = old.list;
                list.list.follow(at, list.rows.len(), rows);
            }
        }
        let page = before.narrowed.left.get(before.left.at).and_then(|&page| before.web.id(page));
        let place = page.and_then(|page| self.web.place(page));
        let at = self.narrowed.left.iter().position(|page| Some(*page) == place);
        let rows = self.list_rows(screen, self.lists.len());
        if let Some(at) = at {
            self.left = before.left;
            self.left.follow(at, self.narrowed.left.len(), rows);
        }
        self.typing = before.typing && self.part < self.lists.len();
    }

    /// Rows of a part's list on the screen.
    fn list_rows(&self, screen: Size, part: usize) -> usize {
        let columns = self.lists.len();
        Area::of(screen, columns, self.part).rows(part, columns)
    }

    fn list_mut(&mut self, part: usize) -> &mut ListCursor {
        self.lists.get_mut(part).map_or(&mut self.left, |list| &mut list.list)
    }
}

/// Chooses the item under the cursor or takes it back; a page that is left is opened.
fn choose(model: &mut Model, beside: bool, effects: &mut Vec<Effect>) {
    let index = &*model.index;
    let Some(Overlay::Braid(braid)) = model.overlays.last_mut() else { return };
    let part = braid.part;
    let Some(list) = braid.lists.get(part) else {
        if let Some(id) = braid.page() {
            go(model, id, effects);
        }
        return;
    };
    let Some(&item) = list.rows.get(list.list.at) else { return };
    let column = &mut braid.choices.columns[part];
    if column.term(item, &braid.web, index).is_none() {
        return model.warn("No query can name this: its path holds a quotation mark");
    }
    column.choose(item, beside);
    braid.count(index, Some(part));
}

/// Shows the next kind that has no column in the column with the keys. What was chosen in it stays in
/// the query.
fn turn(model: &mut Model) {
    let taken = model.overlays.pop();
    let Some(Overlay::Braid(mut braid)) = taken else { return model.overlays.extend(taken) };
    let all = braid.web.strands();
    let mut strands: Vec<Strand> =
        braid.choices.columns.iter().map(|column| column.strand.clone()).collect();
    let next = strands.get(braid.part).and_then(|now| {
        let at = all.iter().position(|strand| strand == now)?;
        let others = all[at + 1..].iter().chain(&all[..at]);
        others.into_iter().find(|strand| !strands.contains(strand)).cloned()
    });
    match next {
        Some(next) => {
            strands[braid.part] = next;
            let query = braid.choices.query(&braid.web, &model.index);
            braid.read(model, &query, strands);
        }
        None if braid.part == strands.len() => model.say("These are the pages that are left"),
        None => model.say("Every kind of page has its column already"),
    }
    model.overlays.push(Overlay::Braid(braid));
}

/// Takes back what is chosen; where nothing is, also what the braid was opened within.
fn clear(model: &mut Model) {
    let taken = model.overlays.pop();
    let Some(Overlay::Braid(mut braid)) = taken else { return model.overlays.extend(taken) };
    if braid.choices.any() {
        for column in &mut braid.choices.columns {
            column.chosen.clear();
        }
    } else {
        braid.texts.clear();
        braid.choices.base.clear();
        braid.find_base(model);
    }
    braid.count(&model.index, None);
    model.overlays.push(Overlay::Braid(braid));
}

/// Leaves the braid and makes what is left the filter.
fn to_tree(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Braid(braid)) = model.overlays.last() else { return };
    if model.progress != Progress::Ready {
        return model.say("Still reading the wiki");
    }
    let query = braid.query.clone();
    let pages = braid.narrowed.left.len();
    overlay::close(model);
    filter::set(model, &query, effects);
    panes::run(model, Command::FocusTree);
    if query.is_empty() {
        model.say("Nothing is chosen: the tree shows all pages");
    } else {
        let pages = if pages == 1 { "1 page".to_owned() } else { format!("{pages} pages") };
        let clear = model.keymap.shown(Place::Everywhere, Command::ClearFilter);
        model.say(format!("The tree shows {pages}; {clear} shows all again"));
    }
}

/// Leaves the braid for a page.
fn go(model: &mut Model, id: PageId, effects: &mut Vec<Effect>) {
    let Some(page) = model.index.page(id) else { return model.warn("This page is gone") };
    let address = Address::Page(page.path.clone());
    overlay::close(model);
    reader::open(model, address, reader::Goal::Top, effects);
    panes::run(model, Command::FocusPage);
}
