//! Travel: opening pages, and the way back to the exact place.
//!
//! The history changes when a page is asked for, not when it arrives: who presses Back twice before the
//! first page was read goes back two pages.

use std::cmp::Reverse;

use super::left::Left;
use super::{Address, Awaited, Goal, arrival, folds, missing, place, rows, source};
use crate::app::history::Visit;
use crate::app::model::Focus;
use crate::app::msg::ListedPage;
use crate::app::{Effect, Model, filter, memory, outline};
use crate::command::Command;
use crate::vault::PagePath;
use crate::vault::title::title;

/// Names of a start page at the root, the best first.
const START_NAMES: [&str; 3] = ["index", "readme", "home"];

/// Opens a page (or the page of a missing one), leaving the open one in the history. Opening
/// the open page again moves to `goal` and keeps a visit only if the place differs.
pub fn open(model: &mut Model, address: Address, goal: Goal, effects: &mut Vec<Effect>) {
    let glanced = std::mem::take(&mut model.reader.glancing);
    if let Some(awaited) = awaited(model, &address) {
        awaited.goal = goal;
        return;
    }
    if is_here(model, &address) {
        let before = visit(model).filter(|_| !glanced);
        // Opening what was only glanced at means to stay there, at the place already found.
        if !glanced || goal != Goal::Top {
            go_within(model, &goal, effects);
        }
        if glanced {
            stay(model, effects);
        }
        let moved = visit(model);
        if let Some(before) = before
            && moved.is_none_or(|moved| !moved.is_at(&before))
        {
            model.history.leave(before);
        }
        return;
    }
    if !glanced && let Some(visit) = visit(model) {
        model.history.leave(visit);
    }
    go(model, address, goal, effects);
}

/// As [`open()`], for one of many places that one goes through: on the open page it takes the place of the one before,
/// so that a single step back leaves them all.
pub fn open_next(model: &mut Model, address: Address, goal: Goal, effects: &mut Vec<Effect>) {
    if !is_here(model, &address) {
        return open(model, address, goal, effects);
    }
    super::scroll::stay(model, effects);
    go_within(model, &goal, effects);
}

/// Goes to a goal on the open page. Places are those of the page, not of its source, unless it was that which was
/// left.
fn go_within(model: &mut Model, goal: &Goal, effects: &mut Vec<Effect>) {
    let rows = rows(model);
    if *goal != Goal::Top {
        let is_source = matches!(goal, Goal::Left(left) if left.is_source);
        face(model, is_source, effects);
    }
    let Some(open) = &mut model.reader.open else { return };
    if let Some(notice) = place::go(open, goal, rows) {
        model.warn(notice);
    }
    outline::landed(model, goal);
}

/// Shows a page as the cursor of a list moves over it, without leaving a visit for each: the
/// first such page leaves one, those after it replace each other.
pub fn glance(model: &mut Model, address: Address, effects: &mut Vec<Effect>) {
    if is_here(model, &address) {
        return;
    }
    if !model.reader.glancing
        && let Some(visit) = visit(model)
    {
        model.history.leave(visit);
    }
    model.reader.glancing = true;
    go(model, address, Goal::Top, effects);
}

/// Goes to a byte of the open page's source, leaving a visit.
pub fn jump(model: &mut Model, offset: u32) {
    let rows = rows(model);
    let before = visit(model);
    let Some(open) = &mut model.reader.open else { return };
    folds::reveal_source(open, offset, true, rows);
    place::to_source(open, offset, rows);
    open.selected = None;
    if let Some(before) = before.filter(|before| before.left.anchor != open.anchor) {
        model.history.leave(before);
    }
}

/// The pages were listed: where nothing was opened so far, the start page is, else the newest page; of
/// equally new ones the first by path.
pub fn begin(model: &mut Model, pages: &[ListedPage], effects: &mut Vec<Effect>) {
    if model.reader.open.is_some() || model.reader.awaited.is_some() {
        return;
    }
    let newest = || pages.iter().min_by_key(|page| (Reverse(page.modified_ms), &page.path));
    let first = named_start(pages.iter().map(|page| &page.path));
    if let Some(path) = first.or_else(|| newest().map(|page| &page.path)) {
        open(model, Address::Page(path.clone()), Goal::Top, effects);
    }
}

/// Runs a command that goes to another page.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    match command {
        Command::Back if filter::back(model, effects) => {}
        Command::Back => step(model, Step::Back, effects),
        Command::Forward => step(model, Step::Forward, effects),
        Command::RandomPage => random_page(model, effects),
        Command::StartPage => start_page(model, effects),
        _ => {}
    }
}

/// The way one goes in the history.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Back,
    Forward,
}

