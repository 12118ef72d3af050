//! The figures on cards and pages: standing still in a telling pose, or moving.
//!
//! Still ones are kept as they were drawn, so that scrolling costs nothing but copying them.

use std::{collections::HashMap, sync::Arc, time::Duration};

use egui::{Align2, Color32, CornerRadius, Mesh, Rect, Shape, Stroke, StrokeKind, Ui, Vec2, vec2};

use super::{Item, Shelf, View};
use crate::{
    core::stretch::{
        Body, SideOrder, StretchId, Timeline, VariantName, catalogue::PhaseKind,
        pose::poses_of_key_moments, pose_at,
    },
    gui::{
        controls::paragraph,
        fonts,
        stretch::{
            figure::{Manner, figure},
            pictures::Pictures,
        },
        theme::{Theme, UNTINTED, mix, size, space},
    },
    stretch_text,
};

/// The preview in a window of a break runs at this speed, and so does this one.
const SPEED: f64 = 0.8;

/// Figures that were drawn before.
#[derive(Default)]
pub struct Figures {
    still: HashMap<StretchId, Still>,
    /// Pictures of stretches without a figure.
    pictures: Pictures,
}

struct Still {
    /// For which size, in points, and how many pixels to the point.
    size: Vec2,
    scale: f32,
    /// As if its area began at zero.
    mesh: Arc<Mesh>,
}

impl Figures {
    /// Nothing of what was drawn is right any more.
    pub fn forget(&mut self) {
        self.still.clear();
    }

    /// Shows the figure of an item in `area`, `faded` (0 to 1) towards the background.
    pub fn show(&mut self, ui: &Ui, view: &View<'_>, item: &Item, area: Rect, faded: f32) {
        let Some(preview) = &item.preview else {
            return self.without_figure(ui, view.theme, item, area, faded);
        };
        let moving = view
            .moving
            .filter(|(moving, _)| **moving == item.stretch.id && !view.reduced_motion);
        let mesh = match moving {
            Some((_, since)) => {
                let t = time(item, preview, view.now.saturating_sub(since));
                let mut mesh = draw(ui, view.theme, view.shelf, item, t, area.size());
                mesh.translate(area.min.to_vec2());
                mesh
            }
            None => {
                let mut mesh = Mesh::clone(&self.still(ui, view, item, area.size()));
                mesh.translate(area.min.to_vec2());
                mesh
            }
        };
        ui.painter()
            .add(Shape::mesh(toned(mesh, view.theme, faded)));
    }

    /// A stretch without a figure: its first picture, or its first words.
    fn without_figure(&mut self, ui: &Ui, theme: &Theme, item: &Item, area: Rect, faded: f32) {
        let mut files = item
            .stretch
            .phases
            .iter()
            .filter_map(|phase| phase.picture.as_deref());
        let Some(file) = files.next() else {
            return first_words(ui, theme, item, area);
        };
        self.pictures.want(ui.ctx(), std::iter::once(file));
        let Some(texture) = self.pictures.texture(file) else {
            return first_words(ui, theme, item, area);
        };
        let size = texture.size_vec2();
        let scale = (area.width() / size.x).min(area.height() / size.y);
        let place = Rect::from_center_size(area.center(), size * scale);
        egui::Image::new(texture)
            .corner_radius(CornerRadius::same(space::CORNER))
            .tint(UNTINTED.gamma_multiply(1.0 - faded))
            .paint_at(ui, place);
    }

    fn still(&mut self, ui: &Ui, view: &View<'_>, item: &Item, size: Vec2) -> Arc<Mesh> {
        let scale = ui.pixels_per_point();
        let kept = (self.still.get(&item.stretch.id))
            .filter(|still| still.size == size && (still.scale - scale).abs() < f32::EPSILON);
        if let Some(still) = kept {
            return Arc::clone(&still.mesh);
        }
        let mesh = draw(ui, view.theme, view.shelf, item, item.telling, size);
        let mesh = Arc::new(mesh);
        let still = Still {
            size,
            scale,
            mesh: Arc::clone(&mesh),
        };
        self.still.insert(item.stretch.id.clone(), still);
        mesh
    }
}

/// Where the loop is after it ran for a while; it begins with the telling pose, so that nothing
/// jumps when the figure begins to move.
fn time(item: &Item, preview: &Timeline, shown_for: Duration) -> Duration {
    let total = preview.total().as_secs_f64().max(0.1);
    let t = item.telling.as_secs_f64() + shown_for.as_secs_f64() * SPEED;
    Duration::from_secs_f64(t % total)
}

/// Place of the phase that a moving figure shows in `Stretch::phases`.
pub fn phase(item: &Item, shown_for: Duration) -> Option<usize> {
    let preview = item.preview.as_ref()?;
    let at = preview.at(time(item, preview, shown_for))?;
    Some(at.slot.phase)
}

