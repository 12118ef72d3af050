//! `poll` over an eventfd, two timerfds, the signal pipes and watches on files.

use std::{
    io,
    mem::MaybeUninit,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    path::Path,
    time::Duration,
};

use chrono::{DateTime, Utc};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::inotify,
    io::Errno,
    time::{
        Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, timerfd_create,
        timerfd_settime,
    },
};

use super::{
    super::{
        clock,
        inbox::Inbox,
        signals::Signals,
        watch::{Eye, Place},
    },
    Deadlines, Wake,
};

/// Where a wall timer without a deadline points, in seconds since 1970: it has to be armed to
/// report that the clock was set. (The year 2200.)
const NEVER: i64 = 7_258_118_400;

/// The library that reads the zone looks at its file at most once a second, so the first answer
/// after a change may be the old one; a second look comes after this.
const SECOND_LOOK: Duration = Duration::from_millis(1_500);

/// The wait.
#[derive(Debug)]
pub struct Timers {
    signals: Signals,
    boot: Timer<Duration>,
    wall: Timer<Option<DateTime<Utc>>>,
    zone: Option<OwnedFd>,
    second_look: Option<Duration>,
    files: Option<Eye>,
    /// When a change of files will have settled, on the boot clock.
    settled: Option<Duration>,
}

/// A timerfd and what it is set to.
#[derive(Debug)]
struct Timer<D> {
    /// `None` where the system has no such timer: the timeout of `poll` stands in.
    fd: Option<OwnedFd>,
    /// `None`: has to be set before the next wait.
    set_to: Option<D>,
}

impl Timers {
    /// Ready to wait.
    ///
    /// # Errors
    ///
    /// None here: what the system does not offer is done without.
    pub fn new(signals: Signals) -> io::Result<Self> {
        // With this variable set, the file means nothing.
        let folder = (std::env::var_os("TZ").is_none()).then_some(Path::new("/etc"));
        Ok(Self::with_zone_in(signals, folder))
    }

    /// With the file that says which zone the user is in kept in this folder.
    fn with_zone_in(signals: Signals, folder: Option<&Path>) -> Self {
        let timer = |clock| {
            timerfd_create(clock, TimerfdFlags::CLOEXEC | TimerfdFlags::NONBLOCK)
                .inspect_err(|error| log::warn!("no timer on {clock:?}: {error}"))
                .ok()
        };
        Self {
            signals,
            boot: Timer {
                fd: timer(TimerfdClockId::Boottime),
                set_to: None,
            },
            wall: Timer {
                fd: timer(TimerfdClockId::Realtime),
                set_to: None,
            },
            zone: folder.and_then(|folder| {
                watch_zone(folder)
                    .inspect_err(|error| log::debug!("no watch on the time zone: {error}"))
                    .ok()
            }),
            second_look: None,
            files: None,
            settled: None,
        }
    }

    /// From now on changes in these places end a wait.
    ///
    /// # Errors
    ///
    /// When the system has no way left to watch files.
    pub fn watch(&mut self, places: Vec<Place>) -> io::Result<()> {
        self.files = Some(Eye::new(places)?);
        Ok(())
    }

    /// Waits until something happens. Deadlines come before the inbox, so that a flood of events
    /// cannot hold them up.
    pub fn wait<T>(&mut self, inbox: &Inbox<T>, deadlines: Deadlines) -> Wake<T> {
        loop {
            let boot = [deadlines.boot, self.second_look, self.settled]
                .into_iter()
                .flatten()
                .min();
            if self.set(boot, deadlines.wall) {
                return Wake::WallChanged;
            }
            let timeout = self.timeout(boot, deadlines.wall);
            let ready = self.poll(inbox, timeout);

            if let Some(signal) = ready.signal.then(|| self.signals.arrived()).flatten() {
                return Wake::Signal(signal);
            }
            if ready.zone && self.zone_changed() {
                self.second_look = Some(clock::boot() + SECOND_LOOK);
                return Wake::WallChanged;
            }
            if ready.wall && self.wall.take_expiry() {
                return Wake::WallChanged;
            }
            if ready.boot {
                self.boot.take_expiry();
            }
            let now = clock::boot();
            let files = self.files.as_mut().filter(|_| ready.files);
            if let Some(settles) = files.and_then(Eye::take) {
                self.settled = Some(now + settles);
            }
            if self.second_look.is_some_and(|at| at <= now) {
                self.second_look = None;
                return Wake::WallChanged;
            }
            if deadlines.boot.is_some_and(|at| at <= now) {
                return Wake::Boot;
            }
            if deadlines.wall.is_some_and(|at| at <= clock::utc()) {
                return Wake::Wall;
            }
            if self.settled.is_some_and(|at| at <= now) {
                self.settled = None;
                return Wake::FilesChanged;
            }
            if ready.inbox
                && let Some(item) = inbox.take_rung()
            {
                return Wake::Inbox(item);
            }
        }
    }

