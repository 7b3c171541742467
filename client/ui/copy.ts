/**
 * Puts text on the clipboard. Over plain HTTP from another machine the browser offers no clipboard, so an unseen field is selected instead.
 * @returns false when neither way worked
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** Something copied in two forms: programs that know the first take it with its headings and lists. */
export interface RichText {
  readonly html: string;
  readonly text: string;
}

/** As copyText, with both forms. */
export async function copyRich({ html, text }: RichText): Promise<boolean> {
  try {
    const forms = { 'text/html': html, 'text/plain': text };
    const blobs = Object.entries(forms).map(([type, words]) => [type, new Blob([words], { type })] as const);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    return true;
  } catch {
    const fill = (event: ClipboardEvent): void => {
      event.preventDefault();
      event.stopImmediatePropagation();
      putOn(event, { html, text });
    };
    addEventListener('copy', fill, { capture: true, once: true });
    const done = copyBySelection('…');
    removeEventListener('copy', fill, { capture: true });
    return done;
  }
}

/** Answers a copy event with both forms. */
export function putOn(event: ClipboardEvent, { html, text }: RichText): void {
  event.clipboardData?.setData('text/html', html);
  event.clipboardData?.setData('text/plain', text);
}

function copyBySelection(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'unseen';
  // inside an open dialog, or its focus guard would take the selection away
  (document.querySelector('[role="dialog"]') ?? document.body).append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return done;
}
