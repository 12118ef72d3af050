# The story of a break.

cli-why-about = Tell the story of the break that waits, or of the last one

why-nothing = No break has come so far.
why-due = it was due
why-held = it had to wait
why-because = { "        " }  from { $from } to { $to }: { $text }
why-because-still = { "        " }  since { $from }: { $text }
why-released = nothing spoke against it any more
why-announced = { $count ->
    [0] announced
   *[other] announced: { $stretches }
}
why-opened = its window opened
why-started = { $count ->
    [0] you began
   *[other] you began: { $stretches }
}
why-completed = done, { $time } of stretching
why-abandoned = closed early, after { $time } of stretching
why-snoozed = you asked for { $time } more
why-timed-out = nobody answered: it comes again after { $time }
why-skipped = you skipped it
why-missed = nobody answered, and no snooze was left
why-withdrawn = the announcement was taken back
why-absorbed = taken together with the break of "{ $by }"
why-natural = you had been away for { $time }, which counts as the break
why-dropped = no longer due

# The story of a day.

cli-log-about = Tell what happened in the last 24 hours: which break was due, held, announced …

log-nothing = Nothing happened in the last 24 hours.
log-because = from { $from } to { $to }: { $text }
log-because-still = since { $from }: { $text }

# Days that were written down.

cli-day-about = Say which days were written down, and where
day-none-yet = No day was written down so far. They will be in { $folder }
day-off = Days are not written down. Switch it on with: unhunch config set log.day true
