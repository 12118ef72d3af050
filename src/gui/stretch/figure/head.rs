//! The head: a ball with a face on it, turned and nodded in space and then flattened.
//!
//! One head serves both views: from the side it is turned by a quarter. So a face that turns
//! moves as a face does, the near ear slides in, and the hair follows.

use egui::{Pos2, Vec2};

use super::{
    Painter, bearing,
    brush::{Section, fraction, quarter, smooth_closed},
};
use crate::{
    core::stretch::{Joint, View},
    gui::theme::{Tone, mix},
};

/// Height of the hairline above the eyes for each angle away from the nose, in degrees.
const HAIRLINE: [(f32, f32); 9] = [
    (0.0, 46.0),
    (28.0, 43.0),
    (50.0, 33.0),
    (66.0, 14.0),
    (80.0, -10.0),
    (94.0, 2.0),
    (112.0, -22.0),
    (140.0, -40.0),
    (180.0, -44.0),
];
/// The hair stands off the skull by this factor.
const HAIR: f32 = 1.075;

/// The head as it is seen now.
struct Skull {
    center: Pos2,
    up: Vec2,
    right: Vec2,
    /// How far the face is turned to the viewer's right, and the chin down, in radians.
    turn: f32,
    nod: f32,
    /// Half the width and height on the screen, in points.
    across: f32,
    along: f32,
    /// Points to the body height.
    scale: f32,
}

/// A place on the head, seen.
#[derive(Clone, Copy)]
struct Seen {
    at: Pos2,
    /// Towards the viewer, -1 to 1.
    near: f32,
}

impl Painter<'_> {
    /// Head, hair and face.
    pub(super) fn head(&mut self) {
        let skull = self.skull();
        let colors = self.manner.theme.figure;
        let halo = self.halo();
        let rim = self.long(super::HALO) / skull.along;
        self.brush.polygon(&skull.outline(1.0 + rim), halo);
        // Ears behind the face first, those on the near side after it.
        for side in [-1.0, 1.0] {
            self.ear(&skull, side, colors.skin, false);
        }
        self.brush.polygon(&skull.nose(), colors.skin);
        self.brush.polygon(&skull.outline(1.0), colors.skin);
        self.face(&skull);
        self.brush.polygon(&skull.hair(), colors.hair);
        for side in [-1.0, 1.0] {
            self.ear(&skull, side, colors.skin, true);
        }
    }

    fn skull(&self) -> Skull {
        let rig = self.manner.rig;
        let (turn, nod) = match self.body.view {
            View::Side => (90.0 * self.body.facing(), 0.0),
            View::Front => (self.body.head_turn, self.body.head_nod),
        };
        let (turn, nod) = (turn.to_radians(), nod.to_radians());
        let up = bearing(self.body.head_bearing);
        let across = (rig.head_across_front * turn.cos()).hypot(rig.head_across_side * turn.sin());
        Skull {
            center: self.joint(Joint::Head),
            up,
            right: quarter(up),
            turn,
            nod,
            across: self.long(across),
            along: self.long(rig.head_up),
            scale: self.placement.scale,
        }
    }

    fn face(&mut self, skull: &Skull) {
        let colors = self.manner.theme.figure;
        let ink = Tone {
            light: colors.feature,
            shade: colors.feature,
        };
        let soft = mix(colors.skin.at(0.8), colors.feature, 0.45);
        let soft = Tone {
            light: soft,
            shade: soft,
        };
        for side in [-1.0, 1.0] {
            let eye = skull.seen(24.0 * side, 3.0, 1.0);
            if eye.near > 0.2 {
                let thin = (eye.near * 1.05).clamp(0.4, 1.0);
                let (wide, high) = (self.long(0.0058) * thin, self.long(0.0070));
                self.brush.ellipse(eye.at, wide, high, skull.up, ink);
            }
            let brow = [12.0, 24.0, 37.0].map(|az| {
                let arch = 23.5 - ((az - 25.0) / 13.0f32).powi(2) * 2.6;
                skull.seen(az * side, arch, 1.0)
            });
            self.line(&brow, 0.0018, soft);
        }
        let mouth = [-19.0, -10.0, 0.0, 10.0, 19.0].map(|az: f32| {
            let smile = -39.5 + (az / 19.0).powi(2) * 5.6;
            skull.seen(az, smile, 1.0)
        });
        self.line(&mouth, 0.0021, soft);
        // Under the nose; from the side the nose itself is enough.
        let under =
            [-8.5, 0.0, 8.5].map(|az: f32| skull.seen(az, -16.5 + (az / 8.5).powi(2) * 2.4, 1.02));
        if skull.turn.cos() > 0.3 {
            self.line(&under, 0.0016, soft);
        }
    }

    /// A line on the face, as far as it is on the near side.
    fn line(&mut self, points: &[Seen], half_width: f32, tone: Tone) {
        let near: Vec<Seen> = points.iter().copied().filter(|p| p.near > 0.08).collect();
        if near.len() < 2 {
            return;
        }
        let sections: Vec<Section> = (0..near.len())
            .map(|i| {
                let (a, b) = (
                    near[i.saturating_sub(1)].at,
                    near[(i + 1).min(near.len() - 1)].at,
                );
                let normal = -quarter((b - a).normalized());
                Section::even(near[i].at, normal, self.long(half_width), tone)
            })
            .collect();
        self.brush.ribbon(&sections);
    }

    fn ear(&mut self, skull: &Skull, side: f32, skin: Tone, front: bool) {
        let ear = skull.seen(97.0 * side, -5.0, 1.02);
        if (ear.near > 0.05) != front {
            return;
        }
        let wide = 0.0075 + 0.0045 * ear.near.abs();
        let tone = Tone {
            light: skin.at(0.25),
            shade: skin.at(1.0),
        };
        self.brush
            .ellipse(ear.at, self.long(wide), self.long(0.0155), skull.up, tone);
        if front {
            let inner = mix(skin.shade, self.manner.theme.figure.feature, 0.16);
            let inner = Tone {
                light: inner,
                shade: inner,
            };
            self.brush.ellipse(
                ear.at,
                self.long(wide * 0.45),
                self.long(0.0085),
                skull.up,
                inner,
            );
        }
    }
}

