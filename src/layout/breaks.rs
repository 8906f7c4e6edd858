//! Where rows may end: the break opportunities of UAX #14 that matter to prose, kept simple. At spaces, after
//! hyphens and dashes between letters, around wide (CJK, emoji) characters except before closing and after opening
//! punctuation, and in long words (addresses, paths) after their own punctuation. Knows characters, no rows.

use crate::text::scrub::acts_on_terminal;
use crate::text::width::{graphemes, width};

/// Words of ASCII letters and figures are handled whole up to this length.
pub(super) const PLAIN_WORD: usize = 16;

/// Whether a row may end behind a glyph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    No,
    InLongWords,
    Always,
}

/// The cells of the longest piece of `text` that no row can end in: what a column needs so that no
/// word is cut.
pub(super) fn longest_piece(text: &str) -> usize {
    let parts = text.split(|c| is_space(c) || c == '\n');
    parts.map(longest_piece_of_word).max().unwrap_or(0)
}

fn longest_piece_of_word(word: &str) -> usize {
    let cells = width(word);
    let long = cells > PLAIN_WORD;
    if word.is_ascii() && !long {
        return cells;
    }
    let (mut longest, mut piece) = (0, 0);
    let (mut before, mut last) = (None, None);
    for g in graphemes(word) {
        let first = g.text.chars().next().unwrap_or(' ');
        if let Some((text, c)) = last {
            let end = may_end(before, c, first, is_wide(text) || is_wide(g.text));
            if end == End::Always || (long && end == End::InLongWords) {
                longest = longest.max(piece);
                piece = 0;
            }
            before = Some(c);
        }
        piece += g.cells;
        last = Some((g.text, last_char(g.text)));
    }
    longest.max(piece)
}

/// Whether rows may end beside the grapheme: it is CJK or an emoji.
pub(super) fn is_wide(grapheme: &str) -> bool {
    !grapheme.is_ascii() && width(grapheme) == 2
}

pub(super) fn last_char(text: &str) -> char {
    text.chars().next_back().unwrap_or(' ')
}

/// White space at which a row may end: not the no-break spaces.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace()
        && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}' | '\n')
        && !acts_on_terminal(c)
}

pub(super) fn may_end(before: Option<char>, last: char, next: char, wide: bool) -> End {
    if closes(next) || opens(last) {
        return End::No;
    }
    if wide || last == '\u{200b}' {
        return End::Always;
    }
    // Figures stay together, and a backslash with what it begins.
    if matches!(last, '.' | ',' | ':') && next.is_ascii_digit() {
        return End::No;
    }
    if next == '\\' && last != '\\' {
        return End::InLongWords;
    }
    match last {
        '-' | '\u{2010}' if before.is_some_and(char::is_alphanumeric) && next.is_alphabetic() => {
            End::Always
        }
        '–' | '—' if next.is_alphanumeric() => End::Always,
        '/' | '.' | ',' | '_' | '-' | '?' | '&' | '=' | '#' | ':' | ';' | '%' | '+'
            if next.is_alphanumeric() =>
        {
            End::InLongWords
        }
        _ => End::No,
    }
}

/// Characters that no row starts with (UAX #14: CL, CP, EX, IS, NS; JIS X 4051).
fn closes(c: char) -> bool {
    matches!(
        c,
        '!' | ')'
            | ','
            | '.'
            | ':'
            | ';'
            | '?'
            | ']'
            | '}'
            | '%'
            | '\''
            | '"'
            | '’'
            | '”'
            | '‥'
            | '‧'
            | '゛'
            | '゜'
            | '～'
            | '｠'
            | '»'
            | '›'
            | '…'
            | '·'
            | '‼'
            | '⁇'
            | '⁈'
            | '⁉'
            | '、'
            | '。'
            | '〉'
            | '》'
            | '」'
            | '』'
            | '】'
            | '〕'
            | '〗'
            | '〙'
            | '〛'
            | '〜'
            | '〟'
            | '々'
            | '〻'
            | '・'
            | 'ー'
            | 'ヽ'
            | 'ヾ'
            | 'ゝ'
            | 'ゞ'
            | 'ぁ'
            | 'ぃ'
            | 'ぅ'
            | 'ぇ'
            | 'ぉ'
            | 'っ'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'ゎ'
            | 'ァ'
            | 'ィ'
            | 'ゥ'
            | 'ェ'
            | 'ォ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
            | 'ヮ'
            | 'ヵ'
            | 'ヶ'
            | '！'
            | '）'
            | '，'
            | '．'
            | '：'
            | '；'
            | '？'
            | '］'
            | '｝'
            | '％'
            | '\u{31f0}'..='\u{31ff}'
            | '｡'
            | '｣'..='･'
            | 'ｧ'..='ｰ'
            | '﹐'..='﹗'
    )
}

/// Characters that no row ends with (UAX #14: OP, PR), and the signs that tags and names begin with.
fn opens(c: char) -> bool {
    matches!(
        c,
        '#' | '@'
            | '('
            | '['
            | '{'
            | '‘'
            | '“'
            | '«'
            | '‹'
            | '¿'
            | '¡'
            | '〈'
            | '《'
            | '「'
            | '『'
            | '【'
            | '〔'
            | '〖'
            | '〘'
            | '〚'
            | '〝'
            | '＃'
            | '＠'
            | '￥'
            | '＄'
            | '（'
            | '［'
            | '｛'
            | '｟'
            | '｢'
    )
}
