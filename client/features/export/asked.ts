import { createStore } from 'zustand/vanilla';

/** Is the export dialog open? Opened from anywhere on the report's page. */
export const exportAsked = createStore<{ readonly open: boolean }>(() => ({ open: false }));

export function askExport(): void {
  exportAsked.setState({ open: true });
}
