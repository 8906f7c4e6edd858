//! Writing: the facts of a page as bytes, which [`super`] reads.

use std::sync::Arc;

use super::texts::{Gathered, Texts};
use super::{
    At, DEEPEST_VALUE, GROUP, HAS_ALIAS, HAS_FRAGMENT, HAS_NEW_CONTEXT, KINDS, ORIGINS, SECTIONS,
    TAG_ORIGINS,
};
use crate::markdown::facts::{Facts, Link, Summary, Value};
use crate::text::bytes::Writer;
use crate::text::span::ByteSpan;

/// Packs the facts of many pages, so that they share their texts.
#[derive(Debug, Default)]
pub struct Packer {
    texts: Gathered,
    /// The numbers of a page's texts, kept from page to page as the sections are.
    numbers: Vec<u32>,
    /// Where the sections of a page are written before they are put together, kept from page to page.
    sections: [Writer; SECTIONS],
    whole: Writer,
}

impl Packer {
    /// The packed form of `facts`, for [`Packed::new`](super::Packed::new).
    pub fn pack(&mut self, facts: &Facts) -> Arc<[u8]> {
        let Self { texts, numbers, sections, whole } = self;
        let links = facts.links.iter().map(|link| &*link.words);
        let headings = facts.headings.iter().map(|heading| &*heading.text);
        let tags = facts.tags.iter().map(|tag| &*tag.name);
        texts.numbers(links.chain(headings).chain(tags), numbers);
        let mut numbers = numbers.iter().copied();
        let mut number = || numbers.next().unwrap_or_default();
        for section in &mut *sections {
            section.bytes.clear();
        }
        let [about, groups, links, headings, tags, properties, block_ids, notices] = sections;
        summary(about, &facts.summary);
        self::links(groups, links, &facts.links, &mut number);
        list(headings, &facts.headings, |to, heading, at| {
            to.byte(heading.level);
            to.number(number());
            to.near(heading.line, at.line);
            to.near(heading.span.start, at.start);
            to.number(heading.span.end.wrapping_sub(heading.span.start));
            At { start: heading.span.start, line: heading.line }
        });
        list(tags, &facts.tags, |to, tag, at| {
            to.byte(place_of(&TAG_ORIGINS, tag.origin));
            to.number(number());
            span(to, tag.span, at)
        });
        list(properties, &facts.properties, |to, property, at| {
            to.byte(place_of(&ORIGINS, property.origin));
            to.number(texts.number(&property.key));
            value(to, &property.value, 0);
            span(to, property.span, at)
        });
        list(block_ids, &facts.block_ids, |to, block, at| {
            to.text(&block.id);
            span(to, block.span, at)
        });
        list(notices, &facts.notices, |to, notice, at| {
            to.number(notice.line.map_or(0, |line| line.saturating_add(1)));
            to.text(&notice.message);
            at
        });
        whole.bytes.clear();
        whole.number(facts.words);
        whole.number(facts.front_matter.start);
        whole.number(facts.front_matter.end);
        for section in &*sections {
            whole.length(section.bytes.len());
        }
        for section in &*sections {
            whole.bytes.extend_from_slice(&section.bytes);
        }
        Arc::from(&*whole.bytes)
    }

    /// The texts of all that was packed.
    #[must_use]
    pub fn finish(self) -> Arc<Texts> {
        Arc::new(self.texts.finish())
    }
}

/// A list: how many, then each, told from where the one before stands.
fn list<T>(to: &mut Writer, all: &[T], mut write: impl FnMut(&mut Writer, &T, At) -> At) {
    to.length(all.len());
    let mut at = At::default();
    for one in all {
        at = write(to, one, at);
    }
}

/// How many links there are and where each group but the first starts; the links.
fn links(
    groups: &mut Writer,
    to: &mut Writer,
    links: &[Link],
    number_of_words: &mut impl FnMut() -> u32,
) {
    groups.length(links.len());
    let (mut at, mut context) = (At::default(), ByteSpan::default());
    for (number, link) in (0_u32..).zip(links) {
        if number > 0 && number.is_multiple_of(GROUP) {
            let start = u32::try_from(to.bytes.len()).unwrap_or(u32::MAX);
            groups.bytes.extend_from_slice(&start.to_le_bytes());
            (at, context) = (At::default(), ByteSpan::default());
        }
        let is_new = link.context != context;
        context = link.context;
        to.byte(
            place_of(&KINDS, link.kind)
                | if link.has_alias { HAS_ALIAS } else { 0 }
                | if link.fragment_len.is_some() { HAS_FRAGMENT } else { 0 }
                | if is_new { HAS_NEW_CONTEXT } else { 0 },
        );
        to.number(number_of_words());
        to.number(link.target_len);
        if let Some(length) = link.fragment_len {
            to.number(length.get());
        }
        to.near(link.line, at.line);
        at = At { line: link.line, ..span(to, link.span, at) };
        if is_new {
            to.near(context.start, at.start);
            to.number(context.end.wrapping_sub(context.start));
        }
    }
}

fn span(to: &mut Writer, span: ByteSpan, at: At) -> At {
    to.near(span.start, at.start);
    to.number(span.end.wrapping_sub(span.start));
    At { start: span.start, ..at }
}

fn place_of<T: PartialEq + Copy>(all: &[T], one: T) -> u8 {
    let place = all.iter().position(|other| *other == one).unwrap_or_default();
    u8::try_from(place).unwrap_or_default()
}

fn summary(to: &mut Writer, summary: &Summary) {
    for date in [summary.date, summary.created, summary.updated] {
        to.number(date.map_or(0, |date| {
            let year = u32::from(date.year().saturating_add(10_000).cast_unsigned());
            let (month, day) = (date.month().cast_unsigned(), date.day().cast_unsigned());
            1 + (year * 13 + u32::from(month)) * 32 + u32::from(day)
        }));
    }
    to.byte(u8::from(summary.strength.is_some()));
    to.bytes.extend(summary.strength.map(f32::to_le_bytes).into_iter().flatten());
    for text in [&summary.title, &summary.kind] {
        to.byte(u8::from(text.is_some()));
        if let Some(text) = text {
            to.text(text);
        }
    }
    to.length(summary.aliases.len());
    summary.aliases.iter().for_each(|alias| to.text(alias));
}

fn value(to: &mut Writer, value: &Value, depth: usize) {
    match value {
        _ if depth > DEEPEST_VALUE => to.byte(0),
        Value::Null => to.byte(0),
        Value::Bool(is) => to.byte(if *is { 2 } else { 1 }),
        Value::Number(number) => {
            to.byte(3);
            to.text(number);
        }
        Value::Text(text) => {
            to.byte(4);
            to.text(text);
        }
        Value::List(all) => {
            to.byte(5);
            to.length(all.len());
            for one in all {
                self::value(to, one, depth + 1);
            }
        }
        Value::Map(all) => {
            to.byte(6);
            to.length(all.len());
            for (key, one) in all {
                self::value(to, key, depth + 1);
                self::value(to, one, depth + 1);
            }
        }
    }
}
