//! Shapes with soft light and clean edges, collected into one mesh.
//!
//! Everything is in screen points, y down. Edges are feathered over one physical pixel, so they
//! are as sharp at 200 % as at 100 %. Knows nothing of bodies.

use egui::{Color32, Mesh, Pos2, Vec2, epaint::Vertex, pos2, vec2};

use crate::gui::theme::{Tone, mix};

/// Where the light comes from: above, a little from the left.
const LIGHT: Vec2 = Vec2::new(-0.5, -0.866);

/// How much of a tone's range the light uses on a ribbon.
const DEPTH: f32 = 0.9;

/// A cross-section of a ribbon.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// The middle.
    pub center: Pos2,
    /// Unit vector to the left edge.
    pub normal: Vec2,
    /// From the middle to the left edge.
    pub left: f32,
    /// From the middle to the right edge.
    pub right: f32,
    /// Its colours; two sections a pixel apart make a sharp change.
    pub tone: Tone,
}

impl Section {
    /// As wide to the left as to the right.
    #[must_use]
    pub fn even(center: Pos2, normal: Vec2, half_width: f32, tone: Tone) -> Self {
        Self {
            center,
            normal,
            left: half_width,
            right: half_width,
            tone,
        }
    }

    fn edge(&self, left: bool, beyond: f32) -> Pos2 {
        if left {
            self.center + self.normal * (self.left + beyond)
        } else {
            self.center - self.normal * (self.right + beyond)
        }
    }

    fn color(&self, left: bool) -> Color32 {
        let lit = self.normal.dot(LIGHT) * DEPTH;
        self.tone.at(0.5 - 0.5 * if left { lit } else { -lit })
    }
}

/// The shape of a cloud of colour: an ellipse whose own up is `up`.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "see above")]
pub struct Cloud {
    pub center: Pos2,
    pub across: f32,
    pub along: f32,
    pub up: Vec2,
}

/// Collects shapes; later ones cover earlier ones.
#[derive(Debug)]
pub struct Brush {
    mesh: Mesh,
    /// Half a physical pixel.
    feather: f32,
    /// Everything is mixed this far with this colour: a figure that fades.
    wash: Option<(Color32, f32)>,
}

impl Brush {
    /// An empty one.
    #[must_use]
    pub fn new(pixels_per_point: f32) -> Self {
        Self {
            mesh: Mesh::default(),
            feather: 0.5 / pixels_per_point,
            wash: None,
        }
    }

    /// From now on mixes every colour with `ground`, by `amount` from 0 to 1.
    pub fn wash(&mut self, ground: Color32, amount: f32) {
        self.wash = (amount > 0.0).then_some((ground, amount));
    }

    /// Half a physical pixel, in points: how far an edge is blurred to either side.
    #[must_use]
    pub fn feather(&self) -> f32 {
        self.feather
    }

    /// What was drawn.
    #[must_use]
    pub fn into_mesh(self) -> Mesh {
        self.mesh
    }

    /// A band through the sections, with round ends.
    pub fn ribbon(&mut self, sections: &[Section]) {
        let (Some(first), Some(last)) = (sections.first(), sections.last()) else {
            return;
        };
        let (first, last) = (*first, *last);
        let f = self.feather;
        let mut previous: Option<[u32; 4]> = None;
        for section in sections {
            let (left, right) = (section.color(true), section.color(false));
            let now = [
                self.clear(section.edge(true, f)),
                self.solid(section.edge(true, -f), left),
                self.solid(section.edge(false, -f), right),
                self.clear(section.edge(false, f)),
            ];
            if let Some(before) = previous {
                for side in 0..3 {
                    self.quad(before[side], before[side + 1], now[side], now[side + 1]);
                }
            }
            previous = Some(now);
        }
        self.cap(&first, -1.0);
        self.cap(&last, 1.0);
    }

    /// Half a disc behind (-1) or before (1) a section.
    fn cap(&mut self, section: &Section, way: f32) {
        let radius = f32::midpoint(section.left, section.right);
        let middle = section.center + section.normal * (0.5 * (section.left - section.right));
        let ahead = quarter(section.normal) * way;
        let steps = steps_for(radius, std::f32::consts::PI);
        let center = self.solid(middle, section.tone.at(0.5));
        let mut previous: Option<(u32, u32)> = None;
        for step in 0..=steps {
            let angle = std::f32::consts::PI * fraction(step, steps);
            let out = section.normal * angle.cos() + ahead * angle.sin();
            // On the sides the colours of the band, so that no seam shows.
            let lit = 0.5 * (1.0 + angle.cos());
            let color = mix(section.color(false), section.color(true), lit);
            let inner = self.solid(middle + out * (radius - self.feather).max(0.0), color);
            let outer = self.clear(middle + out * (radius + self.feather));
            if let Some((a, b)) = previous {
                self.triangle(center, a, inner);
                self.quad(a, b, inner, outer);
            }
            previous = Some((inner, outer));
        }
    }

