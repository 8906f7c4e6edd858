//! What a file that is no page is, in words: by the ending of its name, and how large it is.

use super::PagePath;

/// The kind of a file, by its ending: `PNG image`, `CSV table`, `XYZ file`.
#[must_use]
pub fn file_type(path: &PagePath) -> String {
    let ending = ending(path.file_name()).map(|ending| ending.to_uppercase() + " ");
    ending.unwrap_or_default() + known(path.file_name()).unwrap_or("file")
}

/// What a file of that name must be; `None` where the ending says nothing, as in `nn.Module`.
#[must_use]
pub fn known(name: &str) -> Option<&'static str> {
    Some(match ending(name)?.to_ascii_lowercase().as_str() {
        "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "bmp" | "avif" | "heic" | "tif"
        | "tiff" | "ico" => "image",
        "csv" | "tsv" | "xls" | "xlsx" | "ods" | "parquet" => "table",
        "pdf" | "doc" | "docx" | "odt" | "rtf" | "epub" | "ps" | "tex" => "document",
        "mp3" | "wav" | "m4a" | "ogg" | "oga" | "opus" | "flac" | "3gp" => "sound",
        "mp4" | "webm" | "mkv" | "mov" | "avi" | "ogv" => "film",
        "zip" | "gz" | "tar" | "tgz" | "xz" | "zst" | "7z" | "bz2" | "rar" => "archive",
        "txt" | "log" => "text",
        _ => return None,
    })
}

fn ending(name: &str) -> Option<&str> {
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, ending)| ending)
}

/// A size as people say it: `340 bytes`, `3.4 kB`, `12 MB`; a kB is 1,000 bytes.
#[must_use]
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1_000 {
        return if bytes == 1 { "1 byte".to_owned() } else { format!("{bytes} bytes") };
    }
    // In tenths of the unit, rounded.
    let (mut tenths, mut unit) = ((bytes + 50) / 100, 0);
    while tenths >= 9_995 && unit + 1 < UNITS.len() {
        (tenths, unit) = ((tenths + 500) / 1_000, unit + 1);
    }
    match tenths {
        0..100 => format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit]),
        _ => format!("{} {}", (tenths + 5) / 10, UNITS[unit]),
    }
}

#[cfg(test)]
mod tests {
    use super::{file_type, size};
    use crate::vault::PagePath;

    #[test]
    fn the_ending_says_what_a_file_is() {
        let check = |path: &str, expected: &str| {
            assert_eq!(file_type(&PagePath::new(path).unwrap()), expected);
        };
        check("a/tide.png", "PNG image");
        check("a.b/tide.2024.CSV", "CSV table");
        check("a.b/tide", "file");
        check("x.stl", "STL file");
        check("x.日記", "日記 file");
    }

    #[test]
    fn sizes_have_two_figures_or_more() {
        let check = |bytes: u64, expected: &str| assert_eq!(size(bytes), expected);
        check(0, "0 bytes");
        check(1, "1 byte");
        check(999, "999 bytes");
        check(1_000, "1.0 kB");
        check(9_949, "9.9 kB");
        check(12_345, "12 kB");
        check(999_000, "999 kB");
        check(999_950, "1.0 MB");
        check(50_000_000, "50 MB");
        check(u64::MAX / 2, "9223372 TB");
    }
}
