//! Rows that the user wants gone, and their way back for as long as somebody holds them.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::{
    Notice, database,
    database::Trouble,
    history::notice,
    rows::{self, COLUMNS, Values},
};
use crate::core::schedule::Credit;

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
    let from = from.map_or(i64::MIN, |from| from.timestamp());
    let to = to.map_or(i64::MAX, |to| to.timestamp());
    let delete = || -> Result<Vec<Credit>, Trouble> {
        if !file.try_exists()? {
            return Ok(Vec::new());
        }
        let mut connection = database::open(file)?;
        connection.pragma_update(None, "secure_delete", true)?;
        let transaction = connection.transaction()?;
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
        let mut connection = database::open(file)?;
        let transaction = connection.transaction()?;
        for credit in credits {
            rows::insert(&transaction, &Values::of(credit))?;
        }
        transaction.commit()?;
        Ok(())
    };
    insert().map_err(|trouble| notice(file, trouble))
}
