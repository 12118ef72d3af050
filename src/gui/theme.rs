//! Every colour, size and duration of the windows, in light, dark and high contrast.
//!
//! A colour literal elsewhere is a slip. The tests below hold text to 4.5 : 1 and controls to
//! 3 : 1 against what they stand on (7 : 1 in high contrast).

use std::time::Duration;

use egui::{Color32, CornerRadius, Stroke};

/// Sizes of type, in points.
pub mod size {
    /// Body text and buttons.
    pub const BODY: f32 = 15.0;
    /// Text that stays in the background.
    pub const FAINT: f32 = 13.0;
    /// The name of the stretch.
    pub const NAME: f32 = 22.0;
    /// What to do now.
    pub const CUE: f32 = 30.0;
    /// The smallest the cue shrinks to before it is cut.
    pub const CUE_SMALLEST: f32 = 17.0;
    /// What the stretch is, before the start.
    pub const SUMMARY: f32 = 20.0;
    /// The time left.
    pub const TIME: f32 = 34.0;
    /// The count before the start.
    pub const COUNT: f32 = 96.0;
    /// The title of a page.
    pub const TITLE: f32 = 24.0;
    /// The name on a card.
    pub const CARD_NAME: f32 = 16.0;
    /// A mark on a card.
    pub const MARK: f32 = 12.0;
    /// The sentence of a message break.
    pub const MESSAGE: f32 = 28.0;
}

/// Distances, in points; everything stands on steps of four.
pub mod space {
    /// Between things that belong together.
    pub const TIGHT: f32 = 4.0;
    /// Between neighbours.
    pub const SMALL: f32 = 8.0;
    /// Between groups.
    pub const MEDIUM: f32 = 16.0;
    /// Around the content of a window.
    pub const EDGE: f32 = 24.0;
    /// The height of a button.
    pub const BUTTON: f32 = 40.0;
    /// The rounding of corners.
    pub const CORNER: u8 = 10;
}

/// The tint that leaves a picture as it is.
pub const UNTINTED: Color32 = Color32::WHITE;

/// Inside cards, menus and key caps, in points.
pub const CARD: f32 = 8.0;

/// How long things take to fade.
pub mod fade {
    use super::Duration;

    /// From one cue to the next.
    pub const CUE: Duration = Duration::from_millis(260);
    /// From one figure to its mirror image.
    pub const FIGURE: Duration = Duration::from_millis(700);
    /// The glow on the part at work.
    pub const GLOW: Duration = Duration::from_millis(900);
    /// How long the last sentence stays before the window closes itself.
    pub const FAREWELL: Duration = Duration::from_secs(4);
}

/// The colours of one look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Theme {
    /// Light text on a dark ground.
    pub dark: bool,
    /// Pure grounds, stronger colours, outlines on every control.
    pub high_contrast: bool,
    /// Behind everything.
    pub background: Color32,
    /// Behind menus and cards.
    pub surface: Color32,
    /// What is read.
    pub text: Color32,
    /// What may be read.
    pub faint: Color32,
    /// The one colour: the filled button, the ring, the phases done.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Outlines of controls.
    pub outline: Color32,
    /// The track of the ring, phases to come.
    pub track: Color32,
    /// The disc on which the figure stands.
    pub ground: Color32,
    /// Under a pointer or a finger, over the background.
    pub hover: Color32,
    /// Where the stretch is felt.
    pub glow: Color32,
    /// What became of breaks.
    pub outcomes: OutcomeColors,
    /// The figure.
    pub figure: FigureColors,
}

/// What became of breaks, in charts. Chosen so that people who see few colours tell them apart, by
/// their lightness if by nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutcomeColors {
    /// Done.
    pub done: Color32,
    /// Taken away from the desk.
    pub away: Color32,
    /// Begun, and closed early.
    pub early: Color32,
    /// Refused.
    pub skipped: Color32,
    /// Not answered.
    pub missed: Color32,
}

