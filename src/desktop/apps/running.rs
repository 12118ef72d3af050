//! Looking for programs among the processes of the user.
//!
//! The kernel tells nobody without rights that a program begins, so the processes are looked
//! through now and then; mostly only those that are new. That one ends, it does tell.

use std::{
    collections::{HashMap, HashSet},
    fs,
    os::{fd::OwnedFd, unix::fs::MetadataExt as _},
};

use rustix::process::{Pid, PidfdFlags, getuid, pidfd_open};

use super::names::Names;

/// A process may become another program a little after it began, so it is looked at this often.
const YOUNG: u8 = 2;

/// Every so many looks all are looked at: one may have become another program late.
const ALL: u32 = 12;

/// A process of a program that was looked for.
pub struct Found {
    /// The name that it was found by, as it was given.
    pub written: String,
    /// Readable when it has ended.
    pub end: OwnedFd,
}

/// Remembers whom it has looked at.
#[derive(Default)]
pub struct Processes {
    looked_at: HashMap<u32, u8>,
    looks: u32,
}

impl Processes {
    /// The processes of these programs: one for each is enough.
    pub fn find(&mut self, programs: &[&str]) -> Vec<Found> {
        if self.looks.is_multiple_of(ALL) {
            self.looked_at.clear();
        }
        self.looks += 1;
        let (mut found, mut there): (Vec<Found>, _) = (Vec::new(), HashSet::new());
        let ours = getuid().as_raw();
        for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
            let Some(pid) = number(&entry) else {
                continue;
            };
            there.insert(pid);
            let looks = self.looked_at.entry(pid).or_default();
            if *looks >= YOUNG {
                continue;
            }
            *looks += 1;
            if entry.metadata().is_ok_and(|folder| folder.uid() == ours) {
                take(pid, &Names::of(&entry.path()), programs, &mut found);
            }
        }
        self.looked_at.retain(|pid, _| there.contains(pid));
        if !found.is_empty() {
            // Whoever looks again wants to find it again.
            self.looked_at.clear();
        }
        found
    }
}

/// The number of the process to which a folder under `/proc` belongs.
fn number(entry: &fs::DirEntry) -> Option<u32> {
    entry.file_name().to_str()?.parse().ok()
}

/// Adds the programs that this process is, and that have not been found yet.
fn take(pid: u32, names: &Names, programs: &[&str], found: &mut Vec<Found>) {
    for program in programs.iter().filter(|program| names.include(program)) {
        let again = found.iter().any(|found| found.written == **program);
        if !again && let Some(end) = living(pid) {
            let written = (*program).to_owned();
            found.push(Found { written, end });
        }
    }
}

/// What tells the end of this process, unless it has ended already and only waits to be noticed.
fn living(pid: u32) -> Option<OwnedFd> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in brackets may hold anything, so the state is looked for behind it.
    let (_, state) = stat.rsplit_once(')')?;
    if state.trim_start().starts_with(['Z', 'X']) {
        return None;
    }
    let pid = Pid::from_raw(i32::try_from(pid).ok()?)?;
    pidfd_open(pid, PidfdFlags::empty()).ok()
}
