//! The tail of a page: who links here, each with the sentence that holds the link.

use super::inline::Setting;
use super::line::{Action, Line, Look, Segment};
use super::wrap::Wrap;
use crate::text::role::{Marks, Role};
use crate::text::width::width;

/// One who links here, as the tail shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Backlink {
    /// Whether the one before stands on the same page.
    pub again: bool,
    /// Title of the page.
    pub title: String,
    /// Its folder or path, to tell equal titles apart.
    pub detail: String,
    /// The sign and role of its kind.
    pub sign: (&'static str, Role),
    /// The sentence that holds the link.
    pub sentence: String,
    /// Byte ranges of the sentence that are links to here, in order.
    pub marked: Vec<(u32, u32)>,
}

/// The lines of the `nth` backlink; the first has the tail's heading before it, which says from how many
/// `pages` there are some. `source` is the end of the document.
pub(super) fn lay(
    set: Setting<'_>,
    backlink: &Backlink,
    nth: u32,
    pages: usize,
    stop: u32,
    source: u32,
) -> Vec<Line> {
    let full = set.options.width.max(1);
    let mut lines = vec![Line { source, ..Line::default() }];
    if nth == 0 {
        lines.push(heading(set, pages, source));
    }
    let action = Some(Action::Backlink(nth));
    let sign_look = Look { action, ..Look::of(backlink.sign.1) };
    let sign = Segment::ornament(format!("{} ", set.signs.kind(backlink.sign.0)), sign_look);
    let indent = if full > 20 { width(&sign.text) } else { 0 };
    let air = || Segment::ornament(" ".repeat(indent), Look::of(Role::Text));
    let mut wrap = Wrap::new(full - indent);
    if indent == 0 {
        wrap.ornament(&sign.text, sign_look);
    }
    let title = Look { role: Role::Link, action, stop: Some(stop), ..Look::default() };
    wrap.ornament(&backlink.title, title);
    if !backlink.detail.is_empty() {
        wrap.ornament("  ", Look::default());
        wrap.ornament(&backlink.detail, Look { action, ..Look::of(Role::Quiet) });
    }
    let mut push = |wrap: Wrap<'_>, mut sign: Option<Segment>| {
        for row in wrap.finish() {
            let mut segments = row.segments;
            if segments.is_empty() {
                continue;
            }
            if indent > 0 {
                segments.insert(0, sign.take().unwrap_or_else(air));
            }
            let mut line = Line { segments, fill: None, source };
            line.trim();
            lines.push(line);
        }
    };
    push(wrap, Some(sign));
    let mut wrap = Wrap::new(full - indent);
    sentence(set, backlink, action, &mut wrap);
    push(wrap, None);
    lines
}

/// `── Linked from 3 pages ───────`.
fn heading(set: Setting<'_>, pages: usize, source: u32) -> Line {
    let full = set.options.width.max(1);
    let unit = if pages == 1 { "page" } else { "pages" };
    let text = format!(" Linked from {pages} {unit} ");
    let rule = |cells: usize| Segment::ornament(set.signs.rule.repeat(cells), Look::of(Role::Rule));
    let Some(rest) = full.checked_sub(width(&text) + 2).filter(|&rest| rest > 0) else {
        return Line { segments: vec![rule(full)], fill: None, source };
    };
    let name = Look { marks: Marks::STRONG, ..Look::of(Role::Quiet) };
    Line { segments: vec![rule(2), Segment::ornament(text, name), rule(rest)], fill: None, source }
}

/// The sentence, its links marked.
fn sentence(set: Setting<'_>, backlink: &Backlink, action: Option<Action>, wrap: &mut Wrap<'_>) {
    let dots = set.signs.dots;
    let text = backlink.sentence.as_str();
    let quiet = Look { action, ..Look::of(Role::Quiet) };
    let strong = Look { marks: Marks::STRONG, action, ..Look::of(Role::Text) };
    let mut done = 0;
    for &(start, end) in &backlink.marked {
        let (start, end) = (start as usize, end as usize);
        let (Some(before), Some(marked)) = (text.get(done..start), text.get(start..end)) else {
            continue;
        };
        wrap.ornament(&before.replace('…', dots), quiet);
        wrap.ornament(marked, strong);
        done = end;
    }
    wrap.ornament(&text[done..].replace('…', dots), quiet);
}
