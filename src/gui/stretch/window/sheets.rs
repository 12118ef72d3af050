//! Pages over the figure: what to know of the stretch, and the keys.

use egui::{Key, Label, Rect, RichText, ScrollArea, Ui, UiBuilder, accesskit, vec2};

use super::{
    Asked, Sheet, StretchView,
    layout::{Layout, Text},
};
use crate::{
    core::stretch::Stretch,
    gui::{
        controls::{Button, Weight},
        fonts::{self, icon},
        theme::{CARD, Theme, size, space},
    },
    text::text,
};

pub fn sheet_ui(
    ui: &mut Ui,
    view: &StretchView<'_>,
    sheet: Sheet,
    layout: &Layout,
) -> Option<Asked> {
    let theme = view.theme;
    let area = layout.sheet;
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
    // Dialogs are what screen readers know that one reads and leaves again.
    let page = UiBuilder::new()
        .max_rect(inner)
        .accessibility_role(accesskit::Role::Dialog)
        .accessibility_label(&heading);
    ui.scope_builder(page, |ui| {
        ui.label(RichText::new(&heading).font(fonts::semibold(1.2 * layout.text.body)));
        ui.add_space(space::SMALL);
        // That there is more to read must not show only under the pointer.
        let scroll = &mut ui.spacing_mut().scroll;
        (scroll.dormant_handle_opacity, scroll.active_handle_opacity) = (0.5, 0.7);
        let height = ui.available_height();
        ScrollArea::vertical()
            .auto_shrink([false, false])
            .show(ui, |ui| {
                ui.scroll_with_delta(vec2(0.0, scrolled_by_keys(ui, height)));
                // No line longer than eyes find back from.
                let beside_the_bar = ui.available_width() - space::MEDIUM;
                ui.set_max_width(beside_the_bar.min(40.0 * layout.text.body));
                match (sheet, view.session.stretch) {
                    (Sheet::Info, Some(stretch)) => info_ui(ui, theme, &layout.text, stretch),
                    (Sheet::Info, None) | (Sheet::Keys, _) => keys_ui(ui, view, &layout.text),
                }
            });
    });
    let closed = button.ui(ui, theme, corner, "stretch-sheet-back").clicked();
    closed.then_some(Asked::Show(None))
}

/// How far the keys move the page, in points; up is positive.
fn scrolled_by_keys(ui: &Ui, height: f32) -> f32 {
    const LINE: f32 = 48.0;
    const ALL: f32 = 1.0e5;
    let steps = [
        (Key::ArrowUp, LINE),
        (Key::ArrowDown, -LINE),
        (Key::PageUp, 0.9 * height),
        (Key::PageDown, -0.9 * height),
        (Key::Home, ALL),
        (Key::End, -ALL),
    ];
    ui.input(|input| {
        let pressed = steps.iter().filter(|(key, _)| input.key_pressed(*key));
        pressed.map(|(_, step)| step).sum()
    })
}

fn info_ui(ui: &mut Ui, theme: &Theme, type_: &Text, stretch: &Stretch) {
    let advice = &stretch.advice;
    paragraph(ui, theme, type_, None, &advice.summary);
    paragraph(ui, theme, type_, Some("window-info-breath"), &advice.breath);
    paragraph(ui, theme, type_, Some("window-info-mind"), &advice.safety);
    paragraph(
        ui,
        theme,
        type_,
        Some("window-info-general"),
        &text("window-info-general-1"),
    );
    for id in [
        "window-info-general-2",
        "window-info-general-3",
        "window-info-general-4",
        "window-info-general-5",
    ] {
        paragraph(ui, theme, type_, None, &text(id));
    }
}

fn paragraph(ui: &mut Ui, theme: &Theme, type_: &Text, heading: Option<&str>, words: &str) {
    if words.is_empty() {
        return;
    }
    if let Some(heading) = heading {
        ui.add_space(space::TIGHT);
        let heading = RichText::new(text(heading))
            .font(fonts::semibold(type_.faint))
            .color(theme.accent);
        ui.label(heading);
    }
    ui.label(RichText::new(words).font(fonts::regular(type_.body)));
    ui.add_space(space::TIGHT);
}

fn keys_ui(ui: &mut Ui, view: &StretchView<'_>, type_: &Text) {
    ui.spacing_mut().item_spacing.y = 2.0;
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
        ("A", "window-keys-one-more", view.daemon),
        ("?", "window-keys-keys", true),
        ("F11", "window-keys-full", true),
        ("window-key-escape", "window-keys-close", true),
    ];
    for (key, meaning, _) in rows.iter().filter(|(_, _, offered)| *offered) {
        ui.horizontal(|ui| {
            let (area, _) = ui.allocate_exact_size(vec2(72.0, 28.0), egui::Sense::empty());
            key_cap(ui, view.theme, area, &key_name(key));
            ui.add(
                Label::new(RichText::new(text(meaning)).font(fonts::regular(type_.body))).wrap(),
            );
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
