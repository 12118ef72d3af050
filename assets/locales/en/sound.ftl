# Texts of the part "sound": what is heard, and the commands for it.

# In the window.
sound-mute = Silent for this break
sound-unmute = Sound on again
sound-mute-key = Silent, or sound again
sound-on = There are sounds. Make it silent
sound-muted = Silent. Turn sound on again
sound-call = Silent while you are in a call

# One sentence spoken after the other.
sound-two-sentences = { $first }. { $second }

# unhunch sound
sound-about = Play the sounds of a break, and say what plays them
sound-name = Which one; without it, all of them one after the other
sound-volume = How loud, in percent; without it, as the settings say
sound-served = Played by { $backend } at { $volume } %.
sound-off = Sounds are off in your settings; breaks are silent.
sound-recording = Somebody is recording ({ $who }): a break would be silent now.
sound-recording-unknown-who = Somebody is recording: a break would be silent now.
sound-none = There is nothing to play sounds with: { $why }
    Unhunch uses PulseAudio or PipeWire (with pipewire-pulse), else pw-play, paplay or aplay.
    Breaks run without sounds.
sound-failed = The sound could not be played: { $why }

# unhunch voice
voice-about = Voices that can speak the cues
voice-list-about = List the voices, for "name" under [voice] in the settings
voice-list-language = Only voices for this language, such as "en" or "en-GB"
voice-list-all = Voices for every language, and all variants of each
voice-say-about = Say something, as a cue would be spoken
voice-say-text = What to say
voice-say-name = With this voice; without it, as the settings say
voice-say-rate = How fast, -100 to 100; without it, as the settings say
voice-said = Spoken by { $backend }.
voice-unknown = There is no voice { $name }. "unhunch voice list" shows those there are.
voice-off = Cues are not spoken: [voice] is off in your settings.
voice-empty = The speech service has no voices of its own to choose from.
voice-none = There is no speech service: { $why }
    Unhunch speaks through Speech Dispatcher (package "speech-dispatcher", with a synthesizer
    such as "espeak-ng"). Breaks run without a voice.
