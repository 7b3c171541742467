import type { Editor } from '@tiptap/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Credit } from '../../../shared/api/history.ts';
import type { ChapterId, MemberId, ReportId } from '../../../shared/ids.ts';
import { ApiFailure } from '../../api/http.ts';
import type { ChapterConnection } from '../../connection/chapter-connection.ts';
import type { AuthorMark } from '../../editor/author-colours.ts';
import { showAuthors } from '../../editor/author-colours.ts';
import { sayMoment } from '../../i18n/moments.ts';
import type { Face } from '../../ui/Avatar.tsx';
import { historyApi } from '../requests/index.ts';
import { ChapterAuthors, type MarkOf } from './chapter-authors.ts';

/** Author colours as the page has them: which report's, and who is drawn how. Null = switched off. */
export interface AuthorColours {
  readonly report: ReportId;
  readonly faces: ReadonlyMap<MemberId, Face>;
}

/** Moved text is found a moment after it was moved. */
const ASK_AGAIN_MS = 700;

/** Shows, while they are switched on, who wrote each piece of a chapter, and keeps it up with what is written. */
export function useAuthorColours(
  colours: AuthorColours | null,
  chapter: ChapterId,
  connection: ChapterConnection,
  editor: Editor | null,
): void {
  const markOf = useMarkOf(colours?.faces ?? null);
  const report = colours?.report ?? null;
  const [authors, setAuthors] = useState<ChapterAuthors | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: other words for the same authors are no reason to ask the server again
  useEffect(() => {
    if (report === null) return;
    const made = new ChapterAuthors(() => historyApi.blame(report, chapter), markOf);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      made.ask().catch((error: unknown) => {
        // Without an answer what is known stays; the next entry asks again.
        if (!(error instanceof ApiFailure)) throw error;
      });
    };
    const stop = connection.watchAuthors((message) => {
      if (!made.hear(message)) return;
      clearTimeout(timer);
      timer = setTimeout(ask, ASK_AGAIN_MS);
    });
    ask();
    setAuthors(made);
    return () => {
      clearTimeout(timer);
      stop();
      setAuthors(null);
    };
  }, [report, chapter, connection]);

  useEffect(() => authors?.redraw(markOf), [authors, markOf]);

  useEffect(() => {
    if (editor === null || editor.isDestroyed) return;
    showAuthors(editor.view, authors);
  }, [editor, authors]);
}

/** In one line: 「陆闻远 今天 10:42 · 由 顾青禾 移动 今天 11:03」. */
function useMarkOf(faces: ReadonlyMap<MemberId, Face> | null): MarkOf {
  const { t, i18n } = useTranslation();
  const [made, setMade] = useState<{ readonly faces: unknown; readonly language: string; readonly markOf: MarkOf } | null>(null);
  if (made !== null && made.faces === faces && made.language === i18n.language) return made.markOf;
  const markOf = (credit: Credit): AuthorMark | null => {
    if (credit.author === null) return null;
    const face = faces?.get(credit.author);
    const name = face?.name ?? t('panel.unknownMember');
    const written = t('authors.written', { name, when: sayMoment(credit.at) });
    const moved = credit.movedBy;
    const mover = moved === null ? null : (faces?.get(moved.member)?.name ?? t('panel.unknownMember'));
    return {
      colour: face?.colour ?? 1,
      secondRound: face?.secondRound ?? false,
      label:
        moved === null
          ? written
          : t(moved.via === 'restore' ? 'authors.restored' : 'authors.moved', { written, name: mover, when: sayMoment(moved.at) }),
    };
  };
  setMade({ faces, language: i18n.language, markOf });
  return markOf;
}
