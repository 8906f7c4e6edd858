//! Unlinked names: those of other pages on a page, then that page's own on the others. Knows no files:
//! whoever asks brings a way to read a page, which is asked for each page at most once.

use super::mentions::{Mention, Names};
use crate::index::{Index, PageId};
use crate::markdown;
use crate::vault::PagePath;

/// More mentions than these nobody reads; the search stops there and says so.
pub const MOST: usize = 500;
/// The names on the page itself leave so much room for those elsewhere.
const MOST_HERE: usize = MOST / 2;
/// So many are told at once, so that the first ones show early.
const AT_ONCE: usize = 16;

/// A mention and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mentioned {
    /// The page on which it stands.
    pub on: PageId,
    /// The name, and whose it is.
    pub mention: Mention,
}

/// How far a search has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Progress {
    /// There may be more.
    #[default]
    Looking,
    /// These are all.
    Done,
    /// There are more than [`MOST`].
    Stopped,
}

/// Finds the mentions on `page`, whose text is `source`, then those of it on other pages by path. `all` are
/// the names of all pages; `tell` is given some at a time and says whether to go on.
pub fn find(
    index: &Index,
    all: &Names,
    page: PageId,
    source: &str,
    read: &mut dyn FnMut(&PagePath) -> Option<String>,
    tell: &mut dyn FnMut(Vec<Mentioned>, Progress) -> bool,
) {
    let Some(own) = index.page(page).map(Names::of_page) else {
        tell(Vec::new(), Progress::Done);
        return;
    };
    let here = all.find(&markdown::parse(source), page).into_iter().take(MOST_HERE);
    let mut found: Vec<Mentioned> = here.map(|mention| Mentioned { on: page, mention }).collect();
    let mut told = found.len();
    if !tell(std::mem::take(&mut found), Progress::Looking) {
        return;
    }
    let mut others: Vec<_> = index.pages().filter(|other| other.id != page).collect();
    others.sort_unstable_by_key(|other| &other.path);
    for other in others {
        if own.is_empty() {
            break;
        }
        let Some(text) = read(&other.path).filter(|text| own.may_stand_in(text)) else {
            // Nothing to tell, but a chance to be told that nobody listens any more.
            if !tell(Vec::new(), Progress::Looking) {
                return;
            }
            continue;
        };
        for mention in of_page(&own, page, all, &text, other.id) {
            if told + found.len() == MOST {
                tell(found, Progress::Stopped);
                return;
            }
            found.push(Mentioned { on: other.id, mention });
        }
        if found.len() >= AT_ONCE {
            told += found.len();
            if !tell(std::mem::take(&mut found), Progress::Looking) {
                return;
            }
        }
    }
    tell(found, Progress::Done);
}

/// The mentions of `page`, which is called `own`, in the text of the page `on`, less those that are a part of
/// another page's longer name.
fn of_page(own: &Names, page: PageId, all: &Names, text: &str, on: PageId) -> Vec<Mention> {
    let document = markdown::parse(text);
    let mut mentions = own.find(&document, on);
    if !mentions.is_empty() {
        let longest = all.find(&document, page);
        mentions.retain(|mention| {
            let (start, end) = (mention.span.start, mention.span.end);
            let first = longest.partition_point(|other| other.span.start < start);
            let around = longest[first.saturating_sub(1)..].iter().take(2);
            !around.into_iter().any(|other| {
                other.span.start <= start
                    && end <= other.span.end
                    && other.span.end - other.span.start > end - start
            })
        });
    }
    mentions
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::index::tests::read;

    /// What is found from `alex.md`, how it ended, and how many pages were read.
    fn found(pages: &[(&str, &str)]) -> (Vec<String>, Progress, Vec<String>) {
        let index = read(pages);
        let pages: BTreeMap<PagePath, String> = pages
            .iter()
            .map(|(path, text)| (PagePath::new(path).unwrap(), (*text).to_owned()))
            .collect();
        let alex = PagePath::new("alex.md").unwrap();
        let mut reads = Vec::new();
        let (mut said, mut last) = (Vec::new(), Progress::Looking);
        find(
            &index,
            &Names::of_all(&index),
            index.at(&alex).unwrap().id,
            &pages[&alex],
            &mut |path| {
                reads.push(path.to_string());
                pages.get(path).cloned()
            },
            &mut |found, progress| {
                said.extend(found.iter().map(|found| {
                    let name = |page| index.page(page).unwrap().path.stem();
                    let (of, on) = (name(found.mention.page), name(found.on));
                    format!("{of} on {on}: {}", found.mention.sentence.text)
                }));
                last = progress;
                true
            },
        );
        (said, last, reads)
    }

    #[test]
    fn names_on_the_page_come_first_then_its_own_on_others_each_read_once() {
        let (said, progress, reads) = found(&[
            ("alex.md", "# Alex\n\nKnows Python. And [[python]]."),
            ("alex_chen.md", "# Alex Chen\n\nNot Alex. Alex Chen is another."),
            ("diary.md", "Met alex. Had tea. Alex left."),
            ("python.md", "# Python\n\nSee [[alex|Alex]] and `Alex`."),
        ]);
        assert_eq!(
            said,
            [
                "python on alex: Knows Python.",
                "alex on alex_chen: Not Alex.",
                "alex on diary: Met alex.",
                "alex on diary: Alex left.",
            ]
        );
        assert_eq!(progress, Progress::Done);
        assert_eq!(reads, ["alex_chen.md", "diary.md", "python.md"]);
    }

    #[test]
    fn it_stops_at_the_bound_and_when_nobody_listens() {
        let much = "Alex. ".repeat(MOST + 1);
        let pages = [("alex.md", "# Alex"), ("much.md", &*much), ("zoo.md", "Alex")];
        let (said, progress, reads) = found(&pages);
        assert_eq!((said.len(), progress, reads.len()), (MOST, Progress::Stopped, 1));
        let exact = "Alex. ".repeat(MOST);
        let (said, progress, _) = found(&[("alex.md", "# Alex"), ("much.md", &*exact)]);
        assert_eq!((said.len(), progress), (MOST, Progress::Done));
    }
}
