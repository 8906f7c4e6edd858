//! Text measured in one place: widths in cells, folding for comparison, byte spans, dates, many texts in one
//! piece, texts and numbers as bytes, and the names of styles. Knows nothing of Markdown, files or colours.

pub mod ago;
pub mod bytes;
pub mod date;
pub mod fold;
pub mod hash;
pub mod lines;
pub mod near;
pub mod role;
pub mod scrub;
pub mod slug;
pub mod span;
pub mod strings;
pub mod width;
