//! The picture in the panel: a small figure in a ring that shrinks until the next break.
//!
//! Numbers in, pixels out. It is drawn in one ink, as icons in panels are, with a breath of the
//! opposite around it, so that it can be read on a panel whose colour nobody told us.

/// Into how many parts the ring is cut. Sixty minutes to a break are a new picture every two and a
/// half.
pub const STEPS: u8 = 24;

/// The sizes that panels ask for, in pixels; twice as many where everything is twice as large.
pub const SIDES: [u16; 6] = [16, 22, 24, 32, 44, 48];

/// What the picture says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Work is counted; this many of [`STEPS`] are left until the next break.
    Counting {
        /// 0 to [`STEPS`].
        left: u8,
    },
    /// Nothing is counted and nothing is coming up.
    Resting,
    /// A due break waits until something has ended.
    Held,
    /// A break is announced and waits for an answer.
    Announced,
    /// A break is under way.
    OnBreak,
    /// The user paused the program.
    Paused,
}

/// The colour of the panel behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// Dark, so the ink is white.
    Dark,
    /// Light, so the ink is nearly black.
    Light,
}

impl Panel {
    /// The ink, and what is around it, as red, green, blue.
    fn inks(self) -> ([u8; 3], [u8; 3]) {
        const WHITE: [u8; 3] = [0xF4, 0xF4, 0xF2];
        const BLACK: [u8; 3] = [0x24, 0x27, 0x2B];
        match self {
            Self::Dark => (WHITE, BLACK),
            Self::Light => (BLACK, WHITE),
        }
    }
}

/// Draws the picture, `side` pixels wide and high: alpha, red, green, blue for each pixel, row by
/// row, the colours not multiplied with the alpha.
#[must_use]
pub fn draw(sign: Sign, panel: Panel, side: u16) -> Vec<u8> {
    let (ink, around) = panel.inks();
    let scale = f32::from(side) / FIELD;
    let mut pixels = Vec::with_capacity(usize::from(side) * usize::from(side) * 4);
    for y in 0..side {
        for x in 0..side {
            let at = At {
                x: (f32::from(x) + 0.5) / scale,
                y: (f32::from(y) + 0.5) / scale,
            };
            let drawn = picture(sign, at, scale);
            let halo = HALO * drawn.near.max(0.0) * (1.0 - drawn.ink);
            let alpha = drawn.ink + halo;
            pixels.push(byte(alpha));
            for (ink, around) in ink.into_iter().zip(around) {
                // What lies on top of what: the two add up to the alpha.
                let share = if alpha > 0.0 { drawn.ink / alpha } else { 0.0 };
                let mixed = f32::from(ink) * share + f32::from(around) * (1.0 - share);
                pixels.push(mixed.round() as u8);
            }
        }
    }
    pixels
}

/// The field on which everything below is measured: 22 is the commonest size in panels.
const FIELD: f32 = 22.0;
const MIDDLE: At = At { x: 11.0, y: 11.0 };

/// The middle of the ring's line, and half its width.
const RING: f32 = 9.1;
const LINE: f32 = 1.15;

/// How much of the ink the part of the ring has that is gone, and the figure that rests.
const TRACK: f32 = 0.34;
const FAINT: f32 = 0.62;

/// How strong the breath around the ink is, and how far it reaches.
const HALO: f32 = 0.42;
const REACH: f32 = 1.1;

/// A place on the field.
#[derive(Clone, Copy)]
struct At {
    x: f32,
    y: f32,
}

/// How much ink there is, 0 to 1, and how near it is.
#[derive(Clone, Copy, Default)]
struct Drawn {
    ink: f32,
    near: f32,
}

impl Drawn {
    /// Something at this distance from its edge, negative inside, with so much of the ink.
    fn shape(distance: f32, scale: f32, ink: f32) -> Self {
        let covered = (0.5 - distance * scale).clamp(0.0, 1.0);
        let near = (1.0 - distance.max(0.0) / REACH).clamp(0.0, 1.0);
        Self {
            ink: covered * ink,
            near: near * ink,
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            ink: self.ink.max(other.ink),
            near: self.near.max(other.near),
        }
    }

    /// The same with a shape cut out of it.
    fn without(self, cut: Self) -> Self {
        Self {
            ink: self.ink * (1.0 - cut.ink),
            near: self.near,
        }
    }
}

fn picture(sign: Sign, at: At, scale: f32) -> Drawn {
    let shape = |distance: f32, ink: f32| Drawn::shape(distance, scale, ink);
    let figure = |ink: f32| shape(figure(at), ink);
    let track = shape(arc(at, 1.0), TRACK);
    match sign {
        Sign::Counting { left } => {
            let whole = f32::from(left.min(STEPS)) / f32::from(STEPS);
            let ring = match left {
                0 => track,
                _ => track.and(shape(arc(at, whole), 1.0)),
            };
            ring.and(figure(1.0))
        }
        Sign::Resting => track.and(figure(FAINT)),
        Sign::Held => track.and(shape(dots(at), 1.0)),
        Sign::Paused => track.and(shape(bars(at), 1.0)),
        // The other way round, so that it is noticed without a colour.
        Sign::Announced => shape(disc(at), 1.0).without(figure(1.0)),
        Sign::OnBreak => shape(arc(at, 1.0), 1.0).and(figure(1.0)),
    }
}

