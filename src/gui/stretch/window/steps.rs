//! A stretch without a figure: the picture of the step with its words, or the words alone, large
//! and calm. Before the start, all steps at a glance.

use std::time::Duration;

use egui::{Align2, Color32, CornerRadius, Rect, TextureHandle, Ui, Vec2, pos2, vec2};

use super::{StretchView, layout::Layout, wording};
use crate::{
    core::stretch::{Stretch, catalogue::Phase, session::State},
    gui::{
        controls::{paragraph, spoken},
        fonts,
        theme::{UNTINTED, mix, size, space},
    },
    text::{text, text_with},
};

/// A row of the list of steps, in points.
const ROW: f32 = 40.0;
/// How much larger than a cue the words may be.
const LARGER: f32 = 1.4;

/// Shows the present step, or all of them before the start.
pub fn steps_ui(ui: &mut Ui, view: &StretchView<'_>, stretch: &Stretch, layout: &Layout) {
    match view.session.state {
        State::Ready => overview_ui(ui, view, stretch, layout.stage),
        State::Done(_) => {}
        State::SettleIn(_) | State::BetweenStretches(_) | State::Running => {
            if let Some(step) = present(view) {
                step_ui(ui, view, step, layout);
            }
        }
    }
}

/// Whether the words stand on the stage, so that there is no cue besides.
pub fn say_the_cue(view: &StretchView<'_>, layout: &Layout) -> bool {
    if view.session.stretch.is_none_or(Stretch::has_figure) {
        return false;
    }
    match view.session.state {
        State::Ready => true,
        State::Running => {
            present(view).is_some_and(|step| words_area(view, step, layout).is_some())
        }
        State::SettleIn(_) | State::BetweenStretches(_) | State::Done(_) => false,
    }
}

fn present<'a>(view: &StretchView<'a>) -> Option<&'a Phase> {
    view.session.stretch?.phases.get(view.session.cue?)
}

/// Where the words stand, if not beside the picture, where the cue has several lines anyway.
fn words_area(view: &StretchView<'_>, step: &Phase, layout: &Layout) -> Option<Rect> {
    let (stage, cue) = (layout.stage, layout.cue);
    let below = cue.top() >= stage.bottom();
    match (texture(view, step), below) {
        (None, true) => Some(stage.union(cue)),
        (None, false) => Some(stage),
        (Some(_), false) => None,
        (Some(_), true) => {
            // Two lines of the largest words, and the picture above them.
            let top = (cue.bottom() - 2.4 * layout.text.cue).max(stage.center().y);
            Some(Rect::from_min_max(pos2(cue.left(), top), cue.max))
        }
    }
}

fn step_ui(ui: &mut Ui, view: &StretchView<'_>, step: &Phase, layout: &Layout) {
    let words = words_area(view, step, layout);
    if let Some(texture) = texture(view, step) {
        let bottom = words.map_or(layout.stage.bottom(), |words| words.top() - space::TIGHT);
        let area = layout.stage.with_max_y(bottom.min(layout.stage.bottom()));
        picture_ui(ui, view, texture, area);
        spoken(ui, area, "stretch-figure", &text("window-picture"));
    }
    // Before, the window says "get in place", and shows what comes without a picture.
    let running = view.session.state == State::Running;
    match words {
        Some(area) if running => {
            words_ui(ui, view, &step.cue, area, layout);
            spoken(ui, area, "stretch-cue", &step.cue);
        }
        Some(area) if texture(view, step).is_none() => {
            words_ui(ui, view, &step.cue, area, layout);
        }
        Some(_) | None => {}
    }
}

fn words_ui(ui: &Ui, view: &StretchView<'_>, words: &str, area: Rect, layout: &Layout) {
    let shown = match view.session.state {
        State::Running => view.words.shown.clamp(0.0, 1.0),
        State::Ready | State::SettleIn(_) | State::BetweenStretches(_) | State::Done(_) => 1.0,
    };
    let color = mix(view.theme.background, view.theme.text, shown);
    let (smallest, largest) = (layout.text.cue_smallest, layout.text.cue * LARGER);
    let sizes = [0.0, 0.2, 0.4, 0.55, 0.7, 0.85, 1.0].map(|t| egui::lerp(largest..=smallest, t));
    let fit = (area.width().min(18.0 * largest), area.height());
    // Laid out in one colour and tinted when painted, so that a fade costs no new layout.
    let ink = Color32::PLACEHOLDER;
    let galley = paragraph(ui, words, fonts::semibold, &sizes, fit, ink);
    let top = area.center().y - 0.5 * galley.size().y;
    ui.painter()
        .galley(pos2(area.center().x, top), galley, color);
}

