//! The sound server, in the protocol of PulseAudio.

use std::time::Duration;

use pulseaudio::protocol::{
    ChannelMap, Command, CreatePlaybackStreamReply, PlaybackStreamParams, Prop, Props,
    SampleFormat, SampleSpec,
    stream::{BufferAttr, StreamFlags},
};

use super::Backend;
use crate::{
    core::sound::RATE,
    desktop::pulse::{Connection, app_id},
};

/// How much the server should have in hand: little, so that a sound comes when it should.
const IN_HAND: Duration = Duration::from_millis(60);

/// A connection, and the streams on it that still sound.
pub struct Pulse {
    connection: Connection,
    sounding: Vec<Stream>,
}

struct Stream {
    channel: u32,
    /// The command whose answer tells that all was heard.
    drained: u32,
}

impl Pulse {
    /// Connects.
    pub fn connect() -> anyhow::Result<Self> {
        Ok(Self {
            connection: Connection::open()?,
            sounding: Vec::new(),
        })
    }
}

impl Backend for Pulse {
    fn name(&self) -> &'static str {
        "pulseaudio"
    }

    /// All of it goes to the server at once, more than it asks for, so nothing has to be awaited.
    fn play(&mut self, samples: &[i16]) -> anyhow::Result<()> {
        let create = Command::CreatePlaybackStream(stream());
        let created: CreatePlaybackStreamReply = self.connection.ask(&create)?;
        let bytes: Vec<u8> = samples.iter().flat_map(|s| s.to_le_bytes()).collect();
        self.connection.feed(created.channel, &bytes)?;
        let drain = Command::DrainPlaybackStream(created.channel);
        self.sounding.push(Stream {
            channel: created.channel,
            drained: self.connection.send(&drain)?,
        });
        Ok(())
    }

    fn finish(&mut self, longest: Duration) -> anyhow::Result<()> {
        for stream in std::mem::take(&mut self.sounding) {
            self.connection.wait_for(stream.drained, longest)?;
            let delete = Command::DeletePlaybackStream(stream.channel);
            let deleted = self.connection.send(&delete)?;
            self.connection.wait_for(deleted, longest)?;
        }
        Ok(())
    }
}

fn stream() -> PlaybackStreamParams {
    let mut props = Props::new();
    props.set(Prop::MediaRole, c"event");
    props.set(Prop::MediaName, c"Unhunch");
    props.set(Prop::ApplicationName, c"Unhunch");
    props.set(Prop::ApplicationId, app_id());
    props.set(Prop::ApplicationIconName, app_id());
    let in_hand = RATE * 2 * u32::try_from(IN_HAND.as_millis()).unwrap_or(0) / 1000;
    PlaybackStreamParams {
        sample_spec: SampleSpec {
            format: SampleFormat::S16Le,
            channels: 1,
            sample_rate: RATE,
        },
        channel_map: ChannelMap::mono(),
        buffer_attr: BufferAttr {
            target_length: in_hand,
            ..BufferAttr::default()
        },
        // The volume of event sounds is the user's, set in the desktop; ours is in the samples.
        cvolume: None,
        props,
        flags: StreamFlags {
            adjust_latency: true,
            ..StreamFlags::default()
        },
        ..PlaybackStreamParams::default()
    }
}
