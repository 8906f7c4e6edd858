//! What is a tag: the characters of `#tag`, and the items of a `## Tags` section
//! (`semantics.md`, tags).

use super::document::Target;
use super::inline::Gathered;
use crate::text::role::Marks;
use crate::text::span::ByteSpan;

/// The longest word that an item of a `## Tags` section may be, in bytes.
const WORD_MAX: usize = 40;

/// The length in bytes of the tag name at the start of `text`, which follows a `#`; `None` where
/// that is no tag.
pub(super) fn name_len(text: &str) -> Option<usize> {
    let end = text.find(|c| !is_tag_char(c)).unwrap_or(text.len());
    text[..end].chars().any(|c| !c.is_ascii_digit()).then_some(end)
}

fn is_tag_char(c: char) -> bool {
    match c {
        '-' | '_' | '/' => true,
        '\u{2000}'..='\u{206f}' | '\u{2e00}'..='\u{2e7f}' => false,
        _ => !c.is_whitespace() && !c.is_ascii_punctuation() && !c.is_control(),
    }
}

/// A tag of the front matter without white space and `#`.
pub(super) fn bare_name(text: &str) -> &str {
    text.trim().trim_start_matches('#')
}

/// The items of a block below a heading `Tags`; `None` where it holds anything but code spans, tags
/// and a comma list of short words. In a list (`listed`) a short word may stand alone.
pub(super) fn section_items(content: &Gathered, listed: bool) -> Option<Vec<(String, ByteSpan)>> {
    let mut items = Vec::new();
    let mut words = false;
    let mut commas = false;
    for (range, run) in content.ranges() {
        let text = &content.text[range.clone()];
        if run.marks.has(Marks::CODE) {
            items.push((bare_name(text).to_owned(), run.source));
        } else if let (Target::Tag(_), Some(name)) = (run.target, text.strip_prefix('#')) {
            items.push((name.to_owned(), run.source));
        } else if run.target == Target::None
            && !run.marks.has(Marks::MATH)
            && !run.marks.has(Marks::HTML)
        {
            let exact = run.source.len() == text.len();
            let mut at = run.source.start;
            for part in text.split_inclusive([',', '\n', '|', '·', '•']) {
                commas |= part.ends_with(',');
                let word = part.trim_matches(|c: char| {
                    c.is_whitespace() || matches!(c, ',' | '|' | '·' | '•')
                });
                let start = at + super::inline::len(part) - super::inline::len(part.trim_start());
                at += super::inline::len(part);
                if word.is_empty() {
                    continue;
                }
                if !is_short_word(word) {
                    return None;
                }
                words = true;
                let end = start + super::inline::len(word);
                let span = if exact { ByteSpan { start, end } } else { run.source };
                items.push((word.to_owned(), span));
            }
        } else {
            return None;
        }
    }
    let sound = !items.is_empty() && items.iter().all(|(name, _)| !name.is_empty());
    (sound && (!words || commas || listed)).then_some(items)
}

fn is_short_word(word: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | ' ' | '+' | '#');
    word.len() <= WORD_MAX && word.split(' ').count() <= 3 && word.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::name_len;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(name_len(text).map(|len| &text[..len]), expected, "{text}");
    }

    #[test]
    fn a_name_ends_where_the_rule_says() {
        check("tag, more", Some("tag"));
        check("work/infra-2_x.y", Some("work/infra-2_x"));
        check("1990s", Some("1990s"));
        check("日本語。", Some("日本語。"));
        check("🎉🎉 party", Some("🎉🎉"));
        check("a—b", Some("a"));
        check("a#b", Some("a"));
    }

    #[test]
    fn digits_alone_are_no_tag() {
        check("1984", None);
        check("1984,", None);
        check("", None);
        check(" x", None);
        check("!", None);
    }
}
