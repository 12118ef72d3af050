//! What the preview shows, and what keys and buttons do. Reads no clock and no file: time and what
//! became of the file are handed in.

use std::{path::Path, time::Duration};

use egui::{Context, Key, Modifiers, Ui};

use super::parts;
use crate::{
    core::stretch::{
        SideOrder, Stretch, Timeline, VariantName, catalogue::Rig, pose::pose_at, timeline::At,
    },
    diagnostic::render_all,
    gui::{
        controls::name_window,
        stretch::pictures::Pictures,
        theme::{Theme, space},
    },
    stretch_file::Checked,
    text::text_with,
};

/// Pictures a second while the figure moves.
const MOVING: Duration = Duration::from_millis(33);
/// A step of a frame.
const FRAME: Duration = Duration::from_nanos(33_333_333);
/// "Back" goes to the phase before, unless the present one has been running for this long.
const BACK_TO_THE_SAME: Duration = Duration::from_millis(300);

/// The preview of a file.
pub struct Preview {
    pub(super) theme: Theme,
    pub(super) rig: Rig,
    /// The stretch that is wanted, of those in the file.
    id: Option<String>,
    /// The last good version.
    pub(super) stretch: Option<Stretch>,
    pub(super) timeline: Option<Timeline>,
    pub(super) variant: VariantName,
    pub(super) pictures: Pictures,
    /// What is wrong with the file now; empty if nothing.
    pub(super) mistakes: String,
    pub(super) mistake_count: usize,
    play: Play,
    /// The key poses shine through.
    pub(super) onion: bool,
    /// Positions of the joints in place of the pose.
    pub(super) positions: bool,
    closing: bool,
}

#[derive(Clone, Copy)]
enum Play {
    /// It was at `at` when the clock said `since`, and runs.
    Runs { at: Duration, since: Duration },
    /// It stands at `at`.
    Stands { at: Duration },
}

/// What a key or a button asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Asked {
    PlayOrStand,
    NextPhase,
    PreviousPhase,
    NextFrame,
    PreviousFrame,
    Begin,
    To(Duration),
    Variant(VariantName),
    Onion,
    Positions,
    Copy,
    Close,
}

impl Preview {
    /// A preview of the stretch with this id, or of the first one of the file.
    #[must_use]
    pub fn new(theme: Theme, rig: Rig, id: Option<String>, file: &Checked, now: Duration) -> Self {
        let mut preview = Self {
            theme,
            rig,
            id,
            stretch: None,
            timeline: None,
            variant: VariantName::Standard,
            pictures: Pictures::default(),
            mistakes: String::new(),
            mistake_count: 0,
            play: Play::Runs {
                at: Duration::ZERO,
                since: now,
            },
            onion: false,
            positions: false,
            closing: false,
        };
        preview.reload(file);
        preview
    }

    /// The file was saved. The time stays; with mistakes, the last good version stays too.
    pub fn reload(&mut self, file: &Checked) {
        let broken = &file.broken;
        self.mistake_count = broken.problems.len();
        self.mistakes = render_all(&broken.problems, &broken.text, false);
        let wanted = |stretch: &&Stretch| match &self.id {
            Some(id) => stretch.id.as_str() == id,
            None => true,
        };
        // A picture may have been drawn anew.
        self.pictures = Pictures::default();
        if let Some(stretch) = file.stretches.iter().find(wanted) {
            self.stretch = Some(stretch.clone());
            self.lay_out();
        } else if let (true, Some(id)) = (broken.problems.is_empty(), &self.id) {
            let file = broken.file.display().to_string();
            let values = [("id", id.as_str().into()), ("file", file.into())];
            self.mistakes = text_with("preview-no-such", &values);
            self.mistake_count = 1;
        }
    }

    fn lay_out(&mut self) {
        let stretch = self.stretch.as_ref();
        self.timeline =
            stretch.map(|stretch| Timeline::new(stretch, self.variant, SideOrder::AsStored));
    }

    /// The colours.
    #[must_use]
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// The title of the window.
    #[must_use]
    pub fn title(&self, file: &Path) -> String {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        text_with("preview-title", &[("file", name.into_owned().into())])
    }

    /// The window should close.
    #[must_use]
    pub fn closing(&self) -> bool {
        self.closing
    }

    /// Waits for the pictures: for pictures of the window.
    pub fn wait_for_pictures(&mut self, ctx: &Context) {
        self.pictures.wait(ctx);
    }

    fn total(&self) -> Duration {
        self.timeline
            .as_ref()
            .map_or(Duration::ZERO, Timeline::total)
    }

    /// The time that is shown. While it plays, the end is followed by the beginning.
    #[must_use]
    pub fn time(&self, now: Duration) -> Duration {
        let total = self.total();
        match self.play {
            Play::Stands { at } => at.min(total),
            Play::Runs { at, since } => {
                let t = at + now.saturating_sub(since);
                let round = t.as_nanos().checked_rem(total.as_nanos()).unwrap_or(0);
                u64::try_from(round).map_or(Duration::ZERO, Duration::from_nanos)
            }
        }
    }

    pub(super) fn playing(&self) -> bool {
        matches!(self.play, Play::Runs { .. })
    }

