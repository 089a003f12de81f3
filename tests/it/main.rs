//! What the program promises, from the outside: the real binary, the shipped banks, the structure of the code.

mod exam;
mod journeys;
mod layers;
mod sitting;
mod support;
