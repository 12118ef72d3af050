//! The process of the window: a clock, news and a real window around [`Gallery`].
//!
//! What there is to show is read on a thread of the caller's while the graphics are loaded, so the
//! first frame waits for nothing.

use std::{
    sync::{
        Arc, OnceLock,
        mpsc::{Receiver, channel},
    },
    time::Duration,
};

use egui::{Context, Ui, Vec2, ViewportCommand};

use super::{Ask, Gallery, News};
use crate::{
    gui::{
        fonts,
        stand::{APP_ID, Kind, Stand},
        stretch::run::options,
        theme::Theme,
    },
    window::{
        desk::Desk,
        wire::{Look, Place, Size},
    },
};

const KIND: Kind = Kind {
    remembered_as: "stretches",
    usual: Vec2::new(1080.0, 760.0),
    smallest: Vec2::new(560.0, 480.0),
};

/// What the window needs of settings and desktop.
pub struct Outside {
    /// Time the machine has been awake.
    pub clock: fn() -> Duration,
    /// How it looks.
    pub look: Look,
    /// Where it opens; it is always a window like any other.
    pub place: Place,
    /// Where its last size is kept.
    pub memory_file: String,
    /// The monitors, and what may be done with the window on them.
    pub desk: Box<dyn Desk>,
}

/// Where news goes in, from any thread; it wakes the window.
pub type Tell = Arc<dyn Fn(News) + Send + Sync>;
/// Where comes out what the user asks; it must not make the window wait.
pub type Asks = Box<dyn FnMut(Ask)>;

/// Shows the window until it closes. `start` is called before the graphics are loaded.
///
/// # Errors
/// If there is no display, there are no graphics, or the desktop went away.
pub fn run(outside: Outside, start: impl FnOnce(Tell) -> Asks) -> Result<(), eframe::Error> {
    let (news, inbox) = channel();
    let awake: Arc<OnceLock<Context>> = Arc::default();
    let wakes = Arc::clone(&awake);
    let asks = start(Arc::new(move |told| {
        // Nobody listens any more once the window has closed.
        news.send(told).ok();
        if let Some(ctx) = wakes.get() {
            ctx.request_repaint();
        }
    }));
    let Outside { clock, look, .. } = outside;
    let theme = Theme::new(look.dark, look.high_contrast, look.figure_tone);
    let gallery = Gallery::new(theme, look.reduced_motion);
    let place = Place {
        size: Size::Normal,
        ..outside.place
    };
    let file = Some(outside.memory_file.as_str());
    let mut stand = Stand::new(KIND, &place, file, look.text_scale, false, outside.desk);
    let options = options(stand.viewport(&gallery.title()));
    eframe::run_native(
        APP_ID,
        options,
        Box::new(move |creation| {
            let ctx = &creation.egui_ctx;
            fonts::install(ctx);
            theme.apply(ctx, look.reduced_motion);
            stand.prepare(creation);
            awake.set(ctx.clone()).ok();
            Ok(Box::new(Window {
                title: gallery.title(),
                gallery,
                inbox,
                asks,
                clock,
                stand,
                in_front: true,
            }))
        }),
    )
}

struct Window {
    gallery: Gallery,
    title: String,
    inbox: Receiver<News>,
    asks: Asks,
    clock: fn() -> Duration,
    stand: Stand,
    in_front: bool,
}

impl Window {
    /// Whoever comes back to the window may have done a stretch meanwhile.
    fn look_again(&mut self, ctx: &Context) {
        let in_front = ctx.input(|input| input.focused);
        if in_front && !self.in_front {
            (self.asks)(Ask::LookAgain);
        }
        self.in_front = in_front;
    }

    fn entitle(&mut self, ctx: &Context) {
        let title = self.gallery.title();
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        while let Ok(news) = self.inbox.try_recv() {
            self.gallery.hear(news);
        }
        self.look_again(ctx);
        // It stays a window like any other.
        self.stand.follow(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let now = (self.clock)();
        self.gallery.ui(ui, now);
        for ask in self.gallery.take_asks() {
            (self.asks)(ask);
        }
        self.entitle(ui.ctx());
        if self.gallery.closing() {
            ui.ctx().send_viewport_cmd(ViewportCommand::Close);
            return;
        }
        let hidden = ui.input(|input| !input.viewport().visible().unwrap_or(true));
        if let Some(after) = self.gallery.next_picture().filter(|_| !hidden) {
            let spent = (self.clock)().saturating_sub(now);
            ui.ctx().request_repaint_after(after.saturating_sub(spent));
        }
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        self.gallery.theme().background.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.stand.remember();
    }
}
