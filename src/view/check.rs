//! The check: its parts with their counts, the field that narrows, the findings, the place under the cursor.

use ratatui::layout::Rect;

use super::overlay::{Edge, boxed, row};
use super::paint::Canvas;
use super::{finder, input, list, preview};
use crate::app::check::{Check, Found, Row};
use crate::app::failed::{FAILED, Job};
use crate::app::model::Progress;
use crate::app::overlay::Frame;
use crate::app::{Hit, Model};
use crate::command::{Command, Place};
use crate::index::check::{Kind, broken_fragment};
use crate::index::{LinkRef, Page, PageId, Status};
use crate::text::role::Role;
use crate::text::width::width;

/// Cells of a line's number and the gap behind it.
const NUMBER: usize = 6;
/// Boxes of fewer columns say the keys in shorter words.
const NARROW_BELOW: u16 = 56;

/// Draws the check.
pub(super) fn draw(model: &Model, check: &Check, frame: Frame, canvas: &mut Canvas<'_>) {
    let title = finder::within("Check", model);
    let count = counted(check);
    let hints = hints(model, check, frame.columns < NARROW_BELOW);
    let hints: Vec<(&str, &str)> = hints.iter().map(|(key, text)| (key.as_str(), *text)).collect();
    let inside = boxed(canvas, frame, &Edge { title: &title, count: &count, hints: &hints });
    if inside.is_empty() {
        return;
    }
    tabs(check, Rect { height: 1, ..inside }, canvas);
    let head = frame.field_rows().min(inside.height);
    let beside = frame.preview_columns().filter(|columns| columns + 3 < inside.width);
    let left = Rect { width: inside.width - beside.map_or(0, |columns| columns + 3), ..inside };
    let below = Rect { y: inside.y + head, height: inside.height - head, ..left };
    if head > 1 || check.typing {
        let y = inside.y + head - 1;
        let line = Rect { y, height: 1, ..left };
        if check.typing || check.is_narrowed() {
            canvas.clear(line, canvas.theme.style(Role::Overlay));
            let typing = check.typing && is_top(model);
            input::draw(canvas, line, "/ ", &check.narrow, "words", typing);
        } else {
            let rule = canvas.sign("─", "-").repeat(usize::from(inside.width));
            canvas.role(inside.x, y, inside.right(), &rule, Role::OverlayBorder);
        }
    }
    let top = check.list.top(check.rows.len(), usize::from(below.height));
    for (y, nth) in (below.top()..below.bottom()).zip(top..check.rows.len()) {
        let line = Rect { y, height: 1, ..below };
        if let Some(found) = &check.found {
            draw_row(model, check, found, check.rows[nth], line, canvas);
        }
        row(canvas, below, y, nth, nth == check.list.at);
    }
    if check.rows.is_empty() {
        // Without rows there is no preview either.
        list::empty(canvas, Rect { width: inside.width, ..below }, &empty_text(model, check));
    }
    if let Some(columns) = beside.filter(|_| !check.rows.is_empty()) {
        let area = Rect { x: inside.right() - columns, width: columns, ..inside };
        let area = Rect { y: area.y + head, height: area.height - head, ..area };
        canvas.vertical(left.right() + 1, area.top(), area.height, Role::OverlayBorder);
        preview::draw(&check.preview, area, canvas);
    }
}

/// The keys that help now; the last one leaves. In a `narrow` box they are said in shorter words.
fn hints(model: &Model, check: &Check, narrow: bool) -> Vec<(String, &'static str)> {
    let plain = |key: &str, text| (key.to_owned(), text);
    if check.typing {
        return vec![plain("Enter", "to the list"), plain("Esc", "all rows")];
    }
    let row = check.rows.get(check.list.at);
    let enter = match row {
        None => "",
        Some(Row::Name(nth)) if check.is_unfolded(*nth) => "fold",
        Some(Row::Name(_)) if narrow => "unfold",
        Some(Row::Name(_)) => "who wants it",
        Some(_) => "open",
    };
    let is_link = matches!(row, Some(Row::Name(_) | Row::Asker(..) | Row::Link(_)));
    let shown =
        |command: Command, text: &'static str| (model.keymap.shown(Place::Context, command), text);
    let leave = if check.is_narrowed() { "all rows" } else { "close" };
    let hints = vec![
        plain("Enter", enter),
        shown(Command::NextPart, if narrow { "parts" } else { "next part" }),
        shown(Command::FilterContext, if row.is_some() { "filter" } else { "" }),
        shown(Command::Explain, if is_link { "explain" } else { "" }),
        plain("Esc", leave),
    ];
    hints.into_iter().filter(|(key, text)| !key.is_empty() && !text.is_empty()).collect()
}

