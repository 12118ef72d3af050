//! The icon of the windows: somebody upright, arms raised, and warm where it does good.
//!
//! Drawn with the colours of the theme. Windows show the picture that was made of it once, since
//! drawing takes longer than reading; a test holds the two together.

use egui::{Color32, ColorImage, IconData, Painter, Pos2, Rect, Shape, Stroke, lerp, pos2, vec2};

use super::{
    picture::{picture, read_png},
    stretch::figure::brush::fraction,
    theme::Theme,
};

/// The picture, [`SIZE`] pixels wide and high.
const PICTURE: &[u8] = include_bytes!("../../assets/icons/unhunch.png");
/// The size of the picture, in pixels.
pub const SIZE: f32 = 128.0;

/// The icon for the toolkit; none if the picture cannot be read.
#[must_use]
pub fn icon() -> IconData {
    let Ok(image) = read_png(PICTURE) else {
        return IconData::default();
    };
    let [width, height] = image.size.map(|side| u32::try_from(side).unwrap_or(0));
    IconData {
        rgba: image
            .pixels
            .iter()
            .flat_map(Color32::to_srgba_unmultiplied)
            .collect(),
        width,
        height,
    }
}

/// Draws the icon, `size` pixels wide and high.
#[must_use]
pub fn draw(size: f32) -> ColorImage {
    let theme = Theme::new(false, false, None);
    picture(
        vec2(SIZE, SIZE),
        size / SIZE,
        Color32::TRANSPARENT,
        |_| {},
        |ui| paint(ui.painter(), &theme),
    )
}

/// On a field of [`SIZE`] points.
fn paint(painter: &Painter, theme: &Theme) {
    let tile = Rect::from_min_size(Pos2::ZERO, vec2(SIZE, SIZE)).shrink(6.0);
    painter.rect_filled(tile, 30.0, theme.accent);
    let ink = theme.on_accent;
    for side in [-1.0, 1.0] {
        let at = |x: f32, y: f32| pos2(64.0 + side * x, y);
        let arm = [at(17.0, 68.0), at(32.0, 56.0), at(29.0, 27.0)];
        for t in 0..=ARM {
            let t = fraction(t, ARM);
            painter.circle_filled(along(arm, t), lerp(8.5..=6.0, t), ink);
        }
    }
    // From the shoulders to the waist.
    let trunk = [
        pos2(64.0 - 22.0, 62.0),
        pos2(64.0 + 22.0, 62.0),
        pos2(64.0 + 12.0, 106.0),
        pos2(64.0 - 12.0, 106.0),
    ];
    painter.add(Shape::convex_polygon(
        trunk.to_vec(),
        ink,
        Stroke::new(8.0, ink),
    ));
    painter.circle_filled(pos2(64.0, 40.0), 13.0, ink);
    // Where it does good: between the shoulder blades.
    painter.circle_filled(pos2(64.0, 75.0), 10.5, theme.glow);
}

/// In how many pieces an arm is drawn.
const ARM: usize = 48;

/// A place on the curve that begins and ends at the outer points and bends at the middle one.
fn along([a, b, c]: [Pos2; 3], t: f32) -> Pos2 {
    a.lerp(b, t).lerp(b.lerp(c, t), t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_what_is_drawn() {
        let kept = read_png(PICTURE).unwrap();
        let drawn = draw(SIZE);
        assert_eq!(kept.size, drawn.size);
        let differ = kept
            .pixels
            .iter()
            .zip(&drawn.pixels)
            .filter(|(kept, drawn)| {
                let (kept, drawn) = (kept.to_array(), drawn.to_array());
                // Written without the alpha multiplied in, colours are rounded.
                kept.iter().zip(drawn).any(|(a, b)| a.abs_diff(b) > 2)
            })
            .count();
        assert_eq!(differ, 0, "unhunch __icon assets/icons/unhunch.png");
    }

    #[test]
    fn the_drawing_in_lines_shows_the_same() {
        use resvg::{tiny_skia, usvg};

        let lines = include_str!("../../assets/icons/unhunch.svg");
        let tree = usvg::Tree::from_str(lines, &usvg::Options::default()).unwrap();
        let mut pixels = tiny_skia::Pixmap::new(128, 128).unwrap();
        resvg::render(
            &tree,
            tiny_skia::Transform::identity(),
            &mut pixels.as_mut(),
        );
        let drawn = draw(SIZE);
        let differ = (drawn.pixels.iter().zip(pixels.pixels()))
            .filter(|(a, b)| {
                let other = [b.red(), b.green(), b.blue(), b.alpha()];
                a.to_array()
                    .iter()
                    .zip(other)
                    .any(|(a, b)| a.abs_diff(b) > 48)
            })
            .count();
        // Edges are smoothed in two ways.
        assert!(differ < 128 * 128 / 50, "{differ} pixels");
    }

    #[test]
    fn an_icon_is_there() {
        let icon = icon();
        assert_eq!((icon.width, icon.height), (128, 128));
        assert_eq!(icon.rgba.len(), 128 * 128 * 4);
    }
}
