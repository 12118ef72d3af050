//! What must hold on any day at all, whatever the user, the desktop and the clocks do.

use std::time::Duration;

use chrono::{DateTime, NaiveTime, SecondsFormat, TimeDelta, Utc};
use proptest::{collection::vec, option, prelude::*, sample::select};
use unhunch::{
    cli::simulate::{print, script},
    config_file::{self, Document},
    core::{
        chronicle::Chronicle,
        config::{
            App, Config, DayOfWeek, Film, HourRange, Hours, Open, Reminder, Schedule, What, When,
        },
        day::{
            self, Day,
            record::{Began, Recorder},
        },
        schedule::{
            Effect, Event, Hold, InputStatus, MeetingNews, Notifier, PauseUntil, ReminderStatus,
            Rules, Sensor, State, Story, WindowNews, WindowOrder, effect::Reason, event::Answer,
        },
        stretch::{StretchId, VariantName},
        time::{Moment, Zone},
    },
    stretch_file,
};

/// How long a stretch of time is, and what happens to the machine in it.
#[derive(Clone, Copy, Debug)]
enum Gap {
    Awake(u64),
    Asleep(u64),
}

/// What happens at the end of a gap.
#[derive(Clone, Debug)]
enum Happening {
    Event(Event),
    /// News from whatever window is open.
    Window(WindowNews),
    /// Somebody sets the wall clock, by minutes.
    Clock(i64),
    Travel(chrono_tz::Tz),
    /// The program is killed and started again.
    Restart(u64),
}

type AnyDay = Vec<(Gap, Happening)>;

fn secs(s: u64) -> Duration {
    Duration::from_secs(s)
}

/// Lengths around the thresholds of the rules, and others.
fn any_gap() -> impl Strategy<Value = Gap> {
    let length = prop_oneof![
        select(vec![
            0, 1, 5, 9, 10, 11, 59, 60, 61, 119, 120, 121, 299, 300, 301, 3599, 3600
        ]),
        0_u64..1000,
        0_u64..6000,
    ];
    (length, 0..8).prop_map(|(length, kind)| match kind {
        0 => Gap::Asleep(length),
        _ => Gap::Awake(length),
    })
}

fn any_event() -> impl Strategy<Value = Event> {
    let on = any::<bool>;
    let answer = select(vec![
        Answer::Start,
        Answer::Snooze(None),
        Answer::Snooze(Some(secs(90))),
        Answer::Skip,
    ]);
    let reminder = option::of(select(vec!["r0", "r1", "r2"]));
    prop_oneof![
        1 => Just(Event::Tick),
        4 => Just(Event::Sensed),
        6 => Just(Event::Input(Sensor::Active)),
        3 => Just(Event::Input(Sensor::Unknown)),
        6 => (0_u64..400).prop_map(|idle| Event::Input(Sensor::IdleFor(secs(idle)))),
        3 => (on(), select(vec![0_u64, 1, 10, 120, 300])).prop_map(|(on, ago)| {
            Event::Input(Sensor::KeptAwake { on, ago: secs(ago) })
        }),
        2 => on().prop_map(Event::Locked),
        1 => on().prop_map(|on| Event::Held(Hold::Quiet, on)),
        2 => on().prop_map(|on| Event::Held(Hold::Meeting, on)),
        1 => on().prop_map(|on| Event::Held(Hold::App("listed".to_owned()), on)),
        1 => on().prop_map(|on| Event::Held(Hold::App("unlisted".to_owned()), on)),
        1 => select(vec![Notifier::Ok, Notifier::NoButtons, Notifier::Gone])
            .prop_map(Event::Notifier),
        4 => answer.clone().prop_map(Event::AnswerCurrent),
        1 => (1_u64..20, answer).prop_map(|(prompt, answer)| Event::Answer { prompt, answer }),
        1 => reminder.prop_map(|reminder| Event::Now {
            reminder: reminder.map(str::to_owned),
            stretch: None,
        }),
        1 => (0_u64..4000).prop_map(|span| Event::Pause(PauseUntil::For(secs(span)))),
        1 => any_time().prop_map(|time| Event::Pause(PauseUntil::Time(time))),
        3 => Just(Event::Resume),
        3 => any_meeting().prop_map(Event::Meeting),
    ]
}

