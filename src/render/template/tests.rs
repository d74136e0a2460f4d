//! What the whole of an expansion gives.

use super::*;
use crate::address::Address;
use crate::catalog::Catalog;
use crate::index::Index;
use crate::index::name::View;
use crate::ledger::Ledger;
use crate::newsroom::MemoryNewsroom;
use crate::settings::{self, Overrides};
use proptest::prelude::*;

fn expanded(source: &str, markup: Markup) -> (String, Vec<String>) {
    let article = "---\ndate: 2026-11-01\n---\nText.\n";
    let newsroom = MemoryNewsroom::of([
        ("en/news/2026-11-01-ferry.md", article),
        ("en/news/bridge/index.md", article),
        ("ru/news/2026-11-01-ferry.md", article),
        ("en/reports/tides.md", article),
    ]);
    let settings = "[site]\nurl = 'https://e.example/sea/'\npermalink = '/{edition}/{slug}/'\n";
    let settings = settings::read("feedmill.toml", settings, &Overrides::default()).unwrap();
    let now = "2026-11-22T12:00:00Z".parse().unwrap();
    let (catalog, _) = Catalog::gather(&newsroom, &settings, &Ledger::default(), &Index::default(), now);
    let permalink = Address::parse("https://e.example/sea/en/ferry/").unwrap();
    let links = Links {
        path: "en/news/2026-11-01-ferry.md",
        permalink: permalink.clone(),
        site: &settings.site.url,
        catalog: View::of(&catalog),
        newsroom: &newsroom,
        base: None,
        has_media: false,
    };
    let expanded = expand(source, markup, Page { links: &links, title: Some("Ferry & tide") });
    let left_out = expanded.left_out.into_iter().map(|left_out| left_out.what).collect();
    (expanded.text.into_owned(), left_out)
}

fn text(source: &str) -> String {
    expanded(source, Markup::Markdown).0
}

fn mdx(source: &str) -> (String, Vec<String>) {
    expanded(source, Markup::Mdx)
}

#[test]
fn signs_are_seen_wherever_they_stand() {
    for sign in SIGNS {
        assert!(
            has_sign(sign) && has_sign(&format!("({sign}")) && has_sign(&format!("a: [b] {sign} c")),
            "{sign}"
        );
    }
    assert!(!has_sign("Why? (Late!) See [a](b): {c}, a < b, !!x ??y ::z"));
}

#[test]
fn what_has_no_signs_is_borrowed() {
    let links_are_not_asked = expanded("A {b} <c> `d`\n", Markup::Markdown).0;
    assert_eq!(links_are_not_asked, "A {b} <c> `d`\n");
}

#[test]
fn code_stays() {
    for source in [
        "```\n{{< x >}} {% if a %} {{ b }}\n:::note\n```\n<!-- a -->",
        "- a\n\n  ~~~ md\n  {{ b }}\n  ~~~\n",
        "`{{ a }}` and ``{% b ` %}``\n",
        "> ```\n> {{ a }}\n> ```\n",
    ] {
        assert_eq!(text(source), source);
    }
    assert_eq!(text("`{{</* x */>}}`"), "`{{< x >}}`");
    assert_eq!(text("{{</* x */>}}"), "{{&#60; x &#62;}}");
    assert_eq!(text("\\`{{ page.url }}`"), "\\`/sea/en/ferry/`");
}

#[test]
fn code_in_html_stays() {
    let source = "<p><code class=\"a\">{{ z }}</code> <pre>\n{% q %}\n\n{{ r }}</pre> {{ s }}</p>";
    for markup in [Markup::Markdown, Markup::Html] {
        assert_eq!(expanded(source, markup), (source.replace("{{ s }}", ""), vec!["{{ s }}".to_owned()]));
    }
    let open = "<code>{{ z }}\n\n<code>a</code>";
    assert_eq!(text(open), open.replace("{{ z }}", ""));
    let indented = "A\n\n    {{ z }}\n\n- a\n\n      {{ y }}\n";
    assert_eq!(text(indented), indented);
}

