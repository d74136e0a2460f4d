//! Markdown to HTML: CommonMark with GitHub's tables, strikethrough, task lists and footnotes.

use super::template::MARK;
use crate::text;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use std::collections::HashMap;

/// A body as HTML, not yet safe.
#[derive(Debug, PartialEq)]
pub struct Html {
    /// The HTML.
    pub html: String,
    /// The text of the first heading, for an article whose front matter has no title.
    pub first_heading: Option<String>,
    /// What stands before the mark that ends the summary, where there is one.
    pub lead: Option<String>,
    /// Did Markdown make all of it, of what is no HTML?
    pub is_own: bool,
}

/// Renders a body. A heading of the first level that opens it and says the same as `title`, or
/// stands in for it, is left out: readers show the title above the content.
#[must_use]
pub fn render(body: &str, title: Option<&str>) -> Html {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut events: Vec<Event<'_>> = Parser::new_ext(body, options).map(without_form).collect();
    let heading = first_heading(&events);
    if let Some(heading) = &heading
        && heading.opens_the_body
        && title.is_none_or(|title| title == heading.text)
    {
        events.drain(..=heading.end);
    }
    let lead = lead(&events);
    let is_own = !events.iter().any(is_written);
    let mut html = String::with_capacity(body.len() * 3 / 2);
    html::push_html(&mut html, gather_footnotes(events).into_iter());
    Html { html, first_heading: heading.map(|heading| heading.text), lead, is_own }
}

/// Does its author say what stands in the HTML? Of footnotes we do ourselves.
fn is_written(event: &Event<'_>) -> bool {
    match event {
        Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => true,
        Event::Start(Tag::Heading { attrs, .. }) => !attrs.is_empty(),
        _ => false,
    }
}

/// The HTML before the summary mark. What it is cut out of stays open; the sanitizer closes it.
fn lead(events: &[Event<'_>]) -> Option<String> {
    let marked = events.iter().position(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => html.contains(MARK),
        _ => false,
    })?;
    // Footnotes mostly stand behind the mark, and their numbers are no words of a summary.
    let is_word = |event: &&Event<'_>| !matches!(event, Event::FootnoteReference(_));
    let mut before: Vec<Event<'_>> = events[..marked].iter().filter(is_word).cloned().collect();
    if let Event::Html(html) | Event::InlineHtml(html) = &events[marked] {
        let start = html.split(MARK).next().unwrap_or_default();
        before.push(Event::Html(start.to_owned().into()));
    }
    let mut lead = String::new();
    html::push_html(&mut lead, gather_footnotes(before).into_iter());
    Some(lead)
}

/// A checkbox is a form control, which no reader shows; a box that is a character is.
fn without_form(event: Event<'_>) -> Event<'_> {
    match event {
        Event::TaskListMarker(true) => Event::Text("☑ ".into()),
        Event::TaskListMarker(false) => Event::Text("☐ ".into()),
        other => other,
    }
}

struct Heading {
    text: String,
    end: usize,
    opens_the_body: bool,
}

fn first_heading(events: &[Event<'_>]) -> Option<Heading> {
    let start = events.iter().position(|event| matches!(event, Event::Start(Tag::Heading { .. })))?;
    let length = events[start..].iter().position(|event| matches!(event, Event::End(TagEnd::Heading(_))))?;
    let mut words = String::new();
    for event in &events[start..start + length] {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    let is_top = matches!(events[start], Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }));
    let text = text::line(&words);
    (!text.is_empty()).then_some(Heading { text, end: start + length, opens_the_body: start == 0 && is_top })
}

/// Footnotes are numbered as they are referred to and stand at the end, with a way back.
fn gather_footnotes(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut text = Vec::with_capacity(events.len());
    let mut notes: HashMap<CowStr<'_>, Vec<Event<'_>>> = HashMap::new();
    let mut inside: Option<CowStr<'_>> = None;
    for event in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => inside = Some(label),
            Event::End(TagEnd::FootnoteDefinition) => inside = None,
            other => match &inside {
                Some(label) => notes.entry(label.clone()).or_default().push(other),
                None => text.push(other),
            },
        }
    }
    if notes.is_empty() {
        return text;
    }
    let mut numbers = Numbers::default();
    let mut out: Vec<Event<'_>> = text.into_iter().map(|event| numbers.refer(event, &notes)).collect();
    // A note may refer to another, which then joins the end of the list.
    let mut list = Vec::new();
    let mut next = 0;
    while let Some(label) = numbers.order.get(next).cloned() {
        next += 1;
        let note: Vec<_> = notes
            .get(&label)
            .into_iter()
            .flatten()
            .cloned()
            .map(|event| numbers.refer(event, &notes))
            .collect();
        list.extend(note_item(next, note));
    }
    if !list.is_empty() {
        out.push(Event::Html("<hr>\n<ol>\n".into()));
        out.extend(list);
        out.push(Event::Html("</ol>\n".into()));
    }
    out
}

