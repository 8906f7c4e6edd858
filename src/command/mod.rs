//! The one table of commands. Keys, palette, help, footer hints, `ken keys` and `docs/keys.md` derive
//! from it. Knows nothing of what a command does: that is `app`.

pub mod key;
pub mod keymap;
pub mod manual;
pub mod table;

pub use key::{Key, KeyCode};
pub use keymap::{Keymap, Match, Problem, Shadowed};
pub use table::{Command, Entry, Group, Place};
