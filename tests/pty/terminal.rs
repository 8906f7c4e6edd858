//! A pseudo terminal with the program in it, and a model of the terminal on the other side.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::{Parser, Screen};

/// After so long without the condition a test has failed.
const DEADLINE: Duration = Duration::from_secs(60);

/// What the terminal was told to do beyond showing text, and whether it was asked for its ground.
#[derive(Default)]
struct Acts(Vec<String>, bool);

impl vt100::Callbacks for Acts {
    fn audible_bell(&mut self, _: &mut Screen) {
        self.0.push("bell".to_owned());
    }
    fn resize(&mut self, _: &mut Screen, _: (u16, u16)) {
        self.0.push("resize".to_owned());
    }
    fn set_window_title(&mut self, _: &mut Screen, title: &[u8]) {
        self.0.push(format!("title {}", String::from_utf8_lossy(title)));
    }
    fn set_window_icon_name(&mut self, _: &mut Screen, name: &[u8]) {
        self.0.push(format!("icon {}", String::from_utf8_lossy(name)));
    }
    fn copy_to_clipboard(&mut self, _: &mut Screen, _: &[u8], data: &[u8]) {
        self.0.push(format!("copy {}", String::from_utf8_lossy(data)));
    }
    fn unhandled_osc(&mut self, _: &mut Screen, params: &[&[u8]]) {
        // The one question that is allowed; see `ken`'s decision 15.
        if params == [b"11".as_slice(), b"?"] && !self.1 {
            self.1 = true;
        } else {
            self.0.push(format!("osc {params:?}"));
        }
    }
    fn unhandled_csi(
        &mut self,
        _: &mut Screen,
        _: Option<u8>,
        _: Option<u8>,
        params: &[&[u16]],
        last: char,
    ) {
        // Questions: where the cursor is, what the terminal can do, how large it is.
        if matches!(last, 'n' | 'c' | 'q' | 't') {
            self.0.push(format!("question {params:?}{last}"));
        }
    }
    fn unhandled_control(&mut self, _: &mut Screen, byte: u8) {
        self.0.push(format!("control {byte:#x}"));
    }
}

struct Model {
    parser: Parser<Acts>,
    /// All that was written, as it came.
    raw: Vec<u8>,
    closed: bool,
    /// When something was written last.
    at: Instant,
}

pub(crate) struct Terminal {
    shared: Arc<(Mutex<Model>, Condvar)>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    _home: tempfile::TempDir,
}

fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).expect("a size is not zero")
}

impl Terminal {
    /// Starts `ken` with arguments, columns and rows, and more environment.
    pub(crate) fn start(args: &[&OsStr], size: (u16, u16), env: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_ken"));
        command.args(args);
        Self::run(command, size, env)
    }

    /// Starts another program.
    #[allow(dead_code, reason = "for the benches")]
    pub(crate) fn program(args: &[&OsStr], size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new(args[0]);
        command.args(&args[1..]);
        Self::run(command, size, &[])
    }

    /// How many bytes were written so far, and when the last of them came.
    #[allow(dead_code, reason = "for the benches")]
    pub(crate) fn written(&self) -> (usize, Instant) {
        let model = self.shared.0.lock().expect("no holder panicked");
        (model.raw.len(), model.at)
    }

    /// Runs a shell line in which `$KEN` is the program.
    pub(crate) fn shell(line: &str, size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new("/bin/sh");
        command.args(["-c", line]);
        Self::run(command, size, &[])
    }

