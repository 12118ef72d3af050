//! What the kernel knows of a process.

use std::{fs, process::Command, time::Duration};

/// Memory of a process, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// What is its own, and its share of what it has in common with others.
    pub pss: u64,
    /// What would be free if it ended.
    pub uss: u64,
    /// What it has written itself, without the program and its libraries.
    pub own: u64,
}

/// The memory that this process holds now.
pub fn memory(pid: u32) -> Memory {
    let text = read(pid, "smaps_rollup");
    let kibibytes = |key: &str| number_after(&text, key) * 1024;
    Memory {
        pss: kibibytes("Pss:"),
        uss: kibibytes("Private_Clean:") + kibibytes("Private_Dirty:"),
        own: kibibytes("Anonymous:"),
    }
}

/// How many threads it has.
pub fn threads(pid: u32) -> u64 {
    number_after(&read(pid, "status"), "Threads:")
}

/// How many file descriptors it has open.
pub fn descriptors(pid: u32) -> usize {
    let open = fs::read_dir(format!("/proc/{pid}/fd"));
    open.expect("the process runs").count()
}

/// How many processes it has started that have not been reaped.
pub fn children(pid: u32) -> usize {
    children_of(pid).len()
}

/// The processes it has started that have not been reaped, whichever of its threads it was. None
/// if it does not run.
pub fn children_of(pid: u32) -> Vec<u32> {
    let tasks = fs::read_dir(format!("/proc/{pid}/task"));
    let lists = (tasks.into_iter().flatten())
        .filter_map(|task| fs::read_to_string(task.ok()?.path().join("children")).ok());
    let numbers = |list: String| -> Vec<u32> {
        list.split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect()
    };
    lists.flat_map(numbers).collect()
}

/// How often its threads were given a processor so far.
pub fn context_switches(pid: u32) -> u64 {
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).expect("the process runs");
    tasks
        .filter_map(|task| fs::read_to_string(task.ok()?.path().join("status")).ok())
        .map(|text| {
            number_after(&text, "voluntary_ctxt_switches:")
                + number_after(&text, "nonvoluntary_ctxt_switches:")
        })
        .sum()
}

/// How long processors have worked for it so far, to a hundredth of a second.
pub fn processor_time(pid: u32) -> Duration {
    ticks(pid, 11)
}

/// The sum of two fields of its status, in ticks, from this one behind its name on.
fn ticks(pid: u32, first: usize) -> Duration {
    let text = read(pid, "stat");
    // The name in brackets may hold anything, so fields are counted from behind it.
    let (_, fields) = text.rsplit_once(')').expect("a name in brackets");
    let ticks: u64 = fields
        .split_whitespace()
        .skip(first)
        .take(2)
        .map(|field| field.parse::<u64>().expect("a number of ticks"))
        .sum();
    Duration::from_millis(ticks * 10)
}

/// How long processors have worked for it so far, to the nanosecond; for its children that have
/// ended, to a hundredth of a second.
pub fn worked(pid: u32) -> Duration {
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).expect("the process runs");
    let own: u64 = tasks
        .filter_map(|task| fs::read_to_string(task.ok()?.path().join("schedstat")).ok())
        .filter_map(|text| text.split_whitespace().next()?.parse::<u64>().ok())
        .sum();
    Duration::from_nanos(own) + ticks(pid, 13)
}

/// It and all that it has started, directly or not, as far as they run.
pub fn family(pid: u32) -> Vec<u32> {
    let mut family = vec![pid];
    let mut next = 0;
    while let Some(parent) = family.get(next).copied() {
        next += 1;
        let tasks = fs::read_dir(format!("/proc/{parent}/task"));
        for task in tasks.into_iter().flatten().flatten() {
            let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
            let children = children.split_whitespace();
            family.extend(children.filter_map(|pid| pid.parse::<u32>().ok()));
        }
    }
    family
}

/// Asks it to end.
pub fn end(pid: u32) {
    signal(pid, "TERM");
}

/// Sends it a signal: `STOP`, `KILL`.
pub fn signal(pid: u32, name: &str) {
    let status = Command::new("kill")
        .args([format!("-{name}"), pid.to_string()])
        .status();
    assert!(
        status.is_ok_and(|status| status.success()),
        "sending {name} to process {pid}"
    );
}

/// Whether it runs; one that only waits to be reaped does not.
pub fn runs(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"));
    // The name in brackets may hold anything.
    stat.is_ok_and(|stat| {
        let state = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        !state.starts_with(" Z")
    })
}

fn read(pid: u32, file: &str) -> String {
    fs::read_to_string(format!("/proc/{pid}/{file}"))
        .unwrap_or_else(|error| panic!("process {pid}: {error}"))
}

/// The number on the line that begins with this key.
fn number_after(text: &str, key: &str) -> u64 {
    text.lines()
        .find_map(|line| line.strip_prefix(key))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|word| word.parse().ok())
        .unwrap_or_else(|| panic!("no number after {key}"))
}
