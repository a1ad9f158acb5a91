//! The published schema of the JSON, held against what the program writes: no key that it does not name, none missing.

use crate::forms::empty;
use crate::program::Desk;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::path::Path;

/// A checker of just the words of JSON Schema that ours uses; a word it does not know fails the test.
struct Schema(Value);

/// What a word of the schema makes of a value: what is wrong with it, and which keys of it are accounted for.
type Checked<'a> = Result<BTreeSet<&'a str>, String>;

impl Schema {
    fn read() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/xunwen-1.schema.json");
        Self(serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
    }

    fn definition(&self, name: &str) -> &Value {
        let name = name.trim_start_matches("#/$defs/");
        self.0["$defs"].get(name).unwrap_or_else(|| panic!("the schema has no definition {name}"))
    }

    fn check<'a>(&'a self, schema: &'a Value, value: &'a Value, at: &str) -> Checked<'a> {
        let words = schema.as_object().unwrap();
        let mut seen = BTreeSet::new();
        for (word, told) in words {
            seen.extend(self.check_word(word, told, value, at)?);
        }
        // These look at what the other words have left over.
        let closed = ["additionalProperties", "unevaluatedProperties"];
        let is_closed = closed.iter().any(|word| words.get(*word) == Some(&false.into()));
        let mut keys = value.as_object().into_iter().flat_map(Map::keys).filter(|_| is_closed);
        if let Some(key) = keys.find(|key| !seen.contains(key.as_str())) {
            return Err(format!("{at}: schema/xunwen-1.schema.json does not know the key {key}"));
        }
        if let (Some(rest @ Value::Object(_)), Value::Object(value)) = (words.get("additionalProperties"), value) {
            for (key, value) in value.iter().filter(|(key, _)| !words.contains_key(key.as_str())) {
                self.check(rest, value, &format!("{at}.{key}"))?;
                seen.insert(key);
            }
        }
        Ok(seen)
    }

    fn check_word<'a>(&'a self, word: &str, told: &'a Value, value: &'a Value, at: &str) -> Checked<'a> {
        let mut seen = BTreeSet::new();
        let holds = match word {
            "description" | "additionalProperties" | "unevaluatedProperties" => true,
            "$ref" => {
                seen = self.check(self.definition(told.as_str().unwrap()), value, at)?;
                true
            }
            "type" => {
                let types = told.as_array().map_or_else(|| vec![told], |types| types.iter().collect());
                types.iter().any(|one| is_of(one.as_str().unwrap(), value))
            }
            "const" => told == value,
            "enum" => told.as_array().unwrap().contains(value),
            "minimum" => value.as_f64().is_none_or(|number| number >= told.as_f64().unwrap()),
            "pattern" => {
                let pattern = regex::Regex::new(told.as_str().unwrap()).unwrap();
                value.as_str().is_none_or(|text| pattern.is_match(text))
            }
            "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= told.as_u64().unwrap()),
            "maxItems" => value.as_array().is_none_or(|items| items.len() as u64 <= told.as_u64().unwrap()),
            "minProperties" => value.as_object().is_none_or(|keys| keys.len() as u64 >= told.as_u64().unwrap()),
            "maxProperties" => value.as_object().is_none_or(|keys| keys.len() as u64 <= told.as_u64().unwrap()),
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.check(told, item, &format!("{at}[{n}]"))?;
                }
                true
            }
            "prefixItems" => {
                for (told, item) in told.as_array().unwrap().iter().zip(value.as_array().into_iter().flatten()) {
                    self.check(told, item, at)?;
                }
                true
            }
            "required" => {
                let none = Map::new();
                let keys = value.as_object().unwrap_or(&none);
                let missing = told.as_array().unwrap().iter().find(|key| !keys.contains_key(key.as_str().unwrap()));
                if let Some(key) = missing.filter(|_| value.is_object()) {
                    return Err(format!("{at}: the key {key} is missing"));
                }
                true
            }
            "properties" => {
                for (key, told) in told.as_object().unwrap() {
                    if let Some(value) = value.get(key) {
                        self.check(told, value, &format!("{at}.{key}"))?;
                        seen.insert(key.as_str());
                    }
                }
                true
            }
            "anyOf" => {
                let found = told.as_array().unwrap().iter().find_map(|one| self.check(one, value, at).ok());
                let holds = found.is_some();
                seen.extend(found.into_iter().flatten());
                holds
            }
            other => panic!("the checker does not know the word {other}"),
        };
        if holds { Ok(seen) } else { Err(format!("{at}: {value} is not {word} {told}")) }
    }

    #[track_caller]
    fn assert_is(&self, definition: &str, value: &Value) {
        if let Err(wrong) = self.check(self.definition(definition), value, definition) {
            panic!("{wrong}\nin {value}");
        }
    }
}

fn is_of(kind: &str, value: &Value) -> bool {
    match kind {
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("the checker does not know the type {other}"),
    }
}

