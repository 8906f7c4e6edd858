//! Sessions: code after prompts, with output between. The code is highlighted, its state kept over
//! continuation lines; the output stays plain.

use super::language::Language;
use super::paint::Painter;
use super::{LineRoles, plain, stretch};
use crate::text::role::Role;

/// Whose prompts they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Prompts {
    /// `>>> ` and `... `, or `IPython`'s `In [1]: ` and `   ...: `.
    Python,
    /// `$ ` or `% `, and `> ` for what goes on.
    Shell,
}

/// What a prompt says of its line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Prompt {
    /// New code.
    First,
    /// The code before goes on.
    More,
    /// `IPython`'s `Out[1]: `: a value follows.
    Output,
}

/// The prompts of `code`, if it is a session: the language's name says so, or it is Python and its
/// first line starts with `>>>` as in docstrings. A block that is called a session but has no prompt is
/// taken for plain code of its language.
pub(super) fn prompts(language: &Language, code: &str) -> Option<Prompts> {
    if let Some(prompts) = language.session {
        return code.split('\n').any(|line| prompt(prompts, line).is_some()).then_some(prompts);
    }
    let first = code.split('\n').find(|line| !line.trim().is_empty())?;
    (language.python
        && prompt(Prompts::Python, first).is_some_and(|(_, kind)| kind == Prompt::First))
    .then_some(Prompts::Python)
}

/// The roles of one line of a session.
pub(super) fn line(prompts: Prompts, painter: &mut Painter, line: &str) -> LineRoles {
    let Some((end, kind)) = prompt(prompts, line) else { return plain(line) };
    let (sign, code) = line.split_at(end);
    let mut roles: LineRoles = stretch(sign.len(), Role::CodePrompt).into_iter().collect();
    match kind {
        Prompt::First => {
            painter.restart();
            roles.extend(painter.line(code));
        }
        Prompt::More => roles.extend(painter.line(code)),
        Prompt::Output => roles.extend(plain(code)),
    }
    roles
}

/// The prompt that `line` starts with, as its end in bytes (the space after it included).
fn prompt(prompts: Prompts, line: &str) -> Option<(usize, Prompt)> {
    let rest = line.trim_start_matches([' ', '\t']);
    let indent = line.len() - rest.len();
    let signs: &[(&str, Prompt)] = match prompts {
        Prompts::Python => &[(">>>", Prompt::First), ("...:", Prompt::More), ("...", Prompt::More)],
        Prompts::Shell => &[("$", Prompt::First), ("%", Prompt::First), (">", Prompt::More)],
    };
    for (sign, kind) in signs {
        if let Some(after) = rest.strip_prefix(sign)
            && (after.is_empty() || after.starts_with(' '))
        {
            return Some((indent + sign.len() + usize::from(!after.is_empty()), *kind));
        }
    }
    (prompts == Prompts::Python)
        .then(|| numbered(rest))
        .flatten()
        .map(|(end, kind)| (indent + end, kind))
}

/// `IPython`'s `In [1]: ` and `Out[1]: `.
fn numbered(line: &str) -> Option<(usize, Prompt)> {
    let (rest, kind) = match line.strip_prefix("In [") {
        Some(rest) => (rest, Prompt::First),
        None => (line.strip_prefix("Out[")?, Prompt::Output),
    };
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix("]:")?;
    Some((line.len() - after.len() + usize::from(after.starts_with(' ')), kind))
}
