//! The themes that there are: the user's own before those of the program. At the start only the one in
//! use is read; reading all of them would take longer than showing the first page.

use std::fs;

use anyhow::{Result, bail};

use super::paths;
use crate::text::near::did_you_mean;
use crate::theme::{Depth, Theme, built_in};

/// The theme called `name`, for a terminal of `depth`.
///
/// # Errors
/// There is no such theme, or it cannot be understood.
pub fn named(name: &str, depth: Depth) -> Result<Theme> {
    let Some(text) = text_of(name) else {
        let names = names();
        let guess = did_you_mean(name, names.iter().map(String::as_str));
        bail!("there is no theme {name:?}{guess} (known are {})", names.join(", "));
    };
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

fn text_of(name: &str) -> Option<String> {
    // A name with a separator in it would lead out of the folder.
    let plain = !name.contains(['/', '\\', '\0']);
    let file = paths::themes_dir().filter(|_| plain).map(|dir| dir.join(format!("{name}.toml")));
    let own = file.and_then(|file| fs::read_to_string(file).ok());
    own.or_else(|| {
        let built_in = built_in().iter().find(|(known, _)| *known == name);
        built_in.map(|(_, text)| (*text).to_owned())
    })
}
