//! What the icon says: picture, words and menu, worked out from the status.
//!
//! Times are said roughly, in steps of five minutes and of one near the end, so that the words
//! change rarely; [`changes_in`] knows when.

use std::time::Duration;

use crate::{
    core::{
        config::When,
        schedule::{Condition, InputStatus, ReminderStatus, Rules, Status},
    },
    desktop::tray::{
        Face, Pause, Wish,
        icon::{Panel, STEPS, Sign},
        menu::{Entry, Kind},
    },
    text::{text, text_with},
    window::list::Window,
};

const MINUTE: Duration = Duration::from_secs(60);

/// Above this, times are said in steps of five minutes.
const ROUGHLY: Duration = Duration::from_secs(600);

/// The ring of what comes by the clock is whole this long before.
const BY_THE_CLOCK: Duration = Duration::from_secs(3600);

/// The picture.
pub fn sign(status: &Status, rules: &Rules) -> Sign {
    match status.state {
        Condition::OnBreak => Sign::OnBreak,
        Condition::Announced => Sign::Announced,
        Condition::Paused => Sign::Paused,
        Condition::Held => Sign::Held,
        Condition::Working => match next(status) {
            Some(next) => {
                let part = part(next.due_in, whole(next, rules));
                Sign::Counting {
                    left: u8::try_from(part).unwrap_or(STEPS).min(STEPS),
                }
            }
            None => Sign::Resting,
        },
    }
}

/// Everything that is shown. `snooze`: what snoozing the announced break would mean.
pub fn face(
    status: &Status,
    rules: &Rules,
    snooze: Option<Duration>,
    (sign, panel): (Sign, Panel),
) -> Face {
    let words = words(status);
    Face {
        sign,
        panel,
        menu: menu(status, rules, snooze, &words),
        words,
    }
}

/// How much more has to be worked until picture or words are others; `None` when that is not a
/// matter of time.
pub fn changes_in(status: &Status, rules: &Rules) -> Option<Duration> {
    let counts = match status.input {
        InputStatus::Active | InputStatus::Unknown => status.state == Condition::Working,
        InputStatus::Idle(_) => false,
    };
    let next = next(status).filter(|next| counts && next.due_in > Duration::ZERO)?;
    let due = next.due_in;
    let step = if due > ROUGHLY { 5 * MINUTE } else { MINUTE };
    // At a full step, the words are those of the step; just below, those of the next one.
    let words = over(due, step);
    let ring = whole(next, rules) / u32::from(STEPS);
    let ring = if due > ring * u32::from(STEPS) {
        // Still whole.
        due.saturating_sub(ring * u32::from(STEPS - 1))
    } else {
        over(due, ring)
    };
    Some(words.min(ring))
}

/// How much time is above the next lower multiple of a step.
fn over(due: Duration, step: Duration) -> Duration {
    let steps = part(due, step * u32::from(STEPS)).saturating_sub(1);
    let lower = step.saturating_mul(steps);
    // Into the step below, not onto its edge.
    due.saturating_sub(lower) + Duration::from_millis(1)
}

/// How many of [`STEPS`] parts of the whole this is, rounded up.
fn part(due: Duration, whole: Duration) -> u32 {
    let step = whole.as_millis() / u128::from(STEPS);
    let parts = due.as_millis().div_ceil(step.max(1));
    u32::try_from(parts).unwrap_or(u32::MAX)
}

/// The reminder that comes next, if one does and now is a time for it.
fn next(status: &Status) -> Option<&ReminderStatus> {
    let coming = status.reminders.iter().filter(|_| status.inside_hours);
    coming
        .min_by_key(|reminder| reminder.due_in)
        .filter(|next| next.due_in < Duration::MAX)
}

