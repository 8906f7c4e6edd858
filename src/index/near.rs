//! Names that resemble a name: for proposals where a page or a heading is missing. Pure. (What one of a few
//! known words was meant by a mistyped one is another question: `text::near`.)

use std::collections::HashMap;

use super::files::Number;
use crate::text::fold::fold;
use crate::vault::path::strip_page_extension;

/// Less alike than this is no proposal.
const NEAR: f64 = 0.82;

/// So alike are two names of which one holds the other as whole words.
const CONTAINED: f64 = 0.9;

/// Longer names are compared by their first characters only.
const LONGEST: usize = 64;

/// A page whose name resembles the one that was asked for.
pub(super) struct Near {
    pub(super) page: Number,
    /// Up to 1, which is equality.
    pub(super) score: f64,
}

/// The pages among `names` that resemble `target`, each with its best score.
pub(super) fn nearest<'a>(
    target: &str,
    names: impl Iterator<Item = (Number, &'a str)>,
) -> Vec<Near> {
    let wanted = Name::new(&name_of(target));
    let mut name = Name::new("");
    let scores = names.map(|(page, text)| {
        name.set(text);
        (page, wanted.likeness(&name))
    });
    best(scores)
}

/// Every name of a wiki, for asking after many targets: a target is compared only with the names that
/// share letter pairs with it, and of these only with those that share letters enough. (All with all took
/// minutes for ten thousand pages.)
#[derive(Debug)]
pub struct Names {
    all: Vec<(Number, Name)>,
    /// Their lengths in characters, at most [`LONGEST`].
    lengths: Vec<u8>,
    /// The names, by index, that hold a pair of letters one behind the other.
    by_pair: HashMap<(char, char), Vec<u32>>,
}

/// No more names than these are compared with a target letter by letter.
const MOST_COMPARED: usize = 200;

impl Names {
    pub(super) fn new<'a>(names: impl Iterator<Item = (Number, &'a str)>) -> Self {
        let all: Vec<(Number, Name)> = names.map(|(page, text)| (page, Name::new(text))).collect();
        let mut by_pair: HashMap<(char, char), Vec<u32>> = HashMap::new();
        for (at, (_, name)) in (0..).zip(&all) {
            for pair in name.pairs() {
                let of_pair = by_pair.entry(pair).or_default();
                // A pair that a name holds twice is held once.
                if of_pair.last() != Some(&at) {
                    of_pair.push(at);
                }
            }
        }
        let length = |(_, name): &(_, Name)| u8::try_from(name.characters.len()).unwrap_or(u8::MAX);
        Self { lengths: all.iter().map(length).collect(), all, by_pair }
    }

    /// As [`nearest`], among those names that share the most letter pairs with `target`.
    pub(super) fn nearest(&self, target: &str) -> Vec<Near> {
        let wanted = Name::new(&name_of(target));
        let compared = self.compared(&wanted).into_iter();
        let compared = compared.map(|name| &self.all[name as usize]);
        best(compared.map(|(page, name)| (*page, wanted.likeness(name))))
    }

    /// The names that `wanted` has to be compared with letter by letter.
    fn compared(&self, wanted: &Name) -> Vec<u32> {
        // Of two names whose letters are swapped a third of the pairs stays. So a name that is near holds
        // one of the rarest two thirds, and the commonest pairs, which cost most, need not be asked.
        let mut lists: Vec<&[u32]> =
            wanted.pairs().filter_map(|pair| Some(&**self.by_pair.get(&pair)?)).collect();
        lists.sort_by_key(|list| list.len());
        lists.truncate(lists.len() - lists.len() / 3);
        let mut counts = vec![0_u8; self.all.len()];
        for list in lists {
            for &name in list {
                // A name has fewer than LONGEST pairs.
                counts[name as usize] += 1;
            }
        }
        let met = with_most(&counts, MOST_COMPARED);
        // Those that share the most; of the many that share as much as the last of them the shortest.
        let mut shared: Vec<(u8, u8, u32)> = met
            .map(|name| {
                let at = name as usize;
                (u8::MAX - counts[at], self.lengths[at], name)
            })
            .collect();
        if shared.len() > MOST_COMPARED {
            shared.select_nth_unstable(MOST_COMPARED);
            shared.truncate(MOST_COMPARED);
        }
        shared.into_iter().map(|(_, _, name)| name).collect()
    }
}

