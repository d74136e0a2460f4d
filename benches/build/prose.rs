//! News that nobody wrote: the same sentences on every machine, in English and in Russian.

/// A linear congruential generator (Knuth's MMIX constants): repeatable, which is all that is asked of it.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice(seed)
    }

    /// A number from 0 to `sides` - 1, taken from the upper bits: the lower ones of such a generator repeat soon.
    pub fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (((self.0 >> 32) * sides as u64) >> 32) as usize
    }

    pub fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 0
    }

    pub fn pick<'a>(&mut self, choices: &'a [impl AsRef<str>]) -> &'a str {
        choices[self.below(choices.len())].as_ref()
    }

    /// Neighbours in `choices`, from anywhere: none comes twice.
    pub fn pick_some<'a, T>(&mut self, choices: &'a [T], count: usize) -> Vec<&'a T> {
        let first = self.below(choices.len());
        choices.iter().cycle().skip(first).take(count).collect()
    }
}

/// What a language has to say.
pub struct Language {
    words: Vec<&'static str>,
    pub authors: Vec<String>,
    pub tags: Vec<String>,
}

impl Language {
    pub fn english() -> Language {
        Language {
            words: "the harbour council a ferry on Monday bridge workers said that repairs would take until spring \
                    while residents of old town asked for new timetable and minister promised report budget about \
                    school hospital river court in decision after three years investigation found documents \
                    company owned by deputy with contract worth millions from public money journalists received \
                    letters to editor election observers counted votes before midnight price bread rose again \
                    winter storm damaged roofs rescue service answered calls museum opened exhibition"
                .split(' ')
                .collect(),
            authors: "Anna Berg, Tom Hale, Maria Lind, John Moss, Eva Stone, Peter Marsh, Ruth Vane"
                .split(", ")
                .map(str::to_owned)
                .collect(),
            tags: "transport, budget, courts, schools, health, elections, weather, culture, energy"
                .split(", ")
                .map(str::to_owned)
                .collect(),
        }
    }

    pub fn russian() -> Language {
        Language {
            words: "порт совет в паром на понедельник мост рабочие сообщили что ремонт продлится до весны пока \
                    жители старого города просили о новом расписании и министр обещал отчёт бюджет школа больница \
                    река суд решение после трёх лет расследование нашло документы компания принадлежит заместителю \
                    с договор стоимостью миллионов из государственных денег журналисты получили письма редакции \
                    выборы наблюдатели подсчитали голоса перед полуночью цена хлеба выросла снова зимой буря \
                    повредила крыши спасатели ответили звонки музей открыл выставку объявление"
                .split(' ')
                .collect(),
            authors: "Анна Берг, Юрий Щеглов, Мария Линд, Иван Мохов, Ольга Ежова, Пётр Болотов, Яна Цой"
                .split(", ")
                .map(str::to_owned)
                .collect(),
            tags: "транспорт, бюджет, суды, школы, здоровье, выборы, погода, культура, энергетика"
                .split(", ")
                .map(str::to_owned)
                .collect(),
        }
    }

    /// The same words, but 500 authors and 5,000 tags, which all languages share.
    pub fn with_large_desk(self) -> Language {
        let given = "Ada Bela Cora Dario Edda Falk Gesa Hanno Ilse Jona Kaja Leif Mira Nils Oda Pia Quint Runa Sten Tove";
        let family = "Alder Brook Cliff Dune Elm Fern Grove Heath Isle Juniper Kelp Larch Moor North Oak Pine Quay Reed \
                      Shore Tide Umber Vale Willow Yarrow Zephyr";
        let kinds = "old new late early quiet loud long short cold warm dark bright high low wide narrow north south \
                     east west inner outer upper lower first last lost found open closed public private rural urban \
                     local distant wet dry calm rough deep flat steep young broken mended empty crowded hidden famous";
        let things = "harbour bridge ferry tower market river court school museum library lighthouse station theatre \
                      garden square canal dock pier mill bakery brewery forest meadow island beach cliff lagoon marsh \
                      road tunnel tram bus train bicycle sail rope anchor lamp clock bell organ choir orchestra \
                      festival fair parade regatta match race election budget tax rent wage strike union harvest storm \
                      flood drought frost fog tide comet eclipse survey census map letter diary book play film song \
                      painting statue mural poem kitchen soup bread cheese apple herring mussel heron seal owl fox \
                      beaver bee oak birch rose moss cellar attic orchard vineyard kiln";
        Language { authors: pairs(given, family), tags: pairs(kinds, things), ..self }
    }

    /// A headline: a few words, the first with a capital letter, no full stop and nothing that YAML or JSON escape.
    pub fn headline(&self, dice: &mut Dice) -> String {
        let length = 5 + dice.below(5);
        let mut words = vec![capitalised(dice.pick(&self.words))];
        words.extend((1..length).map(|_| dice.pick(&self.words).to_owned()));
        words.join(" ")
    }

    pub fn sentences(&self, dice: &mut Dice, count: usize) -> String {
        let sentences: Vec<String> =
            (0..count).map(|_| format!("{}, {}.", self.headline(dice), self.clause(dice))).collect();
        sentences.join(" ")
    }

    /// Markdown of at least `length_bytes` and hardly more: paragraphs, a heading, a quote, a list, links, emphasis.
    pub fn body(&self, dice: &mut Dice, length_bytes: usize) -> String {
        let mut body = String::with_capacity(length_bytes + 1000);
        for block in 0.. {
            if body.len() >= length_bytes {
                break;
            }
            body.push_str(&match block % 6 {
                1 => format!(
                    "{} [{}](https://www.example/{block}/) {}.",
                    self.headline(dice),
                    self.clause(dice),
                    self.clause(dice)
                ),
                2 => format!("## {}", self.headline(dice)),
                3 => format!("> {}", self.sentences(dice, 2)),
                4 => format!(
                    "- {}\n- [{}](/about/)\n- *{}*",
                    self.clause(dice),
                    self.clause(dice),
                    self.clause(dice)
                ),
                5 => format!("**{}.** {}", self.headline(dice), self.sentences(dice, 3)),
                _ => self.sentences(dice, 4),
            });
            body.push_str("\n\n");
        }
        body
    }

    fn clause(&self, dice: &mut Dice) -> String {
        let words: Vec<&str> = (0..4).map(|_| dice.pick(&self.words)).collect();
        words.join(" ")
    }
}

/// Every first word with every second one. In turn, so that neighbours in the list do not share the first.
fn pairs(first: &str, second: &str) -> Vec<String> {
    let pair =
        |second: &str| first.split(' ').map(move |first| format!("{first} {second}")).collect::<Vec<_>>();
    second.split(' ').flat_map(pair).collect()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
