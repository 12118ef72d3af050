//! A stretch that makes way for another one while its break is on the screen, as the schedule sees
//! it: what the window is told to show, what the history says, and what comes next.

use std::time::Duration;

use chrono::DateTime;
use unhunch::{
    core::{
        config::{Choice, Config, Rotation, What},
        schedule::{Effect, Event, Rules, State, WindowNews, WindowOrder},
        stretch::{StretchId, session::BETWEEN},
        time::{Moment, Zone},
    },
    stretch_file,
};

const THREE: [&str; 3] = ["shoulder_roll", "chin_tuck", "eagle_arms"];

/// A program in whose only break something is exchanged.
struct Desk {
    state: State,
    rules: Rules,
    now: Moment,
    /// How long the first break takes, as the window is told.
    length: Duration,
}

const NOW: Event = Event::Now {
    reminder: None,
    stretch: None,
};

impl Desk {
    /// A break of this many stretches has just begun.
    fn on_break(rotation: &[&str], count: u8) -> (Self, Vec<String>) {
        let now = Moment {
            boot: Duration::from_secs(9000),
            awake: Duration::from_secs(9000),
            utc: DateTime::from_timestamp(1_772_440_000, 0).unwrap(),
            zone: Zone::Named(chrono_tz::UTC),
        };
        let rules = rules(rotation, count);
        let mut desk = Self {
            state: State::new(&rules, 4, now),
            rules,
            now,
            length: Duration::ZERO,
        };
        for effect in desk.happens(NOW) {
            if let Effect::Window(WindowOrder::Open { prompt, .. }) = effect {
                desk.length = prompt.length;
            }
        }
        let shown = desk.current();
        (desk, shown)
    }

    /// The stretches of the break that is on the screen.
    fn current(&self) -> Vec<String> {
        names(&self.state.status(&self.rules).current.unwrap().stretches)
    }

    fn happens(&mut self, event: Event) -> Vec<Effect> {
        let (state, effects) = self.state.clone().step(&self.rules, event, self.now);
        self.state = state;
        effects
    }

    /// Other stretches rotate from now on.
    fn rotates(&mut self, rotation: &[&str], count: u8) {
        self.rules = rules(rotation, count);
        self.happens(Event::RulesChanged);
    }

    /// What the window shows after this.
    fn shows(&mut self, news: WindowNews) -> Option<Vec<String>> {
        let effects = self.happens(Event::Window { prompt: 1, news });
        effects.iter().find_map(|effect| match effect {
            Effect::Window(WindowOrder::Show { stretches, .. }) => Some(names(stretches)),
            _ => None,
        })
    }
}

fn rules(rotation: &[&str], count: u8) -> Rules {
    let names = rotation.iter().map(|name| id(name)).collect();
    let mut config = Config {
        rotation: Rotation::from(Choice::Named(names)),
        ..Config::default()
    };
    if let What::Stretches { count: of, .. } = &mut config.reminders[0].what {
        *of = count;
    }
    Rules::new(config, &stretch_file::candidates(None)).unwrap()
}

/// The last second of the break with this number.
fn done(prompt: u64) -> Event {
    let stretched = Duration::from_secs(50);
    let news = WindowNews::Done { stretched };
    Event::Window { prompt, news }
}

fn id(name: &str) -> StretchId {
    StretchId(name.to_owned())
}

fn names(stretches: &[StretchId]) -> Vec<String> {
    stretches.iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_not_for_me_is_neither_shown_nor_credited_nor_drawn_again() {
    let (mut desk, shown) = Desk::on_break(&THREE, 1);
    let unwanted = shown[0].clone();
    let rest: Vec<&str> = THREE.into_iter().filter(|name| *name != unwanted).collect();
    desk.rotates(&rest, 1);
    let stretch = id(&unwanted);
    let after = desk
        .shows(WindowNews::NotForMe { stretch, place: 0 })
        .unwrap();
    assert!(rest.contains(&after[0].as_str()), "{after:?}");

    let effects = desk.happens(done(1));
    let credit = effects.iter().find_map(|effect| match effect {
        Effect::Record(credit) => Some(names(&credit.stretches)),
        _ => None,
    });
    assert_eq!(credit, Some(after.clone()));
    // The next one of this round is the one that has not come yet.
    desk.happens(NOW);
    let next = desk.current();
    assert_ne!(next, after);
    assert!(rest.contains(&next[0].as_str()), "{next:?}");
}

#[test]
fn what_is_put_back_is_shown_again_and_the_other_one_is_still_to_come() {
    let (mut desk, shown) = Desk::on_break(&THREE, 1);
    let stretch = id(&shown[0]);
    let rest: Vec<&str> = THREE.into_iter().filter(|name| *name != shown[0]).collect();
    desk.rotates(&rest, 1);
    let news = WindowNews::NotForMe {
        stretch: stretch.clone(),
        place: 0,
    };
    let instead = desk.shows(news).unwrap();
    desk.rotates(&THREE, 1);
    assert_eq!(
        desk.shows(WindowNews::PutBack { stretch, place: 0 }),
        Some(shown.clone())
    );

    let mut round = vec![shown[0].clone()];
    for prompt in 1..=2 {
        desk.happens(done(prompt));
        desk.happens(NOW);
        round.extend(desk.current());
    }
    round.sort();
    let mut all = THREE.map(str::to_owned);
    all.sort();
    assert_eq!(round, all, "after {instead:?} had been shown");
}

#[test]
fn a_break_of_several_keeps_the_others_and_what_is_done() {
    let rotation = [
        "shoulder_roll",
        "chin_tuck",
        "eagle_arms",
        "hip_hinge",
        "wall_angels",
    ];
    let (mut desk, shown) = Desk::on_break(&rotation, 3);
    let after = desk.shows(WindowNews::OtherStretch { place: 1 }).unwrap();
    assert_eq!((&after[0], &after[2]), (&shown[0], &shown[2]));
    assert!(!shown.contains(&after[1]));
    // Looking on: none of those that were passed over comes before all have been seen.
    let further = desk.shows(WindowNews::OtherStretch { place: 1 }).unwrap();
    assert!(!shown.contains(&further[1]) && further[1] != after[1]);

    assert_eq!(
        desk.shows(WindowNews::OtherStretch { place: 7 }),
        Some(further.clone())
    );
    let unknown = WindowNews::PutBack {
        stretch: id("no_such"),
        place: 0,
    };
    assert_eq!(desk.shows(unknown), None);
    let done = WindowNews::NotForMe {
        stretch: id(&further[0]),
        place: 1,
    };
    assert_eq!(desk.shows(done), Some(further), "what is done stays");
}

#[test]
fn where_there_is_no_other_stretch_the_same_one_is_shown() {
    let (mut desk, shown) = Desk::on_break(&["chin_tuck"], 1);
    assert_eq!(
        desk.shows(WindowNews::OtherStretch { place: 0 }),
        Some(shown)
    );
}

#[test]
fn a_break_of_several_takes_as_long_as_its_stretches_and_the_changes_between_them() {
    let length = |count: u8| Desk::on_break(&["chin_tuck"], count).0.length;
    let settle_in = Config::default().schedule.settle_in;
    let one = length(1) - settle_in;
    assert_eq!(length(3), settle_in + one * 3 + BETWEEN * 2);
}
