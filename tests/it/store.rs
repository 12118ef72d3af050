//! The history and the saved state: written, read, killed, damaged, locked.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use proptest::{collection::vec, option, prelude::*};
use rusqlite::Connection;
use tempfile::TempDir;
use unhunch::{
    core::{
        schedule::{
            Credit, Saved, SavedBag, SavedBreak, SavedMeeting, SavedPause, SavedReminder,
            effect::Outcome,
        },
        stretch::StretchId,
    },
    store::{
        History, Notice, Reader,
        saved::{self, Clocks},
    },
};

/// Tells this test binary, started once more, to write until it is killed.
const CHILD: &str = "UNHUNCH_TEST_WRITES_TO";

fn nine() -> DateTime<Utc> {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

pub fn credit(number: u32) -> Credit {
    let at = nine() + TimeDelta::minutes(i64::from(number));
    let outcomes = [
        Outcome::Completed,
        Outcome::Abandoned,
        Outcome::Skipped,
        Outcome::Missed,
        Outcome::Natural,
        Outcome::Absorbed,
    ];
    Credit {
        reminder: format!("reminder-{number}"),
        stretches: vec![StretchId("chin_tuck".to_owned()); number as usize % 3],
        due: (number.is_multiple_of(2)).then_some(at),
        announced: (number.is_multiple_of(3)).then_some(at + TimeDelta::seconds(10)),
        started: (!number.is_multiple_of(5)).then_some(at + TimeDelta::seconds(20)),
        ended: at + TimeDelta::seconds(65),
        outcome: outcomes[number as usize % 6],
        stretched: Duration::from_secs(u64::from(number)),
        snoozes: number % 4,
    }
}

/// A folder and a history file in it.
fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("unhunch/history.db");
    (folder, file)
}

fn read(file: &Path) -> Vec<Credit> {
    let mut credits = Vec::new();
    let reader = Reader::open(file).unwrap();
    let collect = |credit| {
        credits.push(credit);
        Ok(())
    };
    reader.each_since(None, collect).unwrap();
    credits
}

/// A history with so many rows that it has many pages.
fn long_history(file: &Path) -> u32 {
    let (mut history, notice) = History::open(file, nine());
    assert_eq!(notice, None);
    // In one go: each row on its own waits for the disk.
    assert_eq!(history.record(&credit(0), nine()), None);
    let mut connection = Connection::open(file).unwrap();
    let transaction = connection.transaction().unwrap();
    for number in 1..400 {
        let rows = transaction.execute(
            "INSERT INTO breaks SELECT ?1, 'reminder-' || ?1, '[\"chin_tuck\"]', ended, ended, \
             ended, ended + ?1, 'completed', 40, 1 FROM breaks WHERE id = 1",
            [number + 1],
        );
        assert_eq!(rows.unwrap(), 1);
    }
    transaction.commit().unwrap();
    400
}

/// Fills a new history with ten years of breaks, eight on each day, and returns when the last one
/// ended.
pub fn ten_years(file: &Path) -> DateTime<Utc> {
    let (mut history, notice) = History::open(file, nine());
    assert_eq!(notice, None);
    assert_eq!(history.record(&credit(0), nine()), None);
    // In one go: each row on its own waits for the disk.
    let connection = Connection::open(file).unwrap();
    let rows = connection.execute(
        "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number LIMIT 29999) \
         INSERT INTO breaks (reminder, stretches, due, announced, started, ended, outcome, \
         stretched_s, snoozes) SELECT 'upper-back', \
         '[\"' || CASE n % 3 WHEN 0 THEN 'chin_tuck' WHEN 1 THEN 'cobra' ELSE 'sphinx' END || '\"]', \
         ended + n * 10800 - 120, ended + n * 10800 - 90, ended + n * 10800 - 60, \
         ended + n * 10800, CASE n % 4 WHEN 0 THEN 'skipped' ELSE 'completed' END, \
         CASE n % 4 WHEN 0 THEN 0 ELSE 45 END, 0 \
         FROM number, breaks WHERE breaks.id = 1",
        [],
    );
    assert_eq!(rows.unwrap(), 29_999);
    credit(0).ended + TimeDelta::hours(3 * 29_999)
}

