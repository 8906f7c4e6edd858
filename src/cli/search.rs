//! `ken search`.

use anyhow::Result;
use serde::Serialize;

use super::args::{Arguments, Search};
use super::engine::Engine;
use super::output::{Out, warn};
use super::queries;
use crate::search::fulltext::TextSearch;

#[derive(Serialize)]
struct HitRow<'a> {
    path: &'a str,
    line: u32,
    column: usize,
    text: &'a str,
}

pub(crate) fn search(arguments: &Arguments, search: &Search, out: &mut Out) -> Result<bool> {
    let text = search.query.join(" ");
    let compiled =
        TextSearch::new(&text).map_err(|mistake| queries::explained(&text, &mistake, None))?;
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
