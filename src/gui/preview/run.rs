//! The process of the preview: a real window, a clock, and the file that is watched.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use egui::{Context, Ui, ViewportCommand, vec2};

use super::app::Preview;
use crate::{
    core::stretch::catalogue::Rig,
    gui::{fonts, stand::APP_ID, theme::Theme},
    stretch_file::Checked,
    window::wire::Look,
};

/// Calls what it is given whenever the file was saved.
pub type Watch = Box<dyn FnOnce(Box<dyn Fn() + Send>) -> std::io::Result<()>>;

/// What the preview needs of the outside.
pub struct Outside {
    /// Time the machine has been awake.
    pub clock: fn() -> Duration,
    /// Reads the file.
    pub read: Box<dyn Fn() -> Checked>,
    /// Watches it.
    pub watch: Watch,
}

/// Shows the preview of a file until its window closes.
///
/// # Errors
/// When there is no window to show it in.
pub fn run(
    file: &Path,
    id: Option<String>,
    rig: Rig,
    look: &Look,
    outside: Outside,
) -> Result<(), eframe::Error> {
    let Outside { clock, read, watch } = outside;
    let theme = Theme::new(look.dark, look.high_contrast, look.figure_tone);
    let app = Preview::new(theme, rig, id, &read(), clock());
    let zoom = look.text_scale.clamp(0.5, 3.0);
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title(app.title(file))
            .with_app_id(APP_ID)
            .with_inner_size(vec2(960.0, 700.0) * zoom.min(1.5))
            .with_min_inner_size(vec2(640.0, 480.0)),
        system_font_fallback: false,
        persist_window: false,
        dithering: false,
        ..Default::default()
    };
    eframe::run_native(
        APP_ID,
        options,
        Box::new(move |creation| {
            let ctx = &creation.egui_ctx;
            fonts::install(ctx);
            theme.apply(ctx, false);
            ctx.set_zoom_factor(zoom);
            let saved = Arc::new(AtomicBool::new(false));
            let (heard, wakes) = (Arc::clone(&saved), ctx.clone());
            let watched = watch(Box::new(move || {
                heard.store(true, Ordering::Release);
                wakes.request_repaint();
            }));
            if let Err(error) = watched {
                log::warn!("the file is not watched: {error}");
            }
            Ok(Box::new(Window {
                app,
                clock,
                read,
                saved,
            }))
        }),
    )
}

struct Window {
    app: Preview,
    clock: fn() -> Duration,
    read: Box<dyn Fn() -> Checked>,
    /// The file was saved since it was last read.
    saved: Arc<AtomicBool>,
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        if self.saved.swap(false, Ordering::AcqRel) {
            self.app.reload(&(self.read)());
        }
        if self.app.closing() {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.app.ui(ui, (self.clock)());
        if let Some(after) = self.app.next_picture() {
            ui.ctx().request_repaint_after(after);
        }
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        self.app.theme().background.to_normalized_gamma_f32()
    }
}
