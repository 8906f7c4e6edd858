//! Choosing tags by editing the query's text: all-of, any-of, none-of. The text is the one place
//! where a filter lives, so whatever is chosen can be read and typed, and the other way round:
//! `tag:python (tag:a OR tag:b) -tag:django` is python required, a and b allowed, django excluded.

use super::query::{Conjunct, Expression, QueryError, Term, conjuncts};
use crate::text::fold::fold;

/// What a query asks of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum TagState {
    /// Nothing.
    #[default]
    Unset,
    /// All of the required tags must be there: `tag:x`.
    Required,
    /// Any one of the allowed tags must be there: `(tag:x OR tag:y)`. A single one keeps its
    /// parentheses, by which it is told from a required one.
    Allowed,
    /// None of the excluded tags may be there: `-tag:x`.
    Excluded,
}

/// Every tag that the query `text` states at its outermost level, folded, with its state, in the
/// query's order. None while the text has a mistake.
#[must_use]
pub fn states(text: &str) -> Vec<(String, TagState)> {
    let parts = conjuncts(text).unwrap_or_default();
    parts
        .iter()
        .filter_map(|part| choice(text, part))
        .flat_map(|choice| choice.tags.into_iter().map(move |tag| (tag, choice.state)))
        .collect()
}

/// The state of `tag` in the query `text`; the first one stated, if there are several.
#[must_use]
pub fn state(text: &str, tag: &str) -> TagState {
    let tag = fold(tag);
    states(text)
        .into_iter()
        .find(|(known, _)| *known == tag)
        .map_or(TagState::Unset, |(_, state)| state)
}

/// The query `text` with `tag` brought to `wanted`; everything else stays as it was typed.
///
/// # Errors
/// The mistake in `text`, if it has one: what is not understood is not edited.
pub fn set(text: &str, tag: &str, wanted: TagState) -> Result<String, QueryError> {
    let folded = fold(tag);
    let mut pieces = Vec::new();
    let mut added = matches!(wanted, TagState::Unset);
    for part in conjuncts(text)? {
        let Some(choice) = choice(text, &part) else {
            pieces.push(kept(text, &part));
            continue;
        };
        let mut tags = choice.tags;
        let before = tags.len();
        tags.retain(|known| *known != folded);
        if choice.state == TagState::Allowed && wanted == TagState::Allowed && !added {
            added = true;
            if tags.len() < before {
                pieces.push(kept(text, &part));
                continue;
            }
            tags.push(folded.clone());
        } else if tags.len() == before {
            pieces.push(kept(text, &part));
            continue;
        }
        pieces.extend(written(choice.state, &tags));
    }
    if !added {
        pieces.extend(written(wanted, &[folded]));
    }
    Ok(pieces.join(" "))
}

/// The query `text` as it is shown: without the parentheses by which a single allowed tag is told from a required
/// one. To a reader both ask for it.
#[must_use]
pub fn shown(text: &str) -> String {
    let Ok(parts) = conjuncts(text) else { return text.to_owned() };
    let mut shown = text.to_owned();
    for part in parts.iter().rev() {
        let alone = choice(text, part)
            .filter(|choice| choice.state == TagState::Allowed && choice.tags.len() == 1);
        if let Some(choice) = alone {
            shown.replace_range(part.span.range(), &term(&choice.tags[0]));
        }
    }
    shown
}

/// A part of a query that does nothing but state tags.
struct Choice {
    state: TagState,
    tags: Vec<String>,
}

fn choice(text: &str, part: &Conjunct) -> Option<Choice> {
    let grouped = text.as_bytes().get(part.span.start as usize) == Some(&b'(');
    let tag = |expression: &Expression| match expression {
        Expression::Term(Term::Tag(tag), _) => Some(tag.clone()),
        _ => None,
    };
    let (state, tags) = match &part.expression {
        Expression::Or(parts) => (TagState::Allowed, parts.iter().map(tag).collect::<Option<_>>()?),
        Expression::Not(inside) => (TagState::Excluded, vec![tag(inside)?]),
        single => {
            (if grouped { TagState::Allowed } else { TagState::Required }, vec![tag(single)?])
        }
    };
    Some(Choice { state, tags })
}

/// A part as it was typed; an OR that was the whole query gets parentheses.
pub(super) fn kept(text: &str, part: &Conjunct) -> String {
    let typed = &text[part.span.range()];
    let bare = matches!(part.expression, Expression::Or(_)) && !encloses(typed);
    if bare { format!("({typed})") } else { typed.to_owned() }
}

/// Whether the parenthesis that opens `typed` is the one that closes it: not so in `(a) OR (b)`.
/// Quotes and patterns may hold parentheses, so the parser is asked.
fn encloses(typed: &str) -> bool {
    typed
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .is_some_and(|inside| conjuncts(inside).is_ok())
}

