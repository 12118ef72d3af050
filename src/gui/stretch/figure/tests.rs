//! What must hold for every picture of every stretch.

use std::time::Duration;

use egui::vec2;

use super::*;
use crate::{
    core::stretch::{SideOrder, Stretch, Timeline, VariantName, pose_at},
    stretch_file,
};

/// From the smallest part of a window to a full screen, in points.
const STAGES: [Vec2; 6] = [
    vec2(300.0, 380.0),
    vec2(420.0, 300.0),
    vec2(120.0, 120.0),
    vec2(560.0, 430.0),
    vec2(1000.0, 420.0),
    vec2(2560.0, 1440.0),
];
/// More corners than this in one picture would be felt on a slow machine.
const MOST_CORNERS: usize = 6500;
/// Flesh, hair and cloth may reach farther than the frame of a stretch by this, in body heights.
const BEYOND_THE_FRAME: f32 = 0.02;

/// Bodies of every stretch from beginning to end, a few for each second.
fn every_moment(mut see: impl FnMut(&Stretch, &Rig, &Body, &str)) {
    let catalogue = stretch_file::builtin();
    for stretch in &catalogue.stretches {
        let timeline = Timeline::new(stretch, VariantName::Short, SideOrder::AsStored);
        let mut t = Duration::ZERO;
        while t <= timeline.total() {
            let body = pose_at(stretch, &catalogue.rig, &timeline, t);
            see(
                stretch,
                &catalogue.rig,
                &body,
                &format!("{} at {t:?}", stretch.id),
            );
            t += Duration::from_millis(370);
        }
    }
}

fn manner<'a>(theme: &'a Theme, rig: &'a Rig, stretch: &'a Stretch) -> Manner<'a> {
    Manner {
        theme,
        rig,
        frame: stretch.frame,
        areas: &stretch.areas,
        glow: 1.0,
    }
}

#[test]
fn every_picture_stays_on_its_stage_at_any_size() {
    let themes = [false, true].map(|dark| Theme::new(dark, false, None));
    let mut sizes = STAGES.iter().cycle();
    every_moment(|stretch, rig, body, name| {
        let size = *sizes.next().unwrap();
        let stage = Rect::from_min_size(pos2(40.0, 7.0), size);
        let theme = &themes[usize::from(size.x > 500.0)];
        let mesh = figure(body, &manner(theme, rig, stretch), stage, 2.0);
        assert!(mesh.is_valid(), "{name}");
        assert!(!mesh.is_empty(), "{name}");
        // A cloud has no edge: what little of it is left at its rim may lie outside.
        let solid = mesh.vertices.iter().filter(|v| v.color.a() > 40);
        let stage = stage.expand(1.0);
        for vertex in &mesh.vertices {
            let finite = vertex.pos.x.is_finite() && vertex.pos.y.is_finite();
            assert!(finite, "{name}: a corner is nowhere");
        }
        for vertex in solid {
            assert!(
                stage.contains(vertex.pos),
                "{name}: {:?} is not on {stage:?}",
                vertex.pos
            );
        }
    });
}

#[test]
fn skin_hair_and_cloth_stay_in_the_frame_of_the_stretch() {
    let theme = Theme::new(false, false, None);
    let stage = Rect::from_min_size(Pos2::ZERO, vec2(500.0, 500.0));
    every_moment(|stretch, rig, body, name| {
        let manner = Manner {
            glow: 0.0,
            ..manner(&theme, rig, stretch)
        };
        let placement = Placement::fit(&stretch.frame, stage);
        let mut brush = Brush::new(2.0);
        paint(&mut brush, body, &manner, &placement);
        let frame = &stretch.frame;
        let corner = |x: f32, y: f32| placement.at(Point::new(x, y));
        let allowed = Rect::from_two_pos(
            corner(frame.left, frame.bottom),
            corner(frame.right, frame.top),
        )
        .expand(BEYOND_THE_FRAME * placement.scale);
        for vertex in brush.into_mesh().vertices {
            let off = allowed.signed_distance_to_pos(vertex.pos) / placement.scale;
            assert!(off <= 0.0, "{name}: {:?} is {off} outside", vertex.pos);
        }
    });
}

#[test]
fn a_picture_has_few_corners() {
    let theme = Theme::new(true, false, Some(3));
    let stage = Rect::from_min_size(Pos2::ZERO, vec2(512.0, 400.0));
    let mut most = 0;
    every_moment(|stretch, rig, body, _| {
        let mesh = figure(body, &manner(&theme, rig, stretch), stage, 1.0);
        most = most.max(mesh.vertices.len());
    });
    println!("at most {most} corners");
    assert!(most <= MOST_CORNERS, "{most} corners");
}

#[test]
fn what_is_at_work_is_tinted_only_where_it_is_held() {
    let catalogue = stretch_file::builtin();
    let theme = Theme::new(false, false, None);
    let stage = Rect::from_min_size(Pos2::ZERO, vec2(400.0, 400.0));
    for stretch in &catalogue.stretches {
        let timeline = Timeline::new(stretch, VariantName::Standard, SideOrder::AsStored);
        let body = pose_at(stretch, &catalogue.rig, &timeline, timeline.total() / 2);
        let full = manner(&theme, &catalogue.rig, stretch);
        let bare = Manner { glow: 0.0, ..full };
        let corners = |manner| figure(&body, &manner, stage, 1.0).vertices.len();
        assert!(
            corners(full) > corners(bare),
            "{}: nothing glows",
            stretch.id
        );
    }
}
