//! What is wrong in the settings file, at its place, with what mends it.

use egui::{CornerRadius, Margin, Stroke, Ui};

use super::{
    Ask, Asked, Page, Typed, View,
    fields::{FIELD, Field, field_ui},
    list::{Kind, SETTINGS, Setting},
    rows::{button_ui, note_ui, words_ui},
    side,
};
use crate::{
    config_file::Mistake,
    gui::{
        controls::Weight,
        fonts::{self, icon},
        theme::{size, space},
    },
    text::{text, text_with},
};

/// The setting that a key of the file is about: `reminder.eyes.every` is `reminder.every`.
fn setting_of(key: &str) -> Option<&'static Setting> {
    let mut parts = key.split('.');
    let (table, rest) = (parts.next()?, parts.next_back().unwrap_or_default());
    let plain = format!("{table}.{rest}");
    let known = SETTINGS.iter().find(|setting| setting.key == plain);
    // Where only the table is known, its first key is at least on the right page.
    let table = format!("{table}.");
    known.or_else(|| SETTINGS.iter().find(|it| it.key.starts_with(&table)))
}

/// The page on which a mistake is shown. What belongs to no setting is shown on all of them.
fn page_of(mistake: &Mistake) -> Option<Page> {
    let setting = mistake.key.as_deref().and_then(setting_of);
    setting.map(|setting| setting.page)
}

/// Whether it is shown below the row of a setting.
fn has_a_row(mistake: &Mistake) -> bool {
    let key = mistake.key.as_deref().unwrap_or_default();
    let setting = SETTINGS.iter().find(|setting| setting.key == key);
    setting.is_some_and(|setting| setting.kind != Kind::Part)
}

/// At the top of a page: how many mistakes there are, those that have no row of their own, and
/// the way to those on other pages.
pub fn on_page_ui(ui: &mut Ui, view: &View<'_>, page: Page, typed: &mut Typed) -> Vec<Asked> {
    let mistakes = &view.standing.mistakes;
    let mut asked = Vec::new();
    if mistakes.is_empty() {
        return asked;
    }
    let values = [
        ("count", mistakes.len().into()),
        ("file", view.standing.file.clone().into()),
    ];
    note_ui(
        ui,
        view,
        icon::WARNING,
        &text_with("set-mistakes", &values),
        "set-mistakes",
    );
    if view.standing.running {
        let words = text("set-mistakes-running");
        words_ui(ui, &words, fonts::regular(size::FAINT), view.theme.faint);
    }
    ui.horizontal_wrapped(|ui| {
        for other in Page::ALL.into_iter().filter(|other| *other != page) {
            let there = mistakes.iter().filter(|it| page_of(it) == Some(other));
            let count = there.count();
            if count > 0 {
                let values = [("count", count.into()), ("page", side::name(other).into())];
                let label = text_with("set-mistakes-there", &values);
                let id = format!("set-mistakes-{}", other.word());
                if button_ui(ui, view, Weight::Outlined, None, &label, &id) {
                    asked.push(Asked::Page(other));
                }
            }
        }
        let below = mistakes
            .iter()
            .filter(|it| page_of(it) == Some(page) && has_a_row(it));
        for mistake in below {
            let label = text_with("set-mistake-show", &[("line", mistake.line.into())]);
            let id = format!("set-mistake-show-{}", mistake.line);
            if button_ui(ui, view, Weight::Outlined, Some(icon::DOWN), &label, &id) {
                ui.data_mut(|data| data.insert_temp(wanted(), mistake.line));
            }
        }
        let label = text("set-open-file");
        if button_ui(
            ui,
            view,
            Weight::Outlined,
            Some(icon::FILE),
            &label,
            "set-open-file",
        ) {
            asked.push(Asked::Of(Ask::OpenFile));
        }
    });
    for (n, mistake) in mistakes.iter().enumerate() {
        let here = page_of(mistake).is_none_or(|there| there == page);
        if here && !has_a_row(mistake) {
            asked.extend(mistake_ui(ui, view, (n, mistake), typed));
        }
    }
    asked
}

/// Where the line is noted to whose mistake the page has to scroll.
fn wanted() -> egui::Id {
    egui::Id::unique("set-mistake-wanted")
}

/// Below the row of a setting: what is wrong with it in the file.
pub fn of_setting_ui(ui: &mut Ui, view: &View<'_>, key: &str, typed: &mut Typed) -> Vec<Asked> {
    let mut asked = Vec::new();
    for (n, mistake) in view.standing.mistakes.iter().enumerate() {
        if has_a_row(mistake) && mistake.key.as_deref() == Some(key) {
            let margin = Margin::symmetric(14, 8);
            let shown = egui::Frame::new().inner_margin(margin).show(ui, |ui| {
                asked.extend(mistake_ui(ui, view, (n, mistake), typed));
            });
            let is_wanted = ui.data(|data| data.get_temp(wanted()) == Some(mistake.line));
            if is_wanted {
                ui.data_mut(|data| data.remove::<usize>(wanted()));
                shown.response.scroll_to_me(Some(egui::Align::Center));
            }
        }
    }
    asked
}

/// One mistake: the line to change, and what would mend it.
fn mistake_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (n, mistake): (usize, &Mistake),
    typed: &mut Typed,
) -> Vec<Asked> {
    let theme = view.theme;
    let mut asked = Vec::new();
    let frame = egui::Frame::new()
        .fill(theme.surface)
        .stroke(Stroke::new(1.5, theme.accent))
        .corner_radius(CornerRadius::same(space::CORNER))
        .inner_margin(Margin::same(12));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing = egui::vec2(space::SMALL, 6.0);
        ui.set_width(ui.available_width());
        let values = [
            ("line", mistake.line.into()),
            ("what", mistake.message.clone().into()),
        ];
        let words = text_with("set-mistake", &values);
        words_ui(ui, &words, fonts::medium(size::BODY), theme.text);
        for hint in mistake.help.iter().chain(&mistake.note) {
            words_ui(ui, hint, fonts::regular(size::FAINT), theme.faint);
        }
        let id = format!("set-mistake-{n}");
        let name = text_with("set-mistake-line", &[("line", mistake.line.into())]);
        let field = Field {
            id: &id,
            name: &name,
            shown: &mistake.text,
            hint: "",
        };
        let wanted = egui::vec2(ui.available_width(), FIELD);
        let (place, _) = ui.allocate_exact_size(wanted, egui::Sense::empty());
        let rewritten = field_ui(ui, theme, place, &field, typed, |line| Ok(line.to_owned()));
        if let Some(line) = rewritten {
            asked.push(Asked::Of(Ask::Rewrite(Box::new(mistake.clone()), line)));
        }
        ui.horizontal_wrapped(|ui| {
            for (place, repair) in mistake.repairs.iter().enumerate() {
                let icon = Some(icon::MEND);
                let id = format!("{id}-mend-{place}");
                if button_ui(ui, view, Weight::Outlined, icon, repair.said(), &id) {
                    let ask = Ask::Mend(Box::new(mistake.clone()), repair.clone());
                    asked.push(Asked::Of(ask));
                }
            }
        });
    });
    asked
}
