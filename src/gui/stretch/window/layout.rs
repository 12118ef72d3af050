//! Where everything stands, and how large its type is, for any size of the window.
//!
//! Three arrangements: *tall*, everything below each other; *wide*, the figure on the left and the
//! words beside it, for windows much wider than high; and *corner*, for the small window beside the
//! work, with fewer things. In the first two, type grows with the room.

use egui::{Rect, Vec2, pos2, vec2};

use crate::{
    gui::theme::{size, space},
    window::wire::Size,
};

/// The size in points at which type has its usual size; larger windows have larger type.
const USUAL: Vec2 = vec2(560.0, 680.0);
/// How far type grows at most.
const LARGEST: f32 = 1.9;
/// From this ratio of width to height the words stand beside the figure.
const WIDE: f32 = 1.35;
/// Content is at most this many times as wide as high, however wide the screen.
const WIDEST: f32 = 1.9;
/// The smallest width in which all buttons stand with their words.
const ROOM_FOR_ANSWERS: f32 = 420.0;

/// The parts of the window.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// The name, and a line below it.
    pub name: Rect,
    /// Ring and time left, at its right end.
    pub time: Rect,
    /// What takes the place of a title bar where there is none: larger, close.
    pub controls: Option<Rect>,
    /// The figure, or what takes its place.
    pub stage: Rect,
    /// What to do now.
    pub cue: Rect,
    /// What follows; without height where there is no room for it.
    pub next: Rect,
    /// Phases, repetition, breath; without height where there is no room for it.
    pub progress: Rect,
    /// The bar above the buttons, where there is something to say.
    pub notice: Option<Rect>,
    /// The buttons.
    pub answers: Rect,
    /// A page: over everything but name and buttons.
    pub sheet: Rect,
    /// Sizes of type.
    pub text: Text,
}

/// Sizes of type, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Text {
    /// How much larger than usual.
    pub factor: f32,
    /// The name of the stretch.
    pub name: f32,
    /// The time left.
    pub time: f32,
    /// What to do now.
    pub cue: f32,
    /// The least for what to do now.
    pub cue_smallest: f32,
    /// What the stretch is, before the start.
    pub summary: f32,
    /// Other words.
    pub body: f32,
    /// Words that stay in the background.
    pub faint: f32,
}

impl Text {
    fn usual(factor: f32) -> Self {
        Self {
            factor,
            name: size::NAME * factor,
            time: size::TIME * factor,
            cue: size::CUE * factor,
            cue_smallest: size::CUE_SMALLEST,
            summary: size::SUMMARY * factor,
            body: size::BODY * factor,
            faint: size::FAINT * factor,
        }
    }

    fn corner() -> Self {
        Self {
            factor: 1.0,
            name: 17.0,
            time: 24.0,
            cue: 20.0,
            cue_smallest: 14.0,
            summary: size::BODY,
            body: size::FAINT,
            faint: size::FAINT,
        }
    }
}

impl Layout {
    /// The parts of a window. Without `words` (a message, or the end) the stage takes the room of
    /// cue, next and progress.
    pub fn new(window: Rect, place: Size, words: bool) -> Self {
        let wide = window.width() >= WIDE * window.height();
        match place {
            Size::Corner => Self::corner(window, words),
            Size::Normal | Size::Full if wide && words => Self::wide(window),
            Size::Normal | Size::Full => Self::tall(window, words),
        }
    }

    /// The same with a bar of this height above the buttons.
    pub fn with_notice(window: Rect, place: Size, words: bool, height: f32) -> Self {
        let room = height + space::SMALL;
        let above = window.with_max_y(window.bottom() - room);
        let mut layout = Self::new(above, place, words);
        let bar = layout.answers.with_max_y(layout.answers.top() + height);
        layout.answers = (layout.answers).translate(vec2(0.0, room));
        layout.notice = Some(bar);
        layout
    }

    /// The line below the name stands below the time as well.
    pub fn line_of_its_own(&self) -> bool {
        self.controls.is_none() && self.name.height() > 50.0 * self.text.factor
    }

    /// There is room for a word below the time.
    pub fn paused_below_time(&self) -> bool {
        self.controls.is_none() && !self.line_of_its_own()
    }

