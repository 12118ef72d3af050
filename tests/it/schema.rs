//! A check of JSON against the part of JSON Schema that the files in `docs/schema` use. Anything else
//! in a schema fails the test, so that nothing is promised that nobody looks at.

use std::{fs, path::Path};

use serde_json::Value;

/// The schema of this name, in `docs/schema`.
pub fn schema(name: &str) -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs/schema")
        .join(name);
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// What is wrong with a value, if anything: where, and what was expected.
pub fn check(value: &Value, name: &str) -> Result<(), String> {
    let schema = schema(name);
    Check { root: &schema }.value(value, &schema, "")
}

struct Check<'s> {
    root: &'s Value,
}

impl Check<'_> {
    fn value(&self, value: &Value, schema: &Value, at: &str) -> Result<(), String> {
        let rules = schema.as_object().expect("a schema is an object");
        for (rule, wanted) in rules {
            let fine = match rule.as_str() {
                "$schema"
                | "$defs"
                | "title"
                | "description"
                | "properties"
                | "items"
                | "additionalProperties" => true,
                "type" => has_type(value, wanted),
                "const" => value == wanted,
                "enum" => wanted.as_array().unwrap().contains(value),
                "minimum" => value
                    .as_f64()
                    .is_none_or(|number| number >= wanted.as_f64().unwrap()),
                "required" => wanted.as_array().unwrap().iter().all(|key| {
                    value
                        .as_object()
                        .is_none_or(|keys| keys.contains_key(key.as_str().unwrap()))
                }),
                "anyOf" => {
                    let mut ways = wanted.as_array().unwrap().iter();
                    ways.any(|way| self.value(value, way, at).is_ok())
                }
                "$ref" => {
                    self.reference(value, wanted.as_str().unwrap(), at)?;
                    true
                }
                other => panic!("nobody checks `{other}`"),
            };
            if !fine {
                return Err(format!(
                    "{at}: {value} is not as `{rule}` {wanted} wants it"
                ));
            }
        }
        self.members(value, schema, at)
    }

    fn members(&self, value: &Value, schema: &Value, at: &str) -> Result<(), String> {
        if let (Value::Array(items), Some(rule)) = (value, schema.get("items")) {
            for (n, item) in items.iter().enumerate() {
                self.value(item, rule, &format!("{at}/{n}"))?;
            }
        }
        let Value::Object(keys) = value else {
            return Ok(());
        };
        for (key, member) in keys {
            let at = format!("{at}/{key}");
            let known = schema.get("properties").and_then(|known| known.get(key));
            match (known, schema.get("additionalProperties")) {
                (Some(rule), _) => self.value(member, rule, &at)?,
                (None, Some(Value::Bool(false))) => {
                    return Err(format!("{at} is not described"));
                }
                (None, Some(rule)) => self.value(member, rule, &at)?,
                (None, None) => {}
            }
        }
        Ok(())
    }

    fn reference(&self, value: &Value, to: &str, at: &str) -> Result<(), String> {
        match to.strip_prefix("#/$defs/") {
            Some(name) => self.value(value, &self.root["$defs"][name], at),
            None => check(value, to).map_err(|why| format!("{at}{why}")),
        }
    }
}

fn has_type(value: &Value, wanted: &Value) -> bool {
    let is = |wanted: &Value| match wanted.as_str().unwrap() {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("there is no type `{other}`"),
    };
    match wanted {
        Value::Array(several) => several.iter().any(is),
        one => is(one),
    }
}

#[test]
fn a_check_finds_what_is_wrong() {
    let line = |text: &str| check(&serde_json::from_str(text).unwrap(), "watch.json");
    let good = r#"{"v":1,"at":"x","event":"due","reminder":"eyes"}"#;
    assert_eq!(line(good), Ok(()));
    for (from, to) in [
        ("\"v\":1", "\"v\":2"),
        ("\"due\"", "\"dew\""),
        ("\"eyes\"", "5"),
        ("\"reminder\"", "\"remainder\""),
        (",\"reminder\":\"eyes\"", ""),
        ("\"eyes\"", "\"eyes\",\"more\":1"),
    ] {
        assert!(line(&good.replace(from, to)).is_err(), "{to}");
    }
}
