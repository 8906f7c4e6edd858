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
use crate::text::width::{ellipsize, ellipsize_start, width};

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
    let mut compiled =
        TextSearch::new(&text).map_err(|mistake| queries::explained(&text, &mistake, None))?;
    if let Some(mistake) = doubt::unfinished(&text) {
        return Err(queries::explained(&text, &mistake, None));
    }
    // On a terminal a line has one row; for other programs it is what the file holds.
    let columns = Out::columns().filter(|_| !search.json);
    if columns.is_none() {
        compiled.line_bytes = usize::MAX;
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
                    written = write(&engine, search, page, &hits, columns, out);
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
fn write(
    engine: &Engine,
    search: &Search,
    page: &Page,
    hits: &[Hit],
    columns: Option<usize>,
    out: &mut Out,
) -> Result<()> {
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
        context_lines(path, &lines, first..at, columns, out)?;
        out.line(&row(&format!("{path}:{}:{}: ", hit.line, hit.column), hit, columns))?;
        let next = hits.get(nth + 1).map_or(usize::MAX, |hit| hit.line as usize - 1);
        printed = (at + 1 + after.len()).min(next);
        context_lines(path, &lines, at + 1..printed, columns, out)?;
    }
    Ok(())
}

/// A hit behind its place. Where there are so many columns it is cut around its first match.
fn row(place: &str, hit: &Hit, columns: Option<usize>) -> String {
    let text = hit.text.trim();
    let whole = || format!("{place}{text}");
    let Some(room) = room(place, columns).filter(|room| width(text) > *room) else {
        return whole();
    };
    let trimmed = hit.text.len() - hit.text.trim_start().len();
    let (start, end) = hit.matched.first().copied().unwrap_or_default();
    let at = |byte: u32| (byte as usize).saturating_sub(trimmed).min(text.len());
    let (start, end) = (at(start), at(end));
    // Some of what stands before it, as far as the match is seen whole.
    let before = if width(&text[..end]) <= room.saturating_sub(1) {
        text[..start].to_owned()
    } else {
        let spare = room.saturating_sub(width(&text[start..end]) + 1);
        ellipsize_start(&text[..start], (room / 3).min(spare))
    };
    format!("{place}{}", ellipsize(&format!("{before}{}", &text[start..]), room))
}

/// What a place leaves of so many columns for its text. Of a text of less than 20 nothing is understood: such lines
/// are not cut.
fn room(place: &str, columns: Option<usize>) -> Option<usize> {
    columns?.checked_sub(width(place)).filter(|room| *room >= 20)
}

/// Writes lines that stand around hits as `grep` does.
fn context_lines(
    path: &str,
    lines: &[&str],
    which: Range<usize>,
    columns: Option<usize>,
    out: &mut Out,
) -> Result<()> {
    let first = which.start + 1;
    for (number, line) in (first..).zip(lines.get(which).unwrap_or_default()) {
        let place = format!("{path}-{number}- ");
        let text = line.trim();
        let text = match room(&place, columns) {
            Some(room) => ellipsize(text, room),
            None => text.to_owned(),
        };
        out.line(&format!("{place}{text}"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_a_terminal_a_line_is_cut_around_its_first_match() {
        let check = |search: &str, text: &str, columns: Option<usize>, expected: &str| {
            let search = TextSearch::new(search).expect("a sound search");
            let hit = &search.find(text, 1)[0];
            let shown = row("a.md:1:1: ", hit, columns);
            assert_eq!(shown, format!("a.md:1:1: {expected}"), "{text}");
            assert!(columns.is_none_or(|columns| width(&shown) <= columns.max(30)));
        };
        let long = "  the tide comes in over the mud and goes out again by noon";
        check("tide", long, None, long.trim());
        check("tide", long, Some(120), long.trim());
        check("tide", long, Some(40), "the tide comes in over the mu…");
        check("again", long, Some(40), "…goes out again by noon");
        check("mud", long, Some(40), "…over the mud and goes out ag…");
        check("tide", "tide", Some(12), "tide");
        check(
            "潮",
            &"日".repeat(40).replacen("日日日", "日潮日", 5),
            Some(40),
            "日潮日日潮日日潮日日潮日日潮…",
        );
    }
}