#[derive(Default)]
struct Numbers<'a> {
    order: Vec<CowStr<'a>>,
    by_label: HashMap<CowStr<'a>, usize>,
}

impl<'a> Numbers<'a> {
    /// A reference becomes a raised number; one to a note that does not exist stays as it was written.
    fn refer(&mut self, event: Event<'a>, notes: &HashMap<CowStr<'a>, Vec<Event<'a>>>) -> Event<'a> {
        let Event::FootnoteReference(label) = event else { return event };
        if !notes.contains_key(&label) {
            return Event::Text(format!("[^{label}]").into());
        }
        let (number, id) = match self.by_label.get(&label) {
            Some(&number) => (number, String::new()),
            None => {
                let number = self.order.len() + 1;
                self.by_label.insert(label.clone(), number);
                self.order.push(label);
                (number, format!(" id=\"fnref-{number}\""))
            }
        };
        Event::InlineHtml(format!("<sup{id}><a href=\"#fn-{number}\">{number}</a></sup>").into())
    }
}

/// The way back is set as text, or phones would show a picture of an arrow.
fn note_item<'a>(number: usize, mut note: Vec<Event<'a>>) -> Vec<Event<'a>> {
    let back = Event::InlineHtml(format!(" <a href=\"#fnref-{number}\">↩\u{fe0e}</a>").into());
    let place = match note.last() {
        Some(Event::End(TagEnd::Paragraph)) => note.len() - 1,
        _ => note.len(),
    };
    note.insert(place, back);
    note.insert(0, Event::Html(format!("<li id=\"fn-{number}\">").into()));
    note.push(Event::Html("</li>\n".into()));
    note
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(body: &str) -> String {
        render(body, Some("T")).html
    }

    #[test]
    fn footnotes_are_gathered_in_the_order_of_reference() {
        let body = "One[^b] two[^a] one again[^b], none[^c].\n\n[^a]: Note a.\n\n[^b]: Note b.\n\nEnd.\n";
        let expected = "<p>One<sup id=\"fnref-1\"><a href=\"#fn-1\">1</a></sup> two<sup id=\"fnref-2\"><a href=\"#fn-2\">2</a></sup> \
                        one again<sup><a href=\"#fn-1\">1</a></sup>, none[^c].</p>\n<p>End.</p>\n<hr>\n<ol>\n\
                        <li id=\"fn-1\">\n<p>Note b. <a href=\"#fnref-1\">↩\u{fe0e}</a></p>\n</li>\n\
                        <li id=\"fn-2\">\n<p>Note a. <a href=\"#fnref-2\">↩\u{fe0e}</a></p>\n</li>\n</ol>\n";
        assert_eq!(html(body), expected);
    }

    #[test]
    fn a_note_that_nobody_refers_to_is_not_shown() {
        assert_eq!(html("One.\n\n[^a]: Note.\n"), "<p>One.</p>\n");
    }

    #[test]
    fn headings_and_titles() {
        assert_eq!(html("# T\n\nText\n"), "<p>Text</p>\n");
        assert_eq!(html("# Other\n"), "<h1>Other</h1>\n");
        assert_eq!(
            render("# The `ferry`\n", None),
            Html {
                html: String::new(),
                first_heading: Some("The ferry".to_owned()),
                lead: None,
                is_own: true
            }
        );
        assert_eq!(render("Text\n\n## Later\n", None).first_heading.as_deref(), Some("Later"));
    }

    #[test]
    fn the_lead_ends_at_the_mark() {
        let lead = |body: &str| render(body, Some("T")).lead;
        assert_eq!(
            lead("# T\n\nOne[^a] *two*.\n\n<!--more-->\n\nThree.\n\n[^a]: N.\n").as_deref(),
            Some("<p>One <em>two</em>.</p>\n")
        );
        assert_eq!(lead("- One <!--more--> two.\n").as_deref(), Some("<ul>\n<li>One "));
        assert_eq!(lead("`<!--more-->`\n"), None);
    }

    #[test]
    fn task_lists_have_no_form() {
        assert_eq!(html("- [x] a\n- [ ] b\n"), "<ul>\n<li>☑ a</li>\n<li>☐ b</li>\n</ul>\n");
    }
}
