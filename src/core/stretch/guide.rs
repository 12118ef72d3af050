//! Help for movements that are too small to be seen from two metres: the way that they take,
//! drawn larger than it is, and where on it the body is now.
//!
//! A head that glides back by a hand's breadth, shoulders that circle and a head that turns get
//! one; what moves farther shows itself. Nothing here changes where the body is.

use std::{
    f32::consts::{PI, TAU},
    ops::Index,
};

use super::{
    Joint, Point, Stretch, View,
    catalogue::{Rig, Stage},
    pose::{ease, joints},
    timeline::{At, Slot, Timeline},
};

/// A stretch none of whose joints travels farther than this from one pose to another, in body
/// heights, is hard to see.
const SMALL: f32 = 0.075;
/// Joints that travel less than this do not move.
const STILL: f32 = 0.012;
/// A head that turns by less than this, in degrees, does not turn.
const TURN: f32 = 20.0;
/// The circle of the shoulders is shown larger by this factor.
const LARGER: f32 = 1.5;
const SMALLEST_CIRCLE: f32 = 0.042;
/// Where the way of the head is shown: before and below its middle.
const BEFORE_THE_CHIN: Point = Point::new(0.105, -0.030);
/// The arc of a turning head: half its width, its depth, and how far it lies below the middle.
const ARC: [f32; 3] = [0.098, 0.026, 0.062];
/// It fades in and out in this time, where the movement begins and ends.
const FADE_S: f32 = 0.35;

/// The way of a small movement. Lengths in body heights.
#[derive(Clone, Debug, PartialEq)]
pub struct Guide {
    /// The whole way, as a line.
    pub track: Vec<Point>,
    /// Where on it the body is.
    pub at: Point,
    /// Which way it goes on from there: a unit vector.
    pub ahead: Point,
    /// How much of it is to be seen, 0 to 1: nothing while the body is still.
    pub strength: f32,
}

impl Guide {
    pub(super) fn mirrored(&self) -> Self {
        Self {
            track: self.track.iter().map(|point| point.mirrored()).collect(),
            at: self.at.mirrored(),
            ahead: self.ahead.mirrored(),
            strength: self.strength,
        }
    }
}

/// As much of a key pose as is needed here.
struct Key {
    joints: [Point; Joint::ALL.len()],
    head_turn: f32,
}

impl Index<Joint> for Key {
    type Output = Point;

    fn index(&self, joint: Joint) -> &Point {
        &self.joints[joint as usize]
    }
}

/// The guide for a moment, not yet mirrored; `None` while nothing moves, and for all stretches
/// that need none.
pub(super) fn guide(
    stretch: &Stretch,
    rig: &Rig,
    timeline: &Timeline,
    at: &At<'_>,
) -> Option<Guide> {
    if at.slot.still() {
        return None;
    }
    let poses: Vec<Key> = stretch
        .poses
        .iter()
        .map(|pose| Key {
            joints: joints(stretch.view, rig, &pose.numbers),
            head_turn: pose.numbers.head_turn,
        })
        .collect();
    let travel = |joint: Joint| {
        poses
            .iter()
            .map(|pose| distance(pose[joint], poses[0][joint]))
            .fold(0.0, f32::max)
    };
    if Joint::ALL.iter().any(|joint| travel(*joint) > SMALL) || travel(Joint::Hip) > STILL {
        return None;
    }
    let (from, to) = (&poses[at.slot.from], &poses[at.slot.to]);
    let progress = ease(at.progress);
    let (track, at_point, ahead) = match stretch.view {
        View::Front => turning(&poses, stretch, from, to, progress)?,
        View::Side if travel(Joint::Head) > 3.0 * STILL => {
            let shifted = |pose: &Key| {
                let Point { x, y } = pose[Joint::Head];
                Point::new(x + BEFORE_THE_CHIN.x, y + BEFORE_THE_CHIN.y)
            };
            let (a, b) = (shifted(from), shifted(to));
            (vec![a, b], lerp(a, b, progress), direction(a, b)?)
        }
        View::Side if travel(Joint::ShoulderR) > 2.0 * STILL => {
            circling(&poses, stretch, timeline, at.slot, progress)?
        }
        View::Side => return None,
    };
    Some(Guide {
        track,
        at: at_point,
        ahead,
        strength: strength(timeline, at),
    })
}

fn strength(timeline: &Timeline, at: &At<'_>) -> f32 {
    let before = at.index.checked_sub(1).map(|i| &timeline.slots()[i]);
    let moving = |slot: Option<&Slot>| slot.is_some_and(|slot| !slot.still());
    let since = if moving(before) {
        FADE_S
    } else {
        at.elapsed.as_secs_f32()
    };
    let until = if moving(at.next) {
        FADE_S
    } else {
        at.left.as_secs_f32()
    };
    ease((since.min(until) / FADE_S).min(1.0))
}

