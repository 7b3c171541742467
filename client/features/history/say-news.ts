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
      case 'thread':
        return threadWords(news.event);
      case 'seal':
        return t('stages.news.seal', { number: news.event.number });
      case 'stage':
        return stageWords(news.event);
      case 'signOff':
        if (news.event.op === 'withdraw') return t('stages.news.withdraw', { seq: news.event.of });
        return t('stages.news.sign', { opinion: t(`stages.opinions.${news.event.opinion}`), text: news.event.text });
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

  function threadWords(event: (OtherNews & { readonly kind: 'thread' })['event']): string {
    const { quote } = event;
    switch (event.op) {
      case 'start':
      case 'reply':
      case 'edit':
        if (event.words === '') return t(`threads.news.${event.op}Gone`, { quote });
        if (event.op === 'start' && event.to !== null)
          return t('threads.news.startFor', { quote, words: event.words, to: people.name(event.to) });
        return t(`threads.news.${event.op}`, { quote, words: event.words });
      case 'assign':
        return event.to === null ? t('threads.news.unassign', { quote }) : t('threads.news.assign', { quote, to: people.name(event.to) });
      case 'close': {
        const disposition = t(`threads.dispositions.${event.disposition}`);
        return event.reason === ''
          ? t('threads.news.close', { quote, disposition })
          : t('threads.news.closeWhy', { quote, disposition, reason: event.reason });
      }
      default:
        return t(`threads.news.${event.op}`, { quote });
    }
  }

  function stageWords(event: (OtherNews & { readonly kind: 'stage' })['event']): string {
    switch (event.op) {
      case 'path':
        return t('stages.news.path', { path: event.path.map((stage) => t(`home.stages.${stage}`)).join(' → ') });
      case 'parts': {
        const name = people.name(event.member);
        if (event.parts.length === 0) return t('stages.news.noParts', { name });
        return t('stages.news.parts', { name, parts: event.parts.map((part) => t(`stages.parts.${part}`)).join(t('stages.and')) });
      }
      case 'deadline':
        return event.due === null
          ? t('stages.news.noDeadline', { stage: t(`home.stages.${event.stage}`) })
          : t('stages.news.deadline', { stage: t(`home.stages.${event.stage}`), due: event.due });
      case 'move':
        return event.reason === ''
          ? t('stages.news.move', { stage: t(`home.stages.${event.to}`) })
          : t('stages.news.moveWhy', { stage: t(`home.stages.${event.to}`), reason: event.reason });
      case 'amend':
        return t('stages.news.amend', { reason: event.reason });
      case 'close':
        return t('stages.news.close');
      case 'editorial':
        return t(event.keeps ? 'stages.news.editorialKeeps' : 'stages.news.editorialCounts');
    }
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
