//! Draws the figure: a [`Body`] goes in, one mesh comes out.
//!
//! What lies in front of what follows the catalogue: in the side view far limbs, trunk, head, near
//! limbs; in the front view the layers of the arms decide. Where the body is was decided before,
//! in `core::stretch::pose`; here is only what it looks like.
//!
//! - [`brush`]: soft shapes with clean edges;
//! - `torso`, `limbs`, `head`: the parts of the body;
//! - `scene`: ground, shadow, props, and the guide of a small movement;
//! - `glow`: the tint on the part at work.

use egui::{Mesh, Pos2, Rect, Vec2, pos2, vec2};

use crate::{
    core::stretch::{
        Area, Body, Joint, Point, View,
        catalogue::{ArmOrder, Frame, Layer, Rig},
        prop::PropPart,
    },
    gui::theme::{Theme, Tone, mix},
};

pub mod brush;
mod glow;
mod head;
mod limbs;
mod scene;
#[cfg(test)]
mod tests;
mod torso;

use brush::Brush;
use glow::Where;

/// How far limbs on the far side fade towards the background.
const FAR: f32 = 0.32;
/// The outline that separates crossing limbs, in body heights.
const HALO: f32 = 0.0046;

/// What to draw, besides the body.
#[derive(Clone, Copy, Debug)]
pub struct Manner<'a> {
    /// The colours.
    pub theme: &'a Theme,
    /// Lengths and widths of the body.
    pub rig: &'a Rig,
    /// What the figure must stay in; fitted to the drawing area and then fixed.
    pub frame: Frame,
    /// The areas at work, the main one first.
    pub areas: &'a [Area],
    /// How strongly they glow, 0 to 1.
    pub glow: f32,
}

/// Places the frame of a stretch in an area of the screen.
#[derive(Clone, Copy, Debug)]
pub struct Placement {
    /// Where x = 0 meets the floor.
    origin: Pos2,
    /// Points to the body height.
    pub scale: f32,
}

impl Placement {
    /// As large as fits, in the middle, a little air around it.
    #[must_use]
    pub fn fit(frame: &Frame, area: Rect) -> Self {
        // The frame holds the joints and their flesh; the ground needs room below it.
        let (left, right) = (frame.left - 0.03, frame.right + 0.03);
        let (bottom, top) = (frame.bottom.min(-0.035) - 0.02, frame.top + 0.02);
        let scale = (area.width() / (right - left))
            .min(area.height() / (top - bottom))
            .max(1.0);
        let center = area.center();
        Self {
            origin: pos2(
                center.x - scale * f32::midpoint(left, right),
                center.y + scale * f32::midpoint(bottom, top),
            ),
            scale,
        }
    }

    /// A place of the body on the screen.
    #[must_use]
    pub fn at(&self, point: Point) -> Pos2 {
        pos2(
            self.origin.x + self.scale * point.x,
            self.origin.y - self.scale * point.y,
        )
    }
}

/// The figure with its ground and props, fitted to `area`.
#[must_use]
pub fn figure(body: &Body, manner: &Manner<'_>, area: Rect, pixels_per_point: f32) -> Mesh {
    let placement = Placement::fit(&with_props(manner.frame, body), area);
    let mut brush = Brush::new(pixels_per_point);
    scene::ground(&mut brush, manner, &placement);
    match body.crossfade {
        None => draw(&mut brush, body, manner, &placement, 0.0),
        // One after the other through the background: two bodies at once are hard to read.
        Some(done) if done < 0.5 => {
            let before = body.turned_round();
            draw(&mut brush, &before, manner, &placement, fade(done * 2.0));
        }
        Some(done) => draw(&mut brush, body, manner, &placement, fade(2.0 - done * 2.0)),
    }
    brush.into_mesh()
}

/// Lines and bars may stand higher than the body, and are drawn in full; walls are cut.
fn with_props(frame: Frame, body: &Body) -> Frame {
    let tops = body.props.iter().filter_map(|part| match part {
        PropPart::Bar { from, to, .. } | PropPart::Dashes { from, to } => Some(from.y.max(to.y)),
        PropPart::Panel { .. } => None,
    });
    Frame {
        top: tops.fold(frame.top, f32::max),
        ..frame
    }
}

fn fade(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

fn draw(brush: &mut Brush, body: &Body, manner: &Manner<'_>, placement: &Placement, faded: f32) {
    brush.wash(manner.theme.ground, faded);
    scene::props(brush, body, manner.theme, placement);
    scene::shadow(brush, body, manner.theme, placement, 1.0 - faded);
    paint(brush, body, manner, placement);
    if let Some(guide) = &body.guide {
        scene::guide(brush, guide, manner.theme, placement);
    }
    brush.wash(manner.theme.ground, 0.0);
}

/// The body alone.
fn paint(brush: &mut Brush, body: &Body, manner: &Manner<'_>, placement: &Placement) {
    let spine = placement.at(body[Joint::P3]) - placement.at(body[Joint::P2]);
    let mut painter = Painter {
        lift: spine.normalized() * (body.lift * placement.scale),
        brush,
        body,
        manner,
        placement,
    };
    match body.view {
        View::Side => painter.side_view(),
        View::Front => painter.front_view(),
    }
}

/// Which of two arms or legs. In the side view `Right` is the near one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Limb {
    Right,
    Left,
}

