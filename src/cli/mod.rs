//! The command line: the same engine without a terminal. Every error is one sentence on standard
//! error.
//!
//! Exit codes: 0 done (also where there was nothing to repair), 1 a search or listing found nothing,
//! 2 an error; 128 + n when the program was
//! ended by signal n.

mod args;
mod check;
mod engine;
mod explain;
mod graph;
mod init;
mod kept;
mod linear;
pub mod links;
mod list;
mod look;
mod manual;
mod open;
mod output;
mod path;
mod queries;
mod repair;
mod search;
mod show;
mod words;

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Parser;

use args::{Arguments, CacheTask, Task};
use output::Out;

use crate::runtime::cache;

/// A listing or search that found nothing.
const NOTHING: u8 = 1;
/// Something failed.
const FAILED: u8 = 2;

/// Reads the arguments, does what they ask, says what went wrong.
#[must_use]
pub fn main() -> ExitCode {
    match run(&Arguments::parse_from(words::words_last(std::env::args_os()))) {
        Ok(code) => ExitCode::from(code),
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::warn(&format!("{error:#}"));
            ExitCode::from(FAILED)
        }
    }
}

/// Deletes what is kept of all wikis; whether there was something.
fn clear(out: &mut Out) -> Result<bool> {
    let (files, bytes) = cache::clear().context("cannot empty the cache")?;
    let wikis = if files == 1 { "wiki" } else { "wikis" };
    out.line(&format!("{files} {wikis}, {} kB", bytes.div_ceil(1000)))?;
    Ok(files > 0)
}

/// Does one task and gives the exit code.
fn run(arguments: &Arguments) -> Result<u8> {
    let Some(task) = &arguments.task else { return open::open(arguments) };
    if let Some(path) = &arguments.path {
        bail!("{} stands before a command; name the wiki with --wiki", path.display());
    }
    let mut out = Out::standard();
    let found = match task {
        Task::Show(show) => show::show(arguments, show, &mut out)?,
        Task::Repair(page) => repair::repair(arguments, page, &mut out)?,
        Task::Ls(ls) => list::pages(arguments, ls, &mut out)?,
        Task::Links(links) => links::links(arguments, links, &mut out)?,
        Task::Backlinks(page) => links::backlinks(arguments, page, &mut out)?,
        Task::Tags(tags) => list::tags(arguments, tags, &mut out)?,
        Task::Queries(listing) => queries::queries(arguments, listing, &mut out)?,
        Task::Properties(properties) => list::properties(arguments, properties, &mut out)?,
        Task::Random(ls) => list::random(arguments, ls, &mut out)?,
        // The one command for which finding nothing is the good end.
        Task::Check(check) => !check::check(arguments, check, &mut out)?,
        Task::Unresolved(listing) => check::unresolved(arguments, listing, &mut out)?,
        Task::Orphans(listing) => check::orphans(arguments, listing, &mut out)?,
        Task::Deadends(listing) => check::dead_ends(arguments, listing, &mut out)?,
        Task::Explain(asked) => explain::explain(arguments, asked, &mut out)?,
        Task::Path(pages) => path::path(arguments, pages, &mut out)?,
        Task::Graph(graph) => graph::graph(arguments, graph, &mut out)?,
        Task::Search(search) => search::search(arguments, search, &mut out)?,
        Task::Outline(page) => list::outline(arguments, page, &mut out)?,
        Task::Recents(listing) => kept::recents(arguments, listing, &mut out)?,
        Task::Bookmarks(listing) => kept::bookmarks(arguments, listing, &mut out)?,
        Task::Marks(listing) => kept::marks(arguments, listing, &mut out)?,
        Task::Cache { task: CacheTask::Clear } => clear(&mut out)?,
        Task::Keys(keys) => manual::keys(arguments, keys, &mut out)?,
        Task::Init { dir } => init::init(dir, &mut out)?,
        Task::Completions { shell } => manual::completions(*shell, &mut out)?,
        Task::Man => manual::man(&mut out)?,
    };
    out.finish()?;
    Ok(if found { 0 } else { NOTHING })
}
