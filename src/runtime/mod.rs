//! The only place for files, threads, the terminal and the clock. Everything above the operating
//! system and below the command line: reading wikis, running effects on workers, the loop that turns
//! events into messages and models into frames.

pub mod ansi;
pub mod answer;
pub mod cache;
pub mod check;
pub mod clipboard;
pub mod clock;
pub mod editor;
pub mod effects;
pub mod files;
pub mod fulltext;
pub mod hyperlink;
pub mod input;
mod large;
mod mentions;
mod of_revision;
pub mod paths;
pub mod read;
pub mod run;
pub mod sample;
pub mod scan;
pub mod screen;
pub mod settings;
pub mod signals;
pub mod state;
pub mod store;
pub mod terminal;
pub mod themes;
pub mod trash;
mod watch;
pub mod worker;