fn is_top(model: &Model) -> bool {
    matches!(model.overlays.last(), Some(crate::app::Overlay::Check(_)))
}

/// `4,300 names, wanted by 9,812 links`; `12 of 340` where some are left out.
fn counted(check: &Check) -> String {
    let Some(found) = &check.found else { return String::new() };
    if check.is_looking() {
        return "looking ...".to_owned();
    }
    let all = found.report.count(check.part);
    if check.is_narrowed() {
        return list::of(check.left, all);
    }
    if !matches!(check.part, Kind::Missing | Kind::Files) || all == 0 {
        return list::thousands(all);
    }
    let links: usize = found.report.names(check.part).map(|wanted| wanted.askers.len()).sum();
    let plural = |count: usize, one: &str| {
        format!("{} {one}{}", list::thousands(count), if count == 1 { "" } else { "s" })
    };
    format!("{}, wanted by {}", plural(all, "name"), plural(links, "link"))
}

/// The parts, each with the key that shows it, its name and its count. Where there is no room for all that, parts that
/// hold nothing go first, then the keys, then the names of all that are not shown.
fn tabs(check: &Check, area: Rect, canvas: &mut Canvas<'_>) {
    let found = check.found.as_ref().filter(|_| !check.is_looking());
    let number = |kind: Kind| found.map(|found| found.report.count(kind));
    let none = canvas.sign("·", "-");
    let count = |kind: Kind| number(kind).map_or_else(|| none.to_owned(), list::thousands);
    let shown = |kind: Kind| kind == check.part;
    let holds = |kind: Kind| shown(kind) || number(kind) != Some(0);
    let named = |nth: usize, kind: Kind| format!("{nth} {} {}", kind.title(), count(kind));
    let keyless = |_: usize, kind: Kind| format!("{} {}", kind.title(), count(kind));
    let bare = |nth: usize, kind: Kind| format!("{nth}:{}", count(kind));
    let brief =
        |nth: usize, kind: Kind| if shown(kind) { named(nth, kind) } else { bare(nth, kind) };
    // What is shown without its count.
    let least = |nth: usize, kind: Kind| match kind {
        _ if shown(kind) => format!("{nth} {}", kind.title()),
        _ => bare(nth, kind),
    };
    let all = |text: &dyn Fn(usize, Kind) -> String| -> Vec<(Kind, String)> {
        (1..).zip(Kind::ALL).map(|(nth, kind)| (kind, text(nth, kind))).collect()
    };
    let those = |text: &dyn Fn(usize, Kind) -> String| {
        let mut parts = all(text);
        parts.retain(|(kind, _)| holds(*kind));
        parts
    };
    let ways = [
        (all(&named), 3),
        (all(&named), 2),
        (those(&named), 2),
        (those(&keyless), 2),
        (those(&keyless), 1),
        (those(&brief), 2),
        (those(&brief), 1),
    ];
    let fits = |(parts, gap): &(Vec<(Kind, String)>, usize)| {
        let cells = parts.iter().map(|(_, text)| width(text)).sum::<usize>();
        cells + parts.len().saturating_sub(1) * gap <= usize::from(area.width)
    };
    let (parts, gap) = ways.into_iter().find(fits).unwrap_or_else(|| (those(&least), 1));
    let mut x = area.x;
    for (kind, text) in &parts {
        let is_shown = shown(*kind);
        let role = if is_shown { Role::OverlayTitle } else { Role::Quiet };
        let end = canvas.role(x, area.y, area.right(), text, role);
        let tab = Rect { x, width: end - x, ..area };
        if is_shown {
            // Told also where there are no colours.
            canvas.overlay(tab, canvas.theme.style(Role::CursorUnfocused));
        }
        canvas.hit(tab, Hit::CheckTab(*kind));
        x = end.saturating_add(u16::try_from(gap).unwrap_or(1));
    }
}

