//! What a link asks for, seen from its page: pure text, no other page is needed. Which file answers
//! is the business of `resolve`.

use super::names::Key;
use crate::markdown::{Link, LinkKind};
use crate::text::fold::fold;
use crate::vault::path::{join, percent_decoded, strip_page_extension};

/// What is tried behind a target to get a file: the name as written first, never an extension
/// replaced (`semantics.md`, wiki-links rule 2).
const FILE_ENDINGS: &[&str] = &["", ".md", ".markdown"];

/// The pages that speak for their folder, the best first; folded.
pub(super) const FOLDER_PAGES: &[&str] =
    &["index.md", "readme.md", "index.markdown", "readme.markdown"];

/// What a link asks for; names are folded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Target {
    /// Something out of the wiki.
    External,
    /// The page that holds the link.
    Itself,
    /// A place that is not in the wiki.
    Nowhere,
    /// The file at this path and no other.
    At(Asked),
    /// A file whose path ends in this name.
    Named {
        /// The name.
        name: Asked,
        /// Of Markdown links: the path as seen from the page, tried first.
        beside: Option<Asked>,
    },
}

/// A path or a name, and what may stand behind it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Asked {
    /// Folded; of a path without slashes at its ends, `""` being the root.
    pub(super) name: String,
    /// Whether a file may answer: the target does not end in `/`.
    file: bool,
    /// Whether a folder may answer.
    pub(super) folder: bool,
    /// Written from the root (`/x`), not from the page.
    pub(super) from_root: bool,
}

impl Asked {
    /// What to try behind the name, in order.
    pub(super) fn endings(&self) -> impl Iterator<Item = &'static str> {
        let files = if self.file && !self.name.is_empty() { FILE_ENDINGS } else { &[] };
        files.iter().copied()
    }
}

impl Target {
    /// What `link` asks for, standing on a page in `folder` (folded).
    pub(super) fn of(link: &Link<&str>, folder: &str) -> Self {
        if link.is_external() {
            return Self::External;
        }
        let markdown = is_markdown(link.kind);
        let written = fold(&written(link));
        if written.is_empty() {
            return Self::Itself;
        }
        let file = !(markdown && ends_in_folder(&written));
        let asked = |name, from_root| Asked { name, file, folder: markdown, from_root };
        if written.starts_with('/') {
            return join("", &written).map_or(Self::Nowhere, |path| Self::At(asked(path, true)));
        }
        let beside = || join(folder, &written).map(|path| asked(path, false));
        if is_relative(&written) {
            return beside().map_or(Self::Nowhere, Self::At);
        }
        if !markdown {
            return Self::Named { name: asked(written, false), beside: None };
        }
        match join("", &written) {
            Some(name) => Self::Named { name: asked(name, false), beside: beside() },
            None => beside().map_or(Self::Nowhere, Self::At),
        }
    }

    /// The keys under which a link asks. A file answers to the keys of [`answers`]; an alias or
    /// a title to its own.
    pub(super) fn keys(&self) -> impl Iterator<Item = Key> {
        let (path, name) = self.places();
        let path = path.map(|path| Key::of_path(&path.name));
        path.into_iter().chain(name.map(|name| Key::of_name(&name.name)))
    }

    /// Whether it asks for what `target` (folded) names, as a path or as a name.
    pub(super) fn asks_for(&self, target: &str) -> bool {
        let (path, name) = self.places();
        path.into_iter().chain(name).any(|asked| bare(&asked.name) == bare(target))
    }

    /// The path and the name that are asked for.
    fn places(&self) -> (Option<&Asked>, Option<&Asked>) {
        match self {
            Self::External | Self::Itself | Self::Nowhere => (None, None),
            Self::At(path) => (Some(path), None),
            Self::Named { name, beside } => (beside.as_ref(), Some(name)),
        }
    }

    /// The name of what is asked for, folded, without the extension of pages: the same for links that
    /// one new page could answer.
    pub(super) fn wanted(self) -> Option<String> {
        let (Self::At(Asked { name, .. }) | Self::Named { name: Asked { name, .. }, .. }) = self
        else {
            return None;
        };
        Some(bare(&name).to_owned())
    }
}

/// Whether a target is written from its page's folder on.
pub(super) fn is_relative(target: &str) -> bool {
    matches!(target, "." | "..") || target.starts_with("./") || target.starts_with("../")
}

/// The target as its writer meant it: that of a Markdown link is percent-decoded.
pub(super) fn written<'a>(link: &'a Link<&str>) -> std::borrow::Cow<'a, str> {
    if is_markdown(link.kind) { percent_decoded(link.target()) } else { link.target().into() }
}

/// The keys of links that the file or folder at the folded `path` may answer: see [`Target::keys`].
pub(super) fn answers(path: &str) -> Vec<Key> {
    let whole = ["/", path].concat();
    let endings = FILE_ENDINGS.iter();
    let lengths: Vec<usize> =
        endings.filter_map(|ending| whole.strip_suffix(ending)).map(str::len).collect();
    let mut keys = Vec::new();
    for (slash, _) in whole.match_indices('/') {
        let names = lengths.iter().filter_map(|&length| whole.get(slash + 1..length));
        keys.extend(names.map(Key::of_name));
    }
    let paths = lengths.iter().map(|&length| whole[..length].trim_start_matches('/'));
    keys.extend(paths.map(Key::of_path));
    keys
}

/// The keys of links that name the same as `target` (folded), as a path or as a name.
pub(super) fn same_name(target: &str) -> impl Iterator<Item = Key> {
    let name = bare(target);
    let forms = FILE_ENDINGS.iter().map(move |ending| [name, ending].concat());
    forms.flat_map(|name| [Key::of_path(&name), Key::of_name(&name)])
}

/// A target without slashes at its ends and without the extension of pages.
fn bare(target: &str) -> &str {
    let name = target.trim_matches('/');
    strip_page_extension(name).unwrap_or(name)
}

fn is_markdown(kind: LinkKind) -> bool {
    matches!(kind, LinkKind::Markdown | LinkKind::Image)
}

fn ends_in_folder(target: &str) -> bool {
    matches!(target.rsplit('/').next(), Some("" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::{Key, answers};

    #[test]
    fn a_file_answers_to_every_end_of_its_path() {
        let check = |path: &str, names: &[&str], paths: &[&str]| {
            let names = names.iter().map(|name| Key::of_name(name));
            let paths = paths.iter().map(|path| Key::of_path(path));
            assert_eq!(answers(path), names.chain(paths).collect::<Vec<_>>(), "{path}");
        };
        check(
            "a/readme.md",
            &["a/readme.md", "a/readme", "readme.md", "readme"],
            &["a/readme.md", "a/readme"],
        );
        check("readme.md", &["readme.md", "readme"], &["readme.md", "readme"]);
        check("a/b", &["a/b", "b"], &["a/b"]);
        check("x.png", &["x.png"], &["x.png"]);
    }
}
