//! Settings files as users write them, good and bad, and the ones that we ship.
//!
//! Beside each file of `tests/configs` lies what the program says about it. After a change of the
//! words, `UPDATE_EXPECTED=1 cargo test` writes the new ones, to be read before they are committed.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use chrono::NaiveTime;

use proptest::{collection::vec, prelude::*, sample::select};
use unhunch::{
    config_file::{self, Document, keys},
    core::{
        config::{
            App, Choice, Config, DayOfWeek, FigureTone, Film, Filter, History, Hold, Hook,
            HourRange, Hours, Log, LogLevel, Look, Monitor, Open, Reminder, Rotation, Schedule,
            Sound, StretchFacts, TextScale, Theme, Toggle, Voice, What, When, WindowSize,
        },
        keep::{Keep, Unit},
        stretch::{Area, Posture, StretchId, VariantName},
    },
};

/// What there is to choose from.
pub fn stretches() -> Vec<StretchFacts> {
    let candidates = unhunch::stretch_file::candidates(None).into_iter();
    candidates.map(|candidate| candidate.facts).collect()
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn every_mistake_is_explained_as_it_was_agreed() {
    let mut checked = 0;
    let mut differences = Vec::new();
    for entry in fs::read_dir(here("tests/configs")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let document = Document::from_bytes(name, &fs::read(&path).unwrap());
        let (_, problems) = document.config(&stretches());
        assert!(!problems.is_empty(), "{name} is fine");
        let said = document.render_all(&problems, false) + "\n";
        assert!(!said.contains("config-"), "a text is missing: {said}");
        let expected = path.with_extension("txt");
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(&expected, &said).unwrap();
        }
        if fs::read_to_string(&expected).ok().as_deref() != Some(&said) {
            differences.push(format!("{name}:\n{said}"));
        }
        checked += 1;
    }
    assert!(checked >= 100, "only {checked} files were found");
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

/// The settings of a text that must not have any mistake.
fn good(name: &str, text: &str) -> Config {
    let document = Document::parse(name, text);
    let (config, problems) = document.config(&stretches());
    let errors = document.render_all(&problems, false);
    assert!(problems.is_empty(), "{errors}\n{text}");
    config
}

fn shipped() -> String {
    fs::read_to_string(here("config/config.toml")).unwrap()
}

#[test]
fn the_file_that_we_ship_says_what_the_defaults_are() {
    assert_eq!(good("config.toml", &shipped()), Config::default());
}

#[test]
fn the_file_that_we_ship_explains_every_key() {
    let text = shipped();
    for (heading, keys) in keys() {
        assert!(text.contains(&heading), "{heading} is missing");
        let table = &text[text.find(&heading).unwrap()..];
        for key in keys {
            let line = format!("\n{key} = ");
            let comment = format!("\n# {key} = ");
            assert!(
                table.contains(&line) || table.contains(&comment),
                "{heading} {key} is missing"
            );
        }
    }
}

#[test]
fn the_examples_in_the_comments_of_the_file_that_we_ship_work() {
    // Lines that look like settings lose their mark, one example at a time; those under another
    // commented heading go with it.
    let text = shipped();
    let mut checked = 0;
    for example in text.split("\n\n") {
        let lines: Vec<&str> = example
            .lines()
            .filter_map(|line| line.strip_prefix("# "))
            .filter(|line| line.starts_with('[') || line.contains(" = "))
            .filter(|line| !line.starts_with("[]"))
            .collect();
        let Some(first) = lines.first() else {
            continue;
        };
        let heading = match first.starts_with('[') {
            true => "",
            false if first.contains("at = ") => "[[reminder]]\nid = \"x\"\n",
            false if first.contains("natural_break") => {
                "[[reminder]]\nid = \"x\"\nevery = \"1h\"\n"
            }
            false => "[rotation]\n",
        };
        let config = good("example", &format!("{heading}{}\n", lines.join("\n")));
        // Some examples show the default; all others change something.
        assert!(
            config != Config::default() || first.contains("natural"),
            "{lines:?}"
        );
        checked += 1;
    }
    assert!(checked >= 6, "only {checked} examples were found");
}

#[test]
fn every_example_in_the_papers_works() {
    let mut papers: Vec<PathBuf> = Vec::new();
    for folder in ["", "docs", "config"] {
        let Ok(entries) = fs::read_dir(here(folder)) else {
            continue;
        };
        papers.extend(entries.map(|entry| entry.unwrap().path()));
    }
    papers.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    for paper in papers {
        let text = fs::read_to_string(&paper).unwrap();
        for block in text.split("```toml\n").skip(1) {
            let block = block.split("```").next().unwrap();
            good(&paper.display().to_string(), block);
        }
    }
}

fn seconds(range: std::ops::RangeInclusive<u64>) -> impl Strategy<Value = Duration> {
    range.prop_map(Duration::from_secs)
}

fn any_time() -> impl Strategy<Value = NaiveTime> {
    (0..24_u32, 0..60_u32).prop_map(|(h, m)| NaiveTime::from_hms_opt(h, m, 0).unwrap())
}

fn any_open() -> impl Strategy<Value = Open> {
    prop_oneof![
        seconds(0..=3600).prop_map(Open::After),
        Just(Open::OnStart),
        Just(Open::AtOnce),
    ]
}

prop_compose! {
    fn any_schedule()(
        spans in (seconds(0..=1800), seconds(5..=7200), seconds(0..=300), seconds(0..=3600)),
        more in (seconds(0..=1800), seconds(10..=3600), seconds(0..=43200), seconds(0..=60)),
        open in any_open(),
        snooze in vec(seconds(10..=28800), 1..5),
        max_snoozes in 0..=100_u32,
        day_starts in any_time(),
        film in select(vec![Film::Rest, Film::Work]),
    ) -> Schedule {
        Schedule {
            idle_grace: spans.0,
            natural_break: spans.1,
            film,
            lull: spans.2,
            lull_wait: spans.3,
            settle: more.0,
            answer_within: more.1,
            late: more.2,
            settle_in: more.3,
            open,
            snooze,
            max_snoozes,
            day_starts,
        }
    }
}

/// One range for each of some days, so that none overlap.
fn any_hours() -> impl Strategy<Value = Option<Hours>> {
    proptest::option::of(
        vec((0..7_usize, any_time(), any_time()), 1..7).prop_filter_map(
            "a range has a length",
            |days| {
                let hours = Hours {
                    days: days
                        .into_iter()
                        .filter(|(_, start, end)| start != end || *start == NaiveTime::MIN)
                        .map(|(day, start, end)| {
                            (DayOfWeek::ALL[day], vec![HourRange { start, end }])
                        })
                        .collect(),
                };
                (!hours.days.is_empty()).then_some(hours)
            },
        ),
    )
}

fn any_what() -> impl Strategy<Value = What> {
    use VariantName::{Long, Short, Standard};
    prop_oneof![
        (
            prop_oneof![Just(Short), Just(Standard), Just(Long)],
            1..=5_u8
        )
            .prop_map(|(variant, count)| What::Stretches { variant, count }),
        ("[^\\s]\\PC{0,40}[^\\s]", seconds(1..=3600))
            .prop_map(|(text, length)| What::Message { text, length })
            .prop_filter("nothing to trim", |what| matches!(
                what, What::Message { text, .. } if text.trim() == text)),
    ]
}

fn any_reminders() -> impl Strategy<Value = Vec<Reminder>> {
    let when = prop_oneof![
        seconds(10..=86400).prop_map(When::Every),
        proptest::collection::btree_set(any_time(), 1..6)
            .prop_map(|times| When::At(times.into_iter().collect())),
    ];
    let natural_break = proptest::option::of(seconds(5..=7200));
    let reminder = (
        when,
        any_what(),
        natural_break,
        proptest::option::of(any_open()),
    );
    proptest::collection::btree_map("[A-Za-z0-9_-]{1,20}", reminder, 1..6).prop_map(|reminders| {
        reminders
            .into_iter()
            .map(|(id, (when, what, natural_break, open))| Reminder {
                id,
                when,
                what,
                natural_break,
                open,
            })
            .collect()
    })
}

fn any_choice() -> impl Strategy<Value = Choice> {
    let ids: Vec<_> = stretches().into_iter().map(|stretch| stretch.id).collect();
    let names = proptest::sample::subsequence(ids.clone(), 1..ids.len()).prop_shuffle();
    // Each of these lets some stretch through, whatever the others are.
    let posture = prop_oneof![
        Just(vec![]),
        Just(vec![Posture::Seated, Posture::Standing]),
        Just(vec![Posture::Standing]),
    ];
    let areas = prop_oneof![
        Just(vec![]),
        Just(vec![Area::Shoulders, Area::ThoracicSpine])
    ];
    let needs = prop_oneof![
        Just(None),
        Just(Some(vec![])),
        Just(Some(vec!["chair".to_owned()]))
    ];
    let filters =
        (posture, areas, needs, 1..=3_u8).prop_map(|(posture, areas, needs, max_noticeability)| {
            Choice::Filtered(Filter {
                posture,
                areas,
                needs,
                max_noticeability,
            })
        });
    prop_oneof![
        Just(Choice::Defaults),
        names.prop_map(Choice::Named),
        filters.prop_filter("nothing passes", |filters| !filters
            .choose(&stretches())
            .is_empty()),
    ]
}

/// A choice, with exceptions and weights that have an effect.
fn any_rotation() -> impl Strategy<Value = Rotation> {
    let ids: Vec<_> = stretches().into_iter().map(|stretch| stretch.id).collect();
    let some = || proptest::sample::subsequence(ids.clone(), 0..5).prop_shuffle();
    (any_choice(), some(), some(), some(), some()).prop_map(
        |(choice, also, except, more_often, less_often)| {
            let mut rotation = Rotation::from(choice);
            rotation.also = also;
            rotation.except = except;
            rotation.also.retain(|id| !rotation.except.contains(id));
            if rotation.choose(&stretches()).is_empty() {
                rotation.except.clear();
            }
            let facts = stretches();
            let rotating = rotation.choose(&facts);
            let rotates = |id: &StretchId| rotating.iter().any(|stretch| stretch.id == *id);
            let only = |one: &[StretchId], other: &[StretchId]| {
                let one = one.iter().filter(|id| rotates(id) && !other.contains(id));
                one.cloned().collect()
            };
            rotation.more_often = only(&more_often, &less_often);
            rotation.less_often = only(&less_often, &more_often);
            rotation
        },
    )
}

prop_compose! {
    fn any_sound()(on in any::<bool>(), volume in 0..=100_u8) -> Sound {
        Sound { on, volume }
    }
}

prop_compose! {
    fn any_voice()(
        on in any::<bool>(),
        name in proptest::option::of("[^\\s]\\PC{0,10}[^\\s]".prop_filter("nothing to trim", |name| name.trim() == name)),
        rate in -100..=100_i8,
    ) -> Voice {
        Voice { on, name, rate }
    }
}

fn any_look() -> impl Strategy<Value = Look> {
    let toggle = || prop_oneof![Just(Toggle::Desktop), Just(Toggle::On), Just(Toggle::Off)];
    let theme = prop_oneof![Just(Theme::Desktop), Just(Theme::Light), Just(Theme::Dark)];
    let scale = prop_oneof![
        Just(TextScale::Desktop),
        (50..=300_u16).prop_map(TextScale::Percent)
    ];
    let figure = prop_oneof![
        Just(FigureTone::Neutral),
        (1..=6_u8).prop_map(FigureTone::Tone)
    ];
    let window = prop_oneof![
        Just(WindowSize::Normal),
        Just(WindowSize::Full),
        Just(WindowSize::Corner)
    ];
    let monitor = prop_oneof![
        Just(Monitor::Pointer),
        Just(Monitor::Primary),
        "[A-Za-z]{1,4}-[0-9]|[^\\s]\\PC{0,10}[^\\sa-z]".prop_map(Monitor::Named),
    ];
    let monitor = monitor.prop_filter(
        "nothing to trim",
        |monitor| !matches!(monitor, Monitor::Named(name) if name.trim() != name),
    );
    let tray = any::<bool>();
    (
        theme,
        toggle(),
        toggle(),
        scale,
        figure,
        window,
        monitor,
        tray,
    )
        .prop_map(
            |(theme, reduced_motion, high_contrast, text_scale, figure, window, monitor, tray)| {
                Look {
                    window,
                    monitor,
                    theme,
                    reduced_motion,
                    high_contrast,
                    text_scale,
                    figure,
                    tray,
                }
            },
        )
}

prop_compose! {
    fn any_hold()(
        switches in any::<[bool; 6]>(),
        apps in proptest::collection::btree_set("[^\\s]\\PC{0,10}[^\\s]", 0..4),
        except in proptest::collection::btree_set("[^\\s]\\PC{0,10}[^\\s]", 0..4),
        meeting_length in 60_u64..43_200,
    ) -> Hold {
        let [quiet, meeting, fullscreen, locked, away, hours] = switches;
        let apps = apps.into_iter().filter(|app| app.trim() == app);
        let apps = apps.map(|name| App { in_front: name.len() % 2 == 0, name }).collect();
        let meeting_except = except.into_iter().filter(|app| app.trim() == app).collect();
        let meeting_length = Duration::from_secs(meeting_length);
        Hold {
            quiet, meeting, meeting_except, meeting_length, fullscreen, locked, away, hours, apps,
        }
    }
}

prop_compose! {
    fn any_hook()(
        on in select(unhunch::core::day::EVENTS.to_vec()),
        program in "[a-z~/]?/?[^\\s/\0]{1,10}".prop_filter("a path from somewhere", |program| {
            !program.contains('/') || program.starts_with('/') || program.starts_with("~/")
        }),
        arguments in vec("[^\0]{0,10}", 0..4),
        timeout in seconds(1..=3600),
    ) -> Hook {
        let run = std::iter::once(program).chain(arguments).collect();
        Hook { on, run, timeout }
    }
}

fn any_keep() -> impl Strategy<Value = Keep> {
    let units = select(vec![Unit::Days, Unit::Weeks, Unit::Months, Unit::Years]);
    prop_oneof![
        Just(Keep::Forever),
        (7_u32..100, units).prop_map(|(count, unit)| Keep::new(count, unit).unwrap()),
    ]
}

prop_compose! {
    /// Settings of any kind that can be written down.
    pub fn any_config()(
        schedule in any_schedule(),
        hours in any_hours(),
        hold in any_hold(),
        reminders in any_reminders(),
        rotation in any_rotation(),
        look in any_look(),
        sound in any_sound(),
        voice in any_voice(),
        hooks in vec(any_hook(), 0..3),
        keep in any_keep(),
        day in any::<bool>(),
        level in prop_oneof![
            Just(LogLevel::Error), Just(LogLevel::Warn), Just(LogLevel::Info),
            Just(LogLevel::Debug), Just(LogLevel::Trace),
        ],
    ) -> Config {
        Config { schedule, hours, hold, reminders, rotation, look, sound, voice, hooks, history: History { keep }, log: Log { level, day } }
    }
}

/// Pieces from which files with every kind of mistake can be put together.
pub fn any_piece() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "[schedule]",
        "[schedule",
        "[[reminder]]",
        "[[reminder",
        "[reminder]",
        "[reminder.eyes]",
        "[hours]",
        "[hold]",
        "[rotation]",
        "[look]",
        "[sound]",
        "[voice]",
        "volume = 40",
        "also = [\"cat_cow\"]",
        "except = [\"chin_tuck\", \"cat_cow\"]",
        "more_often = [\"chin_tuck\"]",
        "less_often = [\"chin_tuck\"]",
        "[log]",
        "[]",
        "[[]]",
        "id = \"eyes\"",
        "id = 3",
        "every = \"20min\"",
        "every = 20min",
        "every =",
        "at = [\"11:00\"",
        "at = [",
        "stretches = [\"chin_tuck\",",
        "snooze = [\"5min\"]",
        "lull: 10s",
        "mon = []",
        "=",
        "]",
        "]]",
        "\"",
        "\"\"\"",
        "'",
        "{",
        "}",
        "#",
        ",",
        ".",
        "\\",
        "\r",
        "\n",
        "\n",
        "\n",
        " ",
        "ä",
        "\u{feff}",
        "\u{0}",
        "\u{202e}",
        "quiet = yes",
        "= = =",
        "reminder = {",
        "a.b.c = 1",
    ];
    prop_oneof![
        4 => select(PIECES).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ]
}

