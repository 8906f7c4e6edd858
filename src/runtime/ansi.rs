//! Styled text for standard output: the same styles as on the screen, as escape sequences.

use std::io::{self, Write};

use crossterm::style::{Attribute, Attributes, ContentStyle};
use ratatui::backend::IntoCrossterm;
use ratatui::style::{Color, Modifier, Style};

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

/// Gives `cells` cells the ground of `style`; where it has none of its own, the line ends before them.
///
/// # Errors
/// The output cannot be written to.
pub fn fill(out: &mut impl Write, cells: usize, style: Style) -> io::Result<()> {
    let has_ground = style.bg.is_some_and(|ground| ground != Color::Reset);
    if has_ground { write(out, &" ".repeat(cells), style) } else { Ok(()) }
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
    let colour = |colour: Option<Color>| {
        colour.filter(|colour| *colour != Color::Reset).map(IntoCrossterm::into_crossterm)
    };
    ContentStyle {
        foreground_color: colour(style.fg),
        background_color: colour(style.bg),
        underline_color: None,
        attributes,
    }
}
