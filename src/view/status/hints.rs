//! The line with the few keys that help now: which they are in each place, the most helpful first.

use ratatui::layout::Rect;

use super::super::overlay;
use super::super::paint::Canvas;
use super::selected::selected_stop;
use crate::app::context::Part;
use crate::app::hints::has_links_in_sight;
use crate::app::model::{Focus, Progress, SidebarList, WikiKind};
use crate::app::reader::links::selected_link;
use crate::app::reader::{self, OpenPage};
use crate::app::search::steps;
use crate::app::{Hit, Model, update};
use crate::command::{Command, Place};
use crate::index::Status;
use crate::layout::Action;
use crate::search::query::Query;
use crate::text::role::Role;
use crate::text::width::width;

/// Hints shown at most.
const MOST_HINTS: usize = 6;

/// The keys that help now.
pub(super) fn hints(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let right = area.right().saturating_sub(1);
    let mut at = area.x + 1;
    let mut hints = chosen(model);
    hints.truncate(MOST_HINTS);
    let cells = |(key, text, _): &Hint| width(key) + 1 + width(text);
    // Where there is no room for all, the last one stays: it leads to all the others.
    let room = usize::from(right.saturating_sub(at));
    while hints.len() > 1 && hints.iter().map(|hint| cells(hint) + 3).sum::<usize>() > room + 3 {
        hints.remove(hints.len() - 2);
    }
    for (key, text, command) in hints {
        let start = at;
        at = canvas.role(at, area.y, right, &key, Role::HintKey) + 1;
        at = canvas.role(at, area.y, right, text, Role::HintText);
        if let Some(command) = command {
            canvas.hit(Rect::new(start, area.y, at - start, 1), Hit::Hint(command));
        }
        at += 3;
    }
}

