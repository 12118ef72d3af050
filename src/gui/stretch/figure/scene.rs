//! What is around the body: ground, shadow, chair, wall and mat, and the guide of a small movement.

use egui::{Color32, Pos2, Vec2, pos2, vec2};

use super::{
    Manner, Placement,
    brush::{Brush, Cloud, Section, quarter},
};
use crate::{
    core::stretch::{Body, Joint, Point, guide::Guide, prop::PropPart},
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
    let shape = Cloud {
        center: placement.at(Point::new(f32::midpoint(left, right), 0.0)),
        across: (0.5 * (right - left) + 0.055) * placement.scale,
        along: 0.017 * placement.scale,
        up: UP,
    };
    let depth = strength * if theme.dark { 0.45 } else { 0.24 };
    brush.cloud(&shape, theme.figure.shadow.gamma_multiply(depth), |_| 1.0);
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

/// The way of a small movement, and an arrow on it: quiet, but to be seen on cloth and on skin.
pub(super) fn guide(brush: &mut Brush, guide: &Guide, theme: &Theme, placement: &Placement) {
    let track: Vec<Pos2> = guide.track.iter().map(|at| placement.at(*at)).collect();
    let even = |color: Color32| {
        let color = color.gamma_multiply(guide.strength);
        Tone {
            light: color,
            shade: color,
        }
    };
    let edge = even(theme.background);
    let line = even(mix(theme.background, theme.accent, 0.55));
    for (half, tone) in [(0.0046, edge), (0.0022, line)] {
        let sections: Vec<Section> = (0..track.len())
            .map(|i| {
                let (a, b) = (
                    track[i.saturating_sub(1)],
                    track[(i + 1).min(track.len() - 1)],
                );
                let normal = -quarter((b - a).normalized());
                Section::even(track[i], normal, half * placement.scale, tone)
            })
            .collect();
        brush.ribbon(&sections);
    }
    let at = placement.at(guide.at);
    let ahead = vec2(guide.ahead.x, -guide.ahead.y);
    for (size, tone) in [(1.32, edge), (1.0, even(theme.accent))] {
        let long = 0.0125 * size * placement.scale;
        let wing = quarter(ahead) * (0.0125 * size * placement.scale);
        let (tip, back) = (at + ahead * long * 1.15, at - ahead * long * 0.95);
        brush.polygon(
            &[tip, back + wing, back + ahead * (long * 0.45), back - wing],
            tone,
        );
    }
}
