//! By what stretches are chosen: those that suit a desk, by what they are, or one by one. The
//! gallery below shows which these are.

use std::collections::BTreeSet;

use egui::{Id, Rect, Ui, accesskit::Role, pos2, vec2};

use super::{
    Asked, Change, View,
    rows::{button_ui, words_ui},
};
use crate::{
    core::{
        config::{Choice, Config, Filter, StretchFacts},
        stretch::{Area, Posture, StretchId},
    },
    gui::{
        choices::{CHIP, Chip, segments_ui},
        controls::{Weight, layout},
        fonts::{self, icon},
        theme::{size, space},
    },
    stretch_text,
    text::{text, text_with},
};

/// By what stretches are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Usual,
    Filter,
    Name,
}

impl By {
    fn of(choice: &Choice) -> Self {
        match choice {
            Choice::Defaults => Self::Usual,
            Choice::Filtered(_) => Self::Filter,
            Choice::Named(_) => Self::Name,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Filter => "filter",
            Self::Name => "name",
        }
    }
}

/// Shows it from the cursor downwards.
pub fn rotation_ui(ui: &mut Ui, view: &View<'_>, open: &mut bool) -> Vec<Asked> {
    let mut asked = Vec::new();
    let rotation = &view.config.rotation;
    let by = By::of(&rotation.choice);
    let choices = [By::Usual, By::Filter, By::Name];
    let choices = choices.map(|by| (by, text(&format!("set-rotation-by-{}", by.word()))));
    let width = ui.available_width().min(480.0);
    let (place, _) = ui.allocate_exact_size(vec2(width, 36.0), egui::Sense::empty());
    let id = Id::unique("set-rotation-by-group");
    let name = text("set-rotation-by");
    let group = ui.interact(place, id, egui::Sense::empty());
    group.widget_info(|| egui::WidgetInfo::labeled(Role::RadioGroup, true, &name));
    if let Some(to) = segments_ui(ui, view.theme, place, "set-rotation-by", &choices, by) {
        asked.push(Asked::Change(choose(to, &view.standing.stretches)));
        *open = to == By::Filter;
    }
    let about = text(&format!("set-rotation-by-{}-about", by.word()));
    words_ui(ui, &about, fonts::regular(size::FAINT), view.theme.faint);
    if let Choice::Filtered(filter) = &rotation.choice {
        let (icon, label) = match *open {
            true => (icon::MORE_OFTEN, text("set-rotation-close")),
            false => (icon::LESS_OFTEN, text("set-rotation-open")),
        };
        if button_ui(
            ui,
            view,
            Weight::Outlined,
            Some(icon),
            &label,
            "set-rotation-open",
        ) {
            *open = !*open;
        }
        if *open {
            asked.extend(filter_ui(ui, view, filter));
        }
    }
    asked
}

/// Another way to choose; the stretches stay as far as they can.
fn choose(by: By, facts: &[StretchFacts]) -> Change {
    let name = text(&format!("set-rotation-by-{}", by.word()));
    let said = text_with(
        "set-said",
        &[
            ("name", text("set-rotation-by").into()),
            ("value", name.into()),
        ],
    );
    let facts = facts.to_vec();
    Change::new("rotation.choice", said, move |config: &mut Config| {
        let rotation = &mut config.rotation;
        match by {
            By::Usual => rotation.choice = Choice::Defaults,
            By::Filter => rotation.choice = Choice::Filtered(Filter::default()),
            By::Name => {
                let chosen = rotation.choose(&facts).into_iter();
                let names: Vec<StretchId> = chosen.map(|stretch| stretch.id.clone()).collect();
                rotation.choice = Choice::Named(names);
                rotation.also.clear();
                rotation.except.clear();
            }
        }
    })
}

fn filter_ui(ui: &mut Ui, view: &View<'_>, filter: &Filter) -> Vec<Asked> {
    let mut asked = Vec::new();
    let postures: Vec<(Posture, String, bool)> = Posture::ALL
        .into_iter()
        .map(|posture| {
            let on = filter.posture.contains(&posture);
            (posture, stretch_text::posture(posture), on)
        })
        .collect();
    if let Some(posture) = chips_ui(ui, view, "rotation.posture", &postures) {
        asked.push(change("rotation.posture", move |filter| {
            toggle(&mut filter.posture, posture);
        }));
    }
    let areas: Vec<(Area, String, bool)> = Area::ALL
        .into_iter()
        .map(|area| (area, stretch_text::area(area), filter.areas.contains(&area)))
        .collect();
    if let Some(area) = chips_ui(ui, view, "rotation.areas", &areas) {
        asked.push(change("rotation.areas", move |filter| {
            toggle(&mut filter.areas, area);
        }));
    }
    asked.extend(needs_ui(ui, view, filter));
    let levels: Vec<(u8, String, bool)> = (1..=3)
        .map(|level| {
            let name = text(&format!("set-rotation-noticed-{level}"));
            (level, name, filter.max_noticeability == level)
        })
        .collect();
    if let Some(level) = chips_ui(ui, view, "rotation.max_noticeability", &levels) {
        asked.push(change("rotation.max_noticeability", move |filter| {
            filter.max_noticeability = level;
        }));
    }
    asked
}

