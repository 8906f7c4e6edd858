//! The layers hold: a module names only modules of lower layers, and what belongs to the outside
//! (files, threads, processes, clocks, the terminal) is named only where it may be.
//!
//! Sources are read as tokens, so that comments and strings say what they like and `use` groups are
//! seen through. Test code obeys the same rules.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The table of `src/lib.rs`: a module and its layer.
const LAYERS: [(&str, u8); 15] = [
    ("text", 0),
    ("markdown", 1),
    ("vault", 2),
    ("index", 3),
    ("search", 4),
    ("code", 4),
    ("layout", 5),
    ("theme", 6),
    ("command", 6),
    ("config", 6),
    ("app", 7),
    ("view", 8),
    ("runtime", 9),
    ("cli", 10),
    ("main", 11),
];

/// From this layer on, modules may name the outside.
const OUTSIDE: u8 = 9;

/// The only modules that may name ratatui: those that know colours and those that know the screen.
const SCREEN: [&str; 3] = ["theme", "view", "runtime"];

#[test]
fn no_module_names_a_higher_layer_a_sibling_or_the_outside() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut problems = Vec::new();
    for file in rust_files(&src) {
        let path = file.strip_prefix(&src).expect("below src").with_extension("");
        let mut module: Vec<&str> =
            path.iter().map(|part| part.to_str().expect("names are ASCII")).collect();
        if module.last() == Some(&"mod") {
            module.pop();
        }
        if module == ["lib"] {
            continue;
        }
        let text = fs::read_to_string(&file).expect("sources can be read");
        let found = problems_of(&module, &text);
        problems.extend(found.into_iter().map(|what| format!("src/{}.rs: {what}", path.display())));
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn the_table_names_every_module_as_lib_rs_does() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let entries = fs::read_dir(&src).expect("src can be read");
    let names = entries.map(|entry| entry.expect("src can be read").path());
    let names: BTreeSet<String> = names
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .filter(|name| name != "lib")
        .collect();
    let table: BTreeSet<String> = LAYERS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names, table);

    let lib = fs::read_to_string(src.join("lib.rs")).expect("lib.rs can be read");
    for (name, layer) in LAYERS.iter().filter(|(name, _)| *name != "main") {
        let row = lib.lines().find(|line| line.contains(&format!("[`{name}`]")));
        let row = row.unwrap_or_else(|| panic!("lib.rs does not name {name}"));
        assert!(row.starts_with(&format!("//! | {layer} |")), "lib.rs: {row}");
    }
}

#[test]
fn the_check_sees_what_it_is_meant_to_see() {
    let check = |module: &[&str], source: &str, expected: &[&str]| {
        assert_eq!(problems_of(module, source), expected, "{source}");
    };
    // Lower layers, oneself, and what is no path are free.
    check(&["index", "resolve"], "use crate::{markdown::Link, text::{fold, slug}};", &[]);
    check(&["index", "resolve"], "use super::Index; use super::super::vault::PagePath;", &[]);
    check(&["index"], "mod tests { use super::*; use crate::index::Page; }", &[]);
    check(&["text"], "pub(crate) fn app(view: &str) -> usize { view.len() }", &[]);
    // Higher layers and siblings, however they are named.
    check(&["index"], "\nuse crate::app::Model;", &["line 2: index names app, of a higher layer"]);
    check(
        &["layout", "table"],
        "use crate::{text::width, view::{self, hit::Hit}, code::LineRoles};",
        &[
            "line 1: layout names view, of a higher layer",
            "line 1: layout names view, of a higher layer",
        ],
    );
    check(
        &["theme", "file"],
        "use super::super::{config};",
        &["line 1: theme names config, of its own layer"],
    );
    check(
        &["search"],
        "mod tests { fn f() { super::super::code::highlight() } } use super::code;",
        &[
            "line 1: search names code, of its own layer",
            "line 1: search names code, of its own layer",
        ],
    );
    check(
        &["vault"],
        "let x = crate::index::Index::default();",
        &["line 1: vault names index, of a higher layer"],
    );
    check(
        &["vault"],
        "macro_rules! m { () => { $crate::app::x() } }",
        &["line 1: vault names app, of a higher layer"],
    );
    check(&["vault"], "use kenning::cli::run;", &["line 1: vault names cli, of a higher layer"]);
    check(&["vault"], "use crate::*;", &["line 1: vault names the whole crate"]);
    check(&["vault"], "use crate::bogus::x;", &["line 1: vault names bogus, which is in no layer"]);
    // The outside.
    check(&["app"], "fn f() { std::fs::read(path) }", &["line 1: app names std::fs::read"]);
    check(
        &["app"],
        "use std::{fs, io::Read, time::{Duration, Instant}};",
        &["line 1: app names std::fs", "line 1: app names std::time::Instant"],
    );
    check(&["app"], "use std::time;", &["line 1: app names std::time"]);
    check(&["app"], "use ::std::thread as t;", &["line 1: app names std::thread"]);
    check(&["app"], "let x = jiff::Zoned::now();", &["line 1: app names jiff::Zoned::now"]);
    check(&["view"], "use ratatui::buffer::Buffer;", &[]);
    check(
        &["view"],
        "use ratatui::crossterm::event;",
        &["line 1: view names ratatui::crossterm::event"],
    );
    check(&["app"], "use crossterm::event::Event;", &["line 1: app names crossterm::event::Event"]);
    check(
        &["layout"],
        "fn f(s: ratatui::style::Style) {}",
        &["line 1: layout names ratatui::style::Style"],
    );
    check(&["runtime"], "use std::{fs, thread}; use crossterm::event; use ratatui::Terminal;", &[]);
    // Comments, strings and characters say what they like.
    check(
        &["text"],
        r##"// crate::app::x
            /* crate::app /* nested */ crate::app::x */
            /// [`crate::app::Model`]
            const A: &str = "crate::app::x \" crate::app::x"; const B: char = '"'; const C: char = '\'';
            const D: &str = r#"crate::app::x " crate::app::x"#; fn f<'a>(x: &'a str) {}
            const E: &[u8] = b"crate::app::x"; fn r#crate2() {}
        "##,
        &[],
    );
    check(
        &["text"],
        "fn f<'a>() { crate::app::x() }",
        &["line 1: text names app, of a higher layer"],
    );
}