    fn run(mut command: CommandBuilder, (columns, rows): (u16, u16), env: &[(&str, &str)]) -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        command.env_clear();
        command.env("KEN", env!("CARGO_BIN_EXE_ken"));
        command.env("HOME", home.path());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TERM", "xterm-256color");
        command.cwd(home.path());
        for (name, value) in env {
            command.env(name, value);
        }
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo terminal");
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let parser = Parser::new_with_callbacks(cells(rows), cells(columns), 0, Acts::default());
        let shared = Arc::new((
            Mutex::new(Model { parser, raw: Vec::new(), closed: false, at: Instant::now() }),
            Condvar::new(),
        ));
        let mine = Arc::clone(&shared);
        std::thread::spawn(move || {
            let mut buffer = vec![0; 65536];
            loop {
                let read = reader.read(&mut buffer).unwrap_or(0);
                let mut model = mine.0.lock().expect("no holder panicked");
                if read == 0 {
                    model.closed = true;
                } else {
                    model.at = Instant::now();
                    model.parser.process(&buffer[..read]);
                    model.raw.extend_from_slice(&buffer[..read]);
                }
                mine.1.notify_all();
                if read == 0 {
                    return;
                }
            }
        });
        let writer = pair.master.take_writer().expect("a writer");
        Self { shared, master: pair.master, writer, child, _home: home }
    }

    pub(crate) fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).expect("the program reads");
        self.writer.flush().expect("the program reads");
    }

    pub(crate) fn resize(&mut self, (columns, rows): (u16, u16)) {
        self.shared
            .0
            .lock()
            .expect("no holder panicked")
            .parser
            .set_size(cells(rows), cells(columns));
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).expect("a size");
    }

    pub(crate) fn screen<T>(&self, look: impl FnOnce(&Screen) -> T) -> T {
        look(self.shared.0.lock().expect("no holder panicked").parser.screen())
    }

    /// What the terminal was told to do beyond showing text.
    pub(crate) fn acts(&self) -> Vec<String> {
        self.shared.0.lock().expect("no holder panicked").parser.callbacks().0.clone()
    }

    /// Whether the program asked which colour the terminal's ground is.
    pub(crate) fn was_asked(&self) -> bool {
        self.shared.0.lock().expect("no holder panicked").parser.callbacks().1
    }

    /// Waits until the screen meets a condition.
    pub(crate) fn wait_for(&self, what: &str, condition: impl Fn(&Screen) -> bool) {
        let model = self.shared.0.lock().expect("no holder panicked");
        let met = |model: &mut Model| !model.closed && !condition(model.parser.screen());
        let (model, timeout) =
            self.shared.1.wait_timeout_while(model, DEADLINE, met).expect("no holder panicked");
        assert!(
            !timeout.timed_out() && condition(model.parser.screen()),
            "never saw {what}; the screen is:\n{}",
            model.parser.screen().contents()
        );
    }

    /// Presses keys and waits for a frame that was drawn after them. Esc is sent as terminals send it that tell it
    /// from the beginning of a sequence.
    pub(crate) fn see(&mut self, keys: &str) {
        const END: &[u8] = b"\x1b[?2026l";
        let seen = self.raw().len();
        self.send(if keys == "\x1b" { "\x1b[27u" } else { keys });
        let started = Instant::now();
        loop {
            // Has everything drawn again, so that a key that changes nothing is followed by a frame, too. Where it is
            // taken for an answer to that key, it is sent once more.
            self.send("\x0c");
            let model = self.shared.0.lock().expect("no holder panicked");
            let awaited = |model: &mut Model| {
                let new = &model.raw[seen..];
                !model.closed && !new.windows(END.len()).any(|part| part == END)
            };
            let again = Duration::from_secs(2);
            let (model, timeout) = self
                .shared
                .1
                .wait_timeout_while(model, again, awaited)
                .expect("no holder panicked");
            let screen = model.parser.screen().contents();
            assert!(!model.closed, "it ended after {keys:?}; the screen is:\n{screen}");
            if !timeout.timed_out() {
                return;
            }
            drop(model);
            assert!(
                started.elapsed() < DEADLINE,
                "no frame after {keys:?}; the screen is:\n{screen}"
            );
        }
    }

    /// All that was written so far.
    pub(crate) fn raw(&self) -> Vec<u8> {
        self.shared.0.lock().expect("no holder panicked").raw.clone()
    }

    /// Waits until so many bytes were written, or there will be no more.
    pub(crate) fn wait_for_length(&self, length: usize) {
        let model = self.shared.0.lock().expect("no holder panicked");
        let missing = |model: &mut Model| !model.closed && model.raw.len() < length;
        let waited = self.shared.1.wait_timeout_while(model, DEADLINE, missing);
        assert!(!waited.expect("no holder panicked").1.timed_out(), "never wrote {length} bytes");
    }

    /// The number of the process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.process_id().expect("the program runs")
    }

    /// Waits until exactly these bytes were written.
    pub(crate) fn wait_for_bytes(&self, bytes: &str) {
        let model = self.shared.0.lock().expect("no holder panicked");
        let missing = |model: &mut Model| {
            !model.closed && !String::from_utf8_lossy(&model.raw).contains(bytes)
        };
        let (mut model, _) =
            self.shared.1.wait_timeout_while(model, DEADLINE, missing).expect("no holder panicked");
        assert!(!missing(&mut model) && !model.closed, "never wrote {bytes:?}");
    }

    pub(crate) fn signal(&self, name: &str) {
        let pid = self.child.process_id().expect("the program runs").to_string();
        let status = std::process::Command::new("kill").args(["-s", name, &pid]).status();
        assert!(status.expect("kill").success());
    }

    /// Waits until the process is stopped, as `ps` sees it.
    pub(crate) fn wait_until_stopped(&self) {
        let pid = self.child.process_id().expect("the program runs").to_string();
        let started = Instant::now();
        loop {
            let ps = std::process::Command::new("ps").args(["-o", "stat=", "-p", &pid]).output();
            if String::from_utf8_lossy(&ps.expect("ps").stdout).starts_with('T') {
                return;
            }
            assert!(started.elapsed() < DEADLINE, "the program was never stopped");
            std::thread::yield_now();
        }
    }

    /// Waits for the end and gives the exit code.
    pub(crate) fn exit_code(&mut self) -> u32 {
        let model = self.shared.0.lock().expect("no holder panicked");
        let (model, timeout) = self
            .shared
            .1
            .wait_timeout_while(model, DEADLINE, |model| !model.closed)
            .expect("no holder panicked");
        assert!(
            !timeout.timed_out(),
            "the program did not end; the screen is:\n{}",
            model.parser.screen().contents()
        );
        drop(model);
        self.child.wait().expect("the program ended").exit_code()
    }

    /// Asserts that every mode that the program switched on is off again.
    pub(crate) fn assert_restored(&self) {
        self.screen(|screen| {
            assert!(!screen.alternate_screen(), "alternate screen");
            assert!(!screen.hide_cursor(), "cursor");
            assert!(!screen.bracketed_paste(), "bracketed paste");
            assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "mouse");
        });
    }
}
