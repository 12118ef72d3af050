//! `unhunch __history-times`: how long the window of the history takes from a click to its frame,
//! with the history there is. For `script/bench`. Hidden.

use std::{
    process::ExitCode,
    sync::{
        Arc,
        mpsc::{Receiver, channel},
    },
    time::Duration,
};

use chrono::Days;
use clap::{ArgMatches, Command};
use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, vec2};
use serde_json::json;

use super::{
    keeper::{Keeper, Others, Work},
    window::places,
};
use crate::{
    config_file,
    desktop::clock,
    gui::{
        history::{Ask, News, Reach, pace::Pace},
        theme::Theme,
    },
    text::text,
};

/// How often each is measured.
const ROUNDS: usize = 15;

/// Its definition.
pub fn command() -> Command {
    Command::new("__history-times")
        .hide(true)
        .about(text("past-times-about"))
}

/// Prints an object with all times of each view, in milliseconds.
pub fn run(_: &ArgMatches) -> anyhow::Result<ExitCode> {
    let opened: Vec<f64> = (0..ROUNDS).map(|_| Window::open().1).collect();
    let (mut window, _) = Window::open();
    let mut times = serde_json::Map::new();
    times.insert("open".to_owned(), json!(opened));
    let today = window.today();
    let views: [(&str, Reach, Option<u64>); 4] = [
        ("week", Reach::Week, None),
        ("weeks", Reach::Weeks, None),
        ("year", Reach::Year, None),
        ("day", Reach::Weeks, Some(1)),
    ];
    for (name, reach, before) in views {
        let taken = (0..ROUNDS).map(|round| {
            // From another view each time.
            window.pace.history().look(Reach::ALL[round % 3], None);
            window.frame(Vec::new());
            let day = before.map(|days| today - Days::new(days + round as u64));
            window.timed(|window| window.pace.history().look(reach, day))
        });
        times.insert(name.to_owned(), json!(taken.collect::<Vec<_>>()));
    }
    window.pace.history().look(Reach::Year, None);
    let back = (0..ROUNDS).map(|round| {
        let day = today - Days::new(180 * (round as u64 + 1));
        window.timed(|window| window.do_it(Ask::LookUpTo(day)))
    });
    times.insert("back in time".to_owned(), json!(back.collect::<Vec<_>>()));
    let reads = window.keeper.reads();
    let scrolled = (0..ROUNDS).map(|_| window.timed(Window::scroll));
    times.insert("scrolling".to_owned(), json!(scrolled.collect::<Vec<_>>()));
    let again = window.keeper.reads();
    let more = again.whole + again.new - reads.whole - reads.new;
    times.insert("reads while scrolling".to_owned(), json!(more));
    println!("{}", serde_json::Value::Object(times));
    Ok(ExitCode::SUCCESS)
}

/// The window, and what reads for it.
struct Window {
    pace: Pace,
    keeper: Keeper,
    news: Receiver<News>,
}

impl Window {
    /// Reads everything and shows the first frame, and says how long that took.
    fn open() -> (Self, f64) {
        let (told, news) = channel();
        // The window outlives what tells it.
        let tell = Arc::new(move |news| drop(told.send(news)));
        let pace = Pace::new(Theme::new(false, false, None), vec2(1040.0, 780.0));
        let began = clock::boot();
        let keeper = Keeper::new(
            places(config_file::locate(None)),
            tell,
            Others {
                daemon: Box::new(|_| Ok(())),
                open_stretches: Box::new(|| Ok(())),
                choose: Box::new(|| {}),
            },
        );
        let mut window = Self { pace, keeper, news };
        window.keeper.open();
        window.hear();
        window.frame(Vec::new());
        (window, milliseconds(clock::boot() - began))
    }

    /// From a click to its frame.
    fn timed(&mut self, click: impl FnOnce(&mut Self)) -> f64 {
        let began = clock::boot();
        click(self);
        self.frame(Vec::new());
        milliseconds(clock::boot() - began)
    }

    /// A frame, and another where something was read for it.
    fn frame(&mut self, events: Vec<Event>) {
        let asks = self.pace.frame(events);
        if !asks.is_empty() {
            for ask in asks {
                self.do_it(ask);
            }
            self.pace.frame(Vec::new());
        }
    }

    fn do_it(&mut self, ask: Ask) {
        self.keeper.do_it(Work::Ask(ask));
        self.hear();
    }

    fn hear(&mut self) {
        while let Ok(news) = self.news.try_recv() {
            self.pace.hear(news);
        }
    }

    fn scroll(&mut self) {
        let middle = egui::pos2(500.0, 500.0);
        self.frame(vec![
            Event::PointerMoved(middle),
            Event::MouseWheel {
                unit: MouseWheelUnit::Point,
                delta: vec2(0.0, -60.0),
                phase: TouchPhase::Move,
                source: MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
            },
        ]);
    }

    fn today(&self) -> chrono::NaiveDate {
        let now = clock::now();
        now.zone.local(now.utc).date_naive()
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
