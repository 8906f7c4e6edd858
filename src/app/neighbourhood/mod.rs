//! The neighbourhood: a page in the middle of the screen, what it is linked with around it, walked like a map.
//! On small screens, or when asked for, the same as an indented tree. Here are its state and its keys; what lies
//! around a page is found in `around`, where it stands in `picture`.

mod around;
mod picture;

use std::collections::HashMap;

pub use around::{Around, Node};
pub use picture::{Picture, Spot, Toward};

use super::labels::Purpose;
use super::list::ListCursor;
use super::model::{Progress, Size, Ticket};
use super::reader::lead::Lead;
use super::reader::{self, Address, Goal};
use super::update::{place, sequence};
use super::{Effect, Hit, Model, Overlay, connect, hints, overlay, panes, peek, update};
use crate::command::{Command, Key, Match, Place};
use crate::index::{LinkRef, PageId};
use crate::search::excerpt::Excerpt;
use crate::vault::PagePath;

/// Its state.
#[derive(Debug, Default)]
pub struct Neighbourhood {
    /// What lies around the page in the middle.
    pub around: Around,
    /// Where that stands when it is drawn.
    pub picture: Picture,
    /// The nodes as the rows of the indented tree.
    pub order: Vec<usize>,
    /// Where one is in `order`.
    pub list: ListCursor,
    /// The node that is selected.
    pub selected: usize,
    /// How many steps are shown, from 1 to [`MOST_STEPS`].
    pub steps: usize,
    /// The keys that opened it, until the next key: together they may be a longer sequence.
    pub begun: Vec<Key>,
    /// The page in the middle; `None` only before the first one.
    centre: Option<PagePath>,
    /// Whether the tree is asked for.
    tree_wanted: bool,
    /// The pages that were in the middle before, each with what was selected then.
    before: Vec<(PagePath, PagePath)>,
    quotes: HashMap<LinkRef, Excerpt>,
    asked: Option<(Ticket, Vec<LinkRef>)>,
    made: Option<Made>,
}

/// What the picture was made of.
#[derive(Clone, Debug, PartialEq)]
struct Made {
    centre: PagePath,
    steps: usize,
    revision: u64,
    filter: (String, Option<usize>),
    size: Size,
    as_tree: bool,
}

/// Most steps from the middle.
pub const MOST_STEPS: usize = 3;
/// Smaller screens show the tree.
const DRAWN_FROM: Size = Size { columns: 60, rows: 16 };
/// Of each step the tree shows no more pages: nobody reads them.
const MOST_ROWS: usize = 400;

/// How the rows of the screen are shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Areas {
    /// Rows of the title: one or none.
    pub title: u16,
    /// Rows of the picture or the tree.
    pub body: u16,
    /// Rows that say what is selected.
    pub said: u16,
    /// Rows of the hints: one or none.
    pub hints: u16,
}

impl Areas {
    /// The areas on a screen of that size.
    #[must_use]
    pub fn of(screen: Size) -> Self {
        let rows = screen.rows;
        let title = u16::from(rows >= 4);
        let hints = u16::from(rows >= 6);
        let said = if rows >= 12 { 3 } else { u16::from(rows >= 8) * 2 };
        Self { title, body: rows.saturating_sub(title + hints + said), said, hints }
    }
}

impl Neighbourhood {
    /// Whether the indented tree is shown on a screen of that size.
    #[must_use]
    pub fn is_tree(&self, screen: Size) -> bool {
        self.tree_wanted || screen.columns < DRAWN_FROM.columns || screen.rows < DRAWN_FROM.rows
    }

    /// The links behind the selection, seen from the page under which it was found: the first one in each
    /// direction, each with its sentence once that was read.
    #[must_use]
    pub fn quoted(&self) -> Vec<(LinkRef, Option<&Excerpt>)> {
        self.links().into_iter().map(|link| (link, self.quotes.get(&link))).collect()
    }

    fn links(&self) -> Vec<LinkRef> {
        let Some(node) = self.around.nodes.get(self.selected) else { return Vec::new() };
        let Some(edge) = self.around.edge(self.selected, node.parent) else { return Vec::new() };
        let from = |own: bool| edge.links.iter().find(|link| (link.source == node.page) == own);
        [from(false), from(true)].into_iter().flatten().copied().collect()
    }

