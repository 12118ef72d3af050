//! Where the body is at a time: points for a renderer, from the bearings of the key poses.
//!
//! [`pose_at`] is a pure function of the timeline and the time, so pausing, slow motion and tests
//! come for free. Nothing here knows colours, pixels or what is in front of what on a screen; it
//! only passes on what the catalogue says of layers.

use std::{ops::Index, time::Duration};

use super::{
    Side, View,
    breathing::{fullness, settling},
    catalogue::{ArmOrder, KeyPose, Layer, PoseNumbers, Rig, Segment, Stretch},
    guide::{self, Guide},
    prop::PropPart,
    timeline::{Slot, Timeline},
};

/// How much wider the trunk is at the top of a breath.
const SWELL: f32 = 0.018;
/// How far the shoulders rise with a breath, and sink at the end of a movement, in body heights.
const LIFT: f32 = 0.0040;
const SETTLE: f32 = 0.0032;
/// A breath in and out.
const BREATH_S: f32 = 4.5;
/// The swell grows over this time at the beginning of a stillness.
const SWELL_FADE_S: f32 = 1.0;

/// A place in body heights: x to the right, y up from the floor.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "see above")]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

impl Point {
    /// A point.
    #[must_use]
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// The same as seen in a mirror: x negated.
    #[must_use]
    pub fn mirrored(self) -> Self {
        Self::new(-self.x, self.y)
    }

    /// The point reached from here along a bearing in degrees.
    #[must_use]
    fn along(self, bearing: f32, distance: f32) -> Self {
        let (sin, cos) = bearing.to_radians().sin_cos();
        Self::new(self.x + distance * sin, self.y + distance * cos)
    }
}

/// A named point of the body. `R` is the right arm or leg as it is stored; in a mirrored body it
/// stands for the user's left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "anatomical names say it all")]
pub enum Joint {
    /// The middle between the hip joints.
    Hip,
    /// Top of the pelvis.
    P1,
    /// Top of the lower spine.
    P2,
    /// Top of the upper spine.
    P3,
    /// Top of the neck.
    Skull,
    /// Centre of the head.
    Head,
    ShoulderR,
    ElbowR,
    WristR,
    FingertipR,
    HipR,
    KneeR,
    AnkleR,
    ToeR,
    ShoulderL,
    ElbowL,
    WristL,
    FingertipL,
    HipL,
    KneeL,
    AnkleL,
    ToeL,
}

impl Joint {
    /// All of them.
    pub const ALL: [Self; 22] = [
        Self::Hip,
        Self::P1,
        Self::P2,
        Self::P3,
        Self::Skull,
        Self::Head,
        Self::ShoulderR,
        Self::ElbowR,
        Self::WristR,
        Self::FingertipR,
        Self::HipR,
        Self::KneeR,
        Self::AnkleR,
        Self::ToeR,
        Self::ShoulderL,
        Self::ElbowL,
        Self::WristL,
        Self::FingertipL,
        Self::HipL,
        Self::KneeL,
        Self::AnkleL,
        Self::ToeL,
    ];

    /// As it is written in data files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hip => "hip",
            Self::P1 => "p1",
            Self::P2 => "p2",
            Self::P3 => "p3",
            Self::Skull => "skull",
            Self::Head => "head",
            Self::ShoulderR => "shoulder_r",
            Self::ElbowR => "elbow_r",
            Self::WristR => "wrist_r",
            Self::FingertipR => "fingertip_r",
            Self::HipR => "hip_r",
            Self::KneeR => "knee_r",
            Self::AnkleR => "ankle_r",
            Self::ToeR => "toe_r",
            Self::ShoulderL => "shoulder_l",
            Self::ElbowL => "elbow_l",
            Self::WristL => "wrist_l",
            Self::FingertipL => "fingertip_l",
            Self::HipL => "hip_l",
            Self::KneeL => "knee_l",
            Self::AnkleL => "ankle_l",
            Self::ToeL => "toe_l",
        }
    }

    /// The joint of the other side; a joint of the midline is its own.
    #[must_use]
    pub const fn other_side(self) -> Self {
        match self {
            Self::ShoulderR => Self::ShoulderL,
            Self::ElbowR => Self::ElbowL,
            Self::WristR => Self::WristL,
            Self::FingertipR => Self::FingertipL,
            Self::HipR => Self::HipL,
            Self::KneeR => Self::KneeL,
            Self::AnkleR => Self::AnkleL,
            Self::ToeR => Self::ToeL,
            Self::ShoulderL => Self::ShoulderR,
            Self::ElbowL => Self::ElbowR,
            Self::WristL => Self::WristR,
            Self::FingertipL => Self::FingertipR,
            Self::HipL => Self::HipR,
            Self::KneeL => Self::KneeR,
            Self::AnkleL => Self::AnkleR,
            Self::ToeL => Self::ToeR,
            Self::Hip | Self::P1 | Self::P2 | Self::P3 | Self::Skull | Self::Head => self,
        }
    }
}

