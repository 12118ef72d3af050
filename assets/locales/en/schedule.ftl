# Texts of the part "schedule".
