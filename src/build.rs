//! Tells cargo that the banks are part of the program: without this, a new file among them would not be noticed, since
//! only those that are there already are watched.

fn main() {
    println!("cargo::rerun-if-changed=question_banks");
}
