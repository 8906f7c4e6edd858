//! The neighbourhood: a title, the picture or the indented tree, what is selected with the sentences behind it,
//! and the keys.

mod raster;

use ratatui::layout::Rect;

use super::list::{self, thousands};
use super::overlay::hints;
use super::paint::Canvas;
use super::status;
use crate::app::model::Size;
use crate::app::neighbourhood::{Areas, Neighbourhood, Node, Spot};
use crate::app::{Hit, Model, update};
use crate::command::{Command, Place};
use crate::index::graph::{Tally, Way};
use crate::search::tagfilter;
use crate::text::role::Role;
use crate::text::width::width;
use raster::Raster;

/// Links between pages that were both found otherwise are drawn where there are no more than these: of all
/// pages, or of the selected one.
const MOST_CROSSING: usize = 8;

/// Names on fewer cells show only their beginning.
const SHORT: usize = 16;

/// Draws it over the whole screen.
pub(super) fn draw(model: &Model, around: &Neighbourhood, canvas: &mut Canvas<'_>) {
    let screen = canvas.screen();
    canvas.clear(screen, canvas.theme.style(Role::Text));
    canvas.hit(screen, Hit::Overlay);
    let size = Size { columns: screen.width, rows: screen.height };
    let areas = Areas::of(size);
    let mut y = screen.y;
    let mut part = |rows: u16| {
        y += rows;
        Rect { y: y - rows, height: rows, ..screen }
    };
    let (head, body) = (part(areas.title), part(areas.body));
    let (said, foot) = (part(areas.said), part(areas.hints));
    title(model, around, head, canvas);
    if around.around.nodes.is_empty() {
        list::empty(canvas, body, "This page is gone.");
    } else if around.is_tree(size) {
        tree(around, body, canvas);
    } else {
        picture(around, body, canvas);
    }
    selection(model, around, said, canvas);
    footer(model, around, foot, canvas);
}

/// What is in the middle, and at the right how much is shown and left out.
fn title(model: &Model, around: &Neighbourhood, row: Rect, canvas: &mut Canvas<'_>) {
    let Some(centre) = around.around.nodes.first().filter(|_| !row.is_empty()) else { return };
    let (left, right) = (row.left() + 1, row.right().saturating_sub(1));
    let size = Size { columns: canvas.screen().width, rows: canvas.screen().height };
    let inner = &around.around;
    let hidden = if around.is_tree(size) { 0 } else { around.picture.hidden() };
    let shown = inner.nodes.len() - 1 - hidden;
    let steps = if around.steps == 1 { "step" } else { "steps" };
    let pages = if shown == 1 { "page" } else { "pages" };
    let mut parts =
        vec![format!("{} {steps}", around.steps), format!("{} {pages}", thousands(shown))];
    if inner.left_out + hidden > 0 {
        parts.push(format!("+{} more", thousands(inner.left_out + hidden)));
    }
    if model.filter.pages.is_some() {
        let query = list::shorten(&tagfilter::shown(&model.filter.text), 24, canvas.ascii);
        parts.push(match inner.unwanted {
            0 => format!("all meet {query}"),
            unwanted => format!("{} do not meet {query}", thousands(unwanted)),
        });
    }
    let dot = canvas.sign(" · ", " - ");
    // The counts give way from behind, the name in the middle stays.
    let room =
        usize::from(right.saturating_sub(left)).saturating_sub(width(&centre.title).min(20) + 4);
    while parts.len() > 1 && width(&parts.join(dot)) > room {
        parts.pop();
    }
    let count = canvas.cut(&parts.join(dot), room);
    let end = canvas.text_right(left, row.y, right, &count, Role::Quiet).saturating_sub(2);
    let at = if row.width >= 60 {
        canvas.role(left, row.y, end, "Around ", Role::PaneTitleFocused)
    } else {
        left
    };
    name(centre, at, row.y, end, Role::PaneTitleFocused, canvas);
}

/// The sign and the name of a page, as far as there is room; gives the column after it.
fn name(node: &Node, x: u16, y: u16, right: u16, role: Role, canvas: &mut Canvas<'_>) -> u16 {
    let (sign, look) = list::kind_look(canvas, node.kind.as_deref());
    let x = canvas.role(x, y, right, sign, look);
    if x + 1 >= right {
        return x;
    }
    let room = usize::from(right.saturating_sub(x + 1));
    // Of a few cells the beginning says more than both ends.
    let title = match room {
        ..SHORT => canvas.cut(&node.title, room),
        _ => list::shorten(&node.title, room, canvas.ascii),
    };
    canvas.role(x + 1, y, right, &title, role)
}

