//! What the head of a page holds, settled before anything is laid out: the properties in reading order, so
//! that stops can be counted, and the texts of which it is made, so that they can be selected. Knows nothing of
//! lines.

use super::head::{Head, shows_title};
use super::line::Action;
use crate::markdown::facts::{Origin, Property, TagOrigin};
use crate::markdown::{Document, LinkId, LinkKind, Value};
use crate::text::date::{Date, find_date, from_milliseconds};
use crate::text::fold::fold;
use crate::text::slug::heading_key;
use crate::text::width::width;

/// A folded header shows so many properties below its first line.
const FOLDED_PROPERTIES: usize = 3;
/// A value of more cells than this is long.
const LONG_CELLS: usize = 120;

/// A text of the head, as it can be selected.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct HeadText {
    /// What it says.
    pub(super) text: String,
    /// What comes between it and the text before, where both are copied.
    pub(super) before: &'static str,
    /// The property that says it (index into the facts' properties); a kind may be that of the folder, a
    /// title that of the file.
    pub(super) property: Option<u32>,
}

/// What the properties header holds, in reading order.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// Whether it may be folded.
    pub(super) folds: bool,
    /// Of the first line, each with the property that says it.
    pub(super) summary: Vec<(Item, Option<u32>)>,
    /// The other properties.
    pub(super) rows: Vec<Row>,
    /// How many more there are that the fold hides.
    pub(super) hidden: usize,
}

/// A property on a line of its own.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) key: String,
    pub(super) value: Vec<Item>,
    /// Index into the facts' properties.
    property: u32,
}

impl Header {
    pub(super) fn is_empty(&self) -> bool {
        self.summary.is_empty() && self.rows.is_empty()
    }
}

/// A piece of the header.
#[derive(Debug)]
pub(super) enum Item {
    Kind,
    Tag(u32),
    Strength(f32),
    Quiet(String),
    Value(String),
    Link(LinkId, String),
}

impl Item {
    pub(super) fn action(&self) -> Option<Action> {
        match self {
            Self::Tag(tag) => Some(Action::Tag(*tag)),
            Self::Link(link, _) => Some(Action::Link(*link)),
            Self::Kind | Self::Strength(_) | Self::Quiet(_) | Self::Value(_) => None,
        }
    }

    /// What it says, without signs and bars.
    fn text(&self, document: &Document, head: &Head) -> String {
        match self {
            Self::Kind => head.kind.as_ref().map(|(_, name, _)| name.clone()).unwrap_or_default(),
            Self::Tag(tag) => {
                let tag = document.facts.tags.get(*tag as usize);
                tag.map(|tag| format!("#{}", tag.name)).unwrap_or_default()
            }
            Self::Strength(strength) => strength.to_string(),
            Self::Quiet(text) | Self::Value(text) | Self::Link(_, text) => text.clone(),
        }
    }
}

/// The actions of the header's stops, in the order of their numbers.
pub(super) fn actions(document: &Document, head: &Head, folded: bool) -> Vec<Action> {
    let header = header(document, head, folded);
    let summary = header.summary.iter().map(|(item, _)| item);
    let items = summary.chain(header.rows.iter().flat_map(|row| &row.value));
    let fold = header.folds.then_some(Action::Properties);
    fold.into_iter().chain(items.filter_map(Item::action)).collect()
}

/// The texts of the head from top to bottom, as [`super::head::lay`] shows them. Folded or not they start
/// with the same.
pub(super) fn texts(document: &Document, head: &Head, folded: bool) -> Vec<HeadText> {
    let mut texts = Vec::new();
    if shows_title(document, head) {
        let says_it = |property: &Property| {
            is_title(property, head) && matches!(property.origin, Origin::FrontMatter)
        };
        let property = document.facts.properties.iter().position(says_it).map(number);
        texts.push(HeadText { text: head.title.clone(), before: "\n", property });
    }
    let header = header(document, head, folded);
    for (nth, (item, property)) in header.summary.iter().enumerate() {
        let before = if nth == 0 { "\n" } else { " " };
        texts.push(HeadText { text: item.text(document, head), before, property: *property });
    }
    for row in header.rows {
        let property = Some(row.property);
        let value: String = row.value.iter().map(|item| item.text(document, head)).collect();
        texts.push(HeadText { text: row.key, before: "\n", property });
        texts.push(HeadText { text: value, before: ": ", property });
    }
    texts
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Whether the property is the page's title.
fn is_title(property: &Property, head: &Head) -> bool {
    matches!(fold(property.key.trim()).as_str(), "title" | "name")
        && matches!(&property.value, Value::Text(text) if heading_key(text) == heading_key(&head.title))
}

/// Settles what the header holds. A page without properties has none.
pub(super) fn header(document: &Document, head: &Head, folded: bool) -> Header {
    let facts = &document.facts;
    if facts.properties.is_empty() {
        return Header::default();
    }
    let mut header = Header::default();
    let named = |names: [&str; 2]| {
        let is_named = |key: &str| names.contains(&fold(key.trim()).as_str());
        facts.properties.iter().position(|property| is_named(&property.key)).map(number)
    };
    if head.kind.is_some() {
        header.summary.push((Item::Kind, named(["type", "kind"])));
    }
    let of_head =
        |tag: &(u32, &crate::markdown::facts::Tag)| tag.1.origin == TagOrigin::FrontMatter;
    let tags = named(["tags", "tag"]);
    let of_head = (0..).zip(&facts.tags).filter(of_head);
    header.summary.extend(of_head.map(|(tag, _)| (Item::Tag(tag), tags)));
    let mut said = vec![false; facts.properties.len()];
    for (property, said) in facts.properties.iter().zip(&mut said) {
        *said = match fold(property.key.trim()).as_str() {
            "tags" | "tag" => !facts.tags.is_empty(),
            "title" | "name" => is_title(property, head),
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
        let at = (0..said.len()).find(|&i| !said[i] && is_date(&facts.properties[i], date));
        if let Some(at) = at {
            said[at] = true;
        }
        header.summary.push((Item::Quiet(format!("{name}{date}")), at.map(number)));
    }
    if let Some(strength) = facts.summary.strength {
        let at = (0..said.len()).find(|&i| !said[i] && is_score(&facts.properties[i], strength));
        if let Some(at) = at {
            said[at] = true;
        }
        header.summary.push((Item::Strength(strength), at.map(number)));
    }
    let links: Vec<LinkId> = (0..)
        .zip(&facts.links)
        .filter(|(_, link)| link.kind == LinkKind::Property)
        .map(|(id, _)| id)
        .collect();
    for ((nth, property), said) in (0..).zip(&facts.properties).zip(said) {
        if !said {
            let value = value_items(document, property, &links);
            header.rows.push(Row { key: property.key.clone(), value, property: nth });
        }
    }
    // Nothing is gained where the fold hides one row behind another, or has no text to make room for.
    let folds_rows = header.rows.len() > FOLDED_PROPERTIES + 1;
    header.folds = !document.leaves.is_empty()
        && (folds_rows || header.rows.iter().any(|row| is_long(&row.value)));
    if folded && header.folds && folds_rows {
        header.hidden = header.rows.len().saturating_sub(FOLDED_PROPERTIES);
        header.rows.truncate(FOLDED_PROPERTIES);
    }
    header
}

/// Whether the fold cuts a value: a long one without links, which are to be followed.
pub(super) fn is_long(items: &[Item]) -> bool {
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
