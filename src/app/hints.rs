//! Hints: letters on everything in sight that can be opened, in all panes, or in the topmost peek alone. A
//! small letter opens, a capital one peeks. Looks at nothing that is not on the screen.

use std::collections::HashSet;

use super::labels::{Labels, Purpose, Typed};
use super::model::{Focus, Model, SidebarList};
use super::reader::OpenPage;
use super::{
    Effect, Hit, Overlay, Panes, context, explain, neighbourhood, outline, peek, reader, tags,
    tree, update,
};
use crate::command::{Key, KeyCode};
use crate::layout::{Action, Line};
use crate::markdown::LeafKind;
use crate::vault::tree::RowKind;

/// Puts letters on everything in sight.
pub fn open(model: &mut Model, purpose: Purpose) {
    let hits = in_sight(model, purpose);
    if hits.is_empty() {
        return model.say(match purpose {
            Purpose::Fold => "Nothing in sight can be folded",
            Purpose::Open | Purpose::Peek => "Nothing in sight can be opened",
            Purpose::Explain => "Nothing in sight can be explained",
        });
    }
    model.labels = Some(Labels::new(hits, purpose));
}

/// Gives the labels a key; all keys are theirs.
pub fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    let Some(labels) = &mut model.labels else { return };
    let purpose = labels.purpose;
    match labels.key(key) {
        Typed::Narrowed => {}
        Typed::Left => {
            model.labels = None;
            if !matches!(key.code, KeyCode::Esc | KeyCode::Backspace) {
                model.say(format!("No label with {key}: the letters are gone"));
            }
        }
        Typed::Chosen { hit, capital } => {
            model.labels = None;
            match purpose {
                Purpose::Fold => update::press(model, hit, effects),
                Purpose::Explain => explain::at(model, hit, effects),
                Purpose::Open if !capital => choose(model, hit, effects),
                Purpose::Open | Purpose::Peek => peek::at(model, hit, effects),
            }
        }
    }
}

/// Takes the labels away where what they stand on is no longer there; called before each frame.
pub fn prepare(model: &mut Model) {
    let Some(labels) = model.labels.take() else { return };
    let same = in_sight(model, labels.purpose)
        .into_iter()
        .eq(labels.targets.iter().map(|target| target.hit));
    model.labels = Some(labels).filter(|_| same);
}

/// Whether one of the rows of a page shows a link, a tag or a footnote. Its rows are laid out already.
#[must_use]
pub fn has_links_in_sight(open: &OpenPage, rows: usize) -> bool {
    let is_link = |action| {
        matches!(action, Some(Action::Link(_) | Action::Tag(_)))
            || matches!(action, Some(Action::Footnote(_) | Action::Backlink(_)))
    };
    let lines = open.layout.lines(open.anchor, rows);
    lines.iter().flat_map(|line| &line.segments).any(|s| s.stop.is_some() && is_link(s.action))
}

/// The heading that starts on a line of a page, by its number in the outline.
#[must_use]
pub fn heading_on(open: &OpenPage, line: &Line) -> Option<u32> {
    let at = line.segments.iter().find_map(|segment| segment.at).filter(|at| at.offset == 0)?;
    match open.document.leaves.get(at.leaf as usize)?.kind {
        LeafKind::Heading { outline, .. } => Some(outline),
        _ => None,
    }
}

/// The fold whose head starts on a line of a page, and the first of the line's segments that is its own.
#[must_use]
pub fn fold_on(open: &OpenPage, line: &Line) -> Option<(u32, usize)> {
    let folds = &open.layout.options().folds;
    line.segments.iter().enumerate().find_map(|(nth, segment)| {
        let head = match (segment.action, segment.at) {
            (Some(Action::Fold(head)), _) => head,
            (_, Some(at)) if at.offset == 0 && at.cell == 0 => at.leaf,
            _ => return None,
        };
        folds.at(head).map(|fold| (fold.head, nth))
    })
}

