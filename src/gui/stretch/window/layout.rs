//! Where everything stands, for any size of the window.

use egui::{Rect, pos2};

use super::StretchView;
use crate::gui::theme::{size, space};

/// The parts of the window, from top to bottom.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Name, and time left.
    pub header: Rect,
    /// The figure, or what takes its place.
    pub stage: Rect,
    /// What to do now.
    pub cue: Rect,
    /// What follows.
    pub next: Rect,
    /// Phases, repetition, breath.
    pub progress: Rect,
    /// The buttons.
    pub answers: Rect,
    /// A page: over everything but name and buttons.
    pub sheet: Rect,
}

impl Layout {
    pub fn new(window: Rect, view: &StretchView<'_>) -> Self {
        let narrow = window.width() < 480.0 || window.height() < 560.0;
        let edge = if narrow { space::MEDIUM } else { space::EDGE };
        let gap = if narrow { space::SMALL } else { 12.0 };
        let inner = window.shrink(edge);
        let band = |top: f32, height: f32| {
            Rect::from_min_max(pos2(inner.left(), top), pos2(inner.right(), top + height))
        };
        let header = band(inner.top(), 46.0);
        // From the bottom upwards; the figure takes what is left.
        let answers = band(inner.bottom() - space::BUTTON, space::BUTTON);
        let words = view.session.message.is_none() && !view.over();
        let progress = if words {
            band(answers.top() - gap - space::TIGHT - 22.0, 22.0)
        } else {
            band(answers.top() - gap, 0.0)
        };
        let next = band(progress.top() - gap - size::BODY - 5.0, size::BODY + 5.0);
        let cue = band(next.top() - space::TIGHT - 40.0, 40.0);
        let bottom = if words {
            cue.top() - space::SMALL
        } else {
            progress.top()
        };
        let top = header.bottom() + space::TIGHT;
        let stage = Rect::from_min_max(
            pos2(inner.left(), top),
            pos2(inner.right(), bottom.max(top + 1.0)),
        );
        let sheet = Rect::from_min_max(
            pos2(inner.left(), top + space::TIGHT),
            pos2(inner.right(), (answers.top() - gap).max(top + 1.0)),
        );
        Self {
            header,
            stage,
            cue,
            next,
            progress,
            answers,
            sheet,
        }
    }
}
