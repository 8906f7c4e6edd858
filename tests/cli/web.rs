//! The command line's view of the web of links: what is odd about it, how pages are connected, its graph.

use std::fs;
use std::process::{Command, Output, Stdio};

/// A wiki with one of everything that can be odd.
fn wiki() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pages = [
        (
            "index.md",
            "# Harbour\n\nAsk [[ada]] or [[lomvi]].\n\nSee [[people/adda]] and [[ada#Wrok]].\n",
        ),
        (
            "people/ada.md",
            "---\nrole: keeper\nStatus: open\n---\n# Ada\n\n## Work\n\nWith [[bo]].\n",
        ),
        (
            "people/bo.md",
            "---\nstatus: [a, b]\n---\n# Bo\n\nWaves to [[people/ada|her]] on [[lomvi]].\n",
        ),
        ("boats/lomvi.md", "# Lomvi, a boat\n"),
        ("stations/lomvi.md", "# Lomvi, a \"station\" & more\n\n[[index]]\n"),
        ("alone.md", "---\n- : [broken\n---\n# Alone\n"),
    ];
    for (path, text) in pages {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
        fs::write(file, text).expect("a page");
    }
    folder
}

fn ken(args: &[&str]) -> Output {
    let wiki = wiki();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ken"));
    command.args(["--wiki", wiki.path().to_str().expect("a path")]).args(args);
    command.env_clear().env("HOME", "/dev/null").env("TERM", "xterm-256color");
    command.stdin(Stdio::null()).output().expect("the program runs")
}

/// Standard output, and the exit code.
fn check(args: &[&str], expected: &[&str], code: i32) {
    let output = ken(args);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(text.lines().collect::<Vec<_>>(), expected, "{args:?}: {error}");
    assert_eq!(output.status.code(), Some(code), "{args:?}: {error}");
}

fn json(args: &[&str]) -> Vec<serde_json::Value> {
    let text = String::from_utf8(ken(args).stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn check_names_each_finding_with_its_place_and_what_may_be_meant() {
    let missing = "index.md:5: missing page \"people/adda\" (near: people/ada.md)";
    check(&["check", "--only", "missing"], &[missing], 1);
    let ambiguous = [
        "index.md:3: ambiguous \"lomvi\", taken for boats/lomvi.md (near: stations/lomvi.md)",
        "people/bo.md:6: ambiguous \"lomvi\", taken for boats/lomvi.md (near: stations/lomvi.md)",
    ];
    check(&["check", "--only", "ambiguous"], &ambiguous, 1);
    let fragment = "index.md:5: people/ada.md has no \"#Wrok\" (near: Work)";
    check(&["check", "--only", "fragments"], &[fragment], 1);
    let orphans = ["alone.md:1: no page links here", "stations/lomvi.md:1: no page links here"];
    check(&["check", "--only", "orphans"], &orphans, 1);
    let ends = ["alone.md:1: links to no other page", "boats/lomvi.md:1: links to no other page"];
    check(&["check", "--only", "deadends"], &ends, 1);
    let odd = json(&["check", "--only", "pages", "--json"]);
    assert_eq!(
        (odd.len(), &odd[0]["kind"], &odd[0]["path"]),
        (1, &"page".into(), &"alone.md".into())
    );
    assert_eq!(json(&["check", "--json"]).len(), 9);
    assert_eq!(json(&["check", "--json", "--only", "missing,fragments"]).len(), 2);
}

#[test]
fn a_clean_wiki_ends_check_with_success() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("a.md"), "[[b]]").expect("a page");
    fs::write(folder.path().join("b.md"), "[[a]]").expect("a page");
    let mut command = Command::new(env!("CARGO_BIN_EXE_ken"));
    command.arg("--wiki").arg(folder.path()).arg("check").env_clear().env("HOME", "/dev/null");
    let output = command.output().expect("the program runs");
    assert_eq!((output.status.code(), output.stdout, output.stderr), (Some(0), vec![], vec![]));
}

