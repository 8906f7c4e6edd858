//! Kinds: what sort of thing a page is about.

use super::PagePath;
use crate::text::role::Role;

/// The kind of a page: front matter `type`/`kind` (`said`), else the first folder of the path, else
/// none. Lower case.
#[must_use]
pub fn kind(path: &PagePath, said: Option<&str>) -> Option<String> {
    said.map(str::to_lowercase)
        .or_else(|| path.as_str().split_once('/').map(|(first, _)| first.to_lowercase()))
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
