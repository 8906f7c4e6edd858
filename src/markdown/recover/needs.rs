//! Whether a page should be recovered without being asked: it has code, and nothing that marks
//! code or headings. Every page that is opened is asked this, so that the common answers come
//! early: a fence, a heading with air around it, or no code at all.
//!
//! A page without blank lines is judged by less: nobody writes Markdown so, and signs of it are
//! more likely to stand in the code of the page (a fence in a string, a comment) than to be marks.

use memchr::{memchr_iter, memmem};

use super::classify::{Unit, classify};
use super::given::{fence, front_matter, is_broken_fence, is_heading};
use super::links::link_lines;
use super::weigh::is_certain;

/// Larger pages (4 MiB) are logs and exports, not articles; they are recovered when asked for.
const MAX_BYTES: usize = 4 << 20;

/// Certain lines of code that a page must have: two may be quoted in any note.
const MIN_CODE: usize = 3;

/// A page with fewer lines is a note, not an article.
const MIN_DENSE_LINES: usize = 8;

/// Lines for each blank one in a page that counts as having none.
const LINES_PER_BLANK: usize = 50;

/// Comments in the code of a dense page for each line that looks like a heading.
const COMMENTS_PER_HEADING: usize = 4;

/// Whether `source` looks pasted without its marks. False for healthy Markdown: for pages with a
/// fence, for pages with a heading that is no comment between lines of code, and where a
/// link would become code. Takes time linear in the
/// source, and no more than a look at its lines for pages without code.
#[must_use]
pub fn needs_recovery(source: &str) -> bool {
    if source.len() > MAX_BYTES {
        return false;
    }
    if is_dense(source) {
        return dense_needs(source);
    }
    if source.starts_with("```") || memmem::find(source.as_bytes(), b"\n```").is_some() {
        return false;
    }
    // A list of all lines is made only for those pages that get so far: most have a heading near
    // their start.
    let mut code = 0;
    let mut before = "";
    let mut lines = source.lines().skip(front_matter(source.lines())).peekable();
    while let Some(line) = lines.next() {
        let after = lines.peek().copied().unwrap_or_default();
        let alone = before.trim().is_empty() && after.trim().is_empty();
        if fence(line).is_some() || (is_heading(line) && alone) || is_underline(line, before) {
            return false;
        }
        code += usize::from(is_certain(line));
        before = line;
    }
    if code < MIN_CODE {
        return false;
    }
    let lines: Vec<&str> = source.lines().collect();
    let (given, _) = super::known(&lines);
    let units = classify(&lines, &given);
    // Every line that would be a heading is a comment within code.
    let no_heading = |unit: &Unit| unit.code || unit.start > 0 || !is_heading(lines[unit.line]);
    units.iter().all(no_heading) && keeps_links(source, &units)
}

/// Whether no line with a link would become code.
fn keeps_links(source: &str, units: &[Unit]) -> bool {
    let links = link_lines(source);
    !units.iter().any(|unit| unit.code && links.binary_search(&unit.line).is_ok())
}

/// Whether the page has next to no blank lines.
fn is_dense(source: &str) -> bool {
    let unended = !source.is_empty() && !source.ends_with('\n');
    let lines = memchr_iter(b'\n', source.as_bytes()).count() + usize::from(unended);
    // One blank line too many answers, and stands near the start of nearly every page.
    let most = lines / LINES_PER_BLANK;
    let mut blank = source.lines().filter(|line| line.trim().is_empty());
    lines >= MIN_DENSE_LINES && blank.nth(most).is_none()
}

/// The answer for a page without blank lines: marks within its code are none.
fn dense_needs(source: &str) -> bool {
    let lines: Vec<&str> = source.lines().collect();
    if lines.iter().filter(|line| is_certain(line)).take(MIN_CODE).count() < MIN_CODE {
        return false;
    }
    let (given, _) = super::known(&lines);
    let units = classify(&lines, &given);
    // Where one fence has lost its line break, the others mark no code that can be relied upon.
    let broken = lines.iter().any(|line| is_broken_fence(line));
    let marked = |unit: &Unit| {
        let line = lines[unit.line];
        let before = unit.line.checked_sub(1).map_or("", |at| lines[at]);
        let after = lines.get(unit.line + 1).copied().unwrap_or_default();
        let alone = before.trim().is_empty() && after.trim().is_empty();
        (fence(line).is_some() && !broken)
            || (is_heading(line) && alone)
            || is_underline(line, before)
    };
    let first = front_matter(lines.iter().copied());
    let body = || units.iter().filter(|unit| unit.line >= first && unit.start == 0);
    let (code, prose): (Vec<&Unit>, Vec<&Unit>) = body().partition(|unit| unit.code);
    let signs = |units: &[&Unit]| units.iter().filter(|u| is_heading(lines[u.line])).count();
    !prose.iter().any(|unit| marked(unit))
        && signs(&prose) * COMMENTS_PER_HEADING <= signs(&code)
        && keeps_links(source, &units)
}

/// The line below a heading in the other spelling.
fn is_underline(line: &str, before: &str) -> bool {
    let line = line.trim_end();
    !before.trim().is_empty()
        && line.len() > 2
        && (line.bytes().all(|b| b == b'=') || line.bytes().all(|b| b == b'-'))
}
