//! Below the figure: the cue, what follows, and how far the stretch has come.

use egui::{Color32, Rect, Stroke, Ui, pos2, vec2};

use super::{StretchView, layout::Layout, wording};
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
    let next = match view.session.state {
        State::Ready if stretch.advice.summary.is_empty() => phase(view.session.next_cue),
        State::Ready => return summary_ui(ui, view, &stretch.advice.summary, layout),
        State::Done(_) => return,
        State::SettleIn(_) | State::BetweenStretches(_) => phase(view.session.cue),
        State::Running => phase(view.session.next_cue),
    };
    cue_ui(ui, view, &cue_text(view.session), layout.cue);
    next_ui(ui, view, next, layout.next);
    progress_ui(ui, view, layout.progress);
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
    let fit = (area.width().min(460.0), area.height());
    let galley = paragraph(
        ui,
        summary,
        fonts::regular,
        &[20.0, 18.0, 16.0],
        fit,
        view.theme.text,
    );
    let top = area.center().y - 0.5 * galley.size().y;
    ui.painter()
        .galley(pos2(area.center().x, top), galley, view.theme.text);
    spoken(ui, area, "stretch-summary", summary, false);
}

/// The largest text of the window, on one line; old words fade out, then new ones fade in.
fn cue_ui(ui: &mut Ui, view: &StretchView<'_>, cue: &str, area: Rect) {
    let shown = view.words.shown.clamp(0.0, 1.0);
    // One after the other: two lines on one place cannot be read.
    if shown < 0.5 && !view.words.before.is_empty() {
        paint_cue(ui, view, view.words.before, area, 1.0 - 2.0 * shown);
    } else {
        paint_cue(ui, view, cue, area, 2.0 * shown - 1.0);
    }
    spoken(ui, area, "stretch-cue", cue, true);
}

fn paint_cue(ui: &Ui, view: &StretchView<'_>, cue: &str, area: Rect, strength: f32) {
    let color = mix(view.theme.background, view.theme.text, strength);
    let sizes = (size::CUE_SMALLEST, size::CUE);
    // Laid out in one colour and tinted when painted, so that a fade costs no new layout.
    let galley = fitted(
        ui,
        cue,
        fonts::semibold,
        sizes,
        area.width(),
        Color32::PLACEHOLDER,
    );
    let at = area.center() - 0.5 * galley.size();
    ui.painter().galley(at, galley, color);
}

fn next_ui(ui: &mut Ui, view: &StretchView<'_>, next: Option<&str>, area: Rect) {
    let said = match next {
        Some(next) => text_with("window-next", &[("cue", next.into())]),
        None => text("window-last-phase"),
    };
    let galley = fitted(
        ui,
        &said,
        fonts::regular,
        (size::FAINT, size::BODY),
        area.width(),
        view.theme.faint,
    );
    let at = area.center() - 0.5 * galley.size();
    ui.painter().galley(at, galley, view.theme.faint);
    spoken(ui, area, "stretch-next", &said, false);
}

/// Phases as dots on the left; repetition and breath on the right.
fn progress_ui(ui: &mut Ui, view: &StretchView<'_>, area: Rect) {
    let theme = view.theme;
    let mut right = area.right();
    let middle = area.center().y;
    let running = matches!(view.session.state, State::Running);
    if let (true, Some(breath)) = (running, view.session.breath) {
        let said = wording::breath(breath);
        let color = match breath {
            Breath::In | Breath::Out => theme.text,
            Breath::Easy => theme.faint,
        };
        let galley = line(ui, &said, fonts::medium(size::BODY), color);
        let left = right - galley.size().x;
        let word = Rect::from_min_size(pos2(left, middle - 0.5 * galley.size().y), galley.size());
        ui.painter().galley(word.min, galley, color);
        paint_icon(ui, pos2(left - 14.0, middle), icon::BREATH, 18.0, color);
        spoken(ui, word, "stretch-breath", &said, false);
        right = left - 26.0 - space::MEDIUM;
    }
    if let Some(rep) = view.session.rep {
        let values = [("n", rep.n.into()), ("of", rep.of.into())];
        let said = text_with("window-rep", &values);
        let galley = line(ui, &said, fonts::medium(size::BODY), theme.text);
        let word = Rect::from_min_size(
            pos2(right - galley.size().x, middle - 0.5 * galley.size().y),
            galley.size(),
        );
        ui.painter().galley(word.min, galley, theme.text);
        let spoken_rep = text_with("window-rep-spoken", &values);
        spoken(ui, word, "stretch-rep", &spoken_rep, false);
        right = word.left() - space::MEDIUM;
    }
    let dots = Rect::from_min_max(area.min, pos2(right.max(area.left()), area.bottom()));
    dots_ui(ui, view, dots);
}

fn dots_ui(ui: &mut Ui, view: &StretchView<'_>, area: Rect) {
    const RADIUS: f32 = 4.5;
    let dots = &view.session.dots;
    let theme = view.theme;
    let count = dots.len().max(1);
    #[expect(clippy::cast_precision_loss, reason = "a few phases")]
    let step = ((area.width() - 2.0 * RADIUS) / (count.max(2) - 1) as f32).min(20.0);
    let mut at = pos2(area.left() + RADIUS + 1.0, area.center().y);
    let mut current = 0;
    for (i, dot) in dots.iter().enumerate() {
        if i > 0 {
            let done = *dot != Dot::ToCome;
            let color = if done { theme.accent } else { theme.track };
            let gap = vec2(RADIUS + 1.5, 0.0);
            if step > 2.0 * gap.x + 2.0 {
                let before = at - vec2(step, 0.0);
                ui.painter()
                    .line_segment([before + gap, at - gap], Stroke::new(2.0, color));
            }
        }
        match dot {
            Dot::Done => {
                ui.painter().circle_filled(at, RADIUS, theme.accent);
            }
            Dot::Current => {
                current = i + 1;
                ui.painter().circle_filled(at, RADIUS + 1.5, theme.accent);
                ui.painter()
                    .circle_filled(at, RADIUS - 2.0, theme.background);
            }
            Dot::ToCome => {
                ui.painter()
                    .circle_stroke(at, RADIUS - 0.75, Stroke::new(1.5, theme.outline));
            }
        }
        at.x += step;
    }
    if current > 0 {
        let said = text_with(
            "window-phase-spoken",
            &[("n", current.into()), ("of", dots.len().into())],
        );
        spoken(ui, area, "stretch-phases", &said, false);
    }
}
