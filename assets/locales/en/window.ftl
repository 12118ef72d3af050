# Texts of the part "window".

window-title = { $name } – Unhunch
window-title-message = Unhunch

# Answers. A key stands beside each in the list of keys.
window-start = Start
window-pause = Pause
window-resume = Go on
window-snooze = Snooze { $length }
window-skip = Skip
window-close = Close
window-one-more = One more
window-more = More
window-other-stretch = Other stretch
window-not-for-me = Not for me
window-undo = Undo
window-understood = Got it
window-again = Again from the start
window-other-side = Other side first
window-info = Info and safety
window-keys = Keys
window-full = Full screen
window-not-full = Leave full screen
window-larger = Larger
window-back = Back

# What was done, in a bar at the bottom.
said-undo = Undo
said-dismiss = Close this message

# Before the start.
window-takes-seconds = { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}
window-takes-minutes = { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}
window-takes-both = { $minutes } min { $seconds } s
window-short-seconds = { $seconds } s
window-short-minutes = { $minutes } min
window-posture-seated = seated
window-posture-standing = standing
window-posture-floor = on the floor
window-or = { $a } or { $b }
window-stretches = { $count } stretches
window-get-in-place = Get in place
window-starts-in = Starts in { $seconds }

window-picture = Picture of this step
window-more-steps = and { $count ->
    [one] one more step
   *[other] { $count } more steps
}
window-step-spoken = Step { $n }: { $cue }, { $length }

# While it runs.
window-next = next: { $cue }
window-between = { $n } of { $of }, beginning with: { $cue }
window-next-stretch = Next: { $name }
window-last-phase = and that is the last part
window-rep = { $n } of { $of }
window-rep-spoken = Repetition { $n } of { $of }
window-phase-spoken = Part { $n } of { $of }
window-stretch-place = stretch { $n } of { $of }
window-breath-in = breathe in
window-breath-out = breathe out
window-breath-easy = breathe easily
window-side-right = your right side
window-side-left = your left side
window-mirror = move as in a mirror
window-paused = Paused
window-left-about = About { $length } left
window-left-moments = A few seconds left
window-figure = Figure: { $name }. { $cue }
window-figure-poses = The key poses side by side: { $name }. { $cue }

# Read out by a screen reader.
window-goes-on = Going on
window-say-next = Next, { $n } of { $of }: { $name }
window-say-half = Half of it is done
window-say-nearly-over = 10 seconds left

# What became of a wish.
window-taken-out = { $name } will not come again
window-no-other = No other stretch is in your rotation

# At the end.
window-done = Done. { $length } well spent.
window-done-message = Done.
window-done-today = { $count ->
    [one] Your first break today
   *[other] { $count } breaks today
}

# Info and safety.
window-info-breath = Breath
window-info-mind = Mind
window-info-general = In general
window-info-general-1 = Move gently, to a light tension and never into pain. Do not bounce. Keep breathing.
window-info-general-2 = Stop at once on sharp or shooting pain, numbness, tingling or weakness, dizziness, blurred sight, nausea, chest pain or breathlessness.
window-info-general-3 = Ask a professional first after a recent injury, break or operation; with weak bones, rheumatism in the neck, or a shoulder that slips out or is stiff; with pain that runs into an arm or a leg; with high blood pressure that is not treated, fainting or vertigo; with glaucoma before you hang your head; and in pregnancy.
window-info-general-4 = A new pain between the shoulder blades that is worse at night, or that comes with fever, loss of weight, a cough or pain in the chest, belongs to a doctor and not to a stretch.
window-info-general-5 = A chair should be firm and must not roll. This is no medical advice and no treatment.

# The keys.
window-key-space = Space
window-key-enter = Enter
window-key-escape = Esc
window-key-left = ←
window-key-right = →
window-keys-start-pause = Start, pause, go on
window-keys-start = Start
window-keys-snooze = Snooze
window-keys-skip = Skip
window-keys-other = Other stretch
window-keys-not-for-me = Not for me, another one
window-keys-undo = Put it back
window-keys-one-more = One more, at the end
window-keys-again = Again from the start
window-keys-side = Other side first
window-keys-phase-back = Back to the part before
window-keys-phase-on = On to the next part
window-keys-info = Info and safety
window-keys-keys = These keys
window-keys-full = Full screen, and back
window-keys-close = Close

# For looking at the figure.
cli-icon-about = Draw the icon of the windows into a picture
cli-states-about = Draw the window of a break in all its states into a picture
cli-window-about = Show a break; started by the daemon