#[test]
fn of_ten_years_the_last_week_is_told() {
    let (_folder, file) = place();
    let end = ten_years(&file);
    let (_, notice) = History::open(&file, end);
    assert_eq!(notice, None, "a long history is as good as a short one");

    let tally = Reader::open(&file)
        .unwrap()
        .tally_since(end - TimeDelta::days(7) + TimeDelta::seconds(1))
        .unwrap();

    // 8 a day for 7 days, of which every fourth was skipped.
    assert_eq!((tally.completed, tally.skipped), (42, 14));
    assert_eq!(tally.stretched, Duration::from_secs(42 * 45));
}

#[test]
fn what_was_written_is_read_again_in_order() {
    let (_folder, file) = place();
    assert!(read(&file).is_empty(), "no file is an empty history");
    let (mut history, notice) = History::open(&file, nine());
    assert_eq!(notice, None);
    assert!(read(&file).is_empty(), "a new file is one as well");

    let credits: Vec<Credit> = (0..12).map(credit).collect();
    for credit in &credits {
        assert_eq!(history.record(credit, nine()), None);
    }

    assert_eq!(read(&file), credits);
    let mut since = Vec::new();
    let reader = Reader::open(&file).unwrap();
    let collect = |credit| {
        since.push(credit);
        Ok(())
    };
    reader.each_since(Some(credits[9].ended), collect).unwrap();
    assert_eq!(since, credits[9..]);
}

#[test]
fn a_tally_counts_what_is_new_enough() {
    let (_folder, file) = place();
    let (mut history, _) = History::open(&file, nine());
    assert!(history.tally_since(nine()).is_empty());
    for number in 0..12 {
        assert_eq!(history.record(&credit(number), nine()), None);
    }

    // 6 to 11: each outcome once; natural (10) and absorbed (11) are not stretched.
    let tally = history.tally_since(credit(6).ended);

    let counts = [
        tally.completed,
        tally.abandoned,
        tally.skipped,
        tally.missed,
        tally.natural,
        tally.absorbed,
    ];
    assert_eq!(counts, [1; 6]);
    assert_eq!(tally.stretched, Duration::from_secs(6 + 7 + 8 + 9));
}

#[test]
fn every_stretch_of_a_break_that_was_done_counts() {
    let (_folder, file) = place();
    let nothing = Reader::open(&file).unwrap().by_stretch(nine()).unwrap();
    assert!(nothing.is_empty(), "no file is an empty history");
    let (mut history, _) = History::open(&file, nine());
    let hour = |hours| nine() + TimeDelta::hours(hours);
    for (at, outcome, stretches) in [
        (-9, Outcome::Completed, vec!["chin_tuck", "cobra"]),
        (-8, Outcome::Completed, vec!["sphinx"]),
        (
            0,
            Outcome::Completed,
            vec!["chin_tuck", "w_raise", "chin_tuck"],
        ),
        (1, Outcome::Skipped, vec!["cobra"]),
        (2, Outcome::Abandoned, vec!["eagle_arms"]),
        (3, Outcome::Completed, vec![]),
        (4, Outcome::Completed, vec!["w_raise"]),
    ] {
        let stretches = stretches.iter().map(|name| StretchId((*name).to_owned()));
        let credit = Credit {
            ended: hour(at),
            outcome,
            stretches: stretches.collect(),
            ..credit(0)
        };
        assert_eq!(history.record(&credit, nine()), None);
    }

    // Also while somebody writes.
    let writer = Connection::open(&file).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    let uses = history.by_stretch(nine());
    let told: Vec<_> = (uses.iter())
        .map(|(id, done)| (id.as_str(), done.times, done.last.unwrap()))
        .collect();
    let expected = [
        ("chin_tuck", 2, hour(0)),
        ("cobra", 0, hour(-9)),
        ("sphinx", 0, hour(-8)),
        ("w_raise", 2, hour(4)),
    ];
    assert_eq!(told, expected);
}

