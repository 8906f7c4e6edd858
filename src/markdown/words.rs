//! Counting words: what stands between white space, and of scripts written without spaces, each
//! character.

use super::glance::glance;

/// How many words `text` has.
pub(super) fn count(text: &str) -> u32 {
    glance(text).words.unwrap_or_else(|| count_foreign(text))
}

/// How many words a text has that is not all ASCII.
fn count_foreign(text: &str) -> u32 {
    let mut words = 0;
    let mut in_word = false;
    for c in text.chars() {
        let ideograph = is_ideograph(c);
        let starts = !in_word && !c.is_whitespace();
        words += u32::from(ideograph || starts);
        in_word = !ideograph && !c.is_whitespace();
    }
    words
}

/// Han, kana and their neighbours, which are written without spaces.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn words_are_counted() {
        let check = |text, expected| assert_eq!(count(text), expected, "{text}");
        check("", 0);
        check("one, two  don't\n\u{a0}x", 4);
        check(" a b ", 2);
        check("日本語 x", 4);
        check("漢字text", 3);
    }
}