fn picture(around: &Neighbourhood, area: Rect, canvas: &mut Canvas<'_>) {
    let nodes = &around.around.nodes;
    let mut raster = Raster::new(area.width, area.height, canvas.ascii);
    for (pair, role) in lines(around) {
        let spot = |nth: usize| around.picture.spots.get(nth).copied().flatten();
        let (Some(from), Some(to)) = (spot(pair.0), spot(pair.1)) else { continue };
        let is_branch = nodes[pair.1].parent == pair.0;
        let from = if is_branch { outer_end(from, to) } else { inner_end(from) };
        raster.line(from, inner_end(to), role);
    }
    for (column, row, sign, role) in raster.cells() {
        let (x, y) = (area.x + column, area.y + row);
        canvas.role(x, y, area.right(), sign.encode_utf8(&mut [0; 4]), role);
    }
    for (nth, node) in nodes.iter().enumerate() {
        let Some(spot) = around.picture.spots.get(nth).copied().flatten() else { continue };
        draw_node(around, nth, node, spot, area, canvas);
    }
}

/// The pairs between which lines are drawn, those of the selection last, so that they lie over the others. Of
/// a branch the node nearer to the middle comes first.
fn lines(around: &Neighbourhood) -> Vec<((usize, usize), Role)> {
    let nodes = &around.around.nodes;
    let is_own = |&(a, b): &(usize, usize)| a == around.selected || b == around.selected;
    let pairs = around.around.edges.iter().map(|edge| edge.ends);
    let crossing: Vec<(usize, usize)> =
        pairs.filter(|&(a, b)| nodes[a].parent != b && nodes[b].parent != a).collect();
    let mut lines = Vec::new();
    if crossing.len() <= MOST_CROSSING {
        lines.extend(crossing.iter().map(|&pair| (pair, Role::PaneBorder)));
    }
    lines.extend((1..nodes.len()).map(|nth| ((nodes[nth].parent, nth), Role::Quiet)));
    // All branches of the middle are its own.
    if around.selected > 0 {
        let own: Vec<(usize, usize)> = crossing.into_iter().filter(is_own).collect();
        if own.len() <= MOST_CROSSING {
            lines.extend(own.into_iter().map(|pair| (pair, Role::Accent)));
        }
        let branches = (1..nodes.len()).map(|nth| (nodes[nth].parent, nth));
        lines.extend(branches.filter(is_own).map(|pair| (pair, Role::Accent)));
    }
    lines
}

/// The cell where a line to a node ends: before the sign of its direction.
fn inner_end(spot: Spot) -> (u16, u16) {
    let column = match spot.head() {
        Some(head) if spot.column < 0 => head + 1,
        Some(head) => head.saturating_sub(1),
        None => spot.left.saturating_sub(2),
    };
    (column, spot.row)
}

/// The cell where a line to a node farther out begins.
fn outer_end(spot: Spot, to: Spot) -> (u16, u16) {
    let column = match to.column {
        ..0 => spot.left.saturating_sub(2),
        _ => spot.left + spot.cells + 1,
    };
    (column, spot.row)
}

fn draw_node(
    around: &Neighbourhood,
    nth: usize,
    node: &Node,
    spot: Spot,
    area: Rect,
    canvas: &mut Canvas<'_>,
) {
    let (x, y) = (area.x + spot.left, area.y + spot.row);
    let place = Rect::new(x, y, spot.cells, 1);
    let right = place.right();
    // Air at either side parts the name from lines that go on behind it.
    let air = Rect { x: x.saturating_sub(1), width: spot.cells + 2, ..place };
    canvas.clear(air.intersection(area), canvas.theme.style(Role::Text));
    if let Some(head) = spot.head() {
        // As drawn: the parent stands towards the middle.
        let way = if spot.column < 0 { node.way.turned() } else { node.way };
        let role = if nth == around.selected { Role::Accent } else { Role::Quiet };
        canvas.role(area.x + head, y, area.right(), arrow(way, canvas), role);
    }
    let role = if nth == 0 { Role::Heading1 } else { Role::Text };
    name(node, x, y, right, role, canvas);
    canvas.hit(place, Hit::OverlayRow(nth));
    if nth == around.selected {
        canvas.overlay(place, canvas.theme.style(Role::Cursor));
    }
}

