//! Any damage to an index is noticed before it answers, and named.

use std::fs;
use std::path::{Path, PathBuf};

use super::super::generation::{Home, WriteLock};
use super::super::sample::{Sample, builder, settings, update};
use super::super::{IndexError, Mode, Recipe, Settings, Silent, Verify, open};

fn built() -> (tempfile::TempDir, Sample) {
    let folder = tempfile::tempdir().expect("a folder");
    let sample = Sample::of(&[("a.md", &["one|2001|red cells|white cells", "two|2002|干 细胞"])]);
    update(folder.path(), &sample).expect("an index");
    (folder, sample)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = vec![folder.join("CURRENT")];
    for entry in fs::read_dir(folder.join("gen-000001")).expect("a generation") {
        all.push(entry.expect("an entry").path());
    }
    all
}

fn refused(path: &Path, verify: Verify, name: &Path) {
    let settings = Settings {
        verify,
        ..settings(path)
    };
    match open(&settings, &Recipe::default()) {
        Err(IndexError::Damaged { file, .. }) => assert_eq!(file, name),
        Err(other) => panic!("{}: another error: {other}", name.display()),
        Ok(_) => panic!("{}: opened", name.display()),
    }
}

#[test]
fn a_flipped_bit_in_any_file_is_noticed() {
    let (folder, _) = built();
    let all = files(folder.path());
    assert!(all.len() >= 9, "{all:?}");
    for path in all {
        let whole = fs::read(&path).expect("a file");
        let step = (whole.len() / 40).max(1);
        for at in (0..whole.len()).step_by(step) {
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << (at % 8);
            fs::write(&path, &flipped).expect("written");
            refused(folder.path(), Verify::Full, &path);
        }
        fs::write(&path, &whole).expect("written");
    }
    assert!(open(&settings(folder.path()), &Recipe::default()).is_ok());
}

#[test]
fn a_truncated_emptied_or_deleted_file_is_noticed_by_its_size_alone() {
    let (folder, _) = built();
    for path in files(folder.path()) {
        let whole = fs::read(&path).expect("a file");
        for length in [0, whole.len() / 2, whole.len() - 1] {
            fs::write(&path, &whole[..length]).expect("written");
            refused(folder.path(), Verify::Sizes, &path);
        }
        fs::remove_file(&path).expect("removed");
        if path.ends_with("CURRENT") {
            let opened = open(&settings(folder.path()), &Recipe::default());
            assert!(matches!(opened, Err(IndexError::Missing { .. })));
        } else {
            refused(folder.path(), Verify::Sizes, &path);
        }
        fs::write(&path, &whole).expect("written");
    }
}

#[test]
fn a_damaged_index_is_not_built_upon_but_can_be_rebuilt() {
    let (folder, sample) = built();
    let store = files(folder.path())
        .into_iter()
        .find(|path| path.extension().is_some_and(|kind| kind == "store"))
        .expect("a store");
    let mut bytes = fs::read(&store).expect("a file");
    bytes[0] ^= 1;
    fs::write(&store, bytes).expect("written");
    assert!(matches!(
        update(folder.path(), &sample),
        Err(IndexError::Damaged { .. })
    ));
    let settings = settings(folder.path());
    let recipe = Recipe::default();
    builder(&settings, &recipe)
        .run(Mode::Rebuild, &sample, &mut Silent)
        .expect("an index");
    assert!(open(&settings, &recipe).is_ok());
}

#[test]
fn a_second_writer_is_refused_at_once_and_told_who_holds_the_lock() {
    let (folder, sample) = built();
    let lock = WriteLock::take(&Home::new(folder.path())).expect("the lock");
    match update(folder.path(), &sample) {
        Err(IndexError::Busy { holder, .. }) => assert_eq!(holder, std::process::id().to_string()),
        other => panic!("{other:?}"),
    }
    drop(lock);
    assert!(update(folder.path(), &sample).is_ok());
}

#[test]
fn leftovers_of_a_killed_run_are_swept_and_tracked_files_are_not() {
    let (folder, sample) = built();
    for name in ["README.md", ".gitignore"] {
        fs::write(folder.path().join(name), "kept").expect("written");
    }
    fs::write(folder.path().join(".tmpAbC123"), "half").expect("written");
    for name in [
        "building-0123456789abcdef",
        "building-0123456789abcdef.part",
        "gen-000002",
    ] {
        fs::create_dir(folder.path().join(name)).expect("a folder");
    }
    update(folder.path(), &sample).expect("an index");
    let mut names: Vec<String> = fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, [".gitignore", "CURRENT", "LOCK", "README.md", "gen-000001"]);
}

#[cfg(unix)]
#[test]
fn an_index_can_be_read_where_nothing_can_be_written() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, _) = built();
    let generation = folder.path().join("gen-000001");
    for path in files(folder.path()) {
        assert_eq!(
            fs::metadata(&path).expect("a file").permissions().mode() & 0o444,
            0o444,
            "{}",
            path.display()
        );
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("set");
    }
    for path in [generation.as_path(), folder.path()] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o555)).expect("set");
    }
    let before = files(folder.path()).len();
    assert!(open(&settings(folder.path()), &Recipe::default()).is_ok());
    assert_eq!(
        files(folder.path()).len(),
        before,
        "opening writes nothing, not even a lock"
    );
    for path in [generation.as_path(), folder.path()] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("set");
    }
}
