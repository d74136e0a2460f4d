//! What identifies a show for ever (Podcasting 2.0, `podcast:guid`).

use crate::address::Address;
use uuid::Uuid;

/// The namespace of podcasts.
const PODCASTS: Uuid = Uuid::from_u128(0xead4_c236_bf58_58c6_a2c6_a6b2_8d12_8cb6);

/// The identifier of the show whose RSS feed is here: of the address without its scheme and the slashes
/// at its end.
#[must_use]
pub fn guid(feed: &Address) -> String {
    let address = feed.as_str();
    let name = address.split_once("://").map_or(address, |(_, name)| name).trim_end_matches('/');
    Uuid::new_v5(&PODCASTS, name.as_bytes()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_specification() {
        let guid = |address: &str| guid(&Address::parse(address).unwrap());
        assert_eq!(guid("http://mp3s.nashownotes.com/pc20rss.xml"), "917393e3-1b1e-5cef-ace4-edaa54e1f810");
        assert_eq!(guid("https://podnews.net/rss/"), "9b024349-ccf0-5f69-a609-6b82873eab3c");
    }
}
