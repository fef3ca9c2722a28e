//! Running text as the article prints it: raised and lowered letters, highlights, and citation numbers that lead to
//! their references.

use maud::{Markup, PreEscaped, Render, html};

use super::plain::Plain;
use crate::document::{Citation, Mark, MarkStyle, Passage};
use crate::text::Span;

/// A stretch of a passage to be shown.
pub(super) struct Running<'a> {
    /// The passage.
    pub(super) passage: &'a Passage,
    /// Which part of its text.
    pub(super) window: Span,
    /// Where query terms occur in its text.
    pub(super) highlights: &'a [Span],
    /// Where the number of a reference leads, and the element that shows the reference.
    pub(super) leads: &'a dyn Fn(u32) -> Option<Lead>,
}

/// Where the number of a reference leads.
pub(super) struct Lead {
    /// The address of the link.
    pub(super) href: String,
    /// The id of the element on the page that holds the reference, for the script to show beside the number.
    pub(super) shown_by: String,
}

impl Render for Running<'_> {
    fn render_to(&self, buffer: &mut String) {
        let text = &self.passage.text;
        let mut from = self.window.start;
        for cut in self.cuts() {
            let piece = Span::new(from, cut);
            if !piece.is_empty() {
                self.piece(piece, piece.of(text)).render_to(buffer);
            }
            // A mark at the very beginning belongs to what stands before the window.
            let begins = cut == self.window.start && cut > 0;
            for citation in self
                .passage
                .citations
                .iter()
                .filter(|citation| citation.at == cut && !begins && self.said(citation).is_none())
            {
                if citation.stands_apart(text.get(..cut).unwrap_or_default()) {
                    buffer.push(' ');
                }
                self.citation(citation).render_to(buffer);
            }
            from = cut;
        }
    }
}

impl Running<'_> {
    /// Every byte at which something begins or ends, the two ends of the window among them.
    fn cuts(&self) -> Vec<usize> {
        let Passage {
            text, citations, marks, ..
        } = self.passage;
        let spans = marks
            .iter()
            .map(|mark| mark.span)
            .chain(self.highlights.iter().copied());
        let mut cuts: Vec<usize> = spans
            .flat_map(|span| [span.start, span.end])
            .chain(citations.iter().map(|citation| citation.at))
            .chain(citations.iter().filter_map(|citation| Some(self.said(citation)?.start)))
            .chain([self.window.start, self.window.end])
            .filter(|cut| (self.window.start..=self.window.end).contains(cut) && text.is_char_boundary(*cut))
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        cuts
    }

    fn piece(&self, piece: Span, text: &str) -> Markup {
        let mut shown = html! { (Plain(text)) };
        for Mark { style, .. } in self.passage.marks.iter().filter(|mark| mark.span.overlaps(piece)) {
            shown = match style {
                MarkStyle::Superscript => html! { sup { (shown) } },
                MarkStyle::Subscript => html! { sub { (shown) } },
                MarkStyle::Italic => html! { i { (shown) } },
                MarkStyle::Bold => html! { b { (shown) } },
            };
        }
        if self.highlights.iter().any(|highlight| highlight.overlaps(piece)) {
            shown = html! { mark { (shown) } };
        }
        let mut citations = self.passage.citations.iter();
        let said = citations.find(|citation| self.said(citation).is_some_and(|span| span.overlaps(piece)));
        let lead = said.and_then(|citation| citation.numbers.iter().find_map(|number| (self.leads)(*number)));
        match lead {
            Some(lead) => html! { span.cite data-refs=(lead.shown_by) { a href=(lead.href) { (shown) } } },
            None => shown,
        }
    }

    /// Where a mark stands in the text, as a word of its sentence.
    fn said(&self, citation: &Citation) -> Option<Span> {
        let before = self.passage.text.get(..citation.at)?;
        let start = citation.at.checked_sub(citation.printed.len())?;
        citation.stands_in(before).then(|| Span::new(start, citation.at))
    }

    /// The mark as printed, each number in it a link; where no number is printed (as in "Smith 2020"), all of it.
    fn citation(&self, citation: &Citation) -> Markup {
        let Citation { numbers, printed, .. } = citation;
        let leads: Vec<(u32, Lead)> = numbers
            .iter()
            .filter_map(|number| Some((*number, (self.leads)(*number)?)))
            .collect();
        let shown_by: Vec<&str> = leads.iter().map(|(_, lead)| lead.shown_by.as_str()).collect();
        let mut inside = String::new();
        let mut linked = false;
        for run in runs(printed) {
            let lead = run
                .parse()
                .ok()
                .and_then(|number: u32| leads.iter().find(|(known, _)| *known == number));
            match lead {
                Some((_, lead)) => {
                    linked = true;
                    html! { a href=(lead.href) { (run) } }.render_to(&mut inside);
                }
                None => Plain(run).render_to(&mut inside),
            }
        }
        // As many works as are named one after the other: each has its link.
        let pieces: Vec<&str> = printed.split_inclusive([';', '；']).collect();
        let inside = match leads.first() {
            _ if linked => html! { (PreEscaped(inside)) },
            Some(_) if leads.len() == numbers.len() && pieces.len() == leads.len() => html! {
                @for (piece, (_, lead)) in pieces.iter().zip(&leads) { a href=(lead.href) { (Plain(piece)) } }
            },
            Some((_, lead)) => html! { a href=(lead.href) { (Plain(printed)) } },
            None => html! { (PreEscaped(inside)) },
        };
        let raised = printed.starts_with(['[', '［', '〔'])
            || printed.starts_with(|first: char| first.is_numeric() && !first.is_alphabetic());
        html! {
            span.cite.raised[raised] data-refs=(shown_by.join(" ")) { (inside) }
        }
    }
}