/// What every command that writes JSON writes, and what it has to be.
const WRITTEN: &[(&str, &[&str])] = &[
    ("readReport", &["read", "--jsonl", "corpus"]),
    ("readReport", &["read", "--jsonl", "--warnings", "corpus"]),
    ("report", &["export", "--jsonl"]),
    ("hit", &["search", "养老", "--jsonl", "--all"]),
    ("hit", &["search", "没有这样的养老XYZ", "--jsonl"]),
    ("listed", &["search", "养老", "--ids", "--jsonl"]),
    ("found", &["search", "养老", "--json"]),
    ("found", &["search", "养老 -服务", "--json", "--explain", "--date", "2026"]),
    ("found", &["search", "没有这样的文字XYZ", "--json", "--loosen", "never"]),
    ("issue", &["issue", "--json"]),
    ("issue", &["issue", "2026-02-26", "--json"]),
    ("kwic", &["kwic", "养老", "--json"]),
    ("kwic", &["kwic", "没有这样的文字XYZ", "--json"]),
    ("kwicLine", &["kwic", "养老", "--jsonl"]),
    ("first", &["first", "养老", "--json"]),
    ("first", &["first", "没有这样的文字XYZ", "--json"]),
    ("facet", &["facet", "记者", "--json"]),
    ("count", &["facet", "版", "--jsonl"]),
    ("timeline", &["timeline", "--by", "week", "--json"]),
    ("period", &["timeline", "养老", "--by", "week", "--jsonl"]),
    ("terms", &["terms", "养老", "--json"]),
    ("term", &["terms", "养老", "--jsonl"]),
    ("facet", &["tally", "--by", "记者", "--json"]),
    ("count", &["tally", "--by", "记者", "--jsonl"]),
    ("tally", &["tally", "--by", "记者", "--by", "月", "--json"]),
    ("tallyRow", &["tally", "--by", "记者", "--by", "月", "--jsonl"]),
    ("who", &["who", "付凯明", "--json"]),
    ("coverage", &["coverage", "--json"]),
    ("info", &["info", "--json"]),
];

fn written(desk: &Desk, arguments: &[&str]) -> Vec<Value> {
    let ran = desk.run(arguments);
    assert!(ran.code <= 1, "{arguments:?}: {ran:?}");
    ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn whatever_is_written_as_json_is_what_the_schema_says() {
    let schema = Schema::read();
    let (full, empty) = (Desk::ingested(), empty());
    for (definition, arguments) in WRITTEN {
        let lines = written(&full, arguments);
        assert!(!lines.is_empty(), "{arguments:?}");
        for line in lines.iter().chain(&written(&empty, arguments)) {
            schema.assert_is(definition, line);
        }
    }
    let hit = written(&full, &["search", "养老", "--jsonl", "-n", "1"]).remove(0);
    for (definition, form) in [("found", "--json"), ("hit", "--jsonl")] {
        for line in written(&full, &["similar", hit["id"].as_str().unwrap(), form]) {
            schema.assert_is(definition, &line);
        }
    }
    full.write("q.tsv", "甲\t养老服务\n乙\t没有这样的文字XYZ\n丙\t\"\"\n");
    for (definition, form) in [("hit", &["--jsonl"][..]), ("listed", &["--ids", "--jsonl"]), ("found", &["--json"])] {
        for line in full.run(&[&["search", "--batch", "q.tsv"], form].concat()).out.lines() {
            let line = serde_json::from_str::<Value>(line).unwrap();
            assert!(line["qid"].is_string());
            schema.assert_is(definition, &line);
        }
    }
    let summaries = full.run(&["search", "--batch", "q.tsv", "--ids", "--jsonl", "--summary", "-n", "0"]).out;
    let summaries: Vec<Value> = summaries.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(summaries.len(), 3);
    summaries.iter().for_each(|line| schema.assert_is("summary", line));
}

#[test]
fn what_is_new_is_written_as_reports() {
    let desk = Desk::ingested();
    assert_eq!(desk.run(&["watch", "夜校"]).code, 1);
    desk.write("corpus/new.jsonl", "{\"title\": \"夜校添了画画课\", \"body\": \"城西夜校添了画画课。\"}\n");
    assert_eq!(desk.run(&["ingest", "-q"]).code, 0);
    let new = written(&desk, &["watch", "夜校", "--jsonl"]);
    assert_eq!(new.len(), 1);
    Schema::read().assert_is("report", &new[0]);
}

#[test]
fn each_form_of_the_schema_is_written_by_some_command() {
    let schema = Schema::read();
    let forms = schema.0["anyOf"].as_array().unwrap();
    for form in forms {
        let name = form["$ref"].as_str().unwrap().trim_start_matches("#/$defs/");
        assert!(name == "summary" || WRITTEN.iter().any(|(definition, _)| *definition == name), "{name}");
    }
}

#[test]
fn the_keys_of_a_hit_are_the_fields_of_templates() {
    let schema = Schema::read();
    let keys = |name: &str| schema.definition(name)["properties"].as_object().unwrap().keys().cloned();
    let of_schema: BTreeSet<String> = keys("reportFields").chain(keys("hit")).collect();
    let columns = xunwen::render::columns::COLUMNS.iter().map(|column| column.name);
    let made = xunwen::render::columns::MADE;
    let of_columns: BTreeSet<String> = columns.filter(|name| !made.contains(name)).map(str::to_owned).collect();
    assert_eq!(of_schema, of_columns);
}

#[test]
fn the_checker_finds_what_is_wrong() {
    let schema = Schema::read();
    let good = serde_json::json!({"value": "付凯明", "reports": 3});
    schema.assert_is("count", &good);
    for (key, value) in [("more", 1.into()), ("reports", "3".into()), ("reports", (-1).into())] {
        let mut wrong = good.clone();
        wrong[key] = value;
        assert!(schema.check(schema.definition("count"), &wrong, "").is_err(), "{wrong}");
    }
    assert!(schema.check(schema.definition("count"), &serde_json::json!({"value": "x"}), "").is_err());
    let desk = Desk::ingested();
    let hit = written(&desk, &["search", "养老", "--jsonl", "-n", "1"]).remove(0);
    for (key, value) in [("new", Value::Null), ("date", "昨天".into()), ("basis", serde_json::json!({"x": "guess"}))]
    {
        let mut wrong = hit.clone();
        wrong[key] = value;
        assert!(schema.check(schema.definition("hit"), &wrong, "").is_err(), "{key}");
    }
}