/// The text with one byte more, less, or other than it was.
fn damaged(text: &str, at: usize, with: Option<u8>) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    let at = at % bytes.len();
    match with {
        Some(byte) if byte.is_ascii() => bytes.insert(at, byte),
        Some(byte) => bytes[at] = byte,
        None => drop(bytes.remove(at)),
    }
    bytes
}

fn survives(bytes: &[u8]) {
    let document = Document::from_bytes("random.toml", bytes);
    let (config, problems) = document.config(&stretches());
    for problem in &problems {
        assert!(!document.render(problem, false).is_empty());
    }
    // Whatever came out can be written down and is then without any mistake.
    assert_eq!(good("printed", &config_file::print(&config)), config);
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back_to_the_same(config in any_config()) {
        prop_assert_eq!(good("printed", &config_file::print(&config)), config);
    }

    #[test]
    fn no_jumble_of_pieces_brings_the_reader_down(pieces in vec(any_piece(), 0..40)) {
        survives(pieces.concat().as_bytes());
    }

    #[test]
    fn no_damage_to_a_good_file_brings_the_reader_down(
        damage in vec((any::<usize>(), proptest::option::of(any::<u8>())), 1..8),
    ) {
        let mut bytes = shipped().into_bytes();
        for (at, with) in damage {
            bytes = damaged(&String::from_utf8_lossy(&bytes), at, with);
        }
        survives(&bytes);
    }

    #[test]
    fn no_change_in_memory_brings_the_reader_down(
        changes in vec(("[a-z.\"-]{0,12}|reminder\\.[a-z]{1,3}\\.every|schedule\\.lull", any_piece()), 0..6),
    ) {
        let mut document = Document::parse("set.toml", "[[reminder]]\nid = \"a\"\nevery = \"1h\"\n");
        for (key, value) in changes {
            document.set(&key, &value, &stretches()).ok();
        }
        let (config, problems) = document.config(&stretches());
        prop_assert_eq!(problems, vec![]);
        prop_assert_eq!(good("printed", &config_file::print(&config)), config);
    }
}

