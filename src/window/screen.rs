//! Monitors, and where a window stands on them.
//!
//! Everything is in pixels of the whole screen, on which the monitors lie side by side. Nothing
//! here knows how a window is moved: areas go in, areas come out.

use super::wire::{self, Size};

/// A rectangle of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Its left edge.
    pub x: i32,
    /// Its upper edge.
    pub y: i32,
    /// From left to right.
    pub width: i32,
    /// From top to bottom.
    pub height: i32,
}

/// A monitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Monitor {
    /// As the desktop calls it: `DP-1`, `HDMI-A-1`.
    pub name: String,
    /// The one that the desktop calls primary.
    pub primary: bool,
    /// All of it.
    pub area: Area,
    /// What panels leave of it.
    pub work: Area,
}

/// All monitors at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// In the order of the desktop.
    pub monitors: Vec<Monitor>,
    /// Where the pointer is, if anybody knows.
    pub pointer: Option<(i32, i32)>,
}

/// How large a window is to be, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// How much of the screen it takes.
    pub size: Size,
    /// Width and height of its content, where that does not follow from the monitor.
    pub content: (i32, i32),
    /// Width and height that the desktop's frame may add.
    pub frame: (i32, i32),
    /// Between a window in the corner and the edges.
    pub margin: i32,
}

impl Area {
    /// From its corner and its size.
    #[must_use]
    pub fn new(x: i32, y: i32, width: i32, height: i32) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }

    /// Its right edge.
    #[must_use]
    pub fn right(self) -> i32 {
        self.x + self.width
    }

    /// Its lower edge.
    #[must_use]
    pub fn bottom(self) -> i32 {
        self.y + self.height
    }

    /// Whether a place lies in it.
    #[must_use]
    pub fn contains(self, (x, y): (i32, i32)) -> bool {
        (self.x..self.right()).contains(&x) && (self.y..self.bottom()).contains(&y)
    }

    /// Whether another area lies in it as a whole.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        self.common(other) == other
    }

    /// What it has in common with another; without width or height if nothing.
    #[must_use]
    pub fn common(self, other: Self) -> Self {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        Self {
            x,
            y,
            width: (self.right().min(other.right()) - x).max(0),
            height: (self.bottom().min(other.bottom()) - y).max(0),
        }
    }

    /// How many pixels it covers.
    #[must_use]
    pub fn pixels(self) -> i64 {
        i64::from(self.width) * i64::from(self.height)
    }

    /// An area of this size in the middle of it; smaller where it does not fit.
    #[must_use]
    pub fn middle(self, (width, height): (i32, i32)) -> Self {
        let (width, height) = (width.min(self.width), height.min(self.height));
        Self {
            x: self.x + (self.width - width) / 2,
            y: self.y + (self.height - height) / 2,
            width,
            height,
        }
    }

    /// The area of the same size, moved as little as possible so that all of it is in this one;
    /// smaller where it does not fit.
    #[must_use]
    pub fn brought_into(self, room: Self) -> Self {
        let (width, height) = (self.width.min(room.width), self.height.min(room.height));
        Self {
            x: self.x.clamp(room.x, room.right() - width),
            y: self.y.clamp(room.y, room.bottom() - height),
            width,
            height,
        }
    }
}

impl Screen {
    /// The monitor that the user wants. One that is not there is replaced by that with the pointer.
    #[must_use]
    pub fn choose(&self, wanted: &wire::Monitor) -> Option<&Monitor> {
        let found = match wanted {
            wire::Monitor::Pointer => None,
            wire::Monitor::Primary => self.monitors.iter().find(|monitor| monitor.primary),
            wire::Monitor::Named(name) => {
                let found = self.named(name);
                if found.is_none() {
                    let names: Vec<&str> = self.names().collect();
                    log::warn!("there is no monitor {name}, only {}", names.join(", "));
                }
                found
            }
        };
        found.or_else(|| self.with_pointer())
    }

    /// The monitor with this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Monitor> {
        self.monitors.iter().find(|monitor| monitor.name == name)
    }

    /// The names of all monitors.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.monitors.iter().map(|monitor| monitor.name.as_str())
    }

    /// The monitor on which most of this area is.
    #[must_use]
    pub fn home_of(&self, area: Area) -> Option<&Monitor> {
        self.monitors
            .iter()
            .filter(|monitor| monitor.area.common(area).pixels() > 0)
            .max_by_key(|monitor| monitor.area.common(area).pixels())
    }

    fn with_pointer(&self) -> Option<&Monitor> {
        let pointed = |pointer| {
            self.monitors
                .iter()
                .find(|monitor| monitor.area.contains(pointer))
        };
        self.pointer
            .and_then(pointed)
            .or_else(|| self.monitors.iter().find(|monitor| monitor.primary))
            .or_else(|| self.monitors.first())
    }
}

