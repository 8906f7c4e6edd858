//! Scopes: what a grammar calls a piece of code, and the role it gets. The one table of the
//! program that knows scope names (they follow Sublime Text's scope naming guide).

use std::collections::HashMap;
use std::sync::OnceLock;

use syntect::parsing::Scope;

use crate::text::role::Role;

/// From scope prefix to role. The innermost scope of a stack that has a row decides; of its rows the
/// longest prefix wins.
const ROLES: &[(&str, Role)] = &[
    // Code inside strings and templates starts afresh.
    ("source", Role::Code),
    ("source.regexp", Role::CodeString),
    ("meta.interpolation", Role::Code),
    ("comment", Role::CodeComment),
    ("constant", Role::CodeConstant),
    ("constant.character", Role::CodeEscape),
    ("constant.numeric", Role::CodeNumber),
    ("constant.other.color", Role::CodeNumber),
    ("constant.other.database-name.sql", Role::Code),
    ("constant.other.datetime", Role::CodeNumber),
    ("constant.other.format-spec", Role::CodeEscape),
    ("constant.other.placeholder", Role::CodeEscape),
    ("constant.other.table-name.sql", Role::Code),
    ("entity.name", Role::CodeType),
    ("entity.name.constant", Role::CodeConstant),
    ("entity.name.function", Role::CodeFunction),
    ("entity.name.label", Role::CodeConstant),
    ("entity.name.other", Role::CodeVariable),
    ("entity.name.section", Role::CodeKey),
    ("entity.name.table", Role::CodeKey),
    ("entity.name.tag", Role::CodeKey),
    ("entity.other.attribute-name", Role::CodeAttribute),
    ("entity.other.inherited-class", Role::CodeType),
    ("entity.other.pseudo-class", Role::CodeAttribute),
    ("entity.section", Role::CodeKey),
    ("invalid", Role::CodeInvalid),
    ("keyword", Role::CodeKeyword),
    ("keyword.name.ini", Role::CodeKey),
    ("keyword.operator", Role::CodeOperator),
    ("keyword.other.unit", Role::CodeNumber),
    ("markup.bold", Role::CodeType),
    ("markup.deleted", Role::CodeDeleted),
    ("markup.heading", Role::CodeKeyword),
    ("markup.inserted", Role::CodeInserted),
    ("markup.italic", Role::CodeVariable),
    ("markup.quote", Role::CodeComment),
    ("markup.raw", Role::CodeString),
    ("markup.underline.link", Role::CodeFunction),
    ("meta.annotation", Role::CodeAttribute),
    ("meta.annotation.arguments", Role::Code),
    ("meta.annotation.parameters", Role::Code),
    ("meta.diff.header", Role::CodeKey),
    ("meta.diff.index", Role::CodeKey),
    ("meta.diff.range", Role::CodeNumber),
    ("meta.function.annotation.return", Role::CodeType),
    ("meta.function.parameters.annotation", Role::CodeType),
    ("meta.header", Role::CodeKey),
    ("meta.mapping.key", Role::CodeKey),
    ("meta.object-literal.key", Role::CodeKey),
    ("meta.toc-list.line-number.diff", Role::CodeNumber),
    ("punctuation", Role::CodePunctuation),
    ("punctuation.decorator", Role::CodeAttribute),
    ("punctuation.definition.annotation", Role::CodeAttribute),
    ("punctuation.definition.bold", Role::CodeType),
    ("punctuation.definition.comment", Role::CodeComment),
    ("punctuation.definition.constant", Role::CodeConstant),
    ("punctuation.definition.deleted", Role::CodeDeleted),
    ("punctuation.definition.entity", Role::CodeAttribute),
    ("punctuation.definition.from-file", Role::CodeKey),
    ("punctuation.definition.heading", Role::CodeKeyword),
    ("punctuation.definition.inserted", Role::CodeInserted),
    ("punctuation.definition.italic", Role::CodeVariable),
    ("punctuation.definition.keyword", Role::CodeKeyword),
    ("punctuation.definition.numeric", Role::CodeNumber),
    ("punctuation.definition.parameter", Role::CodeVariable),
    ("punctuation.definition.placeholder", Role::CodeEscape),
    ("punctuation.definition.range", Role::CodeNumber),
    ("punctuation.definition.raw", Role::CodeString),
    ("punctuation.definition.string", Role::CodeString),
    ("punctuation.definition.to-file", Role::CodeKey),
    ("punctuation.definition.variable", Role::CodeVariable),
    ("punctuation.section.interpolation", Role::CodeEscape),
    ("punctuation.separator.annotation.return", Role::CodeOperator),
    ("punctuation.separator.decimal", Role::CodeNumber),
    ("storage.modifier", Role::CodeKeyword),
    ("storage.modifier.array", Role::CodePunctuation),
    ("storage.modifier.conversion", Role::CodeEscape),
    ("storage.modifier.lifetime", Role::CodeAttribute),
    ("storage.type", Role::CodeType),
    ("storage.type.class", Role::CodeKeyword),
    ("storage.type.enum", Role::CodeKeyword),
    ("storage.type.function", Role::CodeKeyword),
    ("storage.type.function.arrow", Role::CodeOperator),
    ("storage.type.impl", Role::CodeKeyword),
    ("storage.type.interface", Role::CodeKeyword),
    ("storage.type.js", Role::CodeKeyword),
    ("storage.type.keyword", Role::CodeKeyword),
    ("storage.type.module", Role::CodeKeyword),
    ("storage.type.namespace", Role::CodeKeyword),
    ("storage.type.numeric", Role::CodeNumber),
    ("storage.type.string", Role::CodeString),
    ("storage.type.struct", Role::CodeKeyword),
    ("storage.type.trait", Role::CodeKeyword),
    ("storage.type.ts", Role::CodeKeyword),
    ("storage.type.tsx", Role::CodeKeyword),
    ("storage.type.type", Role::CodeKeyword),
    ("string", Role::CodeString),
    ("support.class", Role::CodeType),
    ("support.constant", Role::CodeConstant),
    ("support.function", Role::CodeFunction),
    ("support.macro", Role::CodeFunction),
    ("support.type", Role::CodeType),
    ("support.type.property-name", Role::CodeKey),
    ("support.variable", Role::CodeVariable),
    ("variable.annotation", Role::CodeAttribute),
    ("variable.function", Role::CodeFunction),
    ("variable.language", Role::CodeVariable),
    ("variable.language.star.sql", Role::CodeOperator),
    // Plain names stay quiet where a grammar marks every one of them (JavaScript) as where it marks
    // none (Python); parameters and the shell's `$NAME` are worth a colour.
    ("variable.other", Role::Code),
    ("variable.other.constant", Role::CodeConstant),
    ("variable.other.constant.ts", Role::Code),
    ("variable.other.constant.tsx", Role::Code),
    ("variable.other.placeholder", Role::CodeEscape),
    ("variable.other.readwrite.instance", Role::CodeVariable),
    ("variable.other.readwrite.shell", Role::CodeVariable),
    ("variable.other.readwrite.assignment.shell", Role::CodeVariable),
    ("variable.parameter", Role::CodeVariable),
    ("variable.type", Role::CodeType),
];