#[test]
fn the_history_is_for_the_user_alone() {
    let (_folder, file) = place();
    let (mut history, _) = History::open(&file, nine());
    assert_eq!(history.record(&credit(1), nine()), None);
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(file.parent().unwrap()), 0o700);
}

fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    path.metadata().unwrap().permissions().mode() & 0o777
}

#[test]
fn every_older_version_of_the_tables_opens() {
    let mut checked = 0;
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    for entry in fs::read_dir(data).unwrap() {
        let script = entry.unwrap().path();
        let name = script.file_name().unwrap().to_str().unwrap();
        if !(name.starts_with("history-") && name.ends_with(".sql")) {
            continue;
        }
        let (_folder, file) = place();
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        let old = Connection::open(&file).unwrap();
        old.execute_batch(&fs::read_to_string(&script).unwrap())
            .unwrap();
        drop(old);

        let (mut history, notice) = History::open(&file, nine());
        assert_eq!(notice, None, "{name}");
        assert_eq!(history.record(&credit(60), nine()), None, "{name}");
        let reminders: Vec<_> = read(&file).into_iter().map(|row| row.reminder).collect();
        assert_eq!(reminders, ["upper-back", "eyes", "reminder-60"], "{name}");
        checked += 1;
    }
    assert!(checked >= 1);
}

#[test]
fn a_history_of_a_newer_version_is_left_alone() {
    let (_folder, file) = place();
    let (mut history, _) = History::open(&file, nine());
    assert_eq!(history.record(&credit(1), nine()), None);
    let newer = Connection::open(&file).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    let before = fs::read(&file).unwrap();

    let (mut history, notice) = History::open(&file, nine());

    assert_eq!(notice, Some(Notice::Newer { file: file.clone() }));
    assert_eq!(history.record(&credit(2), nine()), None, "said once");
    assert_eq!(fs::read(&file).unwrap(), before);
    assert!(matches!(Reader::open(&file), Err(Notice::Newer { .. })));
}

#[test]
fn while_the_file_is_locked_rows_wait_and_none_is_lost() {
    let (_folder, file) = place();
    let (mut history, _) = History::open(&file, nine());
    let other = Connection::open(&file).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();

    let first = history.record(&credit(1), nine());
    let second = history.record(&credit(2), nine());
    other.execute_batch("COMMIT").unwrap();
    let third = history.record(&credit(3), nine());

    assert!(
        matches!(first, Some(Notice::Unavailable { .. })),
        "{first:?}"
    );
    assert_eq!((second, third), (None, None), "said once");
    assert_eq!(read(&file), [credit(1), credit(2), credit(3)]);
}

#[test]
fn a_place_that_cannot_be_written_is_said_once_and_tried_again() {
    let (folder, file) = place();
    // A file where the folder should be.
    fs::write(folder.path().join("unhunch"), "").unwrap();

    let (mut history, notice) = History::open(&file, nine());
    assert!(
        matches!(notice, Some(Notice::Unavailable { .. })),
        "{notice:?}"
    );
    assert_eq!(history.record(&credit(1), nine()), None);
    assert!(history.tally_since(nine()).is_empty());

    fs::remove_file(folder.path().join("unhunch")).unwrap();
    assert_eq!(history.record(&credit(2), nine()), None);
    assert_eq!(read(&file), [credit(1), credit(2)]);
}

#[test]
fn a_history_that_was_deleted_is_begun_anew() {
    let (_folder, file) = place();
    let (mut history, _) = History::open(&file, nine());
    assert_eq!(history.record(&credit(1), nine()), None);
    fs::remove_dir_all(file.parent().unwrap()).unwrap();
    assert_eq!(history.record(&credit(2), nine()), None);
    assert_eq!(read(&file), [credit(2)]);
}

