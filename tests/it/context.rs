//! Evidence for a chatbot, over HTTP and on the command line.

use serde_json::{Value, json};

use super::library::{client, shared};

fn context(body: &Value) -> Value {
    let mut response = client()
        .post(shared().0.url("/v1/context"))
        .send_json(body)
        .expect("an answer");
    assert_eq!(response.status().as_u16(), 200);
    response.body_mut().read_json().expect("JSON")
}

#[test]
fn a_context_holds_the_right_passage_and_the_work_it_cites_in_any_budget() {
    for max_tokens in [320, 600, 2000, 8000] {
        let answer = context(&json!({"query": "胎盘来源 水凝胶", "max_tokens": max_tokens}));
        assert_eq!(answer["answerable"], "yes");
        assert!(answer["tokens"].as_u64() <= Some(max_tokens), "{}", answer["tokens"]);
        let text = answer["context"].as_str().expect("a text");
        assert!(text.contains("胎盘来源丰富"), "{text}");
        let best = &answer["sources"][0];
        assert_eq!(best["section"]["number"], "1.2.2");
        if max_tokens >= 2000 {
            assert!(text.contains("水凝胶"), "{text}");
            let works = answer["references"].as_array().expect("works");
            let cited = works
                .iter()
                .find(|work| work["reference"]["number"] == 18)
                .expect("[18]");
            let line = format!("R{}: Zeng XX, Tang YL, Hu KX", cited["number"]);
            assert!(text.contains(&line), "{text}");
        }
    }
}

#[test]
fn an_answer_nowhere_is_said_plainly_and_the_command_ends_with_one() {
    let answer = context(&json!({"query": "zzzqqq"}));
    assert_eq!((&answer["answerable"], &answer["sources"]), (&json!("no"), &json!([])));
    let ran = shared().1.run(&["context", "zzzqqq"]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.out
            .starts_with("Nothing in the indexed articles answers this question."),
        "{}",
        ran.out
    );
}

#[test]
fn a_question_read_as_pinyin_can_be_taken_as_typed() {
    let read = context(&json!({"query": "tangniaobing"}));
    assert_ne!(read["sources"], json!([]), "{read}");
    let typed = context(&json!({"query": "tangniaobing", "as_typed": true}));
    assert_eq!((&typed["answerable"], &typed["sources"]), (&json!("no"), &json!([])));
}

#[test]
fn the_command_prints_the_same_text_as_the_api() {
    let asked = context(&json!({"query": "biochar nitrate", "lang": "en"}));
    let ran = shared().1.run(&["context", "--lang", "en", "biochar", "nitrate"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(ran.out.trim_end(), asked["context"].as_str().expect("a text"));
    let ran = shared().1.run(&["context", "--format", "anthropic", "biochar nitrate"]);
    assert_eq!(ran.json()["search_results"][0]["type"], "search_result");
    let ran = shared().1.run(&["context", "--max-tokens", "10", "biochar"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("320 to 32000"), "{}", ran.err);
}
