/**
 * The page as Typst source. It holds no word of any report: text comes as JSON by `sys.inputs` and is set as strings, which Typst does not
 * read as markup, so that nothing in a report can be taken for code.
 *
 * Every line is one row of the grid high (its edges are set, not measured), so that 22 rows fill a page whatever fonts are in them.
 */
export const TEMPLATE = `
#let d = json(bytes(sys.inputs.at("data")))
#let row = d.row * 1pt
#let unit = d.column * 1pt
#let edges(size, height) = (top-edge: size * 0.88 + (height - size) / 2, bottom-edge: -(size * 0.12 + (height - size) / 2))

#set document(title: d.title, keywords: d.keywords, date: none)
#set page(
  width: d.paper.width * 1mm,
  height: d.paper.height * 1mm,
  margin: (top: d.margin.top * 1mm, bottom: d.margin.bottom * 1mm, left: d.margin.left * 1mm, right: d.margin.right * 1mm),
  footer-descent: d.number.below * 1mm - d.small * 0.5pt,
  footer: context {
    let n = counter(page).get().first()
    if d.numbered == none or n <= d.numbered {
      let side = if calc.odd(n) { right } else { left }
      set text(font: d.fonts.number, size: d.small * 1pt, tracking: 0pt, ..edges(d.small * 1pt, d.small * 1pt))
      set par(first-line-indent: 0pt)
      align(side, pad(x: d.number.inset * d.small * 1pt, "— " + str(n) + " —"))
    }
  },
)
#set text(font: d.fonts.body, size: d.text * 1pt, tracking: d.tracking * 1pt, lang: "zh", region: "cn", cjk-latin-spacing: none, hyphenate: false, overhang: false, costs: (orphan: 0%, widow: 0%), ..edges(d.text * 1pt, row))
#set par(justify: true, leading: 0pt, spacing: 0pt, linebreaks: "simple")
#set block(spacing: 0pt)

#let run(r) = {
  let font = if "f" in r { (font: d.fonts.at(r.f)) } else { (:) }
  let style = if "i" in r { (style: "italic") } else { (:) }
  let stroke = if "b" in r { (stroke: 0.4pt) } else { (:) }
  let body = text(..font, ..style, ..stroke, r.t)
  if "u" in r { underline(offset: 2pt, body) } else { body }
}
#let inner(p) = for r in p.runs {
  if r.t == "\\u{2028}" { linebreak() } else if r.t == "\\t" { h(1fr) } else { run(r) }
}

#let styles = (
  title: (font: d.fonts.title, size: d.big * 1pt, weight: 700, tracking: 0pt, ..edges(d.big * 1pt, row)),
  masthead: (font: d.fonts.title, size: d.masthead * 1pt, weight: 700, tracking: 0pt, fill: rgb("#" + d.red), ..edges(d.masthead * 1pt, d.masthead * 1.2pt)),
  secrecy: (font: d.fonts.part),
  urgency: (font: d.fonts.part),
  part: (font: d.fonts.part),
  chapter: (font: d.fonts.chapter),
  copies: (size: d.small * 1pt, tracking: 0pt, ..edges(d.small * 1pt, d.small * 1.6pt)),
  printer: (size: d.small * 1pt, tracking: 0pt, ..edges(d.small * 1pt, d.small * 1.6pt)),
)
#let headings = ("title", "part", "chapter", "heading3", "heading4", "issuer")
#let drawn = ("red-line", "rule-thick", "rule-thin")

#let paragraph(p) = {
  let role = p.role
  if role == "red-line" {
    v(d.line.below * 1mm)
    line(length: 100%, stroke: d.line.thickness * 1pt + rgb("#" + d.red))
  } else if role in drawn {
    line(length: 100%, stroke: (if role == "rule-thick" { d.rule.thick } else { d.rule.thin }) * 1mm)
  } else {
    if p.above != 0 { v(p.above * row) }
    let own = styles.at(role, default: (:))
    let one = if role in ("copies", "printer") { d.small * 1pt } else { unit }
    let place = if p.align == "center" { center } else if p.align == "right" { right } else { left }
    block(
      width: 100%,
      sticky: role in headings,
      inset: (left: p.left * one, right: p.right * one),
      {
        set text(..own)
        set align(place)
        par(
          justify: p.align == none or p.align == "justify",
          first-line-indent: (amount: p.first * one, all: true),
          // The inset is where wrapped lines begin; a negative indent puts the first line left of it.
          inner(p),
        )
      },
    )
    if role == "title" { v(row) }
  }
}

#for p in d.paragraphs { paragraph(p) }
#context [#metadata((page: here().page(), y: here().position().y.pt())) <end>]
#if d.imprint.len() > 0 {
  for i in range(d.breaks) { pagebreak(); if i + 1 < d.breaks { h(0pt) } }
  place(bottom, float: false, block(width: 100%, for p in d.imprint { paragraph(p) }))
}
`;
