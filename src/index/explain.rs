//! Why a link leads where it leads, in words. The resolver itself tells what it looked for and found
//! (`resolve::Record`); here that is only put into sentences, so that the two cannot differ.

use super::resolve::{By, Look, Place};
use super::{Index, PageId, Status, Via, fragment};
use crate::markdown::Link;
use crate::text::fold::fold;
use crate::vault::PagePath;

/// An explained link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Where it leads and by which rule, in a sentence.
    pub answer: String,
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
}

/// Most pages with a near name that are told of a missing one.
const MOST_NEAR: usize = 5;

/// Explains `link`, standing on the page at `from`.
#[must_use]
pub fn explain(index: &Index, from: &PagePath, link: &Link) -> Explanation {
    let place = Place { folder: &fold(from.folder()), page: index.at(from).map(|page| page.id.0) };
    let mut looks: Vec<Look> = Vec::new();
    let resolution = index.found_with(&place, &link.borrowed(), &mut looks);
    let path = |id: PageId| index.files.path(id.0).as_str();
    let rule = resolution.via.map_or("", reason);
    let answer = match &resolution.status {
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
    };
    let near = match resolution.status {
        Status::Missing => index.near(link.target(), MOST_NEAR),
        _ => Vec::new(),
    };
    let answering = looks.iter().rfind(|look| !look.found.is_empty());
    let candidates = answering
        .map_or(&[][..], |look| &look.found)
        .iter()
        .map(|&(file, via)| Candidate { path: index.files.path(file).clone(), why: reason(via) });
    let target = resolution.page().and_then(|id| index.page(id));
    Explanation {
        answer,
        looks: looks.iter().map(told).collect(),
        candidates: candidates.collect(),
        fragment: target.zip(fragment::written(link)).map(|(page, wanted)| match fragment::locate_in(
            &page.facts,
            &wanted,
        ) {
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
            None => {
                format!("#{wanted} is not there, nor anything near it: the page opens at its top.")
            }
        }),
        near,
    }
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