/// Rows that hold only inside another scope: outer prefix, inner prefix, role. They win over
/// [`ROLES`].
const WITHIN: &[(&str, &str, Role)] = &[
    ("constant.character.entity", "punctuation", Role::CodeEscape),
    ("meta.annotation.function", "punctuation.accessor", Role::CodeAttribute),
    ("variable.annotation", "support.function", Role::CodeAttribute),
    ("entity.name.function", "variable.other.readwrite", Role::CodeFunction),
    ("meta.mapping.key", "punctuation.definition.string", Role::CodeKey),
    ("meta.mapping.key", "string", Role::CodeKey),
];

/// Looks roles up and remembers them: a block has few distinct scopes and many pieces.
#[derive(Default)]
pub(super) struct Scopes {
    known: HashMap<Scope, Row>,
}

/// What the tables say of one scope.
#[derive(Clone, Copy)]
struct Row {
    role: Option<Role>,
    /// Index into [`WITHIN`] of the first row for this scope as the inner one.
    within: Option<usize>,
}

impl Scopes {
    /// The role of a piece under `stack`, the innermost scope being the last.
    pub(super) fn role(&mut self, stack: &[Scope]) -> Role {
        for (depth, scope) in stack.iter().enumerate().rev() {
            let row = *self.known.entry(*scope).or_insert_with(|| look_up(*scope));
            if let Some(first) = row.within {
                let within = &tables().within[first..];
                for (outer, inner, role) in within {
                    if inner.is_prefix_of(*scope)
                        && stack[..depth].iter().any(|s| outer.is_prefix_of(*s))
                    {
                        return *role;
                    }
                }
            }
            if let Some(role) = row.role {
                return role;
            }
        }
        Role::Code
    }
}

fn look_up(scope: Scope) -> Row {
    let tables = tables();
    let longest = tables
        .roles
        .iter()
        .filter(|(prefix, _)| prefix.is_prefix_of(scope))
        .max_by_key(|(p, _)| p.len());
    let within = tables.within.iter().position(|(_, inner, _)| inner.is_prefix_of(scope));
    Row { role: longest.map(|(_, role)| *role), within }
}

/// The tables with their names read.
struct Tables {
    roles: Vec<(Scope, Role)>,
    within: Vec<(Scope, Scope, Role)>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let read =
            |name| Scope::new(name).expect("the names in the tables have at most eight parts");
        Tables {
            roles: ROLES.iter().map(|(name, role)| (read(name), *role)).collect(),
            within: WITHIN
                .iter()
                .map(|(outer, inner, role)| (read(outer), read(inner), *role))
                .collect(),
        }
    })
}
