//! Sections with a meaning of their own: `## Tags`, whose items are tags, and `## ... Metadata` or
//! `## ... Information`, whose lists hold properties (`semantics.md`, tags; the memory-page footer).
//!
//! A list is read to its end before it is known to be one of these; until then its leaves stand; those of
//! tags are taken back and become one.

use std::ops::Range;

use super::blocks::Mark;
use super::document::{ContainerKind, LeafKind};
use super::facts::{Origin, Property, Tag, TagOrigin, Value};
use super::inline::Gathered;
use super::walk::Walk;
use super::{footer, tag};
use crate::text::role::Marks;
use crate::text::span::ByteSpan;

/// What the heading above says about the blocks that follow it.
#[derive(Default)]
pub(super) struct Section {
    kind: Kind,
    list: Option<List>,
}

impl Section {
    /// Whether the heading above says nothing about what follows.
    pub(super) fn is_plain(&self) -> bool {
        self.kind == Kind::Plain && self.list.is_none()
    }
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Kind {
    #[default]
    Plain,
    Tags,
    Properties,
}

/// A list that may turn out to be tags or properties.
struct List {
    mark: Mark,
    first_tag: usize,
    items: Vec<(String, ByteSpan)>,
    properties: Vec<Property>,
    /// Whether every item so far is one.
    whole: bool,
}

impl Walk<'_> {
    /// A heading starts a section.
    pub(super) fn section_starts(&mut self, heading: &str) {
        let last = heading.split_whitespace().next_back().unwrap_or_default().trim_end_matches(':');
        let is = |word: &str| last.eq_ignore_ascii_case(word);
        self.section.list = None;
        self.section.kind = if is("tags") && heading.split_whitespace().count() == 1 {
            Kind::Tags
        } else if is("metadata") || is("information") {
            Kind::Properties
        } else {
            Kind::Plain
        };
    }

    /// A block comes that is neither a paragraph nor a list.
    pub(super) fn section_meets_other(&mut self) {
        if let Some(list) = &mut self.section.list {
            list.whole = false;
        } else if self.section.kind == Kind::Tags {
            self.section.kind = Kind::Plain;
        }
    }

    /// A list starts.
    pub(super) fn start_list(&mut self) {
        if self.section.kind != Kind::Plain && self.blocks.depth() == 0 && self.blocks.in_body() {
            self.section.list = Some(List {
                mark: self.blocks.mark(),
                first_tag: self.facts.tags.len(),
                items: Vec::new(),
                properties: Vec::new(),
                whole: true,
            });
        }
    }

    /// A paragraph comes, its content finished. Says whether it was taken and is no leaf.
    pub(super) fn section_takes(&mut self, span: ByteSpan) -> bool {
        let content = &self.inline.content;
        if let Some(list) = &mut self.section.list {
            let in_item = self.blocks.depth() == 2;
            let first = matches!(
                self.blocks.innermost_empty(),
                Some(ContainerKind::Item { task: None, .. })
            );
            let tags = match self.section.kind {
                Kind::Tags => tag::section_items(content, true),
                _ => None,
            };
            match (tags, property(content, span)) {
                _ if !in_item || !first => list.whole = false,
                (Some(items), _) => list.items.extend(items),
                (None, Some(property)) if self.section.kind == Kind::Properties => {
                    list.properties.push(property);
                }
                _ => list.whole = false,
            }
            return false;
        }
        if self.section.kind != Kind::Tags || self.blocks.depth() > 0 || !self.blocks.in_body() {
            return false;
        }
        self.section.kind = Kind::Plain;
        let Some(items) = tag::section_items(content, false) else { return false };
        let uses = content.runs.iter().filter(|run| run.marks.has(Marks::TAG)).count();
        let first = self.facts.tags.len() - uses.min(self.facts.tags.len());
        self.add_tags(first, items, span);
        true
    }

    /// The outermost list has ended.
    pub(super) fn end_list(&mut self, span: ByteSpan) {
        if self.blocks.depth() > 0 || !self.blocks.in_body() {
            return;
        }
        let Some(list) = self.section.list.take() else { return };
        let is_tags = self.section.kind == Kind::Tags;
        if is_tags {
            self.section.kind = Kind::Plain;
        }
        // A list of properties stays where it was written: its values hold links to follow.
        self.facts.properties.extend(list.properties);
        if is_tags && list.whole && !list.items.is_empty() && self.blocks.take_back(list.mark) {
            let span = self.trimmed(span);
            self.add_tags(list.first_tag, list.items, span);
        }
    }

    /// Makes `items` the tags from number `first` on, shown as one leaf.
    fn add_tags(&mut self, first: usize, items: Vec<(String, ByteSpan)>, span: ByteSpan) {
        let origin = TagOrigin::Section;
        self.facts.tags.truncate(first);
        let tags = items.into_iter().map(|(name, span)| Tag { name: name.into(), span, origin });
        self.facts.tags.extend(tags);
        let numbers = first..self.facts.tags.len();
        let numbers = numbers.filter_map(|number| u32::try_from(number).ok()).collect();
        self.blocks.push(LeafKind::Tags(numbers), span);
        self.last_block = span;
    }

    /// Reads a line of the footer; links and tags in it count.
    pub(super) fn read_footer_line(&mut self, line: Range<usize>) {
        let span = ByteSpan::new(line.clone());
        match footer::split(self.source.slice(span)) {
            Some((key, value)) if footer::is_plain(key) && footer::is_plain(value) => {
                self.add_footer_property(key, value, span);
            }
            _ => self.read(line.start, line.end),
        }
    }

    /// Adds what a line of the footer says, its text as shown.
    pub(super) fn add_footer_text(&mut self, text: &str, span: ByteSpan) {
        if let Some((key, value)) = text.trim_matches('*').split_once(':') {
            self.add_footer_property(key, value, span);
        }
    }

    fn add_footer_property(&mut self, key: &str, value: &str, span: ByteSpan) {
        let value = super::yaml::plain_value(value.trim());
        let key = key.trim().to_owned();
        self.facts.properties.push(Property { key, value, origin: Origin::Footer, span });
    }
}

/// The property that an item `**Key**: value` or `**Key:** value` says.
fn property(content: &Gathered, span: ByteSpan) -> Option<Property> {
    let key_end =
        content.runs.iter().take_while(|run| run.marks.has(Marks::STRONG)).last()?.end as usize;
    let (key, rest) = content.text.split_at_checked(key_end)?;
    let (key, value) = match key.strip_suffix(':') {
        Some(key) => (key, rest),
        None => (key, rest.strip_prefix(':')?),
    };
    let value = match value.trim() {
        "" => Value::Null,
        value => super::yaml::plain_value(value),
    };
    let key = key.trim().to_owned();
    (!key.is_empty()).then_some(Property { key, value, origin: Origin::Metadata, span })
}
