//! One line of what may be Python, as tokens. Never fails: what Python has no token for becomes
//! [`Kind::Stray`], which is how prose gives itself away.
//!
//! A [`Carry`] takes open brackets and triple quotes from line to line. Only ASCII names count as
//! names: Python allows more, but a sentence in Japanese would otherwise be one long identifier.

/// What a token is. Keywords are names; [`super::grammar`] tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::markdown::recover) enum Kind {
    Name,
    Number,
    /// A string, or the part of a triple-quoted string that lies on this line.
    Text,
    Operator,
    Open,
    Close,
    Comment,
    /// A character that no Python statement has outside strings and comments.
    Stray,
}

/// A token and its bytes in the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::markdown::recover) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

impl Token {
    pub(in crate::markdown::recover) fn text(self, line: &str) -> &str {
        line.get(self.start..self.end).unwrap_or_default()
    }
}

/// What is still open at the end of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::markdown::recover) struct Carry {
    /// Open brackets, outermost first: `(`, `[` or `{`.
    pub brackets: Vec<u8>,
    /// The open triple quote: `"` or `'`.
    pub quote: Option<u8>,
    /// The line ended with a backslash.
    pub backslash: bool,
}

impl Carry {
    pub(in crate::markdown::recover) fn is_open(&self) -> bool {
        !self.brackets.is_empty() || self.quote.is_some() || self.backslash
    }
}

/// Deeper nesting is no Python anybody wrote, and copying the stack per line must stay cheap.
const MAX_DEPTH: usize = 64;

/// Longest first, so that the first match is the right one.
const OPERATORS: [&str; 40] = [
    "**=", "//=", ">>=", "<<=", ":=", "->", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "%=",
    "&=", "|=", "^=", "@=", "**", "//", "<<", ">>", "+", "-", "*", "/", "%", "@", "&", "|", "^",
    "~", "<", ">", "=", ".", ",", ":", ";",
];

/// The tokens of `line`, which stands where `carry` left off; `carry` is moved to the line's end.
pub(in crate::markdown::recover) fn tokens(line: &str, carry: &mut Carry) -> Vec<Token> {
    let mut lexer = Lexer { line, bytes: line.as_bytes(), at: 0, lonely: 0, out: Vec::new() };
    carry.backslash = false;
    if let Some(quote) = carry.quote {
        let end = closing(lexer.bytes, 0, quote);
        lexer.push(Kind::Text, end.unwrap_or(line.len()));
        if end.is_some() {
            carry.quote = None;
        }
    }
    while lexer.at < line.len() {
        lexer.token(carry);
    }
    lexer.out
}

struct Lexer<'a> {
    line: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// A quote that was found to have no partner before the end of the line. It is not looked for
    /// again, or a line of a million escaped quotes would be read a million times.
    lonely: u8,
    out: Vec<Token>,
}

