# Texts of the part "stretches".

# What is wrong with a stretch file.
stretch-file-syntax = this is not valid TOML: { $what }
stretch-file-unknown-key = `{ $table }` has no key `{ $key }`
stretch-file-unknown-key-label = unknown key
stretch-file-missing-key = `{ $table }` needs the key `{ $key }`
stretch-file-missing-key-label = add `{ $key } = …` here
stretch-file-kind = `{ $path }` must be { $wanted }
stretch-file-kind-label = found { $found }
stretch-file-empty = `{ $path }` must not be empty
stretch-file-range = `{ $path }` must lie between { $least } and { $most }
stretch-file-range-label = outside that range
stretch-file-count = `{ $path }` must be a list of { $wanted } numbers
stretch-file-count-label = found { $found }
stretch-file-word = `{ $path }` must be { $allowed }
stretch-file-word-label = found "{ $found }"
stretch-file-id = `{ $id }` cannot be the name of a stretch
stretch-file-id-help = use small letters, digits and `_`, such as `my_stretch`
stretch-file-frame-empty = `{ $path }` must be [left, bottom, right, top] with left < right and bottom < top
stretch-file-frame = the figure of `{ $stretch }` leaves its frame
stretch-file-frame-label = `{ $joint }` is outside after { $t } s
stretch-file-frame-help = widen the frame so that it holds the whole movement, both sides
stretch-file-pose = there is no pose `{ $pose }`
stretch-file-pose-label = no `[… .pose.{ $pose }]` in this stretch
stretch-file-stage-order = a `{ $stage }` phase cannot come after a `{ $before }` phase
stretch-file-stage-order-help = first all `prepare` phases, then all `cycle` phases, then all `finish` phases
stretch-file-hold-moves = a `hold` phase stays in one pose
stretch-file-hold-moves-help = give it the same `from_pose` and `to_pose`, or name it `move`
stretch-file-no-cycle = a stretch needs at least one phase with `stage = "cycle"`
stretch-file-jump = this phase begins in `{ $from }`, but the one before it ends in `{ $to }`
stretch-file-jump-help = let it begin in `{ $to }`, so that the figure does not jump
stretch-file-jump-back = each repetition begins in `{ $from }`, but ends in `{ $to }`
stretch-file-jump-back-help = let the last phase of the group end in `{ $from }`, so that the figure does not jump
stretch-file-total = the `{ $variant }` variant lasts { $sum } s, not { $written } s
stretch-file-total-help = write `total = { $sum }`, or change `reps`, `hold` or the phases
stretch-file-did-you-mean = did you mean `{ $meant }`?
stretch-file-allowed = use { $allowed }
stretch-file-a-table = a table
stretch-file-a-list = a list
stretch-file-a-text = a text
stretch-file-a-truth = `true` or `false`
stretch-file-a-number = a number
stretch-file-a-whole-number = a whole number
stretch-file-found-text = the text "{ $text }"
stretch-file-found-number = the number { $number }
stretch-file-found-date = a date or time
