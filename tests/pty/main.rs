//! The program in a real terminal: a pseudo terminal around it and a model of a terminal that reads what
//! it writes. Every wait is for a condition; the deadline only ends a test that has already failed.
#![cfg(unix)]

mod ground;
mod live;
mod program;
mod session;
#[allow(dead_code, reason = "the tests of the worst use the rest of it")]
mod terminal;
