//! The update: messages in, effects out. Here they are only handed to the feature they belong to, and
//! keys become commands. Knows the order in which features are asked, not what they do.

use std::sync::Arc;

use super::failed::Job;
use super::labels::Purpose;
use super::model::{Focus, Progress, SidebarList};
use super::{
    Effect, Hit, Model, Msg, Overlay, bookmarks, braid, check, connect, context, explain, failed,
    filter, find, finder, hints, live, marks, neighbourhood, overlay, panes, peek, preview, reader,
    saved, search, suggest, tags, themes, tree,
};
use crate::command::{Command, Key, KeyCode, Keymap, Match, Place};
use crate::index::Index;

/// Said from the reload command on, until the wiki was read.
const READING_AGAIN: &str = "Reading the wiki again";

/// Takes in what happened.
pub fn update(model: &mut Model, msg: Msg, effects: &mut Vec<Effect>) {
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

/// Runs a command, whichever key, click or palette row asked for it.
#[expect(clippy::too_many_lines, reason = "a catalogue: every command once")]
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    use Command as C;
    match command {
        C::ScrollDown
        | C::ScrollUp
        | C::HalfPageDown
        | C::HalfPageUp
        | C::PageDown
        | C::PageUp
        | C::Top
        | C::Bottom
        | C::PanRight
        | C::PanLeft
        | C::NextHeading
        | C::PreviousHeading
        | C::GoToBacklinks
        | C::ToggleProperties => reader::scroll::run(model, command, effects),
        C::ToggleCodeWrap | C::ToggleLineNumbers => reader::scroll::toggle_code(model, command),
        C::FoldHints => hints::open(model, Purpose::Fold),
        C::ToggleFold
        | C::FoldHeadings
        | C::UnfoldAll
        | C::FoldToLevel1
        | C::FoldToLevel2
        | C::FoldToLevel3
        | C::FoldToLevel4
        | C::FoldToLevel5
        | C::FoldToLevel6 => reader::folds::run(model, command, effects),
        C::NextLink | C::PreviousLink | C::Follow => reader::links::run(model, command, effects),
        C::Neighbourhood
        | C::NearLeft
        | C::NearDown
        | C::NearUp
        | C::NearRight
        | C::NextNear
        | C::PreviousNear
        | C::OpenNear
        | C::CentreNear
        | C::CentreBefore
        | C::OneStep
        | C::TwoSteps
        | C::ThreeSteps
        | C::MoreSteps
        | C::FewerSteps
        | C::NearAsTree
        | C::LeaveNeighbourhood => neighbourhood::run(model, command, effects),
        C::Connect => connect::run(model, effects),
        C::LinkHints => hints::open(model, Purpose::Open),
        C::Peek => peek::run(model, effects),
        C::Explain => explain::run(model, effects),
        C::Back | C::Forward | C::RandomPage | C::StartPage => {
            reader::travel::run(model, command, effects);
        }
        C::SetMark | C::GoToMark => marks::open(model, command),
        C::ToggleBookmark => bookmarks::toggle(model, effects),
        C::ToggleSource => reader::source::run(model, effects),
        C::NextHit | C::PreviousHit => search::steps::run(model, command, effects),
        C::FindInPage | C::NextMatch | C::PreviousMatch => find::run(model, command, effects),
        C::CopyPageLink
        | C::CopyHeadingLink
        | C::CopyCode
        | C::CopyTable
        | C::CopyTableTsv
        | C::CopyLink
        | C::CopySource
        | C::CopyPage
        | C::Edit => reader::copy::run(model, command, effects),
        C::Select
        | C::SelectLines
        | C::SelectDown
        | C::SelectUp
        | C::SelectLeft
        | C::SelectRight
        | C::SelectNextWord
        | C::SelectPreviousWord
        | C::SelectWordEnd
        | C::SelectLineStart
        | C::SelectLineText
        | C::SelectLineEnd
        | C::SelectNextBlock
        | C::SelectPreviousBlock
        | C::SelectHalfDown
        | C::SelectHalfUp
        | C::SelectPageDown
        | C::SelectPageUp
        | C::SelectTop
        | C::SelectBottom
        | C::SwapEnds
        | C::SelectByCharacter
        | C::SelectByLine
        | C::CopySelection
        | C::CopySelectionSource
        | C::LeaveSelection => reader::select::run(model, command, effects),
        C::Outline
        | C::OpenRow
        | C::ShowLink
        | C::LeaveContext
        | C::NextPart
        | C::PreviousPart
        | C::FilterContext
        | C::ContextLinkedFrom
        | C::ContextLinksTo
        | C::ContextMentions
        | C::ContextRelated
        | C::ContextOutline => context::run(model, command, effects),
        C::Down
        | C::Up
        | C::ListHalfPageDown
        | C::ListHalfPageUp
        | C::ListPageDown
        | C::ListPageUp
        | C::First
        | C::Last => run_in_list(model, command, effects),
        C::OpenNode
        | C::CloseNode
        | C::ToggleNode
        | C::CollapseAll
        | C::ExpandAll
        | C::FilterTree
        | C::CycleSort
        | C::ToggleNames
        | C::RevealPage => tree::run(model, command, effects),
        C::RequireTag
        | C::AllowTag
        | C::ExcludeTag
        | C::OpenTagNode
        | C::CloseTagNode
        | C::FilterTags
        | C::CycleTagSort => tags::run(model, command, effects),
        C::EditFilter | C::ClearFilter => filter::run(model, command, effects),
        C::FocusLeft
        | C::FocusRight
        | C::FocusPage
        | C::FocusTree
        | C::Tags
        | C::ToggleSidebar
        | C::ToggleContext
        | C::FocusMode
        | C::NarrowSidebar
        | C::WidenSidebar => panes::run(model, command),
        C::FindPage
        | C::Search
        | C::Check
        | C::Help
        | C::Palette
        | C::Themes
        | C::FullTable
        | C::Braid => {
            overlay::run(model, command, effects);
        }
        C::BraidChoose
        | C::BraidAlso
        | C::BraidNext
        | C::BraidPrevious
        | C::BraidOpen
        | C::BraidNarrow
        | C::BraidKind
        | C::BraidFilter
        | C::BraidClear => braid::run(model, command, effects),
        C::Reload => {
            model.say(READING_AGAIN);
            effects.push(Effect::Rescan);
            reader::reread(model, effects);
        }
        C::ToggleMouse => toggle_mouse(model, effects),
        C::Cancel => cancel(model),
        C::Suspend => effects.push(Effect::Suspend),
        C::Redraw => effects.push(Effect::Redraw),
        C::Quit => effects.push(Effect::Quit),
    }
}

