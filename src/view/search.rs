//! Full-text search: a field, the lines that were found under their pages, the place under the cursor.

use ratatui::layout::Rect;

use super::overlay::{Edge, Parts, boxed, field_above, row};
use super::paint::Canvas;
use super::{finder, list, preview, suggest};
use crate::app::Model;
use crate::app::failed::{FAILED, Job};
use crate::app::input::{Input, Visible};
use crate::app::model::Progress;
use crate::app::msg::Looked;
use crate::app::overlay::Frame;
use crate::app::search::{Row, Search, Stage};
use crate::search::query::QueryError;
use crate::text::role::Role;
use crate::text::width::width;

/// Draws the search.
pub(super) fn draw(model: &Model, search: &Search, frame: Frame, canvas: &mut Canvas<'_>) {
    let is_within = model.filter.pages.is_some() && !search.everywhere;
    let title = if search.everywhere && model.filter.pages.is_some() {
        "Search all pages, the filter lifted".to_owned()
    } else {
        finder::within("Search", model)
    };
    let failed = model.failed.contains(&Job::Search);
    let count = if failed { String::new() } else { count(search) };
    let hints = hints(model, search);
    let inside = boxed(canvas, frame, &Edge { title: &title, count: &count, hints: &hints });
    let placeholder = "words, \"a phrase\", /a pattern/, -not, tag:x";
    let Parts { list: mut area, preview: beside } =
        field_above(canvas, frame, inside, &search.input, placeholder);
    let completing = !model.suggest.rows.is_empty();
    // What is being completed is not finished, and no mistake yet.
    if let Some(error) = search.error.as_ref().filter(|_| !completing) {
        let used = explain(canvas, area, 2, &search.input, error);
        area = Rect { y: area.y + used, height: area.height - used, ..area };
    }
    let (area, completions) = suggest::parted(model, area, search.rows.len());
    let rows = usize::from(area.height);
    let top = search.list.top(search.rows.len(), rows);
    for (y, nth) in (area.top()..area.bottom()).zip(top..search.rows.len()) {
        draw_row(model, search, search.rows[nth], Rect { y, height: 1, ..area }, canvas);
        row(canvas, area, y, nth, nth == search.list.at);
    }
    let done = search.stage == Stage::Done;
    if search.rows.is_empty() && search.error.is_none() {
        let text = if failed {
            FAILED
        } else if search.input.text.trim().is_empty() {
            if model.past_searches.is_empty() {
                "Finds the lines that hold what you type: words first, then parts of words."
            } else {
                "Finds the lines that hold what you type: words first, then parts of words. Up brings back earlier searches."
            }
        } else if search.stage == Stage::Waiting && model.failed.contains(&Job::Scan) {
            "The wiki is not read, so there is nothing to search: R reads it."
        } else if search.stage == Stage::Waiting {
            &match model.progress {
                Progress::Listed { pages } if pages > 1 => {
                    let pages = list::thousands(pages);
                    format!(
                        "The wiki's {pages} pages are being read: the search begins after that."
                    )
                }
                _ => "The wiki is being read: the search begins after that.".to_owned(),
            }
        } else if done && search.end.failed {
            "The search failed: a fault in this program. Nothing was changed."
        } else if done && is_within {
            "No page that the filter shows holds this. Ctrl-O searches all pages."
        } else if done && search.end.unread > 0 {
            "No page that can be read holds this."
        } else if done {
            "No page holds this."
        } else {
            &searching(search.looked)
        };
        list::empty(canvas, area, text);
    }
    suggest::draw(model, (area, completions), canvas);
    if let Some(area) = beside {
        preview::draw(&search.preview, area, canvas);
    }
}

/// The keys that help now; the one that lifts the filter only where there is one.
fn hints<'a>(model: &Model, search: &Search) -> Vec<(&'a str, &'a str)> {
    let on_more = matches!(search.rows.get(search.list.at), Some(Row::More(_)));
    let enter =
        (!search.rows.is_empty()).then_some(("Enter", if on_more { "list them" } else { "open" }));
    let filter = match (model.filter.pages.is_some(), search.everywhere) {
        (false, _) => None,
        (true, false) => Some(("Ctrl-O", "all pages")),
        (true, true) => Some(("Ctrl-O", "within the filter")),
    };
    let past = (!model.past_searches.is_empty()).then_some(("Alt-Up", "before"));
    let rest = [("Ctrl-N/P", "move"), ("Esc", "close")];
    enter.into_iter().chain(filter).chain(past).chain(rest).collect()
}

