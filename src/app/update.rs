//! The update: messages in, effects out. Here they are only handed to the feature they belong to, and
//! keys become commands. Knows the order in which features are asked, not what they do.

mod commands;
mod keys;
mod pointer;

use std::sync::Arc;

use self::keys::{paste, press_key};
use self::pointer::wheel;
use super::model::{Focus, Progress, SidebarList};
use super::{
    Effect, Model, Msg, braid, check, connect, context, explain, failed, filter, find, finder,
    hints, live, neighbourhood, overlay, panes, peek, preview, reader, saved, search, suggest,
    tags, themes, tree,
};
use crate::command::Place;
use crate::index::Index;

pub use commands::run;
pub(super) use keys::{sequence, sequence_over};
pub(super) use pointer::press;

/// Said from the reload command on, until the wiki was read.
const READING_AGAIN: &str = "Reading the wiki again";

/// Takes in what happened.
pub fn update(model: &mut Model, msg: Msg, effects: &mut Vec<Effect>) {
    failed::answered(model, &msg);
    match msg {
        Msg::Key(key) => press_key(model, key, effects),
        Msg::Paste(text) => paste(model, &text, effects),
        Msg::Press(hit) => press(model, hit, effects),
        Msg::Select(drag) => {
            model.notice = None;
            model.pending.clear();
            reader::select::dragged(model, drag, effects);
        }
        Msg::Drag { from, column } => panes::drag(model, from, column),
        Msg::Wheel(hit, rows) => wheel(model, hit, rows, effects),
        Msg::Resize(size) => model.size = size,
        Msg::Run(command) => run(model, command, effects),
        Msg::PageRead(read) => reader::read(model, read, effects),
        Msg::PageBegun(read) => reader::begun(model, read, effects),
        Msg::PreviewRead(read) => preview::read(model, read),
        Msg::PeekRead(read) => peek::read(model, read),
        Msg::Measured { ticket, bytes } => peek::measured(model, ticket, bytes),
        Msg::Highlighted { ticket, leaf, from, roles } => {
            reader::highlighted(model, ticket, leaf, from, roles);
        }
        Msg::TextFound { ticket, matches } => find::found(model, ticket, matches, effects),
        Msg::Sentences { ticket, sentences } => reader::sentences(model, ticket, sentences),
        Msg::Quotes { ticket, sentences } => neighbourhood::quoted(model, ticket, sentences),
        Msg::Connected { ticket, answer } => connect::answered(model, ticket, answer),
        Msg::Listed(pages) => {
            if model.progress != Progress::Ready {
                model.progress = Progress::Listed { pages: pages.len() };
            }
            reader::travel::begin(model, &pages, effects);
            tree::listed(model, pages);
        }
        Msg::Indexed(index) => indexed(model, index, effects),
        Msg::Changed(changes) => live::changed(model, changes, effects),
        Msg::Reading(files) => live::reading(model, files),
        Msg::Found { ticket, rows } => finder::found(model, ticket, rows, effects),
        Msg::Hits { ticket, pages, looked, end } => {
            search::hits(model, ticket, pages, (looked, end), effects);
        }
        Msg::FilterMatched { ticket, pages } => filter::matched(model, ticket, pages),
        Msg::Vocabulary { ticket, vocabulary } => {
            suggest::gathered(model, ticket, vocabulary, effects);
        }
        Msg::SavedFound { ticket, pages } => saved::found(model, ticket, pages),
        Msg::Edited(Ok(())) => reader::reread(model, effects),
        Msg::Edited(Err(reason)) => model.fail(reason),
        Msg::Mentions(told) => context::told(model, told),
        Msg::Checked { ticket, found } => check::found(model, ticket, found, effects),
        Msg::Woven { ticket, web } => braid::woven(model, ticket, web),
        Msg::NearFound { ticket, found } => check::near(model, ticket, found),
        Msg::QueryExplained { ticket, explained } => explain::counted(model, ticket, &explained),
        Msg::Failed(job) => failed::failed(model, job),
        Msg::Said(notice) => model.notice = Some(notice),
        Msg::ThemesRead(all) => themes::read(model, all),
        Msg::ThemeFits(theme) => themes::fits(model, theme),
        Msg::Resumed => effects.push(Effect::Redraw),
    }
    failed::asked(model, effects);
}

/// Lays out what the next frame shows. Called once before each frame, after all waiting messages.
pub fn prepare(model: &mut Model, effects: &mut Vec<Effect>) {
    reader::prepare(model, effects);
    context::prepare(model, effects);
    tree::prepare(model);
    tags::prepare(model);
    overlay::prepare(model, effects);
    hints::prepare(model);
    failed::asked(model, effects);
}

/// The place whose keys work in the pane that has the focus.
#[must_use]
pub fn place(model: &Model) -> Place {
    match (model.focus, model.sidebar.list) {
        _ if braid::is_open(model) => Place::Braid,
        (Focus::Page, _) if reader::select::is_on(model) => Place::Selection,
        (Focus::Page, _) => Place::Page,
        (Focus::Context, _) => Place::Context,
        (Focus::Sidebar, SidebarList::Tree) => Place::Tree,
        (Focus::Sidebar, SidebarList::Tags) => Place::Tags,
    }
}

/// The index comes first to the filter, whose pages the lists show.
pub(super) fn indexed(model: &mut Model, index: Arc<Index>, effects: &mut Vec<Effect>) {
    model.index = index;
    model.progress = Progress::Ready;
    model.catching_up = None;
    if model.notice.as_ref().is_some_and(|notice| notice.text == READING_AGAIN) {
        model.say(format!("Read the wiki again: {} pages", model.index.len()));
    }
    filter::indexed(model, effects);
    saved::indexed(model, effects);
    tree::indexed(model);
    tags::indexed(model);
    overlay::indexed(model, effects);
    reader::indexed(model, effects);
}
