//! Stretch files that are wrong in one way each, and files that something has gnawed at.
//!
//! Beside each file of `tests/stretches/bad` lies what the program says about it. After a change of
//! the words, `UPDATE_EXPECTED=1 cargo test` writes the new ones, to be read before they are
//! committed.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use proptest::prelude::*;
use unhunch::{
    core::stretch::{
        Catalogue, Joint, SideOrder, Stretch, Timeline, VariantName, pose_at,
        session::{Plan, Session},
    },
    stretch_file::{self, BUILTIN, Form},
};

#[test]
fn every_mistake_is_explained_as_it_was_agreed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stretches/bad");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    files.sort();
    assert!(files.len() >= 100, "only {} files were found", files.len());
    let mut differences = Vec::new();
    for file in files {
        let checked = stretch_file::check(std::slice::from_ref(&file)).remove(0);
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(!checked.broken.problems.is_empty(), "{name} is fine");
        let here = format!("{}/", folder.display());
        let said = checked.broken.render(false).replace(&here, "") + "\n";
        assert!(!said.contains("stretch-file-"), "a text is missing: {said}");
        // Of an empty file there is no line to show.
        let empty = fs::read(&file).unwrap().is_empty();
        assert!(empty || said.contains(name), "{name} is not named: {said}");
        let expected = file.with_extension("txt");
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(&expected, &said).unwrap();
        }
        if fs::read_to_string(&expected).ok().as_deref() != Some(&said) {
            differences.push(format!("{name}:\n{said}"));
        }
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

/// Goes through every moment of a stretch as the window would.
fn walk(stretch: &Stretch, catalogue: &Catalogue) {
    for variant in VariantName::ALL {
        let plan = Plan::Stretches {
            stretches: vec![stretch.clone()],
            variant,
            settle_in: Duration::from_secs(2),
        };
        let session = Session::new(plan, catalogue.rig.clone(), true, Duration::ZERO);
        let timeline = Timeline::new(stretch, variant, SideOrder::OtherFirst);
        assert!(timeline.total() >= Duration::from_secs(1));
        // Long ones are looked at as often as short ones.
        for step in 0..=150 {
            let t = timeline.total() * step / 150;
            let body = session.body(t);
            assert_eq!(body.is_some(), stretch.has_figure());
            let view = session.at(t);
            assert!(view.cue.is_some() && view.left <= timeline.total());
            for joint in Joint::ALL.into_iter().filter(|_| body.is_some()) {
                let at = pose_at(stretch, &catalogue.rig, &timeline, t)[joint];
                assert!(at.x.is_finite() && at.y.is_finite());
            }
        }
    }
}

/// Good files of every kind.
fn good() -> Vec<String> {
    let from = BUILTIN.find("[stretch.cat_cow]").unwrap();
    let end = BUILTIN[from..].find("\n# ---").unwrap();
    let cat_cow = BUILTIN[from..from + end].replace("cat_cow", "my_cat");
    let new = |form| stretch_file::template("My stretch", form).unwrap().1;
    vec![cat_cow, new(Form::Figure), new(Form::Steps)]
}

/// What something does to a file.
#[derive(Clone, Debug)]
enum Bite {
    Byte(usize, u8),
    Dropped(usize),
    Doubled(usize),
    Swapped(usize, usize),
    Cut(usize),
    Number(usize, &'static str),
}

fn bite() -> impl Strategy<Value = Bite> {
    let numbers = prop::sample::select(vec![
        "0",
        "-1",
        "1e308",
        "-1e308",
        "nan",
        "-nan",
        "inf",
        "-inf",
        "1e-300",
        "600",
        "100",
        "99999999999999999999999",
        "0x7fffffffffffffff",
        "\"\"",
        "[]",
        "{}",
        "true",
        "720",
        "-720",
    ]);
    prop_oneof![
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Bite::Byte(at, byte)),
        any::<usize>().prop_map(Bite::Dropped),
        any::<usize>().prop_map(Bite::Doubled),
        any::<(usize, usize)>().prop_map(|(a, b)| Bite::Swapped(a, b)),
        any::<usize>().prop_map(Bite::Cut),
        (any::<usize>(), numbers.clone()).prop_map(|(at, number)| Bite::Number(at, number)),
        (any::<usize>(), numbers).prop_map(|(at, number)| Bite::Number(at, number)),
    ]
}

fn bitten(text: &str, bite: &Bite) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let count = lines.len().max(1);
    match *bite {
        Bite::Byte(at, byte) => {
            let mut bytes = text.as_bytes().to_vec();
            let at = at % bytes.len().max(1);
            if let Some(old) = bytes.get_mut(at) {
                *old = byte;
            }
            return String::from_utf8_lossy(&bytes).into_owned();
        }
        Bite::Dropped(at) if !lines.is_empty() => {
            lines.remove(at % count);
        }
        Bite::Doubled(at) if !lines.is_empty() => lines.insert(at % count, lines[at % count]),
        Bite::Swapped(a, b) if !lines.is_empty() => lines.swap(a % count, b % count),
        Bite::Cut(at) => return text[..text.floor_char_boundary(at % (text.len() + 1))].to_owned(),
        Bite::Number(at, number) => return numbered(text, at, number),
        Bite::Dropped(_) | Bite::Doubled(_) | Bite::Swapped(..) => {}
    }
    lines.concat()
}

/// Another value in place of one of the numbers.
fn numbered(text: &str, which: usize, value: &str) -> String {
    let is_number = |c: char| c.is_ascii_digit() || c == '.' || c == '-';
    let mut starts = Vec::new();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() && !is_number(before) && !before.is_alphanumeric() && before != '_' {
            starts.push(at);
        }
        before = c;
    }
    let Some(start) = starts.get(which % starts.len().max(1)) else {
        return text.to_owned();
    };
    let rest = &text[*start..];
    let end = rest.find(|c: char| !is_number(c)).unwrap_or(rest.len());
    format!("{}{value}{}", &text[..*start], &rest[end..])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_has_gnawed_at_a_file_it_is_a_stretch_or_says_where_it_is_wrong(
        which in 0..3_usize,
        bites in prop::collection::vec(bite(), 1..6),
    ) {
        let catalogue = stretch_file::only(&[], None);
        let text = bites.iter().fold(good().remove(which), |text, bite| bitten(&text, bite));
        match stretch_file::read(Path::new("gnawed.toml"), &text, &catalogue.rig) {
            Ok(stretches) => stretches.iter().for_each(|stretch| walk(stretch, &catalogue)),
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    let (line, _) = problem.line_and_column(&text);
                    prop_assert!(line <= text.matches('\n').count() + 1);
                    prop_assert!(problem.render(&text, false).contains(&problem.message));
                }
            }
        }
    }
}
