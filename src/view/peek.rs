//! A peek: the box, what it is and how far down one is in its edge, the page inside.

use super::overlay::{Edge, boxed, peeks};
use super::paint::Canvas;
use super::{page, place};
use crate::app::Model;
use crate::app::find::Find;
use crate::app::peek::Peek;
use crate::command::{Command, Place};
use crate::text::role::Role;

/// Draws the `depth`th peek, the first being 1; nothing before it was read.
pub(super) fn draw(model: &Model, peek: &Peek, depth: usize, canvas: &mut Canvas<'_>) {
    let Some(open) = &peek.open else { return };
    let mut title = open.title.clone();
    if let Some(section) = peek.section() {
        title.push_str(canvas.sign(" › ", " > "));
        title.push_str(section);
    }
    let mut count = place::bare(open, usize::from(peek.frame.inner_rows())).trim().to_owned();
    if depth > 1 {
        count = format!("peek {depth}, {count}");
    }
    let keys = |command| model.keymap.shown(Place::Page, command);
    let keys = [Command::Follow, Command::Peek, Command::LinkHints, Command::NextLink].map(keys);
    let (follow, rest) = match open.selected {
        Some(_) => ("follow", [(&keys[1], "peek"), (&keys[3], "next link")]),
        None if !peek.leads() && !open.layout.has_stops() => ("", [(&keys[2], ""), (&keys[3], "")]),
        None if !peek.leads() => ("", [(&keys[2], "links"), (&keys[3], "next link")]),
        None => ("go there", [(&keys[2], "links"), (&keys[3], "next link")]),
    };
    let close = if depth > 1 { "back" } else { "close" };
    let hints = [(keys[0].as_str(), follow)]
        .into_iter()
        .chain(rest.map(|(key, text)| (key.as_str(), text)))
        .filter(|(key, text)| !key.is_empty() && !text.is_empty())
        .chain((depth > 1).then_some(("q", "close all")))
        .chain([("Esc", close)]);
    let mut hints: Vec<(&str, &str)> = hints.collect();
    let is_top = depth == peeks(&model.overlays);
    if model.labels.is_some() && is_top {
        hints = vec![("a-z", "open"), ("A-Z", "peek"), ("Esc", "leave")];
    }
    let inside = boxed(canvas, peek.frame, &Edge { title: &title, count: &count, hints: &hints });
    let lines = open.layout.lines(open.anchor, usize::from(inside.height));
    if model.labels.is_some() {
        page::note_headings(open, &lines, inside, canvas);
    }
    page::draw_lines(open, &Find::default(), &lines, inside, Role::Overlay, canvas);
}
