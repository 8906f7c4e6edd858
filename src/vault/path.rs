//! Page paths: the identity of a page.

use std::fmt;
use std::sync::Arc;

use crate::text::fold::nfc;

/// A path below the wiki's root: `/`-separated, in Unicode normalization form C, never empty, never
/// absolute, no `.` or `..` or empty component. Cheap to clone.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PagePath(Arc<str>);

impl PagePath {
    /// The path, brought to form C; `None` where it breaks a rule of the type.
    #[must_use]
    pub fn new(path: &str) -> Option<Self> {
        let sound =
            !path.is_empty() && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        sound.then(|| Self(nfc(path).as_ref().into()))
    }

    /// The whole path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last component, with its extension.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last component without `.md` or `.markdown`; other extensions stay.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.strip_suffix(".md").or_else(|| name.strip_suffix(".markdown")).unwrap_or(name)
    }

    /// The folder, `""` at the root.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Whether the name is that of a page: `*.md` or `*.markdown`, in any case.
    #[must_use]
    pub fn is_page(&self) -> bool {
        let name = self.file_name().as_bytes();
        let ends = |suffix: &[u8]| {
            name.len() > suffix.len()
                && name[name.len() - suffix.len()..].eq_ignore_ascii_case(suffix)
        };
        ends(b".md") || ends(b".markdown")
    }
}

impl fmt::Debug for PagePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

impl fmt::Display for PagePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