/// A hint: the key, what it does, the command behind it.
type Hint = (String, &'static str, Option<Command>);

fn chosen(model: &Model) -> Vec<Hint> {
    let plain = |key: &str, text| (key.to_owned(), text, None);
    if let Some(labels) = &model.labels {
        let back = (!labels.typed.is_empty()).then(|| plain("Backspace", "step back"));
        return back.into_iter().chain([plain("Esc", "leave")]).collect();
    }
    if !model.overlays.is_empty() {
        return vec![plain("Esc", overlay::leaving(&model.overlays))];
    }
    if model.reader.find.field.is_some() {
        let hints =
            [("Enter", "stay here"), ("Down", "next"), ("/.../", "pattern"), ("Esc", "back")];
        return hints.map(|(key, text)| plain(key, text)).into();
    }
    if model.focus == Focus::Sidebar {
        match model.sidebar.list {
            SidebarList::Tree if model.tree.typing.is_some() => {
                let tab = match (&model.suggest.rows[..], &model.filter.error) {
                    ([], Some(_)) if Query::mended(&model.filter.text).is_some() => "put right",
                    ([], _) => "complete",
                    _ => "take",
                };
                let esc = if model.suggest.rows.is_empty() { "clear" } else { "close the list" };
                let keys =
                    [("Enter", "to the list"), ("Tab", tab), ("Ctrl-X", "explain"), ("Esc", esc)];
                return keys.map(|(key, text)| plain(key, text)).into();
            }
            SidebarList::Tags if model.tags.typing => {
                return vec![plain("Enter", "to the list"), plain("Esc", "all tags")];
            }
            _ => {}
        }
    }
    if model.focus == Focus::Context && model.context.typing {
        return vec![plain("Enter", "to the list"), plain("Esc", "all rows")];
    }
    let place = update::place(model);
    commands(model, place)
        .into_iter()
        .filter_map(|command| {
            let key = model.keymap.shown(place, command);
            let text = match command {
                Command::Cancel if place == Place::Tags && is_narrowed(model) => "all tags",
                Command::Cancel if place == Place::Context && model.context.is_narrowed() => {
                    "all rows"
                }
                Command::Cancel if place != Place::Page => "page",
                Command::Cancel => "clear",
                Command::Search if steps::standing(model).is_some() => "all hits",
                Command::Follow if selects_fold(model) => "fold, unfold",
                _ => command.entry().hint,
            };
            (!key.is_empty()).then_some((key, text, Some(command)))
        })
        .collect()
}

/// Whether the list of tags is narrowed.
fn is_narrowed(model: &Model) -> bool {
    !model.tags.narrow.text.is_empty()
}

/// Whether the selected stop is the sign of a fold.
fn selects_fold(model: &Model) -> bool {
    let open = model.reader.open.as_ref();
    let stop = open.and_then(|open| open.layout.stop(selected_stop(model, open)?));
    matches!(stop.map(|stop| stop.action), Some(Action::Fold(_)))
}

/// Whether the selected link is missing or ambiguous.
fn is_odd(model: &Model, open: &OpenPage) -> bool {
    model.progress == Progress::Ready
        && selected_link(open).is_some_and(|(id, link)| {
            let status = model.index.resolve(open.base_of(id), link).status;
            matches!(status, Status::Missing | Status::Ambiguous { .. })
        })
}

/// The commands that help now, the most helpful first.
fn commands(model: &Model, place: Place) -> Vec<Command> {
    use Command as C;
    let filtered = !model.filter.text.is_empty();
    match place {
        Place::Tree if filtered => {
            vec![C::OpenNode, C::FilterTree, C::Explain, C::ClearFilter, C::Cancel, C::Help]
        }
        Place::Tree => vec![C::OpenNode, C::FilterTree, C::Tags, C::CycleSort, C::Cancel, C::Help],
        Place::Tags if filtered => {
            vec![C::RequireTag, C::AllowTag, C::ExcludeTag, C::ClearFilter, C::Cancel, C::Help]
        }
        Place::Tags => {
            vec![C::RequireTag, C::AllowTag, C::ExcludeTag, C::FilterTags, C::Cancel, C::Help]
        }
        Place::Context if model.context.part == Part::LinksTo => {
            vec![C::OpenRow, C::ShowLink, C::NextPart, C::Peek, C::Cancel, C::Help]
        }
        Place::Context => {
            vec![C::OpenRow, C::NextPart, C::FilterContext, C::Peek, C::Cancel, C::Help]
        }
        Place::Selection => vec![
            C::CopySelection,
            C::CopySelectionSource,
            C::LeaveSelection,
            C::SelectByLine,
            C::SwapEnds,
            C::Help,
        ],
        // The braid and the neighbourhood have a row of keys of their own.
        Place::Page | Place::Neighbourhood | Place::List | Place::Everywhere | Place::Braid => {
            on_page(model)
        }
    }
}

fn on_page(model: &Model) -> Vec<Command> {
    use Command as C;
    let back = (!model.history.back.is_empty()).then_some(C::Back);
    let Some(open) = &model.reader.open else {
        return vec![C::FindPage, C::FocusTree, C::Help, C::Quit];
    };
    let rows = reader::rows(model);
    let links = has_links_in_sight(open, rows).then_some(C::LinkHints);
    if steps::standing(model).is_some() && selected_stop(model, open).is_none() {
        return vec![C::NextHit, C::PreviousHit, C::Search, C::NextMatch, C::Cancel, C::Help];
    }
    let marked = !model.reader.find.matches.is_empty();
    let selected = selected_stop(model, open);
    if marked && selected.is_some() {
        return vec![C::Follow, C::NextLink, C::NextMatch, C::PreviousMatch, C::Cancel, C::Help];
    }
    if marked {
        let mut hints = vec![C::NextMatch, C::PreviousMatch, C::Cancel, C::FindInPage];
        hints.extend(links);
        hints.push(C::Help);
        return hints;
    }
    if selected.is_some() {
        let mut hints = vec![C::Follow];
        hints.extend((!selects_fold(model)).then_some(C::Peek));
        hints.push(C::NextLink);
        // Of an odd link one asks first why it is odd.
        hints.extend(is_odd(model, open).then_some(C::Explain).or(back).or(links));
        hints.extend([C::Cancel, C::Help]);
        return hints;
    }
    let mut hints = Vec::new();
    if open.layout.has_stops() {
        hints.push(C::NextLink);
    }
    hints.extend(links);
    hints.extend(back);
    if model.wiki.kind == WikiKind::Single {
        // There is no other page, and no tree.
        hints.extend([C::FindInPage, C::Outline, C::FocusMode, C::Quit, C::Help]);
    } else {
        hints.extend([C::FindPage, C::FindInPage, C::FocusTree, C::Outline, C::Help]);
    }
    if open.layout.has_wide_table(open.anchor, rows) {
        // The way back and what finds pages and words stay; of links the page itself tells.
        if hints.contains(&C::Back) {
            hints.retain(|hint| !matches!(hint, C::NextLink | C::LinkHints));
        }
        hints.splice(0..0, [C::PanRight, C::FullTable]);
    }
    // Help comes last and is never the one that is left out.
    while hints.len() > MOST_HINTS {
        hints.remove(MOST_HINTS - 1);
    }
    hints
}
