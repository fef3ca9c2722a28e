//! Front ends that know another product's API find the same passages in the same order, in their product's own shape.

use std::fs;

use serde_json::{Value, json};

use super::library::{Answer, Library, Served, client, shared};

const SOIL_STRAW: &str = "In column trials biochar made from straw cut the leaching of nitrate by a third. Biochar made \
                          from wood did less. No trial ran for longer than two seasons.";

/// Sends bytes of a type, or of none, and reads JSON.
fn send(server: &Served, path: &str, kind: Option<&str>, body: &str) -> Answer {
    let mut request = client().post(server.url(path));
    if let Some(kind) = kind {
        request = request.header("Content-Type", kind);
    }
    let mut response = request.send(body).expect("an answer");
    Answer {
        status: response.status().as_u16(),
        body: response.body_mut().read_json().expect("JSON"),
    }
}

fn post(server: &Served, path: &str, body: &Value) -> Value {
    let answer = send(server, path, Some("application/json"), &body.to_string());
    assert_eq!(answer.status, 200, "{path} {body}: {}", answer.body);
    answer.body
}

fn refused(server: &Served, path: &str, body: &Value) -> (u16, Value) {
    let answer = send(server, path, Some("application/json"), &body.to_string());
    (answer.status, answer.body)
}

/// One part of every element of a list.
fn each(list: &Value, pointer: &str) -> Vec<Value> {
    let list = list.as_array().expect("a list").iter();
    list.map(|one| {
        one.pointer(pointer)
            .unwrap_or_else(|| panic!("{pointer} in {one}"))
            .clone()
    })
    .collect()
}

/// The passages that a list of addresses leads to.
fn fragments(list: &Value, pointer: &str, server: &Served) -> Vec<Value> {
    let pages = server.url("/a/");
    let address = |url: &Value| {
        let url = url.as_str().expect("an address").to_owned();
        let below = url
            .strip_prefix(&pages)
            .unwrap_or_else(|| panic!("{url} is not below {pages}"));
        Value::from(below.split_once('#').expect("a passage").1)
    };
    each(list, pointer).iter().map(address).collect()
}

/// Every figure, or the least before it where that is less.
fn falling(figures: Vec<Value>) -> Vec<Value> {
    let mut least = f64::INFINITY;
    let figures = figures.iter().map(|figure| figure.as_f64().expect("a number"));
    figures
        .map(|figure| {
            least = least.min(figure);
            Value::from(least)
        })
        .collect()
}

fn dify(query: &str) -> Value {
    json!({"retrieval_setting": {"top_k": 10, "score_threshold": 0.0}, "query": query, "knowledge_id": "wenyuan"})
}

#[test]
fn every_door_answers_in_the_order_of_the_native_api() {
    let shared = shared();
    let server = &shared.0;
    for query in [
        "胎盘来源 水凝胶",
        "nitrate leaching",
        "细胞治疗 安全性",
        "cartilage damage in rats",
        "taipan",
    ] {
        let native = server.search(query, &[]);
        let ids = each(&native["hits"], "/id");
        let scores = falling(each(&native["hits"], "/relevance"));
        assert!(!ids.is_empty(), "{query}");

        let found = post(server, "/dify/retrieval", &dify(query));
        assert_eq!(each(&found["records"], "/metadata/passage_id"), ids, "{query}");
        assert_eq!(each(&found["records"], "/score"), scores);

        let body = json!({"query": query, "retrieval_model": {"top_k": 10}});
        let found = post(server, "/dify-dataset/v1/datasets/wenyuan/retrieve", &body);
        assert_eq!(each(&found["records"], "/segment/id"), ids, "{query}");
        assert_eq!(each(&found["records"], "/score"), scores);

        let found = server.get("/searxng/search", &[("q", query), ("format", "json")]).body;
        assert_eq!(fragments(&found["results"], "/url", server), ids, "{query}");
        assert_eq!(each(&found["results"], "/score"), scores);

        let found = post(server, "/owui/search", &json!({"query": query, "count": 10}));
        assert_eq!(fragments(&found, "/link", server), ids, "{query}");

        let body = json!({"question": query, "dataset_ids": ["wenyuan"], "page_size": 10});
        let found = post(server, "/ragflow/api/v1/retrieval", &body);
        assert_eq!(each(&found["data"]["chunks"], "/id"), ids, "{query}");
        assert_eq!(each(&found["data"]["chunks"], "/similarity"), scores);
        assert_eq!(found["data"]["total"], native["total"]);

        let found = post(
            server,
            "/openai/v1/vector_stores/wenyuan/search",
            &json!({"query": query}),
        );
        assert_eq!(each(&found["data"], "/attributes/passage_id"), ids, "{query}");
        assert_eq!(each(&found["data"], "/score"), scores);
    }
}

