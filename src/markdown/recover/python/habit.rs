//! Where a statement belongs when the grammar leaves a choice: by the habits of those who write
//! Python. Each rule was kept because it was right more often than not on documentation whose
//! indentation is known; what it decides without a sign in the statement itself is marked.

use super::grammar::Statement;
use super::scope::{Frame, Level, Opener, Scope};
use super::statements::Logical;

/// The level of statement `index` among `levels`, of which there are two or more, ascending.
pub(super) fn choose(scope: &Scope<'_, '_>, index: usize, levels: &[usize]) -> Level {
    if let Some(level) = levels
        .iter()
        .position(|l| scope.stack.get(*l).is_some_and(|f| is_needed_outside(scope, index, f)))
    {
        return Level { level: levels[level], uncertain: false };
    }
    let mut choice = levels.len() - 1;
    let mut uncertain = false;
    while choice > 0 {
        // The blocks that would be left by going one step out.
        let frame = &scope.stack[levels[choice] - 1];
        let guard = scope.left && choice == levels.len() - 1;
        match leaves(scope, index, frame, guard) {
            Leaves::Yes => {}
            Leaves::Likely => uncertain = true,
            Leaves::Unlikely => {
                uncertain = true;
                break;
            }
            Leaves::No => break,
        }
        choice -= 1;
    }
    Level { level: levels[choice], uncertain }
}

/// Whether a statement stands behind a block rather than in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leaves {
    Yes,
    Likely,
    Unlikely,
    No,
}

/// `guard` tells that a block directly within `frame` has just been left by `return` or the like:
/// then what follows is mostly what was guarded.
fn leaves(scope: &Scope<'_, '_>, index: usize, frame: &Frame<'_>, guard: bool) -> Leaves {
    let here = &scope.all[index];
    let means = |l: &Logical<'_>| l.uses.iter().any(|n| frame.makes.contains(n));
    // What stands between two statements that use the block's names stands in the block.
    let goes_on =
        |l: &Logical<'_>| l.uses.iter().any(|n| frame.makes.contains(n) || frame.binds.contains(n));
    let uses_made =
        means(here) || scope.ahead(index).take(2).take_while(|l| !opens_anew(l)).any(goes_on);
    match here.statement {
        Statement::Import => {
            // Imports stand together, also within a function, and behind its docstring.
            let beside = scope.last.is_some_and(|i| {
                let last = &scope.all[i];
                last.statement == Statement::Import
                    || (last.is_text && last.statement == Statement::Expression)
            });
            return if beside { Leaves::No } else { Leaves::Yes };
        }
        Statement::Class => {
            let inner = frame.opener == Opener::Class && is_inner_class(here.name);
            return if inner { Leaves::No } else { Leaves::Yes };
        }
        Statement::Def if !here.is_method() => {
            return if is_closure(scope, index, frame) { Leaves::No } else { Leaves::Yes };
        }
        Statement::Block if here.uses("__name__") => return Leaves::Yes,
        _ => {}
    }
    match frame.opener {
        Opener::Class => leaves_class(scope, here, frame),
        Opener::Def => Leaves::No,
        Opener::With if means(here) => Leaves::No,
        _ if is_last_word(scope, index) => Leaves::Yes,
        Opener::For if guard && scope.last.is_some_and(|i| scope.all[i].head == "continue") => {
            Leaves::No
        }
        Opener::For if uses_made => Leaves::No,
        Opener::For if frame.binds.iter().all(|n| n.starts_with('_')) => Leaves::Unlikely,
        Opener::For => Leaves::Likely,
        _ if guard || uses_made => Leaves::No,
        // A handler that goes on with `if` mostly looks at what it has caught.
        Opener::Except if here.head == "if" => Leaves::Unlikely,
        Opener::Except | Opener::Else | Opener::TryElse => Leaves::Likely,
        Opener::With if !frame.binds.is_empty() => Leaves::Likely,
        _ => Leaves::Unlikely,
    }
}

