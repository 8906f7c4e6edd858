//! Where the program keeps its own files: configuration, themes, state. Never inside a wiki.

use std::path::PathBuf;

use directories::ProjectDirs;

fn dirs() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "kenning")
}

/// The configuration folder: `$XDG_CONFIG_HOME/kenning`, `~/.config/kenning` or the system's own place.
#[must_use]
pub fn config_dir() -> Option<PathBuf> {
    dirs().map(|dirs| dirs.config_dir().to_owned())
}

/// The configuration file.
#[must_use]
pub fn config_file() -> Option<PathBuf> {
    config_dir().map(|dir| dir.join("config.toml"))
}

/// The folder of the user's own themes.
#[must_use]
pub fn themes_dir() -> Option<PathBuf> {
    config_dir().map(|dir| dir.join("themes"))
}

/// The cache folder: `$XDG_CACHE_HOME/kenning`, `~/.cache/kenning` or the system's own place. All of it may be
/// deleted at any time.
#[must_use]
pub fn cache_dir() -> Option<PathBuf> {
    dirs().map(|dirs| dirs.cache_dir().to_owned())
}

/// The state folder: `$XDG_STATE_HOME/kenning`, `~/.local/state/kenning`; where the system knows no
/// state folder, its folder for local data.
#[must_use]
pub fn state_dir() -> Option<PathBuf> {
    dirs().map(|dirs| dirs.state_dir().unwrap_or(dirs.data_local_dir()).to_owned())
}
