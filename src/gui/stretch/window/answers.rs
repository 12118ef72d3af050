//! The buttons, and the menu behind the dots.

use egui::{Popup, PopupCloseBehavior, Rect, RectAlign, Ui, accesskit};

use super::{Asked, Sheet, StretchView, layout::Layout, sheets::key_name, wording};
use crate::{
    core::stretch::session::State,
    gui::{
        controls::{Button, Weight, menu_row_ui, name_key, row},
        fonts::icon,
        stretch::aloud::Hearing,
        theme::{CARD, space},
    },
    text::{text, text_with},
    window::wire::Size,
};

/// A button and what it means.
struct Answer {
    id: &'static str,
    weight: Weight,
    icon: char,
    label: String,
    /// The key that does the same: a letter, or the id of its name.
    key: &'static str,
    asks: Asked,
}

/// How much the buttons show, from most to least: words are worth more than icons.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    Everything,
    Words,
    /// Words on the first, icons on the others.
    FirstWord,
    Icons,
}

impl Shows {
    const ALL: [Self; 4] = [Self::Everything, Self::Words, Self::FirstWord, Self::Icons];

    /// The button of the answer at this place in the row.
    fn button(self, answer: &Answer, place: usize) -> Button<'_> {
        let words = match self {
            Self::Everything | Self::Words => true,
            Self::FirstWord => place == 0,
            Self::Icons => false,
        };
        Button {
            weight: answer.weight,
            icon: (self != Self::Words).then_some(answer.icon),
            label: &answer.label,
            shows_label: words,
        }
    }
}

pub fn answers_ui(ui: &mut Ui, view: &StretchView<'_>, layout: &Layout) -> Option<Asked> {
    let area = layout.answers;
    let answers = answers(view);
    // In the corner, what is behind the dots comes with the larger window.
    let with_menu = !view.over() && layout.controls.is_none();
    let widths = |shows: Shows| -> Vec<f32> {
        let buttons = answers.iter().enumerate();
        buttons
            .map(|(place, answer)| shows.button(answer, place).width(ui))
            .chain(with_menu.then_some(space::BUTTON))
            .collect()
    };
    #[expect(clippy::cast_precision_loss, reason = "a few buttons")]
    let gaps = |widths: &[f32]| space::SMALL * (widths.len() - 1) as f32;
    let fits = |widths: &[f32]| widths.iter().sum::<f32>() + gaps(widths) <= area.width();
    let shows = Shows::ALL
        .into_iter()
        .find(|shows| fits(&widths(*shows)))
        .unwrap_or(Shows::Icons);
    let mut widths = widths(shows);
    if !fits(&widths) {
        let factor = (area.width() - gaps(&widths)) / widths.iter().sum::<f32>();
        for width in &mut widths {
            *width *= factor;
        }
    }
    let places = row(area, &widths, space::SMALL);
    let mut asked = None;
    for (place, (answer, area)) in answers.iter().zip(&places).enumerate() {
        let button = shows.button(answer, place);
        let mut response = button.ui(ui, view.theme, *area, answer.id);
        name_key(&response, &key_name(answer.key));
        if !button.shows_label {
            response = response.on_hover_text(&answer.label);
        }
        if response.clicked() {
            asked = Some(answer.asks);
        }
    }
    if with_menu && let Some(place) = places.last() {
        asked = menu_ui(ui, view, *place).or(asked);
    }
    asked
}

