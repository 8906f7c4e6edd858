//! The themes that there are: the user's own before those of the program. At the start only the one in
//! use is read; reading all of them would take longer than showing the first page.

use std::fs;

use anyhow::{Result, anyhow, bail};

use super::paths;
use super::read::read_utf8;
use crate::text::near::did_you_mean;
use crate::theme::ground::AUTO;
use crate::theme::{Depth, Ground, Theme, built_in};

/// The theme to begin with for what the config says, for a terminal of `depth`: `auto` is what the
/// environment tells of the ground, else the terminal's own colours.
///
/// # Errors
/// As [`named`].
pub fn chosen(config: &str, depth: Depth) -> Result<Theme> {
    if config != AUTO {
        return named(config, depth);
    }
    let told = std::env::var("COLORFGBG").ok();
    let told = told.as_deref().and_then(Ground::of_environment);
    // Sixteen colours and none are looked after best by the theme that uses no others.
    let told = told.filter(|_| matches!(depth, Depth::True | Depth::Indexed));
    named(told.map_or("terminal", Ground::theme), depth)
}

/// Whether `name` can be chosen, be it `auto` or the name of a theme.
///
/// # Errors
/// As [`named`].
pub fn known(name: &str) -> Result<()> {
    if name == AUTO { Ok(()) } else { named(name, Depth::True).map(|_| ()) }
}

/// The theme called `name`, for a terminal of `depth`.
///
/// # Errors
/// There is no such theme, or it cannot be understood.
pub fn named(name: &str, depth: Depth) -> Result<Theme> {
    let text = match own_text(name) {
        Some(text) => text?,
        None => {
            if let Some(text) = built_in_text(name) {
                text
            } else {
                let names = names();
                let guess = did_you_mean(name, names.iter().map(String::as_str));
                bail!("there is no theme {name:?}{guess} (known are {})", names.join(", "));
            }
        }
    };
    let text_of = |name: &str| own_text(name).and_then(Result::ok).or_else(|| built_in_text(name));
    match Theme::parse(name, &text, &text_of) {
        Ok(theme) => Ok(theme.reduced(depth)),
        Err(error) => bail!("{error}"),
    }
}

/// All themes, those of the program first. One that cannot be understood is left out; choosing it by
/// name says why.
#[must_use]
pub fn all(depth: Depth) -> Vec<Theme> {
    names().iter().filter_map(|name| named(name, depth).ok()).collect()
}

fn names() -> Vec<String> {
    let mut names: Vec<String> = built_in().iter().map(|(name, _)| (*name).to_owned()).collect();
    let folder = paths::themes_dir().and_then(|folder| fs::read_dir(folder).ok());
    let mut own: Vec<String> = folder
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".toml")?.to_owned()))
        .filter(|name| !names.contains(name))
        .collect();
    own.sort();
    names.append(&mut own);
    names
}

/// The text of the user's theme of that name; `None` if there is no such file.
fn own_text(name: &str) -> Option<Result<String>> {
    // A name with a separator in it would lead out of the folder.
    let plain = !name.contains(['/', '\\', '\0']);
    let file = paths::themes_dir().filter(|_| plain)?.join(format!("{name}.toml"));
    fs::symlink_metadata(&file).ok()?;
    Some(read_utf8(&file).map_err(|why| anyhow!("cannot read {}: {why}", file.display())))
}

fn built_in_text(name: &str) -> Option<String> {
    let built_in = built_in().iter().find(|(known, _)| *known == name);
    built_in.map(|(_, text)| (*text).to_owned())
}
