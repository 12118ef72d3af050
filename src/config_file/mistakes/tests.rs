//! All mistakes that are explained, with what is offered to mend them.

use std::{collections::BTreeMap, fs, path::Path, sync::LazyLock};

use insta::assert_snapshot;
use tempfile::TempDir;

use super::{
    super::{EditError, Location, changes, load, take_back},
    *,
};
use crate::{config_file::Undone, diagnostic::Problem, stretch_file};

static FACTS: LazyLock<Vec<StretchFacts>> = LazyLock::new(|| stretch_file::builtin().facts());

/// A folder with a settings file in it.
struct Home {
    folder: TempDir,
    facts: Vec<StretchFacts>,
}

impl Home {
    fn with(text: impl AsRef<[u8]>) -> Self {
        let home = Self {
            folder: tempfile::tempdir().unwrap(),
            facts: FACTS.clone(),
        };
        fs::write(home.location().path, text).unwrap();
        home
    }

    fn location(&self) -> Location {
        Location::chosen(self.folder.path().join("config.toml"))
    }

    fn text(&self) -> String {
        fs::read_to_string(self.location().path).unwrap()
    }

    fn load(&self) -> Loaded {
        load(&self.location(), &self.facts)
    }

    fn mistakes(&self) -> Vec<Mistake> {
        mistakes(&self.load(), &self.facts)
    }

    /// Mends by the repair with these words.
    fn mend(&self, said: &str) -> String {
        let mistakes = self.mistakes();
        let found = mistakes.iter().find_map(|mistake| {
            let repair = mistake.repairs.iter().find(|repair| repair.said == said)?;
            Some((mistake, repair))
        });
        let (mistake, repair) = found.unwrap_or_else(|| panic!("{:?}", all(&mistakes)));
        mend(&self.location(), &self.facts, mistake, repair).unwrap();
        self.text()
    }
}

fn all(mistakes: &[Mistake]) -> Vec<&str> {
    let repairs = mistakes.iter().flat_map(|mistake| &mistake.repairs);
    repairs.map(Repair::said).collect()
}

/// What is offered for a text, and what comes of each.
fn offered(text: &str) -> String {
    let home = Home::with(text);
    let mut told = String::new();
    for mistake in home.mistakes() {
        let key = mistake.key.as_deref().unwrap_or("-");
        told += &format!("{}: {} ({key})\n", mistake.line, mistake.message);
        for repair in &mistake.repairs {
            told += &format!("  {}\n", repair.said);
        }
    }
    told
}

fn configs() -> BTreeMap<String, Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/configs");
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let toml = files.filter(|path| path.extension().is_some_and(|it| it == "toml"));
    toml.map(|path| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (name, fs::read(path).unwrap())
    })
    .collect()
}

#[test]
fn every_repair_of_every_mistake_helps_and_touches_no_other_setting() {
    let (mut meant, mut mended, mut notation, mut notation_mended) = (0, 0, 0, 0);
    let (mut without, mut repairs, mut revealing) = (Vec::new(), 0, 0);
    for (name, bytes) in configs() {
        let home = Home::with(&bytes);
        let before = home.load();
        let found = mistakes(&before, &home.facts);
        assert_eq!(found.len(), before.problems.len());
        for (mistake, problem) in found.iter().zip(&before.problems) {
            let place = format!("{name}:{}", mistake.line);
            let broken = before.document.problems.contains(problem);
            let (count, with) = match broken {
                true => (&mut notation, &mut notation_mended),
                false => (&mut meant, &mut mended),
            };
            *count += 1;
            *with += usize::from(!mistake.repairs.is_empty());
            if std::env::var_os("SHOW_REPAIRS").is_some() {
                println!(
                    "{place} {:?} {}\n    {:?}",
                    mistake.key,
                    mistake.message,
                    all(std::slice::from_ref(mistake))
                );
            }
            if mistake.repairs.is_empty() {
                without.push(format!("{place}: {}", mistake.message));
            }
            for repair in &mistake.repairs {
                fs::write(home.location().path, &bytes).unwrap();
                let mended = mend(&home.location(), &home.facts, mistake, repair);
                let (config, step) = mended.unwrap_or_else(|error| panic!("{place}: {error}"));
                let after = home.load();
                assert_eq!(after.config, config, "{place}: {}", repair.said);
                let is_there = |other: &Problem| {
                    let (line, _) = after.document.line_and_column(other);
                    (line, &other.message) == (mistake.line, &mistake.message)
                };
                let (now, then) = (after.problems.len(), before.problems.len());
                assert!(now <= then, "{place}: {}", repair.said);
                assert!(
                    now < then || !after.problems.iter().any(is_there),
                    "{place}: {}",
                    repair.said
                );
                repairs += 1;
                revealing += usize::from(now == then);
                if let (false, Some(key)) = (broken, &mistake.key) {
                    let table = key.split('.').next().unwrap();
                    let changed = changes(&before.config, &config);
                    let others: Vec<&String> = changed
                        .iter()
                        .filter(|key| key.split('.').next() != Some(table))
                        .collect();
                    assert_eq!(others, [""; 0], "{place}: {}", repair.said);
                }
                let taken = take_back(&home.location(), &step.unwrap()).unwrap();
                assert_eq!(taken, Undone::Done);
                assert_eq!(fs::read(home.location().path).unwrap(), bytes);
            }
        }
    }
    println!(
        "{mended} of {meant} mistakes can be mended, and {notation_mended} of {notation} in the notation"
    );
    println!(
        "{repairs} repairs, of which {revealing} bring another mistake to light; without: {without:#?}"
    );
    assert!(revealing * 100 <= repairs * 3, "{revealing} of {repairs}");
    assert!(
        mended * 100 >= meant * 97,
        "{mended} of {meant}: {without:#?}"
    );
    assert!(
        notation_mended * 100 >= notation * 90,
        "{notation_mended} of {notation}: {without:#?}"
    );
}

