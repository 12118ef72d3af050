//! Contact sheets and film strips: many moments of the figure on one picture.
//!
//! [`overview`] is for people who want to see what there is: every stretch once, with its name.
//! [`key_poses`] and [`film_strips`] are for looking closely at how a stretch is shown.

use std::time::Duration;

use egui::{Align2, ColorImage, Context, CornerRadius, Pos2, Rect, Ui, Vec2, pos2, vec2};

use super::figure::{Manner, figure};
use crate::{
    core::stretch::{
        Body, Joint, SideOrder, Stretch, Timeline, VariantName,
        catalogue::{Frame, PhaseKind, Rig},
        pose::poses_of_key_moments,
        pose_at,
        timeline::Slot,
    },
    gui::{
        controls::layout,
        fonts,
        picture::picture,
        theme::{Theme, size, space},
    },
    stretch_text,
    text::{text, text_with},
};

/// One picture of a film strip with its caption, in points.
const CELL: Vec2 = Vec2::new(190.0, 220.0);
const COLUMNS: usize = 8;
/// The line above each film strip.
const HEADING: f32 = 34.0;
/// One card of the overview.
const CARD: Vec2 = Vec2::new(136.0, 180.0);
const CARDS: usize = 8;
/// The place for the name at the bottom of a card.
const NAME: f32 = 46.0;
/// The title of the overview takes the place of so many cards.
const TITLE_CARDS: usize = 3;
/// What is beside a pose in the overview, in body heights, and how small a part of the world it
/// shows at least, so that all figures are about equally tall.
const AIR: f32 = 0.07;
const LEAST_HEIGHT: f32 = 0.90;
/// Pictures of more pixels than this do not fit in the memory of every machine.
const MOST_PIXELS: f32 = 120e6;

/// How a sheet looks.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// The colours.
    pub theme: &'a Theme,
    /// Lengths and widths of the body.
    pub rig: &'a Rig,
    /// Pixels to the point.
    pub scale: f32,
}

/// The picture would be too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the picture would have {megapixels} megapixels")]
pub struct TooLarge {
    /// How large.
    pub megapixels: u32,
}

/// One moment of a stretch.
struct Moment {
    caption: String,
    body: Body,
    held: bool,
}

/// Moments of one stretch, in their order.
struct Strip<'a> {
    stretch: &'a Stretch,
    moments: Vec<Moment>,
}

/// Every stretch that has a figure, once: its name, and the pose in which it is held.
///
/// # Errors
///
/// When the picture would be too large.
pub fn overview(stretches: &[&Stretch], look: Look<'_>) -> Result<ColorImage, TooLarge> {
    let cards: Vec<(&Stretch, Body)> = animated(stretches)
        .map(|stretch| (stretch, telling_pose(stretch, look.rig)))
        .collect();
    let gap = space::SMALL;
    let step = CARD + Vec2::splat(gap);
    let rows = (TITLE_CARDS + cards.len()).div_ceil(CARDS);
    let size = vec2(number(CARDS) * step.x, number(rows) * step.y) - Vec2::splat(gap)
        + Vec2::splat(2.0 * space::EDGE);
    draw(size, look, |ui| {
        let place = |i: usize| {
            pos2(space::EDGE, space::EDGE)
                + vec2(number(i % CARDS) * step.x, number(i / CARDS) * step.y)
        };
        title_ui(ui, cards.len(), look.theme, place(0));
        for (i, (stretch, body)) in cards.iter().enumerate() {
            let area = Rect::from_min_size(place(TITLE_CARDS + i), CARD);
            card_ui(ui, stretch, body, look, area);
        }
    })
}

