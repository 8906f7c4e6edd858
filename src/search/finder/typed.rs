//! What was typed into the finder: the words to match, what rules a name out, and how well a name
//! fits.

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Matcher, Utf32Str};

use crate::search::query::{Expression, Query, Term, typed_conjuncts};
use crate::text::fold::fold;

/// Added to nucleo's score (some 20 a letter) where a name starts with what is typed, and again where
/// it is no longer: enough to win over a match scattered over word starts.
const PREFIX_BONUS: u32 = 16;

/// Letters strewn over a name score less than this each (nucleo gives 16 and takes away for gaps):
/// such a match is chance, not what was meant.
const LEAST_PER_LETTER: usize = 10;

/// What was typed, taken apart.
#[derive(Debug)]
pub(super) struct Typed {
    /// Each is matched fuzzily; a phrase as it stands.
    pub(super) words: Vec<Atom>,
    /// The words with single spaces between, folded: for telling prefixes.
    joined: String,
    /// Letters that a name must have, see [`letters`].
    pub(super) letters: u64,
    /// All other terms.
    pub(super) filter: Option<Query>,
    /// What tags are matched with: the words, or the tags that the filter names while nothing
    /// else was typed; none where the filter is about pages.
    pub(super) tag_words: Option<Vec<Atom>>,
}

impl Typed {
    /// A text with a mistake is taken as words: titles may hold anything.
    pub(super) fn new(text: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut filter = Vec::new();
        match typed_conjuncts(text) {
            Ok(parts) => {
                for part in parts {
                    match part.expression {
                        Expression::Term(Term::Word(word), _) => {
                            // Paths stand in the corpus without their extension.
                            words.push(word.strip_suffix(".md").map(str::to_owned).unwrap_or(word));
                        }
                        other => filter.push(other),
                    }
                }
            }
            Err(_) => words.extend(text.split_whitespace().map(fold)),
        }
        let tags: Option<Vec<_>> = filter
            .iter()
            .map(|part| match part {
                Expression::Term(Term::Tag(tag), _) => Some(atom(tag)),
                _ => None,
            })
            .collect();
        let atoms: Vec<_> = words.iter().map(|word| atom(word)).collect();
        let tag_words = match (atoms.is_empty(), filter.is_empty()) {
            (false, true) => Some(atoms.clone()),
            (true, false) => tags,
            _ => None,
        };
        let joined = words.join(" ");
        Self {
            words: atoms,
            letters: letters_wanted(&joined),
            joined,
            filter: (!filter.is_empty())
                .then(|| Query { expression: Some(Expression::And(filter)) }),
            tag_words,
        }
    }

    /// Whether `name` is what was typed, but for case and signs: `ab test` means `A/B test`.
    pub(super) fn is(&self, name: &str) -> bool {
        fn letters(text: &str) -> impl Iterator<Item = char> {
            text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric())
        }
        letters(name).eq(letters(&self.joined))
    }

    pub(super) fn score(
        &self,
        name: &str,
        nucleo: &mut Matcher,
        chars: &mut Vec<char>,
    ) -> Option<u32> {
        let mut score = 0;
        for word in &self.words {
            let of_word = word.score(Utf32Str::new(name, chars), nucleo)?;
            if usize::from(of_word) < LEAST_PER_LETTER * word.needle_text().len() {
                return None;
            }
            score += u32::from(of_word);
        }
        // Beyond ASCII the case may change a name's length; those names do without the bonus.
        let start = name.as_bytes().get(..self.joined.len());
        if start.is_some_and(|start| start.eq_ignore_ascii_case(self.joined.as_bytes())) {
            score += PREFIX_BONUS;
            if name.len() == self.joined.len() {
                score += PREFIX_BONUS;
            }
        }
        Some(score)
    }
}

fn atom(word: &str) -> Atom {
    let kind = if word.contains(' ') { AtomKind::Substring } else { AtomKind::Fuzzy };
    Atom::new(word, CaseMatching::Ignore, Normalization::Smart, kind, false)
}

/// The letters and digits of a name as a set of bits, so that most names are ruled out by one
/// comparison. Beyond ASCII (where `é` is found by `e`) nothing is ruled out.
pub(super) fn letters(name: &str) -> u64 {
    if name.is_ascii() { letters_wanted(name) } else { u64::MAX }
}

fn letters_wanted(text: &str) -> u64 {
    text.bytes().fold(0, |set, byte| match byte {
        b'a'..=b'z' => set | 1 << (byte - b'a'),
        b'A'..=b'Z' => set | 1 << (byte - b'A'),
        b'0'..=b'9' => set | 1 << (byte - b'0' + 26),
        b'-' => set | 1 << 36,
        b'_' => set | 1 << 37,
        b'/' => set | 1 << 38,
        b'.' => set | 1 << 39,
        _ => set,
    })
}
