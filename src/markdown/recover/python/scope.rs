//! Where a statement belongs when the white space that said so is gone.
//!
//! Going through the statements in order, the blocks that are open are kept as a stack. A
//! statement stands within the first `level` of them. The grammar leaves one level for a
//! statement behind a colon and for an `else`; for the rest it sets bounds: a statement that uses
//! a loop's variable stands in the loop, one that calls the function being defined stands outside
//! of it, nothing but declarations stands in a class. Where the bounds leave a choice,
//! [`super::habit`] makes it, and the statement is marked as uncertain.

use std::collections::HashSet;

use super::grammar::Statement;
use super::habit;
use super::statements::Logical;

/// The level of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Level {
    pub level: usize,
    /// Another level would have been as good.
    pub uncertain: bool,
}

/// What opened a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opener {
    If,
    For,
    While,
    With,
    Try,
    Except,
    /// `else` of any kind but the next, and `finally`.
    Else,
    /// The `else` behind `except`, which a `finally` may follow.
    TryElse,
    Def,
    Class,
    Match,
    Case,
}

/// An open block.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    pub opener: Opener,
    /// Of a function or a class.
    pub name: &'a str,
    pub is_method: bool,
    pub is_async: bool,
    /// Names that the head binds (parameters, loop variables), and the locals of a function.
    pub binds: HashSet<&'a str>,
    /// Names that were bound for the first time within the block.
    pub makes: HashSet<&'a str>,
    /// Statements directly within it so far.
    pub statements: usize,
    /// The first statement of its body.
    pub first: Option<usize>,
}

/// Deeper nesting is no Python that was meant to be read; everything open is forgotten there, so
/// that a page of a million `if x:` costs no more than any other.
const MAX_LEVEL: usize = 30;

/// Statements looked at ahead of one.
const AHEAD: usize = 60;

/// What is known when a statement is to be placed.
pub(super) struct Scope<'a, 'l> {
    pub all: &'l [Logical<'a>],
    pub stack: Vec<Frame<'a>>,
    /// Names bound outside any function.
    globals: HashSet<&'a str>,
    /// The last statement opened a block whose body comes now.
    expecting: bool,
    /// The last statement left its block (`return`).
    pub left: bool,
    /// The last statement that was placed.
    pub last: Option<usize>,
    last_level: usize,
}