/// The key poses of each stretch that has a figure.
///
/// # Errors
///
/// When the picture would be too large.
pub fn key_poses(stretches: &[&Stretch], look: Look<'_>) -> Result<ColorImage, TooLarge> {
    let strips = animated(stretches).map(|stretch| {
        let timeline = standard(stretch);
        let moments = poses_of_key_moments(stretch, look.rig, &timeline, Duration::ZERO);
        let moments = moments.into_iter().map(|moment| Moment {
            caption: stretch.phases[moment.cue].cue.clone(),
            held: held_at(&timeline, moment.at),
            body: moment.body,
        });
        Strip {
            stretch,
            moments: moments.collect(),
        }
    });
    strips_of(&strips.collect::<Vec<_>>(), look)
}

/// Each stretch from beginning to end, a picture every `every`, at least a twentieth of a second.
///
/// # Errors
///
/// When the picture would be too large.
pub fn film_strips(
    stretches: &[&Stretch],
    every: Duration,
    look: Look<'_>,
) -> Result<ColorImage, TooLarge> {
    let every = every.max(Duration::from_millis(50));
    let strips = animated(stretches).map(|stretch| {
        let timeline = standard(stretch);
        let count = 1 + timeline.total().as_millis() / every.as_millis().max(1);
        let times = (0..u32::try_from(count).unwrap_or(u32::MAX)).map(|i| every * i);
        Strip {
            stretch,
            moments: times
                .map(|t| Moment {
                    caption: text_with("sheet-time", &[("seconds", t.as_secs_f64().into())]),
                    body: pose_at(stretch, look.rig, &timeline, t),
                    held: held_at(&timeline, t),
                })
                .collect(),
        }
    });
    strips_of(&strips.collect::<Vec<_>>(), look)
}

fn animated<'a>(stretches: &[&'a Stretch]) -> impl Iterator<Item = &'a Stretch> {
    let all = stretches.iter().copied();
    all.filter(|stretch| !stretch.poses.is_empty())
}

fn standard(stretch: &Stretch) -> Timeline {
    Timeline::new(stretch, VariantName::Standard, SideOrder::AsStored)
}

fn held_at(timeline: &Timeline, t: Duration) -> bool {
    let at = timeline.at(t);
    at.is_some_and(|at| at.slot.kind == PhaseKind::Hold)
}

/// The pose that tells most: of those that are held longest, or of all where nothing is held, the
/// one that is farthest from the beginning.
fn telling_pose(stretch: &Stretch, rig: &Rig) -> Body {
    let timeline = standard(stretch);
    let first = pose_at(stretch, rig, &timeline, Duration::ZERO);
    let moved = |body: &Body| -> f32 {
        // A mirrored body has moved as far as the one that it mirrors.
        let body = if body.mirrored == first.mirrored {
            body.clone()
        } else {
            body.turned_round()
        };
        let joints = Joint::ALL.map(|joint| {
            let (a, b) = (body[joint], first[joint]);
            (a.x - b.x).hypot(a.y - b.y)
        });
        let turned = (body.head_turn - first.head_turn).abs().to_radians();
        joints.iter().sum::<f32>() + turned
    };
    let held = |length: Duration| {
        let slots = timeline.slots().iter();
        slots.filter(move |slot| slot.kind == PhaseKind::Hold && slot.length >= length)
    };
    let longest = held(Duration::ZERO).map(|slot| slot.length).max();
    let times: Vec<Duration> = match longest {
        Some(longest) => held(longest).map(|slot| slot.start).collect(),
        None => timeline.slots().iter().map(Slot::end).collect(),
    };
    let mut telling = (0.0, first.clone());
    for t in times {
        let body = pose_at(stretch, rig, &timeline, t);
        let far = moved(&body);
        // The other side moves as far: the first one stays.
        if far > telling.0 + 0.01 {
            telling = (far, body);
        }
    }
    telling.1
}

