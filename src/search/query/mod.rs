//! The query language of the tree filter, the finder and `ken ls` (`semantics.md`, queries): its
//! terms, and what can be asked of a query. Reading it is `parse` (its pieces `lex`, its fields `field`,
//! their values `value`), meeting it `matcher`, restating it `words`, counting what each part meets `explain`, naming what no page has
//! `absent`.
//!
//! Knows no files: a page's text is asked of whoever evaluates, and only where a term needs it.

mod absent;
mod explain;
mod field;
mod lex;
mod matcher;
mod mistake;
mod parse;
#[cfg(test)]
mod tests;
mod value;
mod words;

use crate::index::{Index, PageId};
use crate::text::date::Date;
use crate::text::span::ByteSpan;

pub use explain::{Explained, Part};
pub(super) use field::{Field, STATES};
pub use matcher::Matcher;
pub(super) use matcher::{date_of, day_of, named};
pub(super) use parse::{Conjunct, bad_pattern, conjuncts, no_pattern, typed_conjuncts};

/// A parsed query.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Query {
    /// What it asks for; `None` matches every page.
    pub expression: Option<Expression>,
}

/// A node of a query. Space is AND and binds tighter than OR.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// All of them.
    And(Vec<Expression>),
    /// Any of them.
    Or(Vec<Expression>),
    /// Not this.
    Not(Box<Expression>),
    /// One condition, and where it stands in the query's text.
    Term(Term, ByteSpan),
}

/// One condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// A word or phrase in title, alias or path; folded.
    Word(String),
    /// `tag:x`, `#x`: the tag or one nested below it; folded.
    Tag(String),
    /// `kind:people`; folded.
    Kind(String),
    /// `path:x`: part of the path; folded.
    Path(String),
    /// `title:x`: part of the title or an alias; folded.
    Title(String),
    /// `text:"..."`: part of the text, as typed: an upper case letter makes it case-sensitive. Needs
    /// the page's text; see [`Query::needs_text`].
    Text(String),
    /// `/regex/` on title, alias and path, case-insensitive.
    Regex(Regex),
    /// `link:page`: links to it.
    LinksTo(String),
    /// `by:page`: is linked by it.
    LinkedBy(String),
    /// `near:page`: is that page, links to it or is linked by it.
    Near(String),
    /// `strength<0.6`
    Strength(Comparison, f32),
    /// `created`, `updated`, `date` compared with a date.
    Date(DateField, Comparison, DateBound),
    /// `is:orphan`: nobody links here.
    Orphan,
    /// `is:missing`: holds a link to a missing page.
    Missing,
    /// `is:ambiguous`: holds an ambiguous link.
    Ambiguous,
    /// `[property]` or `[property:value]`: a property of that name, whose value (or an item of it)
    /// holds the text; both folded.
    Property(String, Option<String>),
    /// `[property<4]`, `[property>=2024-05]`, `[property=value]`: a property of that name (folded) whose
    /// value, or an item of it, stands so to the amount.
    PropertyCompared(String, Comparison, Amount),
}

/// What a property is compared with. Numbers are compared with numbers and dates with dates; what is
/// neither is only ever the same text.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// As typed, folded.
    pub text: String,
    /// The number that it is.
    pub number: Option<f64>,
    /// The date that it is.
    pub date: Option<DateBound>,
}

/// A compiled pattern, compared by its source.
#[derive(Clone, Debug)]
pub struct Regex(pub regex::Regex);

impl PartialEq for Regex {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `=` or `:`
    Equal,
    /// `>=`
    GreaterOrEqual,
    /// `>`
    Greater,
}

impl Comparison {
    /// Whether `left` stands so to `right`; never for values without an order.
    fn holds<T: PartialOrd>(self, left: &T, right: &T) -> bool {
        match self {
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
            Self::Equal => left == right,
            Self::GreaterOrEqual => left >= right,
            Self::Greater => left > right,
        }
    }
}

/// The date that is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateField {
    /// `created`
    Created,
    /// `updated`; where a page does not say, the time of its file (UTC).
    Updated,
    /// `date`: of an episode; where a page does not say, the date in its file name, else `created`.
    Date,
}

