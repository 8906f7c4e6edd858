//! The head of a page: its title where the text does not say it, notices, and one quiet header with the
//! properties. The header folds to a few lines, so that the page is what one reads first; one that
//! is no longer than that has no fold. What the header holds is settled first ([`header`]), so
//! that stops can be counted without laying anything out.

use std::borrow::Cow;

use super::block::{heading_role, tag_chip};
use super::inline::{Setting, link_role, link_sign};
use super::line::{Action, Line, Look, Segment};
use super::wrap::{Row, Wrap};
use crate::markdown::facts::{Origin, Property, TagOrigin};
use crate::markdown::{Document, Leaf, LeafKind, LinkId, LinkKind, Value};
use crate::text::date::{Date, find_date, from_milliseconds};
use crate::text::fold::fold;
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
/// A folded header shows so many properties below its first line.
const FOLDED_PROPERTIES: usize = 3;
/// A value of more cells than this is long: folded, it shows so many rows.
const LONG_CELLS: usize = 120;
/// A page's own title is looked for in so many leaves.
const PREAMBLE: usize = 24;
const FOLDED_ROWS: usize = 2;

/// What the properties header holds, in reading order.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// Whether it may be folded.
    folds: bool,
    /// Of the first line.
    summary: Vec<Item>,
    /// The other properties.
    rows: Vec<(String, Vec<Item>)>,
    /// How many more there are that the fold hides.
    hidden: usize,
}

impl Header {
    fn is_empty(&self) -> bool {
        self.summary.is_empty() && self.rows.is_empty()
    }
}

/// A piece of the header.
#[derive(Debug)]
enum Item {
    Kind,
    Tag(u32),
    Strength(f32),
    Quiet(String),
    Value(String),
    Link(LinkId, String),
}

impl Item {
    fn action(&self) -> Option<Action> {
        match self {
            Self::Tag(tag) => Some(Action::Tag(*tag)),
            Self::Link(link, _) => Some(Action::Link(*link)),
            Self::Kind | Self::Strength(_) | Self::Quiet(_) | Self::Value(_) => None,
        }
    }
}

/// The actions of the header's stops, in the order of their numbers.
pub(super) fn actions(document: &Document, head: &Head, folded: bool) -> Vec<Action> {
    let header = header(document, head, folded);
    let items = header.summary.iter().chain(header.rows.iter().flat_map(|(_, items)| items));
    let fold = header.folds.then_some(Action::Properties);
    fold.into_iter().chain(items.filter_map(Item::action)).collect()
}

/// Settles what the header holds. A page without properties has none.
fn header(document: &Document, head: &Head, folded: bool) -> Header {
    let facts = &document.facts;
    if facts.properties.is_empty() {
        return Header::default();
    }
    let mut header = Header::default();
    if head.kind.is_some() {
        header.summary.push(Item::Kind);
    }
    let of_head =
        |tag: &(u32, &crate::markdown::facts::Tag)| tag.1.origin == TagOrigin::FrontMatter;
    header.summary.extend((0..).zip(&facts.tags).filter(of_head).map(|(tag, _)| Item::Tag(tag)));
    let mut said = vec![false; facts.properties.len()];
    for (property, said) in facts.properties.iter().zip(&mut said) {
        *said = match fold(property.key.trim()).as_str() {
            "tags" | "tag" => !facts.tags.is_empty(),
            "title" | "name" => {
                matches!(&property.value, Value::Text(text) if heading_key(text) == heading_key(&head.title))
            }
            "type" | "kind" => head.kind.is_some(),
            // A metadata list is read where it stands.
            _ => property.origin == Origin::Metadata,
        };
    }
    let dates = [
        ("", facts.summary.date),
        ("created ", facts.summary.created),
        ("updated ", facts.summary.updated),
    ];
    for (name, date) in dates {
        let Some(date) = date else { continue };
        if let Some(at) = (0..said.len()).find(|&i| !said[i] && is_date(&facts.properties[i], date))
        {
            said[at] = true;
        }
        header.summary.push(Item::Quiet(format!("{name}{date}")));
    }
    if let Some(strength) = facts.summary.strength {
        if let Some(at) =
            (0..said.len()).find(|&i| !said[i] && is_score(&facts.properties[i], strength))
        {
            said[at] = true;
        }
        header.summary.push(Item::Strength(strength));
    }
    let links: Vec<LinkId> = (0..)
        .zip(&facts.links)
        .filter(|(_, link)| link.kind == LinkKind::Property)
        .map(|(id, _)| id)
        .collect();
    for (property, said) in facts.properties.iter().zip(said) {
        if !said {
            header.rows.push((property.key.clone(), value_items(document, property, &links)));
        }
    }
    // Nothing is gained where the fold hides one row behind another, or has no text to make room for.
    let folds_rows = header.rows.len() > FOLDED_PROPERTIES + 1;
    header.folds = !document.leaves.is_empty()
        && (folds_rows || header.rows.iter().any(|(_, items)| is_long(items)));
    if folded && header.folds && folds_rows {
        header.hidden = header.rows.len().saturating_sub(FOLDED_PROPERTIES);
        header.rows.truncate(FOLDED_PROPERTIES);
    }
    header
}

