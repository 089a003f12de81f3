//! A browser that tests drive: as much of the `WebDriver` protocol as they need, over a socket of this machine.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The browser's driver, which ends with it.
pub struct Driver {
    process: Child,
    port: u16,
}

/// The names under which the browser and its driver are found.
const BROWSERS: [&str; 3] = ["chromium", "google-chrome", "chromium-browser"];

/// How long a page is waited for: nothing here takes a second, and another machine may be much slower.
pub const PATIENCE: Duration = Duration::from_mins(2);

impl Driver {
    /// Starts the driver; `None` where this machine has no browser or no driver for it.
    pub fn start() -> Option<Self> {
        BROWSERS.iter().find(|name| has(name))?;
        let mut command = ends_with_the_tests("chromedriver");
        let mut process = command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
        let mut lines = BufReader::new(process.stdout.take()?).lines();
        let port = lines
            .find_map(|line| line.ok()?.split("successfully on port ").nth(1)?.trim_end_matches('.').parse().ok())?;
        std::thread::spawn(move || lines.for_each(drop));
        Some(Self { process, port })
    }

    /// Opens a window.
    pub fn window(&self) -> Window {
        let profile = tempfile::tempdir().unwrap();
        let browser = BROWSERS.iter().find(|name| has(name)).unwrap();
        let mut arguments: Vec<String> = [
            "headless",
            "no-sandbox",
            "disable-gpu",
            "disable-quic",
            "no-first-run",
            "disable-background-networking",
            "disable-component-update",
            "disable-sync",
            "disable-dev-shm-usage",
            "window-size=1280,900",
        ]
        .map(|argument| format!("--{argument}"))
        .to_vec();
        arguments.push(format!("--user-data-dir={}", profile.path().display()));
        let options = json!({ "binary": format!("/usr/bin/{browser}"), "args": arguments });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "goog:chromeOptions": options } } });
        let session = request(self.port, "POST", "/session", Some(&wanted));
        let session = session["sessionId"].as_str().unwrap_or_else(|| panic!("no session: {session}")).to_owned();
        Window { port: self.port, session, _profile: profile }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A program that is told to end when the tests do, however they end: what is killed drops nothing.
pub fn ends_with_the_tests(program: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM", program]);
    command
}

fn has(program: &str) -> bool {
    std::path::Path::new("/usr/bin").join(program).exists()
}

/// The colors that a person may have chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colors {
    Light,
    Dark,
    /// Those of the system alone, as for high contrast.
    Forced,
    /// The same, light on dark.
    ForcedDark,
}

/// A window of the browser.
pub struct Window {
    port: u16,
    session: String,
    _profile: tempfile::TempDir,
}

impl Drop for Window {
    fn drop(&mut self) {
        self.command("DELETE", "", None);
    }
}

impl Window {
    fn command(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        request(self.port, method, &format!("/session/{}{path}", self.session), body)
    }

    pub fn go(&self, address: &str) {
        self.command("POST", "/url", Some(&json!({ "url": address })));
    }

    /// Runs a script in the page: what it returns.
    pub fn run(&self, script: &str) -> Value {
        self.command("POST", "/execute/sync", Some(&json!({ "script": script, "args": [] })))
    }

    /// Runs a script that is done when it calls `done`: what it calls it with.
    pub fn run_to_end(&self, script: &str) -> Value {
        let script = format!("const done = arguments[arguments.length - 1]; {script}");
        self.command("POST", "/execute/async", Some(&json!({ "script": script, "args": [] })))
    }

    /// What a person reads on the page.
    pub fn text(&self) -> String {
        self.run("return document.body.innerText").as_str().unwrap_or_default().to_owned()
    }

