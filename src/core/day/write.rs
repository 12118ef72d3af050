//! From what happens to the lines of a day: the way back of `parse`, for days that the program
//! writes itself.

use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};

use super::{Action, Before};
use crate::core::{
    schedule::{
        Hold, MeetingNews, Notifier, PauseUntil, SavedBag, SavedBreak, SavedPause, Sensor,
        WindowNews, event::Answer,
    },
    span,
    stretch::StretchId,
    time::Zone,
};

/// The first line: when and where. Parts of a second smaller than a thousandth are dropped.
#[must_use]
pub fn start(at: DateTime<Utc>, in_zone: Zone) -> String {
    let local = in_zone.local(at).naive_local();
    let form = "%Y-%m-%dT%H:%M:%S%.3f";
    if in_zone.instants(local).first() == at {
        return format!("start {} {}", local.format(form), zone(in_zone));
    }
    // The clock shows this time twice, and the second time is meant.
    let utc = at.naive_utc();
    format!("start {} UTC\nzone {}", utc.format(form), zone(in_zone))
}

/// The line that does this.
#[must_use]
pub fn line(action: &Action) -> String {
    match action {
        Action::Active(length) => format!("active {}", exact(*length)),
        Action::Idle(length) => format!("idle {}", exact(*length)),
        Action::Asleep(length) => format!("asleep {}", exact(*length)),
        Action::Off(length) => format!("off {}", exact(*length)),
        Action::Lock(true) => "lock".to_owned(),
        Action::Lock(false) => "unlock".to_owned(),
        Action::Hold(hold, on) => held(hold, *on),
        Action::IdleSource(on) => format!("idle-source {}", on_off(*on)),
        Action::Film(on) => format!("film {}", on_off(*on)),
        Action::Notifier(notifier) => format!("notifier {}", able(*notifier)),
        Action::Answer(answer) => format!("answer {}", answered(*answer)),
        Action::AnswerTo(prompt, answer) => format!("answer {} to {prompt}", answered(*answer)),
        Action::StretchDone => "stretch done".to_owned(),
        Action::StretchClose => "stretch close".to_owned(),
        Action::StretchOther => "stretch other".to_owned(),
        Action::Now { reminder, stretch } => now(reminder.as_deref(), stretch.as_ref()),
        Action::Pause(until) => pause(*until),
        Action::Resume => "resume".to_owned(),
        Action::Meeting(news) => meeting(*news),
        Action::Set { key, value } => format!("set {key} = {value}"),
        Action::Clock { forward, by } => {
            format!("clock {}{}", if *forward { '+' } else { '-' }, exact(*by))
        }
        Action::Zone(to) => format!("zone {}", zone(*to)),
        Action::Probe => "probe".to_owned(),
        Action::Recorded => "recorded".to_owned(),
        Action::Defaults => "defaults".to_owned(),
        Action::Reload => "reload".to_owned(),
        Action::Seed(seed) => format!("seed {seed}"),
        Action::Before(what) => format!("before {}", before(what)),
        Action::Run => "run".to_owned(),
        Action::Quit => "quit".to_owned(),
        Action::Sensed => "sensed".to_owned(),
        Action::Input(sensor) => format!("input {}", input(*sensor)),
        Action::Window(prompt, news) => format!("window {prompt} {}", window(news)),
    }
}

/// A length to the thousandth of a second, in one word.
fn exact(length: Duration) -> String {
    let whole = span::format(length).replace(' ', "");
    match (length.as_secs(), length.subsec_millis()) {
        (_, 0) => whole,
        (0, millis) => format!("{millis}ms"),
        (_, millis) => format!("{whole}{millis}ms"),
    }
}

fn on_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

fn zone(zone: Zone) -> String {
    match zone {
        Zone::Named(named) => named.name().to_owned(),
        Zone::Fixed(offset) => offset.to_string(),
    }
}

