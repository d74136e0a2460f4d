//! What stands before the names of those who had a part in an article, in the languages that it is known in.

use super::Language;

/// What somebody did for an article whose author is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Put it into the language of the edition.
    Translation,
    /// Edited it.
    Editing,
    /// Took the photos.
    Photos,
    /// Drew the pictures.
    Illustrations,
}

impl Part {
    /// The part that a role stands for, in the words of front matter.
    #[must_use]
    pub fn of_role(role: &str) -> Option<Part> {
        match role {
            "translator" => Some(Part::Translation),
            "editor" => Some(Part::Editing),
            "photographer" => Some(Part::Photos),
            "illustrator" => Some(Part::Illustrations),
            _ => None,
        }
    }
}

impl Language {
    /// "Translation", said in the language; `None` where this is not known here.
    #[must_use]
    pub fn credit(&self, part: Part) -> Option<&'static str> {
        let tag = self.written();
        let (_, [translation, editing, photos, illustrations]) =
            CREDITS.iter().find(|(known, _)| *known == tag)?;
        Some(match part {
            Part::Translation => translation,
            Part::Editing => editing,
            Part::Photos => photos,
            Part::Illustrations => illustrations,
        })
    }

    /// The language, with its script where there are two of them in the table.
    fn written(&self) -> &str {
        let script = self.script();
        let is_one_of =
            |regions: &[&str]| self.as_str().split('-').skip(1).any(|part| regions.contains(&part));
        match (self.primary(), script.as_deref()) {
            ("sr", Some("Latn")) => "sr-Latn",
            ("zh", Some("Hant")) => "zh-Hant",
            ("zh", None) if is_one_of(&["TW", "HK", "MO"]) => "zh-Hant",
            (primary, _) => primary,
        }
    }
}

/// Nouns for the work, for those for a person would have to know more than the name.
const CREDITS: &[(&str, [&str; 4])] = &[
    ("ar", ["ترجمة", "تحرير", "تصوير", "رسوم"]),
    ("bg", ["Превод", "Редакция", "Снимки", "Илюстрации"]),
    ("cs", ["Překlad", "Redakce", "Foto", "Ilustrace"]),
    ("da", ["Oversættelse", "Redigering", "Foto", "Illustration"]),
    ("de", ["Übersetzung", "Redaktion", "Fotos", "Illustration"]),
    ("el", ["Μετάφραση", "Επιμέλεια", "Φωτογραφίες", "Εικονογράφηση"]),
    ("en", ["Translation", "Editing", "Photos", "Illustrations"]),
    ("es", ["Traducción", "Edición", "Fotografía", "Ilustración"]),
    ("et", ["Tõlge", "Toimetamine", "Fotod", "Illustratsioonid"]),
    ("fa", ["ترجمه", "ویرایش", "عکس", "تصویرسازی"]),
    ("fi", ["Käännös", "Toimitus", "Kuvat", "Kuvitus"]),
    ("fr", ["Traduction", "Édition", "Photos", "Illustrations"]),
    ("he", ["תרגום", "עריכה", "צילום", "איור"]),
    ("hu", ["Fordítás", "Szerkesztés", "Fotó", "Illusztráció"]),
    ("id", ["Terjemahan", "Penyuntingan", "Foto", "Ilustrasi"]),
    ("it", ["Traduzione", "Redazione", "Foto", "Illustrazioni"]),
    ("ja", ["翻訳", "編集", "写真", "イラスト"]),
    ("ka", ["თარგმანი", "რედაქტირება", "ფოტო", "ილუსტრაცია"]),
    ("kk", ["Аударма", "Редакциялау", "Фото", "Иллюстрация"]),
    ("ko", ["번역", "편집", "사진", "일러스트"]),
    ("lt", ["Vertimas", "Redagavimas", "Nuotraukos", "Iliustracijos"]),
    ("lv", ["Tulkojums", "Rediģēšana", "Foto", "Ilustrācijas"]),
    ("nb", ["Oversettelse", "Redigering", "Foto", "Illustrasjon"]),
    ("nl", ["Vertaling", "Redactie", "Foto’s", "Illustraties"]),
    ("pl", ["Tłumaczenie", "Redakcja", "Zdjęcia", "Ilustracje"]),
    ("pt", ["Tradução", "Edição", "Fotografia", "Ilustração"]),
    ("ro", ["Traducere", "Editare", "Fotografii", "Ilustrații"]),
    ("ru", ["Перевод", "Редактура", "Фото", "Иллюстрации"]),
    ("sk", ["Preklad", "Redakcia", "Foto", "Ilustrácie"]),
    ("sr", ["Превод", "Уређивање", "Фотографије", "Илустрације"]),
    ("sr-Latn", ["Prevod", "Uređivanje", "Fotografije", "Ilustracije"]),
    ("sv", ["Översättning", "Redigering", "Foto", "Illustration"]),
    ("tr", ["Çeviri", "Editör", "Fotoğraf", "İllüstrasyon"]),
    ("uk", ["Переклад", "Редагування", "Фото", "Ілюстрації"]),
    ("vi", ["Dịch", "Biên tập", "Ảnh", "Minh họa"]),
    ("zh", ["翻译", "编辑", "摄影", "插图"]),
    ("zh-Hant", ["翻譯", "編輯", "攝影", "插圖"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::phrases::PHRASES;

    fn said(tag: &str) -> Option<&'static str> {
        Language::parse(tag).unwrap().credit(Part::Translation)
    }

    #[test]
    fn scripts_of_one_language() {
        assert_eq!(said("ru-RU"), Some("Перевод"));
        assert_eq!(
            (said("zh-CN"), said("zh-TW"), said("zh-Hant-HK")),
            (Some("翻译"), Some("翻譯"), Some("翻譯"))
        );
        assert_eq!((said("sr"), said("sr-Latn")), (Some("Превод"), Some("Prevod")));
        assert_eq!(said("eo"), None);
    }

    #[test]
    fn every_language_with_phrases_has_them() {
        let missing: Vec<_> = PHRASES.iter().map(|row| row.tag).filter(|tag| said(tag).is_none()).collect();
        assert_eq!(missing, [""; 0]);
    }
}
