//! Chair, wall, mat: what stands beside the figure, as bars and panels ready to draw.

use super::{Point, View, catalogue::Frame};

/// Something beside the figure, as the catalogue says it. Lengths in body heights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Prop {
    /// A chair without wheels; `x` is below the hips, `back` the top of its back.
    Chair {
        /// Where.
        x: f32,
        /// How high its back is.
        back: f32,
    },
    /// A mat on the floor between two places.
    Mat {
        /// Its left end.
        x0: f32,
        /// Its right end.
        x1: f32,
    },
    /// A wall seen from the side, beginning at `x` and going on to the right.
    Wall {
        /// Where it begins.
        x: f32,
    },
    /// A wall behind the figure.
    WallBehind,
    /// A door frame, its uprights at this distance to each side.
    DoorFrame {
        /// From the middle to an upright.
        half: f32,
    },
    /// A chair whose back stands at `x` and is held for balance.
    ChairSupport {
        /// Where its back is.
        x: f32,
    },
    /// A dashed upright line that shows whether the head is over the shoulders.
    Plumb {
        /// Where.
        x: f32,
    },
}

/// A piece of a prop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PropPart {
    /// A straight bar with round ends.
    Bar {
        /// One end.
        from: Point,
        /// The other end.
        to: Point,
        /// Half its thickness.
        half_width: f32,
    },
    /// An upright rectangle.
    Panel {
        /// Lower left corner.
        min: Point,
        /// Upper right corner.
        max: Point,
        /// Quieter than other panels: a surface behind the figure.
        pale: bool,
    },
    /// A thin dashed line.
    Dashes {
        /// One end.
        from: Point,
        /// The other end.
        to: Point,
    },
}

const SEAT_TOP: f32 = 0.25;
const SEAT_THICKNESS: f32 = 0.022;
const LEG: f32 = 0.008;
const CHAIR_BACK: f32 = 0.010;
const SUPPORT_BACK_TOP: f32 = 0.56;
const WALL_THICKNESS: f32 = 0.035;
const LINTEL: f32 = 1.10;
const POST: f32 = 0.016;

impl Prop {
    /// Its pieces, from back to front. A wall ends where the frame ends.
    #[must_use]
    pub fn parts(&self, view: View, frame: &Frame) -> Vec<PropPart> {
        match (*self, view) {
            (Self::Chair { x, back }, View::Side) => chair_from_the_side(x, back),
            (Self::Chair { x, back }, View::Front) => chair_from_the_front(x, back),
            (Self::ChairSupport { x }, _) => chair_from_the_side(x + 0.115, SUPPORT_BACK_TOP),
            (Self::Mat { x0, x1 }, _) => vec![panel(x0, 0.0, x1, 0.010, false)],
            (Self::Wall { x }, _) => vec![panel(x, 0.0, x + WALL_THICKNESS, frame.top, false)],
            (Self::WallBehind, _) => vec![panel(-0.46, 0.0, 0.46, frame.top, true)],
            (Self::DoorFrame { half }, _) => vec![
                bar(-half, 0.0, -half, LINTEL, POST),
                bar(half, 0.0, half, LINTEL, POST),
                bar(-half, LINTEL, half, LINTEL, POST),
            ],
            (Self::Plumb { x }, _) => vec![PropPart::Dashes {
                from: Point::new(x, 0.60),
                to: Point::new(x, 0.90),
            }],
        }
    }
}

impl PropPart {
    /// The same as seen in a mirror: x negated.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Bar {
                from,
                to,
                half_width,
            } => Self::Bar {
                from: from.mirrored(),
                to: to.mirrored(),
                half_width,
            },
            Self::Panel { min, max, pale } => Self::Panel {
                min: Point::new(-max.x, min.y),
                max: Point::new(-min.x, max.y),
                pale,
            },
            Self::Dashes { from, to } => Self::Dashes {
                from: from.mirrored(),
                to: to.mirrored(),
            },
        }
    }
}

fn chair_from_the_side(x: f32, back: f32) -> Vec<PropPart> {
    vec![
        bar(x - 0.098, SEAT_TOP - SEAT_THICKNESS, x - 0.108, LEG, LEG),
        bar(x + 0.156, SEAT_TOP - SEAT_THICKNESS, x + 0.162, LEG, LEG),
        // Leans back a little towards its top.
        bar(
            x - 0.115,
            SEAT_TOP - 0.01,
            x - 0.135,
            back - CHAIR_BACK,
            CHAIR_BACK,
        ),
        panel(
            x - 0.11,
            SEAT_TOP - SEAT_THICKNESS,
            x + 0.17,
            SEAT_TOP,
            false,
        ),
    ]
}

fn chair_from_the_front(x: f32, back: f32) -> Vec<PropPart> {
    let seat_bottom = SEAT_TOP - SEAT_THICKNESS;
    vec![
        // The back legs stand a little inside the front ones.
        bar(x - 0.125, seat_bottom, x - 0.125, 0.03, LEG),
        bar(x + 0.125, seat_bottom, x + 0.125, 0.03, LEG),
        bar(x - 0.13, SEAT_TOP, x - 0.13, 0.37, CHAIR_BACK),
        bar(x + 0.13, SEAT_TOP, x + 0.13, 0.37, CHAIR_BACK),
        panel(x - 0.15, 0.36, x + 0.15, back, false),
        bar(x - 0.152, seat_bottom, x - 0.155, LEG, LEG),
        bar(x + 0.152, seat_bottom, x + 0.155, LEG, LEG),
        panel(x - 0.165, seat_bottom, x + 0.165, SEAT_TOP, false),
    ]
}

fn bar(x0: f32, y0: f32, x1: f32, y1: f32, half_width: f32) -> PropPart {
    PropPart::Bar {
        from: Point::new(x0, y0),
        to: Point::new(x1, y1),
        half_width,
    }
}

fn panel(x0: f32, y0: f32, x1: f32, y1: f32, pale: bool) -> PropPart {
    PropPart::Panel {
        min: Point::new(x0, y0),
        max: Point::new(x1, y1),
        pale,
    }
}
