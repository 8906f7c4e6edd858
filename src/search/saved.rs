//! The pages of saved queries, all asked in one go. Knows no files: whoever asks hands in the texts.

use super::query::Query;
use crate::index::{Index, PageId};
use crate::text::date::Date;
use crate::vault::PagePath;

/// The pages that meet each of `queries`, by path; none where a query has a mistake. `text` gives a page's
/// text and is called only by terms that need it. `None` as soon as `stop` says so.
#[must_use]
pub fn pages_of(
    queries: &[String],
    index: &Index,
    today: Date,
    text: &dyn Fn(PageId) -> Option<String>,
    stop: &dyn Fn() -> bool,
) -> Option<Vec<Vec<PagePath>>> {
    let mut all = Vec::with_capacity(queries.len());
    for query in queries {
        let mut pages = Vec::new();
        if let Ok(query) = Query::parse(query) {
            let mut matcher = query.matcher(index, today);
            for page in index.pages() {
                if stop() {
                    return None;
                }
                if matcher.matches(page, text) {
                    pages.push(page.path.clone());
                }
            }
        }
        pages.sort_unstable();
        all.push(pages);
    }
    Some(all)
}
