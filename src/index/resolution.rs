//! The answer of the resolver: where a link leads, and the rule that said so.

use super::PageId;
use crate::vault::PagePath;

/// Where a link leads, and the rule that said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// Where it leads.
    pub status: Status,
    /// The rule that won; `None` where nothing was found, and for external links. A link that only
    /// one file could answer names the rule that would have chosen it among others.
    pub via: Option<Via>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// To this page.
    Page(PageId),
    /// To the first of several pages that it could mean.
    Ambiguous {
        /// The page that rule 3 chose.
        chosen: PageId,
        /// The other candidates, by path.
        others: Vec<PageId>,
    },
    /// To a page that does not exist.
    Missing,
    /// To a file that is no page.
    Attachment(PagePath),
    /// To a folder, by its path; `""` is the root. Which page speaks for it, if one does, is known to
    /// [`super::Index::folder_page`]; such a link is none to that page.
    Folder(String),
    /// Out of the wiki.
    External,
}

/// The rule that found a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Via {
    /// Empty target: this page.
    Itself,
    /// `./` or `../`, or a Markdown link relative to its page.
    Relative,
    /// The exact path from the root.
    Path,
    /// In the page's own folder.
    Folder,
    /// Below the page's own folder; below the root is everything.
    Below,
    /// The shortest path that ends in the target.
    Shortest,
    /// An alias of exactly one page.
    Alias,
    /// The title of exactly one page.
    Title,
}

impl Resolution {
    /// The page it leads to, if it leads to one.
    #[must_use]
    pub fn page(&self) -> Option<PageId> {
        match self.status {
            Status::Page(id) | Status::Ambiguous { chosen: id, .. } => Some(id),
            Status::Missing | Status::Attachment(_) | Status::Folder(_) | Status::External => None,
        }
    }

    /// The name of the status in JSON.
    #[must_use]
    pub fn status_name(&self) -> &'static str {
        match self.status {
            Status::Page(_) => "resolved",
            Status::Ambiguous { .. } => "ambiguous",
            Status::Missing => "missing",
            Status::Attachment(_) | Status::Folder(_) => "attachment",
            Status::External => "external",
        }
    }
}

impl Via {
    /// The name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Itself => "self",
            Self::Relative => "relative",
            Self::Path => "path",
            Self::Folder => "folder",
            Self::Below => "below",
            Self::Shortest => "shortest",
            Self::Alias => "alias",
            Self::Title => "title",
        }
    }
}
