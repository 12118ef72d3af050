//! Pages over the figure: what to know of the stretch, and the keys.

use egui::{Rect, RichText, ScrollArea, Ui, UiBuilder, vec2};

use super::{Asked, Sheet, StretchView};
use crate::{
    core::stretch::Stretch,
    gui::{
        controls::{Button, Weight},
        fonts::{self, icon},
        theme::{CARD, Theme, size, space},
    },
    text::text,
};

pub fn sheet_ui(ui: &mut Ui, view: &StretchView<'_>, sheet: Sheet, area: Rect) -> Option<Asked> {
    let theme = view.theme;
    ui.painter().rect(
        area,
        space::CORNER,
        theme.surface,
        egui::Stroke::new(1.0, theme.menu_edge()),
        egui::StrokeKind::Inside,
    );
    let inner = area.shrink(space::MEDIUM);
    let heading = text(match sheet {
        Sheet::Info => "window-info",
        Sheet::Keys => "window-keys",
    });
    let back = text("window-back");
    let button = Button {
        weight: Weight::Quiet,
        icon: Some(icon::CLOSE),
        label: &back,
        shows_label: false,
    };
    let corner = Rect::from_min_size(
        area.right_top() + vec2(-space::BUTTON - space::SMALL, space::SMALL),
        egui::Vec2::splat(space::BUTTON),
    );
    let body = Rect::from_min_max(inner.min, inner.max);
    ui.scope_builder(UiBuilder::new().max_rect(body), |ui| {
        ui.label(RichText::new(heading).font(fonts::semibold(18.0)));
        ui.add_space(space::SMALL);
        ScrollArea::vertical()
            .auto_shrink([false, false])
            .show(ui, |ui| match (sheet, view.session.stretch) {
                (Sheet::Info, Some(stretch)) => info_ui(ui, theme, stretch),
                (Sheet::Info, None) | (Sheet::Keys, _) => keys_ui(ui, view),
            });
    });
    let closed = button.ui(ui, theme, corner, "stretch-sheet-back").clicked();
    closed.then_some(Asked::Show(None))
}

fn info_ui(ui: &mut Ui, theme: &Theme, stretch: &Stretch) {
    let advice = &stretch.advice;
    paragraph(ui, theme, None, &advice.summary);
    paragraph(ui, theme, Some("window-info-breath"), &advice.breath);
    paragraph(ui, theme, Some("window-info-mind"), &advice.safety);
    paragraph(
        ui,
        theme,
        Some("window-info-general"),
        &text("window-info-general-1"),
    );
    for id in [
        "window-info-general-2",
        "window-info-general-3",
        "window-info-general-4",
    ] {
        paragraph(ui, theme, None, &text(id));
    }
}

fn paragraph(ui: &mut Ui, theme: &Theme, heading: Option<&str>, words: &str) {
    if words.is_empty() {
        return;
    }
    if let Some(heading) = heading {
        ui.add_space(space::TIGHT);
        let heading = RichText::new(text(heading))
            .font(fonts::semibold(size::FAINT))
            .color(theme.accent);
        ui.label(heading);
    }
    ui.label(RichText::new(words).font(fonts::regular(size::BODY)));
    ui.add_space(space::TIGHT);
}

fn keys_ui(ui: &mut Ui, view: &StretchView<'_>) {
    let stretch = view.session.stretch.is_some();
    let rows: [(&str, &str, bool); 17] = [
        ("window-key-space", "window-keys-start-pause", true),
        ("window-key-enter", "window-keys-start", true),
        ("S", "window-keys-snooze", view.snooze.is_some()),
        ("K", "window-keys-skip", true),
        ("N", "window-keys-other", view.exchangeable()),
        ("X", "window-keys-not-for-me", view.exchangeable()),
        ("U", "window-keys-undo", view.exchangeable()),
        ("R", "window-keys-again", true),
        ("O", "window-keys-side", view.session.has_sides),
        ("window-key-left", "window-keys-phase-back", stretch),
        ("window-key-right", "window-keys-phase-on", stretch),
        ("I", "window-keys-info", stretch),
        ("M", "sound-mute-key", view.can_be_heard()),
        ("M", "window-keys-one-more", view.daemon),
        ("?", "window-keys-keys", true),
        ("F11", "window-keys-full", true),
        ("window-key-escape", "window-keys-close", true),
    ];
    for (key, meaning, _) in rows.iter().filter(|(_, _, offered)| *offered) {
        ui.horizontal(|ui| {
            let (area, _) = ui.allocate_exact_size(vec2(72.0, 28.0), egui::Sense::empty());
            key_cap(ui, view.theme, area, &key_name(key));
            ui.label(RichText::new(text(meaning)).font(fonts::regular(size::BODY)));
        });
    }
}

pub fn key_name(key: &str) -> String {
    if key.starts_with("window-") {
        text(key)
    } else {
        key.to_owned()
    }
}

fn key_cap(ui: &Ui, theme: &Theme, area: Rect, name: &str) {
    let galley = crate::gui::controls::layout(ui, name, fonts::medium(size::FAINT), theme.text);
    let width = (galley.size().x + 2.0 * CARD).max(28.0);
    let cap = Rect::from_min_size(area.min, vec2(width, 26.0)).translate(vec2(0.0, 1.0));
    ui.painter().rect(
        cap,
        6.0,
        theme.background,
        egui::Stroke::new(1.0, theme.outline),
        egui::StrokeKind::Inside,
    );
    let at = cap.center() - 0.5 * galley.size();
    ui.painter().galley(at, galley, theme.text);
}
