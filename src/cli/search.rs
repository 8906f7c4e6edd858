//! `ken search`.

use anyhow::{Result, anyhow};
use serde::Serialize;

use super::args::{Arguments, Search};
use super::engine::Engine;
use super::output::{Out, warn};
use crate::search::fulltext::TextSearch;

#[derive(Serialize)]
struct HitRow<'a> {
    path: &'a str,
    line: u32,
    column: usize,
    text: &'a str,
}

pub(crate) fn search(arguments: &Arguments, search: &Search, out: &mut Out) -> Result<bool> {
    let compiled =
        TextSearch::new(&search.query.join(" ")).map_err(|error| anyhow!("{}", error.message))?;
    let engine = Engine::open(arguments)?;
    let mut found = false;
    for page in engine.pages() {
        let text = match engine.files.read(&page.path) {
            Ok(text) => text,
            Err(reason) => {
                warn(&format!("{} was not searched: {reason}", page.path));
                continue;
            }
        };
        for hit in compiled.find(&text.text, usize::MAX) {
            found = true;
            // Columns count characters, the first being 1, as editors do.
            let before = hit.matched.first().map_or(0, |(start, _)| *start as usize);
            let column = hit.text.get(..before).map_or(1, |text| text.chars().count() + 1);
            if search.json {
                let path = page.path.as_str();
                out.json(&HitRow { path, line: hit.line, column, text: &hit.text })?;
            } else {
                out.line(&format!("{}:{}:{column}: {}", page.path, hit.line, hit.text.trim()))?;
            }
        }
    }
    Ok(found)
}
