//! A break as the user lives it.

use std::sync::LazyLock;

use proptest::{collection::vec, prelude::*};

use super::*;
use crate::{
    core::stretch::{Body, Breath, Joint, Side, StretchId, catalogue::Catalogue},
    stretch_file,
};

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(stretch_file::builtin);

/// A break in its window, with a clock that a story moves on.
struct Break {
    catalogue: &'static Catalogue,
    session: Session,
    now: Duration,
}

impl Break {
    fn of(ids: &[&str], start: bool) -> Self {
        let catalogue = &*CATALOGUE;
        let plan = Plan::Stretches {
            stretches: ids.iter().map(|id| found(catalogue, id)).collect(),
            variant: VariantName::Standard,
            settle_in: secs(5.0),
        };
        // A clock that has been running for a while, as real ones have.
        let now = secs(1000.25);
        Self {
            session: Session::new(plan, catalogue.rig.clone(), start, now),
            catalogue,
            now,
        }
    }

    fn message(length: f64) -> Self {
        let catalogue = &*CATALOGUE;
        let plan = Plan::Message {
            text: "Look far away".to_owned(),
            length: secs(length),
        };
        let now = secs(3.5);
        Self {
            session: Session::new(plan, catalogue.rig.clone(), true, now),
            catalogue,
            now,
        }
    }

    fn waits(&mut self, seconds: f64) -> &mut Self {
        self.now += secs(seconds);
        self
    }

    fn does(&mut self, command: Command) -> &mut Self {
        self.session.step(command, self.now);
        self
    }

    fn body(&self) -> Body {
        self.session.body(self.now).unwrap()
    }

    fn view(&self) -> View<'_> {
        self.session.at(self.now)
    }

    fn cue(&self) -> String {
        let view = self.view();
        let (stretch, cue) = (view.stretch.unwrap(), view.cue.unwrap());
        stretch.phases[cue].cue.clone()
    }

    /// What the window shows, in one line.
    fn line(&self) -> String {
        let view = self.view();
        let stretched = view.stretched.as_secs_f64();
        let paused = if view.paused { " paused" } else { "" };
        format!(
            "{:?}{paused} 0:{:02} stretched {stretched}",
            view.state, view.left_secs
        )
    }
}