fn any_meeting() -> impl Strategy<Value = MeetingNews> {
    prop_oneof![
        3 => option::of((0_u64..4000).prop_map(secs)).prop_map(MeetingNews::On),
        1 => Just(MeetingNews::Over),
        1 => Just(MeetingNews::GoesOn),
        2 => (1_u64..20, any::<bool>())
            .prop_map(|(question, goes_on)| MeetingNews::Answer { question, goes_on }),
    ]
}

fn any_news() -> impl Strategy<Value = WindowNews> {
    let stretched = || (0_u64..60).prop_map(secs);
    prop_oneof![
        Just(WindowNews::Countdown(true)),
        (0_usize..3).prop_map(|place| WindowNews::OtherStretch { place }),
        (any_stretch(), 0_usize..3)
            .prop_map(|(stretch, place)| WindowNews::NotForMe { stretch, place }),
        (any_stretch(), 0_usize..3)
            .prop_map(|(stretch, place)| WindowNews::PutBack { stretch, place }),
        stretched().prop_map(|stretched| WindowNews::Done { stretched }),
        option::of(stretched()).prop_map(|stretched| WindowNews::Closed { stretched }),
        stretched().prop_map(|stretched| WindowNews::Answered {
            answer: Answer::Skip,
            stretched
        }),
        stretched().prop_map(|stretched| WindowNews::Answered {
            answer: Answer::Snooze(None),
            stretched
        }),
    ]
}

fn any_stretch() -> impl Strategy<Value = StretchId> {
    select(vec!["shoulder_roll", "chin_tuck", "eagle_arms", "unknown"])
        .prop_map(|id| StretchId(id.to_owned()))
}

fn any_time() -> impl Strategy<Value = NaiveTime> {
    (0_u32..24, select(vec![0_u32, 15, 30, 45]))
        .prop_map(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0).unwrap())
}

/// A day on which nobody touches the clock and nothing crashes.
fn a_calm_day() -> impl Strategy<Value = AnyDay> {
    let happening = prop_oneof![
        5 => any_event().prop_map(Happening::Event),
        1 => any_news().prop_map(Happening::Window),
    ];
    vec((any_gap(), happening), 1..40)
}

/// A day on which anything happens.
fn any_day() -> impl Strategy<Value = AnyDay> {
    let zones = vec![
        chrono_tz::Europe::Berlin,
        chrono_tz::America::New_York,
        chrono_tz::Australia::Lord_Howe,
        chrono_tz::Pacific::Apia,
    ];
    let happening = prop_oneof![
        20 => any_event().prop_map(Happening::Event),
        4 => any_news().prop_map(Happening::Window),
        1 => (-200_i64..200).prop_map(Happening::Clock),
        1 => (-60_000_i64..60_000).prop_map(Happening::Clock),
        1 => select(zones).prop_map(Happening::Travel),
        1 => (0_u64..2000).prop_map(Happening::Restart),
    ];
    vec((any_gap(), happening), 1..40)
}

fn any_reminder() -> impl Strategy<Value = Reminder> {
    let when = prop_oneof![
        4 => (10_u64..7200).prop_map(|every| When::Every(secs(every))),
        1 => vec(any_time(), 1..4).prop_map(|mut times| {
            times.sort();
            times.dedup();
            When::At(times)
        }),
    ];
    let what = prop_oneof![
        (select(vec![VariantName::Short, VariantName::Long]), 1_u8..4)
            .prop_map(|(variant, count)| What::Stretches { variant, count }),
        (1_u64..200).prop_map(|length| What::Message {
            text: "Look up".to_owned(),
            length: secs(length)
        }),
    ];
    (when, what, option::of((5_u64..900).prop_map(secs))).prop_map(|(when, what, natural_break)| {
        Reminder {
            id: String::new(),
            when,
            what,
            natural_break,
            open: None,
        }
    })
}

