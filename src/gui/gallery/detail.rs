//! The page of one stretch: the figure large, and everything there is to know.

use std::time::Duration;

use egui::{
    CornerRadius, Id, Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2,
    pos2, vec2,
};

use super::{
    Ask, Asked, Item, Page, Standing, View,
    figures::{self, Figures},
    keys::{neighbour, place_of},
};
use crate::{
    core::{
        rotation::Weight as Often,
        stretch::{
            Stretch, VariantName,
            catalogue::{Phase, PhaseKind, Stage},
        },
    },
    gui::{
        choices::{SWITCH, segments_ui, switch_ui},
        controls::{Button, Weight, layout, picture as described, spoken},
        fonts::{self, icon},
        theme::{Theme, size, space},
    },
    stretch_text,
    text::{text, text_with},
};

/// From this width on the figure stands beside the words, not above them.
const WIDE: f32 = 800.0;
/// Lines longer than this are hard to read.
const READABLE: f32 = 620.0;
const LABEL: f32 = 104.0;
/// Steps are set in by this much, so that the one that is shown can stand on a ground.
const STEP: f32 = 12.0;

/// Shows the page in `area`.
pub fn detail_ui(
    ui: &mut Ui,
    view: &View<'_>,
    figures: &mut Figures,
    (page, place): (&Page, usize),
    area: Rect,
) -> Option<Asked> {
    let item = view.item(place);
    let inner = area.shrink2(vec2(space::EDGE, 0.0));
    let bar = Rect::from_min_size(
        inner.min + vec2(0.0, 14.0),
        vec2(inner.width(), space::BUTTON),
    );
    let mut asked = bar_ui(ui, view, page, item, bar);
    let below = Rect::from_min_max(pos2(area.left(), bar.bottom() + 12.0), area.max);
    if inner.width() >= WIDE {
        let split = inner.left() + (inner.width() * 0.46).min(760.0);
        let stage = Rect::from_min_max(
            pos2(inner.left(), below.top()),
            pos2(
                split,
                (below.bottom() - space::EDGE).min(below.top() + (split - inner.left()) * 1.25),
            ),
        );
        stage_ui(ui, view, figures, item, stage);
        let words = Rect::from_min_max(pos2(split + space::EDGE, below.top()), below.max);
        asked = scrolled(ui, view, item, place, words, |_| {}).or(asked);
    } else {
        let height = (below.height() * 0.46).clamp(190.0, 420.0);
        let words = Rect::from_min_max(pos2(inner.left(), below.top()), below.max);
        let top = |ui: &mut Ui| {
            let size = vec2(ui.available_width(), height);
            let (stage, _) = ui.allocate_exact_size(size, Sense::empty());
            stage_ui(ui, view, figures, item, stage);
            ui.add_space(space::MEDIUM);
        };
        asked = scrolled(ui, view, item, place, words, top).or(asked);
    }
    asked
}

/// Back, and on to the neighbours.
fn bar_ui(ui: &mut Ui, view: &View<'_>, page: &Page, item: &Item, area: Rect) -> Option<Asked> {
    let mut asked = None;
    let label = text("gallery-back");
    let back = Button {
        weight: Weight::Quiet,
        icon: Some(icon::BACK),
        label: &label,
        shows_label: true,
    };
    // Its words stand in line with everything below, unless it has an outline.
    let out = if view.theme.high_contrast { 0.0 } else { 14.0 };
    let left = area.left() - out;
    let place = Rect::from_min_size(pos2(left, area.top()), vec2(back.width(ui), area.height()));
    if back.ui(ui, view.theme, place, "gallery-back").clicked() {
        asked = Some(Asked::Back);
    }
    let steps = [
        ("gallery-after", icon::AFTER, 1),
        ("gallery-before", icon::BEFORE, -1),
    ];
    let mut right = area.right();
    for (id, sign, step) in steps {
        let label = text(id);
        let button = Button {
            weight: Weight::Outlined,
            icon: Some(sign),
            label: &label,
            shows_label: false,
        };
        let corner = pos2(right - space::BUTTON, area.top());
        let place = Rect::from_min_size(corner, Vec2::splat(space::BUTTON));
        right = corner.x - space::SMALL;
        let there = neighbour(view, page, step);
        let clicked = ui
            .add_enabled_ui(there.is_some(), |ui| {
                if there.is_none() {
                    ui.set_opacity(0.35);
                }
                button.ui(ui, view.theme, place, id).clicked()
            })
            .inner;
        if clicked {
            asked = there;
        }
    }
    if let Some(n) = place_of(view, &item.stretch.id) {
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let values = [
            ("n", count(n + 1).into()),
            ("of", count(view.shown.len()).into()),
        ];
        let said = text_with("gallery-place", &values);
        let galley = layout(ui, &said, fonts::regular(size::FAINT), view.theme.faint);
        let at = pos2(
            right - space::TIGHT - galley.size().x,
            area.center().y - 0.5 * galley.size().y,
        );
        let words = Rect::from_min_size(at, galley.size());
        ui.painter().galley(at, galley, view.theme.faint);
        spoken(ui, words, "gallery-place", &said);
    }
    asked
}