/// What `unhunch config …` prints on its two streams, and its exit code.
fn unhunch(arguments: &[&str], config: &Path) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_unhunch"))
        .args(arguments)
        .env("UNHUNCH_CONFIG", config)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let code = output.status.code().expect("it ended by itself");
    (text(output.stdout), text(output.stderr), code)
}

#[test]
fn the_command_checks_the_file_in_use_or_another_one() {
    let good = here("config/config.toml");
    let bad = here("tests/configs/key_typing_mistake.toml");
    let doubtful = here("tests/configs/rotation_names_and_filters.toml");
    let missing = here("tests/configs/there_is_no_such_file.toml");
    let path = |path: &Path| path.to_str().unwrap().to_owned();

    let (said, _, code) = unhunch(&["config", "check"], &good);
    assert_eq!(
        (said.contains("everything is fine"), code),
        (true, 0),
        "{said}"
    );
    let (said, _, code) = unhunch(&["config", "check", &path(&bad)], &good);
    assert!(said.contains("did you mean `quiet`?"), "{said}");
    assert!(said.ends_with("one error; the rest is used\n"), "{said}");
    assert_eq!(code, 2);
    assert!(!said.contains('\u{1b}'), "no colours outside of a terminal");
    let (said, _, code) = unhunch(&["config", "check"], &doubtful);
    assert_eq!((said.contains("one warning"), code), (true, 0), "{said}");
    let (said, _, code) = unhunch(&["config", "check"], &missing);
    assert_eq!((said.contains("no such file"), code), (true, 2), "{said}");
    let (said, _, code) = unhunch(&["config", "check", "/"], &good);
    assert_eq!((said.contains("a folder"), code), (true, 2), "{said}");
}