/// Whether statement `index` is the `return` that a function ends with, or the `raise` of
/// something that its loops have put by.
fn is_last_word(scope: &Scope<'_, '_>, index: usize) -> bool {
    let here = &scope.all[index];
    if here.is_bare || !is_last(scope, index) {
        return false;
    }
    let function = scope.stack.iter().rposition(|f| f.opener == Opener::Def);
    let (outer, inner) = scope.stack.split_at(function.map_or(0, |i| i + 1));
    let put_by = |n: &str| {
        outer.last().is_some_and(|f| f.binds.contains(n))
            && !inner.iter().any(|f| f.makes.contains(n))
    };
    let loops = inner.iter().any(|f| matches!(f.opener, Opener::For | Opener::While));
    here.head == "return" || here.head == "raise" && loops && here.uses.iter().any(|n| put_by(n))
}

/// Whether `index` binds a name for statements that stand outside of the function or class of
/// `frame`, because they use it.
fn is_needed_outside(scope: &Scope<'_, '_>, index: usize, frame: &Frame<'_>) -> bool {
    let here = &scope.all[index];
    let shadowed = |l: &Logical<'_>| l.binds.contains(&frame.name);
    if frame.name.is_empty()
        || here.binds.is_empty()
        || here.opens_block
        || shadowed(here)
        || frame.binds.contains(frame.name)
    {
        return false;
    }
    let local = |n: &str| frame.binds.contains(n) && !scope.is_global(n);
    let behind: Vec<&Logical<'_>> = scope.ahead(index).take_while(|l| !opens_anew(l)).collect();
    let mut needed: Vec<&str> = Vec::new();
    for later in behind.iter().rev() {
        let inside =
            later.head == "return" || later.uses("self") || later.uses.iter().any(|n| local(n));
        if !inside && (later.uses(frame.name) || later.binds.iter().any(|n| needed.contains(n))) {
            needed.extend(&later.uses);
        }
    }
    here.binds.iter().any(|n| needed.contains(n))
}

/// Whether a statement begins something of its own.
fn opens_anew(later: &Logical<'_>) -> bool {
    matches!(
        later.statement,
        Statement::Class | Statement::Def | Statement::Decorator | Statement::Import
    )
}

/// An assignment behind the fields of a class, or behind its methods, is no field.
fn leaves_class(scope: &Scope<'_, '_>, here: &Logical<'_>, frame: &Frame<'_>) -> Leaves {
    if here.statement != Statement::Assign {
        return Leaves::No;
    }
    let name = here.binds.first().copied().unwrap_or_default();
    if name.starts_with("__") || name == "model_config" {
        return Leaves::No;
    }
    let last = scope.last.map(|i| &scope.all[i]);
    let is_field =
        |l: &&Logical<'_>| matches!(l.statement, Statement::Assign) && !l.binds.is_empty();
    let Some(last) = last.filter(is_field) else { return Leaves::Likely };
    // The members of an enumeration are in capitals, what follows it is not.
    let upper = |l: &Logical<'_>| l.binds[0].chars().all(|c| !c.is_lowercase());
    if upper(last) && !upper(here) {
        Leaves::Yes
    } else if frame.statements > 0 {
        Leaves::No
    } else {
        Leaves::Likely
    }
}

/// Whether the function defined at `index` stands in the function of `frame`: that one hands it on,
/// or goes on to use its own names.
fn is_closure(scope: &Scope<'_, '_>, index: usize, frame: &Frame<'_>) -> bool {
    if frame.opener != Opener::Def {
        return false;
    }
    let here = &scope.all[index];
    let mut own: Vec<&str> = here.binds.clone();
    for later in scope.ahead(index).take_while(|l| !opens_anew(l)) {
        let local = |n: &str| frame.binds.contains(n) && !scope.is_global(n) && !own.contains(&n);
        if later.uses.iter().any(|n| local(n))
            || later.uses(here.name) && (later.head == "return" || later.uses("self"))
        {
            return true;
        }
        own.extend(&later.binds);
    }
    false
}

/// Whether nothing of the function that `index` stands in follows it.
fn is_last(scope: &Scope<'_, '_>, index: usize) -> bool {
    let Some(next) = scope.ahead(index).next() else { return true };
    opens_anew(next)
        || next.uses("__name__")
        || scope.stack.iter().any(|f| !f.name.is_empty() && next.uses(f.name))
}

/// Classes that stand in other classes by custom.
pub(super) fn is_inner_class(name: &str) -> bool {
    matches!(name, "Meta" | "Config" | "Settings" | "Params" | "Arguments" | "Media")
}
