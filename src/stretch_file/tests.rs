//! Files that are wrong in one way each, and the built-in ones, which are not.

use insta::assert_snapshot;

use super::*;
use crate::diagnostic::render_all;

#[test]
fn the_built_in_stretches_are_all_there() {
    let catalogue = builtin();
    let count = |wanted: fn(&Stretch) -> bool| {
        let stretches = catalogue.stretches.iter();
        stretches.filter(|stretch| wanted(stretch)).count()
    };
    assert_eq!(count(|_| true), 37);
    assert_eq!(count(|stretch| stretch.default_on), 22);
    assert_eq!(count(|stretch| stretch.desk_friendly), 30);
}

#[test]
fn the_built_in_stretches_would_pass_as_a_file_of_the_user() {
    let rig = builtin().rig;
    match read(Path::new("builtin.toml"), BUILTIN, &rig) {
        Ok(stretches) => assert_eq!(stretches, builtin().stretches),
        Err(problems) => panic!("{}", render_all(&problems, BUILTIN, false)),
    }
}

#[test]
fn every_built_in_stretch_tells_the_user_what_to_know() {
    for stretch in builtin().stretches {
        let advice = &stretch.advice;
        for text in [
            &advice.summary,
            &advice.breath,
            &advice.safety,
            &advice.doses,
        ] {
            assert!(
                text.ends_with('.'),
                "{}: {text:?} is no sentence",
                stretch.id
            );
        }
        assert!(!advice.sources.is_empty(), "{} has no source", stretch.id);
        for cue in stretch.phases.iter().map(|phase| &phase.cue) {
            // One line of large letters.
            assert!(
                cue.chars().count() <= 40,
                "{}: {cue:?} is too long",
                stretch.id
            );
        }
    }
}

#[test]
fn the_daemon_reads_less_of_them_and_the_same() {
    let all: Vec<Candidate> = builtin().stretches.iter().map(Stretch::candidate).collect();
    assert_eq!(candidates(None), all);
}

/// A stretch that is fine: the built-in hip hinge.
fn fine() -> String {
    let head = "[stretch.hip_hinge]";
    let piece = pieces(BUILTIN).find(|piece| BUILTIN[piece.clone()].starts_with(head));
    BUILTIN[piece.unwrap()].to_owned()
}

/// What is said of the hip hinge with one place changed.
fn said_of(old: &str, new: &str) -> String {
    let text = fine();
    assert!(text.contains(old), "{old:?} is not in the file");
    said_of_text(&text.replacen(old, new, 1))
}

