//! Why a link leads where it leads, in words. The resolver itself tells what it looked for and found
//! (`look::Record`); here that is only put into sentences, so that the two cannot differ.

mod tags;

use super::look::{Behind, By, Look, Sighting};
use super::resolve::Place;
use super::{Index, PageId, Resolution, Status, Via, fragment};
use crate::markdown::{Link, LinkKind};
use crate::text::fold::fold;
use crate::vault::PagePath;

pub use tags::{Tagged, explain as explain_tag};

/// An explained link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What the link says, in a sentence.
    pub says: String,
    /// Where it leads and by which rule, in a sentence.
    pub answer: String,
    /// The same for programs.
    pub resolution: Resolution,
    /// What was looked for, in order, in a sentence each.
    pub looks: Vec<String>,
    /// Every file that could be meant, the chosen one first, with what speaks for it.
    pub candidates: Vec<Candidate>,
    /// What its fragment leads to, if it has one.
    pub fragment: Option<String>,
    /// Of a missing page, pages with names near to it.
    pub near: Vec<PageId>,
}

/// A file that a link could mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Which file.
    pub path: PagePath,
    /// What speaks for it, in a clause.
    pub why: &'static str,
    /// Why it was not chosen, in a clause; `None` if it was.
    pub lost: Option<&'static str>,
}

/// Most pages with a near name that are told of a missing one.
const MOST_NEAR: usize = 5;

/// Explains `link`, standing on the page at `from`.
#[must_use]
pub fn explain(index: &Index, from: &PagePath, link: &Link) -> Explanation {
    let place = Place { folder: &fold(from.folder()), page: index.at(from).map(|page| page.id.0) };
    let mut looks: Vec<Look> = Vec::new();
    let resolution = index.found_with(&place, &link.borrowed(), &mut looks);
    let near = match resolution.status {
        Status::Missing => index.near(link.target(), MOST_NEAR),
        _ => Vec::new(),
    };
    Explanation {
        says: says(link),
        answer: answer(index, &resolution, &looks),
        looks: looks.iter().map(told).collect(),
        candidates: candidates(index, &looks),
        fragment: place_in_page(index, &resolution, link),
        near,
        resolution,
    }
}

/// `An embed of "tides", there of "#At night", shown as "the night".`
fn says(link: &Link) -> String {
    let kind = match link.kind {
        LinkKind::Wiki => "A wiki-link to",
        LinkKind::Embed => "An embed of",
        LinkKind::Markdown => "A Markdown link to",
        LinkKind::Image => "An image from",
        LinkKind::Property => "A property that links to",
    };
    let target = match link.target() {
        "" => "this very page".to_owned(),
        target => format!("\"{target}\""),
    };
    let fragment = link.fragment().map_or(String::new(), |text| format!(", there to \"#{text}\""));
    let alias = link.alias().map_or(String::new(), |text| format!(", shown as \"{text}\""));
    format!("{kind} {target}{fragment}{alias}.")
}

fn answer(index: &Index, resolution: &Resolution, looks: &[Look]) -> String {
    let path = |id: PageId| index.files.path(id.0).as_str();
    let rule = resolution.via.map_or("", reason);
    match &resolution.status {
        Status::Page(id) => format!("It leads to {}: {rule}.", path(*id)),
        Status::Ambiguous { chosen, others } => format!(
            "It leads to {}: {rule}. {} could be meant as well.",
            path(*chosen),
            match others.as_slice() {
                [one] => path(*one).to_owned(),
                more => format!("{} other pages", more.len()),
            }
        ),
        Status::Attachment(file) => format!("It leads to the file {file}: {rule}."),
        Status::Folder(folder) if folder.is_empty() => "It leads to the root folder.".to_owned(),
        Status::Folder(folder) => format!("It leads to the folder {folder}: {rule}."),
        Status::External => "It leads out of the wiki: its target begins with a scheme.".to_owned(),
        Status::Missing if looks.is_empty() => {
            "It leads out of the wiki's folder, where nothing is looked for.".to_owned()
        }
        Status::Missing => "It leads nowhere: nobody has written that page yet.".to_owned(),
    }
}

/// The files of the look that answered.
fn candidates(index: &Index, looks: &[Look]) -> Vec<Candidate> {
    let Some(look) = looks.iter().rfind(|look| !look.found.is_empty()) else { return Vec::new() };
    let none_is_meant = matches!(look.by, By::Alias | By::Title) && look.found.len() > 1;
    let candidate = |sighting: &Sighting| Candidate {
        path: index.files.path(sighting.file).clone(),
        why: match look.by {
            By::Alias if none_is_meant => "has that alias",
            By::Title if none_is_meant => "has that title",
            _ => reason(sighting.via),
        },
        lost: if none_is_meant {
            Some("is not the only one")
        } else {
            sighting.behind.map(|behind| match behind {
                Behind::Rule => "what speaks for the first goes before that",
                Behind::Length => "has a longer path",
                Behind::Name => "comes later by name",
                Behind::Spelling => "differs in capital letters",
            })
        },
    };
    look.found.iter().map(candidate).collect()
}

