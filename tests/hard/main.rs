//! The worst content and the worst circumstances: nothing panics, hangs, takes all memory, reads what it must not,
//! acts on the terminal, or harms what is the user's.
#![cfg(unix)]

mod circumstance;
mod commands;
mod folder;
mod network;
mod own_files;
mod program;
mod raw;
mod run;
#[path = "../pty/terminal.rs"]
#[allow(dead_code, reason = "the tests of the program in a terminal use the rest of it")]
mod terminal;