    /// Sets both timers. `true`: the wall clock was set since they were last looked at.
    fn set(&mut self, boot: Option<Duration>, wall: Option<DateTime<Utc>>) -> bool {
        // Zero would disarm a timer, so "at once" is the first nanosecond.
        let first = Duration::from_nanos(1);
        match (boot, &self.boot.fd) {
            (Some(at), Some(fd)) if self.boot.set_to != Some(at) => {
                set(fd, TimerfdTimerFlags::ABSTIME, at.max(first)).ok();
                self.boot.set_to = Some(at);
            }
            // A timer that is left running from an earlier deadline may wake the loop once, early.
            _ => {}
        }
        let Some(fd) = &self.wall.fd else {
            return false;
        };
        if self.wall.set_to == Some(wall) {
            return false;
        }
        let seconds = wall.map_or(NEVER, |at| at.timestamp().clamp(0, NEVER));
        let nanos = wall.map_or(0, |at| at.timestamp_subsec_nanos().min(999_999_999));
        let at = Duration::new(seconds.unsigned_abs(), nanos).max(first);
        let flags = TimerfdTimerFlags::ABSTIME | TimerfdTimerFlags::CANCEL_ON_SET;
        // The kernel sets the timer even when it says that the clock was set meanwhile.
        let changed = set(fd, flags, at) == Err(Errno::CANCELED);
        self.wall.set_to = Some(wall);
        changed
    }

    /// How long `poll` may wait, for deadlines that have no timer.
    fn timeout(&self, boot: Option<Duration>, wall: Option<DateTime<Utc>>) -> Option<Duration> {
        let boot = boot
            .filter(|_| self.boot.fd.is_none())
            .map(|at| at.saturating_sub(clock::boot()));
        let wall = wall
            .filter(|_| self.wall.fd.is_none())
            .map(|at| (at - clock::utc()).to_std().unwrap_or_default());
        [boot, wall].into_iter().flatten().min()
    }

    fn poll<T>(&self, inbox: &Inbox<T>, timeout: Option<Duration>) -> Ready {
        let bell = inbox.bell().as_fd();
        let [end, reload] = self.signals.pipes();
        let mut fds = [
            watch(bell),
            watch(end),
            watch(reload),
            watch_if(self.boot.fd.as_ref(), bell),
            watch_if(self.wall.fd.as_ref(), bell),
            watch_if(self.zone.as_ref(), bell),
            watch_if(self.files.as_ref(), bell),
        ];
        let timeout = timeout.and_then(|timeout| Timespec::try_from(timeout).ok());
        // An interrupted wait is one that ended early, which is harmless; nothing else can fail.
        poll(&mut fds, timeout.as_ref()).ok();
        let [inbox, end, reload, boot, wall, zone, files] =
            fds.map(|fd| fd.revents().contains(PollFlags::IN));
        Ready {
            inbox,
            signal: end || reload,
            boot,
            wall,
            zone,
            files,
        }
    }

    fn zone_changed(&self) -> bool {
        let Some(zone) = &self.zone else {
            return false;
        };
        let mut buffer = [MaybeUninit::uninit(); 4096];
        let mut events = inotify::Reader::new(zone, &mut buffer);
        let mut changed = false;
        while let Ok(event) = events.next() {
            changed |= event
                .file_name()
                .is_some_and(|name| matches!(name.to_bytes(), b"localtime" | b"timezone"));
        }
        changed
    }
}

/// What the end of a `poll` was about.
#[derive(Clone, Copy, Debug)]
struct Ready {
    inbox: bool,
    signal: bool,
    boot: bool,
    wall: bool,
    zone: bool,
    files: bool,
}

