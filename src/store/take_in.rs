//! Breaks that come from elsewhere: taken in without doubling those that are there, and taken out
//! again.

use std::{collections::HashMap, hash::Hash, path::Path};

use rusqlite::{Connection, TransactionBehavior};

use super::{
    Notice, database,
    database::Trouble,
    history::notice,
    rows::{self, COLUMNS, Values},
};
use crate::core::schedule::Credit;

/// What tells a break from others: no reminder has two breaks that end in the same second in the
/// same way. Two rows of a file that are alike in this are two breaks all the same, if not as many
/// of them are there already: so a history that was saved and deleted comes back as it was.
type Identity = (String, i64, &'static str);

/// Adds those breaks that are not there yet, all of them or none, also while the daemon writes.
/// Returns those that were added.
///
/// # Errors
/// When the file cannot be used. Nothing is added then.
pub fn take_in(file: &Path, credits: &[Credit]) -> Result<Vec<Credit>, Notice> {
    let insert = || -> Result<Vec<Credit>, Trouble> {
        let mut connection = database::open_patiently(file)?;
        // Nobody writes between the look at what is there and the end.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let added = not_there(&there(&transaction, credits)?, credits);
        for credit in &added {
            rows::insert(&transaction, &Values::of(credit))?;
        }
        transaction.commit()?;
        Ok(added)
    };
    insert().map_err(|trouble| notice(file, trouble))
}

/// Takes breaks out again that were added, all of them or none. Those that are gone already are
/// left out, and no others are touched.
///
/// # Errors
/// When the file cannot be used. Nothing is taken out then.
pub fn take_out(file: &Path, credits: &[Credit]) -> Result<(), Notice> {
    let remove = || -> Result<(), Trouble> {
        let mut connection = database::open_patiently(file)?;
        connection.pragma_update(None, "secure_delete", true)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for credit in credits {
            rows::remove(&transaction, &Values::of(credit))?;
        }
        transaction.commit()?;
        Ok(())
    };
    remove().map_err(|trouble| notice(file, trouble))
}

fn identity(credit: &Credit) -> Identity {
    let outcome = rows::outcome_name(credit.outcome);
    (credit.reminder.clone(), credit.ended.timestamp(), outcome)
}

/// The breaks that ended in the time in which these did.
fn there(connection: &Connection, credits: &[Credit]) -> rusqlite::Result<Vec<Credit>> {
    let ends = || credits.iter().map(|credit| credit.ended.timestamp());
    let (Some(first), Some(last)) = (ends().min(), ends().max()) else {
        return Ok(Vec::new());
    };
    let mut select = connection.prepare(&format!(
        "SELECT {COLUMNS} FROM breaks WHERE ended >= ? AND ended <= ?"
    ))?;
    select.query_map((first, last), rows::credit)?.collect()
}

/// Those of the new ones that are not among the old ones.
fn not_there(old: &[Credit], new: &[Credit]) -> Vec<Credit> {
    let whole = |credit: &Credit| rows::shown(credit).to_string();
    let mut left = Counted::of(old.iter().map(whole));
    // Those that are the same in everything belong together; only what is left over of both may be
    // a break whose row was changed.
    let other: Vec<&Credit> = (new.iter())
        .filter(|credit| !left.take(&whole(credit)))
        .collect();
    let mut left = Counted::of(
        (old.iter())
            .filter(|credit| left.take(&whole(credit)))
            .map(identity),
    );
    (other.into_iter())
        .filter(|credit| !left.take(&identity(credit)))
        .cloned()
        .collect()
}

/// How many there are of each.
struct Counted<T>(HashMap<T, usize>);

impl<T: Eq + Hash> Counted<T> {
    fn of(all: impl Iterator<Item = T>) -> Self {
        let mut counted = HashMap::new();
        for one in all {
            *counted.entry(one).or_default() += 1;
        }
        Self(counted)
    }

    /// Takes one of these away; whether there was one.
    fn take(&mut self, one: &T) -> bool {
        match self.0.get_mut(one) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            Some(_) | None => false,
        }
    }
}
