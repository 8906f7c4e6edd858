//! The index as bytes, for the cache: all that was found out stands in it, so that reading it costs no folding, no
//! looking up and no resolving. What follows from the rest (the pages of a tag) is not written but counted again.
//!
//! Whoever keeps the bytes sees to it that they are whole and from this version of the program
//! ([`FORMAT`]). Reading never panics and never takes more room than the bytes call for, but of damaged
//! bytes it makes what it can.

use std::collections::HashMap;
use std::sync::Arc;

use super::files::{Content, Number, Record};
use super::folders::Folders;
use super::inbound::Inbound;
use super::kinds::Kinds;
use super::leads::{Lead, Leads, via_number, via_of};
use super::names::ByName;
use super::tags::Tags;
use super::{Called, Index, Page, PageId};
use crate::markdown::Packed;
use crate::markdown::packed::Texts;
use crate::text::bytes::{Reader, Writer};
use crate::vault::PagePath;

/// Counts up with every change of what stands in the bytes, be it by the rules of links, by what is read of
/// pages, or by the way it is written.
pub const FORMAT: u32 = 2;

/// In pieces of about so many bytes the index is written.
const PIECE: usize = 1 << 18;

const GONE: u8 = 0;
const ATTACHMENT: u8 = 1;
const PAGE: u8 = 2;

impl Index {
    /// Gives the index as bytes to `sink`, piece by piece: the whole would take half as much room again.
    ///
    /// # Errors
    /// The first of `sink`'s, which is not called again after it.
    pub fn write<E>(&self, mut sink: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let mut to = Writer::default();
        let mut pass_on = |to: &mut Writer, least: usize| {
            if to.bytes.len() < least {
                return Ok(());
            }
            let passed = sink(&to.bytes);
            to.bytes.clear();
            passed
        };
        let tables = self.tables();
        to.length(tables.len());
        let mut in_order: Vec<(&Arc<Texts>, u32)> = tables.values().copied().collect();
        in_order.sort_unstable_by_key(|&(_, number)| number);
        for (texts, _) in in_order {
            texts.write(&mut to);
            pass_on(&mut to, PIECE)?;
        }
        self.tags.write(&mut to);
        self.folders.write(&mut to);
        to.length(self.files.numbers());
        for number in (0..).take(self.files.numbers()) {
            self.files.write_path(&mut to, number);
            match self.files.content(number) {
                Content::Gone => to.byte(GONE),
                Content::Attachment => to.byte(ATTACHMENT),
                Content::Page(record) => {
                    to.byte(PAGE);
                    let table = tables.get(&Arc::as_ptr(record.page.facts.texts()));
                    to.number(table.map_or(0, |&(_, number)| number));
                    write_record(&mut to, record);
                }
            }
            pass_on(&mut to, PIECE)?;
        }
        self.asks.write(&mut to, Writer::number);
        self.called.write(&mut to, |to, called| {
            to.number(called.page);
            to.byte(via_number(called.via));
        });
        pass_on(&mut to, 0)
    }

