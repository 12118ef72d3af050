//! The table: a column for each program, a line for each figure.

use std::{fmt::Write as _, time::Duration};

use super::super::sheet::milliseconds;

/// The figures of one program; what it cannot do has none.
#[derive(Default)]
pub struct Column {
    pub name: &'static str,
    /// MiB.
    pub pss: Option<f64>,
    /// MiB.
    pub uss: Option<f64>,
    pub threads: Option<f64>,
    /// A minute.
    pub wakes: Option<f64>,
    /// A minute, in others.
    pub caused: Option<f64>,
    /// Milliseconds a minute.
    pub work: Option<f64>,
    /// Milliseconds a minute, in others.
    pub caused_work: Option<f64>,
    pub bus: Vec<Duration>,
    pub icon: Vec<Duration>,
    pub window: Vec<Duration>,
    pub answer: Vec<Duration>,
    /// MiB.
    pub window_pss: Option<f64>,
    /// Percent of a core.
    pub window_share: Option<f64>,
    /// Megabytes.
    pub installed: Option<f64>,
}

/// All of them, in their order.
#[derive(Default)]
pub struct Table(Vec<Column>);

/// What stands in a line.
type Cell = fn(&Column) -> String;

const LINES: &[(&str, Cell)] = &[
    ("Memory all day (PSS), MiB", |c| number(c.pss, 1)),
    ("… of its own (USS), MiB", |c| number(c.uss, 1)),
    ("Threads", |c| number(c.threads, 0)),
    ("Wake-ups a minute", |c| number(c.wakes, 1)),
    ("… caused in X server, panel, bus", |c| {
        number(c.caused, 0)
    }),
    ("Processor a minute, ms", |c| number(c.work, 1)),
    ("… caused in X server, panel, bus, ms", |c| {
        number(c.caused_work, 1)
    }),
    ("Start to name on the bus, ms", |c| times(&c.bus)),
    ("Start to icon in the panel, ms", |c| times(&c.icon)),
    ("“Break now” to window, ms", |c| times(&c.window)),
    ("Answer to an announcement to window, ms", |c| {
        times(&c.answer)
    }),
    ("Memory with its window, MiB", |c| number(c.window_pss, 1)),
    ("Processor with its window, % of a core", |c| {
        number(c.window_share, 1)
    }),
    ("Installed, MB", |c| number(c.installed, 1)),
];

impl Table {
    /// One more program.
    pub fn add(&mut self, column: Column) {
        self.0.push(column);
    }

    /// This program's column.
    pub fn first(&mut self) -> &mut Column {
        self.0.first_mut().expect("this program is measured first")
    }

    /// For a terminal.
    pub fn text(&self) -> String {
        self.lines(|name, cells| {
            let cells: String = cells.iter().map(|cell| format!("{cell:>16}")).collect();
            format!("{name:<42}{cells}\n")
        })
    }

    /// For a document.
    pub fn markdown(&self) -> String {
        let mut table = self.lines(|name, cells| format!("| {name} | {} |\n", cells.join(" | ")));
        let end_of_first = table.find('\n').map_or(0, |at| at + 1);
        table.insert_str(
            end_of_first,
            &format!("|---|{}\n", "--:|".repeat(self.0.len())),
        );
        table
    }

    fn lines(&self, line: impl Fn(&str, &[String]) -> String) -> String {
        let names: Vec<String> = self.0.iter().map(|column| column.name.to_owned()).collect();
        let mut all = line("", &names);
        for (name, cell) in LINES {
            let cells: Vec<String> = self.0.iter().map(cell).collect();
            write!(all, "{}", line(name, &cells)).expect("a text takes everything");
        }
        all
    }
}

fn number(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.decimals$}"))
}

/// Median and 95th percentile.
fn times(times: &[Duration]) -> String {
    if times.is_empty() {
        return "–".to_owned();
    }
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let (median, most) = (milliseconds(&sorted, 0.5), milliseconds(&sorted, 0.95));
    format!("{median:.0} ({most:.0})")
}
