//! Cameras are the files `video0`, `video1`, … under `/dev`; one in use is held open.
//!
//! The kernel tells when such a file is opened or closed, not by whom, and programs open cameras
//! only to see what they are. So each such event is a reason to look, a little later, which of the
//! user's own programs hold one open.

use std::{
    fs,
    mem::MaybeUninit,
    os::{fd::AsFd as _, fd::OwnedFd},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context as _;
use rustix::{
    fs::inotify::{self, CreateFlags, WatchFlags},
    io::Errno,
};

use crate::desktop::{
    inbox::Post,
    sense::{
        Report, Why, Word,
        on_thread::{OnThread, Stop},
    },
};

/// Whose word it is.
const BY: &str = "Video4Linux";

/// Programs that only want to know what a camera can do have let go of it by then.
const CALM: Duration = Duration::from_millis(700);

/// The sensor for the cameras in this folder.
#[must_use]
pub fn sensor(folder: PathBuf, post: &Post<Word>) -> OnThread {
    OnThread::new(BY, post, move |stop, report| watch(&folder, stop, report))
}

fn watch(folder: &Path, stop: &Stop, report: &mut Report) -> anyhow::Result<()> {
    let events = inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC)
        .context("asking the kernel for news of files")?;
    let comings = WatchFlags::CREATE | WatchFlags::DELETE;
    // The cameras may come and go as well.
    inotify::add_watch(&events, folder, comings)
        .with_context(|| format!("watching {}", folder.display()))?;
    loop {
        let cameras = cameras(folder);
        for camera in &cameras {
            // One that is gone by now is no camera any more; and watching twice is watching once.
            inotify::add_watch(&events, camera, WatchFlags::OPEN | WatchFlags::CLOSE).ok();
        }
        report.say(match cameras.is_empty() {
            true => Word::known(false, BY, Why::NobodyToAsk),
            false => look(&cameras),
        });
        // What else lies in that folder comes and goes too.
        loop {
            if !stop.wait_for(events.as_fd()) {
                return Ok(());
            }
            if take_events(&events)? {
                break;
            }
        }
        if !stop.sit_out(CALM) {
            return Ok(());
        }
        take_events(&events)?;
    }
}

/// Takes everything that has come in; whether a camera was concerned.
fn take_events(events: &OwnedFd) -> anyhow::Result<bool> {
    let mut space = [MaybeUninit::uninit(); 4096];
    let mut reader = inotify::Reader::new(events, &mut space);
    let mut concerned = false;
    loop {
        match reader.next() {
            // Events of a camera itself carry no name.
            Ok(event) => {
                let name = event.file_name().map(|name| name.to_string_lossy());
                concerned |= name.is_none_or(|name| is_camera(&name));
            }
            Err(Errno::WOULDBLOCK) => return Ok(concerned),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error).context("reading news of files"),
        }
    }
}

fn cameras(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| is_camera(&entry.file_name().to_string_lossy()))
        .map(|entry| entry.path())
        .collect()
}

fn is_camera(name: &str) -> bool {
    let number = name.strip_prefix("video");
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether one of the user's programs holds one of these open. Those of others cannot be seen.
fn look(cameras: &[PathBuf]) -> Word {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let holder = processes.map(|process| process.path()).find(|process| {
        let files = fs::read_dir(process.join("fd"))
            .into_iter()
            .flatten()
            .flatten();
        files
            .filter_map(|file| fs::read_link(file.path()).ok())
            .any(|file| cameras.contains(&file))
    });
    match holder {
        None => Word::known(false, BY, Why::Told),
        Some(process) => {
            // A program that has just ended has no name any more.
            let name = fs::read_to_string(process.join("comm")).unwrap_or_default();
            Word::known(true, BY, Why::Programs(vec![name.trim().to_owned()]))
        }
    }
}