/// How long it was until the reminder came when it began anew.
fn whole(next: &ReminderStatus, rules: &Rules) -> Duration {
    let config = rules.config();
    if next.due {
        let snoozes = &config.schedule.snooze;
        let used = usize::try_from(next.snoozes.saturating_sub(1)).unwrap_or(usize::MAX);
        let length = snoozes.get(used).or(snoozes.last()).copied();
        return length.unwrap_or(5 * MINUTE).max(next.due_in);
    }
    let reminder = config.reminders.iter().find(|known| known.id == next.id);
    match reminder.map(|reminder| &reminder.when) {
        Some(When::Every(every)) => *every,
        Some(When::At(_)) | None => BY_THE_CLOCK,
    }
}

/// What the program is up to.
fn words(status: &Status) -> String {
    match status.state {
        Condition::OnBreak => text("tray-on-break"),
        Condition::Announced => text("tray-announced"),
        Condition::Paused => match status.pause.and_then(|pause| pause.until) {
            Some(until) => {
                let until = until.format("%H:%M").to_string();
                text_with("tray-paused-until", &[("until", until.into())])
            }
            None => text("tray-paused"),
        },
        Condition::Held => {
            let reasons = status.reasons.iter().map(|reason| {
                let id = format!("reason-{}", reason.word());
                text(&id)
            });
            let reasons = reasons.collect::<Vec<_>>().join(", ");
            text_with("tray-held", &[("reasons", reasons.into())])
        }
        Condition::Working => working(status),
    }
}

fn working(status: &Status) -> String {
    if !status.inside_hours {
        return text("tray-outside-hours");
    }
    match next(status) {
        None => text("tray-nothing"),
        Some(next) if next.due_in.is_zero() => text("tray-waits-for-lull"),
        Some(next) => {
            let id = if next.due {
                "tray-snoozed"
            } else {
                "tray-next"
            };
            text_with(id, &[("time", roughly(next.due_in).into())])
        }
    }
}

/// A time in whole minutes, rounded up; above ten in steps of five.
fn roughly(time: Duration) -> String {
    let step: u32 = if time > ROUGHLY { 5 } else { 1 };
    let steps = time.as_millis().div_ceil((step * MINUTE).as_millis());
    let minutes = u32::try_from(steps)
        .unwrap_or(u32::MAX)
        .saturating_mul(step);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => text_with("tray-minutes", &[("minutes", minutes.into())]),
        (hours, 0) => text_with("tray-hours", &[("hours", hours.into())]),
        (hours, minutes) => text_with(
            "tray-hours-minutes",
            &[("hours", hours.into()), ("minutes", minutes.into())],
        ),
    }
}

fn menu(status: &Status, rules: &Rules, snooze: Option<Duration>, words: &str) -> Vec<Entry> {
    let mut menu = vec![
        entry(words.to_owned(), Kind::Label("status")),
        line("first"),
    ];
    if status.state == Condition::Announced {
        if let Some(length) = snooze {
            let label = text_with("tray-snooze", &[("time", roughly(length).into())]);
            menu.push(choice(label, Wish::Snooze));
        }
        menu.push(choice(text("tray-skip"), Wish::Skip));
        menu.push(line("answers"));
    }
    if status.state != Condition::OnBreak {
        let stretches = stretches(rules);
        menu.push(entry(text("tray-now"), Kind::More("now", stretches)));
    }
    if status.pause.is_some() {
        menu.push(choice(text("tray-resume"), Wish::Resume));
    } else {
        let label = text("tray-pause");
        menu.push(entry(label, Kind::More("pause", pauses())));
    }
    if rules.config().hold.meeting {
        menu.push(meeting(status.meeting.is_some()));
    }
    menu.push(line("windows"));
    for window in Window::OFFERED {
        menu.push(choice(text(window.text_id()), Wish::Open(window)));
    }
    menu.push(line("last"));
    menu.push(choice(text("tray-quit"), Wish::Quit));
    menu
}

fn meeting(on: bool) -> Entry {
    let wish = Wish::Meeting(!on);
    let name = "meeting";
    entry(text("tray-meeting"), Kind::Switch { wish, name, on })
}

