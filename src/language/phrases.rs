//! What feedmill says to readers of the feeds, in the languages that it knows.

/// The phrases of one language.
pub struct Phrases {
    /// Its tag.
    pub tag: &'static str,
    /// What it calls itself.
    pub name: &'static str,
    /// "In English".
    pub in_language: &'static str,
    /// "Correction".
    pub correction: &'static str,
}

macro_rules! phrases {
    ($($tag:literal $name:literal $in_language:literal $correction:literal)*) => {
        &[$(Phrases { tag: $tag, name: $name, in_language: $in_language, correction: $correction },)*]
    };
}

/// By their tags.
pub const PHRASES: &[Phrases] = phrases! {
    "ar" "العربية" "بالعربية" "تصحيح"
    "bg" "Български" "На български" "Поправка"
    "cs" "Čeština" "Česky" "Oprava"
    "da" "Dansk" "På dansk" "Rettelse"
    "de" "Deutsch" "Auf Deutsch" "Berichtigung"
    "el" "Ελληνικά" "Στα ελληνικά" "Διόρθωση"
    "en" "English" "In English" "Correction"
    "es" "Español" "En español" "Corrección"
    "et" "Eesti" "Eesti keeles" "Parandus"
    "fa" "فارسی" "به فارسی" "تصحیح"
    "fi" "Suomi" "Suomeksi" "Oikaisu"
    "fr" "Français" "En français" "Rectificatif"
    "he" "עברית" "בעברית" "תיקון"
    "hu" "Magyar" "Magyarul" "Helyesbítés"
    "id" "Bahasa Indonesia" "Dalam bahasa Indonesia" "Koreksi"
    "it" "Italiano" "In italiano" "Rettifica"
    "ja" "日本語" "日本語で" "訂正"
    "ka" "ქართული" "ქართულად" "შესწორება"
    "kk" "Қазақша" "Қазақ тілінде" "Түзету"
    "ko" "한국어" "한국어로" "정정"
    "lt" "Lietuvių" "Lietuviškai" "Pataisymas"
    "lv" "Latviešu" "Latviski" "Labojums"
    "nb" "Norsk bokmål" "På norsk" "Rettelse"
    "nl" "Nederlands" "In het Nederlands" "Correctie"
    "pl" "Polski" "Po polsku" "Sprostowanie"
    "pt" "Português" "Em português" "Correção"
    "ro" "Română" "În română" "Corectură"
    "ru" "Русский" "По-русски" "Исправление"
    "sk" "Slovenčina" "Po slovensky" "Oprava"
    "sr" "Српски" "На српском" "Исправка"
    "sv" "Svenska" "På svenska" "Rättelse"
    "tr" "Türkçe" "Türkçe" "Düzeltme"
    "uk" "Українська" "Українською" "Виправлення"
    "vi" "Tiếng Việt" "Bằng tiếng Việt" "Đính chính"
    "zh" "中文" "中文版" "更正"
};
