import type { Align } from '../text/schema.ts';
import type { ParagraphLook, ParagraphRole } from './document.ts';
import { HEADER_INSET, IMPRINT_INSET, INDENT, NUMBER_ROWS_BELOW } from './layout.ts';

/** 「抄送：」 */
const COPIES_LEAD = 3;

type Place = Omit<ParagraphLook, 'role'>;
const FLUSH: Place = { align: null, left: 0, first: 0, right: 0, above: 0 };
const INDENTED: Place = { ...FLUSH, first: INDENT };

/** Where each kind of paragraph stands, by the clauses that layout.ts names. */
const PLACES: Readonly<Record<ParagraphRole, Place>> = {
  secrecy: FLUSH,
  urgency: FLUSH,
  masthead: { ...FLUSH, align: 'center' },
  'doc-number': { ...FLUSH, align: 'center', above: NUMBER_ROWS_BELOW },
  'red-line': FLUSH,
  title: { ...FLUSH, align: 'center' },
  addressees: FLUSH,
  part: INDENTED,
  chapter: INDENTED,
  heading3: INDENTED,
  heading4: INDENTED,
  body: INDENTED,
  list: INDENTED,
  attachment: INDENTED,
  issuer: { ...FLUSH, align: 'right' },
  date: { ...FLUSH, align: 'right' },
  note: { ...INDENTED },
  'rule-thick': FLUSH,
  'rule-thin': FLUSH,
  // Wrapped lines begin under the first character after 「抄送：」.
  copies: { ...FLUSH, left: IMPRINT_INSET + COPIES_LEAD, first: -COPIES_LEAD, right: IMPRINT_INSET },
  printer: { ...FLUSH, left: IMPRINT_INSET, right: IMPRINT_INSET },
};

/** 发文字号 of a document that goes to a superior: on the left, with 签发人 opposite. */
export const NUMBER_WITH_SIGNER: Partial<Place> = { align: 'left', first: HEADER_INSET, right: HEADER_INSET };

export function lookOf(role: ParagraphRole, place: Partial<Place> = {}): ParagraphLook {
  return { role, ...PLACES[role], ...place };
}

/** A paragraph of the text that its writer aligned: what is centred or on the right has no indent. */
export function alignedLook(role: ParagraphRole, align: Align | null): ParagraphLook {
  return align === 'center' || align === 'right' ? lookOf(role, { align, first: 0 }) : lookOf(role, { align });
}
