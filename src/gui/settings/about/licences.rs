//! Ours, the fonts', and those of everything that is part of the program.

use std::collections::BTreeMap;

use egui::{CornerRadius, Id, Margin, Ui, vec2};

use crate::{
    gui::{
        controls::Weight,
        fonts::{self, icon},
        settings::{
            View,
            rows::{button_ui, inside_ui, line_ui, section_ui, words_ui},
        },
        theme::{size, space},
    },
    text::{text, text_with},
};

/// Crates that are part of the program: name, version and licence in each line. `script/licences`
/// writes it.
const CRATES: &str = include_str!("../../../../assets/licences.txt");

/// Licences in full, by the names of their texts.
const FULL: [(&str, &str); 4] = [
    ("about-licence-mit", include_str!("../../../../LICENSE-MIT")),
    (
        "about-licence-apache",
        include_str!("../../../../LICENSE-APACHE"),
    ),
    (
        "about-licence-inter",
        include_str!("../../../../assets/fonts/Inter-LICENSE.txt"),
    ),
    (
        "about-licence-phosphor",
        include_str!("../../../../assets/fonts/Phosphor-LICENSE.txt"),
    ),
];

/// The list of crates, as something that is shown in full.
const LIST: &str = "about-crates-all";

/// Shows all of them; `open` is the one that is shown in full.
pub fn licences_ui(ui: &mut Ui, view: &View<'_>, open: &mut Option<&'static str>) {
    section_ui(ui, view, (&text("about-licences"), ""), |ui| {
        inside_ui(ui, |ui| {
            let font = fonts::regular(size::BODY);
            words_ui(ui, &text("about-licence"), font, view.theme.text);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(space::TIGHT, space::TIGHT);
                for (id, _) in FULL {
                    fold_ui(ui, view, (id, &text(id)), open);
                }
            });
            for (_, full) in FULL.iter().filter(|(id, _)| *open == Some(*id)) {
                full_ui(ui, view, full);
            }
        });
        line_ui(ui, view);
        inside_ui(ui, |ui| {
            let count = CRATES.lines().count();
            let said = text_with("about-crates", &[("count", count.into())]);
            words_ui(ui, &said, fonts::regular(size::BODY), view.theme.text);
            let under = counted().into_iter().map(|(licence, count)| {
                let values = [("licence", licence.into()), ("count", count.into())];
                text_with("about-crates-under", &values)
            });
            let under = under.collect::<Vec<_>>().join(" · ");
            words_ui(ui, &under, fonts::regular(size::FAINT), view.theme.faint);
            fold_ui(ui, view, (LIST, &text(LIST)), open);
            if *open == Some(LIST) {
                full_ui(ui, view, CRATES);
            }
        });
    });
}

/// How many crates have each licence, the most frequent first. The same licences in another order
/// are the same.
fn counted() -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in CRATES.lines() {
        let licence = line.splitn(3, ' ').nth(2).unwrap_or_default();
        *counts.entry(in_order(licence)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    counts
}

/// A choice of licences in the order of the alphabet; anything else as it is.
fn in_order(licence: &str) -> String {
    if licence.contains(" AND ") {
        return licence.to_owned();
    }
    let plain = licence.replace('/', " OR ");
    let mut choices: Vec<&str> = plain.split(" OR ").collect();
    choices.sort_unstable();
    choices.join(" OR ")
}

/// A button that shows what lies behind it, and hides it again.
fn fold_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (id, label): (&'static str, &str),
    open: &mut Option<&'static str>,
) {
    let is_open = *open == Some(id);
    let mark = if is_open { icon::UP } else { icon::DOWN };
    let pressed = button_ui(ui, view, Weight::Quiet, Some(mark), label, id);
    let node = |node: &mut egui::accesskit::Node| node.set_expanded(is_open);
    ui.ctx().accesskit_node_builder(Id::unique(id), node);
    if pressed {
        *open = (!is_open).then_some(id);
    }
}

/// A text in full, on a ground of its own; paragraphs are read one by one.
fn full_ui(ui: &mut Ui, view: &View<'_>, full: &str) {
    let frame = egui::Frame::new()
        .fill(view.theme.background)
        .corner_radius(CornerRadius::same(space::CORNER - 2))
        .inner_margin(Margin::symmetric(10, 8));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        ui.set_width(ui.available_width());
        for paragraph in full.split("\n\n").filter(|it| !it.trim().is_empty()) {
            let font = fonts::regular(size::FAINT);
            words_ui(ui, paragraph.trim_end(), font, view.theme.text);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_crate_is_counted_under_its_licence() {
        let counted = counted();
        let sum: usize = counted.iter().map(|(_, count)| count).sum();
        assert_eq!(sum, CRATES.lines().count());
        assert!(counted.iter().all(|(licence, _)| !licence.is_empty()));
        assert_eq!(in_order("MIT/Apache-2.0"), "Apache-2.0 OR MIT");
        assert_eq!(in_order("Apache-2.0 OR MIT"), in_order("MIT OR Apache-2.0"));
        assert_eq!(in_order("(B OR A) AND C"), "(B OR A) AND C");
    }
}
