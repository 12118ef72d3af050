//! What is around the body: ground, shadow, chair, wall and mat, and the glow on the part at work.

use egui::{Color32, Pos2, Vec2, pos2, vec2};

use super::{
    Manner, Placement,
    brush::{Brush, Section, quarter},
};
use crate::{
    core::stretch::{Area, Body, Joint, Point, Side, View, prop::PropPart},
    gui::theme::{Theme, Tone, mix},
};

const UP: Vec2 = Vec2::new(0.0, -1.0);

/// The soft disc on which everything stands.
pub(super) fn ground(brush: &mut Brush, manner: &Manner<'_>, placement: &Placement) {
    let frame = &manner.frame;
    let middle = f32::midpoint(frame.left, frame.right);
    let half = (0.5 * (frame.right - frame.left) + 0.02).max(0.24);
    let color = manner.theme.ground;
    brush.ellipse(
        placement.at(Point::new(middle, -0.004)),
        half * placement.scale,
        0.034 * placement.scale,
        UP,
        Tone {
            light: color,
            shade: color,
        },
    );
}

/// A shadow where body and props touch the ground.
pub(super) fn shadow(
    brush: &mut Brush,
    body: &Body,
    theme: &Theme,
    placement: &Placement,
    strength: f32,
) {
    const LOW: f32 = 0.10;
    let mut left = f32::INFINITY;
    let mut right = f32::NEG_INFINITY;
    let mut low = |x: f32, y: f32| {
        if y < LOW {
            left = left.min(x);
            right = right.max(x);
        }
    };
    for joint in Joint::ALL {
        low(body[joint].x, body[joint].y);
    }
    for part in &body.props {
        if let PropPart::Bar { from, to, .. } = part {
            low(from.x, from.y);
            low(to.x, to.y);
        }
    }
    if left > right {
        return;
    }
    brush.cloud(
        placement.at(Point::new(f32::midpoint(left, right), 0.0)),
        (0.5 * (right - left) + 0.055) * placement.scale,
        0.017 * placement.scale,
        UP,
        theme
            .figure
            .shadow
            .gamma_multiply(strength * if theme.dark { 0.45 } else { 0.24 }),
    );
}

/// Chair, wall or mat, drawn quietly.
pub(super) fn props(brush: &mut Brush, body: &Body, theme: &Theme, placement: &Placement) {
    for part in &body.props {
        match *part {
            PropPart::Bar {
                from,
                to,
                half_width,
            } => bar(
                brush,
                placement.at(from),
                placement.at(to),
                half_width * placement.scale,
                theme.figure.prop,
            ),
            PropPart::Panel { min, max, pale } => {
                let tone = if pale {
                    theme.figure.prop.toward(theme.background, 0.62)
                } else {
                    theme.figure.prop
                };
                panel(brush, placement.at(min), placement.at(max), tone);
            }
            PropPart::Dashes { from, to } => dashes(
                brush,
                placement.at(from),
                placement.at(to),
                0.0028 * placement.scale,
                mix(theme.background, theme.accent, 0.75),
            ),
        }
    }
}

fn bar(brush: &mut Brush, from: Pos2, to: Pos2, half: f32, tone: Tone) {
    let way = (to - from).normalized();
    let normal = -quarter(way);
    brush.ribbon(&[
        Section::even(from, normal, half, tone),
        Section::even(to, normal, half, tone),
    ]);
}

fn panel(brush: &mut Brush, min: Pos2, max: Pos2, tone: Tone) {
    let (left, right) = (min.x.min(max.x), min.x.max(max.x));
    let (top, bottom) = (min.y.min(max.y), min.y.max(max.y));
    let corner = (0.5 * (right - left)).min(0.5 * (bottom - top)).min(5.0);
    let mut outline = Vec::with_capacity(20);
    for (x, y, start) in [
        (left + corner, top + corner, 180.0f32),
        (right - corner, top + corner, 270.0),
        (right - corner, bottom - corner, 0.0),
        (left + corner, bottom - corner, 90.0),
    ] {
        for turn in [0.0, 30.0, 60.0, 90.0] {
            let angle = (start + turn).to_radians();
            outline.push(pos2(x, y) + vec2(angle.cos(), angle.sin()) * corner);
        }
    }
    brush.polygon(&outline, tone);
}

fn dashes(brush: &mut Brush, from: Pos2, to: Pos2, half: f32, color: Color32) {
    const DASHES: [f32; 7] = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    let tone = Tone {
        light: color,
        shade: color,
    };
    for dash in DASHES {
        let (a, b) = ((dash + 0.2) / 7.0, (dash + 0.75) / 7.0);
        bar(brush, from.lerp(to, a), from.lerp(to, b), half, tone);
    }
}

/// A cloud of warmth over the part at work, if it is one of the limbs, or not.
pub(super) fn glow(
    brush: &mut Brush,
    body: &Body,
    manner: &Manner<'_>,
    placement: &Placement,
    on_limbs: bool,
) {
    // The main area, and the second one where it is another place; more would say nothing.
    let both = manner.areas.iter().zip([1.0, 0.6]);
    for (area, strength) in both.filter(|(area, _)| is_limb(**area) == on_limbs) {
        for spot in spots(*area, body) {
            let color = manner
                .theme
                .glow
                .gamma_multiply(0.85 * manner.glow * strength);
            brush.cloud(
                placement.at(spot.at),
                spot.across * placement.scale,
                spot.along * placement.scale,
                spot.up,
                color,
            );
        }
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
        Area::Hamstrings | Area::Legs => [(Joint::HipR, Joint::KneeR), (Joint::HipL, Joint::KneeL)]
            .into_iter()
            .filter(|(hip, _)| front || *hip == Joint::HipR)
            .map(|(hip, knee)| along(hip, knee, 0.3, 0.9, 0.048))
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
