//! Styled text for standard output: the same styles as on the screen, as escape sequences.

use std::io::{self, Write};

use crossterm::style::{Attribute, Attributes, ContentStyle};
use ratatui::backend::IntoCrossterm;
use ratatui::style::{Modifier, Style};

/// Writes `text` in `style`; without any sequence where the style says nothing.
///
/// # Errors
/// The output cannot be written to.
pub fn write(out: &mut impl Write, text: &str, style: Style) -> io::Result<()> {
    let style = content_style(style);
    if style == ContentStyle::new() {
        return out.write_all(text.as_bytes());
    }
    write!(out, "{}", style.apply(text))
}

fn content_style(style: Style) -> ContentStyle {
    let pairs = [
        (Modifier::BOLD, Attribute::Bold),
        (Modifier::DIM, Attribute::Dim),
        (Modifier::ITALIC, Attribute::Italic),
        (Modifier::UNDERLINED, Attribute::Underlined),
        (Modifier::REVERSED, Attribute::Reverse),
        (Modifier::CROSSED_OUT, Attribute::CrossedOut),
    ];
    let mut attributes = Attributes::none();
    for (modifier, attribute) in pairs {
        if style.add_modifier.contains(modifier) {
            attributes.set(attribute);
        }
    }
    let colour = |colour: Option<ratatui::style::Color>| {
        colour
            .filter(|colour| *colour != ratatui::style::Color::Reset)
            .map(IntoCrossterm::into_crossterm)
    };
    ContentStyle {
        foreground_color: colour(style.fg),
        background_color: colour(style.bg),
        underline_color: None,
        attributes,
    }
}
