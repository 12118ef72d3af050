# Texts of the part "cli".

cli-about = One short upper-back stretch about once an hour, at a moment that does not hurt
