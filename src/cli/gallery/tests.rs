//! The gallery's keeper with real files in a folder of the test.

use std::{
    cell::RefCell,
    fs,
    rc::Rc,
    sync::{Arc, Mutex},
};

use super::keeper::{Keeper, Places, Work};
use crate::{
    cli::edits::Edits,
    config_file::Location,
    core::{
        rotation::{Preset, Weight},
        schedule::{Credit, effect::Outcome},
        stretch::StretchId,
    },
    desktop::clock,
    gui::gallery::{Ago, Ask, News, Standing, Standings},
    ipc::client::{self, CallError},
    store::History,
    window::wire::Look,
};

const SETTINGS: &str = r#"# Mine, do not touch.

[rotation]
# What the physiotherapist said:
stretches = [
    "shoulder_roll", # in the morning
    "chin_tuck",
]

[look]
theme = "dark"   # the lamp is broken
"#;

/// A keeper, its files, and what it told the window and asked the daemon.
struct Home {
    folder: tempfile::TempDir,
    keeper: Keeper,
    told: Arc<Mutex<Vec<News>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Home {
    /// `daemon` is how the running program answers.
    fn new(settings: &str, daemon: fn() -> Result<(), CallError>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("config.toml"), settings).unwrap();
        let places = Places {
            settings: Location::chosen(path("config.toml")),
            stretches: path("stretches"),
            history: path("history.db"),
            memory: path("window.json"),
        };
        let look = Look {
            dark: false,
            high_contrast: false,
            reduced_motion: false,
            figure_tone: None,
            text_scale: 1.0,
        };
        let told = Arc::<Mutex<Vec<News>>>::default();
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let (window, program) = (Arc::clone(&told), Arc::clone(&asked));
        let edits = Rc::new(RefCell::new(Edits::new(places.settings.clone())));
        let keeper = Keeper::new(
            places,
            look,
            Arc::new(move |news| window.lock().unwrap().push(news)),
            Arc::new(move |ask: &client::Ask| {
                program.lock().unwrap().push(format!("{ask:?}"));
                daemon()
            }),
            (edits, Arc::new(|_| {})),
        );
        Self {
            folder,
            keeper,
            told,
            asked,
        }
    }

    fn open(settings: &str) -> Self {
        let mut home = Self::new(settings, || Ok(()));
        home.keeper.open();
        home
    }

    fn ask(&mut self, ask: Ask) {
        self.keeper.do_it(Work::Ask(ask));
    }

    fn switch(&mut self, stretch: &str, on: bool) {
        let stretch = StretchId(stretch.to_owned());
        self.ask(Ask::Switch { stretch, on });
    }

    fn settings(&self) -> String {
        fs::read_to_string(self.folder.path().join("config.toml")).unwrap()
    }

    /// Somebody else writes the file.
    fn edit(&mut self, settings: &str) {
        fs::write(self.folder.path().join("config.toml"), settings).unwrap();
        self.keeper.do_it(Work::FilesChanged);
    }

    /// How things stand, as the window was told last.
    fn standings(&self) -> Standings {
        let told = self.told.lock().unwrap();
        let standings = told.iter().rev().find_map(|news| match news {
            News::Shelf(_, standings) | News::Standings(standings) => Some(standings.clone()),
            News::Said(_) => None,
        });
        standings.unwrap()
    }

    fn standing(&self, stretch: &str) -> Standing {
        let place = {
            let told = self.told.lock().unwrap();
            let shelf = told.iter().rev().find_map(|news| match news {
                News::Shelf(shelf, _) => Some(shelf),
                News::Standings(_) | News::Said(_) => None,
            });
            let mut items = shelf.unwrap().items.iter();
            items.position(|item| item.stretch.id.as_str() == stretch)
        };
        self.standings().each[place.unwrap()]
    }

