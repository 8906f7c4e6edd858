//! The head of a page: its title where the text does not say it, notices, and one quiet header with the
//! properties. The header folds to a few lines, so that the page is what one reads first; one that
//! is no longer than that has no fold. What it holds is settled in [`super::header`].

use std::borrow::Cow;

use super::block::{heading_role, tag_look};
use super::header::{HeadText, Header, Item, header, is_long};
use super::inline::{Setting, link_role, link_sign};
use super::line::{Action, Line, Look, Segment, TextPlace};
use super::wrap::{From, Row, Wrap};
use crate::markdown::{Document, Leaf, LeafKind};
use crate::text::role::Role;
use crate::text::scrub::scrub_line;
use crate::text::slug::heading_key;
use crate::text::width::{ellipsize_with, fit, width};

/// What the head shows beside the document's own facts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// The title, shown unless the first heading of the page is of level 1 and says the same.
    pub title: String,
    /// Kind sign, name and role.
    pub kind: Option<(&'static str, String, Role)>,
    /// Lines said about the page: notices, "missing page", "read-only sample".
    pub notices: Vec<String>,
    /// What is quietly said of how the page is shown (recovered, as its source), on one line.
    pub remarks: Vec<String>,
}

/// Cells of the strength bar.
const BAR_CELLS: u8 = 5;
/// The names of properties take no more of the width than a third, and no more cells than this.
const KEY_CELLS: usize = 24;

/// Below this width nothing is indented.
const NARROW: usize = 12;
/// The room of the fold's sign.
const FOLD_CELLS: usize = 2;
/// A page's own title is looked for in so many leaves.
const PREAMBLE: usize = 24;
/// Folded, a long value shows so many rows.
const FOLDED_ROWS: usize = 2;

/// The text of a leaf that is a heading, with whether it is of level 1.
fn heading(leaf: &Leaf) -> Option<(bool, Cow<'_, str>)> {
    match &leaf.kind {
        LeafKind::Heading { level, content, .. } => Some((*level == 1, content.text())),
        _ => None,
    }
}

/// Whether a heading of level 1 says the title.
fn says((is_first_level, text): &(bool, Cow<'_, str>), title: &str) -> bool {
    *is_first_level && heading_key(text) == heading_key(title)
}

/// Whether the text starts with its title and the head belongs below that.
pub(super) fn title_leads(document: &Document, head: &Head) -> bool {
    let first = document.leaves.first().and_then(heading);
    first.is_some_and(|heading| says(&heading, &head.title)) && is_shown(document, head)
}

/// Whether the head has any line.
pub(super) fn is_shown(document: &Document, head: &Head) -> bool {
    shows_title(document, head)
        || !head.notices.is_empty()
        || !head.remarks.is_empty()
        || !document.facts.notices.is_empty()
        || !header(document, head, true).is_empty()
}

/// Badges, pictures and a motto often stand above a page's own title: that is not said twice.
pub(super) fn shows_title(document: &Document, head: &Head) -> bool {
    let first = document.leaves.iter().take(PREAMBLE).find_map(heading);
    !head.title.trim().is_empty() && !first.is_some_and(|heading| says(&heading, &head.title))
}

/// The texts that are still to be laid out.
struct Texts<'a> {
    rest: std::slice::Iter<'a, HeadText>,
    next: TextPlace,
}

impl<'a> Texts<'a> {
    /// The next text and where it comes from.
    fn next(&mut self) -> (&'a str, From) {
        let from = From { at: self.next, source: 0, exact: false };
        self.next.cell += 1;
        (self.rest.next().map_or("", |text| text.text.as_str()), from)
    }
}

/// So many bytes further.
fn further(from: From, bytes: usize) -> From {
    let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
    From { at: TextPlace { offset: from.at.offset.saturating_add(bytes), ..from.at }, ..from }
}

