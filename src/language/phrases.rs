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
    /// "First published by"; a name follows.
    pub first_published: &'static str,
    /// "See also"; a list follows. In Chinese both are words that its two scripts share.
    pub see_also: &'static str,
}

macro_rules! phrases {
    ($($tag:literal $name:literal $in_language:literal $correction:literal $first_published:literal $see_also:literal)*) => {
        &[$(Phrases {
            tag: $tag,
            name: $name,
            in_language: $in_language,
            correction: $correction,
            first_published: $first_published,
            see_also: $see_also,
        },)*]
    };
}

/// By their tags.
pub const PHRASES: &[Phrases] = phrases! {
    "ar" "العربية" "بالعربية" "تصحيح" "نُشر أولاً في:" "اقرأ أيضاً:"
    "bg" "Български" "На български" "Поправка" "Първа публикация:" "Вижте още:"
    "cs" "Čeština" "Česky" "Oprava" "Původně publikováno:" "Čtěte také:"
    "da" "Dansk" "På dansk" "Rettelse" "Først udgivet af" "Læs også:"
    "de" "Deutsch" "Auf Deutsch" "Berichtigung" "Erstveröffentlichung:" "Siehe auch:"
    "el" "Ελληνικά" "Στα ελληνικά" "Διόρθωση" "Πρώτη δημοσίευση:" "Διαβάστε επίσης:"
    "en" "English" "In English" "Correction" "First published by" "See also:"
    "es" "Español" "En español" "Corrección" "Publicado originalmente en" "Véase también:"
    "et" "Eesti" "Eesti keeles" "Parandus" "Algselt avaldatud:" "Vaata ka:"
    "fa" "فارسی" "به فارسی" "تصحیح" "نخستین انتشار:" "همچنین بخوانید:"
    "fi" "Suomi" "Suomeksi" "Oikaisu" "Alun perin julkaissut:" "Lue myös:"
    "fr" "Français" "En français" "Rectificatif" "Première publication :" "À lire aussi :"
    "he" "עברית" "בעברית" "תיקון" "פרסום ראשון:" "ראו גם:"
    "hu" "Magyar" "Magyarul" "Helyesbítés" "Eredeti megjelenés:" "Lásd még:"
    "id" "Bahasa Indonesia" "Dalam bahasa Indonesia" "Koreksi" "Pertama kali diterbitkan oleh" "Lihat juga:"
    "it" "Italiano" "In italiano" "Rettifica" "Prima pubblicazione:" "Vedi anche:"
    "ja" "日本語" "日本語で" "訂正" "初出：" "関連記事："
    "ka" "ქართული" "ქართულად" "შესწორება" "პირველი გამოქვეყნება:" "იხილეთ აგრეთვე:"
    "kk" "Қазақша" "Қазақ тілінде" "Түзету" "Алғашқы жарияланым:" "Тағы қараңыз:"
    "ko" "한국어" "한국어로" "정정" "최초 게재:" "함께 보기:"
    "lt" "Lietuvių" "Lietuviškai" "Pataisymas" "Pirmoji publikacija:" "Taip pat skaitykite:"
    "lv" "Latviešu" "Latviski" "Labojums" "Pirmpublicējums:" "Lasiet arī:"
    "nb" "Norsk bokmål" "På norsk" "Rettelse" "Først publisert av" "Les også:"
    "nl" "Nederlands" "In het Nederlands" "Correctie" "Oorspronkelijk gepubliceerd door" "Zie ook:"
    "pl" "Polski" "Po polsku" "Sprostowanie" "Pierwsza publikacja:" "Zobacz też:"
    "pt" "Português" "Em português" "Correção" "Publicado originalmente por" "Veja também:"
    "ro" "Română" "În română" "Corectură" "Publicat inițial de" "Vezi și:"
    "ru" "Русский" "По-русски" "Исправление" "Первая публикация:" "Читайте также:"
    "sk" "Slovenčina" "Po slovensky" "Oprava" "Pôvodne uverejnené:" "Čítajte aj:"
    "sr" "Српски" "На српском" "Исправка" "Првобитно објављено:" "Погледајте и:"
    "sv" "Svenska" "På svenska" "Rättelse" "Först publicerad av" "Läs även:"
    "tr" "Türkçe" "Türkçe" "Düzeltme" "İlk yayın:" "Ayrıca bakınız:"
    "uk" "Українська" "Українською" "Виправлення" "Перша публікація:" "Читайте також:"
    "vi" "Tiếng Việt" "Bằng tiếng Việt" "Đính chính" "Đăng lần đầu trên" "Xem thêm:"
    "zh" "中文" "中文版" "更正" "原文：" "更多："
};
