use proptest::prelude::*;

use super::*;

/// The hits of `search` in `text` as `line:column text`, matches in brackets.
fn hits(search: &str, text: &str) -> Vec<String> {
    let found = TextSearch::new(search).unwrap().find(text, 100);
    found.iter().map(|hit| format!("{}:{} {}", hit.line, hit.column, marked(hit))).collect()
}

fn marked(hit: &Hit) -> String {
    let mut text = hit.text.clone();
    for (start, end) in hit.matched.iter().rev() {
        text.insert(*end as usize, ']');
        text.insert(*start as usize, '[');
    }
    text
}

#[track_caller]
fn check(search: &str, text: &str, expected: &[&str]) {
    assert_eq!(hits(search, text), expected, "{search}");
}

#[test]
fn words_are_found_on_their_lines() {
    check("foo", "a\nFoo b foo\n\nfoo", &["2:1 [Foo] b [foo]", "4:1 [foo]"]);
    check("foo bar", "foo\nx\na bar", &["1:1 [foo]", "3:3 a [bar]"]);
    check("foo bar", "foo only", &[]);
    check("a.c", "abc a.c", &["1:5 abc [a.c]"]);
    check("-", "a - b", &["1:3 a [-] b"]);
    check("#12", "see #12", &["1:5 see [#12]"]);
    check("Date: https://x.y", "Date: https://x.y", &["1:1 [Date:] [https://x.y]"]);
    check("- [ ]", "- [ ] open", &["1:1 [-] [[] []] open"]);
}

#[test]
fn an_upper_case_letter_makes_its_part_case_sensitive() {
    check("Foo bar", "foo Bar\nFoo BAR", &["1:5 foo [Bar]", "2:1 [Foo] [BAR]"]);
    check("élan", "ÉLAN Élan", &["1:1 [ÉLAN] [Élan]"]);
    check("Élan", "élan Élan", &["1:6 élan [Élan]"]);
    check("/\\Wfoo/", "a FOO", &["1:2 a[ FOO]"]);
    check("/\\p{Lu}oo/", "Foo", &["1:1 [Foo]"]);
    check("/Foo/", "foo Foo", &["1:5 foo [Foo]"]);
}

#[test]
fn scripts_and_normal_forms_are_found() {
    check("日本", "私は日本語を", &["1:3 私は[日本]語を"]);
    check("café", "Cafe\u{301} café", &["1:1 [Cafe\u{301}] [café]"]);
    check("cafe\u{301}", "café", &["1:1 [café]"]);
    check("straße", "STRAßE", &["1:1 [STRAßE]"]);
    check("σοφος", "ΣΟΦΟΣ σοφος", &["1:1 [ΣΟΦΟΣ] [σοφος]"]);
}

#[test]
fn phrases_patterns_and_exclusions() {
    check("\"foo bar\"", "foo\nbar\nfoo  bar foo\u{a0}bar", &["3:1 [foo  bar] [foo\u{a0}bar]"]);
    check("/^b.*d$/", "abcd\nbcd\r\nbd", &["2:1 [bcd]", "3:1 [bd]"]);
    check("/a b/ c", "c\na b", &["1:1 [c]", "2:1 [a b]"]);
    check("/[^x]+/", "ax\nxx\nb", &["1:1 [a]x", "3:1 [b]"]);
    check("/a\\sb/", "a\nb", &[]);
    check("/x*/", "ab", &[]);
    check("foo -bar", "foo", &["1:1 [foo]"]);
    check("foo -bar", "foo\nBar", &[]);
    check("foo -\"a b\"", "foo a  b", &[]);
    check("foo -/b.r/", "foo bxr", &[]);
    check("\"open", "open", &["1:1 [open]"]);
    check("/usr/lib", "in /usr/lib", &["1:4 in [/usr/lib]"]);
}

#[test]
fn lines_and_sections_hold_their_parts_together() {
    let text = "foo\nbar\n# A\nfoo x\n\nbar\n## B\na bar foo\n```\n# bar\n```\n";
    check("line:(foo bar)", text, &["8:3 a [bar] [foo]"]);
    check("line:(foo x)", text, &["4:1 [foo] [x]"]);
    check("line:(foo nix)", text, &[]);
    check("line:(foo -x)", text, &["1:1 [foo]", "8:7 a bar [foo]"]);
    check("section:(foo x)", text, &["4:1 [foo] [x]"]);
    check("section:(x bar)", text, &["4:5 foo [x]", "6:1 [bar]"]);
    check("section:(\"a bar\" /^# b/)", text, &["8:1 [a bar] foo", "10:1 [# b]ar"]);
    check("section:(x bar) \"a bar\"", text, &["4:5 foo [x]", "6:1 [bar]", "8:1 [a bar] foo"]);
    check(
        "line:(foo bar) section:(x bar)",
        text,
        &["4:5 foo [x]", "6:1 [bar]", "8:3 a [bar] [foo]"],
    );
    check("line:(foo bar) -foo", text, &[]);
    check("line:(open", "line:(open)", &["1:7 line:([open])"]);
    check("line:(\")\" a)", "a )", &["1:1 [a] [)]"]);
}

