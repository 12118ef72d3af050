//! Rows that the user wants gone, and their way back for as long as somebody holds them.

use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::TransactionBehavior;

use super::{
    Notice, database,
    database::Trouble,
    history::notice,
    rows::{self, COLUMNS, Values},
};
use crate::core::schedule::Credit;

/// How many breaks ended from one instant until before another, or in all.
///
/// # Errors
/// When the file cannot be read.
pub fn count(
    file: &Path,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
) -> Result<u32, Notice> {
    let (from, to) = seconds(from, to);
    let read = || -> Result<u32, Trouble> {
        let Some(connection) = database::open_to_read(file)? else {
            return Ok(0);
        };
        let count = "SELECT count(*) FROM breaks WHERE ended >= ? AND ended < ?";
        Ok(connection.query_row(count, (from, to), |row| row.get(0))?)
    };
    read().map_err(|trouble| notice(file, trouble))
}

/// Deletes every break that ended from one instant until before another, or all, and gives them
/// back. What was deleted is overwritten in the file, not only marked as free.
///
/// # Errors
/// When the file cannot be used. Nothing is deleted then.
pub fn forget(
    file: &Path,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
) -> Result<Vec<Credit>, Notice> {
    let (from, to) = seconds(from, to);
    let delete = || -> Result<Vec<Credit>, Trouble> {
        if !file.try_exists()? {
            return Ok(Vec::new());
        }
        let mut connection = database::open_patiently(file)?;
        connection.pragma_update(None, "secure_delete", true)?;
        // Nobody writes between the look at the rows and their end.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let gone: Vec<Credit> = {
            let mut select = transaction.prepare(&format!(
                "SELECT {COLUMNS} FROM breaks WHERE ended >= ? AND ended < ? ORDER BY ended, id"
            ))?;
            let rows = select.query_map((from, to), rows::credit)?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        transaction.execute(
            "DELETE FROM breaks WHERE ended >= ? AND ended < ?",
            (from, to),
        )?;
        transaction.commit()?;
        // The log of changes still has the old pages. It may be in use by a reader; then it is
        // overwritten by the next one who writes.
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(gone)
    };
    delete().map_err(|trouble| notice(file, trouble))
}

/// Puts breaks back, all of them or none.
///
/// # Errors
/// When the file cannot be used.
pub fn put_back(file: &Path, credits: &[Credit]) -> Result<(), Notice> {
    let insert = || -> Result<(), Trouble> {
        let mut connection = database::open_patiently(file)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for credit in credits {
            rows::insert(&transaction, &Values::of(credit))?;
        }
        transaction.commit()?;
        Ok(())
    };
    insert().map_err(|trouble| notice(file, trouble))
}

fn seconds(from: Option<DateTime<Utc>>, to: Option<DateTime<Utc>>) -> (i64, i64) {
    (
        from.map_or(i64::MIN, |from| from.timestamp()),
        to.map_or(i64::MAX, |to| to.timestamp()),
    )
}
