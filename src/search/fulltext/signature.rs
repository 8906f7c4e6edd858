//! Signatures: a few hundred bytes that tell of a text which sequences of three letters it may hold, so that
//! most pages that do not hold a word need not be read. A signature may err on the side of "may hold",
//! never on the other.
//!
//! A sequence is three bytes of the folded text, blanks left out: three letters of a Latin word, one
//! character of Chinese. Folded means that all letters which a search takes for the same have one form
//! (a test asks the regex engine about every letter). Normal forms stay as they are: a search asks for both.

use std::borrow::Cow;

/// Bytes of text for each byte of signature. Of pages that do not hold a rare word, up to 6 in 100 are read
/// in vain (`docs/decisions/0019-full-text-search.md`).
const BYTES_OF_TEXT: usize = 20;
/// The shortest and the longest signature, in bytes.
const BYTES: std::ops::RangeInclusive<usize> = 16..=(64 << 10);

/// Which sequences a text may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature<'a>(Cow<'a, [u8]>);

impl Signature<'static> {
    /// The signature of `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let bytes = (text.len() / BYTES_OF_TEXT).clamp(*BYTES.start(), *BYTES.end());
        let mut bits = vec![0u8; bytes];
        each_gram(text, |gram| {
            let at = place(gram, bytes);
            bits[at / 8] |= 1 << (at % 8);
        });
        Self(Cow::Owned(bits))
    }
}

impl<'a> Signature<'a> {
    /// The signature that consists of these bytes, at least one.
    pub(super) fn from(bytes: &'a [u8]) -> Self {
        Self(Cow::Borrowed(bytes))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether the text may hold all of the sequences.
    pub(super) fn may_hold(&self, grams: &[u32]) -> bool {
        grams.iter().all(|gram| {
            let at = place(*gram, self.0.len());
            self.0[at / 8] & (1 << (at % 8)) != 0
        })
    }
}

/// The sequences of a text, each once.
pub(super) fn grams(text: &str) -> Vec<u32> {
    let mut grams = Vec::new();
    each_gram(text, |gram| grams.push(gram));
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// The bit of a sequence in a signature of so many bytes.
fn place(gram: u32, bytes: usize) -> usize {
    // A multiplication scatters (Knuth, TAOCP 6.4); its high half is brought to the range.
    let scattered = gram.wrapping_mul(0x9E37_79B1);
    ((u64::from(scattered) * (bytes as u64 * 8)) >> 32) as usize
}

fn each_gram(text: &str, mut found: impl FnMut(u32)) {
    let bytes = text.as_bytes();
    // The last three bytes, and how many stand there since the last blank.
    let (mut window, mut filled) = (0u32, 0u32);
    let mut take = |byte: u8| {
        if byte <= b' ' {
            filled = 0;
            return;
        }
        window = (window << 8 | u32::from(byte)) & 0xff_ffff;
        filled += 1;
        if filled >= 3 {
            found(window);
        }
    };
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii() {
            take(bytes[at].to_ascii_lowercase());
            at += 1;
        } else if let Some(c) = text[at..].chars().next() {
            plain(c).encode_utf8(&mut [0; 4]).bytes().for_each(&mut take);
            at += c.len_utf8();
        }
    }
}

/// One form for all letters that a search takes for the same: the small letter of the capital one. Where a
/// capital is written with several letters, the small one stays as it is.
fn plain(c: char) -> char {
    let c = match c {
        // Twins without a single capital letter.
        '\u{1fd3}' => '\u{390}',
        '\u{1fe3}' => '\u{3b0}',
        '\u{fb05}' => '\u{fb06}',
        c => c,
    };
    let one = |mut letters: Box<dyn Iterator<Item = char>>, other| {
        letters.next().filter(|_| letters.next().is_none()).unwrap_or(other)
    };
    let capital = one(Box::new(c.to_uppercase()), c);
    one(Box::new(capital.to_lowercase()), capital)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::TextSearch;
    use super::super::rank::Candidate;
    use super::*;
    use crate::index::PageId;

    /// A page with the first part of a search in its title, or none.
    fn page(titled: u32) -> Candidate {
        Candidate { page: PageId(0), titled, named: 0 }
    }

    #[test]
    fn every_letter_that_a_search_takes_for_another_has_the_same_form() {
        let cased = |c: &char| c.is_alphabetic() && (c.is_lowercase() || c.is_uppercase());
        let letters: String = ('\u{80}'..='\u{1ffff}').chain('A'..='z').filter(cased).collect();
        assert!(letters.chars().count() > 2_000);
        for c in letters.chars() {
            let pattern = regex::Regex::new(&format!("(?i){}", regex::escape(&c.to_string())));
            for same in pattern.expect("a letter").find_iter(&letters) {
                let other = same.as_str().chars().next().expect("a letter");
                assert_eq!(plain(c), plain(other), "{c} {other}");
            }
        }
    }

    #[test]
    fn a_text_without_the_word_is_told_from_one_with_it() {
        let check = |text: &str, search: &str, expected: bool| {
            let search = TextSearch::new(search).unwrap();
            assert_eq!(
                search.may_match(page(0), &Signature::of(text)),
                expected,
                "{text} {search:?}"
            );
        };
        check("A river of stones", "RIVER", true);
        check("A RIVER of stones", "river", true);
        check("A river of stones", "\"river  of\"", true);
        check("A river of stones", "rover", false);
        check("A river of stones", "river rover", false);
        check("A river of stones", "line:(river rover)", false);
        check("A river of stones", "river -rover", true);
        check("A river of stones", "ri", true);
        check("A river of stones", "/r.ver/", true);
        check("私は日本語を", "日本", true);
        check("私は中国語を", "日本", false);
        check("Cafe\u{301}", "café", true);
        check("Оʻзбек ТИЛИ", "тили", true);
        check("Оʻзбек ТИЛИ", "тела", false);
        let search = TextSearch::new("river stones").unwrap();
        assert!(search.may_match(page(1), &Signature::of("stones only")));
    }

    proptest! {
        #[test]
        fn what_matches_is_never_left_out(
            text in "([abkKsſé日Я]|e\u{301}|я| |\n){0,60}",
            search in "(a|kb|\"s k\"|é|e\u{301}|日a|яя|Яя|aab| ){1,4}",
        ) {
            if let Ok(search) = TextSearch::new(&search) {
                let signature = Signature::of(&text);
                prop_assert!(search.may_match(page(0), &signature) || !search.is_match(&text));
            }
        }
    }
}
