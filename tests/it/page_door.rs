//! Who is let in to the page, and that whatever is sent there changes nothing that should not change.

use http::{Method, Request, StatusCode};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::forms::sample;
use crate::page_browser::{Browser, PORT, TestDesk};
use crate::page_sitting::rehearsal;

/// The answer to a request with these headers, and no others.
fn answer(browser: &Browser, method: Method, path: &str, headers: &[(&str, &str)]) -> http::Response<Vec<u8>> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.site.respond(&request.body(b"do=submit&sure=yes&after=4".to_vec()).unwrap())
}

#[test]
fn the_address_that_was_printed_gives_a_cookie_that_no_script_and_no_other_site_has() {
    let browser = Browser::open(TestDesk::new(sample()));
    let address = browser.site.address();
    let path = &address["http://127.0.0.1:8765".len()..];
    let reply = answer(&browser, Method::GET, path, &[("host", "127.0.0.1:8765")]);
    assert_eq!((reply.status(), reply.headers()["location"].to_str().unwrap()), (StatusCode::SEE_OTHER, "/"));
    let cookie = reply.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.ends_with("; HttpOnly; SameSite=Strict; Path=/"), "{cookie}");
    let token = path.split('=').nth(1).unwrap();
    assert!(!cookie.contains(token), "who sees the address in a history has not the cookie");
}

#[test]
fn without_the_cookie_or_with_another_one_nothing_but_the_style_is_had() {
    let browser = Browser::sitting(sample());
    let events = browser.events();
    let host = format!("127.0.0.1:{PORT}");
    let origin = format!("http://{host}");
    for cookie in ["", "examroom-8765=", "examroom-8765=00000000000000000000000000000000", "other=1; x"] {
        for path in ["/", "/exam", "/exam/pulse", "/report/1", "/?token=", "/?token=0000", "/nowhere"] {
            let headers = [("host", host.as_str()), ("cookie", cookie)];
            let reply = answer(&browser, Method::GET, path, &headers);
            assert_eq!(reply.status(), StatusCode::FORBIDDEN, "{cookie} {path}");
            assert!(reply.headers().get("set-cookie").is_none());
        }
        let headers = [("host", host.as_str()), ("cookie", cookie), ("origin", origin.as_str())];
        assert_eq!(answer(&browser, Method::POST, "/exam", &headers).status(), StatusCode::FORBIDDEN);
    }
    for path in ["/style.css", "/room.js", "/icon.svg"] {
        assert_eq!(answer(&browser, Method::GET, path, &[("host", &host)]).status(), StatusCode::OK);
    }
    assert_eq!(browser.events(), events);
}

#[test]
fn another_host_and_another_origin_are_refused_also_with_the_cookie() {
    let browser = Browser::sitting(sample());
    let cookie = browser.cookie.clone().unwrap();
    let events = browser.events();
    for host in ["evil.example", "evil.example:8765", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8765.evil.example", ""] {
        for (method, path) in [(Method::GET, "/exam"), (Method::GET, "/style.css"), (Method::POST, "/exam")] {
            let origin = format!("http://{host}");
            let headers = [("host", host), ("cookie", cookie.as_str()), ("origin", origin.as_str())];
            assert_eq!(answer(&browser, method, path, &headers).status(), StatusCode::FORBIDDEN, "{host} {path}");
        }
    }
    let own = [("host", "127.0.0.1:8765"), ("cookie", cookie.as_str())];
    for origin in
        ["http://evil.example", "null", "https://127.0.0.1:8765", "http://127.0.0.1:8766", "http://localhost:8765"]
    {
        for method in [Method::GET, Method::POST] {
            let headers = [own[0], own[1], ("origin", origin)];
            assert_eq!(answer(&browser, method, "/exam", &headers).status(), StatusCode::FORBIDDEN, "{origin}");
        }
    }
    assert_eq!(
        answer(&browser, Method::POST, "/exam", &own).status(),
        StatusCode::FORBIDDEN,
        "a form tells its origin"
    );
    let two = [own[0], ("host", "evil.example"), own[1]];
    assert_eq!(answer(&browser, Method::GET, "/exam", &two).status(), StatusCode::FORBIDDEN, "two hosts are none");
    assert_eq!(browser.events(), events);
    assert_eq!(answer(&browser, Method::GET, "/exam", &own).status(), StatusCode::OK);
}

