//! Who may ask, and what every answer says: a preview shows what is not published yet.
//!
//! A page of another site may ask this server through the browser of whoever runs it. It is not let in by a name that
//! it made lead here (DNS rebinding), and it cannot read answers: only pages of this machine may.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, HOST, HeaderName, ORIGIN, REFERRER_POLICY, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

/// Lets through what asks for a host that is ours.
pub async fn guard(State(host): State<Arc<str>>, request: Request<Body>, next: Next) -> Response {
    if !asks_for_us(&request, &host) {
        let text = "This preview answers to the names of this machine and to what `--host` says.\n";
        return (StatusCode::MISDIRECTED_REQUEST, text).into_response();
    }
    let origin = request.headers().get(ORIGIN).filter(|origin| is_of_this_machine(origin)).cloned();
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &'static str); 2] =
        [(X_CONTENT_TYPE_OPTIONS, "nosniff"), (REFERRER_POLICY, "no-referrer")];
    headers.extend(fixed.map(|(name, value)| (name, HeaderValue::from_static(value))));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    headers.append(VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = origin {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    response
}

fn asks_for_us(request: &Request<Body>, host: &str) -> bool {
    let asked = only_host(request.headers())
        .or_else(|| request.uri().authority().map(|authority| authority.as_str()));
    asked.is_some_and(|asked| {
        let name = without_port(asked);
        is_loopback(name) || name.trim_matches(['[', ']']).eq_ignore_ascii_case(host)
    })
}

/// Two of them could be read in two ways.
fn only_host(headers: &HeaderMap) -> Option<&str> {
    let mut hosts = headers.get_all(HOST).iter();
    hosts.next().filter(|_| hosts.next().is_none())?.to_str().ok()
}

fn is_of_this_machine(origin: &HeaderValue) -> bool {
    let host = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
    host.is_some_and(|host| is_loopback(without_port(host)))
}

fn without_port(authority: &str) -> &str {
    match authority.rfind(':') {
        Some(colon) if !authority.ends_with(']') => &authority[..colon],
        _ => authority,
    }
}

fn is_loopback(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let bracketed = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    name == "localhost"
        || name.ends_with(".localhost")
        || name.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback())
        || bracketed
            .is_some_and(|address| address.parse().is_ok_and(|address: Ipv6Addr| address.is_loopback()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine() {
        let asks = |host: &str| {
            asks_for_us(&Request::builder().header("host", host).body(Body::empty()).unwrap(), "192.0.2.7")
        };
        for host in [
            "localhost:8095",
            "LOCALHOST",
            "a.localhost",
            "127.0.0.1:1",
            "127.1.2.3",
            "[::1]:8095",
            "192.0.2.7:8095",
        ] {
            assert!(asks(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example:80",
            "192.0.2.8",
            "0.0.0.0",
            "[::2]",
        ] {
            assert!(!asks(host), "{host}");
        }
        assert!(is_of_this_machine(&HeaderValue::from_static("http://localhost:3000")));
        assert!(!is_of_this_machine(&HeaderValue::from_static("https://evil.example")));
        assert!(!is_of_this_machine(&HeaderValue::from_static("null")));
    }
}