fn said_of_text(text: &str) -> String {
    let problems = read(Path::new("my.toml"), text, &builtin().rig).expect_err("a mistake");
    let said = render_all(&problems, text, false);
    // Poses and phases are long lines; what stands before and after the caret is enough.
    let short = |line: &str| line.chars().take(150).collect::<String>();
    said.lines().map(short).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_fine_stretch_is_read() {
    let stretches = read(Path::new("my.toml"), &fine(), &builtin().rig).unwrap();
    assert_eq!(stretches.len(), 1);
}

#[test]
fn words_that_are_almost_right_are_recognised() {
    assert_snapshot!(said_of("noticeability = 2", "noticability = 2"), @r"
    error: `stretch.hip_hinge` has no key `noticability`
      --> my.toml:15:1
       |
    15 | noticability = 2          # 1 hardly noticed by colleagues .. 3 very visible
       | ^^^^^^^^^^^^ unknown key
       |
       = help: did you mean `noticeability`?
    ");
    assert_snapshot!(said_of("posture = \"standing\"", "posture = \"standig or floor\""), @r#"
    error: `stretch.hip_hinge.posture` must be `seated`, `standing` or `floor`
      --> my.toml:10:11
       |
    10 | posture = "standig or floor"
       |           ^^^^^^^^^^^^^^^^^^ found "standig"
       |
       = help: did you mean `standing`?
    "#);
    assert_snapshot!(said_of("areas = [\"lower_back\"", "areas = [\"lower back\""), @r#"
    error: `stretch.hip_hinge.areas[1]` must be `neck`, `upper_trapezius`, `shoulders`, `rhomboids`, `thoracic_spine`, `chest`, `lats`, `side_body`, `tric
      --> my.toml:14:10
       |
    14 | areas = ["lower back", "hamstrings", "hips", "thoracic_spine"]
       |          ^^^^^^^^^^^^ found "lower back"
       |
       = help: did you mean `lower_back`?
    "#);
    assert_snapshot!(said_of("name = \"hold\"", "name = \"hodl\""), @r#"
    error: `stretch.hip_hinge.phase[3].name` must be `prepare`, `move`, `hold`, `return`, `switch` or `rest`
      --> my.toml:25:40
       |
    25 |   { stage = "cycle", group = 1, name = "hodl", seconds = 4, from_pose = "hinge", to_pose = "hinge", side = "both", breath = "easy", ...
       |                                        ^^^^^^ found "hodl"
       |
       = help: did you mean `hold`?
    "#);
    assert_snapshot!(said_of("to_pose = \"hinge\"", "to_pose = \"hing\""), @r#"
    error: there is no pose `hing`
      --> my.toml:24:92
       |
    24 | ...econds = 4, from_pose = "stand", to_pose = "hing", side = "both", breath = "in", cue = "Push the hips back, back flat" },
       |                                               ^^^^^^ no `[… .pose.hing]` in this stretch
       |
       = help: did you mean `hinge`?
    "#);
}

#[test]
fn values_of_the_wrong_kind_or_out_of_range_are_named() {
    assert_snapshot!(said_of("default_on = false", "default_on = \"no\""), @r#"
    error: `stretch.hip_hinge.default_on` must be `true` or `false`
      --> my.toml:12:14
       |
    12 | default_on = "no"
       |              ^^^^ found the text "no"
    "#);
    assert_snapshot!(said_of("seconds = 4", "seconds = -4"), @r#"
    error: `stretch.hip_hinge.phase[2].seconds` must lie between 0.1 and 600
      --> my.toml:24:58
       |
    24 |   { stage = "cycle", group = 1, name = "move", seconds = -4, from_pose = "stand", to_pose = "hinge", side = "both", breath = "in", c...
       |                                                          ^^ outside that range
    "#);
    assert_snapshot!(said_of("reps = 2", "reps = 2.5"), @r"
    error: `stretch.hip_hinge.variant.short.reps` must be a whole number
      --> my.toml:21:30
       |
    21 | variant = { short = { reps = 2.5, hold = 2, total = 25 }, standard = { reps = 3, hold = 4, total = 41 }, long = { reps = 6, hold = 5...
       |                              ^^^ found the number 2.5
    ");
    assert_snapshot!(said_of("noticeability = 2", "noticeability = 5"), @r"
    error: `stretch.hip_hinge.noticeability` must lie between 1 and 3
      --> my.toml:15:17
       |
    15 | noticeability = 5          # 1 hardly noticed by colleagues .. 3 very visible
       |                 ^ outside that range
    ");
    assert_snapshot!(said_of("root = [0.000, 0.530]", "root = [0.000, nan]"), @r"
    error: `stretch.hip_hinge.pose.stand.root[2]` must lie between -3 and 3
      --> my.toml:30:16
       |
    30 | root = [0.000, nan]
       |                ^^^ outside that range
    ");
    assert_snapshot!(said_of("root = [0.000, 0.530]", "root = [0.000]"), @r"
    error: `stretch.hip_hinge.pose.stand.root` must be a list of 2 numbers
      --> my.toml:30:8
       |
    30 | root = [0.000]
       |        ^^^^^^^ found 1
    ");
    assert_snapshot!(said_of("name = \"Hip hinge\"", "name = \" \""), @r#"
    error: `stretch.hip_hinge.name` must not be empty
     --> my.toml:2:8
      |
    2 | name = " "
      |        ^^^
    "#);
}

#[test]
fn what_is_missing_is_asked_for() {
    assert_snapshot!(said_of("name = \"Hip hinge\"\n", ""), @r"
    error: `stretch.hip_hinge` needs the key `name`
     --> my.toml:1:1
      |
    1 | [stretch.hip_hinge]
      | ^^^^^^^^^^^^^^^^^^^ add `name = …` here
    ");
    assert_snapshot!(said_of_text(""), @r"
    error: there is no stretch in this file
     |
     = help: begin one with `[stretch.my_stretch]`
    ");
}

#[test]
fn a_figure_that_would_jump_is_refused() {
    assert_snapshot!(said_of("from_pose = \"hinge\", to_pose = \"hinge\"", "from_pose = \"stand\", to_pose = \"stand\""), @r#"
    error: this phase begins in `stand`, but the one before it ends in `hinge`
      --> my.toml:25:73
       |
    25 |   { stage = "cycle", group = 1, name = "hold", seconds = 4, from_pose = "stand", to_pose = "stand", side = "both", breath = "easy", ...
       |                                                                         ^^^^^^^
       |
       = help: let it begin in `hinge`, so that the figure does not jump

    error: this phase begins in `hinge`, but the one before it ends in `stand`
      --> my.toml:26:75
       |
    26 |   { stage = "cycle", group = 1, name = "return", seconds = 4, from_pose = "hinge", to_pose = "stand", side = "both", breath = "out",...
       |                                                                           ^^^^^^^
       |
       = help: let it begin in `stand`, so that the figure does not jump
    "#);
    assert_snapshot!(said_of("from_pose = \"hinge\", to_pose = \"stand\"", "from_pose = \"hinge\", to_pose = \"hinge\""), @r#"
    error: each repetition begins in `stand`, but ends in `hinge`
      --> my.toml:24:73
       |
    24 |   { stage = "cycle", group = 1, name = "move", seconds = 4, from_pose = "stand", to_pose = "hinge", side = "both", breath = "in", cu...
       |                                                                         ^^^^^^^
       |
       = help: let the last phase of the group end in `stand`, so that the figure does not jump

    error: this phase begins in `stand`, but the one before it ends in `hinge`
      --> my.toml:27:74
       |
    27 |   { stage = "finish", group = 1, name = "rest", seconds = 2, from_pose = "stand", to_pose = "stand", side = "both", breath = "easy",...
       |                                                                          ^^^^^^^
       |
       = help: let it begin in `hinge`, so that the figure does not jump
    "#);
    assert_snapshot!(said_of("from_pose = \"hinge\", to_pose = \"hinge\"", "from_pose = \"hinge\", to_pose = \"stand\""), @r#"
    error: a `hold` phase stays in one pose
      --> my.toml:25:92
       |
    25 |   { stage = "cycle", group = 1, name = "hold", seconds = 4, from_pose = "hinge", to_pose = "stand", side = "both", breath = "easy", ...
       |                                                                                            ^^^^^^^
       |
       = help: give it the same `from_pose` and `to_pose`, or name it `move`

    error: this phase begins in `hinge`, but the one before it ends in `stand`
      --> my.toml:26:75
       |
    26 |   { stage = "cycle", group = 1, name = "return", seconds = 4, from_pose = "hinge", to_pose = "stand", side = "both", breath = "out",...
       |                                                                           ^^^^^^^
       |
       = help: let it begin in `stand`, so that the figure does not jump
    "#);
}

#[test]
fn stages_out_of_order_are_refused() {
    assert_snapshot!(said_of("stage = \"cycle\"", "stage = \"finish\""), @r#"
    error: a `cycle` phase cannot come after a `finish` phase
      --> my.toml:25:13
       |
    25 |   { stage = "cycle", group = 1, name = "hold", seconds = 4, from_pose = "hinge", to_pose = "hinge", side = "both", breath = "easy", ...
       |             ^^^^^^^
       |
       = help: first all `prepare` phases, then all `cycle` phases, then all `finish` phases
    "#);
}

#[test]
fn a_total_that_is_not_the_sum_is_refused() {
    assert_snapshot!(said_of("total = 41", "total = 40"), @r"
    error: the `standard` variant lasts 41 s, not 40 s
      --> my.toml:21:98
       |
    21 | variant = { short = { reps = 2, hold = 2, total = 25 }, standard = { reps = 3, hold = 4, total = 40 }, long = { reps = 6, hold = 5, ...
       |                                                                                                  ^^
       |
       = help: write `total = 41`, or change `reps`, `hold` or the phases
    ");
}

#[test]
fn a_frame_that_does_not_hold_the_figure_is_refused() {
    assert_snapshot!(said_of("frame = [-0.17", "frame = [-0.07"), @r"
    error: the figure of `hip_hinge` leaves its frame
      --> my.toml:19:9
       |
    19 | frame = [-0.07, -0.03, 0.38, 1.07]     # x0, y0, x1, y1 that holds every frame of the motion
       |         ^^^^^^^^^^^^^^^^^^^^^^^^^^ `hip` is outside after 3.6 s
       |
       = help: write `frame = [-0.17, -0.03, 0.34, 1.01]`, or leave the frame out: then it is worked out
    ");
}

#[test]
fn several_mistakes_are_told_at_once() {
    let text = fine()
        .replacen("view = \"side\"", "view = \"back\"", 1)
        .replacen("breath = \"in\"", "breath = \"inn\"", 1);
    assert_snapshot!(said_of_text(&text), @r#"
    error: `stretch.hip_hinge.view` must be `side` or `front`
      --> my.toml:16:8
       |
    16 | view = "back"
       |        ^^^^^^ found "back"

    error: `stretch.hip_hinge.phase[2].breath` must be `in`, `out` or `easy`
      --> my.toml:24:125
       |
    24 | ...e = "stand", to_pose = "hinge", side = "both", breath = "inn", cue = "Push the hips back, back flat" },
       |                                                            ^^^^^ found "inn"
       |
       = help: did you mean `in`?
    "#);
}

#[test]
fn what_is_no_toml_is_told_first_and_alone() {
    assert_snapshot!(said_of("name = \"Hip hinge\"", "name = \"Hip hinge"), @r#"
    error: this is not valid TOML: invalid basic string, expected `"`
     --> my.toml:2:18
      |
    2 | name = "Hip hinge
      |                  ^
    "#);
}

#[test]
fn a_stretch_that_stands_twice_is_refused() {
    let text = fine() + &fine();
    assert_snapshot!(said_of_text(&text), @r"
    error: this is not valid TOML: duplicate key
      --> my.toml:45:10
       |
    45 | [stretch.hip_hinge]
       |          ^^^^^^^^^
    ");
}

#[test]
fn some_of_the_built_in_stretches_are_what_they_are_among_all() {
    let all = builtin();
    let ids = [
        "chin_tuck".to_owned(),
        "cobra".to_owned(),
        "no_such".to_owned(),
    ];
    let some = builtin_only(&ids);
    assert_eq!(some.rig, all.rig);
    assert_eq!(some.stretches.len(), 2);
    for stretch in &some.stretches {
        assert_eq!(Some(stretch), all.find(&stretch.id.0));
    }
}

#[test]
fn what_can_be_worked_out_need_not_be_written() {
    let rig = builtin().rig;
    let read = |text: &str| read(Path::new("my.toml"), text, &rig).unwrap().remove(0);
    let whole = read(&fine());
    let line = |key: &str| {
        let line = fine()
            .lines()
            .find(|line| line.starts_with(key))
            .unwrap()
            .to_owned();
        format!("{line}\n")
    };
    let without = |keys: &[&str]| {
        let text = keys
            .iter()
            .fold(fine(), |text, key| text.replace(&line(key), ""));
        read(&text)
    };

    let short = without(&[
        "view",
        "mirrored",
        "native_side",
        "props",
        "needs",
        "posture",
        "areas",
    ]);
    assert_eq!(short.view, whole.view);
    assert_eq!(short.postures, whole.postures);
    assert_eq!(short.areas, [crate::core::stretch::Area::ThoracicSpine]);

    let frame = without(&["frame"]).frame;
    assert!((frame.left - whole.frame.left).abs() < 0.06, "{frame:?}");
    assert!((frame.top - whole.frame.top).abs() < 0.06, "{frame:?}");

    let variants = without(&["variant"]).variants;
    let seconds = variants.map(|variant| variant.total.as_secs());
    // 5 s before and after; each time 8 s of movement and a hold of 2, 4 and 8 s.
    assert_eq!(variants.map(|variant| variant.hold.as_secs()), [2, 4, 8]);
    assert_eq!(variants.map(|variant| variant.reps), [2, 3, 6]);
    assert_eq!(seconds, [25, 41, 101]);
}

/// Two steps, the shortest file there can be.
const STEPS: &str = r#"
[stretch.my_move]
name = "My move"
step = [
  { seconds = 10, cue = "Reach up", side = "right", breath = "in" },
  { seconds = 5, cue = "Let go" },
]
"#;

#[test]
fn steps_become_phases_without_a_figure() {
    let stretch = read(Path::new("my.toml"), STEPS, &builtin().rig)
        .unwrap()
        .remove(0);
    assert!(!stretch.has_figure());
    assert!(stretch.default_on);
    let cues: Vec<&str> = stretch
        .phases
        .iter()
        .map(|phase| phase.cue.as_str())
        .collect();
    assert_eq!(cues, ["Reach up", "Let go"]);
    // As often as it takes to come near to half a minute, three quarters, one and a half.
    let seconds = stretch.variants.map(|variant| variant.total.as_secs());
    assert_eq!(seconds, [30, 45, 90]);
}

#[test]
fn the_figure_of_a_stretch_may_begin_like_a_built_in_one() {
    let text = r#"
[stretch.mine]
name = "Mine"
view = "side"
phase = [
  { seconds = 3, to_pose = "up", from_pose = "stand", cue = "Up" },
  { seconds = 5, to_pose = "up", cue = "Stay" },
  { seconds = 3, to_pose = "stand", cue = "Down" },
]
[stretch.mine.pose.stand]
like = "hip_hinge.stand"
[stretch.mine.pose.up]
like = "stand"
arm_r = [40, 20, 10]
"#;
    let rig = builtin().rig;
    let mine = read(Path::new("my.toml"), text, &rig).unwrap().remove(0);
    let all = builtin();
    let stand = &all.find("hip_hinge").unwrap().poses[0].numbers;
    assert_eq!(&mine.poses[0].numbers, stand);
    assert_eq!(mine.poses[1].numbers.arm_r, [40.0, 20.0, 10.0]);
    assert_eq!(mine.poses[1].numbers.arm_l, stand.arm_l);
    assert_eq!(mine.phases[1].from, 1);
    assert_eq!(
        mine.phases[1].kind,
        crate::core::stretch::catalogue::PhaseKind::Hold
    );
}