/// What a date is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateBound {
    /// A day, a month (`2024-01`) or a year (`2024`): its first and last day. Equal is within, less
    /// is before the first, greater is after the last.
    Period {
        /// The first day.
        first: Date,
        /// The last day, the same for a single day.
        last: Date,
    },
    /// An age in days: `updated<30d` means less than 30 days ago, `updated:30d` at most. Also in
    /// weeks, months of 30 and years of 365 days.
    AgeDays(u32),
}

/// What is wrong with a query, where, and what could be meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// What is wrong, with a proposal, in one sentence.
    pub message: String,
    /// The part of the query that is wrong.
    pub span: ByteSpan,
}

impl Query {
    /// Reads a query that is whole.
    ///
    /// # Errors
    /// An unknown field, a value that does not fit its field, an invalid pattern, an unbalanced
    /// parenthesis or quote, an operator or a field without its term, with its place and a proposal.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        parse::query(text)
    }

    /// Reads a query that is being typed: a term without its value (`tag:`), an `OR` or `-` without its
    /// term is left out, what is not closed is taken as closed at the end. What is missing is told
    /// beside the query.
    ///
    /// # Errors
    /// As [`Self::parse`], but for what is missing.
    pub fn typed(text: &str) -> Result<(Self, Option<QueryError>), QueryError> {
        parse::typed(text)
    }

    /// `text` with its first mistake put right, or with what is not finished ended, and the place up to
    /// which it was changed (where a cursor belongs). `None` where nothing is wrong, and where what was
    /// meant is not plain.
    #[must_use]
    pub fn mended(text: &str) -> Option<(String, usize)> {
        parse::mended(text)
    }

    /// The query made ready for one index on one day: for asking many pages.
    #[must_use]
    pub fn matcher<'a>(&self, index: &'a Index, today: Date) -> Matcher<'a> {
        Matcher::new(self, index, today)
    }

    /// Whether the page meets the query. `today` dates relative bounds. `text` gives the page's
    /// text and is called only by terms that need it. To ask many pages, use [`Query::matcher`] or
    /// [`Query::select`].
    #[must_use]
    pub fn matches(
        &self,
        index: &Index,
        page: PageId,
        today: Date,
        text: &dyn Fn(PageId) -> Option<String>,
    ) -> bool {
        index.page(page).is_some_and(|page| self.matcher(index, today).matches(page, text))
    }

    /// All pages that meet the query, in the index's order; arguments as of [`Query::matches`].
    #[must_use]
    pub fn select(
        &self,
        index: &Index,
        today: Date,
        text: &dyn Fn(PageId) -> Option<String>,
    ) -> Vec<PageId> {
        let mut matcher = self.matcher(index, today);
        index.pages().filter(|page| matcher.matches(page, text)).map(|page| page.id).collect()
    }

    /// What meets both queries.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let expression = match (self.expression, other.expression) {
            (Some(left), Some(right)) => Some(Expression::And(vec![left, right])),
            (left, right) => left.or(right),
        };
        Self { expression }
    }

    /// Whether a term needs the pages' texts, so that evaluating it belongs on a worker.
    #[must_use]
    pub fn needs_text(&self) -> bool {
        self.terms(true).any(|term| matches!(term, Term::Text(_)))
    }

    /// The tags that a page must or may carry, folded: those to mark on it. Excluded ones are not
    /// among them.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.terms(false)
            .filter_map(|term| if let Term::Tag(tag) = term { Some(tag.as_str()) } else { None })
    }

    /// The query in words: `pages tagged python and not tagged django`.
    #[must_use]
    pub fn in_words(&self) -> String {
        words::query(self)
    }

    /// Every term; those under a NOT only if `negated`.
    fn terms(&self, negated: bool) -> impl Iterator<Item = &Term> {
        let mut left: Vec<&Expression> = self.expression.iter().collect();
        std::iter::from_fn(move || {
            while let Some(expression) = left.pop() {
                match expression {
                    Expression::And(parts) | Expression::Or(parts) => {
                        left.extend(parts.iter().rev());
                    }
                    Expression::Not(part) if negated => left.push(part),
                    Expression::Not(_) => {}
                    Expression::Term(term, _) => return Some(term),
                }
            }
            None
        })
    }
}
