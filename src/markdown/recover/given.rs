//! What a page says plainly about itself, before anything is guessed: front matter, fences and
//! indented code that are there already, raw HTML.

/// What is known of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Given {
    /// To be found out.
    Unknown,
    /// Kept as it is: front matter, a fence with its code.
    Kept,
    /// A row of a table.
    Table,
}

/// One entry per line. An open fence that is never closed holds nothing: it is a line like others.
pub(super) fn given(lines: &[&str]) -> Vec<Given> {
    let mut out = vec![Given::Unknown; lines.len()];
    let mut at = front_matter(lines);
    out[..at].fill(Given::Kept);
    // Fences are closed by the next line of the same sign that is at least as long. The last line
    // that could close one of each sign is looked up once, so that a page of unclosed fences
    // is not read again for each.
    let last = |sign: u8| lines.iter().rposition(|l| fence(l).is_some_and(|(s, _, bare)| s == sign && bare));
    let last = [last(b'`'), last(b'~')];
    while at < lines.len() {
        let end = fence(lines[at]).and_then(|(sign, length, _)| {
            let last = last[usize::from(sign == b'~')]?;
            let closes = |l: &&str| fence(l).is_some_and(|(s, n, bare)| s == sign && n >= length && bare);
            lines.get(at + 1..=last)?.iter().position(closes).map(|n| at + 1 + n)
        });
        match end {
            Some(end) => {
                out[at..=end].fill(Given::Kept);
                at = end + 1;
            }
            None => at += 1,
        }
    }
    out
}

/// Lines of the front matter at the start of a page, with its two `---`; 0 for none.
pub(super) fn front_matter(lines: &[&str]) -> usize {
    if lines.first().is_none_or(|l| l.trim_end() != "---") {
        return 0;
    }
    lines.iter().skip(1).position(|l| matches!(l.trim_end(), "---" | "...")).map_or(0, |n| n + 2)
}

/// The sign, its number, and whether nothing follows, when `line` could open or close a fence.
pub(super) fn fence(line: &str) -> Option<(u8, usize, bool)> {
    let text = line.trim_start_matches(' ');
    if line.len() - text.len() > 3 {
        return None;
    }
    let sign = *text.as_bytes().first().filter(|b| matches!(b, b'`' | b'~'))?;
    let length = text.bytes().take_while(|b| *b == sign).count();
    let info = text[length..].trim();
    (length >= 3 && !(sign == b'`' && info.contains('`'))).then_some((sign, length, info.is_empty()))
}