/// The names of all files that were set aside.
fn aside(file: &Path) -> Vec<PathBuf> {
    fs::read_dir(file.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.to_str().unwrap();
            name.contains(".damaged-") && !name.ends_with("-wal") && !name.ends_with("-shm")
        })
        .collect()
}

/// Opens a file of any content; whatever it is, the next break is written and can be read.
fn recovers(file: &Path) -> Option<Notice> {
    let (mut history, notice) = History::open(file, nine());
    let later = history.record(&credit(7), nine());
    assert_eq!(later, None, "after {notice:?}");
    assert!(read(file).contains(&credit(7)));
    notice
}

#[test]
fn a_damaged_history_is_set_aside_with_a_message_and_a_new_one_begun() {
    let (_folder, file) = place();
    long_history(&file);
    let whole = fs::read(&file).unwrap();
    assert!(whole.len() > 16_000, "only {} bytes", whole.len());
    let other = "CREATE TABLE recipes (name TEXT); PRAGMA user_version = 1";

    for (damage, content) in [
        (
            "cut in the middle of a page",
            whole[..whole.len() - 1000].to_vec(),
        ),
        ("cut after the first page", whole[..4096].to_vec()),
        ("cut in the header", whole[..50].to_vec()),
        (
            "noise",
            (0..20_000_u32).map(|n| ((n * 7919) >> 3) as u8).collect(),
        ),
        ("a text", b"Dear diary,\n".repeat(200)),
        ("zeros", vec![0; 8192]),
    ] {
        fs::write(&file, &content).unwrap();
        let before = aside(&file).len();
        let notice = recovers(&file);
        let Some(Notice::Damaged { kept_as, .. }) = &notice else {
            panic!("{damage}: {notice:?}");
        };
        assert_eq!(fs::read(kept_as).unwrap(), content, "{damage}");
        assert_eq!(aside(&file).len(), before + 1, "{damage}");
        assert!(notice.unwrap().text().contains("is kept as"));
    }

    fs::remove_file(&file).unwrap();
    Connection::open(&file)
        .unwrap()
        .execute_batch(other)
        .unwrap();
    let notice = recovers(&file);
    assert!(matches!(notice, Some(Notice::Damaged { .. })), "{notice:?}");

    fs::write(&file, "").unwrap();
    assert_eq!(recovers(&file), None, "an empty file has nothing to lose");
}

