//! The braid on the whole screen: what it asks for, the columns side by side, the pages that are left.

use ratatui::layout::{Position, Rect};

use super::list::{self, of, thousands};
use super::overlay::hints;
use super::paint::Canvas;
use super::status;
use crate::app::braid::{Area, Braid, Rows};
use crate::app::failed::{FAILED, Job};
use crate::app::model::Progress;
use crate::app::{Hit, Model, Overlay};
use crate::command::{Command, Place};
use crate::search::braid::{Column, Strand};
use crate::search::query::Query;
use crate::text::role::Role;
use crate::text::width::width;

/// What stands in the place of a query while nothing is chosen.
const NOTHING_CHOSEN: &str = "nothing chosen: all pages";

/// Rows of that width have room for the days of pages.
const DAYS_FROM: u16 = 36;

/// Draws the braid.
pub(super) fn draw(model: &Model, braid: &Braid, canvas: &mut Canvas<'_>) {
    let screen = canvas.screen();
    canvas.clear(screen, canvas.theme.style(Role::Text));
    canvas.hit(screen, Hit::Overlay);
    let area = Area::of(model.size, braid.lists.len(), braid.part);
    head(model, braid, Rect { height: area.head.min(screen.height), ..screen }, canvas);
    let rest = Rect { y: screen.y + area.head, height: area.columns + area.left, ..screen };
    if braid.is_reading() {
        list::empty(canvas, rest, explanation(model, braid));
    } else {
        parts(model, braid, area, rest, canvas);
    }
    if area.footer {
        footer(model, braid, Rect { y: screen.bottom() - 1, height: 1, ..screen }, canvas);
    }
}

/// The columns and the pages that are left.
fn parts(model: &Model, braid: &Braid, area: Area, mut rest: Rect, canvas: &mut Canvas<'_>) {
    if area.strip {
        strip(braid, area, Rect { height: 1, ..rest }, canvas);
        rest.y += 1;
    }
    columns(model, braid, area, Rect { height: area.columns, ..rest }, canvas);
    if area.left > 0 {
        let below = Rect { y: rest.y + area.columns, height: area.left, ..rest };
        left(model, braid, below, canvas);
    }
}

/// The title and how much is left; the query; the same in words. On a low screen one row for it all.
fn head(model: &Model, braid: &Braid, area: Rect, canvas: &mut Canvas<'_>) {
    let (x, right) = (area.left() + 1, area.right().saturating_sub(1));
    let all = braid.web.pages.len();
    let count = of(braid.narrowed.left.len(), all);
    let unit = if all == 1 { "page" } else { "pages" };
    let count = match area.height {
        _ if braid.is_reading() && model.failed.contains(&Job::Braid) => "failed".to_owned(),
        _ if braid.is_reading() => "reading ...".to_owned(),
        0 | 1 => count,
        _ => format!("{count} {unit}"),
    };
    let title = |x: u16, end: u16, canvas: &mut Canvas<'_>| {
        canvas.role(x, area.y, end, "Braid", Role::PaneTitleFocused) + 2
    };
    let query = |x: u16, y: u16, end: u16, canvas: &mut Canvas<'_>| {
        let (text, role) = if braid.query.is_empty() {
            (NOTHING_CHOSEN, Role::Quiet)
        } else {
            (braid.query.as_str(), Role::Input)
        };
        let room = usize::from(end.saturating_sub(x));
        canvas.role(x, y, end, &canvas.cut(text, room), role);
    };
    let end = canvas.text_right(x, area.y, right, &count, Role::Quiet).saturating_sub(2);
    if area.height < 2 {
        let x = if braid.query.is_empty() { title(x, end, canvas) } else { x };
        return query(x, area.y, end, canvas);
    }
    let title = title(x, end, canvas);
    let room = usize::from(end.saturating_sub(title));
    let words = match Query::parse(&braid.query) {
        Ok(query) if query.expression.is_some() => query.in_words(),
        _ => "what goes with what: each row says how many pages it would leave".to_owned(),
    };
    canvas.role(title, area.y, end, &canvas.cut(&words, room), Role::Quiet);
    let x = canvas.role(x, area.y + 1, right, canvas.sign("❯ ", "> "), Role::InputPrompt);
    query(x, area.y + 1, right, canvas);
}

