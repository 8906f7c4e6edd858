//! Completing a query while it is typed: fields, and the values that are known beforehand.

use std::collections::BTreeSet;
use std::ops::Range;

use super::query::{Field, STATES};
use super::{floor_boundary, tagfilter};
use crate::index::Index;
use crate::text::fold::fold;

/// The byte range of the term that the cursor stands in or behind, up to the cursor: what a
/// completion replaces. A leading `-` or `(` stays.
#[must_use]
pub fn term_at(text: &str, cursor: usize) -> Range<usize> {
    let cursor = floor_boundary(text, cursor);
    let before = &text[..cursor];
    let start = before
        .rfind(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|'))
        .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let sign = usize::from(before[start..].starts_with('-'));
    start + sign..cursor
}

/// The terms that what stands before the cursor can become, best first: fields, `is:` states, kinds
/// and tags (those used most first). Each replaces [`term_at`]. Empty for a plain word that starts no
/// field.
#[must_use]
pub fn completions(text: &str, cursor: usize, index: &Index) -> Vec<String> {
    let typed = &text[term_at(text, cursor)];
    if typed.is_empty() {
        return Vec::new();
    }
    if let Some(part) = typed.strip_prefix('#') {
        return tags(part, index);
    }
    let Some((name, part)) = typed.split_once(':') else { return fields(typed) };
    match Field::named(&name.to_ascii_lowercase()) {
        Some(Field::Tag) => tags(part.trim_start_matches(['"', '#']), index),
        Some(Field::Kind) => {
            let part = fold(part.trim_start_matches('"'));
            let kinds: BTreeSet<_> =
                index.pages().filter_map(|page| page.kind.as_deref()).collect();
            let kinds = kinds.into_iter().filter(|kind| fold(kind).starts_with(&part));
            kinds
                .map(|kind| {
                    if kind.contains(' ') {
                        format!("kind:\"{kind}\"")
                    } else {
                        format!("kind:{kind}")
                    }
                })
                .collect()
        }
        Some(Field::Is) => {
            let part = part.to_lowercase();
            STATES
                .iter()
                .filter(|(name, _)| name.starts_with(&part))
                .map(|(name, _)| format!("is:{name}"))
                .collect()
        }
        _ => Vec::new(),
    }
}

fn fields(typed: &str) -> Vec<String> {
    let typed = typed.to_ascii_lowercase();
    let matching = Field::ALL.iter().filter(|(name, _)| name.starts_with(&typed));
    matching
        .map(|(name, field)| format!("{name}{}", if field.is_ordered() { "" } else { ":" }))
        .collect()
}

/// The tags that start with `part`, then those that hold it after a `/`.
fn tags(part: &str, index: &Index) -> Vec<String> {
    let part = fold(part);
    let mut found: Vec<_> = index
        .tags()
        .into_iter()
        .filter_map(|(name, pages)| {
            let folded = fold(&name);
            let below = !folded.starts_with(&part);
            (!below || folded.split('/').any(|level| level.starts_with(&part)))
                .then_some((below, pages, name))
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)).then_with(|| a.2.cmp(&b.2)));
    found.into_iter().map(|(_, _, name)| tagfilter::term(&name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Change, NewPage};
    use crate::vault::PagePath;

    #[test]
    fn the_term_before_the_cursor_is_completed() {
        let check = |text: &str, cursor, expected| {
            assert_eq!(&text[term_at(text, cursor)], expected, "{text}");
        };
        check("tag:a ki", 8, "ki");
        check("tag:a ki", 5, "tag:a");
        check("-(tag:é", 99, "tag:é");
        check("-ta", 3, "ta");
        check("a\u{3000}b", 5, "b");
        check("", 0, "");
    }

    #[test]
    fn tags_and_kinds_come_from_the_index() {
        let pages = [
            ("people/a.md", "#py #work/py #x"),
            ("topics/b.md", "#Python #py"),
            ("my notes/c.md", ""),
        ];
        let mut index = Index::default();
        index.apply_all(pages.map(|(path, source)| {
            Change::Put(NewPage {
                path: PagePath::new(path).unwrap(),
                modified_ms: 0,
                bytes: 0,
                facts: crate::markdown::facts(source),
                unreadable: None,
            })
        }));
        let check = |text: &str, expected: &[&str]| {
            assert_eq!(completions(text, text.len(), &index), expected, "{text}");
        };
        check("tag:p", &["tag:py", "tag:Python", "tag:work/py"]);
        check("a -#PY", &["tag:py", "tag:Python", "tag:work/py"]);
        check("kind:", &["kind:\"my notes\"", "kind:people", "kind:topics"]);
        check("kind:P", &["kind:people"]);
        check("tag:zz", &[]);
    }

    #[test]
    fn fields_and_states_complete_without_any_page() {
        let check = |text: &str, expected: &[&str]| {
            assert_eq!(completions(text, text.len(), &Index::default()), expected, "{text}");
        };
        check("t", &["tag:", "title:", "text:"]);
        check("-u", &["updated"]);
        check("ne", &["near:"]);
        check("is:", &["is:orphan", "is:missing", "is:ambiguous"]);
        check("(is:m", &["is:missing"]);
        check("zebra", &[]);
        check("", &[]);
    }
}
