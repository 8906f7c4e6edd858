//! Which symbolic links of the wiki lead to which files: whoever writes the file is told of it, and the page that
//! leads there changes with it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use super::gather::Dirty;

/// A chain of links is followed so far, as far as systems do.
const LONGEST_CHAIN: usize = 40;

/// The links that were seen, by the places that each leads over or to. One that is gone does no harm: where it was
/// is looked at for nothing.
#[derive(Debug, Default)]
pub(super) struct Links(BTreeMap<PathBuf, BTreeSet<PathBuf>>);

impl Links {
    /// Notes where a link leads now: to what it names, whether it is there or not, and to the real file. Gives
    /// back these places.
    pub(super) fn add(&mut self, link: &Path) -> Vec<PathBuf> {
        let mut targets: Vec<PathBuf> = link.canonicalize().into_iter().collect();
        let mut at = link.to_owned();
        for _ in 0..LONGEST_CHAIN {
            let Ok(named) = at.read_link() else { break };
            at = plain(&at.parent().unwrap_or(&at).join(named));
            targets.push(at.clone());
        }
        for target in &targets {
            self.0.entry(target.clone()).or_default().insert(link.to_owned());
        }
        targets
    }

    /// `dirty` with the links that lead to what is named there, or below it.
    pub(super) fn followed(&self, dirty: &Dirty) -> Dirty {
        let below = |path: &PathBuf| {
            let from = self.0.range(path.clone()..);
            let path = path.clone();
            from.take_while(move |(target, _)| target.starts_with(&path))
        };
        let links = dirty.paths.iter().flat_map(below).flat_map(|(_, links)| links).cloned();
        let mut followed = dirty.clone();
        followed.paths.extend(links);
        followed
    }
}

/// Without `.` and `..`, by the names alone.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_are_named_with_what_they_lead_to() {
        let kept = tempfile::tempdir().expect("a temporary folder");
        let root = kept.path().canonicalize().expect("it is there");
        std::fs::create_dir(root.join("x")).expect("a folder");
        let mut links = Links::default();
        for (target, link) in
            [("a.md", "b.md"), ("./x/../b.md", "c.md"), ("y.md", "x/d.md"), ("loop.md", "loop.md")]
        {
            symlink(target, root.join(link)).expect("a link");
            links.add(&root.join(link));
        }
        let check = |path: &str, expected: &[&str]| {
            let dirty = Dirty { paths: [root.join(path)].into(), ..Dirty::default() };
            let expected = expected.iter().chain([&path]).map(|path| root.join(path)).collect();
            let expected = Dirty { paths: expected, ..Dirty::default() };
            assert_eq!(links.followed(&dirty), expected, "{path}");
        };
        check("a.md", &["b.md", "c.md"]);
        check("b.md", &["c.md"]);
        check("x/y.md", &["x/d.md"]);
        check("x", &["x/d.md"]);
        check("y.md", &[]);
        check("loop.md", &[]);
    }
}
