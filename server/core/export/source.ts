import type { DocumentPast, FrameEvent } from '../../../shared/document/past.ts';
import type { Seq } from '../../../shared/ids.ts';
import { NO_PARTICULARS, type Particulars, reduceParticulars } from '../../../shared/particulars/particulars.ts';
import { outlineDiff } from '../history/outline-diff.ts';
import type { Report } from '../report.ts';

/** What a document between two points is made of, as copies: nothing that is written while it is set shows in it. */
export async function documentPast(report: Report, from: Seq, to: Seq): Promise<DocumentPast> {
  const { past } = report;
  const entries = particularsEntries(report);
  const particulars = entries
    .filter(({ header }) => header.seq <= from)
    .reduce<Particulars>((fold, { event, header }) => reduceParticulars(fold, event, header), NO_PARTICULARS);
  const events: FrameEvent[] = [
    ...past.outlineEntries(from, to).map(({ event, header }) => ({ kind: 'outline', event, header }) as const),
    ...entries.filter(({ header }) => header.seq > from && header.seq <= to),
  ];
  events.sort((one, other) => one.header.seq - other.header.seq);
  const { chapters } = outlineDiff(past, from, to);
  const diff = await report.readEngine().history(report.id, 'diff', { chapters, from, to, context: true });
  return { from, to, outline: past.outlineAt(from), particulars, events, credits: diff.credits, chapters: diff.chapters };
}

function particularsEntries(report: Report): Extract<FrameEvent, { kind: 'particulars' }>[] {
  return report.past.sittings.flatMap(({ others }) =>
    others.flatMap((news) =>
      news.kind === 'particulars'
        ? [
            {
              kind: news.kind,
              event: news.event,
              header: { seq: news.seq, at: news.at, author: news.by, kind: news.kind, subject: '' as const },
            },
          ]
        : [],
    ),
  );
}