impl Lexer<'_> {
    fn push(&mut self, kind: Kind, end: usize) {
        self.out.push(Token { kind, start: self.at, end });
        self.at = end;
    }

    fn token(&mut self, carry: &mut Carry) {
        let byte = self.bytes[self.at];
        match byte {
            b' ' | b'\t' | b'\r' | 0x0c => self.at += 1,
            b'#' => self.push(Kind::Comment, self.line.len()),
            b'0'..=b'9' => self.push(Kind::Number, number_end(self.bytes, self.at)),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.name_or_string(carry),
            b'"' | b'\'' => self.string(self.at, carry),
            b'(' | b'[' | b'{' if carry.brackets.len() < MAX_DEPTH => {
                carry.brackets.push(byte);
                self.push(Kind::Open, self.at + 1);
            }
            b')' | b']' | b'}' if carry.brackets.last() == Some(&partner(byte)) => {
                carry.brackets.pop();
                self.push(Kind::Close, self.at + 1);
            }
            b'\\' if self.line[self.at + 1..].trim_end().is_empty() => {
                carry.backslash = true;
                self.at = self.line.len();
            }
            b'.' if self.bytes[self.at..].starts_with(b"...") => {
                self.push(Kind::Number, self.at + 3);
            }
            b'.' if self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit)
                && !self.out.last().is_some_and(|t| t.kind == Kind::Name && t.end == self.at) =>
            {
                self.push(Kind::Number, number_end(self.bytes, self.at));
            }
            _ => self.operator_or_stray(),
        }
    }

    fn operator_or_stray(&mut self) {
        let rest = &self.bytes[self.at..];
        if let Some(operator) = OPERATORS.iter().find(|o| rest.starts_with(o.as_bytes())) {
            self.push(Kind::Operator, self.at + operator.len());
        } else {
            let wide = self.line[self.at..].chars().next().map_or(1, char::len_utf8);
            self.push(Kind::Stray, self.at + wide);
        }
    }

    fn name_or_string(&mut self, carry: &mut Carry) {
        let end = self.at + word_length(&self.bytes[self.at..]);
        let is_prefix = end - self.at <= 2
            && self.bytes[self.at..end].iter().all(|b| b"rbfutRBFUT".contains(b));
        if is_prefix && matches!(self.bytes.get(end), Some(b'"' | b'\'')) {
            self.string(end, carry);
        } else {
            self.push(Kind::Name, end);
        }
    }

    /// A string whose quote stands at `quote_at` (after its prefix).
    fn string(&mut self, quote_at: usize, carry: &mut Carry) {
        let quote = self.bytes[quote_at];
        if self.bytes[quote_at..].starts_with(&[quote; 3]) {
            let end = closing(self.bytes, quote_at + 3, quote);
            if end.is_none() {
                carry.quote = Some(quote);
            }
            self.push(Kind::Text, end.unwrap_or(self.line.len()));
            return;
        }
        let mut at = if self.lonely == quote { self.bytes.len() } else { quote_at + 1 };
        while at < self.bytes.len() && self.bytes[at] != quote {
            at += if self.bytes[at] == b'\\' { 2 } else { 1 };
        }
        if at < self.bytes.len() {
            self.push(Kind::Text, at + 1);
        } else {
            // An apostrophe, not a string: only the quote itself is out of place.
            self.lonely = quote;
            self.push(Kind::Stray, quote_at + 1);
        }
    }
}

/// Where the triple quote that closes a string ends, at or after byte `from`.
fn closing(bytes: &[u8], from: usize, quote: u8) -> Option<usize> {
    let mut at = from;
    while at < bytes.len() {
        if bytes[at] == b'\\' {
            at += 2;
        } else if bytes[at] == quote && bytes[at..].starts_with(&[quote; 3]) {
            return Some(at + 3);
        } else {
            at += 1;
        }
    }
    None
}

fn partner(close: u8) -> u8 {
    match close {
        b')' => b'(',
        b']' => b'[',
        _ => b'{',
    }
}

/// Bytes of the ASCII word at the start of `bytes`.
pub(in crate::markdown::recover) fn word_length(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count()
}

fn number_end(bytes: &[u8], start: usize) -> usize {
    let hex = bytes[start] == b'0' && matches!(bytes.get(start + 1), Some(b'x' | b'X'));
    let mut at = if hex { start + 2 } else { start };
    while at < bytes.len() {
        let digit = match bytes[at] {
            b'0'..=b'9' => true,
            b'_' | b'.' => bytes.get(at + 1).is_some_and(u8::is_ascii_digit),
            b'a'..=b'f' | b'A'..=b'F' if hex => true,
            b'e' | b'E' => exponent(&bytes[at + 1..]),
            b'+' | b'-' => matches!(bytes[at - 1], b'e' | b'E') && at > start && !hex,
            _ => false,
        };
        if !digit {
            break;
        }
        at += 1;
    }
    if bytes.get(at) == Some(&b'.')
        && !bytes.get(at + 1).is_some_and(|b| *b == b'.' || b.is_ascii_alphabetic())
    {
        at += 1;
    }
    if bytes.get(at) == Some(&b'j') && !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) {
        at += 1;
    }
    at
}

fn exponent(rest: &[u8]) -> bool {
    match rest.first() {
        Some(b'0'..=b'9') => true,
        Some(b'+' | b'-') => rest.get(1).is_some_and(u8::is_ascii_digit),
        _ => false,
    }
}