fn stage_ui(ui: &mut Ui, view: &View<'_>, figures: &mut Figures, item: &Item, area: Rect) {
    let theme = view.theme;
    let corner = CornerRadius::same(space::CORNER + 4);
    let stroke = Stroke::new(1.0, theme.menu_edge());
    ui.painter()
        .rect(area, corner, theme.background, stroke, StrokeKind::Inside);
    let summary = stretch_text::advice(&item.stretch).summary;
    let inner = area.shrink(space::MEDIUM);
    let still = view.reduced_motion && item.preview.is_some();
    let id = if still {
        figures::poses(ui, view, item, inner);
        "gallery-figure-poses"
    } else {
        figures.show(ui, view, item, inner, 0.0);
        "gallery-figure"
    };
    let said = text_with(id, &[("summary", summary.into())]);
    described(ui, area, "gallery-figure", &said);
}

/// Everything in words, which scrolls, under what `top` shows.
fn scrolled(
    ui: &mut Ui,
    view: &View<'_>,
    item: &Item,
    place: usize,
    area: Rect,
    top: impl FnOnce(&mut Ui),
) -> Option<Asked> {
    let scope = ui.scope_builder(UiBuilder::new().max_rect(area), |ui| {
        ScrollArea::vertical()
            // Each stretch begins at its top.
            .id_salt(("gallery-detail", item.stretch.id.as_str()))
            .auto_shrink([false, false])
            .animated(!view.reduced_motion)
            .show(ui, |ui| {
                ui.set_max_width(
                    (area.width() - space::EDGE).min(READABLE.max(area.width() * 0.7)),
                );
                top(ui);
                let asked = words_ui(ui, view, item, place);
                ui.add_space(space::EDGE + if view.said.is_some() { 64.0 } else { 0.0 });
                asked
            })
            .inner
    });
    scope.inner
}

fn words_ui(ui: &mut Ui, view: &View<'_>, item: &Item, place: usize) -> Option<Asked> {
    let theme = view.theme;
    let standing = view.standing(place);
    let advice = stretch_text::advice(&item.stretch);
    ui.set_max_width(ui.available_width().min(READABLE));
    let name = RichText::new(&item.name).font(fonts::semibold(size::TITLE));
    ui.label(name);
    if item.own {
        ui.label(faint(theme, &text("gallery-own")));
    }
    if !advice.summary.is_empty() {
        ui.label(RichText::new(&advice.summary).font(fonts::regular(size::BODY)));
    }
    ui.add_space(space::SMALL);
    let asked = actions_ui(ui, theme, item, &standing);
    ui.add_space(space::SMALL);
    facts_ui(ui, theme, item, &standing);
    steps_ui(ui, view, item);
    for (heading, words) in [
        ("gallery-breath", &advice.breath),
        ("gallery-mind", &advice.safety),
        ("gallery-note", &advice.also),
        ("gallery-doses", &advice.doses),
    ] {
        if !words.is_empty() {
            heading_ui(ui, theme, &text(heading));
            ui.label(RichText::new(words).font(fonts::regular(size::BODY)));
        }
    }
    asked
}

