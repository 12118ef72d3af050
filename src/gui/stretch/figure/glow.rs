//! Where the stretch is felt: a soft tint on the areas at work, which follows the limbs.
//!
//! Areas of the back are behind the body when it is seen from the front: there a light comes from
//! behind it, and only little of it shines through.

use egui::{Pos2, Vec2, vec2};

use super::{
    Manner, Painter, Placement,
    brush::{Cloud, quarter},
};
use crate::core::stretch::{Area, Body, Joint, Point, Side, View, catalogue::Rig};

const UP: Vec2 = Vec2::new(0.0, -1.0);
/// How much of a glow is left beside the body.
const BESIDE: f32 = 0.30;
/// How much of a light behind the body shines through it.
const THROUGH: f32 = 0.55;
/// Over which distance the glow fades at the edge of the body, in body heights.
const EDGE: f32 = 0.016;

/// In which layer a glow is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// Behind everything.
    Behind,
    /// On trunk and neck, below head and arms.
    Trunk,
    /// On the limbs, over everything.
    Limbs,
}

impl Painter<'_> {
    /// The glow in one of the layers.
    pub(super) fn glow(&mut self, layer: Where) {
        let Manner { areas, glow, .. } = *self.manner;
        if glow <= 0.0 {
            return;
        }
        // The main area, and the second one where it is another place; more would say nothing.
        for (area, strength) in areas.iter().zip([1.0, 0.6]) {
            let behind = self.body.view == View::Front && on_the_back(*area);
            let share = match layer {
                Where::Behind if behind => 1.0,
                Where::Trunk if behind => THROUGH,
                Where::Trunk if !is_limb(*area) => 1.0,
                Where::Limbs if is_limb(*area) => 1.0,
                Where::Behind | Where::Trunk | Where::Limbs => continue,
            };
            let color = self
                .manner
                .theme
                .glow
                .gamma_multiply(0.85 * glow * strength * share);
            let flesh = Flesh::of(self.body, self.manner.rig, self.placement);
            let grown = if layer == Where::Behind { 1.9 } else { 1.0 };
            for spot in spots(*area, self.body) {
                let shape = Cloud {
                    center: self.placement.at(spot.at),
                    across: self.long(spot.across * grown),
                    along: self.long(spot.along * grown.sqrt()),
                    up: spot.up,
                };
                if layer == Where::Behind {
                    self.brush.cloud(&shape, color, |_| 1.0);
                } else {
                    let flesh = flesh.near(&shape);
                    self.brush.cloud(&shape, color, |at| flesh.there(at));
                }
            }
        }
    }
}

/// The body as a few round bones, for asking whether a place lies on it.
struct Flesh {
    /// From, to, and the half widths there, on the screen.
    bones: Vec<(Pos2, Pos2, f32, f32)>,
    edge: f32,
}

impl Flesh {
    fn of(body: &Body, rig: &Rig, placement: &Placement) -> Self {
        let mut bones = Vec::with_capacity(20);
        let mut bone = |from: Joint, to: Joint, [a, b]: [f32; 2]| {
            bones.push((
                placement.at(body[from]),
                placement.at(body[to]),
                a * placement.scale,
                b * placement.scale,
            ));
        };
        let wide = |place: f32| rig.trunk_half_width(body.view, place, body.trunk_turn);
        bone(Joint::Hip, Joint::P1, [wide(0.0), wide(0.2)]);
        bone(Joint::P1, Joint::P2, [wide(0.2), wide(0.57)]);
        bone(Joint::P2, Joint::P3, [wide(0.57), 0.8 * wide(0.9)]);
        bone(Joint::P3, Joint::Skull, rig.radius.neck);
        if body.view == View::Front {
            bone(Joint::ShoulderR, Joint::P3, [0.026, 0.034]);
            bone(Joint::ShoulderL, Joint::P3, [0.026, 0.034]);
        }
        use Joint as J;
        for [shoulder, elbow, wrist, tip, hip, knee, ankle] in [
            [
                J::ShoulderR,
                J::ElbowR,
                J::WristR,
                J::FingertipR,
                J::HipR,
                J::KneeR,
                J::AnkleR,
            ],
            [
                J::ShoulderL,
                J::ElbowL,
                J::WristL,
                J::FingertipL,
                J::HipL,
                J::KneeL,
                J::AnkleL,
            ],
        ] {
            bone(shoulder, elbow, rig.radius.upper_arm);
            bone(elbow, wrist, rig.radius.forearm);
            bone(wrist, tip, rig.radius.hand);
            bone(hip, knee, rig.radius.thigh);
            bone(knee, ankle, rig.radius.shin);
        }
        Self {
            bones,
            edge: EDGE * placement.scale,
        }
    }

