//! Counting words: what stands between white space and holds a letter or digit; of scripts written
//! without spaces, each character.

/// How many words `text` has.
pub(super) fn count(text: &str) -> u32 {
    let mut words = 0;
    let mut in_word = false;
    for c in text.chars() {
        if c.is_whitespace() {
            in_word = false;
        } else if is_ideograph(c) {
            words += 1;
            in_word = false;
        } else if !in_word && c.is_alphanumeric() {
            words += 1;
            in_word = true;
        }
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
        check("one, two - don't", 3);
        check("日本語 x", 4);
        check("漢字text", 3);
    }
}