/// The names of all parts, for where not all of them are in view: a sign parts those that are from those
/// before and after them.
fn strip(braid: &Braid, area: Area, row: Rect, canvas: &mut Canvas<'_>) {
    let right = row.right().saturating_sub(1);
    let mut names: Vec<String> =
        braid.choices.columns.iter().map(|column| name(&column.strand)).collect();
    names.extend((area.left == 0).then(|| "Left".to_owned()));
    let place = format!("{} of {}", braid.part.min(names.len() - 1) + 1, names.len());
    let all: usize = names.iter().map(|name| width(name) + 2).sum();
    if all > usize::from(right.saturating_sub(row.left() + 1)) {
        // No room for all of them: which one it is, and how many there are.
        canvas.text_right(row.left(), row.y, right, &place, Role::Quiet);
        let name = names.get(braid.part).map_or("", String::as_str);
        canvas.role(row.left() + 1, row.y, right, name, Role::PaneTitleFocused);
        return;
    }
    let (before, after) = (canvas.sign(" ‹ ", " < "), canvas.sign(" › ", " > "));
    let mut x = row.left() + 1;
    for (nth, name) in names.iter().enumerate() {
        let edge = match nth {
            0 => "",
            _ if nth == area.first => before,
            _ if nth == area.first + area.shown => after,
            _ => "  ",
        };
        x = canvas.role(x, row.y, right, edge, Role::Accent);
        let in_view = (area.first..area.first + area.shown).contains(&nth);
        let role = match (in_view, nth == braid.part) {
            (_, true) => Role::PaneTitleFocused,
            (true, false) => Role::PaneTitle,
            (false, false) => Role::Quiet,
        };
        x = canvas.role(x, row.y, right, name, role);
    }
}

fn columns(model: &Model, braid: &Braid, area: Area, place: Rect, canvas: &mut Canvas<'_>) {
    // A single column leaves room for what a braid is for.
    let alone = braid.lists.len() < 2 && area.left > 0;
    let slots = u16::try_from(area.shown + usize::from(alone)).unwrap_or(1).max(1);
    let wide = (place.width + 1) / slots;
    for (slot, part) in (0..slots).zip(area.first..area.first + area.shown) {
        let x = place.x + slot * wide;
        let last = slot + 1 == slots;
        let end = if last { place.right() } else { x + wide - 1 };
        let column = Rect { x, width: end.saturating_sub(x), ..place };
        if !last {
            canvas.vertical(end, place.y, place.height, Role::PaneBorder);
        }
        match braid.lists.get(part).zip(braid.choices.columns.get(part)) {
            Some(shown) => self::column(model, braid, part, shown, column, canvas),
            None => left(model, braid, column, canvas),
        }
    }
    if alone {
        let x = place.x + (slots - 1) * wide;
        let text = Rect { x, width: place.right().saturating_sub(x), ..place };
        list::empty(canvas, text, explanation(model, braid));
    }
}

/// What a braid is for, where there is little to see of it.
fn explanation(model: &Model, braid: &Braid) -> &'static str {
    match model.progress {
        Progress::Ready if braid.is_reading() && model.failed.contains(&Job::Braid) => {
            return FAILED;
        }
        Progress::Ready if braid.is_reading() => {
            return "Reading what goes with what: the columns appear in a moment.";
        }
        Progress::Ready if braid.is_empty() => return "There are no pages yet.",
        Progress::Ready => {}
        _ => return "The columns appear once the pages are read ...",
    }
    "A braid shows which people, topics and episodes go together: each kind of page is a column, the tags are one, \
     and a choice in one narrows the others. Here all pages are of one kind and carry no tags. A page's kind is its \
     first folder, or type: in its front matter; a tag is written #so in the text."
}

