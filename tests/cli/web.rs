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
        ("alone.md", "---\n- : [broken\n---\n# Alone\n\n![[tide.png]]\n"),
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
    check(&["check", "--only", "files"], &["alone.md:6: missing file \"tide.png\""], 1);
    assert_eq!(json(&["check", "--only", "files", "--json"])[0]["kind"], "missing-file");
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
    assert_eq!(json(&["check", "--json"]).len(), 10);
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
    check(&["unresolved"], &["1  people/adda", "1  tide.png  (file)"], 0);
    let row = |target: &str, kind: &str, source: &str| serde_json::json!({"target": target, "kind": kind, "links": 1, "sources": [source]});
    let rows = [row("people/adda", "page", "index.md"), row("tide.png", "file", "alone.md")];
    assert_eq!(json(&["unresolved", "--json"]), rows);
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
    check(&["path", "bo", "index", "--limit", "1"], &way[..3], 0);
    let rows = json(&["path", "bo", "index", "--json", "--limit", "1"]);
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
    assert!(error.contains("is joined to no other page, people/bo.md to 4 other pages"), "{error}");
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

#[test]
fn a_link_is_explained_with_its_rule_its_candidates_and_its_fragment() {
    check(
        &["explain", "lomvi", "--from", "index"],
        &[
            "A wiki-link to \"lomvi\".",
            "It leads to boats/lomvi.md: below this page's own folder. stations/lomvi.md could be meant as well.",
            "Could be meant, in this order:",
            "  1. boats/lomvi.md: below this page's own folder; chosen",
            "  2. stations/lomvi.md: below this page's own folder; no: has a longer path",
            "Looked for, one after the other:",
            "  1. Paths that are or end in \"lomvi\": 2 files.",
        ],
        0,
    );
    check(
        &["explain", "[[people/adda]]"],
        &[
            "A wiki-link to \"people/adda\".",
            "It leads nowhere: nobody has written that page yet.",
            "Names near to it:",
            "  people/ada.md",
            "Looked for, one after the other:",
            "  1. Paths that are or end in \"people/adda\": nothing.",
            "  2. Pages with the alias \"people/adda\": no page.",
            "  3. Pages with the title \"people/adda\": no page.",
        ],
        1,
    );
    let told = json(&["explain", "[her](people/ada.md#Wrok)", "--json"]);
    assert_eq!(told[0]["resolved"], "people/ada.md");
    assert_eq!(told[0]["via"], "relative");
    assert_eq!(told[0]["fragment"], "#Wrok is not there; the nearest is \"Work\".");
    assert_eq!(told[0]["candidates"][0]["lost"], serde_json::Value::Null);
}

#[test]
fn a_query_is_explained_with_the_count_of_each_part() {
    let words = "pages of kind people and not with \"ada\" in title, alias or path: 1 of 6";
    let parts = [
        words,
        "  of kind people: 2",
        "  not with \"ada\" in title, alias or path: 5, which leaves 1",
    ];
    check(&["explain", "--query", "kind:people -ada"], &parts, 0);
    check(&["explain", "--query", "-path:md"], &["pages not with \"md\" in the path: 0 of 6"], 1);
    let told = json(&["explain", "--json", "--query", "kind:people -ada"]);
    assert_eq!((&told[0]["pages"], &told[0]["of"]), (&1.into(), &6.into()));
    assert_eq!(told[0]["parts"][1]["left"], 1);
    assert_eq!(ken(&["explain", "--query", "tag:("]).status.code(), Some(2));
    // One thing is explained at a time.
    assert_eq!(ken(&["explain", "ada", "--tag", "x"]).status.code(), Some(2));
    assert_eq!(ken(&["explain"]).status.code(), Some(2));
}

#[test]
fn a_tag_is_explained_with_where_it_was_written() {
    let told = json(&["explain", "--tag", "harbour", "--json"]);
    assert_eq!(told[0]["tag"], "harbour");
    assert_eq!(told[0]["pages"], serde_json::json!([]));
    check(&["explain", "--tag", "#harbour"], &["#harbour: pages 0"], 1);
}

/// What `ken check` prints is what the program's view is made of.
#[test]
fn check_prints_what_the_report_holds() {
    use kenning::index::check::{Kind, Report};
    use kenning::index::{Change, Index, NewPage};
    use kenning::markdown::recover::PageText;
    use kenning::vault::PagePath;
    let folder = wiki();
    let mut index = Index::default();
    for path in [
        "index.md",
        "people/ada.md",
        "people/bo.md",
        "boats/lomvi.md",
        "stations/lomvi.md",
        "alone.md",
    ] {
        let text = fs::read_to_string(folder.path().join(path)).expect("a page");
        index.apply(Change::Put(NewPage {
            path: PagePath::new(path).expect("a path"),
            modified_ms: 0,
            bytes: text.len() as u64,
            facts: PageText::new(text).facts().into(),
            unreadable: None,
        }));
    }
    let report = Report::of(&index, None);
    let printed = json(&["check", "--json"]);
    for (kind, name) in Kind::ALL.into_iter().zip([
        "missing",
        "ambiguous",
        "fragment",
        "orphan",
        "dead-end",
        "page",
    ]) {
        let printed: Vec<String> = printed
            .iter()
            .filter(|row| row["kind"] == name)
            .map(|row| format!("{}:{}", row["path"].as_str().unwrap_or(""), row["line"]))
            .collect();
        let path = |id| index.page(id).map_or("", |page| page.path.as_str());
        let line = |at| {
            let link = index.link(at).expect("a link of the index");
            format!("{}:{}", path(at.source), link.line)
        };
        let mut shown: Vec<String> = match kind {
            Kind::Missing | Kind::Files => {
                report.names(kind).flat_map(|w| &w.askers).map(|at| line(*at)).collect()
            }
            Kind::Ambiguous => report.ambiguous.iter().map(|at| line(*at)).collect(),
            Kind::Fragments => report.fragments.iter().map(|at| line(*at)).collect(),
            Kind::Orphans => report.orphans.iter().map(|id| format!("{}:1", path(*id))).collect(),
            Kind::DeadEnds => {
                report.dead_ends.iter().map(|id| format!("{}:1", path(*id))).collect()
            }
            Kind::Pages | Kind::Conflicts => {
                let odd = report.odd_of(kind);
                odd.iter()
                    .map(|odd| format!("{}:{}", path(odd.page), odd.line.unwrap_or(1)))
                    .collect()
            }
        };
        shown.sort();
        assert!(!shown.is_empty(), "{name} is tested");
        assert_eq!(printed, shown, "{name}");
    }
}
