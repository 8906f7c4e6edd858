//! The user's editor.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

/// The command that opens `file` at `line` (the first is 1) in the editor named by `$VISUAL`, else
/// `$EDITOR`, else `vi`. The variable is split at white space (it may hold options); the file is one
/// argument, never part of a shell string.
#[must_use]
pub fn command(
    visual: Option<OsString>,
    editor: Option<OsString>,
    file: &Path,
    line: u32,
) -> Command {
    let named = |value: &OsString| !value.to_string_lossy().trim().is_empty();
    let value = visual.filter(named).or(editor.filter(named)).unwrap_or_else(|| "vi".into());
    let value = value.to_string_lossy().into_owned();
    let mut words = value.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let mut command = Command::new(program);
    command.args(words);
    let name = Path::new(program).file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let with_line = || {
        let mut text = file.as_os_str().to_owned();
        text.push(format!(":{line}"));
        text
    };
    match name.as_str() {
        "vi" | "vim" | "nvim" | "gvim" | "nano" | "emacs" | "emacsclient" | "kak" | "micro"
        | "joe" | "ne" | "mg" | "jed" | "ed" | "view" => {
            command.arg(format!("+{line}")).arg(file);
        }
        "hx" | "helix" | "subl" | "zed" => {
            command.arg(with_line());
        }
        "code" | "codium" | "code-insiders" | "cursor" => {
            command.arg("--goto").arg(with_line());
        }
        _ => {
            command.arg(file);
        }
    }
    command
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    fn check(visual: &str, editor: &str, expected: &[&str]) {
        let command =
            super::command(Some(visual.into()), Some(editor.into()), Path::new("/w/a b.md"), 7);
        let mut words = vec![command.get_program().to_string_lossy().into_owned()];
        words.extend(command.get_args().map(|arg| arg.to_string_lossy().into_owned()));
        assert_eq!(words, expected);
    }

    #[test]
    fn the_editor_gets_the_file_as_one_argument_and_the_line_in_its_own_way() {
        check("", "vim", &["vim", "+7", "/w/a b.md"]);
        check("code --wait", "vim", &["code", "--wait", "--goto", "/w/a b.md:7"]);
        check("/usr/bin/hx", "", &["/usr/bin/hx", "/w/a b.md:7"]);
        check(" ", " ", &["vi", "+7", "/w/a b.md"]);
        check("my-editor", "vim", &["my-editor", "/w/a b.md"]);
    }
}