fn step(model: &mut Model, step: Step, effects: &mut Vec<Effect>) {
    let history = &mut model.history;
    let from = if step == Step::Back { &mut history.back } else { &mut history.forward };
    let Some(target) = from.pop() else {
        return match step {
            Step::Back => model.say("This is where you started"),
            Step::Forward => model.say("There is nothing further on"),
        };
    };
    if let Some(visit) = visit(model) {
        let history = &mut model.history;
        let to = if step == Step::Back { &mut history.forward } else { &mut history.back };
        to.push(visit);
    }
    model.reader.glancing = false;
    model.focus = Focus::Page;
    let is_source = target.left.is_source;
    let goal = Goal::Left(Box::new(target.left));
    if is_here(model, &target.address) {
        face(model, is_source, effects);
        let rows = rows(model);
        if let Some(open) = &mut model.reader.open {
            place::go(open, &goal, rows);
        }
    } else {
        go(model, target.address, goal, effects);
    }
}

/// Shows the page or its source, whichever `is_source` says.
fn face(model: &mut Model, is_source: bool, effects: &mut Vec<Effect>) {
    if model.reader.open.as_ref().is_some_and(|open| open.is_source() != is_source) {
        source::run(model, effects);
    }
}

/// Asks for a page; a missing one is there at once.
fn go(model: &mut Model, address: Address, goal: Goal, effects: &mut Vec<Effect>) {
    match address {
        Address::Page(path) => {
            let ticket = model.ticket();
            model.reader.awaited = Some(Awaited { ticket, path: path.clone(), goal });
            effects.push(Effect::ReadPage { ticket, path });
        }
        Address::Missing { target, from } => {
            model.reader.awaited = None;
            let page = missing::not_written(&model.index, model.wiki.kind, &target);
            arrival::show(model, Address::Missing { target, from }, page, &goal, effects);
        }
    }
}

/// The open page was only glanced at, and is read now.
pub(super) fn stay(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some(path) = model.current_path().cloned() {
        memory::arrived(model, &path, effects);
    }
}

/// The request under way, if it is for that address: a second click on a link asks for nothing more.
fn awaited<'a>(model: &'a mut Model, address: &Address) -> Option<&'a mut Awaited> {
    model.reader.awaited.as_mut().filter(|awaited| address.path() == Some(&awaited.path))
}

/// Whether the address is that of the open page, and no other page is on its way.
fn is_here(model: &Model, address: &Address) -> bool {
    match (&model.reader.awaited, &model.reader.open) {
        (Some(_), _) | (None, None) => false,
        (None, Some(open)) => open.address == *address,
    }
}

/// The place where one is now; of a page that is being read, the place where it will open.
pub(in crate::app) fn visit(model: &Model) -> Option<Visit> {
    if let Some(Awaited { path, goal, .. }) = &model.reader.awaited {
        let left = match goal {
            Goal::Left(left) => Left::clone(left),
            _ => Left::default(),
        };
        let address = Address::Page(path.clone());
        return Some(Visit { address, title: name(model, path), left });
    }
    let open = model.reader.open.as_ref()?;
    Some(Visit { address: open.address.clone(), title: open.title.clone(), left: Left::of(open) })
}

/// What a page is called before it was read.
fn name(model: &Model, path: &PagePath) -> String {
    model.index.at(path).map_or_else(|| title(path, None), |page| page.title.clone())
}

fn random_page(model: &mut Model, effects: &mut Vec<Effect>) {
    let mut paths: Vec<&PagePath> = model.index.pages().map(|page| &page.path).collect();
    paths.retain(|path| Some(*path) != model.current_path());
    if paths.is_empty() {
        return model.say("There is no other page");
    }
    paths.sort_unstable();
    // No clock and no source of chance here: the tickets count what was done so far, and a
    // multiplication scatters them (Knuth, TAOCP 6.4).
    let chance = model.last_ticket.0.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 16;
    let nth = usize::try_from(chance % paths.len() as u64).unwrap_or(0);
    let path = paths[nth].clone();
    open(model, Address::Page(path), Goal::Top, effects);
}

fn start_page(model: &mut Model, effects: &mut Vec<Effect>) {
    match named_start(model.index.pages().map(|page| &page.path)).cloned() {
        Some(path) => open(model, Address::Page(path), Goal::Top, effects),
        None => model.say("No start page: write an index.md, README.md or home.md at the root"),
    }
}

/// The page at the root that is named as a start page.
fn named_start<'a>(pages: impl Iterator<Item = &'a PagePath>) -> Option<&'a PagePath> {
    let rank = |path: &PagePath| {
        START_NAMES.iter().position(|name| path.stem().eq_ignore_ascii_case(name))
    };
    pages
        .filter(|path| path.folder().is_empty())
        .filter_map(|path| Some((rank(path)?, path)))
        .min()
        .map(|(_, path)| path)
}