fn secs(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

fn found(catalogue: &Catalogue, id: &str) -> Stretch {
    catalogue.find(id).unwrap().clone()
}

#[test]
fn a_stretch_runs_from_the_first_look_to_the_last_second() {
    let mut br = Break::of(&["shoulder_roll"], false);
    assert_eq!(br.line(), "Ready 0:45 stretched 0");

    br.waits(60.0);
    assert_eq!(br.line(), "Ready 0:45 stretched 0");

    br.does(Command::Start);
    assert_eq!(br.line(), "SettleIn(5) 0:45 stretched 0");
    br.waits(0.1);
    assert_eq!(br.line(), "SettleIn(5) 0:45 stretched 0");
    br.waits(4.0);
    assert_eq!(br.line(), "SettleIn(1) 0:45 stretched 0");
    assert!(!br.view().countdown_running);

    br.waits(0.9);
    assert_eq!(br.line(), "Running 0:45 stretched 0");
    assert!(br.view().countdown_running);
    br.waits(0.5);
    assert_eq!(br.line(), "Running 0:45 stretched 0.5");
    br.waits(44.0);
    assert_eq!(br.line(), "Running 0:01 stretched 44.5");
    br.waits(0.5);
    assert_eq!(br.line(), "Done(0ns) 0:00 stretched 45");
    assert!(!br.view().countdown_running);
    br.waits(4.0);
    assert_eq!(br.line(), "Done(4s) 0:00 stretched 45");
}

#[test]
fn a_pause_stops_the_countdown_and_nothing_is_lost() {
    let mut br = Break::of(&["chin_tuck"], true);
    br.waits(15.0).does(Command::StartOrPause);
    assert_eq!(br.line(), "Running paused 0:40 stretched 10");
    assert!(!br.view().countdown_running);
    let cue = br.cue();

    br.waits(3600.0);
    assert_eq!(br.line(), "Running paused 0:40 stretched 10");
    assert_eq!(br.cue(), cue);

    br.does(Command::StartOrPause).waits(1.0);
    assert_eq!(br.line(), "Running 0:39 stretched 11");
}

#[test]
fn settling_in_can_be_paused_and_does_not_count() {
    let mut br = Break::of(&["chin_tuck"], true);
    br.waits(2.0).does(Command::Pause).waits(60.0);
    assert_eq!(br.line(), "SettleIn(3) paused 0:50 stretched 0");
    br.does(Command::Resume).waits(3.0);
    assert_eq!(br.line(), "Running 0:50 stretched 0");
}

#[test]
fn again_begins_the_stretch_anew_and_keeps_what_was_done() {
    let mut br = Break::of(&["neck_rotation"], true);
    br.waits(5.0 + 20.0).does(Command::Again);
    assert_eq!(br.line(), "Running 0:53 stretched 20");
    br.waits(53.0);
    assert_eq!(br.line(), "Done(0ns) 0:00 stretched 73");

    br.does(Command::Again);
    assert_eq!(br.line(), "SettleIn(5) 0:53 stretched 0");
}

#[test]
fn several_stretches_have_a_short_change_between_them() {
    let mut br = Break::of(&["shoulder_roll", "chin_tuck"], true);
    assert_eq!(br.view().place, (0, 2));
    br.waits(5.0 + 45.0);
    assert_eq!(br.line(), "BetweenStretches(4) 0:50 stretched 45");
    assert_eq!(
        br.view().stretch.unwrap().id,
        StretchId("chin_tuck".to_owned())
    );
    assert_eq!(br.view().place, (1, 2));
    assert!(!br.view().countdown_running);
    br.waits(3.5);
    assert_eq!(br.line(), "BetweenStretches(1) 0:50 stretched 45");
    br.waits(0.5 + 10.0);
    assert_eq!(br.line(), "Running 0:40 stretched 55");
    br.waits(40.0);
    assert_eq!(br.line(), "Done(0ns) 0:00 stretched 95");
}

#[test]
fn again_between_two_stretches_means_the_one_just_done() {
    let mut br = Break::of(&["shoulder_roll", "chin_tuck"], true);
    br.waits(5.0 + 45.0 + 2.0).does(Command::Again);
    assert_eq!(br.line(), "Running 0:45 stretched 45");
    assert_eq!(br.view().place, (0, 2));
}

#[test]
fn cues_reps_breath_and_dots_follow_the_phases() {
    let mut br = Break::of(&["shoulder_roll"], true);
    br.waits(5.0);
    assert_eq!(br.cue(), "Arms loose, jaw soft");
    assert_eq!(br.view().rep, None);
    let count = |br: &Break, dot| br.view().dots.iter().filter(|d| **d == dot).count();
    assert_eq!((count(&br, Dot::Done), count(&br, Dot::ToCome)), (0, 10));

    // Once forwards and a quarter of the second round.
    br.waits(2.0 + 4.0 + 1.5);
    assert_eq!(br.cue(), "Lift them toward your ears");
    let view = br.view();
    let rep = view.rep.unwrap();
    assert_eq!((rep.n, rep.of), (2, 5));
    assert_eq!(view.breath, Some(Breath::In));
    let next = view.stretch.unwrap().phases[view.next_cue.unwrap()]
        .cue
        .as_str();
    assert_eq!(next, "Roll them behind you");
    assert_eq!((count(&br, Dot::Done), count(&br, Dot::ToCome)), (2, 8));
    assert_eq!(view.left_in_phase, secs(0.5));
}

#[test]
fn the_other_side_first_swaps_sides_and_the_words_for_them() {
    let mut br = Break::of(&["neck_rotation"], false);
    assert!(br.view().has_sides);
    br.does(Command::OtherSideFirst).does(Command::Start);
    br.waits(5.0 + 3.0);
    assert_eq!(br.cue(), "Turn to look left");
    assert_eq!(br.view().side, Side::Left);
    let turned = br.waits(3.0).body();
    assert!(turned.head_turn < -60.0);

    // Once more: as it was, from the beginning.
    br.does(Command::OtherSideFirst);
    assert_eq!(br.line(), "Running 0:53 stretched 6");
    br.waits(3.0);
    assert_eq!(br.cue(), "Turn to look right");
}

#[test]
fn words_for_the_order_stay_where_they_are_when_sides_are_swapped() {
    let mut br = Break::of(&["upper_back_hug"], true);
    br.does(Command::OtherSideFirst).waits(5.0 + 3.0);
    assert_eq!(br.cue(), "Wrap up: hands to far shoulders");
    assert_eq!(br.view().side, Side::Left);
    br.waits(17.0);
    assert_eq!(br.cue(), "Wrap with the other arm on top");
    assert_eq!(br.view().side, Side::Right);
    assert!(br.view().side_changed);
}

#[test]
fn a_stretch_without_sides_has_no_other_side() {
    let mut br = Break::of(&["chin_tuck"], true);
    br.waits(10.0);
    let before = br.line();
    br.does(Command::OtherSideFirst);
    assert_eq!(br.line(), before);
    assert!(!br.view().has_sides);
}

#[test]
fn phases_can_be_skipped_and_gone_back_to_but_the_last_one_is_waited_for() {
    let mut br = Break::of(&["hip_hinge"], true);
    br.waits(1.0).does(Command::NextPhase);
    assert_eq!(br.line(), "Running 0:41 stretched 0");
    br.does(Command::NextPhase);
    assert_eq!(br.line(), "Running 0:38 stretched 0");
    // Well into the phase: back to its beginning, then to the one before.
    br.waits(2.0).does(Command::PreviousPhase);
    assert_eq!(br.line(), "Running 0:38 stretched 2");
    br.does(Command::PreviousPhase);
    assert_eq!(br.line(), "Running 0:41 stretched 2");

    for _ in 0..50 {
        br.does(Command::NextPhase);
    }
    assert_eq!(br.line(), "Running 0:02 stretched 2");
    br.waits(2.0);
    assert_eq!(br.line(), "Done(0ns) 0:00 stretched 4");
}

#[test]
fn skipping_while_paused_stays_paused() {
    let mut br = Break::of(&["hip_hinge"], true);
    br.waits(6.0)
        .does(Command::Pause)
        .does(Command::NextPhase)
        .waits(9.0);
    assert_eq!(br.line(), "Running paused 0:38 stretched 1");
}

#[test]
fn another_stretch_is_looked_at_first_or_settled_into() {
    let mut br = Break::of(&["hip_hinge"], false);
    let other = |br: &Break| vec![found(br.catalogue, "chin_tuck")];
    let stretches = other(&br);
    br.does(Command::Show(stretches.clone()));
    assert_eq!(br.line(), "Ready 0:50 stretched 0");

    let mut br = Break::of(&["hip_hinge"], true);
    br.waits(15.0).does(Command::Show(stretches.clone()));
    assert_eq!(br.line(), "SettleIn(5) 0:50 stretched 10");

    // The same once more changes nothing; neither does another one after the end.
    br.waits(10.0).does(Command::Show(stretches));
    assert_eq!(br.line(), "Running 0:45 stretched 15");
    br.waits(45.0);
    assert_eq!(br.line(), "Done(0ns) 0:00 stretched 60");
    let another = vec![found(br.catalogue, "hip_hinge")];
    br.does(Command::Show(another));
    assert_eq!(br.line(), "Done(0ns) 0:00 stretched 60");
}

#[test]
fn in_a_break_of_several_another_one_leaves_the_rest_as_it_is() {
    let ids =
        |ids: &[&str]| -> Vec<Stretch> { (ids.iter()).map(|id| found(&CATALOGUE, id)).collect() };
    let shown = |br: &Break| br.view().stretch.unwrap().id.0.clone();
    let mut br = Break::of(&["shoulder_roll", "hip_hinge", "wall_angels"], true);
    br.waits(5.0 + 45.0 + 4.0 + 10.0);
    assert_eq!(
        (shown(&br).as_str(), br.view().place),
        ("hip_hinge", (1, 3))
    );

    // The second one is exchanged: the first stays done, and there is time to change.
    br.does(Command::Show(ids(&[
        "shoulder_roll",
        "chin_tuck",
        "wall_angels",
    ])));
    assert_eq!(br.line(), "BetweenStretches(4) 0:50 stretched 55");
    assert_eq!(
        (shown(&br).as_str(), br.view().place),
        ("chin_tuck", (1, 3))
    );

    // One that is still to come is exchanged, and nobody notices.
    br.waits(4.0 + 20.0);
    br.does(Command::Show(ids(&[
        "shoulder_roll",
        "chin_tuck",
        "cat_cow",
    ])));
    assert_eq!(br.line(), "Running 0:30 stretched 75");
    br.does(Command::Pause);
    br.does(Command::Show(ids(&[
        "shoulder_roll",
        "chin_tuck",
        "eagle_arms",
    ])));
    assert_eq!(br.line(), "Running paused 0:30 stretched 75");
    br.does(Command::Resume).waits(30.0 + 4.0);
    assert_eq!(shown(&br), "eagle_arms");
    // It also sounds like the break that it has become.
    let same = Break::of(&["shoulder_roll", "chin_tuck", "eagle_arms"], true);
    assert_eq!(br.session.score, same.session.score);
}

#[test]
fn between_two_stretches_phases_go_back_to_the_one_and_on_to_the_other() {
    let mut br = Break::of(&["hip_hinge", "chin_tuck"], true);
    br.waits(5.0 + 41.0 - 1.0).does(Command::NextPhase);
    assert_eq!(br.line(), "BetweenStretches(4) 0:50 stretched 40");
    br.does(Command::PreviousPhase);
    assert_eq!(br.line(), "Running 0:02 stretched 40");
    br.does(Command::NextPhase)
        .waits(1.0)
        .does(Command::NextPhase);
    assert_eq!(br.line(), "Running 0:50 stretched 40");
    br.does(Command::PreviousPhase);
    assert_eq!(br.line(), "Running 0:02 stretched 40");
}

#[test]
fn again_while_settling_in_settles_in_anew() {
    let mut br = Break::of(&["hip_hinge"], true);
    br.waits(3.0).does(Command::Again);
    assert_eq!(br.line(), "SettleIn(5) 0:41 stretched 0");
}

#[test]
fn a_message_counts_down_at_once_and_shows_no_figure() {
    let mut br = Break::message(20.0);
    assert_eq!(br.line(), "Running 0:20 stretched 0");
    assert_eq!(br.view().message, Some("Look far away"));
    assert!(br.session.body(br.now).is_none());
    br.waits(0.25);
    assert_eq!(
        br.session.next_change(br.now, false),
        NextChange::After(secs(0.75))
    );
    br.waits(19.75);
    assert_eq!(br.line(), "Done(0ns) 0:00 stretched 20");
    assert_eq!(br.session.next_change(br.now, false), NextChange::Never);
}

#[test]
fn the_window_sleeps_when_nothing_changes() {
    let mut br = Break::of(&["upper_trapezius_stretch"], false);
    let next = |br: &Break, reduced| br.session.next_change(br.now, reduced);
    // The picture loops before the start, unless the user wants little movement.
    assert_eq!(next(&br, false), NextChange::Moving);
    assert_eq!(next(&br, true), NextChange::Never);

    br.does(Command::Start).waits(0.4);
    assert_eq!(next(&br, false), NextChange::Breathing(secs(0.6)));
    assert_eq!(next(&br, true), NextChange::After(secs(0.6)));

    // On the way into the tilt.
    br.waits(4.6 + 4.0);
    assert_eq!(next(&br, false), NextChange::Moving);
    assert_eq!(next(&br, true), NextChange::After(secs(1.0)));
    // Holding it.
    br.waits(4.25);
    assert_eq!(next(&br, false), NextChange::Breathing(secs(0.75)));

    br.does(Command::Pause);
    assert_eq!(next(&br, false), NextChange::Never);
}

#[test]
fn the_first_pose_is_held_and_breathes_while_settling_in() {
    let mut br = Break::of(&["wall_stretch"], true);
    let start = br.body();
    let later = br.waits(2.25).body();
    assert!(start.still && later.still);
    assert!(later.swell > 1.01 && start.swell < 1.001);
    let joint = Joint::FingertipR;
    assert_eq!(start[joint], later[joint]);
}

#[test]
fn the_loop_before_the_start_has_no_jump_at_its_seam() {
    for stretch in &CATALOGUE.stretches {
        let preview = Timeline::preview(stretch, SideOrder::AsStored);
        let mut br = Break::of(&[stretch.id.as_str()], false);
        let round = preview.total().as_secs_f64() / PREVIEW_SPEED;
        br.waits(round - 0.01);
        let before = br.body();
        let after = br.waits(0.02).body();
        let after = if after.crossfade.is_some() {
            after.turned_round()
        } else {
            after
        };
        let swapped = before.mirrored != after.mirrored;
        for joint in Joint::ALL {
            let twin = if swapped { joint.other_side() } else { joint };
            let (a, b) = (before[joint], after[twin]);
            let jump = (a.x - b.x).hypot(a.y - b.y);
            assert!(jump < 0.01, "{}: {} jumps {jump}", stretch.id, joint.word());
        }
    }
}

#[test]
fn still_pictures_mark_the_pose_one_is_in_or_on_the_way_to() {
    let mut br = Break::of(&["upper_trapezius_stretch"], false);
    let marked = |br: &Break| {
        let moments = br.session.key_moments(br.now);
        let current = moments.iter().position(|moment| moment.current);
        (current, moments.len())
    };
    // Upright, right, left.
    assert_eq!(marked(&br), (None, 3));
    br.does(Command::Start).waits(5.0 + 1.0);
    assert_eq!(marked(&br), (Some(0), 3));
    br.waits(3.0);
    assert_eq!(marked(&br), (Some(1), 3));
    br.waits(18.0 + 3.0 + 2.0);
    assert_eq!(marked(&br), (Some(2), 3));
}

#[test]
fn looking_changes_nothing() {
    let mut br = Break::of(&["shoulder_roll", "neck_flexion"], true);
    let untouched = br.session.clone();
    for _ in 0..2000 {
        br.waits(0.1);
        let view = br.view();
        assert!(view.left <= view.length);
        let _ = br.session.body(br.now);
    }
    assert_eq!(br.session, untouched);
}

#[derive(Clone, Debug)]
enum Move {
    Wait(u32),
    Do(Command),
}

fn any_move() -> impl Strategy<Value = Move> {
    prop_oneof![
        3 => (0..30_000u32).prop_map(Move::Wait),
        1 => prop_oneof![
            Just(Command::Start),
            Just(Command::Pause),
            Just(Command::Resume),
            Just(Command::StartOrPause),
            Just(Command::Again),
            Just(Command::OtherSideFirst),
            Just(Command::NextPhase),
            Just(Command::PreviousPhase),
        ]
        .prop_map(Move::Do),
    ]
}

proptest! {
    #[test]
    fn whatever_the_user_does_the_numbers_make_sense(moves in vec(any_move(), 1..60)) {
        let mut br = Break::of(&["wrist_flexor_stretch", "childs_pose"], false);
        let mut ran = Duration::ZERO;
        for one in moves {
            match one {
                Move::Do(command) => { br.does(command); }
                Move::Wait(millis) => {
                    ran += Duration::from_millis(millis.into());
                    br.waits(f64::from(millis) / 1000.0);
                }
            }
            let view = br.view();
            prop_assert!(view.stretched <= ran);
            prop_assert!(view.left <= view.length);
            prop_assert!(view.left <= view.left_in_break);
            prop_assert!(view.left_in_phase <= view.length);
            prop_assert_eq!(view.state == State::Ready && view.paused, false);
            prop_assert_eq!(view.countdown_running && view.paused, false);
            prop_assert!(view.dots.iter().filter(|dot| **dot == Dot::Current).count() <= 1);
            prop_assert!(!br.body().props.is_empty());
        }
        // Left alone, it ends.
        br.does(Command::Start).does(Command::Resume).waits(400.0);
        prop_assert!(matches!(br.view().state, State::Done(_)));
    }

    #[test]
    fn nothing_changes_before_the_moment_that_was_named(wait in 0..110_000u32) {
        let mut br = Break::of(&["seated_knee_hug", "calf_raise"], true);
        br.waits(f64::from(wait) / 1000.0);
        let shown = |br: &Break, now| {
            let view = br.session.at(now);
            let moments = br.session.key_moments(now);
            let current = moments.iter().position(|moment| moment.current);
            (view.state, view.left_secs, view.cue_number, view.rep, view.dots, current)
        };
        let before = shown(&br, br.now);
        match br.session.next_change(br.now, true) {
            NextChange::After(wait) => {
                let nearly = br.now + wait - Duration::from_nanos(1);
                prop_assert_eq!(shown(&br, nearly), before.clone());
                prop_assert_ne!(shown(&br, br.now + wait), before);
            }
            NextChange::Never => prop_assert!(matches!(before.0, State::Done(_))),
            NextChange::Moving | NextChange::Breathing(_) => prop_assert!(false, "moves"),
        }
    }
}
