//! `ken keys`, `ken completions`, `ken man`: what the program says of itself.

use anyhow::Result;
use clap::CommandFactory;
use serde::Serialize;

use super::args::{Arguments, Listing};
use super::output::Out;
use crate::command::manual;
use crate::command::table::TABLE;
use crate::runtime::settings;

#[derive(Serialize)]
struct KeyRow {
    command: &'static str,
    keys: Vec<String>,
    place: String,
    help: &'static str,
}

pub(crate) fn keys(arguments: &Arguments, listing: &Listing, out: &mut Out) -> Result<bool> {
    // A wiki may have keys of its own.
    let opened = settings::open(arguments.wiki.as_deref(), arguments.config()?)?;
    let keymap = settings::keymap(&opened.config)?;
    if !listing.json {
        out.text(&manual::plain(&keymap))?;
        return Ok(true);
    }
    for entry in TABLE {
        let sequences = keymap.keys_of(entry.place, entry.command);
        let keys = sequences.into_iter().map(|keys| crate::command::key::show(&keys)).collect();
        let place = format!("{:?}", entry.place).to_lowercase();
        out.json(&KeyRow { command: entry.name, keys, place, help: entry.help })?;
    }
    Ok(true)
}

pub(crate) fn completions(shell: clap_complete::Shell, out: &mut Out) -> Result<bool> {
    // Into memory first: it panics where its output cannot be written to.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "ken", &mut script);
    out.text(&String::from_utf8(script)?)?;
    Ok(true)
}

pub(crate) fn man(out: &mut Out) -> Result<bool> {
    clap_mangen::Man::new(Arguments::command()).render(out.raw())?;
    Ok(true)
}
