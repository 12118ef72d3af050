//! The figure stands where the data of `tests/data/joints.jsonl` says that it stands.

use std::{collections::BTreeMap, time::Duration};

use unhunch::{
    core::stretch::{Joint, SideOrder, Timeline, VariantName, pose_at},
    stretch_file,
};

/// Farther than this from where it should be is wrong, in body heights.
const CLOSE: f32 = 0.002;

#[derive(serde::Deserialize)]
struct Line {
    stretch: String,
    variant: String,
    t: f64,
    joints: BTreeMap<String, [f32; 2]>,
}

#[test]
fn every_joint_is_where_the_data_says() {
    let catalogue = stretch_file::builtin();
    let data = include_str!("../data/joints.jsonl");
    let mut worst = (0.0, String::new());
    let mut points = 0;
    for line in data.lines() {
        let line: Line = serde_json::from_str(line).unwrap();
        let stretch = catalogue.find(&line.stretch).unwrap();
        let variant = VariantName::ALL
            .into_iter()
            .find(|v| v.word() == line.variant);
        let timeline = Timeline::new(stretch, variant.unwrap(), SideOrder::AsStored);
        let t = Duration::from_secs_f64(line.t);
        let body = pose_at(stretch, &catalogue.rig, &timeline, t);
        assert_eq!(line.joints.len(), Joint::ALL.len());
        for joint in Joint::ALL {
            let [x, y] = line.joints[joint.word()];
            let off = (body[joint].x - x).hypot(body[joint].y - y);
            points += 1;
            if off > worst.0 {
                worst = (
                    off,
                    format!("{} of {} at {} s", joint.word(), line.stretch, line.t),
                );
            }
        }
    }
    println!("{points} points, the worst is {} off: {}", worst.0, worst.1);
    assert!(worst.0 <= CLOSE, "{} is {} off", worst.1, worst.0);
    assert!(points > 12_000, "only {points} points were compared");
}
