//! What stands around the field of a query while it is typed: the list of what the term can become, and the
//! query in words.

use ratatui::layout::Rect;

use super::list;
use super::paint::Canvas;
use crate::app::{Hit, Model, suggest};
use crate::search::complete::Note;
use crate::search::query::Query;
use crate::text::role::Role;
use crate::text::width::width;

/// Parts the rows below a field into those of its `results`, of which there are so many, and those of the list,
/// none if it is closed. What is found keeps its place: the list stands below it, or at the bottom where there is
/// more than fits, and has at most half of the room then.
pub(super) fn parted(model: &Model, below: Rect, results: usize) -> (Rect, Rect) {
    let list = &model.suggest;
    let nowhere = Rect { y: below.bottom(), height: 0, ..below };
    if list.rows.is_empty() || suggest::field(model).is_none() || below.height < 2 {
        return (below, nowhere);
    }
    let most = if results == 0 { below.height } else { (below.height / 2).max(2) };
    let wanted = u16::try_from(list.visible().len() + 1).unwrap_or(u16::MAX);
    let height = wanted.min(most);
    let used = u16::try_from(results).unwrap_or(u16::MAX).min(below.height - height);
    let found = Rect { height: used, ..below };
    (found, Rect { y: found.bottom(), height, ..below })
}

/// Draws the list, its edge towards what was `found`, if there is any: see [`parted`].
pub(super) fn draw(model: &Model, (found, area): (Rect, Rect), canvas: &mut Canvas<'_>) {
    if area.height < 2 {
        return;
    }
    let list = &model.suggest;
    let visible = list.visible();
    let rows = area.height - 1;
    canvas.clear(area, canvas.theme.style(Role::Overlay));
    // Where there is no room for all, the chosen one is among those that are shown.
    let first = visible.start.max((list.at + 1).saturating_sub(rows.into()));
    let is_below = found.height > 0;
    let top = area.top() + u16::from(is_below);
    for (y, nth) in (top..top + rows).zip(first..visible.end) {
        let row = &list.rows[nth];
        let line = Rect { y, height: 1, ..area };
        let right = line.right().saturating_sub(1);
        let note = match row.note {
            Note::Pages(pages) => list::thousands(pages as usize),
            Note::Means(means) => means.to_owned(),
        };
        let room = usize::from(right.saturating_sub(line.left() + 1));
        let shown = list::shorten(&row.shown, room, canvas.ascii);
        // A note of which nothing is left tells nothing.
        let fits = width(&shown) + 2 + width(&note) <= room;
        let end = match row.note {
            Note::Means(_) if !fits => right,
            _ => canvas.text_right(line.left(), y, right, &note, Role::Quiet).saturating_sub(1),
        };
        let room = usize::from(end.saturating_sub(line.left() + 1));
        let shown = list::shorten(&row.shown, room, canvas.ascii);
        canvas.role(line.left() + 1, y, end, &shown, Role::Overlay);
        canvas.hit(line, Hit::Suggestion(nth));
        if nth == list.at {
            canvas.overlay(line, canvas.theme.style(Role::Cursor));
        }
    }
    let y = if is_below { area.top() } else { area.bottom() - 1 };
    edge(model, Rect { y, height: 1, ..area }, canvas);
}

/// The line below or above the list, with its keys and how much of it there is.
fn edge(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let (y, right) = (area.top(), area.right());
    let line = canvas.sign("─", "-").repeat(usize::from(area.width));
    canvas.role(area.left(), y, right, &line, Role::OverlayBorder);
    let list = &model.suggest;
    let mut end = right;
    if list.rows.len() > list.visible().len() {
        let place = format!(" {} ", list::of(list.at + 1, list.rows.len()));
        end = canvas.text_right(area.left(), y, right, &place, Role::Quiet);
    }
    let mut at = area.left() + 1;
    let arrows = list.has_arrows.then_some((canvas.sign("↑↓", "Up/Down"), "choose"));
    let hide = ("Esc", "hide");
    for (key, text) in [("Tab", "take")].into_iter().chain(arrows).chain([hide]) {
        if usize::from(end.saturating_sub(at)) < width(key) + width(text) + 3 {
            break;
        }
        at = canvas.role(at, y, right, " ", Role::HintText);
        at = canvas.role(at, y, right, key, Role::HintKey);
        at = canvas.role(at, y, right, &format!(" {text} "), Role::HintText);
    }
}

/// What was understood of the query `text`, with the number of `pages` that meet it where it is known, and
/// what is not finished. `None` where there is nothing to say, or a mistake, which is explained elsewhere.
pub(super) fn restated(text: &str, pages: Option<usize>, dot: &str) -> Option<String> {
    let (query, unfinished) = Query::typed(text).ok()?;
    let unfinished = unfinished.map(|missing| missing.message);
    if query.expression.is_none() {
        return unfinished;
    }
    let words = query.in_words();
    let words = match pages {
        Some(1) => format!("1 page{}", words.strip_prefix("pages")?),
        Some(pages) => format!("{} {words}", list::thousands(pages)),
        None => words,
    };
    Some(match unfinished {
        Some(missing) => format!("{words} {dot} {missing}"),
        None => words,
    })
}