/// A key goes to the topmost overlay, then to a field that is being typed in the focused pane, then
/// to the keymap.
fn press_key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    model.notice = None;
    model.wiki.greeting = None;
    if model.labels.is_some() {
        return hints::key(model, key, effects);
    }
    if !model.overlays.is_empty() {
        if !overlay::key(model, key, effects) {
            run_over_overlay(model, key, effects);
        }
        return;
    }
    let taken = match (model.focus, model.sidebar.list) {
        _ if !model.pending.is_empty() => false,
        (Focus::Sidebar, SidebarList::Tree) => tree::key(model, key, effects),
        (Focus::Sidebar, SidebarList::Tags) => tags::key(model, key),
        (Focus::Context, _) if context::key(model, key) => true,
        (Focus::Page | Focus::Context, _) => find::key(model, key, effects),
    };
    if !taken {
        look_up(model, key, effects);
    }
}

/// An overlay has all keys; of those it leaves, only what concerns the whole program has a meaning. Where
/// nothing can be typed, a key of the page that does nothing says so.
fn run_over_overlay(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    let command = match model.keymap.lookup(Place::Everywhere, &[key]) {
        Match::Command(command) => Some(command),
        _ => None,
    };
    match (command, model.overlays.last()) {
        (Some(Command::Cancel), _) => overlay::close(model),
        (Some(command @ (Command::Suspend | Command::Redraw)), _) => run(model, command, effects),
        (Some(command @ Command::Quit), _) if key.ctrl => run(model, command, effects),
        (Some(Command::Explain), Some(Overlay::Finder(_))) => explain::run(model, effects),
        (_, Some(Overlay::Peek(_))) => {
            model.say("That does nothing in a peek: Enter goes to the page itself");
        }
        (
            _,
            Some(
                Overlay::Table(_)
                | Overlay::Neighbourhood(_)
                | Overlay::Connect(_)
                | Overlay::Check(_),
            ),
        ) => {
            model.say("That does nothing here: Esc goes back to the page");
        }
        _ => {}
    }
}

