//! Pages as they are: front matter, sections with a meaning, footers, summaries.

use super::check;
use crate::markdown::facts::{Origin, TagOrigin};
use crate::markdown::{LinkKind, facts};

/// Properties as `origin key=value` with the value in Rust's debug form.
fn check_properties(source: &str, expected: &[&str]) {
    let facts = facts(source);
    let shown: Vec<String> = facts
        .properties
        .iter()
        .map(|property| {
            let origin = match property.origin {
                Origin::FrontMatter => "matter",
                Origin::Footer => "footer",
                Origin::Metadata => "list",
            };
            assert!(source.get(property.span.range()).is_some());
            format!("{origin} {}={:?}", property.key, property.value)
        })
        .collect();
    assert_eq!(shown, expected, "{source}");
}

#[test]
fn front_matter_is_split_off() {
    check("---\na: 1\n---\n# b", &["h1 'b'"]);
    check("---\r\na: 1\r\n---\r\n# b", &["h1 'b'"]);
    check("---\na: 1\n--- \nb", &["'b'"]);
    check("---\n---\nb", &["'b'"]);
    check("---\na: 1\n", &["rule", "'a: 1'"]);
    check("a\n\n---\nb: 1\n---\n", &["'a'", "rule", "h2 'b: 1'"]);
    check("---\njust words\n---\n", &["rule", "h2 'just words'"]);
    let spans = facts("---\na: 1\nb:\n  - c\n\n---\nx");
    let source = "---\na: 1\nb:\n  - c\n\n---\nx";
    let texts: Vec<&str> = spans.properties.iter().map(|p| &source[p.span.range()]).collect();
    assert_eq!(texts, ["a: 1", "b:\n  - c"]);
    assert_eq!(&source[spans.front_matter.range()], "---\na: 1\nb:\n  - c\n\n---\n");
}

#[test]
fn anything_may_stand_in_front_matter() {
    check_properties(
        "---\nd: |\n  x: y\n  z\ntools: Read, Write\n---\n",
        &["matter d=Text(\"x: y\\nz\\n\")", "matter tools=Text(\"Read, Write\")"],
    );
    check_properties(
        "---\n{\"a\": [1, \"b\"]}\n---\n",
        &["matter a=List([Number(\"1\"), Text(\"b\")])"],
    );
    check_properties(
        "---\ncreated: {{date}}\n---\n",
        &["matter created=Map([(Map([(Text(\"date\"), Null)]), Null)])"],
    );
}

#[test]
fn front_matter_that_is_no_yaml_is_read_by_lines() {
    let source = "---\nname: x\ndescription: Use: when: asked\ntags: [a, b]\nlist:\n  - @c\n  - \"d\"\n---\n";
    check_properties(
        source,
        &[
            "matter name=Text(\"x\")",
            "matter description=Text(\"Use: when: asked\")",
            "matter tags=List([Text(\"a\"), Text(\"b\")])",
            "matter list=List([Text(\"@c\"), Text(\"d\")])",
        ],
    );
    let facts = facts(source);
    assert_eq!(facts.notices[0].line, Some(3));
    assert_eq!(facts.tags.iter().map(|tag| &source[tag.span.range()]).collect::<String>(), "ab");
}

#[test]
fn front_matter_has_tags_aliases_and_links() {
    let source = "---\ntags     : '#a b,c'\naliases: [X, Y]\nup: \"[[p#q|r]]\"\nsee:\n  - \"[[s]]\"\n  - no [[t]]\n---\n";
    let facts = facts(source);
    let tags: Vec<(&str, &str)> =
        facts.tags.iter().map(|tag| (&*tag.name, &source[tag.span.range()])).collect();
    assert_eq!(tags, [("a", "a"), ("b", "b"), ("c", "c")]);
    assert!(facts.tags.iter().all(|tag| tag.origin == TagOrigin::FrontMatter));
    assert_eq!(facts.summary.aliases, ["X", "Y"]);
    let links: Vec<(&str, u32, &str, &str)> = facts
        .links
        .iter()
        .map(|link| {
            assert_eq!(link.kind, LinkKind::Property);
            let place = &source[link.span.range()];
            (link.target(), link.line, place, &source[link.context.range()])
        })
        .collect();
    assert_eq!(
        links,
        [
            ("p", 4, "[[p#q|r]]", "up: \"[[p#q|r]]\""),
            ("s", 6, "[[s]]", "see:\n  - \"[[s]]\"\n  - no [[t]]"),
        ]
    );
    assert_eq!(facts.links[0].fragment(), Some("q"));
    assert_eq!(facts.links[0].alias(), Some("r"));
}

