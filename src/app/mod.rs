//! What the program does: `update(&mut Model, Msg, &mut Vec<Effect>)`. No files, no clock, no terminal,
//! no thread: what has to happen outside is said as an [`Effect`], what happened outside comes as a
//! [`Msg`]. One file a feature; each holds the feature's state and its share of the update.

pub mod bookmarks;
pub mod braid;
pub mod check;
pub mod confirm;
pub mod connect;
pub mod context;
pub mod effect;
pub mod explain;
pub mod failed;
pub mod filter;
pub mod find;
pub mod finder;
pub mod help;
pub mod hints;
pub mod history;
pub mod hit;
pub mod input;
pub mod labels;
pub mod list;
pub mod live;
pub mod marks;
pub mod memory;
pub mod model;
pub mod msg;
pub mod narrow;
pub mod neighbourhood;
pub mod outline;
pub mod overlay;
pub mod palette;
pub mod panes;
pub mod past;
pub mod peek;
pub mod preview;
pub mod reader;
pub mod saved;
pub mod search;
pub mod shelves;
pub mod suggest;
pub mod table;
pub mod tags;
pub mod themes;
pub mod tree;
pub mod update;

pub use effect::Effect;
pub use hit::Hit;
pub use model::Model;
pub use msg::Msg;
pub use overlay::Overlay;
pub use panes::Panes;
pub use update::{prepare, update};
