//! Full-text search: the lines of all pages that hold what is typed, grouped by page, the best page first. The
//! scan runs on a worker and answers in parts; here are the hits that have come so far. They outlive
//! the box: `steps` goes through them from the page, and the next search begins with them.
//!
//! No row ever moves: which page comes first is settled before the texts are read
//! (`search::fulltext::rank`), so that later hits stand below earlier ones.

pub mod steps;

use std::collections::HashSet;

use super::failed::Job;
use super::input::Input;
use super::list::ListCursor;
use super::model::{Model, Progress, Ticket};
use super::msg::{Looked, PageHits, SearchEnd};
use super::past::{Past, Walk};
use super::preview::{self, Place, Preview};
use super::{Effect, Overlay, reader, suggest};
use crate::command::{Key, KeyCode};
use crate::search::fulltext::TextSearch;
use crate::search::query::QueryError;
use crate::vault::PagePath;

/// So many lines of a page are listed: the best ones. The others are a row away.
const BEST_LINES: usize = 3;

/// The search's state.
#[derive(Debug, Default)]
pub struct Search {
    /// What is typed.
    pub input: Input,
    /// What is wrong with it.
    pub error: Option<QueryError>,
    /// Whether the active filter is lifted for this search.
    pub everywhere: bool,
    /// The hits so far, by page: those of the text before until the first of the new one come.
    pub pages: Vec<PageHits>,
    /// The rows of the list: a page, its best lines, how many more it has.
    pub rows: Vec<Row>,
    /// How many lines were found so far.
    pub lines: usize,
    /// What the search is doing.
    pub stage: Stage,
    /// How far it has come.
    pub looked: Looked,
    /// How it ended.
    pub end: SearchEnd,
    /// Where one is in `rows`; never on a page's own row.
    pub list: ListCursor,
    /// The place under the cursor.
    pub preview: Preview,
    /// Where one steps through the hits from the page, or did last.
    pub steps: steps::Steps,
    /// Pages of which all lines are listed, by their place in `pages`.
    unfolded: HashSet<usize>,
    /// What `pages` is the answer to.
    answers: Asked,
    /// What was asked last.
    asked: Asked,
    /// The ticket of that request.
    ticket: Ticket,
    /// Whether Enter was pressed before the answer came: the first hit is opened.
    entered: bool,
    /// The hit to return to, once it is found again.
    returning: Option<(PagePath, u32)>,
    /// Where in the searches of the past one is.
    walk: Walk,
}

/// What a search is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// It waits for the wiki to be read.
    Waiting,
    /// It looks through the pages.
    #[default]
    Looking,
    /// It has ended; [`Search::end`] says how.
    Done,
}

/// What a list of hits answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Asked {
    typed: String,
    /// The filter's text, if there is one.
    within: Option<String>,
    /// The index's revision.
    revision: u64,
}

/// One row of the list, by its place in [`Search::pages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The page whose hits follow.
    Page(usize),
    /// A hit of a page.
    Hit(usize, usize),
    /// More hits of the page: choosing it lists them.
    More(usize),
}

/// Opens the search as it was left. What has changed since is searched again.
pub fn open(model: &mut Model, effects: &mut Vec<Effect>) {
    let search = model.searched.take().unwrap_or_default();
    let asked = search.asked.clone();
    model.overlays.push(Overlay::Search(search));
    suggest::opened(model, effects);
    let now = asking(model);
    let failed = model.failed.contains(&Job::Search);
    if now.as_ref() == Some(&asked) && !asked.typed.trim().is_empty() && !failed {
        return follow(model, effects);
    }
    if let Some(Overlay::Search(search)) = model.overlays.last_mut() {
        let hit = search.rows.get(search.list.at).and_then(|row| search.hit_of(*row));
        let place = |(page, hit): (usize, usize)| {
            let page = search.pages.get(page)?;
            Some((page.page.clone(), page.hits.get(hit)?.line))
        };
        search.returning = hit.and_then(place);
    }
    ask(model, effects);
}