#[test]
fn the_footer_is_no_heading_and_no_leaf() {
    let source = "# A\n\ntext\n---\n*Knowledge domain established: 2024-01-15*\n*Last updated: 2024-02-18*\n*Strength: 0.85*";
    check(source, &["h1 'A'", "'text'"]);
    let facts = facts(source);
    assert_eq!(facts.properties.len(), 3);
    assert_eq!(facts.summary.created.map(|date| date.to_string()).as_deref(), Some("2024-01-15"));
    assert_eq!(facts.summary.updated.map(|date| date.to_string()).as_deref(), Some("2024-02-18"));
    assert_eq!(facts.summary.strength, Some(0.85));
}

#[test]
fn milliseconds_since_1970_are_dates() {
    let summary =
        facts("---\nid: x1\nupdated: 1753639155357\ncreated: 1740649365341\n---\n").summary;
    assert_eq!(summary.created.map(|date| date.to_string()).as_deref(), Some("2025-02-27"));
    assert_eq!(summary.updated.map(|date| date.to_string()).as_deref(), Some("2025-07-27"));
}

#[test]
fn links_and_tags_in_the_footer_count() {
    let facts = facts("a\n\n---\n*See: [[b]] #c*\n*Confidence: 85%*\n");
    assert_eq!(facts.links[0].target(), "b");
    assert_eq!(facts.tags[0].name.as_ref(), "c");
    assert_eq!((facts.words, facts.properties[0].key.as_str()), (1, "See"));
    assert_eq!(facts.summary.strength, Some(0.85));
    let dated = self::facts("a\n\n---\n*Date: 2024-01-15*\n").summary;
    assert!(dated.date.is_none() && dated.created.is_some());
}

#[test]
fn a_tags_section_holds_tags_and_nothing_else() {
    let check_section = |source: &str, expected: &[&str]| {
        let facts = facts(source);
        let section = facts.tags.iter().filter(|tag| tag.origin == TagOrigin::Section);
        let names: Vec<&str> = section.map(|tag| &*tag.name).collect();
        assert_eq!(names, expected, "{source}");
    };
    check_section("## Tags\n`a` `b-c`, `#d`", &["a", "b-c", "d"]);
    check_section("# tags\n\n#a #b/c", &["a", "b/c"]);
    check_section("###### Tags\n\n- `a`\n- b c\n- #d", &["a", "b c", "d"]);
    check_section("## Tags\n\npython, data science, x", &["python", "data science", "x"]);
    check_section("## Tags\n\nTags are words.", &[]);
    check_section("## Tags\n\nWord", &[]);
    check_section("## Tags\n\n- `a` is a tag that says much\n- `b`", &[]);
    check_section("## Tags\n\nText.\n\n`a`", &[]);
    check_section("## My Tags\n\n`a`", &[]);
    check(
        "## Tags\n\n- `a`\n- b\n\n## X\n\n- `c`",
        &["h2 'Tags'", "tags [0, 1]", "h2 'X'", "- '{`:c}'"],
    );
}

#[test]
fn metadata_lists_are_properties_and_stay_where_they_are() {
    let source = "## Episode Metadata\n\n- **Date**: January 15, 2024\n- **With:** [[people/a|A]]\n\n## X\n- **No**: x";
    check_properties(source, &["list Date=Text(\"January 15, 2024\")", "list With=Text(\"A\")"]);
    let shown = [
        "h2 'Episode Metadata'",
        "- '{b:Date}: January 15, 2024'",
        "- '{b:With:} {@0:A}'",
        "h2 'X'",
        "- '{b:No}: x'",
    ];
    check(source, &shown);
    assert_eq!(facts(source).summary.date.map(|d| d.to_string()).as_deref(), Some("2024-01-15"));
    let mixed = "## Information\n- **A**: 1\n- else";
    check_properties(mixed, &["list A=Number(\"1\")"]);
    check(mixed, &["h2 'Information'", "- '{b:A}: 1'", "- 'else'"]);
}

#[test]
fn the_title_is_said_by_the_first_that_exists() {
    let title = |source: &str| facts(source).summary.title;
    assert_eq!(title("---\nname: n\ntitle: t\n---\n# h").as_deref(), Some("t"));
    assert_eq!(title("---\nname: n\n---\n# h").as_deref(), Some("n"));
    assert_eq!(title("## x\n\n# *h* [[y|z]]").as_deref(), Some("h z"));
    assert_eq!(title("---\ntitle: ''\nname: [x]\n---\n# h").as_deref(), Some("h"));
    assert_eq!(title("words"), None);
    assert_eq!(title("#"), None);
    assert_eq!(facts("---\ntype: Person\n---\n").summary.kind.as_deref(), Some("Person"));
}
