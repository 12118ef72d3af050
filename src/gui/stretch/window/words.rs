//! Below the figure: the cue, what follows, and how far the stretch has come.

use egui::{Color32, Rect, Stroke, Ui, pos2, vec2};

use super::{StretchView, layout::Layout, steps, wording};
use crate::{
    core::stretch::{
        Breath,
        session::{self, Dot, State},
    },
    gui::{
        controls::{fitted, layout as line, paint_icon, paragraph, spoken},
        fonts::{self, icon},
        theme::{mix, size, space},
    },
    text::{text, text_with},
};

pub fn words_ui(ui: &mut Ui, view: &StretchView<'_>, layout: &Layout) {
    let Some(stretch) = view.session.stretch else {
        return;
    };
    let phase = |place: Option<usize>| place.map(|place| stretch.phases[place].cue.as_str());
    let next = |place: Option<usize>| match phase(place) {
        Some(cue) => text_with("window-next", &[("cue", cue.into())]),
        None => text("window-last-phase"),
    };
    let next = match view.session.state {
        State::Ready if stretch.advice.summary.is_empty() => next(view.session.next_cue),
        State::Ready => return summary_ui(ui, view, &stretch.advice.summary, layout),
        State::Done(_) => return,
        State::SettleIn(_) => next(view.session.cue),
        State::BetweenStretches(_) => {
            between_text(view.session, phase(view.session.cue).unwrap_or_default())
        }
        State::Running => next(view.session.next_cue),
    };
    if !steps::say_the_cue(view, layout) {
        cue_ui(ui, view, &cue_text(view.session), layout);
    }
    // Before the start, the steps are all on the stage.
    let listed = !stretch.has_figure() && view.session.state == State::Ready;
    if layout.next.height() > 0.0 && !listed {
        next_ui(ui, view, &next, layout);
    }
    if layout.progress.height() > 0.0 {
        progress_ui(ui, view, layout);
    }
}

/// Which of the stretches comes now, and how it begins.
fn between_text(session: &session::View<'_>, first: &str) -> String {
    let (place, of) = session.place;
    text_with(
        "window-between",
        &[
            ("n", (place + 1).into()),
            ("of", of.into()),
            ("cue", first.into()),
        ],
    )
}

/// What to do now, in a few words; empty where there is nothing to do.
#[must_use]
pub fn cue_text(session: &session::View<'_>) -> String {
    let Some(stretch) = session.stretch else {
        return String::new();
    };
    match session.state {
        State::Ready if !stretch.advice.summary.is_empty() => String::new(),
        State::Done(_) => String::new(),
        State::SettleIn(_) => text("window-get-in-place"),
        State::BetweenStretches(_) => text_with(
            "window-next-stretch",
            &[("name", stretch.name.as_str().into())],
        ),
        State::Ready | State::Running => session
            .cue
            .map(|cue| stretch.phases[cue].cue.clone())
            .unwrap_or_default(),
    }
}

/// Before the start: what the stretch is, in two lines at most.
fn summary_ui(ui: &mut Ui, view: &StretchView<'_>, summary: &str, layout: &Layout) {
    let area = Rect::from_min_max(layout.cue.min, layout.progress.max);
    let most = layout.text.summary;
    let fit = (area.width().min(23.0 * most), area.height());
    let galley = paragraph(
        ui,
        summary,
        fonts::regular,
        &[most, 0.9 * most, 0.8 * most],
        fit,
        view.theme.text,
    );
    let top = area.center().y - 0.5 * galley.size().y;
    ui.painter()
        .galley(pos2(area.center().x, top), galley, view.theme.text);
    spoken(ui, area, "stretch-summary", summary);
}

/// The largest text of the window, on one line; old words fade out, then new ones fade in.
fn cue_ui(ui: &mut Ui, view: &StretchView<'_>, cue: &str, layout: &Layout) {
    let shown = view.words.shown.clamp(0.0, 1.0);
    // One after the other: two lines on one place cannot be read.
    if shown < 0.5 && !view.words.before.is_empty() {
        paint_cue(ui, view, view.words.before, layout, 1.0 - 2.0 * shown);
    } else {
        paint_cue(ui, view, cue, layout, 2.0 * shown - 1.0);
    }
    spoken(ui, layout.cue, "stretch-cue", cue);
}

fn paint_cue(ui: &Ui, view: &StretchView<'_>, cue: &str, layout: &Layout, strength: f32) {
    let color = mix(view.theme.background, view.theme.text, strength);
    let area = layout.cue;
    let (smallest, largest) = (layout.text.cue_smallest, layout.text.cue);
    let (font, ink) = (fonts::semibold, Color32::PLACEHOLDER);
    // Laid out in one colour and tinted when painted, so that a fade costs no new layout.
    if area.height() < 2.0 * largest {
        let galley = fitted(ui, cue, font, (smallest, largest), area.width(), ink);
        let at = area.center() - 0.5 * galley.size();
        ui.painter().galley(at, galley, color);
    } else {
        // In steps from the largest to the smallest, on as many lines as there is room for.
        let sizes =
            [0.0, 0.15, 0.3, 0.45, 0.6, 0.8, 1.0].map(|t| egui::lerp(largest..=smallest, t));
        let fit = (area.width(), area.height());
        let galley = paragraph(ui, cue, font, &sizes, fit, ink);
        let at = pos2(area.center().x, area.center().y - 0.5 * galley.size().y);
        ui.painter().galley(at, galley, color);
    }
}