#[test]
fn random_requests_are_answered_and_never_end_or_harm_anything() {
    let mut browser = Browser::sitting(sample());
    let paths = prop::sample::select(vec![
        "/",
        "/exam",
        "/exam/pulse",
        "/take",
        "/resume",
        "/report/1",
        "/report/",
        "/style.css",
        "//",
        "/exam/",
        "/../x",
        "*",
    ]);
    let methods = prop::sample::select(vec![
        Method::GET,
        Method::POST,
        Method::HEAD,
        Method::PUT,
        Method::DELETE,
        Method::OPTIONS,
        Method::PATCH,
    ]);
    let names = prop::sample::select(vec![
        "do", "after", "look", "choice", "note", "number", "minutes", "sheet", "shelf", "find", "sum", "ask",
        "tutorial", "only", "hide", "exam", "items", "time", "attempt", "help",
    ]);
    let values = prop_oneof![
        "[a-z-]{0,12}",
        "\\PC{0,40}",
        prop::sample::select(vec![
            "next",
            "previous",
            "review",
            "flag",
            "strike-A",
            "go-1",
            "save",
            "clear",
            "note",
            "extend",
            "-1",
            "0",
            "1",
            "99999999999999999999",
            "sample",
            "A",
            "submit",
            "end-section",
            "leave",
            "take-break",
            "1/0",
            "%",
            "\u{202e}",
        ])
        .prop_map(str::to_owned),
    ];
    let requests = (methods, paths, prop::collection::vec((names, values), 0..6), any::<bool>(), any::<bool>());
    let mut runner = TestRunner::new(Config { cases: 10_000, failure_persistence: None, ..Config::default() });
    runner
        .run(&requests, |(method, path, fields, is_own, is_form)| {
            let mut form = form_urlencoded::Serializer::new(String::new());
            form.extend_pairs(&fields);
            let form = form.finish();
            let uri = if is_form { path.to_owned() } else { format!("{path}?{form}") };
            let Ok(uri) = uri.parse::<http::Uri>() else { return Ok(()) };
            let mut request = Request::builder().method(method).uri(uri).header("host", "127.0.0.1:8765");
            if is_own {
                request = request.header("cookie", browser.cookie.clone().unwrap());
                request = request.header("origin", "http://127.0.0.1:8765");
            }
            let body = if is_form { form.into_bytes() } else { Vec::new() };
            let before = browser.desk.store.entries().len();
            let reply = browser.site.respond(&request.body(body).unwrap());
            prop_assert!(reply.status() != StatusCode::INTERNAL_SERVER_ERROR);
            let changed = browser.desk.store.entries().len() != before;
            prop_assert!(!changed || is_own, "changed from outside");
            Ok(())
        })
        .unwrap();
    let session = browser.desk.session();
    assert!(!session.is_finished(), "nothing was confirmed, so nothing has ended");
    browser.get("/exam");
    assert_eq!(browser.page.status, StatusCode::OK);
}

#[test]
fn what_to_do_about_a_failure_is_a_page_and_no_command() {
    let mut browser = Browser::open(TestDesk::new(rehearsal("rhit", 2, 1)));
    browser.post("/resume", &[("attempt", "9")]);
    assert_eq!(browser.page.status, StatusCode::CONFLICT);
    for told in ["There is no such attempt.", "It is another one.", "href=\"/history\">Your attempts</a>"] {
        assert!(browser.page.has(told), "{told}: {}", browser.page.html);
    }
    assert!(!browser.page.has("--flag"), "{}", browser.page.html);
}
