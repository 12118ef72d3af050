//! Contact sheets and film strips: many moments of the figure on one picture.

use std::time::Duration;

use egui::{Align2, ColorImage, Rect, Ui, Vec2, pos2, vec2};

use super::figure::{Manner, figure};
use crate::{
    core::stretch::{
        Body, Catalogue, SideOrder, Stretch, Timeline, VariantName, catalogue::PhaseKind,
        pose::poses_of_key_moments, pose_at,
    },
    gui::{
        fonts,
        picture::picture,
        theme::{Theme, size, space},
    },
};

/// The size of one picture on the sheet, in points.
const CELL: Vec2 = Vec2::new(190.0, 220.0);
const COLUMNS: usize = 8;

/// One picture: what is written under it, and the body.
struct Cell<'a> {
    stretch: &'a Stretch,
    caption: String,
    body: Body,
    held: bool,
}

/// The key poses of every stretch, or of those with these ids.
#[must_use]
pub fn key_poses(catalogue: &Catalogue, only: &[String], theme: &Theme, scale: f32) -> ColorImage {
    let chosen = |stretch: &&Stretch| only.is_empty() || only.contains(&stretch.id.0);
    let mut cells = Vec::new();
    for stretch in catalogue.stretches.iter().filter(chosen) {
        let timeline = Timeline::new(stretch, VariantName::Standard, SideOrder::AsStored);
        let moments = poses_of_key_moments(stretch, &catalogue.rig, &timeline, Duration::ZERO);
        cells.extend(moments.into_iter().enumerate().map(|(i, moment)| {
            Cell {
                stretch,
                caption: if i == 0 {
                    stretch.name.clone()
                } else {
                    stretch.phases[moment.cue].cue.clone()
                },
                held: timeline
                    .slots()
                    .iter()
                    .any(|slot| slot.kind == PhaseKind::Hold && slot.start == moment.at),
                body: moment.body,
            }
        }));
    }
    sheet(catalogue, &cells, theme, scale)
}

/// One stretch from beginning to end, a picture every `every`.
#[must_use]
pub fn film_strip(
    catalogue: &Catalogue,
    stretch: &Stretch,
    every: Duration,
    theme: &Theme,
    scale: f32,
) -> ColorImage {
    let timeline = Timeline::new(stretch, VariantName::Standard, SideOrder::AsStored);
    let mut cells = Vec::new();
    let mut t = Duration::ZERO;
    while t <= timeline.total() {
        cells.push(Cell {
            stretch,
            caption: format!("{:.1}", t.as_secs_f32()),
            body: pose_at(stretch, &catalogue.rig, &timeline, t),
            held: timeline
                .at(t)
                .is_some_and(|at| at.slot.kind == PhaseKind::Hold),
        });
        t += every.max(Duration::from_millis(50));
    }
    sheet(catalogue, &cells, theme, scale)
}

fn sheet(catalogue: &Catalogue, cells: &[Cell<'_>], theme: &Theme, scale: f32) -> ColorImage {
    let rows = cells.len().div_ceil(COLUMNS).max(1);
    let columns = cells.len().clamp(1, COLUMNS);
    let size = vec2(CELL.x * number(columns), CELL.y * number(rows));
    picture(
        size,
        scale,
        theme.background,
        |ctx| {
            fonts::install(ctx);
            theme.apply(ctx, true);
        },
        |ui| {
            for (i, cell) in cells.iter().enumerate() {
                let corner = pos2(CELL.x * number(i % COLUMNS), CELL.y * number(i / COLUMNS));
                cell_ui(
                    ui,
                    catalogue,
                    cell,
                    theme,
                    Rect::from_min_size(corner, CELL),
                );
            }
        },
    )
}

fn cell_ui(ui: &Ui, catalogue: &Catalogue, cell: &Cell<'_>, theme: &Theme, area: Rect) {
    let manner = Manner {
        theme,
        rig: &catalogue.rig,
        frame: cell.stretch.frame,
        areas: &cell.stretch.areas,
        glow: if cell.held { 1.0 } else { 0.0 },
    };
    let inner = area.shrink(space::SMALL);
    let (above, below) = inner.split_top_bottom_at_y(inner.bottom() - size::BODY);
    let mesh = figure(&cell.body, &manner, above, ui.pixels_per_point());
    ui.painter().add(mesh);
    ui.painter().with_clip_rect(area).text(
        below.left_center(),
        Align2::LEFT_CENTER,
        &cell.caption,
        fonts::regular(11.0),
        theme.faint,
    );
}

#[expect(clippy::cast_precision_loss, reason = "a few cells")]
fn number(count: usize) -> f32 {
    count as f32
}