/// A printed mark cut where digits begin and end.
fn runs(printed: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut rest = printed;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest
            .find(|letter: char| letter.is_ascii_digit() != digits)
            .unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        runs.push(run);
        rest = after;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{ArticleId, PassageId};
    use crate::text::Language;

    fn passage(text: &str) -> Passage {
        let article = ArticleId::parse("a").unwrap();
        Passage {
            id: PassageId::new(&article, text, 0),
            section: 0,
            paragraph: 1,
            piece: 0,
            language: Language::Zh,
            text: text.to_owned(),
            span: Span::new(0, text.len()),
            citations: Vec::new(),
            marks: Vec::new(),
            lines: (1, 1),
        }
    }

    fn shown(passage: &Passage, window: Span, highlights: &[Span]) -> String {
        let leads = |number: u32| {
            (number != 9).then(|| Lead {
                href: format!("#r{number}"),
                shown_by: format!("r{number}"),
            })
        };
        let running = Running {
            passage,
            window,
            highlights,
            leads: &leads,
        };
        running.render().into_string()
    }

    #[test]
    fn marks_and_highlights_may_cross() {
        // CD34 is bytes 0..4, + is 4..5, the highlight covers 2..5.
        let mut passage = passage("CD34+细胞");
        passage.marks = vec![Mark {
            span: Span::new(4, 5),
            style: MarkStyle::Superscript,
        }];
        assert_eq!(
            shown(&passage, Span::new(0, passage.text.len()), &[Span::new(2, 5)]),
            "CD<mark>34</mark><mark><sup>+</sup></mark>细胞"
        );
    }

    #[test]
    fn numbers_that_lead_somewhere_are_links_and_the_rest_stays_as_printed() {
        let mut passage = passage("Ab.");
        passage.citations = vec![Citation {
            at: 2,
            numbers: vec![2, 3, 4, 9],
            printed: "[2-4,9]".to_owned(),
        }];
        assert_eq!(
            shown(&passage, Span::new(0, 3), &[]),
            "Ab<span class=\"cite raised\" data-refs=\"r2 r3 r4\">[<a href=\"#r2\">2</a>-<a href=\"#r4\">4</a>,9]</span>."
        );
    }

    #[test]
    fn a_citation_without_a_number_is_one_link() {
        let mut passage = passage("Ab");
        passage.citations = vec![Citation {
            at: 2,
            numbers: vec![7],
            printed: "(Li, 2020)".to_owned(),
        }];
        let expected = "Ab <span class=\"cite\" data-refs=\"r7\"><a href=\"#r7\">(Li, 2020)</a></span>";
        assert_eq!(shown(&passage, Span::new(0, 2), &[]), expected);
        // At the beginning of a window it belongs to what stands before.
        assert_eq!(shown(&passage, Span::new(2, 2), &[]), "");
    }

    #[test]
    fn a_mark_that_is_a_word_of_its_sentence_is_printed_once() {
        let mut passage = passage("As in [2], so.");
        passage.citations = vec![Citation {
            at: 9,
            numbers: vec![7],
            printed: "[2]".to_owned(),
        }];
        let expected = "As in <span class=\"cite\" data-refs=\"r7\"><a href=\"#r7\">[2]</a></span>, so.";
        assert_eq!(shown(&passage, Span::new(0, 14), &[]), expected);
    }

    #[test]
    fn works_named_one_after_the_other_have_each_a_link() {
        let mut passage = passage("Ab");
        passage.citations = vec![Citation {
            at: 2,
            numbers: vec![7, 5],
            printed: "(Li, 2020; Wu, 2019)".to_owned(),
        }];
        let expected = "Ab <span class=\"cite\" data-refs=\"r7 r5\"><a href=\"#r7\">(Li, 2020;</a>\
            <a href=\"#r5\"> Wu, 2019)</a></span>";
        assert_eq!(shown(&passage, Span::new(0, 2), &[]), expected);
    }

    #[test]
    fn what_the_corpus_holds_is_never_markup() {
        let passage = passage("<script>alert(1)</script>");
        let shown = shown(&passage, Span::new(0, passage.text.len()), &[Span::new(1, 7)]);
        assert_eq!(shown, "&lt;<mark>script</mark>&gt;alert(1)&lt;/script&gt;");
    }
}
