//! What is looked for on one page: a text as it is typed, or a `/pattern/`, in the notation of the search. Unlike
//! there the whole text is one phrase, and a line break in a paragraph is a blank to the reader.

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use super::{as_pattern, compile, compiled, never};
use crate::search::query::no_pattern;

/// The pattern for what was typed; `None` while that is nothing.
///
/// # Errors
/// What is wrong with a `/pattern/`, in a few words.
pub fn passage(text: &str) -> Result<Option<Regex>, String> {
    if let Some(pattern) = as_pattern(text.trim()) {
        return compiled(pattern).map_err(|error| no_pattern(&error));
    }
    let case = if text.chars().any(char::is_uppercase) { "" } else { "(?i)" };
    let source = |text: String| {
        let words: Vec<String> = text.split(char::is_whitespace).map(regex::escape).collect();
        words.join(r"\s")
    };
    let forms = [source(text.nfc().collect()), source(text.nfd().collect())];
    let pattern = || compile(&format!("{case}(?:{})", forms.join("|"))).unwrap_or_else(|_| never());
    Ok((!text.is_empty()).then(pattern))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_a_phrase_and_slashes_make_a_pattern() {
        let check = |typed: &str, text: &str, expected: &[&str]| {
            let pattern = passage(typed).expect("it is sound");
            let found = pattern.iter().flat_map(|pattern| pattern.find_iter(text));
            assert_eq!(found.map(|found| found.as_str()).collect::<Vec<_>>(), expected, "{typed}");
        };
        check("", "text", &[]);
        check("tide g", "the tide\ngauge", &["tide\ng"]);
        check("Tide", "tide Tide", &["Tide"]);
        check("tide", "tide Tide", &["tide", "Tide"]);
        check("a.c", "abc a.c", &["a.c"]);
        check("caf\u{e9}", "caf\u{e9} cafe\u{301}", &["caf\u{e9}", "cafe\u{301}"]);
        check("/a.c/", "abc a.c ABC", &["abc", "a.c", "ABC"]);
        check("/A.c/", "abc Abc", &["Abc"]);
        check(r"/\bT\w+/", "Two ten", &["Two"]);
        check("/^one$/", "none\none\n", &["one"]);
        // While it is typed, and where there is nothing between the slashes.
        check("/a.c", "abc /a.c", &["/a.c"]);
        check("//", "a//b", &[]);
        assert_eq!(passage("/a(/").expect_err("it is none"), "no pattern: unclosed group");
        assert_eq!(passage("/a)/").expect_err("it is none"), "no pattern: unopened group");
    }
}
