//! The command line: what it prints, what it refuses and with which exit code.

use std::fs;

use super::library::Library;

#[test]
fn help_names_every_command_and_exit_code() {
    let ran = Library::empty().run(&["--help"]);
    assert_eq!(ran.code, Some(0));
    for command in [
        "serve",
        "mcp",
        "index",
        "search",
        "show",
        "articles",
        "check",
        "config",
        "completions",
    ] {
        assert!(ran.out.contains(&format!("  {command} ")), "{command}");
        let help = Library::empty().run(&["help", command]);
        assert_eq!((help.code, help.err.as_str()), (Some(0), ""), "{command}");
    }
    assert!(ran.out.contains("Exit codes: 0 done;"));
}

#[test]
fn wrong_use_ends_with_two() {
    let library = Library::full().indexed();
    for wrong in [
        &["serch"][..],
        &["search"],
        &["search", "--limit", "0", "x"],
        &["search", "--limit", "101", "x"],
        &["search", "--offset", "1001", "x"],
        &["search", "--year-from", "2020", "--year-to", "2010", "x"],
        &["articles", "--limit", "0"],
    ] {
        let ran = library.run(wrong);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{wrong:?} {}", ran.err);
        assert!(!ran.err.is_empty(), "{wrong:?} says nothing");
    }
}

#[test]
fn without_an_index_it_says_how_to_build_one() {
    let library = Library::full();
    for command in [&["search", "x"][..], &["show", "x"], &["articles"]] {
        let ran = library.run(command);
        assert_eq!(ran.code, Some(4), "{command:?}");
        assert!(
            ran.err
                .contains("there is no index in index; build one with `wenyuan index`"),
            "{}",
            ran.err
        );
    }
    let ran = library.run(&["--corpus", "elsewhere", "index"]);
    assert_eq!(ran.code, Some(4));
    assert!(ran.err.contains("elsewhere"), "{}", ran.err);
}

#[test]
fn an_unknown_key_or_a_bad_value_is_refused_with_its_line() {
    let library = Library::empty();
    for (text, line, named) in [
        ("[server]\n\nbnid = \"127.0.0.1:1\"\n", 3, "bnid"),
        ("[index]\nthreads = \"two\"\n", 2, "two"),
        ("# nothing\n[sever]\n", 2, "sever"),
        ("[index]\nthreads = \n", 2, ""),
    ] {
        fs::write(library.path().join("config.toml"), text).expect("written");
        let ran = library.run(&["config"]);
        assert_eq!(ran.code, Some(3), "{text}");
        assert!(ran.err.contains(&format!("config.toml:{line}:")), "{text}: {}", ran.err);
        assert!(ran.err.contains(named), "{text}: {}", ran.err);
    }
    fs::write(library.path().join("config.toml"), "[index]\nheap_mb = 1\n").expect("written");
    let ran = library.run(&["config"]);
    assert_eq!(ran.code, Some(3));
    assert!(ran.err.contains("heap_mb"), "{}", ran.err);
}

#[test]
fn the_environment_goes_above_the_file_and_flags_above_both() {
    let library = Library::full();
    fs::write(
        library.path().join("config.toml"),
        "[index]\npath = \"a\"\nthreads = 1\n",
    )
    .expect("written");
    let with = |name: &str, value: &str, arguments: &[&str]| {
        let mut command = library.command(arguments);
        super::library::Ran::from(command.env(name, value).output().expect("runs"))
    };
    assert!(library.run(&["config"]).out.contains("path = \"a\""));
    let ran = with("WENYUAN_INDEX__PATH", "b", &["config"]);
    assert!(
        ran.out.contains("path = \"b\"") && ran.out.contains("threads = 1"),
        "{}",
        ran.out
    );
    assert_eq!(
        with("WENYUAN_INDEX__PATH", "b", &["--index", "c", "index"]).code,
        Some(0)
    );
    assert!(library.path().join("c").join("CURRENT").is_file());

    for (name, value) in [("WENYUAN_INDEX__PAHT", "b"), ("WENYUAN_INDEX__THREADS", "many")] {
        let ran = with(name, value, &["config"]);
        assert_eq!(ran.code, Some(3));
        assert!(ran.err.contains(name), "{}", ran.err);
    }
}

#[test]
fn the_shipped_configuration_is_printed_and_accepted() {
    let library = Library::empty();
    let shipped = library.run(&["config", "--shipped"]);
    assert_eq!(shipped.code, Some(0));
    fs::write(library.path().join("config.toml"), &shipped.out).expect("written");
    let ran = library.run(&["config"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
}

#[test]
fn completions_are_made_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = Library::empty().run(&["completions", shell]);
        assert_eq!(ran.code, Some(0), "{shell}");
        assert!(ran.out.contains("wenyuan"), "{shell}");
    }
}

