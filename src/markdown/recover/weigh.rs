//! How much a line speaks for code or for prose, taken by itself: positive for code, negative for
//! prose, 0 for a line that only its neighbours can decide. The scale is set so that one certain
//! line ([`CERTAIN`]) outweighs going over to the other side and back again
//! ([`super::classify::SWITCH`]), and a doubtful one does not.

use super::language;
use super::names::Names;
use super::python::grammar::{Reading, Statement, read};
use super::python::lexer::{Carry, Kind, Token, tokens};
use super::python::words::{is_keyword, is_statement_word};

/// A line that nobody writes but as code (`from x import y`), or but as prose.
pub(super) const CERTAIN: i32 = 8;
/// A line that is code or prose unless everything around it is not.
pub(super) const LIKELY: i32 = 5;
/// A line that leans.
pub(super) const LEANS: i32 = 2;

/// Longer lines (bytes) are never certain to be code.
const MAX_LINE: usize = 400;

/// Whether `line` is code beyond doubt, standing where Markdown would make it a paragraph: code
/// that is indented by four is marked well enough.
pub(super) fn is_certain(line: &str) -> bool {
    let text = line.trim();
    let indented = line.len() - line.trim_start().len() >= 4 || line.starts_with('\t');
    if text.is_empty() || text.len() > MAX_LINE || indented {
        return false;
    }
    if language::evident(text).is_some() {
        return true;
    }
    let mut carry = Carry::default();
    let found = tokens(text, &mut carry);
    let reading = read(text, &found, &Carry::default());
    reading.error.is_none() && code(text, &found, reading, &Names::default()) >= CERTAIN - 1
}

/// The weight of a line that reads as Python without error.
pub(super) fn code(line: &str, tokens: &[Token], reading: Reading, names: &Names<'_>) -> i32 {
    match reading.statement {
        Statement::Nothing => 0,
        // Code that is commented out says more than a remark.
        Statement::Comment if is_certain(line.trim_start_matches('#')) => LIKELY,
        // `#12 - the lamps are lit`: what was changed, by its number.
        Statement::Comment if is_number(line) => -LIKELY,
        Statement::Comment => LEANS,
        Statement::Import => {
            if line.starts_with("from") || line.contains(['.', ',']) || tokens.len() > 2 {
                CERTAIN
            } else {
                LIKELY
            }
        }
        Statement::Act | Statement::Call | Statement::Annotate | Statement::Expression
            if is_signature(line, tokens, names) =>
        {
            -1
        }
        Statement::Def
        | Statement::Class
        | Statement::Act
        | Statement::Block
        | Statement::Clause
        | Statement::Assign => CERTAIN,
        // `@somebody/lamps#12`: who wrote what, where.
        Statement::Decorator if tokens.iter().any(|t| t.text(line) == "/") => -LIKELY,
        Statement::Decorator => {
            if tokens.len() > 2 {
                CERTAIN
            } else {
                LIKELY
            }
        }
        Statement::Leave | Statement::Inside => LIKELY,
        Statement::Annotate => annotation(line, tokens),
        Statement::Call => call(line, tokens),
        Statement::Expression => expression(line, tokens, names),
    }
}

/// `name: str` is a field, `Note: text` is a remark.
fn annotation(line: &str, tokens: &[Token]) -> i32 {
    let target = tokens.first().map_or("", |t| t.text(line));
    let mut depth = 0;
    for token in tokens {
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth -= 1,
            _ if depth == 0 && token.text(line) == "=" => return CERTAIN,
            _ => {}
        }
    }
    // `Signature: Response(content, status=200)` calls, which no type does.
    if starts_upper(target) && tokens.iter().any(|t| t.text(line) == "(") {
        return -LIKELY;
    }
    let kind = tokens.get(2).map_or("", |t| t.text(line));
    // A type that is yet to be defined is written as a string; `type: "lamp.lit"` is a value.
    let class = |t: &Token| t.kind == Kind::Text && t.text(line).contains(char::is_uppercase);
    let typed = tokens.get(2).is_some_and(class)
        || tokens.get(3).is_some_and(|t| matches!(t.text(line), "[" | "|" | "."))
        || matches!(
            kind,
            "str"
                | "int"
                | "float"
                | "bool"
                | "bytes"
                | "list"
                | "dict"
                | "tuple"
                | "set"
                | "object"
                | "None"
                | "type"
        )
        || kind.starts_with(|c: char| c.is_ascii_uppercase());
    // `value: Score in [0, 1]` compares, which no type does.
    let words = tokens.iter().skip(2).any(|t| {
        matches!(t.text(line), "and" | "or" | "not" | "in" | "is" | "if" | "else" | "for")
    });
    if words {
        return -LIKELY;
    }
    match (starts_upper(target), typed) {
        // Fields are code where there is a class to have them.
        (false, true) if tokens.len() == 3 || tokens.len() > 4 => LIKELY - 1,
        (false, _) => 1,
        (true, true) => -3,
        (true, false) => -LIKELY,
    }
}

