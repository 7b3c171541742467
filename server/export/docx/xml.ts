// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is its purpose
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const LONE_SURROGATE = /\p{Cs}/gu;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML and for attributes in quotes. XML 1.0 has no control characters: they are left out; half a pair becomes U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(UNFIT, '')
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(/[&<>"]/g, (character) => ESCAPES[character]!);
}

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
