//! The window without a screen, frame by frame: how long it takes from a click to its picture.

use egui::{Context, Event, Pos2, RawInput, Rect, Vec2};

use super::{Ask, History, News};
use crate::gui::{fonts, theme::Theme};

/// A window that nobody sees. Each frame is laid out and cut into triangles, as for a graphics
/// card; what a card does with them is not part of it.
pub struct Pace {
    ctx: Context,
    history: History,
    size: Vec2,
    frames: u32,
}

impl Pace {
    /// A window of this size in points, before its first frame.
    #[must_use]
    pub fn new(theme: Theme, size: Vec2) -> Self {
        let ctx = Context::default();
        fonts::install(&ctx);
        theme.apply(&ctx, true);
        Self {
            ctx,
            history: History::new(theme, true),
            size,
            frames: 0,
        }
    }

    /// The window.
    pub fn history(&mut self) -> &mut History {
        &mut self.history
    }

    /// Takes news of the program.
    pub fn hear(&mut self, news: News) {
        self.history.hear(news);
    }

    /// One frame in which this happens; what the user asked in it.
    pub fn frame(&mut self, events: Vec<Event>) -> Vec<Ask> {
        self.frames += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.size)),
            time: Some(f64::from(self.frames) / 60.0),
            events,
            ..RawInput::default()
        };
        let mut output = self.ctx.run_ui(input, |ui| self.history.ui(ui));
        // There is no card to which they would go.
        output.textures_delta.clear();
        let shapes = std::mem::take(&mut output.shapes);
        let cut = self.ctx.tessellate(shapes, output.pixels_per_point);
        // Not to be left out as of no use.
        std::hint::black_box(cut);
        self.history.take_asks()
    }
}
