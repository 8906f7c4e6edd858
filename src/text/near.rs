//! The nearest of several known names to one that was mistyped, for "did you mean". Knows nothing of
//! what is named.

/// The candidate that `word` was most likely meant to be; `None` when all are far off. Case, and
/// whether words are joined by `-`, `_` or a space, do not count.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = plain(word);
    // Longer words are no typing mistakes; measuring them would only cost time.
    let length = word.chars().take(MAX_CHARS + 1).count();
    if length > MAX_CHARS {
        return None;
    }
    // One slip in short words, one in three characters in longer ones.
    let allowed = (length / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&word, &plain(candidate)), candidate))
        .filter(|&(distance, _)| distance <= allowed)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// A proposal to end an error with: `; did you mean "x"?`, or nothing.
#[must_use]
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, candidates).map(|name| format!("; did you mean \"{name}\"?")).unwrap_or_default()
}

const MAX_CHARS: usize = 64;

fn plain(word: &str) -> String {
    word.chars()
        .map(|c| if matches!(c, '_' | ' ') { '-' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_mistakes_are_guessed_and_other_words_are_not() {
        let check = |word: &str, expected: Option<&str>| {
            let found = nearest(word, ["page-width", "theme", "mouse", "top"]);
            assert_eq!(found, expected, "{word}");
        };
        check("pagewidth", Some("page-width"));
        check("page_width", Some("page-width"));
        check("Theme", Some("theme"));
        check("thmee", Some("theme"));
        check("tpo", Some("top"));
        check("x", None);
        check("colour", None);
        check("", None);
        check(&"theme".repeat(1000), None);
    }
}