/// The figure at one moment, finished: everything mirrored that has to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// From where it is seen. In the side view the `R` limbs are the near ones, the `L` limbs the
    /// far ones, mirrored or not.
    pub view: View,
    /// The figure is the mirror image of what is stored: in the side view it looks to the left.
    pub mirrored: bool,
    /// Which side of the user's own body is at work.
    pub side: Side,
    joints: [Point; Joint::ALL.len()],
    /// Which way the head's axis points, in degrees.
    pub head_bearing: f32,
    /// How far the face is turned towards the viewer's right, in degrees. Front view.
    pub head_turn: f32,
    /// How far the chin is down, in degrees. Front view.
    pub head_nod: f32,
    /// How far the trunk is turned towards the viewer's right, in degrees. Front view.
    pub trunk_turn: f32,
    /// Where the `R` arm is drawn. Front view.
    pub layer_r: Layer,
    /// Where the `L` arm is drawn. Front view.
    pub layer_l: Layer,
    /// Which arm is drawn first where both lie in the same layer.
    pub arm_order: ArmOrder,
    /// The figure stands still, apart from its breath.
    pub still: bool,
    /// Factor on the width of the chest, 1 to 1.02: the breath.
    pub swell: f32,
    /// How far shoulders and head are to be drawn above where the joints are, along the spine, in
    /// body heights: they rise with the breath, and sink a little where a movement ends.
    pub lift: f32,
    /// The way of a movement that is too small to be seen.
    pub guide: Option<Guide>,
    /// The figure turns round: how much of that is done, 0 to 1. Draw
    /// [`turned_round`](Self::turned_round) fading out and this body fading in.
    pub crossfade: Option<f32>,
    /// Chair, wall or mat, from back to front, mirrored like the figure.
    pub props: Vec<PropPart>,
}

impl Index<Joint> for Body {
    type Output = Point;

    fn index(&self, joint: Joint) -> &Point {
        &self.joints[joint as usize]
    }
}

impl Body {
    /// 1 where the figure looks to the viewer's right in the side view, -1 where to the left.
    #[must_use]
    pub fn facing(&self) -> f32 {
        if self.mirrored { -1.0 } else { 1.0 }
    }

    /// The mirror image, looking the other way: what was seen before a crossfade.
    #[must_use]
    pub fn turned_round(&self) -> Self {
        Self {
            mirrored: !self.mirrored,
            side: self.side.other(),
            joints: self.joints.map(Point::mirrored),
            head_bearing: -self.head_bearing,
            head_turn: -self.head_turn,
            trunk_turn: -self.trunk_turn,
            props: self.props.iter().map(|part| part.mirrored()).collect(),
            guide: self.guide.as_ref().map(Guide::mirrored),
            ..self.clone()
        }
    }
}

/// The body at a time of the timeline, which must be one of this stretch. Times beyond the end
/// show the end. A stretch without a figure has none to speak of.
#[must_use]
pub fn pose_at(stretch: &Stretch, rig: &Rig, timeline: &Timeline, t: Duration) -> Body {
    let Some(at) = timeline.at(t).filter(|_| stretch.has_figure()) else {
        return body(stretch, rig, &PoseNumbers::default());
    };
    let mut body = blended(stretch, rig, at.slot, ease(at.progress));
    body.crossfade = at.slot.turns_for.and_then(|length| {
        let done = at.elapsed.as_secs_f32() / length.as_secs_f32();
        (done < 1.0).then_some(done)
    });
    let full = fullness(timeline, &at);
    body.swell = 1.0 + SWELL * full;
    body.lift = LIFT * full - SETTLE * settling(timeline, &at);
    let guide = guide::guide(stretch, rig, timeline, &at);
    body.guide = if body.mirrored {
        guide.as_ref().map(Guide::mirrored)
    } else {
        guide
    };
    body
}