/// Whether the fold cuts a value: a long one without links, which are to be followed.
fn is_long(items: &[Item]) -> bool {
    match items {
        [Item::Value(text)] => text.len() > LONG_CELLS && width(text) > LONG_CELLS,
        _ => false,
    }
}

/// Whether the property says this date and nothing else.
fn is_date(property: &Property, date: Date) -> bool {
    match &property.value {
        Value::Text(text) => {
            text.len() <= 20 && !text.contains(':') && find_date(text) == Some(date)
        }
        Value::Number(text) => from_milliseconds(text) == Some(date),
        _ => false,
    }
}

fn is_score(property: &Property, score: f32) -> bool {
    match &property.value {
        Value::Number(text) | Value::Text(text) => {
            text.trim().parse::<f32>().is_ok_and(|said| (said - score).abs() < 0.000_1)
        }
        _ => false,
    }
}

/// A value as text and links: lists joined by commas, maps as `key: value`. Values nest as deep as
/// their writer likes, hence the stack.
fn value_items(document: &Document, property: &Property, links: &[LinkId]) -> Vec<Item> {
    let mut links = links.iter().copied().filter(|&id| {
        let at = document.facts.links[id as usize].span.start;
        property.span.contains(at)
    });
    let mut items = Vec::new();
    let mut text = String::new();
    let mut steps = vec![Step::Value(&property.value, 0)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Text(plain) => text.push_str(plain),
            Step::Value(Value::Null, _) => text.push('-'),
            Step::Value(Value::List(values), 0) if values.is_empty() => text.push('-'),
            Step::Value(Value::Bool(value), _) => text.push_str(if *value { "yes" } else { "no" }),
            Step::Value(Value::Number(value), _) => text.push_str(value),
            Step::Value(Value::Text(value), _) => {
                let is_link = value.starts_with("[[") && value.ends_with("]]");
                match is_link.then(|| links.next()).flatten() {
                    Some(id) => {
                        items.push(Item::Value(std::mem::take(&mut text)));
                        items.push(Item::Link(id, link_text(document, id)));
                    }
                    None => text.push_str(value),
                }
            }
            Step::Value(Value::List(values), depth) => {
                push_nested(&mut steps, depth, ("[", "]"), |steps| {
                    for (i, value) in values.iter().enumerate().rev() {
                        steps.push(Step::Value(value, depth.saturating_add(1)));
                        if i > 0 {
                            steps.push(Step::Text(", "));
                        }
                    }
                });
            }
            Step::Value(Value::Map(pairs), depth) => {
                if let Some(name) = placeholder(pairs) {
                    text.extend(["{{", name, "}}"]);
                    continue;
                }
                push_nested(&mut steps, depth, ("{", "}"), |steps| {
                    for (i, (key, value)) in pairs.iter().enumerate().rev() {
                        steps.push(Step::Value(value, depth.saturating_add(1)));
                        steps.push(Step::Text(": "));
                        steps.push(Step::Value(key, depth.saturating_add(1)));
                        if i > 0 {
                            steps.push(Step::Text(", "));
                        }
                    }
                });
            }
        }
    }
    items.push(Item::Value(text));
    items
}

/// The `date` of `{{date}}`, where a template has something filled in: to YAML that is a map with a map as
/// its key.
fn placeholder(pairs: &[(Value, Value)]) -> Option<&str> {
    let [(Value::Map(key), Value::Null)] = pairs else { return None };
    let [(Value::Text(name), Value::Null)] = key.as_slice() else { return None };
    Some(name)
}

