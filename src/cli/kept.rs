//! `ken recents`, `ken bookmarks`, `ken marks`: what is remembered of a wiki. Of the wiki itself only pages with
//! marks are read, for the line at which these stand now.

use anyhow::Result;
use serde::Serialize;

use super::args::{Arguments, Listing};
use super::engine;
use super::output::Out;
use crate::app::memory::Memory;
use crate::runtime::files::Files;
use crate::runtime::state::Keeper;
use crate::runtime::{clock, settings};
use crate::text::ago::ago;
use crate::vault::PagePath;

#[derive(Serialize)]
struct RecentRow<'a> {
    path: &'a str,
    opened: Option<String>,
    gone: bool,
}

pub(crate) fn recents(arguments: &Arguments, asked: &Listing, out: &mut Out) -> Result<bool> {
    let (files, memory) = memory(arguments)?;
    let now = clock::now_ms();
    for recent in &memory.recents {
        let gone = is_gone(&files, &recent.page);
        if asked.json {
            let opened = jiff::Timestamp::from_millisecond(recent.at_ms).ok();
            let opened = opened.map(|time| time.to_string());
            out.json(&RecentRow { path: &recent.page, opened, gone })?;
        } else {
            let when = ago(now, recent.at_ms);
            out.line(&format!("{when:<11}  {}{}", recent.page, sign(gone)))?;
        }
    }
    Ok(!memory.recents.is_empty())
}

#[derive(Serialize)]
struct BookmarkRow<'a> {
    path: &'a str,
    title: &'a str,
    gone: bool,
}

pub(crate) fn bookmarks(arguments: &Arguments, asked: &Listing, out: &mut Out) -> Result<bool> {
    let (files, memory) = memory(arguments)?;
    for bookmark in &memory.bookmarks {
        let gone = is_gone(&files, &bookmark.page);
        if asked.json {
            out.json(&BookmarkRow { path: &bookmark.page, title: &bookmark.title, gone })?;
        } else {
            out.line(&format!("{}{}", bookmark.page, sign(gone)))?;
        }
    }
    Ok(!memory.bookmarks.is_empty())
}

#[derive(Serialize)]
struct MarkRow<'a> {
    mark: char,
    path: &'a str,
    title: &'a str,
    /// Where it stands now; `null` if the page is gone.
    line: Option<usize>,
    /// What stood there when it was marked.
    text: &'a str,
    gone: bool,
}

pub(crate) fn marks(arguments: &Arguments, asked: &Listing, out: &mut Out) -> Result<bool> {
    let (files, memory) = memory(arguments)?;
    for (mark, kept) in &memory.marks {
        let gone = is_gone(&files, &kept.page);
        let page = PagePath::new(&kept.page).filter(|_| !gone);
        let page = page.and_then(|path| files.page(&path).ok());
        let line = page.map(|page| kept.left.line(&page));
        if asked.json {
            let (path, title, text) = (&*kept.page, &*kept.title, &*kept.line);
            out.json(&MarkRow { mark: *mark, path, title, line, text, gone })?;
        } else {
            let at = line.map_or(String::new(), |line| format!(":{line}"));
            out.line(&format!("{mark}  {}{at}{}: {}", kept.page, sign(gone), kept.line))?;
        }
    }
    Ok(!memory.marks.is_empty())
}

/// The wiki's files, and what is remembered of it.
fn memory(arguments: &Arguments) -> Result<(Files, Memory)> {
    let opened = engine::opened(arguments)?;
    let state = Keeper::of(&opened.files).map(|(_, state)| state).unwrap_or_default();
    Ok((opened.files, state.memory.bounded()))
}

fn is_gone(files: &Files, page: &str) -> bool {
    PagePath::new(page).is_none_or(|path| !settings::is_there(files, &path))
}

fn sign(gone: bool) -> &'static str {
    if gone { " (gone)" } else { "" }
}
