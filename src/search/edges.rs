//! Where words begin and end in a text. Scripts that write no spaces between words have an edge at every
//! character, but for katakana, whose words reach as far as they do, and Hangul, whose words begin where it
//! begins and carry particles at their end.

use std::ops::Range;

/// How much of a word a stretch of text is; the better the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It stands within a word, or at its end.
    Inside,
    /// A word begins with it.
    Start,
    /// It is a word, or several.
    Word,
}

/// How much of a word stands in `range`.
#[must_use]
pub fn fit(text: &str, range: &Range<usize>) -> Fit {
    match (begins(text, range), ends(text, range)) {
        (true, true) => Fit::Word,
        (true, false) => Fit::Start,
        (false, _) => Fit::Inside,
    }
}

fn begins(text: &str, range: &Range<usize>) -> bool {
    let outside = text.get(..range.start).and_then(|before| before.chars().next_back());
    let inside = text.get(range.clone()).and_then(|word| word.chars().next());
    edge(outside, inside, |c| is_katakana(c) || is_hangul(c))
}

fn ends(text: &str, range: &Range<usize>) -> bool {
    let outside = text.get(range.end..).and_then(|after| after.chars().next());
    let inside = text.get(range.clone()).and_then(|word| word.chars().next_back());
    edge(outside, inside, is_katakana)
}

/// Whether a word may end between two characters; not within a `run` of its script.
fn edge(outside: Option<char>, inside: Option<char>, run: fn(char) -> bool) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    match (outside, inside) {
        (Some(outside), Some(inside)) => {
            let apart = is_unspaced(inside) || is_unspaced(outside);
            !joins(outside) || (apart && !(run(inside) && run(outside)))
        }
        _ => true,
    }
}

fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー'..='ヿ' | '\u{31f0}'..='\u{31ff}')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='\u{d7af}')
}

/// Whether `c` belongs to a script that writes no spaces between words, or (Hangul) writes particles
/// right behind them.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0e00..=0x0eff // Thai, Lao
        | 0x1000..=0x109f // Myanmar
        | 0x1780..=0x17ff // Khmer
        | 0x3005..=0x3007 | 0x3040..=0x30ff | 0x31f0..=0x31ff // Kana
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff // Han
        | 0xac00..=0xd7af // Hangul
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_its_beginning_and_its_inside_are_told_apart() {
        let check = |text: &str, part: &str, expected: Fit| {
            let start = text.find(part).expect("it holds it");
            assert_eq!(fit(text, &(start..start + part.len())), expected, "{text} {part}");
        };
        check("the lock.", "lock", Fit::Word);
        check("(lock)s", "lock", Fit::Word);
        check("the locks", "lock", Fit::Start);
        check("the clock", "lock", Fit::Inside);
        check("clocks", "lock", Fit::Inside);
        check("lock_free", "lock", Fit::Start);
        check("see #12", "#12", Fit::Word);
        check("Übel", "bel", Fit::Inside);
        check("私は日本語を", "日本", Fit::Word);
        check("レビュー", "ビュー", Fit::Inside);
        check("등대가", "등대", Fit::Word);
    }
}
