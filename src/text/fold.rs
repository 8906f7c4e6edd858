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

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folding_ignores_normal_form_case_and_no_break_spaces() {
        assert_eq!(fold("Cafe\u{301} A\u{a0}B"), fold("café a b"));
        assert_eq!(fold("ΣΟΦΟΣ"), fold("σοφος"));
        assert_eq!(fold("STRAẞE"), "straße");
    }
}
