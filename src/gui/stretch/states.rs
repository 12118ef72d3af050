//! The window of a break in each of its states, side by side on one picture: for looking at.

use std::time::Duration;

use egui::{ColorImage, Vec2};

use super::{
    app::StretchApp,
    window::{Asked, Sheet},
};
use crate::{
    core::stretch::{SideOrder, Timeline, VariantName, catalogue::PhaseKind, session::BETWEEN},
    gui::{
        fonts,
        picture::{patch, picture},
        theme::Theme,
    },
    stretch_file,
    window::wire::{Look, Message, Monitor, Open, Place, Size, ToWindow, VERSION},
};

/// Pixels between two windows.
const GAP: usize = 12;
const COLUMNS: usize = 4;
const SETTLE_IN: Duration = Duration::from_secs(5);

/// How the window is to be shown.
#[derive(Clone, Debug)]
pub struct Manner {
    /// Width and height, in points.
    pub size: (f32, f32),
    /// Pixels to the point.
    pub scale: f32,
    /// Colours and movement.
    pub look: Look,
    /// How much of the screen it takes.
    pub place: Size,
}

/// All states of a break with this stretch. `None` if there is no such stretch.
#[must_use]
pub fn states(stretch: &str, manner: &Manner) -> Option<ColorImage> {
    let mut windows = Vec::new();
    for (open, moment, what) in story(stretch, manner)? {
        let mut app = StretchApp::new(
            open,
            Box::new(|ids: &[String]| stretch_file::only(ids, None)),
            Duration::ZERO,
        )?;
        for step in what {
            match step {
                Step::Asks(asked) => app.ask(asked, moment),
                Step::Hears(line) => app.receive(line, moment),
            }
        }
        windows.push(shot(&mut app, moment, manner));
    }
    Some(side_by_side(&windows, manner.look.dark))
}

/// What leads to a state.
enum Step {
    Asks(Asked),
    Hears(ToWindow),
}

type Scene = (Open, Duration, Vec<Step>);

fn story(stretch: &str, manner: &Manner) -> Option<Vec<Scene>> {
    let catalogue = stretch_file::only(&[stretch.to_owned()], None);
    let found = catalogue.find(stretch)?;
    let timeline = Timeline::new(found, VariantName::Standard, SideOrder::AsStored);
    let slots = timeline.slots();
    let first = |kind: PhaseKind| slots.iter().find(|slot| slot.kind == kind);
    let within = |slot: Option<&crate::core::stretch::timeline::Slot>| {
        slot.map_or(SETTLE_IN, |slot| SETTLE_IN + slot.start + slot.length / 2)
    };
    let moving = within(first(PhaseKind::Move));
    let held = within(first(PhaseKind::Hold).or(first(PhaseKind::Move)));
    let other_side = within(
        slots
            .iter()
            .rfind(|slot| slot.changes_side)
            .or(slots.last()),
    );
    let over = SETTLE_IN + timeline.total();
    let one = [stretch];
    let three = [stretch, "chin_tuck", "eagle_arms"];
    let begun = || open(&one, true, manner);
    let said = |text: &str| {
        Step::Hears(ToWindow::Refused {
            why: text.to_owned(),
        })
    };
    let message = Open {
        message: Some(Message {
            text: "Look at something at least six metres away".to_owned(),
            length_s: 20.0,
        }),
        ..open(&[], true, manner)
    };
    Some(vec![
        (
            open(&one, false, manner),
            Duration::from_millis(2900),
            vec![],
        ),
        (begun(), Duration::from_millis(2200), vec![]),
        (begun(), moving, vec![]),
        (begun(), held, vec![]),
        (begun(), other_side, vec![]),
        (begun(), held, vec![Step::Asks(Asked::StartOrPause)]),
        (open(&three, false, manner), Duration::from_secs(1), vec![]),
        (open(&three, true, manner), over + BETWEEN / 2, vec![]),
        (begun(), over + Duration::from_secs(1), vec![]),
        (message, Duration::from_secs(6), vec![]),
        (
            begun(),
            Duration::from_secs(9),
            vec![Step::Hears(ToWindow::TakenOut {
                stretch: "clasped_hands_chest_opener".to_owned(),
            })],
        ),
        (
            begun(),
            held,
            vec![said(
                "Your settings could not be changed: /home/maria/.config/unhunch/config.toml \
                 cannot be written: the file system is read-only",
            )],
        ),
        (
            begun(),
            held,
            vec![Step::Asks(Asked::Show(Some(Sheet::Info)))],
        ),
        (
            begun(),
            held,
            vec![Step::Asks(Asked::Show(Some(Sheet::Keys)))],
        ),
    ])
}

fn open(stretches: &[&str], start: bool, manner: &Manner) -> Open {
    Open {
        v: VERSION,
        stretches: stretches.iter().map(|id| (*id).to_owned()).collect(),
        variant: VariantName::Standard.word().to_owned(),
        message: None,
        settle_in_s: SETTLE_IN.as_secs_f64(),
        start,
        snooze_s: Some(300.0),
        done_today: 2,
        look: manner.look.clone(),
        place: Place {
            size: manner.place,
            monitor: Monitor::Pointer,
        },
        volume: None,
        voice: None,
        call: false,
        stretches_folder: None,
        memory_file: None,
        token: None,
    }
}

fn shot(app: &mut StretchApp, moment: Duration, manner: &Manner) -> ColorImage {
    let theme: Theme = *app.theme();
    // The words fade in and the glow comes up within a moment; it has passed by then.
    let mut now = moment.saturating_sub(Duration::from_secs(1));
    picture(
        Vec2::from(manner.size),
        manner.scale,
        theme.background,
        |ctx| {
            fonts::install(ctx);
            theme.apply(ctx, true);
        },
        |ui| {
            app.ui(ui, now);
            now = moment;
        },
    )
}

fn side_by_side(windows: &[ColorImage], dark: bool) -> ColorImage {
    let [width, height] = windows.first().map_or([1, 1], |window| window.size);
    let rows = windows.len().div_ceil(COLUMNS);
    let size = [COLUMNS * (width + GAP) + GAP, rows * (height + GAP) + GAP];
    let mut all = ColorImage::filled(size, Theme::new(dark, false, None).outline);
    for (i, window) in windows.iter().enumerate() {
        let x = GAP + (i % COLUMNS) * (width + GAP);
        let y = GAP + (i / COLUMNS) * (height + GAP);
        patch(&mut all, window, x, y);
    }
    all
}
