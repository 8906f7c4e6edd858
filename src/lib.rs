//! kenning: a personal wiki in the terminal.
//!
//! The library is a stack of layers; a module names only modules of lower layers, which
//! `tests/layers.rs` keeps true. `docs/architecture.md` is the map.
//!
//! | layer | modules |
//! |---|---|
//! | 0 | [`text`] |
//! | 1 | [`markdown`] |
//! | 2 | [`vault`] |
//! | 3 | [`index`] |
//! | 4 | [`search`], [`code`] |
//! | 5 | [`layout`] |
//! | 6 | [`theme`], [`command`], [`config`] |
//! | 7 | [`app`] |
//! | 8 | [`view`] |
//! | 9 | [`runtime`] |
//! | 10 | [`cli`] and the program itself |

pub mod app;
pub mod cli;
pub mod code;
pub mod command;
pub mod config;
pub mod index;
pub mod layout;
pub mod markdown;
pub mod runtime;
pub mod search;
pub mod text;
pub mod theme;
pub mod vault;
pub mod view;
