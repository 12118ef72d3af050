//! The history: one row for each break that was announced or credited.

use std::{
    collections::{BTreeMap, VecDeque},
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::{
    Notice,
    aside::set_aside,
    database::{self, COMPANIONS, Trouble},
    rows::{self, COLUMNS, Values, outcome_name},
};
use crate::core::{
    schedule::{Credit, effect::Outcome},
    stats::{Tally, Use},
    stretch::StretchId,
};

/// Rows that wait in memory while the file cannot be written: several days of work.
const MOST_WAITING: usize = 500;

/// Writes the history. The daemon has the only one.
///
/// The file is open only while a row is written: some tens of times a day, so that nothing of
/// SQLite stays in memory and a file that was moved or deleted is begun anew. Rows that cannot be
/// written wait, and go with the next one.
#[derive(Debug)]
pub struct History {
    file: PathBuf,
    waiting: VecDeque<Values>,
    /// What the user has heard already, so as not to hear it with every break.
    told: Option<Notice>,
}

impl History {
    /// The history in this file, which is looked over and brought up to date. The notice is what
    /// the user should hear about it. `now` names a damaged file that is set aside.
    #[must_use]
    pub fn open(file: impl Into<PathBuf>, now: DateTime<Utc>) -> (Self, Option<Notice>) {
        let mut history = Self {
            file: file.into(),
            waiting: VecDeque::new(),
            told: None,
        };
        let checked = |file: &Path| {
            let connection = database::open(file)?;
            database::check(&connection)
        };
        let notice = history.attempt(now, |history| checked(&history.file));
        (history, notice)
    }

    /// Writes what became of a break. The notice is what the user should hear, if anything.
    #[must_use]
    pub fn record(&mut self, credit: &Credit, now: DateTime<Utc>) -> Option<Notice> {
        if self.waiting.len() == MOST_WAITING {
            self.waiting.pop_front();
        }
        self.waiting.push_back(Values::of(credit));
        self.attempt(now, Self::write_waiting)
    }

    /// What was done since an instant, rows that wait included in neither; zero if the file cannot
    /// be read.
    #[must_use]
    pub fn tally_since(&self, since: DateTime<Utc>) -> Tally {
        let read = || Reader::open(&self.file)?.tally_since(since);
        read().unwrap_or_else(|notice: Notice| {
            log::warn!("{}", notice.text());
            Tally::default()
        })
    }

    /// How often each stretch was done to its end; see [`Reader::by_stretch`]. Nothing if the file
    /// cannot be read.
    #[must_use]
    pub fn by_stretch(&self, since: DateTime<Utc>) -> BTreeMap<StretchId, Use> {
        let read = || Reader::open(&self.file)?.by_stretch(since);
        read().unwrap_or_else(|notice: Notice| {
            log::warn!("{}", notice.text());
            BTreeMap::new()
        })
    }

    fn write_waiting(&mut self) -> Result<(), Trouble> {
        let mut connection = database::open(&self.file)?;
        let transaction = connection.transaction()?;
        for values in &self.waiting {
            rows::insert(&transaction, values)?;
        }
        transaction.commit()?;
        self.waiting.clear();
        Ok(())
    }

    /// Does something with the file; a damaged one is set aside and a new one begun.
    fn attempt(
        &mut self,
        now: DateTime<Utc>,
        mut act: impl FnMut(&mut Self) -> Result<(), Trouble>,
    ) -> Option<Notice> {
        let notice = match act(self) {
            Ok(()) => None,
            Err(Trouble::Damaged(why)) => Some(self.begin_anew(why, now, act)),
            Err(trouble) => Some(notice(&self.file, trouble)),
        };
        let again = notice.is_some() && notice == self.told;
        self.told.clone_from(&notice);
        notice.filter(|_| !again)
    }

    fn begin_anew(
        &mut self,
        why: String,
        now: DateTime<Utc>,
        mut act: impl FnMut(&mut Self) -> Result<(), Trouble>,
    ) -> Notice {
        let kept_as = match set_aside(&self.file, &COMPANIONS, now) {
            Ok(kept_as) => kept_as,
            Err(error) => return notice(&self.file, error.into()),
        };
        match act(self) {
            Ok(()) => Notice::Damaged { kept_as, why },
            Err(trouble) => notice(&self.file, trouble),
        }
    }
}

/// Reads the history, also while the daemon writes it.
#[derive(Debug)]
pub struct Reader {
    file: PathBuf,
    /// Nothing where there is no history yet.
    connection: Option<Connection>,
}

impl Reader {
    /// Opens the history; no file is an empty one.
    ///
    /// # Errors
    /// If there is a file that cannot be read.
    pub fn open(file: &Path) -> Result<Self, Notice> {
        match database::open_to_read(file) {
            Ok(connection) => Ok(Self {
                file: file.to_owned(),
                connection,
            }),
            Err(trouble) => Err(notice(file, trouble)),
        }
    }

    /// Shows every break that ended at or after an instant, the oldest first.
    ///
    /// # Errors
    /// If the file cannot be read, or `show` fails.
    pub fn each_since(
        &self,
        since: Option<DateTime<Utc>>,
        mut show: impl FnMut(Credit) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let Some(connection) = &self.connection else {
            return Ok(());
        };
        let since = since.map_or(i64::MIN, |since| since.timestamp());
        let mut select = connection
            .prepare(&format!(
                "SELECT {COLUMNS} FROM breaks WHERE ended >= ? ORDER BY ended, id"
            ))
            .map_err(|error| self.notice(error))?;
        let credits = select
            .query_map([since], rows::credit)
            .map_err(|error| self.notice(error))?;
        for credit in credits {
            show(credit.map_err(|error| self.notice(error))?)?;
        }
        Ok(())
    }

    /// What was done since an instant.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn tally_since(&self, since: DateTime<Utc>) -> Result<Tally, Notice> {
        let mut tally = Tally::default();
        let add = |credit: Credit| {
            tally.add(&credit);
            Ok(())
        };
        self.each_since(Some(since), add)
            .map_err(|error| match error.downcast() {
                Ok(notice) => notice,
                Err(error) => notice(&self.file, Trouble::Unavailable(format!("{error:#}"))),
            })?;
        Ok(tally)
    }

    /// When the very first break ended.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn first(&self) -> Result<Option<DateTime<Utc>>, Notice> {
        let Some(connection) = &self.connection else {
            return Ok(None);
        };
        rows::first(connection).map_err(|error| self.notice(error))
    }

    /// How often each stretch was done to its end since an instant, and when it was last. A break
    /// of several stretches counts for each. What was never done is not among them.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn by_stretch(&self, since: DateTime<Utc>) -> Result<BTreeMap<StretchId, Use>, Notice> {
        let Some(connection) = &self.connection else {
            return Ok(BTreeMap::new());
        };
        let done = outcome_name(Outcome::Completed);
        let read = || -> rusqlite::Result<BTreeMap<StretchId, Use>> {
            let mut select = connection.prepare(
                "SELECT value, sum(ended >= ?), max(ended) FROM breaks, json_each(stretches) \
                 WHERE outcome = ? GROUP BY value",
            )?;
            let uses = select.query_map((since.timestamp(), done), |row| {
                let last = DateTime::from_timestamp(row.get(2)?, 0);
                let times = row.get(1)?;
                Ok((StretchId(row.get(0)?), Use { times, last }))
            })?;
            uses.collect()
        };
        read().map_err(|error| self.notice(error))
    }

    fn notice(&self, error: rusqlite::Error) -> Notice {
        notice(&self.file, error.into())
    }
}

pub(super) fn notice(file: &Path, trouble: Trouble) -> Notice {
    let file = file.to_owned();
    match trouble {
        Trouble::Newer => Notice::Newer { file },
        Trouble::Damaged(why) | Trouble::Unavailable(why) => Notice::Unavailable { file, why },
    }
}