fn column(
    model: &Model,
    braid: &Braid,
    part: usize,
    (list, column): (&Rows, &Column),
    area: Rect,
    canvas: &mut Canvas<'_>,
) {
    if area.is_empty() {
        return;
    }
    let has_keys = has_keys(model, braid, part);
    let (x, right) = (area.left() + 1, area.right().saturating_sub(1));
    let count = of(list.live, column.items.len());
    let end = canvas.text_right(x, area.y, right, &count, Role::Quiet).saturating_sub(1);
    if has_keys && braid.typing || !list.narrow.text.is_empty() {
        let at = canvas.role(x, area.y, end, "/", Role::InputPrompt);
        let visible = list.narrow.visible(usize::from(end.saturating_sub(at)));
        canvas.role(at, area.y, end, visible.text, Role::Input);
        if has_keys && braid.typing {
            let cursor = at + u16::try_from(visible.cursor).unwrap_or(0);
            canvas.cursor = Some(Position::new(cursor, area.y));
        }
    } else {
        let role = if has_keys { Role::PaneTitleFocused } else { Role::PaneTitle };
        let title = canvas.cut(&name(&column.strand), usize::from(end.saturating_sub(x)));
        canvas.role(x, area.y, end, &title, role);
    }
    let counts = braid.narrowed.counts(&column.strand);
    let most = column.items.iter().map(|&item| counts[item as usize]).max().unwrap_or(0);
    let cells = width(&thousands(most as usize));
    let rows = Rect { y: area.y + 1, height: area.height - 1, ..area };
    let items = braid.web.listed(&column.strand);
    let top = list.list.top(list.rows.len(), usize::from(rows.height));
    for (y, nth) in (rows.top()..rows.bottom()).zip(top..list.rows.len()) {
        let item = list.rows[nth];
        let row = Rect { y, height: 1, ..rows };
        let look = Look {
            label: &items[item as usize].label,
            count: counts[item as usize],
            cells,
            chosen: column.chosen.contains(&item).then_some(column.chosen.len()),
        };
        draw_row(&look, &column.strand, row, canvas);
        canvas.hit(row, Hit::BraidRow { part, row: nth });
        if nth == list.list.at {
            cursor(has_keys, row, canvas);
        }
    }
    if list.rows.is_empty() {
        list::empty(canvas, rows, "Nothing here is called so.");
    }
}

/// A row of a column.
struct Look<'a> {
    label: &'a str,
    /// Pages that it would leave.
    count: u32,
    /// Cells of the counts.
    cells: usize,
    /// If it is chosen: how many are chosen in its column.
    chosen: Option<usize>,
}

/// One row: whether it is chosen, the sign of its kind, its name, what it would leave. What would leave
/// nothing is quiet, and has a dot for its count.
fn draw_row(look: &Look<'_>, strand: &Strand, row: Rect, canvas: &mut Canvas<'_>) {
    let (y, right) = (row.y, row.right());
    let mark = match look.chosen {
        None => " ",
        Some(1) => "+",
        Some(_) => "|",
    };
    canvas.role(row.left(), y, right, mark, Role::Accent);
    let (sign, sign_role) = match strand {
        Strand::Kind(kind) => list::kind_look(canvas, kind.as_deref()),
        Strand::Tags => ("#", Role::Tag),
    };
    let is_dead = look.count == 0;
    let quiet = |role| if is_dead { Role::Quiet } else { role };
    let x = canvas.role(row.left() + 1, y, right, sign, quiet(sign_role));
    let space = if *strand == Strand::Tags { "" } else { " " };
    let x = canvas.role(x, y, right, space, Role::Text);
    let count =
        if is_dead { canvas.sign("·", "-").to_owned() } else { thousands(look.count as usize) };
    let cells = look.cells;
    let count = format!("{count:>cells$}");
    let end = canvas.text_right(x, y, right.saturating_sub(1), &count, Role::Quiet);
    let role = match strand {
        _ if look.chosen.is_some() => Role::Accent,
        Strand::Kind(_) => quiet(Role::Text),
        Strand::Tags => quiet(Role::Tag),
    };
    let label = list::shorten(look.label, usize::from(end.saturating_sub(x + 1)), canvas.ascii);
    canvas.role(x, y, end, &label, role);
}

