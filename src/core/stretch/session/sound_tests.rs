//! A break as somebody lives it who does not look.

use std::sync::LazyLock;

use super::{score::Note, *};
use crate::{
    core::{
        sound::Sound,
        stretch::{
            Side,
            catalogue::{Catalogue, PhaseKind},
            timeline::Slot,
        },
    },
    stretch_file,
};

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(stretch_file::builtin);

const START: Duration = Duration::from_millis(1_000_250);

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Somebody who listens to a break, with a clock that a story moves on.
struct Listener {
    session: Session,
    ear: Ear,
    now: Duration,
    /// What was heard, one line each, with the seconds since the start.
    heard: Vec<String>,
    sounds: Vec<(Duration, Sound)>,
}

impl Listener {
    fn to(ids: &[&str], variant: VariantName, settle_in: u64) -> Self {
        let find = |id: &&str| CATALOGUE.find(id).unwrap().clone();
        Self::plan(Plan::Stretches {
            stretches: ids.iter().map(find).collect(),
            variant,
            settle_in: secs(settle_in),
        })
    }

    fn plan(plan: Plan) -> Self {
        Self {
            session: Session::new(plan, CATALOGUE.rig.clone(), false, START),
            ear: Ear::default(),
            now: START,
            heard: Vec::new(),
            sounds: Vec::new(),
        }
    }

    fn does(&mut self, command: Command) -> &mut Self {
        self.session.step(command, self.now);
        self.listens()
    }

    fn listens(&mut self) -> &mut Self {
        let heard = self.ear.listen(&self.session, self.now);
        let at = (self.now - START).as_secs_f64();
        if heard.hush {
            self.heard.push(format!("{at:.1} hush"));
        }
        if let Some(sound) = heard.sound {
            self.heard.push(format!("{at:.1} {}", sound.word()));
            self.sounds.push((self.now - START, sound));
        }
        if let Some(words) = heard.words {
            self.heard.push(format!(
                "{at:.1} {}",
                said(self.session.at(self.now).stretch, words)
            ));
        }
        self
    }

    /// Listens at every frame, as a window does that is seen.
    fn watches(&mut self, seconds: f64) -> &mut Self {
        let until = self.now + Duration::from_secs_f64(seconds);
        while self.now < until {
            self.now = (self.now + Duration::from_millis(33)).min(until);
            self.listens();
        }
        self
    }

    /// Listens only when there is something to hear, as a window does that is hidden.
    fn hides(&mut self) -> &mut Self {
        while let Some(next) = self.ear.next(&self.session, self.now) {
            self.now += next;
            self.listens();
        }
        self
    }

    /// Nobody listens meanwhile.
    fn misses(&mut self, seconds: f64) -> &mut Self {
        self.now += Duration::from_secs_f64(seconds);
        self
    }

    fn only_sounds(&self) -> Vec<Sound> {
        self.sounds.iter().map(|(_, sound)| *sound).collect()
    }
}

fn said(stretch: Option<&Stretch>, words: Words) -> String {
    let name = stretch.map_or("", |stretch| &stretch.name);
    match words {
        Words::Name => format!("“{name}”"),
        Words::Next => format!("“next {name}”"),
        Words::Cue {
            phase,
            with_name,
            side,
        } => {
            let cue = &stretch.unwrap().phases[phase].cue;
            let before = if with_name { name } else { "" };
            let side = side.map_or(String::new(), |side| format!(" ({side:?})"));
            format!("“{before} {cue}{side}”").replace("“ ", "“")
        }
        Words::Left(seconds) => format!("“{seconds} s left”"),
        Words::Message => "“the message”".to_owned(),
        Words::Done => "“done”".to_owned(),
    }
}

fn all_breaks() -> impl Iterator<Item = (&'static Stretch, VariantName)> {
    CATALOGUE.stretches.iter().flat_map(|stretch| {
        VariantName::ALL
            .into_iter()
            .map(move |variant| (stretch, variant))
    })
}

