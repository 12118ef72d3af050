//! Breaks that are older than the user wants them kept.
//!
//! What is gone is gone for good, so the clock is not simply believed: one that is years ahead
//! (a flat battery, a slip while setting it) would make the whole history too old. Breaks go only
//! once others have been written down on two different days of those that are kept. A wrong clock
//! would have to stay wrong from one day to the next for that; somebody who comes back after a long
//! time keeps the old breaks for one day more.

use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, TransactionBehavior};

use super::{Notice, database, database::Trouble, history::notice};

/// So many go at once: whoever wants to write meanwhile waits a few milliseconds.
const AT_ONCE: u32 = 200;

/// What became of the breaks that are too old. Each has their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aged {
    /// They are gone.
    Gone(u32),
    /// They stay for now: the clock may be wrong.
    Doubted(u32),
}

/// Deletes every break that ended before `first`, step by step; what was deleted is overwritten in
/// the file. A kill or a power cut leaves the rest for the next time. `day` is the day of the
/// history to which an instant belongs, `now` the clock that may be wrong.
///
/// # Errors
/// When the file cannot be used.
pub fn forget_aged(
    file: &Path,
    first: DateTime<Utc>,
    now: DateTime<Utc>,
    day: impl Fn(DateTime<Utc>) -> NaiveDate,
) -> Result<Aged, Notice> {
    let forget = || -> Result<Aged, Trouble> {
        // Almost always there is nothing to do, and then nothing is written.
        let Some(connection) = database::open_to_read(file)? else {
            return Ok(Aged::Gone(0));
        };
        let count = "SELECT count(*) FROM breaks WHERE ended < ?";
        let old: u32 = connection.query_row(count, [first.timestamp()], |row| row.get(0))?;
        if old == 0 {
            return Ok(Aged::Gone(0));
        }
        if !on_two_days(&connection, first, now, day)? {
            return Ok(Aged::Doubted(old));
        }
        drop(connection);
        delete_before(file, first).map(Aged::Gone)
    };
    forget().map_err(|trouble| notice(file, trouble))
}

fn on_two_days(
    connection: &Connection,
    first: DateTime<Utc>,
    now: DateTime<Utc>,
    day: impl Fn(DateTime<Utc>) -> NaiveDate,
) -> Result<bool, Trouble> {
    let mut select = connection
        .prepare("SELECT ended FROM breaks WHERE ended >= ? AND ended <= ? ORDER BY ended DESC")?;
    let mut rows = select.query((first.timestamp(), now.timestamp()))?;
    let mut seen = None;
    while let Some(row) = rows.next()? {
        let ended = DateTime::from_timestamp(row.get(0)?, 0).map(&day);
        if *seen.get_or_insert(ended) != ended {
            return Ok(true);
        }
    }
    Ok(false)
}

fn delete_before(file: &Path, first: DateTime<Utc>) -> Result<u32, Trouble> {
    let mut connection = database::open_patiently(file)?;
    connection.pragma_update(None, "secure_delete", true)?;
    let mut gone = 0;
    loop {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let delete = "DELETE FROM breaks WHERE id IN \
                      (SELECT id FROM breaks WHERE ended < ? ORDER BY ended LIMIT ?)";
        let some = transaction.execute(delete, (first.timestamp(), AT_ONCE))?;
        transaction.commit()?;
        gone += u32::try_from(some).unwrap_or(u32::MAX);
        if some == 0 {
            break;
        }
    }
    // The log of changes still has the old pages; a reader may keep it from being overwritten now.
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(gone)
}
