//! The query language of the tree filter, the finder and `ken ls` (`semantics.md`, queries).

use crate::index::{Index, PageId};
use crate::text::date::Date;
use crate::text::span::ByteSpan;

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
    /// A word in title, alias or path; folded.
    Word(String),
    /// `tag:x`, `#x`: the tag or one nested below it; folded.
    Tag(String),
    /// `kind:people`
    Kind(String),
    /// `path:x`: part of the path; folded.
    Path(String),
    /// `title:x`: part of the title or an alias; folded.
    Title(String),
    /// `text:"..."`: part of the text. Needs the page's text; see [`Query::needs_text`].
    Text(String),
    /// `/regex/` on title, alias and path.
    Regex(Regex),
    /// `link:page`: links to it.
    LinksTo(String),
    /// `by:page`: is linked by it.
    LinkedBy(String),
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
    /// `[property]` or `[property:value]`; both folded.
    Property(String, Option<String>),
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

/// The date that is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateField {
    /// `created`
    Created,
    /// `updated`; where a page does not say, the time of its file.
    Updated,
    /// `date`: of an episode.
    Date,
}

/// What a date is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateBound {
    /// A day.
    Day(Date),
    /// An age in days: `updated<30d` means less than 30 days ago.
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
    /// Reads a query.
    ///
    /// # Errors
    /// An unknown field, a value that does not fit its field, an invalid pattern or an unbalanced
    /// parenthesis, with its place and a proposal.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let _ = text;
        Ok(Self::default())
    }

    /// Whether the page meets the query. `today` dates relative bounds. `text` gives the page's
    /// text and is called only by terms that need it.
    #[must_use]
    pub fn matches(
        &self,
        index: &Index,
        page: PageId,
        today: Date,
        text: &dyn Fn(PageId) -> Option<String>,
    ) -> bool {
        let _ = (index, page, today, text);
        true
    }

    /// Whether a term needs the pages' texts, so that evaluating it belongs on a worker.
    #[must_use]
    pub fn needs_text(&self) -> bool {
        false
    }

    /// The query in words: `pages tagged python and not tagged django`.
    #[must_use]
    pub fn in_words(&self) -> String {
        String::new()
    }
}