fn any_rules() -> impl Strategy<Value = Rules> {
    let hours = vec((0_usize..7, any_time(), any_time()), 0..6).prop_map(|ranges| {
        let mut hours = Hours::default();
        for (day, start, end) in ranges {
            let day = DayOfWeek::ALL[day];
            hours
                .days
                .entry(day)
                .or_default()
                .push(HourRange { start, end });
        }
        hours
    });
    let spans = (
        (0_u64..200).prop_map(secs),
        (5_u64..600).prop_map(secs),
        select(vec![0_u64, 5, 10, 200]).prop_map(secs),
        (0_u64..400).prop_map(secs),
        (0_u64..100).prop_map(secs),
        (10_u64..200).prop_map(secs),
        (0_u64..1800).prop_map(secs),
    );
    let open = prop_oneof![
        (0_u64..60).prop_map(|delay| Open::After(secs(delay))),
        Just(Open::OnStart),
        Just(Open::AtOnce),
    ];
    (
        vec(any_reminder(), 1..4),
        option::of(hours),
        spans,
        open,
        0_u32..4,
        select(vec![Film::Rest, Film::Work]),
    )
        .prop_map(|(mut reminders, hours, spans, open, max_snoozes, film)| {
            for (number, reminder) in reminders.iter_mut().enumerate() {
                reminder.id = format!("r{number}");
            }
            let (idle_grace, natural_break, lull, lull_wait, settle, answer_within, late) = spans;
            let mut config = Config {
                schedule: Schedule {
                    idle_grace,
                    natural_break,
                    film,
                    lull,
                    lull_wait,
                    settle,
                    open,
                    answer_within,
                    max_snoozes,
                    late,
                    ..Schedule::default()
                },
                hours,
                reminders,
                ..Config::default()
            };
            config.hold.apps = vec![App {
                name: "listed".to_owned(),
                in_front: false,
            }];
            Rules::new(config, &stretch_file::candidates(None)).unwrap()
        })
}

fn start() -> Moment {
    let boot = secs(1_000_000);
    Moment {
        boot,
        awake: boot,
        // The evening before Berlin loses an hour.
        utc: "2026-03-28T18:00:00Z".parse::<DateTime<Utc>>().unwrap(),
        zone: Zone::Named(chrono_tz::Europe::Berlin),
    }
}

/// A day that is being run, and what was told on it.
struct Run<'a> {
    rules: &'a Rules,
    state: State,
    now: Moment,
    told: Vec<(Duration, Story)>,
    window: Option<u64>,
    /// The question that is on the screen.
    question: Option<u64>,
    /// Since when the sensors are asked, and whether they have had their say.
    asking: Option<(Duration, bool)>,
    chronicle: Chronicle,
    /// The same day, as the program writes it down.
    recorder: Recorder,
    recorded: String,
    /// Everything that was told, with the whole moment.
    lines: Vec<(Moment, Story)>,
    /// Writing begins as soon as it can after this many stories; where it began.
    record_after: Option<usize>,
    began: Option<(usize, Moment)>,
    /// Ticks that nobody needs, every so many seconds.
    extra_ticks: Option<u64>,
}

impl<'a> Run<'a> {
    fn new(rules: &'a Rules) -> Self {
        Self {
            rules,
            state: State::new(rules, 7, start()),
            now: start(),
            told: Vec::new(),
            window: None,
            question: None,
            asking: None,
            chronicle: Chronicle::default(),
            recorder: Recorder::default(),
            recorded: String::new(),
            lines: Vec::new(),
            record_after: None,
            began: None,
            extra_ticks: None,
        }
    }

