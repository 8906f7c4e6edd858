//! The painter: feeds lines to syntect one after the other and reads roles from its scopes.

use syntect::parsing::{ParseState, ScopeStack};

use super::language::{Language, syntaxes};
use super::scopes::Scopes;
use super::session::Prompts;
use super::{LineRoles, plain, session, stretch};
use crate::text::role::Role;

/// Highlights the lines of one block, from the first on.
pub(super) struct Painter {
    language: Language,
    state: ParseState,
    stack: ScopeStack,
    scopes: Scopes,
    /// The line with its end, as the grammars want it; kept for its memory.
    fed: String,
    /// Whether the grammar failed: the rest stays plain.
    failed: bool,
}

impl Painter {
    /// A painter at the start of a block.
    pub(super) fn new(language: &Language) -> Self {
        Self {
            language: *language,
            state: ParseState::new(language.syntax),
            stack: ScopeStack::new(),
            scopes: Scopes::default(),
            fed: String::new(),
            failed: false,
        }
    }

    /// Forgets the lines before.
    pub(super) fn restart(&mut self) {
        self.state = ParseState::new(self.language.syntax);
        self.stack = ScopeStack::new();
        self.failed = false;
    }

    /// The roles of the next line of a block, which may be a session or a diff of its language.
    pub(super) fn any_line(&mut self, prompts: Option<Prompts>, line: &str) -> LineRoles {
        let changed = match line.as_bytes().first() {
            _ if !self.language.diff => None,
            Some(b'+') => Some(Role::CodeInserted),
            Some(b'-') => Some(Role::CodeDeleted),
            Some(b'@') if line.starts_with("@@") => Some(Role::CodeNumber),
            _ => None,
        };
        if changed == Some(Role::CodeInserted) {
            // What follows goes on from what came, not from what went.
            self.line(&line[1..]);
        }
        match (changed, prompts) {
            (Some(role), _) => stretch(line.len(), role).into_iter().collect(),
            (None, Some(prompts)) => session::line(prompts, self, line),
            (None, None) => self.line(line),
        }
    }

    /// The roles of the next line, which has no `\n`.
    pub(super) fn line(&mut self, line: &str) -> LineRoles {
        if self.failed {
            return plain(line);
        }
        self.fed.clear();
        self.fed.push_str(line);
        self.fed.push('\n');
        let Ok(operations) = self.state.parse_line(&self.fed, syntaxes()) else {
            self.failed = true;
            return plain(line);
        };
        let mut roles = LineRoles::new();
        let mut at = 0;
        let ends = operations.iter().map(|(at, _)| *at).chain([line.len()]);
        for (index, end) in ends.enumerate() {
            let end = end.min(line.len());
            if end > at {
                self.paint(line, at..end, &mut roles);
                at = end;
            }
            if let Some((_, operation)) = operations.get(index)
                && self.stack.apply(operation).is_err()
            {
                self.failed = true;
            }
        }
        roles
    }

    /// Adds the role of a piece of `line` that stands under one stack of scopes.
    fn paint(&mut self, line: &str, piece: std::ops::Range<usize>, roles: &mut LineRoles) {
        let role = self.scopes.role(self.stack.as_slice());
        let role = match line.get(piece.clone()) {
            Some(text) => self.refine(role, text, &line[..piece.start], &line[piece.end..]),
            None => role,
        };
        let Some((bytes, role)) = stretch(piece.len(), role) else { return };
        match roles.last_mut() {
            Some(last) if last.1 == role => last.0 += bytes,
            _ => roles.push((bytes, role)),
        }
    }

    /// What the scopes leave open, said by the word itself and its neighbours.
    fn refine(&self, role: Role, text: &str, before: &str, after: &str) -> Role {
        match role {
            // `and`, `not`, `typeof`, `new` are operators to the grammars and keywords to the eye.
            Role::CodeOperator if text.bytes().all(|b| b.is_ascii_alphabetic()) => {
                Role::CodeKeyword
            }
            // One scope for `int` and `let` alike.
            Role::CodeType if DECLARING.contains(&text) => Role::CodeKeyword,
            Role::Code | Role::CodeFunction if self.language.python => {
                python(role, text, before, after)
            }
            role => role,
        }
    }
}

/// Words that declare something and carry the scope of a type in some grammars.
const DECLARING: &[&str] = &[
    "auto",
    "class",
    "const",
    "enum",
    "fn",
    "fun",
    "func",
    "function",
    "interface",
    "let",
    "static",
    "struct",
    "type",
    "typedef",
    "union",
    "val",
    "var",
];

/// Python's conventions (PEP 8): capitalized names are classes, all capitals constants; and `match`
/// and `case`, which the grammar does not know.
fn python(role: Role, text: &str, before: &str, after: &str) -> Role {
    let mut letters = text.bytes();
    let capital = letters.next().is_some_and(|b| b.is_ascii_uppercase());
    let name = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if capital && name {
        let shouts = text.len() > 1 && !text.bytes().any(|b| b.is_ascii_lowercase());
        return if shouts { Role::CodeConstant } else { Role::CodeType };
    }
    let statement = matches!(text, "match" | "case")
        && before.trim().is_empty()
        && after.starts_with(' ')
        && !after.trim_start().starts_with(['=', ':', '.', ','])
        && after.contains(':');
    if statement { Role::CodeKeyword } else { role }
}
