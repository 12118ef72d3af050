# shellcheck shell=bash
# What script/install brings and script/uninstall takes away; sourced after common.sh. `prefix` is
# set by whoever sources it.
# shellcheck disable=SC2034,SC2154

id=org.unhunch.Unhunch
# Those that desktops ask for.
sizes=(16 22 24 32 48 64 128 256 512)

# Every file, below the prefix.
places() {
    local size
    echo bin/unhunch
    echo share/applications/$id.desktop
    echo share/dbus-1/services/$id.service
    echo share/systemd/user/unhunch.service
    echo share/metainfo/$id.metainfo.xml
    echo share/icons/hicolor/scalable/apps/$id.svg
    for size in "${sizes[@]}"; do
        echo "share/icons/hicolor/${size}x$size/apps/$id.png"
    done
}

# Lets desktops notice at once, where they have a tool for that; without, they notice later.
refresh() {
    if command -v update-desktop-database >/dev/null; then
        update-desktop-database -q "$prefix/share/applications" || true
    fi
    if command -v gtk-update-icon-cache >/dev/null; then
        gtk-update-icon-cache -q -t -f "$prefix/share/icons/hicolor" 2>/dev/null || true
    fi
    if command -v systemctl >/dev/null; then
        systemctl --user daemon-reload 2>/dev/null || true
    fi
}
