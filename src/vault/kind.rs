//! Kinds: what sort of thing a page is about. Knows names and signs; which colour a role has is
//! known to the theme.

use super::PagePath;
use crate::text::role::Role;

/// The kind of a page: front matter `type`/`kind` (`said`), else the first folder of the path, else
/// none. Lower case.
#[must_use]
pub fn kind(path: &PagePath, said: Option<&str>) -> Option<String> {
    said.map(str::trim)
        .filter(|said| !said.is_empty())
        .or_else(|| path.as_str().split_once('/').map(|(first, _)| first))
        .map(str::to_lowercase)
}

/// The sign and the role of a kind. The sign is one cell wide in every terminal font, so that kinds
/// are told apart without colour.
#[must_use]
pub fn look(kind: Option<&str>) -> (&'static str, Role) {
    match kind {
        Some("people" | "person") => ("@", Role::KindPeople),
        Some("topics" | "topic") => ("#", Role::KindTopics),
        Some("episodes" | "episode") => ("~", Role::KindEpisodes),
        Some(other) => {
            let sum = other
                .bytes()
                .fold(0u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
            ("·", [Role::KindA, Role::KindB, Role::KindC][sum as usize % 3])
        }
        None => ("·", Role::Quiet),
    }
}

/// Whether pages of this kind tell of a day, so that they are ordered by it.
#[must_use]
pub fn is_episode(kind: Option<&str>) -> bool {
    matches!(kind, Some("episodes" | "episode"))
}

#[cfg(test)]
mod tests {
    use super::{kind, look};
    use crate::text::width::width;
    use crate::vault::PagePath;

    #[test]
    fn the_front_matter_says_the_kind_else_the_first_folder() {
        let check = |path: &str, said: Option<&str>, expected: Option<&str>| {
            assert_eq!(kind(&PagePath::new(path).unwrap(), said).as_deref(), expected);
        };
        check("people/alex.md", None, Some("people"));
        check("People/dear/alex.md", None, Some("people"));
        check("people/alex.md", Some("Robot"), Some("robot"));
        check("people/alex.md", Some("  "), Some("people"));
        check("alex.md", None, None);
        check("alex.md", Some("person"), Some("person"));
    }

    #[test]
    fn every_sign_is_one_cell_wide() {
        for kind in [Some("people"), Some("topics"), Some("episodes"), Some("人"), None] {
            assert_eq!(width(look(kind).0), 1, "{kind:?}");
        }
    }
}