impl OutcomeColors {
    const LIGHT: Self = Self {
        done: rgb(0x1F6F78),
        away: rgb(0x6FA3C7),
        early: rgb(0xC79A2B),
        skipped: rgb(0xB4532A),
        missed: rgb(0x2F2A33),
    };
    const DARK: Self = Self {
        done: rgb(0x6CC3C9),
        away: rgb(0x4A74BC),
        early: rgb(0xE7C04C),
        skipped: rgb(0xC2603A),
        missed: rgb(0xF1F1F4),
    };
}

/// The colours of the figure and of what it uses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FigureColors {
    /// The shirt.
    pub upper: Tone,
    /// The trousers.
    pub lower: Tone,
    /// The shoes.
    pub shoe: Tone,
    /// The skin.
    pub skin: Tone,
    /// The hair.
    pub hair: Tone,
    /// Eyes and mouth.
    pub feature: Color32,
    /// A breath of colour on the cheeks, over the skin.
    pub blush: Color32,
    /// Chair, wall, mat: drawn quietly.
    pub prop: Tone,
    /// The shadow on the ground.
    pub shadow: Color32,
}

/// What lies in the shade is on the way to this deep blue, not to black.
const NIGHT: Color32 = Color32::from_rgb(16, 22, 48);

/// A colour where the light falls and where it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tone {
    /// Towards the light.
    pub light: Color32,
    /// Away from it.
    pub shade: Color32,
}

impl Tone {
    /// A tone around `color`, `depth` (0 to 1) of the way to white and to a deep blue.
    fn around(color: Color32, depth: f32) -> Self {
        Self {
            light: mix(color, Color32::WHITE, depth * 0.75),
            shade: mix(color, NIGHT, depth),
        }
    }

    /// The same tone, `amount` (0 to 1) of the way to `ground`: for what is far away.
    #[must_use]
    pub fn toward(self, ground: Color32, amount: f32) -> Self {
        Self {
            light: mix(self.light, ground, amount),
            shade: mix(self.shade, ground, amount),
        }
    }

    /// The same tone nearer to the light.
    #[must_use]
    pub fn lifted(self) -> Self {
        self.toward(Color32::WHITE, 0.06)
    }

    /// The same tone in the shade of something.
    #[must_use]
    pub fn deeper(self) -> Self {
        self.toward(NIGHT, 0.34)
    }

    /// Its middle, without light and shade.
    #[must_use]
    pub fn flat(self) -> Self {
        let middle = self.at(0.5);
        Self {
            light: middle,
            shade: middle,
        }
    }

    /// The tone `amount` (0 to 1) of the way to another.
    #[must_use]
    pub fn mixed(self, other: Self, amount: f32) -> Self {
        Self {
            light: mix(self.light, other.light, amount),
            shade: mix(self.shade, other.shade, amount),
        }
    }

    /// Between light (0) and shade (1).
    #[must_use]
    pub fn at(self, shade: f32) -> Color32 {
        mix(self.light, self.shade, shade.clamp(0.0, 1.0))
    }
}

/// The skin and the hair of the tones 1 to 6.
const TONES: [(Color32, Color32); 6] = [
    (rgb(0xF3D3BD), rgb(0xB98A4B)),
    (rgb(0xE8BC9A), rgb(0x7A4B2A)),
    (rgb(0xD7A27A), rgb(0x4A3328)),
    (rgb(0xB57F56), rgb(0x33241E)),
    (rgb(0x8D5C3B), rgb(0x2A1D1A)),
    (rgb(0x65402B), rgb(0x1E1614)),
];

impl Theme {
    /// The theme for a desktop's wishes; `tone` is 1 to 6, anything else is the mannequin.
    #[must_use]
    pub fn new(dark: bool, high_contrast: bool, tone: Option<u8>) -> Self {
        match (dark, high_contrast) {
            (false, false) => Self::light(tone),
            (true, false) => Self::dark(tone),
            (false, true) => Self::light_contrast(tone),
            (true, true) => Self::dark_contrast(tone),
        }
    }

    /// Behind the pictures of a user, which are mostly drawn on white.
    #[must_use]
    pub fn paper(&self) -> Color32 {
        if self.dark && !self.high_contrast {
            rgb(0xE9E6E0)
        } else {
            Color32::WHITE
        }
    }