/// The pages that are left, the newest first.
fn left(model: &Model, braid: &Braid, area: Rect, canvas: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    let part = braid.lists.len();
    let has_keys = has_keys(model, braid, part);
    let right = area.right();
    let line = canvas.sign("─", "-").repeat(usize::from(area.width));
    canvas.role(area.left(), area.y, right, &line, Role::PaneBorder);
    let pages = &braid.narrowed.left;
    let title = match pages.len() {
        1 => " 1 page left ".to_owned(),
        n => format!(" {} pages left, the newest first ", thousands(n)),
    };
    let title = canvas.cut(&title, usize::from(area.width));
    let role = if has_keys { Role::PaneTitleFocused } else { Role::PaneTitle };
    canvas.role(area.left(), area.y, right, &title, role);
    let rows = Rect { y: area.y + 1, height: area.height - 1, ..area };
    let top = braid.left.top(pages.len(), usize::from(rows.height));
    for (y, nth) in (rows.top()..rows.bottom()).zip(top..pages.len()) {
        let row = Rect { y, height: 1, ..rows };
        let page = &braid.web.pages[pages[nth] as usize];
        let (sign, role) = list::kind_look(canvas, page.kind.as_deref());
        let day = page.day.map_or(String::new(), |day| day.to_string());
        let day = if row.width < DAYS_FROM { String::new() } else { format!("{day:10}  ") };
        let x = canvas.role(row.left() + 1, y, right, &day, Role::Quiet);
        let x = canvas.role(x, y, right, sign, role) + 1;
        let room = usize::from(right.saturating_sub(x));
        let label = list::shorten(&page.label, room, canvas.ascii);
        canvas.role(x, y, right, &label, Role::Text);
        canvas.hit(row, Hit::BraidRow { part, row: nth });
        if nth == braid.left.at {
            cursor(has_keys, row, canvas);
        }
    }
    if pages.is_empty() {
        let text = if braid.is_empty() {
            explanation(model, braid)
        } else {
            "No page goes with all of this. The key that chose something takes it back."
        };
        list::empty(canvas, rows, text);
    }
}

fn footer(model: &Model, braid: &Braid, row: Rect, canvas: &mut Canvas<'_>) {
    canvas.clear(row, canvas.theme.style(Role::Status));
    if let Some(notice) = &model.notice {
        return status::say(notice, row.left() + 1, row.y, row.right(), canvas);
    }
    if braid.typing {
        let shown = [("Enter", "keep what is typed"), ("Esc", "take it back")];
        return hints(canvas, row, &shown);
    }
    let key = |command| model.keymap.shown(Place::Braid, command);
    let in_column = braid.part < braid.lists.len();
    let wanted: &[Command] = if in_column {
        &[
            Command::BraidChoose,
            Command::BraidNext,
            Command::BraidAlso,
            Command::BraidOpen,
            Command::BraidNarrow,
            Command::BraidFilter,
            Command::Help,
        ]
    } else {
        &[
            Command::BraidOpen,
            Command::BraidNext,
            Command::BraidFilter,
            Command::BraidClear,
            Command::Help,
        ]
    };
    let mut shown: Vec<(String, &str)> =
        wanted.iter().map(|&command| (key(command), command.entry().hint)).collect();
    shown.push(("Esc".to_owned(), "leave"));
    let shown: Vec<(&str, &str)> = shown.iter().map(|(key, hint)| (key.as_str(), *hint)).collect();
    hints(canvas, row, &shown);
}

fn cursor(has_keys: bool, row: Rect, canvas: &mut Canvas<'_>) {
    let role = if has_keys { Role::Cursor } else { Role::CursorUnfocused };
    canvas.overlay(row, canvas.theme.style(role));
}

/// Whether a part has the keys: not while something lies over the braid.
fn has_keys(model: &Model, braid: &Braid, part: usize) -> bool {
    braid.part == part && matches!(model.overlays.last(), Some(Overlay::Braid(_)))
}

/// What a column is called.
fn name(strand: &Strand) -> String {
    match strand {
        Strand::Tags => "Tags".to_owned(),
        Strand::Kind(None) => "Pages".to_owned(),
        Strand::Kind(Some(kind)) => {
            let mut letters = kind.chars();
            let first = letters.next().map(char::to_uppercase);
            first.into_iter().flatten().chain(letters).collect()
        }
    }
}
