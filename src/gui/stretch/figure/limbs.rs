//! Arms and legs: bands that follow the bones, with round joints, hands and shoes.

use egui::{Pos2, Vec2, vec2};

use super::{
    ArmPart, HALO, Limb, Painter,
    brush::{Section, between, fraction, quarter, smooth_closed},
};
use crate::{
    core::stretch::{Joint, View, catalogue::ArmOrder},
    gui::theme::{Tone, mix},
};

/// Half widths along a bone: place from 0 to 1, and body heights.
type Profile = &'static [(f32, f32)];

const UPPER_ARM: Profile = &[
    (0.0, 0.0225),
    (0.10, 0.0262),
    (0.36, 0.0275),
    (0.75, 0.0240),
    (1.0, 0.0228),
];
const FOREARM: Profile = &[(0.0, 0.0232), (0.26, 0.0258), (0.7, 0.0200), (1.0, 0.0158)];
const HAND: Profile = &[
    (0.0, 0.0155),
    (0.12, 0.0165),
    (0.34, 0.0200),
    (0.55, 0.0205),
    (0.80, 0.0170),
    (1.0, 0.0095),
];
const THIGH_SIDE: Profile = &[(0.0, 0.0570), (0.15, 0.0545), (0.45, 0.0465), (1.0, 0.0350)];
const THIGH_FRONT: Profile = &[(0.0, 0.0340), (0.22, 0.0430), (1.0, 0.0345)];
/// A thigh that points at the viewer, and its knee.
const THIGH_LAP: Profile = &[(0.0, 0.0410), (1.0, 0.0440)];
const SHIN: Profile = &[
    (0.0, 0.0340),
    (0.28, 0.0345),
    (0.78, 0.0265),
    (0.98, 0.0235),
    (1.0, 0.0230),
];
/// A shin below a knee that points at the viewer.
const SHIN_LAP: Profile = &[(0.0, 0.0370), (0.3, 0.0365), (0.8, 0.0275), (1.0, 0.0245)];
const THUMB: Profile = &[(0.0, 0.0090), (0.5, 0.0085), (1.0, 0.0062)];
/// Where along the hand the gaps between the fingers begin and end, and how far out they lie.
const FINGERS: [(f32, f32, f32); 3] = [
    (0.62, 0.97, 0.0078),
    (0.60, 1.02, 0.0),
    (0.62, 0.95, -0.0078),
];

/// How far down the bone an arm begins, so that the shoulder slopes into it.
const SHOULDER_DROP: f32 = 0.011;
/// Where the sleeve ends on the upper arm, and how far it stands off.
const SLEEVE_END: f32 = 0.66;
const SLEEVE_ROOM: f32 = 0.0028;

/// A shoe from the side, from the ankle: forward and up, in body heights. The sole lies 0.039 down.
const SHOE: [(f32, f32); 13] = [
    (-0.0300, -0.0270),
    (-0.0265, -0.0375),
    (-0.0150, -0.0390),
    (0.0300, -0.0385),
    (0.0780, -0.0390),
    (0.1020, -0.0375),
    (0.1110, -0.0290),
    (0.1010, -0.0170),
    (0.0720, -0.0080),
    (0.0420, 0.0060),
    (0.0230, 0.0200),
    (-0.0230, 0.0200),
    (-0.0275, -0.0060),
];
const SOLE: [(f32, f32); 8] = [
    (-0.0295, -0.0300),
    (-0.0265, -0.0385),
    (-0.0150, -0.0395),
    (0.0780, -0.0395),
    (0.1030, -0.0380),
    (0.1105, -0.0310),
    (0.0760, -0.0335),
    (0.0300, -0.0325),
];
/// A shoe from the front, from the ankle: to the side, and towards the toes.
const SHOE_FRONT: [(f32, f32); 12] = [
    (0.0, -0.0200),
    (0.0180, -0.0150),
    (0.0215, 0.0060),
    (0.0275, 0.0230),
    (0.0290, 0.0345),
    (0.0250, 0.0400),
    (0.0, 0.0405),
    (-0.0250, 0.0400),
    (-0.0290, 0.0345),
    (-0.0275, 0.0230),
    (-0.0215, 0.0060),
    (-0.0180, -0.0150),
];
const SOLE_FRONT: [(f32, f32); 8] = [
    (0.0, 0.0365),
    (0.0250, 0.0345),
    (0.0295, 0.0350),
    (0.0262, 0.0405),
    (0.0, 0.0412),
    (-0.0262, 0.0405),
    (-0.0295, 0.0350),
    (-0.0250, 0.0345),
];
/// A thigh that shows less of its length than this points at the viewer.
const LAP: f32 = 0.6;
/// The bearing of a foot that stands flat is this much more than a quarter turn.
const FLAT_FOOT: f32 = 8.0;