    /// The same without what lies apart from a cloud.
    fn near(&self, cloud: &Cloud) -> Self {
        let reach = cloud.across.max(cloud.along) + self.edge;
        let near = self
            .bones
            .iter()
            .filter(|(from, to, a, b)| beside(cloud.center, *from, *to).1 < reach + a.max(*b));
        Self {
            bones: near.copied().collect(),
            edge: self.edge,
        }
    }

    /// How much of a glow is to be seen at a place: all of it on the body, little beside it.
    fn there(&self, at: Pos2) -> f32 {
        let outside = self
            .bones
            .iter()
            .map(|&(from, to, a, b)| {
                let (t, off) = beside(at, from, to);
                off - egui::lerp(a..=b, t)
            })
            .fold(f32::INFINITY, f32::min);
        let t = (outside / self.edge + 0.5).clamp(0.0, 1.0);
        1.0 - (1.0 - BESIDE) * t * t * (3.0 - 2.0 * t)
    }
}

/// The place on a line nearest to a point, from 0 to 1, and how far it is from there.
fn beside(at: Pos2, from: Pos2, to: Pos2) -> (f32, f32) {
    let along = to - from;
    let t = ((at - from).dot(along) / along.length_sq().max(1e-6)).clamp(0.0, 1.0);
    (t, (at - from.lerp(to, t)).length())
}

fn on_the_back(area: Area) -> bool {
    match area {
        Area::Rhomboids | Area::ThoracicSpine | Area::LowerBack => true,
        Area::Neck
        | Area::UpperTrapezius
        | Area::Shoulders
        | Area::Chest
        | Area::Lats
        | Area::SideBody
        | Area::Triceps
        | Area::Hips
        | Area::Hamstrings
        | Area::Legs
        | Area::Wrists => false,
    }
}

fn is_limb(area: Area) -> bool {
    match area {
        Area::Shoulders | Area::Triceps | Area::Wrists | Area::Hamstrings | Area::Legs => true,
        Area::Neck
        | Area::UpperTrapezius
        | Area::Rhomboids
        | Area::ThoracicSpine
        | Area::Chest
        | Area::Lats
        | Area::SideBody
        | Area::LowerBack
        | Area::Hips => false,
    }
}

struct Spot {
    at: Point,
    across: f32,
    along: f32,
    up: Vec2,
}

