//! Every file that the program writes, killed and failed at every step of every write.
//!
//! The real code writes in a process of its own. `strace` lists the system calls that it makes from
//! the first change of the disk on, and then the process runs again for each of them: killed
//! there, refused there as by a failing disk, or with a disk that is full from there on. A limit
//! to the size of a file ends it in the middle of a write, at any byte. Whatever happens, the old
//! or the new content is there, the next write works, and nothing is left over.

use std::{
    collections::BTreeMap,
    env, fs,
    io::Write as _,
    os::unix::process::ExitStatusExt as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use chrono::{DateTime, Utc};
use tempfile::TempDir;
use unhunch::{
    config_file::{self, Location},
    core::schedule::Saved,
    store::{
        History, Notice, Reader,
        saved::{self, Clocks},
    },
    window::sizes::{self, Size},
};

use crate::{store, support::installed};

/// Tells this test binary, started once more, what to write, and where.
const WHAT: &str = "UNHUNCH_TEST_WRITES_WHAT";
const WHERE: &str = "UNHUNCH_TEST_WRITES_WHERE";

/// What the child says right before it begins.
const BEGIN: &str = "begins to write";

/// The calls through which a disk is changed.
const CALLS: &[&str] = &[
    "chmod",
    "fallocate",
    "fchmod",
    "fdatasync",
    "fsync",
    "ftruncate",
    "link",
    "linkat",
    "mkdir",
    "mkdirat",
    "open",
    "openat",
    "pwrite64",
    "pwritev",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "write",
    "writev",
];

/// Those of them for which a full disk has no room.
const TAKE_ROOM: &[&str] = &[
    "fallocate",
    "fdatasync",
    "fsync",
    "ftruncate",
    "link",
    "linkat",
    "mkdir",
    "mkdirat",
    "pwrite64",
    "pwritev",
    "write",
    "writev",
];

/// One thing that the program writes, with an old and a new content.
struct Writing {
    name: &'static str,
    /// The file, in the folder of the test.
    file: &'static str,
    /// Writes the content of this number: 0 is the old one, 1 the new one, 2 a later one.
    write: fn(&Path, u32) -> Result<(), String>,
    /// The number of the content that is there.
    found: fn(&Path) -> Option<u32>,
}

const WRITINGS: &[Writing] = &[STATE, NOTE, SETTINGS, SIZE, HISTORY];

const STATE: Writing = Writing {
    name: "state",
    file: "unhunch/state.json",
    write: |file, number| {
        saved::write(file, &state(number), &clocks()).map_err(|error| format!("{error:#}"))
    },
    found: |file| {
        let (restored, notice) = saved::read(file, &clocks());
        assert_eq!(notice, None);
        Some(u32::try_from(restored?.saved.next_prompt).unwrap())
    },
};

const NOTE: Writing = Writing {
    name: "note",
    file: "unhunch/state.note",
    write: |file, number| {
        let file = file.with_file_name("state.json");
        saved::note(&file, &state(number), &clocks()).map_err(|error| format!("{error:#}"))
    },
    found: |file| {
        let text = fs::read_to_string(file).ok()?;
        let page: serde_json::Value = serde_json::from_str(&text).unwrap();
        Some(u32::try_from(page["state"]["next_prompt"].as_u64().unwrap()).unwrap())
    },
};

const SETTINGS: Writing = Writing {
    name: "settings",
    file: "config/config.toml",
    write: |file, number| {
        let edited = config_file::edit(&Location::chosen(file), &[], |config| {
            config.sound.volume = u8::try_from(number + 10).unwrap();
        });
        edited.map(drop).map_err(|error| error.to_string())
    },
    found: |file| {
        let text = fs::read_to_string(file).unwrap();
        let (before, volume) = text.split_once("volume = ").unwrap();
        assert_eq!(before, "# mine\n\n[sound]\n");
        Some(volume.trim_end().parse::<u32>().unwrap() - 10)
    },
};

const SIZE: Writing = Writing {
    name: "size",
    file: "unhunch/window.json",
    write: |file, number| {
        let width = f32::from(u16::try_from(number).unwrap());
        let size = Size { width, height: 1.0 };
        sizes::keep(file, "break", size).map_err(|error| error.to_string())
    },
    found: |file| {
        let size = sizes::read(file, "break")?;
        (0..3).find(|number| f32::from(u16::try_from(*number).unwrap()) == size.width)
    },
};

const HISTORY: Writing = Writing {
    name: "history",
    file: "unhunch/history.db",
    write: |file, number| {
        let (mut history, notice) = History::open(file, now());
        let notice = notice.or_else(|| history.record(&store::credit(number), now()));
        notice.map_or(Ok(()), |notice| Err(notice.text()))
    },
    found: |file| {
        let mut last = None;
        let reader = Reader::open(file).unwrap_or_else(|notice| panic!("{notice}"));
        let each = |credit| {
            let number = last.map_or(0, |number| number + 1);
            assert_eq!(credit, store::credit(number));
            last = Some(number);
            Ok(())
        };
        reader.each_since(None, each).unwrap();
        last
    },
};

fn now() -> DateTime<Utc> {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

fn clocks() -> Clocks {
    store::clocks(Some("a"), 0, 0)
}

fn state(number: u32) -> Saved {
    Saved {
        next_prompt: number.into(),
        ..store::state()
    }
}

impl Writing {
    fn place(&self, folder: &Path) -> PathBuf {
        folder.join(self.file)
    }

    /// A folder with the old content.
    fn old(&self) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        let file = self.place(folder.path());
        if self.name == SETTINGS.name {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, "# mine\n").unwrap();
        }
        (self.write)(&file, 0).unwrap();
        assert_eq!((self.found)(&file), Some(0));
        folder
    }

    /// The command that writes the new content in a process of its own.
    fn child(&self, folder: &Path, wrapper: &[&str]) -> Command {
        let mut command = Command::new(installed(wrapper[0]));
        command
            .args(&wrapper[1..])
            .arg(env::current_exe().unwrap())
            .args(["--exact", "nothing_lost::writes_once", "--ignored"])
            .args(["--nocapture", "--test-threads=1"])
            // Cargo's makes the loader open a hundred files.
            .env_remove("LD_LIBRARY_PATH")
            .env(WHAT, self.name)
            .env(WHERE, self.place(folder))
            .stdin(Stdio::null());
        command
    }

    /// After whatever happened: the old or the new content, no word of success without the new
    /// one, no loss of what is written next, no litter.
    fn survives(&self, folder: &Path, output: &Output, how: &str) {
        let file = self.place(folder);
        let found = (self.found)(&file);
        let said = String::from_utf8_lossy(&output.stderr);
        let told = |words: &str| String::from_utf8_lossy(&output.stdout).contains(words);
        assert!(
            matches!(found, Some(0 | 1)),
            "{}, {how}: {found:?}\n{said}",
            self.name
        );
        if told("wrote") {
            assert_eq!(found, Some(1), "{}, {how}: said to be written", self.name);
        }
        let next = if self.name == HISTORY.name {
            found.unwrap() + 1
        } else {
            2
        };
        (self.write)(&file, next).unwrap_or_else(|why| panic!("{}, {how}: {why}", self.name));
        assert_eq!((self.found)(&file), Some(next), "{}, {how}", self.name);
        let litter: Vec<_> = fs::read_dir(file.parent().unwrap())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.starts_with('.') || name.contains("damaged"))
            .collect();
        assert!(litter.is_empty(), "{}, {how}: {litter:?}", self.name);
    }

    /// The calls with which it changes the disk: each with how many of its kind came before.
    fn calls(&self) -> Vec<Call> {
        let folder = self.old();
        let log = folder.path().join("calls");
        let trace = format!("trace={}", CALLS.join(","));
        let log_name = log.to_str().unwrap();
        let strace = [
            "strace",
            "-f",
            "-qq",
            "-o",
            log_name,
            "-e",
            "signal=none",
            "-e",
            &trace,
        ];
        let output = self.child(folder.path(), &strace).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let calls = calls_in(&fs::read_to_string(&log).unwrap());
        fs::remove_file(&log).unwrap();
        self.survives(folder.path(), &output, "unharmed");
        assert!(calls.len() >= 4, "{}: {calls:?}", self.name);
        calls
    }

    /// Writes with this done to the calls; says whether something was done.
    fn harmed(&self, injections: &[String], how: &str) -> Output {
        let folder = self.old();
        let log = folder.path().join("calls");
        let mut strace = vec!["strace", "-f", "-qq", "-o", log.to_str().unwrap()];
        let trace = format!("trace={}", CALLS.join(","));
        strace.extend(["-e", "signal=none", "-e", &trace]);
        for injection in injections {
            strace.extend(["-e", injection]);
        }
        let output = self.child(folder.path(), &strace).output().unwrap();
        let log_text = fs::read_to_string(&log).unwrap();
        let begun = String::from_utf8_lossy(&output.stdout).contains(BEGIN);
        let harmed = log_text.contains("(INJECTED)") || output.status.signal().is_some();
        assert!(begun, "{}, {how}: before its time\n{log_text}", self.name);
        assert!(harmed, "{}, {how}: nothing was done\n{log_text}", self.name);
        fs::remove_file(&log).unwrap();
        self.survives(folder.path(), &output, how);
        output
    }
}

