//! What a page says plainly about itself, before anything is guessed: front matter, fences and
//! indented code that are there already, raw HTML.

use super::weigh::is_certain;

/// What is known of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Given {
    /// To be found out.
    Unknown,
    /// Kept as it is: front matter, a fence with its code.
    Kept,
    /// A row of a table.
    Table,
    /// A heading.
    Heading,
}

/// A fence is followed by a language, and at times by a word or two for the program that shows it.
const MAX_INFO_WORDS: usize = 3;

/// One entry per line. An open fence that is never closed holds nothing: it is a line like others.
/// Where one fence has lost its line break, no other marks code that can be relied upon.
pub(super) fn given(lines: &[&str]) -> Vec<Given> {
    let mut out = vec![Given::Unknown; lines.len()];
    let mut at = front_matter(lines.iter().copied());
    out[..at].fill(Given::Kept);
    if lines.iter().any(|line| is_broken_fence(line)) {
        return out;
    }
    // Fences are closed by the next line of the same sign that is at least as long. The last line
    // that could close one of each sign is looked up once, so that a page of unclosed fences
    // is not read again for each.
    let last = |sign: u8| {
        lines.iter().rposition(|l| fence(l).is_some_and(|(s, _, bare)| s == sign && bare))
    };
    let last = [last(b'`'), last(b'~')];
    while at < lines.len() {
        let end = fence(lines[at]).and_then(|(sign, length, _)| {
            let last = last[usize::from(sign == b'~')]?;
            let closes =
                |l: &&str| fence(l).is_some_and(|(s, n, bare)| s == sign && n >= length && bare);
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

/// Marks the headings of a page that is marked already, which shows in a fence or in a heading with
/// air around it. There, a line with `#` is a comment only beside code.
pub(super) fn headings(lines: &[&str], given: &mut [Given]) {
    let blank =
        |at: Option<usize>| at.and_then(|i| lines.get(i)).is_none_or(|l| l.trim().is_empty());
    let alone = |at: usize| blank(at.checked_sub(1)) && blank(Some(at + 1));
    let first = front_matter(lines.iter().copied());
    let open = |at: &usize| given[*at] == Given::Unknown && is_heading(lines[*at]);
    let at: Vec<usize> = (first..lines.len()).filter(open).collect();
    if !given[first..].contains(&Given::Kept) && !at.iter().any(|at| alone(*at)) {
        return;
    }
    let mut beside_code = false;
    for (place, &index) in at.iter().enumerate() {
        // Of several comments in a row, the first stands below code, or the last above it.
        let follows = place > 0 && at[place - 1] + 1 == index;
        if !follows {
            let last = at[place..].iter().enumerate().take_while(|(n, i)| **i == index + n).count();
            let above = index.checked_sub(1).map_or("", |i| lines[i]);
            beside_code =
                is_certain(above) || lines.get(index + last).is_some_and(|l| is_certain(l));
        }
        if !beside_code {
            given[index] = Given::Heading;
        }
    }
}

/// Whether `line` is a heading, as a parser of Markdown would see it.
pub(super) fn is_heading(line: &str) -> bool {
    let signs = line.bytes().take_while(|b| *b == b'#').count();
    (1..=6).contains(&signs) && line[signs..].starts_with([' ', '\t'])
}

/// Lines of the front matter at the start of a page, with its two `---`; 0 for none.
pub(super) fn front_matter<'a>(mut lines: impl Iterator<Item = &'a str>) -> usize {
    if lines.next().is_none_or(|l| l.trim_end() != "---") {
        return 0;
    }
    lines.position(|l| matches!(l.trim_end(), "---" | "...")).map_or(0, |n| n + 2)
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
    (length >= 3 && !(sign == b'`' && info.contains('`'))).then_some((
        sign,
        length,
        info.is_empty(),
    ))
}

/// Whether the code stands on the line of the fence: what follows the language has many words, and
/// is no attribute as in `title="x"` or `{1,3}`.
pub(super) fn is_broken_fence(line: &str) -> bool {
    let info = line.trim().trim_start_matches('`');
    let attributes = info.split_whitespace().nth(1).is_some_and(|w| w.contains(['=', '{', '"']));
    fence(line).is_some() && !attributes && info.split_whitespace().count() > MAX_INFO_WORDS
}