/// The places of the highest counts, no zeros among them: of at least `most` of them where there are so many, and
/// of all that are as high as the last of these. Nearly all counts are low. So they are looked at a stretch at a
/// time, which the processor does at once, and as often as there are high ones.
fn with_most(counts: &[u8], most: usize) -> impl Iterator<Item = u32> {
    const STRETCH: usize = 64;
    let highest = counts.iter().copied().max().unwrap_or(0);
    let as_high = |least: u8| -> usize {
        // No more than STRETCH are counted in a byte.
        let of = |stretch: &[u8]| stretch.iter().map(|count| u8::from(*count >= least)).sum::<u8>();
        counts.chunks(STRETCH).map(|stretch| usize::from(of(stretch))).sum()
    };
    let least = (2..=highest).rev().find(|least| as_high(*least) >= most).unwrap_or(1);
    let stretches = counts.chunks(STRETCH).zip((0_u32..).step_by(STRETCH));
    let highest = |stretch: &[u8]| stretch.iter().fold(0, |highest, count| *count.max(&highest));
    let high = stretches.filter(move |(stretch, _)| highest(stretch) >= least);
    high.flat_map(move |(stretch, start)| {
        let places = stretch.iter().zip(start..).filter(move |(count, _)| **count >= least);
        places.map(|(_, place)| place)
    })
}

/// The best score of each page, of those that are near.
fn best(scores: impl Iterator<Item = (Number, f64)>) -> Vec<Near> {
    let mut best: HashMap<Number, f64> = HashMap::new();
    for (page, score) in scores.filter(|(_, score)| *score >= NEAR) {
        let best = best.entry(page).or_default();
        *best = best.max(score);
    }
    best.into_iter().map(|(page, score)| Near { page, score }).collect()
}

/// The name that a target asks for, without its folders and the extension of pages; folded.
fn name_of(target: &str) -> String {
    let target = fold(target.trim_matches('/'));
    let name = target.rsplit('/').next().unwrap_or(&target);
    strip_page_extension(name).unwrap_or(name).to_owned()
}

/// How alike two texts are, 0 to 1; 0 where they are not near.
pub(super) fn likeness(a: &str, b: &str) -> f64 {
    let score = Name::new(a).likeness(&Name::new(b));
    if score >= NEAR { score } else { 0.0 }
}

/// A name taken apart for comparison.
#[derive(Debug)]
struct Name {
    characters: Vec<char>,
    /// A bit for each character that occurs, modulo 64.
    occurs: u64,
    /// How often each occurs, modulo 64: what two names share at most.
    counts: [u8; 64],
}

impl Name {
    fn new(text: &str) -> Self {
        let mut name = Self { characters: Vec::new(), occurs: 0, counts: [0; 64] };
        name.set(text);
        name
    }

    /// Takes another name, in the same memory: a wiki's names are compared by the thousand.
    fn set(&mut self, text: &str) {
        self.characters.clear();
        // Folded but for the normal form: what is compared here need not be equal.
        let lower = text.chars().flat_map(char::to_lowercase);
        let spaced = lower.map(|c| if matches!(c, '_' | '-') { ' ' } else { c });
        self.characters.extend(spaced.take(LONGEST));
        (self.occurs, self.counts) = (0, [0; 64]);
        for &c in &self.characters {
            self.occurs |= 1 << (c as u32 % 64);
            // Names are at most LONGEST = 64 long.
            self.counts[(c as u32 % 64) as usize] += 1;
        }
    }

    fn pairs(&self) -> impl Iterator<Item = (char, char)> {
        self.characters.windows(2).map(|pair| (pair[0], pair[1]))
    }

    fn likeness(&self, other: &Self) -> f64 {
        let held = self.holds(other) || other.holds(self);
        if !self.is_mostly(other) {
            return if held { NEAR } else { 0.0 };
        }
        let contained = if held { CONTAINED } else { 0.0 };
        if !self.shares_enough(other) {
            return contained;
        }
        strsim::generic_jaro_winkler(&self.characters, &other.characters).max(contained)
    }