/// Opens what was chosen, as pressing it would; who opens a page by letter wants to read it.
fn choose(model: &mut Model, hit: Hit, effects: &mut Vec<Effect>) {
    match hit {
        Hit::Heading(nth) if !peek::is_open(model) => outline::press(model, nth as usize, effects),
        Hit::Heading(nth) => peek::to_heading(model, nth),
        Hit::OverlayRow(nth) => neighbourhood::open_node(model, nth, effects),
        Hit::TreeRow(row) => {
            let row_kind = model.tree.tree.row(row).map(|row| row.kind);
            let is_page = matches!(row_kind, Some(RowKind::Page(_)));
            update::press(model, hit, effects);
            if is_page {
                model.focus = Focus::Page;
            }
        }
        _ => update::press(model, hit, effects),
    }
}

/// What can be labelled for a purpose.
fn in_sight(model: &mut Model, purpose: Purpose) -> Vec<Hit> {
    let mut hits = all_in_sight(model, purpose);
    if purpose == Purpose::Explain {
        hits.retain(|hit| explain::is_explained(model, *hit));
    }
    hits
}

/// What can be opened or folded: first in the pane that has the keys, then in the others, each from top to bottom.
fn all_in_sight(model: &mut Model, purpose: Purpose) -> Vec<Hit> {
    if purpose == Purpose::Fold {
        let rows = reader::rows(model);
        return model
            .reader
            .open
            .as_mut()
            .map(|open| folds_on_page(open, rows))
            .unwrap_or_default();
    }
    if let Some((open, rows)) = peek::shown(model) {
        return on_page(open, rows);
    }
    match model.overlays.last() {
        None => {}
        Some(Overlay::Neighbourhood(_)) => return neighbourhood::in_sight(model),
        Some(_) => return Vec::new(),
    }
    let panes = Panes::of(model);
    let context = if panes.context > 0 { context::in_sight(model) } else { Vec::new() };
    let sidebar = if panes.sidebar > 0 { in_sidebar(model) } else { Vec::new() };
    let rows = reader::rows(model);
    let page = match &mut model.reader.open {
        Some(open) if panes.page > 0 => on_page(open, rows),
        _ => Vec::new(),
    };
    match model.focus {
        Focus::Page => [page, context, sidebar].concat(),
        Focus::Context => [context, page, sidebar].concat(),
        Focus::Sidebar => [sidebar, page, context].concat(),
    }
}

/// Stops and headings on the rows of a page. A wrapped link counts once.
fn on_page(open: &mut OpenPage, rows: usize) -> Vec<Hit> {
    reader::ensure(open, rows);
    let mut hits = Vec::new();
    let mut seen = HashSet::new();
    for line in open.layout.lines(open.anchor, rows) {
        let heading = heading_on(open, line);
        hits.extend(heading.map(Hit::Heading));
        for segment in &line.segments {
            let stop = segment.stop.filter(|_| match segment.action {
                None | Some(Action::Properties) => false,
                // The letter of a heading opens it.
                Some(Action::Fold(_)) => heading.is_none(),
                Some(_) => true,
            });
            hits.extend(stop.filter(|stop| seen.insert(*stop)).map(Hit::Stop));
        }
    }
    hits
}

/// The folds whose heads start on the rows of the page.
fn folds_on_page(open: &mut OpenPage, rows: usize) -> Vec<Hit> {
    reader::ensure(open, rows);
    let lines = open.layout.lines(open.anchor, rows);
    let mut heads: Vec<u32> =
        lines.iter().filter_map(|line| fold_on(open, line)).map(|(head, _)| head).collect();
    heads.dedup();
    heads.into_iter().map(Hit::Fold).collect()
}

fn in_sidebar(model: &Model) -> Vec<Hit> {
    match model.sidebar.list {
        SidebarList::Tree => {
            let (len, rows) = (model.tree.tree.len(), tree::list_rows(model));
            let top = model.tree.list.top(len, rows);
            (top..len).take(rows).map(Hit::TreeRow).collect()
        }
        SidebarList::Tags => {
            let (len, rows) = (model.tags.rows.len(), tags::list_rows(model));
            let top = model.tags.list.top(len, rows);
            (top..len).take(rows).map(Hit::TagRow).collect()
        }
    }
}