/// A bone on the screen with what is on it.
struct Bone {
    from: Pos2,
    to: Pos2,
    profile: Profile,
    /// Up to which place there is cloth, and how far it stands off.
    cloth: (f32, f32),
    /// The cloth at its beginning and at its end, and what comes after it.
    tones: [Tone; 3],
    /// Begins without light and shade, to grow out of a part that has none.
    flat: bool,
}

impl Painter<'_> {
    /// An arm, `far` of the way to the background.
    pub(super) fn arm(&mut self, limb: Limb, part: ArmPart, far: f32) {
        let [shoulder, elbow, wrist, tip] = match limb {
            Limb::Right => [
                Joint::ShoulderR,
                Joint::ElbowR,
                Joint::WristR,
                Joint::FingertipR,
            ],
            Limb::Left => [
                Joint::ShoulderL,
                Joint::ElbowL,
                Joint::WristL,
                Joint::FingertipL,
            ],
        }
        .map(|joint| self.joint(joint));
        let below = match self.body.arm_order {
            ArmOrder::RightFirst => limb == Limb::Right,
            ArmOrder::LeftFirst => limb == Limb::Left,
        };
        let shade = if below { 0.4 * self.crossing() } else { 0.0 };
        let shaded = |tone: Tone| tone.mixed(tone.deeper(), shade);
        let sleeve = self.pale(shaded(self.sleeve()), far);
        let skin = self.pale(shaded(self.manner.theme.figure.skin), far);
        let down = (elbow - shoulder).normalized() * self.long(SHOULDER_DROP);
        let upper = Bone {
            from: shoulder + down,
            to: elbow,
            profile: UPPER_ARM,
            cloth: (SLEEVE_END, SLEEVE_ROOM),
            // It grows out of the shirt.
            tones: [self.pale(self.manner.theme.figure.upper, far), sleeve, skin],
            flat: false,
        };
        let fore = Bone::plain(elbow, wrist, FOREARM, skin);
        let hand = Bone::plain(wrist, tip, HAND, skin);
        let bones = match part {
            ArmPart::Whole => vec![upper, fore, hand],
            ArmPart::Upper => vec![upper],
            ArmPart::Lower => vec![fore, hand],
        };
        let thumb = (part != ArmPart::Upper)
            .then(|| self.thumb(elbow, wrist, tip, skin))
            .flatten();
        // At the shoulder the arm grows out of the trunk: no outline there.
        let start = if part == ArmPart::Lower { 1.0 } else { 0.0 };
        let sections = self.band(&bones);
        self.outline(&sections, start, 1.0);
        if let Some(thumb) = thumb {
            let sections = self.band(&[thumb]);
            self.outline(&sections, 1.0, 1.0);
            self.brush.ribbon(&sections);
        }
        self.brush.ribbon(&sections);
        if part != ArmPart::Upper {
            self.fingers(wrist, tip, skin);
        }
    }

    /// Thin lines between the fingers.
    fn fingers(&mut self, wrist: Pos2, tip: Pos2, skin: Tone) {
        let along = tip - wrist;
        // Too short to be told from a fist, or too thin to be told from each other.
        if along.length() < self.long(0.03).max(9.0) {
            return;
        }
        let across = quarter(along.normalized());
        let color = mix(skin.shade, self.manner.theme.figure.feature, 0.20);
        let tone = Tone {
            light: color,
            shade: color,
        };
        for (from, to, out) in FINGERS {
            let from = wrist + along * from + across * self.long(out * 1.15);
            let to = wrist + along * to + across * self.long(out * 0.75);
            let half = self.long(0.0009);
            self.brush.ribbon(&[
                Section::even(from, across, half, tone),
                Section::even(to, across, half, tone),
            ]);
        }
    }

    /// The thumb, on the side where it lies in rest. Seen from the front it turns with the arm:
    /// inwards when the arm hangs, upwards when it is held out, shorter on the way.
    fn thumb(&self, elbow: Pos2, wrist: Pos2, tip: Pos2, skin: Tone) -> Option<Bone> {
        let along = tip - wrist;
        let length = along.length();
        if length < 1e-3 {
            return None;
        }
        let along = along / length;
        let side = match self.body.view {
            View::Side => -quarter(along) * self.body.facing(),
            View::Front => {
                let inwards = (self.joint(Joint::P2).x - elbow.x).clamp(-1.0, 1.0);
                let wanted = vec2(0.6 * inwards, -1.0).normalized();
                let across = quarter(along);
                across * (across.dot(wanted) * 1.6).clamp(-1.0, 1.0)
            }
        };
        let reach = side.length();
        (reach > 0.15).then(|| {
            let root = wrist + along * (0.16 * length) + side * self.long(0.006);
            let way = along * 0.80 + side * 0.62;
            Bone::plain(root, root + way * self.long(0.037), THUMB, skin)
        })
    }

    /// A leg, `far` of the way to the background.
    pub(super) fn leg(&mut self, limb: Limb, far: f32) {
        let [hip, knee, ankle, toe] = match limb {
            Limb::Right => [Joint::HipR, Joint::KneeR, Joint::AnkleR, Joint::ToeR],
            Limb::Left => [Joint::HipL, Joint::KneeL, Joint::AnkleL, Joint::ToeL],
        }
        .map(|joint| self.joint(joint));
        let trousers = self.pale(self.manner.theme.figure.lower, far);
        let shoe = self.pale(self.manner.theme.figure.shoe, far);
        self.foot(ankle, toe, shoe);
        let shown = (knee - hip).length() / self.long(self.manner.rig.length.thigh);
        if self.body.view == View::Front && shown < LAP {
            return self.leg_at_the_viewer(hip, knee, ankle, trousers);
        }
        let front = self.body.view == View::Front;
        let thigh = Bone {
            flat: front,
            ..Bone::plain(
                hip,
                knee,
                if front { THIGH_FRONT } else { THIGH_SIDE },
                trousers,
            )
        };
        let shin = Bone::plain(knee, ankle, SHIN, trousers);
        let sections = self.band(&[thigh, shin]);
        // From the front nothing lies behind the legs but the hips that they grow out of.
        if !front {
            // The trousers lie on the shoe.
            self.outline(&sections, 0.0, 0.0);
        }
        self.brush.ribbon(&sections);
    }

    /// The leg of somebody who sits facing the viewer: a lit knee in front, the shin in its shade.
    fn leg_at_the_viewer(&mut self, hip: Pos2, knee: Pos2, ankle: Pos2, trousers: Tone) {
        let below = Bone::plain(knee, ankle, SHIN_LAP, trousers);
        let mut shin = self.band(&[below]);
        let count = shin.len();
        for (i, section) in shin.iter_mut().enumerate() {
            let shade = (1.0 - 1.8 * fraction(i, count)).clamp(0.0, 1.0);
            section.tone = trousers.mixed(trousers.deeper(), 0.75 * shade);
        }
        self.outline(&shin, 0.0, 0.0);
        self.brush.ribbon(&shin);
        let mut lap = self.band(&[Bone::plain(hip, knee, THIGH_LAP, trousers)]);
        let count = lap.len();
        for (i, section) in lap.iter_mut().enumerate() {
            let lit = fraction(i, count.saturating_sub(1));
            section.tone = trousers.flat().mixed(trousers.lifted(), lit);
        }
        self.brush.ribbon(&lap);
    }

    fn foot(&mut self, ankle: Pos2, toe: Pos2, shoe: Tone) {
        let along = toe - ankle;
        let length = along.length();
        if length < 1e-3 {
            return;
        }
        match self.body.view {
            View::Front => {
                let way = along / length;
                let across = quarter(way);
                let place = |&(x, y): &(f32, f32)| {
                    ankle + across * self.long(x) + way * (self.long(y) * length / self.long(0.040))
                };
                let upper: Vec<Pos2> = SHOE_FRONT.iter().map(place).collect();
                let sole: Vec<Pos2> = SOLE_FRONT.iter().map(place).collect();
                let rubber = shoe.toward(self.manner.theme.surface, 0.55);
                self.brush
                    .polygon(&smooth_closed(&upper, self.chord()), shoe);
                self.brush
                    .polygon(&smooth_closed(&sole, self.chord()), rubber);
            }
            View::Side => {
                let facing = self.body.facing();
                let forward =
                    Vec2::angled((along / length).angle() - FLAT_FOOT.to_radians() * facing);
                let up = -quarter(forward) * facing;
                let scale = self.long(length / self.long(self.manner.rig.length.foot_side));
                let place = |&(x, y): &(f32, f32)| ankle + forward * (x * scale) + up * (y * scale);
                let upper: Vec<Pos2> = SHOE.iter().map(place).collect();
                let sole: Vec<Pos2> = SOLE.iter().map(place).collect();
                let rubber = shoe.toward(self.manner.theme.surface, 0.55);
                self.brush
                    .polygon(&smooth_closed(&upper, self.chord()), shoe);
                self.brush
                    .polygon(&smooth_closed(&sole, self.chord()), rubber);
            }
        }
    }

    /// The cross-sections of a chain of bones, turning round each joint.
    fn band(&self, bones: &[Bone]) -> Vec<Section> {
        let mut sections: Vec<Section> = Vec::with_capacity(12 * bones.len());
        let mut before: Option<Vec2> = None;
        for bone in bones {
            let along = bone.to - bone.from;
            let way = if along.length() > 1e-3 {
                along.normalized()
            } else {
                before.unwrap_or(vec2(0.0, 1.0))
            };
            if let Some(before) = before {
                let start = bone.section(0.0, way, self.placement.scale);
                turn(&mut sections, before, way, &start);
            }
            for place in bone.places(self.large()) {
                let section = bone.section(place, way, self.placement.scale);
                if place == bone.cloth.0 && bone.cloth.1 > 0.0 {
                    // A pixel apart, so that the hem has no steps.
                    let hem = bone.hem(place, way, self.placement.scale);
                    sections.push(Section {
                        center: hem.center - way * (2.0 * self.brush.feather()),
                        ..hem
                    });
                }
                sections.push(section);
            }
            before = Some(way);
        }
        sections
    }

    /// The thin outline around a band, in the background's colour. At `start` 0 it begins with
    /// nothing, where the limb grows out of the body; at `end` 0 it ends so.
    fn outline(&mut self, sections: &[Section], start: f32, end: f32) {
        let tone = self.halo();
        let (full, fade) = (self.long(0.14), self.long(0.05));
        let length: f32 = sections
            .windows(2)
            .map(|pair| (pair[1].center - pair[0].center).length())
            .sum();
        let mut way = 0.0;
        let mut last = sections
            .first()
            .map_or(Pos2::ZERO, |section| section.center);
        let wide: Vec<Section> = sections
            .iter()
            .map(|section| {
                way += (section.center - last).length();
                last = section.center;
                let left = ((length - way) / fade).clamp(end, 1.0);
                let grown = (way / full).clamp(start, 1.0).min(left);
                let more = self.long(HALO) * grown - (1.0 - grown);
                Section {
                    left: (section.left + more).max(0.0),
                    right: (section.right + more).max(0.0),
                    tone,
                    ..*section
                }
            })
            .collect();
        self.brush.ribbon(&wide);
    }
}

