//! The classified lines of a page gathered to blocks: paragraphs, code with its language, tables.

use super::classify::Unit;
use super::given::Given;
use super::language::{self, Language};
use super::tables::Row;

/// A piece of the page, in the order of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block<'a> {
    Blank {
        line: usize,
    },
    /// A line that stays as it is and is not looked into.
    Kept {
        line: usize,
    },
    /// A line of prose, or the part of one that was glued to code.
    Prose {
        line: usize,
        text: &'a str,
        glued: bool,
    },
    Row {
        line: usize,
        row: Row,
    },
    /// Lines of code, each with its number in the source.
    Code {
        language: Language,
        lines: Vec<(usize, &'a str)>,
    },
}

/// Gathers `units` of `lines`.
pub(super) fn gather<'a>(
    lines: &[&'a str],
    given: &[Given],
    rows: &[Option<Row>],
    units: &[Unit],
) -> Vec<Block<'a>> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < units.len() {
        let unit = units[at];
        let line = unit.line;
        let text = &lines[line][unit.start..unit.end];
        at += 1;
        // A line that was parted is no row: the whole of it would stand there once for each part.
        let is_whole = unit.start == 0 && unit.end == lines[line].len();
        if let Some(row) = rows[line].filter(|_| is_whole) {
            blocks.push(Block::Row { line, row });
        } else if given[line] == Given::Kept {
            blocks.push(Block::Kept { line });
        } else if text.trim().is_empty() {
            blocks.push(Block::Blank { line });
        } else if unit.code {
            let length = 1 + units[at..].iter().take_while(|u| u.code).count();
            let run = &units[at - 1..at - 1 + length];
            let used = length
                - run
                    .iter()
                    .rev()
                    .take_while(|u| lines[u.line][u.start..u.end].trim().is_empty())
                    .count();
            by_language(lines, &run[..used], &mut blocks);
            at += used - 1;
        } else {
            blocks.push(Block::Prose { line, text, glued: unit.start > 0 });
        }
    }
    blocks
}

/// One block for each language of a run of code: a command, then the program it installs things for.
fn by_language<'a>(lines: &[&'a str], run: &[Unit], blocks: &mut Vec<Block<'a>>) {
    let mut at = 0;
    while at < run.len() {
        let language = run[at].language;
        let length = run[at..].iter().take_while(|u| u.language == language).count();
        let code: Vec<_> =
            run[at..at + length].iter().map(|u| (u.line, &lines[u.line][u.start..u.end])).collect();
        let language = language.unwrap_or_else(|| language::of_block(&code));
        blocks.push(Block::Code { language, lines: code });
        at += length;
    }
}