#[test]
fn shortcodes_of_wordpress() {
    let link = |address: &str| format!("<a href=\"{address}\">{address}</a>");
    for (source, expected) in [
        (
            "[caption id=\"a\" width=\"3\"]<img src=\"a.jpg\"> Low tide[/caption]\nB",
            "<figure><img src=\"a.jpg\"><figcaption>Low tide</figcaption></figure>\n\n\nB".to_owned(),
        ),
        ("[caption id=\"a\"]Low tide[/caption]", "Low tide".to_owned()),
        ("[embed]https://e.example/a?b=c[/embed]", link("https://e.example/a?b=c")),
        ("[video src=\"/a.mp4\" width=\"3\"][/video] b", link("/a.mp4") + " b"),
        ("[audio mp3=\"/a.mp3\"]", link("/a.mp3")),
        (
            "[youtube https://youtu.example/v?a=b&c=d]",
            "<a href=\"https://youtu.example/v?a=b&amp;c=d\">YouTube</a>".to_owned(),
        ),
        ("[quote]A[/quote]\nB", "<blockquote>\n\nA\n\n</blockquote>\n\n\nB".to_owned()),
        ("[quote] a [box]b[/box] [video](c)", "[quote] a [box]b[/box] [video](c)".to_owned()),
    ] {
        for markup in [Markup::Markdown, Markup::Html] {
            assert_eq!(expanded(source, markup), (expected.clone(), vec![]), "{source}");
        }
    }
    let left_out = vec!["[gallery]".to_owned()];
    assert_eq!(expanded("a [gallery ids=\"1,2\"] b", Markup::Html), ("a  b".to_owned(), left_out));
}

#[test]
fn what_is_not_for_everybody_goes() {
    let secret =
        "A {% if user.is_member %}Secret.{% else %}Join{% endif %} B {{< paywall >}}Secret{{< /paywall >}} C";
    assert_eq!(text(secret), "A  B  C");
    assert_eq!(text("A {% comment %}\nSecret.\n\nMore."), "A ");
    assert_eq!(text("A {{< paywall >}}\nSecret."), "A ");
    assert_eq!(text("A {% if page.map %}map{% else %}none{% endif %}"), "A map");
}

#[test]
fn braces_of_programs_stay() {
    for source in ["It returns {:ok, value} or {:error, reason}.", "````md\n    ````\n    {{ x }}\n````\n"] {
        assert_eq!(text(source), source);
    }
}

#[test]
fn an_else_without_an_end_costs_no_time() {
    let many = format!("{{% if a %}}{}{}", "{% else %}".repeat(20_000), "{% endifx %}".repeat(20_000));
    assert_eq!(text(&many), "");
}

#[test]
fn links_to_articles() {
    let links = [
        ("{{< ref \"tides\" >}}", "https://e.example/sea/en/tides/"),
        ("{{< relref \"/en/reports/tides.md#high\" >}}", "https://e.example/sea/en/tides/#high"),
        ("{{< ref \"../reports/tides\" >}}", "https://e.example/sea/en/tides/"),
        ("{{% ref path=bridge %}}", "https://e.example/sea/en/bridge/"),
        ("{% post_url 2026-11-01-ferry %}", "https://e.example/sea/en/ferry/"),
        ("{% link content/en/reports/tides.md %}", "https://e.example/sea/en/tides/"),
        ("{{< ref \"#here\" >}}", "#here"),
        ("{{< ref \"gone\" >}}", "gone.md"),
    ];
    for (source, expected) in links {
        assert_eq!(text(&format!("[a]({source}) {{:.b}}")), format!("[a]({expected}) "), "{source}");
    }
}

#[test]
fn values() {
    let values = [
        ("{{ site.url }}{{site.baseurl}}/a.png", "https://e.example/sea/a.png"),
        ("{{ '/a.png' | relative_url }}", "/sea/a.png"),
        ("{{ \"a.png\" | absolute_url }}", "https://e.example/sea/a.png"),
        ("{{ 'a.png' | prepend: site.baseurl }}", "/seaa.png"),
        ("{{ page.title }}", "Ferry &amp; tide"),
        ("{{ \"{{\" }}", "{{"),
    ];
    for (source, expected) in values {
        assert_eq!(text(source), expected);
    }
    let (text, left_out) = expanded("a {{ page.x }} b {{ page.x }} {{ y | z }}", Markup::Markdown);
    assert_eq!(
        (text.as_str(), left_out),
        ("a  b  ", vec!["{{ page.x }}".to_owned(), "{{ y | z }}".to_owned()])
    );
    assert_eq!(
        expanded("<p style={{ a: 1 }}>{% raw %}{{ b }}{% endraw %}", Markup::Markdown),
        ("<p style=>{{ b }}".to_owned(), vec![])
    );
}

