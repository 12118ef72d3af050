//! Looking after a program on Linux: one thread that waits for what it says, its end and its time
//! together.

use std::{
    fs::File,
    io::{self, ErrorKind, Read as _},
    os::{
        fd::{AsFd as _, OwnedFd},
        unix::process::{CommandExt as _, ExitStatusExt as _},
    },
    path::Path,
    process::{Child, Command},
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::{Access, OFlags, access, fcntl_getfl, fcntl_setfl},
    process::{
        Pid, PidfdFlags, Signal, WaitId, WaitIdOptions, kill_process_group, pidfd_open, waitid,
    },
};

use super::{End, EndedBy, Hear};
use crate::desktop::clock;

/// From being asked to end until being made to.
const GRACE: Duration = Duration::from_secs(2);

/// How often a program is looked at whose end the system does not report.
const LOOK: Duration = Duration::from_secs(1);

/// What is kept of complaints, in bytes.
const COMPLAINTS: usize = 1000;

/// What is kept of everything, in bytes.
const EVERYTHING: usize = 4000;

/// What a program has written when it ends is read in so many pieces at most: what it started may
/// go on writing.
const LAST_PIECES: usize = 64;

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

/// Gives the program a group of its own, so that what it starts can be ended with it, and us a way
/// to hear of it.
///
/// # Errors
///
/// When the system gives no more files.
pub fn prepare(command: &mut Command, hear: Hear) -> io::Result<Heard> {
    command.process_group(0);
    let (reader, writer) = io::pipe()?;
    if hear == Hear::Everything {
        command.stdout(writer.try_clone()?);
    }
    command.stderr(writer);
    Ok(Heard::new(reader.into(), hear))
}

/// Whether we may run this file.
pub fn may_run(file: &Path) -> bool {
    access(file, Access::EXEC_OK).is_ok()
}

/// Waits for the end of the program, and brings it about when it takes too long. The program is
/// reaped here and nowhere else; `let_go` is called just before, and its number is its own until
/// then.
pub fn until_the_end(
    mut child: Child,
    mut heard: Heard,
    timeout: Duration,
    let_go: impl FnOnce(),
) -> End {
    let group = Group::of(&child);
    let end = (group.0).and_then(|pid| pidfd_open(pid, PidfdFlags::empty()).ok());
    // A machine that sleeps runs no programs: that time is not theirs.
    let mut due = clock::awake() + timeout;
    let mut late = false;
    let mut killed = false;
    loop {
        heard.wait(end.as_ref(), due.saturating_sub(clock::awake()));
        if group.has_ended() {
            heard.read_the_rest();
            // From here on its number may be that of another program.
            let_go();
            return End {
                by: ended_by(&mut child),
                late: late.then_some(timeout),
                said: heard.text(),
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

fn ended_by(child: &mut Child) -> EndedBy {
    match child.wait() {
        Err(error) => EndedBy::Unknown(error.to_string()),
        Ok(status) => match (status.code(), status.signal()) {
            (Some(code), _) => EndedBy::Itself(code),
            (None, Some(number)) => EndedBy::Signal(number),
            (None, None) => EndedBy::Unknown(status.to_string()),
        },
    }
}

/// What a program writes, as far as it is heard.
pub struct Heard {
    pipe: Option<File>,
    hear: Hear,
    kept: Vec<u8>,
}

impl Heard {
    fn new(pipe: OwnedFd, hear: Hear) -> Self {
        let flags = fcntl_getfl(&pipe);
        let nonblocking = flags.and_then(|flags| fcntl_setfl(&pipe, flags | OFlags::NONBLOCK));
        Self {
            pipe: nonblocking.is_ok().then(|| File::from(pipe)),
            hear,
            kept: Vec::new(),
        }
    }

    /// Waits for words, the end or the time, whichever is first, and takes the first.
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

    /// Reads what is there, once, so that a flood keeps nobody from looking at the time; whether
    /// there was anything.
    fn read(&mut self) -> bool {
        let Some(pipe) = &mut self.pipe else {
            return false;
        };
        let mut buffer = [0; 8192];
        match pipe.read(&mut buffer) {
            Ok(some @ 1..) => {
                self.keep(&buffer[..some]);
                return true;
            }
            Err(error)
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {}
            Ok(0) | Err(_) => self.pipe = None,
        }
        false
    }

    fn read_the_rest(&mut self) {
        for _ in 0..LAST_PIECES {
            if !self.read() {
                return;
            }
        }
    }

    fn keep(&mut self, words: &[u8]) {
        match self.hear {
            Hear::Complaints => {
                let room = COMPLAINTS.saturating_sub(self.kept.len());
                self.kept.extend_from_slice(&words[..words.len().min(room)]);
            }
            Hear::Everything => {
                self.kept.extend_from_slice(words);
                let too_many = self.kept.len().saturating_sub(EVERYTHING);
                self.kept.drain(..too_many);
            }
        }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.kept).into_owned()
    }
}
