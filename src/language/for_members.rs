//! What stands in place of a text that only members may read.

use super::Language;

impl Language {
    /// "For members: read on the site", said in the language, English where this is not known here.
    #[must_use]
    pub fn for_members(&self) -> &'static str {
        LINES.iter().find(|(tag, _)| *tag == self.primary()).map_or(IN_ENGLISH, |(_, line)| line)
    }
}

/// Where no language is known.
pub const IN_ENGLISH: &str = "For members: read on the site";

const LINES: &[(&str, &str)] = &[
    ("ar", "للأعضاء: اقرأ على الموقع"),
    ("bg", "За абонати: прочетете на сайта"),
    ("cs", "Pro předplatitele: čtěte na webu"),
    ("da", "For medlemmer: læs på webstedet"),
    ("de", "Für Mitglieder: auf der Website lesen"),
    ("el", "Για μέλη: διαβάστε στον ιστότοπο"),
    ("es", "Para miembros: leer en el sitio"),
    ("et", "Liikmetele: loe veebilehel"),
    ("fa", "ویژهٔ اعضا: در وب‌سایت بخوانید"),
    ("fi", "Jäsenille: lue sivustolla"),
    ("fr", "Réservé aux abonnés : lire sur le site"),
    ("he", "לחברים: לקריאה באתר"),
    ("hu", "Tagoknak: olvassa el a honlapon"),
    ("id", "Untuk anggota: baca di situs"),
    ("it", "Per gli abbonati: leggi sul sito"),
    ("ja", "会員限定：サイトで読む"),
    ("ka", "წევრებისთვის: წაიკითხეთ საიტზე"),
    ("kk", "Мүшелерге: сайттан оқыңыз"),
    ("ko", "회원 전용: 사이트에서 읽기"),
    ("lt", "Nariams: skaitykite svetainėje"),
    ("lv", "Abonentiem: lasiet vietnē"),
    ("nb", "For medlemmer: les på nettstedet"),
    ("nl", "Voor leden: lees op de site"),
    ("pl", "Dla subskrybentów: czytaj na stronie"),
    ("pt", "Para membros: ler no site"),
    ("ro", "Pentru membri: citiți pe site"),
    ("ru", "Для подписчиков: читать на сайте"),
    ("sk", "Pre predplatiteľov: čítajte na webe"),
    ("sr", "За чланове: прочитајте на сајту"),
    ("sv", "För medlemmar: läs på webbplatsen"),
    ("tr", "Üyelere özel: sitede okuyun"),
    ("uk", "Для підписників: читати на сайті"),
    ("vi", "Dành cho thành viên: đọc trên trang web"),
    ("zh", "会员专享：在网站上阅读"),
];
