//! The desktop's trash, by the freedesktop.org Trash specification 1.0: a copy of what is about to be
//! replaced goes there under the name of its file, so that the desktop's own "restore" knows where it
//! belongs. Always the home trash: the specification leaves that open for files of other disks.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::read::reason;

/// So many files of one name may lie in the trash.
const MOST_OF_A_NAME: u32 = 10_000;

/// Puts `bytes` into the trash as a file deleted from `original` at `when` (local time,
/// `YYYY-MM-DDThh:mm:ss`). Gives the place where the copy lies.
///
/// # Errors
/// One sentence that says what could not be written.
pub fn keep(original: &Path, bytes: &[u8], when: &str) -> Result<PathBuf, String> {
    let data = directories::BaseDirs::new()
        .map(|dirs| dirs.data_dir().to_owned())
        .ok_or("there is no home folder that could hold a backup")?;
    let trash = data.join("Trash");
    let failed = |what: &Path, error: &io::Error| {
        format!("cannot write a backup to {}: {}", what.display(), reason(error))
    };
    for folder in ["files", "info"] {
        let folder = trash.join(folder);
        private_folder(&folder).map_err(|error| failed(&folder, &error))?;
    }
    let name = original.file_name().ok_or("it has no name")?.to_string_lossy();
    let (stem, end) = match name.rsplit_once('.') {
        Some((stem, end)) if !stem.is_empty() => (stem, format!(".{end}")),
        _ => (&*name, String::new()),
    };
    let info = format!("[Trash Info]\nPath={}\nDeletionDate={when}\n", percent_encoded(original));
    for number in 1..=MOST_OF_A_NAME {
        let name = if number == 1 { name.to_string() } else { format!("{stem}.{number}{end}") };
        // The record is made first and only if there is none of its name: whoever made it owns the name.
        let record = trash.join("info").join(format!("{name}.trashinfo"));
        let kept = trash.join("files").join(&name);
        match write_new(&record, info.as_bytes()) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(failed(&record, &error)),
        }
        match write_new(&kept, bytes) {
            Ok(()) => return Ok(kept),
            Err(error) => {
                // A record of nothing would show as an empty row in the desktop's trash.
                fs::remove_file(&record).ok();
                if error.kind() != ErrorKind::AlreadyExists {
                    fs::remove_file(&kept).ok();
                    return Err(failed(&kept, &error));
                }
            }
        }
    }
    Err(format!("{} holds too many files of that name: empty the trash", trash.display()))
}

fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn write_new(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(file)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// The path as RFC 2396 has it: letters, figures and `-_.~/` as they are.
fn percent_encoded(path: &Path) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte);
    let encoded = |byte: u8| {
        if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    path.as_os_str().as_encoded_bytes().iter().map(|byte| encoded(*byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_in_the_record_is_percent_encoded() {
        assert_eq!(percent_encoded(Path::new("/a b/ü%.md")), "/a%20b/%C3%BC%25.md");
    }
}