fn title_ui(ui: &Ui, count: usize, theme: &Theme, corner: Pos2) {
    let mut at = corner + vec2(space::SMALL, space::MEDIUM);
    for (words, font, color) in [
        (
            text("window-title-message"),
            fonts::semibold(size::NAME),
            theme.accent,
        ),
        (
            text_with("sheet-title", &[("count", count.into())]),
            fonts::semibold(size::TIME),
            theme.text,
        ),
        (
            text("sheet-subtitle"),
            fonts::regular(size::BODY),
            theme.faint,
        ),
    ] {
        let shown = ui.painter().text(at, Align2::LEFT_TOP, words, font, color);
        at.y = shown.bottom() + space::SMALL;
    }
}

fn card_ui(ui: &Ui, stretch: &Stretch, body: &Body, look: Look<'_>, area: Rect) {
    let theme = look.theme;
    ui.painter()
        .rect_filled(area, CornerRadius::same(space::CORNER), theme.surface);
    let (above, below) = area.split_top_bottom_at_y(area.bottom() - NAME);
    let above = above.shrink(space::SMALL);
    // Cards are of the colour of surfaces: outlines of limbs have to be so too.
    let on_card = Theme {
        background: theme.surface,
        ground: theme.hover,
        ..*theme
    };
    let manner = Manner {
        theme: &on_card,
        rig: look.rig,
        frame: close_frame(body, above.size()),
        areas: &stretch.areas,
        glow: 1.0,
    };
    let mesh = figure(body, &manner, above, ui.pixels_per_point());
    ui.painter().with_clip_rect(area).add(mesh);
    let name = stretch_text::name(stretch);
    let wide = below.width() - space::SMALL;
    let font = fonts::medium(size::FAINT - 1.0);
    let name = ui.painter().layout(name, font.clone(), theme.text, wide);
    let top = below.center().y - 0.5 * name.size().y - 2.0;
    for row in &name.rows {
        // Each line in the middle of the card.
        let line = layout(ui, row.text().trim(), font.clone(), theme.text);
        let left = below.center().x - 0.5 * line.size().x;
        ui.painter()
            .galley(pos2(left, top + row.pos.y), line, theme.text);
    }
}

/// The part of the world around one pose that has the shape of its card; the floor lies at the
/// same height on all cards.
fn close_frame(body: &Body, shape: Vec2) -> Frame {
    let xs = || Joint::ALL.iter().map(|joint| body[*joint].x);
    let left = xs().fold(f32::INFINITY, f32::min) - AIR;
    let right = xs().fold(f32::NEG_INFINITY, f32::max) + AIR;
    let top = (Joint::ALL.iter().map(|joint| body[*joint].y)).fold(0.0, f32::max) + AIR;
    let height = top
        .max(LEAST_HEIGHT)
        .max((right - left) * shape.y / shape.x);
    Frame {
        left,
        right,
        bottom: -0.03,
        top: height,
    }
}