#[test]
fn formulas_are_no_tags() {
    for source in [
        "$$\\frac{{a}}{{b}}$$",
        "$$\n{{a}}\n$$",
        "$\\text{{x}}$ and $x^{{2}}$",
        "\\(a {{b}}\\) \\[{{c}}\\]",
        "\\text{{x}}{{y}}",
    ] {
        assert_eq!(text(source), source);
    }
}

#[test]
fn tags_behind_tags_are_no_formulas() {
    let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    for (source, expected, left_out) in [
        ("{{ a }}{{ b }}", "", named(&["{{ a }}", "{{ b }}"])),
        ("{% capture c %}x{% endcapture %}{{ c }}", "", named(&["{% capture %}", "{{ c }}"])),
        ("{{< a >}}{{ b }}.", ".", named(&["{{< a >}}", "{{ b }}"])),
        ("${{ a }}-${{ b }}", "$-$", named(&["{{ a }}", "{{ b }}"])),
        ("$5, {{ a }} or $6", "$5,  or $6", named(&["{{ a }}"])),
    ] {
        assert_eq!(expanded(source, Markup::Markdown), (expected.to_owned(), left_out), "{source}");
    }
}

#[test]
fn tags_that_choose() {
    let source = "{% if a %}1{% if b %}2{% else %}3{% endif %}{% else %}{% if c %}4{% endif %}5{% endif %}6";
    assert_eq!(text(source), "126");
    assert_eq!(text("{% case a %}{% when 1 %}1{% when 2 %}2{% endcase %}3"), "13");
    assert_eq!(text("{% for a in b %}{{ a }}{% endfor %}{%- comment -%}x{%- endcomment -%}1"), "1");
}

#[test]
fn code_between_tags() {
    assert_eq!(
        text("{% highlight ruby linenos %}\nputs {{ 1 }}\n~~~\n{% endhighlight %}\n"),
        "~~~~ruby\nputs {{ 1 }}\n~~~\n~~~~\n\n"
    );
    assert_eq!(
        text("1. a\n\n    {% code lang:js %}\n    b\n      c\n    {% endcode %}\n"),
        "1. a\n\n    ~~~js\n    b\n      c\n    ~~~\n    \n"
    );
    assert_eq!(text("a {{< highlight go >}}b{{< /highlight >}} c"), "a ` b ` c");
}

#[test]
fn shortcodes() {
    let (text, left_out) =
        expanded("{{< chart a=\"}}\" >}}\nb {{< box >}}c{{< /box >}}\n{{< youtube x1 >}}", Markup::Markdown);
    assert_eq!(text, "\nb c\n<a href=\"https://www.youtube.com/watch?v=x1\">YouTube</a>");
    assert_eq!(left_out, ["{{< chart >}}", "{{< box >}}"]);
}

#[test]
fn boxes() {
    for (source, expected) in [
        (":::note\n\nA *b*.\n\n:::\nC", "> <strong>Note</strong>\n>\n> A *b*.\n>\n\nC"),
        ("::: tip Do *this*\nA\n:::\n", "> <strong>Do <em>this</em></strong>\n>\n> A\n\n"),
        ("A\n!!! danger \"Ice\"\n    A\n\n    B\nC", "A\n\n> <strong>Ice</strong>\n>\n> A\n>\n> B\n\nC"),
        ("> [!WARNING]\n> A\n", "> **Warning**\n>\n> A\n"),
        ("> :::tip\n> A\n> :::\n> B\n", "> > <strong>Tip</strong>\n> >\n> > A\n>\n> B\n"),
        (
            "::::a\n:::b\n```\nc\n\nd\n```\n:::\n::::",
            "> <strong>A</strong>\n>\n> > <strong>B</strong>\n> >\n> > ```\n> > c\n> > \n> > d\n> > ```\n>\n\n",
        ),
    ] {
        assert_eq!(text(source), expected, "{source}");
    }
}