#[test]
fn the_parts_of_check_are_listings_too() {
    check(&["unresolved"], &["1  people/adda"], 0);
    let row = serde_json::json!({"target": "people/adda", "links": 1, "sources": ["index.md"]});
    assert_eq!(json(&["unresolved", "--json"]), [row]);
    check(&["orphans"], &["alone.md", "stations/lomvi.md"], 0);
    check(&["deadends"], &["alone.md", "boats/lomvi.md"], 0);
    assert_eq!(json(&["orphans", "--json"])[1]["title"], "Lomvi, a \"station\" & more");
}

#[test]
fn a_path_quotes_the_lines_that_link() {
    let way = [
        "2 links: Bo > Lomvi, a boat > Harbour",
        "  people/bo.md:6: Waves to her on lomvi.",
        "  index.md:3: Ask ada or lomvi.",
        "",
        "2 links: Bo > Ada > Harbour",
        "  people/bo.md:6: Waves to her on lomvi.",
        "  index.md:3: Ask ada or lomvi.",
    ];
    check(&["path", "bo", "index"], &way, 0);
    check(&["path", "bo", "index", "--most", "1"], &way[..3], 0);
    let rows = json(&["path", "bo", "index", "--json", "--most", "1"]);
    assert_eq!(rows[0]["length"], 2);
    assert_eq!(rows[0]["hops"][1]["from"], "boats/lomvi.md");
    assert_eq!(rows[0]["hops"][1]["source"], "index.md");
    check(&["path", "bo", "bo"], &["0 links: Bo"], 0);
}

#[test]
fn pages_without_a_path_say_how_much_hangs_together_with_each() {
    let output = ken(&["path", "alone", "bo"]);
    let error = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(1));
    assert!(error.contains("1 page hangs together with the first, 5 pages hang"), "{error}");
}

#[test]
fn the_graph_is_given_in_three_languages() {
    let whole = &json(&["graph"])[0];
    assert_eq!(whole["nodes"].as_array().map(Vec::len), Some(6));
    let edge = serde_json::json!({"source": "index.md", "target": "people/ada.md", "links": 2});
    assert!(whole["edges"].as_array().expect("edges").contains(&edge));
    let around = &json(&["graph", "bo", "--json"])[0];
    let near: Vec<_> = around["nodes"].as_array().expect("nodes").iter().collect();
    let said: Vec<_> = near.iter().map(|node| (&node["path"], &node["steps"])).collect();
    assert_eq!(said[0], (&"people/bo.md".into(), &0.into()));
    assert_eq!(said.len(), 3);
    let only = &json(&["graph", "bo", "--query", "kind:people"])[0];
    assert_eq!(only["nodes"].as_array().map(Vec::len), Some(2));
    let dot = String::from_utf8(ken(&["graph", "--dot"]).stdout).expect("UTF-8");
    assert!(dot.starts_with("digraph wiki {\n") && dot.ends_with("}\n"));
    assert!(dot.contains("label=\"Lomvi, a \\\"station\\\" & more\""), "{dot}");
    let xml = String::from_utf8(ken(&["graph", "--graphml"]).stdout).expect("UTF-8");
    assert!(xml.contains("Lomvi, a &quot;station&quot; &amp; more"), "{xml}");
    assert_eq!(xml.matches("<node ").count(), 6);
}

#[test]
fn properties_are_counted_and_those_of_a_page_are_listed() {
    check(&["properties"], &["1  role", "2  Status"], 0);
    check(&["properties", "ada"], &["role: keeper", "Status: open"], 0);
    let values = [serde_json::json!({"status": ["a", "b"]})];
    assert_eq!(json(&["properties", "bo", "--json"]), values);
    check(&["properties", "index"], &[], 1);
}

#[test]
fn a_page_by_chance_meets_the_query() {
    check(&["random", "kind:boats"], &["boats/lomvi.md"], 0);
    check(&["random", "kind:none"], &[], 1);
    assert_eq!(
        json(&["random", "-kind:people", "lomvi, a boat", "--json"])[0]["path"],
        "boats/lomvi.md"
    );
}
