use proptest::prelude::*;

use super::*;
use crate::index::tests::read_at;
use crate::vault::PagePath;

/// The query in words stands for its structure.
#[track_caller]
fn words(text: &str, expected: &str) {
    assert_eq!(Query::typed(text).unwrap().0.in_words(), expected, "{text}");
}

#[track_caller]
fn mistake(text: &str, at: &str, message: &str) {
    let error = Query::parse(text).unwrap_err();
    assert_eq!((&text[error.span.range()], error.message.as_str()), (at, message), "{text}");
}

/// What a query with a mistake becomes; `|` is the cursor. Empty where nothing is proposed.
#[track_caller]
fn mended(text: &str, expected: &str) {
    let shown = Query::mended(text).map(|(mut text, cursor)| {
        text.insert(cursor, '|');
        text
    });
    assert_eq!(shown.unwrap_or_default(), expected, "{text}");
}

#[test]
fn terms_are_read() {
    words("", "all pages");
    words("Foo", "pages with \"foo\" in title, alias or path");
    words("\"a  B\"", "pages with \"a  b\" in title, alias or path");
    words("tag:Python", "pages tagged python");
    words("#a/b", "pages tagged a/b");
    words("tag:\"a b\"", "pages tagged a b");
    words("TAG:x", "pages tagged x");
    words("kind:people", "pages of kind people");
    words("path:a/b", "pages with \"a/b\" in the path");
    words("title:É", "pages with \"é\" in the title");
    words("text:\"a B\"", "pages with \"a B\" in the text");
    words("/^a b$/", "pages with /^a b$/ in title, alias or path");
    words("/topics/py", "pages with \"/topics/py\" in title, alias or path");
    words("link:\"Alex Chen\"", "pages linking to Alex Chen");
    words("by:index", "pages linked by index");
    words("near:index", "pages at most one link from index");
    words("strength<0.6", "pages with strength below 0.6");
    words("strength:1", "pages with strength of 1");
    words("updated>2024-01-01", "pages updated after 2024-01-01");
    words("updated<30d", "pages updated less than 30 days ago");
    words("updated:2w", "pages updated at most 14 days ago");
    words("created>=1y", "pages created at least 365 days ago");
    words("date:2024-02", "pages dated from 2024-02-01 to 2024-02-29");
    words("date<=2024", "pages dated until 2024-12-31");
    words("is:orphan", "pages that no page links to");
    words(
        "is:missing is:ambiguous",
        "pages with a link to a missing page and with an ambiguous link",
    );
    words("[status]", "pages with property status");
    words("[Status: In Progress]", "pages with \"in progress\" in property status");
    words("[up:[[people/ada]]]", "pages with \"[[people/ada]]\" in property up");
    words("[\"a: b\": \"c ] d\"]", "pages with \"c ] d\" in property a: b");
    words("[rating>=4]", "pages with property rating at least 4");
    words("[due:<2024-06]", "pages with property due below 2024-06");
    words("[[a/b c#d|e]]", "pages with \"a/b c\" in title, alias or path");
    words("https://a.b/c", "pages with \"https://a.b/c\" in title, alias or path");
    words(
        "Chapter: one",
        "pages with \"chapter:\" in title, alias or path and with \"one\" in title, alias or path",
    );
    words("(tg:)", "pages with \"tg:\" in title, alias or path");
    words("10:30", "pages with \"10:30\" in title, alias or path");
    words(
        "a - b",
        "pages with \"a\" in title, alias or path and with \"b\" in title, alias or path",
    );
}

#[test]
fn operators_bind_as_written() {
    words("#a #b", "pages tagged a and tagged b");
    words("#a AND #b", "pages tagged a and tagged b");
    words("#a OR #b", "pages tagged a or tagged b");
    words("#a|#b", "pages tagged a or tagged b");
    words("#a #b OR #c", "pages (tagged a and tagged b) or tagged c");
    words("#a (#b OR #c) -#d", "pages tagged a and (tagged b or tagged c) and not tagged d");
    words("NOT #a", "pages not tagged a");
    words("-(#a #b)", "pages not (tagged a and tagged b)");
    words("--#a", "pages not not tagged a");
    words("((#a))", "pages tagged a");
}

