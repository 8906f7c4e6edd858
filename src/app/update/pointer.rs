//! The mouse: what was pressed or turned over, handed to the feature that it belongs to. Labels press, too.

use super::super::model::{Focus, SidebarList};
use super::super::{
    Effect, Hit, Model, braid, check, context, overlay, peek, reader, suggest, tags, tree,
};
use super::run;
use crate::command::Command;

/// Something on the screen was pressed, or chosen by its label.
pub(in crate::app) fn press(model: &mut Model, hit: Hit, effects: &mut Vec<Effect>) {
    model.notice = None;
    model.labels = None;
    model.pending.clear();
    model.reader.find.field = None;
    if matches!(hit, Hit::Page | Hit::Stop(_) | Hit::Properties) {
        reader::select::let_go(model);
    }
    match hit {
        Hit::Stop(nth) if peek::is_open(model) => peek::follow(model, nth, effects),
        Hit::Stop(_) | Hit::Heading(_) | Hit::Properties if !model.overlays.is_empty() => {}
        Hit::Page | Hit::Heading(_) => model.focus = Focus::Page,
        Hit::Stop(nth) => {
            model.focus = Focus::Page;
            reader::links::press(model, nth, effects);
        }
        Hit::Properties => run(model, Command::ToggleProperties, effects),
        Hit::Fold(head) => {
            model.focus = Focus::Page;
            reader::folds::press(model, head, effects);
        }
        Hit::Sidebar => model.focus = Focus::Sidebar,
        Hit::TreeRow(row) => {
            model.focus = Focus::Sidebar;
            tree::press(model, row, effects);
        }
        Hit::TagRow(row) => {
            model.focus = Focus::Sidebar;
            tags::press(model, row, effects);
        }
        Hit::Context => model.focus = Focus::Context,
        Hit::ContextRow(item) => context::press(model, item, effects),
        Hit::ContextTab(part) => context::show(model, part),
        Hit::SidebarBorder | Hit::Overlay => {}
        Hit::SidebarTab(list) => {
            model.sidebar.list = list;
            model.focus = Focus::Sidebar;
        }
        Hit::Hint(command) => run(model, command, effects),
        Hit::Filter => run(model, Command::EditFilter, effects),
        Hit::Suggestion(row) => suggest::press(model, row, effects),
        Hit::OverlayRow(row) => overlay::press(model, row, effects),
        Hit::CheckTab(part) => check::turn_to(model, part, effects),
        Hit::BraidRow { part, row } => braid::press(model, part, row, effects),
        Hit::OutsideOverlay => overlay::close(model),
    }
}

pub(super) fn wheel(model: &mut Model, hit: Hit, rows: i32, effects: &mut Vec<Effect>) {
    match hit {
        Hit::Stop(_) | Hit::Heading(_) | Hit::Properties | Hit::Fold(_)
            if !model.overlays.is_empty() =>
        {
            overlay::wheel(model, rows, effects);
        }
        Hit::Page | Hit::Stop(_) | Hit::Heading(_) | Hit::Properties | Hit::Fold(_) => {
            reader::scroll::wheel(model, rows, effects);
        }
        Hit::Sidebar | Hit::TreeRow(_) | Hit::TagRow(_) | Hit::SidebarTab(_) => {
            match model.sidebar.list {
                SidebarList::Tree => tree::wheel(model, rows),
                SidebarList::Tags => tags::wheel(model, rows),
            }
        }
        Hit::Context | Hit::ContextRow(_) | Hit::ContextTab(_) => context::wheel(model, rows),
        Hit::Overlay | Hit::OverlayRow(_) | Hit::CheckTab(_) => {
            overlay::wheel(model, rows, effects);
        }
        Hit::BraidRow { part, .. } => braid::wheel(model, part, rows),
        Hit::SidebarBorder
        | Hit::Hint(_)
        | Hit::Filter
        | Hit::Suggestion(_)
        | Hit::OutsideOverlay => {}
    }
}