#[test]
fn dify_shows_a_record_as_its_contract_says() {
    let shared = shared();
    let found = post(&shared.0, "/dify/retrieval", &dify("straw biochar leaching"));
    let record = &found["records"][0];
    assert_eq!(record["content"], SOIL_STRAW);
    assert_eq!(record["title"], "Biochar and the nitrogen of sandy soils");
    assert!(
        record["score"]
            .as_f64()
            .is_some_and(|score| score > 0.0 && score <= 1.0)
    );
    let metadata = record["metadata"].as_object().expect("an object");
    assert!(
        metadata.values().all(|value| value.is_string() || value.is_number()),
        "{record}"
    );
    assert_eq!(metadata["document_id"], metadata["article_id"]);
    let page = format!(
        "/a/{}#{}",
        metadata["document_id"].as_str().expect("an id"),
        metadata["passage_id"].as_str().expect("an id")
    );
    assert_eq!(metadata["url"], shared.0.url(&page));
    assert_eq!(metadata["lang"], "en");
    assert_eq!(metadata["section"], "2.1");
    assert_eq!(metadata["year"], 2018);
    assert_eq!(
        metadata["references"],
        "[2] Heath P. Columns of sand: leaching with and without char. Soil Lett. 2015;8(4):77-84. \
         doi:10.99999/soil.2015.77"
    );
}

#[test]
fn dify_registers_with_a_request_that_has_no_body() {
    let shared = shared();
    // A base registered with a slash at its end gives two.
    for path in ["/dify/retrieval", "/dify//retrieval"] {
        let mut response = client()
            .post(shared.0.url(path))
            .header("Authorization", "Bearer any")
            .send_empty()
            .expect("an answer");
        assert_eq!(
            response.status(),
            400,
            "{path}: 403, 404 and 502 would refuse the registration"
        );
        let body: Value = response.body_mut().read_json().expect("JSON");
        assert_eq!(body["error_code"], 400);
        assert!(body["error_msg"].is_string());
    }
}

#[test]
fn dify_may_say_null_or_nothing_and_escape_chinese() {
    let shared = shared();
    let server = &shared.0;
    let plain = post(server, "/dify/retrieval", &dify("胎盘"));
    // 胎 is U+80CE, 盘 U+76D8.
    let escaped = r#"{"retrieval_setting": {"top_k": null, "score_threshold": null}, "query": "\u80ce\u76d8",
        "knowledge_id": "default", "metadata_condition": null, "user": {"id": 7}}"#;
    // The type of the body does not matter.
    for kind in [Some("application/json"), Some("text/plain"), None] {
        let answer = send(server, "/dify/retrieval", kind, escaped);
        assert_eq!((answer.status, &answer.body), (200, &plain), "{kind:?}");
    }
    let bare = json!({"query": "胎盘", "knowledge_id": "wenyuan"});
    assert_eq!(post(server, "/dify/retrieval", &bare), plain);
    let nothing = post(server, "/dify/retrieval", &dify("zzzqqq"));
    assert_eq!(nothing, json!({"records": []}));
    let mut sure = dify("胎盘");
    sure["retrieval_setting"] = json!({"top_k": 1, "score_threshold": 0.0});
    assert_eq!(
        post(server, "/dify/retrieval", &sure)["records"][0],
        plain["records"][0]
    );
    sure["retrieval_setting"]["score_threshold"] = json!(1.1);
    assert_eq!(post(server, "/dify/retrieval", &sure), json!({"records": []}));
}

