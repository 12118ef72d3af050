//! The trunk: a smooth curve with the widths of the rig, shirt above trousers, and the neck.

use egui::{Pos2, Vec2};

use super::{
    HALO, Painter, bearing,
    brush::{Section, catmull_rom, fraction, quarter, smooth_open},
};
use crate::{
    core::stretch::{Joint, View},
    gui::theme::Tone,
};

/// Where the shirt begins, as a place between the hips (0) and the top of the spine (1).
const HEM: f32 = 0.14;
/// The shirt stands off the trousers by this much, in body heights.
const CLOTH: f32 = 0.0028;
/// Over which places beside its own the width of the trunk is averaged.
const ROUNDING: [f32; 5] = [-0.12, -0.06, 0.0, 0.06, 0.12];
/// Cross-sections of the trunk, and of one that is as large as a screen.
const CUTS: usize = 16;
const MANY_CUTS: usize = 40;

/// A place on the line of the spine.
struct Cut {
    place: f32,
    center: Pos2,
    /// Unit vector along the spine, towards the head.
    up: Vec2,
}

impl Painter<'_> {
    /// Shirt and trousers as one band along the spine.
    pub(super) fn trunk_from_the_side(&mut self) {
        let colors = &self.manner.theme.figure;
        let (shirt, trousers) = (colors.upper, colors.lower);
        let mut sections = Vec::with_capacity(CUTS + 2);
        let mut clothed = false;
        for cut in self.cuts() {
            if cut.place >= HEM && !clothed {
                clothed = true;
                sections.push(self.cross_section(&cut, 0.0, trousers));
                let hem = self.cross_section(&cut, CLOTH, shirt);
                // A pixel apart, so that the hem has no steps.
                let center = hem.center + cut.up * (2.0 * self.brush.feather());
                sections.push(Section { center, ..hem });
                continue;
            }
            let (tone, room) = if clothed {
                // The shirt falls back to the body towards the neck.
                (shirt, CLOTH * (1.0 - cut.place))
            } else {
                (trousers, 0.0)
            };
            sections.push(self.cross_section(&cut, room, tone));
        }
        let halo = self.halo();
        let grown = self.long(HALO);
        let outline: Vec<Section> = sections
            .iter()
            .map(|section| Section {
                left: section.left + grown,
                right: section.right + grown,
                tone: halo,
                ..*section
            })
            .collect();
        self.brush.ribbon(&outline);
        self.brush.ribbon(&sections);
    }

    /// One outline from hem to shoulders and back, so that no seam shows where they meet.
    pub(super) fn trunk_from_the_front(&mut self) {
        let colors = &self.manner.theme.figure;
        let (shirt, trousers) = (colors.upper, colors.lower);
        let cuts = self.cuts();
        let pelvis: Vec<&Cut> = cuts.iter().filter(|cut| cut.place <= HEM + 0.12).collect();
        let lap = self.lap();
        let mut hips = self.side_of(&pelvis, 1.0, |place| self.hip_half_width(place, lap));
        let left = self.side_of(&pelvis, -1.0, |place| self.hip_half_width(place, lap));
        hips.extend(left.into_iter().rev());
        if let (Some(first), Some(cut)) = (hips.first().copied(), cuts.first()) {
            // Between the legs the trousers reach a little below the hips.
            let last = hips[hips.len() - 1];
            let below = cut.center - cut.up * self.long(0.030);
            hips.push(below + (last - cut.center) * 0.5);
            hips.push(below + (first - cut.center) * 0.5);
            if self.seated() > 0.5 {
                // In the shade between the thighs.
                let far = (first - cut.center).length();
                let across = quarter(cut.up) * (far * 0.6);
                let deep = trousers.deeper().flat();
                let (top, bottom) = (cut.center, cut.center - cut.up * self.long(0.052));
                self.brush.polygon(
                    &[top - across, top + across, bottom + across, bottom - across],
                    deep,
                );
            }
        }
        // Without light and shade, as the thighs begin, so that no seam shows between them.
        self.brush.polygon(&hips, trousers.flat());

        let chest: Vec<&Cut> = cuts
            .iter()
            .filter(|cut| (HEM..=0.80).contains(&cut.place))
            .collect();
        let cloth = |place: f32| self.half_width(place) + self.long(CLOTH);
        let right = self.side_of(&chest, 1.0, cloth);
        let mut left = self.side_of(&chest, -1.0, cloth);
        left.reverse();
        let mut line: Vec<Pos2> = right.iter().rev().take(2).rev().copied().collect();
        line.extend(self.shoulder_line());
        line.extend(left.iter().take(2));
        let mut outline = right;
        // The curve begins and ends on the sides, whose last points it repeats.
        outline.pop();
        outline.extend(smooth_open(&line, self.chord()));
        outline.extend(left.into_iter().skip(1));
        self.brush.polygon(&outline, shirt);
    }

    /// How far out the thighs reach at the hips: further where they point at the viewer.
    fn lap(&self) -> f32 {
        let apart = (self.joint(Joint::HipR) - self.joint(Joint::HipL)).length();
        0.5 * apart + self.long(egui::lerp(0.0355..=0.0420, self.seated()))
    }

    /// Whether the thighs point at the viewer, 0 to 1.
    fn seated(&self) -> f32 {
        let thigh = self.long(self.manner.rig.length.thigh);
        let shown = |hip: Joint, knee: Joint| (self.joint(knee) - self.joint(hip)).length() / thigh;
        let mean = f32::midpoint(
            shown(Joint::HipR, Joint::KneeR),
            shown(Joint::HipL, Joint::KneeL),
        );
        ((0.9 - mean) / 0.6).clamp(0.0, 1.0)
    }

    /// The hips widen towards the thighs, so that no step shows where these begin.
    fn hip_half_width(&self, place: f32, thighs: f32) -> f32 {
        let own = self.half_width(place);
        let down = (1.0 - place / (HEM + 0.12)).clamp(0.0, 1.0);
        own + (thighs - own).max(0.0) * down
    }

    /// From the right shoulder over the collar to the left one.
    fn shoulder_line(&self) -> Vec<Pos2> {
        let up = (self.joint(Joint::P3) - self.joint(Joint::P2)).normalized();
        let across = quarter(up);
        let top = self.joint(Joint::P3);
        // In a mirrored body the stored right side is on the viewer's left.
        let (mut right, mut left) = (self.joint(Joint::ShoulderR), self.joint(Joint::ShoulderL));
        if (right - left).dot(across) < 0.0 {
            std::mem::swap(&mut right, &mut left);
        }
        let mut line = Vec::with_capacity(8);
        let half = |shoulder: Pos2, side: f32| {
            [
                shoulder + across * (side * self.long(0.020)) - up * self.long(0.018),
                shoulder + across * (side * self.long(0.017)) + up * self.long(0.005),
                shoulder + across * (side * self.long(-0.008)) + up * self.long(0.0190),
                top + across * (side * self.long(0.064)) + up * self.long(0.0175),
                top + across * (side * self.long(0.038)) + up * self.long(0.030),
                top + across * (side * self.long(0.025)) + up * self.long(0.040),
            ]
        };
        line.extend(half(right, 1.0));
        line.extend(half(left, -1.0).into_iter().rev());
        line
    }

    /// The neck. From the front it shows the round of the collar.
    pub(super) fn neck(&mut self) {
        let (base, skull, head) = (
            self.joint(Joint::P3),
            self.joint(Joint::Skull),
            self.joint(Joint::Head),
        );
        let [wide, narrow] = self.manner.rig.radius.neck.map(|radius| self.long(radius));
        let skin = self.manner.theme.figure.skin;
        // In the shade of the chin.
        let tone = Tone {
            light: skin.at(0.45),
            shade: skin.at(1.0),
        };
        let way = (skull - base).normalized();
        let normal = -quarter(way);
        let top = skull.lerp(head, 0.35);
        let base = match self.body.view {
            View::Front => base + way * self.long(0.012),
            View::Side => base + way * self.long(0.022),
        };
        let sections = [
            Section::even(base, normal, wide * 1.02, tone),
            Section::even(skull, normal, narrow, tone),
            Section::even(top, normal, narrow, tone),
        ];
        if self.body.view == View::Front {
            let collar = self.sleeve();
            let edge = sections.map(|section| {
                let room = self.long(0.0055);
                Section {
                    left: section.left + room,
                    right: section.right + room,
                    tone: collar,
                    ..section
                }
            });
            self.brush.ribbon(&edge[..1].repeat(2));
        }
        self.brush.ribbon(&sections);
    }

    fn cross_section(&self, cut: &Cut, room: f32, tone: Tone) -> Section {
        let half = self.half_width(cut.place) + self.long(room);
        Section::even(cut.center, -quarter(cut.up), half, tone)
    }

    /// The edge of the trunk on the viewer's right (1) or left (-1).
    fn side_of(&self, cuts: &[&Cut], side: f32, half: impl Fn(f32) -> f32) -> Vec<Pos2> {
        cuts.iter()
            .map(|cut| cut.center + quarter(cut.up) * (half(cut.place) * side))
            .collect()
    }

    fn half_width(&self, place: f32) -> f32 {
        // The rig gives widths at a few places: between them the outline is rounded.
        let at = |place: f32| {
            let turn = self.body.trunk_turn;
            self.manner
                .rig
                .trunk_half_width(self.body.view, place, turn)
        };
        let width = match self.body.view {
            View::Side => ROUNDING.map(|off| at(place + off)).iter().sum::<f32>() / 5.0,
            View::Front => {
                ROUNDING
                    .map(|off| at(place + 0.5 * off))
                    .iter()
                    .sum::<f32>()
                    / 5.0
            }
        };
        // The chest breathes; hips and neck do not.
        let chest = (1.0 - ((place - 0.68) / 0.42).powi(2)).max(0.0);
        self.long(width * (1.0 + (self.body.swell - 1.0) * chest))
    }

    /// Places along the spine, on a smooth curve through its joints.
    fn cuts(&self) -> Vec<Cut> {
        let spine = [Joint::Hip, Joint::P1, Joint::P2, Joint::P3].map(|joint| self.joint(joint));
        let lengths = &self.manner.rig.length;
        let bones = [lengths.pelvis, lengths.spine_lower, lengths.spine_upper];
        let total: f32 = bones.iter().sum();
        let before = spine[0] - (spine[1] - spine[0]);
        let after = spine[3] + (spine[3] - spine[2]) * 0.5;
        let points = [before, spine[0], spine[1], spine[2], spine[3], after];
        let count = if self.large() { MANY_CUTS } else { CUTS };
        let mut cuts = Vec::with_capacity(count + 1);
        for step in 0..=count {
            let place = fraction(step, count);
            let mut along = place * total;
            let mut bone = 0;
            while bone < 2 && along > bones[bone] {
                along -= bones[bone];
                bone += 1;
            }
            let t = (along / bones[bone]).min(1.0);
            let [a, b, c, d] = [0, 1, 2, 3].map(|i| points[bone + i]);
            let center = catmull_rom(a, b, c, d, t);
            let ahead = catmull_rom(a, b, c, d, t + 0.02) - catmull_rom(a, b, c, d, t - 0.02);
            let up = if ahead.length() > 1e-4 {
                ahead.normalized()
            } else {
                bearing(0.0)
            };
            cuts.push(Cut { place, center, up });
        }
        cuts
    }
}
