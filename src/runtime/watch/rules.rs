//! Whether a file belongs to the wiki, by its path alone: what the walk over the whole wiki would say, without
//! walking there.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::runtime::scan;

/// The rules of a wiki, as far as they were asked for.
pub(super) struct Rules<'a> {
    root: &'a Path,
    skip: Gitignore,
    /// What each folder's own file says.
    of_folder: HashMap<PathBuf, Own>,
}

/// What stands in a folder's own file of patterns.
enum Own {
    Nothing,
    Patterns(Gitignore),
    /// It is no file of patterns, and must not be opened: none of the folder is shown.
    Odd,
}

impl<'a> Rules<'a> {
    /// The rules of the wiki at `root`, with patterns to skip beside those that lie in it.
    pub(super) fn new(root: &'a Path, ignore: &[String]) -> Self {
        // What is wrong with them was told when the wiki was listed.
        let (skip, _) = scan::skipped(root, ignore);
        Self { root, skip, of_folder: HashMap::new() }
    }

    /// Whether a file at that path, below the root, would be found by the walk.
    pub(super) fn admit(&mut self, file: &Path) -> bool {
        let mut parts: Vec<&Path> =
            file.ancestors().take_while(|part| *part != self.root).collect();
        parts.reverse();
        !parts.into_iter().any(|part| self.is_left_out(part, part != file))
    }

    fn is_left_out(&mut self, part: &Path, is_folder: bool) -> bool {
        if is_folder && matches!(self.of(part), Own::Odd) {
            return true;
        }
        // Of the whole wiki nothing is left out for that, and no other file of patterns is read.
        let reads = !matches!(self.of(self.root), Own::Odd);
        // The innermost folder that has something to say is obeyed, even about hidden names.
        let mut folder = part.parent();
        let mut said = None;
        let root = self.root;
        let asked = |at: &&Path| reads && at.starts_with(root);
        while let Some(at) = folder.filter(asked).filter(|_| said.is_none()) {
            if let Own::Patterns(rules) = self.of(at) {
                let matched = rules.matched(part, is_folder);
                said = (!matched.is_none()).then(|| matched.is_ignore());
            }
            folder = at.parent();
        }
        let is_hidden = part.file_name().is_some_and(|name| name.as_encoded_bytes()[0] == b'.');
        said.unwrap_or(is_hidden) || self.skip.matched(part, is_folder).is_ignore()
    }

    fn of(&mut self, folder: &Path) -> &Own {
        self.of_folder.entry(folder.to_owned()).or_insert_with(|| {
            let file = folder.join(scan::IGNORE_FILE);
            if scan::is_odd_ignore(folder) {
                return Own::Odd;
            }
            if !file.is_file() {
                return Own::Nothing;
            }
            let mut builder = GitignoreBuilder::new(folder);
            // A line that is no pattern is left out; the walk tells of it.
            builder.add(file);
            builder.build().map_or(Own::Nothing, Own::Patterns)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_path_belongs_to_the_wiki_if_the_walk_finds_it() {
        let kept = tempfile::tempdir().expect("a temporary folder");
        let root = kept.path().canonicalize().expect("it is there");
        let ignore = ["*.bak".to_owned(), "out/".to_owned()];
        let files = [
            ("a.md", true),
            ("b.bak", false),
            ("x/.kenignore", false),
            ("x/draft-1.md", false),
            ("x/kept.md", true),
            ("x/y/draft-2.md", false),
            ("x/y/draft-not.md", true),
            ("x/y/.kenignore", false),
            ("x/y/.seen.md", true),
            ("x/.hidden.md", false),
            (".git/config.md", false),
            (".obsidian/a.md", false),
            ("node_modules/a.md", false),
            ("x/node_modules/b/a.md", false),
            ("out/a.md", false),
            ("x/out/a.md", false),
            ("x/out.md", true),
            ("secret/a.md", false),
            ("secret/deep/a.md", false),
            ("odd/a.md", false),
            ("odd/deep/a.md", false),
            ("odd/.kenignore/a.md", false),
            ("\u{e9}t\u{e9}/a.md", true),
        ];
        for (path, _) in files {
            let file = root.join(path);
            fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
            fs::write(file, "text").expect("a file");
        }
        fs::write(root.join("x/.kenignore"), "draft-*\n[\n").expect("a file");
        fs::write(root.join("x/y/.kenignore"), "!draft-not.md\n!.seen.md\n").expect("a file");
        fs::write(root.join(".kenignore"), "/secret\n").expect("a file");

        let check = |files: &[(&str, bool)]| {
            let found = scan::list(&root, &ignore).entries;
            let found: Vec<_> = found.iter().map(|entry| entry.path.as_str()).collect();
            let mut rules = Rules::new(&root, &ignore);
            for (path, expected) in files {
                assert_eq!(found.contains(path), *expected, "the walk: {path}");
                assert_eq!(rules.admit(&root.join(path)), *expected, "{path}");
            }
        };
        check(&files);
        fs::remove_file(root.join(".kenignore")).expect("it was there");
        fs::create_dir(root.join(".kenignore")).expect("a folder");
        check(&[("a.md", true), ("secret/a.md", true), ("x/draft-1.md", true), ("b.bak", false)]);
    }
}
