//! An index looked after: rebuilt, written by one process at a time, damaged, only readable.

use crate::program::Desk;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

fn files_of(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.is_file() && path.extension().is_none_or(|e| e != "lock"));
    files.sort();
    files
}

fn folder_in_use(desk: &Desk) -> PathBuf {
    desk.path("index").join(fs::read_to_string(desk.path("index/current")).unwrap().trim())
}

#[test]
fn a_rebuilt_index_answers_as_the_old_one_did_without_the_corpus() {
    let desk = Desk::ingested();
    let questions: [&[&str]; 3] = [&["search", "--jsonl", "服务"], &["search", "--json", "-F", "的"], &["files"]];
    let before = questions.map(|question| desk.out(question));
    fs::remove_dir_all(desk.path("corpus")).unwrap();
    let ran = desk.run(&["rebuild"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(folder_in_use(&desk).ends_with("v-2") && !desk.path("index/v-1").exists());
    assert_eq!(questions.map(|question| desk.out(question)), before);
    assert_eq!(desk.run(&["doctor"]).code, 0);
}

#[test]
fn an_index_of_an_older_analyser_names_rebuild_and_is_rebuilt() {
    let desk = Desk::ingested();
    let versions = folder_in_use(&desk).join("versions.json");
    fs::write(&versions, "{\"format\":0,\"analyser\":\"older\"}\n").unwrap();
    desk.run(&["search", "养老"]).assert_fails(5, "另一版本");
    let ran = desk.run(&["ingest", "corpus"]);
    ran.assert_fails(5, "另一版本");
    assert!(ran.err.contains("提示：xunwen rebuild"), "{ran:?}");
    assert_eq!(desk.run(&["rebuild"]).code, 0);
    assert_eq!(desk.run(&["search", "养老"]).code, 0);
}

#[test]
fn an_index_of_a_newer_program_is_left_to_it() {
    let desk = Desk::ingested();
    let versions = folder_in_use(&desk).join("versions.json");
    fs::write(&versions, "{\"format\":9999,\"analyser\":\"newer\"}\n").unwrap();
    for command in [&["search", "养老"][..], &["rebuild"]] {
        let ran = desk.run(command);
        ran.assert_fails(5, "另一版本");
        assert!(ran.err.contains("更新的 xunwen"), "{ran:?}");
    }
    assert!(folder_in_use(&desk).ends_with("v-1"));
}

#[test]
fn what_a_killed_rebuild_left_behind_is_no_obstacle() {
    let desk = Desk::ingested();
    desk.write("index/v-2/half", "x");
    assert_eq!(desk.run(&["search", "养老"]).code, 0);
    assert_eq!(desk.run(&["rebuild"]).code, 0);
    assert_eq!(desk.run(&["doctor"]).code, 0);
    let folders = fs::read_dir(desk.path("index")).unwrap().filter(|e| e.as_ref().unwrap().path().is_dir()).count();
    assert_eq!(folders, 1);
}

#[test]
fn what_a_killed_run_left_behind_is_no_obstacle() {
    let desk = Desk::new();
    let record =
        |id: &str, title: &str| format!("{{\"id\":\"{id}\",\"title\":\"{title}\",\"body\":\"{title}的消息。\"}}\n");
    desk.write("news/a.jsonl", record("1", "夜校开课") + &record("2", "书屋开门"));
    desk.write("news/b.jsonl", record("3", "桥通车"));
    let ingest = || desk.run(&["ingest", "-q", "--jobs", "1", "news", "--index", "index"]);
    assert_eq!(ingest().code, 0);
    let folder = folder_in_use(&desk);
    let before: Vec<(PathBuf, Vec<u8>)> =
        files_of(&folder).into_iter().map(|path| (path.clone(), fs::read(&path).unwrap())).collect();
    desk.write("news/b.jsonl", record("3", "桥灯亮了"));
    assert_eq!(ingest().code, 0);
    // As if it had been killed just before it committed: all that it wrote is there, and the commit is the one before.
    for (path, content) in before.iter().filter(|(path, _)| !path.ends_with(".managed.json")) {
        fs::write(path, content).unwrap();
    }
    desk.write("index/v-1/seal.part", "{\"seal\":");
    assert_eq!(desk.out(&["search", "-F", "-c", "桥通车", "--index", "index"]), "1\n");
    let again = ingest();
    assert_eq!(again.code, 0, "{again:?}");
    assert_eq!(desk.out(&["search", "-F", "-c", "桥灯亮了", "--index", "index"]), "1\n");
    let checked = desk.run(&["doctor", "--index", "index"]);
    assert_eq!(checked.code, 0, "{checked:?}");
    assert_eq!(ingest().code, 0);
    let checked = desk.run(&["doctor", "--index", "index"]);
    assert_eq!(checked.code, 0, "{checked:?}");
}

#[test]
fn a_second_writer_is_told_who_writes_or_waits_for_it() {
    let desk = Desk::ingested();
    // A run that reads standard input holds the lock until its input ends.
    let mut first = desk
        .command(&["ingest", "-", "--format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let writer = desk.path("index/writer");
    let held = || fs::read_to_string(&writer).is_ok_and(|text| text.contains(&first.id().to_string()));
    for _ in 0..1_000 {
        if held() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert!(held(), "the first run never took the lock");
    let ran = desk.run(&["forget", "corpus"]);
    ran.assert_fails(6, &format!("ingest，进程 {}", first.id()));
    assert!(ran.err.contains("起") && ran.err.contains("--wait"), "{ran:?}");
    assert_eq!(desk.run(&["search", "养老"]).code, 0, "searching waits for nobody");
    let waiting = desk.command(&["rebuild", "--wait"]).stderr(Stdio::null()).spawn().unwrap();
    drop(first.stdin.take());
    first.wait().unwrap();
    assert_eq!(waiting.wait_with_output().unwrap().status.code(), Some(0));
}

#[test]
fn a_changed_cut_or_missing_file_is_found_by_doctor_and_never_panics_a_search() {
    let desk = Desk::ingested();
    let folder = folder_in_use(&desk);
    let mut files = files_of(&folder);
    files.extend(["xunwen-index", "current"].map(|name| desk.path("index").join(name)));
    assert!(files.len() > 10);
    for (number, file) in files.into_iter().enumerate() {
        let whole = fs::read(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let middle = whole.len() / 2;
        let mut flipped = whole.clone();
        flipped[middle] ^= 4;
        let faults = [("flipped", Some(&flipped[..])), ("cut", Some(&whole[..middle])), ("gone", None)];
        // Each file meets one fault here; `tests/faults.py` brings every fault to every file.
        let (what, content) = faults[number % faults.len()];
        match content {
            Some(content) => fs::write(&file, content).unwrap(),
            None => fs::remove_file(&file).unwrap(),
        }
        let doctor = desk.run(&["doctor", "--samples", "1"]);
        assert!(matches!(doctor.code, 1 | 5), "{name} {what}: {doctor:?}");
        let search = desk.run(&["search", "养老服务", "-n", "3"]);
        assert!(matches!(search.code, 0 | 1 | 5), "{name} {what}: {search:?}");
        fs::write(&file, &whole).unwrap();
    }
    assert_eq!(desk.run(&["doctor"]).code, 0);
}

#[cfg(unix)]
#[test]
fn an_index_in_a_folder_without_write_permission_can_be_searched() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::ingested();
    let folder = folder_in_use(&desk);
    let before = files_of(&folder);
    let allow = |mode| {
        for path in [desk.path("index"), folder.clone()] {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    allow(0o555);
    let search = desk.run(&["search", "养老服务"]);
    allow(0o755);
    assert_eq!(search.code, 0, "{search:?}");
    assert_eq!(files_of(&folder), before);
}
