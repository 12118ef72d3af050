//! The doctor's report: asked for, shown, copied.

use egui::{CornerRadius, Margin, Ui, pos2, vec2};

use super::{Ask, Finding, PageState, Report, State, of};
use crate::{
    gui::{
        controls::{Weight, paint_icon, spoken, spoken_at_once},
        fonts::{self, icon},
        settings::{
            Asked, View,
            rows::{button_ui, inside_ui, note_ui, section_ui},
        },
        theme::{size, space},
    },
    text::{text, text_with},
};

/// What the doctor finds.
pub fn doctor_ui(ui: &mut Ui, view: &View<'_>, state: &mut PageState) -> Vec<Asked> {
    let mut asked = Vec::new();
    let (title, about) = (text("about-doctor"), text("about-doctor-about"));
    section_ui(ui, view, (&title, &about), |ui| {
        inside_ui(ui, |ui| {
            asked.extend(ask_the_doctor_ui(ui, view, state));
            match &state.report {
                None => {}
                Some(Err(why)) => {
                    let said = text_with("about-doctor-failed", &[("why", why.clone().into())]);
                    note_ui(ui, view, icon::WARNING, &said, "about-doctor-failed");
                }
                Some(Ok(report)) => report_ui(ui, view, report),
            }
        });
    });
    asked
}

fn ask_the_doctor_ui(ui: &mut Ui, view: &View<'_>, state: &mut PageState) -> Option<Asked> {
    let mut ask = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, space::SMALL);
        let label = text(match (&state.report, state.looking) {
            (_, true) => "about-doctor-looking",
            (None, false) => "about-doctor-ask",
            (Some(_), false) => "about-doctor-again",
        });
        let weight = Weight::Outlined;
        ui.add_enabled_ui(!state.looking, |ui| {
            ask = button_ui(ui, view, weight, None, &label, "about-doctor-ask");
        });
        if state.looking {
            ui.add(egui::Spinner::new().size(22.0).color(view.theme.accent));
        }
        if let Some(Ok(report)) = &state.report {
            let done = state.copied.as_deref() == Some("about-doctor");
            let (mark, label) = match done {
                true => (icon::CHECK, text("about-doctor-copied")),
                false => (icon::COPY, text("about-doctor-copy")),
            };
            if button_ui(ui, view, weight, Some(mark), &label, "about-doctor-copy") {
                ui.ctx().copy_text(report.printed.clone());
                state.copied = Some("about-doctor".to_owned());
            }
        }
    });
    if ask {
        state.looking = true;
    }
    ask.then(|| of(Ask::Doctor))
}

fn report_ui(ui: &mut Ui, view: &View<'_>, report: &Report) {
    let theme = view.theme;
    let missing = report.findings.iter().any(|it| it.state == State::Missing);
    let mark = if missing { icon::WARNING } else { icon::CHECK };
    note_ui(ui, view, mark, &report.summary, "about-doctor-summary");
    spoken_at_once(ui, ui.min_rect(), ("about-doctor-said", 0), &report.summary);
    let frame = egui::Frame::new()
        .fill(theme.background)
        .corner_radius(CornerRadius::same(space::CORNER - 2))
        .inner_margin(Margin::symmetric(10, 8));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        ui.set_width(ui.available_width());
        for (n, finding) in report.findings.iter().enumerate() {
            finding_ui(ui, view, n, finding);
        }
    });
}

/// A finding: a mark, what it is, what was found, and what would help.
fn finding_ui(ui: &mut Ui, view: &View<'_>, n: usize, finding: &Finding) {
    let theme = view.theme;
    let whole = ui.available_width();
    let lay = |words: &str, font, color, room: f32| {
        ui.painter().layout(words.to_owned(), font, color, room)
    };
    // Beside each other where there is room, else one below the other.
    let beside = whole >= 460.0;
    let left = if beside { 150.0 } else { whole - 24.0 };
    let room = if beside {
        whole - 24.0 - left
    } else {
        whole - 24.0
    };
    let title = lay(
        &finding.title,
        fonts::medium(size::FAINT),
        theme.text,
        left - space::SMALL,
    );
    let mut lines = vec![(
        lay(&finding.said, fonts::regular(size::FAINT), theme.text, room),
        theme.text,
    )];
    for help in &finding.help {
        let galley = lay(help, fonts::regular(size::FAINT), theme.faint, room);
        lines.push((galley, theme.faint));
    }
    let words: f32 = lines.iter().map(|(galley, _)| galley.size().y + 2.0).sum();
    let down = if beside { 0.0 } else { title.size().y };
    let height = (words + down).max(title.size().y);
    let (place, _) = ui.allocate_exact_size(vec2(whole, height), egui::Sense::empty());
    let (mark, color) = match finding.state {
        State::Works => (icon::CHECK, theme.accent),
        State::Spare => (icon::MINUS, theme.faint),
        State::Missing => (icon::WARNING, theme.accent),
    };
    paint_icon(ui, place.min + vec2(9.0, 8.0), mark, 15.0, color);
    ui.painter()
        .galley(place.min + vec2(24.0, 0.0), title, theme.text);
    let x = place.left() + 24.0 + if beside { left } else { 0.0 };
    let mut y = place.top() + down;
    for (galley, color) in lines {
        let next = y + galley.size().y + 2.0;
        ui.painter().galley(pos2(x, y), galley, color);
        y = next;
    }
    let state = text(match finding.state {
        State::Works => "about-works",
        State::Spare => "about-spare",
        State::Missing => "about-missing",
    });
    let mut said = format!("{}: {} ({state})", finding.title, finding.said);
    for help in &finding.help {
        said = format!("{said} {help}");
    }
    spoken(ui, place, &format!("about-finding-{n}"), &said);
}