#[test]
fn dify_names_what_is_wrong_in_its_own_way() {
    let shared = shared();
    let server = &shared.0;
    let mut unknown = dify("胎盘");
    unknown["knowledge_id"] = json!("other");
    let (status, body) = refused(server, "/dify/retrieval", &unknown);
    assert_eq!((status, &body["error_code"]), (404, &json!(2001)));
    let (status, body) = refused(server, "/dify/retrieval", &dify("  "));
    assert_eq!((status, &body["error_code"]), (400, &json!(400)));
    assert!(
        body["error_msg"]
            .as_str()
            .is_some_and(|message| message.starts_with("query: "))
    );
    let (status, body) = refused(server, "/dify/elsewhere", &dify("胎盘"));
    assert_eq!((status, &body["error_code"]), (404, &json!(404)));
    let answer = send(server, "/dify/retrieval", None, "{\"query\":");
    assert_eq!((answer.status, &answer.body["error_code"]), (400, &json!(400)));
}

#[test]
fn conditions_leave_only_what_meets_them() {
    let shared = shared();
    let server = &shared.0;
    // The soil article is of 2018, the one on knees of 2021, the shipped one of 2025; the lamp of 1999, the others undated.
    let years = |condition: Value| {
        let mut body = dify("biochar nitrogen 针刺 软骨 细胞治疗 lighthouse lamp");
        body["retrieval_setting"]["top_k"] = json!(100);
        body["metadata_condition"] = condition;
        let found = post(server, "/dify/retrieval", &body);
        let records = found["records"].as_array().expect("records").iter();
        let mut years: Vec<i64> = records
            .map(|record| record["metadata"]["year"].as_i64().unwrap_or_default())
            .collect();
        years.sort_unstable();
        years.dedup();
        years
    };
    let one = |name: &str, operator: &str, value: Value| json!({"conditions": [{"name": name, "comparison_operator": operator, "value": value}]});
    assert_eq!(years(Value::Null), [0, 1999, 2018, 2021, 2025]);
    assert_eq!(years(json!({"conditions": null})), [0, 1999, 2018, 2021, 2025]);
    assert_eq!(years(one("year", "≥", json!(2021))), [2021, 2025]);
    assert_eq!(years(one("year", ">", json!("2021"))), [2025]);
    assert_eq!(years(one("year", "≤", json!(2018))), [1999, 2018]);
    assert_eq!(years(one("year", "<", json!(2018))), [1999]);
    assert_eq!(years(one("year", "=", json!(2018))), [2018]);
    assert_eq!(years(one("year", "≠", json!(2018))), [0, 1999, 2021, 2025]);
    assert_eq!(years(one("year", "before", json!("2018-01-01"))), [1999]);
    assert_eq!(years(one("year", "after", json!("2018-12-31"))), [2021, 2025]);
    assert_eq!(years(one("year", "in", json!(["2018", 1999]))), [1999, 2018]);
    assert_eq!(years(one("year", "not in", json!("2018, 1999"))), [0, 2021, 2025]);
    assert_eq!(
        years(json!({"conditions": [{"name": "year", "comparison_operator": "empty"}]})),
        [0]
    );
    assert_eq!(years(one("year", "not empty", json!(""))), [1999, 2018, 2021, 2025]);
    assert_eq!(years(one("title", "contains", json!("nitrogen"))), [2018]);
    assert_eq!(years(one("document_name", "start with", json!("针刺"))), [2021]);
    assert_eq!(years(one("title", "end with", json!("SOILS"))), [2018]);
    assert_eq!(
        years(one("title", "not contains", json!("nitrogen"))),
        [0, 1999, 2021, 2025]
    );
    assert_eq!(years(one("title", "is", json!("Lighthouses"))), [1999]);
    assert_eq!(years(one("year", "is", Value::Null)), [0, 1999, 2018, 2021, 2025]);
    let both = [
        json!({"name": "year", "comparison_operator": "=", "value": 2018}),
        json!({"name": ["authors", "title"], "comparison_operator": "contains", "value": "lighthouse"}),
    ];
    assert_eq!(
        years(json!({"logical_operator": "and", "conditions": both})),
        Vec::<i64>::new()
    );
    assert_eq!(
        years(json!({"logical_operator": null, "conditions": both})),
        Vec::<i64>::new()
    );
    assert_eq!(
        years(json!({"logical_operator": "or", "conditions": both})),
        [1999, 2018]
    );
    assert_eq!(years(json!({"logic": "or", "conditions": both})), [1999, 2018]);

    let mut odd = dify("胎盘");
    odd["metadata_condition"] = one("year", "resembles", json!(1));
    let (status, body) = refused(server, "/dify/retrieval", &odd);
    assert_eq!(status, 400);
    assert!(
        body["error_msg"]
            .as_str()
            .is_some_and(|message| message.contains("resembles"))
    );
}

