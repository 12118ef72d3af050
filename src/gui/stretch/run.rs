//! The process of the window: streams, a clock and a real window around [`StretchApp`].
//!
//! What takes time may have been done [`ahead`](super::ahead).

use std::{io::Write, time::Duration};

use egui::{Context, RawInput, Ui, ViewportBuilder, ViewportCommand, vec2};

use super::{
    ahead::Ready,
    aloud::{Aloud, Listener},
    app::{Library, StretchApp},
    inbox::{Inbox, Incoming},
    window::Asked,
};
use crate::{
    gui::{
        bitmap, fonts,
        stand::{APP_ID, Kind, Stand},
    },
    window::{
        desk::Desk,
        wire::{FromWindow, Open, Size, ToWindow, VERSION},
    },
};

/// The window of a break.
const KIND: Kind = Kind {
    remembered_as: "break",
    usual: vec2(560.0, 680.0),
    smallest: vec2(420.0, 520.0),
};
/// The daemon hears of the first frame when this many were drawn: what is drawn before the
/// desktop has mapped the window is not on the screen.
const FRAMES_UNTIL_OPENED: u32 = 2;

/// Width and height of the largest picture that is given to the driver. The letters get one that
/// is as wide as allowed, and most drivers allow four times of what is ever needed.
pub(super) const LARGEST_TEXTURE: usize = bitmap::LARGEST_SIDE as usize;

/// What the window needs of the desktop.
#[derive(Clone, Copy)]
pub struct Outside {
    /// Time the machine has been awake.
    pub clock: fn() -> Duration,
    /// The monitors, and what may be done with the window on them.
    pub desk: fn() -> Box<dyn Desk>,
    /// Keeps the right to take the focus for the next window that is made.
    pub activate: fn(&str),
}

/// Why there was no window, or why it ended before its time.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The daemon's first line shows nothing that this program knows.
    #[error("there is nothing to show: no message, and no stretch that is in the catalogue")]
    NothingToShow,
    /// No display, no graphics, or the desktop went away.
    #[error("the window could not be shown: {0}")]
    Window(#[from] eframe::Error),
}

/// Shows the window until it closes. `ready`: what was made ready for it ahead.
///
/// # Errors
/// If there is nothing to show, or no window to show it in.
pub fn run(
    open: Open,
    library: Library,
    ready: Option<Ready>,
    inbox: Inbox,
    answers: impl Write + 'static,
    outside: Outside,
    listener: Box<dyn Listener>,
) -> Result<(), Failure> {
    let now = (outside.clock)();
    if open.v != VERSION {
        log::warn!(
            "the daemon speaks version {}, this window {VERSION}",
            open.v
        );
    }
    let reduced = open.look.reduced_motion;
    if let Some(token) = &open.token {
        (outside.activate)(token);
    }
    let mut stand = stand(&open, outside);
    if let Some(ready) = &ready {
        stand.at_scale(ready.scale());
    }
    let app = StretchApp::new(open, library, now).ok_or(Failure::NothingToShow)?;
    let options = options(stand.viewport(&app.title(now)));
    let ready = ready.map(Ready::into_context);
    let fonts_missing = ready.is_none();
    eframe::run_native_ext(
        APP_ID,
        options,
        ready,
        Box::new(move |creation| {
            let ctx = &creation.egui_ctx;
            if fonts_missing {
                fonts::install(ctx);
            }
            app.theme().apply(ctx, reduced);
            stand.prepare(creation);
            inbox.wake(ctx.clone());
            Ok(Box::new(Window {
                inbox,
                app,
                answers: Box::new(answers),
                listener,
                outside,
                stand,
                frames: 0,
            }))
        }),
    )?;
    Ok(())
}

/// Where the window of this break stands.
pub(super) fn stand(open: &Open, outside: Outside) -> Stand {
    Stand::new(
        KIND,
        &open.place,
        open.memory_file.as_deref(),
        open.look.text_scale,
        !open.start,
        (outside.desk)(),
    )
}

