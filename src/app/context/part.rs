//! The five parts of the pane, and the commands that show them.

use serde::{Deserialize, Serialize};

use crate::command::Command;

/// The parts of the pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Who links here.
    LinkedFrom,
    /// Where this page links to.
    LinksTo,
    /// Names that stand unlinked.
    Mentions,
    /// Pages that have much in common with this one.
    Related,
    /// The headings.
    Outline,
}

impl Part {
    /// Every part, in the order of their keys.
    pub const ALL: [Self; 5] =
        [Self::LinkedFrom, Self::LinksTo, Self::Mentions, Self::Related, Self::Outline];

    /// What it is called.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::LinkedFrom => "Linked from",
            Self::LinksTo => "Links to",
            Self::Mentions => "Mentions",
            Self::Related => "Related",
            Self::Outline => "Outline",
        }
    }

    pub(super) fn of(command: Command) -> Option<Self> {
        Some(match command {
            Command::ContextLinkedFrom => Self::LinkedFrom,
            Command::ContextLinksTo => Self::LinksTo,
            Command::ContextMentions => Self::Mentions,
            Command::ContextRelated => Self::Related,
            Command::ContextOutline => Self::Outline,
            _ => return None,
        })
    }
}
