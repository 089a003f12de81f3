//! What the program promises, from the outside: the real binary, the shipped banks, the structure of the code.

mod diagnostics;
mod exam;
mod folder;
mod journeys;
mod layers;
mod sitting;
mod support;