    /// Whether a node is shown.
    fn is_shown(&self, nth: usize, screen: Size) -> bool {
        nth < self.around.nodes.len()
            && (self.is_tree(screen) || self.picture.spots.get(nth).is_some_and(Option::is_some))
    }

    fn select(&mut self, nth: usize, screen: Size) {
        self.selected = nth;
        let row = self.order.iter().position(|&other| other == nth).unwrap_or(0);
        self.list.put(row, self.order.len(), Areas::of(screen).body.into());
    }

    fn walk(&mut self, toward: Toward, screen: Size) {
        let to = if self.is_tree(screen) {
            let row = self.order.iter().position(|&nth| nth == self.selected).unwrap_or(0);
            let node = self.around.nodes.get(self.selected);
            match toward {
                Toward::Up => row.checked_sub(1).and_then(|row| self.order.get(row)).copied(),
                Toward::Down => self.order.get(row + 1).copied(),
                Toward::Left => node.map(|node| node.parent),
                Toward::Right => node.and_then(|node| node.children.first()).copied(),
            }
        } else {
            self.picture.walk(&self.around.nodes, self.selected, toward)
        };
        if let Some(to) = to {
            self.select(to, screen);
        }
    }

    /// Selects the next node that is shown, or the one before, round and round.
    fn step(&mut self, forward: bool, screen: Size) {
        let shown: Vec<usize> =
            self.order.iter().copied().filter(|&nth| self.is_shown(nth, screen)).collect();
        let Some(at) = shown.iter().position(|&nth| nth == self.selected) else { return };
        let by = if forward { 1 } else { shown.len() - 1 };
        self.select(shown[(at + by) % shown.len()], screen);
    }

    fn path(&self, nth: usize) -> Option<PagePath> {
        self.around.nodes.get(nth).map(|node| node.path.clone())
    }
}

/// Runs a command of the neighbourhood, or opens it.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    if top(model).is_some() {
        run_in(model, command, effects);
    } else if command == Command::Neighbourhood {
        // One is enough: what lies over it is closed first.
        if model.overlays.is_empty() {
            open(model);
        }
    } else {
        let key = model.keymap.shown(place(model), Command::Neighbourhood);
        model.say(format!("That works in the neighbourhood, which {key} opens"));
    }
}

fn open(model: &mut Model) {
    let Some(open) = &model.reader.open else { return model.say("No page is open yet") };
    let page = open.address.path().filter(|path| model.index.at(path).is_some());
    let Some(path) = page.cloned() else {
        return model.say(match (&open.address, model.progress) {
            (Address::Missing { .. }, _) => {
                "Nobody has written this page yet: nothing is around it"
            }
            (_, Progress::Ready) => "This page is not in the wiki: nothing is around it",
            _ => "Still reading the wiki: what is around this page is not known yet",
        });
    };
    let around = Neighbourhood { centre: Some(path), steps: 1, ..Neighbourhood::default() };
    model.overlays.push(Overlay::Neighbourhood(Box::new(around)));
    refresh(model);
}

/// Notes the keys that opened it: with the next key they may be a longer sequence.
pub fn begun_by(model: &mut Model, keys: Vec<Key>) {
    if let Some(top) = top(model) {
        top.begun = keys;
    }
}

/// The neighbourhood, if it lies on top.
fn top(model: &mut Model) -> Option<&mut Neighbourhood> {
    match model.overlays.last_mut() {
        Some(Overlay::Neighbourhood(around)) => Some(around),
        _ => None,
    }
}

/// Takes a key. The first one may make a longer sequence of those that opened the neighbourhood: then it goes
/// away, and what the sequence means is done.
pub(super) fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    refresh(model);
    let Some(around) = top(model) else { return false };
    let mut keys = std::mem::take(&mut around.begun);
    if !keys.is_empty() {
        keys.push(key);
        match model.keymap.lookup(place(model), &keys) {
            Match::Command(command) => {
                model.overlays.pop();
                update::run(model, command, effects);
                return true;
            }
            Match::Prefix(_) => {
                model.overlays.pop();
                model.pending = keys;
                return true;
            }
            Match::None => {}
        }
    }
    match sequence(model, Place::Neighbourhood, key) {
        Some(command) => run_in(model, command, effects),
        None => !model.pending.is_empty(),
    }
}

