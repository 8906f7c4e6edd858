//! Themes: `Role -> Style`, read from TOML, reduced to what the terminal can show. The only place,
//! beside the painting in `view`, that knows colours. Knows no files: whoever has them gives texts.

pub mod color;
mod depth;
mod file;
pub mod ground;
mod reduce;

pub use depth::{Depth, depth};
pub use ground::Ground;
use ratatui::style::Style;

use crate::text::role::{Marks, Role};

/// A theme: a style for every role.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Its name, as in `--theme`.
    pub name: String,
    /// What it says about itself: one line, may be empty.
    pub about: String,
    /// By `Role as usize`.
    styles: Vec<Style>,
}

/// What is wrong with a theme file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ThemeError(pub String);

impl Theme {
    /// Reads a theme file. A file may name another theme with `inherits` and replace some roles; `find`
    /// gives the text of that one.
    ///
    /// # Errors
    /// Broken TOML with its line, an unknown role or colour with a proposal, a missing role, a circle
    /// of `inherits`.
    pub fn parse(
        name: &str,
        text: &str,
        find: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ThemeError> {
        let sheet = file::read(name, text, find)?;
        Ok(Self { name: name.to_owned(), about: sheet.about, styles: sheet.styles })
    }

    /// The theme of that name that comes with the program.
    ///
    /// # Panics
    /// Never: a test reads all of these.
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        let find = |name: &str| built_in_text(name).map(str::to_owned);
        let text = built_in_text(name)?;
        Some(Self::parse(name, text, &find).expect("the built-in themes can be read"))
    }

    /// The same theme for a terminal of `depth`.
    ///
    /// # Panics
    /// Never: a test reads the sheet that is shown without colours.
    #[must_use]
    pub fn reduced(mut self, depth: Depth) -> Self {
        match depth {
            Depth::True => {}
            Depth::Indexed => reduce::to_indexed(&mut self.styles),
            Depth::Sixteen => reduce::to_sixteen(&mut self.styles),
            Depth::Mono => {
                let mono = Self::parse("mono", MONO, &|_| None);
                self.styles = mono.expect("the theme without colours can be read").styles;
            }
        }
        self
    }

    /// The style of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    /// The style of a role with marks laid over it. A piece of text with a look of its own (a link, a
    /// tag) keeps its colour under all marks but a highlight, so that a link's status stays visible
    /// in `` [[`code`]] `` and in strong text.
    #[must_use]
    pub fn marked(&self, role: Role, marks: Marks) -> Style {
        self.lay_over(self.style(role), role, marks)
    }

    /// The whole look of a piece on a ground (the role that fills what is behind it: `Text`, `Code`,
    /// `Status`, `Overlay`): the ground's colours where the piece has none of its own. Plain text takes
    /// those of the ground altogether.
    #[must_use]
    pub fn on(&self, ground: Role, role: Role, marks: Marks) -> Style {
        let own = if role == Role::Text { Style::new() } else { self.style(role) };
        self.style(ground).patch(self.lay_over(own, role, marks))
    }

    fn lay_over(&self, mut style: Style, role: Role, marks: Marks) -> Style {
        for (mark, laid_over) in MARKS {
            if marks.has(mark) {
                let mark = self.style(laid_over);
                style = if has_own_look(role) { mark.patch(style) } else { style.patch(mark) };
            }
        }
        if marks.has(Marks::HIGHLIGHT) {
            style = style.patch(self.style(Role::Highlight));
        }
        style
    }
}

/// The themes that come with the program: name and text, `terminal` first.
#[must_use]
pub fn built_in() -> &'static [(&'static str, &'static str)] {
    &[
        ("terminal", include_str!("../../themes/terminal.toml")),
        ("dark", include_str!("../../themes/dark.toml")),
        ("light", include_str!("../../themes/light.toml")),
        ("high-contrast", include_str!("../../themes/high-contrast.toml")),
        ("foolscap", include_str!("../../themes/foolscap.toml")),
        ("fjord", include_str!("../../themes/fjord.toml")),
    ]
}

/// What is shown without colours, whatever the theme.
const MONO: &str = include_str!("../../themes/mono.toml");

/// The marks that have a role, in the order in which these are laid over each other.
const MARKS: [(Marks, Role); 10] = [
    (Marks::CODE, Role::InlineCode),
    (Marks::MATH, Role::Math),
    (Marks::HTML, Role::Html),
    (Marks::FOOTNOTE, Role::Footnote),
    (Marks::TAG, Role::Tag),
    (Marks::IMAGE, Role::Image),
    (Marks::KEYBOARD, Role::InlineCode),
    (Marks::STRONG, Role::Strong),
    (Marks::EMPHASIS, Role::Emphasis),
    (Marks::STRIKETHROUGH, Role::Strikethrough),
];

fn built_in_text(name: &str) -> Option<&'static str> {
    built_in().iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// Whether the role is that of a piece of text rather than of all that a block holds.
fn has_own_look(role: Role) -> bool {
    matches!(
        role,
        Role::Link
            | Role::LinkMissing
            | Role::LinkAmbiguous
            | Role::LinkExternal
            | Role::LinkAttachment
            | Role::LinkSelected
            | Role::Tag
            | Role::TagActive
            | Role::InlineCode
            | Role::Math
            | Role::Footnote
            | Role::Html
            | Role::Image
    )
}

#[cfg(test)]
mod tests;