impl<D> Timer<D> {
    /// Takes the expiry; the timer has to be set again. `true`: the clock was set instead.
    fn take_expiry(&mut self) -> bool {
        self.set_to = None;
        self.fd
            .as_ref()
            .is_some_and(|fd| rustix::io::read(fd, &mut [0u8; 8]) == Err(Errno::CANCELED))
    }
}

fn set(fd: &OwnedFd, flags: TimerfdTimerFlags, at: Duration) -> Result<(), Errno> {
    let it_value = Timespec::try_from(at).map_err(|_too_far| Errno::INVAL)?;
    let it_interval = Timespec::default();
    timerfd_settime(
        fd,
        flags,
        &Itimerspec {
            it_interval,
            it_value,
        },
    )
    .map(|_before| ())
}

fn watch(fd: BorrowedFd<'_>) -> PollFd<'_> {
    PollFd::from_borrowed_fd(fd, PollFlags::IN)
}

/// A missing descriptor's place is taken by one that nothing is asked of.
fn watch_if<'a>(fd: Option<&'a impl AsFd>, instead: BorrowedFd<'a>) -> PollFd<'a> {
    match fd {
        Some(fd) => watch(fd.as_fd()),
        None => PollFd::from_borrowed_fd(instead, PollFlags::empty()),
    }
}

/// A watch on the file that says which zone the user is in.
fn watch_zone(folder: &Path) -> io::Result<OwnedFd> {
    let watch = inotify::init(inotify::CreateFlags::CLOEXEC | inotify::CreateFlags::NONBLOCK)?;
    // The file is replaced, not written, so it is the folder that has to be watched.
    let replaced =
        inotify::WatchFlags::CREATE | inotify::WatchFlags::MOVED_TO | inotify::WatchFlags::ONLYDIR;
    inotify::add_watch(&watch, folder, replaced)?;
    Ok(watch)
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::symlink};

    use super::*;

    #[test]
    fn a_new_zone_is_noticed_twice_and_other_files_are_not() {
        let etc = tempfile::tempdir().unwrap();
        let file = |name: &str| etc.path().join(name);
        let signals = Signals::listen().unwrap();
        let mut timers = Timers::with_zone_in(signals, Some(etc.path()));
        let inbox = Inbox::new().unwrap();

        fs::write(file("hosts"), "").unwrap();
        inbox.sender().send("nothing else");
        let woken = timers.wait(&inbox, Deadlines::default());
        assert_eq!(woken, Wake::Inbox("nothing else"));

        // As the tools that set it do: a new link beside it, moved into its place.
        symlink("/usr/share/zoneinfo/Asia/Tokyo", file("new")).unwrap();
        fs::rename(file("new"), file("localtime")).unwrap();
        for _look in 1..=2 {
            let woken = timers.wait(&inbox, Deadlines::default());
            assert_eq!(woken, Wake::WallChanged);
        }

        inbox.sender().send("no third look");
        let woken = timers.wait(&inbox, Deadlines::default());
        assert_eq!(woken, Wake::Inbox("no third look"));
    }

    #[test]
    fn a_file_that_is_saved_ends_the_wait_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        let mut timers = Timers::with_zone_in(Signals::listen().unwrap(), None);
        timers.watch(vec![Place::File(file.clone())]).unwrap();
        let inbox = Inbox::new().unwrap();

        fs::write(&file, "half").unwrap();
        fs::write(&file, "whole").unwrap();
        let woken = timers.wait(&inbox, Deadlines::default());
        assert_eq!(woken, Wake::FilesChanged);

        inbox.sender().send("nothing more");
        let woken = timers.wait(&inbox, Deadlines::default());
        assert_eq!(woken, Wake::Inbox("nothing more"));
    }

    #[test]
    fn without_timers_of_the_system_deadlines_are_met_all_the_same() {
        let mut timers = Timers::with_zone_in(Signals::listen().unwrap(), None);
        (timers.boot.fd, timers.wall.fd) = (None, None);
        let inbox = Inbox::<()>::new().unwrap();
        let soon = Duration::from_millis(20);

        let boot = Some(clock::boot() + soon);
        assert_eq!(
            timers.wait(&inbox, Deadlines { boot, wall: None }),
            Wake::Boot
        );

        let wall = Some(clock::utc() + soon);
        assert_eq!(
            timers.wait(&inbox, Deadlines { boot: None, wall }),
            Wake::Wall
        );
    }
}
