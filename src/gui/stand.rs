//! Where a window stands and how large it is, from before its first frame to its last.
//!
//! Works out sizes from points, scale and text, and asks the desktop for them. Where the desktop
//! lets programs place their windows, it also brings the window back when its monitor goes away;
//! elsewhere that is the desktop's own task.

use std::sync::mpsc::{Receiver, channel};

use eframe::CreationContext;
use egui::{Context, Vec2, ViewportBuilder, ViewportCommand, WindowLevel, vec2};

use super::{icon, memory::Memory};
use crate::window::{
    desk::{Change, Desk, First},
    screen::{Area, Monitor, Screen, Wish},
    wire::{self, Place, Size},
};

/// By which desktops know the program; also the name of its desktop file.
pub const APP_ID: &str = "org.unhunch.Unhunch";

/// The size of a window in the corner, in points.
const CORNER: Vec2 = vec2(320.0, 400.0);
/// Between a window in the corner and the edges, in points.
const MARGIN: f32 = 16.0;
/// What a desktop's frame adds at most, in points of the desktop.
const FRAME: Vec2 = vec2(12.0, 40.0);
/// The size in points that a full screen shows: on larger ones everything is larger.
const FULL: Vec2 = vec2(700.0, 760.0);
/// Below this height, in points, a window is better wide: then it shows words beside the figure.
const LOW: f32 = 480.0;
/// The width of a window that is as low as that.
const WIDE: f32 = 640.0;

/// What is particular to a window.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its name where sizes of windows are kept.
    pub remembered_as: &'static str,
    /// Its size when nothing is remembered, in points.
    pub usual: Vec2,
    /// The smallest it can be made, in points.
    pub smallest: Vec2,
}

/// A window's stand.
pub struct Stand {
    kind: Kind,
    desk: Box<dyn Desk>,
    memory: Memory,
    size: Size,
    wanted: wire::Monitor,
    /// The factor for text.
    text_scale: f32,
    /// It opens by itself.
    quiet: bool,
    screen: Option<Screen>,
    /// The monitor on which it was put.
    home: Option<String>,
    changes: Option<Receiver<Change>>,
    /// Pixels for each point of the desktop.
    scale: f32,
    /// That is known from an earlier window, and no guess.
    scale_known: bool,
    /// The zoom that was set last.
    zoom: f32,
    /// The size that was asked for last, in points of the desktop: not the user's doing.
    given: Vec2,
    /// Where it was put last: the corner of its frame, and the size of its content.
    put_at: Option<Area>,
    /// The user has moved it out of its corner.
    dragged: bool,
    /// Whether it fills its monitor, as the desktop said last.
    full: bool,
    /// What the desktop is expected to say of that next.
    expected: Option<bool>,
}

impl Stand {
    /// The stand of a window that is about to open. `quiet`: by itself, so without the focus.
    #[must_use]
    pub fn new(
        kind: Kind,
        place: &Place,
        memory_file: Option<&str>,
        text_scale: f32,
        quiet: bool,
        desk: Box<dyn Desk>,
    ) -> Self {
        let text_scale = believed(text_scale);
        let screen = desk.screen();
        Self {
            memory: Memory::new(memory_file, kind.remembered_as),
            kind,
            size: place.size,
            wanted: place.monitor.clone(),
            text_scale,
            // A window beside the work gets the focus when it is clicked, and not before.
            quiet: quiet || place.size == Size::Corner,
            screen,
            home: None,
            changes: None,
            scale: 1.0,
            scale_known: false,
            zoom: text_scale,
            given: Vec2::ZERO,
            put_at: None,
            dragged: false,
            full: false,
            expected: None,
            desk,
        }
    }

    /// How much of the screen it takes.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// The window may not take the focus when it opens.
    #[must_use]
    pub fn quiet(&self) -> bool {
        self.quiet
    }

    /// Pixels for each point of the desktop; known once a window was made.
    #[must_use]
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// The same is known from another window: this one gets its size at once.
    pub fn at_scale(&mut self, scale: f32) {
        self.scale = scale;
        self.scale_known = true;
    }

