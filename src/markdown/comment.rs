//! `%%comments%%`: what they hide of a block, and whether they reach over its end.

use super::cuts::{Change, Scratch, apply, count};
use super::inline::Gathered;
use super::inline::INERT;
use crate::text::span::ByteSpan;

/// Drops the comments of `content`, and all that stands in the source before `from`; gives the
/// hidden stretches of the source, in order. A comment that starts a line may end after the
/// block: `closes` says whether it does.
pub(super) fn hide(
    content: &mut Gathered,
    from: u32,
    closes: impl FnOnce() -> bool,
    scratch: &mut Scratch,
) -> Vec<ByteSpan> {
    let mut hidden = Vec::new();
    let cuts = &mut scratch.cuts;
    // (place in the text, place in the source, whether it starts a line)
    let mut open: Option<(usize, u32, bool)> = None;
    let text = content.text.as_str();
    let last = content.runs.last().map_or(0, |run| run.source.end);
    for (range, run) in content.ranges() {
        if run.source.start < from {
            // Text from before `from` is hidden to the last byte; what a run holds after it is kept.
            let exact = run.source.len() == range.len();
            let keep = if exact { (from - run.source.start) as usize } else { range.len() };
            cuts.push((range.start, Change::Hide));
            cuts.push((range.start + keep.min(range.len()), Change::Show));
            hidden.push(ByteSpan { start: run.source.start, end: run.source.end.min(from) });
        }
        if run.marks.has(INERT) {
            continue;
        }
        let skip = from.saturating_sub(run.source.start) as usize;
        let mut at = (range.start + skip).min(range.end);
        while let Some(step) = text.get(at..range.end).and_then(|rest| rest.find("%%")) {
            at += step;
            let source = run.source.start + count(at - range.start);
            match open.take() {
                None => open = Some((at, source, at == 0 || text[..at].ends_with('\n'))),
                Some((start, from, _)) => {
                    cuts.push((start, Change::Hide));
                    cuts.push((at + 2, Change::Show));
                    hidden.push(ByteSpan { start: from, end: source + 2 });
                }
            }
            at += 2;
        }
    }
    if let Some((at, source, true)) = open
        && closes()
    {
        cuts.push((at, Change::Hide));
        hidden.push(ByteSpan { start: source, end: last });
    }
    apply(content, scratch, 0);
    hidden
}

#[cfg(test)]
mod tests {
    use super::hide;
    use crate::markdown::cuts::{Scratch, plain};

    #[test]
    fn comments_are_hidden() {
        let check = |text: &str, from, expected: &str| {
            let mut content = plain(text);
            let mut open = false;
            let closes = || {
                open = true;
                true
            };
            hide(&mut content, from, closes, &mut Scratch::default());
            assert_eq!(content.text, expected, "{text}");
            open
        };
        assert!(!check("a %%b%% c", 0, "a  c"));
        assert!(!check("100%% sure", 0, "100%% sure"));
        assert!(check("a\n%% b", 0, "a\n"));
        assert!(!check("x%% a %%b%% c", 3, " a  c"));
    }
}