/// What is left to do while a value is written out.
enum Step<'a> {
    /// Write the value; it is nested so deep.
    Value(&'a Value, u8),
    Text(&'static str),
}

/// Brackets around what is not the outermost; in reverse, for a stack.
fn push_nested<'a>(
    steps: &mut Vec<Step<'a>>,
    depth: u8,
    (open, close): (&'static str, &'static str),
    inner: impl FnOnce(&mut Vec<Step<'a>>),
) {
    if depth > 0 {
        steps.push(Step::Text(close));
    }
    inner(steps);
    if depth > 0 {
        steps.push(Step::Text(open));
    }
}

fn link_text(document: &Document, id: LinkId) -> String {
    let link = &document.facts.links[id as usize];
    match (link.alias(), link.fragment()) {
        (Some(alias), _) => alias.to_owned(),
        (None, Some(fragment)) => format!("{}#{fragment}", link.target()),
        (None, None) => link.target().to_owned(),
    }
}

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
fn shows_title(document: &Document, head: &Head) -> bool {
    let first = document.leaves.iter().take(PREAMBLE).find_map(heading);
    !head.title.trim().is_empty() && !first.is_some_and(|heading| says(&heading, &head.title))
}

/// The lines of the head; none where there is nothing to say.
pub(super) fn lay(set: Setting<'_>, head: &Head) -> Vec<Line> {
    let full = set.options.width.max(1);
    let mut lines = Vec::new();
    if shows_title(set.document, head) {
        let mut wrap = Wrap::new(full);
        wrap.ornament(set.signs.headings[0], Look::of(Role::Quiet));
        wrap.ornament(&head.title, Look::of(heading_role(1)));
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
    let mut stop = u32::from(header.folds);
    let indent = if header.folds && full >= NARROW { FOLD_CELLS } else { 0 };
    if !header.summary.is_empty() {
        let mut wrap = Wrap::new(full - indent);
        for item in &header.summary {
            put(set, head, item, stop, &mut wrap);
            wrap.ornament("  ", Look::default());
            stop += u32::from(item.action().is_some());
        }
        let before = [space(indent)];
        push(&mut lines, wrap.finish(), &before, &before);
    }
    rows(set, head, &header, stop, &mut lines);
    if header.folds {
        put_fold(set, header.hidden, indent, first, &mut lines);
    }
    lines
}

/// The sign of the fold, in the room at the left of the first line, and what it hides.
fn put_fold(set: Setting<'_>, hidden: usize, indent: usize, first: usize, lines: &mut Vec<Line>) {
    let sign = if set.options.properties_folded { set.signs.folded } else { set.signs.unfolded };
    let look = Look { action: Some(Action::Properties), ..Look::of(Role::Quiet) };
    let fold = Segment::ornament(sign, Look { stop: Some(0), ..look });
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
fn rows(set: Setting<'_>, head: &Head, header: &Header, mut stop: u32, lines: &mut Vec<Line>) {
    let full = set.options.width.max(1);
    let widest = header.rows.iter().map(|(key, _)| width(&scrub_line(key))).max().unwrap_or(0);
    let keys = widest.min(KEY_CELLS).min((full / 3).max(1));
    let outer = if header.folds { FOLD_CELLS } else { 0 };
    let indent = if full >= NARROW { outer + keys + 2 } else { 0 };
    for (key, items) in &header.rows {
        let is_cut = header.folds && set.options.properties_folded && is_long(items);
        // One cell is kept for the sign of the cut.
        let mut wrap = Wrap::new((full - indent).saturating_sub(usize::from(is_cut)));
        if indent == 0 {
            wrap.ornament(&format!("{key}: "), Look::of(Role::PropertyKey));
        }
        for item in items {
            put(set, head, item, stop, &mut wrap);
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
            let name = Segment::ornament(name, Look::of(Role::PropertyKey));
            push(lines, value, &[space(outer), name, space(free + 2)], &[space(indent)]);
        }
    }
}

fn put(set: Setting<'_>, head: &Head, item: &Item, stop: u32, wrap: &mut Wrap<'_>) {
    match item {
        Item::Kind => {
            if let Some((sign, name, role)) = &head.kind {
                let sign = set.signs.kind(sign);
                wrap.chip(&format!("{sign} {name}"), Look::of(*role));
            }
        }
        Item::Tag(tag) => tag_chip(set, *tag, stop, wrap),
        Item::Strength(strength) if set.signs.strength_full.is_empty() => {
            wrap.chip(&format!("strength {strength}"), Look::of(Role::Quiet));
        }
        Item::Strength(strength) => {
            let share = strength.clamp(0.0, 1.0) * f32::from(BAR_CELLS);
            let full = (0..BAR_CELLS).filter(|&cell| f32::from(cell) + 0.5 <= share).count();
            let empty = usize::from(BAR_CELLS) - full;
            wrap.glued(&set.signs.strength_full.repeat(full), Look::of(Role::StrengthFull));
            wrap.glued(&set.signs.strength_empty.repeat(empty), Look::of(Role::StrengthEmpty));
            wrap.glued(&format!(" {strength}"), Look::of(Role::Quiet));
        }
        Item::Quiet(text) => wrap.chip(text, Look::of(Role::Quiet)),
        Item::Value(text) => {
            for (i, paragraph) in text.split("\n\n").enumerate() {
                if i > 0 {
                    wrap.newline();
                }
                let paragraph = paragraph.trim_end_matches('\n');
                wrap.ornament(paragraph, Look::of(Role::PropertyValue));
            }
        }
        Item::Link(link, text) => {
            let look = set.context.link(*link);
            let action = Some(Action::Link(*link));
            let shown = Look { role: link_role(look), action, stop: Some(stop), ..Look::default() };
            wrap.ornament(text, shown);
            wrap.glued(&link_sign(set, *link), Look { role: Role::Quiet, ..shown });
        }
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
        lines.push(line(before.iter().cloned().chain(row.segments).collect()));
    }
}