/// What `source`, standing in `module` (its path below the crate), must not name.
fn problems_of(module: &[&str], source: &str) -> Vec<String> {
    let own = module[0];
    let own_layer = layer(own).unwrap_or(0);
    let mut problems = Vec::new();
    for path in paths(module, source) {
        let shown = path.names.join("::");
        let mut report = |what: &str| {
            problems.push(format!("line {}: {own} names {what}", path.line));
        };
        let names: Vec<&str> = path.names.iter().map(String::as_str).collect();
        match names.as_slice() {
            ["crate"] | ["crate", "*"] => report("the whole crate"),
            ["crate", other, ..] => match layer(other) {
                _ if *other == own => {}
                None => report(&format!("{other}, which is in no layer")),
                Some(theirs) if theirs > own_layer => {
                    report(&format!("{other}, of a higher layer"));
                }
                Some(theirs) if theirs == own_layer => {
                    report(&format!("{other}, of its own layer"));
                }
                Some(_) => {}
            },
            ["crossterm", ..] | ["ratatui", "crossterm", ..] if own_layer < OUTSIDE => {
                report(&shown);
            }
            ["ratatui", ..] if !SCREEN.contains(&own) => report(&shown),
            names if own_layer < OUTSIDE && is_outside(names) => report(&shown),
            _ => {}
        }
    }
    problems
}

fn layer(module: &str) -> Option<u8> {
    LAYERS.iter().find(|(name, _)| *name == module).map(|(_, layer)| *layer)
}

fn is_outside(names: &[&str]) -> bool {
    // A whole module may give what its parts may not; clocks of any make end in `now`
    // (`jiff::Zoned::now`, `Timestamp::now`).
    matches!(
        names,
        ["std", "fs" | "thread" | "process", ..]
            | ["std" | "core", "*"]
            | ["std", "time"]
            | ["std", "time", "SystemTime" | "Instant" | "*", ..]
            | [_, .., "now"]
    )
}

/// A path as it stands in a source, `use` groups taken apart; a path into this crate begins with `crate`.
struct Named {
    names: Vec<String>,
    line: usize,
}

