//! Programs on the user's list, as the kernel tells of them.

use std::{
    ffi::OsStr,
    fs,
    os::unix::ffi::OsStrExt as _,
    path::PathBuf,
    process::{Command, Stdio},
};

use super::stage::Row;
use crate::support::{Desktop, Program, installed};

/// A program that comes and goes.
pub struct Programs {
    folder: PathBuf,
    running: Vec<Program>,
}

impl Programs {
    pub fn made(desktop: &Desktop) -> Box<dyn Row + '_> {
        Box::new(Self {
            folder: desktop.folder().to_owned(),
            running: Vec::new(),
        })
    }

    fn start(&mut self, name: &OsStr) {
        let file = self.folder.join(name);
        fs::copy(installed("sleep"), &file).unwrap();
        let mut command = Command::new(installed("setpriv"));
        command
            .args(["--pdeathsig", "KILL", "--"])
            .arg(&file)
            .arg("600");
        self.running
            .push(Program::start("a program", command.stdin(Stdio::null())));
    }
}

impl Row for Programs {
    fn name(&self) -> &'static str {
        "programs on the list"
    }

    fn settings(&self) -> &'static str {
        "\n[hold]\napps = [\"unhunch-test-fault\"]\n"
    }

    fn hold(&mut self, on: bool) {
        self.running.clear();
        if on {
            self.start(OsStr::new("unhunch-test-fault"));
        }
    }

    fn die(&mut self) {
        self.hold(false);
    }

    /// The kernel does not hang.
    fn hang(&mut self) -> bool {
        false
    }

    fn flood(&mut self) -> bool {
        let begin_and_end = "i=0; while [ $i -lt 10000 ]; do /bin/true; i=$((i+1)); done";
        let status = Command::new("sh").args(["-c", begin_and_end]).status();
        assert!(status.unwrap().success());
        true
    }

    fn babble(&mut self) -> bool {
        for name in [
            &b"unhunch) Z\n(test"[..],
            &b"unhunch-\xFF\xFE"[..],
            &b"app-.scope"[..],
        ] {
            self.start(OsStr::from_bytes(name));
        }
        true
    }
}