/// A call is code; a bare `run()` may also be a heading in a reference.
fn call(line: &str, tokens: &[Token]) -> i32 {
    let last = tokens.iter().rfind(|t| t.kind != Kind::Comment).map_or("", |t| t.text(line));
    if last != ")" && last != "(" && last != "[" && last != "{" && last != "," {
        return LEANS;
    }
    if has_remark(line, tokens) {
        return if starts_upper(line) { -LIKELY } else { 0 };
    }
    let empty = line.ends_with("()");
    // `DateTime()`: what there is, rather than a value that is thrown away.
    if empty && tokens.len() == 3 && starts_upper(line) {
        return -1;
    }
    if empty && tokens.len() < 8 { LEANS } else { CERTAIN - 1 }
}

/// Whether a line is the head of an entry in a reference: `await lamp.light(color, level=None)`,
/// where nothing that is handed over has a value on this page, `light(level: int)`, `light() -> bool`.
fn is_signature(line: &str, tokens: &[Token], names: &Names<'_>) -> bool {
    let Some(open) = tokens.iter().position(|t| t.kind == Kind::Open) else { return false };
    if tokens[..open].iter().any(|t| t.kind != Kind::Name && t.text(line) != ".") {
        return false;
    }
    let mut depth = 0;
    let mut typed = false;
    for pair in tokens[open..].windows(2) {
        match pair[0].kind {
            Kind::Open => depth += 1,
            Kind::Close => depth -= 1,
            _ => {}
        }
        typed |= depth == 1 && pair[0].kind == Kind::Name && pair[1].text(line) == ":";
        typed |= depth == 0 && pair[1].text(line) == "->";
    }
    typed && tokens[open].text(line) == "(" || hands_over_nothing(line, &tokens[open + 1..], names)
}

/// Whether the arguments of a call are names without a value on this page, up to its last token.
fn hands_over_nothing(line: &str, tokens: &[Token], names: &Names<'_>) -> bool {
    let Some((close, inside)) = tokens.split_last() else { return false };
    let is_new = |t: &Token| {
        t.kind == Kind::Name && !is_keyword(t.text(line)) && !names.contains(t.text(line))
    };
    let is_default = |t: &Token| matches!(t.text(line), "None" | "True" | "False");
    let mut any = false;
    let mut arguments = inside.split(|t| t.text(line) == ",");
    let plain = arguments.all(|argument| match argument {
        [name] => {
            any = true;
            is_new(name)
        }
        [stars, name] => {
            any = true;
            matches!(stars.text(line), "*" | "**") && is_new(name)
        }
        [name, is, value] => name.kind == Kind::Name && is.text(line) == "=" && is_default(value),
        _ => false,
    });
    plain && any && close.text(line) == ")"
}

/// `#12 - ...`: an issue, which no comment begins with.
fn is_number(line: &str) -> bool {
    let text = line.trim_start_matches('#');
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    line.len() == text.len() + 1 && digits > 1 && text[digits..].starts_with([' ', ':'])
}

/// `Phoenix (Arize)`, `Examples and tests (20+ calls)`: a remark in brackets behind a word.
fn has_remark(line: &str, tokens: &[Token]) -> bool {
    let apart = |w: &[Token]| {
        matches!(w[0].kind, Kind::Name | Kind::Number)
            && !is_keyword(w[0].text(line))
            && w[1].text(line) == "("
            && w[0].end < w[1].start
    };
    !line.contains(['"', '\'', '=']) && tokens.windows(2).any(apart)
}

