//! A query explained: in words, and how many pages each of its parts meets.

use std::collections::HashSet;

use super::{Expression, Query, words};
use crate::index::{Index, PageId};
use crate::text::date::Date;

/// An explained query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// It in words: `pages tagged python and not tagged django`.
    pub words: String,
    /// How many pages meet it.
    pub met: usize,
    /// Of how many.
    pub all: usize,
    /// What it is made of; nothing of a query with a single condition.
    pub parts: Vec<Part>,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// It in words: `not tagged django`.
    pub words: String,
    /// How many pages meet it by itself.
    pub met: usize,
    /// Of parts that are to be met together: how many meet this one and all before it.
    pub left: Option<usize>,
    /// What it is made of.
    pub parts: Vec<Part>,
}

impl Query {
    /// The query in words, with the number of pages that meet it and each of its parts; arguments as of
    /// [`Query::matches`]. Every condition is asked of every page: work for a worker.
    #[must_use]
    pub fn explain(
        &self,
        index: &Index,
        today: Date,
        text: &dyn Fn(PageId) -> Option<String>,
    ) -> Explained {
        let all: HashSet<PageId> = index.pages().map(|page| page.id).collect();
        let words = self.in_words();
        let Some(expression) = &self.expression else {
            return Explained { words, met: all.len(), all: all.len(), parts: Vec::new() };
        };
        let meets = |expression: &Expression| {
            let query = Self { expression: Some(expression.clone()) };
            query.select(index, today, text).into_iter().collect()
        };
        let (part, met) = explain(expression, &all, &meets);
        Explained { words, met: met.len(), all: all.len(), parts: part.parts }
    }
}

/// Recursion is bounded by the parser's limit on nesting.
fn explain(
    expression: &Expression,
    all: &HashSet<PageId>,
    meets: &dyn Fn(&Expression) -> HashSet<PageId>,
) -> (Part, HashSet<PageId>) {
    let mut parts = Vec::new();
    let met = match expression {
        Expression::Term(..) => meets(expression),
        Expression::Not(inner) => {
            let (part, met) = explain(inner, all, meets);
            parts.extend(Some(part).filter(|part| !part.parts.is_empty()));
            all.difference(&met).copied().collect()
        }
        Expression::And(inner) => {
            let mut left = all.clone();
            for (nth, expression) in inner.iter().enumerate() {
                let (part, met) = explain(expression, all, meets);
                left.retain(|page| met.contains(page));
                let left = (nth > 0).then_some(left.len());
                parts.push(Part { left, ..part });
            }
            left
        }
        Expression::Or(inner) => {
            let mut any = HashSet::new();
            for expression in inner {
                let (part, met) = explain(expression, all, meets);
                any.extend(met);
                parts.push(part);
            }
            any
        }
    };
    (Part { words: words::part(expression), met: met.len(), left: None, parts }, met)
}

#[cfg(test)]
mod tests {
    use super::{Part, Query};
    use crate::index::tests::read;
    use crate::text::date::Date;

    fn told(parts: &[Part]) -> Vec<String> {
        let told = |part: &Part| {
            let left = part.left.map_or(String::new(), |left| format!(", leaves {left}"));
            let inner = told(&part.parts);
            let inner =
                if inner.is_empty() { String::new() } else { format!(" ({})", inner.join("; ")) };
            format!("{}: {}{left}{inner}", part.words, part.met)
        };
        parts.iter().map(told).collect()
    }

    #[test]
    fn every_part_has_its_count() {
        let pages =
            [("a.md", "#x #y\nsun"), ("b.md", "#x\nsun"), ("c.md", "#y\nmoon"), ("d.md", "moon")];
        let index = read(&pages);
        let text = |id| {
            let path = &index.page(id)?.path;
            let found = pages.iter().find(|(name, _)| *name == path.as_str());
            found.map(|(_, text)| (*text).to_owned())
        };
        let check = |query: &str, met: usize, parts: &[&str]| {
            let query = Query::parse(query).unwrap();
            let explained = query.explain(&index, Date::constant(2025, 6, 1), &text);
            assert_eq!((explained.met, explained.all), (met, 4), "{query:?}");
            assert_eq!(told(&explained.parts), parts, "{query:?}");
            // The whole is what the query selects.
            let selected = query.select(&index, Date::constant(2025, 6, 1), &text);
            assert_eq!(selected.len(), met);
        };
        check("", 4, &[]);
        check("tag:x", 2, &[]);
        check("-tag:x", 2, &[]);
        check("tag:x -tag:y", 1, &["tagged x: 2", "not tagged y: 2, leaves 1"]);
        check("tag:x OR tag:y", 3, &["tagged x: 2", "tagged y: 2"]);
        check(
            "text:moon (tag:x OR tag:y)",
            1,
            &[
                "with \"moon\" in the text: 2",
                "tagged x or tagged y: 3, leaves 1 (tagged x: 2; tagged y: 2)",
            ],
        );
        check("-(tag:x OR tag:y)", 1, &["tagged x or tagged y: 3 (tagged x: 2; tagged y: 2)"]);
    }
}
