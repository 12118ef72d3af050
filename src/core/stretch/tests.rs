//! What must hold for every stretch of the catalogue, at every moment.

use std::time::Duration;

use super::{
    pose::{Body, Joint, looks_like, poses_of_key_moments, swell},
    prop::PropPart,
    *,
};
use crate::stretch_file;

/// No part of the body moves faster than this, in body heights a second: an arm that swings along.
const FASTEST: f32 = 1.0;
/// No angle of head or trunk changes faster than this, in degrees a second.
const FASTEST_TURN: f32 = 50.0;
/// Nothing of what is added in drawing (breath, settling, guide) changes faster than this, in body
/// heights or in parts of the whole a second.
const FASTEST_BREATH: f32 = 0.10;
const FASTEST_GUIDE: f32 = 6.0;
/// Frames are written with two decimals.
const FRAME_TOLERANCE: f32 = 0.002;

fn secs(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

/// Every timeline there is: all stretches, all variants, both orders of sides, and previews.
fn every_timeline(mut check: impl FnMut(&Catalogue, &Stretch, &Timeline, &str)) {
    let catalogue = stretch_file::builtin();
    for stretch in &catalogue.stretches {
        for order in [SideOrder::AsStored, SideOrder::OtherFirst] {
            if order == SideOrder::OtherFirst && !stretch.mirrored {
                continue;
            }
            let name = |what: &str| format!("{} {what} {order:?}", stretch.id);
            for variant in VariantName::ALL {
                let timeline = Timeline::new(stretch, variant, order);
                check(&catalogue, stretch, &timeline, &name(variant.word()));
            }
            let preview = Timeline::preview(stretch, order);
            check(&catalogue, stretch, &preview, &name("preview"));
        }
    }
}

#[test]
fn the_figure_stays_in_its_frame_and_never_jumps() {
    const STEP: Duration = Duration::from_nanos(1_000_000_000 / 30);

    every_timeline(|catalogue, stretch, timeline, name| {
        let frame = &stretch.frame;
        let mut before: Option<Body> = None;
        let mut t = Duration::ZERO;
        while t <= timeline.total() {
            let body = pose_at(stretch, &catalogue.rig, timeline, t);
            for joint in Joint::ALL {
                let Point { x, y } = body[joint];
                assert!(
                    x.is_finite() && y.is_finite(),
                    "{name} at {t:?}: {}",
                    joint.word()
                );
                let inside = x >= frame.left - FRAME_TOLERANCE
                    && x <= frame.right + FRAME_TOLERANCE
                    && y >= frame.bottom - FRAME_TOLERANCE
                    && y <= frame.top + FRAME_TOLERANCE;
                assert!(
                    inside,
                    "{name} at {t:?}: {} at {x} {y} leaves {frame:?}",
                    joint.word()
                );
            }
            if let Some(before) = &before {
                check_speed(
                    before,
                    &body,
                    STEP.as_secs_f32(),
                    &format!("{name} at {t:?}"),
                );
            }
            before = Some(body);
            t += STEP;
        }
    });
}

fn check_speed(before: &Body, after: &Body, seconds: f32, name: &str) {
    let turned = before.mirrored != after.mirrored;
    if turned && after.view == View::Side {
        assert!(
            after.crossfade.is_some(),
            "{name}: turns round without a crossfade"
        );
        return;
    }
    for joint in Joint::ALL {
        let twin = if turned { joint.other_side() } else { joint };
        let (a, b) = (before[twin], after[joint]);
        let speed = (a.x - b.x).hypot(a.y - b.y) / seconds;
        assert!(speed < FASTEST, "{name}: {} moves at {speed}", joint.word());
    }
    let changes = |what: &str, a: f32, b: f32, fastest: f32| {
        let speed = (a - b).abs() / seconds;
        assert!(
            speed < fastest,
            "{name}: {what} changes by {speed} a second"
        );
    };
    let (b, a) = (before, after);
    changes("the look", a.head_turn, b.head_turn, FASTEST_TURN);
    changes("the nod", a.head_nod, b.head_nod, FASTEST_TURN);
    changes("the turn", a.trunk_turn, b.trunk_turn, FASTEST_TURN);
    changes("the breath", a.swell, b.swell, FASTEST_BREATH);
    changes("the rise of the shoulders", a.lift, b.lift, FASTEST_BREATH);
    let shown = |body: &Body| body.guide.as_ref().map_or(0.0, |guide| guide.strength);
    changes("the guide", shown(a), shown(b), FASTEST_GUIDE);
}

#[test]
fn slots_follow_each_other_without_gaps_and_begin_where_the_last_ended() {
    every_timeline(|_, stretch, timeline, name| {
        let mut end = Duration::ZERO;
        for slot in timeline.slots() {
            assert_eq!(slot.start, end, "{name}");
            end = slot.end();
        }
        assert_eq!(end, timeline.total(), "{name}");
        for pair in timeline.slots().windows(2) {
            let pose = |place: usize| stretch.poses[place].name.as_str();
            assert_eq!(
                pose(pair[0].to),
                pose(pair[1].from),
                "{name} at {:?}",
                pair[1].start
            );
        }
    });
}

#[test]
fn every_variant_lasts_as_long_as_it_says() {
    let catalogue = stretch_file::builtin();
    for stretch in &catalogue.stretches {
        for variant in VariantName::ALL {
            let timeline = Timeline::new(stretch, variant, SideOrder::AsStored);
            assert_eq!(
                timeline.total(),
                stretch.variant(variant).total,
                "{}",
                stretch.id
            );
        }
    }
}

#[test]
fn a_time_lies_in_the_phase_that_has_just_begun() {
    let catalogue = stretch_file::builtin();
    let stretch = catalogue.find("trunk_rotation").unwrap();
    let timeline = Timeline::new(stretch, VariantName::Standard, SideOrder::AsStored);
    let index = |t: f64| timeline.at(secs(t)).unwrap().index;

    assert_eq!(
        (index(0.0), index(2.999), index(3.0), index(3.001)),
        (0, 0, 1, 1)
    );
    let end = timeline.at(secs(49.0)).unwrap();
    assert_eq!((end.index, end.progress), (timeline.slots().len() - 1, 1.0));
    assert_eq!(timeline.at(secs(1e6)).unwrap().left_in_all, Duration::ZERO);

    let changes: Vec<(Duration, Side)> = timeline.side_changes().collect();
    assert_eq!(
        changes,
        [
            (secs(14.0), Side::Left),
            (secs(25.0), Side::Right),
            (secs(36.0), Side::Left)
        ]
    );
}

#[test]
fn only_the_stretches_seen_from_the_side_have_to_turn_round() {
    let catalogue = stretch_file::builtin();
    let turning: Vec<&str> = catalogue
        .stretches
        .iter()
        .filter(|stretch| {
            let timeline = Timeline::new(stretch, VariantName::Long, SideOrder::AsStored);
            timeline.slots().iter().any(|slot| slot.turns_for.is_some())
        })
        .map(|stretch| stretch.id.as_str())
        .collect();
    assert_eq!(
        turning,
        [
            "wrist_flexor_stretch",
            "wrist_extensor_stretch",
            "seated_knee_hug",
            "thread_the_needle"
        ]
    );
}

#[test]
fn turning_round_crossfades_over_the_whole_switch() {
    let catalogue = stretch_file::builtin();
    let stretch = catalogue.find("wrist_flexor_stretch").unwrap();
    let timeline = Timeline::new(stretch, VariantName::Standard, SideOrder::AsStored);
    let body = |t: f64| pose_at(stretch, &catalogue.rig, &timeline, secs(t));

    // The switch lasts from 23 s to 25 s.
    assert_eq!(body(22.9).crossfade, None);
    assert_eq!(body(23.0).crossfade, Some(0.0));
    assert_eq!(body(24.0).crossfade, Some(0.5));
    assert_eq!(body(25.0).crossfade, None);
    // What fades out is what was seen before, the chair included.
    let (before, after) = (body(22.999_999), body(23.0));
    let fading = after.turned_round();
    for joint in Joint::ALL {
        let (a, b) = (before[joint], fading[joint]);
        assert!((a.x - b.x).hypot(a.y - b.y) < 1e-4);
    }
    assert_eq!(before.props, fading.props);
    assert_eq!((after.facing(), fading.facing()), (-1.0, 1.0));
}

#[test]
fn an_arm_changes_its_layer_half_way() {
    use super::catalogue::Layer;

    let catalogue = stretch_file::builtin();
    let stretch = catalogue.find("seated_twist").unwrap();
    let timeline = Timeline::new(stretch, VariantName::Standard, SideOrder::AsStored);
    let layer = |t: f64| pose_at(stretch, &catalogue.rig, &timeline, secs(t)).layer_r;

    // From upright to turned between 3 s and 7 s.
    assert_eq!((layer(4.9), layer(5.1)), (Layer::Front, Layer::Behind));
    // Back again between 20 s and 23 s.
    assert_eq!((layer(21.4), layer(21.6)), (Layer::Behind, Layer::Front));
}

#[test]
fn the_breath_of_a_figure_that_waits_starts_without_a_jump() {
    let at = |t: f64| swell(secs(t));
    assert_eq!(at(0.0), 1.0);
    let steps = (0..2000).map(|i| f64::from(i) / 100.0);
    for t in steps {
        assert!((1.0..=1.02).contains(&at(t)));
        assert!((at(t + 0.01) - at(t)).abs() < 0.0005, "at {t} s");
    }
    assert!((0..2000).any(|i| at(f64::from(i) / 100.0) > 1.01));
}

#[test]
fn the_chest_follows_the_cues_for_the_breath() {
    every_timeline(|catalogue, stretch, timeline, name| {
        let swell = |t: Duration| pose_at(stretch, &catalogue.rig, timeline, t).swell;
        for slot in timeline.slots() {
            let end = swell(slot.end().saturating_sub(Duration::from_nanos(1)));
            match slot.breath {
                Breath::In => assert!(end > 1.017, "{name}: empty after breathing in"),
                Breath::Out => assert!(end < 1.001, "{name}: full after breathing out"),
                Breath::Easy => {
                    let long = slot.length > secs(4.0);
                    let middle = (1..20).map(|i| swell(slot.start + slot.length * i / 20));
                    let (low, high) = middle.fold((2.0f32, 0.0f32), |(low, high), swell| {
                        (low.min(swell), high.max(swell))
                    });
                    assert!(
                        !long || high - low > 0.015,
                        "{name}: frozen in a long phase"
                    );
                }
            }
        }
    });
}

#[test]
fn only_movements_that_hardly_show_get_a_guide() {
    let catalogue = stretch_file::builtin();
    let guided: Vec<&str> = catalogue
        .stretches
        .iter()
        .filter(|stretch| {
            let timeline = Timeline::new(stretch, VariantName::Standard, SideOrder::AsStored);
            timeline.slots().iter().any(|slot| {
                let body = pose_at(
                    stretch,
                    &catalogue.rig,
                    &timeline,
                    slot.start + slot.length / 2,
                );
                assert!(!slot.still() || body.guide.is_none(), "{}", stretch.id);
                body.guide.is_some()
            })
        })
        .map(|stretch| stretch.id.as_str())
        .collect();
    assert_eq!(guided, ["shoulder_roll", "chin_tuck", "neck_rotation"]);
}

#[test]
fn key_moments_are_few_distinct_and_in_order() {
    every_timeline(|catalogue, stretch, timeline, name| {
        let moments = poses_of_key_moments(stretch, &catalogue.rig, timeline, Duration::ZERO);
        assert!(
            (2..=8).contains(&moments.len()),
            "{name} has {}",
            moments.len()
        );
        assert!(
            moments.windows(2).all(|pair| pair[0].at < pair[1].at),
            "{name}"
        );
        for (place, moment) in moments.iter().enumerate() {
            let twins = moments[..place]
                .iter()
                .filter(|other| looks_like(&other.body, &moment.body));
            assert_eq!(twins.count(), 0, "{name}");
        }
        // At any time, one of them is where the user is going.
        for slot in timeline.slots() {
            let t = slot.start + slot.length / 3;
            let moments = poses_of_key_moments(stretch, &catalogue.rig, timeline, t);
            assert_eq!(
                moments.iter().filter(|moment| moment.current).count(),
                1,
                "{name} {t:?}"
            );
        }
    });
}

#[test]
fn props_turn_round_with_the_figure() {
    let catalogue = stretch_file::builtin();
    let stretch = catalogue.find("wrist_flexor_stretch").unwrap();
    let timeline = Timeline::new(stretch, VariantName::Standard, SideOrder::AsStored);
    // Where the middle of the seat is; the chair reaches further to the front.
    let seat = |t: f64| {
        let props = pose_at(stretch, &catalogue.rig, &timeline, secs(t)).props;
        props.iter().find_map(|part| match part {
            PropPart::Panel { min, max, .. } => Some((min.x + max.x) / 2.0),
            PropPart::Bar { .. } | PropPart::Dashes { .. } => None,
        })
    };
    assert!(seat(1.0).unwrap() > 0.02 && seat(30.0).unwrap() < -0.02);
}

#[test]
fn the_trunk_is_as_wide_as_the_rig_says() {
    let rig = stretch_file::builtin().rig;
    let close = |a: f32, b: f32| assert!((a - b).abs() < 1e-5, "{a} is not {b}");
    close(rig.trunk_half_width(View::Side, 0.0, 0.0), 0.060);
    close(rig.trunk_half_width(View::Side, 1.0, 0.0), 0.034);
    close(rig.trunk_half_width(View::Front, 0.09, 0.0), 0.079);
    // Hips do not turn; fully turned shoulders show their depth.
    close(rig.trunk_half_width(View::Front, 0.0, 90.0), 0.078);
    close(rig.trunk_half_width(View::Front, 1.0, 90.0), 0.056);
}
