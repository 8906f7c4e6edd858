//! Where code ends and prose begins within one line: `return userDjango`, `)Dependency injection
//! is ...`, `passDecorator with Parameters`, `# the last remarkNext Steps`.
//!
//! A web page shows a code block and the heading after it without a line break between them when
//! it is copied. The white space is gone, so the place must be found by what cannot be: two
//! operands side by side, or a capital letter in the middle of a word.

use super::headings::{is_small, is_usual};
use super::names::Names;
use super::python::grammar::Reading;
use super::python::lexer::{Kind, Token};
use super::python::words::is_keyword;
use super::weigh::starts_upper;

/// A place to part a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Split {
    /// Byte where the prose begins.
    pub at: usize,
    /// Whether the line cannot be code as a whole; else the lines around it decide.
    pub certain: bool,
}

/// Arrows, symbols and pictures begin here; quotes and dashes come before.
const FIRST_PICTOGRAPH: u32 = 0x2190;

/// Longer words (bytes) are no words, and are not looked into again and again.
const MAX_WORD: usize = 80;

/// What is longer (bytes) is no title that is usual.
const MAX_USUAL: usize = 60;

/// Where `line` is to be parted, if it is. `tokens` and `reading` are those of the whole line.
pub(super) fn split(
    line: &str,
    tokens: &[Token],
    reading: Reading,
    names: &Names<'_>,
) -> Option<Split> {
    let counted = numbered(line)
        .filter(|at| tokens.iter().any(|t| t.kind == Kind::Name && t.start < *at && *at < t.end));
    if let Some(at) = counted {
        return Some(Split { at, certain: true });
    }
    match reading.error {
        Some(error) => at_error(line, tokens, error, names),
        None => within(line, tokens, names),
    }
}

/// The grammar breaks at token `error`: there, or at a capital letter before it, the prose begins.
fn at_error(line: &str, tokens: &[Token], error: usize, names: &Names<'_>) -> Option<Split> {
    if error == tokens.len() && tokens.len() > 2 && line.ends_with(':') {
        // `str | LampValid:`: a colon that opens nothing ends a sentence.
        return in_token(line, tokens[error - 2], names).map(|at| Split { at, certain: true });
    }
    if error == 0 || error >= tokens.len() {
        return None;
    }
    let (before, here) = (tokens[error - 1], tokens[error]);
    // Glued where no space stands: `)The`, `"x"Next`, `5Then`, `...And`.
    if before.end == here.start && (before.kind != Kind::Operator || before.text(line) == ";") {
        let rest = &line[here.start..];
        if before.kind == Kind::Name && here.kind == Kind::Stray {
            // `user's`, `data–driven`: an apostrophe or dash belongs to the word before it.
            let letter = rest.starts_with(char::is_alphabetic) || is_pictograph(rest);
            if letter && is_word(before.text(line), names) {
                return Some(Split { at: here.start, certain: true });
            }
            // `lampDon't do that`: the apostrophe is that of the prose.
            return in_token(line, before, names).map(|at| Split { at, certain: true });
        }
        // `...to:` goes on with a sentence.
        let ellipsis = before.text(line) == "..." && rest.starts_with(char::is_lowercase);
        if before.kind == Kind::Stray || ellipsis {
            return None;
        }
        if rest != ":" {
            return begins_prose(rest).then_some(Split { at: here.start, certain: true });
        }
    }
    // `from lamps import *Now light them`: nothing follows the sign.
    let all = tokens[..error].windows(2).find(|w| {
        w[0].text(line) == "*" && line[..w[0].start].ends_with("import ") && w[0].end == w[1].start
    });
    if let Some(all) = all {
        return Some(Split { at: all[1].start, certain: true });
    }
    // Else within a word before it: `return userDjango is`.
    tokens[..error]
        .iter()
        .rev()
        .take(8)
        .find_map(|t| in_token(line, *t, names))
        .map(|at| Split { at, certain: true })
}

/// The line reads as code, and its last word or comment may hide the beginning of prose.
fn within(line: &str, tokens: &[Token], names: &Names<'_>) -> Option<Split> {
    let last = *tokens.last()?;
    if last.kind == Kind::Comment {
        return in_comment(line, last, names);
    }
    if let Some(at) = behind_pass(line, tokens) {
        return Some(Split { at, certain: true });
    }
    // `return instanceAsync/Await`: the words of a title may be joined like operands.
    tokens
        .iter()
        .rev()
        .take(8)
        .take_while(|t| may_join(line, **t))
        .filter(|t| !names.contains(t.text(line)))
        .find_map(|t| {
            let text = t.text(line);
            humps(text).find(|&h| is_word(&text[..h], names)).map(|h| t.start + h)
        })
        .map(|at| Split { at, certain: false })
}

