//! What the program is built from: licences that we may ship, and no way onto the network.
//!
//! `deny.toml` says the same to cargo-deny, with reasons; this needs nothing but cargo.

use std::{collections::BTreeSet, env, process::Command};

use serde_json::Value;

/// Licences under which we may ship; `deny.toml` has the reasons.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OFL-1.1",
    "Ubuntu-font-1.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates that speak with other machines. The program never does, and has no code for it.
const NETWORK: &[&str] = &[
    "curl",
    "h2",
    "hickory-proto",
    "hickory-resolver",
    "hyper",
    "isahc",
    "native-tls",
    "openssl",
    "openssl-sys",
    "quinn",
    "reqwest",
    "rustls",
    "surf",
    "trust-dns-resolver",
    "tungstenite",
    "ureq",
];

/// Every package that is needed to build the program for Linux and run its tests.
fn packages() -> Vec<Value> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version=1", "--locked", "--offline"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
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
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let needed: BTreeSet<&str> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|node| node["id"].as_str())
        .collect();
    let packages = metadata["packages"].as_array().unwrap();
    let needed = |package: &&Value| needed.contains(package["id"].as_str().unwrap());
    packages.iter().filter(needed).cloned().collect()
}

fn name(package: &Value) -> &str {
    package["name"].as_str().unwrap()
}

#[test]
fn nothing_can_reach_the_network() {
    let packages = packages();

    let found: Vec<&str> = packages
        .iter()
        .map(name)
        .filter(|name| NETWORK.contains(name))
        .collect();

    assert!(
        found.is_empty(),
        "{found:?} can reach the network; `cargo tree -i NAME` says why"
    );
}

#[test]
fn every_licence_lets_us_ship() {
    let refused: Vec<String> = packages()
        .iter()
        .filter(|package| !allowed(package["license"].as_str().unwrap_or_default()))
        .map(|package| format!("{}: {}", name(package), package["license"]))
        .collect();

    assert!(refused.is_empty(), "\n{}", refused.join("\n"));
}

#[test]
fn every_package_comes_from_the_registry() {
    let registry = "registry+https://github.com/rust-lang/crates.io-index";

    for package in packages() {
        let ours = name(&package) == env!("CARGO_PKG_NAME");
        assert!(
            ours || package["source"] == registry,
            "{} comes from elsewhere",
            name(&package)
        );
    }
}

/// Whether a licence expression can be met: `OR` needs one side, `AND`, which binds tighter, both.
fn allowed(expression: &str) -> bool {
    let expression = expression.trim();
    for (operator, all) in [(" OR ", false), (" AND ", true)] {
        let sides = outside_of_brackets(expression, operator);
        if sides.len() > 1 {
            return if all {
                sides.into_iter().all(allowed)
            } else {
                sides.into_iter().any(allowed)
            };
        }
    }
    if let Some(inside) = expression
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        return allowed(inside);
    }
    // An older way to write OR.
    expression
        .split('/')
        .any(|licence| LICENCES.contains(&licence.trim()))
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
    assert!(allowed("MIT"));
    assert!(allowed("GPL-3.0 OR MIT"));
    assert!(allowed("MIT/Apache-2.0"));
    assert!(allowed("(MIT OR GPL-2.0) AND OFL-1.1"));
    assert!(allowed("MIT OR GPL-2.0 AND GPL-3.0"));
    assert!(!allowed("GPL-3.0"));
    assert!(!allowed("MIT AND GPL-3.0"));
    assert!(!allowed("(MIT OR Apache-2.0) AND (GPL-2.0 OR GPL-3.0)"));
    assert!(!allowed(""));
}
