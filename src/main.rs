//! The `wenyuan` program: hands the command line to the library and reports its exit code.

fn main() {}
