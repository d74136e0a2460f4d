//! Where an article is about.

use super::Reading;
use crate::article::fields::{Field, Found};
use crate::context::Location;
use crate::diagnostic::Position;
use crate::syntax::{Map, Node, Value};
use crate::text;

const HELP: &str =
    "write `location: { name: Riga, lat: 56.95, lon: 24.11 }`, in degrees, north and east positive";

/// What stands somewhere, not yet known to be on this planet.
#[derive(Default)]
struct Declared {
    name: Option<String>,
    point: Option<(f64, f64)>,
}

impl Reading<'_> {
    /// A name, two numbers (latitude first), a map of these, or a list of places of which the first counts.
    pub(super) fn location(&mut self) -> Option<Location> {
        let found = self.said(Field::Location);
        let declared = found.and_then(|found| {
            let declared = declared(found.node);
            if declared.as_ref().is_some_and(|declared| declared.point.is_none() && has_numbers(found.node)) {
                self.ignored(
                    found.node.at,
                    format!("the latitude and longitude of `{found}` are no two numbers"),
                    HELP,
                );
            }
            if declared.is_none() {
                self.ignored(found.node.at, format!("`{found}` is no place that can be told"), HELP);
            }
            declared
        });
        let at = found.map(|found| found.node.at);
        if let (Some(found), Some(places)) = (found, found.and_then(|found| places(found.node))) {
            let message = format!("`{found}` names {places} places, of which the first counts");
            self.ignored(found.node.at, message, "feeds hold one place for an article");
        }
        let (name, point) = declared.map_or((None, None), |declared| (declared.name, declared.point));
        let coordinate = |field| self.fields.get(field).and_then(|found| number(found.node));
        let apart = coordinate(Field::Latitude).zip(coordinate(Field::Longitude));
        let at =
            if point.is_some() { at } else { self.fields.get(Field::Latitude).map(|found| found.node.at) };
        let point = point.or(apart).and_then(|point| self.on_earth(point, at.unwrap_or(Position::START)));
        (name.is_some() || point.is_some()).then_some(Location { name, point })
    }

    fn on_earth(&mut self, (lat, lon): (f64, f64), at: Position) -> Option<(f64, f64)> {
        let is_within = |degrees: f64, limit: f64| (-limit..=limit).contains(&degrees);
        if is_within(lat, 90.0) && is_within(lon, 180.0) {
            // There is no minus nought on a map.
            return Some((lat + 0.0, lon + 0.0));
        }
        let help = match is_within(lon, 90.0) && is_within(lat, 180.0) {
            true => "latitude comes first: are the two numbers swapped?",
            false => HELP,
        };
        self.ignored(at, format!("there is no place at latitude {lat} and longitude {lon}"), help);
        None
    }
}

/// Is there a map that says, or wants to say, where on earth it is?
fn has_numbers(node: &Node) -> bool {
    const NAMES: &[&str] =
        &["lat", "latitude", "lon", "longitude", "lng", "long", "point", "coordinates", "geo"];
    let is_said =
        |map: &Map| NAMES.iter().filter_map(|name| map.get(name)).any(|node| node.value != Value::Null);
    matches!(&node.value, Value::Map(map) if is_said(map))
}

/// How many places there are, where there are several.
fn places(node: &Node) -> Option<usize> {
    match &node.value {
        Value::List(items) if point(items).is_none() && items.len() > 1 => Some(items.len()),
        _ => None,
    }
}

fn declared(node: &Node) -> Option<Declared> {
    match &node.value {
        Value::Text(said) => {
            let said = text::line(said);
            let coordinates = said
                .strip_prefix("geo:")
                .map_or(said.as_str(), |uri| uri.split(';').next().unwrap_or_default());
            match numbers(coordinates).as_deref() {
                Some([lat, lon] | [lat, lon, _]) => Some(Declared { point: Some((*lat, *lon)), name: None }),
                _ if said.contains(char::is_alphabetic) => Some(Declared { name: Some(said), point: None }),
                _ => None,
            }
        }
        Value::List(items) => match point(items) {
            Some(point) => Some(Declared { point: Some(point), name: None }),
            None => items.iter().find_map(not_a_list),
        },
        Value::Map(map) => of_map(map),
        _ => None,
    }
}

fn not_a_list(node: &Node) -> Option<Declared> {
    if matches!(node.value, Value::List(_)) { None } else { declared(node) }
}

fn of_map(map: &Map) -> Option<Declared> {
    let first = |names: &[&str]| names.iter().find_map(|name| map.get(name));
    let name = first(&["name", "title", "label", "place"]).and_then(|node| match &node.value {
        Value::Text(name) => Some(text::line(name)).filter(|name| !name.is_empty()),
        _ => None,
    });
    let apart = first(&["lat", "latitude"])
        .and_then(number)
        .zip(first(&["lon", "longitude", "lng", "long"]).and_then(number));
    let is_geojson =
        matches!(map.get("type").map(|node| &node.value), Some(Value::Text(kind)) if kind == "Point");
    let together = first(&["point", "coordinates", "geo"]).and_then(|node| match &node.value {
        Value::List(items) => point(items),
        Value::Text(said) => match numbers(said).as_deref() {
            Some([lat, lon]) => Some((*lat, *lon)),
            _ => None,
        },
        _ => None,
    });
    // GeoJSON has the longitude first (RFC 7946, 3.1.1).
    let together = together.map(|(one, other)| if is_geojson { (other, one) } else { (one, other) });
    let point = apart.or(together);
    (name.is_some() || point.is_some()).then_some(Declared { name, point })
}

