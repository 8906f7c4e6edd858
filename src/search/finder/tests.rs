use super::*;
use crate::index::tests::read;
use crate::vault::PagePath;

fn wiki() -> Index {
    let pages = [
        ("index.md", "# Home\n"),
        (
            "people/alex_chen.md",
            "---\naliases: [Sascha]\ntags: [person]\n---\n# Alex Chen\n## Python work\n",
        ),
        ("topics/python.md", "---\ntags: [python]\n---\n# Python\n## Decorators\n"),
        ("topics/django.md", "---\ntags: [python, web]\n---\n# Django\n## Philosophy\n"),
        ("topics/cafe.md", "# Das Cafe\u{301} Höhe\n"),
        ("old/README.md", "no heading"),
    ];
    read(&pages)
}

/// The rows for `typed`: labels with their matched parts in brackets.
fn rows(typed: &str, recent: &[&str], max: usize) -> Vec<String> {
    let index = wiki();
    let recent: Vec<_> =
        recent.iter().filter_map(|path| Some(index.at(&PagePath::new(path)?)?.id)).collect();
    let found = find(&index, typed, &recent, Date::constant(2024, 5, 11), max);
    found
        .into_iter()
        .map(|row| {
            let mut label = row.label.clone();
            for (start, end) in row.matched.iter().rev() {
                label.insert(*end as usize, ']');
                label.insert(*start as usize, '[');
            }
            label
        })
        .collect()
}

#[track_caller]
fn check(typed: &str, expected: &[&str]) {
    assert_eq!(rows(typed, &[], 10), expected, "{typed}");
}

#[test]
fn titles_come_before_headings_and_tags() {
    check("python", &["[Python]", "[Python] work", "#[python]"]);
}

#[test]
fn aliases_paths_and_accents_are_found() {
    check("sascha", &["[Sascha]"]);
    check("alch", &["[Al]ex [Ch]en"]);
    check("people alex", &["[people]/[alex]_chen"]);
    check("topics/django.md", &["[topics/django]"]);
    check("cafe", &["Das [Café] Höhe"]);
    check("hohe", &["Das Café [Höhe]"]);
    check("\"x c\"", &["Ale[x C]hen"]);
}

#[test]
fn letters_strewn_over_a_name_are_no_match() {
    let matches = |typed: &str, name: &str| {
        Typed::new(typed).score(name, &mut Matcher::new(Config::DEFAULT), &mut Vec::new()).is_some()
    };
    assert!(!matches(
        "python",
        "Spotting malformed boolean query problems with a filter by function"
    ));
    assert!(matches("wntr arch", "The winter of the archives"));
    assert!(matches("ac", "people/alex_chen"));
}

#[test]
fn nothing_typed_gives_recent_pages_then_all_by_title() {
    let recent = ["topics/python.md", "index.md", "gone.md"];
    assert_eq!(rows("", &recent, 4), ["Python", "Home", "Alex Chen", "Das Café Höhe"]);
}

#[test]
fn fields_narrow() {
    check("#python d", &["[D]jango", "[D]ecorators"]);
    check("kind:people", &["Alex Chen"]);
    check("path:topics -tag:python", &["Das Café Höhe"]);
    check("#web", &["Django", "#[web]"]);
}

#[test]
fn a_recent_page_wins_between_likes_and_a_mistake_is_words() {
    assert_eq!(rows("d", &["topics/django.md"], 1), ["[D]jango"]);
    check("home:", &[]);
    check("Home(", &["[Home]"]);
    check("(home", &["[Home]"]);
    check("home)", &[]);
}

#[test]
fn a_page_of_that_title_comes_before_a_heading_of_that_name() {
    let pages = [("a.md", "# A/B test\n"), ("b.md", "# B\n## AB test\n"), ("c.md", "# Test\n")];
    let index = read(&pages);
    let recent: Vec<_> =
        ["b.md"].into_iter().map(|at| index.at(&PagePath::new(at).unwrap()).unwrap().id).collect();
    let found = find(&index, "ab test", &recent, Date::constant(2024, 5, 11), 9);
    let labels: Vec<_> = found.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(labels, ["A/B test", "AB test"]);
}

#[test]
fn no_more_rows_than_asked_for() {
    assert_eq!(rows("e", &[], 2).len(), 2);
    assert!(rows("e", &[], 0).is_empty());
}

#[test]
fn a_heading_opens_at_its_place_also_behind_the_title() {
    let found = find(&wiki(), "decorators", &[], Date::constant(2024, 5, 11), 9);
    let index = wiki();
    let page = index.at(&PagePath::new("topics/python.md").unwrap()).unwrap().id;
    assert_eq!(found[0].goal, Goal::Heading(page, 1));
    assert_eq!((found[0].detail.as_str(), found.len()), ("Python", 1));
}

#[test]
fn headings_of_one_name_are_kept_once_and_found_on_every_page() {
    let text = "# Page\n## Common ground\n## Common ground\n";
    let index = read(&(0..300).map(|page| (format!("{page:03}.md"), text)).collect::<Vec<_>>());
    let corpus = Corpus::new(&index);
    let found = corpus.find(&index, "common", &[], Date::constant(2024, 5, 11), 1_000);
    assert_eq!(found.len(), 600);
    let Goal::Heading(first, 1) = found[0].goal else { panic!("{:?}", found[0]) };
    assert_eq!(found[1].goal, Goal::Heading(first, 2));
    // A title, a path, their letters; five entries and a place; the heading once.
    let each = (4 + 4 + 8) + (3 + 4 + 8) + 5 * 4 + 2 * 8;
    assert!(corpus.room() <= 300 * each + 64, "{}", corpus.room());
}

#[test]
fn of_many_candidates_only_a_few_are_held() {
    let mut best = Best::new(10);
    for number in 0..10_000_u32 {
        let score = Reverse(number.wrapping_mul(7919) % 1_000);
        best.push(Candidate { score, tier: Tier::Title, entry: number });
        assert!(best.found.len() <= 4 * 10 + 65);
    }
    let best = best.sorted();
    assert_eq!(best.len(), 10);
    assert!(best.iter().all(|candidate| candidate.score == Reverse(999)));
}
