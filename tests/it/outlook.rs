//! When breaks would come on a day: the same as `simulate` prints, whatever the settings are.

use std::{fs, process::Command, time::Duration};

use chrono::{NaiveDate, NaiveTime};
use proptest::{collection::vec, option, prelude::*, sample::select};
use tempfile::TempDir;
use unhunch::{
    cli::simulate::{print, script},
    config_file::{self, Document},
    core::{
        config::{Config, DayOfWeek, HourRange, Hours, Open, Reminder, Schedule, What, When},
        day,
        outlook::{Forecast, MOST, Outlook},
        schedule::Rules,
        stretch::VariantName,
        time::Zone,
    },
    stretch_file,
};

fn secs(s: u64) -> Duration {
    Duration::from_secs(s)
}

fn zone(name: &str) -> Zone {
    Zone::Named(name.parse().unwrap())
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}

fn outlook_in(config: &Config, zone: Zone, day: &str) -> Outlook {
    let rules = Rules::new(config.clone(), &stretch_file::candidates(None)).unwrap();
    Outlook::of(&rules, zone, date(day))
}

/// Monday, 2 March 2026 in Berlin.
fn monday(config: &Config) -> Outlook {
    outlook_in(config, zone("Europe/Berlin"), "2026-03-02")
}

fn hours(days: &[(&str, &[(&str, &str)])]) -> Option<Hours> {
    let mut hours = Hours::default();
    for (day, ranges) in days {
        let ranges = ranges.iter().map(|(start, end)| HourRange {
            start: time(start),
            end: time(end),
        });
        let day = DayOfWeek::from_key(day).unwrap();
        hours.days.insert(day, ranges.collect());
    }
    Some(hours)
}

fn reminder(id: &str, when: When) -> Reminder {
    Reminder {
        id: id.to_owned(),
        when,
        ..Reminder::default()
    }
}

/// `10:00 upper-back+walk` for each break.
fn told(outlook: &Outlook) -> Vec<String> {
    let breaks = outlook.breaks.iter();
    breaks
        .map(|rest| {
            let mut all = vec![rest.reminder.clone()];
            all.extend(rest.absorbed.clone());
            format!("{} {}", rest.at.format("%H:%M"), all.join("+"))
        })
        .collect()
}

#[test]
fn without_hours_a_day_has_eight_hours_and_a_lunch() {
    let outlook = monday(&Config::default());
    assert!(!outlook.by_hours);
    let stints = outlook.work.iter();
    let stints: Vec<_> = stints
        .map(|stint| {
            format!(
                "{}-{}",
                stint.from.format("%H:%M"),
                stint.to.format("%H:%M")
            )
        })
        .collect();
    assert_eq!(stints, ["09:00-12:30", "13:15-17:45"]);
    let times: Vec<_> = told(&outlook);
    assert_eq!(
        times,
        [
            "10:00 upper-back",
            "11:01 upper-back",
            "12:02 upper-back",
            "14:15 upper-back",
            "15:16 upper-back",
            "16:17 upper-back",
            "17:18 upper-back",
        ]
    );
}

#[test]
fn what_is_due_together_is_one_break() {
    let config = Config {
        reminders: vec![
            reminder("upper-back", When::Every(secs(3600))),
            reminder("walk", When::At(vec![time("11:01"), time("15:30")])),
        ],
        hours: hours(&[("mon", &[("09:00", "12:00"), ("13:00", "16:00")])]),
        ..Config::default()
    };
    assert_eq!(
        told(&monday(&config)),
        [
            "10:00 upper-back",
            "11:01 upper-back+walk",
            "14:00 upper-back",
            "15:01 upper-back",
            "15:30 walk",
        ]
    );
}

#[test]
fn a_day_off_has_neither_work_nor_breaks() {
    let config = Config {
        hours: hours(&[("wed", &[("09:00", "12:00")])]),
        ..Config::default()
    };
    let off = monday(&config);
    assert!(off.by_hours && off.work.is_empty() && off.breaks.is_empty() && off.day.is_empty());
    let rules = Rules::new(config, &stretch_file::candidates(None)).unwrap();
    let week = Forecast::of(&rules, zone("Europe/Berlin"), date("2026-03-02"));
    let with_work: Vec<String> = (week.days.iter())
        .filter(|day| !day.work.is_empty())
        .map(|day| day.date.to_string())
        .collect();
    assert_eq!(week.days.len(), 7);
    assert_eq!(with_work, ["2026-03-04"]);
    let (shortest, longest) = week.lengths[&VariantName::Short];
    assert!(shortest <= longest && longest <= week.lengths[&VariantName::Long].1);
}