fn paths(module: &[&str], source: &str) -> Vec<Named> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    // Inline modules around the token, each with the depth of braces in which it stands.
    let mut inline: Vec<(&str, usize)> = Vec::new();
    let mut depth = 0;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token.text {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                inline.pop_if(|(_, opened)| *opened == depth);
            }
            "mod" if tokens.get(at + 2).is_some_and(|token| token.text == "{") => {
                inline.push((tokens[at + 1].text, depth));
            }
            text if is_name(text) && starts_path(&tokens, at) => {
                let first = found.len();
                at = read_path(&tokens, at, &[], &mut found);
                for path in &mut found[first..] {
                    let inner = inline.iter().map(|(name, _)| *name);
                    path.names = absolute(module.iter().copied().chain(inner), &path.names);
                }
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Reads the path or group at `at`, adds its paths to `found`, and gives the token after it.
fn read_path(
    tokens: &[Token<'_>],
    mut at: usize,
    before: &[String],
    found: &mut Vec<Named>,
) -> usize {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text);
    let mut names = before.to_vec();
    let line = tokens.get(at).map_or(0, |token| token.line);
    while is_name(text(at)) || text(at) == "*" {
        // `use a::{self}` names `a`.
        if text(at) != "self" || names.is_empty() {
            names.push(text(at).to_owned());
        }
        at += 1;
        let goes_on =
            text(at) == "::" && (is_name(text(at + 1)) || matches!(text(at + 1), "*" | "{"));
        if !goes_on {
            break;
        }
        at += 1;
        if text(at) == "{" {
            at += 1;
            while !matches!(text(at), "}" | "") {
                let start = at;
                at = read_path(tokens, at, &names, found);
                // Past a new name (`as x`), a comma, or what is no path.
                while !matches!(text(at), "," | "}" | "") {
                    at += 1;
                }
                at += usize::from(text(at) == ",");
                debug_assert!(at > start, "every round takes a token");
            }
            return at + 1;
        }
    }
    found.push(Named { names, line });
    at
}

/// Keywords that a path with a leading `::` may follow.
const BEFORE_PATHS: [&str; 7] = ["use", "return", "as", "in", "dyn", "impl", "mut"];

/// Whether the name at `at` begins a path: it is no field, no method, no visibility and no later part.
fn starts_path(tokens: &[Token<'_>], at: usize) -> bool {
    if BEFORE_PATHS.contains(&tokens[at].text) {
        return false;
    }
    let before = |n: usize| at.checked_sub(n).map_or("", |at| tokens[at].text);
    match before(1) {
        "." => false,
        // `pub(crate)`, `pub(super)`
        "(" => before(2) != "pub",
        // A leading `::` follows what is no name, or a keyword.
        "::" => BEFORE_PATHS.contains(&before(2)) || !is_name(before(2)) && before(2) != ">",
        _ => true,
    }
}

/// The path from the crate on, if it leads into the crate.
fn absolute<'a>(module: impl Iterator<Item = &'a str>, names: &[String]) -> Vec<String> {
    let mut base: Vec<String> = vec!["crate".to_owned()];
    let mut rest = names;
    match names.first().map_or("", String::as_str) {
        "crate" | "kenning" => rest = &names[1..],
        "self" | "super" => {
            base.extend(module.map(str::to_owned));
            while let Some(first) = rest.first().filter(|name| *name == "super" || *name == "self")
            {
                if first == "super" {
                    base.pop();
                }
                rest = &rest[1..];
            }
        }
        _ => return names.to_vec(),
    }
    base.extend(rest.iter().cloned());
    base
}

/// A name, `::`, or a single other character.
struct Token<'a> {
    text: &'a str,
    line: usize,
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The tokens of a Rust source, without comments, strings, characters and lifetimes.
fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (source, 1);
    while let Some(first) = rest.chars().next() {
        let name = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let length = match first {
            _ if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            _ if rest.starts_with("/*") => comment_length(rest),
            '"' => string_length(rest),
            '\'' => character_length(rest),
            _ if rest.starts_with("::") => 2,
            _ => raw_string_length(rest).unwrap_or(if name > 0 { name } else { first.len_utf8() }),
        };
        let (text, after) = rest.split_at(length);
        let says_nothing = text.starts_with("//")
            || text.starts_with("/*")
            || text.contains(['"', '\''])
            || text.trim().is_empty();
        if !says_nothing {
            tokens.push(Token { text, line });
        }
        line += text.matches('\n').count();
        rest = after;
    }
    tokens
}

/// The length of a block comment, nested ones included.
fn comment_length(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        let tail = &rest.as_bytes()[at..];
        if tail.starts_with(b"/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if tail.starts_with(b"*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

fn string_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of `'x'` or `'\u{1}'`; of a lifetime, only that of its mark.
fn character_length(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), Some((escaped, c))) => {
            let after = escaped + c.len_utf8();
            rest[after..].find('\'').map_or(rest.len(), |end| after + end + 1)
        }
        (_, Some((end, '\''))) => end + 1,
        _ => 1,
    }
}

/// The length of `r"..."`, `br#"..."#` and the like; `None` if none stands here.
fn raw_string_length(rest: &str) -> Option<usize> {
    let marks = ["r", "br", "cr"].iter().find_map(|mark| rest.strip_prefix(mark))?;
    let hashes = marks.len() - marks.trim_start_matches('#').len();
    let body = marks[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let start = rest.len() - body.len();
    Some(body.find(&end).map_or(rest.len(), |at| start + at + end.len()))
}

#[test]
fn every_package_has_its_reason() {
    let manifest: toml::Table = include_str!("../Cargo.toml").parse().expect("it is TOML");
    let reasons = include_str!("../docs/decisions/0002-packages.md");
    let tables = |of: &toml::Table| -> Vec<String> {
        let named = ["dependencies", "dev-dependencies", "build-dependencies"];
        let tables = named.iter().filter_map(|name| of.get(*name)?.as_table());
        tables.flat_map(|table| table.keys().cloned()).collect()
    };
    let of_systems = manifest["target"].as_table().expect("some are for one system only");
    let of_systems = of_systems.values().filter_map(toml::Value::as_table).flat_map(tables);
    let all: Vec<String> = tables(&manifest).into_iter().chain(of_systems).collect();
    assert!(all.len() > 30, "{all:?}");
    let unnamed: Vec<&String> =
        all.iter().filter(|name| !reasons.contains(&format!("`{name}`"))).collect();
    assert!(unnamed.is_empty(), "no reason is given for {unnamed:?}");
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("src can be read") {
            let path = entry.expect("src can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
