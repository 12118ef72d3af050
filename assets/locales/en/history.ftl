# Texts of the part "history".

store-damaged = A file was damaged ({ $why }) and is kept as { $kept_as }. A new one has been begun.
store-newer = { $file } was written by a newer version of the program. It is left as it is, and nothing is added.
store-unavailable = { $file } cannot be used just now: { $why }.

history-about = Show what became of your breaks
history-since = Only what ended since then: today, 2026-03-01, 3d, 2w or 90min ago
history-window = Show it in a window: calendar, charts, what was stretched and what was not
history-format = How to print it
history-keys = json prints one array of objects, csv a header and one line for each break, with the same names:
    reminder, stretches (names; none for a message), due, announced, started, ended (UTC), outcome
    (completed, abandoned, skipped, missed, natural, absorbed), stretched_s (seconds in which the
    countdown ran; for a natural break, seconds away), snoozes
history-bad-since = "{ $found }" is not a beginning. Write today, a date such as 2026-03-01, or how long ago: 3d, 2w, 90min
history-none = No breaks yet. The first one will be here when you have taken it.
history-none-since = No breaks in that time.
history-column-when = When
history-column-reminder = Reminder
history-column-what = What
history-column-outcome = Outcome
history-column-length = Length
history-column-snoozes = Snoozes
history-outcome-completed = done
history-outcome-abandoned = ended early
history-outcome-skipped = skipped
history-outcome-missed = missed
history-outcome-natural = away anyway
history-outcome-absorbed = taken with another
history-total = In all: { $completed ->
    [one] one break done
   *[other] { $completed } breaks done
}, { $stretched } of stretching, { $natural ->
    [0] never away for long
    [one] away once
   *[other] away { $natural } times
}.
