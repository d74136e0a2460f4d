//! `feedmill serve`: what `build` would publish, in the browser, and again after every change.
//!
//! Two sides that share a [`Board`]: a thread rehearses after every change and puts up what came of it, a server shows
//! what is there. Nothing here decides what a feed holds.

mod answer;
mod board;
mod files;
mod guard;
mod pages;
mod rehearsal;
mod scope;
mod stage;
mod watch;

use super::hindrance::Hindrance;
use crate::cli::Serve;
use crate::exit::ExitStatus;
use crate::report::Report;
use crate::site::config;
use board::Board;
use serde_json::json;
use stage::Stage;
use std::fs::Permissions;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::sync::{Arc, mpsc};
use std::thread;
use tempfile::TempDir;
use tokio::runtime;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc as messages;
use tokio::sync::watch as boards;
use watch::{Wake, Watch};

/// Where the pages of the preview are. No feed and no article lies there.
const PAGES: &str = "/_feedmill/";

pub fn run(flags: &Serve) -> ExitStatus {
    let report = Report::new(&flags.output);
    serve(flags, &report).unwrap_or_else(|hindrance| hindrance.tell(&report))
}

fn serve(flags: &Serve, report: &Report) -> Result<ExitStatus, Hindrance> {
    let (listener, address) = listen(flags)?;
    let room = room()?;
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| failed("begin", &error))?;
    let (wake, wakes) = mpsc::channel();
    let watch = Watch::new(wake.clone(), wakes, config(&flags.site));
    let (put_up, shown) = boards::channel(None);
    let stage = Stage::new(flags, room.path().to_owned());
    let status = thread::scope(|threads| {
        threads.spawn(move || stage.rehearse_until_stopped(watch, &put_up));
        let status = runtime.block_on(until_ended(flags, report, listener, address, shown));
        // The thread ends with its run; nobody else listens.
        let _ = wake.send(Wake::Stop);
        status
    });
    drop(runtime);
    status
}

/// Serves until a signal comes, or until it is clear that there is nothing to serve.
async fn until_ended(
    flags: &Serve,
    report: &Report,
    listener: TcpListener,
    address: SocketAddr,
    mut shown: boards::Receiver<Option<Arc<Board>>>,
) -> Result<ExitStatus, Hindrance> {
    let (end, mut ended) = messages::channel(1);
    for kind in [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()] {
        let mut signal = signal(kind).map_err(|error| failed("begin", &error))?;
        let end = end.clone();
        tokio::spawn(async move {
            signal.recv().await;
            let _ = end.send(None).await;
        });
    }
    let listener = tokio::net::TcpListener::from_std(listener).map_err(|error| failed("listen", &error))?;
    let router = answer::router(shown.clone(), &flags.host);
    tokio::spawn(async move {
        let first = shown.wait_for(Option::is_some).await.ok().and_then(|board| board.clone());
        let begins = first.filter(|board| board.rehearsal.is_some());
        let _ = end.send(Some(begins.is_some())).await;
    });
    match ended.recv().await {
        Some(Some(true)) => {}
        // The first run told why.
        Some(Some(false)) => return Ok(ExitStatus::JobFailed),
        Some(None) | None => return Ok(ExitStatus::Success),
    }
    tokio::spawn(async move { axum::serve(listener, router).await });
    announce(flags, report, address);
    let _ = ended.recv().await;
    Ok(ExitStatus::Success)
}

fn announce(flags: &Serve, report: &Report, address: SocketAddr) {
    let page = format!("http://{address}{PAGES}");
    report.answer(&page, json!({ "type": "serving", "address": page }));
    if flags.open && !opens(&page) {
        report.aside(
            "no browser could be opened",
            json!({ "type": "browser", "message": "no browser could be opened" }),
        );
    }
}

fn opens(page: &str) -> bool {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let mut command = Command::new(opener);
    command.arg(page).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}

fn listen(flags: &Serve) -> Result<(TcpListener, SocketAddr), Hindrance> {
    let (host, port) = (flags.host.as_str(), flags.port);
    let bound = TcpListener::bind((host, port)).and_then(|listener| {
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    });
    bound.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => Hindrance::failure(
            format!("port {port} of `{host}` is taken by another program"),
            Some("name another with `--port`, or let `--port 0` find one"),
        ),
        _ => Hindrance::failure(format!("cannot listen on port {port} of `{host}`: {error}"), None),
    })
}

/// Where the rehearsed feeds lie. What is not published yet is nothing for others on this machine.
fn room() -> Result<TempDir, Hindrance> {
    let for_us_alone = Permissions::from_mode(0o700);
    let room = tempfile::Builder::new().prefix("feedmill-").permissions(for_us_alone).tempdir();
    room.map_err(|error| failed("make a temporary directory", &error))
}

fn failed(doing: &str, error: &io::Error) -> Hindrance {
    Hindrance::failure(format!("cannot {doing}: {error}"), None)
}
