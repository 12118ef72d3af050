//! The head: a ball with a face on it, turned and nodded in space and then flattened.
//!
//! One head serves both views: from the side it is turned by a quarter. So a face that turns
//! moves as a face does, the near ear slides in, and the hair follows.

use std::f32::consts::TAU;

use egui::{Pos2, Vec2};

use super::{
    Painter, bearing,
    brush::{Cloud, Section, between, fraction, quarter, smooth_closed, steps_for},
};
use crate::{
    core::stretch::{Joint, View},
    gui::theme::{Tone, mix},
};

/// Height of the hairline above the eyes for each angle to the viewer's right of the nose, in
/// degrees: parted on one side, swept over the forehead to the other, short round the ears.
const HAIRLINE: [(f32, f32); 21] = [
    (-180.0, -50.0),
    (-140.0, -47.0),
    (-112.0, -30.0),
    (-95.0, 1.0),
    (-82.0, -13.0),
    (-71.0, 4.0),
    (-60.0, 22.0),
    (-44.0, 31.0),
    (-30.0, 40.0),
    (-21.0, 44.5),
    (-12.0, 41.0),
    (0.0, 35.5),
    (18.0, 30.5),
    (38.0, 25.5),
    (56.0, 20.0),
    (70.0, 5.0),
    (82.0, -13.0),
    (95.0, 1.0),
    (112.0, -30.0),
    (140.0, -47.0),
    (180.0, -50.0),
];
/// The hair stands off the skull by this factor, and by so much more towards the crown.
const HAIR: f32 = 1.045;
const CROWN: f32 = 0.105;
const AT_THE_LINE: f32 = 1.012;
/// The head is drawn a little larger than life: the face is what one looks at first.
const LARGER: f32 = 1.07;

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
        // A soft line under the jaw separates it from the neck.
        let jaw = mix(colors.skin.shade, colors.feature, 0.32);
        let jaw = Tone {
            light: jaw,
            shade: jaw,
        };
        let rim = 1.0 + self.long(0.0032) / skull.along;
        self.brush.star(&skull.outline(rim), skull.center, jaw);
        // Ears behind the face first, those on the near side after it.
        for side in [-1.0, 1.0] {
            self.ear(&skull, side, colors.skin, false);
        }
        let nose = skull.nose(self.chord());
        self.brush.polygon(&nose, colors.skin);
        self.brush
            .star(&skull.outline(1.0), skull.center, colors.skin);
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
            across: self.long(across * LARGER),
            along: self.long(rig.head_up * LARGER),
            scale: self.placement.scale,
        }
    }

    fn face(&mut self, skull: &Skull) {
        let colors = self.manner.theme.figure;
        let ink = Tone {
            light: colors.feature,
            shade: colors.feature,
        };
        let soft = mix(colors.skin.at(0.8), colors.feature, 0.50);
        let soft = Tone {
            light: soft,
            shade: soft,
        };
        let brow_tone = colors.hair.toward(colors.skin.at(0.5), 0.25).flat();
        for side in [-1.0, 1.0] {
            let cheek = skull.seen(33.0 * side, -19.0, 0.98);
            // A few pixels of it would be a stain.
            if cheek.near > 0.1 && self.long(0.0125) > 3.0 {
                let shape = Cloud {
                    center: cheek.at,
                    across: self.long(0.0125) * cheek.near,
                    along: self.long(0.0105),
                    up: skull.up,
                };
                self.brush.cloud(&shape, colors.blush, |_| 1.0);
            }
            let eye = skull.seen(22.5 * side, 0.5, 1.0);
            if eye.near > 0.15 {
                let thin = (eye.near * 1.08).clamp(0.45, 1.0);
                // Who looks down has lowered lids.
                let open = 1.0 - 0.75 * skull.nod.sin().max(0.0);
                let (wide, high) = (self.long(0.0062) * thin, self.long(0.0073) * open);
                self.brush.ellipse(eye.at, wide, high, skull.up, ink);
            }
            // Nodding would slant the brows of a ball into a frown.
            let frown = 57.0 * skull.nod.sin();
            let brow = [12.5, 18.0, 23.5, 29.0, 34.0].map(|az: f32| {
                let arch = 18.5 - ((az - 23.0) / 11.0).powi(2) * 2.2;
                let level = frown * (12.5f32.to_radians().cos() - az.to_radians().cos());
                skull.seen(az * side, arch - 1.25 * level, 1.0)
            });
            if eye.near > 0.3 {
                self.line(&brow, 0.0019, brow_tone);
            }
        }
        let mouth = [-16.0, -11.0, -5.5, 0.0, 5.5, 11.0, 16.0].map(|az: f32| {
            let smile = (az / 16.0).powi(2) * (1.6 + 4.0 * skull.turn.cos().max(0.0));
            skull.seen(az, smile - 39.0, 1.0)
        });
        self.line(&mouth, 0.0021, soft);
        // Under the nose; from the side the nose itself is enough.
        let under = [-7.0, -3.5, 0.0, 3.5, 7.0]
            .map(|az: f32| skull.seen(az, -17.5 + (az / 7.0).powi(2) * 2.6, 1.02));
        if skull.turn.cos() > 0.6 {
            self.line(&under, 0.0015, soft);
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
        let x = x * (1.0 - 0.14 * low.powf(2.2)) * self.across;
        let forward = self.turn.sin() * 0.013 * low * self.scale;
        self.center + self.right * (x + forward) + self.up * (y * self.along)
    }

    fn outline(&self, out: f32) -> Vec<Pos2> {
        let steps = steps_for(self.along, TAU);
        (0..steps)
            .map(|step| {
                let angle = TAU * fraction(step, steps);
                self.place(angle.sin() * out, angle.cos() * out)
            })
            .collect()
    }

    /// A small wedge that stands out where the head is turned.
    fn nose(&self, chord: f32) -> Vec<Pos2> {
        let bridge = self.seen(0.0, 10.0, 0.97).at;
        let tip = self.seen(0.0, -11.0, 1.22).at;
        let under = self.seen(0.0, -20.0, 0.99).at;
        let inside = self.seen(0.0, -6.0, 0.7).at;
        smooth_closed(
            &[
                bridge,
                bridge.lerp(tip, 0.7),
                tip,
                tip.lerp(under, 0.6),
                under,
                inside,
            ],
            chord * 0.6,
        )
    }

    /// What is seen of the hair: from the hairline over the top to the rim of the head.
    fn hair(&self) -> Vec<Pos2> {
        const STEPS: usize = 90;
        let line: Vec<Seen> = (0..STEPS)
            .map(|step| {
                let azimuth = 360.0 * fraction(step, STEPS) - 180.0;
                let height = hairline(azimuth);
                self.seen(azimuth, height, AT_THE_LINE)
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
        let clockwise = (to - from).rem_euclid(TAU);
        let way = if self.is_hair(from + clockwise / 2.0) {
            clockwise
        } else {
            clockwise - TAU
        };
        let steps = steps_for(self.along, way.abs()).max(12);
        let mut outline = run;
        for step in 0..=steps {
            let angle = from + way * fraction(step, steps);
            let out = self.hair_out(angle);
            outline.push(self.place(angle.sin() * out, angle.cos() * out));
        }
        outline
    }

    /// Whether hair grows at the rim of the head at this angle from its top.
    fn is_hair(&self, angle: f32) -> bool {
        let (x, y, z) = self.at_rim(angle);
        let height = y.clamp(-1.0, 1.0).asin().to_degrees();
        height > hairline(x.atan2(z).to_degrees())
    }

    /// How far the hair stands off at the rim at this angle from the top: more towards the crown,
    /// and hardly at all where it begins.
    fn hair_out(&self, angle: f32) -> f32 {
        let (x, y, z) = self.at_rim(angle);
        let grown = y.clamp(-1.0, 1.0).asin().to_degrees() - hairline(x.atan2(z).to_degrees());
        let full = HAIR + CROWN * ((y + 0.1) / 1.1).clamp(0.0, 1.0);
        let t = (grown / 30.0).clamp(0.0, 1.0);
        egui::lerp(AT_THE_LINE..=full, t * (2.0 - t))
    }

    /// The place on the unit ball, before it was turned, that is now at the rim.
    fn at_rim(&self, angle: f32) -> (f32, f32, f32) {
        let (x, y, z) = (angle.sin(), angle.cos(), 0.0);
        let (sin, cos) = self.turn.sin_cos();
        let (x, z) = (x * cos - z * sin, x * sin + z * cos);
        let (sin, cos) = self.nod.sin_cos();
        let (y, z) = (y * cos + z * sin, z * cos - y * sin);
        (x, y, z)
    }
}

fn hairline(azimuth: f32) -> f32 {
    // Averaged over its surroundings, which rounds the corners of the table.
    let at = |off: f32| between(&HAIRLINE, (azimuth + off).clamp(-180.0, 180.0));
    [-7.0, -3.5, 0.0, 3.5, 7.0].map(at).iter().sum::<f32>() / 5.0
}
