//! Waiting for whichever of several things comes first, on a thread of an adapter.

use std::{os::fd::BorrowedFd, time::Duration};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// Waits until one of these can be read, or this much time is over; tells which can be read.
pub fn wait<const N: usize>(fds: [BorrowedFd<'_>; N], patience: Option<Duration>) -> [bool; N] {
    let mut fds = fds.map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN));
    let patience = patience.and_then(|patience| Timespec::try_from(patience).ok());
    // An interrupted wait ended early, which is harmless; nothing else can fail.
    poll(&mut fds, patience.as_ref()).ok();
    fds.map(|fd| !fd.revents().is_empty())
}
