//! Windows as pictures, drawn in software and without a display.
//!
//! Takes the shapes of one pass of egui, as the window would show them, and fills their triangles
//! one pixel at a time: the same blending as on the graphics card, and the same result on every
//! machine. Used by the tests, and by the hidden commands that draw film strips and contact
//! sheets.

use std::{
    collections::HashMap,
    io::{Cursor, Write},
};

use anyhow::Context as _;
use egui::{
    Color32, ColorImage, FullOutput, ImageData, Pos2, RawInput, Rect, TextureId, TexturesDelta, Ui,
    Vec2,
    epaint::{ClippedPrimitive, Primitive, Vertex},
};

/// Draws passes of egui. Keeps the textures from one pass to the next, as a graphics card would.
#[derive(Default)]
pub struct Rasterizer {
    textures: HashMap<TextureId, ColorImage>,
}

impl Rasterizer {
    /// Takes over what changed in the textures.
    pub fn update(&mut self, delta: &mut TexturesDelta) {
        for (id, changes) in std::mem::take(&mut delta.set) {
            for change in changes {
                let ImageData::Color(image) = change.image;
                match change.pos {
                    None => {
                        self.textures.insert(id, (*image).clone());
                    }
                    Some([x, y]) => {
                        if let Some(texture) = self.textures.get_mut(&id) {
                            patch(texture, &image, x, y);
                        }
                    }
                }
            }
        }
        for id in std::mem::take(&mut delta.free) {
            self.textures.remove(&id);
        }
    }

    /// Draws a pass on `ground`. Its textures have to be [updated](Self::update) before.
    #[must_use]
    pub fn draw(&self, ctx: &egui::Context, output: &FullOutput, ground: Color32) -> ColorImage {
        let scale = output.pixels_per_point;
        let size = (ctx.content_rect().size() * scale).round();
        let mut image = ColorImage::filled([whole(size.x), whole(size.y)], ground);
        for ClippedPrimitive {
            clip_rect,
            primitive,
        } in ctx.tessellate(output.shapes.clone(), scale)
        {
            let Primitive::Mesh(mesh) = primitive else {
                continue;
            };
            let Some(texture) = self.textures.get(&mesh.texture_id) else {
                continue;
            };
            let clip = Rect::from_min_max(
                (clip_rect.min.to_vec2() * scale).round().to_pos2(),
                (clip_rect.max.to_vec2() * scale).round().to_pos2(),
            );
            for corner in mesh.indices.chunks_exact(3) {
                let corners = [corner[0], corner[1], corner[2]].map(|i| {
                    let vertex = mesh.vertices[i as usize];
                    Vertex {
                        pos: (vertex.pos.to_vec2() * scale).to_pos2(),
                        ..vertex
                    }
                });
                fill(&mut image, texture, clip, &corners);
            }
        }
        image
    }
}

/// Draws `show` at a size in points, `scale` pixels to the point, after a few passes in which the
/// layout settles.
pub fn picture(
    size: Vec2,
    scale: f32,
    ground: Color32,
    setup: impl FnOnce(&egui::Context),
    mut show: impl FnMut(&mut Ui),
) -> ColorImage {
    let ctx = egui::Context::default();
    setup(&ctx);
    let mut rasterizer = Rasterizer::default();
    let mut output = FullOutput::default();
    for pass in 0..3 {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
            time: Some(f64::from(pass)),
            ..RawInput::default()
        };
        if let Some(viewport) = input.viewports.get_mut(&input.viewport_id) {
            viewport.native_pixels_per_point = Some(scale);
        }
        output = ctx.run_ui(input, &mut show);
        rasterizer.update(&mut output.textures_delta);
    }
    rasterizer.draw(&ctx, &output, ground)
}

/// Writes a picture as PNG.
pub fn write_png(image: &ColorImage, to: impl Write) -> anyhow::Result<()> {
    let [width, height] = image.size;
    let mut encoder = png::Encoder::new(to, u32::try_from(width)?, u32::try_from(height)?);
    let opaque = image.pixels.iter().all(Color32::is_opaque);
    encoder.set_color(if opaque {
        png::ColorType::Rgb
    } else {
        png::ColorType::Rgba
    });
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    let channels = if opaque { 3 } else { 4 };
    let bytes: Vec<u8> = image
        .pixels
        .iter()
        .flat_map(|pixel| pixel.to_srgba_unmultiplied().into_iter().take(channels))
        .collect();
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(&bytes))
        .context("writing a picture")
}

/// Reads a picture as they are written here: PNG in colours of eight bits, with or without
/// transparency.
pub fn read_png(from: &[u8]) -> anyhow::Result<ColorImage> {
    let mut decoder = png::Decoder::new(Cursor::new(from));
    decoder.set_transformations(png::Transformations::ALPHA);
    let mut reader = decoder.read_info()?;
    let mut bytes = vec![
        0;
        reader
            .output_buffer_size()
            .context("a picture that large")?
    ];
    let info = reader.next_frame(&mut bytes)?;
    anyhow::ensure!(
        (info.color_type, info.bit_depth) == (png::ColorType::Rgba, png::BitDepth::Eight),
        "the picture has other channels than those that are written here"
    );
    let size = [usize::try_from(info.width)?, usize::try_from(info.height)?];
    Ok(ColorImage::from_rgba_unmultiplied(size, &bytes))
}

/// Copies `piece` into `image` with its corner at these coordinates.
pub fn patch(image: &mut ColorImage, piece: &ColorImage, x: usize, y: usize) {
    let width = image.size[0];
    for (row, pixels) in piece.pixels.chunks_exact(piece.size[0].max(1)).enumerate() {
        let start = (y + row) * width + x;
        image.pixels[start..start + pixels.len()].copy_from_slice(pixels);
    }
}