#[test]
fn a_history_that_is_damaged_while_the_program_runs_loses_no_new_row() {
    let (_folder, file) = place();
    let (mut history, _) = History::open(&file, nine());
    assert_eq!(history.record(&credit(1), nine()), None);
    fs::write(&file, "what?".repeat(1000)).unwrap();

    let notice = history.record(&credit(2), nine());

    assert!(matches!(notice, Some(Notice::Damaged { .. })), "{notice:?}");
    assert_eq!(read(&file), [credit(2)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn no_damage_to_the_history_stops_the_next_row(
        damage in vec((any::<prop::sample::Index>(), any::<u8>()), 1..30),
        cut in option::of(any::<prop::sample::Index>()),
    ) {
        let (_folder, file) = place();
        let rows = long_history(&file);
        let mut bytes = fs::read(&file).unwrap();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            // The number of the version: with another one, it is a history of a newer program.
            if !(60..64).contains(&at) {
                bytes[at] = byte;
            }
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        fs::write(&file, &bytes).unwrap();

        let notice = recovers(&file);

        match notice {
            // Free space was hit, or a byte became what it was.
            None => prop_assert!(read(&file).len() as u32 <= rows + 1),
            Some(Notice::Damaged { kept_as, .. }) => {
                prop_assert_eq!(fs::read(kept_as).unwrap(), bytes);
            }
            Some(other) => prop_assert!(false, "{}", other),
        }
    }
}

#[test]
fn whatever_was_acknowledged_survives_a_kill() {
    let (folder, file) = place();
    let state = folder.path().join("unhunch/state.json");
    let mut known = 0;
    for round in 1..=10 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "store::writes_until_it_is_killed",
                "--ignored",
                "--nocapture",
            ])
            .env(CHILD, folder.path().join("unhunch"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut written = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map(Result::unwrap)
            .filter_map(|line| line.strip_prefix("written ")?.parse::<u64>().ok());
        for _ in 0..round * 3 {
            known = written.next().expect("the child writes on and on");
        }
        // Between the last word and this, the child is somewhere in the middle of a write.
        child.kill().unwrap();
        child.wait().unwrap();

        let rows = read(&file);
        assert!(rows.len() as u64 >= known, "{} of {known} rows", rows.len());
        for (number, row) in rows.iter().enumerate() {
            assert_eq!(*row, credit(u32::try_from(number).unwrap()));
        }
        let (restored, notice) = saved::read(&state, &clocks(Some("a"), 0, 0));
        assert_eq!(notice, None);
        let saved = restored
            .expect("a state was written before the first word")
            .saved;
        assert!(
            saved.next_prompt >= known,
            "{} of {known}",
            saved.next_prompt
        );
        assert_eq!(aside(&file), Vec::<PathBuf>::new());
    }
    let left = fs::read_dir(state.parent().unwrap())
        .unwrap()
        .filter(|entry| {
            let name = entry.as_ref().unwrap().file_name();
            name.to_str().unwrap().starts_with(".state-")
        });
    assert_eq!(
        left.count(),
        0,
        "temporary files of killed runs are removed"
    );
}

/// The other half of the test above, in a process of its own.
#[test]
#[ignore = "runs until it is killed; started by the test above"]
fn writes_until_it_is_killed() {
    let Some(folder) = std::env::var_os(CHILD).map(PathBuf::from) else {
        return;
    };
    let file = folder.join("history.db");
    let (mut history, notice) = History::open(&file, nine());
    assert_eq!(notice, None);
    for number in read(&file).len() as u64.. {
        let row = credit(u32::try_from(number).unwrap());
        assert_eq!(history.record(&row, nine()), None);
        let mut state = state();
        state.next_prompt = number + 1;
        saved::write(&folder.join("state.json"), &state, &clocks(Some("a"), 0, 0)).unwrap();
        println!("written {}", number + 1);
    }
}

pub fn clocks(boot_id: Option<&str>, boot_s: u64, later_s: i64) -> Clocks {
    Clocks {
        boot_id: boot_id.map(str::to_owned),
        boot: Duration::from_secs(boot_s),
        utc: nine() + TimeDelta::seconds(later_s),
    }
}

pub fn state() -> Saved {
    let id = |name: &str| StretchId(name.to_owned());
    let morning = NaiveDate::from_ymd_opt(2026, 3, 2)
        .unwrap()
        .and_time(NaiveTime::MIN);
    Saved {
        at: nine(),
        reminders: vec![
            SavedReminder {
                id: "upper-back".to_owned(),
                work: Duration::new(1799, 999_999_999),
                fired: vec![morning],
                due: Some(SavedBreak {
                    due: nine(),
                    announced: Some(nine()),
                    anchor: Some(nine()),
                    stretches: vec![id("chin_tuck")],
                    snoozes: 1,
                    snooze_left: Some(Duration::from_millis(1500)),
                    absorbed_by: Some("legs".to_owned()),
                }),
            },
            SavedReminder {
                id: "eyes".to_owned(),
                work: Duration::ZERO,
                fired: Vec::new(),
                due: None,
            },
        ],
        bag: SavedBag {
            random: u64::MAX,
            used: vec![id("cobra"), id("sphinx"), id("cobra")],
            resting: vec![id("chin_tuck")],
            last: Some(id("sphinx")),
        },
        pause: None,
        meeting: Some(SavedMeeting {
            left: Duration::from_secs(1800),
            ask_in: Duration::from_secs(1680),
        }),
        idle_for: Some(Duration::from_secs(3)),
        hours_begun: Some(morning),
        watched: true,
        inside_hours: true,
        next_prompt: 7,
    }
}

#[test]
fn the_state_is_read_back_as_it_was() {
    let (folder, _) = place();
    let file = folder.path().join("deep/down/state.json");
    let now = clocks(Some("a"), 100, 0);
    assert_eq!(saved::read(&file, &now), (None, None), "nothing yet");
    for pause in [
        None,
        Some(SavedPause::Resumed),
        Some(SavedPause::For(Duration::from_nanos(1))),
        Some(SavedPause::Time {
            time: NaiveTime::from_hms_opt(6, 0, 0).unwrap(),
            at: nine(),
        }),
    ] {
        let mut state = state();
        state.pause = pause;
        saved::write(&file, &state, &now).unwrap();
        let (restored, notice) = saved::read(&file, &now);
        assert_eq!(restored.unwrap().saved, state);
        assert_eq!(notice, None);
    }
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(file.parent().unwrap()), 0o700);
}

