//! Whether a page should be recovered without being asked: it has code, and nothing that marks
//! code or headings. Every page that is opened is asked this, so that the common answers come
//! early: a fence, a heading with air around it, or no code at all.

use super::classify::classify;
use super::given::{fence, front_matter, is_heading};
use super::weigh::is_certain;

/// Larger pages (4 MiB) are logs and exports, not articles; they are recovered when asked for.
const MAX_BYTES: usize = 4 << 20;

/// Certain lines of code that a page must have: two may be quoted in any note.
const MIN_CODE: usize = 3;

/// Whether `source` looks pasted without its marks. False for healthy Markdown: for pages with a
/// fence, or with a heading that is no comment between lines of code. Takes time linear in the
/// source, and no more than a look at its lines for pages without code.
#[must_use]
pub fn needs_recovery(source: &str) -> bool {
    if source.len() > MAX_BYTES || source.contains("\n```") || source.starts_with("```") {
        return false;
    }
    // A list of all lines is made only for those pages that get so far: most have a heading near
    // their start.
    let first = if source.starts_with("---") {
        front_matter(&source.lines().collect::<Vec<_>>())
    } else {
        0
    };
    let mut code = 0;
    let mut before = "";
    let mut lines = source.lines().skip(first).peekable();
    while let Some(line) = lines.next() {
        let after = lines.peek().copied().unwrap_or_default();
        let alone = before.trim().is_empty() && after.trim().is_empty();
        if fence(line).is_some() || (is_heading(line) && alone) || is_underline(line, before) {
            return false;
        }
        code += usize::from(is_certain(line));
        before = line;
    }
    code >= MIN_CODE && has_no_headings(&source.lines().collect::<Vec<_>>())
}

/// Whether every line that would be a heading is a comment within code.
fn has_no_headings(lines: &[&str]) -> bool {
    let (given, _) = super::known(lines);
    classify(lines, &given)
        .iter()
        .all(|unit| unit.code || unit.start > 0 || !is_heading(lines[unit.line]))
}

/// The line below a heading in the other spelling.
fn is_underline(line: &str, before: &str) -> bool {
    let line = line.trim_end();
    !before.trim().is_empty()
        && line.len() > 2
        && (line.bytes().all(|b| b == b'=') || line.bytes().all(|b| b == b'-'))
}
