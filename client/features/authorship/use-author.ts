import { useEffect, useState } from 'react';
import type { AuthorAt } from '../../../shared/api.ts';
import type { ChapterId, ClientId, ReportId } from '../../../shared/ids.ts';
import { api, ask } from '../requests/index.ts';

/** The character before the caret, as Yjs names it. */
export interface CaretPlace {
  readonly chapter: ChapterId;
  readonly client: ClientId;
  readonly clock: number;
}

export type AuthorState =
  | { readonly state: 'none' }
  | { readonly state: 'asking' }
  | { readonly state: 'known'; readonly at: AuthorAt }
  /** Not yet acknowledged: the server does not know this character. */
  | { readonly state: 'pending' }
  | { readonly state: 'failed' };

/** The caret rests this long before its author is asked for, ms. */
const REST_MS = 180;

/**
 * Who wrote the character before the caret.
 * @param savedSeq asks again when own text has become durable
 */
export function useAuthor(report: ReportId, place: CaretPlace | null, savedSeq: number): AuthorState {
  const [author, setAuthor] = useState<AuthorState>({ state: 'none' });
  const key = place === null ? null : `${place.chapter}/${place.client}/${place.clock}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for `place`, `savedSeq` asks again for what could not be told before
  useEffect(() => {
    if (place === null) {
      setAuthor({ state: 'none' });
      return;
    }
    let wanted = true;
    setAuthor((now) => (now.state === 'known' ? now : { state: 'asking' }));
    const timer = setTimeout(async () => {
      const answer = await ask(api.authorAt(report, place.chapter, place.client, place.clock));
      if (!wanted) return;
      if (answer.ok) setAuthor({ state: 'known', at: answer.value });
      else setAuthor({ state: answer.error.code === 'not-found' ? 'pending' : 'failed' });
    }, REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [report, key, author.state === 'pending' || author.state === 'failed' ? savedSeq : 0]);

  return author;
}
