//! Lines of Python gathered to statements: what each one is, which names it uses and which it
//! binds. What [`super::scope`] needs to place a statement, read once.

use super::grammar::{Statement, read};
use super::lexer::{Carry, Kind, Token, tokens};
use super::words::is_keyword;

/// A statement and the lines it stands on.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about a statement")]
pub(super) struct Logical<'a> {
    /// Index of its first line, and of its last.
    pub first: usize,
    pub last: usize,
    pub statement: Statement,
    /// Its first word, `async` left out: `if`, `for`, `def`, `return`.
    pub head: &'a str,
    /// It waits: `await`, `async with`, `async for`.
    pub awaits: bool,
    pub is_async: bool,
    /// The statement ends with the colon that opens a block.
    pub opens_block: bool,
    /// A string by itself: a docstring, when it is the first of a body.
    pub is_text: bool,
    /// One word and no more: `return`, `yield`.
    pub is_bare: bool,
    /// A comment that shows output: `#> 3`.
    pub is_output: bool,
    /// The name that `def` or `class` gives.
    pub name: &'a str,
    /// Names it uses, without attributes and keywords of arguments.
    pub uses: Vec<&'a str>,
    /// Those of `uses` that it calls.
    pub calls: Vec<&'a str>,
    /// The name that `+=` and its like change.
    pub grows: Option<&'a str>,
    /// Names it binds: targets, parameters, `as`, imports.
    pub binds: Vec<&'a str>,
}

/// The statements of `lines`, which are trimmed. Comments and blank lines are statements too.
pub(super) fn statements<'a>(lines: &[&'a str]) -> Vec<Logical<'a>> {
    let mut out: Vec<Logical<'a>> = Vec::new();
    let mut carry = Carry::default();
    for (index, &line) in lines.iter().enumerate() {
        let before = carry.clone();
        let found = tokens(line, &mut carry);
        let reading = read(line, &found, &before);
        if before.is_open()
            && let Some(last) = out.last_mut()
        {
            last.last = index;
            last.opens_block = reading.opens_block;
            last.names(line, &found, &before);
            continue;
        }
        let mut words = found.iter().filter(|t| t.kind == Kind::Name).map(|t| t.text(line));
        let first = words.next().unwrap_or_default();
        let is_async = first == "async";
        let head = if is_async { words.next().unwrap_or_default() } else { first };
        let named = matches!(reading.statement, Statement::Def | Statement::Class);
        let mut logical = Logical {
            first: index,
            last: index,
            statement: reading.statement,
            head,
            awaits: is_async && !named,
            is_async,
            opens_block: reading.opens_block,
            is_text: found.first().is_some_and(|t| t.kind == Kind::Text),
            is_bare: found.iter().filter(|t| t.kind != Kind::Comment).count() == 1,
            is_output: line.starts_with("#>"),
            name: if named { words.next().unwrap_or_default() } else { "" },
            uses: Vec::new(),
            calls: Vec::new(),
            grows: None,
            binds: Vec::new(),
        };
        logical.names(line, &found, &before);
        out.push(logical);
    }
    out
}

impl<'a> Logical<'a> {
    /// Whether the statement says nothing to Python.
    pub(super) fn is_silent(&self) -> bool {
        matches!(self.statement, Statement::Comment | Statement::Nothing)
    }

    /// Whether a `def` belongs to a class, by its first parameter.
    pub(super) fn is_method(&self) -> bool {
        self.statement == Statement::Def && matches!(self.binds.first(), Some(&("self" | "cls")))
    }

    pub(super) fn uses(&self, name: &str) -> bool {
        self.uses.contains(&name)
    }

    /// Sorts the names of one of its lines into used and bound ones.
    fn names(&mut self, line: &'a str, found: &[Token], before: &Carry) {
        let mut depth = before.brackets.len();
        let text = |i: usize| found.get(i).map_or("", |t| t.text(line));
        let equals = found
            .iter()
            .scan(depth, |depth, t| {
                *depth = step(*depth, *t);
                Some((*depth, t.text(line)))
            })
            .filter(|(depth, t)| *depth == 0 && is_assignment(t))
            .count();
        let mut seen_equals = 0;
        let mut in_target = self.head == "for" || self.statement == Statement::Import;
        // Between the `for` and the `in` of a comprehension.
        let mut comprehends = false;
        let mut own: Vec<&str> = Vec::new();
        for (i, token) in found.iter().enumerate() {
            let word = token.text(line);
            depth = step(depth, *token);
            comprehends = match word {
                "for" => depth > 0,
                "in" => false,
                _ => comprehends,
            };
            if depth == 0 && is_assignment(word) {
                seen_equals += 1;
            }
            if word == "in" && self.head == "for" && depth == 0 {
                in_target = false;
            }
            self.awaits |= word == "await";
            if token.kind == Kind::Text {
                formatted(word, &mut self.uses);
                continue;
            }
            let attribute = i > 0 && text(i - 1) == ".";
            if token.kind != Kind::Name || is_keyword(word) || attribute {
                continue;
            }
            let previous = if i > 0 { text(i - 1) } else { "" };
            let parameter = self.statement == Statement::Def
                && depth == 1
                && (matches!(previous, "(" | "," | "*" | "**") || i == 0);
            let target = seen_equals < equals
                && depth == 0
                && self.statement == Statement::Assign
                && text(i + 1) != ".";
            let field = self.statement == Statement::Annotate && i == 0;
            let walrus = text(i + 1) == ":=";
            let keyword = depth > 0 && text(i + 1) == "=" && self.statement != Statement::Def;
            // `total += 1` uses and binds.
            if depth == 0 && i == 0 && self.statement == Statement::Assign && is_augmented(text(1))
            {
                self.grows = Some(word);
            }
            if comprehends {
                own.push(word);
            } else if parameter || target || field || walrus || previous == "as" || in_target {
                self.binds.push(word);
            } else if !keyword && word != self.name {
                self.uses.push(word);
                if text(i + 1) == "(" {
                    self.calls.push(word);
                }
            }
        }
        if !own.is_empty() {
            self.uses.retain(|n| !own.contains(n));
        }
    }
}

fn step(depth: usize, token: Token) -> usize {
    match token.kind {
        Kind::Open => depth + 1,
        Kind::Close => depth.saturating_sub(1),
        _ => depth,
    }
}

fn is_augmented(text: &str) -> bool {
    text.len() > 1 && text.ends_with('=') && !matches!(text, "==" | "!=" | "<=" | ">=" | ":=")
}

fn is_assignment(text: &str) -> bool {
    text == "=" || text == ":="
}

/// Names in the fields of an f-string, roughly: words within braces that follow no dot.
fn formatted<'a>(text: &'a str, uses: &mut Vec<&'a str>) {
    let prefix = &text[..text.find(['"', '\'']).unwrap_or(0)];
    if prefix.is_empty() || !prefix.contains(['f', 'F']) {
        return;
    }
    for field in text.split('{').skip(1).filter_map(|f| f.split('}').next()) {
        let mut after_dot = false;
        for word in field.split_inclusive(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
            let name = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            if !after_dot
                && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && !is_keyword(name)
            {
                uses.push(name);
            }
            after_dot = word.ends_with('.');
        }
    }
}
