//! Recovery of a page that has lost its marks: pasted from the web without fences, `#`, blank
//! lines or indentation, with code glued to the next heading. `recover` gives them back and never
//! invents or drops a word: without white space and Markdown marks the text is the same before and
//! after.
//!
//! The way of a page through this module: `given` sets apart what is marked already, `tables`
//! finds rows, `classify` weighs every line (`weigh`, `glue`) and divides the page into code
//! and prose, `blocks` gathers the lines, `headings` finds titles, `nesting`
//! gives them levels, and `emit` writes Markdown,
//! with the indentation that `python` puts back. Everything takes time linear in the page.
//!
//! `page` makes of it the text that views, index and search read.
//!
//! Knows text alone: no files, nothing of what is shown. It does not restore
//! what leaves no trace: emphasis, links, the marks and depth of list items.

mod blocks;
mod classify;
mod emit;
mod given;
mod glue;
mod headings;
mod language;
mod links;
mod names;
mod needs;
mod nesting;
mod page;
mod python;
mod tables;
#[cfg(test)]
mod tests;
mod weigh;

use given::Given;
pub use language::Language;
pub use needs::needs_recovery;
pub use page::{PageText, Recovery, document_shared};

/// What was done to one place of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// What was done.
    pub kind: ChangeKind,
    /// Line of the restored text, from 0.
    pub line: u32,
    /// Line of the source, from 0.
    pub source: u32,
}

/// The kinds of [`Change`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// A block of code was fenced; the line is the opening fence.
    Code {
        /// Its language.
        language: Language,
    },
    /// A line became a heading.
    Heading {
        /// 1 to 6.
        level: u8,
    },
    /// A line was parted from the code it was glued to.
    Parted,
    /// A row of a table was given its pipes, or a delimiter row was added.
    Row,
    /// The grammar leaves this line of code a choice of indentations; it was given the likeliest.
    Uncertain,
}

/// A page with its marks restored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// The restored Markdown.
    pub markdown: String,
    /// For each line of `markdown`, the line of the source it stands for, from 0.
    pub line_map: Vec<u32>,
    /// What was done, in the order of the page.
    pub changes: Vec<Change>,
}

/// Restores the marks of `source`, healthy or not. Fences with their code and front matter stay as
/// they are; line ends become `\n`.
#[must_use]
pub fn recover(source: &str) -> Recovered {
    let lines: Vec<&str> = source.lines().collect();
    let (given, rows) = known(&lines);
    let units = classify::classify(&lines, &given);
    let blocks = blocks::gather(&lines, &given, &rows, &units);
    let levels = headings::levels(&blocks);
    let mut writer = emit::Writer::new(source.len() + source.len() / 8);
    emit::write(&mut writer, &lines, &blocks, &levels);
    writer.finish(source.ends_with('\n'))
}

/// What is known of each line before anything is guessed, and the rows of tables.
fn known(lines: &[&str]) -> (Vec<Given>, Vec<Option<tables::Row>>) {
    let mut given = given::given(lines);
    let rows = tables::find(lines, |line| given[line] == Given::Kept);
    for (given, row) in given.iter_mut().zip(&rows) {
        if row.is_some() {
            *given = Given::Table;
        }
    }
    // A fence in a string of unmarked code is a part of that code, and marks nothing.
    let first = given::front_matter(lines.iter().copied());
    if given[first..].contains(&Given::Kept) {
        for unit in classify::classify(lines, &given) {
            if unit.code && unit.line >= first && given[unit.line] == Given::Kept {
                given[unit.line] = Given::Unknown;
            }
        }
    }
    given::headings(lines, &mut given);
    (given, rows)
}
