//! The process of the window: streams, a clock and a real window around [`StretchApp`].
//!
//! The daemon's lines come in on a thread of their own and wake the window. The end of that stream
//! means that the daemon is gone.

use std::{
    io::{BufRead, Write},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use egui::{Context, Ui, Vec2, ViewportCommand};
use raw_window_handle::HasWindowHandle;

use super::{
    app::{Library, StretchApp},
    window::Asked,
};
use crate::{
    gui::{fonts, memory::Memory},
    window::wire::{FromWindow, Open, Size, ToWindow, VERSION},
};

/// The size of the window when nothing is remembered, in points.
const SIZE: Vec2 = Vec2::new(560.0, 680.0);
/// The smallest the window can be made.
const SMALLEST: Vec2 = Vec2::new(420.0, 520.0);
/// Its name where sizes of windows are kept.
const REMEMBERED_AS: &str = "break";
/// By which desktops know the program; also the name of its desktop file.
pub const APP_ID: &str = "org.unhunch.Unhunch";
/// The daemon hears of the first frame when this many were drawn: what is drawn before the
/// desktop has mapped the window is not on the screen.
const FRAMES_UNTIL_OPENED: u32 = 2;

/// What the window needs of the desktop.
#[derive(Clone, Copy)]
pub struct Outside {
    /// Time the machine has been awake.
    pub clock: fn() -> Duration,
    /// Asks the desktop not to give the focus to a window that is about to be shown.
    pub open_quietly: fn(&dyn HasWindowHandle),
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

/// What comes in from the daemon.
enum Incoming {
    Line(ToWindow),
    Gone,
}

/// Shows the window until it closes.
///
/// # Errors
/// If there is nothing to show, or no window to show it in.
pub fn run(
    open: Open,
    library: Library,
    lines: impl BufRead + Send + 'static,
    answers: impl Write + 'static,
    outside: Outside,
) -> Result<(), Failure> {
    let now = (outside.clock)();
    if open.v != VERSION {
        log::warn!(
            "the daemon speaks version {}, this window {VERSION}",
            open.v
        );
    }
    let zoom = zoom(open.look.text_scale);
    let memory = Memory::new(open.memory_file.as_deref(), REMEMBERED_AS);
    let (begins, reduced) = (open.start, open.look.reduced_motion);
    let app = StretchApp::new(open, library, now).ok_or(Failure::NothingToShow)?;
    let options = options(&app.title(now), begins, memory.size(), zoom);
    eframe::run_native(
        APP_ID,
        options,
        Box::new(move |creation| {
            let ctx = &creation.egui_ctx;
            fonts::install(ctx);
            app.theme().apply(ctx, reduced);
            ctx.set_zoom_factor(zoom);
            if !begins {
                (outside.open_quietly)(creation);
            }
            Ok(Box::new(Window {
                inbox: listen(lines, ctx.clone())?,
                app,
                answers: Box::new(answers),
                outside,
                memory,
                begins,
                frames: 0,
            }))
        }),
    )?;
    Ok(())
}

fn options(title: &str, active: bool, size: Option<Vec2>, zoom: f32) -> eframe::NativeOptions {
    // Larger text wants a larger window, as far as there may be room for it.
    let growth = zoom.clamp(1.0, 1.5);
    eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title(title)
            .with_app_id(APP_ID)
            .with_inner_size(size.unwrap_or(SIZE * growth))
            .with_min_inner_size(SMALLEST * growth.min(1.25))
            .with_active(active)
            .with_icon(egui::IconData::default()),
        // Everything that is needed is built in; looking for fonts takes longer than the start.
        system_font_fallback: false,
        persist_window: false,
        dithering: false,
        ..Default::default()
    }
}

fn zoom(text_scale: f32) -> f32 {
    if text_scale.is_finite() {
        text_scale.clamp(0.5, 3.0)
    } else {
        1.0
    }
}

/// Reads the daemon's lines on a thread of their own; each wakes the window.
fn listen(
    lines: impl BufRead + Send + 'static,
    ctx: Context,
) -> std::io::Result<Receiver<Incoming>> {
    let (sender, receiver) = channel();
    thread::Builder::new()
        .name("daemon's lines".to_owned())
        .spawn(move || {
            for line in lines.lines() {
                let Ok(line) = line else { break };
                match serde_json::from_str(&line) {
                    Ok(line) => {
                        if sender.send(Incoming::Line(line)).is_err() {
                            return;
                        }
                    }
                    Err(error) => log::warn!("the daemon said what cannot be read: {error}"),
                }
                ctx.request_repaint();
            }
            // Nobody listens any more if the window has closed meanwhile.
            sender.send(Incoming::Gone).ok();
            ctx.request_repaint();
        })?;
    Ok(receiver)
}

struct Window {
    app: StretchApp,
    inbox: Receiver<Incoming>,
    answers: Box<dyn Write>,
    outside: Outside,
    memory: Memory,
    /// The window is to be in front from the start.
    begins: bool,
    frames: u32,
}

impl Window {
    fn hear(&mut self, ctx: &Context, now: Duration) {
        while let Ok(incoming) = self.inbox.try_recv() {
            match incoming {
                Incoming::Line(line) => {
                    let title = matches!(line, ToWindow::Open(_) | ToWindow::Show { .. });
                    if line == ToWindow::Start {
                        ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
                        ctx.send_viewport_cmd(ViewportCommand::Focus);
                    }
                    self.app.receive(line, now);
                    if title {
                        ctx.send_viewport_cmd(ViewportCommand::Title(self.app.title(now)));
                    }
                }
                Incoming::Gone => self.app.daemon_gone(now),
            }
        }
    }

    fn tell(&mut self, now: Duration) {
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
            if self.begins {
                ctx.send_viewport_cmd(ViewportCommand::Focus);
            }
        }
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        let now = (self.outside.clock)();
        self.hear(ctx, now);
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
        if let Some(size) = ui.input(|input| {
            let info = input.viewport();
            let usual = !info.maximized.unwrap_or(false) && !info.fullscreen.unwrap_or(false);
            info.inner_rect.filter(|_| usual).map(|rect| rect.size())
        }) {
            self.memory.note(size * ui.ctx().zoom_factor());
        }
        let before = self.app.size();
        self.app.ui(ui, now);
        if self.app.size() != before {
            let full = self.app.size() == Size::Full;
            ui.ctx()
                .send_viewport_cmd(ViewportCommand::Fullscreen(full));
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

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        self.app.theme().background.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.memory.write();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_for_a_text_scale_is_no_scale() {
        assert_eq!(zoom(f32::NAN), 1.0);
        assert_eq!(zoom(0.0), 0.5);
        assert_eq!(zoom(1.25), 1.25);
        assert_eq!(zoom(99.0), 3.0);
    }

    #[test]
    fn a_small_screen_is_not_filled_by_large_text() {
        let viewport = options("", false, None, 3.0).viewport;
        assert!(viewport.min_inner_size.is_some_and(|size| size.y <= 660.0));
        assert_eq!(viewport.active, Some(false));
    }
}
