//! What a part lists, before it is cut into rows: a page or another target with its sentences, or what is
//! known of it while nobody looks at it.

use std::cell::OnceCell;

use super::Show;
use super::leads::To;
use crate::index::{LinkRef, Page, PageId};
use crate::markdown::LinkId;
use crate::text::role::Role;
use crate::vault::kind;

/// What a part lists, before it is cut into rows.
#[derive(Debug)]
pub(super) enum Piece {
    /// With its sentences.
    Made(Block),
    /// As what it is alone.
    Source(Source),
}

/// A page that links here of which no sentence is known: what its rows show is made when they are in sight.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) page: PageId,
    /// Its links to here.
    pub(super) links: Vec<LinkRef>,
    /// The words of each link, once narrowing has looked at them.
    pub(super) words: OnceCell<Vec<String>>,
}

/// A page and what is said with it, before it is cut into rows.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The group it belongs to; empty where there are none.
    pub(super) group: &'static str,
    pub(super) title: Title,
    /// Where the title leads.
    pub(super) to: To,
    /// The link of the open page that leads there, where it is one of its own.
    pub(super) link: Option<LinkId>,
    pub(super) texts: Vec<Text>,
    /// What narrowing looks at, once it has.
    pub(super) folded: OnceCell<String>,
}

/// The row that names a page or another target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// A sign of one cell.
    pub sign: &'static str,
    /// Its twin for terminals that have only ASCII.
    pub plain_sign: &'static str,
    /// The sign's role.
    pub sign_role: Role,
    /// The name.
    pub name: String,
    /// The name's role.
    pub role: Role,
    /// What tells it from others of that name, or what is odd about it.
    pub detail: String,
    /// How often; empty for once.
    pub count: String,
}

/// A sentence below a title.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) words: String,
    /// The stretches that are meant, in bytes and in order.
    pub(super) marked: Vec<(u32, u32)>,
    /// Where it leads; nowhere of its own if it belongs to its title.
    pub(super) to: To,
    /// What narrowing looks at, once it has.
    pub(super) folded: OnceCell<String>,
    /// Its rows, once it was shown.
    pub(super) shown: OnceCell<Vec<Show>>,
}

impl Title {
    pub(super) fn of(page: &Page) -> Self {
        let (sign, sign_role) = kind::look(page.kind.as_deref());
        Self {
            sign,
            plain_sign: if sign.is_ascii() { sign } else { "." },
            sign_role,
            name: page.label().to_owned(),
            role: Role::Link,
            detail: page.path.folder().to_owned(),
            count: String::new(),
        }
    }
}

/// `×3`, or nothing for once.
pub(super) fn times(count: usize) -> String {
    if count > 1 { format!("×{count}") } else { String::new() }
}