/// The next one in turn, and every one that is in the user's choice, by name.
fn stretches(rules: &Rules) -> Vec<Entry> {
    let mut named: Vec<(&str, Wish)> = (rules.stretches().iter())
        .map(|known| {
            let id = &known.facts.id;
            let name = known
                .facts
                .names
                .first()
                .map_or(id.as_str(), String::as_str);
            (name, Wish::Now(Some(id.clone())))
        })
        .collect();
    named.sort_by_key(|(name, _)| name.to_lowercase());
    let next = [choice(text("tray-now-next"), Wish::Now(None)), line("now")];
    let named = (named.into_iter()).map(|(name, wish)| choice(name.to_owned(), wish));
    next.into_iter().chain(named).collect()
}

fn pauses() -> Vec<Entry> {
    let minutes = [30, 60, 120].map(|minutes| {
        let label = roughly(MINUTE * u32::from(minutes));
        choice(label, Wish::Pause(Pause::Minutes(minutes)))
    });
    let others = [
        choice(text("tray-pause-tomorrow"), Wish::Pause(Pause::Tomorrow)),
        choice(text("tray-pause-resumed"), Wish::Pause(Pause::Resumed)),
    ];
    minutes.into_iter().chain(others).collect()
}

fn entry(label: String, kind: Kind) -> Entry {
    Entry { label, kind }
}

fn choice(label: String, wish: Wish) -> Entry {
    entry(label, Kind::Choice(wish))
}