    /// What the toolkit has to know to make the window.
    #[must_use]
    pub fn viewport(&self, title: &str) -> ViewportBuilder {
        let viewport = ViewportBuilder::default()
            .with_title(title)
            .with_app_id(APP_ID)
            .with_icon(icon::icon())
            .with_active(!self.quiet)
            .with_inner_size(self.content_at_birth())
            .with_min_inner_size(self.smallest());
        match self.size {
            Size::Normal => viewport,
            Size::Corner => viewport
                .with_decorations(false)
                .with_window_level(WindowLevel::AlwaysOnTop)
                // Compositors that arrange windows side by side leave those alone that have only
                // one size. Elsewhere it stands where it was put.
                .with_resizable(self.screen.is_some()),
            Size::Full if self.screen.is_some() => viewport,
            Size::Full => match self.output() {
                Some(output) => viewport.with_monitor(output),
                None => viewport.with_fullscreen(true),
            },
        }
    }

    /// The place of the monitor of that name in the list of the desktop.
    fn output(&self) -> Option<usize> {
        let wire::Monitor::Named(name) = &self.wanted else {
            return None;
        };
        let monitors = self.desk.monitors()?;
        let found = monitors.iter().position(|monitor| monitor.name == *name);
        if found.is_none() {
            let names: Vec<_> = monitors.iter().map(|monitor| &*monitor.name).collect();
            log::warn!("there is no monitor {name}, only {}", names.join(", "));
        }
        found
    }

    /// Draws as large as in the window, although this one is never shown. Pixels for each point.
    pub fn rehearse(&mut self, creation: &CreationContext<'_>) -> f32 {
        let (_, outer, content) = self.measure(creation);
        self.zoom_at_first(creation, outer, content);
        self.scale * self.zoom
    }

    /// Where the window belongs, how large its content is, and on which monitor that is.
    fn measure(&mut self, creation: &CreationContext<'_>) -> (Option<Monitor>, Option<Area>, Vec2) {
        #[expect(clippy::cast_possible_truncation, reason = "a factor of a few")]
        if let Some(window) = creation.winit_window() {
            self.scale = window.scale_factor() as f32;
        }
        let monitor = self.screen.as_ref().and_then(|s| s.choose(&self.wanted));
        let monitor = monitor.cloned();
        let (outer, content) = self.places(monitor.as_ref());
        (monitor, outer, content)
    }

    /// The size with which the window is made. It gets another one before it is shown, if need be;
    /// but the first frame is then one for the size before.
    fn content_at_birth(&self) -> Vec2 {
        let screen = self.screen.as_ref().filter(|_| self.scale_known);
        match screen.and_then(|screen| screen.choose(&self.wanted)) {
            Some(monitor) => self.places(Some(monitor)).1,
            None => self.content(None),
        }
    }

    fn zoom_at_first(
        &mut self,
        creation: &CreationContext<'_>,
        outer: Option<Area>,
        content: Vec2,
    ) {
        let shown = match (outer, creation.winit_window()) {
            (None, Some(window)) => {
                let size = window.inner_size();
                points(
                    (size.width.cast_signed(), size.height.cast_signed()),
                    self.scale,
                )
            }
            (Some(_), _) | (None, None) => content,
        };
        self.zoom = self.zoom_for(shown);
        // Not `set_zoom_factor`, which keeps the size of the picture before, and there is none.
        let zoom = self.zoom;
        (creation.egui_ctx).options_mut(|options| options.zoom_factor = zoom);
    }

    /// Puts the window in its place, where it is about to be shown. The context has its theme.
    pub fn prepare(&mut self, creation: &CreationContext<'_>) {
        let (monitor, outer, content) = self.measure(creation);
        let background = creation.egui_ctx.global_style().visuals.panel_fill;
        let [red, green, blue, _] = background.to_array();
        self.desk.prepare(
            creation,
            &First {
                corner: outer.map(|outer| (outer.x, outer.y)),
                content: self.pixels(content),
                smallest: self.pixels(self.smallest().min(content)),
                full: self.size == Size::Full,
                above: self.size == Size::Corner,
                quiet: self.quiet,
                background: [red, green, blue],
            },
        );
        self.given = content;
        self.home = monitor.map(|monitor| monitor.name);
        self.put_at = outer.map(|outer| content_at(outer, self.pixels(content)));
        let full = self.size == Size::Full;
        if outer.is_some() {
            // So it was said when the window was made ready.
            self.full = full;
        } else {
            self.expected = full.then_some(true);
        }
        self.zoom_at_first(creation, outer, content);
        let (sender, receiver) = channel();
        let ctx = creation.egui_ctx.clone();
        self.desk.watch(Box::new(move |change| {
            // Nobody listens any more once the window has closed.
            sender.send(change).ok();
            ctx.request_repaint();
        }));
        self.changes = Some(receiver);
    }

