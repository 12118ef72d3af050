# Texts of the part "window".
