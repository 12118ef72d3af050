//! The results, for people and for the test.

use std::{fmt, time::Duration};

/// What may happen to what a sensor asks, in the order in which it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not there when the program starts.
    Absent,
    /// It comes (back), and works.
    Back,
    /// It dies while it holds a break.
    Dies,
    /// It takes questions and answers none.
    Hangs,
    /// It has ten thousand pieces of news.
    Floods,
    /// It answers what nobody understands.
    Nonsense,
}

impl Fault {
    pub const ALL: [Self; 6] = [
        Self::Absent,
        Self::Back,
        Self::Dies,
        Self::Hangs,
        Self::Floods,
        Self::Nonsense,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Absent => "absent at start",
            Self::Back => "comes back",
            Self::Dies => "dies",
            Self::Hangs => "hangs",
            Self::Floods => "floods 10 000",
            Self::Nonsense => "nonsense",
        }
    }
}

/// What was measured.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    /// How much later than it could be a break was announced.
    pub late: Duration,
    /// What the program has written into memory, in bytes, where it is a program of its own.
    pub memory: Option<u64>,
    /// How long processors worked for it meanwhile.
    pub work: Duration,
}

/// One sensor: its name, and what was measured with each fault that can happen to it.
pub type Results = (&'static str, Vec<(Fault, Measured)>);

/// A machine on which several people build is slow, and a break that waits for a sensor for good
/// would be later than this.
const LATE: Duration = Duration::from_secs(20);

/// Ten thousand messages of a debug build take a while; a busy loop would take all the time.
const WORK: Duration = Duration::from_secs(8);

/// What may come on top of the memory at the beginning: buffers that grew with a flood.
const MORE: u64 = 2 << 20;

#[derive(Default)]
pub struct Table(Vec<Results>);

impl Table {
    pub fn add(&mut self, row: Results) {
        self.0.push(row);
    }

    /// # Panics
    /// When a sensor got in the way.
    pub fn check(&self) {
        for (sensor, faults) in &self.0 {
            let before = faults.first().and_then(|(_, measured)| measured.memory);
            for (fault, measured) in faults {
                let Measured { late, memory, work } = *measured;
                let what = format!("{sensor}, {}: {measured:?}", fault.name());
                assert!(late <= LATE, "the break came late: {what}");
                assert!(work <= WORK, "the processor had much to do: {what}");
                if let (Some(before), Some(memory)) = (before, memory) {
                    assert!(memory <= before + MORE, "memory grew from {before}: {what}");
                }
            }
        }
    }
}

impl fmt::Display for Table {
    /// A line for each sensor, a column for each fault: how late the break was in seconds, how
    /// much memory there was in MiB, how much processor time in seconds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<26}", "late s / MiB / busy s")?;
        for fault in Fault::ALL {
            write!(f, " {:>19}", fault.name())?;
        }
        for (sensor, faults) in &self.0 {
            write!(f, "\n{sensor:<26}")?;
            for fault in Fault::ALL {
                let found = faults.iter().find(|(of, _)| *of == fault);
                let cell = found.map_or("–".to_owned(), |(_, measured)| {
                    #[expect(clippy::cast_precision_loss, reason = "figures for people")]
                    let memory = (measured.memory).map_or("–".to_owned(), |bytes| {
                        format!("{:.1}", bytes as f64 / f64::from(1 << 20))
                    });
                    let (late, work) = (measured.late.as_secs_f64(), measured.work.as_secs_f64());
                    format!("{late:.1} / {memory} / {work:.2}")
                });
                write!(f, " {cell:>19}")?;
            }
        }
        writeln!(f)
    }
}
