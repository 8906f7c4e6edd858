//! Counting words: what stands between white space, and of scripts written without spaces, each
//! character.

use super::pairs;

/// How many words `text` has.
pub(super) fn count(text: &str) -> u32 {
    if text.is_ascii() {
        return count_ascii(text.as_bytes());
    }
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

/// Counts the bytes that are none of white space and follow one that is.
fn count_ascii(bytes: &[u8]) -> u32 {
    let space = |byte: u8| byte == b' ' || (b'\t'..=b'\r').contains(&byte);
    let Some(first) = bytes.first() else { return 0 };
    let mut words = u32::from(!space(*first));
    pairs::each(bytes, b'x', |before, bytes| {
        // Sums of bytes are added many at once; so many ones fit in a byte.
        let starts = |sum: u8, (a, b): (&u8, &u8)| sum + u8::from(space(*a) & !space(*b));
        words += u32::from(before.iter().zip(bytes).fold(0, starts));
        false
    });
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