#[test]
fn what_stands_in_the_title_need_not_stand_in_the_text() {
    let check = |search: &str, expected: &[&str]| {
        let text = "\n\nFirst line.\nSecond line.\n";
        let found = TextSearch::new(search).unwrap().find_in("Python", text, 100);
        let shown = found.iter().map(|hit| format!("{}:{} {}", hit.line, hit.column, marked(hit)));
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{search}");
    };
    check("python", &["3:1 First line."]);
    check("python second", &["4:1 [Second] line."]);
    check("python third", &[]);
    check("line -python", &[]);
    check("line:(python)", &[]);
}

#[test]
fn headings_and_lines_with_more_of_the_words_weigh_more() {
    let text = "tide\n## A tide\na low tide\nlow\n";
    let weights = |search: &str| -> Vec<u8> {
        let found = TextSearch::new(search).unwrap().find(text, 100);
        found.iter().map(|hit| hit.weight).collect()
    };
    assert_eq!(weights("tide"), [3, 15, 3]);
    assert_eq!(weights("tide low"), [3, 15, 6, 3]);
    assert_eq!(weights("tid"), [2, 14, 2]);
    assert_eq!(weights("ow"), [1, 1]);
}

#[test]
fn every_line_end_counts() {
    check("x", "a\r\nx\rx\n\nx", &["2:1 [x]", "3:1 [x]", "5:1 [x]"]);
    check("/x/", "a\r\nx\rx\n\nx", &["2:1 [x]", "3:1 [x]", "5:1 [x]"]);
}

#[test]
fn the_place_is_that_of_the_first_match_and_max_is_kept() {
    let found = TextSearch::new("b").unwrap().find("é\nab b\nb", 1);
    assert_eq!((found.len(), found[0].at, found[0].line, found[0].column), (1, 4, 2, 2));
    assert!(TextSearch::new("b").unwrap().find("b", 0).is_empty());
}

#[test]
fn a_giant_line_is_cut_around_its_first_match() {
    let line = format!("{}needle {}", "日本 ".repeat(700_000), "needle ".repeat(700_000));
    let found = TextSearch::new("NEEDLE".to_lowercase().as_str()).unwrap().find(&line, 10);
    assert_eq!(found.len(), 1);
    let hit = &found[0];
    assert!(
        hit.text.len() <= MAX_HIT_BYTES + 6 && hit.text.starts_with('…') && hit.text.ends_with('…')
    );
    assert!(marked(hit).contains("日本 [needle] [needle] "));
    assert!(hit.matched.iter().all(|(start, end)| {
        hit.text[*start as usize..*end as usize]
            .starts_with("needle"[..(end - start) as usize].as_ref() as &str)
    }));
    assert_eq!(&line[hit.at as usize..][..6], "needle");
}

#[test]
fn a_text_too_long_to_compile_finds_nothing() {
    let long = "日本é".repeat(100_000);
    assert!(!literal(&long).is_match("日本é"));
}

#[test]
fn mistakes_are_explained() {
    let check = |text: &str, message: &str| {
        assert_eq!(TextSearch::new(text).unwrap_err().message, message, "{text}");
    };
    check("", "nothing to look for: write a word, a \"phrase\" or a /pattern/");
    check("\"\" //", "nothing to look for: write a word, a \"phrase\" or a /pattern/");
    check("-a", "nothing to look for beside what is excluded: add a word that the page must hold");
    check("a /b(/", "/b(/ is no pattern: unclosed group");
    check("line:()", "nothing to look for in line:(...): write what must stand together");
    check("/b)|(c/", "/b)|(c/ is no pattern: unopened group");
    assert_eq!(TextSearch::new("a /b(/").unwrap_err().span, ByteSpan { start: 2, end: 6 });
    let grouped = TextSearch::new("line:(a /b[/)").unwrap_err();
    assert_eq!(grouped.span, ByteSpan { start: 8, end: 12 });
}

proptest! {
    #[test]
    fn ranges_are_within_the_text_and_what_was_found(text in "([ab é日\n\r]|ab){0,60}", search in "(a|ab|é|日|\"a b\"|/a.?/|-b|line:\\(a b\\)|section:\\(é\\)| ){1,4}") {
        if let Ok(compiled) = TextSearch::new(&search) {
            let found = compiled.find(&text, 1_000);
            prop_assert!(compiled.is_match(&text) || found.is_empty());
            for hit in found {
                prop_assert!(!hit.matched.is_empty());
                let (start, end) = hit.matched[0];
                let first = &hit.text[start as usize..end as usize];
                prop_assert!(text[hit.at as usize..].starts_with(first));
                prop_assert_eq!(lines(&text).nth(hit.line as usize - 1), Some(hit.text.as_str()));
            }
        }
    }
}
