//! The words by which the parts of a copied page are known, in the languages that they come in.
//!
//! All in lower case. What a line is compared with is folded likewise.

use super::furniture::Kind;

/// Lines that begin so.
pub const OPENINGS: &[(Kind, &str, &[&str])] = &[
    (
        Kind::Subscription,
        "en",
        &["subscribe to ", "sign up for ", "join our channel", "follow us on ", "get our newsletter"],
    ),
    (
        Kind::Subscription,
        "ru",
        &["подпишитесь", "подписывайтесь", "подписаться на ", "читайте нас в ", "следите за нами"],
    ),
    (Kind::Subscription, "uk", &["підпишіться", "підписуйтесь", "підписуйтеся"]),
    (
        Kind::Subscription,
        "de",
        &["abonnieren sie", "jetzt abonnieren", "newsletter abonnieren", "folgen sie uns"],
    ),
    (Kind::Subscription, "fr", &["abonnez-vous", "inscrivez-vous à", "suivez-nous sur "]),
    (Kind::Subscription, "es", &["suscríbete", "suscríbase", "síguenos en ", "síganos en "]),
    (Kind::Subscription, "ar", &["اشترك في", "اشتركوا في", "تابعنا على", "تابعونا على"]),
    (Kind::Share, "en", &["share this", "share on ", "share:", "share via ", "tweet this"]),
    (Kind::Share, "ru", &["поделиться в ", "поделиться:", "поделитесь", "рассказать друзьям"]),
    (Kind::Share, "de", &["artikel teilen", "teilen auf ", "teilen:", "teilen sie diesen"]),
    (
        Kind::Share,
        "fr",
        &[
            "partager sur ",
            "partager l’article",
            "partager l'article",
            "partager cet article",
            "partager :",
            "partagez cet",
        ],
    ),
    (Kind::Share, "es", &["compartir en ", "compartir:", "comparte este", "compartir este"]),
    (Kind::Share, "ar", &["شارك المقال", "شارك هذا", "شارك على", "مشاركة:", "شارك:"]),
    (
        Kind::Cookies,
        "en",
        &[
            "we use cookies",
            "this site uses cookies",
            "this website uses cookies",
            "our site uses cookies",
            "by continuing to use this site",
            "by continuing to browse",
        ],
    ),
    (
        Kind::Cookies,
        "ru",
        &[
            "мы используем cookie",
            "мы используем куки",
            "мы используем файлы cookie",
            "сайт использует cookie",
            "этот сайт использует",
            "на сайте используются cookie",
            "продолжая пользоваться сайтом",
            "продолжая использовать сайт",
        ],
    ),
    (Kind::Cookies, "uk", &["ми використовуємо файли cookie", "ми використовуємо cookie"]),
    (
        Kind::Cookies,
        "de",
        &[
            "wir verwenden cookies",
            "wir nutzen cookies",
            "wir setzen cookies",
            "diese website verwendet cookies",
            "diese seite verwendet cookies",
        ],
    ),
    (
        Kind::Cookies,
        "fr",
        &["nous utilisons des cookies", "nous utilisons les cookies", "ce site utilise des cookies"],
    ),
    (
        Kind::Cookies,
        "es",
        &[
            "utilizamos cookies",
            "usamos cookies",
            "este sitio utiliza cookies",
            "este sitio web utiliza cookies",
            "este sitio usa cookies",
        ],
    ),
    (
        Kind::Cookies,
        "ar",
        &[
            "نستخدم ملفات تعريف الارتباط",
            "يستخدم هذا الموقع ملفات تعريف الارتباط",
            "يستخدم موقعنا ملفات تعريف الارتباط",
        ],
    ),
    (
        Kind::Copyright,
        "",
        &["© ", "©", "(c) 1", "(c) 2", "copyright ©", "copyright (c)", "copyright 1", "copyright 2"],
    ),
    (Kind::Copyright, "en", &["all rights reserved"]),
    (Kind::Copyright, "ru", &["все права защищены", "все права сохранены"]),
    (Kind::Copyright, "uk", &["усі права захищені", "всі права захищені"]),
    (Kind::Copyright, "de", &["alle rechte vorbehalten"]),
    (Kind::Copyright, "fr", &["tous droits réservés"]),
    (Kind::Copyright, "es", &["todos los derechos reservados"]),
    (Kind::Copyright, "ar", &["جميع الحقوق محفوظة"]),
    (
        Kind::Browser,
        "en",
        &[
            "your browser is out of date",
            "your browser is outdated",
            "your browser is not supported",
            "your browser does not support",
            "you are using an outdated browser",
            "please update your browser",
            "please enable javascript",
        ],
    ),
    (
        Kind::Browser,
        "ru",
        &[
            "ваш браузер устарел",
            "ваш браузер не поддерживается",
            "вы используете устаревший браузер",
            "вы используете устаревшую версию браузера",
            "обновите браузер",
            "включите javascript",
            "в вашем браузере отключен",
        ],
    ),
    (Kind::Browser, "uk", &["ваш браузер застарів", "ваш браузер не підтримується"]),
    (
        Kind::Browser,
        "de",
        &[
            "ihr browser ist veraltet",
            "ihr browser wird nicht unterstützt",
            "sie verwenden einen veralteten browser",
            "bitte aktualisieren sie ihren browser",
            "bitte aktivieren sie javascript",
        ],
    ),
    (
        Kind::Browser,
        "fr",
        &[
            "votre navigateur est obsolète",
            "votre navigateur n’est pas à jour",
            "votre navigateur n'est pas à jour",
            "votre navigateur n’est pas pris en charge",
            "votre navigateur n'est pas pris en charge",
            "vous utilisez un navigateur obsolète",
        ],
    ),
    (
        Kind::Browser,
        "es",
        &[
            "su navegador está desactualizado",
            "tu navegador está desactualizado",
            "su navegador no es compatible",
            "está utilizando un navegador obsoleto",
        ],
    ),
    (
        Kind::Browser,
        "ar",
        &["متصفحك قديم", "متصفحك غير مدعوم", "أنت تستخدم متصفحًا قديمًا", "إصدار متصفحك قديم"],
    ),
];

