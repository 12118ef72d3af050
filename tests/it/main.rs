//! Everything that is tested from outside: one binary, one module for each concern.
