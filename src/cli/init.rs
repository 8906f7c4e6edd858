//! `ken init DIR`: the sample wiki on disk, with a file that marks the folder as a wiki.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Result, anyhow, bail};

use super::output::Out;
use crate::runtime::read::reason;
use crate::runtime::sample;
use crate::runtime::settings::WIKI_CONFIG;

/// What marks the folder as a wiki. It sets nothing: the user's own settings are as good here.
const MARKER: &str = "\
# This file makes the folder a wiki: anywhere below it `ken` opens this folder, and a page inside it opens
# with the whole wiki around it.
#
# It also holds settings for this wiki alone, which go before those of your own config.toml. All of them:
# docs/config.md in the source of kenning. Take a # away to try one:

# page-width = 76
# ignore = [\"drafts\"]

# Queries with a name stand at the top of the tree, each as a folder of its pages:
# [queries]
# \"not sure\" = \"strength<0.6\"
";

pub(crate) fn init(dir: &Path, out: &mut Out) -> Result<bool> {
    if dir.exists() && !dir.is_dir() {
        bail!("{} is a file, not a folder", dir.display());
    }
    let failed = |what: &Path, error: &std::io::Error| {
        anyhow!("cannot write {}: {}", what.display(), reason(error))
    };
    let (mut written, mut kept) = (0, 0);
    let sample = sample::files().map(|(path, bytes)| (path.as_str().to_owned(), bytes));
    for (path, bytes) in sample.chain([(WIKI_CONFIG.to_owned(), MARKER.as_bytes())]) {
        let file = dir.join(path);
        let folder = file.parent().unwrap_or(dir);
        fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
        // `create_new` asks the system itself: between a look and a write nobody can slip in a file.
        match OpenOptions::new().write(true).create_new(true).open(&file) {
            Ok(mut new) => {
                if let Err(error) = new.write_all(bytes) {
                    // Half a page would count as existing the next time. If it cannot be removed
                    // either, the error that is told is the same.
                    fs::remove_file(&file).ok();
                    return Err(failed(&file, &error));
                }
                written += 1;
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => kept += 1,
            Err(error) => return Err(failed(&file, &error)),
        }
    }
    let was =
        if kept > 0 { format!("; {kept} existed and were left alone") } else { String::new() };
    let dir = dir.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-~+".contains(c);
    let word = if dir.chars().all(plain) {
        dir.clone()
    } else {
        format!("'{}'", dir.replace('\'', r"'\''"))
    };
    out.line(&format!("{written} files written to {dir}{was}. Open it with: ken {word}"))?;
    Ok(true)
}
