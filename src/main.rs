//! The `wenyuan` program: hands the command line to the library and reports its exit code.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A search makes many small strings; the system's allocator took a sixth of its time.
///
/// Built not to ask for huge pages (`no_thp`): with them the program took a quarter more memory at rest and was not faster.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    wenyuan::cli::run(std::env::args_os())
}