    /// Takes in what has changed on the desktop; call often. The new size, if the desktop has
    /// changed it.
    pub fn follow(&mut self, ctx: &Context) -> Option<Size> {
        let before = self.size;
        while let Some(change) = self.next_change() {
            match change {
                Change::Screen => self.screen_changed(),
                Change::Frame => self.framed(),
                Change::Full(full) => self.became_full(ctx, full),
            }
        }
        let (native, full) = ctx.input(|input| {
            let info = input.viewport();
            (info.native_pixels_per_point, info.fullscreen)
        });
        self.dragged |= ctx.input(|input| input.pointer.is_decidedly_dragging());
        if let Some(full) = full.filter(|_| self.screen.is_none()) {
            self.became_full(ctx, full);
        }
        if let Some(scale) = native.filter(|scale| (scale - self.scale).abs() > 0.01) {
            self.scale = scale;
            self.stay_whole();
        }
        self.follow_size(ctx);
        (self.size != before).then_some(self.size)
    }

    /// Makes everything in it this many times as large, as far as that can be believed.
    pub fn scale_text(&mut self, text_scale: f32) {
        self.text_scale = believed(text_scale);
    }

    /// Makes the window as large as the user wants it now.
    pub fn set(&mut self, ctx: &Context, size: Size) {
        let before = std::mem::replace(&mut self.size, size);
        if before == Size::Corner && size != Size::Corner {
            ctx.send_viewport_cmd(ViewportCommand::Resizable(true));
            ctx.send_viewport_cmd(ViewportCommand::WindowLevel(WindowLevel::Normal));
            ctx.send_viewport_cmd(ViewportCommand::Decorations(true));
        }
        match (before, size) {
            (_, Size::Full) => self.fill(ctx, true),
            (Size::Full, _) => {
                self.fill(ctx, false);
                self.put_as_window(ctx);
            }
            (Size::Normal | Size::Corner, Size::Normal | Size::Corner) => self.put_as_window(ctx),
        }
    }

    /// Keeps the size for the next time.
    pub fn remember(&self) {
        self.memory.write();
    }

    fn next_change(&self) -> Option<Change> {
        self.changes.as_ref()?.try_recv().ok()
    }

    /// The zoom follows the size; the size is noted if it is the user's doing.
    fn follow_size(&mut self, ctx: &Context) {
        let (size, usual) = ctx.input(|input| {
            let info = input.viewport();
            let usual = !info.maximized.unwrap_or(false) && !info.fullscreen.unwrap_or(false);
            (info.inner_rect.map(|rect| rect.size()), usual)
        });
        let Some(size) = size.map(|size| size * ctx.zoom_factor()) else {
            return;
        };
        let zoom = self.zoom_for(size);
        if (zoom - self.zoom).abs() > 0.01 {
            self.zoom = zoom;
            ctx.set_zoom_factor(zoom);
        }
        if !usual || self.size != Size::Normal || self.full || self.fills_a_monitor(size) {
            return;
        }
        if close(size, self.given) {
            self.memory.forget();
        } else {
            self.memory.note(size);
        }
    }

    /// A window has that size for a moment before and after it is known to be a full screen.
    fn fills_a_monitor(&self, size: Vec2) -> bool {
        let area =
            |monitor: &Monitor| points((monitor.area.width, monitor.area.height), self.scale);
        let monitors = self.screen.iter().flat_map(|screen| &screen.monitors);
        monitors.map(area).any(|area| close(size, area))
    }