/// A system call: its name, and which of that name it is in its thread.
#[derive(Clone, Debug)]
struct Call {
    name: String,
    ordinal: usize,
}

/// The calls after the mark, from the log of strace.
fn calls_in(log: &str) -> Vec<Call> {
    let marked = log.lines().find(|line| line.contains(BEGIN));
    let thread = marked
        .expect("the child says when it begins")
        .split(' ')
        .next()
        .unwrap();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut begun, mut calls) = (false, Vec::new());
    for line in log.lines() {
        let Some(rest) = line.strip_prefix(thread) else {
            continue;
        };
        let Some((name, _)) = rest.trim_start().split_once('(') else {
            continue;
        };
        let ordinal = seen.entry(name).or_default();
        *ordinal += 1;
        if line.contains("wrote") {
            break;
        }
        if begun {
            let (name, ordinal) = (name.to_owned(), *ordinal);
            calls.push(Call { name, ordinal });
        }
        begun |= line.contains(BEGIN);
    }
    calls
}

fn killed_at_every_call(writing: &Writing) {
    for Call { name, ordinal } in writing.calls() {
        let how = format!("killed at {name} {ordinal}");
        let kill = format!("inject={name}:signal=KILL:when={ordinal}");
        let output = writing.harmed(&[kill], &how);
        assert_eq!(output.status.signal(), Some(9), "{how}: {output:?}");
    }
}