/// The direction of links between what stands before the sign and what stands after it.
fn arrow(way: Way, canvas: &Canvas<'_>) -> &'static str {
    match way {
        Way::Out => canvas.sign("→", ">"),
        Way::In => canvas.sign("←", "<"),
        Way::Both => canvas.sign("↔", "="),
    }
}

fn tree(around: &Neighbourhood, area: Rect, canvas: &mut Canvas<'_>) {
    let rows = usize::from(area.height);
    let top = around.list.top(around.order.len(), rows);
    for (y, &nth) in (area.top()..area.bottom()).zip(around.order.iter().skip(top)) {
        let node = &around.around.nodes[nth];
        let indent = u16::try_from(node.steps * 3).unwrap_or(0);
        let (left, right) = (area.left() + 1 + indent, area.right().saturating_sub(1));
        if nth > 0 {
            let before = left.saturating_sub(2);
            canvas.role(before, y, right, arrow(node.way, canvas), Role::Quiet);
        }
        let role = if nth == 0 { Role::Heading1 } else { Role::Text };
        name(node, left, y, right, role, canvas);
        let row = Rect { y, height: 1, ..area };
        canvas.hit(row, Hit::OverlayRow(nth));
        if nth == around.selected {
            canvas.overlay(row, canvas.theme.style(Role::Cursor));
        }
    }
}

/// What is selected: how it is linked, and by which sentences.
fn selection(model: &Model, around: &Neighbourhood, area: Rect, canvas: &mut Canvas<'_>) {
    let nodes = &around.around.nodes;
    let Some(node) = nodes.get(around.selected).filter(|_| !area.is_empty()) else { return };
    canvas.clear(area, canvas.theme.style(Role::Status));
    let (left, right) = (area.left() + 1, area.right().saturating_sub(1));
    if around.selected == 0 {
        let text = tallied(around.around.tally);
        for (y, line) in (area.top()..area.bottom())
            .zip(list::wrap(&text, usize::from(right.saturating_sub(left))))
        {
            canvas.role(left, y, right, &line, Role::Status);
        }
        return;
    }
    let parent = &nodes[node.parent];
    let words = match node.way {
        Way::Out => "is linked from",
        Way::In => "links to",
        Way::Both => "links to and is linked from",
    };
    let end = right.saturating_sub(u16::try_from(width(words)).unwrap_or(0) + 10);
    let x = name(node, left, area.y, end.max(left + 8), Role::Status, canvas);
    let x = canvas.role(x, area.y, right, &format!(" {words} "), Role::Quiet);
    let x = name(parent, x, area.y, right, Role::Status, canvas);
    let others =
        around.around.edge(around.selected, node.parent).map_or(0, |edge| edge.links.len());
    if others > 2 {
        let more = format!("  {} links", thousands(others));
        canvas.role(x, area.y, right, &more, Role::Quiet);
    }
    for (y, (link, quote)) in (area.top() + 1..area.bottom()).zip(around.quoted()) {
        let source = if link.source == node.page { node } else { parent };
        let line = model.index.link(link).map_or(0, |link| link.line);
        let room = usize::from(right.saturating_sub(left)) / 4;
        let title = list::shorten(&source.title, room, canvas.ascii);
        let place = format!("{title}, line {}: ", thousands(line as usize));
        let x = canvas.role(left + 2, y, right, &place, Role::Quiet);
        match quote {
            Some(quote) if !quote.text.is_empty() => {
                list::marked(canvas, (x, y), right, &quote.text, &[quote.marked], Role::Status);
            }
            Some(_) => {
                canvas.role(x, y, right, "the page cannot be read", Role::Quiet);
            }
            None => {}
        }
    }
}

/// How many pages the one in the middle is linked with, in a sentence.
fn tallied(tally: Tally) -> String {
    let count = |count: usize| match count {
        1 => "1 page".to_owned(),
        n => format!("{} pages", thousands(n)),
    };
    let Tally { inbound, outbound, both } = tally;
    match (inbound + both, outbound + both) {
        (0, 0) => "No page links here, and this page links to none.".to_owned(),
        (from, 0) => format!("Linked from {}; links to none.", count(from)),
        (0, to) => format!("Links to {}; linked from none.", count(to)),
        (from, to) => {
            let both = match both {
                0 => String::new(),
                n => format!(", {} both ways", thousands(n)),
            };
            format!("Linked from {}, links to {}{both}.", count(from), count(to))
        }
    }
}

fn footer(model: &Model, around: &Neighbourhood, row: Rect, canvas: &mut Canvas<'_>) {
    if row.is_empty() {
        return;
    }
    canvas.clear(row, canvas.theme.style(Role::Status));
    if let Some(notice) = &model.notice {
        return status::say(notice, row.left() + 1, row.y, row.right(), canvas);
    }
    if model.labels.is_some() {
        return hints(canvas, row, &[("a-z", "open"), ("A-Z", "peek"), ("Esc", "leave")]);
    }
    let key = |command| model.keymap.shown(Place::Neighbourhood, command);
    let going_on = if around.begun.is_empty() {
        Vec::new()
    } else {
        model.keymap.going_on(update::place(model), &around.begun)
    };
    let size = Size { columns: canvas.screen().width, rows: canvas.screen().height };
    let form = if around.is_tree(size) { "drawn" } else { "tree" };
    let steps = [Command::OneStep, Command::TwoSteps, Command::ThreeSteps].map(key).join(" ");
    let walk = [Command::NearLeft, Command::NearDown, Command::NearUp, Command::NearRight];
    let mut all = vec![(walk.map(key).concat(), "walk")];
    all.extend(going_on.iter().map(|(key, command)| (key.to_string(), command.entry().hint)));
    all.extend([
        (key(Command::OpenNear), "open"),
        (key(Command::CentreNear), "centre"),
        (steps, "steps"),
        (key(Command::Connect), "connect"),
        (key(Command::NearAsTree), form),
        (key(Command::Help), "keys"),
        ("Esc".to_owned(), "close"),
    ]);
    let all: Vec<(&str, &str)> = all
        .iter()
        .filter(|(key, _)| !key.trim().is_empty())
        .map(|(key, text)| (key.as_str(), *text))
        .collect();
    hints(canvas, row, &all);
}
