//! Cameras are the files `video0`, `video1`, … under `/dev`; one in use is held open.
//!
//! The kernel tells when such a file is opened or closed, not by whom, and programs open cameras
//! only to see what they are. So each such event is a reason to look, a little later, which of the
//! user's own programs hold one open, and whoever is new among them is looked at once more before
//! it counts.

use std::{
    collections::{BTreeMap, BTreeSet},
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
        except::Except,
        on_thread::{OnThread, Stop},
        program::Program,
    },
};

/// Whose word it is.
const BY: &str = "Video4Linux";

/// Programs that only want to know what a camera can do have let go of it by then.
const CALM: Duration = Duration::from_millis(700);

/// The sensor for the cameras in this folder. Programs that are left out do not count.
#[must_use]
pub fn sensor(folder: PathBuf, except: &Except, post: &Post<Word>) -> OnThread {
    let except = except.clone();
    OnThread::new(BY, post, move |stop, report| {
        let cameras = Cameras {
            folder: folder.clone(),
            except: except.clone(),
        };
        watch(&cameras, stop, report)
    })
}

fn watch(cameras: &Cameras, stop: &Stop, report: &mut Report) -> anyhow::Result<()> {
    let events = inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC)
        .context("asking the kernel for news of files")?;
    let comings = WatchFlags::CREATE | WatchFlags::DELETE | WatchFlags::MOVE;
    // The cameras may come and go as well.
    inotify::add_watch(&events, &cameras.folder, comings)
        .with_context(|| format!("watching {}", cameras.folder.display()))?;
    // Whoever was there before we came is no passer-by.
    let mut known = None;
    loop {
        let files = cameras.files();
        for camera in &files {
            // One that is gone by now is no camera any more; and watching twice is watching once.
            inotify::add_watch(&events, camera, WatchFlags::OPEN | WatchFlags::CLOSE).ok();
        }
        let holders = cameras.holders(&files);
        let (staying, new): (Vec<_>, Vec<_>) = holders.iter().partition(|(process, _)| {
            let known: Option<&BTreeSet<u32>> = known.as_ref();
            known.is_none_or(|known| known.contains(process))
        });
        report.say(match files.is_empty() {
            true => Word::known(false, BY, Why::NobodyToAsk),
            false => word(staying.into_iter().map(|(_, program)| program)),
        });
        let settled = new.is_empty();
        known = Some(holders.into_keys().collect());
        if settled && !wait_for_news(&events, stop)? {
            return Ok(());
        }
        if !stop.sit_out(CALM) {
            return Ok(());
        }
        take_events(&events)?;
    }
}

/// Waits until a camera was opened or closed, came or went; `false`: it is time to stop. What else
/// lies in that folder comes and goes too.
fn wait_for_news(events: &OwnedFd, stop: &Stop) -> anyhow::Result<bool> {
    while stop.wait_for(events.as_fd()) {
        if take_events(events)? {
            return Ok(true);
        }
    }
    Ok(false)
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

fn is_camera(name: &str) -> bool {
    let number = name.strip_prefix("video");
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// The cameras in a folder, and who may hold them.
struct Cameras {
    folder: PathBuf,
    except: Except,
}

impl Cameras {
    fn files(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        entries
            .filter(|entry| is_camera(&entry.file_name().to_string_lossy()))
            .map(|entry| entry.path())
            .collect()
    }

    /// The user's programs that hold one of these open, by their process ids. Those of others
    /// cannot be seen, and one that ends meanwhile holds nothing.
    fn holders(&self, cameras: &[PathBuf]) -> BTreeMap<u32, Program> {
        if cameras.is_empty() {
            return BTreeMap::new();
        }
        let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
        let processes = entries.filter_map(|entry| {
            let process = entry.file_name().to_str()?.parse().ok()?;
            Some((process, entry.path()))
        });
        processes
            .filter(|(_, folder)| holds_one(folder, cameras))
            .map(|(process, folder)| (process, Program::of(&folder)))
            .filter(|(_, program)| !self.except.has(program.names()))
            .collect()
    }
}

fn holds_one(process: &Path, cameras: &[PathBuf]) -> bool {
    let files = fs::read_dir(process.join("fd"));
    (files.into_iter().flatten().flatten())
        .filter_map(|file| fs::read_link(file.path()).ok())
        .any(|file| cameras.contains(&file))
}

fn word<'p>(holders: impl Iterator<Item = &'p Program>) -> Word {
    let names: BTreeSet<&str> = holders.map(|program| program.name.as_str()).collect();
    if names.is_empty() {
        return Word::known(false, BY, Why::Told);
    }
    // One that has just ended has no name any more.
    let names = names.into_iter().filter(|name| !name.is_empty());
    Word::known(true, BY, Why::Programs(names.map(str::to_owned).collect()))
}