/// The line of a place, where it is now, and its direction.
type Way = (Vec<Point>, Point, Point);

/// An arc before the neck, from the farthest look to one side to the farthest to the other.
fn turning(poses: &[Key], stretch: &Stretch, from: &Key, to: &Key, progress: f32) -> Option<Way> {
    let turns = || poses.iter().map(|pose| pose.head_turn);
    let farthest = turns().fold(0.0, |far: f32, turn| far.max(turn.abs()));
    if farthest < TURN {
        return None;
    }
    let (least, most) = if stretch.mirrored {
        (-farthest, farthest)
    } else {
        (
            turns().fold(f32::INFINITY, f32::min),
            turns().fold(f32::NEG_INFINITY, f32::max),
        )
    };
    let head = from[Joint::Head];
    let [width, depth, below] = ARC;
    let place = |turn: f32| {
        let (sin, cos) = turn.to_radians().sin_cos();
        Point::new(head.x + width * sin, head.y - below - depth * cos)
    };
    let track = (0u8..=24).map(|step| place(least + (most - least) * f32::from(step) / 24.0));
    let now = from.head_turn + (to.head_turn - from.head_turn) * progress;
    let little = (to.head_turn - from.head_turn).signum();
    let ahead = direction(place(now - little), place(now + little))?;
    Some((track.collect(), place(now), ahead))
}

/// The circle of the shoulders, or the straight way between two poses that are on no circle.
fn circling(
    poses: &[Key],
    stretch: &Stretch,
    timeline: &Timeline,
    slot: &Slot,
    progress: f32,
) -> Option<Way> {
    let shoulder = |place: usize| poses[place][Joint::ShoulderR];
    let round = one_round(stretch, timeline);
    let on_circle = |place: &usize| round.len() >= 3 && round.contains(place);
    if !on_circle(&slot.from) || !on_circle(&slot.to) {
        let (a, b) = (shoulder(slot.from), shoulder(slot.to));
        return Some((vec![a, b], lerp(a, b, progress), direction(a, b)?));
    }
    let range = |axis: fn(Point) -> f32| {
        let all = || round.iter().map(|place| axis(shoulder(*place)));
        (
            all().fold(f32::INFINITY, f32::min),
            all().fold(f32::NEG_INFINITY, f32::max),
        )
    };
    let ((left, right), (low, high)) = (range(|p| p.x), range(|p| p.y));
    let (wide, tall) = (0.5 * (right - left), 0.5 * (high - low));
    let middle = Point::new(f32::midpoint(left, right), f32::midpoint(low, high));
    // Around the joint where it rests, and round enough to be seen as a circle.
    let center = shoulder(0);
    let radius = [wide, tall].map(|half| (half * LARGER).max(SMALLEST_CIRCLE));
    let angle = |place: usize| {
        let Point { x, y } = shoulder(place);
        ((x - middle.x) / wide.max(1e-4)).atan2((y - middle.y) / tall.max(1e-4))
    };
    let point = |angle: f32| {
        let (sin, cos) = angle.sin_cos();
        Point::new(center.x + radius[0] * sin, center.y + radius[1] * cos)
    };
    let (from, to) = (angle(slot.from), angle(slot.to));
    // The shorter way round.
    let way = (to - from + PI).rem_euclid(TAU) - PI;
    let now = from + way * progress;
    let little = 0.05 * way.signum();
    let track = (0u8..=36).map(|step| point(TAU * f32::from(step) / 36.0));
    let ahead = direction(point(now - little), point(now + little))?;
    Some((track.collect(), point(now), ahead))
}

/// The poses of one round of the first part that is repeated, each once, in their order.
fn one_round(stretch: &Stretch, timeline: &Timeline) -> Vec<usize> {
    let mut round = Vec::new();
    let mut group = None;
    for slot in timeline.slots() {
        let phase = &stretch.phases[slot.phase];
        if slot.stage != Stage::Cycle || *group.get_or_insert(phase.group) != phase.group {
            continue;
        }
        if !round.contains(&slot.from) {
            round.push(slot.from);
        }
    }
    round
}

fn lerp(a: Point, b: Point, t: f32) -> Point {
    Point::new(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)
}

fn distance(a: Point, b: Point) -> f32 {
    (a.x - b.x).hypot(a.y - b.y)
}

/// The unit vector from `a` to `b`, if they are not the same place.
fn direction(a: Point, b: Point) -> Option<Point> {
    let length = distance(a, b);
    (length > 1e-5).then(|| Point::new((b.x - a.x) / length, (b.y - a.y) / length))
}
