//! Pieces: where a very long paragraph (or math, or HTML) is cut, so that no more of it is laid out than what is
//! looked at. Depends on the text alone, never on the width. The row before a cut may be a short one, so cuts
//! lie where that is least seen: at a line's end, at a sentence's, between words.

use crate::markdown::document::{Run, Target};
use crate::text::span::floor_char_boundary;
use crate::text::width::graphemes;

/// A piece holds at least so many bytes; shorter texts are in one piece.
pub(super) const PIECE_BYTES: usize = 8 << 10;
/// So many bytes more are looked through for a good place to cut.
const SEARCH_BYTES: usize = 1 << 10;

/// The number and the byte offset of the second and every later piece. No cut lies in what leads somewhere: a link
/// is one stop.
pub(super) fn pieces<'a>(
    text: &'a str,
    runs: &'a [Run],
) -> impl Iterator<Item = (usize, usize)> + use<'a> {
    let cuts = std::iter::successors(next_cut(text, runs, 0), move |&at| next_cut(text, runs, at));
    (1..).zip(cuts)
}

/// Whether a text of so many bytes may be in several pieces.
pub(super) fn may_be_long(bytes: usize) -> bool {
    bytes >= PIECE_BYTES + SEARCH_BYTES
}

/// What `text` starts with: the first piece, wherever links forbid to end it.
pub(super) fn first_piece(text: &str) -> &str {
    next_cut(text, &[], 0).map_or(text, |end| &text[..end])
}

fn next_cut(text: &str, runs: &[Run], from: usize) -> Option<usize> {
    let least = from + PIECE_BYTES;
    if text.len() < least + SEARCH_BYTES {
        return None;
    }
    let least = floor_char_boundary(text, least);
    let most = floor_char_boundary(text, least + SEARCH_BYTES);
    let window = &text[least..most];
    let behind = |sign: &str| window.find(sign).map(|at| least + at + sign.len());
    let anywhere = || graphemes(window).next_back().map_or(most, |last| least + last.at);
    let cut =
        behind("\n").or_else(|| behind(". ")).or_else(|| behind(" ")).unwrap_or_else(anywhere);
    let cut = out_of_targets(runs, cut);
    (cut < text.len()).then_some(cut)
}

/// `cut`, or the end of the link in which it lies.
fn out_of_targets(runs: &[Run], cut: usize) -> usize {
    let first = runs.partition_point(|run| run.end as usize <= cut);
    let Some(inside) = runs.get(first).filter(|run| run.target != Target::None) else { return cut };
    let start = first.checked_sub(1).map_or(0, |before| runs[before].end as usize);
    let goes_on = first > 0 && runs[first - 1].target == inside.target;
    if start == cut && !goes_on {
        return cut;
    }
    let same = runs[first..].iter().take_while(|run| run.target == inside.target);
    same.last().map_or(cut, |last| last.end as usize)
}

#[cfg(test)]
mod tests {
    use super::{PIECE_BYTES, SEARCH_BYTES, pieces};
    use crate::layout::slots::parts;
    use crate::markdown::parse;

    fn lengths(text: &str) -> Vec<usize> {
        let mut cuts: Vec<usize> = pieces(text, &[]).map(|(_, at)| at).collect();
        cuts.insert(0, 0);
        cuts.push(text.len());
        cuts.windows(2).map(|pair| pair[1] - pair[0]).collect()
    }

    #[test]
    fn short_texts_are_in_one_piece() {
        assert_eq!(lengths(""), [0]);
        assert_eq!(lengths(&"a".repeat(PIECE_BYTES)), [PIECE_BYTES]);
    }

    #[test]
    fn texts_are_cut_behind_lines_then_sentences_then_words() {
        let check = |unit: &str, ends: &str| {
            let text = unit.repeat(40_000 / unit.len());
            let lengths = lengths(&text);
            assert!(lengths.len() > 2, "{unit}");
            let mut at = 0;
            for length in lengths {
                assert!(length <= PIECE_BYTES + 2 * SEARCH_BYTES, "{unit}: {length}");
                at += length;
                assert!(text[..at].ends_with(ends) || at == text.len(), "{unit}");
            }
        };
        check("one. two three\n", "\n");
        check("one. two three ", ". ");
        check("one two three ", " ");
        check("漢", "漢");
        check("e\u{301}", "\u{301}");
    }

    #[test]
    fn links_stay_whole() {
        let link = format!("[{}](x)", "word ".repeat(100));
        let document = parse(&format!("{link} and ").repeat(100));
        let parts = parts(&document);
        assert_eq!(parts.stops, 100);
        assert!(parts.len() > 4, "{}", parts.len());
    }
}
