import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlanksCommand, BlanksState, BlankView, FillCommand, FilledMeanwhile } from '../../../shared/api/blanks.ts';
import type { MemberId, ReportId, Seq } from '../../../shared/ids.ts';
import type { ApiFailure } from '../../api/http.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { notify } from '../../ui/notices.ts';
import { ask, blanksApi } from '../requests/index.ts';

/** Asked again so long after the last entry, ms: a stretch of typing is one question. A decision about a blank is asked for at once. */
const SETTLED_MS = 900;
const AT_ONCE_MS = 60;

export interface Blanks {
  /** null: not yet here. */
  readonly list: readonly BlankView[] | null;
  /** @returns null when it is done, else what to say beside the field */
  fill(blank: BlankView, command: Omit<FillCommand, 'blank' | 'was'>): Promise<string | null>;
  unfill(seq: Seq): Promise<void>;
  /** Tells the person by itself when it is refused. @returns false when it was */
  manage(command: BlanksCommand): Promise<boolean>;
}

interface Parts {
  readonly report: ReportId;
  /** The report's head as the page knows it, and its newest entry about a blank. */
  readonly seq: Seq;
  readonly blankSeq: Seq;
  readonly me: MemberId;
  readonly nameOf: (member: MemberId) => string;
}

/** The report's blanks, kept up with its entries, and what one can do with them. */
export function useBlanks({ report, seq, blankSeq, me, nameOf }: Parts): Blanks {
  const { t } = useTranslation();
  const words = useFailureWords();
  const [state, setState] = useState<BlanksState | null>(null);
  const seenBlankSeq = useRef(blankSeq);
  const newest = useRef(0);

  const refresh = useCallback(async (): Promise<void> => {
    const mine = ++newest.current;
    const answer = await ask(blanksApi.list(report));
    // Without an answer the page goes on showing what it knew; an older answer is not shown after a newer one.
    if (mine === newest.current && answer.ok) setState(answer.value);
  }, [report]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever the report has moved on
  useEffect(() => {
    const decided = blankSeq !== seenBlankSeq.current;
    seenBlankSeq.current = blankSeq;
    const soon = setTimeout(() => void refresh(), state === null ? 0 : decided ? AT_ONCE_MS : SETTLED_MS);
    return () => clearTimeout(soon);
  }, [refresh, seq]);

  useToldRivals(state, me, nameOf);

  function refusal(failure: ApiFailure, value: string): string {
    const details = failure.details as FilledMeanwhile | undefined;
    if (failure.code !== 'blank-filled' || details === undefined) return words(failure);
    const { is, by } = details;
    return by === null ? t('blanks.meanwhileText', { is, value }) : t('blanks.meanwhile', { name: nameOf(by), is, value });
  }

  async function unfill(entry: Seq): Promise<void> {
    const answer = await ask(blanksApi.unfill(report, entry));
    notify(answer.ok ? t('blanks.undone') : words(answer.error));
    await refresh();
  }

  return {
    list: state?.blanks ?? null,
    async fill(blank, command) {
      const was = blank.state === 'filled' ? blank.value : blank.mask;
      const answer = await ask(blanksApi.fill(report, { blank: blank.id, was, ...command }));
      await refresh();
      if (!answer.ok) {
        const said = refusal(answer.error, command.value);
        // Its row leaves the list of what waits, and with it the field beside which it would be said.
        if (answer.error.code === 'blank-filled') notify(said);
        return said;
      }
      const { seq: entry, value } = answer.value;
      notify(t('blanks.filledDone', { value, seq: entry }), { label: t('blanks.undo'), run: () => void unfill(entry) });
      return null;
    },
    unfill,
    async manage(command) {
      const answer = await ask(blanksApi.manage(report, command));
      if (!answer.ok) notify(words(answer.error));
      await refresh();
      return answer.ok;
    },
  };
}

/** Whoever filled a blank at the same moment as somebody else is told, once for each. */
function useToldRivals(state: BlanksState | null, me: MemberId, nameOf: (member: MemberId) => string): void {
  const { t } = useTranslation();
  const told = useRef(new Set<string>());
  const mine = useMemo(
    () => (state?.blanks ?? []).filter(({ filled }) => filled?.rivals.some(({ member }) => member === me) === true),
    [state, me],
  );
  useEffect(() => {
    for (const { id, filled } of mine) {
      if (told.current.has(id)) continue;
      told.current.add(id);
      const others = (filled?.rivals ?? []).flatMap(({ member }) => (member === null || member === me ? [] : [nameOf(member)]));
      notify(t('blanks.toldRival', { names: [...new Set(others)].join(t('common.join')) }));
    }
  }, [mine, me, nameOf, t]);
}