/// On a card of paper, as large as it goes.
fn picture_ui(ui: &Ui, view: &StretchView<'_>, texture: &TextureHandle, area: Rect) {
    let margin = 2.0 * Vec2::splat(space::SMALL);
    let size = texture.size_vec2();
    let room = (area.size() - margin).max(Vec2::splat(1.0));
    let scale = (room.x / size.x).min(room.y / size.y);
    let card = Rect::from_center_size(area.center(), size * scale + margin);
    let painter = ui.painter();
    painter.rect_filled(card, CornerRadius::same(space::CORNER), view.theme.paper());
    let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    painter.image(texture.id(), card.shrink2(0.5 * margin), all, UNTINTED);
}

/// The picture that stands for the whole, or the list of the steps.
fn overview_ui(ui: &mut Ui, view: &StretchView<'_>, stretch: &Stretch, area: Rect) {
    let mut files = stretch.phases.iter().map(|phase| phase.picture.as_ref());
    let first = files.next().flatten();
    let texture = stretch.phases.first().and_then(|step| texture(view, step));
    match texture {
        Some(texture) if files.all(|file| file == first) => {
            picture_ui(ui, view, texture, area);
            spoken(ui, area, "stretch-figure", &text("window-picture"));
        }
        Some(_) | None => list_ui(ui, view, stretch, area),
    }
}

fn list_ui(ui: &mut Ui, view: &StretchView<'_>, stretch: &Stretch, area: Rect) {
    let steps = &stretch.phases;
    let has_pictures = steps.iter().any(|step| texture(view, step).is_some());
    let row = if has_pictures { 2.0 * ROW } else { ROW };
    // What does not fit is counted in a last row.
    let room = ((area.height() / row).floor() as usize).max(1);
    let shown = if steps.len() <= room {
        steps.len()
    } else {
        room - 1
    };
    let rows = shown + usize::from(shown < steps.len());
    #[expect(clippy::cast_precision_loss, reason = "a few rows")]
    let top = area.center().y - 0.5 * row * rows as f32;
    let width = area.width().min(460.0);
    let left = area.center().x - 0.5 * width;
    let place = |i: usize| {
        #[expect(clippy::cast_precision_loss, reason = "a few rows")]
        let top = top + row * i as f32;
        Rect::from_min_size(pos2(left, top), vec2(width, row))
    };
    for (i, step) in steps.iter().take(shown).enumerate() {
        row_ui(ui, view, step, i, place(i), has_pictures);
    }
    if shown < steps.len() {
        let rest = steps.len() - shown;
        let said = text_with("window-more-steps", &[("count", rest.into())]);
        ui.painter().text(
            place(shown).center(),
            Align2::CENTER_CENTER,
            said,
            fonts::regular(size::BODY),
            view.theme.faint,
        );
    }
}

/// Number, picture, words, seconds.
fn row_ui(ui: &mut Ui, view: &StretchView<'_>, step: &Phase, i: usize, area: Rect, tall: bool) {
    let theme = view.theme;
    let middle = area.center().y;
    ui.painter().text(
        pos2(area.left() + 8.0, middle),
        Align2::CENTER_CENTER,
        i + 1,
        fonts::semibold(size::BODY),
        theme.accent,
    );
    let mut left = area.left() + 28.0;
    if tall {
        let side = area.height() - space::SMALL;
        let card = Rect::from_center_size(pos2(left + 0.5 * side, middle), Vec2::splat(side));
        if let Some(texture) = texture(view, step) {
            picture_ui(ui, view, texture, card);
        }
        left = card.right() + space::MEDIUM;
    }
    let length = seconds(step.length);
    let time = ui.painter().text(
        pos2(area.right(), middle),
        Align2::RIGHT_CENTER,
        &length,
        fonts::regular(size::BODY),
        theme.faint,
    );
    let room = time.left() - space::MEDIUM - left;
    let lay = |points: f32| {
        let words = step.cue.clone();
        ui.painter()
            .layout(words, fonts::medium(points), theme.text, room.max(1.0))
    };
    let sizes = [18.0, size::BODY, size::FAINT, 11.0];
    let mut fits = sizes.map(lay).into_iter();
    let last = lay(11.0);
    let words = fits
        .find(|words| words.size().y <= area.height())
        .unwrap_or(last);
    let at = pos2(left, middle - 0.5 * words.size().y);
    ui.painter().galley(at, words, theme.text);
    let said = text_with(
        "window-step-spoken",
        &[
            ("n", (i + 1).into()),
            ("cue", step.cue.as_str().into()),
            ("length", wording::length(step.length).into()),
        ],
    );
    spoken(ui, area, &format!("stretch-step-{i}"), &said);
}

fn seconds(length: Duration) -> String {
    wording::short_length(length)
}

fn texture<'a>(view: &StretchView<'a>, step: &Phase) -> Option<&'a TextureHandle> {
    view.pictures.texture(step.picture.as_ref()?)
}