/// The box is gone; its hits are kept.
pub(super) fn closed(model: &mut Model, mut search: Box<Search>) {
    if search.error.is_none() && !search.pages.is_empty() {
        model.past_searches.keep(&search.input.text);
    }
    search.walk = Walk::default();
    search.entered = false;
    model.searched = Some(search);
}

/// The field holds another text.
pub(super) fn typed(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some(Overlay::Search(search)) = model.overlays.last_mut() {
        search.returning = None;
    }
    suggest::typed(model, effects);
    ask(model, effects);
}

/// Searches for what is typed now, within the active filter. A mistake is shown and leaves the hits.
pub(super) fn ask(model: &mut Model, effects: &mut Vec<Effect>) {
    let ticket = model.ticket();
    let Some(asked) = asking(model) else { return };
    let filter = asked.within.as_ref().and(model.filter.pages.clone());
    let is_read = model.progress == Progress::Ready;
    let Some(Overlay::Search(search)) = model.overlays.last_mut() else { return };
    // Whatever is under way answers for another text.
    search.ticket = ticket;
    search.error = None;
    search.stage = Stage::Done;
    search.looked = Looked::default();
    search.entered = false;
    search.asked = asked;
    let typed = search.input.text.clone();
    if typed.trim().is_empty() {
        search.clear();
        if is_read {
            effects.push(Effect::PrepareSearch);
        }
        return preview::want(model, None, effects);
    }
    match TextSearch::new(&typed) {
        // Nothing is known of the pages yet: `indexed` asks again.
        Ok(_) if !is_read => {
            search.clear();
            search.stage = Stage::Waiting;
        }
        Ok(_) => {
            search.stage = Stage::Looking;
            effects.push(Effect::Search { ticket, typed, within: filter });
        }
        Err(error) => search.error = Some(error),
    }
}

/// The index is another one. Hits stay where they are; what waited for the wiki to be read, or was not found, is
/// searched for again. A search under way is let end first: where files change all the time it never would.
pub(super) fn indexed(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Search(search)) = model.overlays.last() else { return };
    if !search.pages.is_empty() || search.stage == Stage::Looking {
        return;
    }
    let entered = search.entered;
    ask(model, effects);
    if let Some(Overlay::Search(search)) = model.overlays.last_mut() {
        search.entered = entered && search.stage != Stage::Done;
    }
}

/// What a search would ask now.
fn asking(model: &Model) -> Option<Asked> {
    let Some(Overlay::Search(search)) = model.overlays.last() else { return None };
    let filter = model.filter.pages.as_ref().filter(|_| !search.everywhere);
    Some(Asked {
        typed: search.input.text.clone(),
        within: filter.map(|_| model.filter.text.clone()),
        revision: model.index.revision(),
    })
}

/// Some hits of the search; `end` with the last ones. They are taken in also while the box is closed.
pub fn hits(
    model: &mut Model,
    ticket: Ticket,
    pages: Vec<PageHits>,
    (looked, end): (Looked, Option<SearchEnd>),
    effects: &mut Vec<Effect>,
) {
    let revision = model.index.revision();
    let visible = visible_rows(model);
    let is_open = matches!(model.overlays.last(), Some(Overlay::Search(_)));
    let Some(search) = current(model) else { return };
    if search.ticket != ticket || search.stage != Stage::Looking {
        return;
    }
    if search.answers != search.asked && (end.is_some() || !pages.is_empty()) {
        search.clear();
        search.answers = search.asked.clone();
    }
    search.stage = if end.is_some() { Stage::Done } else { Stage::Looking };
    search.looked = looked;
    search.end = end.unwrap_or_default();
    for page in pages.into_iter().filter(|page| !page.hits.is_empty()) {
        search.lines += page.hits.len();
        search.pages.push(page);
        search.list_page(search.pages.len() - 1);
    }
    search.come_back(visible);
    search.settle(1, visible);
    if !is_open {
        return;
    }
    if search.stage == Stage::Done && search.pages.is_empty() && search.asked.revision != revision {
        return indexed(model, effects);
    }
    let entered = search.answers == search.asked && std::mem::take(&mut search.entered);
    if entered { choose(model, effects) } else { follow(model, effects) }
}