impl Bone {
    fn plain(from: Pos2, to: Pos2, profile: Profile, tone: Tone) -> Self {
        Self {
            from,
            to,
            profile,
            cloth: (0.0, 0.0),
            tones: [tone; 3],
            flat: false,
        }
    }

    /// Where cross-sections are needed.
    fn places(&self, large: bool) -> Vec<f32> {
        const FEW: [f32; 7] = [0.0, 0.1, 0.22, 0.36, 0.55, 0.78, 1.0];
        let mut places = FEW.to_vec();
        if large {
            places.extend(FEW.windows(2).map(|pair| f32::midpoint(pair[0], pair[1])));
            places.sort_by(f32::total_cmp);
        }
        if self.cloth.1 > 0.0 {
            places.push(self.cloth.0);
            places.sort_by(f32::total_cmp);
        }
        places
    }

    fn section(&self, place: f32, way: Vec2, scale: f32) -> Section {
        let clothed = self.cloth.1 > 0.0 && place < self.cloth.0;
        let (tone, room) = if clothed {
            let [start, end, _] = self.tones;
            (start.mixed(end, place / self.cloth.0), self.cloth.1)
        } else {
            (self.tones[2], 0.0)
        };
        self.cut(place, way, scale, tone, room)
    }

    /// The last cross-section of the cloth.
    fn hem(&self, place: f32, way: Vec2, scale: f32) -> Section {
        self.cut(place, way, scale, self.tones[1], self.cloth.1)
    }

