//! A change of the settings file that can be taken back to the byte.
//!
//! A step holds the whole file before and after, which is at most a few hundred kilobytes. Nothing
//! is worked out backwards: what was there is put there again, and only where nobody else has
//! written since.

use super::{EditError, Location, disk::Disk};

/// What one change has made of the settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    before: Option<Vec<u8>>,
    after: Option<Vec<u8>>,
}

/// What became of a step that was to be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Undone {
    /// The file is again what it was before the step.
    Done,
    /// The file is no longer what the step made of it: somebody else has changed it, and it was
    /// left alone.
    ChangedElsewhere,
}

impl Step {
    /// From these bytes to those; nothing stands for a file that is not there.
    fn new(before: Option<Vec<u8>>, after: Option<Vec<u8>>) -> Self {
        Self { before, after }
    }

    /// The file before, byte for byte; nothing if there was none.
    #[must_use]
    pub fn before(&self) -> Option<&[u8]> {
        self.before.as_deref()
    }

    /// The file after, byte for byte; nothing if the step has removed it.
    #[must_use]
    pub fn after(&self) -> Option<&[u8]> {
        self.after.as_deref()
    }

    /// Whether the file is the same before and after, as it may be of joined steps.
    #[must_use]
    pub fn changes_nothing(&self) -> bool {
        self.before == self.after
    }

    /// The step that leads back. To take that one back makes the change again.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self::new(self.after.clone(), self.before.clone())
    }

    /// Two steps as one, for what is a single change to the user: a slider that is dragged.
    /// Nothing if the later one does not begin where the earlier one ends.
    #[must_use]
    pub fn joined(earlier: &Self, later: &Self) -> Option<Self> {
        (earlier.after == later.before)
            .then(|| Self::new(earlier.before.clone(), later.after.clone()))
    }
}

/// Makes the file say this, and gives the step that this was, if it did not say so before.
pub fn replace(disk: Disk, text: &str) -> Result<Option<Step>, EditError> {
    let bytes = disk.bytes_of(text);
    if disk.bytes.as_deref() == Some(bytes.as_slice()) {
        return Ok(None);
    }
    disk.put(Some(&bytes))?;
    Ok(Some(Step::new(disk.bytes, Some(bytes))))
}

/// Makes the settings file again what it was before this step, if it still is what the step has
/// made of it. A file that was not there before the step is removed; its folder stays.
///
/// # Errors
/// If the file cannot be read or replaced. It then is as it was.
pub fn take_back(location: &Location, step: &Step) -> Result<Undone, EditError> {
    let disk = Disk::open(location)?;
    // Over a link there was a file before; if there was none, somebody has moved the new one.
    let moved = step.before.is_none() && location.path.is_symlink();
    if disk.bytes != step.after || moved {
        return Ok(Undone::ChangedElsewhere);
    }
    disk.put(step.before())?;
    Ok(Undone::Done)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{
        super::{Config, edit_step},
        *,
    };

    const TEXT: &str = "\u{feff}# mine\r\n[sound]\r\nvolume   =  30 # low";

    fn at(home: &tempfile::TempDir) -> Location {
        Location::chosen(home.path().join("unhunch/config.toml"))
    }

    fn home(text: &str) -> tempfile::TempDir {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("unhunch")).unwrap();
        fs::write(at(&home).path, text).unwrap();
        home
    }

    fn to(home: &tempfile::TempDir, volume: u8) -> Option<Step> {
        let (config, step) = edit_step(&at(home), &[], |config: &mut Config| {
            config.sound.volume = volume;
        })
        .unwrap();
        assert_eq!(config.sound.volume, volume);
        step
    }

    fn text(home: &tempfile::TempDir) -> String {
        fs::read_to_string(at(home).path).unwrap()
    }

    #[test]
    fn a_step_is_taken_back_and_made_again_to_the_byte() {
        let home = home(TEXT);
        let step = to(&home, 60).unwrap();
        let after = TEXT.replace("30", "60");
        assert_eq!(step.before(), Some(TEXT.as_bytes()));
        assert_eq!(step.after(), Some(after.as_bytes()));
        assert_eq!(text(&home), after);
        assert_eq!(take_back(&at(&home), &step).unwrap(), Undone::Done);
        assert_eq!(text(&home), TEXT);
        let again = step.reversed();
        assert_eq!(take_back(&at(&home), &again).unwrap(), Undone::Done);
        assert_eq!(text(&home), after);
        assert_eq!(again.reversed(), step);
    }

    #[test]
    fn no_change_is_no_step() {
        let home = home(TEXT);
        assert_eq!(to(&home, 30), None);
        assert_eq!(text(&home), TEXT);
    }

    #[test]
    fn a_file_that_was_not_there_is_gone_again_and_comes_back() {
        let home = tempfile::tempdir().unwrap();
        let step = to(&home, 60).unwrap();
        let made = text(&home);
        assert_eq!(step.before(), None);
        assert_eq!(take_back(&at(&home), &step).unwrap(), Undone::Done);
        assert!(!at(&home).path.exists());
        let again = take_back(&at(&home), &step.reversed()).unwrap();
        assert_eq!(again, Undone::Done);
        assert_eq!(text(&home), made);
    }

    #[test]
    fn what_somebody_else_has_written_is_left_alone() {
        let home = home(TEXT);
        let step = to(&home, 60).unwrap();
        let theirs = text(&home).replace("mine", "theirs");
        fs::write(at(&home).path, &theirs).unwrap();
        let taken = take_back(&at(&home), &step).unwrap();
        assert_eq!(taken, Undone::ChangedElsewhere);
        assert_eq!(text(&home), theirs);
        fs::remove_file(at(&home).path).unwrap();
        let taken = take_back(&at(&home), &step).unwrap();
        assert_eq!(taken, Undone::ChangedElsewhere);
        assert!(!at(&home).path.exists());
    }

    #[test]
    fn what_is_protected_stays_as_the_step_made_it() {
        for there in [true, false] {
            let home = match there {
                true => home(TEXT),
                false => tempfile::tempdir().unwrap(),
            };
            let step = to(&home, 60).unwrap();
            let made = text(&home);
            let mut permissions = at(&home).path.metadata().unwrap().permissions();
            permissions.set_readonly(true);
            fs::set_permissions(at(&home).path, permissions).unwrap();
            let error = take_back(&at(&home), &step).unwrap_err();
            assert!(error.to_string().contains("write-protected"), "{error}");
            assert_eq!(text(&home), made);
        }
    }

    #[test]
    fn a_slider_that_is_dragged_is_one_step() {
        let home = home(TEXT);
        let steps: Vec<Step> = [31, 32, 33].map(|volume| to(&home, volume).unwrap()).into();
        assert_eq!(Step::joined(&steps[0], &steps[2]), None);
        let joined = Step::joined(&steps[0], &steps[1]).unwrap();
        let joined = Step::joined(&joined, &steps[2]).unwrap();
        assert!(!joined.changes_nothing());
        let back = to(&home, 30).unwrap();
        assert!(Step::joined(&joined, &back).unwrap().changes_nothing());
        assert_eq!(take_back(&at(&home), &back).unwrap(), Undone::Done);
        assert_eq!(take_back(&at(&home), &joined).unwrap(), Undone::Done);
        assert_eq!(text(&home), TEXT);
    }
}
