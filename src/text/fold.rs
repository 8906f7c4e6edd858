//! Folding: the form in which names are compared.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// `text` in Unicode normalization form C. Borrows where it already is.
#[must_use]
pub fn nfc(text: &str) -> std::borrow::Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        text.into()
    } else {
        text.nfc().collect::<String>().into()
    }
}

/// The comparison key of a name: NFC, lower case, no-break spaces as spaces
/// (`semantics.md`, wiki-links rule 2).
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    nfc(text)
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '\u{a0}' => ' ',
            // A capital sigma does not say how its word goes on.
            'ς' => 'σ',
            c => c,
        })
        .collect()
}

/// Whether `text`, once folded, contains `folded`. Of the thousands of names that a key narrows nearly all are
/// ASCII: for these nothing is written down.
#[must_use]
pub fn holds(text: &str, folded: &str) -> bool {
    if !text.is_ascii() {
        return fold(text).contains(folded);
    }
    let (text, folded) = (text.as_bytes(), folded.as_bytes());
    let Some(first) = folded.first() else { return true };
    memchr::memchr2_iter(*first, first.to_ascii_uppercase(), text).any(|at| {
        text.get(at..at + folded.len()).is_some_and(|part| part.eq_ignore_ascii_case(folded))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{fold, holds};

    proptest! {
        #[test]
        fn what_a_text_holds_is_what_it_contains_folded(
            text in "[aAbBé \u{a0}]{0,8}",
            part in "[abé ]{0,3}",
        ) {
            prop_assert_eq!(holds(&text, &part), fold(&text).contains(&part));
        }
    }

    #[test]
    fn folding_ignores_normal_form_case_and_no_break_spaces() {
        assert_eq!(fold("Cafe\u{301} A\u{a0}B"), fold("café a b"));
        assert_eq!(fold("ΣΟΦΟΣ"), fold("σοφος"));
        assert_eq!(fold("STRAẞE"), "straße");
    }
}
