//! A glance at a block's text: how many words it has, and whether it may hold what Markdown's parser does not know.
//! Every block of a wiki comes through here, so it is written so that the compiler has the processor look at many
//! bytes at once.

/// So many bytes at once, each with the one behind it.
const AT_ONCE: u8 = 32;
const PAIRS: usize = AT_ONCE as usize;

/// What a glance tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glance {
    /// How many words the text has; `None` where it is not all ASCII, and has to be read.
    pub(super) words: Option<u32>,
    /// Whether it may hold anything that `extend` or `comment` know: most texts hold nothing.
    pub(super) may_hold: bool,
}

/// What was seen so far.
#[derive(Default)]
struct Seen {
    words: u32,
    is_foreign: bool,
    sign: bool,
}

/// Looks at `text`.
pub(super) fn glance(text: &str) -> Glance {
    let text = text.as_bytes();
    let mut seen = Seen {
        words: u32::from(text.first().is_some_and(|first| !is_space(*first))),
        ..Seen::default()
    };
    if let Some(pairs) = text.len().checked_sub(1).filter(|pairs| *pairs >= PAIRS) {
        let (first, second) = (text[..pairs].as_chunks().0, text[1..].as_chunks().0);
        for (first, second) in first.iter().zip(second) {
            seen.look(first, second, 0);
        }
        // The end with some of what was looked at before: their words are counted.
        let start = pairs - PAIRS;
        if let (Some(first), Some(second)) =
            (text[start..].first_chunk(), text[start + 1..].first_chunk())
        {
            seen.look(first, second, AT_ONCE - u8::try_from(pairs % PAIRS).unwrap_or(AT_ONCE));
        }
    } else {
        let mut all = [b' '; PAIRS + 1];
        all[..text.len()].copy_from_slice(text);
        if let (Some(first), Some(second)) = (all.first_chunk(), all[1..].first_chunk()) {
            seen.look(first, second, 0);
        }
    }
    Glance { words: (!seen.is_foreign).then_some(seen.words), may_hold: seen.sign }
}

impl Seen {
    /// Looks at bytes and those behind them; the words that begin behind the first `counted` bytes are counted
    /// already.
    #[inline]
    fn look(&mut self, first: &[u8; PAIRS], second: &[u8; PAIRS], counted: u8) {
        let (mut words, mut sign, mut any) = (0_u8, false, 0);
        for ((a, b), lane) in first.iter().zip(second).zip(0_u8..) {
            words += u8::from(is_space(*a) & !is_space(*b) & (lane >= counted));
            sign |= is_sign(*a, *b);
            any |= *a | *b;
        }
        self.words += u32::from(words);
        self.sign |= sign;
        self.is_foreign |= !any.is_ascii();
    }
}

fn is_space(byte: u8) -> bool {
    (byte == b' ') | (b'\t' <= byte) & (byte <= b'\r')
}

/// Whether a byte and the one behind it may begin a tag, an address, a highlight, a note, a block's id, a comment.
fn is_sign(a: u8, b: u8) -> bool {
    (a == b'#')
        | (a == b'^')
        | (a == b':') & (b == b'/')
        | (a == b'=') & (b == b'=')
        | (a == b'%') & (b == b'%')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::glance;

    proptest! {
        #[test]
        fn a_glance_tells_what_reading_tells(text in "[ab \n\t#=%é]{0,150}") {
            let seen = glance(&text);
            let words = text.split_ascii_whitespace().count();
            let words = text.is_ascii().then(|| u32::try_from(words).expect("short"));
            prop_assert_eq!(seen.words, words);
            let sign = ["#", "==", "%%"].iter().any(|sign| text.contains(sign));
            // A sign at the very end begins nothing.
            prop_assert!(seen.may_hold == sign || text.ends_with('#'));
        }
    }
}