fn strips_of(strips: &[Strip<'_>], look: Look<'_>) -> Result<ColorImage, TooLarge> {
    let rows = |strip: &Strip<'_>| strip.moments.len().div_ceil(COLUMNS);
    let widest = strips.iter().map(|strip| strip.moments.len()).max();
    let columns = widest.unwrap_or(1).clamp(1, COLUMNS);
    let heights = strips
        .iter()
        .map(|strip| HEADING + CELL.y * number(rows(strip)));
    let size = vec2(CELL.x * number(columns), heights.sum::<f32>().max(HEADING));
    draw(size, look, |ui| {
        let mut top = 0.0;
        for strip in strips {
            ui.painter().text(
                pos2(space::SMALL, top + 0.5 * HEADING),
                Align2::LEFT_CENTER,
                stretch_text::name(strip.stretch),
                fonts::semibold(size::BODY),
                look.theme.text,
            );
            top += HEADING;
            for (i, moment) in strip.moments.iter().enumerate() {
                let corner = pos2(
                    CELL.x * number(i % COLUMNS),
                    top + CELL.y * number(i / COLUMNS),
                );
                let area = Rect::from_min_size(corner, CELL);
                moment_ui(ui, strip.stretch, moment, look, area);
            }
            top += CELL.y * number(rows(strip));
        }
    })
}

fn moment_ui(ui: &Ui, stretch: &Stretch, moment: &Moment, look: Look<'_>, area: Rect) {
    let manner = Manner {
        theme: look.theme,
        rig: look.rig,
        frame: stretch.frame,
        areas: &stretch.areas,
        glow: if moment.held { 1.0 } else { 0.0 },
    };
    let inner = area.shrink(space::SMALL);
    let (above, below) = inner.split_top_bottom_at_y(inner.bottom() - size::BODY);
    let mesh = figure(&moment.body, &manner, above, ui.pixels_per_point());
    ui.painter().add(mesh);
    ui.painter().with_clip_rect(area).text(
        below.left_center(),
        Align2::LEFT_CENTER,
        &moment.caption,
        fonts::regular(11.0),
        look.theme.faint,
    );
}

fn draw(size: Vec2, look: Look<'_>, mut show: impl FnMut(&mut Ui)) -> Result<ColorImage, TooLarge> {
    let pixels = size.x * size.y * look.scale * look.scale;
    if pixels > MOST_PIXELS {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "casts of floats end at the ends of the range"
        )]
        return Err(TooLarge {
            megapixels: (pixels / 1e6).ceil() as u32,
        });
    }
    let setup = |ctx: &Context| {
        fonts::install(ctx);
        look.theme.apply(ctx, true);
    };
    Ok(picture(
        size,
        look.scale,
        look.theme.background,
        setup,
        |ui| {
            show(ui);
        },
    ))
}

#[expect(clippy::cast_precision_loss, reason = "a few cells")]
fn number(count: usize) -> f32 {
    count as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stretch_file;

    /// How many pixels of a part of a picture are not of the colour of its upper left corner.
    fn drawn(image: &ColorImage, area: Rect) -> usize {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "inside of a small picture"
        )]
        let [left, top, right, bottom] =
            [area.left(), area.top(), area.right(), area.bottom()].map(|edge| edge as usize);
        let at = |x: usize, y: usize| image.pixels[y * image.size[0] + x];
        let ground = at(left, top);
        let all = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y)));
        all.filter(|&(x, y)| at(x, y) != ground).count()
    }

    #[test]
    fn the_overview_shows_every_stretch_and_its_name() {
        let catalogue = stretch_file::builtin();
        let theme = Theme::new(false, false, None);
        let look = Look {
            theme: &theme,
            rig: &catalogue.rig,
            scale: 1.0,
        };
        let all: Vec<&Stretch> = catalogue.stretches.iter().collect();
        let image = overview(&all, look).unwrap();
        for (i, stretch) in all.iter().enumerate() {
            let place = TITLE_CARDS + i;
            let corner = pos2(space::EDGE, space::EDGE)
                + vec2(
                    number(place % CARDS) * (CARD.x + space::SMALL),
                    number(place / CARDS) * (CARD.y + space::SMALL),
                );
            let card = Rect::from_min_size(corner, CARD).shrink(4.0);
            let (above, below) = card.split_top_bottom_at_y(corner.y + CARD.y - NAME);
            assert!(drawn(&image, above) > 900, "{} is missing", stretch.id);
            assert!(drawn(&image, below) > 80, "{} has no name", stretch.id);
        }
    }

    #[test]
    fn a_picture_for_no_machine_is_refused() {
        let catalogue = stretch_file::builtin();
        let theme = Theme::new(false, false, None);
        let look = Look {
            theme: &theme,
            rig: &catalogue.rig,
            scale: 8.0,
        };
        let all: Vec<&Stretch> = catalogue.stretches.iter().collect();
        let refused = film_strips(&all, Duration::from_millis(50), look).unwrap_err();
        assert!(refused.megapixels > 10_000, "{refused}");
    }
}
