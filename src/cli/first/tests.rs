//! The keeper of the first run, with real files in a folder of the test.

use std::{
    fs,
    sync::{Arc, Mutex},
    time::Duration,
};

use super::keeper::{Desk, Keeper, Places, Progress};
use crate::{
    config_file::Location,
    core::{config::Config, rotation::Preset, stretch::VariantName},
    gui::first::{Ask, News, Page, Standing, Waits},
};

/// A desktop that does what the test wants, and notes what it was asked for.
#[derive(Clone, Default)]
struct Stage {
    asked: Arc<Mutex<Vec<String>>>,
    autostart: Arc<Mutex<bool>>,
    /// Nothing works.
    broken: bool,
}

impl Stage {
    fn note(&self, what: &str) {
        self.asked.lock().unwrap().push(what.to_owned());
    }

    fn result(&self, what: &str) -> anyhow::Result<()> {
        self.note(what);
        anyhow::ensure!(!self.broken, "it is broken");
        Ok(())
    }
}

impl Desk for Stage {
    fn found(&self, config: &Config) -> [String; 3] {
        Waits::ALL.map(|what| format!("{what:?}, {}", config.hold.meeting))
    }

    fn autostart(&self) -> Option<bool> {
        Some(*self.autostart.lock().unwrap())
    }

    fn start_with_session(&self, on: bool) -> anyhow::Result<()> {
        self.result(&format!("autostart {on}"))?;
        *self.autostart.lock().unwrap() = on;
        Ok(())
    }

    fn reload(&self) {
        self.note("reload");
    }

    fn stretch_now(&self) -> anyhow::Result<()> {
        self.result("now")
    }
}

struct Home {
    folder: tempfile::TempDir,
    keeper: Keeper<Stage>,
    told: Arc<Mutex<Vec<News>>>,
    stage: Stage,
}

impl Home {
    fn new(folder: tempfile::TempDir, stage: Stage) -> Self {
        let path = |name: &str| folder.path().join(name);
        let places = Places {
            settings: Location::chosen(path("config.toml")),
            stretches: path("stretches"),
            progress: path("first-run.json"),
        };
        let told = Arc::<Mutex<Vec<News>>>::default();
        let window = Arc::clone(&told);
        let tell = Arc::new(move |news| window.lock().unwrap().push(news));
        let mut keeper = Keeper::new(places, tell, stage.clone());
        keeper.open();
        Self {
            folder,
            keeper,
            told,
            stage,
        }
    }

    fn with_settings(settings: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("config.toml"), settings).unwrap();
        Self::new(folder, Stage::default())
    }

    fn standing(&self) -> Standing {
        let told = self.told.lock().unwrap();
        let found = told.iter().rev().find_map(|news| match news {
            News::Standing(standing) => Some(standing.clone()),
            _ => None,
        });
        found.unwrap()
    }

    fn said(&self) -> Option<String> {
        let told = self.told.lock().unwrap();
        told.iter().rev().find_map(|news| match news {
            News::Said(said) => Some(said.clone()),
            _ => None,
        })
    }

    fn page(&self) -> Option<Page> {
        let told = self.told.lock().unwrap();
        told.iter().find_map(|news| match news {
            News::Page(page) => Some(*page),
            _ => None,
        })
    }

    fn settings(&self) -> String {
        fs::read_to_string(self.folder.path().join("config.toml")).unwrap()
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.stage.asked.lock().unwrap())
    }
}

#[test]
fn looking_at_every_page_writes_no_settings() {
    let folder = tempfile::tempdir().unwrap();
    let mut home = Home::new(folder, Stage::default());
    home.keeper.do_it(Ask::Acknowledge);
    for page in Page::ALL {
        home.keeper.do_it(Ask::Turned(page));
    }
    home.keeper.do_it(Ask::Done);
    assert!(!home.folder.path().join("config.toml").exists());
    assert_eq!(home.asked(), [""; 0]);
}

#[test]
fn each_choice_stands_in_the_settings_between_the_comments() {
    let mut home = Home::with_settings("# Mine.\n\n[hold]\nquiet = true # yes\n");
    home.keeper.do_it(Ask::Every(Duration::from_mins(45)));
    home.keeper.do_it(Ask::Length(VariantName::Short));
    home.keeper.do_it(Ask::Choose(Preset::OpenPlan));
    home.keeper.do_it(Ask::Wait(Waits::Quiet, false));
    let settings = home.settings();
    assert!(settings.starts_with("# Mine.\n"), "{settings}");
    assert!(settings.contains("quiet = false # yes"), "{settings}");
    let standing = home.standing();
    assert_eq!(standing.every, Some(Duration::from_mins(45)));
    assert_eq!(standing.length, Some(VariantName::Short));
    assert_eq!(standing.preset, Some(Preset::OpenPlan));
    assert!(!standing.waits_for(Waits::Quiet) && standing.waits_for(Waits::Meeting));
    assert_eq!(home.asked(), ["reload"; 4]);
}

#[test]
fn closed_half_way_it_goes_on_where_it_was() {
    let mut home = Home::with_settings("");
    assert_eq!(home.page(), Some(Page::Hello));
    home.keeper.do_it(Ask::Acknowledge);
    home.keeper.do_it(Ask::Turned(Page::Moment));
    let again = Home::new(home.folder, Stage::default());
    assert_eq!(again.page(), Some(Page::Moment));
    assert!(again.standing().acknowledged.is_some());
}

#[test]
fn the_notice_keeps_the_day_and_the_version_of_the_first_time() {
    let mut home = Home::with_settings("");
    home.keeper.do_it(Ask::Acknowledge);
    let file = home.folder.path().join("first-run.json");
    let first = Progress::read(&file);
    assert_eq!(first.version.as_deref(), Some(env!("CARGO_PKG_VERSION")));
    home.keeper.do_it(Ask::Acknowledge);
    home.keeper.do_it(Ask::Done);
    let after = Progress::read(&file);
    assert_eq!(after.acknowledged, first.acknowledged);
    assert!(after.done);
}

#[test]
fn settings_with_a_mistake_are_left_alone_and_the_reason_is_said() {
    let broken = "[schedule]\nlull = \"soon\"\n";
    let mut home = Home::with_settings(broken);
    assert_eq!(home.standing().mistakes.len(), 1);
    home.keeper.do_it(Ask::Every(Duration::from_mins(45)));
    assert_eq!(home.settings(), broken);
    assert!(home.said().unwrap().starts_with("Nothing was changed"));
    assert_eq!(home.asked(), [""; 0]);
}

#[test]
fn what_the_desktop_refuses_is_said() {
    let stage = Stage {
        broken: true,
        ..Stage::default()
    };
    let mut home = Home::new(tempfile::tempdir().unwrap(), stage);
    home.keeper.do_it(Ask::Autostart(true));
    assert_eq!(home.said().unwrap(), "Nothing was changed: it is broken");
    assert_eq!(home.standing().autostart, Some(false));
    home.keeper.do_it(Ask::Try);
    assert_eq!(
        home.said().unwrap(),
        "No stretch could be shown: it is broken"
    );
}

#[test]
fn it_starts_with_the_session_when_asked_to() {
    let mut home = Home::with_settings("");
    home.keeper.do_it(Ask::Autostart(true));
    assert_eq!(home.standing().autostart, Some(true));
    assert_eq!(home.asked(), ["autostart true"]);
}