/// `passLamp.light`: behind `pass` a title begins that is a name. In small letters nothing tells it from
/// the rest of a name such as `password_hash`.
fn behind_pass(line: &str, tokens: &[Token]) -> Option<usize> {
    let first = tokens[0];
    let name = first.text(line).strip_prefix("pass")?;
    let may_belong = |t: &Token| may_join(line, *t) || t.text(line) == ".";
    let is_title = starts_upper(name) && tokens.iter().all(may_belong);
    is_title.then_some(first.end - name.len())
}

/// Whether a token is a word of a title, or what joins two of them.
fn may_join(line: &str, token: Token) -> bool {
    token.kind == Kind::Name || matches!(token.text(line), "/" | "," | "-" | "&" | "+")
}

/// The place in a name where prose begins.
fn in_token(line: &str, token: Token, names: &Names<'_>) -> Option<usize> {
    if token.kind != Kind::Name || names.contains(token.text(line)) {
        return None;
    }
    let text = token.text(line);
    let known = humps(text).rfind(|&h| is_word(&text[..h], names));
    let any = || {
        // `clientFastAPI` parts at its first hump, `RunConfigNext` at its last.
        if starts_upper(text) { humps(text).last() } else { humps(text).next() }
    };
    known.or_else(any).map(|h| token.start + h)
}

