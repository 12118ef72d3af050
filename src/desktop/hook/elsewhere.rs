//! Looking after a program with the standard library alone.

use std::{
    io,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use super::{End, EndedBy, Hear};
use crate::desktop::clock;

/// How often to look.
const LOOK: Duration = Duration::from_millis(200);

/// There are no groups here that could be ended.
#[derive(Clone, Copy, Debug)]
pub struct Group;

impl Group {
    pub fn of(_child: &Child) -> Self {
        Self
    }

    pub fn terminate(&self) {}

    pub fn kill(&self) {}
}

/// Where what a program says is read.
#[derive(Debug)]
pub struct Heard;

/// What it says would have to be read, so there is nothing.
pub fn prepare(command: &mut Command, _hear: Hear) -> io::Result<Heard> {
    command.stderr(Stdio::null());
    Ok(Heard)
}

/// Whether a file may be run is not known here.
pub fn may_run(_file: &Path) -> bool {
    true
}

/// Waits for the end of the program, and brings it about when it takes too long.
pub fn until_the_end(
    mut child: Child,
    _heard: Heard,
    timeout: Duration,
    let_go: impl FnOnce(),
) -> End {
    let due = clock::awake() + timeout;
    loop {
        thread::sleep(LOOK);
        let late = clock::awake() >= due;
        if late {
            // It may have ended just now.
            child.kill().ok();
        }
        let by = match child.try_wait() {
            Ok(None) => continue,
            Ok(Some(status)) => match status.code() {
                Some(code) => EndedBy::Itself(code),
                None => EndedBy::Unknown(status.to_string()),
            },
            Err(error) => EndedBy::Unknown(error.to_string()),
        };
        let_go();
        return End {
            by,
            late: late.then_some(timeout),
            said: String::new(),
        };
    }
}