#[test]
fn a_desktop_client_finds_the_dataset_and_searches_it() {
    let shared = shared();
    let server = &shared.0;
    let list = server
        .get("/dify-dataset/v1/datasets", &[("page", "1"), ("limit", "20")])
        .body;
    assert_eq!(list["data"][0]["id"], "wenyuan");
    assert!(list["data"][0]["name"].is_string() && list["data"][0]["description"].is_string());
    assert_eq!(
        (&list["has_more"], &list["total"], &list["page"]),
        (&json!(false), &json!(1), &json!(1))
    );
    // As Cherry Studio and as DeepChat write it.
    for model in [
        json!({"top_k": 6, "reranking_enable": null, "score_threshold_enabled": null}),
        json!({"search_method": "semantic_search", "reranking_enable": false, "top_k": 6,
            "score_threshold_enabled": false, "score_threshold": null}),
        json!({"top_k": 6, "score_threshold_enabled": false, "score_threshold": 1.1}),
    ] {
        let body = json!({"query": "straw biochar leaching", "retrieval_model": model});
        let found = post(server, "/dify-dataset/v1/datasets/wenyuan/retrieve", &body);
        assert_eq!(found["query"]["content"], "straw biochar leaching");
        let segment = &found["records"][0]["segment"];
        assert_eq!(segment["content"], SOIL_STRAW);
        assert_eq!(segment["document"]["name"], "Biochar and the nitrogen of sandy soils");
        assert_eq!(segment["keywords"], json!([]));
        // Abstract, introduction, then this.
        assert_eq!(segment["position"], 3);
    }
    let sure = json!({"query": "straw", "retrieval_model": {"score_threshold_enabled": true, "score_threshold": 1.1}});
    let found = post(server, "/dify-dataset/v1/datasets/wenyuan/retrieve", &sure);
    assert_eq!(found["records"], json!([]));
    let (status, body) = refused(server, "/dify-dataset/v1/datasets/other/retrieve", &sure);
    assert_eq!(
        (status, &body["status"], &body["code"]),
        (404, &json!(404), &json!("not_found"))
    );
    let (status, body) = refused(server, "/dify-dataset/v1/datasets/wenyuan/retrieve", &json!({}));
    assert_eq!((status, &body["code"]), (400, &json!("invalid_param")));
}