/// The place in a comment where prose begins: a capital letter right behind the end of a sentence,
/// of a bracket or of a word that is not written in camel case.
fn in_comment(line: &str, comment: Token, names: &Names<'_>) -> Option<Split> {
    let text = comment.text(line);
    let mut best: Option<(u8, usize)> = None;
    let mut word_start = 0;
    let mut previous = ' ';
    let mut quotes = [false; 3];
    for (at, c) in text.char_indices() {
        // Behind an opening quote a capital letter is nothing remarkable, nor is an apostrophe
        // within a word a quote.
        if let Some(quote) = ['"', '\'', '`'].iter().position(|q| *q == previous) {
            let open = &mut quotes[quote];
            let apostrophe = !*open && text[..at - 1].ends_with(char::is_alphanumeric);
            *open = !*open && !apostrophe;
            if *open {
                previous = ' ';
            }
        }
        if c.is_whitespace() {
            word_start = at + c.len_utf8();
        } else if c.is_alphabetic()
            && !is_latin(c)
            && previous.is_ascii()
            && !previous.is_whitespace()
            && text[..at].is_ascii()
        {
            // Another script begins right behind the remark.
            best = best.or(Some((3, at)));
        } else if c.is_uppercase()
            && !previous.is_whitespace()
            && (1..MAX_WORD).contains(&(at - word_start))
        {
            let left = &text[word_start..at];
            let right = &text[at..];
            let inside = quotes.contains(&true);
            let rank = if inside { 0 } else { comment_rank(left, right, previous, names) };
            // The first good place: what stands behind it is prose, where anything may stand.
            let so_far = best.map_or(0, |(r, _)| r);
            if rank > so_far && so_far < 2 {
                best = Some((rank, at));
            }
        }
        previous = c;
    }
    if let Some(at) = numbered(text).filter(|at| best.is_none_or(|(rank, b)| rank < 2 || *at <= b))
    {
        return Some(Split { at: comment.start + at, certain: true });
    }
    let (rank, at) = best?;
    let tail = &text[at..];
    let left = text[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
    let title = tail.chars().nth(1).is_some_and(char::is_lowercase) && tail.contains(' ');
    let sentence = is_sentence(tail);
    let certain = match rank {
        4 => title || tail.len() > 2 && tail.chars().all(|c| c.is_alphabetic() || c == ' '),
        3 => title,
        // `automaticallyNext Steps`: the hump is in a word of the language, not in a name.
        2 => title && (sentence || is_plain(left) && (left.len() > 2 || is_title(tail))),
        _ => false,
    };
    Some(Split { at: comment.start + at, certain })
}

/// Where prose begins in a remark of a language other than Python.
pub(super) fn in_remark(line: &str, names: &Names<'_>) -> Option<Split> {
    in_comment(line, Token { kind: Kind::Comment, start: 0, end: line.len() }, names)
}

/// Where prose begins in a command line: behind a small word, a bracket or a quote.
pub(super) fn in_command(line: &str) -> Option<Split> {
    glued_word(line, |c| {
        c.is_lowercase() || c.is_ascii_digit() || matches!(c, '"' | '\'' | ')' | ']' | '>')
    })
}

/// Where prose begins in a statement of a language with names in camel case: behind what no name
/// ends with.
pub(super) fn in_statement(line: &str) -> Option<Split> {
    glued_word(line, |c| matches!(c, '"' | '\'' | ')' | ']' | '}' | ';'))
}

/// A capitalised word right behind a character that `ends` what was before it, with more words to
/// come; or a title that is usual. Whatever is asked of the rest of the line is known beforehand, or
/// costs no more than a word: a line may be a megabyte of data.
fn glued_word(line: &str, ends: impl Fn(char) -> bool) -> Option<Split> {
    let (words, last_option) = words_of(line);
    let end = line.trim_end().len();
    // How many words began so far.
    let mut begun = 0;
    let mut quotes = 0;
    // A second capital in a word that begins with one is camel case.
    let mut word_is_upper = false;
    let mut previous = ' ';
    for (at, c) in line.char_indices() {
        let is_blank = c.is_whitespace();
        begun += usize::from(!is_blank && previous.is_whitespace());
        let camel = word_is_upper && previous.is_alphanumeric();
        // Before an option nothing begins: the command goes on.
        let is_sign = may_begin(c) && at >= last_option;
        if is_sign && quotes % 2 == 0 && ends(previous) && !camel {
            let rest = &line[at..];
            // Those that begin behind this place, and what is left of the one it lies in.
            let left = words - begun + usize::from(!is_blank);
            let counted = matches!(previous, '"' | '\'') && is_counted(rest);
            if counted || left > 1 && (is_pictograph(rest) || is_title_word(rest)) {
                return Some(Split { at, certain: left > 2 || is_title(rest) });
            }
            if c.is_uppercase() && end - at <= MAX_USUAL && is_usual(&line[at..end]) {
                return Some(Split { at, certain: true });
            }
        }
        if previous.is_whitespace() || matches!(previous, '=' | '/') {
            word_is_upper = c.is_uppercase();
        }
        quotes += usize::from(matches!(c, '"' | '\''));
        previous = c;
    }
    None
}

/// How many words `line` has, and where the last option among them begins; 0 for none.
fn words_of(line: &str) -> (usize, usize) {
    let (mut words, mut last_option) = (0, 0);
    let mut previous = ' ';
    for (at, c) in line.char_indices() {
        if !c.is_whitespace() && previous.is_whitespace() {
            words += 1;
            let rest = line[at..].strip_prefix('-');
            if rest.is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace())) {
                last_option = at;
            }
        }
        previous = c;
    }
    (words, last_option)
}

/// Whether a title may begin at `c`, or right behind it where it is blank: a glance that leaves few
/// places in a line.
fn may_begin(c: char) -> bool {
    c.is_uppercase() || c.is_ascii_digit() || c.is_whitespace() || c as u32 >= FIRST_PICTOGRAPH
}

/// Whether `rest` begins with a capitalised word of a sentence, not with a part of a path or name.
fn is_title_word(rest: &str) -> bool {
    let rest = rest.trim_start();
    let mut chars = rest.chars();
    let capital = chars.next().is_some_and(char::is_uppercase);
    let small = chars.next().is_some_and(char::is_lowercase);
    if !capital || !small {
        return false;
    }
    let end = rest.char_indices().find(|(at, c)| c.is_whitespace() || *at > MAX_WORD);
    let end = end.map_or(rest.len(), |(at, _)| at);
    end <= MAX_WORD
        && rest[..end]
            .trim_end_matches([',', '.', ':', '!', '?', ';'])
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '\'' | '\u{2019}' | '-'))
}

/// Whether `rest` begins with the number of a heading: `2. Model`.
fn is_counted(rest: &str) -> bool {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && rest[digits..].starts_with(". ")
}