#[test]
fn the_command_prints_the_settings_in_use_as_a_file_that_can_be_used() {
    let bad = here("tests/configs/schedule_snooze_element.toml");
    let (printed, complaints, code) = unhunch(&["config", "print"], &bad);
    assert_eq!(good("printed", &printed), Config::default());
    assert!(complaints.contains("10 mins"), "{complaints}");
    assert_eq!(code, 0);

    let (said, _, _) = unhunch(&["config", "path"], &bad);
    assert_eq!(said.trim_end(), bad.to_str().unwrap());
}

#[test]
fn without_a_file_the_command_is_content() {
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_unhunch"))
        .args(["config", "check"])
        .env_remove("UNHUNCH_CONFIG")
        .env("HOME", home.path())
        .env("XDG_CONFIG_HOME", home.path().join("config"))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("config/unhunch/config.toml"), "{said}");
    assert_eq!(
        fs::read_dir(home.path()).unwrap().count(),
        0,
        "nothing is made"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_pipe_is_read_where_the_user_names_it_and_nowhere_else() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("config/unhunch");
    fs::create_dir_all(&folder).unwrap();
    let pipe = folder.join("config.toml");
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());

    // Nobody writes to it: opening it would wait for ever.
    let output = Command::new(env!("CARGO_BIN_EXE_unhunch"))
        .args(["config", "check"])
        .env_remove("UNHUNCH_CONFIG")
        .env("XDG_CONFIG_HOME", home.path().join("config"))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("not a plain file"), "{said}");

    let mut reads = Command::new(env!("CARGO_BIN_EXE_unhunch"))
        .args(["config", "check"])
        .arg(&pipe)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    fs::write(&pipe, "[hold]\nquite = true\n").unwrap();
    let mut said = String::new();
    reads
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert!(said.contains("did you mean `quiet`?"), "{said}");
    assert_eq!(reads.wait().unwrap().code(), Some(2));
}