#[test]
fn indexing_says_what_it_did_and_does_nothing_twice() {
    let library = Library::full();
    let first = library.run(&["index", "--json"]).json();
    assert_eq!(
        (&first["published"], &first["articles_written"]),
        (&true.into(), &6.into())
    );
    assert_eq!(first["references"], 31 + 3 + 2);
    let second = library.run(&["index", "--json"]).json();
    assert_eq!(
        (&second["published"], &second["generation"]),
        (&false.into(), &first["generation"])
    );
    let rebuilt = library.run(&["index", "--rebuild", "--json"]).json();
    assert_eq!(rebuilt["published"], true);
    assert_eq!(rebuilt["passages"], first["passages"]);
}

#[test]
fn a_search_prints_for_people_and_for_programs() {
    let library = Library::full().indexed();
    let ran = library.run(&["search", "leaching", "of", "nitrate"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(
        ran.out.contains("Biochar and the nitrogen of sandy soils"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("Heath P. Columns of sand"), "{}", ran.out);
    assert!(!ran.out.contains('\u{1b}'), "colours where there is no terminal");

    let found = library.run(&["search", "--json", "leaching of nitrate"]).json();
    for key in ["query", "total", "took_ms", "hits"] {
        assert!(found.get(key).is_some(), "{key}");
    }
    for key in [
        "rank",
        "score",
        "id",
        "locator",
        "lang",
        "text",
        "snippet",
        "highlights",
        "section",
        "article",
        "references",
        "metadata",
    ] {
        assert!(found["hits"][0].get(key).is_some(), "{key}");
    }
    let metadata = found["hits"][0]["metadata"].as_object().expect("an object");
    assert!(
        metadata.values().all(|value| !value.is_object() && !value.is_array()),
        "metadata is flat"
    );

    let pinyin = library.run(&["search", "tangniaobing"]);
    assert!(pinyin.out.starts_with("Read as 按此检索: 糖尿病\n"), "{}", pinyin.out);
    let as_typed = library.run(&["search", "tangniaobing", "--as-typed"]);
    assert_eq!(as_typed.code, Some(1), "{}", as_typed.out);
    let beside = library.run(&["search", "nitrate zzzqqq wwwkkk vvvjjj xxxppp"]);
    assert!(
        !beside.out.trim_end().ends_with(|end: char| end.is_ascii_digit()),
        "{}",
        beside.out
    );

    let nothing = library.run(&["search", "zzzqqq"]);
    assert_eq!(nothing.code, Some(1));
    assert!(nothing.out.contains("Nothing found"), "{}", nothing.out);
}

#[test]
fn an_identifier_from_a_search_can_be_shown() {
    let library = Library::full().indexed();
    let hit = library.hits("leaching").first().cloned().expect("a hit");
    let (passage, article) = (
        hit["id"].as_str().expect("an id"),
        hit["article"]["id"].as_str().expect("an id"),
    );
    let shown = library.run(&["show", passage]);
    assert!(
        shown.out.contains("column trials") && shown.out.contains("[2] Heath P."),
        "{}",
        shown.out
    );
    assert_eq!(library.run(&["show", passage, "--json"]).json()["text"], hit["text"]);
    let shown = library.run(&["show", article]);
    assert!(
        shown.out.contains("2.1 Leaching") && shown.out.contains("2 references"),
        "{}",
        shown.out
    );
    assert_eq!(library.run(&["show", article, "--json"]).json()["id"], article);
    assert_eq!(library.run(&["show", "no-such-thing"]).code, Some(1));
    let listed = library.run(&["articles", "--json"]).json();
    assert_eq!(listed["total"], 6);
    assert!(library.run(&["articles"]).out.contains("6 of 6 articles"));
}

#[test]
fn check_tells_file_line_and_reason() {
    let library = Library::empty();
    library.write(
        "faulty.md",
        "# A title\n\n## 1 Part\n\nA claim<sup>[3]</sup>.\n\n## References\n\n1. Moor A. Rain. J Soils. 2012;3(1):1-9.\n",
    );
    let ran = library.run(&["check"]);
    assert!(ran.out.contains("faulty.md:5:"), "{}", ran.out);
    let faults = library.run(&["check", "--json"]).json();
    let faults = faults["faults"].as_array().expect("faults").clone();
    assert!(
        faults
            .iter()
            .any(|fault| fault["path"] == "faulty.md" && fault["line"] == 5),
        "{faults:?}"
    );
    // A file that can't be read is an error; the others are still read.
    fs::write(library.corpus().join("broken.xml"), "<article><front>").expect("written");
    let ran = library.run(&["check"]);
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    assert!(
        ran.out.contains("broken.xml") && ran.out.contains("faulty.md:5:"),
        "{}",
        ran.out
    );
}