fn draw_row(
    model: &Model,
    check: &Check,
    found: &Found,
    row: Row,
    line: Rect,
    canvas: &mut Canvas<'_>,
) {
    match row {
        Row::Name(nth) => name(model, check, found, nth, line, canvas),
        Row::Near(_, id) => {
            let Some(page) = model.index.page(id) else { return };
            let x =
                canvas.role(line.x + 4, line.y, line.right(), canvas.sign("≈ ", "~ "), Role::Quiet);
            let x = canvas.role(x, line.y, line.right(), "near: ", Role::Quiet);
            page_name(
                page,
                Role::Link,
                Rect { x, width: line.right().saturating_sub(x), ..line },
                canvas,
            );
        }
        Row::Asker(_, at) => {
            let Some(page) = model.index.page(at.source) else { return };
            let number =
                model.index.link(at).map_or(String::new(), |link| format!("line {}", link.line));
            let end = canvas.text_right(line.x, line.y, line.right(), &number, Role::Quiet);
            let x = line.x + 4;
            let line = Rect { x, width: end.saturating_sub(x + 1), ..line };
            signed(page, Role::Overlay, line, canvas);
        }
        Row::Page(id) => whole(model, id, Role::OverlayTitle, line, canvas),
        Row::Alone(id) => whole(model, id, Role::Overlay, line, canvas),
        Row::Link(at) => link(model, check.part, at, line, canvas),
        Row::Odd(kind, nth) => {
            let Some(odd) = found.report.odd_of(kind).get(nth) else { return };
            let Some(page) = model.index.page(odd.page) else { return };
            let x = canvas.role(line.x, line.y, line.right(), "! ", Role::Warning);
            let room = usize::from(line.right().saturating_sub(x));
            let label = list::shorten(page.label(), room / 2, canvas.ascii);
            let x = canvas.role(x, line.y, line.right(), &label, Role::Overlay);
            let x = canvas.role(x, line.y, line.right(), "  ", Role::Overlay);
            let message = canvas.cut(&odd.message, usize::from(line.right().saturating_sub(x)));
            canvas.role(x, line.y, line.right(), &message, Role::Quiet);
        }
    }
}

/// A missing name: its fold, how often it is wanted, the names near to it.
fn name(
    model: &Model,
    check: &Check,
    found: &Found,
    nth: usize,
    line: Rect,
    canvas: &mut Canvas<'_>,
) {
    let Some(wanted) = found.report.missing.get(nth) else { return };
    let is_open = check.is_unfolded(nth);
    let fold = if is_open { canvas.sign("▾ ", "- ") } else { canvas.sign("▸ ", "+ ") };
    let x = canvas.role(line.x, line.y, line.right(), fold, Role::Quiet);
    let times = format!("{}{}", canvas.sign("×", "x"), list::thousands(wanted.askers.len()));
    let end = canvas.text_right(x, line.y, line.right(), &times, Role::Quiet).saturating_sub(1);
    let room = usize::from(end.saturating_sub(x));
    let text = list::shorten(&wanted.target, room, canvas.ascii);
    let x = canvas.role(x, line.y, end, &text, Role::LinkMissing);
    let near = check.near.get(&wanted.target).into_iter().flatten();
    let near: Vec<&str> = near.filter_map(|id| Some(model.index.page(*id)?.label())).collect();
    // Unfolded, each has a row of its own.
    if near.is_empty() || is_open {
        return;
    }
    let x = x + 2;
    let near = format!("{}{}", canvas.sign("≈ ", "~ "), near.join(", "));
    let room = usize::from(end.saturating_sub(x));
    // A few letters tell nothing.
    if room >= 8 {
        canvas.role(x, line.y, end, &canvas.cut(&near, room), Role::Quiet);
    }
}