    /// A closed outline of any shape that does not cross itself.
    pub fn polygon(&mut self, outline: &[Pos2], tone: Tone) {
        self.closed(outline, tone, None);
    }

    /// A closed outline all of which is seen from `middle`: cheaper than any other.
    pub fn star(&mut self, outline: &[Pos2], middle: Pos2, tone: Tone) {
        self.closed(outline, tone, Some(middle));
    }

    fn closed(&mut self, outline: &[Pos2], tone: Tone, middle: Option<Pos2>) {
        if outline.len() < 3 {
            return;
        }
        let count = outline.len();
        let area: f32 = (0..count)
            .map(|i| {
                let (a, b) = (outline[i], outline[(i + 1) % count]);
                a.x * b.y - b.x * a.y
            })
            .sum();
        let turn = if area > 0.0 { 1.0 } else { -1.0 };
        let mut bounds = egui::Rect::NOTHING;
        for point in outline {
            bounds.extend_with(*point);
        }
        let reach = (0.5 * bounds.size().length()).max(1e-3);
        let shade_at = |point: Pos2| {
            let lit = (point - bounds.center()).dot(LIGHT) / reach;
            tone.at(0.5 - 0.75 * lit * DEPTH)
        };
        let mut inner = Vec::with_capacity(count);
        let mut outer = Vec::with_capacity(count);
        let mut places = Vec::with_capacity(count);
        self.mesh.reserve_vertices(2 * count + 1);
        self.mesh.reserve_triangles(3 * count);
        for i in 0..count {
            let before = outline[(i + count - 1) % count];
            let after = outline[(i + 1) % count];
            let along = (after - before).normalized();
            let out = vec2(along.y, -along.x) * turn;
            let color = shade_at(outline[i]);
            places.push(outline[i] - out * self.feather);
            inner.push(self.solid(outline[i] - out * self.feather, color));
            outer.push(self.clear(outline[i] + out * self.feather));
        }
        for i in 0..count {
            let j = (i + 1) % count;
            self.quad(inner[i], outer[i], inner[j], outer[j]);
        }
        if let Some(middle) = middle {
            let middle = self.solid(middle, shade_at(middle));
            for i in 0..count {
                self.triangle(middle, inner[i], inner[(i + 1) % count]);
            }
            return;
        }
        for [a, b, c] in triangulated(&places, turn) {
            self.triangle(inner[a], inner[b], inner[c]);
        }
    }

    /// An ellipse, `across` and `along` its own axes, turned so that `up` is its own up.
    pub fn ellipse(&mut self, center: Pos2, across: f32, along: f32, up: Vec2, tone: Tone) {
        let steps = steps_for(across.max(along), std::f32::consts::TAU).max(8);
        let side = quarter(up);
        let outline: Vec<Pos2> = (0..steps)
            .map(|step| {
                let angle = std::f32::consts::TAU * fraction(step, steps);
                center + side * (across * angle.cos()) + up * (along * angle.sin())
            })
            .collect();
        self.star(&outline, center, tone);
    }

    /// A cloud of colour: strongest in the middle, nothing at the rim, and at each place as much of
    /// that as `there` says, 0 to 1.
    pub fn cloud(&mut self, shape: &Cloud, color: Color32, there: impl Fn(Pos2) -> f32) {
        /// How far out each ring lies, and how much of the colour is left there.
        const RINGS: [(f32, f32); 5] = [
            (0.30, 0.92),
            (0.50, 0.71),
            (0.68, 0.40),
            (0.84, 0.12),
            (1.0, 0.0),
        ];
        // Nothing of it has an edge: few pieces do.
        let steps = steps_for(shape.across.max(shape.along), std::f32::consts::TAU).clamp(14, 28);
        let side = quarter(shape.up);
        let mut place = |out: Vec2, left: f32| {
            let at = shape.center + out;
            self.vertex(at, color.gamma_multiply(left * there(at)))
        };
        let middle = place(Vec2::ZERO, 1.0);
        let mut rings: Vec<[u32; 5]> = Vec::with_capacity(steps + 1);
        for step in 0..steps {
            let angle = std::f32::consts::TAU * fraction(step, steps);
            let out = side * (shape.across * angle.cos()) + shape.up * (shape.along * angle.sin());
            rings.push(RINGS.map(|(far, left)| place(out * far, left)));
        }
        for step in 0..steps {
            let (before, now) = (rings[step], rings[(step + 1) % steps]);
            self.triangle(middle, before[0], now[0]);
            for ring in 0..4 {
                self.quad(before[ring], before[ring + 1], now[ring], now[ring + 1]);
            }
        }
    }

