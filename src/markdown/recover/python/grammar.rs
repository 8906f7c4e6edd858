//! Whether the tokens of one line can stand in Python in this order, and what they begin.
//!
//! Not a parser: one automaton that knows whether an operand or an operator may come next. That is
//! what tells code from prose, since words of prose stand side by side and names of Python never
//! do. The first token that cannot stand where it does is also where glued text begins.

use super::lexer::{Carry, Kind, Token};
use super::words::is_statement_word;

/// What a line says, by its first words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::markdown::recover) enum Statement {
    /// No token, or only a comment.
    Nothing,
    Comment,
    Import,
    Def,
    Class,
    Decorator,
    /// `if`, `for`, `while`, `with`, `try`, `match`.
    Block,
    /// `elif`, `else`, `except`, `finally`, `case`: goes on with an earlier block.
    Clause,
    /// `return`, `raise`, `pass`, `break`, `continue`: ends its block.
    Leave,
    /// `yield`, `await`, `assert`, `del`, `global`, `nonlocal`.
    Act,
    Assign,
    /// `name: type`, with or without a value.
    Annotate,
    /// An expression that calls something.
    Call,
    /// Any other expression.
    Expression,
    /// A line that begins within brackets or a string of an earlier line.
    Inside,
}

/// How a line reads as Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::markdown::recover) struct Reading {
    pub statement: Statement,
    /// Index of the first token that cannot stand where it does; the number of tokens when the
    /// line ends too early.
    pub error: Option<usize>,
    /// The line ends with the colon that opens a block.
    pub opens_block: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// A statement may begin here.
    Start,
    /// An operand must come.
    Operand,
    /// An operand may come, or the expression is over.
    Either,
    /// An operand has been read.
    After,
    /// Nothing but a comment may come.
    End,
}

#[expect(clippy::struct_excessive_bools, reason = "each is a sign that has or has not been seen")]
struct Reader<'a> {
    line: &'a str,
    place: Place,
    depth: usize,
    statement: Statement,
    head: &'a str,
    lambdas: usize,
    assigned: bool,
    annotated: bool,
    called: bool,
    opens_block: bool,
    /// The colon of a block's head has been read.
    headed: bool,
}

/// Reads the tokens of `line`; `carry` is the state before the line.
pub(in crate::markdown::recover) fn read(line: &str, tokens: &[Token], carry: &Carry) -> Reading {
    let mut reader = Reader {
        line,
        place: if carry.is_open() { Place::Either } else { Place::Start },
        depth: carry.brackets.len(),
        statement: if carry.is_open() { Statement::Inside } else { Statement::Nothing },
        head: "",
        lambdas: 0,
        assigned: false,
        annotated: false,
        called: false,
        opens_block: false,
        headed: false,
    };
    let mut error = None;
    for index in 0..tokens.len() {
        if !reader.step(tokens, index, carry) {
            error = Some(index);
            break;
        }
    }
    let open = reader.depth > 0 || tokens.last().is_some_and(|t| t.kind == Kind::Text);
    if error.is_none() && !open && !reader.may_end() {
        error = Some(tokens.len());
    }
    Reading { statement: reader.said(), error, opens_block: error.is_none() && reader.opens_block }
}

impl<'a> Reader<'a> {
    fn may_end(&self) -> bool {
        // A reference writes `def name(arguments) -> Type` without its colon.
        let signature = self.statement == Statement::Def && self.called;
        let headless = matches!(
            self.statement,
            Statement::Block | Statement::Clause | Statement::Class | Statement::Def
        ) && !self.headed
            && !signature;
        !headless && (self.place != Place::Operand)
    }

    fn said(&self) -> Statement {
        match self.statement {
            Statement::Expression if self.assigned && self.annotated => Statement::Annotate,
            Statement::Expression if self.assigned => Statement::Assign,
            Statement::Expression if self.annotated => Statement::Annotate,
            Statement::Expression if self.called => Statement::Call,
            other => other,
        }
    }

    /// Takes one token; false when it cannot stand here.
    fn step(&mut self, tokens: &[Token], index: usize, carry: &Carry) -> bool {
        let token = tokens[index];
        if token.kind == Kind::Comment {
            if index == 0 && self.statement == Statement::Nothing {
                self.statement = Statement::Comment;
            }
            return true;
        }
        if self.place == Place::End {
            return false;
        }
        self.opens_block = false;
        let text = token.text(self.line);
        match token.kind {
            Kind::Name => self.name(text, tokens, index),
            Kind::Number => self.operand(),
            Kind::Text => {
                let joins = index > 0 && tokens[index - 1].kind == Kind::Text;
                let begins = index == 0 && carry.is_open();
                if self.place == Place::After && !joins && !begins {
                    false
                } else {
                    self.force_operand()
                }
            }
            Kind::Open => self.open(text),
            Kind::Close => self.close(),
            Kind::Operator => self.operator(text, tokens, index),
            Kind::Stray | Kind::Comment => false,
        }
    }

