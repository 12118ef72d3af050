//! The keeper of the history's window, with real files in a folder of the test.

use std::{
    fs,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use super::keeper::{Keeper, Others, Places, Work};
use crate::{
    config_file::Location,
    core::{
        schedule::{Credit, effect::Outcome},
        stats::{span::Span, suggest::Suggestion},
        stretch::{Area, StretchId},
    },
    desktop::clock,
    gui::history::{Ask, Book, Form, News, Reach, Said},
    store::{self, History, Reads},
};

/// A keeper, its files, and what it told the window and asked the daemon.
struct Home {
    folder: tempfile::TempDir,
    keeper: Keeper,
    told: Arc<Mutex<Vec<News>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Home {
    fn new(settings: &str, credits: &[Credit]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("config.toml"), settings).unwrap();
        fs::create_dir(path("documents")).unwrap();
        let now = clock::now().utc;
        let (mut history, trouble) = History::open(path("history.db"), now);
        assert_eq!(trouble, None);
        for credit in credits {
            assert_eq!(history.record(credit, now), None);
        }
        let places = Places {
            settings: Location::chosen(path("config.toml")),
            stretches: path("stretches"),
            history: path("history.db"),
            dismissed: path("dismissed.json"),
            saved: path("documents"),
        };
        let told = Arc::<Mutex<Vec<News>>>::default();
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let (window, program) = (Arc::clone(&told), Arc::clone(&asked));
        let (shelf, files) = (Arc::clone(&asked), Arc::clone(&asked));
        let mut keeper = Keeper::new(
            places,
            Arc::new(move |news| window.lock().unwrap().push(news)),
            Others {
                daemon: Box::new(move |ask| {
                    program.lock().unwrap().push(format!("{ask:?}"));
                    Ok(())
                }),
                open_stretches: Box::new(move || {
                    shelf.lock().unwrap().push("stretches".to_owned());
                    Ok(())
                }),
                choose: Box::new(move || files.lock().unwrap().push("files".to_owned())),
            },
        );
        keeper.open();
        Self {
            folder,
            keeper,
            told,
            asked,
        }
    }

    fn ask(&mut self, ask: Ask) {
        self.keeper.do_it(Work::Ask(ask));
    }

    /// What the window was told last.
    fn book(&self) -> Book {
        let told = self.told.lock().unwrap();
        let book = told.iter().rev().find_map(|news| match news {
            News::Book(book) => Some((**book).clone()),
            News::Said(_) | News::Count(..) => None,
        });
        book.unwrap()
    }

    fn said(&self) -> Said {
        let told = self.told.lock().unwrap();
        let said = told.iter().rev().find_map(|news| match news {
            News::Said(said) => Some(said.clone()),
            News::Book(_) | News::Count(..) => None,
        });
        said.unwrap()
    }

    /// How many books the window was told of.
    fn books(&self) -> usize {
        let told = self.told.lock().unwrap();
        let books = told.iter().filter(|news| matches!(news, News::Book(_)));
        books.count()
    }

    /// As if the history had been written an hour ago, and looked at since.
    fn settle(&mut self) {
        let file = fs::File::options()
            .write(true)
            .open(self.path("history.db"))
            .unwrap();
        let written = file.metadata().unwrap().modified().unwrap();
        file.set_modified(written - Duration::from_secs(3600))
            .unwrap();
        self.ask(Ask::LookAgain);
    }

    fn reads(&self) -> (u32, u32) {
        let Reads { whole, new } = self.keeper.reads();
        (whole, new)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }

    fn file(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    fn saved(&self) -> Vec<String> {
        let documents = fs::read_dir(self.folder.path().join("documents")).unwrap();
        let mut names: Vec<String> = documents
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

fn credit(ended: DateTime<Utc>, outcome: Outcome, stretch: &str) -> Credit {
    let done = outcome == Outcome::Completed;
    Credit {
        reminder: "upper-back".to_owned(),
        stretches: vec![StretchId(stretch.to_owned())],
        due: Some(ended),
        announced: Some(ended),
        started: done.then_some(ended),
        ended,
        outcome,
        stretched: Duration::from_secs(if done { 40 } else { 0 }),
        snoozes: 0,
    }
}

/// Whole seconds, as the history keeps them.
fn ago(span: TimeDelta) -> DateTime<Utc> {
    let at = clock::now().utc - span;
    DateTime::from_timestamp(at.timestamp(), 0).unwrap()
}

fn done_ago(span: TimeDelta) -> Credit {
    credit(ago(span), Outcome::Completed, "chin_tuck")
}

#[test]
fn the_year_is_shown_and_what_is_older_is_not() {
    let home = Home::new(
        "",
        &[
            done_ago(TimeDelta::days(500)),
            done_ago(TimeDelta::days(200)),
            done_ago(TimeDelta::zero()),
        ],
    );
    let book = home.book();
    assert_eq!(book.year.total.completed, 2);
    assert_eq!(book.week.total.completed, 1);
    assert_eq!(book.credits.len(), 2);
    assert_eq!(book.name(&StretchId("chin_tuck".to_owned())), "Chin tuck");
    assert_eq!(book.problem, None);
}

#[test]
fn a_deleted_day_is_gone_from_the_file_and_comes_back_whole() {
    let kept = done_ago(TimeDelta::days(30));
    let today = done_ago(TimeDelta::zero());
    let mut home = Home::new("", &[kept.clone(), today.clone()]);
    let before = home.book();

    home.ask(Ask::Forget(Some(Span::day(before.today))));

    assert_eq!(*home.book().credits, [kept]);
    let said = home.said();
    assert_eq!(
        (said.words.as_str(), said.undo),
        ("One break deleted", true)
    );
    home.ask(Ask::Undo);
    assert_eq!(home.book().credits, before.credits);
    assert!(!home.said().undo, "there is nothing else to undo");
}

#[test]
fn who_comes_back_to_the_window_reads_nothing_again() {
    let mut home = Home::new("", &[done_ago(TimeDelta::days(3))]);
    home.settle();
    let (reads, books) = (home.reads(), home.books());
    for _ in 0..20 {
        home.ask(Ask::LookAgain);
        home.keeper.do_it(Work::FilesChanged);
    }
    assert_eq!((home.reads(), home.books()), (reads, books));
}

#[test]
fn of_a_history_that_has_grown_only_the_new_rows_are_read() {
    let (old, new) = (done_ago(TimeDelta::days(3)), done_ago(TimeDelta::zero()));
    let mut home = Home::new("", std::slice::from_ref(&old));
    let (whole, grown) = home.reads();
    let now = clock::now().utc;
    let (mut history, _) = History::open(home.path("history.db"), now);
    assert_eq!(history.record(&new, now), None);
    home.keeper.do_it(Work::FilesChanged);
    assert_eq!(*home.book().credits, [old, new]);
    assert_eq!(home.reads(), (whole, grown + 1));
}

#[test]
fn a_history_in_which_something_else_has_changed_is_read_anew() {
    let all = [1, 2, 3].map(|day| done_ago(TimeDelta::days(5 - day)));
    let mut home = Home::new("", &all);
    let (whole, _) = home.reads();
    let day = |credit: &Credit| {
        (
            Some(credit.ended),
            Some(credit.ended + TimeDelta::seconds(1)),
        )
    };
    let (from, to) = day(&all[2]);
    // The id of the last row is given anew to another break.
    let file = home.path("history.db");
    store::forget(&file, from, to).unwrap();
    let other = done_ago(TimeDelta::hours(1));
    store::take_in(&file, std::slice::from_ref(&other)).unwrap();
    home.keeper.do_it(Work::FilesChanged);
    let [first, second, _] = all;
    assert_eq!(*home.book().credits, [first, second, other]);
    assert_eq!(home.reads().0, whole + 1);
}

#[test]
fn looking_back_reads_the_years_before_and_no_others() {
    let all = [900, 500, 200, 0].map(|days| done_ago(TimeDelta::days(days)));
    let mut home = Home::new("", &all);
    let today = home.book().today;
    assert_eq!(*home.book().credits, all[2..]);
    assert!(home.book().is_up_to_today());

    let back = today - TimeDelta::days(364);
    home.ask(Ask::LookUpTo(back));
    let book = home.book();
    assert_eq!((book.today, book.until), (today, back));
    assert_eq!(*book.credits, all[1..2]);
    assert_eq!(book.suggestion, None);
    assert!(book.earlier(Reach::Year).is_some() && !book.is_up_to_today());
    home.settle();
    let reads = home.reads();
    home.ask(Ask::LookAgain);
    assert_eq!(
        (home.reads(), home.book().until),
        (reads, back),
        "it stays there"
    );

    home.ask(Ask::LookUpTo(today));
    assert_eq!(*home.book().credits, all[2..]);
}

#[test]
fn a_file_is_taken_in_once_and_can_be_given_back() {
    let kept = [done_ago(TimeDelta::days(9)), done_ago(TimeDelta::zero())];
    let mut home = Home::new("", &kept);
    home.ask(Ask::Export(Form::Json));
    let saved = home.path("documents").join(&home.saved()[0]);
    let saved = saved.display().to_string();
    home.ask(Ask::Forget(Some(Span::day(home.book().today))));
    assert_eq!(*home.book().credits, kept[..1]);

    home.ask(Ask::Import(format!("file://{saved}")));
    let said = home.said();
    assert_eq!(said.words, "One break taken in; one was there already");
    assert_eq!(*home.book().credits, kept);
    home.ask(Ask::Import(saved));
    assert_eq!(
        home.said().words,
        "All 2 breaks of the file were there already"
    );
    assert!(!home.said().undo, "nothing was changed");

    home.ask(Ask::Undo);
    assert_eq!(*home.book().credits, kept[..1], "taken out again");
    home.ask(Ask::Undo);
    assert_eq!(*home.book().credits, kept, "and put back");
    assert!(!home.said().undo);
}

#[test]
fn breaks_that_are_too_old_to_be_kept_are_counted_when_they_are_taken_in() {
    let settings = "[history]\nkeep = \"30 days\"\n";
    let mut home = Home::new(settings, &[done_ago(TimeDelta::zero())]);
    let rows = [300, 200, 3].map(|days| done_ago(TimeDelta::days(days)));
    let mut text = Vec::new();
    crate::history_file::as_csv(&mut text, &rows).unwrap();
    let file = home.path("breaks.csv");
    fs::write(&file, text).unwrap();
    home.ask(Ask::Import(file.display().to_string()));
    assert_eq!(
        home.said().words,
        "3 breaks taken in. 2 of them are older than you keep breaks, and will go again"
    );
}

#[test]
fn a_file_may_be_chosen_in_the_window_of_the_desktop() {
    let mut home = Home::new("", &[done_ago(TimeDelta::zero())]);
    home.ask(Ask::Choose);
    assert_eq!(home.asked(), ["files"]);
    let told = home.told.lock().unwrap().len();
    home.keeper.do_it(Work::Chosen(Ok(None)));
    assert_eq!(
        home.told.lock().unwrap().len(),
        told,
        "thought better of it"
    );
    let file = home.path("my breaks.csv");
    fs::write(&file, "reminder,ended,outcome\n").unwrap();
    let address = format!("file://{}", file.display()).replace(' ', "%20");
    home.keeper.do_it(Work::Chosen(Ok(Some(address))));
    assert_eq!(home.said().words, "There are no breaks in the file");
    let none = anyhow::anyhow!("no portal");
    home.keeper.do_it(Work::Chosen(Err(none)));
    assert!(home.said().words.contains("Type the path"));
}

#[test]
fn of_a_file_with_a_mistake_nothing_is_taken_in() {
    let mut home = Home::new("", &[done_ago(TimeDelta::zero())]);
    let before = home.book();
    let text = "reminder,ended,outcome\nback,2026-03-02T09:05:00Z,skipped\nback,soon,skipped\n";
    let file = home.path("breaks.csv");
    fs::write(&file, text).unwrap();
    home.ask(Ask::Import(file.display().to_string()));
    let said = home.said();
    assert!(
        said.words.contains("breaks.csv, line 3: ") && said.words.contains("soon"),
        "{}",
        said.words
    );
    assert!(!said.undo);
    assert_eq!(home.book(), before);
    home.ask(Ask::Import(home.path("nothing.csv").display().to_string()));
    assert!(home.said().words.contains("nothing.csv"));
}

#[test]
fn a_range_of_days_is_counted_and_deleted() {
    let all = [40, 30, 20, 0].map(|days| done_ago(TimeDelta::days(days)));
    let mut home = Home::new("", &all);
    let today = home.book().today;
    let span = Span {
        first: today - TimeDelta::days(31),
        last: today - TimeDelta::days(19),
    };
    home.ask(Ask::Count(span));
    let told = matches!(home.told.lock().unwrap().last(), Some(News::Count(of, 2)) if *of == span);
    assert!(told);
    home.ask(Ask::Forget(Some(span)));
    let [first, _, _, last] = all.clone();
    assert_eq!(*home.book().credits, [first, last]);
    home.ask(Ask::Undo);
    assert_eq!(*home.book().credits, all);
}

#[test]
fn deletions_are_undone_one_after_the_other() {
    let all = [
        done_ago(TimeDelta::days(30)),
        done_ago(TimeDelta::days(10)),
        done_ago(TimeDelta::zero()),
    ];
    let mut home = Home::new("", &all);
    let today = home.book().today;
    home.ask(Ask::Forget(Some(Span::day(today))));
    home.ask(Ask::Forget(None));
    assert!(home.book().year.is_empty());
    home.ask(Ask::Forget(None));
    assert!(!home.said().undo, "there was nothing to delete");
    home.ask(Ask::Undo);
    assert_eq!(*home.book().credits, all[..2]);
    home.ask(Ask::Undo);
    assert_eq!(*home.book().credits, all);
}

#[test]
fn saved_files_have_everything_and_never_replace_another() {
    let mut home = Home::new(
        "",
        &[done_ago(TimeDelta::days(900)), done_ago(TimeDelta::zero())],
    );
    for form in [
        Form::Csv,
        Form::Csv,
        Form::Json,
        Form::Picture(home.book().today),
    ] {
        home.ask(Ask::Export(form));
        assert!(
            home.said().words.starts_with("Saved as "),
            "{}",
            home.said().words
        );
    }
    let names = home.saved();
    assert_eq!(names.len(), 4, "{names:?}");
    let csv: Vec<&String> = names.iter().filter(|name| name.ends_with(".csv")).collect();
    assert_eq!(csv.len(), 2);
    assert!(csv[0].ends_with(" (2).csv") || csv[1].ends_with(" (2).csv"));
    assert_eq!(
        home.file(&format!("documents/{}", csv[0])).lines().count(),
        3
    );
    let picture = names.iter().find(|name| name.ends_with(".png")).unwrap();
    let picture = fs::read(home.folder.path().join("documents").join(picture)).unwrap();
    assert!(picture.starts_with(b"\x89PNG"));
}

#[test]
fn a_place_where_nothing_can_be_saved_is_named() {
    let mut home = Home::new("", &[done_ago(TimeDelta::zero())]);
    fs::remove_dir(home.folder.path().join("documents")).unwrap();
    fs::write(home.folder.path().join("documents"), "not a folder").unwrap();
    home.ask(Ask::Export(Form::Csv));
    let said = home.said().words;
    assert!(
        said.starts_with("It could not be saved") && said.contains("documents"),
        "{said}"
    );
}

#[test]
fn what_is_suggested_is_done_once_and_stands_in_the_settings() {
    let settings = "# Mine.\n[hours]\nmon = [\"09:00-18:00\"] # long\n";
    let mut home = Home::new(settings, &[done_ago(TimeDelta::zero())]);
    let at = NaiveTime::from_hms_opt(16, 30, 0).unwrap();
    home.ask(Ask::Follow(Suggestion::EndEarlier { hour: 17, at }));
    let written = home.file("config.toml");
    assert!(
        written.starts_with("# Mine.\n") && written.contains("09:00-16:30"),
        "{written}"
    );
    assert_eq!(home.asked(), ["Reload"]);
    assert!(home.file("dismissed.json").contains("end-earlier-17"));

    let stretch = StretchId("chin_tuck".to_owned());
    home.ask(Ask::Follow(Suggestion::LeaveOut { stretch, times: 7 }));
    assert!(home.file("config.toml").contains("chin_tuck"));
    home.ask(Ask::Follow(Suggestion::Neglected { area: Area::Chest }));
    assert_eq!(home.asked(), ["Reload", "stretches"]);
}

#[test]
fn a_dismissed_suggestion_never_comes_again() {
    let refused = |n: i64| {
        let days = TimeDelta::days(n);
        let noon = |at: DateTime<Utc>, hour: i64| {
            let local = clock::now().zone.local(at).date_naive();
            let six = local.and_hms_opt(6, 0, 0).unwrap();
            let six = clock::now().zone.instants(six).first();
            six + TimeDelta::hours(hour)
        };
        [
            credit(noon(ago(days), 4), Outcome::Completed, "chin_tuck"),
            credit(noon(ago(days), 11), Outcome::Skipped, "shoulder_roll"),
        ]
    };
    let credits: Vec<Credit> = (1..33).rev().flat_map(refused).collect();
    let mut home = Home::new("", &credits);
    let suggestion = home.book().suggestion.unwrap();
    assert_eq!(suggestion.key(), "end-earlier-17");
    home.ask(Ask::Dismiss(suggestion.clone()));
    assert_ne!(home.book().suggestion, Some(suggestion));
    assert!(home.file("dismissed.json").contains("end-earlier-17"));
}

#[test]
fn settings_with_a_mistake_are_not_written_to() {
    let broken = "[schedule]\nlull = \"soon\"\n";
    let mut home = Home::new(broken, &[done_ago(TimeDelta::zero())]);
    let at = NaiveTime::from_hms_opt(16, 30, 0).unwrap();
    home.ask(Ask::Follow(Suggestion::EndEarlier { hour: 17, at }));
    assert_eq!(home.file("config.toml"), broken);
    assert!(home.said().words.contains("mistake"));
    assert_eq!(home.asked(), [""; 0]);
}

#[test]
fn a_history_that_cannot_be_read_says_why() {
    let mut home = Home::new("", &[done_ago(TimeDelta::zero())]);
    fs::write(
        home.folder.path().join("history.db"),
        "not a database, certainly not",
    )
    .unwrap();
    home.keeper.do_it(Work::FilesChanged);
    let problem = home.book().problem.unwrap();
    assert!(problem.contains("history.db"), "{problem}");
}
