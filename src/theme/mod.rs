//! Themes: `Role -> Style`, read from TOML, reduced to what the terminal can show. The only place,
//! beside the painting in `view`, that knows colours.

use ratatui::style::Style;

use crate::text::role::{Marks, Role};

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Depth {
    /// None (`NO_COLOR`, `TERM=dumb`): weight, slant, underline and reverse only.
    Mono,
    /// The terminal's own sixteen.
    Sixteen,
    /// 256 (xterm palette).
    Indexed,
    /// 24 bit.
    True,
}

/// A theme: a style for every role.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Its name, as in `--theme`.
    pub name: String,
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
    /// Broken TOML with its line, an unknown role or colour with a proposal, a missing role, a circle of `inherits`.
    pub fn parse(
        name: &str,
        text: &str,
        find: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ThemeError> {
        let _ = (text, find);
        Ok(Self { name: name.to_owned(), styles: vec![Style::new(); Role::ALL.len()] })
    }

    /// The same theme for a terminal of `depth`.
    #[must_use]
    pub fn reduced(self, depth: Depth) -> Self {
        let _ = depth;
        self
    }

    /// The style of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    /// The style of a role with marks laid over it.
    #[must_use]
    pub fn marked(&self, role: Role, marks: Marks) -> Style {
        let _ = marks;
        self.style(role)
    }
}

/// The themes that come with the program: name and text, `terminal` first.
#[must_use]
pub fn built_in() -> &'static [(&'static str, &'static str)] {
    &[]
}
