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

    /// The command that shows it.
    #[must_use]
    pub const fn command(self) -> Command {
        match self {
            Self::LinkedFrom => Command::ContextLinkedFrom,
            Self::LinksTo => Command::ContextLinksTo,
            Self::Mentions => Command::ContextMentions,
            Self::Related => Command::ContextRelated,
            Self::Outline => Command::ContextOutline,
        }
    }

    /// The part that a command shows.
    #[must_use]
    pub fn of(command: Command) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.command() == command)
    }
}