#[test]
fn a_night_shift_is_an_hour_shorter_or_longer_when_the_clock_changes() {
    let config = Config {
        hours: hours(&[("sat", &[("22:00", "06:00")])]),
        ..Config::default()
    };
    for (day, hours, breaks) in [
        ("2026-02-14", 8, 7),
        ("2026-03-28", 7, 6),
        ("2026-10-24", 9, 8),
    ] {
        let outlook = outlook_in(&config, zone("Europe/Berlin"), day);
        let [stint] = outlook.work[..] else {
            panic!("{:?}", outlook.work)
        };
        assert_eq!((stint.to - stint.from).num_hours(), hours, "{day}");
        assert_eq!(stint.to.format("%H:%M").to_string(), "06:00");
        assert_eq!(outlook.breaks.len(), breaks, "{day}: {:?}", told(&outlook));
    }
}

#[test]
fn a_friend_is_not_taken_for_absent() {
    // Keeping still for three minutes would be a break of its own.
    let config = Config {
        schedule: Schedule {
            lull: secs(180),
            lull_wait: secs(60),
            natural_break: secs(60),
            ..Schedule::default()
        },
        ..Config::default()
    };
    let breaks = told(&monday(&config));
    assert_eq!(breaks[0], "10:01 upper-back");
    assert!(breaks.len() >= 6, "{breaks:?}");
}

#[test]
fn of_a_day_with_a_break_every_few_seconds_only_so_many_are_worked_out() {
    let mut config = Config {
        reminders: vec![reminder("often", When::Every(secs(10)))],
        ..Config::default()
    };
    config.reminders[0].what = What::Message {
        text: "Again".to_owned(),
        length: secs(1),
    };
    config.schedule.settle_in = secs(0);
    let outlook = monday(&config);
    assert!(outlook.is_cut());
    assert_eq!(outlook.breaks.len(), MOST);
    assert_eq!(played(&outlook, &config), shown(&outlook));
}

#[test]
fn times_of_day_outside_of_the_hours_are_named() {
    let config = Config {
        hours: hours(&[("mon", &[("22:00", "06:00")])]),
        ..Config::default()
    };
    let times = ["03:00", "06:00", "21:59", "22:00"].map(time);
    let outside = monday(&config).outside(&times);
    assert_eq!(outside, ["06:00", "21:59"].map(time));
}

/// What the command prints for the text of an outlook, as breaks: when, which reminder, which
/// stretches, and what was absorbed.
fn printed<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<(String, String, String, Vec<String>)> {
    let mut breaks: Vec<(String, String, String, Vec<String>)> = Vec::new();
    let mut coming = None;
    for line in lines {
        let mut words = line.split_whitespace();
        let (at, event) = (words.next().unwrap(), words.next().unwrap_or_default());
        let value = |key: &str| {
            let mut words = line.split_whitespace();
            let found = words.find_map(|word| word.strip_prefix(key)?.strip_prefix('='));
            found.unwrap_or_default().to_owned()
        };
        match event {
            "announced" => {
                let (reminder, stretch) = (value("reminder"), value("stretch"));
                coming = Some((at.to_owned(), reminder, stretch, Vec::new()));
            }
            "started" => breaks.extend(coming.take()),
            "absorbed" => {
                let by = value("by");
                let led = coming.as_mut().or(breaks.last_mut());
                if let Some(led) = led.filter(|led| led.1 == by) {
                    led.3.push(value("reminder"));
                }
            }
            _ => {}
        }
    }
    breaks
}

/// The breaks of the text of an outlook, as `simulate` plays it with these settings.
fn played(outlook: &Outlook, config: &Config) -> Vec<(String, String, String, Vec<String>)> {
    let settings = Document::parse("", &config_file::print(config));
    let script = script("", &outlook.day, settings, &stretch_file::candidates(None));
    let mut lines = Vec::new();
    day::run(&script.unwrap(), 0, &mut |entry| {
        lines.push(print::text_line(&entry));
    });
    printed(lines.iter().map(String::as_str))
}

fn shown(outlook: &Outlook) -> Vec<(String, String, String, Vec<String>)> {
    let breaks = outlook.breaks.iter();
    breaks
        .map(|rest| {
            let ids: Vec<&str> = rest.stretches.iter().map(|id| id.0.as_str()).collect();
            let stretch = if ids.is_empty() {
                "-".to_owned()
            } else {
                ids.join("+")
            };
            (
                rest.at.format("%H:%M:%S").to_string(),
                rest.reminder.clone(),
                stretch,
                rest.absorbed.clone(),
            )
        })
        .collect()
}

fn any_time() -> impl Strategy<Value = NaiveTime> {
    (0_u32..24, select(vec![0_u32, 15, 30, 45, 59]))
        .prop_map(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0).unwrap())
}

