//! A part of the history that is kept in memory, in step with the file: read when the file has
//! changed and not otherwise, and of a file that has only grown no more than what is new.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::{
    Notice,
    aside::with,
    database::{self, Trouble},
    history::notice,
    rows::{self, COLUMNS},
};
use crate::{core::schedule::Credit, desktop::stamp::Stamp};

/// How often the file was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// All of the span.
    pub whole: u32,
    /// Only what was new.
    pub new: u32,
}

/// The breaks that ended in a span of time.
#[derive(Debug)]
pub struct Excerpt {
    file: PathBuf,
    /// What the rest belongs to; nothing before the first look, and after one that failed.
    seen: Option<Seen>,
    credits: Arc<Vec<Credit>>,
    first: Option<DateTime<Utc>>,
    reads: Reads,
    version: u64,
}

/// How the file was, and what of it was read.
#[derive(Clone, Copy, Debug)]
struct Seen {
    stamps: [Stamp; 2],
    /// A later change will be seen by the stamps.
    settled: bool,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    mark: Mark,
}

/// All rows up to one: those that are there may be told from others by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Mark {
    last: i64,
    count: i64,
    sum: i64,
}

/// What was read.
struct Found {
    credits: Vec<Credit>,
    /// They come after those that were there.
    more: bool,
    first: Option<DateTime<Utc>>,
    mark: Mark,
}

impl Excerpt {
    /// Nothing yet of this file.
    #[must_use]
    pub fn of(file: impl Into<PathBuf>) -> Self {
        Self {
            file: file.into(),
            seen: None,
            credits: Arc::default(),
            first: None,
            reads: Reads::default(),
            version: 0,
        }
    }

    /// Looks at the breaks that ended from an instant until before another. `now` is the time it
    /// is. Reads only if the file has changed since, or another span is looked at.
    ///
    /// # Errors
    /// When the file cannot be read; there is nothing then.
    pub fn look(
        &mut self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), Notice> {
        // Looked at before it is read: what changes meanwhile is seen the next time.
        let stamps = stamps(&self.file);
        let here = self.seen.filter(|seen| (seen.from, seen.to) == (from, to));
        if here.is_some_and(|seen| seen.settled && seen.stamps == stamps) {
            return Ok(());
        }
        let found = match read(&self.file, from, to, here.map(|seen| seen.mark)) {
            Ok(found) => found,
            Err(trouble) => {
                self.clear();
                return Err(notice(&self.file, trouble));
            }
        };
        self.seen = Some(Seen {
            stamps,
            settled: stamps.iter().all(|stamp| stamp.is_settled(now)),
            from,
            to,
            mark: found.mark,
        });
        self.take(found);
        Ok(())
    }

    /// What was found by the last look, in the order in which the breaks ended.
    #[must_use]
    pub fn credits(&self) -> &Arc<Vec<Credit>> {
        &self.credits
    }

    /// When the very first break ended, of all.
    #[must_use]
    pub fn first(&self) -> Option<DateTime<Utc>> {
        self.first
    }

    /// How often the file was read.
    #[must_use]
    pub fn reads(&self) -> Reads {
        self.reads
    }

    /// Another one whenever something else is there than before.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    fn take(&mut self, found: Found) {
        let count = if found.more {
            &mut self.reads.new
        } else {
            &mut self.reads.whole
        };
        *count = count.saturating_add(1);
        if self.first != found.first {
            self.first = found.first;
            self.version += 1;
        }
        if found.more && found.credits.is_empty() {
            return;
        }
        self.version += 1;
        if found.more {
            let all = Arc::make_mut(&mut self.credits);
            all.extend(found.credits);
            // Stable, and quick where it is in order already. Breaks end at times that may go
            // back when the clock is set, or when older ones are taken in from a file.
            all.sort_by_key(|credit| credit.ended);
        } else {
            self.credits = Arc::new(found.credits);
        }
    }

    fn clear(&mut self) {
        self.seen = None;
        self.first = None;
        self.credits = Arc::default();
        self.version += 1;
    }
}

/// Of the file and of the log of changes beside it, where it is that something is written first.
fn stamps(file: &Path) -> [Stamp; 2] {
    let log = Stamp::of(&with(file, "-wal"));
    // Readers make an empty one.
    let log = if log.length() == 0 {
        Stamp::default()
    } else {
        log
    };
    [Stamp::of(file), log]
}

/// What is new since the mark if nothing else has changed, else all there is in the span.
fn read(
    file: &Path,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    known: Option<Mark>,
) -> Result<Found, Trouble> {
    let Some(connection) = database::open_to_read(file)? else {
        return Ok(Found {
            credits: Vec::new(),
            more: false,
            first: None,
            mark: Mark::default(),
        });
    };
    // All of it as it was at one moment, whatever is written meanwhile.
    let moment = connection.unchecked_transaction()?;
    let grown = match known {
        Some(known) if mark(&moment, known.last)? == known => Some(known.last),
        Some(_) | None => None,
    };
    let mut select = moment.prepare(&format!(
        "SELECT {COLUMNS} FROM breaks WHERE ended >= ? AND ended < ? AND id > ? ORDER BY ended, id"
    ))?;
    let span = params![from.timestamp(), to.timestamp(), grown.unwrap_or(i64::MIN)];
    let credits = select.query_map(span, rows::credit)?;
    Ok(Found {
        credits: credits.collect::<rusqlite::Result<_>>()?,
        more: grown.is_some(),
        first: rows::first(&moment)?,
        mark: mark(&moment, i64::MAX)?,
    })
}

/// The rows up to one. Ids are given anew after a deletion, so that they alone say little; this
/// reads nothing but the index.
fn mark(connection: &Connection, last: i64) -> rusqlite::Result<Mark> {
    const SUM: &str = "SELECT coalesce(max(id), 0), count(*), \
        coalesce(sum(ended % 1000003 * (id % 1000003)), 0) \
        FROM breaks INDEXED BY breaks_by_end WHERE id <= ?";
    connection.query_row(SUM, [last], |row| {
        Ok(Mark {
            last: row.get(0)?,
            count: row.get(1)?,
            sum: row.get(2)?,
        })
    })
}