    fn fill(&mut self, ctx: &Context, full: bool) {
        self.expected = Some(full);
        if !self.desk.full_screen(full) {
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(full));
        }
    }

    /// On the monitor on which it is, as if it had just been opened.
    fn put_as_window(&mut self, ctx: &Context) {
        let monitor = self.monitor_now();
        let (outer, content) = self.places(monitor.as_ref());
        self.given = content;
        match outer {
            Some(outer) => self.put(outer, self.pixels(content)),
            None => {
                let size = content / ctx.zoom_factor();
                ctx.send_viewport_cmd(ViewportCommand::InnerSize(size));
            }
        }
        let smallest = self.smallest().min(content) / ctx.zoom_factor();
        ctx.send_viewport_cmd(ViewportCommand::MinInnerSize(smallest));
    }

    fn put(&mut self, outer: Area, content: (i32, i32)) {
        self.put_at = Some(content_at(outer, content));
        self.desk.put((outer.x, outer.y), content);
    }

    /// The monitor on which most of the window is; else the one that the user wants.
    fn monitor_now(&self) -> Option<Monitor> {
        let screen = self.screen.as_ref()?;
        let now = self.desk.standing();
        let now = now.and_then(|standing| screen.home_of(standing.outer));
        now.or_else(|| screen.choose(&self.wanted)).cloned()
    }

    fn screen_changed(&mut self) {
        let Some(screen) = self.desk.screen() else {
            return;
        };
        let before = self.screen.replace(screen.clone());
        if before.is_some_and(|before| before.monitors == screen.monitors) {
            return;
        }
        log::debug!("the monitors have changed: {:?}", screen.monitors);
        match self.size {
            Size::Full => self.fill_home(&screen),
            Size::Normal | Size::Corner => self.stay_whole(),
        }
    }

    /// A full screen stays one, on its own monitor or on another that is there.
    fn fill_home(&mut self, screen: &Screen) {
        let own = self.home.as_ref().and_then(|name| screen.named(name));
        let Some(monitor) = own.or_else(|| screen.choose(&self.wanted)) else {
            return;
        };
        let area = monitor.area;
        self.home = Some(monitor.name.clone());
        if self.desk.standing().is_some_and(|now| now.outer == area) {
            return;
        }
        // Window managers move no window that fills a monitor.
        self.expected = Some(true);
        self.desk.full_screen(false);
        self.desk.put((area.x, area.y), (area.width, area.height));
        self.desk.full_screen(true);
    }

    /// The window has got its frame: only now is known how much room both need together. Where
    /// the window was put counts, not where it is: it may still be on its way.
    fn framed(&mut self) {
        let (Some(put), Some(now)) = (self.put_at, self.desk.standing()) else {
            return;
        };
        if self.size != Size::Normal || self.full {
            return;
        }
        let frame = (
            now.outer.width - now.content.0,
            now.outer.height - now.content.1,
        );
        let outer = Area {
            width: put.width + frame.0,
            height: put.height + frame.1,
            ..put
        };
        self.bring_back(outer, (put.width, put.height));
    }

    /// All of the window is on a monitor that is there, and what was put in a corner is in one.
    fn stay_whole(&mut self) {
        let (Some(screen), Some(now)) = (&self.screen, self.desk.standing()) else {
            return;
        };
        // Its place says nothing of that: window managers move windows by themselves, too.
        if self.size == Size::Corner && !self.dragged {
            let own = self.home.as_ref().and_then(|name| screen.named(name));
            let monitor = own.or_else(|| screen.choose(&self.wanted)).cloned();
            if let (Some(outer), content) = self.places(monitor.as_ref()) {
                self.home = monitor.map(|monitor| monitor.name);
                self.given = content;
                self.put(outer, self.pixels(content));
            }
            return;
        }
        self.bring_back(now.outer, now.content);
    }

    /// Puts a window that would not be whole where it is: with its frame, and its content alone.
    fn bring_back(&mut self, outer: Area, content: (i32, i32)) {
        let Some(screen) = &self.screen else { return };
        let home = screen.home_of(outer);
        let Some(monitor) = home.or_else(|| screen.choose(&self.wanted)) else {
            return;
        };
        let whole = outer.brought_into(monitor.work);
        if whole != outer {
            let content = (
                content.0 - (outer.width - whole.width),
                content.1 - (outer.height - whole.height),
            );
            self.given = points(content, self.scale);
            self.put(whole, content);
        }
    }

    /// The desktop says whether the window fills its monitor.
    fn became_full(&mut self, ctx: &Context, full: bool) {
        let news = std::mem::replace(&mut self.full, full) != full;
        if let Some(expected) = self.expected {
            if expected == full {
                self.expected = None;
            }
            return;
        }
        if !news || full == (self.size == Size::Full) {
            return;
        }
        // By the means of the desktop, not by ours.
        self.size = if full { Size::Full } else { Size::Normal };
        if !full {
            self.put_as_window(ctx);
        }
    }

    /// The place of the window with its frame, in pixels, and the size of its content, in points
    /// of the desktop.
    fn places(&self, monitor: Option<&Monitor>) -> (Option<Area>, Vec2) {
        let content = self.content(monitor);
        let Some(monitor) = monitor else {
            return (None, content);
        };
        let frame = match self.size {
            Size::Normal => FRAME,
            Size::Full | Size::Corner => Vec2::ZERO,
        };
        let wish = Wish {
            size: self.size,
            content: self.pixels(content),
            frame: self.pixels(frame),
            margin: self.pixels(Vec2::splat(MARGIN)).0,
        };
        let outer = monitor.place(&wish);
        let inner = (outer.width - wish.frame.0, outer.height - wish.frame.1);
        (Some(outer), points(inner, self.scale))
    }

    /// The size of the content as it should be, in points of the desktop.
    fn content(&self, monitor: Option<&Monitor>) -> Vec2 {
        match self.size {
            Size::Corner => CORNER * self.text_scale.clamp(1.0, 2.0),
            Size::Normal | Size::Full => {
                let size = self.memory.size();
                let size = size.unwrap_or(self.kind.usual * self.growth());
                let room = monitor.map(|monitor| {
                    points((monitor.work.width, monitor.work.height), self.scale) - FRAME
                });
                match room {
                    Some(room) => fitted(size, room, self.text_scale),
                    None => size,
                }
            }
        }
    }

    fn smallest(&self) -> Vec2 {
        match self.size {
            Size::Corner => self.content(None).min(CORNER),
            Size::Normal | Size::Full => self.kind.smallest * self.growth().min(1.25),
        }
    }

    /// Larger text wants a larger window, as far as there may be room for it.
    fn growth(&self) -> f32 {
        self.text_scale.clamp(1.0, 1.5)
    }

    /// On a full screen everything is larger, to be read from afar; text never gets smaller.
    fn zoom_for(&self, content: Vec2) -> f32 {
        match self.size {
            Size::Normal | Size::Corner => self.text_scale,
            Size::Full => {
                let room = (content.x / FULL.x).min(content.y / FULL.y);
                room.clamp(self.text_scale, 4.0_f32.max(self.text_scale))
            }
        }
    }

    fn pixels(&self, points: Vec2) -> (i32, i32) {
        let pixels = (points * self.scale).round();
        #[expect(clippy::cast_possible_truncation, reason = "no screen is that large")]
        let whole = (pixels.x as i32, pixels.y as i32);
        whole
    }
}