    fn day(mut self, day: &AnyDay) -> Result<Self, TestCaseError> {
        for (gap, happening) in day {
            match *gap {
                Gap::Awake(length) => self.awake_for(secs(length))?,
                Gap::Asleep(length) => {
                    let awake = self.now.awake;
                    self.now = self.now.later(secs(length));
                    self.now.awake = awake;
                    self.step(Event::Tick)?;
                }
            }
            match happening.clone() {
                Happening::Event(event) => self.step(event)?,
                Happening::Window(news) => {
                    if let Some(prompt) = self.window {
                        let gone =
                            matches!(news, WindowNews::Done { .. } | WindowNews::Closed { .. });
                        // A window that is not counting down cannot be done.
                        let started = self.told.iter().rev().find_map(|(_, story)| match story {
                            Story::Started { .. } => Some(true),
                            Story::Announced { .. } => Some(false),
                            _ => None,
                        });
                        if matches!(news, WindowNews::Done { .. }) && started != Some(true) {
                            continue;
                        }
                        if gone {
                            self.window = None;
                        }
                        self.step(Event::Window { prompt, news })?;
                    }
                }
                Happening::Clock(minutes) => {
                    self.now.utc += TimeDelta::minutes(minutes);
                    self.step(Event::Tick)?;
                }
                Happening::Travel(zone) => {
                    self.now.zone = Zone::Named(zone);
                    self.step(Event::Tick)?;
                }
                Happening::Restart(off) => {
                    let saved = self.state.saved();
                    self.recorded += &self.recorder.written(self.now);
                    let began = Began::Again {
                        saved: saved.clone(),
                        off: secs(off),
                    };
                    let ended = Moment {
                        utc: Day::parse(&self.recorded).map_or(self.now.utc, |day| day.ends().0),
                        ..self.now
                    };
                    self.window = None;
                    self.question = None;
                    self.asking = None;
                    self.now = self.now.later(secs(off));
                    if self.recorder.is_on() {
                        let settings = config_file::for_a_day(self.rules.config());
                        self.recorder.go_on(ended, self.now, &settings, &began);
                    } else {
                        // Another run of the program has heard nothing yet.
                        self.recorder = Recorder::default();
                    }
                    let (state, effects) = State::restore(saved, self.rules, secs(off), self.now);
                    self.state = state;
                    self.hear(&effects)?;
                }
            }
        }
        Ok(self)
    }

    fn awake_for(&mut self, span: Duration) -> Result<(), TestCaseError> {
        let end = self.now.boot + span;
        loop {
            let extra = self.extra_ticks.map(|every| self.now.boot + secs(every));
            let next = [self.state.next_change(self.rules), extra]
                .into_iter()
                .flatten()
                .min();
            let Some(next) = next.filter(|next| *next < end) else {
                break;
            };
            prop_assert!(next > self.now.boot, "a deadline that is over");
            self.now = self.now.later(next - self.now.boot);
            self.step(Event::Tick)?;
        }
        self.now = self.now.later(end - self.now.boot);
        self.step(Event::Tick)
    }

    fn step(&mut self, event: Event) -> Result<(), TestCaseError> {
        if let (Event::Sensed, Some((_, answered))) = (&event, &mut self.asking) {
            *answered = true;
        }
        let midway = self
            .record_after
            .is_some_and(|told| self.lines.len() >= told);
        if midway && self.state.is_calm() && self.began.is_none() {
            let at = self.state.now();
            let saved = self.state.saved();
            let settings = config_file::for_a_day(self.rules.config());
            self.recorder.begin(at, &settings, &Began::Midway { saved });
            self.began = Some((self.lines.len(), at));
        }
        self.recorder.take(&event, self.now);
        let (again, effects_again) = self.state.clone().step(self.rules, event.clone(), self.now);
        let (state, effects) = self.state.clone().step(self.rules, event, self.now);
        prop_assert_eq!(&state, &again, "the same input gave another state");
        prop_assert_eq!(
            &effects,
            &effects_again,
            "the same input gave other effects"
        );
        self.state = state;
        self.hear(&effects)?;
        self.check()
    }

