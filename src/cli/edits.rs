//! Changes of the settings file by a window, each of which can be taken back and made again.

use std::{cell::RefCell, fs, rc::Rc, time::Duration};

use crate::{
    config_file::{self, EditError, Location, Step, Undone},
    core::config::{Config, StretchFacts},
};

/// Changes further back than this are not remembered.
const MOST: usize = 100;

/// Changes of the same setting that follow each other within this time are one to the user: a
/// slider that is dragged, a button that is pressed several times.
const TOGETHER: Duration = Duration::from_millis(1500);

/// The changes of one window, which may have several pages that change settings.
pub type Shared = Rc<RefCell<Edits>>;

/// Changes of a settings file, in order.
pub struct Edits {
    location: Location,
    done: Vec<Done>,
    /// Those that were taken back, the last one last.
    back: Vec<Step>,
}

struct Done {
    step: Step,
    /// What was changed, and when that was, by the time the machine has been awake.
    what: String,
    at: Duration,
}

/// What became of a wish to undo or redo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// There was nothing to do.
    Nothing,
    /// It is done.
    Done,
    /// Somebody else has changed the file since, and it was left alone.
    ChangedElsewhere,
}

impl Edits {
    /// None yet.
    #[must_use]
    pub fn new(location: Location) -> Self {
        Self {
            location,
            done: Vec::new(),
            back: Vec::new(),
        }
    }

    /// There is a change to take back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// How many changes there are to take back.
    #[must_use]
    pub fn count(&self) -> usize {
        self.done.len()
    }