/// Takes a key; `false` if the search has no use for it.
pub(super) fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    if suggest::key(model, key, effects) {
        return true;
    }
    let visible = visible_rows(model);
    let is_filtered = model.filter.pages.is_some();
    let past = &model.past_searches;
    let Some(Overlay::Search(search)) = model.overlays.last_mut() else { return false };
    let before = search.list.at;
    let goes_back = key.code == KeyCode::Up && (key.alt || before <= 1 && !key.ctrl);
    match key.code {
        KeyCode::Enter if search.stage == Stage::Done || search.answers == search.asked => {
            choose(model, effects);
        }
        KeyCode::Enter => search.entered = true,
        KeyCode::Char('o') if key.ctrl && is_filtered => {
            search.everywhere = !search.everywhere;
            typed(model, effects);
        }
        _ if goes_back && search.walk(past, true) => walked(model, effects),
        KeyCode::Down if key.alt => {
            if search.walk(past, false) {
                walked(model, effects);
            }
        }
        _ if search.list.key(key, search.rows.len(), visible) => {
            search.settle(if search.list.at < before { -1 } else { 1 }, visible);
            search.returning = None;
            follow(model, effects);
        }
        _ if search.input.key(key) => {
            search.walk = Walk::default();
            typed(model, effects);
        }
        _ => return false,
    }
    true
}

/// The field holds a search of the past: it is whole, so nothing is offered to be completed.
fn walked(model: &mut Model, effects: &mut Vec<Effect>) {
    typed(model, effects);
    suggest::opened(model, effects);
}

/// A row was pressed: opens it; a page's own row opens its first hit.
pub(super) fn press(model: &mut Model, row: usize, effects: &mut Vec<Effect>) {
    let Some(Overlay::Search(search)) = model.overlays.last_mut() else { return };
    if row < search.rows.len() {
        search.list.at = row;
        choose(model, effects);
    }
}

/// The wheel was turned by so many rows.
pub(super) fn wheel(model: &mut Model, rows: i32, effects: &mut Vec<Effect>) {
    let visible = visible_rows(model);
    let Some(Overlay::Search(search)) = model.overlays.last_mut() else { return };
    search.list.wheel(rows, search.rows.len(), visible);
    search.settle(1, visible);
    follow(model, effects);
}

impl Search {
    /// The hit that a row stands for, by page and place on it. For a page, its first; for more of them, the
    /// first that is not listed.
    fn hit_of(&self, row: Row) -> Option<(usize, usize)> {
        match row {
            Row::Page(page) => Some((page, 0)),
            Row::Hit(page, hit) => Some((page, hit)),
            Row::More(page) => {
                let best = best_lines(&self.pages.get(page)?.hits);
                let mut all = 0..self.pages[page].hits.len();
                all.find(|hit| !best.contains(hit)).map(|hit| (page, hit))
            }
        }
    }

    /// How many lines of a page are not listed.
    #[must_use]
    pub fn folded(&self, page: usize) -> usize {
        self.pages.get(page).map_or(0, |page| page.hits.len().saturating_sub(BEST_LINES))
    }

    /// Puts an older (or newer) search of the past into the field; whether there is one.
    fn walk(&mut self, past: &Past, older: bool) -> bool {
        let Self { walk, input, .. } = self;
        let text = if older { walk.older(past, &input.text) } else { walk.newer(past) };
        let Some(text) = text else { return false };
        *input = Input::new(text);
        true
    }

    fn clear(&mut self) {
        self.pages.clear();
        self.rows.clear();
        self.unfolded.clear();
        self.lines = 0;
        self.end = SearchEnd::default();
        self.list = ListCursor::default();
        self.steps = steps::Steps::default();
    }

