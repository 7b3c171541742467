import { useTranslation } from 'react-i18next';
import type { OtherNews } from '../../../shared/api/history.ts';
import type { People } from './people.ts';

/** So much of its sentence says which blank is meant, in characters. */
const NEAR = 8;

/** An entry that is neither text nor outline, in a few words. */
export function useNewsWords(people: People): (news: OtherNews) => string {
  const { t } = useTranslation();
  return (news) => {
    switch (news.kind) {
      case 'members':
        return membersWords(news.event);
      case 'particulars':
        return t('timeline.particulars', { field: t(`particulars.fields.${news.event.field}`) });
      case 'blank':
        return blankWords(news.event);
      case 'proofreading':
        return proofreadingWords(news.event);
      case 'lifecycle':
        return t(`timeline.lifecycle.${news.event.op}`);
      case 'revision':
        if (news.event.op === 'name') return t('timeline.revision.name', { name: news.name, seq: news.event.upTo });
        if (news.event.op === 'withdraw') return t('timeline.revision.withdraw', { name: news.name });
        if (news.event.was === news.name) return t('timeline.revision.note', { name: news.name });
        return t('timeline.revision.rename', { was: news.event.was, name: news.name });
    }
  };

  function blankWords(event: (OtherNews & { readonly kind: 'blank' })['event']): string {
    const { mask, unit, before } = event.blank;
    const place = { before: [...before].slice(-NEAR).join(''), mask, unit: unit ?? '' };
    switch (event.op) {
      case 'fill':
      case 'source':
        return t(`blanks.news.${event.op}`, { ...place, value: event.value });
      case 'assign':
        return event.to === null ? t('blanks.news.unassign', place) : t('blanks.news.assign', { ...place, to: people.name(event.to) });
      case 'dismiss':
        return t('blanks.news.dismiss', { ...place, reason: event.reason });
      case 'clear':
      case 'claim':
        return t(`blanks.news.${event.op}`, place);
    }
  }

  function proofreadingWords(event: (OtherNews & { readonly kind: 'proofreading' })['event']): string {
    const { before, quote } = event.finding;
    const place = { words: `${[...before].slice(-NEAR).join('')}${quote}` };
    return event.op === 'ignore' ? t('proof.news.ignore', { ...place, reason: event.reason }) : t('proof.news.recall', place);
  }

  function membersWords(event: (OtherNews & { readonly kind: 'members' })['event']): string {
    switch (event.op) {
      case 'join':
        return t('timeline.members.join', { name: event.name, role: t(`roles.${event.role}`) });
      case 'role':
        return t('timeline.members.role', { name: people.name(event.member), role: t(`roles.${event.role}`) });
      case 'name':
        return t('timeline.members.name', { name: event.name });
      case 'leave':
        return t('timeline.members.leave', { name: people.name(event.member) });
    }
  }
}
