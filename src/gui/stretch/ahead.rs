//! A window's head start: what takes time is done while the break is only announced, with nothing
//! on the screen.
//!
//! Most of the time until a first frame goes into the graphics driver: it is loaded, sets itself
//! up and compiles programs. So the toolkit runs twice. The first run makes a window that is never
//! shown, draws into it what the real one will show, and ends before its first frame. What is
//! left is the connection to the desktop, a driver that has its programs, and fonts with their
//! letters drawn; the second run finds all that. On Wayland a window can take the focus only with
//! a token that it is born with, and the token comes with the answer: that alone forbids to keep
//! the first window and show it.

use std::{mem::take, sync::Arc, time::Duration};

use eframe::{
    CreationContext,
    egui_glow::{Painter, PainterError},
};
use egui::{
    Context, ImageData, Memory, Pos2, RawInput, Rect, TextureId, TextureOptions, Vec2,
    epaint::ImageDelta,
};

use super::{
    app::{Library, StretchApp},
    run::{Failure, LARGEST_TEXTURE, Outside, options, stand},
};
use crate::{
    gui::{
        fonts,
        stand::{APP_ID, Stand},
    },
    window::wire::Open,
};

/// What is ready besides the driver.
pub struct Ready {
    /// With fonts and letters.
    ctx: Context,
    scale: f32,
}

/// Says that a window is not wanted, for the toolkit, which knows that only as an error.
#[derive(Debug, thiserror::Error)]
#[error("this window is never shown")]
struct NeverShown;

/// Gets everything ready that the window of this break needs. `hurry`: the window is wanted now,
/// so whatever is not ready yet is made with it.
///
/// # Errors
/// If there will be nothing to show, or no window to show it in.
pub fn get_ready(
    expected: &Open,
    library: impl Fn() -> Library,
    outside: Outside,
    hurry: impl FnOnce() -> bool,
) -> Result<Option<Ready>, Failure> {
    let now = (outside.clock)();
    let mut stand = stand(expected, outside);
    // Whether the user starts it or it opens by itself is not known yet.
    let mut apps = Vec::new();
    for start in [false, true] {
        let open = Open {
            start,
            ..expected.clone()
        };
        apps.push(StretchApp::new(open, library(), now).ok_or(Failure::NothingToShow)?);
    }
    let title = apps[0].title(now);
    let mut made = false;
    let mut ready = None;
    let run = eframe::run_native(
        APP_ID,
        options(stand.viewport(&title)),
        Box::new(|creation| {
            if !hurry() {
                rehearse(creation, &mut stand, &mut apps, now)?;
                ready = Some(Ready {
                    ctx: creation.egui_ctx.clone(),
                    scale: stand.scale(),
                });
            }
            made = true;
            Err(NeverShown.into())
        }),
    );
    match run {
        Err(error) if !made => Err(error.into()),
        Ok(()) | Err(_) => Ok(ready),
    }
}

/// Draws what the window will show into one that nobody sees.
fn rehearse(
    creation: &CreationContext<'_>,
    stand: &mut Stand,
    apps: &mut [StretchApp],
    now: Duration,
) -> Result<(), PainterError> {
    let (Some(gl), Some(window)) = (&creation.gl, creation.winit_window()) else {
        let why = "the toolkit has made a window without graphics";
        return Err(PainterError::from(why.to_owned()));
    };
    let ctx = &creation.egui_ctx;
    fonts::install(ctx);
    let scale = stand.rehearse(creation);
    let mut painter = Painter::new(Arc::clone(gl), "", None, false)?;
    let size: [u32; 2] = window.inner_size().into();
    for app in apps {
        app.theme().apply(ctx, true);
        // The layout needs the first pass to know its sizes.
        for _ in 0..2 {
            let mut output = ctx.run_ui(input(size, window.scale_factor(), scale), |ui| {
                app.ui(ui, now);
            });
            let shapes = ctx.tessellate(take(&mut output.shapes), output.pixels_per_point);
            let textures = &mut output.textures_delta;
            painter.paint_and_update_textures(size, output.pixels_per_point, &shapes, textures);
        }
    }
    // The driver may put off its work until somebody wants to see it.
    painter.read_screen_rgb([1, 1]);
    painter.destroy();
    Ok(())
}

/// What the toolkit would put in for a window of this size in pixels.
fn input([width, height]: [u32; 2], native: f64, scale: f32) -> RawInput {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "no screen is that large"
    )]
    let (size, native) = (Vec2::new(width as f32, height as f32), native as f32);
    let mut input = RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size / scale)),
        max_texture_side: Some(LARGEST_TEXTURE),
        ..RawInput::default()
    };
    if let Some(viewport) = input.viewports.get_mut(&input.viewport_id) {
        viewport.native_pixels_per_point = Some(native);
    }
    input
}

impl Ready {
    /// Pixels for each point of the desktop.
    pub(super) fn scale(&self) -> f32 {
        self.scale
    }

    /// As good as new, but for the fonts with all their letters.
    pub(super) fn into_context(self) -> Context {
        let Self { ctx, scale: _ } = self;
        ctx.memory_mut(|memory| *memory = Memory::default());
        // The letters went to the driver with the window that is gone; nobody would send them again.
        let letters = ctx.fonts(|fonts| ImageData::from(fonts.image()));
        let letters = ImageDelta::full(letters, TextureOptions::LINEAR);
        ctx.tex_manager().write().set(TextureId::default(), letters);
        ctx
    }
}
