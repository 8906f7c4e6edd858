//! Facts as the index keeps them: a few hundred bytes a page instead of a few thousand, read again whenever they are
//! asked for. What is near stands near: numbers as the distance to the one before, texts by number in a table
//! that many pages share ([`Texts`]).
//!
//! Reading gives views and costs some tens of nanoseconds a link; one link among many is found by the table of
//! groups, for a page may hold a hundred thousand. The same bytes are what the cache keeps on disk, so
//! that reading them never fails and never asks for more room than they have: damaged ones give other facts, and the
//! cache's checksum sees to it that this does not happen.

mod packer;
mod texts;

use std::num::NonZeroU32;
use std::sync::{Arc, Weak};

pub use self::packer::Packer;
pub use self::texts::Texts;
use super::facts::{
    BlockId, Facts, Heading, Link, LinkId, LinkKind, Notice, Origin, Property, Summary, Tag,
    TagOrigin, Value,
};
use crate::text::bytes::Reader;
use crate::text::date::Date;
use crate::text::span::ByteSpan;

/// The facts of one page.
#[derive(Clone, Debug)]
pub struct Packed {
    bytes: Arc<[u8]>,
    texts: Arc<Texts>,
}

/// Where the one before stands.
#[derive(Clone, Copy, Default)]
struct At {
    start: u32,
    line: u32,
}

/// What stands one after the other in the bytes.
#[derive(Clone, Copy)]
enum Section {
    Summary,
    Groups,
    Links,
    Headings,
    Tags,
    Properties,
    BlockIds,
    Notices,
}

const SECTIONS: usize = 8;

/// So many links stand in a group, of which the first is told from zero on.
const GROUP: u32 = 32;

/// Deeper values are left out; what reads front matter is far stricter.
const DEEPEST_VALUE: usize = 200;

const KINDS: [LinkKind; 5] =
    [LinkKind::Wiki, LinkKind::Embed, LinkKind::Markdown, LinkKind::Image, LinkKind::Property];
const ORIGINS: [Origin; 3] = [Origin::FrontMatter, Origin::Footer, Origin::Metadata];
const TAG_ORIGINS: [TagOrigin; 3] = [TagOrigin::FrontMatter, TagOrigin::Inline, TagOrigin::Section];

const HAS_ALIAS: u8 = 8;
const HAS_FRAGMENT: u8 = 16;
const HAS_NEW_CONTEXT: u8 = 32;

fn read_span(from: &mut Reader<'_>, at: &mut At) -> ByteSpan {
    at.start = from.near(at.start);
    let length = from.number();
    ByteSpan { start: at.start, end: at.start.wrapping_add(length) }
}

fn read_value(from: &mut Reader<'_>, depth: usize) -> Value {
    match from.byte() {
        _ if depth > DEEPEST_VALUE => Value::Null,
        1 => Value::Bool(false),
        2 => Value::Bool(true),
        3 => Value::Number(from.text().to_owned()),
        4 => Value::Text(from.text().to_owned()),
        5 => {
            let count = from.count();
            Value::List((0..count).map(|_| read_value(from, depth + 1)).collect())
        }
        6 => {
            let count = from.count();
            let mut one = || read_value(from, depth + 1);
            Value::Map((0..count).map(|_| (one(), one())).collect())
        }
        _ => Value::Null,
    }
}

/// The dates and the strength of a page, in the order in which they are written.
fn read_date(from: &mut Reader<'_>) -> Option<Date> {
    let number = from.number().checked_sub(1)?;
    let (rest, day) = (number / 32, number % 32);
    let year = i16::try_from(rest / 13).ok()? - 10_000;
    Date::new(year, i8::try_from(rest % 13).ok()?, i8::try_from(day).ok()?).ok()
}

fn read_strength(from: &mut Reader<'_>) -> Option<f32> {
    let is_some = from.byte() > 0;
    let bytes = is_some.then(|| from.take(4).try_into().ok())?;
    bytes.map(f32::from_le_bytes)
}

fn read_text<'a>(from: &mut Reader<'a>) -> Option<&'a str> {
    (from.byte() > 0).then(|| from.text())
}

impl Packed {
    /// What `bytes` of [`Packer::pack`] say, with the texts of that packer.
    #[must_use]
    pub fn new(bytes: Arc<[u8]>, texts: Arc<Texts>) -> Self {
        Self { bytes, texts }
    }