    /// Waits until a script is true of the page.
    pub fn wait(&self, script: &str) {
        let until = Instant::now() + PATIENCE;
        while self.run(&format!("return Boolean({script})")) != json!(true) {
            assert!(Instant::now() < until, "never: {script}\n{}", self.text());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits until the page says something.
    pub fn wait_for(&self, text: &str) {
        self.wait(&format!("document.body.innerText.includes({})", json!(text)));
    }

    /// Clicks the first element that a selector finds, where a person could.
    pub fn click(&self, selector: &str) {
        // What stays in place at the bottom would get the click that is meant for what is below it.
        let found = self.run(&format!(
            "const found = document.querySelector({}); found?.scrollIntoView({{ block: 'center' }}); return found",
            json!(selector)
        ));
        let id = found.as_object().and_then(|found| found.values().next()).and_then(Value::as_str);
        let id = id.unwrap_or_else(|| panic!("no {selector}: {}", self.text()));
        let clicked = self.command("POST", &format!("/element/{id}/click"), Some(&json!({})));
        assert!(clicked.is_null(), "{selector}: {clicked}");
    }

    /// Presses the mouse on an element, holds it for a while, and releases it.
    pub fn hold(&self, selector: &str, time: Duration) {
        let found = json!(selector);
        let place = self.run(&format!(
            "const box = document.querySelector({found}).getBoundingClientRect();
             return {{ x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) }}"
        ));
        let actions = json!([
            { "type": "pointerMove", "duration": 0, "x": place["x"], "y": place["y"] },
            { "type": "pointerDown", "button": 0 },
            { "type": "pause", "duration": u64::try_from(time.as_millis()).unwrap_or(u64::MAX) },
            { "type": "pointerUp", "button": 0 },
        ]);
        let actions = json!({ "actions": [{ "type": "pointer", "id": "mouse", "actions": actions }] });
        self.command("POST", "/actions", Some(&actions));
    }

    /// Clicks what brings something else on the screen, and waits for that: until then a click is for nothing.
    pub fn turn(&self, selector: &str) {
        self.run("document.querySelector('#screen').dataset.isOld = ''");
        self.click(selector);
        self.wait("!document.querySelector('#screen[data-is-old]')");
    }

    /// Types on the keyboard, one key after the other.
    pub fn keys(&self, keys: &str) {
        let strokes: Vec<Value> = keys
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key.to_string() })))
            .collect();
        let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
        self.command("POST", "/actions", Some(&actions));
    }

    /// Makes the window as small as a telephone, or as large as anything.
    pub fn resize(&self, width: u32, height: u32) {
        let device = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.emulate("Emulation.setDeviceMetricsOverride", &device);
    }

    /// Shows the page in the colors that a person may have chosen.
    pub fn color(&self, colors: Colors) {
        let feature = |name: &str, value: &str| json!({ "name": name, "value": value });
        let features = match colors {
            Colors::Light => vec![feature("prefers-color-scheme", "light")],
            Colors::Dark => vec![feature("prefers-color-scheme", "dark")],
            Colors::Forced => vec![feature("prefers-color-scheme", "light"), feature("forced-colors", "active")],
            Colors::ForcedDark => vec![feature("prefers-color-scheme", "dark"), feature("forced-colors", "active")],
        };
        self.emulate("Emulation.setEmulatedMedia", &json!({ "features": features }));
        self.settle();
    }

    /// Moves the pointer to the corner, so that nothing looks pointed at, whatever a new size brings there.
    pub fn point_at_nothing(&self) {
        self.emulate("Input.dispatchMouseEvent", &json!({ "type": "mouseMoved", "x": 0, "y": 0 }));
        self.settle();
    }

    /// Colors change by and by; reduced motion would be another page.
    fn settle(&self) {
        self.wait("document.getAnimations().length === 0");
    }

    /// Sets text as many times as large as a browser has it at first, and nothing else.
    pub fn enlarge_text(&self, times: u32) {
        self.emulate("Page.setFontSizes", &json!({ "fontSizes": { "standard": 16 * times, "fixed": 13 * times } }));
    }

    fn emulate(&self, command: &str, parameters: &Value) -> Value {
        self.command("POST", "/goog/cdp/execute", Some(&json!({ "cmd": command, "params": parameters })))
    }

    /// Whether nothing of the page lies beyond its right edge.
    pub fn fits(&self) -> bool {
        self.run("return document.documentElement.scrollWidth <= window.innerWidth") == json!(true)
    }
}

/// Sends a command to the driver: its value, or the error that it tells.
fn request(port: u16, method: &str, path: &str, body: Option<&Value>) -> Value {
    let body = body.map(Value::to_string).unwrap_or_default();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut reply = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reply.read_line(&mut line).unwrap();
        if let Some((_, value)) = line.to_lowercase().split_once("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    // The driver keeps the connection open.
    let mut body = vec![0; length];
    reply.read_exact(&mut body).unwrap();
    let reply: Value = serde_json::from_slice(&body).unwrap_or_default();
    reply["value"].clone()
}
