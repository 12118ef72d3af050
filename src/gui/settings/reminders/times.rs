//! The times of day at which a reminder comes.

use chrono::NaiveTime;
use egui::{Align2, CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, UiBuilder, vec2};

use super::{State, View, change, words};
use crate::{
    config_file,
    core::config::{Reminder, When},
    gui::{
        controls::{Button, Weight, spoken},
        fonts::{self, icon},
        settings::{
            Asked,
            fields::{FIELD, Field, field_id, field_ui},
            rows::{icon_ui, inside_ui, words_ui},
        },
        theme::size,
    },
    text::{text, text_with},
};

const TIME: f32 = 92.0;
const NEW: f32 = 90.0;

/// Each time with what takes it away, and a field for another.
pub fn times_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (reminder, times): (&Reminder, &[NaiveTime]),
    state: &mut State,
) -> Option<Asked> {
    let key = state.key(&reminder.id, "at");
    inside_ui(ui, |ui| {
        let name = text("plan-at");
        words_ui(ui, &name, fonts::medium(size::BODY), view.theme.text);
        words_ui(
            ui,
            &text("plan-at-about"),
            fonts::regular(size::FAINT),
            view.theme.faint,
        );
        let mut new = None;
        ui.horizontal_wrapped(|ui| {
            for time in times {
                if time_ui(ui, view, &key, *time, times.len() > 1) {
                    let mut left = times.to_vec();
                    left.retain(|other| other != time);
                    new = Some(left);
                }
            }
            if let Some(time) = another_ui(ui, view, &key, state) {
                let mut more = times.to_vec();
                more.push(time);
                more.sort_unstable();
                more.dedup();
                new = Some(more);
            }
        });
        let wrong = state.typed.wrong(&key).to_owned();
        if !wrong.is_empty() {
            words_ui(ui, &wrong, fonts::medium(size::FAINT), view.theme.text);
        }
        let new = new?;
        let said = text_with(
            "plan-said-at",
            &[
                ("id", reminder.id.clone().into()),
                ("times", words::listed(&new).into()),
            ],
        );
        Some(change::one(&reminder.id, "at", said, move |reminder| {
            reminder.when = When::At(new.clone());
        }))
    })
}

/// A time, and whether it was taken away.
fn time_ui(ui: &mut Ui, view: &View<'_>, key: &str, time: NaiveTime, removable: bool) -> bool {
    let theme = view.theme;
    let width = if removable { TIME } else { TIME - 26.0 };
    let (area, _) = ui.allocate_exact_size(vec2(width, FIELD), Sense::empty());
    let corner = CornerRadius::same(17);
    let edge = Stroke::new(1.0, theme.outline);
    ui.painter()
        .rect(area, corner, theme.background, edge, StrokeKind::Inside);
    let clock = words::clock(time);
    let at = area.left_center() + vec2(14.0, 0.0);
    ui.painter().text(
        at,
        Align2::LEFT_CENTER,
        &clock,
        fonts::medium(size::BODY),
        theme.text,
    );
    let id = format!("{key}.{clock}");
    spoken(ui, area, &format!("{id}-said"), &clock);
    if !removable {
        return false;
    }
    let place = Rect::from_center_size(area.right_center() - vec2(18.0, 0.0), vec2(28.0, 28.0));
    let label = text_with("plan-at-remove", &[("time", clock.into())]);
    icon_ui(ui, view, place, icon::CLOSE, &label, &id)
}

/// A field for another time, and a button that takes it.
fn another_ui(ui: &mut Ui, view: &View<'_>, key: &str, state: &mut State) -> Option<NaiveTime> {
    let (place, _) = ui.allocate_exact_size(vec2(NEW, FIELD), Sense::empty());
    let (name, hint) = (text("plan-at-another"), text("plan-at-hint"));
    let field = Field {
        id: key,
        name: &name,
        shown: "",
        hint: &hint,
    };
    let mut child = ui.new_child(UiBuilder::new().id_salt(key).max_rect(place));
    let time = field_ui(
        &mut child,
        view.theme,
        place,
        &field,
        &mut state.typed,
        |words| {
            if words.is_empty() {
                return Ok(None);
            }
            let time = config_file::time(words).map(Some);
            time.ok_or_else(|| text_with("plan-at-wrong", &[("found", words.to_owned().into())]))
        },
    );
    let label = text("plan-at-add");
    let button = Button {
        weight: Weight::Quiet,
        icon: Some(icon::PLUS),
        label: &label,
        shows_label: true,
    };
    let (place, _) = ui.allocate_exact_size(vec2(button.width(ui), FIELD), Sense::empty());
    let id = format!("{key}-add");
    let taken = time.flatten();
    if button.ui(ui, view.theme, place, &id).clicked() || taken.is_some() {
        // The click has taken what was typed already; the field is for the next one.
        ui.memory_mut(|memory| memory.request_focus(field_id(key)));
    }
    taken
}