#[test]
fn boxes_in_lists() {
    let note = "> <strong>Note</strong>";
    for (source, expected) in [
        (
            "- a\n\n  !!! note\n      b\n\n```\nc\n```\n\nD",
            format!("- a\n\n  {note}\n  >\n  > b\n  >\n\n```\nc\n```\n\nD"),
        ),
        (
            "1. a\n\n    ??? note \"T\"\n\n        b\n\n2. c",
            "1. a\n\n    <details><summary>T</summary>\n\n\n    b\n\n\n    </details>\n\n2. c".to_owned(),
        ),
        (
            "- a\n\n      :::note\n      x\n      :::\n- b",
            "- a\n\n      :::note\n      x\n      :::\n- b".to_owned(),
        ),
        ("- a\n  :::note\n  x\n  :::\n- b", format!("- a\n\n  {note}\n  >\n  > x\n\n- b")),
        ("1. a\n\n    !!! note\n        x\n2. b", format!("1. a\n\n    {note}\n    >\n    > x\n\n2. b")),
        ("- a\n\n  !!! note\n      x\n\nAfter.", format!("- a\n\n  {note}\n  >\n  > x\n  >\n\nAfter.")),
        ("- :::note\n  x\n  :::\n- b", format!("- {note}\n  >\n  > x\n\n- b")),
        ("- > [!NOTE]\n  > x\n", "- > **Note**\n  >\n  > x\n".to_owned()),
        ("- a\n  :::note\n  x\n\nB", format!("- a\n\n  {note}\n  >\n  > x\n  >\n\nB")),
    ] {
        assert_eq!(text(source), expected, "{source}");
    }
}

#[test]
fn attribute_lists() {
    assert_eq!(
        text("[a](b){:target=\"_blank\"} {a, b}\n{: .c}\n\n* TOC\n{:toc}\n\nd {1}\n"),
        "[a](b) {a, b}\n\n\n\n\nd {1}\n"
    );
    assert_eq!(text("![a](b){.wide} (c){.d}\n\n[[toc]]\n"), "![a](b) (c){.d}\n\n\n");
}

#[test]
fn components() {
    let source = "import cover from './a.png'\nexport const b = {\n  c: 1,\n}\n\n<Image src={cover} alt=\"A\" width={20}/>\n\n<Tabs>\n    <Tab label=\"x\">\n\n    Text {b.c} {\"*d*\"}{/* e */}\n\n    ```js\n    {f}\n    ```\n\n    </Tab>\n</Tabs>\n<p className=\"g\" style={{h: 1}}>i<br/></p>\n";
    let (text, left_out) = mdx(source);
    assert_eq!(
        text,
        "\n<p><img src=\"./a.png\" alt=\"A\" width=\"20\"></p>\n\n\n\n\n\n\nText  &#42;d&#42;\n\n```js\n{f}\n```\n\n\n\n<p class=\"g\">i<br></p>\n"
    );
    assert_eq!(left_out, ["<Tabs>", "<Tab>", "{b.c}"]);
}

#[test]
fn markdown_with_imports_has_components() {
    let source = "import A from './a'\n\n## B {#c}\n\n<A>\nText {d}\n</A>\n";
    let left_out = vec!["<A>".to_owned(), "{d}".to_owned()];
    assert_eq!(expanded(source, Markup::Markdown), ("\n## B {#c}\n\n\nText \n\n".to_owned(), left_out));
}

const PIECES: &[&str] = &[
    "{",
    "{{",
    "{%",
    "{{<",
    "{{%",
    "`",
    "``` ` ",
    "<A ",
    "{{'",
    "{% if a %}",
    "{% for a %}",
    "{% else %}",
    "{% raw %}",
    "{% code %}",
    ":::a\n",
    ":::\n",
    "\n!!! a\n    b",
    "> [!a]",
    "){.",
    "](",
    "{: .a}",
    "{{< details >}}",
    "{{< /details >}}",
    "<!--",
    "<code>",
    "<pre",
    "[quote]",
    "[caption a]<img>",
    "[/caption]",
    "[/quote]",
    "[gallery ",
    "</code>",
    "-->",
    "{/*",
    "<a b={",
    "export const a = {\n\n",
    "import a from 'b'\n",
    "}}",
    "%}",
    ">}}",
    "/>",
    ">",
    "\n",
    "    ",
    "\t",
    "- ",
    "```\n",
    "ё",
    "$",
    "\\(",
    "\n> ",
    "    !!! a\n\n        b\n",
    "\\",
    "\"",
    "x",
    "=",
];

#[test]
fn hostile_bodies_take_linear_time() {
    for piece in PIECES {
        for markup in [Markup::Markdown, Markup::Mdx, Markup::Html] {
            let _is_done = expanded(&piece.repeat(200_000 / piece.len()), markup);
        }
    }
}

proptest! {
    #[test]
    fn no_body_makes_it_panic(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40)) {
        for markup in [Markup::Markdown, Markup::Mdx, Markup::Html] {
            let _is_done = expanded(&pieces.concat(), markup);
        }
    }
}