fn line(name: &'static str) -> Entry {
    entry(String::new(), Kind::Line(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        core::{
            config::{Config, Reminder},
            schedule::{Event, PauseUntil, State, effect::Reason},
        },
        desktop::clock,
        stretch_file,
    };

    fn rules() -> Rules {
        Rules::new(Config::default(), &stretch_file::candidates(None)).unwrap()
    }

    /// The status after so much of the hour to the next break.
    fn after(work: Duration) -> (Status, Rules) {
        let rules = rules();
        let mut status = State::new(&rules, 1, clock::now()).status(&rules);
        status.reminders[0].work = work;
        status.reminders[0].due_in = 60 * MINUTE - work;
        (status, rules)
    }

    fn left(work: Duration) -> u8 {
        let (status, rules) = after(work);
        match sign(&status, &rules) {
            Sign::Counting { left } => left,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_ring_is_whole_at_first_and_gone_when_the_break_is_due() {
        assert_eq!(left(Duration::ZERO), STEPS);
        assert_eq!(left(30 * MINUTE), STEPS / 2);
        assert_eq!(left(59 * MINUTE), 1);
        assert_eq!(left(60 * MINUTE), 0);
    }

    #[test]
    fn picture_and_words_change_when_it_is_said_and_not_before() {
        let mut work = Duration::ZERO;
        let mut changes = 0;
        loop {
            let (status, rules) = after(work);
            let now = (sign(&status, &rules), words(&status));
            let Some(wait) = changes_in(&status, &rules) else {
                break;
            };
            let (before, _) = after(work + wait - Duration::from_millis(2));
            assert_eq!((sign(&before, &rules), words(&before)), now, "{work:?}");
            work = (work + wait).min(60 * MINUTE);
            let (then, _) = after(work);
            assert_ne!((sign(&then, &rules), words(&then)), now, "{work:?}");
            changes += 1;
        }
        assert_eq!(work, 60 * MINUTE);
        assert!((24..=45).contains(&changes), "{changes} in an hour");
    }

    #[test]
    fn times_are_said_roughly() {
        for (minutes, said) in [
            (60, "Next break in 1 h of work"),
            (59, "Next break in 1 h of work"),
            (52, "Next break in 55 min of work"),
            (21, "Next break in 25 min of work"),
            (11, "Next break in 15 min of work"),
            (10, "Next break in 10 min of work"),
            (9, "Next break in 9 min of work"),
            (1, "Next break in 1 min of work"),
            (0, "A break is due and waits for a moment without typing"),
        ] {
            let (status, _) = after((60 - minutes) * MINUTE);
            assert_eq!(words(&status), said, "{minutes}");
        }
        assert_eq!(roughly(95 * MINUTE), "1 h 35 min");
    }

    #[test]
    fn nothing_changes_while_nobody_works() {
        let (mut status, rules) = after(20 * MINUTE);
        assert!(changes_in(&status, &rules).is_some());
        status.input = InputStatus::Idle(5 * MINUTE);
        assert_eq!(changes_in(&status, &rules), None);
        let (mut status, rules) = after(20 * MINUTE);
        status.inside_hours = false;
        assert_eq!(changes_in(&status, &rules), None);
        assert_eq!(sign(&status, &rules), Sign::Resting);
        assert_eq!(words(&status), "It is outside your working hours");
    }

    #[test]
    fn a_held_break_says_why_and_a_pause_until_when() {
        let (mut status, rules) = after(60 * MINUTE);
        status.state = Condition::Held;
        status.reasons = vec![Reason::Meeting, Reason::Quiet];
        assert_eq!(sign(&status, &rules), Sign::Held);
        assert_eq!(
            words(&status),
            "A break waits: you are in a call, do-not-disturb is on"
        );

        let now = clock::now();
        let (state, _) = State::new(&rules, 1, now).step(
            &rules,
            Event::Pause(PauseUntil::For(30 * MINUTE)),
            now,
        );
        let status = state.status(&rules);
        let until = now.zone.local(now.utc + 30 * MINUTE).format("%H:%M");
        assert_eq!(words(&status), format!("Paused until {until}"));
        assert_eq!(sign(&status, &rules), Sign::Paused);
    }

    fn labels(menu: &[Entry]) -> Vec<&str> {
        menu.iter().map(|entry| entry.label.as_str()).collect()
    }

    #[test]
    fn the_menu_offers_what_can_be_done_now() {
        let (mut status, rules) = after(20 * MINUTE);
        let usual = menu(&status, &rules, None, "Next break");
        assert_eq!(
            labels(&usual),
            [
                "Next break",
                "",
                "Stretch now",
                "Pause",
                "In a meeting",
                "",
                "Stretches",
                "Settings",
                "History",
                "",
                "Quit"
            ]
        );
        status.state = Condition::Announced;
        let announced = menu(&status, &rules, Some(5 * MINUTE), "");
        assert_eq!(labels(&announced)[2..4], ["Snooze 5 min", "Skip"]);
        let last = menu(&status, &rules, None, "");
        assert_eq!(labels(&last)[2], "Skip", "no snooze is left");
        status.state = Condition::OnBreak;
        assert!(!labels(&menu(&status, &rules, None, "")).contains(&"Stretch now"));
    }

    #[test]
    fn one_can_choose_the_stretch_by_name() {
        let (status, rules) = after(20 * MINUTE);
        let menu = menu(&status, &rules, None, "");
        let now = menu[2].children();
        assert_eq!(labels(now)[0], "The next one in turn");
        let names = &labels(now)[2..];
        assert_eq!(names.len(), rules.stretches().len());
        assert!(names.is_sorted());
        assert_eq!(labels(menu[3].children())[0], "30 min");
    }

    #[test]
    fn what_comes_by_the_clock_has_a_ring_for_its_last_hour() {
        let mut config = Config::default();
        config.reminders[0] = Reminder {
            when: When::At(vec![chrono::NaiveTime::MIN]),
            ..Reminder::default()
        };
        let rules = Rules::new(config, &stretch_file::candidates(None)).unwrap();
        let mut status = State::new(&rules, 1, clock::now()).status(&rules);
        status.reminders[0].due_in = 5 * 60 * MINUTE;
        assert_eq!(sign(&status, &rules), Sign::Counting { left: STEPS });
        status.reminders[0].due_in = 30 * MINUTE;
        assert_eq!(sign(&status, &rules), Sign::Counting { left: STEPS / 2 });
    }
}
