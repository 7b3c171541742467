/**
 * What other programs leave in a clipboard that is not the text: their own notes, settings, deleted words, unseen characters. Each rule is
 * a structure that Word, WPS or browsers are known to write; test/client/editor/pasting.test.ts has one of each.
 */

/** Dropped with everything in it. */
const TAGS = new Set(
  'SCRIPT STYLE HEAD TITLE META LINK BASE TEMPLATE NOSCRIPT SVG MATH OBJECT IFRAME EMBED AUDIO VIDEO CANVAS MAP SELECT OPTION TEXTAREA BUTTON DEL IMG PICTURE INPUT'.split(
    ' ',
  ),
);
/** Settings of office documents, which WPS also writes outside of comments: `<w:View>Normal</w:View>`. Text stands in very few of them. */
const OFFICE_TAG = /^(?:XML|\?XML(?::.*)?|[OWVMX]\d*:.*)$/;
const OFFICE_TEXT_TAG = /^(?:O:P|W:SDT|W:SDTCONTENT|W:R|W:T|W:P|V:TEXTBOX)$/;

/** Notes of reviewers: the marks in the text and the list at its end. */
const NOTE_CLASSES = ['msocomanchor', 'msocomtxt', 'msocomoff', 'MsoCommentReference', 'MsoCommentText', 'MsoCommentSubject'];
const NOTE_STYLE = /mso-element\s*:\s*["']?comment|mso-special-character\s*:\s*["']?comment|mso-comment-author/i;
const HIDDEN_STYLE = /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:\.0+)?(?:px|pt|em)?\s*(?:;|$)/i;

/** True where nothing in an element is text of the person who copied it. */
export function isRemains(element: Element): boolean {
  const tag = element.tagName.toUpperCase();
  if (TAGS.has(tag) || (OFFICE_TAG.test(tag) && !OFFICE_TEXT_TAG.test(tag))) return true;
  const style = element.getAttribute('style') ?? '';
  if (HIDDEN_STYLE.test(style) || element.hasAttribute('hidden')) return true;
  // Deleted and moved away under change tracking: Word nests <del> in it, other programs write the class alone.
  if (element.classList.contains('msoDel') || element.classList.contains('opaque')) return true;
  return isNote(element, style);
}

function isNote(element: Element, style = element.getAttribute('style') ?? ''): boolean {
  return NOTE_CLASSES.some((name) => element.classList.contains(name)) || NOTE_STYLE.test(style);
}

/** Zero-width and direction characters, soft hyphens, byte-order marks, object replacements and signs of symbol fonts. */
const UNSEEN = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffc\ue000-\uf8ff]/gu;
/** An emoji of several parts is held together by one of them. */
const JOINED_EMOJI = /(?<=\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}\ufe0f]*)\u200d(?=\p{Extended_Pictographic})/gu;

/** Text without the characters that nobody sees and no report needs: in a figure they break finding, counting and signing. */
export function withoutUnseen(text: string): string {
  if (text.search(UNSEEN) === -1) return text;
  const keep = new Set([...text.matchAll(JOINED_EMOJI)].map((match) => match.index));
  return text.replace(UNSEEN, (sign, offset: number) => (keep.has(offset) ? sign : ''));
}

/** What a paste could not take along, to be said to whoever pastes. */
export interface LeftOut {
  readonly images: number;
  readonly notes: number;
}

/** Counts what of a clipboard stays behind. Pictures of one pixel are counters of web pages, nobody's illustration. */
export function leftOutOf(root: ParentNode): LeftOut {
  const seen = [...root.querySelectorAll('img, picture > source, svg, canvas')].filter((image) => {
    const isCounter = image.getAttribute('width') === '1' || image.getAttribute('height') === '1';
    return image.tagName !== 'SOURCE' && !isCounter && image.parentElement?.closest('svg') == null;
  });
  const anchors = [...root.querySelectorAll('a.msocomanchor')];
  return { images: seen.length, notes: anchors.length };
}