fn refused_at_every_call(writing: &Writing) {
    for Call { name, ordinal } in writing.calls() {
        let how = format!("refused at {name} {ordinal}");
        writing.harmed(&[format!("inject={name}:error=EIO:when={ordinal}")], &how);
    }
}

fn full_from_every_call_on(writing: &Writing) {
    let calls = writing.calls();
    for (place, first) in calls.iter().enumerate() {
        if !TAKE_ROOM.contains(&first.name.as_str()) {
            continue;
        }
        let mut injections: BTreeMap<&str, String> = BTreeMap::new();
        for Call { name, ordinal } in &calls[place..] {
            // What the child says goes into a pipe, which no disk makes full; so calls of that
            // kind are refused up to the last one of ours only.
            if TAKE_ROOM.contains(&name.as_str()) {
                let last = calls
                    .iter()
                    .rfind(|call| call.name == *name)
                    .unwrap()
                    .ordinal;
                let from = format!("inject={name}:error=ENOSPC:when={ordinal}..{last}");
                injections.entry(name).or_insert(from);
            }
        }
        let how = format!("full from {} {} on", first.name, first.ordinal);
        let injections: Vec<String> = injections.into_values().collect();
        writing.harmed(&injections, &how);
    }
}

/// Ends a write at some bytes: with the end of the process, or with an error after that many.
fn cut_at_many_bytes(writing: &Writing) {
    let whole = {
        let folder = writing.old();
        let file = writing.place(folder.path());
        (writing.write)(&file, 1).unwrap();
        usize::try_from(file.metadata().unwrap().len()).unwrap()
    };
    // The log of a database grows beside it, with a page for each change.
    let largest = if writing.name == HISTORY.name {
        40_000
    } else {
        whole
    };
    let steps = 12.min(largest);
    let mut cut = 0;
    for step in 0..steps {
        let at = (largest * step / steps).to_string();
        let limit = format!("prlimit --fsize={at} \"$@\"");
        for (ends, before) in [("killed", "exec"), ("refused", "trap '' XFSZ; exec")] {
            let folder = writing.old();
            let script = format!("{before} {limit}");
            let output = (writing.child(folder.path(), &["sh", "-c", &script, "sh"]))
                .output()
                .unwrap();
            cut += usize::from(!String::from_utf8_lossy(&output.stdout).contains("wrote"));
            writing.survives(folder.path(), &output, &format!("{ends} after {at} bytes"));
        }
    }
    assert!(cut >= steps, "{}: {cut} writes were cut", writing.name);
}

