//! What a user of the whole program sees, without a terminal: keys in, frames out. One binary, since most of
//! the time of a test run goes into linking.

mod blocks;
mod braid;
mod check;
mod code;
mod context;
mod embeds;
mod explain;
mod failed;
mod find_pattern;
mod first_hour;
mod folds;
mod graph;
mod hints;
mod hub;
mod live;
mod long;
mod look;
mod monkey;
mod newcomer;
mod panes;
mod query;
mod reader;
mod recovered;
mod screen;
mod scripts;
mod seams;
mod search;
mod select;
mod select_head;
mod session;
mod specimen;
mod tables;
