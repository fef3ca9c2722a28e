//! The `wenyuan` program: hands the command line to the library and reports its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    wenyuan::cli::run(std::env::args_os())
}
