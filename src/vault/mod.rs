//! What a wiki is: pages by path, never by name; kinds; titles; types of other files; the tree of folders. No input or
//! output.

pub mod conflict;
pub mod file_type;
pub mod kind;
pub mod path;
pub mod title;
pub mod tree;

pub use path::PagePath;
