//! Watching a child on Linux: one thread that waits for its output and its end together.

use std::{
    fs::File,
    io::{self, ErrorKind, Read as _, Write as _},
    os::{
        fd::{AsFd, OwnedFd},
        unix::process::CommandExt as _,
    },
    path::PathBuf,
    process::{ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus},
    sync::PoisonError,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::{OFlags, fcntl_getfl, fcntl_setfl},
    process::{Pid, PidfdFlags, WaitId, WaitIdOptions, pidfd_open, waitid},
};

use super::{Event, Post, Process, kill, lines::Lines, reap};

/// How long a child may live on after it closed its standard output.
const FAREWELL: Timespec = Timespec {
    tv_sec: 3,
    tv_nsec: 0,
};

/// The most of its standard error that reaches ours, in bytes.
const COMPLAINTS: usize = 64 * 1024;

/// The running program, even if its file has been replaced by a newer version since.
pub fn this_program() -> io::Result<PathBuf> {
    Ok("/proc/self/exe".into())
}

/// Gives the child a name for `ps`, and keeps the terminal's Ctrl-C for the daemon, which closes
/// its windows itself.
pub fn prepare(command: &mut Command) {
    command.arg0("unhunch").process_group(0);
}

/// Makes writing fail instead of waiting.
pub fn never_block(stdin: &ChildStdin) -> io::Result<()> {
    nonblocking(stdin)
}

/// Reports what the child writes until it has ended, and takes its status.
pub fn until_the_end(
    process: &Process,
    stdout: Option<ChildStdout>,
    stderr: Option<ChildStderr>,
    post: &Post<Event>,
) -> io::Result<ExitStatus> {
    let pid = pid(process)?;
    let pipe = |fd: Option<OwnedFd>| fd.filter(|fd| nonblocking(fd).is_ok()).map(File::from);
    let mut watch = Watch {
        stdout: pipe(stdout.map(OwnedFd::from)),
        stderr: pipe(stderr.map(OwnedFd::from)),
        end: pidfd_open(pid, PidfdFlags::empty()).ok(),
        lines: Lines::default(),
        complaints: COMPLAINTS,
    };
    loop {
        let ready = watch.poll();
        if ready.stdout {
            watch.read_stdout(post);
        }
        if ready.stderr {
            watch.read_stderr();
        }
        if watch.lines.broken() || ready.nothing {
            kill(process);
            watch.stdout = None;
        }
        // Its last words were in the pipes before it ended, so they have been read by now, unless
        // there were more than one read takes.
        if ready.ended && !ready.stdout || watch.blind() {
            break;
        }
    }
    // Returns at once, or for want of a pidfd waits for the end; the process stays to be reaped
    // under the lock, so that a kill can never meet another process with the same id.
    waitid(
        WaitId::Pid(pid),
        WaitIdOptions::EXITED | WaitIdOptions::NOWAIT,
    )
    .ok();
    reap(process)
}

fn pid(process: &Process) -> io::Result<Pid> {
    let process = process.lock().unwrap_or_else(PoisonError::into_inner);
    i32::try_from(process.id())
        .ok()
        .and_then(Pid::from_raw)
        .ok_or_else(|| io::Error::other("a process without a number"))
}

fn nonblocking(fd: impl AsFd) -> io::Result<()> {
    let flags = fcntl_getfl(&fd)?;
    Ok(fcntl_setfl(&fd, flags | OFlags::NONBLOCK)?)
}

/// Everything to wait for.
struct Watch {
    stdout: Option<File>,
    stderr: Option<File>,
    end: Option<OwnedFd>,
    lines: Lines,
    complaints: usize,
}

/// What there is to do.
#[derive(Clone, Copy, Debug)]
struct Ready {
    stdout: bool,
    stderr: bool,
    ended: bool,
    /// Nothing for the length of a farewell.
    nothing: bool,
}

impl Watch {
    fn poll(&self) -> Ready {
        let watch = |fd| PollFd::from_borrowed_fd(fd, PollFlags::IN);
        let stdout = self.stdout.as_ref().map(|fd| watch(fd.as_fd()));
        let stderr = self.stderr.as_ref().map(|fd| watch(fd.as_fd()));
        let end = self.end.as_ref().map(|fd| watch(fd.as_fd()));
        let present = [stdout.is_some(), stderr.is_some(), end.is_some()];
        let mut fds: Vec<PollFd<'_>> = [stdout, stderr, end].into_iter().flatten().collect();
        // Without its standard output a window is of no use, but it may need a moment to end.
        let patience = self.stdout.is_none().then_some(&FAREWELL);
        let polled = poll(&mut fds, patience);

        let mut answers = fds.iter().map(|fd| !fd.revents().is_empty());
        let [stdout, stderr, ended] =
            present.map(|present| present && answers.next().unwrap_or_default());
        Ready {
            stdout,
            stderr,
            ended,
            nothing: polled == Ok(0),
        }
    }

    /// Whether nothing is left to wait for, so that the end has to be awaited in another way.
    fn blind(&self) -> bool {
        self.end.is_none() && self.stdout.is_none()
    }

    fn read_stdout(&mut self, post: &Post<Event>) {
        let mut buffer = [0; 8192];
        match read(&mut self.stdout, &mut buffer) {
            0 => {}
            some => self.lines.take(&buffer[..some], |event| post(event)),
        }
    }

    fn read_stderr(&mut self) {
        let mut buffer = [0; 8192];
        let read = read(&mut self.stderr, &mut buffer);
        if self.complaints == 0 {
            return;
        }
        let passed = read.min(self.complaints);
        self.complaints -= passed;
        let mut ours = io::stderr().lock();
        // A standard error of ours that takes nothing has nobody to be told about it.
        ours.write_all(&buffer[..passed]).ok();
        if self.complaints == 0 {
            ours.write_all(b"\n[the window's further messages are left out]\n")
                .ok();
        }
    }
}

/// Reads what is there. A pipe that has ended is given up.
fn read(pipe: &mut Option<File>, buffer: &mut [u8]) -> usize {
    let Some(file) = pipe else { return 0 };
    match file.read(buffer) {
        Ok(0) => {
            *pipe = None;
            0
        }
        Ok(some) => some,
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => 0,
        Err(_gone) => {
            *pipe = None;
            0
        }
    }
}
