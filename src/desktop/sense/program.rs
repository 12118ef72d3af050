//! The names of a running program, as the kernel knows them.

use std::{fs, path::Path};

/// A running program by its names. It may have ended since, and then it has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Program {
    /// The name to show; empty where the kernel does not tell.
    pub name: String,
    /// Other names: its file, and what it was started as.
    pub others: Vec<String>,
}

impl Program {
    /// The program with this folder under `/proc`.
    #[must_use]
    pub fn of(process: &Path) -> Self {
        // It may end at any moment; whatever cannot be read any more is left out.
        let name = fs::read_to_string(process.join("comm")).unwrap_or_default();
        let file = fs::read_link(process.join("exe")).ok();
        let file = file.and_then(|file| Some(file.file_name()?.to_string_lossy().into_owned()));
        let started_as = fs::read(process.join("cmdline")).unwrap_or_default();
        let started_as = started_as.split(|byte| *byte == 0).next();
        let started_as = started_as.map(|name| String::from_utf8_lossy(name).into_owned());
        Self {
            name: name.trim().to_owned(),
            others: file.into_iter().chain(started_as).collect(),
        }
    }

    /// All its names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let others = self.others.iter().map(String::as_str);
        std::iter::once(self.name.as_str())
            .chain(others)
            .filter(|name| !name.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_program_has_names_and_one_that_has_ended_has_none() {
        let this = Program::of(Path::new("/proc/self"));
        assert!(!this.name.is_empty());
        assert!(
            this.names().any(|name| name.contains("unhunch")),
            "{this:?}"
        );
        let gone = Program::of(Path::new("/proc/nobody"));
        assert_eq!(gone.names().count(), 0);
    }
}
