//! Colours: their names in theme files, what red, green and blue they stand for, how well two of them
//! can be told apart, and which of a smaller palette is nearest. Knows nothing of roles.

use ratatui::style::Color;

/// Red, green and blue, 0 to 255 each.
pub type Rgb = (u8, u8, u8);

/// Reads a colour: `#rrggbb`, the terminal's own by name (`red`, `bright-black`), a number of the
/// xterm palette (`0` to `255`), or `default` for what the terminal has set. `None` for anything else.
#[must_use]
pub fn read(text: &str) -> Option<Color> {
    if let Some(digits) = text.strip_prefix('#') {
        let valid = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        return u32::from_str_radix(digits, 16).ok().filter(|_| valid).map(Color::from_u32);
    }
    if let Some((_, color)) = NAMES.iter().find(|(name, _)| *name == text) {
        return Some(*color);
    }
    text.parse().ok().map(Color::Indexed)
}

/// The names that [`read`] knows.
pub fn names<'a>() -> impl Iterator<Item = &'a str> {
    NAMES.iter().map(|&(name, _)| name)
}

/// What a colour stands for; of the terminal's own sixteen, what xterm shows when nobody has changed
/// them. `None` for the terminal's default.
#[must_use]
pub fn rgb(color: Color) -> Option<Rgb> {
    match color {
        Color::Reset => None,
        Color::Rgb(r, g, b) => Some((r, g, b)),
        Color::Indexed(n) => Some(indexed(n)),
        own => NAMES[1..].iter().zip(SIXTEEN).find(|((_, c), _)| *c == own).map(|(_, rgb)| rgb),
    }
}

/// The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
#[must_use]
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The nearest of the 240 fixed colours of the xterm palette; the first sixteen are left out, because
/// nobody knows what the terminal shows for them.
#[must_use]
pub fn nearest_indexed(wanted: Rgb) -> Color {
    let nearest = (16..=255u8).min_by_key(|&n| distance(wanted, indexed(n)));
    Color::Indexed(nearest.unwrap_or(16))
}

/// As [`nearest_indexed`], for what is written: a strong ink keeps its hue where the palette has it. The greys
/// lie closer together than the hues, and a dark green would become one.
#[must_use]
pub fn nearest_indexed_ink(wanted: Rgb) -> Color {
    let Some(hue_of_wanted) = hue(wanted).filter(|_| is_strong(wanted)) else {
        return nearest_indexed(wanted);
    };
    let same_hue = (16..=255u8).filter(|&n| {
        hue(indexed(n)).is_some_and(|hue| turn(hue, hue_of_wanted) <= SAME_HUE_DEGREES)
    });
    let nearest = same_hue.min_by_key(|&n| distance(wanted, indexed(n)));
    nearest.map_or_else(|| nearest_indexed(wanted), Color::Indexed)
}

/// The nearest of the terminal's own sixteen. A colour keeps its hue and a grey its lightness; pastel
/// shades, which are nearer to a grey than to anything else, would all become grey otherwise.
///
/// With `against`, only those with a contrast of at least 3 to it are considered.
#[must_use]
pub fn nearest_sixteen(wanted: Rgb, against: Option<Rgb>) -> Color {
    let readable =
        |rgb: Rgb| against.is_none_or(|against| contrast(rgb, against) >= READABLE_CONTRAST);
    let candidates = || NAMES[1..].iter().map(|(_, color)| *color).zip(SIXTEEN);
    let hue_of_wanted = hue(wanted);
    let same_hue = candidates().filter(|&(_, rgb)| readable(rgb)).filter(|&(_, rgb)| {
        matches!((hue_of_wanted, hue(rgb)), (Some(a), Some(b)) if turn(a, b) <= SAME_HUE_DEGREES)
    });
    let greys = candidates().filter(|&(_, rgb)| readable(rgb) && hue(rgb).is_none());
    // Lightness as it is seen against what is behind, so that the text stays stronger than what is
    // meant to be quiet.
    let seen = |rgb: Rgb| contrast(rgb, against.unwrap_or_default()).ln();
    let off = |rgb: Rgb| (seen(rgb) - seen(wanted)).abs();
    let nearer = |a: &(Color, Rgb), b: &(Color, Rgb)| off(a.1).total_cmp(&off(b.1));
    same_hue
        .min_by(nearer)
        .or_else(|| greys.min_by(nearer))
        .map_or(Color::Reset, |(color, _)| color)
}

const READABLE_CONTRAST: f64 = 3.0;
const SAME_HUE_DEGREES: f64 = 32.0;