    fn solid(&mut self, at: Pos2, color: Color32) -> u32 {
        let color = match self.wash {
            Some((ground, amount)) => mix(color, ground, amount),
            None => color,
        };
        self.vertex(at, color)
    }

    /// A vertex at the far side of an edge, where nothing of the colour is left.
    fn clear(&mut self, at: Pos2) -> u32 {
        self.vertex(at, Color32::TRANSPARENT)
    }

    fn vertex(&mut self, at: Pos2, color: Color32) -> u32 {
        let index = u32::try_from(self.mesh.vertices.len()).unwrap_or(u32::MAX);
        self.mesh.vertices.push(Vertex {
            pos: at,
            uv: egui::epaint::WHITE_UV,
            color,
        });
        index
    }

    fn triangle(&mut self, a: u32, b: u32, c: u32) {
        self.mesh.add_triangle(a, b, c);
    }

    /// Two triangles between the pairs `a`-`b` and `c`-`d`.
    fn quad(&mut self, a: u32, b: u32, c: u32, d: u32) {
        self.triangle(a, b, c);
        self.triangle(b, c, d);
    }
}

/// A closed smooth curve through `points`: Catmull-Rom, in pieces not much longer than `chord`.
#[must_use]
pub fn smooth_closed(points: &[Pos2], chord: f32) -> Vec<Pos2> {
    let count = points.len();
    let mut curve = Vec::with_capacity(count * 3);
    for i in 0..count {
        let [a, b, c, d] = [i + count - 1, i, i + 1, i + 2].map(|k| points[k % count]);
        let pieces = pieces(b, c, chord);
        for step in 0..pieces {
            curve.push(catmull_rom(a, b, c, d, fraction(step, pieces)));
        }
    }
    curve
}

/// Into how many pieces of about this length the way from `a` to `b` falls; a bounded number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to a small range"
)]
fn pieces(a: Pos2, b: Pos2, chord: f32) -> usize {
    ((b - a).length() / chord.max(0.5)).ceil().clamp(1.0, 24.0) as usize
}

/// A smooth curve from the second point to the last but one; the outer two only lead the way.
#[must_use]
pub fn smooth_open(points: &[Pos2], chord: f32) -> Vec<Pos2> {
    let mut curve = Vec::with_capacity(points.len() * 3);
    for window in points.windows(4) {
        let [a, b, c, d] = [window[0], window[1], window[2], window[3]];
        let pieces = pieces(b, c, chord);
        for step in 0..pieces {
            curve.push(catmull_rom(a, b, c, d, fraction(step, pieces)));
        }
    }
    if let [.., last, _] = points {
        curve.push(*last);
    }
    curve
}

/// The point `t` (0 to 1) of the way from `b` to `c` on the curve through all four.
#[must_use]
pub fn catmull_rom(a: Pos2, b: Pos2, c: Pos2, d: Pos2, t: f32) -> Pos2 {
    let (a, b, c, d) = (a.to_vec2(), b.to_vec2(), c.to_vec2(), d.to_vec2());
    let bend = b * 2.0
        + (c - a) * t
        + (a * 2.0 - b * 5.0 + c * 4.0 - d) * (t * t)
        + (b * 3.0 - a - c * 3.0 + d) * (t * t * t);
    (bend * 0.5).to_pos2()
}

/// `step` of `steps` as a number from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "a handful of steps")]
#[must_use]
pub fn fraction(step: usize, steps: usize) -> f32 {
    step as f32 / steps.max(1) as f32
}

/// How many straight pieces an arc of this radius, in points, needs to look round.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to a small range"
)]
pub fn steps_for(radius: f32, angle: f32) -> usize {
    // A chord of angle a strays from its arc by r a^2 / 8: this keeps it under a tenth of a point.
    let piece = (0.8 / radius.max(0.5)).sqrt();
    (angle / piece).ceil().clamp(3.0, 110.0) as usize
}

/// Cuts a simple polygon into triangles by taking off its ears.
fn triangulated(points: &[Pos2], turn: f32) -> Vec<[usize; 3]> {
    let count = points.len();
    let mut left: Vec<usize> = (0..count).collect();
    let mut triangles = Vec::with_capacity(count);
    let cross = |a: usize, b: usize, c: usize| {
        let (ab, ac) = (points[b] - points[a], points[c] - points[a]);
        (ab.x * ac.y - ab.y * ac.x) * turn
    };
    // Only a corner that bends inwards can lie in an ear, and none begins to while ears fall.
    let inwards: Vec<usize> = (0..count)
        .filter(|&i| cross((i + count - 1) % count, i, (i + 1) % count) <= 0.0)
        .collect();
    let mut gone = vec![false; count];
    // Going on where the last ear was leaves no long thin triangles, and finds the next at once.
    let mut start = 0;
    while left.len() > 3 {
        let count = left.len();
        let corners = |i: usize| {
            (
                left[(i + count - 1) % count],
                left[i],
                left[(i + 1) % count],
            )
        };
        let ear = (0..count).map(|k| (start + k) % count).find(|&i| {
            let (a, b, c) = corners(i);
            cross(a, b, c) > 0.0
                && !inwards.iter().any(|&p| {
                    !gone[p]
                        && p != a
                        && p != b
                        && p != c
                        && cross(a, b, p) >= 0.0
                        && cross(b, c, p) >= 0.0
                        && cross(c, a, p) >= 0.0
                })
        });
        // Without an ear what is left has no area worth drawing.
        let Some(i) = ear.or_else(|| flattest(&left, cross)) else {
            break;
        };
        let (a, b, c) = corners(i);
        triangles.push([a, b, c]);
        gone[b] = true;
        left.remove(i);
        start = i + 1;
    }
    if let [a, b, c] = left[..] {
        triangles.push([a, b, c]);
    }
    triangles
}

