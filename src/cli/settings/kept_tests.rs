//! The history from the window of the settings, with real files in a folder of the test.

use std::{
    fs,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use chrono::TimeDelta;

use super::keeper::{Keeper, Outside, Places, Work};
use crate::{
    config_file::Location,
    core::{
        schedule::{Credit, effect::Outcome},
        stats::span::Span,
        stretch::StretchId,
    },
    desktop::clock,
    gui::settings::{
        Ask, Change, News, Said,
        kept::{OfHistory, Stored},
    },
    store::{self, History},
    window::wire::Look,
};

struct Home {
    folder: tempfile::TempDir,
    keeper: Keeper,
    told: Arc<Mutex<Vec<News>>>,
    changes: u64,
}

impl Home {
    /// With a break on each of so many days up to today.
    fn new(days: i64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("config.toml"), "# Mine.\n").unwrap();
        fs::create_dir(path("documents")).unwrap();
        let now = clock::now().utc;
        let (mut history, _) = History::open(path("history.db"), now);
        for day in (0..days).rev() {
            let ended = now - TimeDelta::days(day);
            assert_eq!(history.record(&skipped(ended), now), None);
        }
        let told = Arc::<Mutex<Vec<News>>>::default();
        let window = Arc::clone(&told);
        let mut keeper = Keeper::new(
            Places {
                settings: Location::chosen(path("config.toml")),
                stretches: path("stretches"),
                history: path("history.db"),
                memory: path("window.json"),
            },
            Look {
                dark: false,
                high_contrast: false,
                reduced_motion: false,
                figure_tone: None,
                text_scale: 1.0,
            },
            Arc::new(move |news| window.lock().unwrap().push(news)),
            Outside {
                daemon: Arc::new(|_| Ok(())),
                post: Arc::new(|_| ()),
                wishes: None,
                saved: path("documents"),
            },
        );
        keeper.open();
        Self {
            folder,
            keeper,
            told,
            changes: 0,
        }
    }

    fn ask(&mut self, ask: Ask) {
        self.keeper.do_it(Work::Ask(ask));
    }

    fn of_history(&mut self, ask: OfHistory) {
        self.ask(Ask::History(ask));
    }

    fn change(
        &mut self,
        key: &str,
        make: impl Fn(&mut crate::core::config::Config) + Send + Sync + 'static,
    ) {
        self.changes += 1;
        self.ask(Ask::Change(self.changes, Change::new(key, key, make)));
    }

    fn stored(&self) -> Stored {
        let told = self.told.lock().unwrap();
        let stored = told.iter().rev().find_map(|news| {
            if let News::Stored(stored) = news {
                Some((**stored).clone())
            } else {
                None
            }
        });
        stored.unwrap()
    }

    fn said(&self) -> Said {
        let told = self.told.lock().unwrap();
        let said = told.iter().rev().find_map(|news| {
            if let News::Said(said) = news {
                Some(said.clone())
            } else {
                None
            }
        });
        said.unwrap()
    }

    fn breaks(&self) -> u32 {
        store::count(&self.path("history.db"), None, None).unwrap()
    }

    fn settings(&self) -> String {
        fs::read_to_string(self.path("config.toml")).unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

fn skipped(ended: chrono::DateTime<chrono::Utc>) -> Credit {
    Credit {
        reminder: "upper-back".to_owned(),
        stretches: vec![StretchId("chin_tuck".to_owned())],
        due: Some(ended),
        announced: Some(ended),
        started: None,
        ended,
        outcome: Outcome::Skipped,
        stretched: Duration::ZERO,
        snoozes: 0,
    }
}

#[test]
fn what_is_stored_is_told_with_its_place_and_size() {
    let home = Home::new(3);
    let stored = home.stored();
    let place = |what: &str| {
        let place = stored.places.iter().find(|place| place.what == what);
        place.unwrap().clone()
    };
    assert_eq!(
        place("history").path,
        home.path("history.db").display().to_string()
    );
    assert!(place("history").size > 4000);
    assert_eq!(place("settings").size, "# Mine.\n".len() as u64);
    assert_eq!(place("days").size, 0);
    assert_eq!(stored.breaks, 3);
    assert_eq!(stored.first, Some(stored.today - TimeDelta::days(2)));
    assert_eq!(stored.last, None);
}

#[test]
fn the_last_thing_done_is_undone_first_whatever_it_was() {
    let mut home = Home::new(3);
    home.change("log.day", |config| config.log.day = true);
    home.of_history(OfHistory::Forget(None));
    assert_eq!((home.breaks(), home.said().undo), (0, true));
    home.change("sound.on", |config| config.sound.on = false);
    let whole = home.settings();
    assert!(whole.contains("day = true") && whole.contains("on = false"));

    home.ask(Ask::Undo);
    assert!(!home.settings().contains("on = false"));
    assert_eq!(home.breaks(), 0);
    home.ask(Ask::Undo);
    assert_eq!(home.breaks(), 3);
    assert!(home.settings().contains("day = true"));
    home.ask(Ask::Undo);
    assert_eq!(home.settings(), "# Mine.\n");
}

#[test]
fn a_deletion_can_be_undone_after_other_changes_until_the_window_closes() {
    let mut home = Home::new(3);
    let today = home.stored().today;
    home.of_history(OfHistory::Forget(Some(Span::day(today))));
    assert_eq!(home.stored().last.as_deref(), Some("One break deleted"));
    assert_eq!(home.stored().breaks, 2);
    home.change("log.day", |config| config.log.day = true);
    home.of_history(OfHistory::Undo);
    assert_eq!((home.breaks(), home.stored().last), (3, None));
    home.ask(Ask::Undo);
    assert_eq!(home.settings(), "# Mine.\n");
}

#[test]
fn a_history_is_saved_deleted_and_taken_in_again() {
    let mut home = Home::new(3);
    let form = crate::gui::history::Form::Json;
    home.of_history(OfHistory::Export(form));
    let said = home.said().words;
    let file = said.strip_prefix("Saved as ").unwrap().to_owned();
    home.of_history(OfHistory::Forget(None));
    home.of_history(OfHistory::Import(file.clone()));
    assert_eq!(
        (home.breaks(), home.said().words.as_str()),
        (3, "3 breaks taken in")
    );
    home.keeper
        .do_it(Work::Chosen(Ok(Some(format!("file://{file}")))));
    assert_eq!(
        home.said().words,
        "All 3 breaks of the file were there already"
    );
    let today = home.stored().today;
    home.of_history(OfHistory::Count(Span::day(today)));
    let counted = matches!(home.told.lock().unwrap().last(), Some(News::Count(_, 1)));
    assert!(counted);
    let picture = crate::gui::history::Form::Picture(today);
    home.of_history(OfHistory::Export(picture));
    assert_eq!(fs::read_dir(home.path("documents")).unwrap().count(), 2);
}
