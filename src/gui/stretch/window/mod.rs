//! What the window of a break shows: a view goes in, what the user asked for comes out.
//!
//! Nothing is changed here and no rule is known; the session and the daemon decide what an answer
//! means. Everything stands in rectangles that `layout` works out first, so nothing overlaps.

use std::time::Duration;

use egui::{Id, Rect, Response, Sense, Stroke, StrokeKind, Ui, ViewportCommand};

use crate::{
    core::stretch::{
        Body,
        catalogue::Rig,
        pose::KeyMoment,
        session::{State, View},
    },
    gui::{
        controls::{Button, Weight},
        fonts::icon,
        stretch::{aloud::Hearing, pictures::Pictures},
        theme::Theme,
    },
    text::text,
    window::wire::Size,
};

mod announce;
mod answers;
mod header;
mod hearing;
mod keys;
mod layout;
mod notice;
mod sheets;
mod stage;
mod steps;
pub(super) mod wording;
mod words;

pub use announce::{Announcer, Around};
pub use header::ring;
pub use notice::words as notice_words;
pub use wording::{length, title};
pub use words::cue_text;

use layout::Layout;

/// Everything the window shows this frame, worked out beforehand.
#[derive(Clone, Copy)]
pub struct StretchView<'a> {
    /// The colours.
    pub theme: &'a Theme,
    /// Where the session stands.
    pub session: &'a View<'a>,
    /// The figure; `None` for a message.
    pub body: Option<&'a Body>,
    /// The key poses, for a window without movement; else empty.
    pub moments: &'a [KeyMoment],
    /// The pictures of a stretch without a figure, as far as they have been read.
    pub pictures: &'a Pictures,
    /// Lengths and widths of the figure.
    pub rig: &'a Rig,
    /// How strongly the part at work glows, 0 to 1.
    pub glow: f32,
    /// The words, and those before them while one fades into the other.
    pub words: Words<'a>,
    /// How long "snooze" would be; `None`: not offered.
    pub snooze: Option<Duration>,
    /// Breaks done today, without this one.
    pub done_today: u32,
    /// Whether the window can be heard; `None`: there is nothing to hear.
    pub hearing: Option<Hearing>,
    /// What lies over the figure.
    pub sheet: Option<Sheet>,
    /// How much of the screen the window takes.
    pub place: Size,
    /// What the user should know, above the buttons.
    pub notice: Option<Notice<'a>>,
    /// Something was taken out of the rotation, and can be put back.
    pub undo: bool,
    /// Somebody is there to draw another stretch and to change the settings.
    pub daemon: bool,
}

/// What became of a wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice<'a> {
    /// A stretch was taken out of the rotation, and can be put back.
    TakenOut {
        /// What it is called.
        name: &'a str,
    },
    /// Something could not be done.
    Refused {
        /// Why not.
        why: &'a str,
    },
    /// There is no other stretch.
    NoOther,
}

/// The cue, and the one before it while it fades.
#[derive(Clone, Copy, Debug, Default)]
pub struct Words<'a> {
    /// What was said before; empty if nothing.
    pub before: &'a str,
    /// How far the new words have come, 0 to 1.
    pub shown: f32,
}

/// A page over the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// What the stretch does, and when to leave it out.
    Info,
    /// The keys.
    Keys,
}

/// What the user asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Begin.
    Start,
    /// Stop or go on with the countdown, or begin: what Space means.
    StartOrPause,
    /// Later.
    Snooze,
    /// Not this break.
    Skip,
    /// Another stretch in place of this one.
    OtherStretch,
    /// Another one, and never this one again.
    NotForMe,
    /// The stretch that was taken out last, after all.
    PutBack,
    /// The notice was read.
    Dismiss,
    /// From the start.
    Again,
    /// The other side first.
    OtherSideFirst,
    /// Back to the phase before.
    PreviousPhase,
    /// On to the next phase.
    NextPhase,
    /// Silence, or sound again.
    Mute,
    /// Open this page, or close it.
    Show(Option<Sheet>),
    /// One more break after this one.
    OneMore,
    /// All of the screen, or no longer.
    FullScreen,
    /// Out of the corner: a window like any other.
    Larger,
    /// Close the window.
    Close,
}