/// What stands in place of hits while there are none, with how far the search has come.
fn searching(Looked { pages, of }: Looked) -> String {
    if pages == 0 {
        return "Searching ...".to_owned();
    }
    let (pages, of) = (list::thousands(pages), list::thousands(of));
    format!("Searching ... {pages} of {of} pages looked through")
}

/// `34 lines on 5 pages`, with a sign that more may come; of too many, that these are the best.
fn count(search: &Search) -> String {
    let plural = |n: usize, more: &str, one: &str| {
        format!("{}{more} {one}{}", list::thousands(n), if n == 1 { "" } else { "s" })
    };
    let some = search.end.cut || search.pages.iter().any(|page| page.more);
    let lines = plural(search.lines, if some { "+" } else { "" }, "line");
    let pages = plural(search.pages.len(), if search.end.cut { "+" } else { "" }, "page");
    let unread = match search.end.unread {
        0 => String::new(),
        n => format!(" ({} cannot be read)", list::thousands(n)),
    };
    match (search.stage == Stage::Done, search.rows.is_empty()) {
        (true, true) => unread.trim_start().to_owned(),
        (true, false) if search.end.failed => format!("{lines} on {pages}, then it failed"),
        (true, false) => format!("{lines} on {pages}{unread}"),
        (false, true) => String::new(),
        (false, false) => format!("{lines} on {pages} ..."),
    }
}

/// Explains a mistake under the field: a caret under its place, then what is wrong; gives the rows
/// used. The field's text starts `indent` cells to the right of `area`.
pub(super) fn explain(
    canvas: &mut Canvas<'_>,
    area: Rect,
    indent: u16,
    input: &Input,
    error: &QueryError,
) -> u16 {
    let room = area.width.saturating_sub(indent);
    let Visible { start, .. } = input.visible(usize::from(room));
    let place = |byte: u32| {
        let byte = (byte as usize).clamp(start, input.text.len());
        let cells = width(&input.text[start..list::boundary(&input.text, byte)]);
        u16::try_from(cells).unwrap_or(u16::MAX).min(room.saturating_sub(1))
    };
    let (from, to) = (place(error.span.start), place(error.span.end));
    let carets = "^".repeat(usize::from(to.saturating_sub(from).max(1)));
    let mut y = area.top();
    if y < area.bottom() {
        canvas.role(area.left() + indent + from, y, area.right(), &carets, Role::Error);
        y += 1;
    }
    for line in list::wrap(&error.message, usize::from(area.width)) {
        if y >= area.bottom() {
            break;
        }
        canvas.role(area.left(), y, area.right(), &line, Role::Error);
        y += 1;
    }
    y - area.top()
}

fn draw_row(model: &Model, search: &Search, row: Row, area: Rect, canvas: &mut Canvas<'_>) {
    let (y, right) = (area.top(), area.right());
    match row {
        Row::Page(nth) => {
            let hits = &search.pages[nth];
            let page = model.index.at(&hits.page);
            let title = page.map_or(hits.page.stem(), |page| &page.title);
            let (sign, role) = list::kind_look(canvas, page.and_then(|page| page.kind.as_deref()));
            let x = canvas.role(area.left(), y, right, sign, role);
            let more = if hits.more { "+" } else { "" };
            let count = format!("  {}{more}", list::thousands(hits.hits.len()));
            let end = canvas.text_right(x, y, right, &count, Role::Quiet);
            let label = list::shorten(title, usize::from(end.saturating_sub(x + 1)), canvas.ascii);
            let x = canvas.role(x + 1, y, end, &label, Role::OverlayTitle);
            let folder = list::shorten(
                hits.page.folder(),
                usize::from(end.saturating_sub(x + 2)),
                canvas.ascii,
            );
            canvas.role(x + 2, y, end, &folder, Role::Quiet);
        }
        Row::More(page) => {
            let lines = search.folded(page);
            let indent = if area.width < 30 { "  " } else { "        " };
            let text = format!("{indent}{} more lines", list::thousands(lines));
            canvas.role(area.left(), y, right, &text, Role::Quiet);
        }
        Row::Hit(page, nth) => {
            let Some(hit) = search.pages[page].hits.get(nth) else { return };
            let number = format!("{:>6}  ", hit.line);
            let number = if area.width < 30 { "  " } else { &number };
            let x = canvas.role(area.left(), y, right, number, Role::Quiet);
            list::marked(canvas, (x, y), right, &hit.text, &hit.matched, Role::Overlay);
        }
    }
}