/// A link below its page: its line, what it says, what became of it.
fn link(model: &Model, part: Kind, at: LinkRef, line: Rect, canvas: &mut Canvas<'_>) {
    let Some(written) = model.index.link(at) else { return };
    let number = format!("{:>width$}  ", written.line, width = NUMBER - 2);
    let x = canvas.role(line.x, line.y, line.right(), &number, Role::Quiet);
    let resolution = model.index.resolution(at);
    let path = |id: PageId| model.index.page(id).map_or("", |page| page.path.as_str());
    let fragment = written.fragment().map_or(String::new(), |name| format!("#{name}"));
    let (text, role, fate) = if part == Kind::Fragments {
        let near = broken_fragment(&model.index, at).and_then(|(_, near)| near);
        let fate = near.map_or("nothing near it".to_owned(), |near| format!("nearest: {near}"));
        (format!("{}{fragment}", written.target()), Role::LinkMissing, fate)
    } else {
        let others = match &resolution.status {
            Status::Ambiguous { others, .. } => others.as_slice(),
            _ => &[],
        };
        let or = match others {
            [] => String::new(),
            [one] => format!(" or {}", path(*one)),
            more => format!(" or {} others", more.len()),
        };
        let chosen = resolution.page().map_or("", path);
        let arrow = canvas.sign("→", "->");
        (
            format!("{}{fragment}", written.target()),
            Role::LinkAmbiguous,
            format!("{arrow} {chosen}{or}"),
        )
    };
    let room = usize::from(line.right().saturating_sub(x));
    // What became of it has at least half of the row.
    let least = room.saturating_sub(width(&fate) + 2).max(room / 2);
    let text = list::shorten(&text, least, canvas.ascii);
    let x = canvas.role(x, line.y, line.right(), &text, role) + 2;
    let fate = list::shorten(&fate, usize::from(line.right().saturating_sub(x)), canvas.ascii);
    canvas.role(x, line.y, line.right(), &fate, Role::Quiet);
}

fn whole(model: &Model, id: PageId, role: Role, line: Rect, canvas: &mut Canvas<'_>) {
    if let Some(page) = model.index.page(id) {
        signed(page, role, line, canvas);
    }
}

/// The sign of a page's kind, its name, its folder.
fn signed(page: &Page, role: Role, line: Rect, canvas: &mut Canvas<'_>) {
    let (sign, sign_role) = list::kind_look(canvas, page.kind.as_deref());
    let x = canvas.role(line.x, line.y, line.right(), sign, sign_role) + 1;
    page_name(page, role, Rect { x, width: line.right().saturating_sub(x), ..line }, canvas);
}

fn page_name(page: &Page, role: Role, line: Rect, canvas: &mut Canvas<'_>) {
    let label = list::shorten(page.label(), usize::from(line.width), canvas.ascii);
    let x = canvas.role(line.x, line.y, line.right(), &label, role) + 2;
    let room = usize::from(line.right().saturating_sub(x));
    // A few letters of a folder tell nothing.
    if room >= width(page.path.folder()).min(12) {
        let folder = list::shorten(page.path.folder(), room, canvas.ascii);
        canvas.role(x, line.y, line.right(), &folder, Role::Quiet);
    }
}

/// What would be here, or that all is well.
fn empty_text(model: &Model, check: &Check) -> String {
    if model.progress != Progress::Ready {
        return "This appears once the wiki is read ...".to_owned();
    }
    if model.failed.contains(&Job::Check) {
        return FAILED.to_owned();
    }
    if check.found.is_none() || check.is_looking() {
        return "Looking ...".to_owned();
    }
    if check.is_narrowed() {
        return "Nothing here holds these words.".to_owned();
    }
    let well = match check.part {
        Kind::Missing => "All is well: every link leads to a page that somebody has written.",
        Kind::Ambiguous => "All is well: every link can mean one page only.",
        Kind::Fragments => "All is well: every link to a heading or a block finds it on its page.",
        Kind::Orphans => "All is well: every page is linked from another one.",
        Kind::DeadEnds => "All is well: every page links to another one.",
        Kind::Pages => "All is well: every page could be read, front matter included.",
        Kind::Conflicts => "All is well: of no page two versions are left.",
        Kind::Files => "All is well: every image and every other file that a page names is there.",
    };
    match model.filter.pages {
        Some(_) => format!("{well} That is, on the pages of the filter."),
        None => well.to_owned(),
    }
}