fn next_ui(ui: &mut Ui, view: &StretchView<'_>, said: &str, layout: &Layout) {
    let area = layout.next;
    let galley = fitted(
        ui,
        said,
        fonts::regular,
        (size::FAINT, layout.text.body),
        area.width(),
        view.theme.faint,
    );
    let at = area.center() - 0.5 * galley.size();
    ui.painter().galley(at, galley, view.theme.faint);
    spoken(ui, area, "stretch-next", said);
}

/// Phases as dots on the left; repetition and breath on the right.
fn progress_ui(ui: &mut Ui, view: &StretchView<'_>, layout: &Layout) {
    let theme = view.theme;
    let area = layout.progress;
    let font = || fonts::medium(layout.text.body);
    let unit = layout.text.body / size::BODY;
    let mut right = area.right();
    let middle = area.center().y;
    let running = matches!(view.session.state, State::Running);
    if let (true, Some(breath)) = (running, view.session.breath) {
        let said = wording::breath(breath);
        let color = match breath {
            Breath::In | Breath::Out => theme.text,
            Breath::Easy => theme.faint,
        };
        let galley = line(ui, &said, font(), color);
        let left = right - galley.size().x;
        let word = Rect::from_min_size(pos2(left, middle - 0.5 * galley.size().y), galley.size());
        ui.painter().galley(word.min, galley, color);
        paint_icon(
            ui,
            pos2(left - 14.0 * unit, middle),
            icon::BREATH,
            18.0 * unit,
            color,
        );
        spoken(ui, word, "stretch-breath", &said);
        right = left - 26.0 * unit - space::MEDIUM;
    }
    if let Some(rep) = view.session.rep {
        let values = [("n", rep.n.into()), ("of", rep.of.into())];
        let said = text_with("window-rep", &values);
        let galley = line(ui, &said, font(), theme.text);
        let word = Rect::from_min_size(
            pos2(right - galley.size().x, middle - 0.5 * galley.size().y),
            galley.size(),
        );
        ui.painter().galley(word.min, galley, theme.text);
        let spoken_rep = text_with("window-rep-spoken", &values);
        spoken(ui, word, "stretch-rep", &spoken_rep);
        right = word.left() - space::MEDIUM;
    }
    let dots = Rect::from_min_max(area.min, pos2(right.max(area.left()), area.bottom()));
    dots_ui(ui, view, dots, unit);
}

/// `unit`: how much larger than usual.
fn dots_ui(ui: &mut Ui, view: &StretchView<'_>, area: Rect, unit: f32) {
    let radius = 4.5 * unit;
    let dots = &view.session.dots;
    let theme = view.theme;
    let count = dots.len().max(1);
    #[expect(clippy::cast_precision_loss, reason = "a few phases")]
    let step = ((area.width() - 2.0 * radius) / (count.max(2) - 1) as f32).min(20.0 * unit);
    // Many phases in little room become smaller, so that they stay apart.
    let radius = radius.min(0.5 * step - unit).max(1.5);
    let mut at = pos2(area.left() + radius + 1.0, area.center().y);
    let mut current = 0;
    for (i, dot) in dots.iter().enumerate() {
        if i > 0 {
            let done = *dot != Dot::ToCome;
            let color = if done { theme.accent } else { theme.track };
            let gap = vec2(radius + 1.5 * unit, 0.0);
            if step > 2.0 * gap.x + 2.0 {
                let before = at - vec2(step, 0.0);
                ui.painter()
                    .line_segment([before + gap, at - gap], Stroke::new(2.0 * unit, color));
            }
        }
        match dot {
            Dot::Done => {
                ui.painter().circle_filled(at, radius, theme.accent);
            }
            Dot::Current => {
                current = i + 1;
                ui.painter()
                    .circle_filled(at, radius + 1.5 * unit, theme.accent);
                ui.painter()
                    .circle_filled(at, radius - 2.0 * unit, theme.background);
            }
            Dot::ToCome => {
                ui.painter().circle_stroke(
                    at,
                    radius - 0.75 * unit,
                    Stroke::new(1.5 * unit, theme.outline),
                );
            }
        }
        at.x += step;
    }
    if current > 0 {
        let said = text_with(
            "window-phase-spoken",
            &[("n", current.into()), ("of", dots.len().into())],
        );
        spoken(ui, area, "stretch-phases", &said);
    }
}