/// Two numbers, or three with a height.
fn point(items: &[Node]) -> Option<(f64, f64)> {
    match items {
        [lat, lon] | [lat, lon, _] => number(lat).zip(number(lon)),
        _ => None,
    }
}

fn number(node: &Node) -> Option<f64> {
    match Found::of(node).text().and_then(numbers).as_deref() {
        Some([number]) => Some(*number),
        _ => None,
    }
}

/// Numbers with a comma, a semicolon or blanks between them, as `57.05`, `57.05°` or `57.05° N`.
fn numbers(said: &str) -> Option<Vec<f64>> {
    let mut numbers: Vec<f64> = Vec::new();
    for part in said.split([',', ';', ' ']).filter(|part| !part.is_empty()) {
        let degrees = part.trim_end_matches(['N', 'S', 'E', 'W']);
        let bare = degrees.trim_end_matches('°');
        if !bare.is_empty() {
            let is_plain = bare.bytes().all(|byte| byte.is_ascii_digit() || b".+-".contains(&byte));
            numbers.push(bare.parse().ok().filter(|_| is_plain)?);
        }
        if part.len() - degrees.len() > 1 || numbers.len() > 3 {
            return None;
        }
        if part.ends_with(['S', 'W']) {
            let last = numbers.last_mut()?;
            *last = -*last;
        }
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use crate::article::{self, Outcome};
    use crate::newsroom::MemoryNewsroom;
    use crate::settings;

    /// Name and point.
    type Place = Option<(Option<String>, Option<(f64, f64)>)>;

    /// The place, and what is said of it.
    fn place(yaml: &str) -> (Place, Vec<String>) {
        let settings =
            settings::read("s", "[site]\nurl = 'https://e.example/'", &Default::default()).unwrap();
        let text = format!("---\ndate: 2026-01-02\n{yaml}\n---\nText.\n");
        let newsroom = MemoryNewsroom::of([("a.md", text.as_str())]);
        let Ok((Outcome::Article(article), found)) = article::full_head("a.md", &newsroom, &settings) else {
            panic!("{yaml}")
        };
        let place = article.location.map(|place| (place.name, place.point));
        (place, found.into_iter().map(|found| found.message).collect())
    }

    fn at(name: Option<&str>, point: Option<(f64, f64)>) -> (Place, Vec<String>) {
        (Some((name.map(str::to_owned), point)), Vec::new())
    }

    #[test]
    fn every_shape() {
        let here = Some((57.05, -24.03));
        for yaml in [
            "location: 57.05, -24.03",
            "location: 57.05;-24.03",
            "location: 57.05° N 24.03° W",
            "geo: geo:57.05,-24.03;u=35",
            "location: [57.05, -24.03]",
            "coordinates: ['57.05', '-24.03', 12]",
            "location: {lat: 57.05, lng: -24.03}",
            "location: {type: Point, coordinates: [-24.03, 57.05]}",
            "latitude: 57.05\nlongitude: -24.03",
            "lat: 57.05\nlong: -24.03",
        ] {
            assert_eq!(place(yaml), at(None, here), "{yaml}");
        }
        assert_eq!(place("location: {name: Nesby, lat: 57.05, lon: -24.03}"), at(Some("Nesby"), here));
        assert_eq!(place("place: Nesby\nlat: 57.05\nlon: -24.03"), at(Some("Nesby"), here));
        assert_eq!(place("location: Nesby, Quay 4"), at(Some("Nesby, Quay 4"), None));
        assert_eq!(place("location: [Nesby]"), at(Some("Nesby"), None));
        assert_eq!(place("location: true\nlong: a long text"), (None, Vec::new()));
        assert_eq!(place("location: -0, 0"), at(None, Some((0.0, 0.0))));
    }

    #[test]
    fn what_cannot_be_told() {
        let told = |yaml: &str| {
            let (place, told) = place(yaml);
            assert_eq!(told.len(), 1, "{yaml}: {told:?}");
            (place, told.into_iter().next().unwrap_or_default())
        };
        assert_eq!(
            told("location: 124.03, 57.05"),
            (None, "there is no place at latitude 124.03 and longitude 57.05".to_owned())
        );
        assert_eq!(
            told("location: {name: Nesby, lat: 91, lon: 0}").0,
            Some((Some("Nesby".to_owned()), None))
        );
        for yaml in ["{name: Nesby, lat: '57,05', lon: '24,03'}", "{name: Nesby, lat: 57.05}"] {
            let (place, message) = told(&format!("location: {yaml}"));
            assert_eq!(place, Some((Some("Nesby".to_owned()), None)), "{yaml}");
            assert_eq!(message, "the latitude and longitude of `location` are no two numbers");
        }
        for yaml in
            ["location: 57,05, 24,03", "location: 57.05", "location: {zoom: 4}", "location: [[1, 2, 3]]"]
        {
            assert_eq!(told(yaml).0, None, "{yaml}");
        }
        assert_eq!(told("location: [Nesby, Saltholm]").0, Some((Some("Nesby".to_owned()), None)));
        assert_eq!(place("location: 1e400, NaN"), at(Some("1e400, NaN"), None));
    }
}
