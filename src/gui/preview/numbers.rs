//! A pose as text, in the notation of stretch files.

use std::fmt::Write as _;

use crate::core::stretch::{
    Body, Joint,
    catalogue::{PoseNumbers, Segment},
};

/// The numbers of a pose as lines of a file.
pub fn pose(numbers: &PoseNumbers) -> String {
    let mut lines = String::new();
    let mut line = |key: &str, list: &[f32], digits: usize| {
        let list: Vec<String> = list.iter().map(|n| number(*n, digits)).collect();
        // Writing into a text cannot fail.
        writeln!(lines, "{key} = [{}]", list.join(", ")).ok();
    };
    line("root", &numbers.root, 3);
    line("trunk", &numbers.trunk, 1);
    line("arm_r", &numbers.arm_r, 1);
    line("arm_l", &numbers.arm_l, 1);
    line("leg_r", &numbers.leg_r, 1);
    line("leg_l", &numbers.leg_l, 1);
    for (key, shoulder) in [
        ("shoulder_r", numbers.shoulder_r),
        ("shoulder_l", numbers.shoulder_l),
    ] {
        if shoulder != [0.0; 2] {
            line(key, &shoulder, 3);
        }
    }
    for (key, angle) in [
        ("turn", numbers.turn),
        ("head_turn", numbers.head_turn),
        ("head_nod", numbers.head_nod),
    ] {
        if angle != 0.0 {
            writeln!(lines, "{key} = {}", number(angle, 1)).ok();
        }
    }
    let shortened: Vec<String> = (Segment::ALL.iter().zip(numbers.shorten))
        .filter(|(_, factor)| *factor != 1.0)
        .map(|(segment, factor)| format!("{} = {}", segment.word(), number(factor, 3)))
        .collect();
    if !shortened.is_empty() {
        writeln!(lines, "shorten = {{ {} }}", shortened.join(", ")).ok();
    }
    lines
}

/// Where the joints are, in body heights.
pub fn joints(body: &Body) -> String {
    let mut lines = String::new();
    for joint in Joint::ALL {
        let at = body[joint];
        let (x, y) = (number(at.x, 3), number(at.y, 3));
        writeln!(lines, "{:<12}{x:>7}{y:>7}", joint.word()).ok();
    }
    lines
}

/// Always with a point, and never a negative zero.
fn number(value: f32, digits: usize) -> String {
    let rounded = format!("{value:.digits$}");
    match rounded.strip_prefix('-') {
        Some(rest) if rest.bytes().all(|c| c == b'0' || c == b'.') => rest.to_owned(),
        _ => rounded,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::stretch_file;

    #[test]
    fn what_is_copied_can_be_written_into_a_file() {
        let catalogue = stretch_file::builtin();
        for stretch in &catalogue.stretches {
            let key_pose = &stretch.poses[0];
            let text = format!(
                "[stretch.copy]\nname = \"Copy\"\nview = \"{}\"\nphase = [{{ seconds = 30, to_pose = \
                 \"one\", cue = \"Stay\" }}]\n[stretch.copy.pose.one]\n{}",
                stretch.view.word(),
                pose(&key_pose.numbers)
            );
            let copy = stretch_file::read(Path::new("copy.toml"), &text, &catalogue.rig).unwrap();
            let copied = &copy[0].poses[0].numbers;
            for (a, b) in copied.arm_r.iter().zip(key_pose.numbers.arm_r) {
                assert!((a - b).abs() < 0.06, "{}: {a} is not {b}", stretch.id);
            }
        }
    }
}