/// Lines that say no more than this.
pub const WHOLE_LINES: &[(Kind, &[&str])] = &[
    (
        Kind::Share,
        &[
            "share",
            "поделиться",
            "поделитесь",
            "teilen",
            "partager",
            "compartir",
            "مشاركة",
            "شارك",
            "поділитися",
        ],
    ),
    (
        Kind::Subscription,
        &[
            "subscribe",
            "подписаться",
            "abonnieren",
            "s’abonner",
            "s'abonner",
            "suscribirse",
            "اشترك",
            "підписатися",
        ],
    ),
];

/// Networks that pages offer to share with.
pub const NETWORKS: &[&str] = &[
    "facebook",
    "twitter",
    "x",
    "telegram",
    "whatsapp",
    "viber",
    "vk",
    "vkontakte",
    "вконтакте",
    "одноклассники",
    "linkedin",
    "reddit",
    "pinterest",
    "instagram",
    "threads",
    "bluesky",
    "mastodon",
    "signal",
    "messenger",
    "youtube",
    "email",
    "e-mail",
];

/// What menus lead to, in the languages that pages come in; a bar stands between two.
pub const MENU_WORDS: &[&str] = &[
    // English
    "home|news|world|politics|economy|business|finance|society|culture|sport|sports|science|tech|\
     technology|health|travel|weather|opinion|analysis|analytics|reports|investigations|\
     interviews|features|video|videos|photo|photos|podcasts|archive|about|about us|contact|\
     contacts|contact us|search|menu|login|log in|sign in|register|donate|support us|advertising|\
     newsletter|latest|skip to content",
    // Russian, Ukrainian
    "главная|новости|в мире|мир|политика|экономика|бизнес|финансы|общество|культура|спорт|наука|\
     технологии|здоровье|погода|мнения|аналитика|репортажи|расследования|интервью|видео|фото|\
     подкасты|архив|о нас|о проекте|контакты|поиск|меню|войти|вход|регистрация|поддержать|реклама|\
     рассылка|спецпроекты|головна|новини|політика|економіка|суспільство|пошук",
    // German
    "startseite|nachrichten|aktuelles|politik|wirtschaft|gesellschaft|kultur|wissenschaft|technik|\
     wetter|meinung|analysen|reportagen|recherchen|archiv|über uns|kontakt|suche|menü|anmelden|\
     impressum|datenschutz|spenden",
    // French
    "accueil|actualités|monde|politique|économie|société|sciences|météo|opinions|analyses|\
     enquêtes|reportages|vidéos|archives|à propos|recherche|connexion|se connecter|nous contacter",
    // Spanish
    "inicio|portada|noticias|actualidad|mundo|política|economía|sociedad|cultura|deportes|ciencia|\
     tecnología|opinión|análisis|reportajes|investigaciones|tiempo|archivo|quiénes somos|contacto|\
     buscar|menú|iniciar sesión",
    // Arabic
    "الرئيسية|أخبار|الأخبار|العالم|سياسة|السياسة|اقتصاد|الاقتصاد|مجتمع|ثقافة|رياضة|علوم|تكنولوجيا|\
     رأي|آراء|تحليلات|تقارير|تحقيقات|مقابلات|فيديو|صور|بودكاست|أرشيف|من نحن|اتصل بنا|بحث|القائمة|\
     تسجيل الدخول|الطقس",
];

