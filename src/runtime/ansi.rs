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

/// Has colours written although `NO_COLOR` is set: who asks for them by name goes before it.
pub fn colours(always: bool) {
    if always {
        crossterm::style::force_color_output(true);
    }
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

#[cfg(test)]
mod tests {
    use ratatui::style::Color;

    use super::*;

    #[test]
    fn a_style_that_says_nothing_writes_nothing_but_the_text() {
        let check = |style: Style, expected: &str| {
            let mut out = Vec::new();
            write(&mut out, "x", style).expect("a vector takes all");
            assert_eq!(String::from_utf8_lossy(&out), expected, "{style:?}");
        };
        colours(true);
        check(Style::new(), "x");
        check(Style::new().fg(Color::Reset).bg(Color::Reset), "x");
        check(Style::new().remove_modifier(Modifier::BOLD), "x");
        check(Style::new().add_modifier(Modifier::BOLD), "\x1b[1mx\x1b[0m");
        check(Style::new().fg(Color::Rgb(1, 2, 3)), "\x1b[38;2;1;2;3mx\x1b[39m");
        check(
            Style::new().fg(Color::Red).bg(Color::Indexed(17)),
            "\x1b[48;5;17m\x1b[38;5;1mx\x1b[49m\x1b[39m",
        );
    }
}
