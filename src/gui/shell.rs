//! The process of a window that shows what a thread of the caller's reads: a clock, news and a
//! real window around its [`Content`].
//!
//! What there is to show is read while the graphics are loaded, so the first frame waits for
//! nothing. The window of a break has a shell of its own, in [`stretch::run`](super::stretch::run).

use std::{
    sync::{
        Arc, OnceLock,
        mpsc::{Receiver, channel},
    },
    time::Duration,
};

use egui::{Context, Ui, ViewportCommand};

use super::{
    fonts,
    stand::{APP_ID, Kind, Stand},
    stretch::run::options,
    theme::Theme,
};
use crate::window::{
    desk::Desk,
    wire::{Look, Place, Size},
};

/// What such a window needs of settings and desktop.
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
pub type Tell<News> = Arc<dyn Fn(News) + Send + Sync>;
/// Where comes out what the user asks; it must not make the window wait.
pub type Asks<Ask> = Box<dyn FnMut(Ask)>;

/// The window without a desktop: a view of what was told, and what the user asks for.
pub trait Content: 'static {
    /// What the program tells it.
    type News: Send + 'static;
    /// What the user asks of the program.
    type Ask: 'static;

    /// The title of the window, at any time.
    fn title(&self) -> String;
    /// Its colours.
    fn theme(&self) -> &Theme;
    /// How many times as large everything is from now on; nothing where that stays as it was.
    fn text_scale(&self) -> Option<f32> {
        None
    }
    /// Takes news of the program.
    fn hear(&mut self, news: Self::News);
    /// Shows the window in the whole of `ui`.
    fn ui(&mut self, ui: &mut Ui, now: Duration);
    /// What the user asks of the program, in order; each is handed out once.
    fn take_asks(&mut self) -> Vec<Self::Ask>;
    /// What to ask when somebody comes back to the window: things may have changed meanwhile.
    fn look_again(&self) -> Self::Ask;
    /// The window should close.
    fn closing(&self) -> bool;
    /// How long until the next picture, if nothing happens before; nothing where all stands still.
    fn next_picture(&self) -> Option<Duration>;
}

/// Shows the window until it closes. `start` is called before the graphics are loaded.
///
/// # Errors
/// If there is no display, there are no graphics, or the desktop went away.
pub fn run<C: Content>(
    kind: Kind,
    content: C,
    outside: Outside,
    start: impl FnOnce(Tell<C::News>) -> Asks<C::Ask>,
) -> Result<(), eframe::Error> {
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
    let place = Place {
        size: Size::Normal,
        ..outside.place
    };
    let file = Some(outside.memory_file.as_str());
    let mut stand = Stand::new(kind, &place, file, look.text_scale, false, outside.desk);
    let options = options(stand.viewport(&content.title()));
    eframe::run_native(
        APP_ID,
        options,
        Box::new(move |creation| {
            let ctx = &creation.egui_ctx;
            fonts::install(ctx);
            content.theme().apply(ctx, look.reduced_motion);
            stand.prepare(creation);
            awake.set(ctx.clone()).ok();
            Ok(Box::new(Window {
                title: content.title(),
                content,
                inbox,
                asks,
                clock,
                stand,
                in_front: true,
            }))
        }),
    )
}

struct Window<C: Content> {
    content: C,
    title: String,
    inbox: Receiver<C::News>,
    asks: Asks<C::Ask>,
    clock: fn() -> Duration,
    stand: Stand,
    in_front: bool,
}

impl<C: Content> Window<C> {
    fn look_again(&mut self, ctx: &Context) {
        let in_front = ctx.input(|input| input.focused);
        if in_front && !self.in_front {
            (self.asks)(self.content.look_again());
        }
        self.in_front = in_front;
    }

    fn entitle(&mut self, ctx: &Context) {
        let title = self.content.title();
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}

impl<C: Content> eframe::App for Window<C> {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        while let Ok(news) = self.inbox.try_recv() {
            self.content.hear(news);
        }
        self.look_again(ctx);
        if let Some(text_scale) = self.content.text_scale() {
            self.stand.scale_text(text_scale);
        }
        // It stays a window like any other.
        self.stand.follow(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let now = (self.clock)();
        self.content.ui(ui, now);
        for ask in self.content.take_asks() {
            (self.asks)(ask);
        }
        self.entitle(ui.ctx());
        if self.content.closing() {
            ui.ctx().send_viewport_cmd(ViewportCommand::Close);
            return;
        }
        let hidden = ui.input(|input| !input.viewport().visible().unwrap_or(true));
        if let Some(after) = self.content.next_picture().filter(|_| !hidden) {
            let spent = (self.clock)().saturating_sub(now);
            ui.ctx().request_repaint_after(after.saturating_sub(spent));
        }
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        self.content.theme().background.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.stand.remember();
    }
}
