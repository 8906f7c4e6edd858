use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::index::tests::read_at;
use crate::search::query::Query;

fn index_of<T: AsRef<str>>(pages: &[(T, T)]) -> Index {
    read_at(1_717_200_000_000, pages)
}

/// Two people, three topics, three episodes: Ada with tides and salt, Ben with salt, nobody with ice.
fn harbour() -> Index {
    let pages = [
        ("people/ada.md", "# Ada\n[[tides]]"),
        ("people/ben.md", "# Ben\n"),
        ("topics/tides.md", "# Tides\n#sea/level"),
        ("topics/salt.md", "# Salt\n#sea"),
        ("topics/ice.md", "# Ice\n#cold"),
        ("episodes/2024-01-02_pier.md", "# Pier\n[[ada]] [[salt]] #walk"),
        ("episodes/2024-03-04_storm.md", "# Storm\n[[ben]] [[salt]]"),
        ("episodes/2024-02-03_quiet.md", "# Quiet\n"),
    ];
    index_of(&pages)
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn usual(web: &Web) -> Vec<Strand> {
    web.chosen_strands(&strings(&["people", "topics", "episodes", "tags"]))
}

/// Every row of every column with what it would leave, by name, and what is left.
#[track_caller]
fn check(text: &str, rows: &[&str], left: &str) {
    let index = harbour();
    let web = Web::new(&index);
    let choices = Choices::read(text, usual(&web), &web, &index);
    let narrowed = web.narrow(|_| true, &choices.columns);
    let said: Vec<String> = choices
        .columns
        .iter()
        .map(|column| {
            let row = |&item: &u32| {
                let chosen = if column.chosen.contains(&item) { "*" } else { "" };
                let count = narrowed.counts(&column.strand)[item as usize];
                format!("{chosen}{} {count}", web.listed(&column.strand)[item as usize].label)
            };
            column.items.iter().map(row).collect::<Vec<_>>().join(", ")
        })
        .collect();
    assert_eq!(said, rows, "{text}");
    let labels: Vec<&str> =
        narrowed.left.iter().map(|&page| web.pages[page as usize].label.as_str()).collect();
    assert_eq!(labels.join(", "), left, "{text}");
    assert_eq!(choices.query(&web, &index), text);
}

#[test]
fn a_choice_narrows_the_other_columns_and_not_its_own() {
    check(
        "",
        &[
            "Ada 3, Ben 2",
            "Ice 1, Salt 3, Tides 2",
            "Pier 3, Quiet 1, Storm 3",
            "cold 1, sea 2, sea/level 1, walk 1",
        ],
        "Ada, Ben, Ice, Salt, Tides, Storm, Quiet, Pier",
    );
    check(
        "near:ada",
        &[
            "*Ada 3, Ben 2",
            "Ice 0, Salt 1, Tides 2",
            "Pier 2, Quiet 0, Storm 0",
            "cold 0, sea 1, sea/level 1, walk 1",
        ],
        "Ada, Tides, Pier",
    );
    check(
        "near:ada near:salt",
        &[
            "*Ada 1, Ben 1",
            "Ice 0, *Salt 1, Tides 2",
            "Pier 1, Quiet 0, Storm 0",
            "cold 0, sea 0, sea/level 0, walk 1",
        ],
        "Pier",
    );
}

#[test]
fn one_of_several_in_a_column_is_enough() {
    check(
        "(near:ada OR near:ben) near:salt",
        &[
            "*Ada 1, *Ben 1",
            "Ice 0, *Salt 2, Tides 2",
            "Pier 1, Quiet 0, Storm 1",
            "cold 0, sea 0, sea/level 0, walk 1",
        ],
        "Storm, Pier",
    );
}

#[test]
fn what_is_no_choice_of_one_column_stays_as_it_was_typed() {
    let index = harbour();
    let web = Web::new(&index);
    let check = |text: &str, base: &str, query: &str| {
        let choices = Choices::read(text, usual(&web), &web, &index);
        assert_eq!((choices.base.as_str(), choices.query(&web, &index).as_str()), (base, query));
    };
    check("kind:topics near:Ada", "kind:topics", "kind:topics near:ada");
    check("ada OR ben", "(ada OR ben)", "(ada OR ben)");
    check("near:ada OR near:salt", "(near:ada OR near:salt)", "(near:ada OR near:salt)");
    check("near:ada near:ben", "near:ben", "near:ben near:ada");
    check(
        "-near:ada near:nobody tag:none",
        "-near:ada near:nobody tag:none",
        "-near:ada near:nobody tag:none",
    );
    check("(#sea OR #Cold)", "", "(tag:sea OR tag:cold)");
    check("near:", "", "");
    check("near:ada (", "near:ada (", "near:ada (");
}

#[test]
fn the_columns_are_those_named_else_the_largest_kinds() {
    let check = |pages: &[&str], wanted: &[&str], expected: &str| {
        let pages: Vec<_> = pages.iter().map(|path| ((*path).to_owned(), "x".to_owned())).collect();
        let web = Web::new(&index_of(&pages));
        let said: Vec<String> = web
            .chosen_strands(&strings(wanted))
            .into_iter()
            .map(|strand| match strand {
                Strand::Kind(kind) => kind.unwrap_or_else(|| "-".to_owned()),
                Strand::Tags => "tags".to_owned(),
            })
            .collect();
        assert_eq!(said.join(" "), expected, "{pages:?}");
    };
    let usual = ["people", "topics", "episodes", "tags"];
    check(
        &["people/a.md", "Topics/b.md", "episodes/c.md", "x/d.md"],
        &usual,
        "people topics episodes",
    );
    check(&["x/a.md", "x/b.md", "y/a.md", "people/c.md", "e.md", "f.md"], &usual, "people x y");
    check(&["person/a.md", "z/b.md"], &usual, "person z");
    check(&["a.md", "b.md"], &usual, "-");
    check(&["a/b.md", "c.md"], &["tags", "a", "a"], "a");
    check(&[], &usual, "");
}

#[test]
fn one_walk_answers_for_all_rows() {
    let mut pages: Vec<(String, String)> = (0..400)
        .map(|n| (format!("episodes/{n}.md"), format!("[[hub]] [[p{}]] #t{}", n % 7, n % 5)))
        .collect();
    pages.extend((0..7).map(|n| (format!("people/p{n}.md"), "[[hub]]".to_owned())));
    pages.push(("topics/hub.md".to_owned(), String::new()));
    let index = index_of(&pages);
    let web = Web::new(&index);
    for text in ["", "near:hub", "near:hub (near:p1 OR near:p2) tag:t1"] {
        let choices = Choices::read(text, usual(&web), &web, &index);
        let narrowed = web.narrow(|_| true, &choices.columns);
        let chosen: usize = choices.columns.iter().map(|column| column.chosen.len()).sum();
        let most = web.pairs() + chosen * web.pages.len();
        assert!(narrowed.steps <= most, "{text}: {} of {most}", narrowed.steps);
    }
}

/// A page's path and text from small numbers: names that clash, paths that queries have to quote, links by
/// name and by path, nested tags.
fn page(kind: usize, name: usize, links: &[usize], tags: &[usize]) -> (String, String) {
    const NAMES: [&str; 8] = ["a", "b", "c d", "C# (e)", "x|y", "\"q\"", "é", "a.b"];
    const FOLDERS: [&str; 5] = ["people/", "topics/", "episodes/", "", "my notes/"];
    const TAGS: [&str; 5] = ["one", "one/two", "One/two/three", "né", "x-y"];
    let mut text = String::new();
    for link in links {
        let (folder, name) = (FOLDERS[link % 5], NAMES[link / 5 % 8]);
        let target = if link % 2 == 0 { name.to_owned() } else { format!("{folder}{name}") };
        let _ = write!(text, "[[{target}]] ");
    }
    for tag in tags {
        let _ = write!(text, "#{} ", TAGS[tag % 5]);
    }
    (format!("{}{}.md", FOLDERS[kind % 5], NAMES[name % 8]), text)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn every_state_is_the_query_that_it_shows(
        pages in prop::collection::vec(
            (0..5usize, 0..8usize, prop::collection::vec(0..40usize, 0..4), prop::collection::vec(0..5usize, 0..3)),
            1..24,
        ),
        picks in prop::collection::vec((0..4usize, 0..40usize, any::<bool>()), 0..6),
        base in prop_oneof![Just(""), Just("a OR b"), Just("-tag:one"), Just("kind:people"), Just("near:a")],
    ) {
        let pages: Vec<_> =
            pages.iter().map(|(kind, name, links, tags)| page(*kind, *name, links, tags)).collect();
        let index = index_of(&pages);
        let web = Web::new(&index);
        let mut choices = Choices::read(base, usual(&web), &web, &index);
        for (column, item, beside) in picks {
            let columns = choices.columns.len();
            let Some(column) = column.checked_rem(columns) else { break };
            let items = &choices.columns[column].items;
            let Some(nth) = item.checked_rem(items.len()) else { continue };
            let item = items[nth];
            if choices.columns[column].term(item, &web, &index).is_some() {
                choices.columns[column].choose(item, beside);
            }
        }
        let today = Date::constant(2024, 5, 11);
        let typed = |text: &str| {
            let mut found = Query::parse(text).unwrap().select(&index, today, &|_| None);
            found.sort_unstable();
            found
        };
        let base: std::collections::HashSet<_> = typed(&choices.base).into_iter().collect();
        let narrowed = web.narrow(|id| base.contains(&id), &choices.columns);
        let mut left: Vec<_> = narrowed.left.iter().filter_map(|&page| web.id(page)).collect();
        left.sort_unstable();
        let query = choices.query(&web, &index);
        prop_assert_eq!(&left, &typed(&query), "{}", query);
        // What is read back says the same, also where it is divided otherwise.
        let again = Choices::read(&query, usual(&web), &web, &index);
        prop_assert_eq!(typed(&again.query(&web, &index)), left, "{}", query);
        // Each row's count is the number of pages of the query in which it is what its column chooses.
        for nth in 0..choices.columns.len() {
            for item in choices.columns[nth].items.clone() {
                let mut chosen = choices.clone();
                chosen.columns[nth].chosen = vec![item];
                if chosen.columns[nth].term(item, &web, &index).is_some() {
                    let query = chosen.query(&web, &index);
                    let count = narrowed.counts(&chosen.columns[nth].strand)[item as usize];
                    prop_assert_eq!(count as usize, typed(&query).len(), "{}", query);
                }
            }
        }
    }
}