/// The corner that matters least, for outlines that touch themselves.
fn flattest(left: &[usize], cross: impl Fn(usize, usize, usize) -> f32) -> Option<usize> {
    let count = left.len();
    let area = |i: usize| {
        cross(
            left[(i + count - 1) % count],
            left[i],
            left[(i + 1) % count],
        )
        .abs()
    };
    (0..count).min_by(|&a, &b| area(a).total_cmp(&area(b)))
}

/// The value at `place` on the straight lines through a table of places and values.
#[must_use]
pub fn between(table: &[(f32, f32)], place: f32) -> f32 {
    let after = table.partition_point(|(at, _)| *at <= place);
    match (
        after.checked_sub(1).and_then(|i| table.get(i)),
        table.get(after),
    ) {
        (Some((x0, y0)), Some((x1, y1))) => egui::lerp(*y0..=*y1, (place - x0) / (x1 - x0)),
        (Some((_, y)), None) | (None, Some((_, y))) => *y,
        (None, None) => 0.0,
    }
}

/// The vector a quarter turn clockwise on the screen.
#[must_use]
pub fn quarter(v: Vec2) -> Vec2 {
    vec2(-v.y, v.x)
}

/// The point at `angle` on a circle, in screen points; 0 is right, a quarter turn is down.
#[must_use]
pub fn on_circle(center: Pos2, radius: f32, angle: f32) -> Pos2 {
    pos2(
        center.x + radius * angle.cos(),
        center.y + radius * angle.sin(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::theme::Theme;

    fn area(points: &[Pos2], triangles: &[[usize; 3]]) -> f32 {
        triangles
            .iter()
            .map(|&[a, b, c]| {
                let (ab, ac) = (points[b] - points[a], points[c] - points[a]);
                0.5 * (ab.x * ac.y - ab.y * ac.x).abs()
            })
            .sum()
    }

    #[test]
    fn triangles_cover_a_shape_with_a_bay_once() {
        // An L: a square of side 2 without its upper right quarter.
        let shape = [
            pos2(0.0, 0.0),
            pos2(2.0, 0.0),
            pos2(2.0, 1.0),
            pos2(1.0, 1.0),
            pos2(1.0, 2.0),
            pos2(0.0, 2.0),
        ];
        let triangles = triangulated(&shape, 1.0);
        assert_eq!(triangles.len(), 4);
        assert!((area(&shape, &triangles) - 3.0).abs() < 1e-5);
    }

    #[test]
    fn an_outline_that_collapses_to_a_line_still_ends() {
        let flat = [
            pos2(0.0, 0.0),
            pos2(1.0, 0.0),
            pos2(2.0, 0.0),
            pos2(1.0, 0.0),
        ];
        assert!(area(&flat, &triangulated(&flat, 1.0)) < 1e-6);
    }

    #[test]
    fn every_shape_is_a_valid_mesh_without_stray_numbers() {
        let mut brush = Brush::new(2.0);
        let theme = Theme::new(false, false, None);
        let tone = theme.figure.upper;
        brush.ribbon(&[
            Section::even(pos2(0.0, 0.0), vec2(0.0, 1.0), 0.0, tone),
            Section::even(pos2(0.0, 0.0), vec2(0.0, 1.0), 3.0, tone),
        ]);
        brush.ellipse(pos2(1.0, 1.0), 0.0, 0.0, vec2(0.0, -1.0), tone);
        let shape = Cloud {
            center: pos2(1.0, 1.0),
            across: 9.0,
            along: 4.0,
            up: vec2(0.0, -1.0),
        };
        brush.cloud(&shape, theme.glow, |_| 1.0);
        let mesh = brush.into_mesh();
        assert!(mesh.is_valid());
        assert!(
            mesh.vertices
                .iter()
                .all(|v| v.pos.x.is_finite() && v.pos.y.is_finite())
        );
    }
}
