//! Tables that lost pipes. A copied table keeps its header and delimiter row and loses the first
//! pipe of each other row; from a rendered page its cells come parted by tabs.

/// What a line is to a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// The first row; a delimiter row of so many columns is to be added if it is missing.
    Header { columns: usize, delimited: bool },
    /// `|---|---|`, as it stands.
    Delimiter,
    /// Another row of a table with so many columns.
    Body { columns: usize },
}

/// For each line, the table row it is. `taken` lines (front matter, fences) are none.
pub(super) fn find(lines: &[&str], taken: impl Fn(usize) -> bool) -> Vec<Option<Row>> {
    let mut rows = vec![None; lines.len()];
    let mut at = 0;
    while at < lines.len() {
        let length = if taken(at) { 0 } else { table_at(&lines[at..], &mut rows[at..]) };
        at += length.max(1);
    }
    rows
}

/// Marks the table that begins at the first of `lines`; its number of lines, 0 for none.
fn table_at(lines: &[&str], rows: &mut [Option<Row>]) -> usize {
    let header = lines[0].trim();
    if header.contains('|')
        && !is_delimiter(header)
        && lines.get(1).is_some_and(|l| is_delimiter(l))
    {
        let columns = cells(lines[1].trim());
        if cells(header) != columns {
            return 0;
        }
        rows[0] = Some(Row::Header { columns, delimited: true });
        rows[1] = Some(Row::Delimiter);
        return 2 + body(&lines[2..], &mut rows[2..], columns, |line| {
            line.contains('|')
                && (line.ends_with('|') && cells(line) <= columns || cells(line) == columns)
        });
    }
    if header.starts_with('|') && header.ends_with('|') && cells(header) > 1 {
        let columns = cells(header);
        let more = body(&lines[1..], &mut rows[1..], columns, |line| {
            line.ends_with('|') && cells(line) == columns
        });
        if more > 0 {
            rows[0] = Some(Row::Header { columns, delimited: false });
            return 1 + more;
        }
    }
    let tabs = tab_cells(lines[0]);
    if tabs > 1 {
        let more = body(&lines[1..], &mut rows[1..], tabs, |line| tab_cells(line) == tabs);
        if more > 0 {
            rows[0] = Some(Row::Header { columns: tabs, delimited: false });
            return 1 + more;
        }
    }
    0
}

fn body(
    lines: &[&str],
    rows: &mut [Option<Row>],
    columns: usize,
    is_row: impl Fn(&str) -> bool,
) -> usize {
    let length = lines.iter().take_while(|l| !l.trim().is_empty() && is_row(l.trim())).count();
    rows[..length].fill(Some(Row::Body { columns }));
    length
}

/// `|---|:-:|` in any spelling that has a pipe.
fn is_delimiter(line: &str) -> bool {
    let line = line.trim();
    line.contains('|')
        && line.contains("--")
        && line.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' '))
}

/// Cells of a row: its pipes part them, except escaped ones; the first and the last pipe may lack.
fn cells(row: &str) -> usize {
    let inner = row.strip_prefix('|').unwrap_or(row);
    let pipes = pipes(inner);
    if inner.ends_with('|') && !inner.ends_with("\\|") { pipes } else { pipes + 1 }
}

fn pipes(row: &str) -> usize {
    let mut escaped = false;
    let is_pipe = |c: char| {
        let pipe = c == '|' && !escaped;
        escaped = c == '\\' && !escaped;
        pipe
    };
    row.chars()
        .filter({
            let mut is_pipe = is_pipe;
            move |c| is_pipe(*c)
        })
        .count()
}

/// Cells of a row whose cells are parted by tabs; 0 when a pipe in it would be taken for a border.
fn tab_cells(line: &str) -> usize {
    let line = line.trim_end();
    if line.contains('|') || line.starts_with(['\t', ' ']) {
        0
    } else {
        line.matches('\t').count() + 1
    }
}

/// The row with all its pipes.
pub(super) fn restored(line: &str, row: Row) -> String {
    let text = line.trim();
    let columns = match row {
        Row::Delimiter => return text.to_owned(),
        Row::Header { columns, .. } | Row::Body { columns } => columns,
    };
    if !text.contains('|') {
        return format!("| {} |", text.split('\t').map(str::trim).collect::<Vec<_>>().join(" | "));
    }
    let mut out = String::with_capacity(text.len() + 8);
    if !text.starts_with('|') {
        // Only pipes at the start get lost, and with them the empty cells that stood there.
        let lost = if text.ends_with('|') { columns.saturating_sub(cells(text)) } else { 0 };
        out.push_str(&"| ".repeat(lost + 1));
    }
    out.push_str(text);
    if !text.ends_with('|') {
        out.push_str(" |");
    }
    out
}

/// The delimiter row that a table of `columns` lacks.
pub(super) fn delimiter(columns: usize) -> String {
    format!("|{}", "---|".repeat(columns))
}