/// Fills one triangle, given in pixels.
fn fill(image: &mut ColorImage, texture: &ColorImage, clip: Rect, corners: &[Vertex; 3]) {
    let [a, b, c] = corners;
    let area = edge(a.pos, b.pos, c.pos);
    if area == 0.0 {
        return;
    }
    // One winding only, so that a pixel on a shared edge is filled by exactly one triangle.
    let (b, c, area) = if area < 0.0 {
        (c, b, -area)
    } else {
        (b, c, area)
    };
    let bounds = Rect::from_points(&[a.pos, b.pos, c.pos]).intersect(clip);
    let [width, height] = image.size;
    let rows = whole(bounds.min.y.floor())..whole(bounds.max.y.ceil()).min(height);
    for y in rows {
        for x in whole(bounds.min.x.floor())..whole(bounds.max.x.ceil()).min(width) {
            let at = Pos2::new(middle(x), middle(y));
            if !clip.contains(at) {
                continue;
            }
            let (wa, wb, wc) = (
                edge(b.pos, c.pos, at),
                edge(c.pos, a.pos, at),
                edge(a.pos, b.pos, at),
            );
            let inside =
                covers(wa, b.pos, c.pos) && covers(wb, c.pos, a.pos) && covers(wc, a.pos, b.pos);
            if !inside {
                continue;
            }
            let (wa, wb, wc) = (wa / area, wb / area, wc / area);
            let uv = a.uv.to_vec2() * wa + b.uv.to_vec2() * wb + c.uv.to_vec2() * wc;
            let texel = sample(texture, uv);
            let pixel = &mut image.pixels[y * width + x];
            let mut source = [0.0; 4];
            for (i, value) in source.iter_mut().enumerate() {
                let color = f32::from(a.color[i]) * wa
                    + f32::from(b.color[i]) * wb
                    + f32::from(c.color[i]) * wc;
                *value = color * texel[i];
            }
            let left = 1.0 - source[3] / 255.0;
            for (i, value) in source.into_iter().enumerate() {
                pixel[i] = byte(value + f32::from(pixel[i]) * left);
            }
        }
    }
}

/// Twice the area of the triangle, positive when it goes clockwise on the screen.
fn edge(a: Pos2, b: Pos2, c: Pos2) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// Whether a pixel with this distance from the edge `a`-`b` belongs to the triangle: points on an
/// upper or a left edge do, those on the other edges belong to the neighbour.
fn covers(distance: f32, a: Pos2, b: Pos2) -> bool {
    distance > 0.0 || (distance == 0.0 && (b.y < a.y || (b.y == a.y && b.x > a.x)))
}

/// The texture at `uv` (0 to 1), between its four nearest texels, each channel from 0 to 1.
fn sample(texture: &ColorImage, uv: Vec2) -> [f32; 4] {
    let [width, height] = texture.size;
    let x = (uv.x * extent(width) - 0.5).clamp(0.0, extent(width) - 1.0);
    let y = (uv.y * extent(height) - 0.5).clamp(0.0, extent(height) - 1.0);
    let (x0, y0) = (whole(x.floor()), whole(y.floor()));
    let (x1, y1) = ((x0 + 1).min(width - 1), (y0 + 1).min(height - 1));
    let (fx, fy) = (x.fract(), y.fract());
    let texel = |x: usize, y: usize, i: usize| f32::from(texture.pixels[y * width + x][i]) / 255.0;
    std::array::from_fn(|i| {
        egui::lerp(
            egui::lerp(texel(x0, y0, i)..=texel(x1, y0, i), fx)
                ..=egui::lerp(texel(x0, y1, i)..=texel(x1, y1, i), fx),
            fy,
        )
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "coordinates of pixels, never negative after the clamp"
)]
fn whole(value: f32) -> usize {
    value.max(0.0) as usize
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to a byte"
)]
fn byte(value: f32) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

#[expect(clippy::cast_precision_loss, reason = "pictures are small")]
fn extent(pixels: usize) -> f32 {
    pixels as f32
}

fn middle(pixel: usize) -> f32 {
    extent(pixel) + 0.5
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::theme::Theme;

    #[test]
    fn a_rectangle_covers_its_pixels_once_and_no_others() {
        let half = Theme::new(false, false, None).glow.gamma_multiply(0.5);
        let ground = Theme::new(true, true, None).background;
        let image = picture(
            Vec2::new(20.0, 10.0),
            2.0,
            ground,
            |ctx| ctx.tessellation_options_mut(|options| options.feathering = false),
            |ui| {
                let area = Rect::from_min_max(Pos2::new(4.0, 2.0), Pos2::new(8.0, 6.0));
                ui.painter().rect_filled(area, 0.0, half);
            },
        );
        assert_eq!(image.size, [40, 20]);
        for (i, pixel) in image.pixels.iter().enumerate() {
            let (x, y) = (i % 40, i / 40);
            let inside = (8..16).contains(&x) && (4..12).contains(&y);
            // Half a colour over black, once: the seam between the two triangles must not be darker.
            let expected = if inside { half.r() } else { ground.r() };
            assert_eq!(pixel.r(), expected, "at {x}, {y}");
        }
    }

    #[test]
    fn a_picture_is_read_as_it_was_written() {
        let opaque = Theme::new(false, false, None).accent;
        let clear = opaque.gamma_multiply(0.5);
        for color in [opaque, clear] {
            let image = ColorImage::filled([3, 2], color);
            let mut file = Vec::new();
            write_png(&image, &mut file).unwrap();
            assert_eq!(read_png(&file).unwrap(), image);
        }
    }
}