/// How every window of ours is made.
pub(crate) fn options(viewport: ViewportBuilder) -> eframe::NativeOptions {
    eframe::NativeOptions {
        viewport,
        // Everything that is needed is built in; looking for fonts takes longer than the start.
        system_font_fallback: false,
        persist_window: false,
        dithering: false,
        ..Default::default()
    }
}

struct Window {
    app: StretchApp,
    inbox: Inbox,
    answers: Box<dyn Write>,
    listener: Box<dyn Listener>,
    outside: Outside,
    stand: Stand,
    frames: u32,
}

impl Window {
    fn hear(&mut self, ctx: &Context, now: Duration) {
        while let Some(incoming) = self.inbox.take() {
            match incoming {
                Incoming::Line(line) => {
                    let title = matches!(line, ToWindow::Open(_) | ToWindow::Show { .. });
                    // A window beside the work stays there.
                    if line == ToWindow::Start && self.stand.size() != Size::Corner {
                        ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
                        ctx.send_viewport_cmd(ViewportCommand::Focus);
                    }
                    self.app.receive(line, now);
                    if title {
                        ctx.send_viewport_cmd(ViewportCommand::Title(self.app.title(now)));
                    }
                }
                Incoming::Unreadable(line, error) => {
                    log::warn!("the daemon said what cannot be read ({error}): {line}");
                }
                Incoming::Gone => self.app.daemon_gone(now),
            }
        }
    }

    fn tell(&mut self, now: Duration) {
        for aloud in self.app.take_aloud() {
            self.listener.hear(aloud);
        }
        // The first thing that the daemon hears is that there is a window.
        if self.frames <= FRAMES_UNTIL_OPENED && !self.app.closing() {
            return;
        }
        for line in self.app.take_outbox() {
            self.say(&line, now);
        }
    }

    fn say(&mut self, line: &FromWindow, now: Duration) {
        let said = serde_json::to_string(line)
            .map_err(std::io::Error::from)
            .and_then(|line| writeln!(self.answers, "{line}"))
            .and_then(|()| self.answers.flush());
        if let Err(error) = said {
            log::debug!("nobody hears the window any more: {error}");
            self.app.daemon_gone(now);
        }
    }

    /// Once the window is really on the screen.
    fn opened(&mut self, ctx: &Context, now: Duration) {
        if self.frames == FRAMES_UNTIL_OPENED {
            self.frames += 1;
            self.say(&FromWindow::Opened { v: VERSION }, now);
            if !self.stand.quiet() {
                ctx.send_viewport_cmd(ViewportCommand::Focus);
            }
        }
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        let now = (self.outside.clock)();
        self.hear(ctx, now);
        if let Some(size) = self.stand.follow(ctx) {
            self.app.set_size(size);
        }
        self.opened(ctx, now);
        if ctx.input(|input| input.viewport().close_requested()) && !self.app.closing() {
            self.app.ask(Asked::Close, now);
        }
        self.app.tick(now);
        self.tell(now);
        if self.app.closing() {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        } else if let Some(news) = self.app.next_news(now) {
            // Comes true also where the window is hidden and nothing is painted.
            ctx.request_repaint_after(news);
        }
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let now = (self.outside.clock)();
        self.app.ui(ui, now);
        if self.app.size() != self.stand.size() {
            self.stand.set(ui.ctx(), self.app.size());
        }
        self.tell(now);
        if self.app.closing() {
            ui.ctx().send_viewport_cmd(ViewportCommand::Close);
            return;
        }
        let hidden = ui.input(|input| !input.viewport().visible().unwrap_or(true));
        if self.frames < FRAMES_UNTIL_OPENED {
            self.frames += 1;
            ui.ctx().request_repaint();
        } else if let Some(after) = self.app.next_picture(now).filter(|_| !hidden) {
            let spent = (self.outside.clock)().saturating_sub(now);
            ui.ctx().request_repaint_after(after.saturating_sub(spent));
        }
    }

    fn raw_input_hook(&mut self, _ctx: &Context, input: &mut RawInput) {
        input.max_texture_side = (input.max_texture_side).map(|side| side.min(LARGEST_TEXTURE));
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        self.app.theme().background.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.listener.hear(Aloud::End);
        self.stand.remember();
    }
}