#[test]
fn searxng_passes_over_what_it_does_not_know() {
    let shared = shared();
    let server = &shared.0;
    // As Open WebUI writes it: the language is English whatever is asked.
    let parameters = [
        ("q", "胎盘来源 水凝胶"),
        ("format", "json"),
        ("pageno", "1"),
        ("safesearch", "1"),
        ("language", "en-US"),
        ("time_range", ""),
        ("categories", ""),
        ("theme", "simple"),
        ("image_proxy", "0"),
        ("engines", "google,bing"),
    ];
    let found = server.get("/searxng/search", &parameters);
    assert_eq!(found.status, 200);
    let first = &found.body["results"][0];
    assert!(
        first["content"]
            .as_str()
            .is_some_and(|content| content.contains("胎盘来源")),
        "{first}"
    );
    assert!(first["score"].is_f64() && first["title"].is_string());
    assert_eq!(first["engines"], json!(["wenyuan"]));
    for list in [
        "answers",
        "corrections",
        "infoboxes",
        "suggestions",
        "unresponsive_engines",
    ] {
        assert!(found.body[list].is_array(), "{list}");
    }
    let form = "q=%E8%83%8E%E7%9B%98%E6%9D%A5%E6%BA%90+%E6%B0%B4%E5%87%9D%E8%83%B6&format=json";
    let kind = Some("application/x-www-form-urlencoded");
    for path in ["/searxng/search", "/searxng", "/searxng/", "/searxng/any-key/search"] {
        assert_eq!(send(server, path, kind, form).body, found.body, "{path}");
        assert_eq!(server.get(path, &parameters).body, found.body, "{path}");
    }
    let second = server.get("/searxng/search", &[("q", "细胞"), ("pageno", "2")]).body;
    let all = server.search("细胞", &[("limit", "20")]);
    assert_eq!(
        fragments(&second["results"], "/url", server),
        each(&all["hits"], "/id")[10..]
    );
    assert_eq!(second["results"][0]["positions"], json!([11]));
    let far = server.get("/searxng/search", &[("q", "细胞"), ("pageno", "9999999")]);
    assert_eq!((far.status, &far.body["results"]), (200, &json!([])));
    let nothing = server.get("/searxng/search", &[("q", "zzzqqq"), ("format", "json")]);
    assert_eq!((nothing.status, &nothing.body["results"]), (200, &json!([])));
    let slip = server.get("/searxng/search", &[("q", "taipan")]).body;
    assert_eq!(slip["corrections"], json!(["胎盘"]));

    let without = server.get("/searxng/search", &[("format", "json")]);
    assert_eq!(without.status, 400);
    assert!(without.body["error"].is_string());
    assert_eq!(
        server.get("/searxng/search", &[("q", "x"), ("format", "rss")]).status,
        403
    );
}

#[test]
fn open_webui_gets_lists_of_texts_and_our_own_pages() {
    let shared = shared();
    let server = &shared.0;
    let found = post(
        server,
        "/owui/search",
        &json!({"query": "straw biochar leaching", "count": 2}),
    );
    let list = found.as_array().expect("a list at the top");
    assert_eq!(list.len(), 2);
    for page in list {
        for name in ["link", "title", "snippet"] {
            assert!(page[name].is_string(), "{page}");
        }
    }
    assert_eq!(list[0]["snippet"], SOIL_STRAW);
    assert_eq!(
        post(server, "/owui/search", &json!({"query": "zzzqqq", "count": null})),
        json!([])
    );

    let link = list[0]["link"].as_str().expect("a link");
    let article = link.split('#').next().expect("a page");
    let page = client().get(article).call().expect("an answer");
    assert_eq!(page.status(), 200, "{article}");
    let body = json!({"urls": [link, "https://elsewhere.example/a/soil", article, server.url("/a/none")]});
    let loaded = post(server, "/owui/load", &body);
    assert_eq!(each(&loaded, "/metadata/source"), [json!(link), json!(article)]);
    let [near, whole] = [0, 1].map(|place| loaded[place]["page_content"].as_str().expect("text").to_owned());
    // The section before it, itself, the section after it, and what it cites.
    let around = [
        "1 Introduction\n\nSandy soils hold little water",
        "2.1 Leaching\n\nIn column trials",
        "2.2 Gases\n\nEmissions",
        "[2] Heath P. Columns of sand",
    ];
    let places: Vec<usize> = around
        .iter()
        .map(|part| near.find(part).unwrap_or_else(|| panic!("{part}: {near}")))
        .collect();
    assert!(places.is_sorted(), "{near}");
    assert!(!near.contains("its price decides"), "{near}");
    assert!(
        whole.contains("We review what biochar does") && whole.contains("its price decides"),
        "{whole}"
    );

    let (status, body) = refused(server, "/owui/search", &json!({"query": null}));
    assert_eq!(status, 400);
    assert!(body["detail"].is_string());
}

