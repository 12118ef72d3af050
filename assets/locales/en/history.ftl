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

# Breaks that come from a file.
import-in-a-sentence = { $file }, line { $line }: { $what }{ $more ->
    [0] {""}
    [one] , and one more mistake
   *[other] , and { $more } more mistakes
}
import-empty = The file is empty
import-empty-help = Begin with a line of the names of the columns: { $columns }
import-unknown-column = There is no column `{ $found }`
import-did-you-mean = Did you mean `{ $meant }`?
import-columns = Leave it out; the columns are { $all }
import-twice = The column `{ $column }` is there twice
import-missing = The column `{ $column }` is missing
import-uneven = This line has { $fields ->
    [one] one field
   *[other] { $fields } fields
}, the first line has { $columns }
import-uneven-help = Write as many fields as there are columns, empty ones too, and put what has a comma in it into quotes
import-quotes-open = The quotes that open here are not closed
import-quotes-after = After the quotes that close here something follows
import-quotes-help = Quotes stand around the whole of a field; within it, write two for one
import-no-json = This is no JSON: { $why }
import-no-json-help = Write an array of objects: [ {"{"} … {"}"}, {"{"} … {"}"} ]
import-no-object = Here should be an object
import-no-object-help = Write an object for each break, with the columns as its keys
import-wrong = The value of `{ $column }` cannot be used
import-found = found { $found }
import-found-nothing = found nothing
import-reminder = Write the name of the reminder
import-stretches = Write the names of the stretches, such as chin_tuck: in CSV with spaces between them, in JSON as an array
import-instant = Write a date and time with its zone, such as 2026-03-02T09:05:00Z or 2026-03-02T10:05:00+01:00
import-outcome = Write completed, abandoned, skipped, missed, natural or absorbed
import-number = Write a whole number from 0 to { $most }
import-about = Take in breaks that were saved as CSV or JSON
import-file = A file as history --format csv or json writes it
import-keys = The columns of a CSV file may stand in any order and be separated by commas, semicolons or tabs; reminder,
    ended and outcome are needed, the others may be left out. A break that is there already (the same reminder,
    end and outcome) is not taken in again. If anything in the file is wrong, nothing of it is taken in.
import-no-file = This is no file
import-too-large = The file is too large for a history
import-no-text = This is no text in UTF-8; save it as CSV in UTF-8
import-none = There are no breaks in the file
import-all-known = { $known ->
    [one] The one break of the file was there already
   *[other] All { $known } breaks of the file were there already
}
import-taken = { $new ->
    [one] One break taken in
   *[other] { $new } breaks taken in
}{ $known ->
    [0] {""}
    [one] ; one was there already
   *[other] ; { $known } were there already
}
import-aged = { $count ->
    [one] . One of them is older than you keep breaks, and will go again
   *[other] . { $count } of them are older than you keep breaks, and will go again
}
import-refused = Nothing was taken in: { $why }
import-refused-all = Nothing was taken in.

# Breaks that the user wants gone.
delete-about = Delete the breaks of some days, or all, after a question
delete-from = The first of these days, such as 2026-03-01 or today; without it, from the very first
delete-to = The last of these days; without it, up to the newest
delete-all = All of them
delete-yes = Do not ask
delete-bad-day = "{ $found }" is not a day. Write today or a date such as 2026-03-01
delete-which = Which ones? Write --from and --to with dates such as 2026-03-01, or --all
delete-backwards = The last day is before the first; write the earlier one after --from
delete-question = Delete { $count ->
    [one] one break
   *[other] { $count } breaks
} from { $first } to { $last }?
delete-question-from = Delete { $count ->
    [one] one break
   *[other] { $count } breaks
} since { $first }?
delete-question-to = Delete { $count ->
    [one] one break
   *[other] { $count } breaks
} up to { $last }?
delete-question-all = Delete { $count ->
    [one] the one break there is
   *[other] all { $count } breaks
}?
delete-answers = [y/N]
delete-answer-yes = y
delete-kept = Nothing was deleted.
delete-nobody = { $question } Nobody can be asked here; write --yes to delete without a question.