/// Try it, on or off, how often.
fn actions_ui(ui: &mut Ui, theme: &Theme, item: &Item, standing: &Standing) -> Option<Asked> {
    let id = &item.stretch.id;
    let mut asked = None;
    let label = text("gallery-try");
    let button = Button {
        weight: Weight::Filled,
        icon: Some(icon::PLAY),
        label: &label,
        shows_label: true,
    };
    let width = ui.available_width();
    let (row, _) = ui.allocate_exact_size(vec2(width, space::BUTTON), Sense::empty());
    let place = Rect::from_min_size(row.min, vec2(button.width(ui), space::BUTTON));
    if button.ui(ui, theme, place, "gallery-try").clicked() {
        asked = Some(Asked::Of(Ask::Try(id.clone())));
    }
    let corner = pos2(place.right() + space::EDGE, row.center().y - 0.5 * SWITCH.y);
    let switch = Rect::from_min_size(corner, SWITCH);
    let name = text_with("gallery-switch", &[("name", item.name.as_str().into())]);
    let switch_id = Id::unique("gallery-detail-switch");
    if switch_ui(ui, theme, switch, switch_id, &name, standing.on).clicked() {
        asked = Some(Asked::Of(Ask::Switch {
            stretch: id.clone(),
            on: !standing.on,
        }));
    }
    let label = text("gallery-on");
    let galley = layout(ui, &label, fonts::medium(size::BODY), theme.text);
    let at = pos2(
        switch.right() + 10.0,
        row.center().y - 0.5 * galley.size().y,
    );
    ui.painter().galley(at, galley, theme.text);

    ui.add_space(space::SMALL);
    let (row, _) = ui.allocate_exact_size(vec2(width, 36.0), Sense::empty());
    let choices = [
        (Often::Less, text("gallery-often-less")),
        (Often::Normal, text("gallery-often-usual")),
        (Often::More, text("gallery-often-more")),
    ];
    let segments = Rect::from_min_size(row.min, vec2(width.min(336.0), 36.0));
    let weight = ui
        .add_enabled_ui(standing.on, |ui| {
            if !standing.on {
                ui.set_opacity(0.45);
            }
            segments_ui(
                ui,
                theme,
                segments,
                "gallery-often",
                &choices,
                standing.weight,
            )
        })
        .inner;
    if let Some(weight) = weight {
        asked = Some(Asked::Of(Ask::Weigh {
            stretch: id.clone(),
            weight,
        }));
    }
    asked
}

fn facts_ui(ui: &mut Ui, theme: &Theme, item: &Item, standing: &Standing) {
    let stretch = &item.stretch;
    let [short, standard, long] = VariantName::ALL.map(|name| whole(stretch.variant(name).total));
    let length = text_with(
        "gallery-facts-length-of",
        &[
            ("short", short.into()),
            ("standard", standard.into()),
            ("long", long.into()),
        ],
    );
    for (label, value) in [
        ("gallery-facts-length", length),
        (
            "gallery-facts-where",
            stretch_text::postures(&stretch.postures),
        ),
        ("gallery-facts-needs", stretch_text::needs(stretch)),
        ("gallery-facts-areas", stretch_text::areas(&stretch.areas)),
        ("gallery-facts-seen", stretch_text::noticeability(stretch)),
        ("gallery-facts-done", standing.done()),
        ("gallery-facts-also", stretch.aliases.join(", ")),
    ] {
        if !value.is_empty() {
            fact_ui(ui, theme, &text(label), &value);
        }
    }
}

fn fact_ui(ui: &mut Ui, theme: &Theme, label: &str, value: &str) {
    let width = ui.available_width();
    let room = (width - LABEL).max(80.0);
    let font = fonts::regular(size::BODY);
    let value_galley = ui
        .painter()
        .layout(value.to_owned(), font, theme.text, room);
    let size = vec2(width, value_galley.size().y.max(18.0) + 2.0);
    let (area, _) = ui.allocate_exact_size(size, Sense::empty());
    let label_galley = layout(ui, label, fonts::regular(size::BODY), theme.faint);
    ui.painter().galley(area.min, label_galley, theme.faint);
    let at = area.min + vec2(LABEL, 0.0);
    ui.painter().galley(at, value_galley, theme.text);
    spoken(ui, area, label, &format!("{label}: {value}"));
}