/// As large as it is wanted, or as there is room for. With little height, and large text, it gets
/// wider in turn, so that everything in it still has a place.
fn fitted(wanted: Vec2, room: Vec2, text_scale: f32) -> Vec2 {
    let low = wanted.y > room.y && room.y < LOW * text_scale;
    let width = if low {
        wanted.x.max(WIDE * text_scale)
    } else {
        wanted.x
    };
    vec2(width, wanted.y).min(room)
}

/// A window's content, as if it began at the corner of its frame.
fn content_at(outer: Area, (width, height): (i32, i32)) -> Area {
    Area::new(outer.x, outer.y, width, height)
}

/// The same size, but for what rounding to pixels makes of it.
fn close(a: Vec2, b: Vec2) -> bool {
    (a - b).abs().max_elem() <= 2.0
}

fn points((width, height): (i32, i32), scale: f32) -> Vec2 {
    #[expect(clippy::cast_precision_loss, reason = "no screen is that large")]
    let pixels = vec2(width as f32, height as f32);
    pixels / scale
}

/// Nonsense for a factor is no factor.
fn believed(text_scale: f32) -> f32 {
    if text_scale.is_finite() {
        text_scale.clamp(0.5, 3.0)
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_for_a_text_scale_is_no_scale() {
        assert_eq!(believed(f32::NAN), 1.0);
        assert_eq!(believed(0.0), 0.5);
        assert_eq!(believed(1.25), 1.25);
        assert_eq!(believed(99.0), 3.0);
    }

    #[test]
    fn large_text_on_a_small_screen_makes_the_window_wide() {
        let room = vec2(1268.0, 680.0);
        let usual = vec2(560.0, 680.0);
        assert_eq!(fitted(usual, room, 1.0), usual);
        assert_eq!(fitted(usual * 1.5, room, 2.0), vec2(1268.0, 680.0));
        // A netbook, with usual text: as high as it goes.
        let room = vec2(1012.0, 530.0);
        assert_eq!(fitted(usual, room, 1.0), vec2(560.0, 530.0));
    }
}