fn any_reminder() -> impl Strategy<Value = Reminder> {
    let when = prop_oneof![
        4 => (120_u64..7200).prop_map(|every| When::Every(secs(every))),
        1 => vec(any_time(), 1..4).prop_map(|mut times| {
            times.sort();
            times.dedup();
            When::At(times)
        }),
    ];
    let variants = vec![VariantName::Short, VariantName::Standard, VariantName::Long];
    let what = prop_oneof![
        (select(variants), 1_u8..=5)
            .prop_map(|(variant, count)| What::Stretches { variant, count }),
        (1_u64..900).prop_map(|length| What::Message {
            text: "Look up".to_owned(),
            length: secs(length)
        }),
    ];
    let open = prop_oneof![
        (0_u64..60).prop_map(|delay| Open::After(secs(delay))),
        Just(Open::OnStart),
        Just(Open::AtOnce),
    ];
    let own = option::of((5_u64..900).prop_map(secs));
    (when, what, own, option::of(open)).prop_map(|(when, what, natural_break, open)| Reminder {
        id: String::new(),
        when,
        what,
        natural_break,
        open,
    })
}

fn any_hours() -> impl Strategy<Value = Hours> {
    vec((0_usize..7, any_time(), any_time()), 1..12).prop_map(|ranges| {
        let mut hours = Hours::default();
        for (day, start, end) in ranges {
            if start != end {
                let day = hours.days.entry(DayOfWeek::ALL[day]).or_default();
                day.push(HourRange { start, end });
            }
        }
        hours
    })
}

fn any_config() -> impl Strategy<Value = Config> {
    let spans = (
        (0_u64..300).prop_map(secs),
        (5_u64..900).prop_map(secs),
        select(vec![0_u64, 5, 10, 200]).prop_map(secs),
        (0_u64..400).prop_map(secs),
        (0_u64..100).prop_map(secs),
        (10_u64..200).prop_map(secs),
        (0_u64..1800).prop_map(secs),
        (0_u64..60).prop_map(secs),
    );
    let snooze = vec((10_u64..1200).prop_map(secs), 1..4);
    (
        vec(any_reminder(), 1..5),
        option::weighted(0.7, any_hours()),
        spans,
        snooze,
        0_u32..4,
        any::<bool>(),
    )
        .prop_map(|(mut reminders, hours, spans, snooze, max_snoozes, hold)| {
            for (number, reminder) in reminders.iter_mut().enumerate() {
                reminder.id = format!("r{number}");
            }
            let (grace, rest, lull, lull_wait, settle, answer_within, late, settle_in) = spans;
            let mut config = Config {
                schedule: Schedule {
                    idle_grace: grace,
                    natural_break: rest,
                    lull,
                    lull_wait,
                    settle,
                    answer_within,
                    late,
                    settle_in,
                    snooze,
                    max_snoozes,
                    ..Schedule::default()
                },
                hours: hours.filter(|hours| !hours.days.is_empty()),
                reminders,
                ..Config::default()
            };
            config.hold.hours = hold;
            // As it is read from a file.
            Document::parse("", &config_file::print(&config))
                .config(&[])
                .0
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_strip_shows_what_simulate_prints(
        config in any_config(),
        zone in select(vec!["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
        day in select(vec![
            "2026-03-02", "2026-03-07", "2026-03-08", "2026-03-28", "2026-03-29", "2026-04-04",
            "2026-04-05", "2026-10-03", "2026-10-04", "2026-10-24", "2026-10-25", "2026-11-01",
        ]),
    ) {
        let zone = Zone::Named(zone.parse().unwrap());
        let outlook = outlook_in(&config, zone, day);
        prop_assert_eq!(outlook.day.is_empty(), outlook.work.is_empty());
        if !outlook.day.is_empty() {
            prop_assert_eq!(played(&outlook, &config), shown(&outlook), "{}", outlook.day);
        }
    }
}

#[test]
fn the_command_itself_prints_the_breaks_of_the_strip() {
    let config = Config {
        reminders: vec![
            reminder("upper-back", When::Every(secs(3600))),
            Reminder {
                what: What::Message {
                    text: "Look at something far away".to_owned(),
                    length: secs(20),
                },
                natural_break: Some(secs(60)),
                ..reminder("eyes", When::Every(secs(1200)))
            },
            reminder("walk", When::At(vec![time("11:00"), time("15:30")])),
        ],
        hours: hours(&[
            ("sat", &[("22:00", "06:00")]),
            ("sun", &[("12:00", "13:00")]),
        ]),
        ..Config::default()
    };
    let outlook = outlook_in(&config, zone("Europe/Berlin"), "2026-10-24");
    let folder = TempDir::new().unwrap();
    let (day, settings) = (folder.path().join("a.day"), folder.path().join("c.toml"));
    fs::write(&day, &outlook.day).unwrap();
    fs::write(&settings, config_file::print(&config)).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_unhunch"))
        .arg("simulate")
        .arg("--config")
        .args([&settings, &day])
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let out = String::from_utf8(run.stdout).unwrap();
    assert!(outlook.breaks.len() > 20, "{:?}", told(&outlook));
    assert_eq!(printed(out.lines()), shown(&outlook), "{out}");
}
