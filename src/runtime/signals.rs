//! Signals as events: the loop decides, so that the terminal is always restored in one place. While an
//! editor has the terminal, keys of the terminal (Ctrl-C, Ctrl-Z) reach this process as signals that
//! are meant for the editor.

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGSTOP, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use super::terminal;
use super::worker::{Event, Outbox};

/// Starts to hand the signals that end or stop the program to the loop.
///
/// # Errors
/// The system refuses the handlers.
pub fn start(outbox: Outbox) -> std::io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP])?;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            match signal {
                // The editor's own affair.
                SIGINT | SIGQUIT if !terminal::is_taken() => continue,
                // The editor stops; if its parent went on, the shell would not take over. The loop
                // cannot do it: it waits for the editor.
                SIGTSTP if !terminal::is_taken() => {
                    stop_self();
                    continue;
                }
                _ => {}
            }
            if outbox.send(Event::Signal(signal)).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

/// Stops the process as Ctrl-Z does in a shell; returns when it was continued.
pub fn stop_self() {
    // SIGSTOP cannot be caught, so it needs no handler to be taken away and put back. That a process
    // cannot send it to itself is not known to happen; it would go on as before.
    signal_hook::low_level::raise(SIGSTOP).ok();
}