impl Skull {
    /// The place `azimuth` degrees to the right of the nose (for the viewer) and `height` degrees
    /// above the eyes, `out` times as far from the middle as the skin.
    fn seen(&self, azimuth: f32, height: f32, out: f32) -> Seen {
        let (az, el) = (azimuth.to_radians(), height.to_radians());
        let (x, y, z) = (az.sin() * el.cos(), el.sin(), az.cos() * el.cos());
        let (sin, cos) = self.nod.sin_cos();
        let (y, z) = (y * cos - z * sin, y * sin + z * cos);
        let (sin, cos) = self.turn.sin_cos();
        let (x, z) = (x * cos + z * sin, z * cos - x * sin);
        Seen {
            at: self.place(x * out, y * out),
            near: z,
        }
    }

    /// Where a flattened place of the unit ball lies: the jaw is narrower, and forward.
    fn place(&self, x: f32, y: f32) -> Pos2 {
        let low = (-y).max(0.0);
        let x = x * (1.0 - 0.20 * low.powf(1.7)) * self.across;
        let forward = self.turn.sin() * 0.013 * low * self.scale;
        self.center + self.right * (x + forward) + self.up * (y * self.along)
    }

    fn outline(&self, out: f32) -> Vec<Pos2> {
        (0..36)
            .map(|step| {
                let angle = std::f32::consts::TAU * fraction(step, 36);
                self.place(angle.sin() * out, angle.cos() * out)
            })
            .collect()
    }

    /// A small wedge that stands out where the head is turned.
    fn nose(&self) -> Vec<Pos2> {
        let bridge = self.seen(0.0, 12.0, 0.97).at;
        let tip = self.seen(0.0, -9.0, 1.2).at;
        let under = self.seen(0.0, -19.0, 0.99).at;
        let inside = self.seen(0.0, -5.0, 0.7).at;
        smooth_closed(
            &[
                bridge,
                bridge.lerp(tip, 0.7),
                tip,
                tip.lerp(under, 0.6),
                under,
                inside,
            ],
            1,
        )
    }

    /// What is seen of the hair: from the hairline over the top to the rim of the head.
    fn hair(&self) -> Vec<Pos2> {
        const STEPS: usize = 90;
        let line: Vec<Seen> = (0..STEPS)
            .map(|step| {
                let azimuth = 360.0 * fraction(step, STEPS) - 180.0;
                self.seen(azimuth, hairline(azimuth), HAIR)
            })
            .collect();
        // The one run of places on the near side, if there is a beginning to it.
        let Some(start) =
            (0..STEPS).find(|&i| line[i].near > 0.0 && line[(i + STEPS - 1) % STEPS].near <= 0.0)
        else {
            return Vec::new();
        };
        let run: Vec<Pos2> = (0..STEPS)
            .map(|i| line[(start + i) % STEPS])
            .take_while(|seen| seen.near > 0.0)
            .map(|seen| seen.at)
            .collect();
        let (Some(first), Some(last)) = (run.first().copied(), run.last().copied()) else {
            return Vec::new();
        };
        let rim = |at: Pos2| {
            let out = at - self.center;
            (out.dot(self.right) / self.across).atan2(out.dot(self.up) / self.along)
        };
        let (from, to) = (rim(last), rim(first));
        // Two ways round the rim: the one through hair.
        let clockwise = (to - from).rem_euclid(std::f32::consts::TAU);
        let way = if self.is_hair(from + clockwise / 2.0) {
            clockwise
        } else {
            clockwise - std::f32::consts::TAU
        };
        let mut outline = run;
        for step in 0..=24 {
            let angle = from + way * fraction(step, 24);
            outline.push(self.place(angle.sin() * HAIR, angle.cos() * HAIR));
        }
        outline
    }

    /// Whether hair grows at the rim of the head at this angle from its top.
    fn is_hair(&self, angle: f32) -> bool {
        let (x, y, z) = (angle.sin(), angle.cos(), 0.0);
        let (sin, cos) = self.turn.sin_cos();
        let (x, z) = (x * cos - z * sin, x * sin + z * cos);
        let (sin, cos) = self.nod.sin_cos();
        let (y, z) = (y * cos + z * sin, z * cos - y * sin);
        let height = y.clamp(-1.0, 1.0).asin().to_degrees();
        height > hairline(x.atan2(z).to_degrees())
    }
}

fn hairline(azimuth: f32) -> f32 {
    let away = azimuth.abs().min(180.0);
    let after = HAIRLINE.partition_point(|(at, _)| *at <= away);
    match (HAIRLINE.get(after.wrapping_sub(1)), HAIRLINE.get(after)) {
        (Some((x0, y0)), Some((x1, y1))) => {
            let t = (away - x0) / (x1 - x0);
            egui::lerp(*y0..=*y1, t * t * (3.0 - 2.0 * t))
        }
        (Some((_, y)), None) | (None, Some((_, y))) => *y,
        (None, None) => 0.0,
    }
}