/// The lines of the head; none where there is nothing to say. `texts` are its texts, of which the first stands at
/// `place`; `first_stop` is the number of its first stop.
pub(super) fn lay(
    set: Setting<'_>,
    head: &Head,
    texts: &[HeadText],
    place: TextPlace,
    first_stop: u32,
) -> Vec<Line> {
    let full = set.options.width.max(1);
    let mut lines = Vec::new();
    let mut texts = Texts { rest: texts.iter(), next: place };
    if shows_title(set.document, head) {
        let mut wrap = Wrap::new(full);
        wrap.ornament(set.signs.headings[0], Look::of(Role::Quiet));
        let (title, from) = texts.next();
        wrap.text(title, Look::of(heading_role(1)), from);
        push(&mut lines, wrap.finish(), &[], &[]);
        let cells = lines.iter().map(Line::width).max().unwrap_or(0).clamp(1, full);
        if !set.signs.heavy.is_empty() {
            let rule = set.signs.heavy.repeat(cells);
            lines.push(line(vec![Segment::ornament(rule, Look::of(heading_role(1)))]));
        }
    }
    notices(set, head, &mut lines);
    let header = header(set.document, head, set.options.properties_folded);
    if header.is_empty() {
        return lines;
    }
    if !lines.is_empty() {
        lines.push(Line::default());
    }
    let first = lines.len();
    let mut stop = first_stop + u32::from(header.folds);
    let indent = if header.folds && full >= NARROW { FOLD_CELLS } else { 0 };
    if !header.summary.is_empty() {
        let mut wrap = Wrap::new(full - indent);
        for (item, _) in &header.summary {
            put(set, head, item, texts.next(), stop, &mut wrap);
            wrap.ornament("  ", Look::default());
            stop += u32::from(item.action().is_some());
        }
        let before = [space(indent)];
        push(&mut lines, wrap.finish(), &before, &before);
    }
    rows(set, head, &header, &mut texts, stop, &mut lines);
    if header.folds {
        put_fold(set, (header.hidden, first_stop), indent, first, &mut lines);
    }
    lines
}

/// The sign of the fold, in the room at the left of the first line, and what it hides.
fn put_fold(
    set: Setting<'_>,
    (hidden, stop): (usize, u32),
    indent: usize,
    first: usize,
    lines: &mut Vec<Line>,
) {
    let sign = if set.options.properties_folded { set.signs.folded } else { set.signs.unfolded };
    let look = Look { action: Some(Action::Properties), ..Look::of(Role::Quiet) };
    let fold = Segment::ornament(sign, Look { stop: Some(stop), ..look });
    match lines.get_mut(first).map(|line| &mut line.segments) {
        Some(segments) if indent > 0 => {
            segments.splice(0..1, [fold, space(indent - width(sign))]);
        }
        _ => lines.insert(first, line(vec![fold])),
    }
    if hidden > 0 {
        let more = format!("{} {hidden} more", set.signs.cut);
        let more = fit(&more, set.options.width.saturating_sub(indent)).to_owned();
        lines.push(line(vec![space(indent), Segment::ornament(more, look)]));
    }
}

fn space(cells: usize) -> Segment {
    Segment::ornament(" ".repeat(cells), Look::default())
}

/// A wrap that leaves room for a sign at the left, and what goes before its first and its other rows. Where
/// that would leave no room for text the sign goes into the text.
fn hanging(full: usize, sign: &str, look: Look) -> (Wrap<'static>, Vec<Segment>, Vec<Segment>) {
    if full < NARROW {
        let mut wrap = Wrap::new(full);
        wrap.glued(sign, look);
        wrap.ornament(" ", Look::default());
        return (wrap, Vec::new(), Vec::new());
    }
    let indent = width(sign) + 1;
    (Wrap::new(full - indent), vec![Segment::ornament(sign, look), space(1)], vec![space(indent)])
}

fn notices(set: Setting<'_>, head: &Head, lines: &mut Vec<Line>) {
    let facts = set.document.facts.notices.iter().map(|notice| match notice.line {
        Some(line) => format!("{} (line {line})", notice.message),
        None => notice.message.clone(),
    });
    let all: Vec<String> = head.notices.iter().cloned().chain(facts).collect();
    if !(all.is_empty() && head.remarks.is_empty() || lines.is_empty()) {
        lines.push(Line::default());
    }
    if !head.remarks.is_empty() {
        let mut wrap = Wrap::new(set.options.width.max(1));
        wrap.ornament(
            &head.remarks.join(&format!(" {} ", set.signs.between)),
            Look::of(Role::Quiet),
        );
        push(lines, wrap.finish(), &[], &[]);
    }
    for notice in all {
        let (mut wrap, first, rest) =
            hanging(set.options.width.max(1), "!", Look::of(Role::Warning));
        wrap.ornament(&notice, Look::of(Role::Notice));
        push(lines, wrap.finish(), &first, &rest);
    }
}