/// How well a comment could end after `left` and prose begin with `right`; 0 for not at all.
fn comment_rank(left: &str, right: &str, previous: char, names: &Names<'_>) -> u8 {
    let word = right.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    // `McpError`, `FastAPI`: a capital begins the word, so a second one is camel case.
    match previous {
        '.' | '!' | '?' | ')' | ']' | '}' | '"' | '\'' | ':' | '`' | '>' | '*' => {
            // `openai.AsyncOpenAI()` and `a.B.c` are names with dots.
            let behind = right[word.len()..].chars().next();
            let dotted = previous == '.'
                && (humps(word).next().is_some()
                    || behind.is_some_and(|c| matches!(c, '(' | '.' | '[' | '_')));
            let module = previous == '.' && names.contains(left.trim_end_matches('.'));
            match (dotted, module) {
                (true, _) => 0,
                (_, true) => 3 * u8::from(is_sentence(right)),
                _ => 4,
            }
        }
        c if c as u32 >= FIRST_PICTOGRAPH && !c.is_alphanumeric() => 4,
        c if c.is_ascii_digit() => {
            if right.chars().nth(1).is_some_and(char::is_lowercase) {
                3
            } else {
                1
            }
        }
        c if c.is_lowercase() => {
            let whole = format!("{left}{word}");
            let goes_on = right[word.len()..].starts_with(['(', '.', '_', '[']);
            if names.contains(&whole) || left.contains(['(', '/']) || goes_on {
                0
            } else if left.ends_with("Error") || left.ends_with("Exception") {
                3
            } else if left.contains(['.', '_'])
                || starts_upper(left.trim_start_matches(['#', '>', '"', '\'']))
            {
                1
            } else if left.len() < 2 {
                0
            } else {
                2
            }
        }
        // `PARISLiterals`, but not `JSONSchema` where that is a name.
        c if c.is_uppercase() => {
            let small = right.chars().nth(1).is_some_and(char::is_lowercase);
            u8::from(left.len() > 3 && small && !names.contains(&format!("{left}{word}")))
        }
        _ => 0,
    }
}

/// Bytes within `word` where a new word seems to begin: a capital after a small letter or digit
/// (`user|Django`), or the last capital before a small letter (`MAX_RETRIES|Next`).
fn humps(word: &str) -> impl DoubleEndedIterator<Item = usize> + '_ {
    let bytes = word.as_bytes();
    (1..bytes.len()).filter(move |&i| {
        let next_is_small = bytes.get(i + 1).is_some_and(u8::is_ascii_lowercase);
        let before = bytes[i - 1];
        bytes[i].is_ascii_uppercase()
            && (before.is_ascii_lowercase()
                || before.is_ascii_digit()
                || (before.is_ascii_uppercase() && next_is_small))
    })
}

fn is_word(text: &str, names: &Names<'_>) -> bool {
    // A long name has many places where it could be parted, and what is before each is looked up.
    text.len() <= MAX_WORD && (is_keyword(text) || names.contains(text))
}

/// Whether `rest` could be the beginning of a heading or a sentence.
fn begins_prose(rest: &str) -> bool {
    rest.starts_with(|c: char| {
        c.is_alphanumeric()
            || !c.is_ascii()
            || matches!(c, '"' | '\'' | '(' | '[' | '<' | '!' | '`' | '*' | '_')
    })
}

/// Where the number of a heading follows a word: `api_key4. Make the Data`.
fn numbered(text: &str) -> Option<usize> {
    text.match_indices(". ").find_map(|(dot, _)| {
        let number = text[..dot].trim_end_matches(|c: char| c.is_ascii_digit());
        let glued = (1..3).contains(&(dot - number.len()))
            && number.ends_with(|c: char| c.is_alphabetic() || c == '_' || c == ')');
        (glued && text[dot + 2..].starts_with(char::is_uppercase)).then_some(number.len())
    })
}

fn is_sentence(text: &str) -> bool {
    text.ends_with(['.', ':']) && text.split(' ').count() > 4
}

/// Whether a word is of small letters alone.
fn is_plain(word: &str) -> bool {
    word.chars().all(char::is_lowercase)
}

/// Whether every word of weight begins with a capital.
fn is_title(text: &str) -> bool {
    text.split_whitespace().all(|w| starts_upper(w) || is_small(w))
}

/// Whether a letter may stand in a word with ASCII letters: `nació`.
fn is_latin(c: char) -> bool {
    c < '\u{370}' || ('\u{1e00}'..'\u{1f00}').contains(&c)
}

fn is_pictograph(rest: &str) -> bool {
    rest.starts_with(|c: char| c as u32 >= FIRST_PICTOGRAPH && !c.is_alphanumeric())
}