    fn light(tone: Option<u8>) -> Self {
        Self {
            dark: false,
            high_contrast: false,
            background: rgb(0xF6F3EE),
            surface: rgb(0xFFFFFF),
            text: rgb(0x22262B),
            faint: rgb(0x5C646E),
            accent: rgb(0x1F6F78),
            on_accent: rgb(0xFFFFFF),
            outline: rgb(0x8B8578),
            track: rgb(0xE4DED4),
            ground: rgb(0xECE7DE),
            hover: rgb(0xEAE5DB),
            glow: rgb(0xF2A65A),
            outcomes: OutcomeColors::LIGHT,
            figure: FigureColors {
                upper: Tone::around(rgb(0x3C84B0), 0.14),
                lower: Tone::around(rgb(0x2C3B5A), 0.13),
                shoe: Tone::around(rgb(0x20283A), 0.14),
                prop: Tone {
                    light: rgb(0xDCD5C8),
                    shade: rgb(0xCDC5B6),
                },
                shadow: rgb(0x6B6252),
                ..people(tone, (rgb(0xC3CDD5), rgb(0x66757F)))
            },
        }
    }

    fn dark(tone: Option<u8>) -> Self {
        Self {
            dark: true,
            high_contrast: false,
            background: rgb(0x17191C),
            surface: rgb(0x202327),
            text: rgb(0xECEAE6),
            faint: rgb(0xA3A9B1),
            accent: rgb(0x6CC3C9),
            on_accent: rgb(0x0E2A2D),
            outline: rgb(0x6C737C),
            track: rgb(0x2C3036),
            ground: rgb(0x212429),
            hover: rgb(0x262A2F),
            glow: rgb(0xF0A860),
            outcomes: OutcomeColors::DARK,
            figure: FigureColors {
                upper: Tone::around(rgb(0x5FA5CE), 0.14),
                lower: Tone::around(rgb(0x7584AA), 0.14),
                shoe: Tone::around(rgb(0xB9C2D3), 0.14),
                prop: Tone {
                    light: rgb(0x3D434B),
                    shade: rgb(0x33383F),
                },
                shadow: rgb(0x000000),
                ..people_in_the_dark(tone, (rgb(0xC6CFD7), rgb(0x788793)))
            },
        }
    }

    fn light_contrast(tone: Option<u8>) -> Self {
        let plain = Self::light(tone);
        Self {
            high_contrast: true,
            background: Color32::WHITE,
            surface: Color32::WHITE,
            text: Color32::BLACK,
            faint: rgb(0x33383E),
            accent: rgb(0x0A4A52),
            outline: Color32::BLACK,
            track: rgb(0xB9B9B9),
            ground: rgb(0xEDEDED),
            hover: rgb(0xE4E4E4),
            figure: FigureColors {
                prop: Tone {
                    light: rgb(0xB0B0B0),
                    shade: rgb(0x969696),
                },
                upper: plain.figure.upper,
                lower: plain.figure.lower,
                shoe: plain.figure.shoe,
                shadow: plain.figure.shadow,
                ..people(tone, (rgb(0x93A5B3), rgb(0x3E4B56)))
            },
            ..plain
        }
    }

    fn dark_contrast(tone: Option<u8>) -> Self {
        let plain = Self::dark(tone);
        Self {
            high_contrast: true,
            background: Color32::BLACK,
            surface: Color32::BLACK,
            text: Color32::WHITE,
            faint: rgb(0xD6DADF),
            accent: rgb(0x8BE3E9),
            on_accent: Color32::BLACK,
            outline: Color32::WHITE,
            track: rgb(0x4A4F56),
            ground: rgb(0x1E1E1E),
            hover: rgb(0x2A2A2A),
            figure: FigureColors {
                prop: Tone {
                    light: rgb(0x6A6F77),
                    shade: rgb(0x585D65),
                },
                upper: plain.figure.upper,
                lower: plain.figure.lower,
                shoe: plain.figure.shoe,
                shadow: plain.figure.shadow,
                ..people_in_the_dark(tone, (rgb(0xDFE6EC), rgb(0x8C9BA7)))
            },
            ..plain
        }
    }