/// Adds the key to the sequence begun, and runs what the sequence means.
fn look_up(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    let mut keys = model.pending.clone();
    keys.push(key);
    let Some(command) = sequence(model, place(model), key) else { return };
    run(model, command, effects);
    if command.opens_at_once() {
        neighbourhood::begun_by(model, keys);
    }
}

/// Adds the key to the sequence begun; the command that it means, if it is whole. `Esc` and keys that lead
/// nowhere drop the sequence.
pub(super) fn sequence(model: &mut Model, place: Place, key: Key) -> Option<Command> {
    take_in(model, key, |keymap, keys| keymap.lookup(place, keys))
}

/// As [`sequence`], in an overlay that uses the keys of a pane.
pub(super) fn sequence_over(model: &mut Model, place: Place, key: Key) -> Option<Command> {
    take_in(model, key, |keymap, keys| keymap.lookup_over(place, keys))
}

fn take_in(
    model: &mut Model,
    key: Key,
    lookup: impl Fn(&Keymap, &[Key]) -> Match,
) -> Option<Command> {
    if !model.pending.is_empty() && key.code == KeyCode::Esc {
        model.pending.clear();
        return None;
    }
    model.pending.push(key);
    let found = lookup(&model.keymap, &model.pending);
    if !matches!(found, Match::Prefix(_)) {
        model.pending.clear();
    }
    match found {
        Match::Command(command) => Some(command),
        Match::Prefix(_) | Match::None => None,
    }
}

fn run_in_list(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    match place(model) {
        Place::Tree => tree::run(model, command, effects),
        Place::Tags => tags::run(model, command, effects),
        Place::Context => context::run(model, command, effects),
        Place::Braid => braid::run(model, command, effects),
        Place::Page | Place::Selection | Place::Neighbourhood | Place::List | Place::Everywhere => {
        }
    }
}

fn paste(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    if !model.overlays.is_empty() {
        overlay::paste(model, text, effects);
        return;
    }
    match (model.focus, model.sidebar.list) {
        (Focus::Sidebar, SidebarList::Tree) => tree::paste(model, text, effects),
        (Focus::Sidebar, SidebarList::Tags) => tags::paste(model, text),
        (Focus::Context, _) if context::paste(model, text) => {}
        (Focus::Page | Focus::Context, _) => find::paste(model, text, effects),
    }
}

/// Something on the screen was pressed, or chosen by its label.
pub(super) fn press(model: &mut Model, hit: Hit, effects: &mut Vec<Effect>) {
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

fn wheel(model: &mut Model, hit: Hit, rows: i32, effects: &mut Vec<Effect>) {
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

/// The index comes first to the filter, whose pages the lists show.
pub(super) fn indexed(model: &mut Model, index: Arc<Index>, effects: &mut Vec<Effect>) {
    model.index = index;
    model.progress = Progress::Ready;
    model.failed.remove(&Job::Scan);
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

fn toggle_mouse(model: &mut Model, effects: &mut Vec<Effect>) {
    model.mouse = !model.mouse;
    effects.push(Effect::Mouse(model.mouse));
    model.say(if model.mouse {
        "The mouse works here again"
    } else {
        "The mouse is free for the terminal's own selection"
    });
}

/// Steps back out of whatever is innermost: an overlay, marked matches, a selected link, a list.
fn cancel(model: &mut Model) {
    if !model.overlays.is_empty() {
        overlay::close(model);
    } else if place(model) == Place::Tags && tags::widen(model) {
        // The list of tags was narrowed, and is not any more.
    } else if place(model) == Place::Context && context::widen(model) {
        // All its rows are there again.
    } else if model.focus != Focus::Page {
        model.focus = Focus::Page;
    } else {
        let stepped = search::steps::end(model);
        if !find::clear(model) && !stepped && !reader::links::unselect(model) {
            panes::show_all(model);
        }
    }
}