impl Monitor {
    /// Where a window stands on this monitor, with its frame.
    #[must_use]
    pub fn place(&self, wish: &Wish) -> Area {
        let (width, height) = wish.content;
        match wish.size {
            Size::Full => self.area,
            Size::Normal => self
                .work
                .middle((width + wish.frame.0, height + wish.frame.1)),
            Size::Corner => {
                let (width, height) = self.corner(wish);
                Area {
                    x: self.work.right() - wish.margin - width,
                    y: self.work.bottom() - wish.margin - height,
                    width,
                    height,
                }
            }
        }
    }

    /// A window in the corner stays one: beside it there is more than half of the screen.
    fn corner(&self, wish: &Wish) -> (i32, i32) {
        let (width, height) = wish.content;
        (
            width.min(self.work.width * 9 / 20),
            height.min(self.work.height * 7 / 10),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn monitor(name: &str, primary: bool, area: Area, work: Area) -> Monitor {
        Monitor {
            name: name.to_owned(),
            primary,
            area,
            work,
        }
    }

    /// A laptop with a panel below, and beside it a larger monitor that is the primary one.
    fn desk() -> Screen {
        let laptop = Area::new(0, 0, 1280, 800);
        let large = Area::new(1280, 0, 1920, 1080);
        Screen {
            monitors: vec![
                monitor("eDP-1", false, laptop, Area::new(0, 0, 1280, 770)),
                monitor("DP-1", true, large, large),
            ],
            pointer: Some((100, 100)),
        }
    }

    fn wish(size: Size, content: (i32, i32)) -> Wish {
        Wish {
            size,
            content,
            frame: (8, 40),
            margin: 16,
        }
    }

    #[track_caller]
    fn chosen(screen: &Screen, wanted: &wire::Monitor) -> String {
        screen.choose(wanted).unwrap().name.clone()
    }

    #[test]
    fn the_user_chooses_the_monitor() {
        let desk = desk();
        assert_eq!(chosen(&desk, &wire::Monitor::Pointer), "eDP-1");
        assert_eq!(chosen(&desk, &wire::Monitor::Primary), "DP-1");
        let named = |name: &str| wire::Monitor::Named(name.to_owned());
        assert_eq!(chosen(&desk, &named("DP-1")), "DP-1");
        assert_eq!(chosen(&desk, &named("HDMI-1")), "eDP-1", "not there");
    }

    #[test]
    fn without_a_pointer_or_a_primary_monitor_there_still_is_one() {
        let mut desk = desk();
        desk.pointer = None;
        assert_eq!(chosen(&desk, &wire::Monitor::Pointer), "DP-1");
        desk.monitors[1].primary = false;
        assert_eq!(chosen(&desk, &wire::Monitor::Pointer), "eDP-1");
        desk.pointer = Some((4000, 4000));
        assert_eq!(chosen(&desk, &wire::Monitor::Primary), "eDP-1");
        assert_eq!(Screen::default().choose(&wire::Monitor::Primary), None);
    }

    #[test]
    fn a_window_stands_in_the_middle_of_what_panels_leave() {
        let laptop = &desk().monitors[0];
        let place = laptop.place(&wish(Size::Normal, (560, 680)));
        assert_eq!(place, Area::new(356, 25, 568, 720));
    }

    #[test]
    fn no_window_is_larger_than_what_panels_leave() {
        let laptop = &desk().monitors[0];
        let place = laptop.place(&wish(Size::Normal, (1120, 1360)));
        assert_eq!(place, Area::new(76, 0, 1128, 770));
        for content in [(320, 400), (900, 1100)] {
            let corner = laptop.place(&wish(Size::Corner, content));
            assert!(laptop.work.holds(corner), "{corner:?}");
            assert_eq!((corner.right(), corner.bottom()), (1264, 754));
        }
    }

    #[test]
    fn a_full_screen_is_exactly_its_monitor() {
        let desk = desk();
        for monitor in &desk.monitors {
            let place = monitor.place(&wish(Size::Full, (560, 680)));
            assert_eq!(place, monitor.area);
        }
    }

    #[test]
    fn a_window_is_at_home_where_most_of_it_is() {
        let desk = desk();
        let home = |area| desk.home_of(area).map(|monitor| monitor.name.as_str());
        assert_eq!(home(Area::new(1200, 0, 100, 100)), Some("eDP-1"));
        assert_eq!(home(Area::new(1260, 0, 100, 100)), Some("DP-1"));
        assert_eq!(home(Area::new(5000, 0, 100, 100)), None);
    }

    #[test]
    fn a_window_is_brought_back_as_it_is_and_only_as_far_as_needed() {
        let room = Area::new(0, 0, 1280, 770);
        let brought = |area: Area| area.brought_into(room);
        let inside = Area::new(10, 20, 300, 200);
        assert_eq!(brought(inside), inside);
        assert_eq!(
            brought(Area::new(2000, 900, 560, 680)),
            Area::new(720, 90, 560, 680)
        );
        assert_eq!(brought(Area::new(-50, -60, 2000, 900)), room);
    }
}