/// How often something was looked at.
pub const VIEWS: &[&str] = &[
    "view",
    "views",
    "reads",
    "просмотр",
    "просмотра",
    "просмотров",
    "просмотры",
    "прочтений",
    "переглядів",
    "aufrufe",
    "ansichten",
    "vues",
    "lectures",
    "visitas",
    "lecturas",
    "visualizaciones",
    "مشاهدة",
    "مشاهدات",
    "قراءة",
    "👁",
    "👁️",
];

/// What currencies and what else is quoted every hour are called.
pub const CURRENCIES: &[&str] = &[
    "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "RUB", "RUR", "UAH", "BYN", "PLN", "CZK", "SEK", "NOK", "DKK",
    "HUF", "RON", "BGN", "TRY", "KZT", "GEL", "AMD", "AZN", "ILS", "AED", "SAR", "EGP", "INR", "KRW", "BRL",
    "MXN", "CAD", "AUD", "BTC", "ETH", "BRENT", "WTI", "XAU", "$", "€", "£", "¥", "₽", "₴", "₸", "₿", "₺",
    "₪", "₹", "₩",
];

/// Names of languages that no tag has, as switches between languages write them.
pub const SWITCH_WORDS: &[&str] =
    &["eng", "rus", "рус", "укр", "англ", "deu", "ger", "fra", "fre", "esp", "spa", "ara", "عربي", "ру"];

/// What opens the caption of a cover.
pub const CAPTIONS: &[&str] = &[
    "cover photo",
    "cover image",
    "cover picture",
    "cover",
    "photo",
    "picture",
    "image",
    "illustration",
    "фото обложки",
    "фото на обложке",
    "обложка",
    "фото",
    "иллюстрация",
    "фото обкладинки",
    "ілюстрація",
    "світлина",
    "titelbild",
    "bild",
    "foto",
    "abbildung",
    "photo de couverture",
    "image de couverture",
    "foto de portada",
    "imagen de portada",
    "imagen",
    "ilustración",
    "صورة الغلاف",
    "الصورة",
    "صورة",
];

/// What opens the credit of a picture.
pub const CREDITS: &[&str] = &[
    "source",
    "credit",
    "photo credit",
    "photo by",
    "image by",
    "photo",
    "illustration",
    "image",
    "источник",
    "иллюстрация",
    "фотограф",
    "ілюстрація",
    "автор фото",
    "фото",
    "джерело",
    "quelle",
    "bildquelle",
    "bildnachweis",
    "foto",
    "crédit",
    "crédit photo",
    "source photo",
    "fuente",
    "crédito",
    "foto de",
    "المصدر",
    "تصوير",
    "مصدر الصورة",
];

/// Credits that say so without a colon.
pub const CREDITS_WITHOUT_COLON: &[&str] = &["photo by ", "image by "];

/// What opens a byline, with a colon after it.
pub const BYLINES: &[&str] = &[
    "author",
    "authors",
    "text",
    "автор",
    "авторы",
    "текст",
    "автори",
    "autor",
    "autorin",
    "autoren",
    "auteur",
    "auteurs",
    "autora",
    "autores",
    "الكاتب",
    "بقلم",
    "إعداد",
];

/// What opens a byline, with names after it.
pub const BYLINES_WITHOUT_COLON: &[&str] = &["By ", "Von ", "Par ", "Por ", "بقلم "];

/// What may stand before a date.
pub const DATE_LABELS: &[&str] = &[
    "published on",
    "published",
    "posted on",
    "posted",
    "date",
    "опубликовано",
    "дата публикации",
    "дата",
    "опубліковано",
    "veröffentlicht am",
    "veröffentlicht",
    "datum",
    "publié le",
    "date de publication",
    "publicado el",
    "publicado",
    "fecha",
    "نُشر في",
    "نشر في",
    "تاريخ النشر",
    "التاريخ",
];