/// Where an area lies on this body.
fn spots(area: Area, body: &Body) -> Vec<Spot> {
    let front = body.view == View::Front;
    let back = -body.facing();
    // Which limbs work; the midline counts as both.
    let limbs = |right: Joint, left: Joint| -> Vec<Joint> {
        let shown_right = if body.mirrored {
            Side::Left
        } else {
            Side::Right
        };
        match body.side {
            Side::Both => vec![right, left],
            side if side == shown_right => vec![right],
            Side::Right | Side::Left => vec![left],
        }
    };
    let between = |a: Joint, b: Joint, t: f32| lerp(body[a], body[b], t);
    let round = |at: Point, size: f32| Spot {
        at,
        across: size,
        along: size,
        up: UP,
    };
    let along = |a: Joint, b: Joint, from: f32, to: f32, width: f32| {
        let (start, end) = (between(a, b, from), between(a, b, to));
        let way = vec2(end.x - start.x, start.y - end.y);
        Spot {
            at: lerp(start, end, 0.5),
            across: width,
            along: 0.5 * way.length() + width * 0.6,
            up: if way.length() > 1e-4 {
                way.normalized()
            } else {
                UP
            },
        }
    };
    // What is pulled long lies on the side away from which head or trunk leans.
    let lean = body[Joint::Head].x - body[Joint::P3].x;
    let stretched: &[f32] = if lean.abs() < 0.02 {
        &[-1.0, 1.0]
    } else if lean > 0.0 {
        &[-1.0]
    } else {
        &[1.0]
    };
    let shifted = |joint: Point, x: f32, y: f32| Point::new(joint.x + x, joint.y + y);
    match area {
        Area::Neck if front => stretched
            .iter()
            .map(|side| {
                round(
                    shifted(between(Joint::P3, Joint::Skull, 0.5), side * 0.022, 0.0),
                    0.048,
                )
            })
            .collect(),
        Area::Neck => vec![round(
            shifted(between(Joint::P3, Joint::Skull, 0.6), back * 0.020, 0.0),
            0.052,
        )],
        Area::UpperTrapezius if front => stretched
            .iter()
            .map(|side| round(shifted(body[Joint::P3], side * 0.060, 0.005), 0.062))
            .collect(),
        Area::UpperTrapezius => vec![round(shifted(body[Joint::P3], back * 0.012, 0.0), 0.060)],
        Area::Shoulders => limbs(Joint::ShoulderR, Joint::ShoulderL)
            .into_iter()
            .map(|joint| round(body[joint], 0.062))
            .collect(),
        Area::Rhomboids | Area::ThoracicSpine => {
            let middle = between(Joint::P2, Joint::P3, 0.55);
            vec![if front {
                Spot {
                    across: 0.070,
                    ..along(Joint::P2, Joint::P3, 0.1, 0.95, 0.070)
                }
            } else {
                let spine = along(Joint::P2, Joint::P3, 0.05, 0.95, 0.045);
                let out = quarter(spine.up) * back;
                Spot {
                    at: shifted(middle, out.x * 0.034, -out.y * 0.034),
                    ..spine
                }
            }]
        }
        Area::Chest if front => [-1.0, 1.0]
            .into_iter()
            .map(|side| {
                round(
                    shifted(between(Joint::P2, Joint::P3, 0.62), side * 0.050, 0.0),
                    0.062,
                )
            })
            .collect(),
        Area::Chest => {
            let spine = along(Joint::P2, Joint::P3, 0.3, 0.95, 0.045);
            let out = -quarter(spine.up) * back;
            vec![Spot {
                at: shifted(
                    between(Joint::P2, Joint::P3, 0.6),
                    out.x * 0.036,
                    -out.y * 0.036,
                ),
                ..spine
            }]
        }
        Area::Lats | Area::SideBody if front => stretched
            .iter()
            .map(|side| {
                let trunk = along(Joint::P1, Joint::P3, 0.1, 0.75, 0.042);
                let out = quarter(trunk.up) * *side;
                Spot {
                    at: shifted(trunk.at, out.x * 0.062, -out.y * 0.062),
                    ..trunk
                }
            })
            .collect(),
        Area::Lats | Area::SideBody => vec![along(Joint::P1, Joint::P3, 0.2, 0.9, 0.045)],
        Area::Triceps => limbs(Joint::ShoulderR, Joint::ShoulderL)
            .into_iter()
            .map(|shoulder| {
                let elbow = if shoulder == Joint::ShoulderR {
                    Joint::ElbowR
                } else {
                    Joint::ElbowL
                };
                along(shoulder, elbow, 0.25, 0.85, 0.046)
            })
            .collect(),
        Area::LowerBack => {
            let spine = along(Joint::P1, Joint::P2, 0.0, 0.9, 0.045);
            let out = quarter(spine.up) * if front { 0.0 } else { back };
            vec![Spot {
                at: shifted(spine.at, out.x * 0.032, -out.y * 0.032),
                ..spine
            }]
        }
        Area::Hips => vec![round(body[Joint::Hip], 0.075)],
        Area::Hamstrings => working_legs(body)
            .into_iter()
            .map(|[hip, knee, _]| along(hip, knee, 0.3, 0.9, 0.048))
            .collect(),
        Area::Legs => working_legs(body)
            .into_iter()
            .map(|[hip, knee, ankle]| {
                // A leg that is lifted works in the thigh, one that stands straight in the calf.
                let bone = |a: Joint, b: Joint| vec2(body[b].x - body[a].x, body[b].y - body[a].y);
                let (thigh, shin) = (bone(hip, knee), bone(knee, ankle));
                if thigh.dot(shin) > 0.9 * thigh.length() * shin.length() {
                    along(knee, ankle, 0.05, 0.6, 0.042)
                } else {
                    along(hip, knee, 0.3, 0.9, 0.048)
                }
            })
            .collect(),
        Area::Wrists => limbs(Joint::WristR, Joint::WristL)
            .into_iter()
            .map(|joint| round(body[joint], 0.046))
            .collect(),
    }
}

fn lerp(a: Point, b: Point, t: f32) -> Point {
    Point::new(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)
}

/// Hip, knee and ankle of the legs at work: both from the front, from the side the one that is
/// lifted, or the near one.
fn working_legs(body: &Body) -> Vec<[Joint; 3]> {
    let right = [Joint::HipR, Joint::KneeR, Joint::AnkleR];
    let left = [Joint::HipL, Joint::KneeL, Joint::AnkleL];
    match body.view {
        View::Front => vec![right, left],
        View::Side if body[Joint::KneeL].y > body[Joint::KneeR].y + 0.05 => vec![left],
        View::Side => vec![right],
    }
}