    fn cut(&self, place: f32, way: Vec2, scale: f32, tone: Tone, room: f32) -> Section {
        let half = (half_width(self.profile, place) + room) * scale;
        let tone = if self.flat {
            tone.flat().mixed(tone, (place / 0.6).min(1.0))
        } else {
            tone
        };
        Section::even(self.from.lerp(self.to, place), -quarter(way), half, tone)
    }
}

/// Turns the band at a joint from one direction to the next, as a round joint.
fn turn(sections: &mut Vec<Section>, before: Vec2, after: Vec2, next: &Section) {
    let Some(last) = sections.last().copied() else {
        return;
    };
    let cross = before.x * after.y - before.y * after.x;
    let angle = cross.atan2(before.dot(after));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a half turn at most"
    )]
    let steps = (angle.abs() / 0.22).ceil() as usize;
    for step in 1..steps {
        let t = fraction(step, steps);
        let way = Vec2::angled(before.angle() + angle * t);
        sections.push(Section {
            center: next.center,
            normal: -quarter(way),
            left: egui::lerp(last.left..=next.left, t),
            right: egui::lerp(last.right..=next.right, t),
            tone: last.tone,
        });
    }
}

/// The half width at a place, averaged over its surroundings, which rounds the profile's corners.
fn half_width(profile: Profile, place: f32) -> f32 {
    // Less so towards the ends, where the next bone begins with the same width.
    let near = (place.min(1.0 - place) / 0.08).clamp(0.0, 1.0);
    let at = |off: f32| between(profile, place + off * near);
    [-0.08, -0.04, 0.0, 0.04, 0.08].map(at).iter().sum::<f32>() / 5.0
}