    /// Its bytes; they mean nothing without the texts.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Tells these facts from all others, also from equal ones that were read another time, for as long as it is kept.
    #[must_use]
    pub fn identity(&self) -> Weak<[u8]> {
        Arc::downgrade(&self.bytes)
    }

    /// The texts that its bytes refer to.
    #[must_use]
    pub fn texts(&self) -> &Arc<Texts> {
        &self.texts
    }

    /// As [`Facts::words`].
    #[must_use]
    pub fn words(&self) -> u32 {
        Reader::new(&self.bytes).number()
    }

    /// How many links there are.
    #[must_use]
    pub fn link_count(&self) -> usize {
        self.section(Section::Groups).number() as usize
    }

    /// The links, in order.
    #[must_use]
    pub fn links(&self) -> Links<'_> {
        let from = self.section(Section::Links);
        let left = from.at_most(self.link_count());
        Links { from, texts: &self.texts, number: 0, left, state: State::default() }
    }

    /// The link of that number.
    #[must_use]
    pub fn link(&self, number: LinkId) -> Option<Link<&str>> {
        let mut groups = self.section(Section::Groups);
        let count = groups.number();
        if number >= count {
            return None;
        }
        let (group, before) = (number / GROUP, number % GROUP);
        let mut from = self.section(Section::Links);
        if let Some(nth) = group.checked_sub(1) {
            groups.take(nth as usize * 4);
            let start = u32::from_le_bytes(groups.take(4).try_into().ok()?);
            from.take(start as usize);
        }
        let left = from.at_most((count - group * GROUP) as usize);
        let (number, state) = (group * GROUP, State::default());
        let mut links = Links { from, texts: &self.texts, number, left, state };
        links.nth(before as usize)
    }

    /// The outline.
    #[must_use]
    pub fn headings(&self) -> impl ExactSizeIterator<Item = Heading<&str>> {
        let mut from = self.section(Section::Headings);
        let mut at = At::default();
        let texts = &*self.texts;
        (0..from.count()).map(move |_| {
            let (level, text) = (from.byte(), texts.get(from.number()));
            at.line = from.near(at.line);
            Heading { level, text, line: at.line, span: read_span(&mut from, &mut at) }
        })
    }

    /// The heading of that number.
    #[must_use]
    pub fn heading(&self, number: usize) -> Option<Heading<&str>> {
        self.headings().nth(number)
    }

    /// Every use of a tag.
    #[must_use]
    pub fn tags(&self) -> impl ExactSizeIterator<Item = Tag<&str>> {
        let mut from = self.section(Section::Tags);
        let mut at = At::default();
        let texts = &*self.texts;
        (0..from.count()).map(move |_| {
            let origin = TAG_ORIGINS.get(usize::from(from.byte())).copied();
            let name = texts.get(from.number());
            let span = read_span(&mut from, &mut at);
            Tag { name, span, origin: origin.unwrap_or(TagOrigin::Inline) }
        })
    }

    /// Front matter, footer lines and metadata lists.
    #[must_use]
    pub fn properties(&self) -> impl ExactSizeIterator<Item = Property> {
        let mut from = self.section(Section::Properties);
        let mut at = At::default();
        let texts = &*self.texts;
        (0..from.count()).map(move |_| {
            let origin = ORIGINS.get(usize::from(from.byte())).copied();
            let key = texts.get(from.number()).to_owned();
            let value = read_value(&mut from, 0);
            let span = read_span(&mut from, &mut at);
            Property { key, value, origin: origin.unwrap_or(Origin::FrontMatter), span }
        })
    }

    /// Block ids.
    #[must_use]
    pub fn block_ids(&self) -> impl ExactSizeIterator<Item = BlockId> {
        let mut from = self.section(Section::BlockIds);
        let mut at = At::default();
        (0..from.count()).map(move |_| {
            let id = from.text().to_owned();
            BlockId { id, span: read_span(&mut from, &mut at) }
        })
    }

    /// What was odd.
    #[must_use]
    pub fn notices(&self) -> impl ExactSizeIterator<Item = Notice> {
        let mut from = self.section(Section::Notices);
        (0..from.count()).map(move |_| {
            let line = from.number().checked_sub(1);
            Notice { message: from.text().to_owned(), line }
        })
    }

    /// As [`Summary::date`].
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        read_date(&mut self.section(Section::Summary))
    }

    /// As [`Summary::created`].
    #[must_use]
    pub fn created(&self) -> Option<Date> {
        let mut from = self.section(Section::Summary);
        from.number();
        read_date(&mut from)
    }

    /// As [`Summary::updated`].
    #[must_use]
    pub fn updated(&self) -> Option<Date> {
        let mut from = self.section(Section::Summary);
        from.skip_numbers(2);
        read_date(&mut from)
    }

    /// As [`Summary::strength`].
    #[must_use]
    pub fn strength(&self) -> Option<f32> {
        let mut from = self.section(Section::Summary);
        from.skip_numbers(3);
        read_strength(&mut from)
    }

    /// As [`Summary::aliases`].
    #[must_use]
    pub fn aliases(&self) -> impl ExactSizeIterator<Item = &str> {
        let mut from = self.section(Section::Summary);
        from.skip_numbers(3);
        read_strength(&mut from);
        read_text(&mut from);
        read_text(&mut from);
        (0..from.count()).map(move |_| from.text())
    }

    /// What well-known properties mean.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let mut from = self.section(Section::Summary);
        let mut date = || read_date(&mut from);
        let (date, created, updated) = (date(), date(), date());
        let strength = read_strength(&mut from);
        let mut text = || read_text(&mut from).map(str::to_owned);
        let (title, kind) = (text(), text());
        let aliases = self.aliases().map(str::to_owned).collect();
        Summary { title, aliases, kind, date, created, updated, strength }
    }

    /// The facts as they were.
    #[must_use]
    pub fn unpack(&self) -> Facts {
        let mut header = Reader::new(&self.bytes);
        let words = header.number();
        let front_matter = ByteSpan { start: header.number(), end: header.number() };
        Facts {
            properties: self.properties().collect(),
            summary: self.summary(),
            links: self.links().map(|link| link.to_owned()).collect(),
            tags: self.tags().map(|tag| tag.to_owned()).collect(),
            headings: self.headings().map(|heading| heading.to_owned()).collect(),
            block_ids: self.block_ids().collect(),
            words,
            front_matter,
            notices: self.notices().collect(),
        }
    }

    fn section(&self, wanted: Section) -> Reader<'_> {
        let mut header = Reader::new(&self.bytes);
        header.skip_numbers(3);
        let lengths: [usize; SECTIONS] = std::array::from_fn(|_| header.number() as usize);
        for length in &lengths[..wanted as usize] {
            header.take(*length);
        }
        Reader::new(header.take(lengths[wanted as usize]))
    }
}