#[test]
fn what_is_still_being_typed_matches_everything() {
    for text in [
        "tag:",
        "-tag:",
        "(",
        "((",
        "(tag:",
        "#",
        "-",
        "tag: ",
        "\"",
        "\"\"",
        "[",
        "[[",
        "[[]]",
        "strength<",
        "updated>",
        "OR",
        "NOT",
        "()",
        "//",
        "is:",
    ] {
        let (query, unfinished) = Query::typed(text).unwrap();
        assert_eq!(query, Query::default(), "{text}");
        let lone = ["#", "-", "//", "\"\"", "[[]]"].contains(&text);
        assert_eq!(unfinished.is_none(), lone, "{text}");
    }
    for whole in ["", "a", "\"a b\"", "[a]", "a OR (b -c)", "#a|#b", "[[x]]", "/a\"b/"] {
        assert!(Query::typed(whole).unwrap().1.is_none(), "{whole}");
    }
    words("[a", "pages with property a");
    words("(#a (#b", "pages tagged a and tagged b");
    words("#a OR", "pages tagged a");
    words("#a tag:", "pages tagged a");
    words("\"open phrase", "pages with \"open phrase\" in title, alias or path");
}

#[test]
fn mistakes_are_explained_at_their_place() {
    mistake("#a tg:x", "tg:", "unknown field \"tg:\" (did you mean \"tag:\"?)");
    mistake("updatd>2024", "updatd>", "unknown field \"updatd:\" (did you mean \"updated:\"?)");
    mistake("a is:orphn", "orphn", "unknown state \"is:orphn\" (did you mean \"is:orphan\"?)");
    mistake(
        "strength<high",
        "high",
        "\"high\" is no strength: write a number from 0 to 1, such as 0.6",
    );
    mistake("strength<7", "7", "\"7\" is no strength: write a number from 0 to 1, such as 0.6");
    mistake(
        "date:soon",
        "soon",
        "\"soon\" is no date: write 2024-01-31, 2024-01, 2024, or an age such as 30d, 6w, 3m, 1y",
    );
    mistake(
        "date:2024-02-30",
        "2024-02-30",
        "\"2024-02-30\" is no date: write 2024-01-31, 2024-01, 2024, or an age such as 30d, 6w, 3m, 1y",
    );
    mistake("tag<x", "tag<x", "tag has no order: write tag:x");
    mistake("a (b", "(", "this \"(\" is not closed: add a \")\"");
    mistake("a) b", ")", "this \")\" closes nothing: remove it or add a \"(\" before");
    mistake("/a(/", "/a(/", "/a(/ is no pattern: unclosed group");
    mistake(&"(".repeat(60), "(", "the query nests more than 50 deep");
    mistake("a ()", "()", "there is nothing in these parentheses: write a term in them");
    mistake("x \"two words", "\"", "this quote is not closed: add a \" at its end");
    mistake("tag:\"two words", "\"", "this quote is not closed: add a \" at its end");
    mistake("[status:a", "[", "this \"[\" is not closed: add a \"]\"");
    mistake("a -tag:", "tag:", "tag has no value yet: write tag:x");
    mistake("a OR", "OR", "this OR has nothing at one side: add a term or remove it");
    mistake("| a", "|", "this OR has nothing at one side: add a term or remove it");
    mistake("a OR | b", "|", "this OR has nothing at one side: add a term or remove it");
    mistake("NOT", "NOT", "a term must follow: what is not wanted?");
    mistake("date:2024-1-5", "2024-1-5", "\"2024-1-5\" is no date (did you mean \"2024-01-05\"?)");
    mistake(
        "[rating>high]",
        "high",
        "\"high\" has no order: compare with a number or a date, or write : for the text",
    );
    mistake(
        "status:open",
        "status:",
        "unknown field \"status:\" (there are tag, kind, path, title, text, link, by, near, is, strength, created, updated, date; a property is written [status:open], words in quotes)",
    );
}

#[test]
fn a_mistake_with_one_way_out_is_mended() {
    mended("a tga:x b", "a tag|:x b");
    mended("is:orphn c", "is:orphan| c");
    mended("status<3", "[status<3]|");
    mended("tag<=x", "tag:|x");
    mended("strength<60", "strength<0.6|");
    mended("strength<abc", "");
    mended("updated<30", "updated<30d|");
    mended("date:2024/3/1", "date:2024-03-01|");
    mended("date:soon", "");
    mended("a (b", "a (b)|");
    mended("((b", "((b)|");
    mended("a) b", "a| b");
    mended("x () y", "x | y");
    mended("say \"two wo", "say \"two wo\"|");
    mended("[status:a", "[status:a]|");
    mended("a OR", "a |");
    mended("tag:", "");
    mended("a b", "");
}

