//! A theme's styles for terminals that show fewer colours than it names.

use ratatui::style::{Color, Modifier, Style};

use super::color::{self, Rgb};
use crate::text::role::Role;

/// For the 256 colours of the xterm palette.
pub(super) fn to_indexed(styles: &mut [Style]) {
    let reduce = |color: Color, nearest: fn(Rgb) -> Color| match color {
        Color::Rgb(r, g, b) => nearest((r, g, b)),
        other => other,
    };
    for style in styles {
        style.fg = style.fg.map(|ink| reduce(ink, color::nearest_indexed_ink));
        style.bg = style.bg.map(|ground| reduce(ground, color::nearest_indexed));
    }
}

/// For the terminal's own sixteen. Shades that only set a part of the screen apart (code blocks,
/// overlays) become the background of the text; roles whose background says something are shown in
/// reverse instead. Text keeps a readable contrast to what is behind it.
pub(super) fn to_sixteen(styles: &mut [Style]) {
    let page = styles[Role::Text as usize].bg.filter(|color| is_fixed(*color)).and_then(color::rgb);
    let page_reduced = page.map(|page| color::nearest_sixteen(page, None));
    for role in Role::ALL {
        let style = &mut styles[*role as usize];
        if let (Some(bg), Some(page)) =
            (style.bg.filter(|bg| is_fixed(*bg)).and_then(color::rgb), page)
        {
            style.bg = if color::contrast(bg, page) < VISIBLE_CONTRAST {
                if let Some((_, modifier)) = TELLING.iter().find(|(telling, _)| telling == role) {
                    *style = style.add_modifier(*modifier);
                }
                page_reduced
            } else {
                Some(color::nearest_sixteen(bg, None))
            };
        } else if let Some(bg) = style.bg {
            style.bg = Some(reduced(bg, None));
        }
        let behind = style.bg.or(page_reduced).and_then(color::rgb);
        style.fg = style.fg.map(|fg| reduced(fg, behind));
        // On a ground of its own it stays black, also where bold text lies: many terminals show bold
        // black as grey.
        if style.fg == Some(Color::Black) && style.bg.is_some_and(|bg| Some(bg) != page_reduced) {
            *style = style.remove_modifier(Modifier::BOLD);
        }
    }
}

/// Below this, sixteen colours show two backgrounds as one.
const VISIBLE_CONTRAST: f64 = 3.0;

/// The roles that are told by their background, and what tells them when it is lost.
const TELLING: [(Role, Modifier); 8] = [
    (Role::Highlight, Modifier::REVERSED),
    (Role::LinkSelected, Modifier::REVERSED),
    (Role::TagActive, Modifier::REVERSED),
    (Role::Match, Modifier::REVERSED),
    (Role::MatchCurrent, Modifier::REVERSED.union(Modifier::BOLD)),
    (Role::Selection, Modifier::REVERSED),
    (Role::Cursor, Modifier::REVERSED),
    (Role::CursorUnfocused, Modifier::BOLD),
];

/// Whether everybody sees the same colour; the terminal's own sixteen are the user's choice.
fn is_fixed(color: Color) -> bool {
    matches!(color, Color::Rgb(..) | Color::Indexed(16..))
}

fn reduced(color: Color, against: Option<Rgb>) -> Color {
    match color::rgb(color) {
        Some(rgb) if is_fixed(color) => color::nearest_sixteen(rgb, against),
        _ => color,
    }
}
