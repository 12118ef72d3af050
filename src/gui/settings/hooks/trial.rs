//! Trying a hook: the button, and what came of it.

use egui::{CornerRadius, Margin, Ui, vec2};

use super::{Ask, State, Tried, of};
use crate::{
    core::{
        config::{Config, Hook},
        day::example::{self, Example},
        schedule::Story,
    },
    gui::{
        controls::{Weight, spoken_at_once},
        fonts::{self, icon},
        settings::{
            Asked, View,
            rows::{button_ui, note_ui, words_ui},
        },
        theme::{size, space},
    },
    text::{text, text_with},
};

/// An example of an event with the first reminder of these settings; nothing where no event has
/// this name.
#[must_use]
pub fn example(config: &Config, event: &str) -> Option<Story> {
    Example::with(config).of(event)
}

/// What a program finds in its environment besides the details.
#[must_use]
pub fn variables(story: &Story) -> Vec<(String, String)> {
    example::variables(story)
}

/// The button, and what came of it.
pub fn trial_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (key, n): (&str, usize),
    hook: &Hook,
    state: &State,
) -> Vec<Asked> {
    let tried = state.tried(hook);
    let runs = tried == Some(&Tried::Runs);
    let (label, mark) = match runs {
        true => ("hooks-stop", icon::CLOSE),
        false => ("hooks-try", icon::PLAY),
    };
    let label = text(label);
    let id = format!("{key}-try");
    let mut asked = Vec::new();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, space::SMALL);
        if button_ui(ui, view, Weight::Outlined, Some(mark), &label, &id) {
            let ask = match runs {
                true => Ask::Stop,
                false => Ask::Try(Box::new(hook.clone())),
            };
            asked.push(of(ask));
        }
    });
    let number = text_with("hooks-number", &[("n", (n + 1).into())]);
    let values = [("name", label.into()), ("hook", number.into())];
    let said = text_with("hooks-of", &values);
    (ui.ctx()).accesskit_node_builder(egui::Id::unique(id.as_str()), |node| node.set_label(said));
    if let Some(tried) = tried {
        outcome_ui(ui, view, key, tried);
    }
    asked
}

fn outcome_ui(ui: &mut Ui, view: &View<'_>, key: &str, tried: &Tried) {
    let (mark, said, lines): (_, _, &[String]) = match tried {
        Tried::Runs => (icon::CLOCK, text("hooks-runs"), &[]),
        Tried::NotStarted(why) => {
            let said = text_with("hooks-not-started", &[("why", why.clone().into())]);
            (icon::WARNING, said, &[])
        }
        Tried::Ended { well, how, lines } => {
            let mark = if *well { icon::CHECK } else { icon::WARNING };
            (mark, how.clone(), lines)
        }
    };
    note_ui(ui, view, mark, &said, &format!("{key}-tried"));
    let number = match tried {
        Tried::Runs => 0,
        Tried::Ended { .. } => 1,
        Tried::NotStarted(_) => 2,
    };
    spoken_at_once(
        ui,
        ui.min_rect(),
        (&format!("{key}-tried-said"), number),
        &said,
    );
    if lines.is_empty() {
        return;
    }
    let frame = egui::Frame::new()
        .fill(view.theme.background)
        .corner_radius(CornerRadius::same(space::CORNER - 2))
        .inner_margin(Margin::symmetric(10, 8));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.set_width(ui.available_width());
        for line in lines {
            let font = fonts::regular(size::FAINT);
            words_ui(ui, line, font, view.theme.text);
        }
    });
}