    /// Sets egui's own colours, for the few widgets of its that we use, and text that is sharp.
    pub fn apply(&self, ctx: &egui::Context, reduced_motion: bool) {
        let theme = if self.dark {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        };
        ctx.set_theme(theme);
        ctx.style_mut_of(theme, |style| {
            style.text_styles = super::fonts::text_styles();
            style.animation_time = if reduced_motion { 0.0 } else { 0.12 };
            style.interaction.selectable_labels = false;
            style.spacing.item_spacing = egui::vec2(space::SMALL, space::SMALL);
            let visuals = &mut style.visuals;
            visuals.panel_fill = self.background;
            visuals.window_fill = self.surface;
            visuals.window_stroke = Stroke::new(1.0, self.menu_edge());
            visuals.window_corner_radius = CornerRadius::same(space::CORNER);
            visuals.menu_corner_radius = CornerRadius::same(space::CORNER);
            visuals.override_text_color = Some(self.text);
            visuals.selection.bg_fill = self.accent;
            visuals.selection.stroke = Stroke::new(2.0, self.on_accent);
            visuals.popup_shadow = egui::Shadow {
                offset: [0, 4],
                blur: 16,
                spread: 0,
                color: self.figure.shadow.gamma_multiply(0.18),
            };
        });
    }

    /// The edge of a window that has no frame: to be told from one of the same colour behind it.
    #[must_use]
    pub fn edge(&self) -> Color32 {
        if self.high_contrast {
            self.outline
        } else {
            mix(self.track, self.outline, 0.5)
        }
    }

    /// Behind the line of several that is meant now.
    #[must_use]
    pub fn marked(&self) -> Color32 {
        mix(self.background, self.accent, 0.12)
    }

    /// The edge of a menu or card: quiet, except in high contrast.
    #[must_use]
    pub fn menu_edge(&self) -> Color32 {
        if self.high_contrast {
            self.outline
        } else {
            self.track
        }
    }
}

/// Skin, hair and face; the other colours are filled in by the caller.
fn people(tone: Option<u8>, mannequin: (Color32, Color32)) -> FigureColors {
    person(person_of(tone).unwrap_or(mannequin))
}

/// The same before a dark ground, in which black hair would be lost.
fn people_in_the_dark(tone: Option<u8>, mannequin: (Color32, Color32)) -> FigureColors {
    let lit = |(skin, hair)| {
        let glint = rgb(0x9A8378);
        (mix(skin, glint, 0.06), mix(hair, glint, 0.30))
    };
    person(person_of(tone).map_or(mannequin, lit))
}

fn person_of(tone: Option<u8>) -> Option<(Color32, Color32)> {
    let place = usize::from(tone?).checked_sub(1)?;
    TONES.get(place).copied()
}

fn person((skin, hair): (Color32, Color32)) -> FigureColors {
    let plain = Tone::around(skin, 0.1);
    FigureColors {
        upper: plain,
        lower: plain,
        shoe: plain,
        skin: plain,
        hair: Tone::around(hair, 0.12),
        feature: mix(mix(skin, hair, 0.6), Color32::BLACK, 0.5),
        blush: mix(skin, rgb(0xD9694F), 0.5).gamma_multiply(0.32),
        prop: plain,
        shadow: Color32::BLACK,
    }
}

/// The colour `amount` (0 to 1) of the way from `a` to `b`.
#[must_use]
pub fn mix(a: Color32, b: Color32, amount: f32) -> Color32 {
    a.lerp_to_gamma(b, amount)
}

