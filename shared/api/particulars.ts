import type { MemberId, Seq } from '../ids.ts';
import type { ParticularChange, ParticularFault } from '../particulars/decide.ts';
import type { ParticularField, ParticularValue } from '../particulars/particulars.ts';

/** GET /api/reports/:report/particulars */
export interface ParticularsState {
  /** Of every field, also of empty ones. */
  readonly values: Readonly<Record<ParticularField, ParticularValue>>;
  readonly set: Readonly<Partial<Record<ParticularField, ParticularSetting>>>;
}

/** Who set a field last. The name is the one of now, also of somebody who has left. */
export interface ParticularSetting {
  readonly by: MemberId;
  readonly name: string;
  readonly at: number;
  readonly seq: Seq;
}

/** POST /api/reports/:report/particulars: taken all together, or none. */
export interface ParticularsCommand {
  readonly changes: readonly ParticularChange[];
}

export interface ParticularsDone {
  readonly seq: Seq;
  readonly state: ParticularsState;
}

/** `details` of `particulars-bad`. */
export interface ParticularsBad {
  readonly faults: Readonly<Partial<Record<ParticularField, ParticularFault>>>;
}

/** `details` of `particulars-clash`: what stands, and who put it there. */
export interface ParticularsClash {
  readonly fields: Readonly<Partial<Record<ParticularField, ParticularValue>>>;
  readonly state: ParticularsState;
}