/// Shows the window in the whole of `ui`.
pub fn stretch_ui(ui: &mut Ui, view: &StretchView<'_>) -> Option<Asked> {
    let words = view.session.message.is_none() && !view.over();
    let (window, place) = (ui.max_rect(), view.place);
    let layout = match view.notice {
        Some(notice) => Layout::with_notice(window, place, words, notice::height(notice)),
        None => Layout::new(window, place, words),
    };
    // Clicks beside the controls take the focus away from them.
    let ground = ui.interact(
        ui.max_rect(),
        Id::unique("stretch-ground"),
        // Not `Sense::click()`, which could have the focus itself.
        Sense::CLICK | Sense::DRAG,
    );
    // A window without a title bar is moved by its ground.
    if layout.controls.is_some() {
        edge_ui(ui, view.theme);
        drag_ui(ui, &ground);
    }
    if ground.clicked()
        && let Some(focused) = ui.memory(egui::Memory::focused)
    {
        ui.memory_mut(|memory| memory.surrender_focus(focused));
    }
    let pressed = keys::pressed(ui, view);
    header::header_ui(ui, view, &layout);
    let on_sheet = match view.sheet {
        Some(sheet) => sheets::sheet_ui(ui, view, sheet, &layout),
        None => {
            stage::stage_ui(ui, view, &layout);
            words::words_ui(ui, view, &layout);
            hearing::hearing_ui(ui, view, layout.stage)
        }
    };
    let noticed = (view.notice.zip(layout.notice))
        .and_then(|(notice, area)| notice::notice_ui(ui, view, notice, area));
    let answered = answers::answers_ui(ui, view, &layout);
    let on_bar = layout
        .controls
        .filter(|_| !view.over())
        .and_then(|area| controls_ui(ui, view, area));
    pressed.or(on_sheet).or(noticed).or(answered).or(on_bar)
}

/// An edge of its own, where the desktop draws none.
fn edge_ui(ui: &Ui, theme: &Theme) {
    let stroke = Stroke::new(1.0, theme.edge());
    ui.painter()
        .rect_stroke(ui.max_rect(), 0.0, stroke, StrokeKind::Inside);
}

/// Hands a drag over to the desktop, once. Toolkits do that only for a window with the focus, which
/// a first press gives it a moment later.
fn drag_ui(ui: &Ui, ground: &Response) {
    let waits = Id::unique("stretch-drag");
    let started = ground.drag_started();
    let waiting = started || ui.data(|data| data.get_temp(waits).unwrap_or(false));
    let now = waiting && ground.dragged() && ui.input(|input| input.focused);
    if now {
        ui.ctx().send_viewport_cmd(ViewportCommand::StartDrag);
    }
    let still = waiting && ground.dragged() && !now;
    ui.data_mut(|data| data.insert_temp(waits, still));
}

/// In place of a title bar: larger, and close.
fn controls_ui(ui: &mut Ui, view: &StretchView<'_>, area: Rect) -> Option<Asked> {
    let (left, right) = area.split_left_right_at_fraction(0.5);
    let controls = [
        (
            left,
            "stretch-larger",
            icon::LARGER,
            "window-larger",
            Asked::Larger,
        ),
        (
            right,
            "stretch-close",
            icon::CLOSE,
            "window-close",
            Asked::Close,
        ),
    ];
    let mut asked = None;
    for (place, id, icon, label, asks) in controls {
        let label = text(label);
        let button = Button {
            weight: Weight::Quiet,
            icon: Some(icon),
            label: &label,
            shows_label: false,
        };
        let response = button.ui(ui, view.theme, place, id);
        if response.on_hover_text(&label).clicked() {
            asked = Some(asks);
        }
    }
    asked
}

impl StretchView<'_> {
    /// There is something to mute.
    fn can_be_heard(&self) -> bool {
        self.hearing.is_some()
    }

    fn over(&self) -> bool {
        matches!(self.session.state, State::Done(_))
    }

    /// Another stretch can be had in place of the one that is shown.
    fn exchangeable(&self) -> bool {
        self.daemon && self.session.stretch.is_some() && !self.over()
    }
}