#[test]
fn killed_at_any_call_the_old_or_the_new_state_is_there() {
    killed_at_every_call(&STATE);
    killed_at_every_call(&NOTE);
}

#[test]
fn killed_at_any_call_the_old_or_the_new_settings_are_there() {
    killed_at_every_call(&SETTINGS);
}

#[test]
fn killed_at_any_call_the_old_or_the_new_sizes_are_there() {
    killed_at_every_call(&SIZE);
}

#[test]
fn killed_at_any_call_the_history_is_whole() {
    killed_at_every_call(&HISTORY);
}

#[test]
fn a_disk_that_fails_at_any_call_takes_nothing_away() {
    for writing in WRITINGS {
        refused_at_every_call(writing);
    }
}

#[test]
fn a_disk_that_is_full_at_any_call_takes_nothing_away() {
    for writing in WRITINGS {
        full_from_every_call_on(writing);
    }
}

#[test]
fn a_write_that_ends_at_any_byte_takes_nothing_away() {
    for writing in WRITINGS {
        cut_at_many_bytes(writing);
    }
}

#[test]
fn a_full_disk_is_named_and_what_waited_is_written_when_there_is_room() {
    let folder = HISTORY.old();
    let file = HISTORY.place(folder.path());
    let script = "trap '' XFSZ; exec prlimit --fsize=0 \"$@\"";
    let output = HISTORY
        .child(folder.path(), &["sh", "-c", script, "sh"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("history.db"), "{said}");

    let (mut history, notice) = History::open(&file, now());
    assert_eq!(notice, None);
    // A place where nothing can be written stands in for the full disk of a running program.
    let away = file.with_file_name("away");
    fs::rename(&file, &away).unwrap();
    fs::create_dir(&file).unwrap();
    let notice = history.record(&store::credit(1), now());
    assert!(
        matches!(notice, Some(Notice::Unavailable { .. })),
        "{notice:?}"
    );
    fs::remove_dir(&file).unwrap();
    fs::rename(&away, &file).unwrap();
    assert_eq!(history.record(&store::credit(2), now()), None);
    assert_eq!((HISTORY.found)(&file), Some(2));
}

#[test]
fn a_stretch_that_is_begun_is_whole_or_not_there() {
    for at in [0, 1, 500] {
        let home = tempfile::tempdir().unwrap();
        let script = format!("exec prlimit --fsize={at} \"$@\"");
        let begin = |wrapper: &[&str]| {
            Command::new(installed(wrapper[0]))
                .args(&wrapper[1..])
                .arg(env!("CARGO_BIN_EXE_unhunch"))
                .args(["stretch", "new", "Door frame"])
                .env("UNHUNCH_CONFIG", home.path().join("config.toml"))
                .output()
                .unwrap()
        };
        let cut = begin(&["sh", "-c", &script, "sh"]);
        assert!(!cut.status.success(), "{cut:?}");
        assert!(!home.path().join("stretches/door-frame.toml").exists());
        let again = begin(&["env"]);
        assert!(again.status.success(), "{again:?}");
        let names = fs::read_dir(home.path().join("stretches")).unwrap().count();
        assert_eq!(names, 1, "nothing is left over");
    }
}

/// The other half of these tests, in a process of its own.
#[test]
#[ignore = "started by the tests above, to be killed"]
fn writes_once() {
    let (Ok(what), Some(file)) = (env::var(WHAT), env::var_os(WHERE).map(PathBuf::from)) else {
        return;
    };
    let writing = WRITINGS
        .iter()
        .find(|writing| writing.name == what)
        .unwrap();
    // strace counts the calls of each thread on its own: with these, no call below has the number
    // of one that the harness makes on another thread.
    for _ in 0..50 {
        let mut nowhere = fs::File::options().write(true).open("/dev/null").unwrap();
        nowhere.write_all(b".").unwrap();
    }
    println!("{BEGIN}");
    match (writing.write)(&file, 1) {
        Ok(()) => println!("wrote {what}"),
        Err(why) => println!("could not: {why}"),
    }
}
