# shellcheck shell=bash
# A desktop of its own for a script: a private bus, a virtual screen with a window manager, a real
# notification server and an empty home. Sourced after common.sh; all of it is gone when the
# script ends, however it ends.

# How long anything may take before a script gives up, in seconds. Far longer than it ever does.
patience=60

desktop_processes=()
desktop_folder=$(mktemp -d "${TMPDIR:-/tmp}/unhunch-desktop-XXXXXX")
trap end_desktop EXIT
# A signal ends the script, and with it the desktop.
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Starts a program of the desktop in the background. Should even this script be killed, the kernel
# ends the program with it.
start() {
    setpriv --pdeathsig KILL -- "$@" &
    desktop_processes+=($!)
}

# Ends what was started here, the last one first, and nothing else.
end_desktop() {
    local at
    for ((at = ${#desktop_processes[@]} - 1; at >= 0; at--)); do
        kill "${desktop_processes[at]}" 2>/dev/null || true
        wait "${desktop_processes[at]}" 2>/dev/null || true
    done
    rm -rf "$desktop_folder"
}

# Runs a command that waits for something, for as long as our patience lasts.
within_reason() {
    timeout "$patience" "$@" || fail "waited $patience s in vain: $*"
}

# Tries a command again until it succeeds, for as long as our patience lasts.
until_it_works() {
    local gives_up=$((SECONDS + patience))
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$gives_up" ] || fail "tried $patience s in vain: $*"
        sleep 0.05
    done
}

# begin_desktop WIDTHxHEIGHT: sets DISPLAY and the rest for everything that follows.
begin_desktop() {
    local size=$1 line
    unset WAYLAND_DISPLAY XDG_SESSION_TYPE XDG_CURRENT_DESKTOP
    export HOME=$desktop_folder/home TZ=UTC LANG=C.UTF-8 LIBGL_ALWAYS_SOFTWARE=1
    export XDG_CONFIG_HOME=$HOME/.config XDG_DATA_HOME=$HOME/.local/share
    export XDG_STATE_HOME=$HOME/.local/state XDG_CACHE_HOME=$HOME/.cache
    export XDG_RUNTIME_DIR=$desktop_folder/runtime
    mkdir -p "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" "$XDG_STATE_HOME" "$XDG_CACHE_HOME"
    mkdir -m 700 "$XDG_RUNTIME_DIR"

    cat >"$desktop_folder/bus.conf" <<CONFIG
<busconfig>
  <type>session</type>
  <listen>unix:path=$XDG_RUNTIME_DIR/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
CONFIG
    # Each of these two says through a pipe when it takes connections.
    local ready
    mkfifo "$desktop_folder/ready"
    exec {ready}<>"$desktop_folder/ready"
    start dbus-daemon --config-file="$desktop_folder/bus.conf" --nofork --nopidfile \
        --print-address 1>&"$ready" 2>/dev/null
    read -r -t "$patience" line <&"$ready" || fail 'the message bus did not start'
    export DBUS_SESSION_BUS_ADDRESS=$line
    start Xvfb -displayfd 1 -screen 0 "${size}x24" -nolisten tcp -noreset 1>&"$ready" 2>/dev/null
    read -r -t "$patience" line <&"$ready" || fail 'the virtual screen did not start'
    export DISPLAY=:$line
    exec {ready}>&-

    start openbox --sm-disable >/dev/null 2>&1
    until_it_works xdotool get_num_desktops
    begin_notifications
}

# Starts the notification server. It offers the actions of a notification in a menu, and the menu
# program picks the one whose key is in the file `choice`.
begin_notifications() {
    cat >"$desktop_folder/pick" <<PICK
key=\$(cat '$desktop_folder/choice') && grep -m1 -F ",\$key]"
PICK
    cat >"$desktop_folder/dunstrc" <<CONFIG
[global]
    width = 300
    origin = top-right
    offset = 24x24
    font = Sans 11
    markup = full
    format = "<b>%s</b>\n%b"
    show_indicators = yes
    idle_threshold = 0
    padding = 16
    horizontal_padding = 18
    frame_width = 1
    frame_color = "#c8c2b8"
    dmenu = /bin/sh $desktop_folder/pick
[urgency_normal]
    background = "#f6f3ee"
    foreground = "#22262b"
CONFIG
    start dunst -conf "$desktop_folder/dunstrc" 2>/dev/null
    until_it_works dunstctl is-paused
}

# Opens an ear on what the program tells on the bus. It hears everything from now on.
listen() {
    exec {story}< <(exec setpriv --pdeathsig KILL -- dbus-monitor --session \
        "type='signal',interface='org.unhunch.Unhunch1',member='Event'")
    desktop_processes+=($!)
    local line
    # The monitor is told its own name when it is connected and listens.
    read -r -t "$patience" line <&"$story" || fail 'nobody hears what happens on the bus'
}

# wait_for_event NAME: waits for the next event of this name that the program tells.
wait_for_event() {
    local line
    while read -r -t "$patience" line <&"$story"; do
        [ "$line" = "string \"$1\"" ] && return
    done
    fail "waited $patience s in vain for the event '$1'"
}

# picture WINDOW FILE: saves what this window shows, without its frame.
picture() {
    local place
    # Where xdotool sees a window that has a frame is where it would be if it had two.
    place=$(xwininfo -id "$1" | awk '
        /Absolute upper-left X:/ { x = $NF }
        /Absolute upper-left Y:/ { y = $NF }
        /^ *Width:/ { width = $NF }
        /^ *Height:/ { height = $NF }
        END { print x "," y "," width "," height }')
    mkdir -p "$(dirname "$2")"
    scrot --silent --overwrite --quality 10 --autoselect "$place" "$2"
}
