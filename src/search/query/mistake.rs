//! What is wrong with a query, and how it can be put right.

use super::QueryError;
use crate::text::span::ByteSpan;

/// What is wrong with a query, or not finished, and how it can be put right.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mistake {
    pub(super) error: QueryError,
    /// The one thing that was meant, where there is one.
    pub(super) mend: Option<Mend>,
    /// Whether something is begun that goes on to the end of the text.
    pub(super) is_open: bool,
}

/// A change of a query's text: what stands at a place becomes something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mend {
    pub(super) span: ByteSpan,
    pub(super) with: String,
}

impl Mend {
    pub(super) fn new(span: ByteSpan, with: impl Into<String>) -> Self {
        Self { span, with: with.into() }
    }
}

impl Mistake {
    pub(super) fn new(span: ByteSpan, message: impl Into<String>) -> Self {
        let error = QueryError { message: message.into(), span };
        Self { error, mend: None, is_open: false }
    }

    pub(super) fn mended(self, mend: impl Into<Option<Mend>>) -> Self {
        Self { mend: mend.into(), ..self }
    }

    pub(super) fn open(self) -> Self {
        Self { is_open: true, ..self }
    }
}
