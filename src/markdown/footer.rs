//! The memory-page footer (`semantics.md`): a rule and lines `*Key: value*` at the very end of a page.
//!
//! It is found from the end of the source before the parser sees it, because `---` right under a
//! text would make that text a heading.

use std::ops::Range;

/// The longest key, in bytes: an emphasized sentence with a colon is no property.
const KEY_MAX: usize = 60;

/// The offset at which the rule starts, and the line of each property, without white space around.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Footer {
    pub(super) start: usize,
    pub(super) lines: Vec<Range<usize>>,
}

/// The footer at the end of `text[from..]`.
pub(super) fn find(text: &str, from: usize) -> Option<Footer> {
    let mut lines = Vec::new();
    let mut end = text.len();
    while end > from {
        let start =
            text[from..end].trim_end_matches('\n').rfind('\n').map_or(from, |at| from + at + 1);
        let line = text[start..end].trim();
        if is_rule(line) {
            lines.reverse();
            return (!lines.is_empty()).then_some(Footer { start, lines });
        }
        if !line.is_empty() {
            split(line)?;
            let indent = text[start..end].len() - text[start..end].trim_start().len();
            lines.push(start + indent..start + indent + line.len());
        }
        end = start;
    }
    None
}

/// Key and value of a line `*Key: value*`.
pub(super) fn split(line: &str) -> Option<(&str, &str)> {
    let inner = line.trim_end_matches('\\').strip_prefix('*')?.strip_suffix('*')?;
    let (key, value) = inner.split_once(':')?;
    let sound = key.len() <= KEY_MAX
        && key.starts_with(char::is_alphanumeric)
        && !key.contains('*')
        && !value.trim().is_empty();
    sound.then_some((key, value))
}

/// Whether `text` is words and numbers, which the parser would only copy.
pub(super) fn is_plain(text: &str) -> bool {
    let fits =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | ',' | '%' | '(' | ')');
    !text.contains("%%") && text.chars().all(fits)
}

/// Whether `line` is a rule of hyphens, which under a text makes that a heading.
pub(super) fn is_rule(line: &str) -> bool {
    line.len() >= 3 && line.bytes().all(|byte| byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::find;

    /// The footer's lines with a bar between them.
    fn check(text: &str, expected: Option<&str>) {
        let shown = find(text, 0).map(|footer| {
            assert!(text[footer.start..].trim_start().starts_with("---"));
            footer.lines.iter().map(|line| &text[line.clone()]).collect::<Vec<_>>().join("|")
        });
        assert_eq!(shown.as_deref(), expected, "{text:?}");
    }

    #[test]
    fn the_footer_is_the_rule_and_its_lines_at_the_end() {
        check("x\n\n---\n*A: 1*\n*B c: 2*", Some("*A: 1*|*B c: 2*"));
        check("x\n---\n*A: 1*\n\n", Some("*A: 1*"));
        check("x\r\n---\r\n*A: 1*\r\n", Some("*A: 1*"));
        check("---\n*A: 1*  \n\n *B: 2*\\\n", Some("*A: 1*|*B: 2*\\"));
    }

    #[test]
    fn other_ends_are_no_footer() {
        check("", None);
        check("---\n", None);
        check("x\n*A: 1*", None);
        check("---\n*A: 1*\nmore", None);
        check("---\n*no colon*", None);
        check("---\n**A: 1**", None);
        check("---\n*A:*", None);
    }
}