/// The terminal's default first, then its sixteen in the order of their numbers. ratatui's names
/// differ: its `Gray` is ANSI white, its `White` bright white.
const NAMES: [(&str, Color); 17] = [
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

/// xterm's first sixteen (its `XTerm-col.ad`).
const SIXTEEN: [Rgb; 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

/// The xterm palette: the sixteen, a cube of 6x6x6, a ramp of 24 greys.
fn indexed(n: u8) -> Rgb {
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    match n {
        0..=15 => SIXTEEN[usize::from(n)],
        16..=231 => {
            let n = n - 16;
            (level(n / 36), level(n / 6 % 6), level(n % 6))
        }
        232..=255 => {
            let grey = 8 + 10 * (n - 232);
            (grey, grey, grey)
        }
    }
}

/// Relative luminance, 0 to 1 (WCAG 2.2).
fn luminance((r, g, b): Rgb) -> f64 {
    let linear = |byte: u8| {
        let part = f64::from(byte) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

/// How different two colours look: differences weighted as the eye does it, more for red in light
/// colours and for blue in dark ones (the "redmean" formula).
fn distance(a: Rgb, b: Rgb) -> u32 {
    let difference = |x: u8, y: u8| u32::from(x.abs_diff(y)).pow(2);
    let red_mean = u32::midpoint(u32::from(a.0), u32::from(b.0));
    (512 + red_mean) * difference(a.0, b.0) / 256
        + 4 * difference(a.1, b.1)
        + (767 - red_mean) * difference(a.2, b.2) / 256
}

/// The hue in degrees; `None` for greys and what is nearly one.
fn hue((r, g, b): Rgb) -> Option<f64> {
    let (most, least) = (r.max(g).max(b), r.min(g).min(b));
    let range = f64::from(most - least);
    if range < 24.0 || range < f64::from(most) * 0.25 {
        return None;
    }
    let [red, green, blue] = [r, g, b].map(f64::from);
    let degrees = if most == r {
        60.0 * ((green - blue) / range)
    } else if most == g {
        60.0 * ((blue - red) / range) + 120.0
    } else {
        60.0 * ((red - green) / range) + 240.0
    };
    Some(degrees.rem_euclid(360.0))
}

/// Whether a colour is more hue than grey.
fn is_strong((r, g, b): Rgb) -> bool {
    let (most, least) = (r.max(g).max(b), r.min(g).min(b));
    most - least >= most / 2
}

/// The angle between two hues, 0 to 180 degrees.
fn turn(a: f64, b: f64) -> f64 {
    let angle = (a - b).abs();
    angle.min(360.0 - angle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_by_value_name_and_number() {
        let check =
            |text: &str, expected: Option<Color>| assert_eq!(read(text), expected, "{text}");
        check("#1a2B3c", Some(Color::Rgb(0x1a, 0x2b, 0x3c)));
        check("red", Some(Color::Red));
        check("white", Some(Color::Gray));
        check("bright-black", Some(Color::DarkGray));
        check("bright-white", Some(Color::White));
        check("default", Some(Color::Reset));
        check("0", Some(Color::Indexed(0)));
        check("255", Some(Color::Indexed(255)));
        for wrong in ["", "#", "#fff", "#gggggg", "#12345é", "256", "-1", "gray", "Red"] {
            check(wrong, None);
        }
    }

    #[test]
    fn the_palette_is_xterms() {
        let check = |n: u8, expected: Rgb| assert_eq!(rgb(Color::Indexed(n)), Some(expected));
        check(9, (255, 0, 0));
        check(16, (0, 0, 0));
        check(17, (0, 0, 95));
        check(196, (255, 0, 0));
        check(231, (255, 255, 255));
        check(232, (8, 8, 8));
        check(255, (238, 238, 238));
        assert_eq!(rgb(Color::White), Some((255, 255, 255)));
        assert_eq!(rgb(Color::Reset), None);
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let check = |a: Rgb, b: Rgb, expected: f64| {
            assert!((contrast(a, b) - expected).abs() < 0.01, "{}", contrast(a, b));
        };
        check((0, 0, 0), (255, 255, 255), 21.0);
        check((7, 7, 7), (7, 7, 7), 1.0);
        check((0x77, 0x77, 0x77), (255, 255, 255), 4.48);
    }

    #[test]
    fn colours_of_the_palette_are_their_own_nearest() {
        for n in 16..=255u8 {
            let Color::Indexed(nearest) = nearest_indexed(indexed(n)) else { unreachable!() };
            assert_eq!(indexed(nearest), indexed(n));
        }
        // Inks: a dark green stays green, a warm grey stays grey.
        assert_eq!(nearest_indexed_ink((0x2f, 0x6b, 0x2c)), Color::Indexed(22));
        assert_eq!(nearest_indexed_ink((0x6b, 0x5b, 0x47)), Color::Indexed(240));
        assert_eq!(nearest_indexed((250, 251, 249)), Color::Indexed(231));
    }

    #[test]
    fn pastels_keep_their_hue_among_sixteen_and_greys_their_lightness() {
        let check = |wanted: Rgb, against: Option<Rgb>, expected: Color| {
            assert_eq!(nearest_sixteen(wanted, against), expected, "{wanted:?} {against:?}");
        };
        check((0x98, 0xc9, 0x8a), Some((0, 0, 0)), Color::Green);
        check((0xf0, 0x8a, 0x84), Some((0, 0, 0)), Color::LightRed);
        check((0xd6, 0xda, 0xe0), Some((0, 0, 0)), Color::Gray);
        check((0x15, 0x17, 0x1b), None, Color::Black);
        check((0xfb, 0xfb, 0xfa), None, Color::White);
        // What cannot be read there becomes a grey that can.
        check((0x2d, 0x6a, 0x2e), Some((255, 255, 255)), Color::DarkGray);
        check((0xff, 0xff, 0x00), Some((255, 255, 255)), Color::DarkGray);
    }
}
