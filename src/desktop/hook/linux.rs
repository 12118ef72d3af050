//! Looking after a program on Linux: one thread that waits for its complaints, its end and its time
//! together.

use std::{
    fs::File,
    io::{ErrorKind, Read as _},
    os::{
        fd::{AsFd as _, OwnedFd},
        unix::process::CommandExt as _,
    },
    process::{Child, Command, ExitStatus},
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::{OFlags, fcntl_getfl, fcntl_setfl},
    process::{
        Pid, PidfdFlags, Signal, WaitId, WaitIdOptions, kill_process_group, pidfd_open, waitid,
    },
};

use super::End;
use crate::desktop::clock;

/// From being asked to end until being made to.
const GRACE: Duration = Duration::from_secs(2);

/// How often a program is looked at whose end the system does not report.
const LOOK: Duration = Duration::from_secs(1);

/// What is kept of complaints, in bytes.
const COMPLAINTS: usize = 1000;

/// A program, and what it started and did not send away.
#[derive(Clone, Copy, Debug)]
pub struct Group(Option<Pid>);

impl Group {
    pub fn of(child: &Child) -> Self {
        Self(i32::try_from(child.id()).ok().and_then(Pid::from_raw))
    }

    /// Asks it to end.
    pub fn terminate(&self) {
        self.signal(Signal::TERM);
    }

    /// Ends it.
    pub fn kill(&self) {
        self.signal(Signal::KILL);
    }

    /// Whether the program has ended; it stays to be reaped.
    fn has_ended(&self) -> bool {
        let look = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
        // Where there is nothing to look at, waiting will say why.
        (self.0).is_none_or(|pid| !matches!(waitid(WaitId::Pid(pid), look), Ok(None)))
    }

    fn signal(&self, signal: Signal) {
        if let Some(group) = self.0 {
            // All of it may have ended just now.
            kill_process_group(group, signal).ok();
        }
    }
}

/// Gives the program a group of its own, so that what it starts can be ended with it.
pub fn prepare(command: &mut Command) {
    command.process_group(0);
}

/// Waits for the end of the program, and brings it about when it takes too long. The program is
/// reaped here and nowhere else; `let_go` is called just before, and its number is its own until
/// then.
pub fn until_the_end(mut child: Child, timeout: Duration, let_go: impl FnOnce()) -> End {
    let group = Group::of(&child);
    let end = (group.0).and_then(|pid| pidfd_open(pid, PidfdFlags::empty()).ok());
    let mut complaints = Complaints::of(child.stderr.take().map(OwnedFd::from));
    // A machine that sleeps runs no programs: that time is not theirs.
    let mut due = clock::awake() + timeout;
    let mut late = false;
    let mut killed = false;
    loop {
        complaints.wait(end.as_ref(), due.saturating_sub(clock::awake()));
        if group.has_ended() {
            complaints.read();
            // From here on its number may be that of another program.
            let_go();
            let status = child.wait();
            let well = status.as_ref().is_ok_and(ExitStatus::success);
            let how = status.map_or_else(|error| error.to_string(), |status| status.to_string());
            return End {
                well: well && !late,
                how: match late {
                    true => format!("{how}, after it had taken longer than {timeout:?}"),
                    false => how,
                },
                complaints: complaints.text(),
            };
        }
        if clock::awake() >= due {
            match late {
                false => group.terminate(),
                true if !killed => group.kill(),
                true => {}
            }
            (late, killed) = (true, late);
            due = clock::awake() + GRACE;
        }
    }
}

/// What a program writes to its standard error.
struct Complaints {
    pipe: Option<File>,
    kept: Vec<u8>,
}

impl Complaints {
    fn of(pipe: Option<OwnedFd>) -> Self {
        let nonblocking = |fd: &OwnedFd| {
            let flags = fcntl_getfl(fd);
            flags.and_then(|flags| fcntl_setfl(fd, flags | OFlags::NONBLOCK))
        };
        Self {
            pipe: pipe.filter(|fd| nonblocking(fd).is_ok()).map(File::from),
            kept: Vec::new(),
        }
    }

    /// Waits for complaints, the end or the time, whichever is first, and takes the first.
    fn wait(&mut self, end: Option<&OwnedFd>, patience: Duration) {
        let watched = [
            self.pipe.as_ref().map(|pipe| pipe.as_fd()),
            end.map(|end| end.as_fd()),
        ];
        let mut fds: Vec<PollFd<'_>> = (watched.into_iter().flatten())
            .map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN))
            .collect();
        let patience = match end {
            Some(_) => patience,
            None => patience.min(LOOK),
        };
        let patience = Timespec::try_from(patience).ok();
        // An interrupted wait is one that ended early.
        poll(&mut fds, patience.as_ref()).ok();
        self.read();
    }

    /// Reads what is there, once, so that a flood keeps nobody from looking at the time.
    fn read(&mut self) {
        let Some(pipe) = &mut self.pipe else { return };
        let mut buffer = [0; 8192];
        match pipe.read(&mut buffer) {
            Ok(some @ 1..) => {
                let room = COMPLAINTS.saturating_sub(self.kept.len());
                self.kept.extend_from_slice(&buffer[..some.min(room)]);
            }
            Err(error)
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {}
            Ok(0) | Err(_) => self.pipe = None,
        }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.kept).into_owned()
    }
}