const fn rgb(hex: u32) -> Color32 {
    let [_, r, g, b] = hex.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ratio of WCAG 2, 1 to 21.
    fn contrast(a: Color32, b: Color32) -> f32 {
        let luminance = |color: Color32| {
            let linear = egui::Rgba::from(color);
            0.2126 * linear.r() + 0.7152 * linear.g() + 0.0722 * linear.b()
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[track_caller]
    fn check(theme: &Theme, what: &str, a: Color32, b: Color32, least: f32) {
        let found = contrast(a, b);
        assert!(
            found >= least,
            "{what} (dark: {}, high contrast: {}): {found:.2} : 1 is less than {least} : 1",
            theme.dark,
            theme.high_contrast,
        );
    }

    #[test]
    fn everything_to_read_or_to_press_stands_out() {
        for (dark, high_contrast) in [(false, false), (true, false), (false, true), (true, true)] {
            let theme = Theme::new(dark, high_contrast, None);
            let text = if high_contrast { 7.0 } else { 4.5 };
            let control = if high_contrast { 4.5 } else { 3.0 };
            for ground in [theme.background, theme.surface, theme.hover, theme.marked()] {
                check(&theme, "text", theme.text, ground, text);
                check(&theme, "faint text", theme.faint, ground, text);
            }
            check(&theme, "on accent", theme.on_accent, theme.accent, text);
            for ground in [theme.background, theme.surface] {
                check(&theme, "accent", theme.accent, ground, control);
                check(&theme, "outline", theme.outline, ground, control);
            }
            check(&theme, "ring", theme.accent, theme.track, control);
        }
    }

    /// What people see who lack one kind of cone, by the matrices of Machado, Oliveira and
    /// Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009),
    /// for the full deficiency.
    const DEFICIENCIES: [(&str, [[f32; 3]; 3]); 4] = [
        ("none", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        (
            "protanopia",
            [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
        ),
        (
            "deuteranopia",
            [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
        ),
        (
            "tritanopia",
            [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        ),
    ];

    /// How far apart two colours are to somebody with this deficiency, in CIELAB (1976): 2.3 is
    /// just noticeable side by side.
    fn distance(a: Color32, b: Color32, matrix: &[[f32; 3]; 3]) -> f32 {
        let lab = |color: Color32| {
            let linear = egui::Rgba::from(color);
            let seen = matrix
                .map(|row| row[0] * linear.r() + row[1] * linear.g() + row[2] * linear.b())
                .map(|part| part.clamp(0.0, 1.0));
            // sRGB to XYZ, relative to its white, D65.
            let x = (0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.9505;
            let y = 0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2];
            let z = (0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.089;
            let f = |t: f32| {
                if t > 0.008_856 {
                    t.cbrt()
                } else {
                    7.787 * t + 16.0 / 116.0
                }
            };
            let (x, y, z) = (f(x), f(y), f(z));
            [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
        };
        let (a, b) = (lab(a), lab(b));
        let squares = a.iter().zip(b).map(|(a, b)| (a - b).powi(2));
        squares.sum::<f32>().sqrt()
    }

    #[test]
    fn outcomes_are_told_apart_also_by_people_who_see_few_colours() {
        for dark in [false, true] {
            let theme = Theme::new(dark, false, None);
            let OutcomeColors {
                done,
                away,
                early,
                skipped,
                missed,
            } = theme.outcomes;
            let all = [done, away, early, skipped, missed];
            for (deficiency, matrix) in &DEFICIENCIES {
                for (n, a) in all.iter().enumerate() {
                    for b in &all[n + 1..] {
                        let apart = distance(*a, *b, matrix);
                        assert!(
                            apart >= 15.0,
                            "{a:?} and {b:?} with {deficiency} (dark: {dark}): {apart:.1}"
                        );
                    }
                }
            }
            for color in all {
                let found = contrast(color, theme.surface);
                assert!(found >= 2.5, "{color:?} (dark: {dark}): {found:.2} : 1");
            }
        }
    }

    #[test]
    fn every_part_of_the_figure_can_be_told_from_what_is_behind_it() {
        for dark in [false, true] {
            for tone in [None, Some(1), Some(2), Some(3), Some(4), Some(5), Some(6)] {
                let theme = Theme::new(dark, false, tone);
                for (what, part) in [
                    ("shirt", theme.figure.upper),
                    ("trousers", theme.figure.lower),
                    ("skin", theme.figure.skin),
                ] {
                    check(&theme, what, part.at(0.5), theme.background, 1.35);
                }
            }
        }
    }

    #[test]
    fn a_tone_that_does_not_exist_is_the_mannequin() {
        let mannequin = Theme::new(false, false, None);
        for tone in [0, 7, 255] {
            assert_eq!(Theme::new(false, false, Some(tone)), mannequin);
        }
        assert_ne!(Theme::new(false, false, Some(3)), mannequin);
    }
}
