//! Looking after a program with the standard library alone.

use std::{
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use super::End;
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

/// Complaints would have to be read, so there are none.
pub fn prepare(command: &mut Command) {
    command.stderr(Stdio::null());
}

/// Waits for the end of the program, and brings it about when it takes too long.
pub fn until_the_end(mut child: Child, timeout: Duration, let_go: impl FnOnce()) -> End {
    let due = clock::awake() + timeout;
    loop {
        thread::sleep(LOOK);
        let late = clock::awake() >= due;
        if late {
            // It may have ended just now.
            child.kill().ok();
        }
        let (well, how) = match child.try_wait() {
            Ok(None) => continue,
            Ok(Some(status)) => (status.success() && !late, status.to_string()),
            Err(error) => (false, error.to_string()),
        };
        let_go();
        return End {
            well,
            how,
            complaints: String::new(),
        };
    }
}