    fn operand(&mut self) -> bool {
        self.place != Place::After && self.force_operand()
    }

    fn force_operand(&mut self) -> bool {
        if self.place == Place::Start && !matches!(self.statement, Statement::Inside) {
            self.begin(Statement::Expression, "");
        }
        self.place = Place::After;
        true
    }

    /// Notes the statement, unless it stands behind the colon of a head on the same line.
    fn begin(&mut self, statement: Statement, head: &'a str) {
        if self.statement == Statement::Nothing {
            self.statement = statement;
            self.head = head;
        }
    }

    fn open(&mut self, text: &str) -> bool {
        if self.place == Place::After {
            if text == "{" {
                return false;
            }
            self.called |= text == "(";
        } else if self.place == Place::Start {
            self.begin(Statement::Expression, "");
        }
        self.depth += 1;
        self.place = Place::Either;
        true
    }

    fn close(&mut self) -> bool {
        if self.depth == 0 || self.place == Place::Operand {
            return false;
        }
        self.depth -= 1;
        self.place = Place::After;
        true
    }

    fn operator(&mut self, text: &str, tokens: &[Token], index: usize) -> bool {
        if index == 0 && self.place == Place::Start {
            return match text {
                "@" => {
                    self.statement = Statement::Decorator;
                    self.place = Place::Operand;
                    true
                }
                "*" | "-" | "+" | "~" => {
                    self.begin(Statement::Expression, "");
                    self.place = Place::Operand;
                    true
                }
                _ => false,
            };
        }
        match text {
            ":" => self.colon(tokens, index),
            "," => {
                let before = index.checked_sub(1).map_or("", |i| tokens[i].text(self.line));
                let odd = matches!(before, "*" | "/" | ":");
                let allowed = self.place == Place::After || (self.depth > 0 && odd);
                let lists = self.depth > 0 || self.statement != Statement::Decorator;
                self.place = Place::Either;
                allowed && lists
            }
            ";" => {
                let allowed = self.place != Place::Operand && self.depth == 0;
                self.place = Place::Start;
                allowed
            }
            "*" | "**" if self.place != Place::After => {
                // A bare `*` among parameters is followed by a comma.
                self.place = if self.depth > 0 { Place::Either } else { Place::Operand };
                true
            }
            "-" | "+" | "~" if self.place != Place::After => {
                self.place = Place::Operand;
                true
            }
            "/" if self.place == Place::Either && self.depth > 0 => {
                self.place = Place::After;
                true
            }
            "." => {
                let named = tokens.get(index + 1).is_some_and(|t| t.kind == Kind::Name);
                let relative = self.statement == Statement::Import && self.place == Place::Operand;
                if relative {
                    return true;
                }
                let allowed = named && matches!(self.place, Place::After | Place::Either);
                self.place = Place::Operand;
                allowed
            }
            "=" => {
                let allowed = matches!(self.place, Place::After);
                self.assigned |= self.depth == 0;
                self.place = Place::Operand;
                allowed
            }
            "->" => {
                self.place =
                    if self.place == Place::After { Place::Operand } else { return false };
                true
            }
            _ => {
                let inside = self.statement == Statement::Inside && self.place == Place::Either;
                let allowed = (self.place == Place::After || inside) && text != "~";
                let compares = matches!(text, "==" | "!=" | "<=" | ">=");
                self.assigned |= self.depth == 0 && text.ends_with('=') && !compares;
                self.place = Place::Operand;
                allowed
            }
        }
    }

    fn colon(&mut self, tokens: &[Token], index: usize) -> bool {
        if self.lambdas > 0 {
            self.lambdas -= 1;
            self.place = Place::Operand;
            return true;
        }
        if self.depth > 0 {
            self.place = Place::Either;
            return true;
        }
        if self.place == Place::Operand {
            return false;
        }
        match self.statement {
            Statement::Block | Statement::Clause | Statement::Class | Statement::Def
                if !self.headed =>
            {
                self.headed = true;
                self.place = Place::Start;
                self.opens_block = true;
                true
            }
            // A head whose first line ended within brackets is closed by `):` or `) -> T:`.
            Statement::Inside if tokens[..index].iter().any(|t| t.kind == Kind::Close) => {
                self.place = Place::Start;
                self.opens_block = true;
                true
            }
            Statement::Expression if !self.annotated && !self.assigned => {
                self.annotated = true;
                self.place = Place::Operand;
                true
            }
            _ => false,
        }
    }