#[test]
fn what_is_offered() {
    let text = "\
[hold]
quite = true # at night
meeting = yes
lull = \"5s\"

[sounds]
volume = 140

[[hook]]
on = \"due\"
run = [\"beep\"]
timeout = \"2h\"

[[hook]]
on = \"dew\"
run = [\"beep\", 3]
";
    assert_snapshot!(offered(text), @r##"
    2: `[hold]` has no key `quite` (hold.quiet)
      Write `quiet`
      Take the line out
    3: a switch is `true` or `false` (hold.meeting)
      Write `true`
      Take the line out
      Keep the line as a comment
    4: `[hold]` has no key `lull` (schedule.lull)
      Move it under `[schedule]`
      Take the line out
    6: there is no table `sounds` (sound)
      Write `[sound]`
      Take `[sounds]` and all below it out
    12: `"2h"` is too long (hook.1.timeout)
      Write `"1h"`
      Use the default, `"10s"`
      Take the line out
    15: `"dew"` is not one of the choices (hook.on)
      Take the hook out
    16: a whole number does not fit here (hook.run)
      Write `"3"`
    "##);
}

#[test]
fn one_repair_changes_one_thing() {
    let text = "# mine\n[hold]\nquite = false # at night\n\n[look] # nice\ntheme = \"darc\"\nlull = \"5s\" # short\n";
    let home = Home::with(text);
    let quiet = home.mend("Write `quiet`");
    assert_eq!(quiet, text.replace("quite", "quiet"));
    let dark = home.mend("Write `\"dark\"`");
    assert_eq!(dark, quiet.replace("darc", "dark"));
    assert_snapshot!(home.mend("Move it under `[schedule]`"), @r##"
    [schedule]
    lull = "5s"

    # mine
    [hold]
    quiet = false # at night

    [look] # nice
    theme = "dark"
    "##);
    assert_eq!(home.mistakes(), []);
}

#[test]
fn days_in_one_line_become_lines() {
    let home = Home::with("[hours]\n  fri-mon = [\"09:00-17:00\"] # and more\n");
    assert_snapshot!(home.mend("Write a line for each day"), @r##"
    [hours]
      fri = ["09:00-17:00"]
      sat = ["09:00-17:00"]
      sun = ["09:00-17:00"]
      mon = ["09:00-17:00"] # and more
    "##);
    let home = Home::with(
        "[hours]\nmon = [\"08:00-12:00\", \"11:00-15:00\", \"22:00-06:00\", \"05:00-06:30\"]\n",
    );
    let joined = home.mend("Write `[\"05:00-06:30\", \"08:00-15:00\", \"22:00-06…`");
    assert_eq!(
        joined,
        "[hours]\nmon = [\"05:00-06:30\", \"08:00-15:00\", \"22:00-06:00\"]\n"
    );
}

#[test]
fn a_table_in_two_places_is_put_together() {
    let text = "[schedule]\nlull = \"1s\"\n\n[hold]\nquiet = false\n\n# later\n[schedule]\nlate = \"1h\" # an hour\n\n[log]\nlevel = \"warn\"\n";
    let home = Home::with(text);
    assert_eq!(
        all(&home.mistakes()),
        ["Move all below it under the first `[schedule]`"]
    );
    assert_snapshot!(home.mend("Move all below it under the first `[schedule]`"), @r##"
    [schedule]
    lull = "1s"
    # later
    late = "1h" # an hour

    [hold]
    quiet = false

    [log]
    level = "warn"
    "##);
}

#[test]
fn several_slips_on_one_line_are_mended_together() {
    let home = Home::with(
        "[schedule]\nlull: 20 seconds # short\nlate: 5m\nsettle == \"2 mins\"\nsnooze = [\"5 minutes\" \"10min\"\n",
    );
    let mistakes = home.mistakes();
    assert_eq!(mistakes[0].text, "lull: 20 seconds # short");
    assert_snapshot!(format!("{:#?}", all(&mistakes)), @r##"
    [
        "Write `lull = \"20s\" # short`",
        "Keep the line as a comment",
        "Keep the line as a comment",
        "Take the line out",
        "Write `settle = \"2 mins\"`",
        "Keep the line as a comment",
        "Take the line out",
        "Write `snooze = [\"5 minutes\", \"10min\"`",
        "Keep the line as a comment",
        "Take the line out",
    ]
    "##);
}

#[test]
fn a_repair_is_for_the_file_that_was_read() {
    let text = "[hold]\nquite = true\n";
    let home = Home::with(text);
    let mistakes = home.mistakes();
    let repair = &mistakes[0].repairs[0];
    let try_it = || mend(&home.location(), &home.facts, &mistakes[0], repair);
    let theirs = format!("# theirs\n{text}");
    fs::write(home.location().path, &theirs).unwrap();
    let error = try_it().unwrap_err();
    assert!(matches!(error, EditError::Changed { .. }), "{error}");
    assert!(
        error.to_string().contains("changed by somebody else"),
        "{error}"
    );
    assert_eq!(home.text(), theirs);
    fs::remove_file(home.location().path).unwrap();
    assert!(matches!(try_it(), Err(EditError::Changed { .. })));
    assert!(!home.location().path.exists());
    fs::write(home.location().path, text).unwrap();
    try_it().unwrap();
    assert_eq!(home.text(), "[hold]\nquiet = true\n");
}

#[test]
fn a_file_that_cannot_be_read_has_no_repairs() {
    for bytes in [&b"\0\0"[..], b"\xff\xfea", b"[hold]\nquite = \xe4\n"] {
        let home = Home::with(bytes);
        let found = home.mistakes();
        assert!(!found.is_empty() && found.iter().all(|it| it.repairs.is_empty()));
    }
    let home = Home::with("");
    let nowhere = Location::chosen(home.folder.path().join("nowhere.toml"));
    let found = mistakes(&load(&nowhere, &home.facts), &home.facts);
    assert_eq!(
        (found.len(), found[0].line, found[0].repairs.len()),
        (1, 1, 0)
    );
}

#[test]
fn a_line_is_written_anew_and_no_other() {
    let text = "\u{feff}[hold]\r\nquite = true\r\n[look]\r\ntheme = 3";
    let home = Home::with(text);
    let to =
        |line, old: &str, new: &str| rewrite_line(&home.location(), &home.facts, line, old, new);
    let (config, step) = to(2, "quite = true", "quiet = false").unwrap();
    assert!(!config.hold.quiet);
    assert_eq!(home.text(), text.replace("quite = true", "quiet = false"));
    let taken = take_back(&home.location(), &step.unwrap()).unwrap();
    assert_eq!((taken, home.text().as_str()), (Undone::Done, text));
    // It may still be wrong, and may be gone.
    to(4, "theme = 3", "theme = 4").unwrap();
    to(4, "theme = 4", "").unwrap();
    to(1, "[hold]", "[hold] # mine").unwrap();
    assert_eq!(
        home.text(),
        "\u{feff}[hold] # mine\r\nquite = true\r\n[look]\r\n"
    );
    assert_eq!(to(1, "[hold] # mine", "[hold] # mine").unwrap().1, None);

    let before = home.text();
    for (line, old) in [(0, ""), (2, "quite = false"), (9, ""), (6, "")] {
        let error = to(line, old, "x").unwrap_err();
        assert!(
            matches!(error, EditError::Changed { .. }),
            "{line}: {error}"
        );
    }
    for new in ["a\nb", "a\r", "\0"] {
        let error = to(2, "quite = true", new).unwrap_err();
        assert!(matches!(error, EditError::Refused { .. }), "{error}");
    }
    assert_eq!(home.text(), before);
}