impl From<&Facts> for Packed {
    fn from(facts: &Facts) -> Self {
        let mut packer = Packer::default();
        let bytes = packer.pack(facts);
        Self::new(bytes, packer.finish())
    }
}

impl From<Facts> for Packed {
    fn from(facts: Facts) -> Self {
        Self::from(&facts)
    }
}

impl PartialEq for Packed {
    fn eq(&self, other: &Self) -> bool {
        self.unpack() == other.unpack()
    }
}

/// The links of a page, see [`Packed::links`].
#[derive(Clone, Debug)]
pub struct Links<'a> {
    from: Reader<'a>,
    texts: &'a Texts,
    number: u32,
    left: usize,
    state: State,
}

/// What the next link is told from.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    start: u32,
    line: u32,
    context: ByteSpan,
}

impl<'a> Iterator for Links<'a> {
    type Item = Link<&'a str>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        if self.number.is_multiple_of(GROUP) {
            self.state = State::default();
        }
        self.number += 1;
        let (from, state) = (&mut self.from, &mut self.state);
        let look = from.byte();
        let words = self.texts.get(from.number());
        let target_len = from.number();
        let has_fragment = look & HAS_FRAGMENT > 0;
        let fragment_len = if has_fragment { NonZeroU32::new(from.number()) } else { None };
        state.line = from.near(state.line);
        state.start = from.near(state.start);
        let span = ByteSpan { start: state.start, end: state.start.wrapping_add(from.number()) };
        if look & HAS_NEW_CONTEXT > 0 {
            let start = from.near(state.start);
            state.context = ByteSpan { start, end: start.wrapping_add(from.number()) };
        }
        let kind = KINDS.get(usize::from(look & 7)).copied().unwrap_or(LinkKind::Wiki);
        let (line, context, has_alias) = (state.line, state.context, look & HAS_ALIAS > 0);
        Some(Link { kind, span, line, context, words, target_len, fragment_len, has_alias })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Links<'_> {}

#[cfg(test)]
mod tests;
