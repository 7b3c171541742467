/**
 * Whether a key belongs to an input method that is composing: then no shortcut of ours may take it
 * (key code 229 is what older Chromium and Safari report for the key that ends a composition).
 */
export function isComposing(event: {
  readonly isComposing?: boolean;
  readonly keyCode?: number;
  readonly nativeEvent?: { readonly isComposing?: boolean };
}): boolean {
  return event.isComposing === true || event.nativeEvent?.isComposing === true || event.keyCode === 229;
}