    fn hear(&mut self, effects: &[Effect]) -> Result<(), TestCaseError> {
        for effect in effects {
            if let Effect::Tell(story) = effect {
                self.chronicle.tell(self.now.local(), story);
                self.lines.push((self.now, story.clone()));
            }
            if let Effect::TellLate { at, story } = effect {
                self.chronicle.tell(at.local(), story);
                self.lines.push((*at, story.clone()));
            }
        }
        for effect in effects {
            match effect {
                Effect::Window(WindowOrder::Open { prompt, .. }) => {
                    prop_assert_eq!(self.window, None, "a second window");
                    self.window = Some(prompt.number);
                }
                Effect::Window(WindowOrder::Close { prompt }) => {
                    prop_assert_eq!(self.window, Some(*prompt), "another window was closed");
                    self.window = None;
                }
                Effect::Window(
                    WindowOrder::Start { prompt } | WindowOrder::Show { prompt, .. },
                ) => {
                    prop_assert_eq!(self.window, Some(*prompt), "another window was meant");
                }
                Effect::Tell(story) => self.told.push((self.now.boot, story.clone())),
                Effect::TellLate { at, story } => self.told.push((at.boot, story.clone())),
                Effect::Watch(on) => {
                    prop_assert_ne!(self.asking.is_some(), *on, "asked for what is so already");
                    self.asking = on.then_some((self.now.boot, false));
                }
                Effect::Announce(_) => self.sensors_had_their_say()?,
                Effect::Ask(question) => {
                    prop_assert_eq!(self.question, None, "a second question");
                    prop_assert!(question.ends_in <= secs(120), "asked too early");
                    prop_assert!(!question.ends_in.is_zero(), "asked too late");
                    self.question = Some(question.number);
                }
                Effect::WithdrawQuestion { number } => {
                    prop_assert_eq!(self.question, Some(*number), "another question was meant");
                    self.question = None;
                }
                Effect::Withdraw { .. } | Effect::Record(_) | Effect::Save => {}
            }
        }
        let stories: Vec<_> = (effects.iter())
            .filter_map(|effect| match effect {
                Effect::Tell(story) => Some(story),
                _ => None,
            })
            .collect();
        if matches!(
            stories.last(),
            Some(Story::Announced { .. } | Story::Absorbed { .. })
        ) && self
            .state
            .status(self.rules)
            .current
            .is_some_and(|current| !current.window)
        {
            let status = self.state.status(self.rules);
            let under_way = status.state.word() == "on_break";
            prop_assert!(
                under_way || status.reasons.is_empty(),
                "announced against {:?}",
                status.reasons
            );
        }
        Ok(())
    }

    fn sensors_had_their_say(&self) -> Result<(), TestCaseError> {
        let Some((since, answered)) = self.asking else {
            prop_assert!(false, "announced without asking the sensors");
            return Ok(());
        };
        prop_assert!(answered || self.now.boot >= since + secs(1));
        Ok(())
    }

    fn check(&mut self) -> Result<(), TestCaseError> {
        let status = self.state.status(self.rules);
        let due = status.reminders.iter().filter(|reminder| reminder.due);
        let due: Vec<&str> = due.map(|reminder| reminder.id.as_str()).collect();
        self.chronicle.note(self.now.local(), &[], &due);
        for tale in self.chronicle.open_ones() {
            prop_assert!(due.contains(&tale.reminder.as_str()), "goes on: {tale:?}");
            let held = (status.reminders.iter())
                .any(|reminder| reminder.id == tale.reminder && !reminder.reasons.is_empty());
            // One that a restart found held waits for the sensors first.
            prop_assert!(!held || tale.is_held(), "held: {tale:?}");
        }
        if self.asking.is_some() && status.state.word() != "announced" {
            let near = |reminder: &ReminderStatus| reminder.due || reminder.due_in <= secs(60);
            prop_assert!(status.reminders.iter().any(near), "asked for nothing");
        }
        prop_assert!(
            self.question.is_none() || status.meeting.is_some(),
            "a question for nothing"
        );
        if status.state.word() == "announced" {
            let only_away = status.reasons.iter().all(|reason| *reason == Reason::Away);
            prop_assert!(only_away, "announced although {:?}", status.reasons);
        }
        for reminder in &status.reminders {
            prop_assert!(reminder.work <= self.now.awake - start().awake);
        }
        for held in &status.holding {
            prop_assert!(held.since <= self.now.local(), "{:?} to come", held.reason);
        }
        let holding: Vec<_> = (status.holding.iter().map(|held| &held.reason)).collect();
        let all = (status.reasons.iter()).chain(status.reminders.iter().flat_map(|r| &r.reasons));
        for reason in all {
            prop_assert!(holding.contains(&reason), "{reason:?} since when?");
        }
        prop_assert!(self.state.deadline(self.rules) > self.now.boot);
        prop_assert!(self.state.wall_deadline(self.rules) > self.now.utc);
        prop_assert!(self.state.idle_threshold(self.rules) >= secs(1));
        if let InputStatus::Idle(idle) = status.input {
            prop_assert!(idle <= self.now.boot);
        }
        Ok(())
    }