    /// There is a change to make once more.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.back.is_empty()
    }

    /// Changes the file, and says what the settings are then and whether that was a change at all.
    ///
    /// # Errors
    /// As for [`config_file::edit`].
    pub fn change(
        &mut self,
        (what, now): (&str, Duration),
        stretches: &[StretchFacts],
        change: impl FnOnce(&mut Config),
    ) -> Result<(Config, bool), EditError> {
        let (config, step) = config_file::edit_step(&self.location, stretches, change)?;
        let changed = step.is_some();
        if let Some(step) = step {
            self.add((what, now), step);
        }
        Ok((config, changed))
    }

    /// A change that was made elsewhere in the program, to be taken back from here; without a
    /// `what`, it stands alone.
    pub fn add(&mut self, (what, at): (&str, Duration), step: Step) {
        self.back.clear();
        let joined = self.done.last_mut().filter(|last| {
            !what.is_empty() && last.what == what && at.saturating_sub(last.at) < TOGETHER
        });
        if let Some(last) = joined
            && let Some(both) = Step::joined(&last.step, &step)
        {
            last.at = at;
            last.step = both;
            if last.step.changes_nothing() {
                self.done.pop();
            }
            return;
        }
        let what = what.to_owned();
        self.done.push(Done { step, what, at });
        let old = self.done.len().saturating_sub(MOST);
        self.done.drain(..old);
    }

    /// Takes the last change back.
    ///
    /// # Errors
    /// If the file cannot be read or written; the change can be taken back later then.
    pub fn undo(&mut self) -> Result<Back, EditError> {
        let Some(last) = self.done.last() else {
            return Ok(Back::Nothing);
        };
        match config_file::take_back(&self.location, &last.step)? {
            Undone::Done => {
                let reversed = last.step.reversed();
                self.done.pop();
                self.back.push(reversed);
                Ok(Back::Done)
            }
            Undone::ChangedElsewhere => {
                self.forget();
                Ok(Back::ChangedElsewhere)
            }
        }
    }

    /// Makes the change that was taken back last once more.
    ///
    /// # Errors
    /// As for [`Self::undo`].
    pub fn redo(&mut self) -> Result<Back, EditError> {
        let Some(last) = self.back.last() else {
            return Ok(Back::Nothing);
        };
        match config_file::take_back(&self.location, last)? {
            Undone::Done => {
                let step = last.reversed();
                self.back.pop();
                self.done.push(Done {
                    step,
                    what: String::new(),
                    at: Duration::ZERO,
                });
                Ok(Back::Done)
            }
            Undone::ChangedElsewhere => {
                self.forget();
                Ok(Back::ChangedElsewhere)
            }
        }
    }

    /// Looks at the file: once somebody else has written it, what they wrote is not ours to undo.
    pub fn look(&mut self) {
        let now = fs::read(&self.location.path).ok();
        let expected = match (self.done.last(), self.back.last()) {
            (Some(last), _) => last.step.after(),
            (None, Some(back)) => back.after(),
            (None, None) => return,
        };
        if now.as_deref() != expected {
            self.forget();
        }
    }

    fn forget(&mut self) {
        self.done.clear();
        self.back.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# mine\n[sound]\nvolume = 30 # low\n";

    struct Home {
        folder: tempfile::TempDir,
        edits: Edits,
    }

    impl Home {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("config.toml");
            fs::write(&path, TEXT).unwrap();
            let edits = Edits::new(Location::chosen(path));
            Self { folder, edits }
        }

        fn volume(&mut self, volume: u8, at: u64) -> bool {
            let when = ("sound.volume", Duration::from_millis(at));
            let change = |config: &mut Config| config.sound.volume = volume;
            self.edits.change(when, &[], change).unwrap().1
        }

        fn text(&self) -> String {
            fs::read_to_string(self.folder.path().join("config.toml")).unwrap()
        }

        fn write(&self, text: &str) {
            fs::write(self.folder.path().join("config.toml"), text).unwrap();
        }
    }

    #[test]
    fn changes_are_taken_back_and_made_again_one_by_one() {
        let mut home = Home::new();
        assert!(home.volume(50, 0));
        assert!(home.volume(70, 5000));
        assert!(!home.volume(70, 9000));
        let after = home.text();
        assert_eq!(home.edits.undo().unwrap(), Back::Done);
        assert!(home.text().contains("50"));
        assert_eq!(home.edits.undo().unwrap(), Back::Done);
        assert_eq!(home.text(), TEXT);
        assert_eq!(home.edits.undo().unwrap(), Back::Nothing);
        assert_eq!(home.edits.redo().unwrap(), Back::Done);
        assert_eq!(home.edits.redo().unwrap(), Back::Done);
        assert_eq!(home.text(), after);
        assert_eq!(home.edits.redo().unwrap(), Back::Nothing);
    }

    #[test]
    fn a_slider_that_is_dragged_is_one_change() {
        let mut home = Home::new();
        for n in 0..20 {
            assert!(home.volume(40 + n, 100 * u64::from(n)));
        }
        assert_eq!(home.edits.undo().unwrap(), Back::Done);
        assert_eq!(home.text(), TEXT);
        assert!(!home.edits.can_undo());
    }

    #[test]
    fn dragged_back_to_where_it_was_is_no_change() {
        let mut home = Home::new();
        assert!(home.volume(31, 0));
        assert!(home.volume(30, 100));
        assert!(!home.edits.can_undo());
    }

    #[test]
    fn a_change_after_an_undo_ends_what_can_be_made_again() {
        let mut home = Home::new();
        assert!(home.volume(50, 0));
        assert_eq!(home.edits.undo().unwrap(), Back::Done);
        assert!(home.volume(60, 9000));
        assert!(!home.edits.can_redo());
    }

    #[test]
    fn what_somebody_else_writes_is_not_ours_to_undo() {
        let mut home = Home::new();
        assert!(home.volume(50, 0));
        let theirs = "# theirs\n";
        home.write(theirs);
        assert_eq!(home.edits.undo().unwrap(), Back::ChangedElsewhere);
        assert_eq!(home.text(), theirs);
        assert!(!home.edits.can_undo());

        home.write(TEXT);
        assert!(home.volume(50, 0));
        home.edits.look();
        assert!(home.edits.can_undo(), "we wrote that ourselves");
        home.write(theirs);
        home.edits.look();
        assert!(!home.edits.can_undo());
    }

    #[test]
    fn what_was_taken_back_can_be_made_again_after_a_look() {
        let mut home = Home::new();
        assert!(home.volume(50, 0));
        assert_eq!(home.edits.undo().unwrap(), Back::Done);
        home.edits.look();
        assert!(home.edits.can_redo());
    }
}