    /// What was said last, and whether it can be undone.
    fn said(&self) -> (String, bool) {
        let told = self.told.lock().unwrap();
        let said = told.iter().rev().find_map(|news| match news {
            News::Said(said) => Some((said.words.clone(), said.undo)),
            News::Shelf(..) | News::Standings(_) => None,
        });
        said.unwrap()
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

#[test]
fn a_switch_goes_to_the_file_and_its_comments_stay() {
    let mut home = Home::open(SETTINGS);
    assert!(home.standing("shoulder_roll").on);
    assert!(!home.standing("eagle_arms").on);

    home.switch("shoulder_roll", false);
    home.switch("eagle_arms", true);

    let settings = home.settings();
    for kept in [
        "# Mine, do not touch.",
        "# What the physiotherapist said:",
        "theme = \"dark\"   # the lamp is broken",
        "\"chin_tuck\"",
        "\"eagle_arms\"",
    ] {
        assert!(settings.contains(kept), "{kept} in:\n{settings}");
    }
    assert!(!settings.contains("shoulder_roll"), "{settings}");
    assert!(!home.standing("shoulder_roll").on);
    assert!(home.standing("eagle_arms").on);
    assert_eq!(home.asked(), ["Reload", "Reload"]);
    assert_eq!(
        home.said(),
        ("Eagle arms comes in your breaks".to_owned(), true)
    );
}

#[test]
fn every_change_can_be_undone_one_after_the_other() {
    let mut home = Home::open(SETTINGS);
    home.switch("shoulder_roll", false);
    let stretch = StretchId("chin_tuck".to_owned());
    let weight = Weight::More;
    home.ask(Ask::Weigh { stretch, weight });
    home.ask(Ask::Choose(Preset::HomeWithMat));
    assert_eq!(home.standings().preset, Some(Preset::HomeWithMat));
    assert!(home.standing("sphinx").on);

    home.ask(Ask::Undo);
    assert_eq!(home.standings().preset, None);
    assert!(!home.standing("sphinx").on);
    assert_eq!(home.standing("chin_tuck").weight, Weight::More);
    home.ask(Ask::Undo);
    assert_eq!(home.standing("chin_tuck").weight, Weight::Normal);
    assert!(!home.standing("shoulder_roll").on);
    home.ask(Ask::Undo);
    assert!(home.standing("shoulder_roll").on);
    assert!(!home.standings().can_undo);
    assert_eq!(home.asked().len(), 6, "each of them is told");

    let before = home.settings();
    home.ask(Ask::Undo);
    assert_eq!(home.settings(), before);
}

#[test]
fn the_last_stretch_stays_on_and_the_window_hears_why() {
    let mut home = Home::open(SETTINGS);
    home.switch("shoulder_roll", false);
    let before = home.settings();
    home.switch("chin_tuck", false);
    assert_eq!(home.settings(), before);
    assert!(home.standing("chin_tuck").on);
    assert_eq!(
        home.said(),
        ("One stretch has to stay on".to_owned(), false)
    );
}

#[test]
fn what_an_editor_writes_is_shown_and_not_undone() {
    let mut home = Home::open(SETTINGS);
    home.switch("shoulder_roll", false);
    assert!(home.standings().can_undo);
    let theirs = SETTINGS.replace("\"chin_tuck\"", "\"sphinx\"");
    home.edit(&theirs);
    assert!(home.standing("sphinx").on);
    assert!(!home.standings().can_undo);
    home.ask(Ask::Undo);
    assert_eq!(home.settings(), theirs);
}

#[test]
fn what_we_write_ourselves_stays_undoable_when_the_file_reports_it() {
    let mut home = Home::open(SETTINGS);
    home.switch("shoulder_roll", false);
    home.keeper.do_it(Work::FilesChanged);
    assert!(home.standings().can_undo);
}

#[test]
fn mistakes_are_shown_with_their_line_and_nothing_is_overwritten() {
    let mut home = Home::open(SETTINGS);
    assert_eq!(home.standings().mistakes, [] as [&str; 0]);
    let broken = SETTINGS.replace("\"chin_tuck\",\n]", "\"chin_tuk\",\n]");
    home.edit(&broken);
    let mistakes = home.standings().mistakes;
    assert!(
        mistakes[1].contains("config.toml, line 7: "),
        "{mistakes:?}"
    );
    let not_toml = "[rotation\nstretches = \"";
    home.edit(not_toml);
    home.switch("shoulder_roll", false);
    home.ask(Ask::Choose(Preset::Desk));
    assert_eq!(home.settings(), not_toml);
    assert!(home.standings().mistakes[1].contains("line 1: "));
    let why = "Nothing was changed: the settings file has a mistake";
    assert_eq!(home.said(), (why.to_owned(), false));
    home.edit(SETTINGS);
    assert_eq!(home.standings().mistakes, [] as [&str; 0]);
}

#[test]
fn without_a_running_program_everything_works_and_with_a_deaf_one_it_is_said() {
    let mut alone = Home::new(SETTINGS, || Err(CallError::NotRunning));
    alone.keeper.open();
    alone.switch("shoulder_roll", false);
    assert_eq!(alone.said().0, "Shoulder roll does not come any more");

    let mut deaf = Home::new(SETTINGS, || Err(CallError::Failed("no answer".to_owned())));
    deaf.keeper.open();
    deaf.switch("shoulder_roll", false);
    assert!(!deaf.settings().contains("shoulder_roll"));
    let later = "Written; it counts from the next start of Unhunch";
    assert_eq!(deaf.said(), (later.to_owned(), true));
}

#[test]
fn trying_a_stretch_asks_the_running_program_and_says_what_it_refuses() {
    let mut home = Home::open(SETTINGS);
    home.ask(Ask::Try(StretchId("chin_tuck".to_owned())));
    assert_eq!(
        home.asked(),
        ["Now { reminder: \"\", stretch: \"chin_tuck\" }"]
    );
    let refuses = || Err(CallError::Refused("a break is under way".to_owned()));
    let mut busy = Home::new(SETTINGS, refuses);
    busy.keeper.open();
    busy.ask(Ask::Try(StretchId("chin_tuck".to_owned())));
    assert_eq!(busy.said(), ("a break is under way".to_owned(), false));
}

#[test]
fn what_was_done_is_counted_for_each_stretch() {
    let mut home = Home::open(SETTINGS);
    assert_eq!(home.standing("chin_tuck").last, None);
    let now = clock::utc();
    let (mut history, _) = History::open(home.folder.path().join("history.db"), now);
    for outcome in [Outcome::Completed, Outcome::Completed, Outcome::Skipped] {
        let notice = history.record(
            &Credit {
                reminder: "upper-back".to_owned(),
                stretches: vec![StretchId("chin_tuck".to_owned())],
                due: None,
                announced: None,
                started: Some(now),
                ended: now,
                outcome,
                stretched: std::time::Duration::from_secs(50),
                snoozes: 0,
            },
            now,
        );
        assert!(notice.is_none());
    }
    home.ask(Ask::LookAgain);
    let standing = home.standing("chin_tuck");
    assert_eq!((standing.times, standing.last), (2, Some(Ago::Today)));
    assert_eq!(home.standing("shoulder_roll").times, 0);
}

#[test]
fn a_stretch_of_the_users_own_appears_when_its_file_does() {
    let mut home = Home::open(SETTINGS);
    let folder = home.folder.path().join("stretches");
    fs::create_dir(&folder).unwrap();
    let mine = r#"
[stretch.mine]
name = "Mine"
step = [{ seconds = 10, cue = "Reach up" }, { seconds = 5, cue = "Let go" }]
"#;
    fs::write(folder.join("mine.toml"), mine).unwrap();
    home.keeper.do_it(Work::FilesChanged);
    assert!(!home.standing("mine").on, "only what is named rotates");
    home.switch("mine", true);
    assert!(home.settings().contains("\"mine\""));

    fs::write(folder.join("mine.toml"), "[stretch.").unwrap();
    home.keeper.do_it(Work::FilesChanged);
    let mistakes = home.standings().mistakes;
    assert!(
        mistakes.iter().any(|said| said.contains("mine.toml")),
        "{mistakes:?}"
    );
}
