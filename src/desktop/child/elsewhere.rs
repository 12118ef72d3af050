//! Watching a child with the standard library alone.

use std::{
    io::{self, Read as _},
    path::PathBuf,
    process::{ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus},
    sync::PoisonError,
    thread,
};

use super::{Event, Post, Process, kill, lines::Lines};

/// The running program.
pub fn this_program() -> io::Result<PathBuf> {
    std::env::current_exe()
}

/// Nothing to prepare.
pub fn prepare(_command: &mut Command) {}

/// A pipe that can hold a few lines is all there is here.
pub fn never_block(_stdin: &ChildStdin) -> io::Result<()> {
    Ok(())
}

/// Reports what the child writes until it has ended, and takes its status.
pub fn until_the_end(
    process: &Process,
    stdout: Option<ChildStdout>,
    stderr: Option<ChildStderr>,
    post: &Post<Event>,
) -> io::Result<ExitStatus> {
    if let Some(mut stderr) = stderr {
        // What it complains of is passed on beside everything else; no thread, no complaints.
        thread::Builder::new()
            .spawn(move || io::copy(&mut stderr, &mut io::stderr()).ok())
            .ok();
    }
    if let Some(mut stdout) = stdout {
        let (mut lines, mut buffer) = (Lines::default(), [0; 8192]);
        while let Ok(some @ 1..) = stdout.read(&mut buffer) {
            lines.take(&buffer[..some], |event| post(event));
            if lines.broken() {
                break;
            }
        }
    }
    // A window that says nothing more is of no use.
    kill(process);
    process
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .wait()
}
