//! The SQLite file itself: opening it, bringing its tables up to date, telling kinds of trouble
//! apart.

use std::{io, path::Path, time::Duration};

use rusqlite::{Connection, Error, ErrorCode, OpenFlags, TransactionBehavior};

use super::{
    aside::with,
    rows::{self, COLUMNS},
};
use crate::desktop::private;

/// Every change of the tables, oldest first. Entries are only ever added: a file remembers how many
/// of them it has seen.
const MIGRATIONS: &[&str] = &[include_str!("migrations/0001_breaks.sql")];

/// How long to wait for somebody else who is writing. The loop of the daemon stands still
/// meanwhile.
const PATIENCE: Duration = Duration::from_millis(200);

/// How long whoever does something to many rows waits: nobody else waits for it, and the daemon is
/// done with its row long before.
const LONG_PATIENCE: Duration = Duration::from_secs(10);

/// Files that belong to a database.
pub const COMPANIONS: [&str; 2] = ["-wal", "-shm"];

/// Why a file cannot be used.
#[derive(Debug)]
pub enum Trouble {
    /// It is not a history, or no longer.
    Damaged(String),
    /// Its tables are newer than this program.
    Newer,
    /// Somebody has it locked, the disk is full, it may not be written …
    Unavailable(String),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        let said = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(said),
            // Statements of ours that do not fit the tables: somebody else's, or half of ours.
            Some(ErrorCode::Unknown | ErrorCode::TypeMismatch) => Self::Damaged(said),
            Some(_) => Self::Unavailable(said),
            None => match error {
                Error::SqliteFailure(..) | Error::InvalidPath(_) => Self::Unavailable(said),
                // Rows that cannot be read as what they should be.
                _ => Self::Damaged(said),
            },
        }
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Unavailable(error.to_string())
    }
}

/// Opens the file for writing; makes it, and its folder, if there is none. Only the user can read
/// them.
pub fn open(file: &Path) -> Result<Connection, Trouble> {
    if let Some(folder) = file.parent() {
        private::create_folder(folder)?;
    }
    private::create_file(file)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(file, flags)?;
    frugal(&connection)?;
    if version(&connection)? > MIGRATIONS.len() {
        return Err(Trouble::Newer);
    }
    // With both, a row that was written is there after a kill and after a power cut.
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    migrate(&mut connection)?;
    Ok(connection)
}

/// The same for who can wait for others that are writing.
pub fn open_patiently(file: &Path) -> Result<Connection, Trouble> {
    let connection = open(file)?;
    connection.busy_timeout(LONG_PATIENCE)?;
    Ok(connection)
}

/// Opens the file for reading. `None` if there is no file, or nothing in it.
pub fn open_to_read(file: &Path) -> Result<Option<Connection>, Trouble> {
    if !file.try_exists()? {
        return Ok(None);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = |name: &Path, flags| -> Result<(Connection, usize), Trouble> {
        let connection = Connection::open_with_flags(name, flags)?;
        frugal(&connection)?;
        let version = version(&connection)?;
        Ok((connection, version))
    };
    let opened = match open(file, flags) {
        // In a folder that may not be written, the companions cannot be made; then nobody else is
        // writing either.
        Err(Trouble::Unavailable(_)) if !with(file, "-wal").exists() => {
            open(&immutable(file), flags | OpenFlags::SQLITE_OPEN_URI)
        }
        other => other,
    };
    let (connection, version) = opened?;
    match version {
        0 => Ok(None),
        version if version > MIGRATIONS.len() => Err(Trouble::Newer),
        _ => Ok(Some(connection)),
    }
}

fn immutable(file: &Path) -> std::path::PathBuf {
    let mut name = String::from("file:");
    for byte in file.to_string_lossy().bytes() {
        match byte {
            b'%' | b'?' | b'#' => name.push_str(&format!("%{byte:02x}")),
            _ => name.push(char::from(byte)),
        }
    }
    name.push_str("?immutable=1");
    name.into()
}

/// Little memory, no waiting: there are tens of rows a day.
fn frugal(connection: &Connection) -> Result<(), Trouble> {
    connection.busy_timeout(PATIENCE)?;
    // In KiB, when negative.
    connection.pragma_update(None, "cache_size", -64)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    Ok(())
}

/// Looks at every page and every row. For a start of the program, not for each break.
pub fn check(connection: &Connection) -> Result<(), Trouble> {
    let verdict: String =
        connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(Trouble::Damaged(verdict));
    }
    let mut select = connection.prepare(&format!("SELECT {COLUMNS} FROM breaks"))?;
    for credit in select.query_map([], rows::credit)? {
        credit?;
    }
    Ok(())
}

fn version(connection: &Connection) -> Result<usize, Trouble> {
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    usize::try_from(version).map_err(|_| Trouble::Damaged(format!("version {version}")))
}

/// Brings the tables up to date, all of it or nothing.
fn migrate(connection: &mut Connection) -> Result<(), Trouble> {
    if version(connection)? == MIGRATIONS.len() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Looked at again: somebody else may have been quicker.
    let seen = version(&transaction)?;
    for migration in MIGRATIONS.iter().skip(seen) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", MIGRATIONS.len() as i64)?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened() -> (tempfile::TempDir, Connection) {
        let folder = tempfile::tempdir().unwrap();
        let connection = open(&folder.path().join("history.db")).unwrap();
        (folder, connection)
    }

    #[test]
    fn what_was_written_survives_a_power_cut() {
        let (_folder, connection) = opened();
        let pragma = |name: &str| -> String {
            let query = format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}");
            connection.query_row(&query, [], |row| row.get(0)).unwrap()
        };
        assert_eq!(pragma("journal_mode"), "wal");
        // 2 is FULL: the log is on the disk before a write returns.
        assert_eq!(pragma("synchronous"), "2");
    }

    #[test]
    fn the_last_week_is_found_without_looking_at_ten_years() {
        let (_folder, connection) = opened();
        let query = "EXPLAIN QUERY PLAN SELECT * FROM breaks WHERE ended >= ? ORDER BY ended, id";
        let plan: String = connection
            .query_row(query, [1], |row| row.get("detail"))
            .unwrap();
        assert!(plan.contains("USING INDEX breaks_by_end"), "{plan}");
    }
}