/// What is at hand: all that any stretch needs, chosen as long as nothing is said.
fn needs_ui(ui: &mut Ui, view: &View<'_>, filter: &Filter) -> Option<Asked> {
    let stretches = view.standing.stretches.iter();
    let all: BTreeSet<String> = stretches
        .flat_map(|stretch| stretch.needs.clone())
        .collect();
    let needs: Vec<(String, String, bool)> = all
        .iter()
        .map(|need| {
            let on = (filter.needs.as_ref()).is_none_or(|at_hand| at_hand.contains(need));
            (need.clone(), stretch_text::need(need), on)
        })
        .collect();
    let pressed = chips_ui(ui, view, "rotation.needs", &needs)?;
    Some(change("rotation.needs", move |filter| {
        let mut at_hand = filter
            .needs
            .take()
            .unwrap_or_else(|| all.iter().cloned().collect());
        toggle(&mut at_hand, pressed.clone());
        let everything = all.iter().all(|need| at_hand.contains(need));
        filter.needs = (!everything).then_some(at_hand);
    }))
}

fn toggle<T: PartialEq>(list: &mut Vec<T>, item: T) {
    match list.iter().position(|other| *other == item) {
        Some(place) => {
            list.remove(place);
        }
        None => list.push(item),
    }
}

/// A change of the filter, if stretches are still chosen by one.
fn change(key: &'static str, make: impl Fn(&mut Filter) + Send + Sync + 'static) -> Asked {
    let name = name_of(key);
    let said = text_with("set-said-changed", &[("name", name.into())]);
    Asked::Change(Change::new(key, said, move |config: &mut Config| {
        if let Choice::Filtered(filter) = &mut config.rotation.choice {
            make(filter);
        }
    }))
}

/// What a key of the rotation is called.
fn name_of(key: &str) -> String {
    let id = format!("set-{}", key.replace(['.', '_'], "-"));
    text(&id)
}

/// A line of chips with a name before it; returns the one that was pressed.
fn chips_ui<T: Clone>(
    ui: &mut Ui,
    view: &View<'_>,
    key: &str,
    chips: &[(T, String, bool)],
) -> Option<T> {
    let theme = view.theme;
    let name = name_of(key);
    let one_of = key == "rotation.max_noticeability";
    let role = if one_of {
        Role::RadioButton
    } else {
        Role::CheckBox
    };
    let from = ui.next_widget_position();
    let width = ui.available_width();
    let label = layout(ui, &name, fonts::medium(size::FAINT), theme.faint);
    let label_at = pos2(from.x, from.y + 0.5 * (CHIP - label.size().y));
    let room = 168.0_f32.min(0.4 * width).max(label.size().x.min(width));
    let mut at = pos2(from.x + room, from.y);
    ui.painter().galley(label_at, label, theme.faint);
    let mut pressed = None;
    for (n, (value, label, on)) in chips.iter().enumerate() {
        let chip = Chip {
            label,
            icon: on.then_some(icon::CHECK),
            chosen: *on,
            role,
        };
        let chip_width = chip.width(ui);
        if at.x > from.x + room && at.x + chip_width > from.x + width {
            at = pos2(from.x + room, at.y + CHIP + space::TIGHT);
        }
        let place = Rect::from_min_size(at, vec2(chip_width, CHIP));
        let clicked = chip.ui(ui, theme, place, Id::unique((key, n))).clicked();
        if clicked && !(one_of && *on) {
            pressed = Some(value.clone());
        }
        at.x += chip_width + space::TIGHT;
    }
    let used = Rect::from_min_max(from, pos2(from.x + width, at.y + CHIP));
    let group = ui.interact(used, Id::unique((key, "group")), egui::Sense::empty());
    group.widget_info(|| egui::WidgetInfo::labeled(Role::Group, true, &name));
    ui.advance_cursor_after_rect(used);
    pressed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_way_to_choose_keeps_the_stretches() {
        let catalogue = crate::stretch_file::builtin();
        let facts = catalogue.facts();
        let mut config = Config::default();
        config.rotation.except = vec![facts[0].id.clone()];
        let before: Vec<StretchId> = ids(&config, &facts);
        choose(By::Name, &facts).make(&mut config);
        assert!(matches!(config.rotation.choice, Choice::Named(_)));
        assert_eq!(ids(&config, &facts), before);
        choose(By::Usual, &facts).make(&mut config);
        assert_eq!(config.rotation.choice, Choice::Defaults);
    }

    fn ids(config: &Config, facts: &[StretchFacts]) -> Vec<StretchId> {
        let chosen = config.rotation.choose(facts).into_iter();
        chosen.map(|stretch| stretch.id.clone()).collect()
    }
}
