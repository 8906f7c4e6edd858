//! Marks that prose keeps when a page is copied as text: those of lists, of quotes, and of the blocks
//! and remarks of extended Markdown. No line of code begins with one.

/// Lists, quotes and table rows keep their marks when a page is copied as text, and so do the
/// blocks and remarks of extended Markdown (`!!! note`, `=== "Tab"`, `::: name`, `% skip`): no code begins so.
pub(super) fn is_marked_prose(text: &str) -> bool {
    let marks = ["- ", "* ", "+ ", "> ", "• ", "| ", "!!! ", "??? ", "???+ ", "=== ", ":::", "% "];
    let bullet = marks.iter().any(|m| text.starts_with(m));
    // `(label)=`, `[name]: https://...`: places that are linked to.
    let label = text.starts_with('(') && text.ends_with(")=")
        || text.starts_with('[') && text.contains("]: http");
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = (1..=9).contains(&digits)
        && matches!(text.as_bytes().get(digits), Some(b'.' | b')'))
        && text.as_bytes().get(digits + 1) == Some(&b' ');
    bullet || label || numbered
}

/// Where the mark of a block of extended Markdown stands behind something it is glued to: no
/// language has `!!! note`, `::: name` or `=== "Tab"` at the end of a line, nor `[!TIP]` or `(label)=`.
pub(super) fn glued(line: &str) -> Option<usize> {
    let is_glued = |at: &usize| *at > 0 && !line[..*at].ends_with(char::is_whitespace);
    let from = |at: &usize| line[*at..].trim_end();
    let marks = ["!!! ", "??? ", "???+ "].iter().filter_map(|mark| line.find(mark));
    let notes =
        marks.filter(|at| from(at).ends_with(|c: char| c.is_ascii_alphanumeric() || c == '"'));
    let colons = line.find(":::").filter(|at| {
        let name = from(at).trim_start_matches(':');
        name.is_empty() || name.starts_with([' ', '{'])
    });
    let tab = line.find("=== \"").filter(|at| from(at).ends_with('"'));
    let alert = line.find("[!").filter(|at| {
        let name = line[at + 2..].split(']').next().unwrap_or_default();
        name.len() > 2 && name.bytes().all(|b| b.is_ascii_uppercase())
    });
    let label = line.trim_end().strip_suffix(")=").and_then(|before| {
        let at = before.rfind('(')?;
        is_label(&before[at + 1..]).then_some(at)
    });
    notes.chain(colons).chain(tab).chain(alert).chain(label).filter(is_glued).min()
}

/// The name of a place that can be linked to: `sub-commands`.
fn is_label(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':'))
}
