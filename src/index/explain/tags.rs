//! Where a tag comes from: who carries it, how it was written there, what is nested below it.

use std::collections::BTreeMap;

use crate::index::{Index, PageId};
use crate::markdown::TagOrigin;
use crate::text::fold::fold;

/// An explained tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tagged {
    /// The tag as the wiki first shows it, else as it was asked for.
    pub tag: String,
    /// The pages that carry it, by path.
    pub own: Vec<PageId>,
    /// The pages that carry only a tag nested below it, by path.
    pub nested: Vec<PageId>,
    /// The tags nested below it, each with the number of its pages, by name.
    pub below: Vec<(String, u32)>,
    /// On how many pages it, or a tag below it, stands in the front matter, in the text, under a heading
    /// `Tags`. A page that has it in two places counts in both.
    pub origins: Vec<(TagOrigin, usize)>,
    /// How often it, or a tag below it, stands on the page that was asked about, by place.
    pub here: Vec<(TagOrigin, usize)>,
}

/// The places of a tag, in the order in which they are told.
const ORIGINS: [TagOrigin; 3] = [TagOrigin::FrontMatter, TagOrigin::Inline, TagOrigin::Section];

/// Explains `tag` (with or without `#`), as it stands on the page `on`, if one is asked about. Costs a look at
/// every page's tags.
#[must_use]
pub fn explain(index: &Index, tag: &str, on: Option<PageId>) -> Tagged {
    let asked = tag.trim().trim_start_matches('#').trim_matches('/');
    let name = fold(asked);
    let within = |other: &str| {
        let other = fold(other.trim_matches('/'));
        let rest = other.strip_prefix(&name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let mut told = Tagged { tag: asked.to_owned(), ..Tagged::default() };
    if name.is_empty() {
        return told;
    }
    let mut below: BTreeMap<&str, u32> = BTreeMap::new();
    let mut pages: Vec<_> = index.pages().filter(|page| index.has_tag(page.id, &name)).collect();
    pages.sort_unstable_by_key(|page| &page.path);
    let mut on_pages = [0; 3];
    for page in pages {
        let mut is_own = false;
        for shown in index.tags_of(page.id) {
            if fold(shown) == name {
                is_own = true;
                shown.clone_into(&mut told.tag);
            } else if within(shown) {
                *below.entry(shown).or_default() += 1;
            }
        }
        if is_own { &mut told.own } else { &mut told.nested }.push(page.id);
        let uses: Vec<TagOrigin> =
            page.facts.tags().filter(|tag| within(tag.name)).map(|tag| tag.origin).collect();
        for (origin, count) in ORIGINS.into_iter().zip(&mut on_pages) {
            let times = uses.iter().filter(|other| **other == origin).count();
            *count += usize::from(times > 0);
            if times > 0 && on == Some(page.id) {
                told.here.push((origin, times));
            }
        }
    }
    told.below = below.into_iter().map(|(tag, count)| (tag.to_owned(), count)).collect();
    told.origins = ORIGINS.into_iter().zip(on_pages).filter(|(_, count)| *count > 0).collect();
    told
}

#[cfg(test)]
mod tests {
    use super::explain;
    use crate::index::tests::read;
    use crate::markdown::TagOrigin::{FrontMatter, Inline, Section};
    use crate::vault::PagePath;

    #[test]
    fn a_tag_tells_where_it_comes_from() {
        let pages = [
            ("a.md", "---\ntags: [Sea]\n---\n#sea and #sea/north\n"),
            ("b.md", "#sea/north\n"),
            ("c.md", "## Tags\n\n`sea`, `stone`\n"),
            ("d.md", "#seaside\n"),
        ];
        let index = read(&pages);
        let id = |path: &str| index.at(&PagePath::new(path).unwrap()).unwrap().id;
        let told = explain(&index, "#SEA", Some(id("a.md")));
        assert_eq!(told.tag, "Sea");
        assert_eq!(told.own, [id("a.md"), id("c.md")]);
        assert_eq!(told.nested, [id("b.md")]);
        assert_eq!(told.below, [("sea/north".to_owned(), 2)]);
        assert_eq!(told.origins, [(FrontMatter, 1), (Inline, 2), (Section, 1)]);
        assert_eq!(told.here, [(FrontMatter, 1), (Inline, 2)]);
        let nobody = explain(&index, "moon", None);
        assert!(nobody.own.is_empty() && nobody.nested.is_empty() && nobody.tag == "moon");
        assert!(explain(&index, "#", None).own.is_empty());
    }
}
