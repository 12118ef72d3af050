# Texts of the part "cli".

cli-about = One short upper-back stretch about once an hour, at a moment that does not hurt
cli-json = Print JSON instead of sentences
cli-not-running = Unhunch is not running. Start it with "unhunch run".
cli-not-taken-up = The change is in the file, but the running program goes by the old settings until the mistakes in it are gone. See them with: unhunch config check
cli-not-reloaded = The settings are changed, but the running program could not be told ({ $why }). Try: unhunch reload
cli-refused = Not done: { $why }
cli-bad-duration = "{ $found }" is not a length of time: { $why }. Write for example 10min or 1h 30min.
cli-too-short = it takes a second at least
cli-too-long = it is longer than anybody waits
cli-bad-time = "until { $found }" is not a time of day. Write for example: until 06:00
cli-status-window = Show it in a small window, with buttons to pause and to stretch
cli-status-picture-about = Draw the window with the status
cli-run-background = Go on when the terminal is closed
cli-launch-about = Start the program if it does not run, and show what it is up to
cli-launch-what = Instead of showing it: begin a break, or pause for an hour
cli-status-about = Say what the program does now, and when the next break comes
cli-now-about = Begin a break right away
cli-now-stretch = The stretch to do, such as shoulder_roll; without it, the next in rotation
cli-now-reminder = The reminder whose break it is; without it, the one that comes next
cli-start-about = Begin the break that is announced
cli-snooze-about = Be asked again later
cli-snooze-duration = How much later, such as 10min; without it, what the settings say
cli-skip-about = Skip the break that is announced
cli-pause-about = Hold back every break until you resume, for a while, or until a time of day
cli-pause-how-long = For how long, such as 1h, or: until 06:00
cli-resume-about = End the pause
cli-meeting-about = Say that you are in a meeting, so that breaks wait; or that it is over
cli-meeting-what = on, off, or for how long, such as 1h; without it, say how things stand
cli-quit-about = End the running program
cli-reload-about = Let the running program read its settings again

status-next = Next break in { $time } of work.
status-snoozed = Snoozed: you are asked again in { $time }.
status-waits-for-lull = A break is due and waits for a moment without typing.
status-nothing-due = No break is coming up.
status-announced = A break is announced: start, snooze or skip it.
status-on-break = A break is under way.
status-paused = Paused until you resume.
status-paused-until = Paused until { $until }.
status-held = A break waits since { $since }: { $why }. It comes { $settle } after that ends.
status-held-several = A break waits since { $since }, and comes { $settle } after all of this has ended:
status-held-plain = A break waits: { $reasons }.
status-settles = A break waits since { $since }, and comes at { $comes } unless something new speaks against it.
status-waits-too = A break waits since { $since }.
status-would-hold = A break would have to wait: { $why }.
status-would-hold-several = A break would have to wait:
status-why = { $text }, since { $since }
status-why-until = { $text }, since { $since }, until { $until }
status-reminder = { $id }: { $work } worked, { $due } to go
status-reminder-due = { $id }: { $work } worked, due
status-reminder-open = { $id }: { $work } worked
meeting-until = You are in a meeting until { $until }, as you said. "unhunch meeting off" ends it.
meeting-seen = You are in a call: the microphone or the camera is in use, or the screen is shared.
meeting-none = You are in no meeting that you told of. Tell with: unhunch meeting on
status-idle-unknown = This desktop cannot tell whether you are at the keyboard: all time counts as work.
status-notifier-gone = There is no notification service: the window opens instead.
status-notifier-no-buttons = The notification service shows no buttons: the window opens instead.

cli-run-about = Start counting work, and announce breaks
cli-run-config = The settings file to use instead of the user's own
cli-runs-already = Unhunch runs already.
cli-runs-elsewhere = Unhunch runs already in another session of yours.
cli-runs-elsewhere-as = Unhunch runs already in another session of yours (process { $pid }).

# unhunch monitors
cli-monitors-about = List the monitors by the names that the setting "monitor" takes
cli-monitors-one = { $width } × { $height }
cli-monitors-primary = { $width } × { $height }, primary
cli-monitors-unknown = This desktop does not tell which monitors there are.

cli-papers-about = Write completions for shells and pages for man
cli-no-bus = There is no session bus, so there is nothing to watch.
cli-not-running-short = Unhunch is not running.
cli-watch-about = Show everything that happens, until you stop it
cli-watch-more = A line of JSON for each event, and one with the whole status at the beginning and after every change; docs/json.md describes them. When the program ends there is a line for that, and it goes on when the program is back. With a format it writes your line whenever that changes, counting down by itself.

    unhunch watch
    unhunch watch --format "{"{"}state{"}"} {"{"}next{"}"}"
cli-format = A line of your own: {"{"}state{"}"} {"{"}next{"}"} {"{"}next_at{"}"} {"{"}text{"}"} …
cli-format-more = Places in a format: state, next (what is left), next_at (time of day), reminder, worked, stretches, reasons, paused_until, meeting_until, text (the sentence), each in braces. {"{"}text:json{"}"} is for the inside of a JSON string, {"{"}text:markup{"}"} for Pango. Two braces stand for one.
format-brace = A brace is not closed or not opened; for a single brace write {"{{"} or {"}}"}.
format-place = There is no place {"{"}{ $found }{"}"}. There are { $known }.
format-notation = There is no notation "{ $found }". There are { $known }.
format-meant = Did you mean { $meant }?