fn held(hold: &Hold, on: bool) -> String {
    let on = on_off(on);
    match hold {
        Hold::Quiet => format!("quiet {on}"),
        Hold::Meeting => format!("meeting {on}"),
        Hold::Fullscreen => format!("fullscreen {on}"),
        Hold::App(name) => format!("app \"{name}\" {on}"),
    }
}

fn able(notifier: Notifier) -> &'static str {
    match notifier {
        Notifier::Ok => "ok",
        Notifier::NoButtons => "no-buttons",
        Notifier::Gone => "gone",
    }
}

fn answered(answer: Answer) -> String {
    match answer {
        Answer::Start => "start".to_owned(),
        Answer::Snooze(None) => "snooze".to_owned(),
        Answer::Snooze(Some(length)) => format!("snooze {}", exact(length)),
        Answer::Skip => "skip".to_owned(),
    }
}

fn now(reminder: Option<&str>, stretch: Option<&StretchId>) -> String {
    let reminder = reminder.map(|id| format!(" {id}")).unwrap_or_default();
    let stretch = stretch.map(|id| format!(" with {id}")).unwrap_or_default();
    format!("now{reminder}{stretch}")
}

fn pause(until: PauseUntil) -> String {
    match until {
        PauseUntil::Resumed => "pause".to_owned(),
        PauseUntil::For(length) => format!("pause {}", exact(length)),
        PauseUntil::Time(time) => format!("pause until {}", time.format("%H:%M")),
    }
}

fn meeting(news: MeetingNews) -> String {
    match news {
        MeetingNews::On(None) => "in-meeting".to_owned(),
        MeetingNews::On(Some(length)) => format!("in-meeting {}", exact(length)),
        MeetingNews::Over => "in-meeting off".to_owned(),
        MeetingNews::GoesOn => "in-meeting more".to_owned(),
        MeetingNews::Answer { question, goes_on } => {
            let answer = if goes_on { "more" } else { "off" };
            format!("in-meeting {answer} to {question}")
        }
    }
}

fn input(sensor: Sensor) -> String {
    match sensor {
        Sensor::Unknown => "unknown".to_owned(),
        Sensor::Active => "active".to_owned(),
        Sensor::IdleFor(length) => format!("idle {}", exact(length)),
        Sensor::KeptAwake { on, ago } => format!("film-{} {}", on_off(on), exact(ago)),
    }
}

fn window(news: &WindowNews) -> String {
    match news {
        WindowNews::Countdown(on) => format!("countdown {}", on_off(*on)),
        WindowNews::Answered { answer, stretched } => {
            format!("{} after {}", answered(*answer), exact(*stretched))
        }
        WindowNews::OtherStretch { place } => format!("other {place}"),
        WindowNews::NotForMe { stretch, place } => format!("not-for-me {place} {stretch}"),
        WindowNews::PutBack { stretch, place } => format!("put-back {place} {stretch}"),
        WindowNews::Done { stretched } => format!("done {}", exact(*stretched)),
        WindowNews::Closed { stretched: None } => "closed".to_owned(),
        WindowNews::Closed {
            stretched: Some(stretched),
        } => format!("closed {}", exact(*stretched)),
    }
}

fn before(what: &Before) -> String {
    match what {
        Before::At(at) => format!("at {}", instant(*at)),
        Before::Off(off) => format!("off {}", exact(*off)),
        Before::Idle(idle) => format!("idle {}", exact(*idle)),
        Before::Watched => "watched".to_owned(),
        Before::HoursBegun(begun) => format!("hours-begun {}", begun.format("%Y-%m-%dT%H:%M:%S")),
        Before::InsideHours(inside) => format!("inside-hours {}", on_off(*inside)),
        Before::Prompt(next) => format!("prompt {next}"),
        Before::Pause(SavedPause::Resumed) => "pause".to_owned(),
        Before::Pause(SavedPause::For(left)) => format!("pause left={}", exact(*left)),
        Before::Pause(SavedPause::Time { time, at }) => {
            format!(
                "pause until={} at={}",
                time.format("%H:%M:%S"),
                instant(*at)
            )
        }
        Before::Meeting(meeting) => {
            format!(
                "meeting left={} ask-in={}",
                exact(meeting.left),
                exact(meeting.ask_in)
            )
        }
        Before::Bag(bag) => bag_line(bag),
        Before::Work(id, work) => format!("work {id} {}", exact(*work)),
        Before::Fired(id, at) => format!("fired {id} {}", at.format("%Y-%m-%dT%H:%M:%S%.f")),
        Before::Due(id, due) => due_line(id, due),
    }
}

