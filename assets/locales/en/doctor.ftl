# What `unhunch doctor` found.

cli-doctor-about = Say what this desktop offers, what each sensor says now, and what is missing

doctor-well = All that your settings ask for can work here. +: works, -: not used or not there.
doctor-trouble = Lines with ! are about something that your settings ask for and that cannot work here. +: works, -: not used or not there.
doctor-off = off in your settings

doctor-desktop = Desktop
doctor-desktop-is = { $desktop } on { $session }
doctor-desktop-unnamed = one without a name
doctor-desktop-none = neither a Wayland nor an X11 display: run this in your desktop's own terminal
doctor-bus = Bus
doctor-bus-both = session bus and system bus
doctor-bus-session = session bus; no system bus, so sleep is noticed by the clocks alone
doctor-bus-none = no session bus: no notifications, and no commands to a running program
doctor-notifications = Notifications
doctor-notifications-are = { $name } { $version } ({ $able })
doctor-notifications-no-buttons = { $name } { $version } ({ $able }); without buttons, so the window opens instead
doctor-notifications-none = no notification service: the window opens instead
doctor-notifications-help = Start one, such as dunst or the one of your desktop (Debian: apt install dunst).
doctor-tray = Tray
doctor-tray-is = there is a place for icons of programs
doctor-tray-none = no place for icons of programs; everything works without one

doctor-idle = Idle time
doctor-idle-by = from { $by }
doctor-idle-by-not-films = from { $by }; while something keeps the screen awake it tells of no idleness
doctor-idle-none = unknown: all time counts as work
doctor-idle-not = not from { $source }: { $why }
doctor-not-absent = this desktop has none
doctor-not-only-x = under Wayland it sees the input of X programs only
doctor-not-told = nothing on this desktop ever told it
doctor-not-floods = it reports so often that it cannot be true

doctor-session = Lock and sleep
doctor-session-by = from { $by }
doctor-session-none = nobody tells; the clocks show sleep, and a locked screen shows as missing input

doctor-sensor-off = { $said }; off in your settings
doctor-help-quiet = The services that tell are those of KDE, GNOME and Xfce, dunst, swaync, and mako with a mode "do-not-disturb". Without it: unhunch config set hold.quiet false
doctor-help-quiet-none = It belongs to the notification service, and there is none. Start one, such as dunst or the one of your desktop (Debian: apt install dunst).
doctor-help-microphone = Sound servers that tell are PulseAudio and PipeWire (Debian: apt install pipewire-pulse). In a call you can say so yourself: unhunch meeting on
doctor-help-camera = Cameras are looked for under /dev/video*. In a call you can say so yourself: unhunch meeting on
doctor-help-screen-share = Under Wayland, pw-dump tells who sees your screen (Debian: apt install pipewire-bin); under X11 nobody can. Most such calls show in the microphone.
doctor-help-fullscreen-wayland = Under Wayland, compositors with wlr-foreign-toplevel tell, as sway does. Elsewhere a program that keeps the screen awake is the hint, where GNOME, KDE or logind tell of it. Without it: unhunch config set hold.fullscreen false
doctor-help-fullscreen = It is known where an X11 window manager follows EWMH, as nearly all do. Without it: unhunch config set hold.fullscreen false
doctor-help-app = Programs are known where the system shows what runs (/proc). Without it: unhunch config set hold.apps []
doctor-help-silent = It may be busy or hang: try again, or restart it.

doctor-sound = Sounds
doctor-voice = Voice
doctor-output-by = by { $by }
doctor-output-none = nothing plays or speaks: { $why }
doctor-help-sound = PulseAudio or PipeWire play them, or pw-play, paplay, aplay (Debian: apt install pulseaudio-utils). Without: unhunch config set sound.on false
doctor-help-voice = Speech Dispatcher speaks (Debian: apt install speech-dispatcher). Without: unhunch config set voice.on false

doctor-settings = Settings
doctor-settings-are = { $file }
doctor-settings-none = the defaults; yours would be in { $file }
doctor-settings-wrong = { $count ->
    [one] one problem in { $file }
   *[other] { $count } problems in { $file }
}
doctor-settings-help = See with: unhunch config check
doctor-program = Program
doctor-program-none = not running
doctor-program-help = Start it with: unhunch run
doctor-program-failed = it runs, and does not answer: { $why }
doctor-program-runs = version { $version } runs; idle time: { $idle }, from { $source }; notifications: { $notifier }