    /// Whether so many letters are common that the likeness of Jaro and Winkler can be [`NEAR`], wherever
    /// the letters stand.
    fn shares_enough(&self, other: &Self) -> bool {
        if self.characters.is_empty() || other.characters.is_empty() {
            return false;
        }
        let of = |length: usize| f64::from(u32::try_from(length).unwrap_or(u32::MAX));
        let pairs = self.counts.iter().zip(&other.counts).map(|(a, b)| *a.min(b)).sum::<u8>();
        let m = f64::from(pairs);
        let jaro = (m / of(self.characters.len()) + m / of(other.characters.len()) + 1.0) / 3.0;
        let common = self.characters.iter().zip(&other.characters).take(4);
        let common = common.take_while(|(a, b)| a == b).count();
        jaro + of(common) * 0.1 * (1.0 - jaro) >= NEAR
    }

    /// Whether half of the letters that occur in one of the two occur in both.
    fn is_mostly(&self, other: &Self) -> bool {
        let shared = (self.occurs & other.occurs).count_ones();
        shared * 2 >= self.occurs.count_ones().max(other.occurs.count_ones())
    }

    /// Whether `other` occurs here as whole words.
    fn holds(&self, other: &Self) -> bool {
        let length = other.characters.len();
        let is_edge = |at: Option<&char>| at.is_none_or(|c| !c.is_alphanumeric());
        length >= 3
            && length <= self.characters.len()
            && other.occurs & !self.occurs == 0
            && self.characters.windows(length).enumerate().any(|(at, window)| {
                window == other.characters
                    && is_edge(at.checked_sub(1).and_then(|at| self.characters.get(at)))
                    && is_edge(self.characters.get(at + length))
            })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::{LONGEST, MOST_COMPARED, Name, Names, Near, likeness, nearest};

    #[test]
    fn many_targets_have_the_same_answers_as_one() {
        let names = [
            "Python",
            "pyhton tips",
            "alex_chen",
            "Alex",
            "go",
            "日記",
            "2024-01-15_first_meeting",
        ];
        let numbered = || (0..).zip(names);
        let all = Names::new(numbered());
        for target in ["python", "people/alex chen.md", "alex", "日記", "first meeting", "x", ""]
        {
            let sorted = |mut near: Vec<Near>| {
                near.sort_by_key(|near| near.page);
                near.into_iter().map(|near| (near.page, near.score)).collect::<Vec<_>>()
            };
            assert_eq!(
                sorted(all.nearest(target)),
                sorted(nearest(target, numbered())),
                "{target}"
            );
        }
    }

    /// What [`Names::compared`] gives, said plainly: the names that share the most of the rarer pairs.
    fn compared_plainly(names: &Names, wanted: &Name) -> Vec<u32> {
        let mut lists: Vec<&Vec<u32>> =
            wanted.pairs().filter_map(|pair| names.by_pair.get(&pair)).collect();
        lists.sort_by_key(|list| list.len());
        lists.truncate(lists.len() - lists.len() / 3);
        let mut shared: HashMap<u32, usize> = HashMap::new();
        for name in lists.into_iter().flatten() {
            *shared.entry(*name).or_default() += 1;
        }
        let mut shared: Vec<(usize, u8, u32)> = shared
            .into_iter()
            .map(|(name, pairs)| (LONGEST - pairs, names.lengths[name as usize], name))
            .collect();
        shared.sort_unstable();
        shared.truncate(MOST_COMPARED);
        shared.into_iter().map(|(.., name)| name).collect()
    }

    proptest! {
        #[test]
        fn those_that_share_the_most_pairs_are_compared(
            all in prop::collection::vec("[ab]{0,3}[a-e _é]{0,6}", 1..900),
            wanted in "[ab]{0,3}[a-e _é]{0,9}",
        ) {
            let names = Names::new((0..).zip(all.iter().map(String::as_str)));
            let wanted = Name::new(&wanted);
            let mut found = names.compared(&wanted);
            let mut expected = compared_plainly(&names, &wanted);
            found.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn slips_are_near_and_other_names_are_not() {
        let near = |a: &str, b: &str| assert!(likeness(a, b) > 0.0, "{a} ~ {b}");
        let far = |a: &str, b: &str| assert!(likeness(a, b) == 0.0, "{a} !~ {b}");
        near("python", "pyhton");
        near("alex chen", "alex_chen");
        near("alex", "alex chen");
        near("alex-chan", "alex chen");
        near("first meeting", "2024-01-15_first_meeting");
        near("日記", "日記");
        far("python", "django");
        far("alex", "people");
        far("go", "gopher breeding");
        far("", "x");
        far(&"a".repeat(1_000), &"b".repeat(1_000));
    }
}
