//! Bare addresses in running text (GFM 6.9, autolinks; only with a scheme).

use std::ops::Range;

/// The address around the colon at `colon`, as a range of `text`.
pub(super) fn around(text: &str, colon: usize) -> Option<Range<usize>> {
    if !text[colon..].starts_with("://") {
        return None;
    }
    let before = &text[..colon];
    let scheme = ["https", "http", "ftp"].into_iter().find(|scheme| {
        before.len() >= scheme.len()
            && before.as_bytes()[before.len() - scheme.len()..]
                .eq_ignore_ascii_case(scheme.as_bytes())
    })?;
    let start = colon - scheme.len();
    if text[..start].ends_with(char::is_alphanumeric) {
        return None;
    }
    let ends = |c: char| {
        c.is_whitespace()
            || matches!(c, '<' | '>' | '"' | '`' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff65}' | '\u{2018}'..='\u{201f}')
    };
    let host = colon + 3;
    if !text[host..].starts_with(|c: char| c.is_alphanumeric() || c == '[') {
        return None;
    }
    let mut address = &text[start..text[host..].find(ends).map_or(text.len(), |end| host + end)];
    // Punctuation at the end belongs to the sentence; a bracket does where it opens nothing.
    let excess = |open: char, close: char| {
        let (opened, closed) = (address.matches(open).count(), address.matches(close).count());
        closed.saturating_sub(opened)
    };
    let (mut round, mut square) = (excess('(', ')'), excess('[', ']'));
    loop {
        address = match address.bytes().next_back()? {
            b'?' | b'!' | b'.' | b',' | b':' | b';' | b'*' | b'_' | b'~' | b'\'' | b'|' => {
                &address[..address.len() - 1]
            }
            b')' if round > 0 => {
                round -= 1;
                &address[..address.len() - 1]
            }
            b']' if square > 0 => {
                square -= 1;
                &address[..address.len() - 1]
            }
            _ => break,
        };
    }
    (address.len() > host - start).then(|| start..start + address.len())
}

#[cfg(test)]
mod tests {
    use super::around;

    fn check(text: &str, expected: Option<&str>) {
        let colon = text.find(':').unwrap_or_default();
        assert_eq!(around(text, colon).map(|range| &text[range]), expected, "{text}");
    }

    #[test]
    fn addresses_end_where_gfm_ends_them() {
        check("see https://a.b/c.", Some("https://a.b/c"));
        check("(https://a.b/c_(d)) x", Some("https://a.b/c_(d)"));
        check("https://a.b/?q=1&r=#f, x", Some("https://a.b/?q=1&r=#f"));
        check("HTTP://C.D", Some("HTTP://C.D"));
        check("[https://a.b]", Some("https://a.b"));
        check("见 https://a.b。好", Some("https://a.b"));
    }

    #[test]
    fn what_has_no_host_or_another_scheme_is_no_address() {
        check("https://", None);
        check("xhttps://a.b", None);
        check("见https://a.b", None);
        check("file:///x", None);
        check("http://.", None);
        check("a: b", None);
    }
}
