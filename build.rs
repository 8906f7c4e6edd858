//! The sample wiki is embedded by a macro that the compiler cannot watch; this has it built anew when
//! a page of it changes.

fn main() {
    println!("cargo:rerun-if-changed=seeds");
}
