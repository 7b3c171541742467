import type { Override, StageEvent } from '../stages/stages.ts';
import { isPart, isWorkStage } from '../stages/stages.ts';
import { EntryFormatError, fieldsOf, list, member, node, shown, text } from './events.ts';
import { isFlag, stringOrNull, wholeNumber } from './fields.ts';

/**
 * Checked field by field and copied, as every event of the log.
 * @throws EntryFormatError
 */
export function parseStageEvent(value: unknown): StageEvent {
  const event = fieldsOf(value, 'the stage event');
  const op = event.get('op');
  switch (op) {
    case 'path':
      return { op, path: list(event, 'path').map(stage) };
    case 'parts':
      return { op, member: member(event, 'member'), parts: list(event, 'parts').map(part), reason: text(event, 'reason') };
    case 'deadline':
      return { op, stage: stage(event.get('stage')), due: stringOrNull(event, 'due') };
    case 'move':
      return {
        op,
        from: stage(event.get('from')),
        to: stage(event.get('to')),
        reason: text(event, 'reason'),
        overrides: list(event, 'overrides').map(override),
      };
    case 'amend':
      return { op, chapter: node(event, 'chapter'), reason: text(event, 'reason') };
    case 'close':
      return { op, chapter: node(event, 'chapter') };
    case 'editorial':
      return { op, keeps: isFlag(event, 'keeps') };
    default:
      throw new EntryFormatError(`stage operation ${shown(op)} is not known here`);
  }
}

function stage(value: unknown) {
  if (!isWorkStage(value)) throw new EntryFormatError(`stage ${shown(value)} is not known here`);
  return value;
}

function part(value: unknown) {
  if (!isPart(value)) throw new EntryFormatError(`part ${shown(value)} is not known here`);
  return value;
}

function override(value: unknown): Override {
  const fields = fieldsOf(value, 'an item passed over');
  return { item: text(fields, 'item'), count: wholeNumber(fields, 'count'), reason: text(fields, 'reason') };
}
