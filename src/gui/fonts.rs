//! The type and the icons, built in: nothing is looked for on the machine.
//!
//! Inter in three weights, its digits all of one width so that a countdown does not tremble, and
//! the icons of Phosphor that the windows use. Licences and origins are in `assets/fonts`.

use std::{collections::BTreeMap, sync::Arc};

use egui::{FontData, FontDefinitions, FontFamily, FontId, TextStyle};

use super::theme::size;

/// Icons, by what they stand for.
pub mod icon {
    /// Begin, go on.
    pub const PLAY: char = '\u{e3d0}';
    /// Stand still.
    pub const PAUSE: char = '\u{e39e}';
    /// Later.
    pub const SNOOZE: char = '\u{e19e}';
    /// Not this one.
    pub const SKIP: char = '\u{e5a6}';
    /// More.
    pub const MORE: char = '\u{e1fe}';
    /// Another stretch.
    pub const OTHER: char = '\u{e422}';
    /// From the start.
    pub const AGAIN: char = '\u{e038}';
    /// The other side first.
    pub const SIDES: char = '\u{e0a0}';
    /// What to know.
    pub const INFO: char = '\u{e2ce}';
    /// The keys.
    pub const KEYS: char = '\u{e2d8}';
    /// Close.
    pub const CLOSE: char = '\u{e4f6}';
    /// Done.
    pub const CHECK: char = '\u{e182}';
    /// One more.
    pub const PLUS: char = '\u{e3d4}';
    /// How long.
    pub const CLOCK: char = '\u{e19a}';
    /// On a chair.
    pub const CHAIR: char = '\u{e950}';
    /// On one's feet.
    pub const STANDING: char = '\u{e3a8}';
    /// On a mat.
    pub const MAT: char = '\u{ea1a}';
    /// A larger window.
    pub const LARGER: char = '\u{e0a6}';
    /// All of the screen.
    pub const FULL: char = '\u{e1d0}';
    /// No longer all of it.
    pub const NOT_FULL: char = '\u{e1ce}';
    /// Not to be seen again.
    pub const HIDDEN: char = '\u{e224}';
    /// As it was before.
    pub const UNDO: char = '\u{e08a}';
    /// Something did not work.
    pub const WARNING: char = '\u{e4e0}';
    /// Sounds are on.
    pub const SOUND: char = '\u{e44a}';
    /// Sounds are off.
    pub const MUTED: char = '\u{e45a}';
    /// The breath.
    pub const BREATH: char = '\u{e5d2}';
    /// What is looked for.
    pub const SEARCH: char = '\u{e30c}';
    /// Back to where one was.
    pub const BACK: char = '\u{e058}';
    /// The one before.
    pub const BEFORE: char = '\u{e138}';
    /// The one after.
    pub const AFTER: char = '\u{e13a}';
    /// More often.
    pub const MORE_OFTEN: char = '\u{e13c}';
    /// Less often.
    pub const LESS_OFTEN: char = '\u{e136}';
    /// What others see of it.
    pub const SEEN: char = '\u{e220}';
    /// Parts of the body.
    pub const BODY: char = '\u{ecfe}';
    /// Away with it.
    pub const TRASH: char = '\u{e4a6}';
    /// Another name, another text.
    pub const EDIT: char = '\u{e3b4}';
    /// The same once more.
    pub const COPY: char = '\u{e1ca}';
    /// Days and times.
    pub const CALENDAR: char = '\u{e10a}';
    /// Held back.
    pub const HAND: char = '\u{e57e}';
    /// How it looks.
    pub const PALETTE: char = '\u{e6c8}';
    /// Programs.
    pub const TERMINAL: char = '\u{eae8}';
    /// For nobody else.
    pub const LOCK: char = '\u{e308}';
    /// A folder.
    pub const FOLDER: char = '\u{e256}';
    /// Less.
    pub const MINUS: char = '\u{e32a}';
    /// Further up.
    pub const UP: char = '\u{e08e}';
    /// Further down.
    pub const DOWN: char = '\u{e03e}';
    /// Out of the program.
    pub const SAVE: char = '\u{e20c}';
    /// Into the program.
    pub const TAKE_IN: char = '\u{e4c0}';
    /// Somebody speaks.
    pub const MICROPHONE: char = '\u{e326}';
    /// Settings.
    pub const SETTINGS: char = '\u{e272}';
    /// A reminder.
    pub const REMINDER: char = '\u{e0d0}';
    /// Not now.
    pub const QUIET: char = '\u{e0d4}';
    /// Something that happens at once.
    pub const EVENT: char = '\u{e2de}';
    /// To try it.
    pub const TRY: char = '\u{e79e}';
    /// Figures.
    pub const CHART: char = '\u{e150}';
    /// A sentence.
    pub const MESSAGE: char = '\u{e166}';
    /// A screen.
    pub const MONITOR: char = '\u{e32e}';
    /// Away from the computer.
    pub const AWAY: char = '\u{e330}';
    /// A window.
    pub const WINDOW: char = '\u{e5da}';
    /// On one's way.
    pub const WALK: char = '\u{e73a}';
    /// A file.
    pub const FILE: char = '\u{e23a}';
    /// To mend something.
    pub const MEND: char = '\u{e5d4}';
}

const MEDIUM: &str = "medium";
const SEMIBOLD: &str = "semibold";
const ICONS: &str = "icons";

