/** What goes into a document beside the report's text. Chosen for each export; nothing of it is kept with the report. */
export interface DocumentOptions {
  /** 版头: 密级, 紧急程度, 发文机关标志, 发文字号, 签发人, red line. */
  readonly letterhead: boolean;
  /** 发文机关标志; '' = the issuer with 文件. */
  readonly masthead: string;
  /** 发文字号, such as 示例委〔2026〕12号. */
  readonly docNumber: string;
  /** 主送机关 */
  readonly addressees: boolean;
  /** 附件说明 */
  readonly attachments: boolean;
  /** 署名 and 成文日期 */
  readonly signature: boolean;
  /** Leave room for the seal over the date (GB/T 9704 §7.3.5.1). */
  readonly sealed: boolean;
  /** 附注 */
  readonly note: boolean;
  /** 版记: 抄送, 印发机关, 印发日期. */
  readonly imprint: boolean;
}

export const DOCUMENT_PARTS = ['letterhead', 'addressees', 'attachments', 'signature', 'sealed', 'note', 'imprint'] as const;
export type DocumentPart = (typeof DOCUMENT_PARTS)[number];

/** The report's text and nothing else: what the importer reads back as the same report. */
export const TEXT_ONLY: DocumentOptions = {
  letterhead: false,
  masthead: '',
  docNumber: '',
  addressees: false,
  attachments: false,
  signature: false,
  sealed: false,
  note: false,
  imprint: false,
};

export const WHOLE_DOCUMENT: DocumentOptions = {
  letterhead: true,
  masthead: '',
  docNumber: '',
  addressees: true,
  attachments: true,
  signature: true,
  sealed: true,
  note: true,
  imprint: true,
};

/** 文种 that go to a superior and so show who issues them (《党政机关公文处理工作条例》 art. 9.6). */
const UPWARD: readonly string[] = ['报告', '请示'];

export function goesUpward(type: string): boolean {
  return UPWARD.includes(type);
}