#[test]
fn a_stretch_with_two_sides_can_be_followed_with_closed_eyes() {
    let mut listener = Listener::to(&["seated_twist"], VariantName::Short, 5);

    listener.does(Command::Start).watches(70.0);

    insta::assert_snapshot!(listener.heard.join("\n"), @r"
    0.0 “Seated twist”
    5.0 start
    5.0 “Sit tall, both feet down”
    8.0 “Hand to far knee, turn right”
    12.0 “Grow taller, look over the shoulder”
    18.0 change
    18.0 “Unwind”
    21.0 other-side
    21.0 “Hand to far knee, turn left”
    25.0 “Grow taller, look over the shoulder”
    31.0 change
    31.0 “Unwind”
    33.0 last-seconds
    34.0 last-seconds
    34.0 “Rest”
    35.0 last-seconds
    36.0 done
    36.9 “done”
    ");
}

#[test]
fn a_stretch_that_moves_on_every_second_does_not_ring_every_second() {
    let mut listener = Listener::to(&["shoulder_roll"], VariantName::Standard, 0);

    listener.does(Command::Start).watches(70.0);

    insta::assert_snapshot!(listener.heard.join("\n"), @r"
    0.0 start
    0.0 “Shoulder roll Arms loose, jaw soft”
    3.0 “Lift them toward your ears”
    5.0 “And let them sink”
    22.0 change
    22.0 “Now the other way: slide back”
    25.0 “And let them sink”
    30.0 “15 s left”
    42.0 last-seconds
    42.0 “Press the shoulders down”
    43.0 last-seconds
    44.0 last-seconds
    44.0 “And let go”
    45.0 done
    45.9 “done”
    ");
}

#[test]
fn short_holds_ring_when_they_are_over() {
    let mut listener = Listener::to(&["chin_tuck"], VariantName::Short, 0);

    listener.does(Command::Start).watches(70.0);

    insta::assert_snapshot!(listener.heard.join("\n"), @r"
    0.0 start
    0.0 “Chin tuck Look straight ahead”
    3.0 “Glide your head straight back”
    5.0 “Long neck, level eyes”
    10.0 change
    10.0 “Let go”
    12.0 “Glide your head straight back”
    14.0 “Long neck, level eyes”
    19.0 “Let go”
    20.0 last-seconds
    21.0 last-seconds
    21.0 “Rest”
    22.0 last-seconds
    23.0 done
    23.9 “done”
    ");
}

#[test]
fn two_stretches_follow_each_other() {
    let ids = ["childs_pose", "wall_stretch"];
    let mut listener = Listener::to(&ids, VariantName::Short, 3);

    listener.does(Command::Start).watches(120.0);

    insta::assert_snapshot!(listener.heard.join("\n"), @r"
    0.0 “Child's pose”
    3.0 start
    3.0 “Hands and knees, big toes together”
    7.0 “Sit back toward your heels”
    10.0 “Slide the hands forward”
    13.0 change
    13.0 “Let the forehead grow heavy”
    21.0 “15 s left”
    28.0 change
    28.0 “Walk the hands in and sit up”
    33.0 last-seconds
    33.0 “Sit quietly”
    34.0 last-seconds
    35.0 last-seconds
    36.0 change
    36.0 “next Wall stretch”
    40.0 start
    40.0 “Palms on the wall at shoulder height”
    43.0 “Walk back and fold at the hips”
    48.0 change
    48.0 “Press the wall, let the chest sink”
    58.0 change
    58.0 “Walk in and rise”
    62.0 last-seconds
    63.0 last-seconds
    63.0 “Lower your arms”
    64.0 last-seconds
    65.0 done
    65.9 “done”
    ");
}

#[test]
fn every_stretch_begins_once_ends_once_and_counts_its_last_seconds() {
    for (stretch, variant) in all_breaks() {
        let mut listener = Listener::to(&[stretch.id.as_str()], variant, 5);
        listener.does(Command::Start).watches(5.0 + 300.0);
        let name = format!("{} {}", stretch.id, variant.word());
        let sounds = listener.only_sounds();

        let count = |sound| sounds.iter().filter(|s| **s == sound).count();
        assert_eq!(sounds.first(), Some(&Sound::Start), "{name}");
        assert_eq!(count(Sound::Start), 1, "{name}");
        let last_seconds = [Sound::LastSeconds; 3];
        assert!(
            sounds.ends_with(&[&last_seconds[..], &[Sound::Done]].concat()),
            "{name}"
        );
        assert_eq!(count(Sound::LastSeconds), 3, "{name}");
        assert_eq!(count(Sound::Done), 1, "{name}");

        let exercise = &listener.session.exercises[0];
        let sides = exercise.timeline.side_changes().count();
        assert_eq!(count(Sound::OtherSide), sides, "{name}");
    }
}

#[test]
fn no_stretch_rings_without_rest() {
    for (stretch, variant) in all_breaks() {
        let mut listener = Listener::to(&[stretch.id.as_str()], variant, 0);
        listener.does(Command::Start).watches(300.0);
        let name = format!("{} {}", stretch.id, variant.word());

        let before_the_end =
            |(_, sound): &&(Duration, Sound)| !matches!(sound, Sound::LastSeconds | Sound::Done);
        let times: Vec<Duration> = (listener.sounds.iter().filter(before_the_end))
            .map(|(at, _)| *at)
            .collect();
        for pair in times.windows(2) {
            let apart = pair[1] - pair[0];
            assert!(apart >= Duration::from_millis(1900), "{name}: {apart:?}");
        }
        let length = listener.session.tape.end().as_secs_f64();
        let in_a_minute = times.len() as f64 * 60.0 / length;
        assert!(
            in_a_minute <= 13.0,
            "{name} rings {in_a_minute:.1} times a minute"
        );
        let slots = listener.session.exercises[0].timeline.slots();
        let held = |slot: &Slot| slot.kind == PhaseKind::Hold && slot.length >= secs(2);
        let tells = slots.iter().any(held) || stretch.id.as_str() == "shoulder_roll";
        assert_eq!(times.len() > 1, tells, "{name}");
    }
}

#[test]
fn nothing_is_said_over_something_else_unless_the_side_changes() {
    for (stretch, variant) in all_breaks() {
        let listener = Listener::to(&[stretch.id.as_str()], variant, 5);
        let name = format!("{} {}", stretch.id, variant.word());
        let notes = listener.session.score.notes();

        let words: Vec<_> = notes.iter().filter(|n| n.words.is_some()).collect();
        assert!(words.len() >= 4, "{name}");
        assert_eq!(words[0].words, Some(Words::Name), "{name}");
        assert_eq!(words.last().unwrap().words, Some(Words::Done), "{name}");
        for pair in words.windows(2) {
            let apart = pair[1].at - pair[0].at;
            assert!(apart >= Duration::from_millis(1000), "{name}: {pair:?}");
        }
        let sides: Vec<Side> = (listener.session.exercises[0].timeline.side_changes())
            .map(|(_, side)| side)
            .collect();
        if !sides.is_empty() {
            let tells = |note: &&&Note| {
                let said = said(Some(stretch), note.words.unwrap()).to_lowercase();
                said.contains("left") || said.contains("right")
            };
            let told = words.iter().filter(tells).count();
            assert!(told >= sides.len(), "{name}: {told}");
        }
    }
}

#[test]
fn getting_in_place_is_silent_but_for_the_name() {
    let mut listener = Listener::to(&["eagle_arms"], VariantName::Standard, 5);

    listener.does(Command::Start).watches(4.9);

    assert_eq!(listener.heard, ["0.0 “Eagle arms”"]);
    listener.watches(0.2);
    assert_eq!(listener.only_sounds(), [Sound::Start]);
}

#[test]
fn a_window_that_is_hidden_sounds_the_same_as_one_that_is_seen() {
    for (stretch, variant) in all_breaks() {
        let id = [stretch.id.as_str()];
        let mut seen = Listener::to(&id, variant, 5);
        seen.does(Command::Start).watches(300.0);
        let mut hidden = Listener::to(&id, variant, 5);
        hidden.does(Command::Start).hides();

        assert_eq!(seen.only_sounds(), hidden.only_sounds(), "{id:?}");
        for ((seen, sound), (hidden, _)) in seen.sounds.iter().zip(&hidden.sounds) {
            assert!(
                *seen - *hidden < Duration::from_millis(34),
                "{id:?} {sound:?}"
            );
        }
    }
}

#[test]
fn a_pause_is_silent_and_nothing_is_heard_twice() {
    let mut without = Listener::to(&["seated_twist"], VariantName::Short, 5);
    without.does(Command::Start).watches(100.0);
    let mut paused = Listener::to(&["seated_twist"], VariantName::Short, 5);
    paused.does(Command::Start);
    for _ in 0..25 {
        paused.watches(1.7).does(Command::Pause);
        let before = paused.heard.len();
        paused.watches(3.0);
        assert_eq!(paused.heard.len(), before, "a sound in a pause");
        paused.does(Command::Resume);
    }
    paused.watches(100.0);

    assert_eq!(paused.only_sounds(), without.only_sounds());
    let words = |heard: &[String]| -> Vec<String> {
        let words = heard.iter().filter_map(|line| line.split_once('“'));
        words.map(|(_, words)| words.to_owned()).collect()
    };
    assert_eq!(words(&paused.heard), words(&without.heard));
}

#[test]
fn a_pause_between_two_looks_loses_nothing() {
    let mut listener = Listener::to(&["seated_twist"], VariantName::Short, 5);
    listener.does(Command::Start).watches(4.95);
    // The countdown began, was stopped and went on, and all that between two frames.
    listener.now += Duration::from_millis(60);
    listener.session.step(Command::Pause, listener.now);
    listener.now += Duration::from_millis(10);
    listener.session.step(Command::Resume, listener.now);
    listener.listens();

    assert_eq!(listener.only_sounds(), [Sound::Start]);
}

#[test]
fn who_skips_quickly_hears_only_where_they_stay() {
    let mut listener = Listener::to(&["seated_twist"], VariantName::Standard, 0);
    listener.does(Command::Start).watches(1.0);
    listener.heard.clear();

    for _ in 0..4 {
        listener.does(Command::NextPhase).watches(0.1);
    }
    listener.watches(1.0);

    insta::assert_snapshot!(listener.heard.join("\n"), @r"
    1.0 hush
    1.1 hush
    1.2 hush
    1.3 hush
    1.7 “Hand to far knee, turn left”
    ");
}

#[test]
fn steps_in_a_pause_are_told_when_it_goes_on() {
    let mut listener = Listener::to(&["seated_twist"], VariantName::Standard, 0);
    listener
        .does(Command::Start)
        .watches(1.0)
        .does(Command::Pause);
    listener.heard.clear();

    listener.does(Command::NextPhase).watches(5.0);
    assert_eq!(listener.heard, ["1.0 hush"]);
    listener.does(Command::Resume).watches(1.0);

    assert_eq!(listener.heard[1..], ["6.0 “Hand to far knee, turn right”"]);
}

#[test]
fn again_begins_again() {
    let mut listener = Listener::to(&["seated_twist"], VariantName::Short, 0);
    listener
        .does(Command::Start)
        .watches(10.0)
        .does(Command::Again)
        .watches(1.0);

    let begins = listener
        .only_sounds()
        .iter()
        .filter(|s| **s == Sound::Start)
        .count();
    assert_eq!(begins, 2);
    listener.watches(100.0).does(Command::Again).watches(1.0);
    let begins = listener
        .only_sounds()
        .iter()
        .filter(|s| **s == Sound::Start)
        .count();
    assert_eq!(begins, 3, "and after the end");
}

#[test]
fn what_passed_while_nobody_listened_is_not_made_up_for() {
    let mut listener = Listener::to(&["seated_twist"], VariantName::Short, 0);
    listener.does(Command::Start).watches(1.0);
    listener.heard.clear();
    listener.sounds.clear();

    listener.misses(17.5).listens();
    assert!(listener.heard.is_empty(), "{:?}", listener.heard);
    listener.misses(600.0).listens();

    assert!(listener.heard.is_empty(), "{:?}", listener.heard);
}

#[test]
fn a_window_that_takes_a_moment_to_open_begins_with_its_sound_all_the_same() {
    let mut listener = Listener::to(&["seated_twist"], VariantName::Short, 0);
    listener.session.step(Command::Start, listener.now);

    listener.misses(0.6).listens();

    assert_eq!(listener.only_sounds(), [Sound::Start]);
    assert!(listener.heard[1].contains("Seated"), "{:?}", listener.heard);
}

#[test]
fn another_stretch_is_silent_until_it_begins() {
    let mut listener = Listener::to(&["seated_twist"], VariantName::Short, 5);
    let other = CATALOGUE.find("chin_tuck").unwrap().clone();
    listener
        .watches(3.0)
        .does(Command::Show(vec![other]))
        .watches(3.0);
    assert!(listener.heard.is_empty(), "{:?}", listener.heard);

    listener.does(Command::Start).watches(8.0);
    listener.sounds.clear();
    let first = CATALOGUE.find("seated_twist").unwrap().clone();
    listener.does(Command::Show(vec![first])).watches(6.0);

    assert_eq!(listener.only_sounds(), [Sound::Start]);
}

#[test]
fn a_message_begins_and_ends() {
    let mut listener = Listener::plan(Plan::Message {
        text: "Look far away".to_owned(),
        length: secs(20),
    });

    listener.does(Command::Start).watches(30.0);

    assert_eq!(
        listener.heard,
        ["0.0 start", "0.0 “the message”", "20.0 done", "20.9 “done”"]
    );
}