    fn count(&self, is_meant: impl Fn(&Story) -> bool) -> usize {
        self.told
            .iter()
            .filter(|(_, story)| is_meant(story))
            .count()
    }
}

/// What a recorded day tells when it is run: when, by the seconds and by the clock, and what.
fn replayed(text: &str) -> Vec<(u64, String, String)> {
    let settings = Document::parse("", "");
    let script = script("recorded", text, settings, &stretch_file::candidates(None))
        .unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"));
    let mut told = Vec::new();
    day::run(&script, 0, &mut |entry| {
        let line = print::text_line(&entry);
        let at = entry.at.to_rfc3339_opts(SecondsFormat::Secs, false);
        told.push((entry.t, at, line.split_once("  ").unwrap().1.to_owned()));
    });
    told
}

/// What was told since the writing began, in the same form.
fn told(run: &Run<'_>) -> Vec<(u64, String, String)> {
    let Some((first, began)) = run.began else {
        return Vec::new();
    };
    let told = run.lines[first..].iter().map(|(moment, story)| {
        let entry = day::Entry {
            t: (moment.boot - began.boot).as_secs(),
            at: moment.local(),
            what: day::Happening::Story(story.clone()),
        };
        let line = print::text_line(&entry);
        let at = entry.at.to_rfc3339_opts(SecondsFormat::Secs, false);
        (entry.t, at, line.split_once("  ").unwrap().1.to_owned())
    });
    told.collect()
}