    fn name(&mut self, text: &'a str, tokens: &[Token], index: usize) -> bool {
        let after_dot =
            index > 0 && tokens[index - 1].text(self.line) == "." && self.place == Place::Operand;
        if after_dot && text != "import" {
            return self.force_operand();
        }
        if self.place == Place::Start && self.starter(text, tokens, index) {
            return true;
        }
        match text {
            "and" | "or" | "is" | "else" | "if" | "in" => self.infix(text),
            "not" if self.place == Place::After => {
                let next = tokens.get(index + 1).map(|t| t.text(self.line));
                next == Some("in")
            }
            "not" if index > 0 && tokens[index - 1].text(self.line) == "is" => true,
            "not" | "await" => {
                if self.place == Place::After {
                    return false;
                }
                if self.place == Place::Start {
                    self.begin(
                        if text == "not" { Statement::Expression } else { Statement::Act },
                        text,
                    );
                }
                self.place = Place::Operand;
                true
            }
            "lambda" => {
                let allowed = matches!(self.place, Place::Operand | Place::Either);
                self.lambdas += 1;
                self.place = Place::Either;
                allowed
            }
            "yield" => {
                let allowed = self.place != Place::After;
                self.place = Place::Either;
                allowed
            }
            "for" if index > 0 && tokens[index - 1].text(self.line) == "async" => true,
            "for" | "async" => {
                let allowed = self.place == Place::After && self.depth > 0
                    || self.statement == Statement::Inside;
                self.place = Place::Operand;
                allowed
            }
            "from" if self.place == Place::Either => {
                self.place = Place::Operand;
                true
            }
            "as" | "import" | "from" => {
                let allowed = self.place == Place::After
                    && (matches!(
                        self.statement,
                        Statement::Import
                            | Statement::Block
                            | Statement::Clause
                            | Statement::Inside
                    ) || (text == "from" && matches!(self.head, "raise" | "yield")))
                    || text == "import" && self.statement == Statement::Import;
                self.place = Place::Operand;
                allowed
            }
            _ if is_statement_word(text) => false,
            _ => self.operand(),
        }
    }

    fn infix(&mut self, text: &str) -> bool {
        let inside = self.statement == Statement::Inside;
        let allowed =
            self.place == Place::After || (inside && self.place == Place::Either && text != "in");
        self.place = Place::Operand;
        allowed
    }

    /// A word that begins a statement; false when it begins none.
    fn starter(&mut self, text: &'a str, tokens: &[Token], index: usize) -> bool {
        let next = tokens.get(index + 1);
        let next_text = next.map_or("", |t| t.text(self.line));
        let (statement, place) = match text {
            "import" | "from" => (Statement::Import, Place::Operand),
            "def" => (Statement::Def, Place::Operand),
            "class" => (Statement::Class, Place::Operand),
            "async" if matches!(next_text, "def" | "for" | "with") => {
                (Statement::Nothing, Place::Start)
            }
            "if" | "for" | "while" | "with" => (Statement::Block, Place::Operand),
            "elif" => (Statement::Clause, Place::Operand),
            "except" | "else" | "finally" => (Statement::Clause, Place::Either),
            "try" => (Statement::Block, Place::Either),
            "return" | "raise" => (Statement::Leave, Place::Either),
            "pass" | "break" | "continue" => (Statement::Leave, Place::End),
            "yield" => (Statement::Act, Place::Either),
            "assert" | "del" | "global" | "nonlocal" => (Statement::Act, Place::Operand),
            // Soft keywords: only where an operand follows that no name could have.
            "match" | "case"
                if next.is_some_and(|t| {
                    matches!(t.kind, Kind::Name | Kind::Text | Kind::Number)
                        || (matches!(t.kind, Kind::Open) && t.start > tokens[index].end)
                }) && !matches!(next_text, "in" | "is" | "and" | "or" | "if" | "not")
                    && self.line.trim_end().ends_with(':') =>
            {
                (if text == "case" { Statement::Clause } else { Statement::Block }, Place::Operand)
            }
            "type"
                if next.is_some_and(|t| {
                    t.kind == Kind::Name && !matches!(next_text, "in" | "is" | "and" | "or")
                }) =>
            {
                (Statement::Expression, Place::Operand)
            }
            _ => return false,
        };
        if matches!(text, "else" | "finally" | "try") && next_text != ":" {
            self.place = Place::End;
        } else {
            self.place = place;
        }
        if statement != Statement::Nothing {
            self.begin(statement, text);
        }
        true
    }
}
