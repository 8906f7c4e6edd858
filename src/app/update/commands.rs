//! Commands: each handed to the feature that it belongs to, and the few that belong to none.

use super::super::labels::Purpose;
use super::super::model::Focus;
use super::super::{
    Effect, Model, bookmarks, braid, connect, context, explain, filter, find, hints, marks,
    neighbourhood, overlay, panes, peek, reader, search, tags, tree,
};
use super::{READING_AGAIN, place};
use crate::command::{Command, Place};

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
        | C::NarrowPane
        | C::WidenPane => panes::run(model, command),
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
