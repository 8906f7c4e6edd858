//! A query restated in words, so that its reader sees what was understood.

use super::{Comparison, DateBound, DateField, Expression, Query, Term};

/// `pages tagged python and not tagged django`; `all pages` for the empty query.
pub(super) fn query(query: &Query) -> String {
    match &query.expression {
        None => "all pages".to_owned(),
        Some(expression) => {
            let mut words = String::from("pages ");
            say(expression, Around::Nothing, &mut words);
            words
        }
    }
}

/// A part of a query: `not tagged django`.
pub(super) fn part(part: &Expression) -> String {
    let mut words = String::new();
    say(part, Around::Nothing, &mut words);
    words
}

/// What stands around an expression, and so whether it needs parentheses.
#[derive(Clone, Copy, PartialEq)]
enum Around {
    Nothing,
    And,
    Or,
    Not,
}

/// Recursion is bounded by the parser's limit on nesting.
fn say(expression: &Expression, around: Around, words: &mut String) {
    let (parts, joint, inside) = match expression {
        Expression::Term(condition, _) => {
            words.push_str(&term(condition));
            return;
        }
        Expression::Not(part) => {
            words.push_str("not ");
            return say(part, Around::Not, words);
        }
        Expression::And(parts) => (parts, " and ", Around::And),
        Expression::Or(parts) => (parts, " or ", Around::Or),
    };
    let brackets = around != Around::Nothing && around != inside;
    if brackets {
        words.push('(');
    }
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            words.push_str(joint);
        }
        say(part, inside, words);
    }
    if brackets {
        words.push(')');
    }
}

fn term(term: &Term) -> String {
    match term {
        Term::Word(word) => format!("with \"{word}\" in title, alias or path"),
        Term::Tag(tag) => format!("tagged {tag}"),
        Term::Kind(kind) => format!("of kind {kind}"),
        Term::Path(path) => format!("with \"{path}\" in the path"),
        Term::Title(title) => format!("with \"{title}\" in the title"),
        Term::Text(text) => format!("with \"{text}\" in the text"),
        Term::Regex(pattern) => format!("with /{}/ in title, alias or path", pattern.0.as_str()),
        Term::LinksTo(page) => format!("linking to {page}"),
        Term::LinkedBy(page) => format!("linked by {page}"),
        Term::Near(page) => format!("at most one link from {page}"),
        Term::Strength(comparison, bound) => {
            format!("with strength {} {bound}", amount(*comparison))
        }
        Term::Date(field, comparison, bound) => date(*field, *comparison, bound),
        Term::Orphan => "that no page links to".to_owned(),
        Term::Missing => "with a link to a missing page".to_owned(),
        Term::Ambiguous => "with an ambiguous link".to_owned(),
        Term::Property(name, None) => format!("with property {name}"),
        Term::Property(name, Some(value)) => format!("with \"{value}\" in property {name}"),
        Term::PropertyCompared(name, comparison, value) => {
            format!("with property {name} {} {}", amount(*comparison), value.text)
        }
    }
}

fn amount(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Less => "below",
        Comparison::LessOrEqual => "at most",
        Comparison::Equal => "of",
        Comparison::GreaterOrEqual => "at least",
        Comparison::Greater => "above",
    }
}

fn date(field: DateField, comparison: Comparison, bound: &DateBound) -> String {
    let field = match field {
        DateField::Created => "created",
        DateField::Updated => "updated",
        DateField::Date => "dated",
    };
    match bound {
        DateBound::AgeDays(days) => {
            let than = match comparison {
                Comparison::Less => "less than",
                Comparison::LessOrEqual | Comparison::Equal => "at most",
                Comparison::GreaterOrEqual => "at least",
                Comparison::Greater => "more than",
            };
            let unit = if *days == 1 { "day" } else { "days" };
            format!("{field} {than} {days} {unit} ago")
        }
        DateBound::Period { first, last } => {
            let (word, day) = match comparison {
                Comparison::Less => ("before", first),
                Comparison::LessOrEqual => ("until", last),
                Comparison::Equal if first != last => {
                    return format!("{field} from {first} to {last}");
                }
                Comparison::Equal => ("on", first),
                Comparison::GreaterOrEqual => ("from", first),
                Comparison::Greater => ("after", last),
            };
            format!("{field} {word} {day}")
        }
    }
}
