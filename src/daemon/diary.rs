//! Writing down days, if the user wants that: what happens goes into a buffer, and the buffer
//! into the file when something is told anyway. Nothing wakes the machine for it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;

use crate::{
    config_file,
    core::{
        config::Config,
        day::{
            Day,
            record::{Began, Recorder},
        },
        schedule::{Event, State},
        stats,
        time::Moment,
    },
    store::days,
};

/// Writes days.
pub struct Diary {
    folder: PathBuf,
    on: bool,
    recorder: Recorder,
    /// The day that is being written, and its file.
    page: Option<(NaiveDate, PathBuf)>,
}

impl Diary {
    /// Begins when the program does, in the file of today if there is one that can be gone on
    /// with.
    pub fn start(state_file: &Path, config: &Config, began: &Began, now: Moment) -> Self {
        let mut diary = Self {
            folder: days::folder_beside(state_file),
            on: config.log.day,
            recorder: Recorder::default(),
            page: None,
        };
        if diary.on {
            let today = today(config, now);
            let settings = config_file::for_a_day(config);
            let file = days::file(&diary.folder, today);
            match earlier_today(&file, now) {
                Some(ended) => {
                    diary.page = Some((today, file));
                    diary.recorder.go_on(ended, now, &settings, began);
                }
                None => diary.turn_page(today, now, config, began),
            }
            diary.write(now);
        }
        diary
    }

    /// Takes what is about to happen to this state. A new day begins once the user is
    /// there and nothing is on the way that the new page would not know of.
    pub fn take(&mut self, event: &Event, state: &State, config: &Config, now: Moment) {
        if self.on {
            let today = today(config, now);
            let open = self.page.as_ref().map(|(day, _)| *day);
            if (open != Some(today) || !self.recorder.is_on()) && state.is_calm() {
                self.write(state.now());
                let saved = state.saved();
                self.turn_page(today, state.now(), config, &Began::Midway { saved });
            }
        }
        self.recorder.take(event, now);
    }

    /// From now on these are the settings.
    pub fn reload(&mut self, config: &Config, now: Moment) {
        if self.on && !config.log.day {
            self.write(now);
            self.recorder.stop();
            self.page = None;
        }
        self.on = config.log.day;
        self.recorder.reload(&config_file::for_a_day(config), now);
    }

    /// Writes what has happened until now to the disk.
    pub fn write(&mut self, now: Moment) {
        let Some((_, file)) = &self.page else {
            return;
        };
        let text = self.recorder.written(now);
        if text.is_empty() {
            return;
        }
        if let Err(error) = days::append(file, &text) {
            // A day with a hole in it would tell another story.
            log::warn!("the day cannot be written down: {error}");
            self.recorder.stop();
            self.page = None;
            self.on = false;
        }
    }

    fn turn_page(&mut self, today: NaiveDate, now: Moment, config: &Config, began: &Began) {
        days::forget_old(&self.folder, today);
        let settings = config_file::for_a_day(config);
        self.recorder.begin(now, &settings, began);
        self.page = Some((today, days::new_file(&self.folder, today)));
    }
}

/// The day as the history counts it.
fn today(config: &Config, now: Moment) -> NaiveDate {
    let began = stats::day_began(now.utc, now.zone, config.schedule.day_starts);
    now.zone.local(began).date_naive()
}

/// When the writing of this day ended, if it can be gone on with.
fn earlier_today(file: &Path, now: Moment) -> Option<Moment> {
    let text = fs::read_to_string(file).ok()?;
    let day = Day::parse(&text).ok().filter(Day::is_recorded)?;
    let (utc, zone) = day.ends();
    Some(Moment { utc, zone, ..now })
}
