import type { BlankView } from '../../../shared/api/blanks.ts';

/** So much of the sentence is enough to know it by, in characters. */
const BEFORE = 22;
const AFTER = 18;

/** The sentence around a blank, with the blank or its value standing out. */
export function Sentence({ blank }: { readonly blank: BlankView }) {
  const { before, after } = nearOf(blank);
  return (
    <span className="blank-sentence" lang="zh-CN">
      {before}
      {blank.state === 'filled' || blank.state === 'gone' ? (
        <span className={blank.state === 'gone' ? 'blank-lost' : 'blank-filled'}>{blank.value === '' ? blank.mask : blank.value}</span>
      ) : (
        <span className={blank.state === 'open' ? 'blank' : 'blank-plain'}>{blank.mask}</span>
      )}
      {after}
    </span>
  );
}

function nearOf({ before, after }: BlankView): { readonly before: string; readonly after: string } {
  const left = [...before];
  const right = [...after];
  return {
    before: left.length > BEFORE ? `…${left.slice(-BEFORE).join('')}` : before,
    after: right.length > AFTER ? `${right.slice(0, AFTER).join('')}…` : after,
  };
}

/** The same as plain words, for names of buttons and lists. */
export function sentenceOf(blank: BlankView): string {
  const { before, after } = nearOf(blank);
  return `${before}${blank.value === '' ? blank.mask : blank.value}${after}`;
}