/// Which part of an arm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ArmPart {
    Whole,
    Upper,
    Lower,
}

/// Draws the parts of one body.
struct Painter<'a> {
    brush: &'a mut Brush,
    body: &'a Body,
    manner: &'a Manner<'a>,
    placement: &'a Placement,
    /// By how much head and shoulders are drawn above their joints, on the screen.
    lift: Vec2,
}

impl Painter<'_> {
    fn side_view(&mut self) {
        self.arm(Limb::Left, ArmPart::Whole, FAR);
        self.leg(Limb::Left, FAR);
        self.trunk_from_the_side();
        self.neck();
        self.glow(Where::Trunk);
        self.head();
        self.leg(Limb::Right, 0.0);
        self.arm(Limb::Right, ArmPart::Whole, 0.0);
        self.glow(Where::Limbs);
    }

    fn front_view(&mut self) {
        self.glow(Where::Behind);
        let order = match self.body.arm_order {
            ArmOrder::LeftFirst => [Limb::Left, Limb::Right],
            ArmOrder::RightFirst => [Limb::Right, Limb::Left],
        };
        for limb in order {
            match self.layer(limb) {
                Layer::Behind => self.arm(limb, ArmPart::Whole, 0.14),
                Layer::Split => self.arm(limb, ArmPart::Lower, 0.14),
                Layer::Front | Layer::UnderHead => {}
            }
        }
        self.trunk_from_the_front();
        self.neck();
        self.leg(Limb::Left, 0.0);
        self.leg(Limb::Right, 0.0);
        self.glow(Where::Trunk);
        for limb in order {
            match self.layer(limb) {
                Layer::UnderHead => self.arm(limb, ArmPart::Whole, 0.0),
                Layer::Split => self.arm(limb, ArmPart::Upper, 0.0),
                Layer::Front | Layer::Behind => {}
            }
        }
        self.head();
        for limb in order {
            if self.layer(limb) == Layer::Front {
                self.arm(limb, ArmPart::Whole, 0.0);
            }
        }
        self.glow(Where::Limbs);
    }

    fn layer(&self, limb: Limb) -> Layer {
        match limb {
            Limb::Right => self.body.layer_r,
            Limb::Left => self.body.layer_l,
        }
    }

    /// How far the forearms lie over each other, 0 to 1: then the lower one is drawn darker.
    fn crossing(&self) -> f32 {
        let both_in_front = self.body.layer_r == self.body.layer_l;
        if self.body.view == View::Side || !both_in_front {
            return 0.0;
        }
        let middle = |elbow, wrist| self.joint(elbow).lerp(self.joint(wrist), 0.5);
        let apart = middle(Joint::ElbowR, Joint::WristR) - middle(Joint::ElbowL, Joint::WristL);
        ((0.16 - apart.length() / self.placement.scale) / 0.10).clamp(0.0, 1.0)
    }

    /// Where a joint is on the screen.
    fn joint(&self, joint: Joint) -> Pos2 {
        let at = self.placement.at(self.body[joint]);
        match joint {
            Joint::P3 | Joint::Skull | Joint::Head | Joint::ShoulderR | Joint::ShoulderL => {
                at + self.lift
            }
            Joint::Hip
            | Joint::P1
            | Joint::P2
            | Joint::ElbowR
            | Joint::WristR
            | Joint::FingertipR
            | Joint::HipR
            | Joint::KneeR
            | Joint::AnkleR
            | Joint::ToeR
            | Joint::ElbowL
            | Joint::WristL
            | Joint::FingertipL
            | Joint::HipL
            | Joint::KneeL
            | Joint::AnkleL
            | Joint::ToeL => at,
        }
    }

    /// A length in points.
    fn long(&self, heights: f32) -> f32 {
        heights * self.placement.scale
    }

    /// How long a straight piece of a curve may be, in points: longer where the figure is larger.
    fn chord(&self) -> f32 {
        0.32 * self.placement.scale.sqrt()
    }

    /// Whether the figure is so large that corners would show which otherwise do not.
    fn large(&self) -> bool {
        self.placement.scale > 600.0
    }

    /// A tone of a limb that is this far towards the background.
    fn pale(&self, tone: Tone, far: f32) -> Tone {
        tone.toward(self.manner.theme.background, far)
    }

    /// Only the background: what outlines consist of.
    fn halo(&self) -> Tone {
        let background = self.manner.theme.background;
        Tone {
            light: background,
            shade: background,
        }
    }

    /// The sleeve: the shirt, a little deeper, so that an arm before the trunk is seen.
    fn sleeve(&self) -> Tone {
        let shirt = self.manner.theme.figure.upper;
        Tone {
            light: shirt.at(0.28),
            shade: mix(shirt.shade, self.manner.theme.figure.lower.shade, 0.22),
        }
    }
}

/// The screen direction of a bearing in degrees: 0 up, clockwise.
fn bearing(degrees: f32) -> Vec2 {
    let (sin, cos) = degrees.to_radians().sin_cos();
    vec2(sin, -cos)
}