/// Runs a command; whether it has a meaning here.
fn run_in(model: &mut Model, command: Command, effects: &mut Vec<Effect>) -> bool {
    use Command as C;
    let screen = model.size;
    let Some(around) = top(model) else { return false };
    match command {
        C::NearLeft => around.walk(Toward::Left, screen),
        C::NearRight => around.walk(Toward::Right, screen),
        C::NearUp => around.walk(Toward::Up, screen),
        C::NearDown => around.walk(Toward::Down, screen),
        C::NextNear => around.step(true, screen),
        C::PreviousNear => around.step(false, screen),
        C::OneStep => around.steps = 1,
        C::TwoSteps => around.steps = 2,
        C::ThreeSteps => around.steps = MOST_STEPS,
        C::MoreSteps => around.steps = (around.steps + 1).min(MOST_STEPS),
        C::FewerSteps => around.steps = around.steps.saturating_sub(1).max(1),
        C::NearAsTree => {
            if screen.columns < DRAWN_FROM.columns || screen.rows < DRAWN_FROM.rows {
                model.say("This screen is too small to draw it");
            } else {
                around.tree_wanted = !around.tree_wanted;
            }
        }
        C::CentreNear => {
            if let (Some(to), Some(from)) = (around.path(around.selected), around.centre.clone())
                && to != from
            {
                around.before.push((from, to.clone()));
                around.centre = Some(to);
            }
        }
        C::CentreBefore | C::Back => match around.before.pop() {
            Some((centre, selected)) => {
                around.centre = Some(centre);
                refresh(model);
                if let Some(around) = top(model)
                    && let Some(nth) = around.around.find(&selected)
                    && around.is_shown(nth, screen)
                {
                    around.select(nth, screen);
                }
            }
            None => model.say("This is where you began: Esc goes back to the page"),
        },
        C::OpenNear => open_node(model, model_selected(model), effects),
        C::Peek => peek::at(model, Hit::OverlayRow(model_selected(model)), effects),
        C::LinkHints => hints::open(model, Purpose::Open),
        C::Connect => {
            let ends = around.centre.clone().zip(around.path(around.selected));
            match ends.filter(|(from, to)| from != to) {
                Some((from, to)) => connect::ask(model, from, to, effects),
                None => model.say("Move to a page first: how is it connected with the middle?"),
            }
        }
        C::Help => overlay::run(model, command, effects),
        C::Neighbourhood | C::LeaveNeighbourhood => {
            model.overlays.pop();
        }
        _ => return false,
    }
    refresh(model);
    true
}

fn model_selected(model: &Model) -> usize {
    match model.overlays.last() {
        Some(Overlay::Neighbourhood(around)) => around.selected,
        _ => 0,
    }
}

/// A node was pressed: the first time it is selected, then opened.
pub(super) fn press(model: &mut Model, nth: usize, effects: &mut Vec<Effect>) {
    let screen = model.size;
    let Some(around) = top(model) else { return };
    around.begun.clear();
    if around.selected == nth {
        open_node(model, nth, effects);
    } else if around.is_shown(nth, screen) {
        around.select(nth, screen);
    }
}

/// Closes the neighbourhood and opens the page of a node.
pub(super) fn open_node(model: &mut Model, nth: usize, effects: &mut Vec<Effect>) {
    let Some(path) = top(model).and_then(|around| around.path(nth)) else { return };
    model.overlays.pop();
    if model.current_path() != Some(&path) {
        reader::open(model, Address::Page(path), Goal::Top, effects);
    }
    panes::run(model, Command::FocusPage);
}

/// Where a node leads.
#[must_use]
pub(super) fn lead(model: &Model, nth: usize) -> Option<Lead> {
    let Some(Overlay::Neighbourhood(around)) = model.overlays.last() else { return None };
    Some(Lead::Page(Address::Page(around.path(nth)?), Goal::Top))
}