/// What became of the fragment.
fn place_in_page(index: &Index, resolution: &Resolution, link: &Link) -> Option<String> {
    let page = index.page(resolution.page()?)?;
    let wanted = fragment::written(link)?;
    Some(match fragment::locate_in(&page.facts, &wanted) {
        Some(spot) if spot.exact => format!("#{wanted} is there."),
        Some(spot) => {
            let nearest = match spot.kind {
                fragment::SpotKind::Heading(nth) => {
                    page.facts.heading(nth).map_or("", |heading| heading.text)
                }
                fragment::SpotKind::Block(_) => "a block",
            };
            format!("#{wanted} is not there; the nearest is \"{nearest}\".")
        }
        None => format!("#{wanted} is not there, nor anything near it: the page opens at its top."),
    })
}

/// What was looked for and how much was found.
fn told(look: &Look) -> String {
    let asked = &look.asked;
    let files = match look.found.len() {
        0 => "nothing".to_owned(),
        1 => "one file".to_owned(),
        more => format!("{more} files"),
    };
    let pages = match look.found.len() {
        0 => "no page".to_owned(),
        1 => "one page".to_owned(),
        more => format!("{more} pages, so that none is meant"),
    };
    match look.by {
        By::Path(Via::Path) => format!("At \"{asked}\" from the root: {files}."),
        By::Path(_) => format!("At \"{asked}\" as seen from this page: {files}."),
        By::Ending => format!("Paths that are or end in \"{asked}\": {files}."),
        By::Alias => format!("Pages with the alias \"{asked}\": {pages}."),
        By::Title => format!("Pages with the title \"{asked}\": {pages}."),
    }
}