/// The steps in order; the one that the figure shows is marked.
fn steps_ui(ui: &mut Ui, view: &View<'_>, item: &Item) {
    let theme = view.theme;
    heading_ui(ui, theme, &text("gallery-steps"));
    let shown = view
        .moving
        .filter(|(moving, _)| **moving == item.stretch.id && !view.reduced_motion)
        .and_then(|(_, since)| figures::phase(item, view.now.saturating_sub(since)));
    let mut before = None;
    for (place, phase) in item.stretch.phases.iter().enumerate() {
        let part = (phase.stage, phase.group);
        if before.replace(part) != Some(part)
            && let Some(heading) = part_heading(&item.stretch, phase.stage)
        {
            part_ui(ui, theme, &heading);
        }
        step_ui(
            ui,
            theme,
            &item.stretch,
            (place, phase),
            shown == Some(place),
        );
    }
}

fn part_ui(ui: &mut Ui, theme: &Theme, heading: &str) {
    let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::empty());
    let words = layout(ui, heading, fonts::regular(size::FAINT), theme.faint);
    let at = pos2(area.left() + STEP, area.bottom() - words.size().y);
    ui.painter().galley(at, words, theme.faint);
    spoken(ui, area, &format!("gallery-part-{heading}"), heading);
}

fn step_ui(
    ui: &mut Ui,
    theme: &Theme,
    stretch: &Stretch,
    (place, phase): (usize, &Phase),
    current: bool,
) {
    let width = ui.available_width();
    let seconds = seconds(stretch, phase);
    let font = fonts::regular(size::FAINT);
    let seconds_galley = layout(ui, &seconds, font, theme.faint);
    let room = width - seconds_galley.size().x - space::MEDIUM - 2.0 * STEP;
    let cue = stretch_text::cue(stretch, place);
    let words = ui
        .painter()
        .layout(cue.clone(), fonts::regular(size::BODY), theme.text, room);
    let size = vec2(width, words.size().y + 10.0);
    ui.spacing_mut().item_spacing.y = 2.0;
    let (area, _) = ui.allocate_exact_size(size, Sense::empty());
    if current {
        let corner = CornerRadius::same(8);
        ui.painter().rect_filled(area, corner, theme.marked());
    }
    let at = area.min + vec2(STEP, 5.0);
    ui.painter().galley(at, words, theme.text);
    let at = pos2(
        area.right() - STEP - seconds_galley.size().x,
        area.center().y - 0.5 * seconds_galley.size().y,
    );
    ui.painter().galley(at, seconds_galley, theme.faint);
    let said = format!("{cue}, {seconds}");
    spoken(ui, area, &format!("gallery-step-{place}"), &said);
    ui.spacing_mut().item_spacing.y = space::SMALL;
}

fn part_heading(stretch: &Stretch, stage: Stage) -> Option<String> {
    let [short, standard, long] = VariantName::ALL.map(|name| stretch.variant(name).reps);
    match stage {
        Stage::Prepare => Some(text("gallery-steps-first")),
        Stage::Cycle if long == 1 => Some(text("gallery-steps-once")),
        Stage::Cycle => Some(text_with(
            "gallery-steps-times",
            &[
                ("short", short.into()),
                ("standard", standard.into()),
                ("long", long.into()),
            ],
        )),
        Stage::Finish => Some(text("gallery-steps-end")),
    }
}

/// How long a step lasts; three numbers where the variants differ.
fn seconds(stretch: &Stretch, phase: &Phase) -> String {
    let holds = VariantName::ALL.map(|name| stretch.variant(name).hold);
    if phase.kind == PhaseKind::Hold && holds[0] != holds[2] {
        let [short, standard, long] = holds.map(whole);
        return text_with(
            "gallery-hold",
            &[
                ("short", short.into()),
                ("standard", standard.into()),
                ("long", long.into()),
            ],
        );
    }
    let length = if phase.kind == PhaseKind::Hold {
        holds[1]
    } else {
        phase.length
    };
    text_with("gallery-seconds", &[("seconds", whole(length).into())])
}

/// Seconds, with a half where there is one.
fn whole(length: Duration) -> f64 {
    (length.as_secs_f64() * 2.0).round() / 2.0
}

fn heading_ui(ui: &mut Ui, theme: &Theme, words: &str) {
    ui.add_space(space::SMALL);
    let heading = RichText::new(words)
        .font(fonts::semibold(size::BODY))
        .color(theme.accent);
    ui.label(heading);
}

fn faint(theme: &Theme, words: &str) -> RichText {
    RichText::new(words)
        .font(fonts::regular(size::FAINT))
        .color(theme.faint)
}
