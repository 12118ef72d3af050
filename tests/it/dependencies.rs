//! What the program is built from, held against the lists in `deny.toml`: licences under which we
//! may ship, no way onto the network, nothing twice without a reason.
//!
//! cargo-deny reads the same lists and knows more; this needs nothing but cargo.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    process::Command,
};

use toml::{Table, Value};

/// A crate of a certain version in the tree below ours.
struct Package {
    name: String,
    version: String,
    licence: String,
    /// Where it comes from, if not from the registry of crates.
    elsewhere: Option<String>,
}

/// Everything that is compiled for Linux along these edges of the tree.
fn packages(edges: &str) -> Vec<Package> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["tree", "--locked", "--offline", "--prefix=none"])
        .args(["--format={p}|{l}", "--no-dedupe", "--edges", edges])
        .args(["--target=x86_64-unknown-linux-gnu", "--color=never"])
        .args([
            "--manifest-path",
            concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"),
        ])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let lines: BTreeSet<String> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect();
    let packages: Vec<Package> = lines.iter().map(|line| package(line)).collect();
    assert!(packages.len() > 100, "cargo tree shows the tree");
    packages
        .into_iter()
        .filter(|package| package.name != env!("CARGO_PKG_NAME"))
        .collect()
}

/// A line such as `syn v2.0.1 (proc-macro)|MIT OR Apache-2.0`.
fn package(line: &str) -> Package {
    let (package, licence) = line.split_once('|').unwrap();
    let mut words = package.split(' ');
    Package {
        name: words.next().unwrap().to_owned(),
        version: words.next().unwrap().to_owned(),
        licence: licence.to_owned(),
        elsewhere: words
            .find(|word| *word != "(proc-macro)")
            .map(str::to_owned),
    }
}

fn deny_toml() -> Table {
    include_str!("../../deny.toml").parse().unwrap()
}

/// The `crate` of every entry in a list.
fn crates(list: &Value) -> BTreeSet<&str> {
    let entries = list.as_array().unwrap();
    entries
        .iter()
        .map(|entry| entry["crate"].as_str().unwrap())
        .collect()
}

fn words(list: &Value) -> BTreeSet<&str> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|word| word.as_str().unwrap())
        .collect()
}

#[test]
fn nothing_can_reach_the_network() {
    let (rules, packages) = (deny_toml(), packages("normal,build,dev"));
    let refused = crates(&rules["bans"]["deny"]);

    let found: BTreeSet<&str> = packages
        .iter()
        .map(|package| package.name.as_str())
        .filter(|name| refused.contains(name))
        .collect();

    assert!(
        found.is_empty(),
        "{found:?}: `cargo tree --invert NAME` says who wants it"
    );
}

#[test]
fn every_licence_lets_us_ship() {
    let rules = deny_toml();
    let general = words(&rules["licenses"]["allow"]);

    let refused: Vec<String> = packages("normal,build,dev")
        .iter()
        .filter(|package| {
            let mut licences = general.clone();
            for exception in rules["licenses"]["exceptions"].as_array().unwrap() {
                if exception["crate"].as_str() == Some(&package.name) {
                    licences.extend(words(&exception["allow"]));
                }
            }
            !allowed(&package.licence, &licences)
        })
        .map(|package| format!("{}: {}", package.name, package.licence))
        .collect();

    assert!(refused.is_empty(), "\n{}", refused.join("\n"));
}

#[test]
fn nothing_is_compiled_twice_without_a_reason() {
    let rules = deny_toml();
    let expected = crates(&rules["bans"]["skip"]);
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in packages("normal,build") {
        versions
            .entry(package.name)
            .or_default()
            .insert(package.version);
    }

    let unexpected: Vec<_> = versions
        .iter()
        .filter(|(name, versions)| versions.len() > 1 && !expected.contains(name.as_str()))
        .collect();

    assert!(
        unexpected.is_empty(),
        "twice in the tree, and not in deny.toml with a reason: {unexpected:?}"
    );
}

#[test]
fn every_package_comes_from_the_registry() {
    for package in packages("normal,build,dev") {
        assert_eq!(package.elsewhere, None, "{}", package.name);
    }
}

#[test]
fn the_licences_that_are_shown_are_those_of_what_is_part_of_the_program() {
    let shown: BTreeSet<&str> = include_str!("../../assets/licences.txt").lines().collect();
    let packages = packages("normal,no-proc-macro");
    let linked: BTreeSet<String> = (packages.iter())
        .map(|package| {
            let version = package.version.trim_start_matches('v');
            format!("{} {version} {}", package.name, package.licence)
        })
        .collect();
    let linked: BTreeSet<&str> = linked.iter().map(String::as_str).collect();
    let differ: Vec<_> = shown.symmetric_difference(&linked).collect();
    assert!(differ.is_empty(), "time for script/licences: {differ:?}");
}

/// Whether a licence expression can be met: `OR` needs one side, `AND`, which binds tighter, both.
fn allowed(expression: &str, licences: &BTreeSet<&str>) -> bool {
    let expression = expression.trim();
    for (operator, all) in [(" OR ", false), (" AND ", true)] {
        let mut sides = outside_of_brackets(expression, operator).into_iter();
        if sides.len() > 1 {
            return if all {
                sides.all(|side| allowed(side, licences))
            } else {
                sides.any(|side| allowed(side, licences))
            };
        }
    }
    if let Some(inside) = expression
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        return allowed(inside, licences);
    }
    // An older way to write OR.
    expression
        .split('/')
        .any(|licence| licences.contains(licence.trim()))
}

/// Splits an expression where the operator stands outside of brackets.
fn outside_of_brackets<'a>(expression: &'a str, operator: &str) -> Vec<&'a str> {
    let mut sides = Vec::new();
    let (mut depth, mut from) = (0_usize, 0);
    for (at, c) in expression.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 && expression[at..].starts_with(operator) => {
                sides.push(&expression[from..at]);
                from = at + operator.len();
            }
            _ => {}
        }
    }
    sides.push(&expression[from..]);
    sides
}

#[test]
fn licence_expressions_are_read() {
    let check = |expression: &str| allowed(expression, &BTreeSet::from(["MIT", "OFL-1.1"]));

    assert!(check("MIT"));
    assert!(check("GPL-3.0 OR MIT"));
    assert!(check("MIT/Apache-2.0"));
    assert!(check("(MIT OR GPL-2.0) AND OFL-1.1"));
    assert!(check("MIT OR GPL-2.0 AND GPL-3.0"));
    assert!(!check("GPL-3.0"));
    assert!(!check("MIT AND GPL-3.0"));
    assert!(!check("(MIT OR Apache-2.0) AND (GPL-2.0 OR GPL-3.0)"));
    assert!(!check(""));
}
