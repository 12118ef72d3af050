//! The rig of the built-in file.

use super::value::{number, numbers, section};
use crate::{
    core::stretch::catalogue::{Lengths, Radii, Rig},
    stretch_file::reader::{Reader, Table},
};

const LENGTH: std::ops::RangeInclusive<f64> = 0.0..=1.0;

/// The rig of a file.
pub fn rig(reader: &mut Reader<'_>, root: &Table<'_>) -> Option<Rig> {
    let rig = section(reader, root, "rig")?;
    reader.keys(
        &rig,
        &["length", "offset", "head", "radius", "trunk_half_width"],
    );
    let length = section(reader, &rig, "length");
    let offset = section(reader, &rig, "offset");
    let head = section(reader, &rig, "head");
    let radius = section(reader, &rig, "radius");
    let trunk = section(reader, &rig, "trunk_half_width");
    let (offset, head, trunk) = (offset?, head?, trunk?);
    Some(Rig {
        length: lengths(reader, &length?)?,
        shoulder_half_width: number(reader, &offset, "shoulder_half_width", LENGTH)?,
        shoulder_drop: number(reader, &offset, "shoulder_drop", LENGTH)?,
        hip_half_width: number(reader, &offset, "hip_half_width", LENGTH)?,
        head_up: number(reader, &head, "radius_up", LENGTH)?,
        head_across_side: number(reader, &head, "radius_across_side", LENGTH)?,
        head_across_front: number(reader, &head, "radius_across_front", LENGTH)?,
        radius: radii(reader, &radius?)?,
        trunk_side: half_widths(reader, &trunk, "side")?,
        trunk_front: half_widths(reader, &trunk, "front")?,
        trunk_depth: number(reader, &trunk, "depth", LENGTH)?,
    })
}

fn lengths(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Lengths> {
    let mut length = |key| number(reader, table, key, LENGTH);
    Some(Lengths {
        pelvis: length("pelvis")?,
        spine_lower: length("spine_lower")?,
        spine_upper: length("spine_upper")?,
        neck: length("neck")?,
        head: length("head")?,
        upper_arm: length("upper_arm")?,
        forearm: length("forearm")?,
        hand: length("hand")?,
        thigh: length("thigh")?,
        shin: length("shin")?,
        foot_side: length("foot_side")?,
        foot_front: length("foot_front")?,
    })
}

fn radii(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Radii> {
    let mut radius = |key| numbers(reader, table, key, LENGTH);
    Some(Radii {
        upper_arm: radius("upper_arm")?,
        forearm: radius("forearm")?,
        hand: radius("hand")?,
        thigh: radius("thigh")?,
        shin: radius("shin")?,
        foot: radius("foot")?,
        neck: radius("neck")?,
    })
}

fn half_widths(reader: &mut Reader<'_>, table: &Table<'_>, key: &str) -> Option<Vec<[f32; 2]>> {
    let node = reader.required(table, key)?;
    let pairs = reader.list(&node)?;
    pairs
        .iter()
        .map(|pair| reader.numbers(pair, LENGTH))
        .collect()
}
