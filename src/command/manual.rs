//! The table of commands as text: `docs/keys.md` and what `ken keys` prints.

use std::fmt::Write; // Into a `String`: what `write!` gives back is never an error.

use super::key::{self, Key};
use super::keymap::Keymap;
use super::table::{Entry, Group, TABLE};
use crate::text::width::width;

/// `docs/keys.md`: the commands with the keys of `keymap`, by group.
#[must_use]
pub fn markdown(keymap: &Keymap) -> String {
    let mut text = HEAD.to_owned();
    for (group, rows) in groups() {
        let _ = write!(text, "\n## {}\n\n", group.title());
        text.push_str("| key | what it does | where | command |\n|---|---|---|---|\n");
        for row in rows {
            let keys: Vec<String> = keys(keymap, row).iter().map(|keys| code(keys)).collect();
            let (keys, place) = (keys.join(", "), row.place.words());
            let _ = writeln!(text, "| {keys} | {} | {place} | `{}` |", row.help, row.name);
        }
    }
    text
}

/// What `ken keys` prints: the same as plain columns, and the defaults that gave way to user's keys.
#[must_use]
pub fn plain(keymap: &Keymap) -> String {
    let shown = |row: &Entry| {
        let keys: Vec<String> = keys(keymap, row).iter().map(|keys| key::show(keys)).collect();
        keys.join(", ")
    };
    let widest = |column: &dyn Fn(&Entry) -> usize| TABLE.iter().map(column).max().unwrap_or(0);
    let keys_width = widest(&|row| width(&shown(row)));
    let name_width = widest(&|row| row.name.len());
    let place_width = widest(&|row| row.place.words().len());
    let mut text = String::new();
    for (group, rows) in groups() {
        let _ = writeln!(text, "{}", group.title());
        for row in rows {
            let keys = shown(row);
            let gap = keys_width - width(&keys);
            let (name, place, help) = (row.name, row.place.words(), row.help);
            let _ = writeln!(
                text,
                "  {keys}{:gap$}  {name:name_width$}  {place:place_width$}  {help}",
                ""
            );
        }
        text.push('\n');
    }
    for shadowed in keymap.shadowed() {
        let _ = writeln!(text, "{shadowed}");
    }
    text
}

const HEAD: &str = "\
# Keys

The default keys. `ken keys` prints those that are in force, `?` shows them inside the program, and the
`[keys]` part of the [configuration](config.md) changes them by the names in the last column. Keys with
a space between them are pressed one after the other. `g` opens the neighbourhood without waiting for what
may follow; a key that goes on from there (as in `g g`) closes it again and does what the two mean together.

This page is generated: `UPDATE=1 cargo test --test keys` writes it from the table in
`src/command/table.rs`.
";

fn groups() -> impl Iterator<Item = (Group, impl Iterator<Item = &'static Entry>)> {
    Group::ALL.iter().map(|&group| (group, TABLE.iter().filter(move |row| row.group == group)))
}

fn keys(keymap: &Keymap, row: &Entry) -> Vec<Vec<Key>> {
    keymap.keys_of(row.place, row.command)
}

/// A code span for a cell of a table.
fn code(keys: &[Key]) -> String {
    let shown = key::show(keys).replace('|', "\\|");
    if shown.contains('`') { format!("`` {shown} ``") } else { format!("`{shown}`") }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn keymap(command: &str, keys: &[&str]) -> Keymap {
        let keys = keys.iter().map(|&key| key.to_owned()).collect();
        Keymap::new(&BTreeMap::from([(command.to_owned(), keys)])).expect("good keys")
    }

    #[test]
    fn keys_that_mean_something_to_markdown_are_written_safely() {
        let text = markdown(&keymap("edit", &["|", "`"]));
        assert!(text.contains("| `\\|`, `` ` `` | Edit the page"), "{text}");
    }

    #[test]
    fn the_plain_table_names_every_command_in_aligned_columns() {
        let text = plain(&keymap("edit", &["漢"]));
        let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("  ")).collect();
        assert_eq!(rows.len(), TABLE.len());
        let column = |row: &&str| {
            let (name, entry) = (row, TABLE.iter().find(|entry| row.ends_with(entry.help)));
            let name_at = name.find(entry.map_or("", |entry| entry.name));
            name_at.map(|at| width(&row[..at]))
        };
        let columns: Vec<_> = rows.iter().filter(|row| row.contains("漢")).map(column).collect();
        assert_eq!(columns, [column(&rows[0])]);
    }

    #[test]
    fn the_plain_table_tells_which_defaults_gave_way() {
        assert!(plain(&keymap("edit", &["s"])).contains("s is no longer search"));
    }
}