/// A wiki of a few pages.
fn wiki() -> Index {
    let pages = [
        ("index.md", "# Home\n[[people/alex]] [[python]]"),
        (
            "people/alex.md",
            "---\naliases: [Sascha]\ntags: [person, work/infra]\nstatus: active\n---\n# Alex Chen\nKnows [[python]] and [[nobody]].\n",
        ),
        (
            "topics/python.md",
            "---\ntags: [python, web]\nupdated: 2024-05-01\ncreated: 2023-01-10\nstrength: 0.9\n---\n# Python\n[[Alex]]\n",
        ),
        (
            "topics/Django.md",
            "---\ntags: [python, django]\nupdated: 2024-01-01\nstrength: 0.4\nstatus: [done, Old]\n---\n# Django\n",
        ),
        ("episodes/2024-03-02_café.md", "# Café\nAt the Café with [[Sascha]].\n"),
    ];
    read_at(1_717_200_000_000, &pages)
}

/// The stems of the pages that meet `text`, by path.
#[track_caller]
fn check(text: &str, expected: &str) {
    let index = wiki();
    let today = Date::constant(2024, 5, 11);
    let texts = |id| index.page(id).map(|page| format!("The text of {} in CAPS", page.path));
    let mut found: Vec<_> = Query::parse(text)
        .unwrap()
        .select(&index, today, &texts)
        .into_iter()
        .map(|id| index.page(id).unwrap().path.clone())
        .collect();
    found.sort();
    let stems: Vec<_> = found.iter().map(PagePath::stem).collect();
    assert_eq!(stems.join(" "), expected, "{text}");
}

#[test]
fn pages_meet_queries() {
    check("", "2024-03-02_café index alex Django python");
    check("ALEX", "alex");
    check("sascha", "alex");
    check("topics/", "Django python");
    check("CAFE\u{301}", "2024-03-02_café");
    check("tag:python", "Django python");
    check("tag:work", "alex");
    check("#Python -#django", "python");
    check("#person OR #web", "alex python");
    check("kind:topics", "Django python");
    check("path:people", "alex");
    check("title:home", "index");
    check("/^d.*o$/", "Django");
    check("text:\"text of index\"", "index");
    check("text:caps text:index", "index");
    check("text:Caps", "");
    check("strength<0.6", "Django");
    check("strength>=0.9", "python");
    check("updated>2024-01-01 kind:topics", "python");
    check("updated<30d kind:topics", "python");
    check("updated:2024-06", "2024-03-02_café index alex");
    check("created:2023", "python");
    check("date:2024-03", "2024-03-02_café");
    check("[status]", "alex Django");
    check("[status:ACT]", "alex");
    check("[status:old]", "Django");
    check("[status=old]", "Django");
    check("[status=act]", "");
    check("[strength>=0.4] [strength<0.9]", "Django");
    check("[strength:0.9]", "python");
    check("[strength:9]", "");
    check("[updated>2024-02]", "python");
    check("[updated<30d]", "python");
    check("[status>3]", "");
    check("-[status] kind:topics", "python");
}

#[test]
fn links_meet_queries() {
    check("link:python", "index alex");
    check("link:topics/python", "index alex");
    check("link:sascha", "2024-03-02_café index python");
    check("link:\"Alex Chen\"", "2024-03-02_café index python");
    check("link:nobody", "alex");
    check("by:index", "alex python");
    check("near:index", "index alex python");
    check("near:topics/python.md", "index alex python");
    check("near:alex -link:alex", "alex");
    check("near:Django", "Django");
    check("near:nobody", "alex");
    check("near:python near:sascha", "index alex python");
    check("is:missing", "alex");
    check("is:ambiguous", "");
    check("is:orphan", "2024-03-02_café index Django");
}

#[test]
fn only_text_terms_need_texts() {
    assert!(Query::parse("a (b OR text:c)").unwrap().needs_text());
    assert!(Query::parse("-text:c").unwrap().needs_text());
    assert!(!Query::typed("text: #a").unwrap().0.needs_text());
    assert!(Query::parse("#a (#b OR -#c)").unwrap().tags().eq(["a", "b"]));
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in "(tag:|[a-z]{1,3}[:<>=]{0,2}|#|[-|()\"/\\[\\] ]|OR|NOT|é|日| ){0,30}") {
        // Mending goes on until nothing is wrong or nothing is proposed.
        let mut mended = text.clone();
        for _ in 0..60 {
            match Query::mended(&mended) {
                Some((next, cursor)) => {
                    prop_assert!(next.is_char_boundary(cursor));
                    prop_assert_ne!(&next, &mended);
                    mended = next;
                }
                None => break,
            }
        }
        match Query::typed(&text).map(|(query, _)| query) {
            Ok(query) => prop_assert!(query.in_words().starts_with(['p', 'a'])),
            Err(error) => prop_assert!(text.get(error.span.range()).is_some_and(|part| !part.is_empty())),
        }
    }
}