fn answers(view: &StretchView<'_>) -> Vec<Answer> {
    let start_or_pause = |weight, icon, label: &str, asks| Answer {
        id: "stretch-main",
        key: "window-key-space",
        weight,
        icon,
        label: text(label),
        asks,
    };
    let mut answers = match (view.session.state, view.session.paused) {
        (State::Done(_), _) => {
            let one_more = Answer {
                id: "stretch-one-more",
                weight: Weight::Outlined,
                icon: icon::PLUS,
                label: text("window-one-more"),
                key: "A",
                asks: Asked::OneMore,
            };
            let close = Answer {
                id: "stretch-close",
                weight: Weight::Outlined,
                icon: icon::CLOSE,
                label: text("window-close"),
                key: "window-key-escape",
                asks: Asked::Close,
            };
            return (view.daemon.then_some(one_more).into_iter())
                .chain([close])
                .collect();
        }
        (State::Ready, _) => vec![start_or_pause(
            Weight::Filled,
            icon::PLAY,
            "window-start",
            Asked::Start,
        )],
        (_, true) => vec![start_or_pause(
            Weight::Filled,
            icon::PLAY,
            "window-resume",
            Asked::StartOrPause,
        )],
        (_, false) => vec![start_or_pause(
            Weight::Outlined,
            icon::PAUSE,
            "window-pause",
            Asked::StartOrPause,
        )],
    };
    if let Some(snooze) = view.snooze {
        let length = wording::short_length(snooze);
        answers.push(Answer {
            id: "stretch-snooze",
            weight: Weight::Outlined,
            icon: icon::SNOOZE,
            label: text_with("window-snooze", &[("length", length.into())]),
            key: "S",
            asks: Asked::Snooze,
        });
    }
    answers.push(Answer {
        id: "stretch-skip",
        weight: Weight::Outlined,
        icon: icon::SKIP,
        label: text("window-skip"),
        key: "K",
        asks: Asked::Skip,
    });
    answers
}

fn menu_ui(ui: &mut Ui, view: &StretchView<'_>, place: Rect) -> Option<Asked> {
    let label = text("window-more");
    let button = Button {
        weight: Weight::Quiet,
        icon: Some(icon::MORE),
        label: &label,
        shows_label: false,
    };
    let response = button.ui(ui, view.theme, place, "stretch-more");
    let open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_has_popup(accesskit::HasPopup::Menu);
        node.set_expanded(open);
    });
    let mut asked = None;
    Popup::menu(&response)
        .align(RectAlign::TOP_END)
        .gap(space::TIGHT)
        .width(232.0)
        .frame(
            egui::Frame::new()
                .fill(view.theme.surface)
                .stroke(egui::Stroke::new(1.0, view.theme.menu_edge()))
                .corner_radius(space::CORNER)
                .inner_margin(CARD)
                .shadow(ui.visuals().popup_shadow),
        )
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .accessible_name(label.clone())
        .show(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for (icon, id, key, asks) in menu(view) {
                if menu_row_ui(ui, view.theme, icon, &text(id), key, true).clicked() {
                    // By itself it closes for the pointer only.
                    ui.close();
                    asked = Some(asks);
                }
            }
        });
    asked
}

/// What the menu offers; nothing that would change nothing.
fn menu(view: &StretchView<'_>) -> Vec<(char, &'static str, &'static str, Asked)> {
    let mut rows = Vec::new();
    if view.exchangeable() {
        let other = "window-other-stretch";
        rows.push((icon::OTHER, other, "N", Asked::OtherStretch));
        rows.push((icon::HIDDEN, "window-not-for-me", "X", Asked::NotForMe));
    }
    if view.session.stretch.is_some() {
        rows.push((icon::AGAIN, "window-again", "R", Asked::Again));
        if view.session.has_sides {
            rows.push((icon::SIDES, "window-other-side", "O", Asked::OtherSideFirst));
        }
        rows.push((
            icon::INFO,
            "window-info",
            "I",
            Asked::Show(Some(Sheet::Info)),
        ));
    } else {
        rows.push((icon::AGAIN, "window-again", "R", Asked::Again));
    }
    match view.hearing {
        Some(Hearing::On) => rows.push((icon::MUTED, "sound-mute", "M", Asked::Mute)),
        Some(Hearing::Muted) => rows.push((icon::SOUND, "sound-unmute", "M", Asked::Mute)),
        Some(Hearing::Call) | None => {}
    }
    rows.push((
        icon::KEYS,
        "window-keys",
        "?",
        Asked::Show(Some(Sheet::Keys)),
    ));
    rows.push(match view.place {
        Size::Full => (icon::NOT_FULL, "window-not-full", "F11", Asked::FullScreen),
        Size::Normal | Size::Corner => (icon::FULL, "window-full", "F11", Asked::FullScreen),
    });
    rows.push((icon::CLOSE, "window-close", "Esc", Asked::Close));
    rows
}
