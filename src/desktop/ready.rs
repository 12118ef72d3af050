//! Waiting for whichever of several things comes first, on a thread of an adapter.

use std::{os::fd::BorrowedFd, time::Duration};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// Waits until one of these can be read, or this much time is over; tells which can be read.
pub fn wait<const N: usize>(fds: [BorrowedFd<'_>; N], patience: Option<Duration>) -> [bool; N] {
    let mut fds = fds.map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN));
    wait_for(&mut fds, patience);
    fds.map(|fd| !fd.revents().is_empty())
}

/// The same for any number of them.
pub fn wait_any(fds: &[BorrowedFd<'_>], patience: Option<Duration>) -> Vec<bool> {
    let fds = fds.iter();
    let mut fds: Vec<_> = (fds.map(|fd| PollFd::from_borrowed_fd(*fd, PollFlags::IN))).collect();
    wait_for(&mut fds, patience);
    fds.iter().map(|fd| !fd.revents().is_empty()).collect()
}

fn wait_for(fds: &mut [PollFd<'_>], patience: Option<Duration>) {
    let patience = patience.and_then(|patience| Timespec::try_from(patience).ok());
    // An interrupted wait ended early, which is harmless; nothing else can fail.
    poll(fds, patience.as_ref()).ok();
}