    fn tall(window: Rect, words: bool) -> Self {
        let factor = factor(window.size(), USUAL);
        let inner = inner(window);
        let gap = gap(window);
        let text = Text::usual(factor);
        let header = band(inner, inner.top(), 46.0 * factor);
        // From the bottom upwards; the figure takes what is left.
        let answers = band(inner, inner.bottom() - space::BUTTON, space::BUTTON);
        let above = |below: Rect, gap: f32, height: f32| {
            let height = if words { height } else { 0.0 };
            band(inner, below.top() - gap - height, height)
        };
        let progress = above(answers, gap + space::TIGHT, 22.0 * factor);
        let next = above(progress, gap, text.body + 5.0);
        // A screen that stands upright has room for a second line, and needs it.
        let lines = if window.height() > 1.3 * window.width() {
            2.2
        } else {
            1.0
        };
        let cue = above(next, space::TIGHT, lines * text.cue + 10.0);
        let bottom = if words {
            cue.top() - space::SMALL
        } else {
            answers.top() - gap
        };
        let top = header.bottom() + space::TIGHT;
        Self {
            name: header,
            time: header,
            controls: None,
            stage: between(inner, top, bottom),
            cue,
            next,
            progress,
            notice: None,
            answers,
            sheet: between(inner, top + space::TIGHT, answers.top() - gap),
            text,
        }
    }

    fn wide(window: Rect) -> Self {
        let inner = inner(window);
        let gap = gap(window);
        // Not wider than eyes want to travel.
        let inner = Rect::from_center_size(
            inner.center(),
            vec2(inner.width().min(WIDEST * window.height()), inner.height()),
        );
        let share = (0.46 * inner.width()).max(270.0).min(0.6 * inner.width());
        let (left, right) = inner.split_left_right_at_x(inner.right() - share);
        let right = Rect::from_min_max(pos2(right.left() + gap, right.top()), right.max);
        let beside = right.width() >= ROOM_FOR_ANSWERS;
        let row = if beside { right } else { inner };
        let answers = band(row, row.bottom() - space::BUTTON, space::BUTTON);
        let factor = factor(right.size(), vec2(360.0, 480.0));
        let text = Text {
            // Over several lines the cue can be larger.
            cue: size::CUE * factor * 1.15,
            ..Text::usual(factor)
        };
        // In a narrow column the line below the name goes below the time too.
        let narrow = right.width() < 360.0;
        let header = band(
            right,
            right.top(),
            if narrow { 58.0 } else { 46.0 } * factor,
        );
        let progress = 22.0 * factor;
        let progress = band(
            right,
            answers.top() - gap - space::TIGHT - progress,
            progress,
        );
        let top = header.bottom() + space::TIGHT;
        // Cue and what follows stay together, in the middle of what is left.
        let next = text.body + 5.0;
        let room = progress.top() - gap - top;
        let cue = (3.8 * text.cue).min(room - next - space::TIGHT).max(0.0);
        let words = cue + space::TIGHT + next;
        let cue = band(right, top + 0.5 * (room - words).max(0.0), cue);
        let next = band(right, cue.bottom() + space::TIGHT, next);
        let bottom = if beside {
            inner.bottom()
        } else {
            answers.top() - gap
        };
        let stage = between(left, inner.top(), bottom);
        Self {
            name: header,
            time: header,
            controls: None,
            stage,
            cue,
            next,
            progress,
            notice: None,
            answers,
            sheet: if beside {
                stage
            } else {
                between(inner, top + space::TIGHT, bottom)
            },
            text,
        }
    }

    fn corner(window: Rect, words: bool) -> Self {
        const CONTROL: f32 = 30.0;
        let inner = window.shrink(12.0);
        // Their icons, not their edges, are in line with the rest.
        let controls = Rect::from_min_size(
            pos2(inner.right() + 6.0 - 2.0 * CONTROL, inner.top() - 4.0),
            vec2(2.0 * CONTROL, CONTROL),
        );
        let name = Rect::from_min_max(
            inner.min,
            pos2(controls.left() - space::SMALL, controls.bottom() + 18.0),
        );
        let time = Rect::from_min_max(
            pos2(inner.center().x, controls.bottom()),
            pos2(inner.right(), controls.bottom() + 28.0),
        );
        let answers = band(inner, inner.bottom() - 36.0, 36.0);
        let roomy = inner.height() >= 300.0;
        let height = |wanted: f32| if words { wanted } else { 0.0 };
        let progress = height(if roomy { 18.0 } else { 0.0 });
        let progress = band(inner, answers.top() - space::SMALL - progress, progress);
        let cue = height(if roomy { 50.0 } else { 36.0 });
        let cue = band(inner, progress.top() - space::TIGHT - cue, cue);
        let next = band(inner, cue.bottom(), 0.0);
        let top = if words { name.bottom() } else { time.bottom() };
        Self {
            name,
            time,
            controls: Some(controls),
            stage: between(inner, top, cue.top() - space::TIGHT),
            cue,
            next,
            progress,
            notice: None,
            answers,
            sheet: between(inner, time.bottom(), answers.top() - space::SMALL),
            text: Text::corner(),
        }
    }
}

/// How much larger than usual type is in this room.
fn factor(room: Vec2, usual: Vec2) -> f32 {
    (room.x / usual.x).min(room.y / usual.y).clamp(1.0, LARGEST)
}