fn bag_line(bag: &SavedBag) -> String {
    let last = bag.last.as_ref().map(|id| format!(" last={id}"));
    format!(
        "bag random={}{}{}{}",
        bag.random,
        names(" used", &bag.used),
        names(" resting", &bag.resting),
        last.unwrap_or_default()
    )
}

fn due_line(id: &str, due: &SavedBreak) -> String {
    let SavedBreak {
        due,
        announced,
        anchor,
        stretches,
        snoozes,
        snooze_left,
        absorbed_by,
    } = due;
    let mut line = format!("due {id} since={} snoozes={snoozes}", instant(*due));
    for (key, value) in [
        ("announced", announced.map(instant)),
        ("anchor", anchor.map(instant)),
        ("snooze-left", snooze_left.map(exact)),
        ("absorbed-by", absorbed_by.clone()),
    ] {
        if let Some(value) = value {
            line += &format!(" {key}={value}");
        }
    }
    line + &names(" stretches", stretches)
}

fn names(key: &str, ids: &[StretchId]) -> String {
    if ids.is_empty() {
        return String::new();
    }
    let ids: Vec<&str> = ids.iter().map(|id| id.0.as_str()).collect();
    format!("{key}={}", ids.join(","))
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

#[cfg(test)]
mod tests {
    use chrono::Timelike as _;
    use proptest::prelude::*;

    use super::*;
    use crate::core::{day::Day, schedule::SavedMeeting};

    fn read(line: &str) -> Action {
        let day = Day::parse(&format!("start 2026-03-02T09:00 UTC\n{line}\n"));
        let mut day = day.unwrap_or_else(|complaints| panic!("{line}: {complaints:?}"));
        assert_eq!(day.steps.len(), 1, "{line}");
        day.steps.remove(0).action
    }

    fn any_action() -> impl Strategy<Value = Action> {
        let span = || (0_u64..100_000_000).prop_map(Duration::from_millis);
        let id = || "[a-z_]{1,8}".prop_map(StretchId);
        let answer = || {
            prop_oneof![
                Just(Answer::Start),
                Just(Answer::Skip),
                Just(Answer::Snooze(None)),
                span().prop_map(|length| Answer::Snooze(Some(length))),
            ]
        };
        let at = || {
            (0_i64..4_000_000_000_000).prop_map(|ms| DateTime::from_timestamp_millis(ms).unwrap())
        };
        let news = prop_oneof![
            any::<bool>().prop_map(WindowNews::Countdown),
            (answer(), span())
                .prop_map(|(answer, stretched)| WindowNews::Answered { answer, stretched }),
            (0_usize..5).prop_map(|place| WindowNews::OtherStretch { place }),
            (id(), 0_usize..5).prop_map(|(stretch, place)| WindowNews::NotForMe { stretch, place }),
            (id(), 0_usize..5).prop_map(|(stretch, place)| WindowNews::PutBack { stretch, place }),
            span().prop_map(|stretched| WindowNews::Done { stretched }),
            proptest::option::of(span()).prop_map(|stretched| WindowNews::Closed { stretched }),
        ];
        let due = (
            at(),
            proptest::option::of(at()),
            proptest::option::of(at()),
            proptest::collection::vec(id(), 0..3),
            0_u32..9,
            proptest::option::of(span()),
            proptest::option::of("[a-z]{1,5}"),
        )
            .prop_map(
                |(due, announced, anchor, stretches, snoozes, snooze_left, absorbed_by)| {
                    SavedBreak {
                        due,
                        announced,
                        anchor,
                        stretches,
                        snoozes,
                        snooze_left,
                        absorbed_by,
                    }
                },
            );
        let bag = (
            any::<u64>(),
            proptest::collection::vec(id(), 0..3),
            proptest::collection::vec(id(), 0..3),
            proptest::option::of(id()),
        )
            .prop_map(|(random, used, resting, last)| SavedBag {
                random,
                used,
                resting,
                last,
            });
        prop_oneof![
            span().prop_map(Action::Active),
            span().prop_map(Action::Off),
            (any::<bool>(), span()).prop_map(|(forward, by)| Action::Clock { forward, by }),
            (any::<u64>(), answer()).prop_map(|(prompt, answer)| Action::AnswerTo(prompt, answer)),
            answer().prop_map(Action::Answer),
            (
                proptest::option::of("[a-v][a-z0-9-]{0,5}"),
                proptest::option::of(id())
            )
                .prop_map(|(reminder, stretch)| Action::Now { reminder, stretch }),
            any::<bool>().prop_map(|on| Action::Hold(Hold::App("Some program".to_owned()), on)),
            (any::<u64>(), any::<bool>()).prop_map(|(question, goes_on)| Action::Meeting(
                MeetingNews::Answer { question, goes_on }
            )),
            (any::<bool>(), span())
                .prop_map(|(on, ago)| Action::Input(Sensor::KeptAwake { on, ago })),
            span().prop_map(|idle| Action::Input(Sensor::IdleFor(idle))),
            Just(Action::Input(Sensor::Active)),
            Just(Action::Input(Sensor::Unknown)),
            (any::<u64>(), news).prop_map(|(prompt, news)| Action::Window(prompt, news)),
            any::<u64>().prop_map(Action::Seed),
            at().prop_map(|at| Action::Before(Before::At(at))),
            span().prop_map(|left| Action::Before(Before::Pause(SavedPause::For(left)))),
            at().prop_map(|at| Action::Before(Before::Pause(SavedPause::Time {
                time: at.time().with_nanosecond(0).unwrap(),
                at
            }))),
            Just(Action::Before(Before::Pause(SavedPause::Resumed))),
            (span(), span()).prop_map(|(left, ask_in)| Action::Before(Before::Meeting(
                SavedMeeting { left, ask_in }
            ))),
            bag.prop_map(|bag| Action::Before(Before::Bag(bag))),
            ("[a-z]{1,5}", span()).prop_map(|(id, work)| Action::Before(Before::Work(id, work))),
            ("[a-z]{1,5}", due).prop_map(|(id, due)| Action::Before(Before::Due(id, due))),
            ("[a-z]{1,5}", at())
                .prop_map(|(id, at)| Action::Before(Before::Fired(id, at.naive_utc()))),
            any::<bool>().prop_map(|inside| Action::Before(Before::InsideHours(inside))),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_it_was_meant(action in any_action()) {
            prop_assert_eq!(read(&line(&action)), action);
        }
    }

    #[test]
    fn a_day_may_start_when_the_clock_shows_a_time_for_the_second_time() {
        let berlin = Zone::Named(chrono_tz::Europe::Berlin);
        for at in ["2026-10-25T00:30:00.125Z", "2026-10-25T01:30:00.125Z"] {
            let at: DateTime<Utc> = at.parse().unwrap();
            let day = Day::parse(&start(at, berlin)).unwrap();
            assert_eq!(day.ends(), (at, berlin));
        }
        let fixed = Zone::Fixed(chrono::FixedOffset::east_opt(5 * 3600 + 1800).unwrap());
        let at: DateTime<Utc> = "2026-10-25T00:30:00Z".parse().unwrap();
        assert_eq!(Day::parse(&start(at, fixed)).unwrap().ends(), (at, fixed));
    }
}