fn written(state: TagState, tags: &[String]) -> Option<String> {
    let terms: Vec<_> = tags.iter().map(|tag| term(tag)).collect();
    let joined = terms.join(" OR ");
    match state {
        _ if terms.is_empty() => None,
        TagState::Unset => None,
        TagState::Required => Some(joined),
        TagState::Allowed => Some(format!("({joined})")),
        TagState::Excluded => Some(format!("-{joined}")),
    }
}

/// `tag:x` as it is typed: in quotes where the name needs them.
#[must_use]
pub fn term(tag: &str) -> String {
    // A quote cannot be written within quotes; no tag that a page can write holds one.
    let tag = tag.replace('"', "");
    let special = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|') || "<>=".contains(c);
    if tag.contains(special) || tag.starts_with(['#', ':']) {
        format!("tag:\"{tag}\"")
    } else {
        format!("tag:{tag}")
    }
}

#[cfg(test)]
mod tests {
    use super::TagState::*;
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, tag: &str, wanted: TagState, expected: &str) {
        assert_eq!(set(text, tag, wanted).as_deref(), Ok(expected), "{text:?} {tag} {wanted:?}");
        assert_eq!(state(expected, tag), wanted, "{expected:?}");
    }

    #[test]
    fn a_typed_query_and_choices_state_the_same() {
        let text = "tag:python (tag:a OR #b) -tag:Django kind:people";
        let expected = [("python", Required), ("a", Allowed), ("b", Allowed), ("django", Excluded)];
        assert_eq!(states(text), expected.map(|(tag, state)| (tag.to_owned(), state)));
        let mut chosen = String::new();
        for (tag, state) in expected {
            chosen = set(&chosen, tag, state).unwrap();
        }
        assert_eq!(chosen, "tag:python (tag:a OR tag:b) -tag:django");
    }

    #[test]
    fn a_tag_is_added_moved_and_removed() {
        check("", "a", Required, "tag:a");
        check("", "a", Allowed, "(tag:a)");
        check("", "a", Excluded, "-tag:a");
        check("(tag:a)", "b", Allowed, "(tag:a OR tag:b)");
        check("tag:a OR tag:b", "c", Allowed, "(tag:a OR tag:b OR tag:c)");
        check("tag:a OR tag:b", "c", Required, "(tag:a OR tag:b) tag:c");
        check("(tag:a OR tag:b)", "b", Unset, "(tag:a)");
        check("(tag:a)", "a", Unset, "");
        check("tag:a tag:b", "a", Allowed, "tag:b (tag:a)");
        check("#A x -tag:a", "a", Excluded, "x -tag:a");
        check("-tag:a", "a", Required, "tag:a");
        check("(tag:a OR tag:b)", "a", Allowed, "(tag:a OR tag:b)");
        check("tag:a", "a b", Required, "tag:a tag:\"a b\"");
        check("", "x/y", Required, "tag:x/y");
    }

    #[test]
    fn a_single_allowed_tag_is_shown_without_its_parentheses() {
        assert_eq!(shown("foo (tag:a) -#b"), "foo tag:a -#b");
        assert_eq!(shown("(tag:a OR tag:b) (foo)"), "(tag:a OR tag:b) (foo)");
        assert_eq!(shown("tag:a"), "tag:a");
        assert_eq!(shown("(tag:a) tga:x"), "(tag:a) tga:x");
    }

    #[test]
    fn everything_else_stays_as_it_was_typed() {
        check("  Foo  \"a (b\"   kind:People ", "a", Required, "Foo \"a (b\" kind:People tag:a");
        check("foo OR (bar baz)", "a", Excluded, "(foo OR (bar baz)) -tag:a");
        check("(foo) OR (bar)", "a", Required, "((foo) OR (bar)) tag:a");
        check("(tag:a OR kind:x)", "b", Allowed, "(tag:a OR kind:x) (tag:b)");
        check("-(tag:a OR tag:b)", "c", Required, "-(tag:a OR tag:b) tag:c");
        check("tag:", "c", Required, "tag:c");
    }

    #[test]
    fn a_query_with_a_mistake_is_not_edited() {
        assert!(set("tg:a", "b", Required).is_err());
        assert_eq!(state("tg:a tag:b", "b"), Unset);
    }

    proptest! {
        #[test]
        fn setting_and_unsetting_hold_for_any_query(
            text in "(tag:[a-c]|#[a-c]|-tag:[a-c]|\\(tag:[a-c] OR tag:[a-c]\\)|OR|foo|\"x y\"|\\(a b\\)| ){0,8}",
            tag in "[a-d]",
            wanted in prop_oneof![Just(Required), Just(Allowed), Just(Excluded)],
        ) {
            if let Ok(with) = set(&text, &tag, wanted) {
                prop_assert_eq!(state(&with, &tag), wanted, "{} -> {}", text, with);
                let without = set(&with, &tag, Unset).unwrap();
                prop_assert_eq!(state(&without, &tag), Unset, "{} -> {}", with, without);
            }
        }
    }
}
