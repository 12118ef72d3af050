# Texts of the part "notify".

announce-stretch = { $length }, { $place }
announce-message = { $length }
announce-without-buttons = Answer in a terminal: unhunch start, unhunch snooze, or unhunch skip
announce-start = Start
announce-snooze = Snooze { $length }
announce-skip = Skip
meeting-question = Still in the meeting?
meeting-question-body = It ends in { $length }, and breaks come again.
meeting-question-without-buttons = Answer in a terminal: unhunch meeting 1h, or unhunch meeting off
meeting-goes-on = { $length } more
meeting-is-over = It is over
length-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
length-minutes = { $count } min
length-in-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
length-seconds = { $count } s
announce-posture-seated = seated
announce-posture-standing = standing
announce-posture-floor = on the floor
announce-posture-or = { " or " }

notice-running = Unhunch runs already
notice-running-body = It counts your work in the background. "unhunch status" says when the next break comes.
notice-settings = { $count ->
    [one] A mistake in your settings
   *[other] { $count } mistakes in your settings
}
notice-settings-body = { $first }. What is good in the file is used. "unhunch config check" shows the rest.
notice-settings-kept = { $first }. The settings from before stay in use. "unhunch config check" shows more.
notice-stretches = { $count ->
    [one] A mistake in your own stretches
   *[other] { $count } mistakes in your own stretches
}
notice-stretches-body = { $first }. All other stretches are there. "unhunch stretch check" with the file's name shows more.
problem-in-file = { $file }, line { $line }: { $what }
notice-problem = Something is not as it should be
daemon-fault = a fault of the program, { $times ->
        [one] once
       *[other] { $times } times
    }: { $what } ({ $place }); please report it
daemon-fault-body = A part of the program failed, and was started again. “unhunch status” says more.
daemon-broken = the program ended because of a fault of its own; how far you were is saved
daemon-without-bus = there is no session bus: windows open instead of notifications, and no command can reach this program
