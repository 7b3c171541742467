import type { MemberId, ReportId } from '../../../shared/ids.ts';

/** Words that were not sent yet, by whom and where: they outlive the panel, the page and the browser's end, on this device. */
export interface Drafts {
  read(place: string): string;
  write(place: string, text: string): void;
}

export function draftsOf(me: MemberId, report: ReportId): Drafts {
  const key = (place: string) => `gongbi.draft.${me}.${report}.${place}`;
  return {
    read(place) {
      try {
        return localStorage.getItem(key(place)) ?? '';
      } catch {
        return '';
      }
    },
    write(place, text) {
      try {
        if (text === '') localStorage.removeItem(key(place));
        else localStorage.setItem(key(place), text);
      } catch {
        // A browser without storage, or with a full one: the words stay in the box as long as it is open.
      }
    },
  };
}