#[test]
fn ragflow_says_what_is_wrong_with_a_code() {
    let shared = shared();
    let server = &shared.0;
    // As DeepChat writes it.
    let body = json!({"question": "straw biochar leaching", "dataset_ids": ["wenyuan"], "page_size": 5,
        "similarity_threshold": null, "keyword": false, "highlight": true, "document_ids": null});
    let found = post(server, "/ragflow/api/v1/retrieval", &body);
    assert_eq!(found["code"], 0);
    let first = &found["data"]["chunks"][0];
    assert_eq!(first["content"], SOIL_STRAW);
    assert_eq!(first["document_keyword"], "Biochar and the nitrogen of sandy soils");
    assert!(
        first["highlight"]
            .as_str()
            .is_some_and(|text| text.contains("<em>straw</em>")),
        "{first}"
    );
    assert_eq!(first["important_keywords"], json!([]));
    let soil = first["document_id"].clone();
    let counts = found["data"]["doc_aggs"].as_array().expect("counts");
    let counted = counts.iter().find(|count| count["doc_id"] == soil).expect("the soil");
    let chunks = found["data"]["chunks"].as_array().expect("chunks");
    let of_soil = chunks.iter().filter(|chunk| chunk["document_id"] == soil).count();
    assert_eq!(counted["count"], of_soil);

    let within = json!({"question": "细胞 nitrogen", "document_ids": [soil], "page_size": 100});
    let found = post(server, "/ragflow/api/v1/retrieval", &within);
    let documents = each(&found["data"]["chunks"], "/document_id");
    assert!(
        !documents.is_empty() && documents.iter().all(|document| *document == soil),
        "{documents:?}"
    );

    for wrong in [
        json!({"question": "straw"}),
        json!({"question": "straw", "dataset_ids": ["other"]}),
        json!({"question": "", "dataset_ids": ["wenyuan"]}),
        json!({"question": "straw", "document_ids": ["no such/id"]}),
    ] {
        let answer = post(server, "/ragflow/api/v1/retrieval", &wrong);
        assert_eq!(answer["code"], 102, "{wrong}");
        assert!(answer["message"].is_string());
    }
}

#[test]
fn a_vector_store_answers_as_openai_says() {
    let shared = shared();
    let server = &shared.0;
    let path = "/openai/v1/vector_stores/wenyuan/search";
    // As LiteLLM writes it.
    let body = json!({"query": "straw biochar leaching", "filters": null, "max_num_results": null,
        "ranking_options": null, "rewrite_query": null});
    let found = post(server, path, &body);
    assert_eq!(found["object"], "vector_store.search_results.page");
    assert_eq!(found["search_query"], json!(["straw biochar leaching"]));
    assert_eq!((&found["has_more"], &found["next_page"]), (&json!(false), &Value::Null));
    let first = &found["data"][0];
    assert_eq!(first["filename"], "Biochar and the nitrogen of sandy soils");
    assert_eq!(first["content"], json!([{"type": "text", "text": SOIL_STRAW}]));
    for hit in found["data"].as_array().expect("hits") {
        let attributes = hit["attributes"].as_object().expect("attributes");
        assert!(attributes.len() <= 16, "{attributes:?}");
        for (name, value) in attributes {
            assert!(name.chars().count() <= 64 && !value.is_null() && !value.is_object() && !value.is_array());
            assert!(value.as_str().is_none_or(|text| text.chars().count() <= 512), "{value}");
        }
    }
    let several = post(
        server,
        path,
        &json!({"query": ["straw", "biochar"], "max_num_results": 3}),
    );
    assert_eq!(several["search_query"], json!(["straw", "biochar"]));
    assert_eq!(several["data"].as_array().map(Vec::len), Some(3));

    let years = |filters: Value| {
        let body = json!({"query": "biochar 针刺 细胞治疗 lamp", "max_num_results": 50, "filters": filters});
        let found = post(server, path, &body);
        let mut years: Vec<i64> = each(&found["data"], "/attributes/year")
            .iter()
            .filter_map(Value::as_i64)
            .collect();
        years.sort_unstable();
        years.dedup();
        years
    };
    assert_eq!(years(json!({"type": "eq", "key": "year", "value": 2018})), [2018]);
    assert_eq!(
        years(json!({"type": "gte", "key": "year", "value": 2021})),
        [2021, 2025]
    );
    assert_eq!(
        years(json!({"type": "in", "key": "year", "value": [1999, 2021]})),
        [1999, 2021]
    );
    assert_eq!(
        years(json!({"type": "and", "filters": [
            {"type": "or", "filters": [{"type": "lt", "key": "year", "value": 2018}, {"type": "gt", "key": "year", "value": 2021}]},
            {"type": "ne", "key": "lang", "value": "en"},
            {"type": "nin", "key": "year", "value": [1999]},
        ]})),
        [2025]
    );

    let store = server.get("/openai/v1/vector_stores/wenyuan", &[]).body;
    assert_eq!(
        (&store["object"], &store["id"]),
        (&json!("vector_store"), &json!("wenyuan"))
    );
    // Three files; one of them holds three articles.
    assert_eq!(store["file_counts"]["total"], store["file_counts"]["completed"]);
    assert!(store["created_at"].is_u64() && store["usage_bytes"].as_u64() > Some(0));

    let file = first["file_id"].as_str().expect("a file");
    let content = server
        .get(&format!("/openai/v1/vector_stores/wenyuan/files/{file}/content"), &[])
        .body;
    assert_eq!(content["object"], "vector_store.file_content.page");
    assert!(each(&content["data"], "/text").contains(&json!(SOIL_STRAW)));

    for (path, body, status, param) in [
        (
            path,
            json!({"query": "x", "max_num_results": 51}),
            400,
            json!("max_num_results"),
        ),
        (path, json!({"query": []}), 400, json!("query")),
        (
            path,
            json!({"query": "x", "filters": {"type": "like", "key": "a", "value": 1}}),
            400,
            json!("filters.type"),
        ),
        (
            path,
            json!({"query": "x", "filters": {"type": "eq", "key": "a", "value": {}}}),
            400,
            json!("filters.value"),
        ),
        (
            "/openai/v1/vector_stores/other/search",
            json!({"query": "x"}),
            404,
            Value::Null,
        ),
        ("/openai/v1/embeddings", json!({}), 404, Value::Null),
    ] {
        let (found, answer) = refused(server, path, &body);
        assert_eq!((found, &answer["error"]["param"]), (status, &param), "{body}: {answer}");
        assert!(answer["error"]["message"].is_string() && answer["error"]["type"].is_string());
    }
}

