//! A command as a process of its own, with a bound to its memory and to its time.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use crate::folder::Folder;

/// After so long a command hangs. It is generous: an unoptimized program on a busy machine ends long before.
const DEADLINE: Duration = Duration::from_secs(180);

/// The most address space, in KiB, that a command may ask for.
const MOST_MEMORY: &str = "4000000";

/// How a command ended.
pub(crate) struct Ended {
    /// `None` where a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) out: Vec<u8>,
    pub(crate) err: Vec<u8>,
}

impl Ended {
    pub(crate) fn error(&self) -> String {
        String::from_utf8_lossy(&self.err).into_owned()
    }

    /// Asserts that it ended as a command ends, and that nothing of what it said acts on a terminal.
    pub(crate) fn check(&self, what: &str) {
        let error = self.error();
        let said = error.chars().take(600).collect::<String>();
        assert!(matches!(self.code, Some(0..=2)), "{what} ended with {:?}: {said}", self.code);
        assert!(!error.contains("panicked") && !error.contains("fault"), "{what}: {said}");
        let odd = crate::raw::foreign_in_output(&self.err, false);
        assert_eq!(odd, None, "{what} on standard error");
    }
}

/// A shell line that runs the program (`"$@"`) in a home of its own.
pub(crate) fn shell(home: &Path, line: &str, args: &[&str]) -> Command {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", line, "sh", env!("CARGO_BIN_EXE_ken")]).args(args);
    command.env_clear().env("HOME", home).env("TERM", "xterm-256color").current_dir(home);
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}

/// Runs the program on a folder and waits for its end.
pub(crate) fn ken(folder: &Folder, args: &[&str], input: &str) -> Ended {
    let root = folder.root();
    let wiki = ["--wiki", root.to_str().expect("a temporary name is plain")];
    ended(
        &mut shell(
            &folder.home(),
            &format!("ulimit -v {MOST_MEMORY}; exec \"$@\""),
            &[&wiki, args].concat(),
        ),
        input,
    )
}

/// Runs a command and waits for its end.
pub(crate) fn ended(command: &mut Command, input: &str) -> Ended {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    let (done, all) = channel();
    let read = |mut from: Box<dyn Read + Send>, nth: usize| {
        let done = done.clone();
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            from.read_to_end(&mut bytes).ok();
            done.send((nth, bytes)).ok();
        });
    };
    read(Box::new(child.stdout.take().expect("a pipe")), 0);
    read(Box::new(child.stderr.take().expect("a pipe")), 1);
    // A program that does not want to be told anything may be gone.
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).ok();
    let mut outputs = [Vec::new(), Vec::new()];
    for _ in 0..2 {
        if let Ok((nth, bytes)) = all.recv_timeout(DEADLINE) {
            outputs[nth] = bytes;
        } else {
            child.kill().ok();
            panic!("it hangs: {command:?}");
        }
    }
    let code = child.wait().expect("it ended").code();
    let [out, err] = outputs;
    Ended { code, out, err }
}