#[test]
fn a_state_from_before_there_were_weights_and_meetings_is_still_read() {
    let (folder, _) = place();
    let file = folder.path().join("state.json");
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/state-before-weights.json");
    fs::copy(old, &file).unwrap();
    let (restored, notice) = saved::read(&file, &clocks(Some("a"), 100, 0));
    assert_eq!(notice, None);
    let bag = SavedBag {
        resting: Vec::new(),
        ..state().bag
    };
    let expected = Saved {
        bag,
        meeting: None,
        watched: false,
        ..state()
    };
    assert_eq!(restored.unwrap().saved, expected);
}

#[test]
fn the_time_off_is_measured_by_the_clock_that_can_be_trusted() {
    let (folder, _) = place();
    let file = folder.path().join("state.json");
    saved::write(&file, &state(), &clocks(Some("a"), 1000, 0)).unwrap();
    for (now, off, why) in [
        (clocks(Some("a"), 1000, 0), 0, "at once"),
        (clocks(Some("a"), 1100, 100), 100, "the machine stayed on"),
        (
            clocks(Some("a"), 1100, -9999),
            100,
            "somebody set the clock back",
        ),
        (
            clocks(Some("a"), 1100, 9999),
            100,
            "somebody set the clock forward",
        ),
        (
            clocks(Some("b"), 60, 500),
            500,
            "the machine was started anew",
        ),
        (
            clocks(Some("b"), 60, -500),
            0,
            "started anew, and the clock set back",
        ),
        (
            clocks(Some("a"), 60, 500),
            500,
            "the same id, yet the clock began anew",
        ),
        (clocks(None, 1100, 500), 500, "no id"),
    ] {
        let (restored, _) = saved::read(&file, &now);
        assert_eq!(restored.unwrap().off, Duration::from_secs(off), "{why}");
    }
    saved::write(&file, &state(), &clocks(None, 1000, 0)).unwrap();
    let (restored, _) = saved::read(&file, &clocks(None, 1100, 500));
    assert_eq!(
        restored.unwrap().off,
        Duration::from_secs(500),
        "never an id"
    );
}

#[test]
fn a_state_that_cannot_be_read_is_set_aside_and_the_program_begins_anew() {
    let (folder, _) = place();
    let file = folder.path().join("state.json");
    let now = clocks(Some("a"), 1000, 0);
    saved::write(&file, &state(), &now).unwrap();
    let whole = fs::read(&file).unwrap();
    let newer = String::from_utf8(whole.clone()).unwrap();
    let newer = newer.replacen("\"version\":1", "\"version\":2", 1);
    for (damage, content) in [
        ("cut", whole[..whole.len() / 2].to_vec()),
        ("empty", Vec::new()),
        ("zeros", vec![0; 500]),
        ("another file", b"{}".to_vec()),
        ("a newer version", newer.into_bytes()),
        ("no number", b"{\"version\":\"one\"}".to_vec()),
    ] {
        fs::write(&file, &content).unwrap();
        let (restored, notice) = saved::read(&file, &now);
        assert_eq!(restored, None, "{damage}");
        let Some(Notice::Damaged { kept_as, .. }) = notice else {
            panic!("{damage}: {notice:?}");
        };
        assert_eq!(fs::read(kept_as).unwrap(), content, "{damage}");
        assert_eq!(saved::read(&file, &now), (None, None), "{damage}");
    }
}