fn expression(line: &str, tokens: &[Token], names: &Names<'_>) -> i32 {
    let first = tokens[0];
    let text = first.text(line);
    if tokens.iter().all(|t| t.kind == Kind::Comment || t.kind == Kind::Close) {
        return LEANS;
    }
    // `lamp.level  # 3`: a value and what is said of it.
    if tokens.last().is_some_and(|t| t.kind == Kind::Comment) && line.contains("  # ") {
        return LIKELY;
    }
    if first.kind == Kind::Text {
        let docstring = text.contains("\"\"\"") || text.contains("'''");
        return if docstring { LIKELY } else { 1 };
    }
    if text == "..." {
        return LEANS;
    }
    if matches!(text, "[" | "{" | "(") {
        return if tokens.len() == 1 || line.contains(['"', '\'', ':', '=']) { LIKELY } else { 1 };
    }
    // Names joined by nothing but commas, slashes, hyphens and little words: `Async/Await`,
    // `Input and Output`, `items`.
    let plain = tokens
        .iter()
        .all(|t| t.kind == Kind::Name || matches!(t.text(line), "," | "/" | "-" | "&" | "+" | "."));
    if !plain {
        return if tokens.iter().any(|t| matches!(t.kind, Kind::Text | Kind::Open)) {
            LEANS
        } else {
            0
        };
    }
    let known = names.contains(text);
    match (tokens.len(), starts_upper(text)) {
        (1, true) if known => -1,
        (1, true) => -LIKELY,
        (1, false) if known => LEANS,
        (_, true) if !line.contains(' ') && line.contains('.') => 0,
        (_, true) => -4,
        (_, false) if line.contains(' ') => {
            if known && line.contains(',') {
                LEANS
            } else {
                -LEANS
            }
        }
        (_, false) => i32::from(known),
    }
}

/// The weight of a line that is no Python, or of one that is no statement.
pub(super) fn prose(line: &str, tokens: &[Token]) -> i32 {
    let first = line.chars().next().unwrap_or(' ');
    let words = words_side_by_side(line, tokens);
    let signs = line.bytes().filter(|b| b"={}[]<>$\\;_|".contains(b)).count();
    let length = line.len();
    let ends = line.ends_with(['.', ':', '!', '?', '。', '：']);
    // `Literals {#literals}`, `[](){#literals}`: an identifier for links. A comment would swallow the bracket.
    if line.ends_with('}') && line.contains("{#") {
        return -CERTAIN;
    }
    let mut weight = match words {
        0 if is_lone_word(line) => -LIKELY,
        0 => 0,
        1 => -3,
        2 => -LIKELY,
        3..=5 => -LIKELY - 1,
        _ => -CERTAIN,
    };
    if first.is_uppercase() || !first.is_ascii() {
        weight -= 2;
    }
    if ends && words > 0 {
        weight -= 2;
    }
    if starts_upper(line) && has_remark(line, tokens) {
        weight -= 3;
    }
    // `Before:` says what follows; a statement that ends so begins with a keyword, in lower case.
    if line.ends_with(':') && first.is_uppercase() {
        weight -= 3;
    }
    // Output and configuration have more signs than words.
    if signs * 12 > length && words < 6 {
        weight += 4;
    }
    weight.clamp(-CERTAIN - 2, 1)
}

/// `or:`, `and`, `...from:`: a word between two examples, which is no statement.
fn is_lone_word(line: &str) -> bool {
    let word = line.trim_start_matches('.');
    let word = word.strip_suffix([':', ',']).unwrap_or(word);
    !word.is_empty() && word.chars().all(char::is_alphabetic) && !is_statement_word(word)
}

/// Pairs of neighbouring words with nothing but white space between them, which Python has only
/// around keywords.
pub(super) fn words_side_by_side(line: &str, tokens: &[Token]) -> usize {
    let ascii = tokens
        .windows(2)
        .filter(|w| {
            w.iter().all(|t| t.kind == Kind::Name)
                && !(is_keyword(w[0].text(line)) && is_keyword(w[1].text(line)))
        })
        .count();
    let foreign = tokens
        .iter()
        .filter(|t| t.kind == Kind::Stray && t.text(line).chars().all(char::is_alphabetic))
        .count();
    ascii + foreign
}

/// Whether `word` begins with a capital letter, as headings and sentences do.
pub(super) fn starts_upper(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}
