import { useId, useRef, useState } from 'react';
import { oneLine, type SendLine } from './edit.ts';

export type LineTrouble =
  | { readonly kind: 'clash'; readonly mine: string; readonly is: string }
  | { readonly kind: 'failed'; readonly mine: string; readonly words: string };

export interface Line {
  /** Of what is said about it: describes the field while there is trouble. */
  readonly saidId: string;
  /** Not null while somebody else's value stands against mine, or mine was refused. */
  readonly trouble: LineTrouble | null;
  readonly sending: boolean;
  /** Editing begins: the value shown now is what a new one will replace. */
  readonly begin: () => void;
  /** Sends what was written, if it differs and is not empty. */
  readonly commit: (text: string) => void;
  readonly keepTheirs: () => void;
  readonly useMine: () => void;
}

/** The state of one single-line value that can be edited in place. */
export function useLine(value: string, send: SendLine): Line {
  const saidId = useId();
  const [trouble, setTrouble] = useState<LineTrouble | null>(null);
  const [sending, setSending] = useState(false);
  const began = useRef(value);

  async function put(was: string, mine: string): Promise<void> {
    setSending(true);
    const answer = await send(was, mine);
    setSending(false);
    if (answer.kind === 'done' || (answer.kind === 'clash' && answer.is === mine)) setTrouble(null);
    else setTrouble(answer.kind === 'clash' ? { kind: 'clash', mine, is: answer.is } : { kind: 'failed', mine, words: answer.words });
  }

  return {
    saidId,
    trouble,
    sending,
    begin: () => {
      began.current = value;
    },
    commit: (text) => {
      const mine = oneLine(text);
      if (mine === '' || mine === began.current) return;
      void put(began.current, mine);
    },
    keepTheirs: () => setTrouble(null),
    useMine: () => {
      if (trouble !== null) void put(trouble.kind === 'clash' ? trouble.is : value, trouble.mine);
    },
  };
}