/// The properties that the first line does not say: names in a column, values beside them.
fn rows<'a>(
    set: Setting<'_>,
    head: &Head,
    header: &Header,
    texts: &mut Texts<'a>,
    mut stop: u32,
    lines: &mut Vec<Line>,
) {
    let full = set.options.width.max(1);
    let widest = header.rows.iter().map(|row| width(&scrub_line(&row.key))).max().unwrap_or(0);
    let keys = widest.min(KEY_CELLS).min((full / 3).max(1));
    let outer = if header.folds { FOLD_CELLS } else { 0 };
    let indent = if full >= NARROW { outer + keys + 2 } else { 0 };
    for super::header::Row { value: items, .. } in &header.rows {
        let (key, of_key) = texts.next();
        let (value, of_value) = texts.next();
        let is_cut = header.folds && set.options.properties_folded && is_long(items);
        // One cell is kept for the sign of the cut.
        let mut wrap: Wrap<'a> = Wrap::new((full - indent).saturating_sub(usize::from(is_cut)));
        if indent == 0 {
            wrap.text(key, Look::of(Role::PropertyKey), of_key);
            wrap.ornament(": ", Look::of(Role::PropertyKey));
        }
        let mut at = 0;
        for item in items {
            let bytes = match item {
                Item::Value(text) | Item::Link(_, text) => text.len(),
                _ => 0,
            };
            let text = value.get(at..at + bytes).unwrap_or("");
            put(set, head, item, (text, further(of_value, at)), stop, &mut wrap);
            at += bytes;
            stop += u32::from(item.action().is_some());
        }
        let mut value = wrap.finish();
        if is_cut && value.len() > FOLDED_ROWS {
            value.truncate(FOLDED_ROWS);
            let cut = Segment::ornament(set.signs.cut, Look::of(Role::Quiet));
            value.last_mut().expect("rows were left").segments.push(cut);
        }
        if indent == 0 {
            push(lines, value, &[], &[]);
        } else {
            let name = ellipsize_with(&scrub_line(key), keys, set.signs.dots);
            let free = keys - width(&name);
            let mut name = Segment::ornament(name, Look::of(Role::PropertyKey));
            name.in_head = Some(of_key.at);
            name.covers = u32::try_from(key.len()).unwrap_or(u32::MAX);
            push(lines, value, &[space(outer), name, space(free + 2)], &[space(indent)]);
        }
    }
}

fn put<'a>(
    set: Setting<'_>,
    head: &Head,
    item: &Item,
    (text, from): (&'a str, From),
    stop: u32,
    wrap: &mut Wrap<'a>,
) {
    match item {
        Item::Kind => {
            if let Some((sign, _, role)) = &head.kind {
                let sign = format!("{} ", set.signs.kind(sign));
                wrap.placed_chip(&sign, text, Look::of(*role), from);
            }
        }
        Item::Tag(tag) => wrap.placed_chip("", text, tag_look(set, *tag, stop), from),
        Item::Strength(_) if set.signs.strength_full.is_empty() => {
            wrap.placed_chip("strength ", text, Look::of(Role::Quiet), from);
        }
        Item::Strength(strength) => {
            let share = strength.clamp(0.0, 1.0) * f32::from(BAR_CELLS);
            let full = (0..BAR_CELLS).filter(|&cell| f32::from(cell) + 0.5 <= share).count();
            let empty = usize::from(BAR_CELLS) - full;
            wrap.glued(&set.signs.strength_full.repeat(full), Look::of(Role::StrengthFull));
            wrap.glued(&set.signs.strength_empty.repeat(empty), Look::of(Role::StrengthEmpty));
            wrap.glued(" ", Look::of(Role::Quiet));
            wrap.whole(text, Look::of(Role::Quiet), from);
        }
        Item::Quiet(_) => wrap.placed_chip("", text, Look::of(Role::Quiet), from),
        Item::Value(_) => value(text, from, wrap),
        Item::Link(link, _) => {
            let look = set.context.link(*link);
            let action = Some(Action::Link(*link));
            let shown = Look { role: link_role(look), action, stop: Some(stop), ..Look::default() };
            wrap.text(text, shown, from);
            wrap.glued(&link_sign(set, *link), Look { role: Role::Quiet, ..shown });
        }
    }
}

/// The text of a value: its lines flow, an empty one parts it.
fn value<'a>(text: &'a str, from: From, wrap: &mut Wrap<'a>) {
    let look = Look::of(Role::PropertyValue);
    let shown = text.trim_end_matches('\n');
    let mut at = 0;
    for line in shown.split('\n') {
        if at > 0 && line.is_empty() {
            wrap.newline();
        } else if at > 0 {
            wrap.soft_newline(look, further(from, at - 1));
        }
        wrap.text(line, look, further(from, at));
        at += line.len() + 1;
    }
}

fn line(segments: Vec<Segment>) -> Line {
    let mut line = Line { segments, fill: None, source: 0 };
    line.trim();
    line
}

/// The wrapped rows with what stands before the first and the others.
fn push(lines: &mut Vec<Line>, rows: Vec<Row>, first: &[Segment], rest: &[Segment]) {
    for (i, row) in rows.into_iter().enumerate() {
        let before = if i == 0 { first } else { rest };
        let of_head = |segment| {
            let Segment { at, .. } = segment;
            Segment { at: None, in_head: at, ..segment }
        };
        let segments = row.segments.into_iter().map(of_head);
        lines.push(line(before.iter().cloned().chain(segments).collect()));
    }
}