/// The numbers of the pose at a time, as they are blended, in the notation of files. `None` for a
/// stretch without a figure.
#[must_use]
pub fn numbers_at(stretch: &Stretch, timeline: &Timeline, t: Duration) -> Option<PoseNumbers> {
    let at = timeline.at(t).filter(|_| stretch.has_figure())?;
    let (from, to) = (&stretch.poses[at.slot.from], &stretch.poses[at.slot.to]);
    Some(blend(from, to, ease(at.progress)))
}

/// The factor on the width of the chest after standing still for a while: a slow breath that
/// begins without a jump.
#[must_use]
pub fn swell(still_for: Duration) -> f32 {
    let since = still_for.as_secs_f32();
    let fade = (since / SWELL_FADE_S).min(1.0);
    let breath = (1.0 - (since / BREATH_S * std::f32::consts::TAU).cos()) / 2.0;
    1.0 + SWELL * fade * breath
}

/// A key pose and when it is reached, for pictures that stand still.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyMoment {
    /// When the timeline first reaches it.
    pub at: Duration,
    /// Place of the phase that leads to it in [`Stretch::phases`]; its cue says what to do.
    pub cue: usize,
    /// The user is there, or on the way there.
    pub current: bool,
    /// The figure.
    pub body: Body,
}

/// The key poses in the order in which they are first reached, each once, with the one marked
/// that time `t` shows or leads to.
#[must_use]
pub fn poses_of_key_moments(
    stretch: &Stretch,
    rig: &Rig,
    timeline: &Timeline,
    t: Duration,
) -> Vec<KeyMoment> {
    if !stretch.has_figure() {
        return Vec::new();
    }
    let now = timeline.at(t).map(|at| blended(stretch, rig, at.slot, 1.0));
    let mut moments: Vec<KeyMoment> = Vec::new();
    for slot in timeline.slots() {
        let body = blended(stretch, rig, slot, 1.0);
        if moments.iter().any(|moment| looks_like(&moment.body, &body)) {
            continue;
        }
        moments.push(KeyMoment {
            at: if slot.still() { slot.start } else { slot.end() },
            cue: slot.cue,
            current: false,
            body,
        });
    }
    let current = moments.iter_mut().find(|moment| {
        now.as_ref()
            .is_some_and(|now| looks_like(&moment.body, now))
    });
    if let Some(moment) = current {
        moment.current = true;
    }
    moments
}

/// Whether two bodies make the same picture. A symmetrical pose is its own mirror image.
pub(super) fn looks_like(a: &Body, b: &Body) -> bool {
    const CLOSE: f32 = 0.006;
    let near = |p: Point, q: Point| (p.x - q.x).hypot(p.y - q.y) < CLOSE;
    let swapped = a.view == View::Front && a.mirrored != b.mirrored;
    let same_points = Joint::ALL.iter().all(|joint| {
        let twin = if swapped { joint.other_side() } else { *joint };
        near(a[*joint], b[twin])
    });
    same_points && (a.head_turn - b.head_turn).abs() < 1.0 && (a.head_nod - b.head_nod).abs() < 1.0
}

fn blended(stretch: &Stretch, rig: &Rig, slot: &Slot, progress: f32) -> Body {
    let (from, to) = (&stretch.poses[slot.from], &stretch.poses[slot.to]);
    let nearer = if progress < 0.5 { from } else { to };
    let mut body = body(stretch, rig, &blend(from, to, progress));
    body.layer_r = nearer.layer_r;
    body.layer_l = nearer.layer_l;
    body.still = slot.still();
    if slot.mirrored {
        body = body.turned_round();
    }
    body.side = slot.side;
    body
}

