//! Figures with their targets, one below the other.

use std::time::Duration;

/// The figures of a run, each with its target where it has one.
#[derive(Default)]
pub struct Sheet(Vec<Figure>);

struct Figure {
    name: String,
    value: f64,
    unit: &'static str,
    at_most: Option<f64>,
}

impl Sheet {
    /// A figure, and the most that it should be.
    pub fn add(&mut self, name: &str, value: f64, unit: &'static str, at_most: Option<f64>) {
        let name = name.to_owned();
        self.0.push(Figure {
            name,
            value,
            unit,
            at_most,
        });
    }

    /// Median and 95th percentile; the target is for the median.
    pub fn add_times(&mut self, name: &str, mut times: Vec<Duration>, at_most: f64) {
        times.sort_unstable();
        let at = |share| milliseconds(&times, share);
        self.add(&format!("{name}, median"), at(0.5), "ms", Some(at_most));
        self.add(&format!("{name}, p95"), at(0.95), "ms", None);
    }

    /// Prints them all.
    pub fn print(&self) {
        println!();
        for Figure {
            name,
            value,
            unit,
            at_most,
        } in &self.0
        {
            let verdict = match at_most {
                None => String::new(),
                Some(most) if value <= most => format!("  at most {most}"),
                Some(most) => format!("  MISSED: at most {most}"),
            };
            println!("{name:<44} {value:>9.2} {unit:<12}{verdict}");
        }
    }
}

/// The time, of these in order, that this share of them does not exceed.
pub fn milliseconds(sorted: &[Duration], share: f64) -> f64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "few times"
    )]
    let place = ((sorted.len() as f64 * share).ceil() as usize).saturating_sub(1);
    sorted[place].as_secs_f64() * 1000.0
}
