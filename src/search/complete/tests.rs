//! Completions of small wikis, each with the number of pages that the query for it finds.

use super::*;
use crate::index::Index;
use crate::index::tests::read;
use crate::search::query::Query;

#[test]
fn the_term_around_the_cursor_is_completed() {
    let check = |text: &str, expected: &str| {
        let cursor = text.find('^').unwrap();
        let text = text.replace('^', "");
        assert_eq!(&text[term_at(&text, cursor)], expected, "{text}");
    };
    check("tag:a ki^", "ki");
    check("tag:^a ki", "tag:a");
    check("tag:a^bc kind:x", "tag:abc");
    check("-(tag:é^", "tag:é");
    check("-ta^", "ta");
    check("a\u{3000}b^", "b");
    check("^", "");
    check("a ^ b", "");
    check("tag:\"two wo^", "tag:\"two wo");
    check("x tag:\"two w^ords\" y", "tag:\"two words\"");
    check("tag:\"two ^kind:x", "tag:\"two ");
    check("[status:in pr^ogress] x", "[status:in progress]");
    check("a -[sta^", "[sta");
}

fn vocabulary() -> (Index, Vocabulary) {
    let pages = [
        ("people/a.md", "---\nstatus: in progress\n---\n# Ada Lind\n#py #work/py #x [[b]]"),
        ("topics/b.md", "---\nstatus: [done, 3]\n---\n# Bees\n#Python #py [[nobody]]"),
        ("topics/deep/b.md", "---\nStatus: done\n---\n# Other bees\n[[people/a]]"),
        ("my notes/c.md", "---\naliases: [Lind's list]\n---\n[[a]] [[b]]"),
    ];
    let index = read(&pages);
    let vocabulary = Vocabulary::new(&index);
    (index, vocabulary)
}

/// Terms with the number of their pages; what a number of pages is said of is found by the query.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let (index, vocabulary) = vocabulary();
    let cursor = text.find('^').unwrap_or(text.len());
    let text = text.replace('^', "");
    let found = vocabulary.complete(&text, cursor, 20);
    let shown: Vec<String> = found
        .iter()
        .map(|completion| match completion.note {
            Note::Pages(pages) => format!("{} {pages}", completion.term),
            Note::Means(_) => completion.term.clone(),
        })
        .collect();
    assert_eq!(shown, expected, "{text}");
    for completion in found {
        let Note::Pages(pages) = completion.note else { continue };
        let term = if completion.goes_on { completion.term + "]" } else { completion.term };
        let query = Query::parse(&term).unwrap();
        let today = crate::text::date::Date::constant(2024, 1, 1);
        let met = query.select(&index, today, &|_| None).len();
        // A path or title is found in others too.
        assert!(met >= pages as usize, "{term}: {met} pages, not {pages}");
    }
}

#[test]
fn values_come_from_the_pages_with_their_number() {
    check("tag:p", &["tag:py 2", "tag:Python 1", "tag:work/py 1"]);
    check("a -#PY", &["tag:py 2", "tag:Python 1", "tag:work/py 1"]);
    check("kind:", &["kind:topics 2", "kind:\"my notes\" 1", "kind:people 1"]);
    check("kind:P", &["kind:people 1"]);
    check("kind:\"my", &["kind:\"my notes\" 1"]);
    check("tag:zz", &[]);
    check(
        "path:to",
        &["path:topics/ 2", "path:topics/b.md 1", "path:topics/deep/ 1", "path:topics/deep/b.md 1"],
    );
    check("path:deep", &["path:topics/deep/ 1", "path:topics/deep/b.md 1"]);
    check("title:oth", &["title:\"Other bees\" 1"]);
    check("is:", &["is:orphan 2", "is:missing 1", "is:ambiguous 2"]);
    check("(is:m", &["is:missing 1"]);
}

#[test]
fn pages_are_named_shortly_and_found_by_any_name() {
    check("link:ada", &["link:a 2"]);
    check("link:lind", &["link:c 0", "link:a 2"]);
    check("by:bees", &["by:topics/b 0", "by:topics/deep/b 1"]);
    check("link:topics", &[]);
}

#[test]
fn properties_are_completed_by_name_and_by_value() {
    check("[st", &["[status: 3"]);
    check("x [", &["[status: 3", "[aliases: 1"]);
    check("[status:", &["[status:done] 2", "[status:3] 1", "[status:in progress] 1"]);
    check("[status:pro", &["[status:in progress] 1"]);
    check("[status:i^n] x", &["[status:in progress] 1"]);
    check("[status=d", &["[status=done] 2"]);
    check("[nothing:", &[]);
    check("sta", &["[status: 3"]);
}

#[test]
fn fields_complete_without_any_page() {
    let check = |text: &str, expected: &[&str]| {
        let found = Vocabulary::default().complete(text, text.len(), 9);
        let found: Vec<_> = found.into_iter().map(|found| found.term).collect();
        assert_eq!(found, expected, "{text}");
    };
    check("t", &["tag:", "title:", "text:"]);
    check("-u", &["updated"]);
    check("updated<3", &["updated<30d"]);
    check("ne", &["near:"]);
    check("zebra", &[]);
    check("https://x", &[]);
    check("", &[]);
    assert_eq!(Vocabulary::fields().len(), Field::ALL.len());
}

#[test]
fn what_is_complete_is_not_offered_again() {
    check("kind:people", &[]);
    check("[status:in progress]", &[]);
    check("tag:py", &["tag:py 2", "tag:Python 1", "tag:work/py 1"]);
}
