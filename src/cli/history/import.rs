//! `unhunch history import FILE`: breaks that were saved once, or come from another machine.

use std::{
    fs,
    io::IsTerminal as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use chrono::{DateTime, Utc};
use clap::{Arg, ArgMatches, Command, value_parser};
use directories::UserDirs;

use crate::{
    config_file,
    core::{
        config::Config,
        schedule::Credit,
        stats::{day_of, span::Span},
        time::Moment,
    },
    desktop::clock,
    diagnostic::{Problem, render_all},
    history_file,
    store::{self, Notice},
    text::{text, text_with},
};

/// A history of a hundred years is a tenth of this, in bytes.
const LARGEST: u64 = 256 << 20;

/// What was taken in.
pub struct Taken {
    /// The breaks that were not there yet.
    pub new: Vec<Credit>,
    /// How many were there already.
    pub known: usize,
}

/// Why nothing was taken in.
pub enum Refusal {
    /// The file cannot be read.
    Unreadable {
        /// The file.
        file: String,
        /// What the system says.
        why: String,
    },
    /// There are mistakes in it.
    Mistakes {
        /// All of the file.
        text: String,
        /// The mistakes, the first one first.
        problems: Vec<Problem>,
    },
    /// The history itself cannot be written.
    History(Notice),
}

/// The definition of `history import`.
pub fn command() -> Command {
    Command::new("import")
        .about(text("import-about"))
        .after_help(text("import-keys"))
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(text("import-file")),
        )
}

/// Takes the file in and says what came of it.
pub fn run(arguments: &ArgMatches) -> ExitCode {
    let file: &PathBuf = arguments.get_one("file").expect("clap requires it");
    match take_in(&store::history_file(), file) {
        Ok(taken) => {
            let config = config_file::load(&config_file::locate(None), &[]).config;
            let from = kept_from(&config, &clock::now());
            println!("{}", taken.in_a_sentence(from));
            ExitCode::SUCCESS
        }
        Err(refusal) => {
            eprintln!("{}", refusal.in_full());
            ExitCode::FAILURE
        }
    }
}

/// Takes in the breaks of a file, all that are new or, if anything is wrong, none.
///
/// # Errors
/// What is wrong.
pub fn take_in(history: &Path, file: &Path) -> Result<Taken, Refusal> {
    let name = file.display().to_string();
    let text = content(file).map_err(|why| Refusal::Unreadable {
        file: name.clone(),
        why,
    })?;
    let credits = match history_file::read(&name, &text) {
        Ok(credits) => credits,
        Err(problems) => return Err(Refusal::Mistakes { text, problems }),
    };
    let new = store::take_in(history, &credits).map_err(Refusal::History)?;
    let known = credits.len() - new.len();
    Ok(Taken { new, known })
}

fn content(file: &Path) -> Result<String, String> {
    let metadata = fs::metadata(file).map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err(text("import-no-file"));
    }
    if metadata.len() > LARGEST {
        return Err(text("import-too-large"));
    }
    let bytes = fs::read(file).map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|_| text("import-no-text"))
}

/// The file that is meant by what somebody typed, pasted or dropped: a path, also with `~` or in
/// quotes, or an address that begins with `file://`.
pub fn path(named: &str) -> PathBuf {
    let named = named.trim().trim_matches(['"', '\'']);
    if let Some(address) = named.strip_prefix("file://") {
        let path = address.find('/').map_or(address, |slash| &address[slash..]);
        return PathBuf::from(unescaped(path));
    }
    let home = UserDirs::new();
    match (named.strip_prefix("~/"), &home) {
        (Some(below), Some(home)) => home.home_dir().join(below),
        (Some(_) | None, _) => PathBuf::from(named),
    }
}

/// `%20` is a space in an address.
fn unescaped(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let [first, after @ ..] = rest {
        let code = (*first == b'%')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|code| std::str::from_utf8(code).ok())
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Since when breaks are kept; nothing: all of them are.
pub fn kept_from(config: &Config, now: &Moment) -> Option<DateTime<Utc>> {
    let day_starts = config.schedule.day_starts;
    let today = day_of(now.utc, now.zone, day_starts);
    let first = config.history.keep.first_day(today)?;
    Some(Span::day(first).starts(now.zone, day_starts)[0])
}

impl Taken {
    /// "12 breaks taken in; 3 were there already". Those that ended before `kept_from` will go
    /// again by themselves, which is said too.
    pub fn in_a_sentence(&self, kept_from: Option<DateTime<Utc>>) -> String {
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let id = match (self.new.len(), self.known) {
            (0, 0) => "import-none",
            (0, _) => "import-all-known",
            (_, _) => "import-taken",
        };
        let values = [
            ("new", count(self.new.len()).into()),
            ("known", count(self.known).into()),
        ];
        let said = text_with(id, &values);
        let old = |credit: &&Credit| kept_from.is_some_and(|from| credit.ended < from);
        match self.new.iter().filter(old).count() {
            0 => said,
            old => said + &text_with("import-aged", &[("count", count(old).into())]),
        }
    }
}

impl Refusal {
    /// Where there is room for one sentence.
    pub fn in_a_sentence(&self) -> String {
        let why = match self {
            Self::Unreadable { file, why } => format!("{file}: {why}"),
            Self::Mistakes { text, problems } => history_file::in_a_sentence(problems, text),
            Self::History(notice) => return notice.text(),
        };
        text_with("import-refused", &[("why", why.into())])
    }

    /// All of it, for a terminal.
    fn in_full(&self) -> String {
        match self {
            Self::Unreadable { .. } | Self::History(_) => self.in_a_sentence(),
            Self::Mistakes { text, problems } => {
                let colour = std::io::stderr().is_terminal();
                let all = render_all(problems, text, colour);
                format!("{all}\n\n{}", crate::text::text("import-refused-all"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_however_it_is_named() {
        for (named, expected) in [
            ("/tmp/my breaks.csv", "/tmp/my breaks.csv"),
            (" \"/tmp/breaks.csv\"\n", "/tmp/breaks.csv"),
            ("file:///tmp/my%20breaks.csv", "/tmp/my breaks.csv"),
            ("file://machine/tmp/b%C3%A4.csv", "/tmp/bä.csv"),
            ("file:///tmp/100%.csv", "/tmp/100%.csv"),
        ] {
            assert_eq!(path(named), PathBuf::from(expected), "{named}");
        }
        let home = path("~/breaks.csv");
        assert!(home.is_absolute() && home.ends_with("breaks.csv"));
    }
}