    pub(super) fn at(&self, now: Duration) -> Option<At<'_>> {
        self.timeline.as_ref()?.at(self.time(now))
    }

    /// After how long the picture changes next, without input.
    #[must_use]
    pub fn next_picture(&self) -> Option<Duration> {
        (self.playing() && self.stretch.is_some()).then_some(MOVING)
    }

    fn ask(&mut self, ctx: &Context, asked: Asked, now: Duration) {
        let t = self.time(now);
        match asked {
            Asked::PlayOrStand => {
                self.play = match self.play {
                    Play::Runs { .. } => Play::Stands { at: t },
                    Play::Stands { at } => Play::Runs { at, since: now },
                };
            }
            Asked::NextPhase => self.stand_at(self.next_phase(t)),
            Asked::PreviousPhase => self.stand_at(self.previous_phase(t)),
            Asked::NextFrame => self.stand_at(t + FRAME),
            Asked::PreviousFrame => self.stand_at(t.saturating_sub(FRAME)),
            Asked::Begin => self.stand_at(Duration::ZERO),
            Asked::To(t) => self.stand_at(t),
            Asked::Variant(variant) => {
                self.variant = variant;
                self.lay_out();
            }
            Asked::Onion => self.onion = !self.onion,
            Asked::Positions => self.positions = !self.positions,
            Asked::Copy => {
                if let Some(text) = parts::copied(self, now) {
                    ctx.copy_text(text);
                }
            }
            Asked::Close => self.closing = true,
        }
        ctx.request_repaint();
    }

    fn stand_at(&mut self, at: Duration) {
        self.play = Play::Stands {
            at: at.min(self.total()),
        };
    }

    fn starts(&self) -> impl DoubleEndedIterator<Item = Duration> + '_ {
        let slots = self.timeline.iter().flat_map(Timeline::slots);
        slots.map(|slot| slot.start).collect::<Vec<_>>().into_iter()
    }

    fn next_phase(&self, t: Duration) -> Duration {
        self.starts()
            .find(|start| *start > t)
            .unwrap_or(self.total())
    }

    fn previous_phase(&self, t: Duration) -> Duration {
        let before = |start: &Duration| *start + BACK_TO_THE_SAME < t || start.is_zero();
        self.starts().rev().find(before).unwrap_or_default()
    }

    /// Shows the preview in the whole of `ui`, and does what is asked for.
    pub fn ui(&mut self, ui: &mut Ui, now: Duration) {
        let phases = self.stretch.iter().flat_map(|stretch| &stretch.phases);
        let files = phases.filter_map(|phase| phase.picture.as_deref());
        self.pictures.want(ui.ctx(), files);
        let name = self.stretch.as_ref().map_or("", |stretch| &stretch.name);
        name_window(
            ui,
            &text_with("preview-title", &[("file", name.to_owned().into())]),
        );
        let pressed = pressed(ui);
        let clicked = self.parts_ui(ui, now);
        if let Some(asked) = pressed.or(clicked) {
            self.ask(ui.ctx(), asked, now);
        }
    }

    /// Figure on the left with the slider below it, everything else in a column on the right.
    fn parts_ui(&self, ui: &mut Ui, now: Duration) -> Option<Asked> {
        let window = ui.max_rect().shrink(space::EDGE);
        let column = (0.34 * window.width()).clamp(230.0, 380.0);
        let left = window.with_max_x(window.right() - column - space::EDGE);
        let right = window.with_min_x(window.right() - column);
        let Some(stretch) = &self.stretch else {
            parts::mistakes_ui(ui, self, window);
            return None;
        };
        let below = 118.0_f32.min(0.4 * left.height());
        let stage = left.with_max_y(left.bottom() - below);
        let controls = left.with_min_y(stage.bottom() + space::SMALL);
        // Mistakes take room from the figure, but never cover it.
        let (stage, mistakes) = match self.mistake_count {
            0 => (stage, None),
            _ => {
                let (above, below) = stage.split_top_bottom_at_fraction(0.55);
                (above.with_max_y(above.bottom() - space::SMALL), Some(below))
            }
        };
        match &self.timeline {
            Some(timeline) if stretch.has_figure() => {
                let body = pose_at(stretch, &self.rig, timeline, self.time(now));
                parts::figure_ui(ui, self, stretch, &body, stage);
            }
            Some(_) | None => parts::step_ui(ui, self, stretch, now, stage),
        }
        let on_controls = parts::controls_ui(ui, self, controls, now);
        let on_column = parts::column_ui(ui, self, stretch, right, now);
        if let Some(area) = mistakes {
            parts::mistakes_ui(ui, self, area);
        }
        on_controls.or(on_column)
    }
}

/// What a key asks for.
fn pressed(ui: &Ui) -> Option<Asked> {
    // A control that has the focus has Space and Enter to itself.
    let focused = ui.memory(|memory| memory.focused().is_some());
    let keys = [
        (Modifiers::SHIFT, Key::ArrowRight, Asked::NextFrame),
        (Modifiers::SHIFT, Key::ArrowLeft, Asked::PreviousFrame),
        (Modifiers::NONE, Key::ArrowRight, Asked::NextPhase),
        (Modifiers::NONE, Key::ArrowLeft, Asked::PreviousPhase),
        (Modifiers::NONE, Key::Home, Asked::Begin),
        (
            Modifiers::NONE,
            Key::Num1,
            Asked::Variant(VariantName::Short),
        ),
        (
            Modifiers::NONE,
            Key::Num2,
            Asked::Variant(VariantName::Standard),
        ),
        (
            Modifiers::NONE,
            Key::Num3,
            Asked::Variant(VariantName::Long),
        ),
        (Modifiers::NONE, Key::O, Asked::Onion),
        (Modifiers::NONE, Key::P, Asked::Positions),
        (Modifiers::NONE, Key::C, Asked::Copy),
        (Modifiers::NONE, Key::Escape, Asked::Close),
    ];
    ui.input_mut(|input| {
        if !focused && input.consume_key(Modifiers::NONE, Key::Space) {
            return Some(Asked::PlayOrStand);
        }
        keys.into_iter()
            .find(|(modifiers, key, _)| input.consume_key(*modifiers, *key))
            .map(|(_, _, asked)| asked)
    })
}
