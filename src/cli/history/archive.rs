//! What can be done with the history as a whole, for every window that offers it: save it, take a
//! file in, delete, and undo the last two until the window closes.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::{
    book::{Reading, book},
    import,
};
use crate::{
    core::{
        schedule::Credit,
        stats::{
            review::{Areas, Calendar, Review},
            span::Span,
        },
        time::{Moment, Zone},
    },
    desktop::private,
    gui::{
        history::{Form, Names, Said, sheet},
        picture::write_png,
    },
    history_file::{as_csv, as_json},
    store::{self, Reader},
    text::{text, text_with},
};

/// The history as files, and what was changed in it from a window.
pub struct Archive {
    history: PathBuf,
    /// Where files are saved.
    folder: PathBuf,
    /// The last change last.
    changes: Vec<Change>,
}

/// A change that can be undone.
enum Change {
    Deleted(Vec<Credit>),
    Added(Vec<Credit>),
}

/// What a picture of a month needs besides the breaks.
pub struct Lore<'a> {
    /// When a day begins.
    pub day_starts: NaiveTime,
    /// On which parts of the body stretches work.
    pub areas: &'a Areas,
    /// What they are called.
    pub names: &'a Names,
}

impl Archive {
    /// Of the history in this file; what is saved goes into `folder`.
    #[must_use]
    pub fn new(history: PathBuf, folder: PathBuf) -> Self {
        Self {
            history,
            folder,
            changes: Vec::new(),
        }
    }

    /// Saves the history in a new file; what to say about it.
    pub fn export(&self, form: Form, lore: &Lore<'_>, now: &Moment) -> Said {
        let saved = match form {
            Form::Csv => self.save(now, "csv", |credits, file| as_csv(file, credits)),
            Form::Json => self.save(now, "json", |credits, file| as_json(file, credits)),
            Form::Picture(day) => self.save_month(day, lore, now.zone),
        };
        saved.map_or_else(
            |error| {
                log::warn!("saving the history: {error:#}");
                let why = format!("{error:#}");
                told(text_with("past-said-not-saved", &[("why", why.into())]))
            },
            |file| {
                let file = file.display().to_string();
                told(text_with("past-said-saved", &[("file", file.into())]))
            },
        )
    }

    /// Deletes these days, or all; whether anything changed, and what to say about it.
    pub fn forget(&mut self, span: Option<Span>, zone: Zone, starts: NaiveTime) -> (bool, Said) {
        let (from, to) = ends(span, zone, starts);
        match store::forget(&self.history, from, to) {
            Err(notice) => (false, told(notice.text())),
            Ok(gone) if gone.is_empty() => (false, told(text("past-said-nothing"))),
            Ok(gone) => {
                let said = text_with("past-said-deleted", &[("count", count(gone.len()))]);
                self.changes.push(Change::Deleted(gone));
                (true, undoable(said))
            }
        }
    }

    /// Takes in the breaks of a file, named as it was typed, pasted or dropped; whether anything
    /// changed, and what to say about it. Breaks from before `kept_from` are not kept for long.
    pub fn take_in(&mut self, named: &str, kept_from: Option<DateTime<Utc>>) -> (bool, Said) {
        match import::take_in(&self.history, &import::path(named)) {
            Err(refusal) => (false, told(refusal.in_a_sentence())),
            Ok(taken) if taken.new.is_empty() => (false, told(taken.in_a_sentence(kept_from))),
            Ok(taken) => {
                let said = taken.in_a_sentence(kept_from);
                self.changes.push(Change::Added(taken.new));
                (true, undoable(said))
            }
        }
    }

    /// How many changes can be undone.
    #[must_use]
    pub fn changes(&self) -> usize {
        self.changes.len()
    }

    /// The last change was none; what to say about it, if there was one.
    pub fn undo(&mut self) -> Option<Said> {
        let change = self.changes.pop()?;
        let undone = match &change {
            Change::Deleted(gone) => store::put_back(&self.history, gone),
            Change::Added(added) => store::take_out(&self.history, added),
        };
        Some(match undone {
            Ok(()) => Said {
                words: text("past-said-undone"),
                undo: !self.changes.is_empty(),
            },
            Err(notice) => {
                // Still there, to try again.
                self.changes.push(change);
                undoable(notice.text())
            }
        })
    }

    /// How many breaks there are in these days, or in all.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn count(
        &self,
        span: Option<Span>,
        zone: Zone,
        day_starts: NaiveTime,
    ) -> Result<u32, store::Notice> {
        let (from, to) = ends(span, zone, day_starts);
        store::count(&self.history, from, to)
    }

    /// All of the history, in a new file.
    fn save(
        &self,
        now: &Moment,
        ending: &str,
        write: impl FnOnce(&[Credit], &mut Vec<u8>) -> anyhow::Result<()>,
    ) -> anyhow::Result<PathBuf> {
        let credits = self.read(None)?;
        let mut content = Vec::new();
        write(&credits, &mut content)?;
        let day = now.zone.local(now.utc).format("%Y-%m-%d");
        self.save_as(&format!("unhunch-history-{day}"), ending, &content)
    }

    fn save_month(&self, day: NaiveDate, lore: &Lore<'_>, zone: Zone) -> anyhow::Result<PathBuf> {
        let calendar = Calendar {
            span: Span::month(day),
            zone,
            day_starts: lore.day_starts,
        };
        let starts = calendar.span.starts(zone, lore.day_starts);
        let credits = self.read(Some(starts[0]))?;
        let month = Review::of(&credits, calendar, lore.areas);
        let book = book(Reading {
            credits: Vec::new().into(),
            today: day,
            until: day,
            zone,
            day_starts: lore.day_starts,
            areas: lore.areas,
            names: lore.names.clone(),
            first: None,
            dismissed: None,
            problem: None,
        });
        let mut content = Vec::new();
        write_png(&sheet::month(&book, &month), &mut content)?;
        let name = format!("unhunch-{}", day.format("%Y-%m"));
        self.save_as(&name, "png", &content)
    }

    fn read(&self, since: Option<DateTime<Utc>>) -> anyhow::Result<Vec<Credit>> {
        let mut credits = Vec::new();
        Reader::open(&self.history)?.each_since(since, |credit| {
            credits.push(credit);
            Ok(())
        })?;
        Ok(credits)
    }

    /// Beside whatever has this name already.
    fn save_as(&self, name: &str, ending: &str, content: &[u8]) -> anyhow::Result<PathBuf> {
        for n in 1..1000 {
            let name = match n {
                1 => format!("{name}.{ending}"),
                _ => format!("{name} ({n}).{ending}"),
            };
            let file = self.folder.join(name);
            match private::create_whole(&file, content, ".unhunch-") {
                Ok(()) => return Ok(file),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => {
                    let folder = self.folder.display();
                    return Err(anyhow::Error::new(error).context(format!("{folder}")));
                }
            }
        }
        anyhow::bail!("{}", self.folder.display())
    }
}

/// When these days begin, and when the day after them does; nothing for all.
pub fn ends(
    span: Option<Span>,
    zone: Zone,
    day_starts: NaiveTime,
) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
    let Some(span) = span else {
        return (None, None);
    };
    // The first and the last, not each day in between: there may be centuries of them.
    let start = |day| Span::day(day).starts(zone, day_starts);
    (Some(start(span.first)[0]), Some(start(span.last)[1]))
}

fn told(words: String) -> Said {
    Said { words, undo: false }
}

fn undoable(words: String) -> Said {
    Said { words, undo: true }
}

fn count(number: usize) -> fluent_bundle::FluentValue<'static> {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}
