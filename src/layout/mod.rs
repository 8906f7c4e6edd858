//! Layout: a document and a width become lines. Only what is looked at is laid out; everything else
//! has an estimated height. The scroll position is an [`Anchor`] into the document, so that late
//! layout, late links and late colours never make the text jump. Knows roles, no colours.
//!
//! A page view has three parts: the head (properties), the body (the document) and the tail (who links here).

mod block;
mod breaks;
mod callout;
mod code;
mod diagram;
mod fold_line;
mod folds;
mod frame;
mod head;
mod header;
mod heights;
mod hidden;
mod inline;
mod line;
mod options;
mod origin;
mod page;
mod pan;
mod pieces;
mod places;
mod plain;
mod scroll;
mod show;
mod signs;
mod slots;
mod spots;
mod table;
mod tail;
#[cfg(test)]
mod tests;
mod texts;
mod wide;
mod widths;
mod wrap;

pub use folds::{Fold, FoldKind, Folds, Remembered};
pub use head::Head;
pub use line::{Action, Line, Segment, TextPlace};
pub use options::{Breaks, Context, LinkLook, Manner, Options, WideTables};
pub use page::{Anchor, PageLayout};
pub use places::Stop;
pub use show::show;
pub use spots::Spot;
pub use tail::Backlink;
pub use texts::{Texts, text_of, texts};
