//! What the sound server says of everybody who records.

use std::{collections::BTreeSet, ffi::CStr, path::PathBuf};

use anyhow::Context as _;
use pulseaudio::protocol::{
    Command, Prop, Props, SourceInfo, SourceInfoList, SourceOutputInfo, SourceOutputInfoList,
};

use super::{Microphone, Recording};
use crate::desktop::{
    pulse::{Connection, property},
    sense::except::Except,
};

/// The names that a program goes by.
const NAMES: [Prop; 4] = [
    Prop::ApplicationName,
    Prop::ApplicationId,
    Prop::ApplicationProcessBinary,
    Prop::MediaName,
];

/// How PipeWire marks a stream that only wants to know how loud it is.
const METER: [&CStr; 2] = [c"resample.peaks", c"stream.monitor"];

/// The sound server; connected when it is first asked.
pub struct Pulse {
    places: Vec<PathBuf>,
    except: Except,
    connection: Option<Connection>,
}

impl Microphone for Pulse {
    fn recording(&mut self) -> Recording {
        match self.ask() {
            Ok(recording) => recording,
            Err(error) => {
                self.connection = None;
                Recording::Unknown(format!("{error:#}"))
            }
        }
    }
}

impl Pulse {
    /// The first server that listens in one of these places. Programs that are left out do not
    /// count.
    #[must_use]
    pub fn new(places: Vec<PathBuf>, except: &Except) -> Self {
        Self {
            places,
            except: except.clone(),
            connection: None,
        }
    }

    /// Where a server may listen.
    pub fn places(&self) -> &[PathBuf] {
        &self.places
    }

    /// Whether there is anything that may be a server.
    pub fn is_there(&self) -> bool {
        self.places.iter().any(|place| place.exists())
    }

    /// Connects anew.
    pub fn connect(&mut self) -> anyhow::Result<&mut Connection> {
        self.connection = None;
        self.connection()
    }

    /// The connection, made if there is none.
    pub fn connection(&mut self) -> anyhow::Result<&mut Connection> {
        match &mut self.connection {
            Some(connection) => Ok(connection),
            none => {
                let place = self.places.iter().find(|place| place.exists());
                let place = place.context("there is no sound server")?;
                Ok(none.insert(Connection::open_at(place)?))
            }
        }
    }

    /// Who is recording.
    pub fn ask(&mut self) -> anyhow::Result<Recording> {
        let connection = self.connection()?;
        let outputs: SourceOutputInfoList = connection.ask(&Command::GetSourceOutputInfoList)?;
        if outputs.is_empty() {
            return Ok(Recording::No);
        }
        let sources: SourceInfoList = connection.ask(&Command::GetSourceInfoList)?;
        Ok(judge(&outputs, &sources, &self.except))
    }
}

/// Who of those who record is listening to the user.
fn judge(outputs: &[SourceOutputInfo], sources: &[SourceInfo], except: &Except) -> Recording {
    // What a monitor gives is what the computer itself plays.
    let monitors: BTreeSet<u32> = (sources.iter())
        .filter(|source| source.monitor_of_sink_index.is_some())
        .map(|source| source.index)
        .collect();
    let listening: Vec<&SourceOutputInfo> = (outputs.iter())
        .filter(|output| !monitors.contains(&output.source_index))
        .filter(|output| listens(output, except))
        .collect();
    if listening.is_empty() {
        return Recording::No;
    }
    let names = listening.iter().filter_map(|output| {
        property(&output.props, Prop::ApplicationName)
            .or_else(|| property(&output.props, Prop::MediaName))
    });
    let names: BTreeSet<String> = names.collect();
    Recording::Yes(names.into_iter().collect())
}

fn listens(output: &SourceOutputInfo, except: &Except) -> bool {
    // What has no client belongs to the server itself: echo cancelling, loops.
    if output.corked || output.client_index.is_none() || is_meter(output) {
        return false;
    }
    let names: Vec<String> = (NAMES.iter())
        .filter_map(|name| property(&output.props, *name))
        .collect();
    !except.has(names.iter().map(String::as_str))
}

/// Whether it only wants to know how loud it is.
fn is_meter(output: &SourceOutputInfo) -> bool {
    let peaks = (output.resample_method.as_deref()).is_some_and(|method| method == c"peaks");
    peaks || METER.iter().any(|mark| is_set(&output.props, mark))
}

fn is_set(props: &Props, mark: &CStr) -> bool {
    let value = props.get_bytes(mark);
    value.is_some_and(|value| value.starts_with(b"true") || value.starts_with(b"1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(name: &CStr) -> SourceOutputInfo {
        let mut stream = SourceOutputInfo {
            client_index: Some(7),
            source_index: 1,
            ..SourceOutputInfo::default()
        };
        stream.props.set(Prop::ApplicationName, name);
        stream
    }

    fn judged(streams: &[SourceOutputInfo]) -> Recording {
        let source = |index, monitor_of_sink_index| SourceInfo {
            index,
            monitor_of_sink_index,
            ..SourceInfo::default()
        };
        let sources = [source(1, None), source(2, Some(0))];
        let except = Except::default();
        except.set(&["dictate".to_owned()]);
        judge(streams, &sources, &except)
    }

    #[test]
    fn whoever_hears_the_microphone_is_named_once() {
        let [call, twice, other] = [c"Call", c"Call", c"Browser"].map(stream);
        let names = vec!["Browser".to_owned(), "Call".to_owned()];
        assert_eq!(judged(&[call, twice, other]), Recording::Yes(names));
        assert_eq!(judged(&[]), Recording::No);
    }

    #[test]
    fn what_is_no_call_does_not_count() {
        let with = |change: fn(&mut SourceOutputInfo)| {
            let mut stream = stream(c"Something");
            change(&mut stream);
            stream
        };
        let marked = |mark: &CStr| {
            let mut stream = stream(c"Meter");
            stream.props.set_bytes(mark, b"true\0");
            stream
        };
        for stream in [
            with(|stream| stream.source_index = 2),
            with(|stream| stream.corked = true),
            with(|stream| stream.client_index = None),
            with(|stream| stream.resample_method = Some(c"peaks".to_owned())),
            with(|stream| {
                let binary = Prop::ApplicationProcessBinary;
                stream.props.set(binary, c"/opt/Dictate");
            }),
            marked(METER[0]),
            marked(METER[1]),
            stream(c"EasyEffects"),
        ] {
            assert_eq!(
                judged(std::slice::from_ref(&stream)),
                Recording::No,
                "{stream:?}"
            );
        }
    }
}