/// The nodes on the screen, from left to right and from top to bottom as they are walked.
#[must_use]
pub(super) fn in_sight(model: &Model) -> Vec<Hit> {
    let Some(Overlay::Neighbourhood(around)) = model.overlays.last() else { return Vec::new() };
    let shown = around.order.iter().copied().filter(|&nth| around.is_shown(nth, model.size));
    let rows = usize::from(Areas::of(model.size).body);
    let (skip, take) = if around.is_tree(model.size) {
        (around.list.top(around.order.len(), rows), rows)
    } else {
        (0, usize::MAX)
    };
    shown.skip(skip).take(take).map(Hit::OverlayRow).collect()
}

/// The wheel was turned: the selection moves through the tree.
pub(super) fn wheel(model: &mut Model, rows: i32) {
    let screen = model.size;
    let Some(around) = top(model) else { return };
    if around.is_tree(screen) {
        let visible = Areas::of(screen).body.into();
        around.list.wheel(rows, around.order.len(), visible);
        if let Some(&nth) = around.order.get(around.list.at) {
            around.selected = nth;
        }
    }
}

/// Sentences were read.
pub fn quoted(model: &mut Model, ticket: Ticket, sentences: Vec<Excerpt>) {
    for overlay in &mut model.overlays {
        if let Overlay::Neighbourhood(around) = overlay
            && let Some((_, links)) = around.asked.take_if(|(asked, _)| *asked == ticket)
        {
            around.quotes.extend(links.into_iter().zip(sentences));
            return;
        }
    }
}

/// Makes the picture that the next frame shows, and asks for the sentences of the selection.
pub(super) fn prepare(model: &mut Model, effects: &mut Vec<Effect>) {
    refresh(model);
    let Some(around) = top(model) else { return };
    let links = around.links();
    let is_asked = around.asked.as_ref().is_some_and(|(_, asked)| *asked == links);
    if is_asked || links.iter().all(|link| around.quotes.contains_key(link)) {
        return;
    }
    let ticket = model.ticket();
    effects.push(Effect::ReadQuotes { ticket, links: links.clone() });
    if let Some(around) = top(model) {
        around.asked = Some((ticket, links));
    }
}

/// Finds out anew what lies around the middle, if that or the screen is another; the selection stays on its
/// page.
fn refresh(model: &mut Model) {
    let (index, filter, size) = (&model.index, &model.filter, model.size);
    let around = model.overlays.iter_mut().find_map(|overlay| match overlay {
        Overlay::Neighbourhood(around) => Some(around),
        _ => None,
    });
    let Some(around) = around else { return };
    let Some(centre) = around.centre.clone() else { return };
    let made = Made {
        centre: centre.clone(),
        steps: around.steps,
        revision: index.revision(),
        filter: (filter.text.clone(), filter.pages.as_ref().map(std::collections::HashSet::len)),
        size,
        as_tree: around.is_tree(size),
    };
    if around.made.as_ref() == Some(&made) {
        return;
    }
    let is_same_middle = around.made.as_ref().is_some_and(|made| made.centre == centre);
    if around.made.as_ref().is_none_or(|before| before.revision != made.revision) {
        around.quotes.clear();
        around.asked = None;
    }
    let selected = around.path(around.selected).filter(|_| is_same_middle);
    let rows = Areas::of(size).body;
    let rooms =
        if made.as_tree { vec![MOST_ROWS; made.steps] } else { picture::rooms(made.steps, rows) };
    let keep = |id: PageId| filter.pages.as_ref().is_none_or(|pages| pages.contains(&id));
    around.around = match index.at(&centre) {
        Some(page) => Around::of(index, page.id, &rooms, keep),
        None => Around::default(),
    };
    around.picture = if made.as_tree {
        Picture::default()
    } else {
        Picture::of(&around.around, size.columns, rows)
    };
    around.order = around.around.in_order();
    around.made = Some(made);
    let nth = selected.and_then(|path| around.around.find(&path)).unwrap_or(0);
    let nth = if around.is_shown(nth, size) { nth } else { 0 };
    around.select(nth, size);
}
