import type { Severity } from '../proofreading/finding.ts';
import type { FindingRef, ProofreadingEvent } from '../proofreading/ignored.ts';
import { MESSAGES, type MessageKey } from '../proofreading/messages.ts';
import { SOURCES, type SourceId } from '../proofreading/sources.ts';
import { EntryFormatError, fieldsOf, node, oneOf, shown, text } from './events.ts';

const SEVERITIES: ReadonlySet<unknown> = new Set<Severity>(['error', 'warning', 'hint']);
const KNOWN_MESSAGES: ReadonlySet<unknown> = new Set(MESSAGES);
const KNOWN_SOURCES: ReadonlySet<unknown> = new Set(SOURCES);

/**
 * Checked field by field and copied, as every event of the log.
 * @throws EntryFormatError
 */
export function parseProofreadingEvent(value: unknown): ProofreadingEvent {
  const event = fieldsOf(value, 'the proofreading event');
  const op = event.get('op');
  const finding = refOf(event.get('finding'));
  switch (op) {
    case 'ignore':
      return { op, finding, reason: text(event, 'reason') };
    case 'recall':
      return { op, finding };
    default:
      throw new EntryFormatError(`proofreading operation ${shown(op)} is not known here`);
  }
}

function refOf(value: unknown): FindingRef {
  const fields = fieldsOf(value, 'a finding');
  return {
    key: text(fields, 'key'),
    node: fields.get('node') === null ? null : node(fields, 'node'),
    message: oneOf<MessageKey>(fields, 'message', KNOWN_MESSAGES),
    severity: oneOf<Severity>(fields, 'severity', SEVERITIES),
    source: oneOf<SourceId>(fields, 'source', KNOWN_SOURCES),
    quote: text(fields, 'quote'),
    before: text(fields, 'before'),
    after: text(fields, 'after'),
  };
}