    /// The index that [`Self::write`] wrote; `None` where the bytes make no sense.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        let from = &mut from;
        let tables: Vec<Arc<Texts>> =
            (0..from.count()).map(|_| Arc::new(Texts::read(from))).collect();
        let mut index = Self { tags: Tags::read(from), ..Self::default() };
        index.folders = Arc::new(Folders::read(from));
        let count = from.count();
        for _ in 0..count {
            let (path, number) = index.files.read_path(from)?;
            let content = match from.byte() {
                ATTACHMENT => Content::Attachment,
                PAGE => {
                    let texts = tables.get(from.number() as usize)?;
                    let kinds = &mut index.kinds;
                    let record = read_record(from, texts, kinds, path, PageId(number), count)?;
                    let is_there = |lead| match lead {
                        Lead::File { to, .. } => (to as usize) < count,
                        Lead::Folder { to, .. } => index.folders.has(to),
                        Lead::Missing | Lead::External => true,
                    };
                    if !record.leads.iter().all(is_there) {
                        return None;
                    }
                    if !index.tags.carry(number, &record.tags) {
                        return None;
                    }
                    Content::Page(Arc::new(record))
                }
                _ => Content::Gone,
            };
            index.files.replace(number, content);
        }
        index.asks = ByName::read(from, Reader::number);
        let mut is_sound = true;
        index.called = ByName::read(from, |from| {
            let page = from.number();
            is_sound &= (page as usize) < count;
            Called { page, via: via_of(from.byte()) }
        });
        index.files.shrink_to_fit();
        index.apply_all([]);
        is_sound.then_some(index)
    }

    /// The tables of texts that the pages refer to, each with a number.
    pub(super) fn tables(&self) -> HashMap<*const Texts, (&Arc<Texts>, u32)> {
        let mut tables = HashMap::new();
        for page in self.pages() {
            let next = u32::try_from(tables.len()).unwrap_or(u32::MAX);
            let texts = page.facts.texts();
            tables.entry(Arc::as_ptr(texts)).or_insert((texts, next));
        }
        tables
    }
}

fn write_record(to: &mut Writer, record: &Record) {
    let Page { title, kind, modified_ms, bytes, facts, unreadable, .. } = &record.page;
    to.text(title);
    for text in [kind.as_deref(), unreadable.as_deref()] {
        to.byte(u8::from(text.is_some()));
        if let Some(text) = text {
            to.text(text);
        }
    }
    to.wide(modified_ms.cast_unsigned());
    to.wide(*bytes);
    to.slice(facts.bytes());
    to.length(record.leads.len());
    let mut last = 0;
    for lead in record.leads.iter() {
        match lead {
            Lead::Missing => to.byte(0),
            Lead::External => to.byte(1),
            Lead::File { to: file, via, ambiguous } => {
                to.byte((if ambiguous { 3 } else { 2 }) | via_number(via) << 3);
                to.near(file, last);
                last = file;
            }
            Lead::Folder { to: folder, via } => {
                to.byte(4 | via_number(via) << 3);
                to.number(folder);
            }
        }
    }
    to.length(record.tags.len());
    record.tags.iter().for_each(|&tag| to.number(tag));
    to.slice(record.inbound.bytes());
}

fn read_record(
    from: &mut Reader<'_>,
    texts: &Arc<Texts>,
    kinds: &mut Kinds,
    path: PagePath,
    id: PageId,
    count: usize,
) -> Option<Record> {
    let title = from.text().to_owned();
    let mut text = || (from.byte() > 0).then(|| from.text());
    let (kind, unreadable) = (text(), text());
    let (kind, unreadable) = (kind.map(|kind| kinds.shared(kind)), unreadable.map(Into::into));
    let (modified_ms, bytes) = (from.wide().cast_signed(), from.wide());
    let facts = Packed::new(from.slice().into(), Arc::clone(texts));
    let page = Page { id, path, title, kind, modified_ms, bytes, facts, unreadable };
    let mut last: Number = 0;
    let lead = |from: &mut Reader<'_>| {
        let byte = from.byte();
        let via = via_of(byte >> 3);
        match byte & 7 {
            1 => Lead::External,
            is @ (2 | 3) => {
                last = from.near(last);
                Lead::File { to: last, via, ambiguous: is == 3 }
            }
            4 => Lead::Folder { to: from.number(), via },
            _ => Lead::Missing,
        }
    };
    let leads: Leads = read_all(from, lead);
    let tags = read_all(from, Reader::number);
    let inbound = Inbound::read(from.slice(), count)?;
    let is_whole = leads.len() == page.facts.link_count();
    is_whole.then_some(Record { page, leads, tags, inbound })
}

fn read_all<'a, T, A: FromIterator<T>>(
    from: &mut Reader<'a>,
    mut one: impl FnMut(&mut Reader<'a>) -> T,
) -> A {
    (0..from.count()).map(|_| one(from)).collect()
}