/// What a rule says (`docs/links.md`, wiki-links).
fn reason(via: Via) -> &'static str {
    match via {
        Via::Itself => "an empty target means this page",
        Via::Relative => "the path as seen from this page",
        Via::Path => "the exact path from the root",
        Via::Folder => "in this page's own folder",
        Via::Below => "below this page's own folder",
        Via::Shortest => "the shortest path that ends in the target, then the first by name",
        Via::Alias => "the only page with that alias",
        Via::Title => "the only page with that title",
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{link, path, wiki};
    use super::explain;

    #[test]
    fn every_rule_is_told_in_words() {
        let pages: &[(&str, &[&str])] = &[
            ("a/one.md", &[]),
            ("a/x.md", &["~The Alias", "=The Title"]),
            ("b/x.md", &["~Twice"]),
            ("b/deep/y.md", &["~Twice"]),
            ("c/deep/y.md", &[]),
            ("pic.png", &[]),
        ];
        let index = wiki(pages);
        let check =
            |from: &str, written: &str, answer: &str, looks: &[&str], candidates: &[&str]| {
                let told = explain(&index, &path(from), &link(written));
                let paths: Vec<&str> =
                    told.candidates.iter().map(|one| one.path.as_str()).collect();
                // One is chosen where the link leads to a file, and no other.
                let chosen = told.candidates.iter().filter(|one| one.lost.is_none()).count();
                let leads = !matches!(told.resolution.status, super::Status::Missing);
                assert!(paths.is_empty() || chosen == usize::from(leads), "{written}");
                assert_eq!((&*told.answer, paths), (answer, candidates.to_vec()), "{written}");
                assert_eq!(told.looks, looks, "{written}");
            };
        check(
            "a/one.md",
            "[[x]]",
            "It leads to a/x.md: in this page's own folder. b/x.md could be meant as well.",
            &["Paths that are or end in \"x\": 2 files."],
            &["a/x.md", "b/x.md"],
        );
        check(
            "a/one.md",
            "[[y]]",
            "It leads to b/deep/y.md: the shortest path that ends in the target, then the first by name. c/deep/y.md could be meant as well.",
            &["Paths that are or end in \"y\": 2 files."],
            &["b/deep/y.md", "c/deep/y.md"],
        );
        check(
            "a/one.md",
            "[[the title]]",
            "It leads to a/x.md: the only page with that title.",
            &[
                "Paths that are or end in \"the title\": nothing.",
                "Pages with the alias \"the title\": no page.",
                "Pages with the title \"the title\": one page.",
            ],
            &["a/x.md"],
        );
        check(
            "a/one.md",
            "[[twice]]",
            "It leads nowhere: nobody has written that page yet.",
            &[
                "Paths that are or end in \"twice\": nothing.",
                "Pages with the alias \"twice\": 2 pages, so that none is meant.",
            ],
            &["b/deep/y.md", "b/x.md"],
        );
        check(
            "a/one.md",
            "[[../b/x]]",
            "It leads to b/x.md: the path as seen from this page.",
            &["At \"b/x\" as seen from this page: one file."],
            &["b/x.md"],
        );
        let out = "It leads out of the wiki's folder, where nothing is looked for.";
        check("a/one.md", "[[../../x]]", out, &[], &[]);
        let scheme = "It leads out of the wiki: its target begins with a scheme.";
        check("a/one.md", "[x](https://x.y/)", scheme, &[], &[]);
        let own = "It leads to a/one.md: an empty target means this page.";
        check("a/one.md", "[[#x]]", own, &[], &[]);
        let file = "It leads to the file pic.png: the exact path from the root.";
        let look = "Paths that are or end in \"pic.png\": one file.";
        check("a/one.md", "![[pic.png]]", file, &[look], &["pic.png"]);
    }

    #[test]
    fn who_loses_is_told_why() {
        let names = ["a/one.md", "a/x.md", "b/x.md", "c/d/x.md", "c/e/x.md", "K.md", "k.md"];
        let pages: Vec<(&str, &[&str])> = names.iter().map(|name| (*name, &[][..])).collect();
        let index = wiki(&pages);
        let check = |from: &str, written: &str, expected: &[(&str, Option<&str>)]| {
            let told = explain(&index, &path(from), &link(written));
            let told: Vec<(&str, Option<&str>)> =
                told.candidates.iter().map(|one| (one.path.as_str(), one.lost)).collect();
            assert_eq!(told, expected, "{written} on {from}");
        };
        let rule = Some("what speaks for the first goes before that");
        let (length, name) = (Some("has a longer path"), Some("comes later by name"));
        let all = [("a/x.md", None), ("b/x.md", rule), ("c/d/x.md", rule), ("c/e/x.md", rule)];
        check("a/one.md", "[[x]]", &all);
        let all = [("a/x.md", None), ("b/x.md", name), ("c/d/x.md", length), ("c/e/x.md", length)];
        check("e/one.md", "[[x]]", &all);
        let spelling = Some("differs in capital letters");
        check("a/one.md", "[[/k]]", &[("k.md", None), ("K.md", spelling)]);
        check("a/one.md", "[[k]]", &[("k.md", None), ("K.md", spelling)]);
        check("a/one.md", "[[nobody]]", &[]);
    }

    #[test]
    fn what_a_link_says_is_told() {
        let index = wiki(&[("a.md", &[])]);
        let says = |link| explain(&index, &path("a.md"), &link).says;
        let check = |written: &str, expected: &str| assert_eq!(says(link(written)), expected);
        let whole = "A wiki-link to \"b\", there to \"#C d\", shown as \"e\".";
        assert_eq!(says(link("[[b#C d]]").with_alias("e")), whole);
        check("[[#C]]", "A wiki-link to this very page, there to \"#C\".");
        check("![[b.png]]", "An embed of \"b.png\".");
        check("[x](b.md)", "A Markdown link to \"b.md\".");
    }

    #[test]
    fn the_first_candidate_is_the_one_that_the_resolver_chose() {
        let names = ["x.md", "a/x.md", "a/b/x.md", "c/x.md", "C/X.md", "c/d/x.md"];
        let pages: Vec<(&str, &[&str])> = names.iter().map(|name| (*name, &[][..])).collect();
        let index = wiki(&pages);
        for from in ["y.md", "a/y.md", "a/b/y.md", "c/y.md", "e/y.md"] {
            for written in ["[[x]]", "[[X]]", "[[b/x]]", "[[c/x]]", "[[C/X]]", "[x](d/x.md)"] {
                let resolved = index.resolve(&path(from), &link(written));
                let told = explain(&index, &path(from), &link(written));
                let chosen = resolved.page().and_then(|id| index.page(id)).map(|page| &page.path);
                let spelled = told.candidates.iter().find(|one| Some(&one.path) == chosen);
                assert_eq!(spelled.is_some(), chosen.is_some(), "{written} on {from}");
                if told.looks.last().is_some_and(|look| look.starts_with("Paths")) {
                    assert_eq!(
                        told.candidates.first().map(|one| &one.path),
                        chosen,
                        "{written} on {from}"
                    );
                }
            }
        }
    }
}