/// Regular, at this size.
#[must_use]
pub fn regular(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Medium, at this size.
#[must_use]
pub fn medium(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(MEDIUM.into()))
}

/// Semibold, at this size.
#[must_use]
pub fn semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SEMIBOLD.into()))
}

/// The icons, at this size.
#[must_use]
pub fn icons(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(ICONS.into()))
}

/// The styles that egui's own widgets ask for.
#[must_use]
pub fn text_styles() -> BTreeMap<TextStyle, FontId> {
    BTreeMap::from([
        (TextStyle::Small, regular(size::FAINT)),
        (TextStyle::Body, regular(size::BODY)),
        (TextStyle::Button, medium(size::BODY)),
        (TextStyle::Heading, semibold(size::NAME)),
        (TextStyle::Monospace, regular(size::BODY)),
    ])
}

/// Makes the fonts known to egui. Call once, before the first frame.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(definitions());
}

fn definitions() -> FontDefinitions {
    let files: [(&str, &'static [u8]); 4] = [
        (
            "regular",
            include_bytes!("../../assets/fonts/Inter-Regular.ttf"),
        ),
        (
            MEDIUM,
            include_bytes!("../../assets/fonts/Inter-Medium.ttf"),
        ),
        (
            SEMIBOLD,
            include_bytes!("../../assets/fonts/Inter-SemiBold.ttf"),
        ),
        (ICONS, include_bytes!("../../assets/fonts/Phosphor.ttf")),
    ];
    // What Inter's subset lacks (Greek, Cyrillic, symbols) is taken from the fonts of egui.
    let mut fonts = FontDefinitions::default();
    let fallback = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    for (name, bytes) in files {
        fonts
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
        let mut family = vec![name.to_owned()];
        family.extend(fallback.iter().cloned());
        fonts
            .families
            .insert(FontFamily::Name(name.into()), family.clone());
        if name == "regular" {
            fonts.families.insert(FontFamily::Proportional, family);
        }
    }
    fonts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A context after its first pass, in which it takes the fonts.
    fn installed() -> egui::Context {
        let ctx = egui::Context::default();
        install(&ctx);
        let mut output = ctx.run_ui(egui::RawInput::default(), |_| {});
        // Nothing is drawn here.
        output.textures_delta.clear();
        ctx
    }

    /// The width of a text in points.
    fn width(ctx: &egui::Context, text: &str, font: FontId) -> f32 {
        ctx.fonts_mut(|fonts| {
            fonts
                .layout_no_wrap(text.to_owned(), font, egui::Color32::PLACEHOLDER)
                .rect
                .width()
        })
    }

    #[test]
    fn digits_are_as_wide_as_each_other() {
        let ctx = installed();
        for font in [regular(34.0), medium(34.0), semibold(34.0)] {
            let zero = width(&ctx, "0", font.clone());
            for digit in '1'..='9' {
                let other = width(&ctx, &digit.to_string(), font.clone());
                assert!(
                    (zero - other).abs() < 0.01,
                    "{digit} is {other}, 0 is {zero}"
                );
            }
        }
    }

    #[test]
    fn an_icon_stands_in_the_middle_of_its_box() {
        let ctx = installed();
        let galley = ctx.fonts_mut(|fonts| {
            let color = egui::Color32::PLACEHOLDER;
            fonts.layout_no_wrap(icon::CHECK.to_string(), icons(100.0), color)
        });
        let off = galley.mesh_bounds.center() - galley.rect.center();
        assert!(off.x.abs() < 2.5 && off.y.abs() < 5.0, "{off:?}");
    }

    #[test]
    fn every_icon_is_in_the_font() {
        let ctx = installed();
        for icon in [
            icon::PLAY,
            icon::PAUSE,
            icon::SNOOZE,
            icon::SKIP,
            icon::MORE,
            icon::OTHER,
            icon::AGAIN,
            icon::SIDES,
            icon::INFO,
            icon::KEYS,
            icon::CLOSE,
            icon::CHECK,
            icon::PLUS,
            icon::CLOCK,
            icon::CHAIR,
            icon::STANDING,
            icon::MAT,
            icon::HIDDEN,
            icon::UNDO,
            icon::WARNING,
            icon::SOUND,
            icon::MUTED,
            icon::BREATH,
            icon::SEARCH,
            icon::BACK,
            icon::BEFORE,
            icon::AFTER,
            icon::MORE_OFTEN,
            icon::LESS_OFTEN,
            icon::SEEN,
            icon::BODY,
            icon::TRASH,
            icon::EDIT,
            icon::COPY,
            icon::CALENDAR,
            icon::HAND,
            icon::PALETTE,
            icon::TERMINAL,
            icon::LOCK,
            icon::FOLDER,
            icon::MINUS,
            icon::UP,
            icon::DOWN,
            icon::SAVE,
            icon::TAKE_IN,
            icon::MICROPHONE,
            icon::SETTINGS,
            icon::REMINDER,
            icon::QUIET,
            icon::EVENT,
            icon::TRY,
            icon::CHART,
            icon::MESSAGE,
            icon::MONITOR,
            icon::AWAY,
            icon::WINDOW,
            icon::WALK,
            icon::FILE,
            icon::MEND,
        ] {
            assert!(
                ctx.fonts_mut(|fonts| fonts.has_glyph(&icons(20.0), icon)),
                "{:x} is not in the subset",
                u32::from(icon)
            );
        }
    }
}
