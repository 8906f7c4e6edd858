//! `ken --linear`: a wiki read line by line, for screen readers and terminals that only print. What is
//! written stays where it is: no cursor is moved, nothing is drawn, no colour says anything. One types a
//! line, reads what it brings, and types the next.
//!
//! | file | subject |
//! |---|---|
//! | here | the loop over standard input |
//! | `session` | what is open, and what a typed line does |
//! | `typed` | what a typed line means |
//! | `lists` | links, headings, pages, tags, hits: lines with numbers to type |

mod lists;
mod session;
mod typed;

use std::io::{BufRead, IsTerminal, Write, stdin, stdout};

use anyhow::{Context, Result};

use super::engine::Engine;
use crate::runtime::settings::{self, Opened};
use crate::text::scrub::scrub_line;
use crate::vault::PagePath;
use session::Session;
use typed::Typed;

/// Rows of a screenful where the terminal does not say its own.
const ROWS: usize = 24;
/// The longest line that is taken in: a name or a few words.
const MAX_LINE: u64 = 4096;

/// Reads the wiki with the user until the input ends or `q` is typed.
pub(crate) fn read(opened: Opened, ascii: bool, page: Option<&str>) -> Result<()> {
    let start = settings::start_page(&opened, None);
    let engine = Engine::of(opened);
    let page = match page {
        Some(name) => Some(engine.page(name)?.path.clone()),
        None => start.or_else(|| newest(&engine)),
    };
    let (columns, rows) = size();
    let width = usize::from(engine.config.page_width).min(columns);
    let ascii = ascii || engine.config.ascii;
    let mut session = Session::new(engine, width, rows, ascii);
    let mut said = String::new();
    match page {
        Some(path) => session.open(&path, &session::Place::Top, &mut said),
        None => said.push_str("There is no page here yet.\n"),
    }
    let is_terminal = stdin().is_terminal();
    let mut input = stdin().lock();
    loop {
        say(&said)?;
        let mut line = Vec::new();
        let mut limited = std::io::Read::take(&mut input, MAX_LINE);
        if limited.read_until(b'\n', &mut line).context("cannot read what is typed")? == 0 {
            // The prompt stands on a line of its own that nobody has ended.
            writeln!(stdout())?;
            return Ok(());
        }
        said.clear();
        let line = String::from_utf8_lossy(&line);
        // A terminal shows what is typed by itself.
        if !is_terminal {
            said.push_str(&scrub_line(line.trim()));
            said.push('\n');
        }
        match Typed::of(&line) {
            Typed::Quit => return Ok(()),
            typed => session.run(typed, &mut said),
        }
    }
}

/// Writes what was said, and the prompt.
fn say(said: &str) -> Result<()> {
    let mut out = stdout().lock();
    write!(out, "{said}> ").and_then(|()| out.flush()).context("cannot write the output")
}

/// Columns, and the rows of a screenful; all rows at once where nobody watches them pass.
fn size() -> (usize, Option<usize>) {
    let number = |name: &str| std::env::var(name).ok()?.parse::<usize>().ok().filter(|n| *n > 0);
    let terminal = stdout().is_terminal().then(crossterm::terminal::size).and_then(Result::ok);
    let terminal = terminal.map(|(columns, rows)| (usize::from(columns), usize::from(rows)));
    let columns = number("COLUMNS").or(terminal.map(|(columns, _)| columns)).unwrap_or(0);
    let rows = number("LINES").or(terminal.map(|(_, rows)| if rows == 0 { ROWS } else { rows }));
    (if columns == 0 { 80 } else { columns }, rows)
}

/// The page that was written last; of equally new ones the first by path.
fn newest(engine: &Engine) -> Option<PagePath> {
    let newest = engine.pages().into_iter().rev().max_by_key(|page| page.modified_ms);
    newest.map(|page| page.path.clone())
}
