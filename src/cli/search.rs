//! `ken search`: what the program's search finds, in the same order, as lines. The text is that of the file, so
//! that places are those of any other program.

use std::ops::Range;

use anyhow::Result;
use serde::Serialize;

use super::args::{Arguments, Search};
use super::engine::Engine;
use super::output::{Out, warn};
use super::queries;
use crate::index::Page;
use crate::runtime::cache::Cache;
use crate::runtime::fulltext::{self, Face, Go};
use crate::search::fulltext::{Hit, TextSearch, doubt};

#[derive(Serialize)]
struct HitRow<'a> {
    path: &'a str,
    line: u32,
    column: u32,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<&'a [&'a str]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<&'a [&'a str]>,
}

pub(crate) fn search(arguments: &Arguments, search: &Search, out: &mut Out) -> Result<bool> {
    let text = search.query.join(" ");
    let compiled =
        TextSearch::new(&text).map_err(|mistake| queries::explained(&text, &mistake, None))?;
    if let Some(mistake) = doubt::unfinished(&text) {
        return Err(queries::explained(&text, &mistake, None));
    }
    let engine = Engine::open(arguments)?;
    let cache = Cache::of(&engine.files).filter(|_| engine.config.cache);
    let mut known = fulltext::Known::kept_in(cache);
    let pages = known.order(&compiled, &engine.index, engine.today, None);
    let job = fulltext::Search {
        files: &engine.files,
        index: &engine.index,
        search: &compiled,
        pages: &pages,
        face: Face::Written,
        lines_a_page: search.limit.unwrap_or(usize::MAX),
    };
    let mut left = search.limit.unwrap_or(usize::MAX);
    let (mut found, mut written) = (false, Ok(()));
    job.run(&mut known, |pages, _| {
        for fulltext::Found { page, hits } in pages {
            let Some(page) = engine.index.page(page) else { continue };
            match hits {
                Ok(mut hits) => {
                    found = true;
                    hits.truncate(left);
                    left -= hits.len();
                    written = write(&engine, search, page, &hits, out);
                }
                Err(reason) => warn(&format!("{} was not searched: {reason}", page.path)),
            }
            if left == 0 || written.is_err() {
                return Go::Stop;
            }
        }
        Go::On
    });
    written?;
    out.flush()?;
    known.keep(&engine.index, || false);
    if !found {
        queries::tell_absent(&compiled.fields, &engine);
    }
    if !found && let Some(doubt) = doubt::doubtful(&text) {
        warn(&queries::explained(&text, &doubt, None).to_string());
    }
    Ok(found)
}

/// Writes the hits of one page.
fn write(engine: &Engine, search: &Search, page: &Page, hits: &[Hit], out: &mut Out) -> Result<()> {
    let context = search.context.unwrap_or(0);
    // Read again where more than the hits is asked for: few pages hold what is looked for.
    let text = if context == 0 { None } else { engine.files.read(&page.path).ok() };
    let text = text.map(|text| text.text.replace("\r\n", "\n").replace('\r', "\n"));
    let lines: Vec<&str> = text.iter().flat_map(|text| text.lines()).collect();
    let path = page.path.as_str();
    let mut printed = 0;
    for (nth, hit) in hits.iter().enumerate() {
        let at = hit.line as usize - 1;
        let before = lines.get(at.saturating_sub(context)..at).unwrap_or_default();
        let end = lines.len().min(at + 1 + context);
        let after = lines.get(at + 1..end).unwrap_or_default();
        if search.json {
            let (before, after) = (search.context.map(|_| before), search.context.map(|_| after));
            let Hit { line, column, text, .. } = hit;
            out.json(&HitRow { path, line: *line, column: *column, text, before, after })?;
            continue;
        }
        // A line that stands between two hits is printed once.
        let first = (at - before.len()).max(printed);
        if context > 0 && printed > 0 && first > printed {
            out.line("--")?;
        }
        context_lines(path, &lines, first..at, out)?;
        out.line(&format!("{path}:{}:{}: {}", hit.line, hit.column, hit.text.trim()))?;
        let next = hits.get(nth + 1).map_or(usize::MAX, |hit| hit.line as usize - 1);
        printed = (at + 1 + after.len()).min(next);
        context_lines(path, &lines, at + 1..printed, out)?;
    }
    Ok(())
}

/// Writes lines that stand around hits as `grep` does.
fn context_lines(path: &str, lines: &[&str], which: Range<usize>, out: &mut Out) -> Result<()> {
    let first = which.start + 1;
    for (number, line) in (first..).zip(lines.get(which).unwrap_or_default()) {
        out.line(&format!("{path}-{number}- {}", line.trim()))?;
    }
    Ok(())
}