fn inner(window: Rect) -> Rect {
    window.shrink(if narrow(window) {
        space::MEDIUM
    } else {
        space::EDGE
    })
}

fn gap(window: Rect) -> f32 {
    if narrow(window) { space::SMALL } else { 12.0 }
}

fn narrow(window: Rect) -> bool {
    window.width() < 480.0 || window.height() < 560.0
}

fn band(within: Rect, top: f32, height: f32) -> Rect {
    between(within, top, top + height)
}

/// The part of a rectangle between two heights; never upside down.
fn between(within: Rect, top: f32, bottom: f32) -> Rect {
    Rect::from_min_max(
        pos2(within.left(), top),
        pos2(within.right(), bottom.max(top)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every size of a window that makes sense, in points, from large text on a small screen to
    /// a wall of a screen with small text.
    fn windows() -> impl Iterator<Item = Rect> {
        let steps = [
            290.0, 340.0, 420.0, 560.0, 680.0, 900.0, 1351.0, 1920.0, 3440.0,
        ];
        steps.into_iter().flat_map(move |width| {
            steps
                .into_iter()
                .map(move |height| Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height)))
        })
    }

    fn corners() -> impl Iterator<Item = Rect> {
        [230.0, 260.0, 300.0, 320.0, 400.0]
            .into_iter()
            .flat_map(|width| {
                [240.0, 270.0, 300.0, 340.0, 400.0, 460.0]
                    .into_iter()
                    .map(move |height| Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height)))
            })
    }

    #[track_caller]
    fn check(window: Rect, place: Size, words: bool) {
        let layout = Layout::new(window, place, words);
        let parts = [
            ("name", Some(layout.name)),
            ("controls", layout.controls),
            ("stage", Some(layout.stage)),
            ("cue", words.then_some(layout.cue)),
            ("next", words.then_some(layout.next)),
            ("progress", words.then_some(layout.progress)),
            ("answers", Some(layout.answers)),
        ];
        let parts: Vec<_> = parts
            .into_iter()
            .filter_map(|(name, part)| Some((name, part?)))
            .collect();
        for (i, (name, part)) in parts.iter().enumerate() {
            assert!(
                window.contains_rect(*part) && part.width() > 0.0,
                "{name} {part:?} leaves the window {window:?}"
            );
            for (other, beside) in &parts[i + 1..] {
                assert!(
                    !part.shrink(0.1).intersects(beside.shrink(0.1)),
                    "{name} {part:?} lies over {other} {beside:?} in {window:?}"
                );
            }
        }
        assert!(window.contains_rect(layout.sheet));
        assert!(!layout.sheet.intersects(layout.answers), "{window:?}");
        assert!(
            !layout.sheet.intersects(layout.name.shrink(1.0)),
            "{window:?}"
        );
        assert!(layout.answers.height() >= 36.0);
        let controls = layout.controls.map_or(60.0, |controls| controls.width());
        assert!(controls >= 60.0, "two controls of 30 points");
    }

    #[test]
    fn nothing_overlaps_and_everything_is_inside_whatever_the_size() {
        for words in [true, false] {
            for window in windows() {
                check(window, Size::Normal, words);
                check(window, Size::Full, words);
            }
            for window in corners() {
                check(window, Size::Corner, words);
            }
        }
    }

    #[test]
    fn the_figure_has_the_largest_part_of_every_window() {
        let share = |window: Rect, place| {
            let stage = Layout::new(window, place, true).stage;
            (stage.height() / window.height()).max(stage.width() / window.width())
        };
        for window in windows().filter(|window| window.height() >= 420.0) {
            assert!(share(window, Size::Full) >= 0.35, "{window:?}");
        }
        for window in corners() {
            let stage = Layout::new(window, Size::Corner, true).stage;
            assert!(stage.height() >= 80.0, "{stage:?} in {window:?}");
        }
    }

    #[test]
    fn a_very_wide_screen_keeps_figure_and_words_together() {
        let window = Rect::from_min_size(pos2(0.0, 0.0), vec2(1815.0, 760.0));
        let layout = Layout::new(window, Size::Full, true);
        let all = layout.stage.union(layout.name);
        assert!(all.width() <= WIDEST * window.height());
        assert!((all.center().x - window.center().x).abs() < 1.0);
    }

    #[test]
    fn type_grows_with_the_room_and_not_beyond_measure() {
        let cue = |width, height| {
            let window = Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height));
            Layout::new(window, Size::Normal, true).text.cue
        };
        assert_eq!(cue(560.0, 680.0), size::CUE);
        assert_eq!(cue(420.0, 520.0), size::CUE);
        assert!(cue(1351.0, 760.0) >= 1.3 * size::CUE);
        assert!(cue(3440.0, 3440.0) <= LARGEST * size::CUE);
    }
}