/// Distance from somebody upright, arms raised.
fn figure(at: At) -> f32 {
    let head = distance(at, At { x: 11.0, y: 7.6 }) - 1.65;
    // Left and right are alike.
    let side = At {
        x: MIDDLE.x - (at.x - MIDDLE.x).abs(),
        y: at.y,
    };
    let (shoulder, hand) = (At { x: 9.3, y: 11.4 }, At { x: 6.9, y: 8.3 });
    let arm = from_line(side, shoulder, hand) - 0.85;
    let trunk = from_line(side, At { x: 10.0, y: 11.6 }, At { x: 10.4, y: 15.2 }) - 1.15;
    head.min(arm).min(trunk)
}

/// Distance from the part of the ring that is left: from the top, with the clock.
fn arc(at: At, whole: f32) -> f32 {
    let (x, y) = (at.x - MIDDLE.x, at.y - MIDDLE.y);
    let ring = (x.hypot(y) - RING).abs() - LINE;
    if whole >= 1.0 {
        return ring;
    }
    // What is left ends where it always ends, at the top, and begins later and later.
    let turn = x.atan2(-y).rem_euclid(std::f32::consts::TAU) / std::f32::consts::TAU;
    if turn >= 1.0 - whole {
        return ring;
    }
    let end = |turn: f32| {
        let (sin, cos) = (turn * std::f32::consts::TAU).sin_cos();
        let tip = At {
            x: MIDDLE.x + RING * sin,
            y: MIDDLE.y - RING * cos,
        };
        distance(at, tip) - LINE
    };
    end(1.0 - whole).min(end(0.0))
}

fn disc(at: At) -> f32 {
    distance(at, MIDDLE) - (RING + LINE)
}

fn dots(at: At) -> f32 {
    let dot = |x: f32| distance(at, At { x, y: 11.0 }) - 1.35;
    dot(6.8).min(dot(11.0)).min(dot(15.2))
}

fn bars(at: At) -> f32 {
    let bar = |x: f32| from_line(at, At { x, y: 8.2 }, At { x, y: 13.8 }) - 1.25;
    bar(8.7).min(bar(13.3))
}

fn distance(a: At, b: At) -> f32 {
    (a.x - b.x).hypot(a.y - b.y)
}

/// Distance from the line between two places.
fn from_line(at: At, from: At, to: At) -> f32 {
    let (x, y) = (to.x - from.x, to.y - from.y);
    let along = ((at.x - from.x) * x + (at.y - from.y) * y) / (x * x + y * y);
    let along = along.clamp(0.0, 1.0);
    let nearest = At {
        x: from.x + along * x,
        y: from.y + along * y,
    };
    distance(at, nearest)
}

fn byte(share: f32) -> u8 {
    (share.clamp(0.0, 1.0) * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Sign; 6] = [
        Sign::Counting { left: 12 },
        Sign::Resting,
        Sign::Held,
        Sign::Announced,
        Sign::OnBreak,
        Sign::Paused,
    ];

    /// How much of the pixel at this place, in parts of the side, is covered.
    fn alpha(sign: Sign, side: u16, (x, y): (f32, f32)) -> u8 {
        let pixels = draw(sign, Panel::Dark, side);
        let place = |part: f32| (part * f32::from(side)) as usize;
        pixels[(place(y) * usize::from(side) + place(x)) * 4]
    }

    #[test]
    fn what_is_left_of_the_ring_shrinks_with_the_clock() {
        let (right, bottom, left) = ((0.915, 0.5), (0.5, 0.915), (0.085, 0.5));
        for side in [22, 48] {
            let inked = |left, at| alpha(Sign::Counting { left }, side, at) > 200;
            for at in [right, bottom, left] {
                assert!(inked(STEPS, at), "the whole ring, {side} pixels: {at:?}");
            }
            assert!(!inked(16, right) && inked(16, bottom) && inked(16, left));
            assert!(!inked(8, right) && !inked(8, bottom) && inked(8, left));
            assert!(!inked(0, right) && !inked(0, bottom) && !inked(0, left));
        }
    }

    #[test]
    fn the_part_that_is_gone_can_still_be_seen() {
        let gone = alpha(Sign::Counting { left: 8 }, 48, (0.915, 0.5));
        assert!((60..120).contains(&gone), "{gone}");
    }

    #[test]
    fn every_sign_is_another_picture_in_every_size() {
        for side in SIDES {
            let pictures: Vec<_> = ALL
                .iter()
                .map(|sign| draw(*sign, Panel::Dark, side))
                .collect();
            for (n, picture) in pictures.iter().enumerate() {
                assert_eq!(picture.len(), usize::from(side) * usize::from(side) * 4);
                for other in &pictures[..n] {
                    let differ = (picture.iter().zip(other)).filter(|(a, b)| a.abs_diff(**b) > 64);
                    assert!(differ.count() > usize::from(side), "{side} pixels, {n}");
                }
            }
        }
    }

    #[test]
    fn the_ink_is_light_on_dark_panels_and_dark_on_light_ones() {
        for (panel, light) in [(Panel::Dark, true), (Panel::Light, false)] {
            let pixels = draw(Sign::Paused, panel, 22);
            let inked = pixels.chunks_exact(4).filter(|pixel| pixel[0] > 240);
            let mut count = 0;
            for pixel in inked {
                assert_eq!(pixel[1] > 128, light);
                count += 1;
            }
            assert!(count > 20, "{count}");
        }
    }

    #[test]
    fn nothing_touches_the_edge() {
        for sign in ALL {
            let pixels = draw(sign, Panel::Light, 22);
            for n in 0..22 {
                for (x, y) in [(n, 0), (n, 21), (0, n), (21, n)] {
                    assert!(pixels[(y * 22 + x) * 4] < 140, "{sign:?} at {x}, {y}");
                }
            }
        }
    }
}