/// The same rules, as the settings file can say them.
fn as_written(rules: &Rules) -> Rules {
    let catalogue = stretch_file::candidates(None);
    let facts: Vec<_> = catalogue.iter().map(|known| known.facts.clone()).collect();
    let document = Document::parse("", &config_file::print(rules.config()));
    Rules::new(document.config(&facts).0, &catalogue).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_that_happens_breaks_a_promise(rules in any_rules(), day in any_day()) {
        Run::new(&rules).day(&day)?;
    }

    #[test]
    fn looking_more_often_changes_nothing(
        rules in any_rules(),
        day in any_day(),
        every in 20_u64..600,
    ) {
        let plain = Run::new(&rules).day(&day)?;
        let mut often = Run::new(&rules);
        often.extra_ticks = Some(every);
        let often = often.day(&day)?;
        prop_assert_eq!(plain.told, often.told);
        prop_assert_eq!(plain.state.status(&rules), often.state.status(&rules));
    }

    #[test]
    fn a_day_that_was_written_down_tells_the_same_story_when_it_is_run(
        rules in any_rules(),
        day in any_day(),
    ) {
        let rules = as_written(&rules);
        let mut run = Run::new(&rules);
        let settings = config_file::for_a_day(rules.config());
        run.recorder.begin(start(), &settings, &Began::Anew { seed: 7 });
        run.began = Some((0, start()));
        let mut run = run.day(&day)?;
        // `simulate` looks at the last moment too.
        run.step(Event::Tick)?;
        run.recorded += &run.recorder.written(run.now);
        prop_assert_eq!(replayed(&run.recorded), told(&run), "{}", run.recorded);
    }

    #[test]
    fn so_does_one_whose_writing_began_in_the_middle(
        rules in any_rules(),
        day in any_day(),
        after in 0_usize..6,
    ) {
        let rules = as_written(&rules);
        let mut run = Run::new(&rules);
        run.record_after = Some(after);
        let mut run = run.day(&day)?;
        // `simulate` looks at the last moment too.
        run.step(Event::Tick)?;
        run.recorded += &run.recorder.written(run.now);
        if run.began.is_some() {
            prop_assert_eq!(replayed(&run.recorded), told(&run), "{}", run.recorded);
        }
    }

    #[test]
    fn a_break_is_announced_no_more_often_than_it_is_earned(
        rules in any_rules(),
        day in a_calm_day(),
    ) {
        let run = Run::new(&rules).day(&day)?;
        let awake = run.now.awake - start().awake;
        for reminder in &rules.config().reminders {
            let id = reminder.id.as_str();
            let announced = run.count(|s| matches!(s, Story::Announced { reminder, .. } if reminder == id));
            let due = run.count(|s| matches!(s, Story::Due { reminder } if reminder == id));
            let again = run.count(|story| match story {
                Story::Snoozed { reminder, .. }
                | Story::Abandoned { reminder, .. }
                | Story::Withdrawn { reminder } => reminder == id,
                _ => false,
            });
            prop_assert!(announced <= due + again, "{id}: {announced} announcements");
            if let When::Every(every) = reminder.when {
                let earned = awake.as_nanos() / every.as_nanos();
                prop_assert!(due as u128 <= earned, "{id}: due {due} times, earned {earned}");
            }
        }
    }

    #[test]
    fn the_log_of_a_reminder_makes_sense(rules in any_rules(), day in a_calm_day()) {
        let run = Run::new(&rules).day(&day)?;
        for reminder in &rules.config().reminders {
            let id = reminder.id.as_str();
            let mut held = false;
            let mut shown = false;
            for (_, story) in &run.told {
                match story {
                    Story::Held { reminder, .. } if reminder == id => {
                        prop_assert!(!shown, "held while it is shown");
                        held = true;
                    }
                    Story::Released { reminder, reasons } if reminder == id => {
                        prop_assert!(held, "released and not held");
                        prop_assert!(!reasons.is_empty());
                        held = false;
                    }
                    Story::Announced { reminder, .. } if reminder == id => {
                        prop_assert!(!held, "announced while held");
                        prop_assert!(!shown, "announced twice");
                        shown = true;
                    }
                    Story::Opened { reminder, .. } | Story::Started { reminder, .. }
                        if reminder == id =>
                    {
                        held = false;
                        shown = true;
                    }
                    Story::Completed { reminder, .. }
                    | Story::Abandoned { reminder, .. }
                    | Story::Snoozed { reminder, .. }
                    | Story::Skipped { reminder }
                    | Story::Missed { reminder }
                    | Story::Withdrawn { reminder }
                        if reminder == id =>
                    {
                        prop_assert!(shown, "{story:?} of a break that is not shown");
                        shown = false;
                    }
                    Story::Due { reminder } if reminder == id => {
                        prop_assert!(!shown, "due while it is shown");
                        held = false;
                    }
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn whoever_tells_of_a_meeting_is_asked_at_most_once_for_each_end(
        rules in any_rules(),
        day in a_calm_day(),
    ) {
        let run = Run::new(&rules).day(&day)?;
        let mut asked = true;
        let mut on = false;
        for (_, story) in &run.told {
            match story {
                Story::InMeeting { .. } => {
                    on = true;
                    asked = false;
                }
                Story::MeetingEndsSoon { .. } => {
                    prop_assert!(on && !asked, "asked again");
                    asked = true;
                }
                Story::MeetingOver => {
                    prop_assert!(on, "over, and was not on");
                    on = false;
                }
                _ => {}
            }
        }
        prop_assert_eq!(on, run.state.status(&rules).meeting.is_some());
    }

    #[test]
    fn clocks_that_make_no_sense_do_no_harm(
        rules in any_rules(),
        day in vec((0_u32..500_000, 0_u32..500_000, -4_000_000_000_i64..8_000_000_000, any_event()), 1..20),
    ) {
        let mut state = State::new(&rules, 1, start());
        for (boot, awake, utc, event) in day {
            let now = Moment {
                boot: start().boot + secs(u64::from(boot)),
                awake: start().awake + secs(u64::from(awake)),
                utc: DateTime::from_timestamp(utc, 0).unwrap(),
                zone: start().zone,
            };
            (state, _) = state.step(&rules, event, now);
            prop_assert!(state.status(&rules).reminders.len() == rules.config().reminders.len());
        }
    }
}
