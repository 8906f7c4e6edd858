//! The names of all pages in one piece: titles, aliases and headings, each text once. A search asks this piece once,
//! instead of every heading of every page: a wiki of 100,000 pages has a million headings, most of them
//! alike ("Background"). Gathered once for an index; of that size it takes 8 bytes a heading and what the texts take
//! that differ.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher, Hasher};

use super::Part;
use crate::index::Page;
use crate::search::edges::{self, Fit};
use crate::text::hash::AsIs;

/// Where in the names of a page something stands; less is better. Two words in headings count less than one in
/// the title and one in the text, hence the steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Place {
    /// It is the title.
    WholeTitle = 0,
    /// A word of the title.
    Title = 4,
    /// The beginning of a word of the title.
    TitleStart = 5,
    /// A word of an alias.
    Alias = 8,
    /// The beginning of a word of an alias.
    AliasStart = 9,
    /// A word of a heading.
    Heading = 12,
    /// The beginning of a word of a heading.
    HeadingStart = 13,
    /// Inside a word of the title.
    InTitle = 14,
    /// Inside a word of an alias or a heading.
    Inside = 15,
    /// In none of them.
    Nowhere = 16,
}

impl Place {
    /// Whether it stands in the title.
    pub(super) fn is_titled(self) -> bool {
        matches!(self, Self::WholeTitle | Self::Title | Self::TitleStart | Self::InTitle)
    }

    /// Whether it stands in a name, and not just inside of a word there.
    pub(super) fn is_named(self) -> bool {
        self < Self::InTitle
    }
}

/// What a name says to a part of a search; the better the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Answer {
    No,
    Holds(Fit),
    /// It is what is looked for.
    Is,
}

/// The names of pages, the pages by number in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// The texts, a line end after each.
    all: String,
    /// Where each text ends, the line end not counted.
    ends: Vec<u32>,
    /// Of each page its title, its aliases, its headings, by the number of the text.
    numbers: Vec<u32>,
    /// Of each page where its numbers end, and how many of them are aliases.
    pages: Vec<(u32, u32)>,
}

/// Gathers names.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    names: Names,
    /// By hash. Of two texts with one hash only the first is found again, which is but a little waste.
    known: HashMap<u64, u32, BuildHasherDefault<AsIs>>,
}

impl Gathering {
    pub(super) fn add(&mut self, page: &Page) {
        self.name(&page.title);
        let aliases = page.facts.aliases();
        let count = small(aliases.len());
        aliases.for_each(|alias| self.name(alias));
        page.facts.headings().for_each(|heading| self.name(heading.text));
        self.names.pages.push((small(self.names.numbers.len()), count));
    }

    fn name(&mut self, text: &str) {
        // Nobody has names of 4 GiB; who has, finds the rest by their texts.
        let room = u32::MAX as usize - self.names.all.len();
        let text = if text.len() < room { text } else { "" };
        let mut hasher = DefaultHasher::new();
        hasher.write(text.as_bytes());
        let hash = hasher.finish();
        let Names { all, ends, numbers, .. } = &mut self.names;
        let known = self.known.get(&hash).copied();
        if let Some(number) = known.filter(|number| text_of(all, ends, *number as usize) == text) {
            return numbers.push(number);
        }
        let number = small(ends.len());
        all.push_str(text);
        ends.push(small(all.len()));
        all.push('\n');
        numbers.push(number);
        self.known.insert(hash, number);
    }

    pub(super) fn finish(self) -> Names {
        let mut names = self.names;
        names.all.shrink_to_fit();
        names.ends.shrink_to_fit();
        names.numbers.shrink_to_fit();
        names
    }
}

impl Names {
    /// Where `part` stands, of each page.
    pub(super) fn places(&self, part: &Part) -> Vec<Place> {
        let answers = self.answers(part);
        let answer = |number: &u32| answers[*number as usize];
        let mut start = 0;
        let place = |&(end, aliases): &(u32, u32)| {
            let numbers = &self.numbers[start..end as usize];
            start = end as usize;
            let (title, rest) = numbers.split_first().expect("every page has a title");
            let (aliases, headings) = rest.split_at(aliases as usize);
            let best = |numbers: &[u32], word: Place, start: Place| match numbers
                .iter()
                .map(answer)
                .max()
                .unwrap_or(Answer::No)
            {
                Answer::Is | Answer::Holds(Fit::Word) => word,
                Answer::Holds(Fit::Start) => start,
                Answer::Holds(Fit::Inside) => Place::Inside,
                Answer::No => Place::Nowhere,
            };
            let in_title = match answer(title) {
                Answer::Is => return Place::WholeTitle,
                Answer::Holds(Fit::Word) => return Place::Title,
                Answer::Holds(Fit::Start) => return Place::TitleStart,
                Answer::Holds(Fit::Inside) => Place::InTitle,
                Answer::No => Place::Nowhere,
            };
            in_title.min(best(aliases, Place::Alias, Place::AliasStart)).min(best(
                headings,
                Place::Heading,
                Place::HeadingStart,
            ))
        };
        self.pages.iter().map(place).collect()
    }

    /// What each text says to `part`.
    fn answers(&self, part: &Part) -> Vec<Answer> {
        let mut answers = vec![Answer::No; self.ends.len()];
        let texts = |number: usize| text_of(&self.all, &self.ends, number);
        if part.typed {
            // Such a pattern may look beyond the end of a line.
            for (number, answer) in answers.iter_mut().enumerate() {
                let text = texts(number);
                if let Some(found) = part.pattern.find(text) {
                    let is_all = found.len() == text.len();
                    *answer = if is_all { Answer::Is } else { Answer::Holds(Fit::Word) };
                }
            }
            return answers;
        }
        let (mut from, mut number) = (0, 0);
        while let Some(found) = part.pattern.find_at(&self.all, from) {
            // Most often in the same text again, or in one of the next.
            let is_behind = |end: &u32| (*end as usize) < found.start();
            if self.ends.get(number).is_some_and(is_behind) {
                number += 1 + self.ends[number + 1..].partition_point(is_behind);
            }
            let (Some(answer), Some(&end)) = (answers.get_mut(number), self.ends.get(number))
            else {
                break;
            };
            let is_all = found.len() == texts(number).len();
            let fit = edges::fit(&self.all, &found.range());
            *answer = (*answer).max(if is_all { Answer::Is } else { Answer::Holds(fit) });
            // The same text may hold it better further on.
            from = if fit == Fit::Word { end as usize + 1 } else { found.end() };
        }
        answers
    }
}

fn text_of<'a>(all: &'a str, ends: &[u32], number: usize) -> &'a str {
    let start = number.checked_sub(1).map_or(0, |before| ends[before] as usize + 1);
    &all[start..ends[number] as usize]
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