/// When the picture of a moving figure changes next.
pub fn next_picture(item: &Item) -> Option<Duration> {
    item.preview.as_ref().map(|_| Duration::from_millis(33))
}

fn draw(ui: &Ui, theme: &Theme, shelf: &Shelf, item: &Item, t: Duration, size: Vec2) -> Mesh {
    let Some(preview) = &item.preview else {
        return Mesh::default();
    };
    let body = pose_at(&item.stretch, &shelf.rig, preview, t);
    let held = preview
        .at(t)
        .is_some_and(|at| at.slot.kind == PhaseKind::Hold);
    let glow = if held { 1.0 } else { 0.45 };
    drawn(ui, theme, shelf, item, &body, glow, size)
}

fn drawn(
    ui: &Ui,
    theme: &Theme,
    shelf: &Shelf,
    item: &Item,
    body: &Body,
    glow: f32,
    size: Vec2,
) -> Mesh {
    let manner = Manner {
        theme,
        rig: &shelf.rig,
        frame: item.stretch.frame,
        areas: &item.stretch.areas,
        glow,
    };
    let area = Rect::from_min_size(egui::Pos2::ZERO, size);
    figure(body, &manner, area, ui.pixels_per_point())
}

/// What is off looks asleep: every colour on its way to the background, which shines through no
/// limb that lies over another.
fn toned(mut mesh: Mesh, theme: &Theme, faded: f32) -> Mesh {
    if faded > 0.0 {
        for vertex in &mut mesh.vertices {
            let alpha = f32::from(vertex.color.a()) / 255.0;
            let ground = theme.background.gamma_multiply(alpha);
            vertex.color = mix(vertex.color, ground, faded);
        }
    }
    mesh
}

/// A stretch without a figure: its first words, large and calm.
fn first_words(ui: &Ui, theme: &Theme, item: &Item, area: Rect) {
    let summary = stretch_text::advice(&item.stretch).summary;
    let words = if summary.is_empty() {
        stretch_text::cue(&item.stretch, 0)
    } else {
        summary
    };
    let inner = area.shrink(space::SMALL);
    let fit = (inner.width(), inner.height());
    let color = mix(theme.faint, theme.text, 0.3);
    let galley = paragraph(ui, &words, fonts::medium, &[18.0, 16.0, 14.0], fit, color);
    let top = inner.center().y - 0.5 * galley.size().y;
    ui.painter()
        .with_clip_rect(area.intersect(ui.clip_rect()))
        .galley(egui::pos2(inner.center().x, top), galley, color);
}

/// The key poses of a stretch side by side, in as many rows as makes them largest.
pub fn poses(ui: &Ui, view: &View<'_>, item: &Item, area: Rect) {
    let timeline = Timeline::new(&item.stretch, VariantName::Standard, SideOrder::AsStored);
    let rig = &view.shelf.rig;
    let moments = poses_of_key_moments(&item.stretch, rig, &timeline, Duration::ZERO);
    let frame = &item.stretch.frame;
    let shape = (frame.right - frame.left) / (frame.top - frame.bottom).max(0.1);
    let cell = |columns: usize| {
        let rows = moments.len().div_ceil(columns);
        vec2(area.width() / number(columns), area.height() / number(rows))
    };
    let fits = |columns: &usize| (cell(*columns).x / shape).min(cell(*columns).y);
    let columns = (1..=moments.len())
        .max_by(|a, b| fits(a).total_cmp(&fits(b)))
        .unwrap_or(1);
    let cell = cell(columns);
    for (i, moment) in moments.iter().enumerate() {
        let corner = area.min + vec2(cell.x * number(i % columns), cell.y * number(i / columns));
        let place = Rect::from_min_size(corner, cell).shrink(space::TIGHT);
        let stroke = Stroke::new(1.0, view.theme.menu_edge());
        let corner = CornerRadius::same(space::CORNER);
        ui.painter().rect(
            place,
            corner,
            Color32::TRANSPARENT,
            stroke,
            StrokeKind::Inside,
        );
        let inner = place.shrink(space::SMALL);
        let mut mesh = drawn(
            ui,
            view.theme,
            view.shelf,
            item,
            &moment.body,
            0.8,
            inner.size(),
        );
        mesh.translate(inner.min.to_vec2());
        ui.painter().add(Shape::mesh(mesh));
        ui.painter().text(
            place.left_top() + vec2(9.0, 7.0),
            Align2::LEFT_TOP,
            i + 1,
            fonts::medium(size::FAINT),
            view.theme.faint,
        );
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few poses")]
fn number(count: usize) -> f32 {
    count as f32
}