#[test]
fn a_condition_of_any_depth_is_answered() {
    let shared = shared();
    for depth in [10, 100, 2000] {
        let open = r#"{"type":"and","filters":["#.repeat(depth);
        let close = "]}".repeat(depth);
        let inner = r#"{"type":"eq","key":"lang","value":"zh"}"#;
        let body = format!(r#"{{"query":"胎盘","filters":{open}{inner}{close}}}"#);
        let answer = send(&shared.0, "/openai/v1/vector_stores/wenyuan/search", None, &body);
        assert!(
            answer.status == if depth > 10 { 400 } else { 200 },
            "{depth}: {}",
            answer.body
        );
    }
}

#[test]
fn a_door_can_be_closed_and_the_collection_named() {
    let library = Library::full().indexed();
    let config = "[doors]\ndify = false\nsearxng = false\ncollection = \"soils\"\nreferences_in_text = true\n";
    fs::write(library.path().join("config.toml"), config).expect("written");
    let server = library.serve();
    let (status, body) = refused(&server, "/dify/retrieval", &dify("straw"));
    assert_eq!((status, &body["type"]), (404, &json!("/problems/unknown-route")));
    assert_eq!(server.get("/searxng/search", &[("q", "straw")]).status, 404);
    let path = "/openai/v1/vector_stores/soils/search";
    let found = post(&server, path, &json!({"query": "straw biochar leaching"}));
    let text = found["data"][0]["content"][0]["text"].as_str().expect("text");
    assert!(
        text.starts_with(&format!("{SOIL_STRAW}\n\n[2] Heath P. Columns of sand")),
        "{text}"
    );
    assert_eq!(
        refused(&server, &path.replace("soils", "wenyuan"), &json!({"query": "x"})).0,
        404
    );
    assert_eq!(
        refused(&server, &path.replace("soils", "default"), &json!({"query": "x"})).0,
        200
    );

    fs::write(library.path().join("config.toml"), "[doors]\ncollection = \"a b\"\n").expect("written");
    let ran = library.run(&["search", "straw"]);
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert!(ran.err.contains("collection"), "{}", ran.err);
}
