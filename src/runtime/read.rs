//! Reading one file: only regular files, bytes to text, the reason where it fails.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A file's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Decoded, without a byte order mark. Line ends are as they are in the file.
    pub text: String,
    /// What was odd about its bytes.
    pub notices: Vec<String>,
}

/// Largest file that is read, in bytes: spans are `u32`, and a page of a gibibyte is no page.
pub const MAX_BYTES: u64 = 1 << 30;

/// Reads a regular file as text.
///
/// # Errors
/// One clause that says why it cannot be read: `permission denied`, `is a named pipe`, ...
pub fn read_text(path: &Path) -> Result<Text, String> {
    read_bytes(path).map(decode)
}

/// Reads a regular file.
///
/// # Errors
/// As [`read_text`].
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, String> {
    let (file, length) = open(path)?;
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    file.take(MAX_BYTES).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    Ok(bytes)
}

/// Whether a regular file can be read, by its first byte: nobody waits for the rest.
///
/// # Errors
/// As [`read_text`].
pub fn check(path: &Path) -> Result<(), String> {
    let (mut file, _) = open(path)?;
    file.read(&mut [0]).map(drop).map_err(|error| reason(&error))
}

/// The first `most` bytes of a regular file of at least `large` bytes, to the end of a character. `None` of a smaller
/// file, of one that cannot be read, and of one in UTF-16.
#[must_use]
pub fn read_beginning(path: &Path, large: u64, most: u64) -> Option<Text> {
    let (file, length) = open(path).ok()?;
    if length < large {
        return None;
    }
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes).ok()?;
    if matches!(bytes[..], [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
        return None;
    }
    if let Err(error) = std::str::from_utf8(&bytes)
        && error.error_len().is_none()
    {
        bytes.truncate(error.valid_up_to());
    }
    Some(decode(bytes))
}

/// Opens a regular file; gives its length, too.
fn open(path: &Path) -> Result<(File, u64), String> {
    // A named pipe would block the open for ever; its kind is asked for first. Between the question
    // and the open somebody could swap the file: the second question, on the open file, catches that
    // for everything but a pipe.
    regular(&std::fs::metadata(path).map_err(|error| reason(&error))?)?;
    let file = File::open(path).map_err(|error| reason(&error))?;
    let metadata = file.metadata().map_err(|error| reason(&error))?;
    regular(&metadata)?;
    Ok((file, metadata.len()))
}

/// Reads a regular file that must be UTF-8 throughout: the program's own files, where a sign that
/// stands for broken bytes would be taken for what the user wrote.
///
/// # Errors
/// As [`read_text`].
pub fn read_utf8(path: &Path) -> Result<String, String> {
    let Text { text, notices } = read_text(path)?;
    notices.into_iter().next().map_or(Ok(text), Err)
}

fn regular(metadata: &std::fs::Metadata) -> Result<(), String> {
    if metadata.is_dir() {
        return Err("it is a folder".to_owned());
    }
    if !metadata.is_file() {
        return Err("it is no regular file (a pipe, socket or device)".to_owned());
    }
    if metadata.len() > MAX_BYTES {
        return Err("it is larger than 1 GiB".to_owned());
    }
    Ok(())
}

/// An error of the operating system as a clause: lower case, without its number.
#[must_use]
pub fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Decodes bytes: UTF-8 with or without a byte order mark, UTF-16 with one; what is neither is shown
/// with U+FFFD and a notice (`semantics.md`, pages and folders).
#[must_use]
pub fn decode(bytes: Vec<u8>) -> Text {
    let utf16 = |bytes: &[u8], word: fn([u8; 2]) -> u16| {
        let words: Vec<u16> = bytes.chunks_exact(2).map(|pair| word([pair[0], pair[1]])).collect();
        let notice = match String::from_utf16(&words) {
            Ok(_) if bytes.len().is_multiple_of(2) => Vec::new(),
            _ => vec!["some of its UTF-16 is broken and shown as \u{fffd}".to_owned()],
        };
        Text { text: String::from_utf16_lossy(&words), notices: notice }
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => return utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return utf16(rest, u16::from_be_bytes),
        _ => {}
    }
    let bytes = match bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        Some(rest) => rest.to_owned(),
        None => bytes,
    };
    match String::from_utf8(bytes) {
        Ok(text) => {
            let notices = match memchr::memchr(0, text.as_bytes()) {
                Some(_) => vec!["it holds NUL bytes, as UTF-16 without a mark does".to_owned()],
                None => Vec::new(),
            };
            Text { text, notices }
        }
        Err(error) => Text {
            text: String::from_utf8_lossy(error.as_bytes()).into_owned(),
            notices: vec!["it is not valid UTF-8; what is broken is shown as \u{fffd}".to_owned()],
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{Text, decode, read_beginning};

    fn check(bytes: &[u8], text: &str, odd: bool) {
        let Text { text: got, notices } = decode(bytes.to_vec());
        assert_eq!((got.as_str(), !notices.is_empty()), (text, odd), "{bytes:?}");
    }

    #[test]
    fn bytes_become_text_and_what_is_odd_is_said() {
        check(b"", "", false);
        check("é".as_bytes(), "é", false);
        check(b"\xef\xbb\xbf# A", "# A", false);
        check(b"\xff\xfeA\0\xac\x20", "A€", false);
        check(b"\xfe\xff\0A", "A", false);
        check(b"\xff\xfeA\0\0", "A", true);
        check(b"#\0A\0", "#\0A\0", true);
        check(b"a\xffb", "a\u{fffd}b", true);
    }

    #[test]
    fn the_first_bytes_of_a_large_file_can_be_read_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("page.md");
        let check = |bytes: &[u8], most: u64, expected: Option<&str>| {
            std::fs::write(&file, bytes).expect("a file");
            let got = read_beginning(&file, 8, most);
            let text = got.map(|Text { text, notices }| {
                assert_eq!(notices, Vec::<String>::new());
                text
            });
            assert_eq!(text.as_deref(), expected, "{bytes:?}");
        };
        check(b"a\nb", 100, None);
        check(b"one\ntwo\nthree", 100, Some("one\ntwo\nthree"));
        check("ä\nöö\nüüü".as_bytes(), 4, Some("ä\n"));
        check("ä\nöö\nüüü".as_bytes(), 5, Some("ä\nö"));
        check(b"\xff\xfea\0\n\0b\0c\0", 9, None);
        std::fs::remove_file(&file).expect("it is there");
        assert_eq!(read_beginning(&file, 8, 100), None);
    }
}
