//! What is answered at which address.

use super::board::Board;
use super::files::{Found, variants};
use super::{PAGES, guard, pages};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch::Receiver;
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use tower_http::services::ServeFile;
use url::form_urlencoded;

/// What the last run put up.
type Shown = Receiver<Option<Arc<Board>>>;

/// A browser asks again after this.
const LONGEST_QUESTION: Duration = Duration::from_secs(25);

const STYLE: &str = include_str!("templates/style.css");
const READER: &str = include_str!("templates/reader.css");
const SCRIPT: &str = include_str!("templates/live.js");

/// Pictures and recordings may lie anywhere, as in a reader; nothing else comes from elsewhere.
const POLICY: &str = "default-src 'self'; img-src 'self' data: http: https:; media-src 'self' http: https:; \
    object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// An SVG picture may hold a script.
const MEDIA_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'; sandbox";

pub fn router(shown: Shown, host: &str) -> Router {
    Router::new()
        .route(PAGES, get(|shown: State<Shown>| page(shown, pages::front)))
        .route("/_feedmill/feed", get(feed))
        .route("/_feedmill/entry", get(entry))
        .route("/_feedmill/changed", get(changed))
        .route("/_feedmill/style.css", get(|| async { asset("text/css; charset=utf-8", STYLE) }))
        .route("/_feedmill/reader.css", get(|| async { asset("text/css; charset=utf-8", READER) }))
        .route("/_feedmill/live.js", get(|| async { asset("text/javascript; charset=utf-8", SCRIPT) }))
        .route("/_feedmill", get(|| async { Redirect::temporary(PAGES) }))
        .fallback(file)
        .layer(from_fn_with_state(Arc::from(host), guard::guard))
        .with_state(shown)
}

async fn feed(shown: State<Shown>, uri: Uri) -> Response {
    let feed = asked(&uri, "feed").unwrap_or_default();
    page(shown, move |board| pages::feed(board, &feed)).await
}

async fn entry(shown: State<Shown>, uri: Uri) -> Response {
    let [feed, id] = ["feed", "id"].map(|name| asked(&uri, name).unwrap_or_default());
    page(shown, move |board| pages::entry(board, &feed, &id)).await
}

/// Answers when another run than this one is put up, or after a while.
async fn changed(State(mut shown): State<Shown>, uri: Uri) -> Response {
    let since = asked(&uri, "since").unwrap_or_default();
    let is_other =
        |board: &Option<Arc<Board>>| board.as_ref().is_some_and(|board| board.number.to_string() != since);
    match timeout(LONGEST_QUESTION, shown.wait_for(is_other)).await {
        Ok(Ok(_)) => "changed".into_response(),
        _ => StatusCode::NO_CONTENT.into_response(),
    }
}

/// A parameter of the query.
fn asked(uri: &Uri, name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// A page, made of files where nothing waits for it.
async fn page(
    State(shown): State<Shown>,
    make: impl FnOnce(&Board) -> Option<String> + Send + 'static,
) -> Response {
    let Some(board) = shown.borrow().clone() else { return not_yet() };
    match spawn_blocking(move || make(&board)).await {
        Ok(Some(html)) => {
            with_header(asset("text/html; charset=utf-8", html), CONTENT_SECURITY_POLICY, POLICY)
        }
        Ok(None) => missing(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn asset(media_type: &'static str, text: impl IntoResponse) -> Response {
    with_header(text.into_response(), CONTENT_TYPE, media_type)
}

fn with_header(mut response: Response, name: HeaderName, value: &'static str) -> Response {
    response.headers_mut().insert(name, HeaderValue::from_static(value));
    response
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response()
}

fn not_yet() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, "The first run is going on.\n").into_response()
}

/// A feed, or a file that comes with an article.
async fn file(State(shown): State<Shown>, request: Request<Body>) -> Response {
    let Some(rehearsal) = shown.borrow().clone().and_then(|board| board.rehearsal.clone()) else {
        return not_yet();
    };
    let path = request.uri().path().to_owned();
    let sought = path.clone();
    match spawn_blocking(move || rehearsal.find(&sought)).await {
        Ok(Some(Found::Output(file, media_type))) => sent(request, &file, &media_type).await,
        Ok(Some(Found::Media(file, media_type))) => {
            with_header(sent(request, &file, &media_type).await, CONTENT_SECURITY_POLICY, MEDIA_POLICY)
        }
        Ok(Some(Found::Directory)) => Redirect::temporary(&format!("{path}/")).into_response(),
        _ if path == "/" => Redirect::temporary(PAGES).into_response(),
        _ => missing(),
    }
}

/// Ranges, conditions, `HEAD` and compressed variants are the library's work.
async fn sent(request: Request<Body>, file: &Path, media_type: &str) -> Response {
    let mut service = ServeFile::new(file);
    for variant in variants(file) {
        service = match variant {
            "gz" => service.precompressed_gzip(),
            "br" => service.precompressed_br(),
            _ => service.precompressed_zstd(),
        };
    }
    let Ok(response) = service.try_call(request).await else { return missing() };
    let mut response = response.map(Body::new);
    if response.headers().contains_key(CONTENT_TYPE)
        && let Ok(value) = HeaderValue::from_str(media_type)
    {
        response.headers_mut().insert(CONTENT_TYPE, value);
    }
    response
}
