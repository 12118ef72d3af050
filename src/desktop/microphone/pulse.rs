//! What the sound server says of everybody who records.

use std::collections::BTreeSet;

use pulseaudio::protocol::{
    Command, Prop, SourceInfo, SourceInfoList, SourceOutputInfo, SourceOutputInfoList,
};

use super::{Microphone, Recording};
use crate::desktop::pulse::{Connection, property};

/// Programs that record only to show how loud it is, or to pass it on.
const NO_CALLS: [&str; 6] = [
    "org.PulseAudio.pavucontrol",
    "org.gnome.VolumeControl",
    "org.gnome.Settings",
    "org.kde.plasma-pa",
    "org.kde.plasma_pa",
    "com.github.wwmx.easyeffects",
];

/// The sound server; connected when it is first asked.
#[derive(Default)]
pub struct Pulse {
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
    fn ask(&mut self) -> anyhow::Result<Recording> {
        let connection = match &mut self.connection {
            Some(connection) => connection,
            none => none.insert(Connection::open()?),
        };
        let outputs: SourceOutputInfoList = connection.ask(&Command::GetSourceOutputInfoList)?;
        if outputs.is_empty() {
            return Ok(Recording::No);
        }
        let sources: SourceInfoList = connection.ask(&Command::GetSourceInfoList)?;
        Ok(judge(&outputs, &sources))
    }
}

/// Who of those who record is listening to the user.
fn judge(outputs: &[SourceOutputInfo], sources: &[SourceInfo]) -> Recording {
    // What a monitor gives is what the computer itself plays.
    let monitors: BTreeSet<u32> = (sources.iter())
        .filter(|source| source.monitor_of_sink_index.is_some())
        .map(|source| source.index)
        .collect();
    let listening: Vec<&SourceOutputInfo> = (outputs.iter())
        .filter(|output| !monitors.contains(&output.source_index))
        .filter(|output| listens(output))
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

fn listens(output: &SourceOutputInfo) -> bool {
    let meter = (output.resample_method.as_deref()).is_some_and(|method| method == c"peaks");
    let known = property(&output.props, Prop::ApplicationId)
        .is_some_and(|id| NO_CALLS.contains(&id.as_str()));
    // What has no client belongs to the server itself: echo cancelling, loops.
    !output.corked && !meter && !known && output.client_index.is_some()
}