    /// Adds the rows of a page.
    fn list_page(&mut self, nth: usize) {
        let hits = &self.pages[nth].hits;
        self.rows.push(Row::Page(nth));
        // A row that says "1 more line" could as well show the line.
        if self.unfolded.contains(&nth) || hits.len() <= BEST_LINES + 1 {
            self.rows.extend((0..hits.len()).map(|hit| Row::Hit(nth, hit)));
        } else {
            self.rows.extend(best_lines(hits).into_iter().map(|hit| Row::Hit(nth, hit)));
            self.rows.push(Row::More(nth));
        }
    }

    /// Lists all lines of a page; the cursor stays where it is.
    fn unfold(&mut self, page: usize) {
        self.unfolded.insert(page);
        self.rows.clear();
        (0..self.pages.len()).for_each(|nth| self.list_page(nth));
    }

    /// Puts the cursor on a hit, which is listed if it was not.
    fn put_on(&mut self, page: usize, hit: usize, visible: usize) {
        let row = |search: &Self| search.rows.iter().position(|row| *row == Row::Hit(page, hit));
        if row(self).is_none() {
            self.unfold(page);
        }
        if let Some(at) = row(self) {
            self.list.put(at, self.rows.len(), visible);
        }
    }

    /// Puts the cursor on the hit that it was on before the search was asked again.
    fn come_back(&mut self, visible: usize) {
        let Some((page, line)) = &self.returning else { return };
        let Some(nth) = self.pages.iter().position(|hits| hits.page == *page) else { return };
        let lines = &self.pages[nth].hits;
        let hit = lines.partition_point(|hit| hit.line < *line).min(lines.len() - 1);
        self.put_on(nth, hit, visible);
        self.returning = None;
    }

    /// Moves the cursor on from a page's own row, in the direction in which it came. The first row
    /// is a page's; a hit always follows.
    fn settle(&mut self, direction: isize, visible: usize) {
        if !matches!(self.rows.get(self.list.at), Some(Row::Page(_))) {
            return;
        }
        let step = if self.list.at == 0 { 1 } else { direction };
        self.list.step(step, self.rows.len(), visible);
    }
}

/// The lines that tell most of a page, in their order.
fn best_lines(hits: &[crate::search::fulltext::Hit]) -> Vec<usize> {
    let mut best: Vec<usize> = (0..hits.len()).collect();
    best.sort_by_key(|hit| std::cmp::Reverse(hits[*hit].weight));
    best.truncate(BEST_LINES);
    best.sort_unstable();
    best
}

/// The search whose hits are shown, or stepped through.
fn current(model: &mut Model) -> Option<&mut Search> {
    let open = model.overlays.iter_mut().rev().find_map(|overlay| match overlay {
        Overlay::Search(search) => Some(&mut **search),
        _ => None,
    });
    open.or(model.searched.as_deref_mut())
}

/// Has the preview show the hit under the cursor.
fn follow(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Search(search)) = model.overlays.last() else { return };
    let hit = search.rows.get(search.list.at).and_then(|row| search.hit_of(*row));
    let place = hit.and_then(|(page, hit)| place(model, search, page, hit));
    preview::want(model, place, effects);
}

/// Closes the search and opens the hit under the cursor; the row of more hits lists them.
fn choose(model: &mut Model, effects: &mut Vec<Effect>) {
    let visible = visible_rows(model);
    let Some(Overlay::Search(search)) = model.overlays.last_mut() else { return };
    let Some(&row) = search.rows.get(search.list.at) else { return };
    let Some((page, hit)) = search.hit_of(row) else { return };
    if matches!(row, Row::More(_)) {
        search.unfold(page);
        search.put_on(page, hit, visible);
        return follow(model, effects);
    }
    super::overlay::close(model);
    steps::go(model, page, hit, reader::open, effects);
}

/// Where a hit is; `None` of a page that is gone.
fn place(model: &Model, search: &Search, page: usize, hit: usize) -> Option<Place> {
    let page = search.pages.get(page)?;
    let path = model.index.at(&page.page)?.path.clone();
    Some(Place { path, at: Some(page.hits.get(hit)?.at) })
}

fn visible_rows(model: &Model) -> usize {
    model.overlays.last().map_or(0, |top| top.frame(model.size).list_rows())
}
