//! Diagrams: fences whose text draws a picture elsewhere. Here they are code, and say what they are.

use std::borrow::Cow;

/// The languages of diagrams, as they are named behind a fence.
const LANGUAGES: &[&str] = &[
    "mermaid",
    "plantuml",
    "puml",
    "uml",
    "dot",
    "graphviz",
    "d2",
    "vega",
    "vega-lite",
    "wavedrom",
    "ditaa",
    "nomnoml",
    "pikchr",
    "structurizr",
    "bpmn",
    "blockdiag",
    "seqdiag",
    "actdiag",
    "nwdiag",
    "erd",
    "svgbob",
    "bytefield",
    "tikz",
    "excalidraw",
    "flow",
    "flowchart",
    "sequence",
    "markmap",
    "echarts",
    "chart",
    "kroki",
    "penrose",
    "asy",
    "asymptote",
];

/// What stands at the corner of a fence in that language.
pub(super) fn label(language: &str, ascii: bool) -> Cow<'_, str> {
    if !LANGUAGES.contains(&language) {
        return language.into();
    }
    format!("diagram {} {language}", if ascii { "-" } else { "·" }).into()
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn diagrams_say_what_they_are() {
        assert_eq!(label("mermaid", false), "diagram · mermaid");
        assert_eq!(label("dot", true), "diagram - dot");
        assert_eq!(label("python", false), "python");
    }
}