/// The levels of `all`.
pub(super) fn levels(all: &[Logical<'_>]) -> Vec<Level> {
    let mut scope = Scope {
        all,
        stack: Vec::new(),
        globals: HashSet::new(),
        expecting: false,
        left: false,
        last: None,
        last_level: 0,
    };
    let mut out: Vec<Level> = Vec::with_capacity(all.len());
    // Comments wait for the statement that they are about.
    let mut waiting = 0;
    for (index, here) in all.iter().enumerate() {
        if here.is_silent() {
            // `#> 3` shows what the statement before it prints.
            let level = scope.here();
            let output = here.is_output && waiting == 0;
            waiting += usize::from(!output);
            out.push(certain(level));
            continue;
        }
        let before = scope.here();
        let placed = scope.place(index);
        // A comment before `else` belongs to the block that ends there.
        let comment = if here.statement == Statement::Clause { before } else { placed.level };
        let from = out.len() - waiting;
        out[from..].fill(certain(comment));
        waiting = 0;
        out.push(placed);
        scope.take(index, placed.level);
    }
    let from = out.len() - waiting;
    out[from..].fill(certain(scope.here()));
    out
}

impl<'a> Scope<'a, '_> {
    /// The level of a statement that goes on where the last one stood.
    fn here(&self) -> usize {
        if self.expecting { self.stack.len() } else { self.last_level }
    }

    /// The level of statement `index`.
    fn place(&self, index: usize) -> Level {
        let here = &self.all[index];
        if self.expecting {
            return certain(self.stack.len());
        }
        if here.statement == Statement::Clause
            && let Some(level) = self.partner(here.head)
        {
            return certain(level);
        }
        if here.statement == Statement::Decorator {
            // A decorator stands where the thing stands that it decorates.
            let is_thing = |l: &Logical<'_>| !l.is_silent() && l.statement != Statement::Decorator;
            let thing = self.all[index..].iter().take(AHEAD).position(is_thing);
            return thing.map_or(certain(0), |n| self.free(index + n));
        }
        self.free(index)
    }

    /// The level of the block that an `else`, `except`, `finally` or `case` goes on with.
    fn partner(&self, head: &str) -> Option<usize> {
        use Opener::{Except, For, If, Match, Try, TryElse, While};
        let accepts = |opener: Opener| match head {
            "elif" => opener == If,
            "else" => matches!(opener, If | For | While | Except),
            "except" => matches!(opener, Try | Except),
            "finally" => matches!(opener, Try | Except | TryElse),
            _ => opener == Match,
        };
        let at = self.stack.iter().rposition(|f| accepts(f.opener))?;
        Some(if head == "case" { at + 1 } else { at })
    }

    /// The level of a statement that may stand at several.
    fn free(&self, index: usize) -> Level {
        let here = &self.all[index];
        let open = self.stack.len() - usize::from(self.left && !self.stack.is_empty());
        let least = self.least(here, open);
        let most = self.most(here, least, open);
        let fitting = |level: &usize| self.fits(here, *level);
        let Some(most) = (least..=most).rev().find(fitting) else { return certain(most) };
        let levels: Vec<usize> = (least..=most).filter(fitting).collect();
        if levels.len() == 1 {
            return certain(most);
        }
        habit::choose(self, index, &levels)
    }

    /// The outermost level at which the statement makes sense.
    fn least(&self, here: &Logical<'_>, open: usize) -> usize {
        let innermost = |wanted: &dyn Fn(&Frame<'_>) -> bool| {
            self.stack[..open].iter().rposition(wanted).map_or(0, |i| i + 1)
        };
        // Nothing but `except` or `finally` ends a `try`.
        let mut least = innermost(&|f| f.opener == Opener::Try);
        if matches!(here.head, "return" | "yield" | "nonlocal") {
            least = least.max(innermost(&|f| f.opener == Opener::Def && !here.uses(f.name)));
        }
        if here.awaits {
            let waits = |f: &Frame<'_>| f.opener == Opener::Def && f.is_async && !here.uses(f.name);
            least = least.max(innermost(&waits));
        }
        if matches!(here.head, "break" | "continue") {
            least = least.max(innermost(&|f| matches!(f.opener, Opener::For | Opener::While)));
        }
        if here.head == "raise" && here.uses.is_empty() {
            least = least.max(innermost(&|f| f.opener == Opener::Except));
        }
        if here.is_method() {
            least = least.max(self.class_of_methods(open));
        } else if here.uses("self") || here.uses("cls") || here.uses("super") {
            least = least.max(innermost(&|f| f.is_method));
        }
        let is_local = |f: &Frame<'_>| {
            here.uses.iter().any(|n| {
                let itself = *n == f.name && here.calls.contains(n);
                !itself && f.binds.contains(n) && !self.globals.contains(n)
            })
        };
        least.max(innermost(&is_local))
    }

    /// The innermost level at which the statement makes sense.
    fn most(&self, here: &Logical<'_>, least: usize, open: usize) -> usize {
        if here.is_method() {
            // A method stands in a class, not in another method.
            return match self.class_of_methods(open) {
                0 => open,
                level => level,
            };
        }
        // What uses the function or class being defined stands outside of it, unless a local of
        // the same name is meant, which nobody calls.
        let is_meant = |f: &Frame<'_>| {
            here.calls.contains(&f.name) || here.uses(f.name) && !f.binds.contains(f.name)
        };
        let named = self.stack[..open].iter().position(|f| !f.name.is_empty() && is_meant(f));
        named.map_or(open, |at| open.min(at.max(least)))
    }

    /// The level of the class that a method belongs to; 0 for none.
    fn class_of_methods(&self, open: usize) -> usize {
        let is_class = |f: &Frame<'_>| f.opener == Opener::Class && !habit::is_inner_class(f.name);
        self.stack[..open].iter().rposition(is_class).map_or(0, |i| i + 1)
    }

    /// Whether a statement of this kind can stand directly in the block that `level` means.
    fn fits(&self, here: &Logical<'_>, level: usize) -> bool {
        let Some(frame) = level.checked_sub(1).map(|i| &self.stack[i]) else { return true };
        match frame.opener {
            Opener::Class => match here.statement {
                Statement::Assign | Statement::Annotate | Statement::Def | Statement::Class => true,
                Statement::Expression => here.is_text,
                Statement::Leave => here.head == "pass",
                _ => false,
            },
            Opener::Match => false,
            // A loop that always returns in its first round is none.
            Opener::For => here.head != "return" || frame.statements == 0,
            _ => true,
        }
    }

    /// The statements behind `index`, as far as it is worth looking; comments left out.
    pub(super) fn ahead(&self, index: usize) -> impl Iterator<Item = &Logical<'a>> {
        self.all[index + 1..].iter().take(AHEAD).filter(|l| !l.is_silent())
    }

    /// Whether `name` means something outside all functions.
    pub(super) fn is_global(&self, name: &str) -> bool {
        self.globals.contains(name)
    }

    /// Enters statement `index` at `level`.
    fn take(&mut self, index: usize, level: usize) {
        let here = &self.all[index];
        let before = self.stack.get(level).map(|f| f.opener);
        self.stack.truncate(level);
        if let Some(frame) = self.stack.last_mut() {
            frame.first.get_or_insert(index);
            frame.statements += 1;
        }
        self.bind(here);
        let stub = here.statement == Statement::Expression && here.head.is_empty() && !here.is_text;
        self.expecting = here.opens_block;
        self.left = here.statement == Statement::Leave
            || stub && self.stack.last().is_some_and(|f| f.statements == 1);
        self.last = Some(index);
        self.last_level = level;
        if here.opens_block {
            if self.stack.len() >= MAX_LEVEL {
                self.stack.clear();
                self.last_level = 0;
            }
            self.stack.push(Frame {
                opener: opener(here, before),
                name: here.name,
                is_method: here.is_method(),
                is_async: here.is_async,
                binds: here.binds.iter().copied().collect(),
                makes: HashSet::new(),
                statements: 0,
                first: None,
            });
        }
    }

    /// Notes the names that a statement binds in the block it stands in.
    fn bind(&mut self, here: &Logical<'a>) {
        let function = self.stack.iter().rposition(|f| f.opener == Opener::Def);
        if !here.name.is_empty() && function.is_none() {
            self.globals.insert(here.name);
        }
        let head = here.opens_block && !matches!(here.statement, Statement::Inside);
        if head {
            return;
        }
        if let (Some(name), Some(frame)) = (here.grows, self.stack.last_mut()) {
            frame.makes.insert(name);
        }
        let in_class = self.stack.last().is_some_and(|f| f.opener == Opener::Class);
        for &name in &here.binds {
            let known = match function {
                Some(at) => self.stack[at].binds.contains(name),
                None => self.globals.contains(name),
            };
            if let (false, Some(frame)) = (known, self.stack.last_mut()) {
                frame.makes.insert(name);
            }
            match function {
                Some(at) => {
                    self.stack[at].binds.insert(name);
                }
                None if !in_class => {
                    self.globals.insert(name);
                }
                None => {}
            }
        }
    }
}

fn certain(level: usize) -> Level {
    Level { level, uncertain: false }
}

/// What opens the block of `here`, where `before` opened the block it goes on with.
fn opener(here: &Logical<'_>, before: Option<Opener>) -> Opener {
    match (here.statement, here.head) {
        (Statement::Def, _) => Opener::Def,
        (Statement::Class, _) => Opener::Class,
        (_, "for") => Opener::For,
        (_, "while") => Opener::While,
        (_, "try") => Opener::Try,
        (_, "except") => Opener::Except,
        (_, "with") => Opener::With,
        (_, "match") => Opener::Match,
        (_, "case") => Opener::Case,
        (_, "else") if before == Some(Opener::Except) => Opener::TryElse,
        (_, "else" | "finally") => Opener::Else,
        _ => Opener::If,
    }
}