/// Slow at both ends.
pub(super) fn ease(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

fn blend(from: &KeyPose, to: &KeyPose, t: f32) -> PoseNumbers {
    let (a, b) = (&from.numbers, &to.numbers);
    PoseNumbers {
        root: mix(a.root, b.root, t),
        trunk: mix(a.trunk, b.trunk, t),
        arm_r: mix(a.arm_r, b.arm_r, t),
        arm_l: mix(a.arm_l, b.arm_l, t),
        leg_r: mix(a.leg_r, b.leg_r, t),
        leg_l: mix(a.leg_l, b.leg_l, t),
        shoulder_r: mix(a.shoulder_r, b.shoulder_r, t),
        shoulder_l: mix(a.shoulder_l, b.shoulder_l, t),
        turn: mix([a.turn], [b.turn], t)[0],
        head_turn: mix([a.head_turn], [b.head_turn], t)[0],
        head_nod: mix([a.head_nod], [b.head_nod], t)[0],
        shorten: mix(a.shorten, b.shorten, t),
    }
}

fn mix<const N: usize>(a: [f32; N], b: [f32; N], t: f32) -> [f32; N] {
    std::array::from_fn(|i| a[i] + (b[i] - a[i]) * t)
}

/// The body of a pose as it is stored, with everything that does not depend on time at rest.
fn body(stretch: &Stretch, rig: &Rig, pose: &PoseNumbers) -> Body {
    let parts = stretch.props.iter();
    Body {
        view: stretch.view,
        mirrored: false,
        side: Side::Both,
        joints: joints(stretch.view, rig, pose),
        head_bearing: pose.trunk[4],
        head_turn: pose.head_turn,
        head_nod: pose.head_nod,
        trunk_turn: pose.turn,
        layer_r: Layer::Front,
        layer_l: Layer::Front,
        arm_order: stretch.arm_order,
        still: true,
        swell: 1.0,
        lift: 0.0,
        guide: None,
        crossfade: None,
        props: parts
            .flat_map(|prop| prop.parts(stretch.view, &stretch.frame))
            .collect(),
    }
}

/// Where the joints of a pose are, as it is stored.
pub(super) fn joints(view: View, rig: &Rig, pose: &PoseNumbers) -> [Point; Joint::ALL.len()] {
    use Segment as S;

    let factor = |segment: Segment| pose.shorten[segment as usize];
    let length = &rig.length;
    let [pelvis, lower, upper, neck, head] = pose.trunk;

    let hip = Point::new(pose.root[0], pose.root[1]);
    let p1 = hip.along(pelvis, length.pelvis * factor(S::Pelvis));
    let p2 = p1.along(lower, length.spine_lower * factor(S::SpineLower));
    let p3 = p2.along(upper, length.spine_upper * factor(S::SpineUpper));
    let skull = p3.along(neck, length.neck * factor(S::Neck));
    let head = skull.along(head, length.head * factor(S::Head));

    // `toward` is 1 on the viewer's right and -1 on the left.
    let shoulder = |toward: f32, [out, up]: [f32; 2]| {
        let across = match view {
            View::Front => toward * (rig.shoulder_half_width * pose.turn.to_radians().cos() + out),
            View::Side => out,
        };
        p3.along(upper + 90.0, across)
            .along(upper, up - rig.shoulder_drop)
    };
    let hip_joint = |toward: f32| match view {
        View::Front => hip.along(pelvis + 90.0, toward * rig.hip_half_width),
        View::Side => hip,
    };
    let foot = match view {
        View::Front => length.foot_front,
        View::Side => length.foot_side,
    };

    let limb = |start: Point, bearings: [f32; 3], lengths: [f32; 3], segments: [S; 3]| {
        let mut end = start;
        let mut points = [start; 3];
        for i in 0..3 {
            end = end.along(bearings[i], lengths[i] * factor(segments[i]));
            points[i] = end;
        }
        points
    };
    let arm = [length.upper_arm, length.forearm, length.hand];
    let leg = [length.thigh, length.shin, foot];

    let shoulder_r = shoulder(1.0, pose.shoulder_r);
    let shoulder_l = shoulder(-1.0, pose.shoulder_l);
    let (hip_r, hip_l) = (hip_joint(1.0), hip_joint(-1.0));
    let [elbow_r, wrist_r, fingertip_r] = limb(
        shoulder_r,
        pose.arm_r,
        arm,
        [S::UpperArmR, S::ForearmR, S::HandR],
    );
    let [elbow_l, wrist_l, fingertip_l] = limb(
        shoulder_l,
        pose.arm_l,
        arm,
        [S::UpperArmL, S::ForearmL, S::HandL],
    );
    let [knee_r, ankle_r, toe_r] = limb(hip_r, pose.leg_r, leg, [S::ThighR, S::ShinR, S::FootR]);
    let [knee_l, ankle_l, toe_l] = limb(hip_l, pose.leg_l, leg, [S::ThighL, S::ShinL, S::FootL]);

    // In the order of `Joint::ALL`.
    [
        hip,
        p1,
        p2,
        p3,
        skull,
        head,
        shoulder_r,
        elbow_r,
        wrist_r,
        fingertip_r,
        hip_r,
        knee_r,
        ankle_r,
        toe_r,
        shoulder_l,
        elbow_l,
        wrist_l,
        fingertip_l,
        hip_l,
        knee_l,
        ankle_l,
        toe_l,
    ]
}
