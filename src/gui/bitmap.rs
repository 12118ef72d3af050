//! Pictures of the user's as pixels: PNG, and SVG as shapes.
//!
//! Reads the file that it is given and nothing else: an SVG gets no fonts and may not draw in other
//! files. Letters in it have to be shapes.

use std::{
    fs::File,
    io::{Cursor, Read as _},
    path::Path,
};

use anyhow::{Context as _, bail, ensure};
use egui::ColorImage;
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{ImageHrefResolver, Options, Tree},
};

/// A larger file than this, in bytes, is not read.
const LARGEST: u64 = 8 * 1024 * 1024;
/// A wider or higher picture than this, in pixels, is not read.
pub const LARGEST_SIDE: u32 = 4096;
/// The longer side of an SVG as it is drawn: sharp on a large window, twice as fine as usual.
const DRAWN_SIDE: f32 = 1600.0;

/// The picture in a file.
///
/// # Errors
/// When it is no picture, or too large a one.
pub fn read(path: &Path) -> anyhow::Result<ColorImage> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)?;
    ensure!(bytes.len() as u64 <= LARGEST, "the file is too large");
    if bytes.starts_with(b"\x89PNG") {
        png(&bytes).context("reading it as PNG")
    } else {
        svg(&bytes).context("reading it as SVG")
    }
}

fn png(bytes: &[u8]) -> anyhow::Result<ColorImage> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info()?;
    let (width, height) = reader.info().size();
    ensure!(
        width.max(height) <= LARGEST_SIDE,
        "it is larger than {LARGEST_SIDE} pixels"
    );
    let size = reader
        .output_buffer_size()
        .context("it is larger than memory")?;
    let mut pixels = vec![0; size];
    let frame = reader.next_frame(&mut pixels)?;
    pixels.truncate(frame.buffer_size());
    let size = [usize::try_from(width)?, usize::try_from(height)?];
    let rgba: Vec<u8> = match frame.color_type {
        png::ColorType::Rgba => pixels,
        png::ColorType::Rgb => (pixels.chunks_exact(3))
            .flat_map(|p| [p[0], p[1], p[2], 255])
            .collect(),
        png::ColorType::GrayscaleAlpha => (pixels.chunks_exact(2))
            .flat_map(|p| [p[0], p[0], p[0], p[1]])
            .collect(),
        png::ColorType::Grayscale => pixels.iter().flat_map(|p| [*p, *p, *p, 255]).collect(),
        png::ColorType::Indexed => bail!("its palette was not expanded"),
    };
    Ok(ColorImage::from_rgba_unmultiplied(size, &rgba))
}

fn svg(bytes: &[u8]) -> anyhow::Result<ColorImage> {
    let options = Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_data(bytes, &options)?;
    let size = tree.size();
    let scale = DRAWN_SIDE / size.width().max(size.height());
    ensure!(scale.is_finite() && scale > 0.0, "it has no size");
    let side = |length: f32| (length * scale).ceil().clamp(1.0, DRAWN_SIDE) as u32;
    let (width, height) = (side(size.width()), side(size.height()));
    let mut pixmap = Pixmap::new(width, height).context("it has no size")?;
    let transform = Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    let size = [usize::try_from(width)?, usize::try_from(height)?];
    Ok(ColorImage::from_rgba_premultiplied(size, pixmap.data()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use egui::Color32;

    use super::*;
    use crate::gui::{picture::write_png, theme::UNTINTED};

    fn read_bytes(bytes: &[u8]) -> anyhow::Result<ColorImage> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("picture");
        fs::write(&file, bytes).unwrap();
        read(&file)
    }

    #[test]
    fn a_png_comes_back_as_it_was_written() {
        let mut image = ColorImage::filled([3, 2], UNTINTED);
        image.pixels[4] = Color32::default();
        let mut bytes = Vec::new();
        write_png(&image, &mut bytes).unwrap();

        assert_eq!(read_bytes(&bytes).unwrap().pixels, image.pixels);
    }

    #[test]
    fn an_svg_is_drawn_large() {
        let text = r#"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5">
            <rect width="10" height="5"/></svg>"#;
        let image = read_bytes(text.as_bytes()).unwrap();
        assert_eq!(image.size, [1600, 800]);
        assert!(
            image
                .pixels
                .iter()
                .all(|pixel| pixel.to_array() == [0, 0, 0, 255])
        );
    }

    #[test]
    fn an_svg_draws_no_other_file() {
        let folder = tempfile::tempdir().unwrap();
        let mut bytes = Vec::new();
        write_png(&ColorImage::filled([4, 4], UNTINTED), &mut bytes).unwrap();
        let other = folder.path().join("other.png");
        fs::write(&other, bytes).unwrap();
        let text = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4">
            <image href="{}" width="4" height="4"/></svg>"#,
            other.display()
        );
        let image = read_bytes(text.as_bytes()).unwrap();
        assert!(image.pixels.iter().all(|pixel| pixel.a() == 0));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let mut cut = Vec::new();
        write_png(&ColorImage::filled([40, 40], UNTINTED), &mut cut).unwrap();
        cut.truncate(60);
        let endless = r#"<svg xmlns="http://www.w3.org/2000/svg" width="inf" height="-1"/>"#;
        for bytes in [
            b"".as_slice(),
            b"<svg",
            b"\x89PNG",
            &cut,
            endless.as_bytes(),
        ] {
            assert!(read_bytes(bytes).is_err());
        }
    }
}