#[test]
fn a_state_that_cannot_be_written_leaves_the_one_before() {
    let (folder, _) = place();
    let file = folder.path().join("state.json");
    fs::create_dir(&file).unwrap();
    let error = saved::write(&file, &state(), &clocks(None, 0, 0)).unwrap_err();
    assert_eq!(error.to_string(), "replacing the state file");
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing is left over"
    );
}

#[test]
fn the_command_shows_the_history_without_the_program() {
    let (folder, file) = place();
    let unhunch = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_unhunch"))
            .arg("history")
            .args(arguments)
            .env("UNHUNCH_DATA_DIR", folder.path().join("unhunch"))
            .env("UNHUNCH_CONFIG", "/dev/null")
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (
            text(output.stdout),
            text(output.stderr),
            output.status.code(),
        )
    };

    let (said, _, code) = unhunch(&[]);
    assert_eq!(
        (said.contains("No breaks yet"), code),
        (true, Some(0)),
        "{said}"
    );
    assert_eq!(unhunch(&["--format", "json"]).0, "[\n]\n");
    assert!(!file.exists(), "looking makes nothing");

    let (mut history, _) = History::open(&file, nine());
    for number in 1..=3 {
        assert_eq!(history.record(&credit(number), nine()), None);
    }
    let json = unhunch(&["--format", "json"]).0;
    let rows: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0]["reminder"], "reminder-1");
    assert_eq!(rows[1]["due"], "2026-03-02T09:02:00Z");
    assert_eq!(rows[1]["announced"], serde_json::Value::Null);
    assert_eq!(rows[2]["stretched_s"], 3);
    let since = unhunch(&["--since", "2026-03-02T09:03:00Z", "--format", "csv"]).0;
    assert_eq!(since.lines().count(), 1 + 2, "{since}");

    let (_, said, code) = unhunch(&["--since", "when?"]);
    assert_eq!(
        (said.contains("how long ago"), code),
        (true, Some(2)),
        "{said}"
    );
    fs::write(&file, "no history".repeat(100)).unwrap();
    let (_, said, code) = unhunch(&[]);
    assert_eq!(
        (said.contains("history.db"), code),
        (true, Some(1)),
        "{said}"
    );
    assert_eq!(aside(&file), Vec::<PathBuf>::new(), "looking moves nothing");
}

#[test]
fn work_noted_since_the_last_change_is_not_lost_to_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let at = |boot| clocks(Some("a"), boot, 0);
    let worked = |seconds| {
        let mut state = state();
        state.reminders[0].work = Duration::from_secs(seconds);
        state
    };
    let work_at = |boot| {
        let (restored, notice) = saved::read(&file, &at(boot));
        let restored = restored.unwrap();
        let work = restored.saved.reminders[0].work.as_secs();
        (work, restored.off.as_secs(), notice.is_some())
    };

    saved::write(&file, &worked(100), &at(1000)).unwrap();
    saved::note(&file, &worked(160), &at(1060)).unwrap();
    assert_eq!(work_at(1070), (160, 10, false), "the note is newer");

    saved::write(&file, &worked(5), &at(1080)).unwrap();
    assert_eq!(work_at(1090), (5, 10, false), "the note is older");

    saved::note(&file, &worked(65), &at(1140)).unwrap();
    fs::write(folder.path().join("state.note"), "{\"version\":1,").unwrap();
    assert_eq!(work_at(1150), (5, 70, false), "the note is half written");

    saved::note(&file, &worked(65), &at(1140)).unwrap();
    fs::write(&file, "").unwrap();
    assert_eq!(
        work_at(1150),
        (65, 10, true),
        "the state is damaged, the note is not"
    );
}
