//! Texts that many pages have in common, each once: a wiki is made of the same few targets, tags and
//! headings.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::text::bytes::{Reader, Writer};
use crate::text::hash::{AsIs, quick};

/// Texts by number, in one piece.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Texts {
    all: Box<str>,
    /// Where each one ends.
    ends: Box<[u32]>,
}

impl Texts {
    /// Writes them down.
    pub fn write(&self, to: &mut Writer) {
        to.text(&self.all);
        to.length(self.ends.len());
        let mut before = 0;
        for &end in &self.ends {
            to.number(end - before);
            before = end;
        }
    }

    /// Reads what [`Self::write`] wrote.
    #[must_use]
    pub fn read(from: &mut Reader<'_>) -> Self {
        let all = from.text().into();
        let mut end = 0;
        let lengths = (0..from.count()).map(|_| from.number());
        let ends = lengths.map(|length| {
            end = length.saturating_add(end);
            end
        });
        Self { all, ends: ends.collect() }
    }

    /// What they take, in bytes.
    #[must_use]
    pub fn room(&self) -> usize {
        self.all.len() + size_of_val(&*self.ends)
    }

    /// The text of that number; empty where there is none.
    #[must_use]
    pub fn get(&self, number: u32) -> &str {
        let number = number as usize;
        let Some(&end) = self.ends.get(number) else { return "" };
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.all.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// Gathers texts; one that is there already gets the same number again.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    all: String,
    ends: Vec<u32>,
    /// The number of each and where it starts, by hash: of a wiki's many texts few are near at hand for the processor,
    /// and to ask by the number first would be one way more to memory. Of two texts with one hash only the first is
    /// found again, which is but a little waste.
    known: HashMap<u64, (u32, u32), BuildHasherDefault<AsIs>>,
    /// Of the texts that are asked for at once their hashes, and what is known of these.
    asked: Vec<(u64, Option<(u32, u32)>)>,
}

impl Gathered {
    pub(super) fn number(&mut self, text: &str) -> u32 {
        let hash = quick(text.as_bytes());
        let known = self.known.get(&hash).copied();
        self.number_of(text, hash, known)
    }

    /// The numbers of `texts`, put into `numbers`. Asks for all of them before any is compared, so that the processor
    /// waits for many at once: what is known of a wiki's texts is more than it has near at hand.
    pub(super) fn numbers<'a>(
        &mut self,
        texts: impl Iterator<Item = &'a str> + Clone,
        numbers: &mut Vec<u32>,
    ) {
        let mut asked = std::mem::take(&mut self.asked);
        asked.clear();
        asked.extend(texts.clone().map(|text| {
            let hash = quick(text.as_bytes());
            (hash, self.known.get(&hash).copied())
        }));
        numbers.clear();
        numbers.extend(texts.zip(&asked).map(|(text, &(hash, known))| {
            // One that was not known may be since, from the same page.
            let known = known.or_else(|| self.known.get(&hash).copied());
            self.number_of(text, hash, known)
        }));
        self.asked = asked;
    }

    /// The number of `text`, of whose hash that much is known.
    fn number_of(&mut self, text: &str, hash: u64, known: Option<(u32, u32)>) -> u32 {
        let length = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        if let Some((number, start)) = known {
            let place = start as usize..start as usize + text.len();
            if self.all.as_bytes().get(place.clone()) == Some(text.as_bytes())
                && self.ends.get(number as usize) == Some(&length(place.end))
            {
                return number;
            }
        }
        let (number, start) = (length(self.ends.len()), length(self.all.len()));
        self.all.push_str(text);
        self.ends.push(length(self.all.len()));
        self.known.insert(hash, (number, start));
        number
    }

    pub(super) fn finish(self) -> Texts {
        Texts { all: self.all.into(), ends: self.ends.into() }
    }
}
